"""The synthetic sample: a made-up register of a court, calibrated to its printed figures.

``sample_path`` is where it ships, ``sample_register`` makes it again, ``write_sample`` writes it;
``write_national`` writes the same kind of register for thousands of courts.
"""
