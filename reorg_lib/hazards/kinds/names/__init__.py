"""Names of modules that are kept in texts, in stored data or by other programs."""
