"""Tables on paper: never smaller, on a page that lies or in parts; rows and headings stay together."""

import io
import re
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from analysis.report.content import Figure, Paragraph, Report, Section, Table
from analysis.report.formats.layout import GAP, column_weights, parts_of, visual_length
from analysis.report.formats.pdf import ROOMS, _data, _laid, write_pdf
from analysis.vocabulary.language import speaking


def table(columns, name="t", rows=20):
    frame = pd.DataFrame(np.full((rows, columns), 1_234_567.5), columns=[f"column_{n}" for n in range(columns)])
    frame.insert(0, "court", ["甲法院", "乙法院"] * (rows // 2))
    return Table(name, "宽表", "f", frame=frame, note="注")


@pytest.mark.parametrize(("columns", "lies", "parts"), [(3, False, 1), (8, True, 1), (30, True, 4)])
def test_a_table_lies_or_is_parted_and_no_number_of_it_is_broken(columns, lies, parts):
    whole = table(columns)
    with speaking("zh"):
        data, made = _data(whole, None), parts_of(whole, ROOMS[lies])
        widths = [sum(column_weights(part, ROOMS[lies])) for part in made]
    assert (data["lies"], len(data["parts"])) == (lies, parts)
    assert max(widths) <= ROOMS[lies] + 1
    assert {part.frame.columns[0] for part in made} == {"court"}, "each part says whose numbers they are"
    held = [name for part in made for name in part.frame.columns[1:]]
    assert held == list(whole.frame.columns[1:])


def test_a_wide_table_of_few_rows_stands_in_parts():
    with speaking("zh"):
        data = _data(table(8, rows=2), None)
    assert (data["lies"], [len(part["rows"]) for part in data["parts"]]) == (False, [2, 2])


def test_names_beside_bounds_of_many_years_are_not_torn_into_three_letters_a_line():
    """Fifteen indicators with the bounds of six years stood in a column of three characters, five lines a name."""
    names = [f"执行完毕案件结案平均用时{place}（天）" for place in range(15)]
    frame = pd.DataFrame({"indicator": names} | {str(year): ["124.6–128.8"] * 15 for year in range(2018, 2024)})
    years = dict.fromkeys(frame.columns[1:], "decimal")
    whole = Table("t", "表", "f", frame=frame.assign(difference=6.09, growth=4.98), formats=years)
    with speaking("zh"):
        data, made = _data(whole, None), parts_of(whole, ROOMS[False])
        widths = [column_weights(part, ROOMS[False]) for part in made]
    assert (data["lies"], len(made)) == (False, 2)
    assert all(first[0] > 12 and sum(first) <= ROOMS[False] + 1 for first in widths)


def test_the_room_goes_to_the_column_whose_cells_hold_more():
    long = "公布值与台账按同一口径核算的数字相符，尾数按四舍五入判定。" * 3
    frame = pd.DataFrame(
        {"indicator": ["执行到位率", "实际执结率"] * 4, "measure": ["结案", long[:40]] * 4, "explanation": [long] * 8}
    )
    with speaking("zh"):
        name, one, all_ = column_weights(Table("t", "表", "f", frame=frame), ROOMS[False])
    assert all_ > 1.5 * one > one > name


def test_long_names_beside_many_numbers_are_broken_less_than_headings():
    names = [f"{place}自治县人民法院" for place in ("积石山保安族东乡族撒拉族", "双江拉祜族佤族布朗族傣族", "莫力达瓦")]
    frame = pd.DataFrame({"court": names} | {f"一个较长的表头{k}": [91.27, 93.5, 90.0] for k in range(8)})
    with speaking("zh"):
        name, *others = column_weights(Table("t", "表", "f", frame=frame), 96)
    assert name > 22  # a name of 21 characters in two lines
    assert max(others) < 11


def test_no_text_is_broken_where_the_page_holds_all_of_them():
    kind = "ordinary limit ends soon"
    frame = pd.DataFrame(
        {"case_no": ["（2023）辽1399执恢21号"] * 9, "kind": "past the limit", "limit_on": "2024-01-03"}
    )
    frame.loc[0, "kind"] = kind
    frame = frame.assign(days_left=25, rule="[1]")
    with speaking("en"):
        weights = column_weights(Table("t", "t", "f", frame=frame), ROOMS[False])
    assert weights[1] >= len(kind) + GAP, "the cell and the gap beside it"


def test_names_are_not_broken_beside_a_heading_longer_than_its_cells():
    frame = pd.DataFrame(
        {"court": ["东坪县人民法院", "海口东县人民法院"]}
        | {f"upper 9{k}% (%)": [91.27, 93.5] for k in range(7)}
        | {"outside 99.8%": ["yes", "no"]}
    )
    with speaking("zh"):
        name, *_, last = column_weights(Table("t", "表", "f", frame=frame), 90)
    assert name >= 16 + GAP
    assert last < 13


def test_the_room_goes_where_it_saves_most_lines():
    """Of a review in English each row was two lines high beside columns of numbers with room to spare."""
    frame = pd.DataFrame(
        {
            "breakdown": ["team"] * 8, "group": ["执行一组"] * 7 + ["administrative order (no litigation)"],
            "this_period": "34.52% (29/84)", "year_before": "29.41% (15/51)", "change": 5.11,
            "real_or_chance": "within random variation",
        }
    )  # fmt: skip
    kinds = {"this_period": "rate", "year_before": "rate"}
    with speaking("en"):
        weights = column_weights(Table("t", "t", "f", frame=frame, formats=kinds), 98)
    assert weights[-1] >= len("within random variation") + GAP
    assert sum(weights) <= 98


def test_no_unit_of_a_heading_is_parted():
    """A column of changes was as narrow as its numbers, and its heading read "增减", "（百分", "点）"."""
    frame = pd.DataFrame(
        {"a": ["终结本次执行程序"] * 4, "b": ["财产保全和执行审查组"] * 4} | {f"n{k}": [1.5] * 4 for k in range(7)}
    )
    frame = frame.set_axis(["甲", "乙", *[f"增减{k}（百分点）" for k in range(7)]], axis=1)
    with speaking("zh"):
        widths = column_weights(Table("t", "表", "f", frame=frame, is_written=True), 120)
    assert min(widths[2:]) >= visual_length("（百分点）") + GAP


def test_each_part_of_a_wide_table_says_which_rows_it_has():
    """The second part of a parted review said "team, team, basis" beside numbers that were nobody's."""
    frame = pd.DataFrame(
        {"breakdown": ["team", "team", "basis"], "group": ["甲", "乙", "甲"]}
        | {f"column_{n}": [1_234_567.5] * 3 for n in range(12)}
    )
    with speaking("zh"):
        parts = parts_of(Table("t", "表", "f", frame=frame), 96)
        alike = parts_of(Table("t", "表", "f", frame=frame.assign(group="甲")), 96)
    assert len(parts) > 1
    assert {tuple(part.frame.columns[:2]) for part in parts} == {("breakdown", "group")}
    assert [name for part in parts for name in part.frame.columns[2:]] == list(frame.columns[2:])
    assert {part.frame.columns[0] for part in alike} == {"breakdown"}


def test_a_fraction_has_room_on_one_line():
    words = "1792.9106/2046.2318 = 87.620%, in agreement with the published 87.6"
    frame = pd.DataFrame({f"heading {k}": ["unchecked"] * 3 for k in range(7)} | {"explanation": [words] * 3})
    with speaking("en"):
        *_, explained = column_weights(Table("t", "t", "f", frame=frame), 96)
    assert explained > len("1792.9106/2046.2318")


def test_tables_that_lie_share_a_page_and_take_their_heading_along():
    lying, standing = {"kind": "table", "lies": True}, {"kind": "paragraph"}
    assert _laid([lying, lying, standing], "一") == (
        "",
        [{"kind": "lying", "heading": "一", "tables": [lying, lying]}, standing],
    )
    assert _laid([standing, lying], "一") == ("一", [standing, {"kind": "lying", "heading": "", "tables": [lying]}])


@pytest.mark.full
def test_the_title_is_the_first_heading_of_a_pdf_and_its_contents_name_the_sections(monkeypatch):
    import typst

    asked = {}
    compiled = typst.compile

    def compiling(path, **options):
        asked["headings"] = typst.query(
            path, "heading", field="body", root=options["root"], font_paths=options["font_paths"]
        )
        return compiled(path, **options)

    monkeypatch.setattr(typst, "compile", compiling)
    sections = (Section("a", "甲节", (Paragraph("一句"), table(8))), Section("b", "乙节", (table(30, "u"),)))
    with speaking("zh"):
        assert write_pdf(Report("题目", "副题", "zh", 2011, "某法院", sections), "footer").startswith(b"%PDF")
    places = [asked["headings"].index(text) for text in ("题目", "甲节", "乙节")]
    assert places == sorted(places)


def test_other_texts_are_torn_before_a_case_number():
    frame = pd.DataFrame(
        {
            "case_no": ["（2024）云0977执10号"], "filed_on": ["2024-09-28"], "closed_on": ["2024-11-25"],
            "closure_mode": ["终结本次执行程序"], "days": [58], "due_on": ["2024-12-30"], "is_overdue": ["否"],
        }
    )  # fmt: skip
    with speaking("zh"):
        number, *_ = column_weights(Table("t", "表", "f", frame=frame), ROOMS[False])
    assert number >= visual_length("（2024）云0977执10号")


def pages_of(*blocks):
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("no pdftotext is installed (Debian: apt-get install poppler-utils)")
    with speaking("zh"):
        made = write_pdf(
            Report("题目", "副题", "zh", 2011, "某法院", (Section("a", "甲节", blocks),), is_short=True), ""
        )
    said = subprocess.run([reader, "-layout", "-", "-"], input=made, capture_output=True, check=True).stdout.decode()
    return [re.sub(r"— \d+ —", "", page).split() for page in said.split("\f")[:-1]]


def test_no_caption_stands_at_the_foot_of_a_page_without_its_table():
    frame = pd.DataFrame({"court": ["甲"] * 9, "closed": range(9)})
    blocks = [Table(f"t{n}", f"表题{n}", "f", frame=frame) for n in range(40)]
    between = (Paragraph("一句" * (1 + 37 * n % 150)) for n in range(40))
    pages = pages_of(*(block for pair in zip(between, blocks, strict=True) for block in pair))
    assert len(pages) > 10
    assert not [page[-1] for page in pages if page[-1].startswith("表题")]


def test_where_a_figure_no_longer_fits_the_page_is_filled_with_what_follows():
    out = io.BytesIO()
    Image.new("RGB", (400, 300)).save(out, "PNG")
    drawn = Figure("f", "图题", "f", image=out.getvalue(), alt="一幅图")
    first, second, *_ = pages_of(
        *(Paragraph(f"前{n}") for n in range(25)), drawn, *(Paragraph(f"后{n}") for n in range(30))
    )
    assert ("前24" in first, "后0" in first) == (True, True)
    assert "图题" in second
