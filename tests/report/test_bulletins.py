"""Bulletins: their sentences, units and files."""

import json
import re

import pandas as pd
import pytest

import analysis as an
from analysis.measures.bulletin_tables import bulletin
from analysis.report.bulletin import build_bulletin, moved
from analysis.vocabulary.language import speaking


def cases(filed, closed=(), as_of="2011-12-31"):
    """Cases filed on given days; the first of them closed on others."""
    closed = [*closed, *[None] * (len(filed) - len(closed))]
    frame = pd.DataFrame({"case_no": [str(n) for n in range(len(filed))], "filed_on": filed, "closed_on": closed})
    return an.Cases.from_frames(frame.assign(officer="甲", closure_mode="settled"), as_of=as_of)


@pytest.mark.full
@pytest.mark.parametrize(
    ("filed", "closed", "period", "zh", "en"),
    [
        (
            ["2010-11-05", "2011-10-05", "2011-11-05", "2011-11-06"],
            ["2010-11-20", "2011-11-20", "2011-11-21"],
            "2011-11",
            "新收2件，环比增加1件，同比增加1件；结案2件，环比增加2件，同比增加1件；未结1件，环比持平，同比增加1件。",
            "Filed: 2 cases, 1 case more on the period before, 1 case more year on year; closed: 2 cases, 2 cases more on the "
            "period before, 1 case more year on year; pending at the end: 1 case, unchanged on the period before, 1 case more "
            "year on year.",
        ),
        (
            ["2011-11-05"],
            [],
            "2011-11",
            "新收1件；结案0件；未结1件；台账没有可比的数字，不作环比、同比。",
            "Filed: 1 case; closed: 0 cases; pending at the end: 1 case; the register has nothing to compare with on the "
            "period before or year on year.",
        ),
        (
            ["2010-02-05", "2011-02-05"],
            ["2010-03-05", "2011-03-05"],
            "2011",
            "新收1件，同比持平；结案1件，同比持平；未结0件，同比持平。",
            "Filed: 1 case, unchanged year on year; closed: 1 case, unchanged year on year; pending at the end: 0 cases, "
            "unchanged year on year.",
        ),
        (
            ["2011-07-05", "2011-08-05", "2011-09-05"],
            ["2011-09-06"],
            "2011-Q4",
            "新收0件，环比减少3件；结案0件，环比减少1件；未结2件，环比持平；台账没有可比的数字，不作同比。",
            "Filed: 0 cases, 3 cases fewer on the period before; closed: 0 cases, 1 case fewer on the period before; "
            "pending at the end: 2 cases, unchanged on the period before; the register has nothing to compare with year "
            "on year.",
        ),
        (
            ["2011-11-14", "2011-11-21", "2011-11-22"],
            [],
            "2011-11-25",
            "新收2件，环比增加1件；结案0件，环比持平；未结3件，环比增加2件。",
            "Filed: 2 cases, 1 case more on the period before; closed: 0 cases, unchanged on the period before; pending "
            "at the end: 3 cases, 2 cases more on the period before.",
        ),
    ],
)
def test_what_moved_is_said_at_zero_at_no_base_at_no_change_and_at_one_case(filed, closed, period, zh, en):
    register = cases(filed, closed)
    found = moved(register, bulletin(register, period=period), "calendar-year")
    assert (found.zh, found.en) == (zh, en)


@pytest.mark.full
@pytest.mark.parametrize(
    ("period", "zh"),
    [
        ("2011年1—5月", "新收2件，同比增加1件；结案1件，同比增加1件；未结1件，同比持平。"),
        (
            "2011年上半年",
            "新收3件，环比增加3件，同比增加2件；结案1件，环比持平，同比增加1件；未结2件，环比增加2件，同比增加1件。",
        ),
    ],
)
def test_half_years_and_cumulative_months_are_set_beside_what_offices_set_them_beside(period, zh):
    register = cases(["2010-03-01", "2011-02-01", "2011-05-31", "2011-06-01"], ["2010-09-01", "2011-04-01"])
    assert moved(register, bulletin(register, period=period), "calendar-year").zh == zh


@pytest.mark.full
def test_a_period_that_is_not_over_is_compared_with_nothing():
    register = cases(["2011-10-05", "2011-11-05"], as_of="2011-11-20")
    found = moved(register, bulletin(register, period="2011-11"), "calendar-year")
    assert found.zh == "新收1件；结案0件；未结2件；期间未满，不作比较。"


@pytest.mark.full
def test_the_quarter_of_a_statistical_year_is_compared_with_its_own_counterpart():
    register = cases(["2009-12-25", "2010-12-25", "2010-12-26"])
    found = moved(register, bulletin(register, period="2011-Q1", calendar="dec-21"), "dec-21")
    assert found.zh.split("；")[0] == "新收2件，同比增加1件"
    assert "本期101天，上期81天，长短不同，不作环比" in found.zh
    assert "this period has 101 days and the one before 81: nothing is compared on the period before" in found.en


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.full)])
@pytest.mark.parametrize(
    "period", ["2011-11", *(pytest.param(p, marks=pytest.mark.full) for p in ("2011-11-25", "2011-Q4", "2011"))]
)
def test_a_bulletin_is_written_with_units_and_without_codes(sample_cases, tmp_path, period, language):
    made = an.build_bulletin(sample_cases, period=period, out=tmp_path / "b", formats=("xlsx",), language=language)
    assert {p.name for p in (tmp_path / "b").iterdir()} == {"manifest.json", f"bulletin-{period}.{language}.xlsx"}
    tables = [block for section in made.report.sections for block in section.blocks if hasattr(block, "frame")]
    with speaking(language):
        for table in tables:
            words = table.headings() + [cell for row in table.rows() for cell in row]
            assert not [word for word in words if "_" in word], table.caption
            assert not [word for word in table.headings() if "标的额" in word and "元" not in word]
        chinese = sum("\u4e00" <= c <= "\u9fff" for t in tables for w in t.headings() for c in w)
    assert bool(chinese) == (language == "zh")
    told = json.loads((tmp_path / "b" / "manifest.json").read_text(encoding="utf-8"))
    assert [e["id"] for e in told["reports"][language]["exhibits"]] == [t.id for t in made.report.exhibits()]


@pytest.mark.full
def test_officers_are_pseudonyms_unless_their_names_are_asked_for(sample_cases, tmp_path):
    def officers(**asked):
        made = an.build_bulletin(sample_cases, period="2011-Q4", out=tmp_path / "b", formats=("xlsx",), **asked)
        table = next(
            b for s in made.report.sections for b in s.blocks if getattr(b, "id", "") == "bulletin-officers-table"
        )
        return set(table.frame["officer"])

    assert all(name.startswith("承办人") for name in officers())
    assert not any(name.startswith("承办人") for name in officers(names=True))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_part_without_a_row_has_no_section(tmp_path, language):
    """As officers of whom none may be shown: three courts have people of the same name."""
    rows = [
        {"case_no": f"{court}{n}", "filed_on": "2011-10-05", "court": f"{court}县人民法院", "officer": "甲乙丙"[n % 3]}
        for court in ("东山", "西山", "南山")
        for n in range(30)
    ]
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31", court_said="云州市中级人民法院")
    asked = {"period": "2011-Q4", "formats": ["html"], "language": language}
    made = an.build_bulletin(cases, out=tmp_path / "b", **asked).report
    tables = [block for section in made.sections for block in section.blocks if hasattr(block, "frame")]
    assert any(len(table.frame) == 4 for table in tables), "the courts stand in theirs"
    assert all(len(table.frame) for table in tables)
    assert all(section.blocks for section in made.sections)
    half = an.build_bulletin(cases, out=tmp_path / "h", **asked | {"period": "2011年下半年"}).report
    assert half.subtitle == {"zh": "2011年下半年", "en": "Second half of 2011"}[language]


@pytest.mark.full
def test_tables_kept_by_hand_are_shown_and_their_checksums_kept(tmp_path):
    file = tmp_path / "评比.csv"
    file.write_text("指标,本院数值,名次,参评法院数\n结案率,99.22,1,11\n", encoding="gb18030")
    register = cases(["2011-10-05", "2011-11-05"], ["2011-11-20"])
    made = an.build_bulletin(
        register, period="2011年第四季度", evaluation=file, out=tmp_path / "out", formats=["html"], language="zh"
    )
    assert [path.name for path in made.files] == ["bulletin-2011年第四季度.zh.html"]
    assert "99.22" in made.files[0].read_text(encoding="utf-8")
    assert len(made.manifest["inputs"]["evaluation"]["评比.csv"]) == 64
    assert made.manifest["parameters"]["evaluation"] == "评比.csv"  # no path of this machine
    week = an.build_bulletin(register, period="2011/11/25", out=tmp_path / "week", formats=["html"], language="zh")
    assert [path.name for path in week.files] == ["bulletin-2011-11-25.zh.html"]


@pytest.mark.full
def test_a_bulletin_draws_its_period_beside_those_before_it_and_the_first_period_draws_nothing(tmp_path):
    import openpyxl

    filed = [f"2011-{month:02d}-03" for month in range(1, 13)]
    register = cases(filed, filed[:6])
    made = an.build_bulletin(register, period="2011-12", out=tmp_path / "m", formats=["xlsx"], language="en")
    (figure,) = [b for b in made.report.sections[0].blocks if hasattr(b, "native")]
    assert (len(figure.numbers), int(figure.numbers["closing"].iloc[-1])) == (12, 6)
    week = an.build_bulletin(register, period="2011-11-25", out=tmp_path / "w", formats=["xlsx"], language="en")
    book = openpyxl.load_workbook(week.files[0])
    (sheet,) = (sheet for sheet in book if sheet._charts)
    assert sheet._charts[0].x_axis.number_format.formatCode == "yyyy-mm-dd", "months would call several weeks the same"
    assert book["Data"].max_row == 4 + 13
    first = an.build_bulletin(register, period="2011-01", out=tmp_path / "f", formats=["xlsx"], language="en")
    assert not [b for b in first.report.sections[0].blocks if hasattr(b, "native")]


@pytest.mark.full
def test_a_week_names_the_register_alone_without_a_return_and_its_teams_in_order(sample_cases, tmp_path):
    week = build_bulletin(sample_cases, period="2011-11-25", out=tmp_path, formats=["xlsx"], names=True).report
    tables = {exhibit.id: exhibit for exhibit in week.exhibits()}
    assert week.title == "富锦市人民法院执行工作周小结"
    lead, _, remarks = (block.text for block in week.sections[0].blocks if hasattr(block, "text"))
    assert re.fullmatch(r"执行工作周小结：2011年11月19日至25日（第47周），受理\d+件，结案\d+件。", lead), (
        "what is not checked stands apart"
    )
    assert remarks.startswith("说明：未提供司法统计报表，未核对")
    assert tables["bulletin-statistics-table"].caption == "收结存"
    assert tables["bulletin-teams-table"].frame["team"].tolist() == ["执行一组", "执行二组", "执行三组"]
    assert "attention" not in tables["bulletin-plans-table"].frame  # nothing asks for any
    assert not any("合成数据" in block.text for s in week.sections for block in s.blocks if hasattr(block, "text"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("formats", [("html", "xlsx"), ("html",)])
def test_a_week_prints_the_cases_that_ask_for_attention_and_its_workbook_holds_all(tmp_path, language, formats):
    filed = (
        ["2011-05-24"] * 3 + ["2011-05-29"] * 2 + ["2011-11-01"] * 40
    )  # six months: over, due in the week, long to go
    made = build_bulletin(
        cases(filed, as_of="2011-11-25"), period="2011-11-25", out=tmp_path / "b", formats=formats, language=language
    )
    plans = next(table for table in made.report.exhibits() if table.id == "bulletin-plans-table")
    assert len(plans.frame) == 45
    read = plans.for_people()
    assert len(read.frame) == 5
    assert (read.frame["attention"] != "").all()
    where = (
        {"zh": "，全部案件见Excel文件", "en": ": all stand in the Excel file"}[language] if "xlsx" in formats else ""
    )
    assert (
        read.note
        == {
            "zh": f"所列5件为7日内到期或应开始、已过期限或逾期开始的；其余未结40件不列{where}。",
            "en": f"5 cases listed fall due or must start within 7 days, or are over or late; 40 others are pending and not listed{where}.",
        }[language]
    )
    page = next(path for path in made.files if path.suffix == ".html").read_text(encoding="utf-8")
    assert page.count("2011-05-24") == 3
    assert "2011-11-01" not in page.split("bulletin-plans-table")[-1]


def test_a_short_list_of_a_week_is_printed_whole_and_of_a_long_one_that_asks_for_nothing_its_number(tmp_path):
    def plans(number):
        register, out = cases(["2011-11-01"] * number, as_of="2011-11-25"), tmp_path / f"{number}"
        made = build_bulletin(register, period="2011-11-25", out=out, formats=["xlsx"])
        return next(t for t in made.report.exhibits() if t.id == "bulletin-plans-table").for_people()

    assert (len(plans(30).frame), plans(30).note) == (30, "")
    assert plans(31).note == "没有7日内到期或应开始、已过期限或逾期开始的案件；未结31件不列，全部案件见Excel文件。"
    assert plans(31).frame.empty


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ["旧存3件，新收0件，结案1件，未结存量2件", "结案1件，没有超过法定期限的", "未结2件，31日内到期1件，其中1件超过法定期限"]),
        ("en", ["Opening 3, filed 0, closed 1, pending 2", "Closed: 1 case, none over the statutory limit",
                "Pending: 2 cases, 1 due within 31 days, 1 over the statutory limit"]),
    ],
)  # fmt: skip
def test_the_slides_of_a_month_are_titled_by_what_their_tables_show(tmp_path, language, said):
    frame = pd.DataFrame(
        {
            "case_no": ["1", "2", "3"],
            "filed_on": ["2011-01-05", "2011-01-10", "2011-02-20"],
            "closed_on": ["2011-07-01", None, None],
            "closure_mode": ["settled", None, None],
            "case_type": "first",
            "has_property": True,
            "basis": "civil",
            "extension_days": 0,
            "excluded_days": 0,
        }
    )
    known = an.Cases.from_frames(frame, as_of="2011-12-31")
    published = build_bulletin(known, period="2011-07", out=tmp_path, language=language, formats=["html"])
    tables = [block for section in published.report.sections for block in section.blocks if hasattr(block, "frame")]
    told = {table.id: table.finding for table in tables}
    assert told["bulletin-closed-table"] == said[1]
    assert told["bulletin-open-table"] == said[2]
    assert told["bulletin-statistics-table"] == said[0]
