"""Holidays beyond those published: a line for several days, the court's own file, the form, and what stays marked."""

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.measures.limits.limits import with_limits
from analysis.measures.limits.workdays import work_calendar
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.text import in_language

SPRING_2027 = pd.DataFrame(
    {
        "日期": ["2027-02-05", "2027-02-14", "2027-01-01", "2027-05-01", "2027-10-01"],
        "止日": ["2027-02-11", None, "2027-01-03", "2027-05-05", "2027-10-07"],
        "类别": ["休", "班", "休", "休", "休"],
    }
)


def due(days, holidays=None):
    rows = pd.DataFrame({"filed_on": pd.to_datetime(days)}).assign(
        case_no="",
        case_type="first",
        basis="civil",
        has_property=True,
        applied_on=pd.NaT,
        extension_days=0,
        excluded_days=0,
    )
    table = with_limits(rows.astype({"has_property": "boolean"}), holidays=holidays)
    return table["due_on"].dt.strftime("%Y-%m-%d").tolist(), table["assumed"].tolist()


def test_due_dates_that_rest_on_an_unknown_notice_are_marked():
    # half a year later: 2 November; 28 and 29 December, of which the notice for 2027 may move the latter; January
    days, assumed = due(["2026-05-01", "2026-06-28", "2026-06-29", "2026-07-04"])
    assert days == ["2026-11-02", "2026-12-28", "2026-12-29", "2027-01-04"]
    assert assumed == [False, False, True, True]


def test_a_form_filled_in_by_half_makes_no_year_known():
    half = SPRING_2027.drop(index=[4])
    with pytest.warns(UserWarning, match="2027年的节假日没有填全"):
        days, assumed = due(["2026-08-05", "2027-04-01"], half)
    assert days == ["2027-02-12", "2027-10-01"], "what it says holds"
    assert assumed == [True, True], "the National Day is missing: nobody knows what else is"
    assert due(["2026-08-05", "2027-04-01"], SPRING_2027) == (["2027-02-12", "2027-10-08"], [False, False])


def test_every_list_of_cases_marks_the_due_dates_that_rest_on_unknown_holidays(court):
    cases = an.read_cases(court / "cases.csv", as_of="2027-02-01", court="富锦市人民法院")
    for holidays, marks in ((None, {"该年节假日未知，只按周末顺延"}), (SPRING_2027, set())):
        options = {"names": True, "holidays": holidays}
        ledger = an.responsibility_ledger(cases, **options).table
        oldest = an.pending_ages(cases, **options).oldest
        pending = an.bulletin(cases, period="2027-02-01", **options).tables["plans"]
        for listed in (ledger, oldest, pending):
            assert len(listed)
            assert "assumed" not in listed
            assert {in_language(note) for note in listed.get("note", [])} == marks, listed


def test_a_new_year_that_begins_in_december_makes_no_year_known_that_ends():
    days = ["2027-12-31", "2028-05-01", "2028-10-01"]
    new_year = pd.DataFrame({"日期": days, "止日": ["2028-01-02", None, None], "类别": "休"})
    assert due(["2026-11-02", "2027-08-03"], new_year) == (["2027-05-03", "2028-02-03"], [True, False])


def test_a_form_that_is_not_filled_in_changes_nothing(tmp_path):
    (tmp_path / "own.csv").write_text("日期,类别\n", encoding="utf-8")
    own, published = work_calendar(tmp_path / "own.csv"), work_calendar()
    assert own.years == published.years
    assert (own.off == published.off).all()


@pytest.mark.parametrize("name", ["节假日.csv", "节假日", "节假日.xls"])
def test_no_workbook_is_written_under_the_name_of_another_format(tmp_path, name):
    one = pd.DataFrame({"case_no": ["（2011）富执字第1号"], "filed_on": ["2011-03-04"]})
    cases = an.Cases.from_frames(one, as_of="2011-12-31")
    writes = [
        lambda path: an.write_holidays_template(path, period=2027),
        an.write_returns_template,
        lambda path: an.export_findings(cases, path),
        lambda path: an.to_excel(pd.DataFrame({"filed": [1]}), path),
    ]
    for write in writes:
        with pytest.raises(an.OutputError, match=r"\.xlsx"):
            write(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_line_means_every_day_from_its_date_to_its_end():
    days, assumed = due(["2026-08-05", "2026-08-14", "2026-06-30"], SPRING_2027)
    assert days == ["2027-02-12", "2027-02-14", "2026-12-30"]  # behind the holiday; a Sunday that is worked; December
    assert assumed == [False, False, False]
    spring = pd.date_range("2027-02-05", "2027-02-11").union(pd.to_datetime(["2027-01-01", "2027-05-01", "2027-10-01"]))
    spelt_out = pd.DataFrame({"date": spring, "kind": "休"})
    span = np.arange("2027-02-01", "2027-02-13", dtype="datetime64[D]")
    assert (work_calendar(spelt_out).is_rest(span) == work_calendar(SPRING_2027).is_rest(span)).all()


def test_a_year_is_known_by_its_days_off_alone():
    worked = pd.DataFrame({"日期": ["2027-02-14"], "类别": ["班"]})
    assert due(["2026-08-20"], worked)[1] == [True]


@pytest.mark.parametrize(("start", "end"), [("2027-02-11", "2027-02-05"), ("2027-02-05", "2028-02-11")])
def test_an_end_before_the_beginning_or_far_behind_is_refused(start, end):
    with pytest.raises(an.InputError, match="第1行"):
        work_calendar(pd.DataFrame({"日期": [start], "止日": [end], "类别": ["休"]}))


@pytest.fixture
def court(tmp_path):
    rows = [f"（2026）富执字第{i}号,2026-08-0{i},,民事判决" for i in range(3, 8)]
    rows.append("（2026）富执字第9号,2026-08-03,2026-09-01,民事判决")
    (tmp_path / "cases.csv").write_text("\n".join(["案号,立案日期,结案日期,执行依据", *rows]), encoding="utf-8")
    SPRING_2027.to_csv(tmp_path / "节假日.csv", index=False)
    (tmp_path / "本院.toml").write_text(
        'register = "cases.csv"\nas_of = "2027-02-01"\nholidays = "节假日.csv"\n', encoding="utf-8"
    )
    return tmp_path


@pytest.mark.full
def test_the_courts_file_names_the_holidays_once_for_all(court):
    with_file = an.own_cases(court_file=court / "本院.toml")
    without = an.read_cases(court / "cases.csv", as_of="2027-02-01")
    dues = [
        an.deadlines(cases, within_days=60)["due_on"].dt.strftime("%m-%d").tolist() for cases in (with_file, without)
    ]
    assert dues == [["02-03", "02-04", "02-12", "02-12", "02-12"], ["02-03", "02-04", "02-05", "02-08", "02-08"]]
    assert an.deadlines(without, within_days=60, holidays=court / "节假日.csv")["due_on"].dt.day.tolist() == [
        3,
        4,
        12,
        12,
        12,
    ]
    rules = an.deadlines(without, within_days=60)["rule"]
    assert rules.str.contains("节假日未知").all()
    assert not an.deadlines(with_file, within_days=60)["rule"].str.contains("节假日未知").any()


def test_a_courts_file_that_names_no_such_file_is_refused_by_its_line(court):
    (court / "节假日.csv").unlink()
    with pytest.raises(an.InputError, match="第3行 holidays"):
        an.own_cases(court_file=court / "本院.toml")


def test_the_form_filled_in_is_a_table_of_holidays(tmp_path):
    form = an.write_holidays_template(tmp_path / "节假日2027.xlsx", period=2027)
    table = pd.read_excel(form, engine="calamine", dtype={"日期": object, "止日": object})
    assert table["节日"].head(3).tolist() == ["元旦", "春节", "清明节"]
    table.loc[1, ["日期", "止日"]] = ["2027-02-05", "2027-02-11"]
    table.loc[7, "日期"] = "2027-02-14"
    table.loc[[0, 3, 6], "日期"] = ["2027-01-01", "2027-05-01", "2027-10-01"]
    assert table.loc[7, "类别"] == "班"
    assert due(["2026-08-05", "2026-08-14"], table)[0] == ["2027-02-12", "2027-02-14"]
    with pytest.raises(an.OutputError, match="已存在"):
        an.write_holidays_template(form, period=2027)


@pytest.mark.full
def test_a_report_is_made_and_verified_with_the_holidays_named(court, tmp_path):
    cases = an.read_cases(court / "cases.csv", as_of="2027-02-01")
    made = an.build_report(cases, period=2026, holidays=court / "节假日.csv", out=tmp_path / "r", formats=["xlsx"])
    assert list(made.manifest["inputs"]["holidays"]) == ["节假日.csv"]
    assert an.verify_report(tmp_path / "r", cases, holidays=court / "节假日.csv").empty
    assert "inputs" in set(an.verify_report(tmp_path / "r", cases)["part"])


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"date": [None], "end": ["2027-02-11"], "kind": ["休"]}, "只有止日"),
        (
            {"date": ["2027-02-05", "2027-02-07"], "end": ["2027-02-11", None], "kind": ["休", "班"]},
            "既写作休，又写作班",
        ),
    ],
)
def test_a_day_that_is_lost_or_said_twice_is_refused(table, said):
    with pytest.raises(InputError, match=said):
        work_calendar(pd.DataFrame(table))


def test_holidays_of_another_kind_are_no_traceback():
    with pytest.raises(ArgumentError, match="文件名"):
        work_calendar(["2027-02-05"])
