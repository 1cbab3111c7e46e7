"""``python -m analysis`` is ``court-analysis``."""

from analysis.cli import run

if __name__ == "__main__":
    run()
