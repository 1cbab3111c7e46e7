"""Accumulating and clearing: turning points, regimes, season, campaigns, control limits, the stock ahead."""
