"""The list for the monthly meeting: what falls due, what is over, what was started late."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.measures.bulletin_tables import bulletin
from analysis.measures.durations.ages import pending_ages
from analysis.measures.indicators.indicators import indicators
from analysis.measures.limits import limited_cases
from analysis.measures.limits.bunching import limit_bunching
from analysis.measures.limits.deadlines import COLUMNS, deadlines
from analysis.measures.officers.responsibility import responsibility_ledger
from analysis.measures.officers.scorecard import officer_scorecard
from analysis.measures.rows import case_rows
from analysis.observations.conclusions import conclusion
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.tables import headings
from analysis.vocabulary.text import text_of_cell

NUMBERS = OVER, SOON, LATER, OLD, STARTED_LATE, NOT_STARTED, START_SOON, CLOSED = [f"案{n}" for n in range(1, 9)]


def register(**changes: object) -> Cases:
    frame = pd.DataFrame(
        {
            "case_no": NUMBERS,
            "filed_on": ["2011-03-15", "2011-06-15", "2011-09-01", "1995-01-01"] + ["2011-10-20"] * 3 + ["2011-03-01"],
            "closed_on": [None] * 7 + ["2011-10-10"],
            "closure_mode": [None] * 7 + ["completed"],
            "assigned_on": [None, None, None, None, "2011-10-24", "2011-10-24", "2011-11-25", "2011-03-02"],
            "started_on": [None, None, None, None, "2011-11-15", None, None, "2011-09-25"],
            "officer": ["张", "李", "张", None, "李", "王", "王", "张"],
            "basis": "civil",
            "extension_days": 0,
            "excluded_days": 0,
        }
    )
    return Cases.from_frames(frame.assign(**changes), as_of="2011-11-30", scheme="fujin-2012")


def test_each_deadline_stands_once_with_its_kind():
    table = deadlines(register(), names=True)
    assert list(table.columns) == list(COLUMNS)
    found = {case: (kind, str(due.date()), left) for case, kind, due, left in table.iloc[:, :4].itertuples(index=False)}
    assert found == {
        OVER: ("over_limit", "2011-09-15", -76),
        SOON: ("due_soon", "2011-12-15", 15),
        STARTED_LATE: ("started_late", "2011-11-08", -7),
        NOT_STARTED: ("not_started", "2011-11-08", -22),
        START_SOON: ("start_due", "2011-12-12", 12),  # 10 December 2011 is a Saturday
    }
    assert table["due_on"].is_monotonic_increasing


@pytest.mark.full
def test_the_window_has_both_ends():
    kinds = ["due_soon", "over_limit"]
    on_the_day = deadlines(register(), at="2011-09-15", kinds=kinds, within_days=0).set_index("case_no")
    assert on_the_day.loc[OVER, "kind"] == "due_soon"
    assert on_the_day.loc[OVER, "days_left"] == 0
    assert deadlines(register(), at="2011-11-30", within_days=14, kinds="due_soon").empty
    assert deadlines(register(), at="2011-11-30", within_days=15, kinds="due_soon")["case_no"].tolist() == [SOON]


def test_an_earlier_day_knows_neither_later_closings_nor_later_starts():
    table = deadlines(register(), at="2011-11-10").set_index("case_no")
    assert table.loc[STARTED_LATE, "kind"] == "not_started"
    assert deadlines(register(), at="2011-09-20").set_index("case_no").loc[CLOSED, "kind"].tolist() == [
        "not_started",
        "over_limit",
    ]


def test_names_are_shown_only_where_asked_for():
    named = deadlines(register(), names=True)
    assert set(named["officer"]) == {"张", "李", "王"}
    pd.testing.assert_frame_equal(deadlines(register()), named.drop(columns="officer"))


def test_what_is_left_out_or_assumed_is_said():
    assert any("没有适用法定期限" in note and "1件" in note for note in deadlines(register()).attrs["notes"])
    notes = deadlines(register(), clock="application-received").attrs["notes"]
    assert any("缺少起算日期" in note for note in notes)
    negative = deadlines(register(extension_days=-5)).attrs["notes"]
    assert any("负数" in note for note in negative)


def test_a_case_over_by_one_reading_only_is_named():
    assert deadlines(register(), at="2011-09-15").attrs["clock_sensitive"] == [OVER]
    assert deadlines(register(), at="2011-09-16").attrs["clock_sensitive"] == []


def test_the_days_for_starting_come_from_the_courts_own_scheme(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[set]\nid="own"\nzh="本院"\nen="own"\n[scheme]\nstart_within_days = 30\n', encoding="utf-8")
    kinds = deadlines(register(), scheme=own).set_index("case_no")["kind"]
    assert kinds[NOT_STARTED] == "not_started"  # 24 October + 30 days = 23 November
    assert STARTED_LATE not in kinds
    none = tmp_path / "none.toml"
    none.write_text('[set]\nid="none"\nzh="无"\nen="none"\n', encoding="utf-8")
    assert set(deadlines(register(), scheme=none)["kind"]) == {"over_limit", "due_soon"}


def test_a_register_without_open_cases_gives_an_empty_list():
    closed = register(closed_on="2011-11-01", closure_mode="completed")
    table = deadlines(closed)
    assert table.empty
    assert list(table.columns) == [name for name in COLUMNS if name != "officer"]
    assert table["due_on"].dtype.kind == "M"


def test_wrong_arguments_are_refused():
    with pytest.raises(ArgumentError, match="due_soon"):
        deadlines(register(), kinds=["soon"])
    with pytest.raises(ArgumentError):
        deadlines(register(), within_days=-1)
    with pytest.raises(ArgumentError):
        deadlines(register(), at="2012-01-01")
    with pytest.raises(InputError):
        deadlines(register(), excluded=pd.DataFrame({"case_no": [OVER]}))


def test_what_stands_for_a_number_is_nowhere_told_outside():
    named = register(case_no=[f"原告王伟{n}" for n in range(8)])
    found = deadlines(named, at="2011-09-15")
    assert "王伟" not in found.to_csv() + str(found.attrs)
    assert deadlines(named, at="2011-09-15", names=True).attrs["clock_sensitive"] == ["原告王伟0"]
    with pytest.raises(InputError) as caught:
        deadlines(
            named, excluded=pd.DataFrame({"case_no": ["原告王伟0"], "start": ["2011-03-05"], "end": ["2011-03-01"]})
        )
    assert "王伟" not in str(caught.value)


BASES = ["civil", "administrative_non_litigation"]
# of each case whether it is over on 30 November: only under three months, under both limits, under neither
FILED = {"少": "2011-07-15", "都超": "2011-04-01", "都未超": "2011-10-20"}


def of_bases(basis: list[str | None]) -> Cases:
    frame = pd.DataFrame({"case_no": list(FILED), "filed_on": list(FILED.values()), "basis": basis, "officer": "甲"})
    known = pd.DataFrame({"case_no": ["他"], "filed_on": ["2011-11-01"], "basis": ["civil"], "officer": ["甲"]})
    rows = pd.concat([frame, known]).assign(extension_days=0, excluded_days=0)
    return Cases.from_frames(rows, as_of="2011-11-30")


def test_of_a_blank_basis_a_case_is_listed_only_where_every_limit_would_list_it():
    blank = deadlines(of_bases([None] * 3), within_days=31, names=True)
    truths = [deadlines(of_bases([basis] * 3), within_days=31, names=True) for basis in BASES]
    sure = [set(map(tuple, truth[["case_no", "kind"]].to_numpy())) for truth in truths]
    assert set(map(tuple, blank[["case_no", "kind"]].to_numpy())) == sure[0] & sure[1] == {("都超", "over_limit")}
    assert blank["rule"].str.contains("最长期限").all()
    assert any("未列入的未结案件：1件" in note for note in blank.attrs["notes"])
    assert blank.attrs["left_out"] == 1


@pytest.mark.parametrize("lacking", ["basis", "extension_days", "excluded_days"])
def test_without_what_changes_a_limit_no_case_is_said_to_be_over_it(lacking):
    """What is past the ordinary limit is listed as that, and nobody has a verdict."""
    cases = of_bases(["civil"] * 3).table.to_pandas().drop(columns=lacking)
    cases = Cases.from_frames(cases, as_of="2011-11-30")
    due = deadlines(cases, kinds="over_limit", names=True)
    assert due[["case_no", "kind"]].to_numpy().tolist() == [["都超", "past_ordinary_limit"]]
    assert due.attrs["left_out"] == 0
    assert "是否超过法定期限无法判断" in due.attrs["notes"][0]
    assert headings(due[["case_no", "due_on", "days_left"]]) == ["案号", "一般期限届满日", "距一般期限届满天数"]
    ages = pending_ages(cases)
    assert "over_limit" not in ages.over_limit
    assert ages.over_limit["past_ordinary_limit"].tolist() == [1]
    ledger = responsibility_ledger(cases, backlog="over-limit", names=True)
    assert ledger.table["reason"].str.contains("已过一般期限").tolist() == [True]
    for table in (ages.oldest, ledger.table):
        assert {"一般期限届满日"} == {said for said in headings(table) if "届满日" in said}
    card = officer_scorecard(cases, period=2011, names=True)
    assert "over_limit" not in set(card.table["measure"])
    assert "已超期限：无法判断" in card.caption.zh


def test_the_end_of_a_limit_whose_columns_are_there_is_headed_as_such():
    cases = of_bases(["civil"] * 3)
    for table in (deadlines(cases), pending_ages(cases).oldest, responsibility_ledger(cases).table):
        assert {"期限届满日"} == {said for said in headings(table) if "届满日" in said}


def test_days_excluded_that_are_given_apart_need_no_column():
    cases = of_bases(["civil"] * 3).table.to_pandas().drop(columns="excluded_days")
    spans = pd.DataFrame({"case_no": ["都未超"], "start": ["2011-11-01"], "end": ["2011-11-02"]})
    due = deadlines(Cases.from_frames(cases, as_of="2011-11-30"), excluded=spans, kinds="over_limit")
    assert due["kind"].tolist() == ["over_limit"]
    assert due.attrs["lacking"] == ()


def test_what_rests_on_a_blank_basis_is_counted_apart_and_named_over_only_surely():
    blank = of_bases([None] * 3)
    ages, ledger = pending_ages(blank, names=True), responsibility_ledger(blank, backlog="over-limit", names=True)
    over = ages.over_limit.iloc[0]
    assert (over["over_limit"], over["limit_unknown"], over["share"]) == (1, 1, 1 / 3)
    assert ages.oldest.loc[ages.oldest["due_on"].notna(), "case_no"].tolist() == ["他"]
    assert ledger.table["case_no"].tolist() == ["都超"]
    assert "未计入超期的案件：1件" in ledger.caption.zh


def test_the_other_clock_is_read_off_the_same_rows(monkeypatch):
    asked = []
    monkeypatch.setattr(
        limited_cases, "case_rows", lambda *given, **named: asked.append(1) or case_rows(*given, **named)
    )
    assert deadlines(register(), at="2011-09-15").attrs["clock_sensitive"] == [OVER]
    assert asked == [1]


def test_what_rests_on_holidays_that_are_not_known_says_so_wherever_a_limit_is_told():
    rows = [
        {"case_no": f"（2099）黑0882执{n}号", "filed_on": day, "closed_on": closed, "officer": "甲"}
        for n, (day, closed) in enumerate([("2099-01-08", None), ("2099-02-10", "2099-08-03"), ("2099-03-02", None)])
    ]
    stated = {"basis": "civil", "extension_days": 0, "excluded_days": 0, "case_type": "首次执行"}
    cases = Cases.from_frames(pd.DataFrame(rows).assign(**stated), as_of="2099-08-31")
    due = deadlines(cases)
    told = {
        "sentence": conclusion(due).sentences[0],
        "bulletin": bulletin(cases, period="2099-08", names=True).caption,
        "ages": pending_ages(cases).caption,
        "bunching": limit_bunching(cases).caption,
        "ledger": responsibility_ledger(cases, names=True).caption,
        "scorecard": officer_scorecard(cases, period=2099, names=True).caption,
        "indicator": text_of_cell(
            indicators(cases, periods=[2099], definitions="spc-2008").set_index("indicator")["note"][
                "closed_within_limit_rate"
            ]
        ),
    }
    known = Cases.from_frames(
        pd.DataFrame(rows).assign(**stated),
        as_of="2099-08-31",
        holidays=pd.DataFrame(
            {"date": [f"{year}-{day}-01" for year in (2099, 2100) for day in ("01", "05", "10")], "kind": "休"}
        ),
    )
    assert "节假日" not in conclusion(deadlines(known)).sentences[0].zh
    for what, said in told.items():
        assert "2099年节假日未知" in said.zh, what
        assert "the holidays of 2099 are not known" in said.en, what
