"""What runs, and in which order, because a module is imported."""
