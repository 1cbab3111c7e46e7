"""What is wrong with a register."""
