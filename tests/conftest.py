"""Profiles of hypothesis: ``ci`` by default, ``nightly`` with ``HYPOTHESIS_PROFILE=nightly`` (5,000 examples)."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]

# Where a test asks for less (max_examples=...), it says so itself; deadlines would only measure how busy the machine is.
settings.register_profile("ci", deadline=None, max_examples=300, suppress_health_check=QUIET, derandomize=True)
settings.register_profile("quick", deadline=None, max_examples=40, suppress_health_check=QUIET, derandomize=True)
settings.register_profile("nightly", deadline=None, max_examples=5_000, suppress_health_check=QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
