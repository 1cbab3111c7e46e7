"""PDF: pages on which a table ends, and what floats beside it."""

import re
import shutil
import subprocess

import pandas as pd
import pytest

import analysis as an
from analysis.report.content import Figure, Paragraph, Report, Section, Table
from analysis.report.formats.pdf import write_pdf
from analysis.vocabulary.language import speaking

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no pdftotext (Debian: apt-get install poppler-utils)"
)


def pages(blocks, tmp_path):
    """The text of each page of a report of one section, of which the first two are its front."""
    report = Report("Report", "sub", "en", 2011, "Court", (Section("s", "Head", tuple(blocks)),))
    with speaking("en"):
        (tmp_path / "r.pdf").write_bytes(write_pdf(report, "footer"))
    said = subprocess.run(["pdftotext", "-layout", tmp_path / "r.pdf", "-"], check=True, capture_output=True, text=True)
    return said.stdout.split("\f")


def table(rows, word="row"):
    frame = pd.DataFrame({"court": [f"{word}{place:02d}" for place in range(rows)], "value": range(rows)})
    return Table("long", "Caption", "f", frame=frame)


def figure():
    months = pd.date_range("2010-01-01", periods=24, freq="MS")
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": [10, 30] * 12}))
    return Figure("flow", "Picture", "analysis.plot_caseflow", plot=an.plot_caseflow, result=flow)


def rows_by_page(said):
    return [found for page in said if (found := re.findall(r"row\d\d", page))]


def test_the_last_row_of_a_table_stands_on_no_page_alone(tmp_path):
    """Of tables of every length one ends a row behind the foot of a page."""
    for rows in range(34, 42):
        parted = rows_by_page(pages([Paragraph("said"), table(rows)], tmp_path))
        assert sum(map(len, parted)) == rows
        assert len(parted[-1]) > 1


@pytest.mark.parametrize("rows", [0, 1, 2, 3])
def test_a_table_of_few_rows_or_none_is_set(rows, tmp_path):
    assert sum(map(len, rows_by_page(pages([table(rows)], tmp_path)))) == rows


def test_a_figure_does_not_part_a_table_that_follows_it(tmp_path):
    """It floats to the foot of a page, and stood between the rows of a table that ran on to the next."""
    said = pages([*(Paragraph(f"said {n}") for n in range(14)), figure(), table(2, "short"), table(60)], tmp_path)
    held = [[name for name, word in (("rows", "row"), ("figure", "Picture")) if word in page] for page in said]
    drawn = held.index(next(one for one in held if "figure" in one))
    assert not any("rows" in one for one in held[drawn + 1 :]), held
    assert drawn > next(place for place, one in enumerate(held) if "rows" in one)
