"""What must work at any versions that the project allows: every chart, every format of a report, tables in a notebook.

Run by .ci/versions with the Python of an environment at lowest or newest versions: ``python benchmarks/smoke.py FOLDER``.
"""

import tomllib
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

warnings.filterwarnings("error", module=r"analysis\.")
warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"ibis\.")

import analysis as an  # noqa: E402 - after what it is to be run with

HERE = Path(__file__).parents[1]
OF_NOTE = (
    "pandas",
    "numpy",
    "ibis-framework",
    "duckdb",
    "matplotlib",
    "plotly",
    "typst",
    "itables",
    "narwhals",
    "jupyterlab",
)


def charts() -> int:
    """Draw every chart of the gallery for paper and for the screen."""
    gallery = tomllib.loads((HERE / "docs" / "made" / "charts.toml").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    exec(gallery["given"], names)
    for chart in gallery["chart"]:
        eval(chart["call"], names).savefig("chart.png")
        eval(f"{chart['call'][:-1]}, interactive=True)", names).to_html()
    return len(gallery["chart"])


def tables(cases: an.Cases) -> None:
    """Show a long table as a notebook does, and put tables into Excel and back."""
    from IPython.core.formatters import format_display_data

    an.use_style(language="zh")
    flow = an.caseflow(cases, freq="M")
    assert "<table" in format_display_data(flow)[0]["text/html"]
    an.to_excel({"收结存": flow}, "表.xlsx")
    again = an.read_cases(cases.to_pandas(names=True), as_of="2011-12-31")
    assert len(again) == len(cases)


def main() -> None:
    print(", ".join(f"{name} {version(name)}" for name in OF_NOTE))
    cases = an.read_cases(an.sample_path("register"))
    an.read_cases(an.sample_path("register") / "cases.csv", as_of="2011-12-31")
    tables(cases)
    formats = ["html", "xlsx", "pdf", "docx", "pptx"]
    made = an.build_report(cases, period=2011, out="report", formats=formats)
    an.build_bulletin(cases, period="2011-06", out="bulletin", formats=["html"], interactive=True)
    print(f"{len(made.files)} files, {charts()} charts")


if __name__ == "__main__":
    main()
