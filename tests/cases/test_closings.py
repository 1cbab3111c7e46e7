"""A register that does not tell its closings, and one of which some closing dates cannot be read."""

from dataclasses import replace

import pandas as pd
import pytest

import analysis as an
from analysis.cases.beginning import Beginning
from analysis.cases.closings import undecided_by, undecided_filed
from analysis.cases.table import Cases
from analysis.measures.officers.workload import handled_cases
from analysis.report.bulletin import moved as bulletin_moved
from analysis.report.content import Cards
from analysis.report.inputs import Material
from analysis.report.sections.situation import headline, moved
from analysis.report.sections.summary import summary
from analysis.report.sections.years import flow_table
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.language import speaking

NUMBERS = [f"（2019）桂0555执{n}号" for n in range(1, 6)]
FILED = "2019-01-10"


@pytest.fixture
def read(tmp_path):
    def read(**columns):
        path = tmp_path / "台账.csv"
        pd.DataFrame({"案号": NUMBERS, "立案日期": FILED} | columns).to_csv(path, index=False)
        return an.read_cases(path, as_of="2020-12-31", court="甲县人民法院")

    return read


@pytest.fixture
def undecided(read):
    closed = ["2019-03-01", "2019-03-05 2019-04-01", "2019-05-01", "", ""]
    modes = ["执行完毕", "终本", "终本", "", ""]
    return read(结案日期=closed, 结案方式=modes, 承办人="甲乙丙")


MEASURES = {
    "caseflow": an.caseflow,
    "indicators": lambda cases: an.indicators(cases, periods=[2019]),
    "deadlines": an.deadlines,
    "pending_ages": an.pending_ages,
    "time_to_close": an.time_to_close,
    "responsibility_ledger": an.responsibility_ledger,
    "officer_scorecard": lambda cases: an.officer_scorecard(cases, period=2019),
    "bulletin": lambda cases: an.bulletin(cases, period="2019-03"),
    "terminated_stock": an.terminated_stock,
}


@pytest.mark.parametrize("name", MEASURES)
def test_nothing_that_rests_on_closings_is_counted_without_a_closing_date(read, name):
    with pytest.raises(InputError, match="结案日期"):
        MEASURES[name](read(承办人="甲乙丙"))


def test_the_error_names_no_heading_with_somebodys_name(read):
    with pytest.raises(InputError) as error:
        an.caseflow(read(承办人="佟丽娅", 备考="", 佟丽娅件数=""))
    assert "[5]" in str(error.value), "a heading of words that are not known is told by its place"
    assert "佟丽娅" not in str(error.value)


@pytest.mark.full
def test_check_says_once_that_there_is_no_closing_date_and_calls_no_case_overdue(read):
    found = an.check_cases(read(结案方式="执行完毕"))
    assert found.loc[found["severity"] == "error", "rule"].tolist() == ["no_closing_date"]
    assert not found["rule"].isin(["over_limit_without_extension", "mode_without_date"]).any()


@pytest.mark.full
def test_a_case_whose_closing_date_cannot_be_read_is_on_no_list_of_open_ones(undecided):
    listed = an.deadlines(undecided, within_days=0)
    assert sorted(listed["case_no"]) == NUMBERS[3:]
    assert any("未列入的案件：1件" in note for note in listed.attrs["notes"])
    assert sorted(an.responsibility_ledger(undecided).table["case_no"]) == NUMBERS[3:]
    found = an.check_cases(undecided)
    assert sorted(found.loc[found["rule"] == "over_limit_without_extension", "case_no"]) == NUMBERS[3:]
    assert found.loc[found["case_no"] == NUMBERS[1], "rule"].tolist() == ["unreadable_value"]


@pytest.mark.full
def test_it_is_no_officers_overdue_case(undecided):
    rows = handled_cases(
        undecided, first=pd.Timestamp("2020-01-01"), last=pd.Timestamp("2020-12-31"), start_within_days=0
    )
    assert sorted(rows.loc[rows["is_over"], "case_no"]) == NUMBERS[3:]


@pytest.mark.full
def test_figures_that_count_it_as_pending_say_so(undecided):
    rate = an.indicators(undecided, periods=[2019], definitions="counts", only=["closing", "filed"]).set_index(
        "indicator"
    )
    assert rate.loc["closing", "value"] == 3
    assert "1件的结案日期读不出" in rate.loc["closing", "note"]
    assert "读不出" not in rate.loc["filed", "note"]
    assert any("1件的结案日期读不出" in cell for cell in an.caseflow(undecided).attrs["problems"])


@pytest.mark.full
def test_no_consequence_follows_from_it(read, tmp_path):
    """Officer 乙 may have closed the one case in hand, or none: whether the quota is met is not known."""
    rules = '[set]\nid = "own"\nzh = "本院"\nen = "own"\nextends = "spc-2024"\n'
    rules += "[scheme]\nfiled_cases_closed_percent = 80\nincompetent_below_percent_of_mean = 60\n"
    (tmp_path / "办法.toml").write_text(rules, encoding="utf-8")
    closed = ["2019-03-01", "2019-03-05 2019-04-01", "2019-05-01", "", ""]
    cases = read(结案日期=closed, 承办人=["甲", "乙", "甲", "丙", "丙"])
    quotas = an.officer_scorecard(cases, period=2019, scheme=tmp_path / "办法.toml", names=True).scheme
    met = quotas.groupby("officer")["met"].agg(list)
    assert met["甲"] == [True, True]
    assert all(pd.isna(one) for one in met["乙"])
    assert met["丙"] == [False, False]
    assert quotas.loc[quotas["officer"] == "乙", "consequence"].eq("").all()


@pytest.mark.full
def test_page_one_compares_no_figure_that_it_touches_and_calls_no_stock_risen_that_may_not_have(read):
    closed = ["2019-03-01", "2019-03-05 2019-04-01", "2020-05-01", "2020-06-01", "2020-07-01"]
    cases = read(立案日期=["2019-01-10"] * 2 + ["2020-01-10"] * 3, 结案日期=closed, 结案方式="执行完毕")
    asked = dict.fromkeys(("returns", "peers", "definitions", "calendar"))
    page = summary(Material.of(cases, year=2020, **asked))
    cards = {card.label: card.change for block in page.blocks if isinstance(block, Cards) for card in block.cards}
    assert {cards[label] for label in ("受理", "结案", "未结", "结案率")} == {"1件是否已结不知，按未结计"}
    stock = an.observations(cases, period=2020).of_kind("stock")
    assert stock["class"].tolist() == ["note"], "one pending, or none"
    assert "1件的结案日期读不出" in stock["sentence"].iloc[0]


@pytest.mark.full
def test_what_is_surely_pending_leaves_out_the_cases_that_may_be_closed(read):
    closed = ["2020-03-01", "2020-03-05 2020-04-01", "", "", ""]
    cases = read(立案日期="2020-01-10", 结案日期=closed, 结案方式=["执行完毕", "执行完毕", "", "", ""])
    cases = replace(
        cases,
        begun=Beginning(pd.Timestamp("2020-01-10"), pd.Timestamp("2021-06-01"), "filing", pd.Timestamp("2020-01-01")),
    )
    asked = dict.fromkeys(("returns", "peers", "definitions", "calendar"))
    said = headline(Material.of(cases, year=2020, **asked))
    assert "年末未结至少3件" in said.zh
    assert "因而未列入的案件：1件" in said.zh
    assert "at least 3 cases pending" in said.en
    month = an.bulletin(cases, period="2020-05")
    listed = month.tables["statistics"].set_index("item")["listed"]
    assert listed["pending_at_least"] == 3
    assert "受理至少3件" in month.caption.zh
    assert "未结至少3件" in bulletin_moved(cases, month, cases.calendar).zh


@pytest.mark.full
def test_a_closing_date_left_out_beside_a_mode_is_not_known_and_the_case_on_no_list(read):
    cases = read(
        结案日期=["2020-03-01", "", "", "2020-03-01", "2020-03-01"], 结案方式=["执行完毕", "和解", "", "终本", "终本"]
    )
    assert undecided_by(cases, cases.as_of) == 1
    due = an.deadlines(cases, names=True)
    assert (len(due), due.attrs["left_out"]) == (1, 1)
    rules = an.check_cases(cases)["rule"].value_counts()
    assert (rules["over_limit_without_extension"], rules["mode_without_date"]) == (1, 1)


@pytest.fixture
def undecided_year():
    """Two full years, of the second of which two closing dates cannot be read."""

    def of(cells):
        filed = [f"{year}-{1 + i % 12:02}-03" for year in (2019, 2020) for i in range(120)]
        closed = [f"{day[:7]}-25" for day in filed]
        closed[150 : 150 + len(cells)] = cells
        return {"立案日期": filed, "结案日期": closed, "结案方式": ["执行完毕", "终本"] * 120, "申请执行标的额": 100}

    return of


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.full
def test_no_change_is_claimed_of_what_rests_on_closings_that_cannot_be_read(tmp_path, undecided_year, language):
    claims = {}
    for name, cells in {"known": [], "undecided": ["2020-03-05 2020-04-01"] * 2}.items():
        rows = pd.DataFrame(undecided_year(cells))
        rows.insert(0, "案号", [f"（{day[:4]}）桂0555执{i}号" for i, day in enumerate(rows["立案日期"], 1)])
        rows.to_csv(tmp_path / f"{name}.csv", index=False)
        cases = an.read_cases(tmp_path / f"{name}.csv", as_of="2020-12-31", court="甲县人民法院")
        cases = replace(cases, observed_from=pd.Timestamp("2019-01-01"))
        with speaking(language):
            asked = dict.fromkeys(("returns", "peers", "definitions", "calendar"))
            material = Material.of(cases, year=2020, **asked)
            table = flow_table(material).frame.set_index("indicator")
            told = moved(material)[0].text
            found = an.observations(cases, period=2020)
            assert found.smallest.empty or name == "known", "no rate is tested, so none could be found"
            seen = found.table
            page = str(bulletin_moved(cases, an.bulletin(cases, period="2020-12"), cases.calendar))
        claims[name] = (table["difference"], told, seen[seen["against"] == "year_on_year"], page)
    filed, closed = ("新收（件）", "结案（件）") if language == "zh" else ("Filed (cases)", "Closed (cases)")
    known, undecided = claims["known"], claims["undecided"]
    assert known[0][[filed, closed]].notna().all()
    assert undecided[0][filed] == known[0][filed]
    assert pd.isna(undecided[0][closed])
    assert undecided[1].count("不作同比" if language == "zh" else "not compared") >= 2
    assert (
        undecided[2]
        .set_index("indicator")["change"]
        .dropna()
        .index.isin(["filed", "received", "amount_received"])
        .all()
    )
    assert known[2].set_index("indicator")["change"].notna()["closed"]
    assert ("不作比较" if language == "zh" else "not compared") in undecided[3]


@pytest.mark.full
def test_a_case_closed_before_it_was_filed_is_filed_and_officers_counts_add_up_to_the_courts():
    frame = pd.DataFrame(
        {
            "case_no": [f"（2023）豫1402执{i}号" for i in range(1, 5)],
            "filed_on": ["2023-03-01", "2024-01-05", "2024-02-01", "2023-06-01"],
            "closed_on": ["2023-05-01", "2023-12-20", "2024-03-01", None],
            "officer": "甲",
        }
    )
    cases = an.Cases.from_frames(frame, as_of="2024-12-31", observed_from="2023-01-01")
    year = an.caseflow(cases, freq="Y").iloc[-1]
    counts = an.officer_scorecard(cases, period=2024, names=True).counts.iloc[0]
    names = ["opening", "filed", "closed"]
    assert counts[names].tolist() == year[names].tolist() == [0, 2, 1]
    assert counts["pending"] == year["closing"] == 1


@pytest.mark.full
def test_amounts_that_cannot_be_read_are_not_called_blank(read):
    closed = {"结案日期": "2019-03-01", "结案方式": "执行完毕", "申请执行标的额": 1_000}
    asked = {"periods": [2019], "only": ["recovery_rate"], "names": True}
    said = {
        held: an.indicators(read(实际到位金额=[1_000, 500, 500, 700, held], **closed), **asked)["note"].iloc[0]
        for held in ("", "约五百")
    }
    assert "1件未填实际到位金额" in said[""]
    assert "1件未填或读不出实际到位金额" in said["约五百"]


@pytest.mark.full
def test_a_register_under_a_year_has_a_report_of_the_year_that_it_has_and_its_cards_say_why_they_are_empty(read):
    cases = read(结案日期=["2019-03-01"] * 3 + ["2020-03-01"] * 2, 结案方式="执行完毕")
    asked = dict.fromkeys(("year", "returns", "peers", "definitions", "calendar"))
    assert Material.of(replace(cases, as_of=pd.Timestamp("2019-11-30")), **asked).year == 2019
    whole = Material.of(cases, **asked | {"year": 2020})
    shown = [b for b in summary(whole).blocks if isinstance(b, Cards)]
    cards = {card.label: card.change for found in shown for card in found.cards}
    assert cards["到位率"] == "无法判断：台账没有“申请执行标的额”“实际到位金额”"


def test_a_part_of_a_register_without_closings_left_out_is_not_asked_for_them(monkeypatch):
    rows = {
        "filed_on": "2011-01-04",
        "closed_on": "2011-02-01",
        "basis": ["civil", "arbitration"],
        "closure_mode": "completed",
    }
    cases = Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    assert len(undecided_filed(cases)) == 0
    part = cases.where(basis="civil")
    monkeypatch.setattr(type(part.table), "to_pandas", None)
    assert undecided_by(part, cases.as_of) == 0


def test_of_closings_left_out_a_part_has_its_own(read):
    modes = {"结案方式": ["执行完毕", "终本", "", "", ""], "结案日期": ["2019-03-01", "", "", "", ""]}
    cases = read(**modes, 执行依据=["民事", "民事", "民事", "仲裁", "仲裁"])
    parts = (cases, cases.where(basis="civil"), cases.where(basis="arbitration"))
    assert [undecided_by(of, cases.as_of) for of in parts] == [1, 1, 0]
