"""Figures from results: matplotlib for paper, plotly for the screen.

Charts take results, never raw cases. How a chart is made, named and saved is told in ``charts.drawing.style``.
"""
