"""Measures, counted out of tallies: caseflow, indicators, durations, officers, petitions."""
