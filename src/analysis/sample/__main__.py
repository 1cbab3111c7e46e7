"""Write the sample data anew: ``python -m analysis.sample`` into the package and, in a checkout, ``data/sample``."""

from __future__ import annotations

from pathlib import Path

from analysis.sample.folder import mirror, sample_path, write_sample


def main() -> None:
    """Write the package's sample data and make ``data/sample`` its byte copy."""
    written = write_sample(sample_path())
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").is_file():
        mirror(written, checkout / "data" / "sample")


if __name__ == "__main__":
    main()
