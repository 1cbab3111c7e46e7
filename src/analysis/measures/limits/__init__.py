"""Time limits, what they require and when."""
