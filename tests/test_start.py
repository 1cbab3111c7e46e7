"""What a command loads before it has done anything: start-up time is mostly imports, so they are counted."""

import subprocess
import sys

import pytest

UNUSED = {"statsmodels", "matplotlib", "seaborn", "plotly", "docx", "pptx", "numba", "pyspark", "IPython", "nbclient"}
MOST_MODULES = 1500  # 1,208 when this was written, most of them pandas, numpy, Ibis and sqlglot
CODE = """
import sys
from analysis.cli import run
sys.argv = ["court-analysis", "indicators"]
try:
    run()
except SystemExit:
    pass
print("loaded", *sys.modules)
"""


@pytest.mark.full
def test_indicators_of_one_court_load_neither_charts_nor_models():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, encoding="utf-8")
    loaded = max(done.stdout.splitlines(), key=len).split()[
        1:
    ]  # by the process that works; the one that waits says less
    assert "analysis.measures.indicators.indicators" in loaded
    assert not UNUSED & {name.partition(".")[0] for name in loaded}
    assert "scipy.stats" not in loaded
    assert len(loaded) < MOST_MODULES


def test_a_notebook_is_set_up_without_seaborn_scipy_and_the_grammar_of_addresses():
    code = "import sys, analysis as an; an.use_style(); print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not {"seaborn", "scipy", "matplotlib.pyplot", "nbformat", "jsonschema", "rfc3987_syntax"} & loaded


@pytest.mark.full
def test_a_room_that_is_imported_hides_no_public_name():
    code = "import analysis.report.yearly, analysis.observations, analysis as an; print(an.observations.__doc__.splitlines()[0])"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert "what stands out" in told, "the function, not the package"
