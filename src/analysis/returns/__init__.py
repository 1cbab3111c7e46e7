"""The other thing that comes in: figures as somebody printed them, and statements in words."""
