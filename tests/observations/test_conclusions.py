"""A sentence a result: with its figures, in both languages, and a reason where there is none."""

import pandas as pd
import pytest

import analysis as an


def register(number=60, closed=45, **more):
    filed = pd.date_range("2010-01-04", periods=number, freq="11D")
    done = [day + pd.Timedelta(days=30 + n % 40) if n < closed else None for n, day in enumerate(filed)]
    rows = {"case_no": [f"（2010）富执字第{n}号" for n in range(number)], "filed_on": filed, "closed_on": done}
    return an.Cases.from_frames(pd.DataFrame(rows | more), as_of="2011-12-31")


def test_what_is_said_is_what_the_results_hold():
    cases = register()
    flow, ages = an.caseflow(cases, freq="Y"), an.pending_ages(cases)
    of_flow, of_ages = an.conclusion(flow, ages).sentences
    last = flow.iloc[-1]
    assert f"2011年新收{last['filed']}件、结案{last['closed']}件" in of_flow.zh
    assert f"from {last['opening']} to {last['closing']}" in of_flow.en
    assert f"未结{ages.summary['pending'].iloc[0]}件" in of_ages.zh


@pytest.mark.full
def test_each_function_named_gives_a_sentence_in_both_languages():
    cases = register(basis="civil", officer="甲")
    asked = [
        lambda: an.time_to_close(cases), lambda: an.deadlines(cases), lambda: an.check_cases(cases), lambda: an.terminated_stock(cases),
        lambda: an.responsibility_ledger(cases), lambda: an.officer_scorecard(cases, period=2011, names=True),
    ]  # fmt: skip
    for said in an.conclusion(*asked).sentences:
        assert said.zh.endswith(("。", "）"))
        assert "{" not in said.zh + said.en
        assert not any("一" <= letter <= "鿿" for letter in said.en.replace("甲", "")), said.en


@pytest.mark.parametrize(
    ("as_of", "freq", "said"),
    [
        ("2010-06-30", "Y", "2010年上半年新收"),
        ("2010-06-20", "Y", "2010年1月1日至6月20日新收"),
        ("2010-06-20", "M", "2010年6月1日至20日新收"),
        ("2010-12-31", "Y", "2010年新收"),
    ],
)
def test_a_period_that_is_not_over_is_named_by_the_days_counted(as_of, freq, said):
    filed = pd.date_range("2010-01-04", periods=15, freq="11D")
    cases = an.Cases.from_frames(pd.DataFrame({"filed_on": filed, "closed_on": pd.NaT}), as_of=as_of)
    (sentence,) = an.conclusion(an.caseflow(cases, freq=freq)).sentences
    assert said in sentence.zh


def test_an_opening_of_none_where_the_register_begins_is_said_to_be_unseen():
    cases = register(number=12, closed=5)
    of_year, of_month = (an.conclusion(an.caseflow(cases, freq=freq, period=2010)).sentences[0] for freq in ("Y", "M"))
    assert "由0件" in of_year.zh
    assert of_year.zh.endswith("；台账最早立案于2010年1月4日，此前的旧存不在其中。")
    assert "旧存不在其中" not in of_month.zh


def test_a_stock_that_stays_and_one_that_grows_are_told_apart():
    counts = pd.DataFrame({"period": [2010, 2011], "filed": [5, 4], "closed": [3, 4]})
    flow = an.caseflow_from_counts(counts)
    assert "未结持平于2件" in str(an.conclusion(flow))
    assert "未结由0件增至2件" in str(an.conclusion(flow.head(1)))
    flow.attrs["court"] = "青石县人民法院"
    assert "青石县人民法院2011年新收4件" in str(an.conclusion(flow))
    flow.attrs["court"] = "Fuyuan Court"
    assert "Fuyuan Court 2011年新收4件" in str(an.conclusion(flow))


def test_a_stock_that_is_not_known_is_not_told():
    counts = pd.DataFrame({"period": [2010], "filed": [5], "closed": [3]})
    flow = an.caseflow_from_counts(counts).astype({"opening": "float", "closing": "float"})
    flow[["opening", "closing"]] = float("nan")
    assert str(an.conclusion(flow)).endswith("2010年台账所列新收5件、结案3件，期初存量不知，未结无从算出。")


@pytest.mark.full
def test_what_cannot_be_had_is_a_reason_in_its_place():
    cases = register()
    told = str(
        an.conclusion(
            lambda: an.petitions(cases, periods=[2011]),
            lambda: an.aid(cases, periods=[2011]),
            lambda: an.entry_quality(cases),
        )
    )
    assert told.splitlines() == [
        "结论",
        "1. 台账没有信访登记，不是0。",
        "2. 台账没有司法救助登记，不是0。",
        "3. 台账没有录入日期，录入是否及时无从判断。",
    ]


def test_something_else_is_no_result():
    for nothing_to_say in (3, ("甲院",), lambda: 3):
        with pytest.raises(an.ArgumentError, match="不能从"):
            an.conclusion(nothing_to_say)
    with pytest.raises(NameError):
        an.conclusion(lambda: nothing)  # noqa: F821 - a fault stays one


@pytest.mark.full
def test_a_period_of_which_nothing_can_be_observed_has_no_headline_and_a_sentence():
    filed = pd.DataFrame({"filed_on": pd.date_range("2011-04-04", periods=40, freq="5D"), "closed_on": None})
    cases = an.Cases.from_frames(filed.assign(closed_on=filed["filed_on"] + pd.Timedelta(days=20)), as_of="2011-12-31")
    seen = an.observations(cases, period=2011)
    assert seen.headlines().empty
    assert "没有可与以前比较的数字" in str(an.conclusion(seen))


def test_words_before_a_result_say_of_whom_its_sentence_speaks():
    flow = an.caseflow_from_counts(pd.DataFrame({"period": [2011], "filed": [371], "closed": [383]}))
    plain, named = an.conclusion(flow, ("青石县人民法院", lambda: flow)).sentences
    assert named.zh == f"青石县人民法院：{plain.zh}"
    assert named.en == f"青石县人民法院: {plain.en}"


def test_the_stock_is_said_to_move_one_way_only_where_undecided_closings_leave_no_doubt():
    flow = an.caseflow(register(), freq="Y")
    assert "是增是减不知" not in an.conclusion(flow).sentences[0].zh
    flow.attrs["undecided"] = 1 + abs(int(flow["closing"].iloc[-1] - flow["opening"].iloc[-1]))
    (said,) = an.conclusion(flow).sentences
    assert "是增是减不知" in said.zh
    assert "whether up or down is not known" in said.en


def test_a_column_of_several_sheets_is_counted_once_and_lacks_only_where_none_has_it():
    sheets = [{"column": "case_no", "status": "mapped"}, {"column": "officer", "status": "missing"}]
    rows = [
        row | {"table": "cases", "header": ""}
        for row in (*sheets, *sheets, {"column": "officer", "status": "mapped"}, sheets[1] | {"column": "team"})
    ]
    (said,) = an.conclusion(pd.DataFrame(rows)).sentences
    assert said.zh.startswith("台账认出2栏；没有的栏：执行小组，")


def test_what_the_case_number_tells_is_no_column_of_the_register():
    rows = [{"column": "case_no", "status": "mapped"}, {"column": "case_type", "status": "derived"}]
    (said,) = an.conclusion(pd.DataFrame([row | {"table": "cases", "header": "案号"} for row in rows])).sentences
    assert said.zh.startswith("台账认出1栏，由案号得知案件类型；没有的栏：无，")
    assert said.en.startswith("1 column recognised and case type by the case number;")


@pytest.mark.parametrize(
    ("filed", "said"),
    [(["2011-07-26"], "0 deadlines are past and 1 falls due"), (["2010-07-26"], "1 deadline is past and 0 fall due")],
)
def test_one_deadline_is_told_in_the_singular(filed, said):
    cases = an.Cases.from_frames(
        pd.DataFrame({"case_no": ["1"], "filed_on": filed, "basis": "civil", "extension_days": 0, "excluded_days": 0}),
        as_of="2011-12-31",
    )
    with an.speaking("en"):
        assert said in str(an.conclusion(an.deadlines(cases, at="2011-12-31")))


@pytest.mark.full
def test_deadlines_are_counted_once_and_no_argument_of_a_call_is_named():
    cases = register(20, 10, officer="甲")
    due, card = an.deadlines(cases), an.officer_scorecard(cases, period=2010)
    of_due, of_card = an.conclusion(due, card).sentences
    assert of_due.zh.partition("（是否超过法定期限")[0].count("期限") == 1
    assert "只供院内查看" in of_card.zh
    assert "names" not in of_card.zh + of_card.en


def test_of_ages_beyond_the_register_no_terminated_case_is_said_not_to_be():
    frame = pd.DataFrame(
        {"filed_on": ["2011-01-04"], "closed_on": ["2011-03-01"], "closure_mode": "terminated_this_round"}
    )
    (said,) = an.conclusion(an.terminated_stock(an.Cases.from_frames(frame, as_of="2011-12-31"))).sentences
    assert "三年" not in said.zh
    assert said.zh.endswith("都不在未结之内。")


@pytest.mark.parametrize(
    ("original", "said"), [({}, "已恢复"), ({"original_case_no": ["（2009）富执字第1号", *[None] * 59]}, "未恢复执行")]
)
def test_the_terminated_are_said_not_to_be_taken_up_again_only_where_the_register_tells(original, said):
    stock = an.terminated_stock(register(closure_mode="terminated_this_round", **original))
    (told,) = an.conclusion(stock).sentences
    assert ("未恢复执行" in told.zh) == (said == "未恢复执行")
    assert ("not taken up again" in told.en) == (said == "未恢复执行")
    assert f"案件{stock.table['cases'].sum():.0f}件" in told.zh


@pytest.mark.full
def test_agreement_with_a_made_up_register_is_said_to_be_of_made_up_data(sample_cases):
    match = an.compare_printed(sample_cases, an.read_returns(an.sample_path("returns_fujin.csv")))
    (told,) = an.conclusion(match).sentences
    assert told.zh.endswith("（合成数据）")


@pytest.mark.full
def test_officers_of_too_few_cases_are_said_to_be_so_and_not_counted_as_none():
    few = register(6, 4, officer=["王某", "李某"] * 3)
    (told,) = an.conclusion(an.officer_scorecard(few, period=2010)).sentences
    assert "件数少" in told.zh
    assert "0次" not in told.zh


@pytest.mark.full
def test_limits_are_said_to_be_the_ordinary_ones_and_at_least_where_the_register_does_not_say_more():
    bases = ["civil", None] * 30
    cases = register(basis=bases)
    due, ages = an.conclusion(an.deadlines(cases, at="2011-10-31"), an.pending_ages(cases)).sentences
    for said in (due, ages):
        assert "（是否超过法定期限无法判断，台账没有“延长天数”“扣除天数”）" in said.zh
        assert '(which are over the statutory limit cannot be told, no "extension days", "excluded days")' in said.en
    unknown = an.deadlines(cases, at="2011-10-31").attrs["left_out"]
    assert unknown > 0
    assert "已过一般期限至少" in due.zh
    assert "超过一般期限的" in ages.zh
    assert "at least" in due.en
    whole = register(basis="civil", extension_days=0, excluded_days=0)
    (told,) = an.conclusion(an.deadlines(whole)).sentences
    assert "一般期限" not in told.zh
    assert "至少" not in told.zh


@pytest.mark.full
def test_of_a_register_that_begins_with_its_filings_what_is_pending_is_the_least_and_nothing_is_compared():
    """Under a year, none that was pending before: what is listed is not all, and there is no year before."""
    filed = pd.date_range("2024-01-04", periods=120, freq="2D")
    done = [day + pd.Timedelta(days=40) if n % 3 else None for n, day in enumerate(filed)]
    rows = {"case_no": [f"（2024）富执字第{n}号" for n in range(120)], "filed_on": filed, "closed_on": done}
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2024-10-31")
    assert cases.beginning.leaves_out
    ages, due, seen = an.conclusion(
        an.pending_ages(cases), an.deadlines(cases), an.observations(cases, period=2024)
    ).sentences
    assert "未结至少40件" in ages.zh
    assert "Pending: at least 40 cases" in ages.en
    assert "已过一般期限至少" in due.zh
    assert seen.zh.endswith("没有可与以前比较的数字。")
    assert "没有超出随机波动" not in seen.zh


def test_of_late_starts_beside_ordinary_limits_the_sum_is_not_called_ordinary():
    rows = [
        ("2024-01-04", "2024-01-06", None),
        ("2024-11-01", None, None),
        *[("2024-02-01", "2024-02-05", "2024-03-01")] * 10,
    ]
    frame = pd.DataFrame(rows, columns=["filed_on", "started_on", "closed_on"])
    frame = frame.assign(assigned_on=frame["filed_on"], case_no=[f"（2024）云0988执{n}号" for n in range(len(frame))])
    due = an.deadlines(an.Cases.from_frames(frame, as_of="2024-12-31", scheme="fujin-2012"))
    (said,) = an.conclusion(due).sentences
    assert "已过期限2件" in said.zh
    assert "（已过一般期限1、逾期未开始执行1）" in said.zh


@pytest.mark.full
def test_of_no_listed_case_past_its_limit_it_is_not_said_that_there_are_at_least_none():
    filed = pd.date_range("2022-01-04", "2023-10-20", freq="2D")  # an export of closed cases alone
    rows = pd.DataFrame({"立案日期": filed, "结案日期": filed + pd.Timedelta(days=70)})
    rows.insert(0, "案号", [f"（{day.year}）青0123执{n}号" for n, day in enumerate(filed, 1)])
    (told,) = an.conclusion(an.deadlines(an.read_cases(rows, as_of="2023-12-31"))).sentences
    assert "至少0件" not in told.zh
    assert "台账所列案件没有已过" in told.zh
    assert "没有列入的不知" in told.zh
    assert "of those not listed it is not known" in told.en


def test_what_the_register_does_not_keep_is_unknown_and_not_none():
    cases = register(basis="civil")
    asked = [
        lambda: an.petitions(cases, periods=[2011]), lambda: an.aid(cases, periods=[2011]), lambda: an.coercive_measures(cases, periods=[2011]),
    ]  # fmt: skip
    for said, name in zip(an.conclusion(*asked).sentences, ("信访", "司法救助", "强制措施"), strict=True):
        assert said.zh == f"台账没有{name}登记，不是0。"
        assert said.en.startswith("The register holds no ")
        assert said.en.endswith(": unknown, not 0.")
