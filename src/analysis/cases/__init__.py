"""A case register: its columns, and the plain counts (tallies) asked of it."""
