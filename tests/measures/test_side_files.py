"""Tables kept by hand: as Chinese offices save them, and with case numbers in any writing."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.measures.limits.deadlines import deadlines
from analysis.measures.limits.workdays import work_calendar
from analysis.measures.officers.late_starts import late_starts
from analysis.measures.officers.responsibility import responsibility_ledger
from analysis.measures.officers.targets import evaluation_gaps
from analysis.measures.side_files import dates_of, hand_kept
from analysis.vocabulary.errors import CourtAnalysisError, InputError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import in_language


def register() -> Cases:
    frame = pd.DataFrame(
        {
            "case_no": ["（2011）富执字第1号", "（2011）富执字第2号"],
            "filed_on": ["2011-02-14", "2011-03-01"],
            "assigned_on": ["2011-02-14", "2011-03-01"],
            "started_on": ["2011-04-01", "2011-04-01"],
        }
    )
    return Cases.from_frames(frame, as_of="2011-12-31")


def test_a_holiday_file_is_read_as_excel_saves_it(tmp_path):
    file = tmp_path / "节假日.csv"
    file.write_text(
        "日期,类别\n2027/1/1,休\n2027/5/1,休\n2027/10/1,休\n2027年10月4日,休\n2027/10/9,班\n,\n", encoding="gb18030"
    )
    calendar = work_calendar(file)
    days = pd.to_datetime(["2027-10-01", "2027-10-09"]).to_numpy().astype("datetime64[D]")
    assert [str(d) for d in calendar.on_or_after(days)] == ["2027-10-05", "2027-10-09"]
    assert not calendar.is_assumed(days, days).any()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_zero_within_a_short_file_does_not_make_it_utf_16(tmp_path, encoding):
    file = tmp_path / "节假日.csv"
    text = "日期,类别\n2027-10-01,休\n2027-10-09,班\n".encode(encoding)
    file.write_bytes(text.replace(b"-10-01", b"\0-10-01"))
    with pytest.warns(UserWarning, match="没有填全"):
        calendar = work_calendar(file)
    assert (
        str(calendar.on_or_after(pd.to_datetime(["2027-10-01"]).to_numpy().astype("datetime64[D]"))[0]) == "2027-10-04"
    )


def test_a_workbook_with_a_title_above_its_headings_is_read(tmp_path):
    file = tmp_path / "评比.xlsx"
    rows = [
        ["2011年第四季度评比", None, None, None],
        ["指标", "本院数值", "名次", "参评法院数"],
        ["结案率", 99.22, 1, 11],
    ]
    pd.DataFrame(rows).to_excel(file, header=False, index=False)
    assert evaluation_gaps(file)[["value", "place", "share_ahead"]].values.tolist() == [[99.22, 1, 0.0]]


def test_columns_that_are_not_asked_for_keep_their_headings():
    items = hand_kept(pd.DataFrame({"承办人": ["甲"], "名次": [1], "责任": ["重"]}), "items", ["officer"])
    assert items.columns.tolist() == ["officer", "名次", "责任"]


def test_a_missing_column_is_named_with_what_is_there(tmp_path):
    file = tmp_path / "理由.csv"
    file.write_text("案号,说明\n1,公告\n", encoding="utf-8")
    with speaking("zh"), pytest.raises(InputError, match=r"reason.*case_no、\[2\]"):
        hand_kept(file, "reasons", ["case_no", "reason"])
    with pytest.raises(InputError, match="第2行"):
        dates_of(pd.Series(["2011-03-05", "2011-13-01"]), "excluded start")


@pytest.mark.full
def test_case_numbers_meet_the_registers_in_any_writing():
    spans = pd.DataFrame({"案号": ["(2011)富执字第0001号"], "起日": ["2011.3.1"], "止日": ["2011年3月10日"]})
    due = deadlines(register(), kinds="over_limit", excluded=spans).set_index("case_no")["due_on"]
    assert due["（2011）富执字第1号"] == pd.Timestamp("2011-08-24")  # 14 August and ten days
    reasons = pd.DataFrame({"案号": ["〔2011〕富执字第2号"], "理由": ["公告送达"]})
    assert late_starts(register(), periods=[2011], scheme="fujin-2012", reasons=reasons)["case_no"].tolist() == [
        "（2011）富执字第1号"
    ]
    plan = pd.DataFrame({"案号": ["(2011) 富执字第1号"], "时限": ["2012-03"], "责任": ["查封房产"]})
    table = responsibility_ledger(register(), plan=plan).table.set_index("case_no")
    assert table.loc["（2011）富执字第1号", "time_limit"] == pd.Timestamp("2012-03-31")


@pytest.mark.parametrize("measure", [deadlines, responsibility_ledger])
def test_a_number_that_no_case_has_is_refused(measure):
    spans = pd.DataFrame({"case_no": ["(2011)富执字第9号"], "start": ["2011-03-01"], "end": ["2011-03-10"]})
    with pytest.raises(InputError, match="富执字第9号"):
        measure(register(), excluded=spans)


@pytest.mark.full
def test_an_empty_table_changes_nothing():
    empty = {name: pd.DataFrame({"case_no": [], "start": [], "end": [], "reason": []}) for name in ("spans", "reasons")}
    assert deadlines(register(), excluded=empty["spans"]).equals(deadlines(register()))
    assert len(late_starts(register(), periods=[2011], scheme="fujin-2012", reasons=empty["reasons"])) == 2
    plan = pd.DataFrame({"case_no": [], "time_limit": [], "duty": []})
    assert responsibility_ledger(register(), plan=plan).summary["lacking"].tolist()[2:4] == [2, 2]


def test_days_for_starting_in_a_year_of_unknown_holidays_are_said_to_be_assumed():
    frame = pd.DataFrame(
        {
            "case_no": ["1", "2", "3"],
            "filed_on": "2026-12-20",
            "assigned_on": ["2026-12-20", None, "2026-12-20"],
            "started_on": [None, None, "2026-12-21"],
            "closed_on": [None, None, "2026-12-22"],
        }
    )
    due = deadlines(Cases.from_frames(frame, as_of="2026-12-31"), kinds="start_due", scheme="fujin-2012")
    assert "weekends only" in in_language(due["rule"].iloc[0], "en")
    assert any("收到案卷日期" in note for note in due.attrs["notes"])


def test_a_register_given_by_mistake_is_refused_without_its_cells(tmp_path):
    file = tmp_path / "台账.csv"
    file.write_text("执行台账（樊建设制）\n令狐大山,139-0454-1234,2022-01-04\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        work_calendar(file)
    assert not [word for word in ("樊建设", "令狐", "0454") if word in refused.value.text.zh + refused.value.text.en]
    assert "date" in str(refused.value)


def test_what_a_side_file_holds_by_mistake_is_refused_by_row_and_place():
    frames = {
        "headings": pd.DataFrame([["令狐大山", "合格"]], columns=["令狐大山", "合格"]),
        "kind": pd.DataFrame({"日期": ["2011-01-03"], "类别": ["令狐大山"]}),
        "place": pd.DataFrame({"指标": ["令狐大山"], "数值": ["1"], "名次": ["x"], "参评法院数": [2]}),
    }
    for name, take in {"headings": work_calendar, "kind": work_calendar, "place": evaluation_gaps}.items():
        with pytest.raises(CourtAnalysisError) as refused:
            take(frames[name])
        assert "令狐" not in refused.value.text.zh + refused.value.text.en


def test_a_zero_byte_within_a_heading_changes_no_heading(tmp_path):
    file = tmp_path / "holidays.csv"
    file.write_bytes("\0日\0期,类别\n2011-01-03,休\n".encode())
    assert hand_kept(file, "holidays", ["date", "kind"]).columns.tolist() == ["date", "kind"]
