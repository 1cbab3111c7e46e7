"""The synthetic sample: a made-up register of a court, calibrated to its printed figures."""
