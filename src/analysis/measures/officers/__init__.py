"""Officers, their work and their duties."""
