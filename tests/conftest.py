"""Profiles of hypothesis: ``quick`` by default, ``ci`` (300 examples, for what reads registers) and ``nightly`` (5,000).

Choose with ``HYPOTHESIS_PROFILE=ci`` as ``.ci/run`` does. Where a test asks for its own number of examples, it says so itself.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]

# A deadline would only measure how busy the machine is.
settings.register_profile("quick", deadline=None, max_examples=30, suppress_health_check=QUIET, derandomize=True)
settings.register_profile("ci", deadline=None, max_examples=300, suppress_health_check=QUIET, derandomize=True)
settings.register_profile("nightly", deadline=None, max_examples=5_000, suppress_health_check=QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
