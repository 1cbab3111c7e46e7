"""Indicator definitions as data."""
