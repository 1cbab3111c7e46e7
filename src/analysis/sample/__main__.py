"""Write the sample data anew: ``python -m analysis.sample``."""

from __future__ import annotations

from analysis.sample.folder import sample_path, write_sample

if __name__ == "__main__":
    write_sample(sample_path())
