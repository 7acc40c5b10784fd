"""Files that a tool finds by their place or their file name."""
