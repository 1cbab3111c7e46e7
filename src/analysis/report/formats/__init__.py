"""A writer for each format, from one description of the content."""
