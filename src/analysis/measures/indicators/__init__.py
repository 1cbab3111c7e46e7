"""Indicators from definitions kept as data."""
