"""The checks of a register."""
