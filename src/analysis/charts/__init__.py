"""Figures from results: seaborn for paper, plotly for the screen."""
