"""PDF: pages on which a table ends, and what floats beside it."""

import re
import shutil
import subprocess

import pandas as pd
import pytest

import analysis as an
from analysis.report.content import RECKONED, Card, Cards, Figure, Paragraph, Report, Section, Table
from analysis.report.formats.pdf import SHARES, _compact, write_pdf
from analysis.vocabulary.language import speaking

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no pdftotext (Debian: apt-get install poppler-utils)"
)


def pages(blocks, tmp_path):
    """The text of each page of a report of one section, of which the first is its front."""
    return pages_of((Section("s", "Head", tuple(blocks)),), tmp_path)


def pages_of(sections, tmp_path):
    report = Report("Report", "sub", "en", 2011, "Court", sections)
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


def test_the_first_row_of_a_table_stands_on_no_page_alone(tmp_path):
    """A week's plans began with one row at the foot of a page."""
    begun = []
    for lines in range(22, 34):
        parted = rows_by_page(pages([*[Paragraph("said")] * lines, table(20)], tmp_path))
        assert sum(map(len, parted)) == 20
        begun.append(len(parted[0]))
    assert min(begun) > 1
    assert len(set(begun)) > 3, "that is, where it stands is a matter of what comes before"


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


@pytest.mark.parametrize(("said", "contents"), [(4, 0), (22, 1)])
def test_contents_stand_below_page_one_where_it_leaves_room_and_else_above_what_follows(said, contents, tmp_path):
    front = Section("summary", "In brief", tuple(Paragraph("It is said in full. " * 8) for _ in range(said)))
    sections = (front, *(Section(f"s{n}", f"Heading {n}", (Paragraph(f"body {n}"),)) for n in range(5)))
    first, second, *_ = pages_of(sections, tmp_path)
    assert ["Contents" in page for page in (first, second)] == [contents == 0, contents == 1]
    assert "body 0" in second, "no page holds contents alone, and what follows page one begins a page"


def test_cards_without_a_course_leave_room_for_the_contents(tmp_path):
    """Two fifths of page one of an English report were empty: cards were as tall as with a course, and the contents no longer fitted."""
    cards = Cards(tuple(Card(f"figure {n}", "1,234 cases", "up 1.50% on 2023") for n in range(6)))
    front = Section(
        "summary",
        "In brief",
        (Paragraph("It is said in full. " * 5), cards, *[Paragraph("It is said in full. " * 8)] * 7),
    )
    sections = (front, *(Section(f"s{n}", f"Heading {n}", (Paragraph(f"body {n}"),)) for n in range(15)))
    first, *_ = pages_of(sections, tmp_path)
    assert "Contents" in first


def test_contents_below_page_one_stand_apart_from_what_is_above(tmp_path):
    """Their heading touched the last line above it."""
    front = Section("summary", "In brief", (Paragraph("said"),) * 3)
    first, *_ = pages_of((front, Section("s", "Head", (Paragraph("body"),))), tmp_path)
    assert "Contents" in first
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-f", "1", "-l", "1", tmp_path / "r.pdf", "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    tops = {
        word: (float(top), float(foot))
        for top, foot, word in re.findall(r'yMin="([\d.]+)".*?yMax="([\d.]+)">(said|Contents)<', boxes.stdout)
    }
    assert tops["Contents"][0] - tops["said"][1] > 12


def test_parts_of_a_wide_table_of_few_rows_go_on_over_a_page_each_whole(tmp_path):
    """It left a quarter of a page blank, as the parts were kept together."""
    frame = pd.DataFrame({f"heading{n}": [f"row{n}{r}_withoutanyspace" for r in range(3)] for n in range(8)})
    wide = Table("w", "Caption", "f", frame=frame)
    for said in range(16, 40):
        held = rows_by_page(pages([*(Paragraph(f"said {n}") for n in range(said)), wide], tmp_path))
        if len(held) > 1:
            break
    rows = [{name[4] for name in page if name[3] == column} for page in held for column in {name[3] for name in page}]
    assert len(held) == 2
    assert all(of_column == set("012") for of_column in rows), "a part is whole on its page"


def test_page_numbers_settle_however_far_down_page_one_the_contents_end(tmp_path):
    """Where the contents end near the foot of page one, asking on which page they are must not move them to another."""
    for said in range(10, 18):
        front = Section("summary", "In brief", tuple(Paragraph(f"front {place}") for place in range(said)))
        bodies = [Section(f"s{at}", f"Head {at}", (Paragraph("body"), table(30))) for at in range(8)]
        read = pages_of((front, *bodies), tmp_path)
        numbers = [found[-1] for page in read if (found := re.findall(r"—\s*(\d+)\s*—", page))]
        assert numbers == [str(page) for page in range(1, len(numbers) + 1)], said


def test_a_mark_begins_no_line(tmp_path):
    """The bracket of a mark opens, before which lines may end: 〔13〕 stood alone on the last line of a paragraph."""
    said = [Paragraph("case " * 16 + "a" * length + ".", place=1) for length in range(1, 40)]
    rows = Table(RECKONED, "Rows", "f", frame=pd.DataFrame({"mark": ["〔1〕"], "base": ["cases"]}))
    lines = "\n".join(pages([*said, rows], tmp_path)).splitlines()
    assert sum("〔1〕" in line for line in lines) == len(said) + 1
    assert not [line for line in lines if line.strip() == "〔1〕"]


def test_a_case_number_in_running_text_is_on_one_line(tmp_path):
    """In English one stood as (2011)富 at the end of a line and 执字第212号 at the beginning of the next."""
    numbers = ["(2011)富执字第212号", "（2024）云0399执恢58号"]
    said = [Paragraph(" ".join([*["on"] * words, *numbers, "is pending"])) for words in range(20, 50)]
    lines = "\n".join(pages(said, tmp_path)).splitlines()
    assert [sum(number in line for line in lines) for number in numbers] == [len(said)] * 2


def test_a_figure_goes_no_further_than_the_page_on_which_the_next_section_begins(tmp_path):
    """A chart of one annex stood two annexes further on."""
    for said in range(4, 24, 4):
        drawn = (*(Paragraph(f"said {place}") for place in range(said)), figure(), figure())
        later = (Section(name, name, (Paragraph(f"of the {name}"),)) for name in ("Second", "Third"))
        read = pages_of((Section("a", "First", drawn), *later), tmp_path)
        (drawn_on,) = (place for place, page in enumerate(read) if "Figure 2" in page)
        assert drawn_on <= next(place for place, page in enumerate(read) if "of the Second" in page), said


def test_a_figure_stands_where_it_is_told_where_that_fills_a_hole(tmp_path, monkeypatch):
    """Below the long table of its section it did not fit, left the rest of the page empty and stood under the heading of the next."""
    own = Section("a", "Own", (*(Paragraph(f"said {n}") for n in range(14)), figure(), table(48)))
    other = Section("b", "Other", (*(Paragraph(f"more {n}") for n in range(9)), table(8, "other")))

    def laid():
        said = pages_of((Section("s", "Head", ()), own, other), tmp_path)
        return len(said) - 1, [
            [place for place, page in enumerate(said) if word in page] for word in ("Picture", "row", "Other")
        ]

    pages, (pictured, rows, following) = laid()
    assert pictured[0] < rows[0] <= following[-1]
    monkeypatch.setattr("analysis.report.formats.pdf.SHARES", ())
    floated, (pictured, rows, following) = laid()
    assert (floated, pictured) == (pages + 1, following[-1:]), "as it was"


def test_of_figures_each_is_tried_and_the_largest_that_saves_is_taken():
    asked, figures = (
        [],
        [{"flows": False, "height": 100.0, "saves": saves} for saves in ((0, 0, 50), (90, 90, 95), (10, 10, 10))],
    )

    def end():
        asked.append(1)
        tried = [(figure, SHARES.index(figure["height"] / 100)) for figure in figures if figure["flows"]]
        return 1000.0 - sum(figure["saves"][place] for figure, place in tried)

    _compact(figures, end)
    assert [(figure["flows"], figure["height"]) for figure in figures] == [(True, 80.0), (True, 100.0), (False, 100.0)]
    assert len(asked) == 1 + 3 * len(figures)
