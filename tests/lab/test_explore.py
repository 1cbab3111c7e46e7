"""The explorer without a browser: choices combine, what is counted is what the package counts, the cell makes the same view again."""

import asyncio
import itertools
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

import analysis as an
from analysis.cases.sources import places_tell
from analysis.lab.cell import literal
from analysis.lab.crossfilter import Crossfilter
from analysis.lab.explore import IDLE, explore
from analysis.lab.views import VIEWS
from analysis.measures.open_teams import closed_teams
from analysis.register.confidential import confidential
from analysis.vocabulary.errors import ArgumentError

pytestmark = pytest.mark.full

COURTS = ["甲法院", "乙法院"]


def frame(number=240):
    """Cases of two courts, made up for this test; some are open, some lack what others have."""
    filed = pd.date_range("2010-01-10", periods=number, freq="3D")
    rng = np.random.default_rng(7)
    return pd.DataFrame(
        {
            "case_no": [f"（2010）执字第{n}号" for n in range(number)],
            "court": [COURTS[n % 2] for n in range(number)],
            "team": rng.choice(["执行一组", "执行二组", "执行十组"], number),
            "basis": rng.choice(["civil", "arbitration", None], number),
            "has_property": rng.choice([True, False], number),
            "amount_claimed": np.where(rng.random(number) < 0.1, np.nan, rng.integers(0, 900_000, number)),
            "officer": rng.choice(["王某", "李某", "张某"], number),
            "closure_mode": [["completed", "settled"][n % 2] if n % 4 else None for n in range(number)],
            "filed_on": filed,
            "closed_on": [day + pd.Timedelta(days=60) if n % 4 else None for n, day in enumerate(filed)],
        }
    )


@pytest.fixture(scope="module")
def cases():
    return an.Cases.from_frames(frame(), as_of="2011-12-31", pseudonym_key=b"public")


@pytest.fixture(scope="module")
def shown(cases):
    return explore(cases)


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


CHOICES = {
    "court": [COURTS[0]], "team": ["执行二组", "执行十组"], "basis": ["civil", None], "has_property": [False],
    "amount_band": ["below_10k", "100k_500k", None], "closure_mode": ["settled"],
}  # fmt: skip
SEVERAL = [{}, *({n: CHOICES[n] for n in names} for k in (1, 2, 6) for names in itertools.combinations(CHOICES, k))]


@pytest.mark.parametrize("filters", SEVERAL, ids=lambda f: "+".join(f) or "all")
def test_what_is_counted_is_what_where_and_pandas_count(cases, filters):
    counted, plain = Crossfilter(cases), frame()
    edges = [-1, 10_000, 50_000, 100_000, 500_000, np.inf]
    names = ["below_10k", "10k_50k", "50k_100k", "100k_500k", "above_500k"]
    plain["amount_band"] = pd.cut(plain["amount_claimed"], edges, right=False, labels=names).astype(object)
    kept = np.ones(len(plain), dtype=bool)
    for name, values in filters.items():
        kept &= plain[name].isin([v for v in values if v is not None]) | (plain[name].isna() & (None in values))
    assert counted.listed(counted.chosen(filters))["case_no"].tolist() == plain.loc[kept, "case_no"].tolist()
    assert len(cases.where(**filters, names=True)) == kept.sum()
    for name, found in counted.counts(filters).items():
        others = counted.chosen({other: values for other, values in filters.items() if other != name})
        values = plain.loc[others, name]
        for value, number in zip(counted.dimensions[name].values, found, strict=True) if name != "officer" else ():
            assert number == (values.isna() if value is None else values == value).sum(), (name, value)


@pytest.mark.parametrize(("freq", "by"), [("W", None), ("M", "team"), ("Q", "basis"), ("Y", "has_property")])
def test_the_flow_counted_in_memory_is_the_flow_of_the_package(cases, freq, by):
    filters = {"court": [COURTS[1]], "amount_band": ["10k_50k", "100k_500k"]}
    start, end = pd.Timestamp("2010-06-01"), pd.Timestamp("2011-11-30")
    found = Crossfilter(cases).flow(filters, start, end, freq, by)
    same = an.caseflow(cases.where(**filters, names=True), freq=freq, by=by or (), period=(start, end), names=True)
    pd.testing.assert_frame_equal(found, same)
    assert found.attrs == same.attrs


def run(code, **names):
    """What the copied cell shows: the last figure, and the tables."""
    tables = []
    made = {**names, "display": tables.append, "print": lambda _: None}
    exec(code.replace("figure.show()", ""), made)  # noqa: S102
    return made, tables


@pytest.mark.parametrize("view", [name for name in VIEWS if name not in ("findings", "peers")])
def test_the_copied_cell_makes_the_same_view(cases, shown, view):
    shown.choose(
        view=view,
        period=("2010-03", "2011-12"),
        filters={"basis": ["civil"], "officer": pseudonyms(shown)[:2]},
    )
    made, tables = run(shown.code, cases=cases)
    for table, seen in zip(tables, shown.tables.values(), strict=True):
        pd.testing.assert_frame_equal(table, seen)
    if shown.figure is not None:
        assert made["figure"].to_json() == shown.figure.to_json()
    assert shown.figure is not None or shown.tables
    assert "王某" not in shown.code + repr([t.to_dict() for t in tables])


def pseudonyms(shown):
    return shown.crossfilter.dimensions["officer"].values


def test_of_the_national_indicators_those_in_force_while_the_register_runs_are_offered(shown):
    shown.choose(view="indicators", filters={}, definitions="by-period")
    old = shown._indicators(shown.state)
    recent = pd.DataFrame({"filed_on": "2023-02-01", "closed_on": ["2023-03-01", None]})
    new = explore(an.Cases.from_frames(recent, as_of="2024-12-31"))
    new.choose(view="indicators", definitions="by-period")
    offered = new._indicators(new.state)
    assert "actual_enforcement_rate" in {*old} - {*offered}
    assert "completed_rate" in {*offered} - {*old}
    for name in offered:
        new.choose(view="indicators", definitions="by-period", indicator=name)
        assert not [message for message in new.messages if "only" in message], name


def test_every_breakdown_and_frequency_has_a_figure_or_a_sentence(shown):
    for view, most in (("flow", 9), ("indicators", 2), ("durations", 3)):
        for by in shown._breakdowns(view)[:most]:
            shown.choose(view=view, filters={}, period=("2010-01", "2011-12"), by=by)
            assert shown.figure is not None, (view, by, shown.messages)
    for freq in ("W", "M", "Q", "Y"):
        shown.choose(view="flow", freq=freq, filters={})
        assert not shown.messages


def test_officers_are_pseudonyms_unless_names_are_asked_for(cases, shown):
    assert all(name.startswith("承办人") for name in pseudonyms(shown))
    inside = explore(cases, names=True)
    assert pseudonyms(inside) == ["张某", "李某", "王某"]
    inside.choose(view="officers", filters={"officer": ["李某"]})
    assert 'where(officer=["李某"]' in inside.code
    assert set(inside.tables["card.table"]["officer"]) == {f"李某（{court}）" for court in COURTS}


@pytest.mark.parametrize(("filters", "said"), [({"colour": ["red"]}, "colour"), ({"basis": ["civli"]}, "civil")])
def test_a_filter_that_is_not_offered_is_refused_with_those_that_are(shown, filters, said):
    with pytest.raises(ArgumentError, match=said):
        shown.choose(filters=filters)


def test_the_cases_behind_a_bar_are_those_of_pandas(shown):
    filters, plain = {"team": ["执行一组"], "has_property": [True]}, frame()
    shown.choose(view="flow", freq="M", period=("2010-01", "2011-12"), filters=filters)
    plain = plain[(plain["team"] == "执行一组") & plain["has_property"]]
    lists = shown.behind(x="2010-09-05", y=1, panel=0)  # a bar stands beside the day on which its month begins
    closed = plain["closed_on"].between("2010-09-01", "2010-09-30")
    filed = plain["filed_on"].between("2010-09-01", "2010-09-30")
    pending = (plain["filed_on"] <= "2010-09-30") & ~(plain["closed_on"] <= "2010-09-30")
    for kind, which in (("filed", filed), ("closed", closed), ("pending", pending)):
        assert lists[kind]["case_no"].tolist() == plain.loc[which, "case_no"].tolist(), kind
    assert not {"officer", "team"} & set(lists["filed"])
    row = shown.tables["flow"].index[shown.tables["flow"]["period"] == "2010-09-01"][0]
    assert shown.behind(table=0, row=int(row))["closed"].equals(lists["closed"])


def test_the_cases_behind_an_age_and_a_group_are_counted_right(shown):
    shown.choose(view="ages", filters={}, period=("2010-01", "2011-12"))
    bands = shown._kept[
        next(key for key in shown._kept if key.endswith('an.pending_ages(cases, at="2011-12-31")'))
    ].bands
    for at, number in enumerate(bands["cases"]):
        assert len(shown.behind(x=number, y=at, panel=0)["pending"]) == number
    shown.choose(view="flow", by="team", freq="Y", filters={}, period=("2010-01", "2011-12"))
    flow = shown.tables["flow"]
    for panel, team in enumerate(["执行一组", "执行二组", "执行十组"]):
        row = flow[(flow["team"] == team) & (flow["period"] == "2010-01-01")].iloc[0]
        found = shown.behind(x="2010-01-20", y=1, panel=panel)
        assert [len(found[kind]) for kind in ("filed", "closed", "pending")] == row[
            ["filed", "closed", "closing"]
        ].tolist()


@pytest.mark.parametrize("freq", ["W", "Q", "Y"])
def test_the_cases_behind_a_period_that_the_choice_cuts_are_those_that_its_row_counts(shown, freq):
    shown.choose(view="flow", freq=freq, filters={}, period=("2010-02", "2011-05"))
    flow = shown.tables["flow"]
    for at in (0, len(flow) - 1):
        found = shown.behind(table=0, row=at)
        counted = flow.iloc[at][["filed", "closed", "closing"]].tolist()
        assert [len(found[kind]) for kind in ("filed", "closed", "pending")] == counted
    assert an.plot_caseflow(flow).note.startswith(f"n = 新收{flow['filed'].sum()}件")


@pytest.mark.parametrize("by", ["team", "basis", "has_property"])
def test_the_cases_behind_an_indicator_of_a_group_are_those_of_the_group_alone(shown, by):
    shown.choose(view="indicators", by=by, filters={}, period=("2011-01", "2011-12"))
    table, plain = shown.tables["beside"], frame()
    filed = table[table["indicator"] == "filed"]
    for at, row in filed.iterrows():
        listed = shown.behind(table=0, row=int(table.index.get_loc(at)))["filed"]
        assert len(listed) == row["value"]
        group = plain[by].isna() if pd.isna(row[by]) else plain[by] == row[by]
        assert set(listed["case_no"]) <= set(plain.loc[group, "case_no"])
    points = [trace for trace in shown.figure.data if trace.mode == "markers" and trace.yaxis in (None, "y")]
    for trace, number in zip(points, filed["value"], strict=True):
        assert len(shown.behind(x=trace.x[1], y=trace.y[1], panel=0)["filed"]) == number


def test_choices_that_no_case_meets_are_said_in_every_view(shown):
    for view in VIEWS:
        if view != "peers":
            shown.choose(
                view=view,
                filters={
                    "closure_mode": ["settled"],
                    "amount_band": ["above_500k"],
                    "basis": [None],
                    "team": ["执行一组"],
                },
            )
            if not shown.crossfilter.chosen(shown.choices.filters).any():
                assert shown.messages == ["没有符合所选条件的案件。请去掉其中一项。"], view
                assert shown.figure is None
                assert not shown.tables


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_table_says_what_it_is_on_the_page_and_on_its_sheet(sample_cases, language):
    seen = explore(sample_cases, peers=an.read_returns(an.sample_path("returns_courts.csv")), language=language)
    for view in VIEWS:
        seen.choose(view=view, filters={})
        captions = [table["caption"] for table in seen.shown["tables"]]
        assert captions
        assert all(captions), view
        assert all(len(caption) <= 31 for caption in captions), "names of sheets"
        if view not in ("officers", "findings"):
            told = sent(seen, do="save_tables")["said"]
            (path,) = re.findall(r"\S*输出\S*.*xlsx", told)
            assert (
                openpyxl.load_workbook(path.partition("：")[2] or path.partition(": ")[2] or path).sheetnames
                == captions
            )


def test_the_cases_behind_a_year_of_petitions_are_those_of_pandas():
    rows = frame(60)
    days = pd.DataFrame(
        {
            "petition_id": [f"访{n}" for n in range(12)],
            "case_no": rows["case_no"].iloc[::5].tolist(),
            "received_on": pd.date_range("2010-02-01", periods=12, freq="40D"),
            "resolved_on": [
                None if n % 3 else day for n, day in enumerate(pd.date_range("2010-03-01", periods=12, freq="40D"))
            ],
        }
    )
    seen = explore(an.Cases.from_frames({"cases": rows, "petitions": days}, as_of="2011-12-31"))
    seen.choose(view="petitions", filters={"basis": ["civil"]}, period=("2010-01", "2011-12"))
    received, resolved = ([*trace.y] for trace in seen.figure.data if trace.type == "bar")
    assert [received, resolved] == [seen.tables["pet.table"][name].tolist() for name in ("received", "resolved")]
    civil = set(rows.loc[rows["basis"] == "civil", "case_no"])
    for at, year in enumerate((2010, 2011)):
        lists = seen.behind(x=at + 0.2, y=50, panel=0)  # the bar of those resolved
        received = set(days.loc[days["received_on"].dt.year == year, "case_no"]) & civil
        assert set(lists["petition_received"]["case_no"]) == received
        still = (days["received_on"].dt.year <= year) & ~(pd.to_datetime(days["resolved_on"]).dt.year <= year)
        assert set(lists["petition_pending"]["case_no"]) == set(days.loc[still, "case_no"]) & civil
    assert sent(seen, do="list", place={"x": 1, "y": 50, "panel": 0})["list"]["title"] == "2011年"
    seen.choose(view="quality")
    assert "没有案件清单" in sent(seen, do="list", place={"x": 1, "y": 50, "panel": 0})["said"]


def test_the_list_behind_a_row_of_a_year_is_headed_by_days_in_words(shown):
    shown.choose(view="indicators", filters={}, period=("2011-01", "2011-12"))
    assert sent(shown, do="list", place={"table": 0, "row": 0})["list"]["title"] == "2011年1月1日至2011年12月31日"


def test_choices_that_leave_nothing_are_said_and_not_drawn():
    shown = explore(an.Cases.from_frames(frame().dropna(subset="closed_on"), as_of="2012-12-31"))
    shown.choose(view="ages", filters={"closure_mode": ["settled"]})
    assert shown.figure is None
    assert "没有未结案件" in shown.messages[0]
    shown.choose(view="peers", filters={})
    assert "peers=" in shown.messages[0]
    assert "figure" not in shown.code


def test_a_register_of_few_columns_offers_only_their_filters():
    few = frame(40)[["case_no", "filed_on"]]
    shown = explore(an.Cases.from_frames(few, as_of="2011-12-31"))
    assert not shown.crossfilter.dimensions
    for view in VIEWS:
        shown.choose(view=view)
        assert shown.tables or shown.messages, view


def test_measures_that_the_register_does_not_hold_are_said_once_a_year_and_not_by_kind():
    rows = frame(40)[["case_no", "filed_on", "closed_on"]]
    shown = explore(an.Cases.from_frames(rows, as_of="2011-12-31"))
    shown.choose(view="petitions", period=("2010-01", "2011-12"))
    of_measures = next(table for part, table in shown.tables.items() if part.startswith("measures"))
    assert of_measures.columns.tolist() == ["period_start", "period_end", "note"]
    assert len(of_measures) == 2
    (told,) = (table for table in shown.shown["tables"] if table["part"].startswith("measures"))
    assert told["caption"], "headed as the table of measures is"
    assert ".drop_duplicates(ignore_index=True)" in shown.code


def test_a_register_without_closing_dates_says_so_in_every_view(tmp_path):
    frame(40)[["case_no", "filed_on", "team"]].rename(
        columns={"case_no": "案号", "filed_on": "立案日期", "team": "执行小组"}
    ).to_excel(tmp_path / "台账.xlsx", index=False)
    shown = explore(an.read_cases(tmp_path / "台账.xlsx", as_of="2011-12-31"))
    assert list(shown.crossfilter.dimensions) == ["team"]
    for view in ("flow", "cycle", "ages", "indicators"):
        shown.choose(view=view, filters={"team": ["执行一组"]})
        assert any("结案日期" in message for message in shown.messages), view


def sent(shown, **content):
    """What the page is told when it asks."""
    told = []
    shown.send = told.append
    shown._asked(None, content, None)
    return told[-1] if told else {}


def test_a_page_that_asks_again_is_told_again(cases):
    """An answer lost on its way, or a drawing that never ended, left the page waiting for good."""
    shown, told = explore(cases), []
    state = {**shown.state, "n": 1, "view": "ages"}
    sent(shown, do="choose", state=state)
    answer = shown.shown
    shown.observe(lambda change: told.append(change["new"]), "shown")
    sent(shown, do="choose", state=state)
    assert [{**one, "again": 0} for one in told] == [{**answer, "again": 0}]


@pytest.mark.parametrize(("language", "said"), [("zh", "期初存量不知"), ("en", "opening stock")])
def test_what_a_table_cannot_tell_stands_below_it(cases, language, said):
    flow = explore(cases, language=language).shown["tables"][0]
    (note,) = flow["notes"]
    assert said in note
    assert "\n" not in note


def test_pictures_tables_and_lists_are_saved_in_their_folder_and_nothing_is_written_over(shown, tmp_path):
    shown.choose(view="flow", freq="Q", filters={"basis": ["civil"]}, period=("2010-01", "2011-12"))
    for kind in ("png", "svg", "pdf", "png"):
        assert "输出" in sent(shown, do="save_picture", format=kind)["said"]
    assert sent(shown, do="save_tables")["said"].endswith("收结存.xlsx")
    place = {"x": "2010-02-01", "y": 1, "panel": 0}
    sent(shown, do="save_list", place=place, kind="filed")
    assert {f.name for f in (tmp_path / "输出").iterdir()} == {
        "收结存.png", "收结存-1.png", "收结存.svg", "收结存.pdf", "收结存.xlsx", "2010年第1季度 新收.xlsx",
    }  # fmt: skip
    saved = pd.read_excel(tmp_path / "输出" / "收结存.xlsx", header=2, engine="openpyxl")
    assert saved["新收"].tolist() == shown.tables["flow"]["filed"].tolist()
    listed = pd.read_excel(tmp_path / "输出" / "2010年第1季度 新收.xlsx", header=2, engine="openpyxl")
    assert listed["案号"].tolist() == shown.behind(**place)["filed"]["case_no"].tolist()
    assert not {"承办人", "执行小组", "申请执行标的额（元）"} & set(listed)


def test_figures_of_officers_are_not_exported(shown):
    shown.choose(view="officers", filters={})
    assert "只供院内" in sent(shown, do="save_tables")["said"]


@pytest.mark.parametrize(
    "filters",
    [
        {"officer": ["李某"]},
        pytest.param({"team": ["执行一组"]}, marks=pytest.mark.full),
        {"amount_band": ["below_10k"]},
    ],
)
def test_what_is_saved_passes_the_gate(shown, tmp_path, filters):
    if "officer" in filters:
        filters = {"officer": pseudonyms(shown)[:1]}
    place = {"x": "2010-02-01", "y": 1, "panel": 0}
    for view in ("flow", "indicators"):
        shown.choose(view=view, filters=filters, period=("2010-01", "2011-12"))
        for asked in ({"do": "save_tables"}, {"do": "save_picture", "format": "svg"}):
            assert "names=True" in sent(shown, **asked)["said"]
    shown.choose(view="flow", filters=filters, period=("2010-01", "2011-12"))
    assert "names=True" in sent(shown, do="save_list", place=place, kind="filed")["said"]
    assert not (tmp_path / "输出").exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "save_tables"},
        pytest.param({"do": "save_picture", "format": "png"}, marks=pytest.mark.full),
        {"do": "keep_view", "name": "濮阳九思的案件"},
    ],
)
def test_what_is_saved_is_looked_through_once_more(tmp_path, asked):
    shown = explore(two_officers())
    _, cell = shown._handed_on()  # words that came past the gate
    cell.value("flow").attrs["notes"] = ["濮阳九思办理"]
    cell.value("figure").axes[0].set_ylabel("濮阳九\n思办理")
    assert "“承办人”一栏" in sent(shown, **asked)["said"]
    assert not (tmp_path / "输出").exists()


def two_officers():
    rows = {"filed_on": ["2011-01-04"] * 6, "officer": ["濮阳九思", "李伟"] * 3}
    return an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")


def test_views_that_were_saved_with_names_are_not_listed_without():
    sent(explore(two_officers(), names=True), do="keep_view", name="濮阳九思的案件")
    assert explore(two_officers(), names=True).saved == ["濮阳九思的案件"]
    assert explore(two_officers()).saved == []


def test_what_is_not_offered_is_neither_chosen_nor_copied():
    rows = {"filed_on": ["2011-01-04"] * 6, "officer": ["周德发", "李伟"] * 3, "team": ["周德发团队", "执行一组"] * 3}
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    shown, inside = explore(cases), explore(cases, names=True)
    with pytest.raises(ArgumentError) as error:
        shown.choose(filters={"team": ["执行三组"]})
    assert "周德发" not in str(error.value)
    inside.choose(filters={"team": ["周德发团队"]})
    assert "周德发团队" in inside.code
    shown.state = inside.state | {"n": shown.state["n"] + 1}  # as a page could, by its place
    assert shown.code == ""
    assert "周德发" not in str(shown.shown)
    assert "没有写出" in shown.messages[-1]
    sent(inside, do="keep_view", name="一个小组")
    assert "周德发" in Path("输出/视图.json").read_text(encoding="utf-8")
    assert "执行小组，有台账没有的，未选" in sent(shown, do="open_view", name="一个小组")["said"]
    assert shown.state["filters"] == {}


def test_a_list_of_cases_stands_beside_no_pseudonym_and_its_file_names_nobody(cases, shown, tmp_path):
    row = {"table": 0, "row": 0}
    shown.choose(view="officers", filters={})
    assert "names=True" in sent(shown, do="list", place=row)["said"]
    inside = explore(cases, names=True)
    inside.choose(view="officers", filters={})
    listed = sent(inside, do="list", place=row)["list"]
    who, court = re.search("([张李王]某)（(.法院)）", listed["title"]).groups()
    plain = frame()
    plain = plain[(plain["officer"] == who) & (plain["court"] == court)]
    filed = plain[plain["filed_on"].between("2011-01-01", "2011-12-31")]
    assert inside.behind(**row)["filed"]["case_no"].tolist() == filed["case_no"].tolist()
    assert "已存" in sent(inside, do="save_list", place=row, kind="filed")["said"]
    assert [file.name for file in (tmp_path / "输出").iterdir()] == ["2011年 新收.xlsx"]
    shown.choose(view="flow", by="team", freq="Y", filters={}, period=("2010-01", "2011-12"))
    assert "names=True" in sent(shown, do="save_list", place={"x": "2010-01-20", "panel": 0}, kind="filed")["said"]


def test_a_saved_view_comes_back_and_one_of_another_register_keeps_what_is_there(cases, shown):
    shown.choose(
        view="flow",
        freq="Q",
        by="team",
        filters={"basis": ["civil", None], "team": ["执行十组"]},
        period=("2010-05", "2011-03"),
    )
    code = shown.code
    assert "已存视图" in sent(shown, do="keep_view", name="季度")["said"]
    assert "替换了同名的原视图" in sent(shown, do="keep_view", name="季度")["said"]
    shown.choose(view="cycle", filters={})
    sent(shown, do="open_view", name="季度")
    assert shown.code == code
    other = explore(an.Cases.from_frames(frame(60).assign(team="执行十组"), as_of="2010-12-31"))
    assert other.saved == ["季度"]
    sent(other, do="open_view", name="季度")
    assert 'where(basis=["civil", None], names=True)' in other.code
    assert "先给视图起" in sent(shown, do="keep_view", name=" ")["said"]
    sent(shown, do="drop_view", name="季度")
    assert shown.saved == []


def test_saved_views_that_cannot_be_read_are_said_so_and_the_register_is_explored(cases, tmp_path):
    file = tmp_path / "输出" / "视图.json"
    file.parent.mkdir()
    file.write_text("{half of a file", encoding="utf-8")
    seen = explore(cases)
    assert seen.figure is not None
    assert "视图.json 读不出" in seen.shown["messages"][-1]
    assert "读不出" in sent(seen, do="keep_view", name="季度")["said"]
    assert file.read_text(encoding="utf-8") == "{half of a file", "nothing is written over it"
    file.write_text('{"旧": {"view": "of another version"}}', encoding="utf-8")
    seen = explore(cases)
    assert seen.saved == ["旧"]
    for name in ("旧", "没有的"):
        assert f"“{name}”读不出" in sent(seen, do="open_view", name=name)["said"]


def test_a_register_of_one_day_has_a_figure_or_a_sentence_in_every_view():
    rows = {"filed_on": ["2024-12-31"] * 3, "closed_on": ["2024-12-31", None, None], "team": ["一组", "二组", "一组"]}
    seen = explore(an.Cases.from_frames(pd.DataFrame(rows), as_of="2024-12-31"))
    for view in VIEWS:
        seen.choose(view=view, filters={})
        assert seen.figure is not None or seen.messages or seen.tables, view


def test_an_interrupt_leaves_a_sentence_and_the_next_choice_works(shown, monkeypatch):
    monkeypatch.setattr(shown, "_parts", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        shown.choose(view="flow", filters={})
    assert "没有算完" in shown.shown["messages"][0]
    monkeypatch.undo()
    shown.choose(view="flow", filters={"team": ["执行一组"]})
    assert not shown.messages


def test_words_follow_the_language(cases):
    english = explore(cases, language="en")
    assert english.spec["words"]["period"] == "Period"
    assert [d["label"] for d in english.spec["dimensions"]][:2] == ["court", "team"]
    assert english.figure.layout.meta["language"] == "en"
    (officers,) = [d["values"] for d in english.spec["dimensions"] if d["name"] == "officer"]
    assert all(name.startswith("officer") for name in officers)
    assert "locale" not in english.spec["config"]
    assert explore(cases).spec["config"]["locale"] == "zh-CN"
    for spec in (english.spec, explore(cases).spec):
        assert all(spec["words"].values())
        assert all(value.strip() for d in spec["dimensions"] for value in d["values"]), "no blank box"


def test_a_table_is_no_register():
    with pytest.raises(ArgumentError, match="read_cases"):
        an.explore(pd.DataFrame())


def test_a_breakdown_that_a_view_does_not_have_is_refused_with_those_it_has(cases):
    with pytest.raises(ArgumentError, match="by 不能是“amount_claimed”：应为 不分组"):
        explore(cases).choose(view="shadow", by="amount_claimed")


def test_values_are_written_as_python_reads_them():
    for value in ('结案“率”"\\', ["a", 1, None, True], ("2011-12-31", None), (1,)):
        assert eval(literal(value)) == value  # noqa: S307


def test_unknown_bands_and_closings_are_refused_in_words(cases):
    with pytest.raises(ArgumentError, match="amount_band"):
        cases.where(amount_band="很多", names=True)
    assert len(cases.where(amount_band="1万元以下", names=True)) == len(
        cases.where(amount_band="below_10k", names=True)
    )
    with pytest.raises(ArgumentError, match="names=True"):
        cases.where(amount_band="below_10k")


def test_a_cell_that_was_moved_into_the_column_of_courts_is_not_offered():
    moved = pd.DataFrame(
        {
            "court": ["富锦市人民法院"] * 5 + ["申请人濮阳九思", "佳木斯市中级人民法院"],
            "filed_on": "2011-01-04",
            "closed_on": None,
        }
    )
    shown = explore(an.Cases.from_frames(moved, as_of="2011-12-31"))
    (offered,) = [d["values"] for d in shown.spec["dimensions"] if d["name"] == "court"]
    assert "富锦市人民法院" in offered
    assert "濮阳" not in repr(shown.spec) + repr(shown.shown)
    assert "court" not in shown._breakdowns("flow")


def test_no_team_stands_beside_a_pseudonym():
    rows = {"filed_on": ["2011-01-04"] * 6, "officer": ["周德发", "李伟"] * 3, "team": ["周德发团队", "执行一组"] * 3}
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    shown = explore(cases)
    shown.choose(view="officers")
    assert not any("team" in table for table in shown.tables.values())
    assert "周德发" not in str(shown.shown)
    inside = explore(cases, names=True)
    inside.choose(view="officers", filters={"team": ["周德发团队"]})
    assert "周德发团队" in inside.tables["card.counts"]["team"].tolist()


@pytest.mark.parametrize("view", [name for name in VIEWS if name not in ("officers", "peers")])
def test_no_case_number_stands_beside_a_pseudonym(shown, view):
    shown.choose(view=view, period=("2010-03", "2011-12"), filters={"officer": pseudonyms(shown)[:1]})
    numbers = set(shown.crossfilter.cases.to_pandas(names=True)["case_no"])
    told = {str(cell) for table in shown.shown["tables"] for row in table["rows"] for cell in row}
    assert told
    assert not {number for number in numbers for cell in told if number in cell}


def test_what_is_chosen_tells_in_no_way_who_a_pseudonym_is():
    rows = {"filed_on": ["2011-01-04"] * 6, "officer": ["周某", "李某"] * 3, "team": ["执行一组", "执行二组"] * 3}
    cases = an.Cases.from_frames(pd.DataFrame(rows | {"basis": ["civil"] * 3 + ["other"] * 3}), as_of="2011-12-31")
    shown = explore(cases)
    nobody, team = {"officer": pseudonyms(shown)[:1]}, {"team": ["执行一组"]}
    shown.choose(view="flow", filters=nobody)
    assert {*shown.counts["by"]} == {"officer", "basis"}
    assert shown.tables
    shown.choose(view="flow", filters=team)
    assert {*shown.counts["by"]} == {"team", "basis"}
    assert shown.tables
    for choice in (
        {"view": "flow", "filters": nobody | team},
        {"view": "flow", "filters": nobody, "by": "team"},
        {"view": "officers", "filters": team},
    ):
        shown.choose(**choice)
        assert shown.figure is None
        assert not shown.tables
        assert "代号" in shown.messages[0]
        assert not {"officer", "team"} <= {*shown.counts["by"]}
    shown.choose(view="flow", filters=nobody | team)
    assert shown.counts["total"] == 6
    inside = explore(cases, names=True)
    inside.choose(view="flow", filters=team | {"officer": ["周某"]})
    assert inside.tables
    assert {"officer", "team"} <= {*inside.counts["by"]}


def test_a_team_of_several_is_counted_beside_a_pseudonym(shown):
    shown.choose(view="flow", filters={"officer": pseudonyms(shown)[:1], "team": ["执行一组"]})
    assert shown.tables
    assert {"officer", "team"} <= {*shown.counts["by"]}


def test_more_officers_than_a_page_shows_are_asked_to_be_fewer():
    rows = {
        "filed_on": ["2011-01-04"] * 404,
        "officer": [f"承办{n}" for n in range(202)] * 2,
        "court": ["甲县人民法院", "乙县人民法院"] * 202,
    }
    shown = explore(an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31"))
    shown.choose(view="officers", filters={})
    assert "202" in shown.messages[0]
    assert not shown.tables
    shown.choose(view="officers", filters={"court": ["甲县人民法院"]})
    assert not shown.messages
    assert len(shown.tables[next(iter(shown.tables))]) == 101


@pytest.mark.parametrize(("number", "seconds"), [(2_000, 0.3), (1_000_000, 1.0)])
def test_a_change_of_a_view_that_counts_takes_less_of_the_processor_than_a_person_notices(number, seconds):
    rng = np.random.default_rng(11)
    filed = pd.Timestamp("2019-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 2190, number)), unit="D")
    rows = pd.DataFrame(
        {
            "filed_on": filed,
            "closed_on": (filed + pd.to_timedelta(rng.gamma(2, 60, number).astype(int) + 1, unit="D")).where(rng.random(number) < 0.9),
            **{name: rng.choice([f"{name}{n}" for n in range(many)], number) for name, many in (("team", 3), ("area", 20), ("court", 40))},
            "basis": rng.choice(["civil", "arbitration"], number),
            "amount_claimed": rng.integers(0, 900_000, number),
        }
    )  # fmt: skip
    seen = explore(an.Cases.from_frames(rows, as_of="2024-12-31"))
    chosen = {"basis": ["civil"], "area": ["area3"], "amount_band": ["10k_50k"], "court": ["court7"], "team": ["team1"]}
    seen.choose(view="flow", filters={"basis": ["arbitration"]})  # the first of all loads what it needs
    taken = []
    for names in itertools.chain(itertools.combinations(chosen, 1), itertools.combinations(chosen, 2)):
        begun = time.process_time()
        seen.choose(view="flow", filters={name: chosen[name] for name in names})
        taken.append(time.process_time() - begun)
    assert sorted(taken)[len(taken) // 2] < seconds


def test_which_teams_may_be_shown_is_worked_out_while_the_first_view_is_read_and_choices_are_answered_between(
    monkeypatch,
):
    cases = an.read_cases(an.sample_path("register"))
    answered = []

    async def choose_meanwhile(ahead):
        while not ahead.done():
            answered.append(time.perf_counter())
            await asyncio.sleep(0.005)

    async def read_a_while():
        ahead = explore(cases).ahead
        await asyncio.sleep(IDLE)
        await choose_meanwhile(ahead)

    asyncio.run(read_a_while())
    assert len(answered) > 10, "between the quarters of six years"
    monkeypatch.setattr("analysis.measures.people_ledger._made", None)  # nothing of it is left to be done
    assert closed_teams(cases) is not None


def test_a_register_is_checked_once_for_its_findings_and_its_entry_quality(cases, monkeypatch):
    seen = explore(cases)
    monkeypatch.setattr("analysis.checks.entry_quality.check_cases", None)
    seen.choose(view="quality", filters={"team": ["执行一组"]})
    assert len(seen.tables) == 2
    assert not seen.messages


def test_findings_and_entry_quality_follow_the_period(monkeypatch):
    plain = frame(240)
    plain.loc[::7, "closed_on"] = plain["filed_on"] - pd.Timedelta(days=30)
    seen = explore(an.Cases.from_frames(plain.assign(entered_on=plain["filed_on"]), as_of="2011-12-31"))
    whole = (str(seen._months[0].date()), str(seen._months[-1].date()))
    seen.choose(view="quality", filters={"basis": ["civil"]}, period=("2010-06", "2010-09"))
    listed, entry = seen.tables.values()
    wrong = plain[(plain["closed_on"] < plain["filed_on"]) & (plain["basis"] == "civil")]
    first, last = pd.Timestamp("2010-06-01"), pd.Timestamp("2010-09-30")
    of_period = wrong[
        (wrong["filed_on"] <= last) & (wrong["closed_on"] >= first)
        | wrong["filed_on"].between(first, last)
        | wrong["closed_on"].between(first, last)
    ]
    assert sorted(listed.loc[listed["rule"] == "closed_before_filed", "case_no"]) == sorted(of_period["case_no"])
    assert entry["cases"].sum() == (plain["filed_on"].between(first, last) & (plain["basis"] == "civil")).sum()
    assert "所选案件" in seen.shown["sentences"][0]
    monkeypatch.setattr("analysis.checks.checks.found_in", None)  # checked once for all choices
    seen.choose(view="quality", filters={"team": ["执行一组"]}, period=("2010-06", "2011-09"))
    assert not seen.messages
    monkeypatch.undo()
    seen.choose(view="quality", filters={}, period=whole)
    assert not seen.shown["sentences"]


def test_a_register_is_checked_once_whole_and_of_an_officer(monkeypatch):
    plain = frame(240)
    seen = explore(an.Cases.from_frames(plain, as_of="2011-12-31"))
    seen.choose(view="quality", filters={}, period=(str(seen._months[0].date()), str(seen._months[-1].date())))
    monkeypatch.setattr("analysis.checks.checks.found_in", None)
    seen.choose(view="quality", filters={"basis": ["civil"]})
    assert not seen.messages
    seen.choose(view="quality", filters={"officer": [seen.crossfilter.dimensions["officer"].values[0]]})
    assert not seen.messages
    assert len(seen.tables) == 2


def test_nobody_waits_for_the_house_of_reports_before_something_is_saved():
    code = "import sys, analysis.lab.explore; sys.exit(any(name.startswith('analysis.report') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_code_must_not_say_is_worked_out_while_the_first_view_is_read(monkeypatch):
    cases = an.read_cases(an.sample_path("register"))

    async def read_a_while():
        await explore(cases).ahead

    asyncio.run(read_a_while())
    monkeypatch.setattr("analysis.register.confidential._of", None)  # nothing of it is left to be done
    monkeypatch.setattr("analysis.cases.coverage.coverage", None)
    monkeypatch.setattr("analysis.cases.beginning.beginnings", None)
    monkeypatch.setattr("analysis.cases.sources._places_tell", None)
    assert confidential(cases)
    asked = cases.pseudonymised()  # of people whom a filter shows
    assert asked.coverage["cases"].max() == len(cases)
    assert asked.lacking("filed_on") == ()
    assert asked.beginnings
    assert places_tell(asked) == []


def test_what_the_note_of_a_figure_says_is_told_there_alone(cases):
    seen = an.explore(cases)
    seen.choose(view="durations")
    assert "结案" in seen.shown["note"]
    assert not seen.shown["sentences"]
    assert "times.caption" not in seen.code
    seen.choose(view="officers")
    assert seen.shown["sentences"], "without a figure a sentence stands by itself"
