"""Durations of cases, and ages of the pending ones."""
