"""Observations of the sample: every figure and sentence computed again from its csv, by pandas alone."""

import csv
import re
import types
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from two_teams import register

import analysis as an
from analysis.observations.comparisons import compared
from analysis.observations.observations import CELL, MOVED, RECORD, ROUND, STOCK, TARGET
from analysis.observations.ranking import TELLING, is_apart
from analysis.observations.sentences import explained, rate_moved
from analysis.report.inputs import Material
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import Text, in_language

PERFORMED = ["执行完毕", "自动履行", "强制执行", "和解"]
COUNTED = {"filed": "新收", "received": "受理", "closed": "结案", "closing": "未结", "net_closings": "净执结"}
RATES = {
    "closure_rate": "结案率", "actual_enforcement_rate": "实际执结率", "recovery_rate": "执行到位率",
    "closed_of_filed_rate": "当年立案案件执结率", "clearance_rate": "结收比",
}  # fmt: skip
COLUMNS = {
    "basis": "执行依据",
    "case_type": "案件类型",
    "team": "执行小组",
    "has_property": "有无财产可供执行",
    "area": "乡镇",
}


@pytest.fixture(scope="module")
def inside(sample_cases):
    return an.observations(sample_cases, period=2011, names=True)


@pytest.fixture(scope="module")
def outside(sample_cases):
    return an.observations(sample_cases, period=2011)


@pytest.fixture(scope="module")
def raw():
    with (an.sample_path("register") / "cases.csv").open(encoding="utf-8-sig") as stream:
        frame = pd.DataFrame(csv.DictReader(stream)).replace("", np.nan)
    for name in ("立案日期", "结案日期"):
        frame[name] = pd.to_datetime(frame[name])
    for name in ("申请执行标的额", "实际到位金额", "已发放案款"):
        frame[name] = pd.to_numeric(frame[name])
    return frame


def figures(rows, year):
    """Numerator and denominator of each figure of a year, by the formulas of the court's page."""
    filed, closed = rows["立案日期"].dt.year, rows["结案日期"].dt.year
    opening = (filed < year) & ~(closed < year)
    done, new = closed == year, filed == year
    claimed, recovered, paid = (rows[name] for name in ("申请执行标的额", "实际到位金额", "已发放案款"))
    both = done & claimed.notna() & recovered.notna()
    received = int((opening | new).sum())
    net = done & (claimed > 0) & (recovered >= claimed) & (paid >= claimed)
    return {
        "filed": (int(new.sum()), None),
        "received": (received, None),
        "closed": (int(done.sum()), None),
        "closing": (received - int(done.sum()), None),
        "net_closings": (int(net.sum()), None),
        "closure_rate": (int(done.sum()), received),
        "clearance_rate": (int(done.sum()), int(new.sum())),
        "closed_of_filed_rate": (int((done & new).sum()), int(new.sum())),
        "actual_enforcement_rate": (int((done & rows["结案方式"].isin(PERFORMED)).sum()), int(done.sum())),
        "recovery_rate": (recovered[both].sum() / 1e4, claimed[both].sum() / 1e4),
    }


def half_up(value, digits=2):
    from decimal import ROUND_HALF_UP, Decimal

    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def percent(pair):
    return half_up(100 * pair[0] / pair[1])


def parted(number):
    return f"{half_up(number, 0 if float(number).is_integer() else 2):,}"


def said(table, language):
    return [cell.split("\n")[("zh", "en").index(language)] for cell in table["sentence"]]


@pytest.mark.full
def test_counts_of_the_court_are_said_as_counted(inside, raw):
    now, before = figures(raw, 2011), figures(raw, 2010)
    rows = inside.of_kind(MOVED).set_index("indicator")
    for name, word in COUNTED.items():
        (new, _), (old, _) = now[name], before[name]
        zh, en = rows.loc[name, "sentence"].split("\n")
        up = new > old
        if name == "net_closings":  # of three closings it is not known whether they are net
            assert zh == f"{word}{new:,}至{new + 3:,}件（3件未填所需的内容），同比至少增加{new - old}件。"
            continue
        if old >= 50:
            change = half_up(100 * (new - old) / old)
            assert (
                zh
                == f"{word}{new:,}件，同比{'上升' if up else '下降'}{abs(change)}%（{'增加' if up else '减少'}{abs(new - old)}件）。"
            )
            assert (
                f"{new:,} cases, {'up' if up else 'down'} {abs(change)}% year on year ({abs(new - old)} {'more' if up else 'fewer'})."
                in en
            )
        else:
            assert zh == f"{word}{new}件，同比{'增加' if up else '减少'}{abs(new - old)}件。"
            assert "%" not in en
            assert f"{new} cases, {abs(new - old)} cases {'more' if up else 'fewer'} year on year." in en


def test_rates_of_the_court_are_said_with_their_parts_and_points_of_what_is_shown(inside, raw):
    now, before = figures(raw, 2011), figures(raw, 2010)
    rows = inside.of_kind(MOVED).set_index("indicator")
    for name, word in RATES.items():
        new, old = now[name], before[name]
        points = percent(new) - percent(old)
        zh, en = rows.loc[name, "sentence"].split("\n")
        up = points > 0
        parts = f"{parted(new[0])}/{parted(new[1])}"
        assert zh.startswith(f"{word}{percent(new)}%（{parts}），同比{'上升' if up else '下降'}{abs(points)}个百分点")
        assert f"{percent(new)}% ({parts}), {'up' if up else 'down'} {abs(points)} percentage points year on year" in en
        assert ("超出随机波动范围" in zh) == bool(rows.loc[name, "beyond_chance"])
        assert ("within random variation" in en) == (not rows.loc[name, "beyond_chance"])


def test_cells_are_said_as_counted(inside, raw):
    texts = {"False": "无", "True": "有", "无财产": "无", "有财产": "有"}
    rows = inside.of_kind(CELL)
    assert len(rows)
    for row in rows[rows["indicator"].isin([*RATES, "filed"])].to_dict("records"):
        if row["breakdown"] not in COLUMNS:
            continue
        label = row["group"].split("\n")[0]
        column = COLUMNS[row["breakdown"]]
        own = raw[raw[column] == texts.get(label, label)]
        pairs = [figures(own, year)[row["indicator"]] for year in (2011, 2010)]
        if row["indicator"] == "filed":
            pairs = [
                (of_cell, figures(raw, year)["filed"][0])
                for (of_cell, _), year in zip(pairs, (2011, 2010), strict=True)
            ]
        assert (row["numerator"], row["denominator"]) == pairs[0]
        assert (row["base_numerator"], row["base_denominator"]) == pairs[1]
        points = percent(pairs[0]) - percent(pairs[1])
        for sentence, word in zip(row["sentence"].split("\n"), (("上升", "下降"), ("up", "down")), strict=True):
            assert f"{percent(pairs[0])}" in sentence
            assert f"{word[points < 0]}{abs(points)}" in sentence.replace(" ", "")


def test_the_change_of_the_stock_adds_up_and_its_peak_is_the_registers(inside, raw):
    zh, en = inside.of_kind(STOCK)["sentence"].iloc[0].split("\n")
    year = raw["结案日期"].dt.year == 2011
    performed, ended = year & raw["结案方式"].isin(PERFORMED), year & (raw["结案方式"] == "终结本次执行程序")
    new = raw["立案日期"].dt.year == 2011
    back = new & (raw["案件类型"] == "恢复执行")
    opening, closing = figures(raw, 2010)["closing"][0], figures(raw, 2011)["closing"][0]
    expected = [
        opening,
        closing,
        opening - closing,
        new.sum(),
        back.sum(),
        year.sum(),
        performed.sum(),
        ended.sum(),
        (year & ~performed & ~ended).sum(),
    ]
    assert [int(n) for n in re.findall(r"\d+", zh.split("。")[0])] == expected
    assert [int(n) for n in re.findall(r"\d+", en.split(". ")[0])] == expected
    evidence = inside.of_kind(STOCK)["evidence"].iloc[0].split("\n")[0]
    assert f"；新收（除恢复执行）+{new.sum() - back.sum()}；恢复执行+{back.sum()}；" in evidence, (
        "filings have one meaning"
    )
    ends = pd.date_range("2006-01-31", "2011-12-31", freq="ME")
    stock = pd.Series({end: (raw["立案日期"] <= end).sum() - (raw["结案日期"] <= end).sum() for end in ends})
    top, since = stock.idxmax(), stock["2010":].max()
    assert (
        f"由{top.year}年{top.month}月末的{stock.max()}件降至2011年12月末的{closing}件，2010年1月以来各月末不超过{since}件"
        in zh
    )
    assert (
        f"from {stock.max()} at the end of {top:%b %Y} to {closing} at the end of Dec 2011, and have been {since} at most"
        in en
    )


def test_records_are_records(inside, raw):
    for row in inside.of_kind(RECORD).to_dict("records"):
        if row["indicator"] not in {**RATES, **COUNTED}:
            continue
        values = []
        for year in range(2006, 2012):
            top, base = figures(raw, year)[row["indicator"]]
            values.append(float(top) if base is None else top / base)
        zh, en = row["sentence"].split("\n")
        assert ("最高" in zh) == ("highest" in en) == (values[-1] > max(values[:-1]))
        assert ("最低" in zh) == ("lowest" in en) == (values[-1] < min(values[:-1]))
        if run := re.search(r"连续(\d+)年", zh):
            steps = np.sign(np.diff(values))
            number = int(run[1])
            assert len(set(steps[-number:])) == 1
            assert number == len(steps) or steps[-number - 1] != steps[-1]


@pytest.mark.full
def test_the_reason_of_the_largest_movement_adds_up_as_printed(inside, outside, raw):
    for found in (inside, outside):
        row = found.table[(found.table["kind"] == MOVED) & (found.table["indicator"] == "recovery_rate")].iloc[0]
        for sentence in row["sentence"].split("\n"):
            parts = [float(p.replace("−", "-")) for p in re.findall(r"(?:影响| )([+−]\d+\.\d+)", sentence)]
            assert len(parts) == 3
            assert sum(parts) == pytest.approx(31.00, abs=1e-9)
    closed = raw[raw["结案日期"].dt.year == 2010]
    largest = closed["申请执行标的额"].idxmax()
    rest = closed.drop(largest)
    without = 100 * rest["实际到位金额"].sum() / rest["申请执行标的额"].sum()
    zh = said(inside.of_kind(MOVED).query("indicator == 'recovery_rate'"), "zh")[0]
    assert f"2010年{closed.loc[largest, '案号']}，228.1万元中计51.6万元，剔除后该期为{half_up(without)}%" in zh


@pytest.mark.full
def test_every_call_gives_the_figures_of_its_row_again(sample_cases, inside):
    for row in inside.table[inside.table["kind"].isin([MOVED, CELL, TARGET, STOCK])].to_dict("records")[:25]:
        given = eval(row["call"], {"an": an, "cases": sample_cases})  # noqa: S307 - the call is the package's own
        if row["kind"] == STOCK:
            assert given.table.set_index("part").loc[["opening", "closing"], "cases"].tolist() == [
                row["base"],
                row["value"],
            ]
            continue
        latest = given[given["period_end"] == given["period_end"].max()]
        if row["kind"] == CELL and row["indicator"] in ("filed", "closed"):
            assert row["numerator"] in latest["value"].tolist()
            assert latest["value"].sum() == row["denominator"]
        else:
            assert row["value"] in latest["value"].round(9).tolist() or np.isclose(latest["value"], row["value"]).any()


@pytest.mark.full
def test_calls_of_a_period_by_another_calendar_name_it():
    """Years from 21 December: records and the round are rebuilt by the days that they are told of."""
    parts = []
    for year, filed in zip(range(2010, 2016), (60, 66, 72, 78, 84, 99), strict=True):
        days = pd.date_range(f"{year}-01-10", f"{year}-12-31", periods=filed)
        parts.append(pd.DataFrame({"filed_on": days, "closed_on": days + pd.Timedelta(days=40)}))
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[rows["filed_on"] <= "2015-12-20"]
    rows["closed_on"] = rows["closed_on"].where(rows["closed_on"] <= "2015-12-20")
    cases = an.Cases.from_frames(rows, as_of="2015-12-20", observed_from="2009-12-21")
    table = an.observations(cases, period=2015, definitions="counts", calendar="dec-21").table
    records = table[table["kind"] == RECORD]
    assert len(records)
    for row in records.to_dict("records"):
        given = eval(row["call"], {"an": an, "cases": cases})  # noqa: S307 - the call is the package's own
        assert given["value"].tolist()[-1] == row["value"]
        assert given["period_end"].iloc[-1] == pd.Timestamp("2015-12-20")
    told = table[table["kind"] == ROUND].iloc[0]
    given = eval(told["call"], {"an": an, "cases": cases})  # noqa: S307 - the call is the package's own
    assert given.sentence.cell == told["sentence"]
    assert 'calendar="dec-21"' in told["call"]


@pytest.mark.full
def test_the_stock_and_the_round_are_always_among_them(sample_cases):
    young = an.Cases.from_frames(
        pd.DataFrame({"filed_on": ["2011-01-04"] * 30, "closed_on": ["2011-06-01"] * 20 + [None] * 10}),
        as_of="2011-12-31",
    )
    found = an.observations(young, period=2011, definitions="counts")
    assert set(found.table["kind"]) >= {STOCK, ROUND}
    assert not found.table["beyond_chance"].fillna(False).any()


def test_outside_nothing_tells_of_a_case_and_no_cell_is_of_one_or_two(sample_cases, outside):
    numbers = sample_cases.table.case_no.execute()
    text = " ".join(outside.table[["sentence", "evidence", "call"]].to_numpy().ravel().astype(str))
    assert not any(number in text for number in numbers)
    assert outside.table["case_numbers"].isna().all()
    cells = outside.tests
    for top, base in (("numerator", "denominator"), ("base_numerator", "base_denominator")):
        assert not cells[top].between(1, 2).any()
        rates = cells[cells["of"] == "rate"]
        assert not (rates[base] - rates[top]).between(1, 2).any()
    assert all(change.single.empty for change in outside.ratio_changes.values())
    assert "officer" not in set(cells["breakdown"])


def test_headlines_are_of_different_topics_and_claim_no_random_change(inside):
    head = inside.headlines(3)
    assert len(head) == 3
    assert head["indicator"].iloc[0] == "recovery_rate"
    assert STOCK in set(head["kind"])
    assert not (head["beyond_chance"] == False).any()  # noqa: E712 - missing is neither


@pytest.mark.full
def test_a_planted_change_of_a_team_is_found_and_no_other_team_accused():
    rng = np.random.default_rng(5)
    rows = []
    for year in (2010, 2011):
        for team in "甲乙丙丁":
            share = 0.4 if (year, team) == (2011, "乙") else 0.8
            for _ in range(150):
                mode = "completed" if rng.random() < share else "terminated_this_round"
                rows.append(
                    {
                        "filed_on": f"{year}-02-01",
                        "closed_on": f"{year}-09-01",
                        "team": f"执行{team}组",
                        "closure_mode": mode,
                    }
                )
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31", observed_from="2006-01-01")
    found = an.observations(cases, period=2011, definitions="fujin-2012", names=True).of_kind(CELL)
    teams = found[found["breakdown"] == "team"]
    assert {group.split("\n")[0] for group in teams["group"]} == {"执行乙组"}
    assert (teams[teams["indicator"] == "actual_enforcement_rate"]["class"] == "problem").all()


@pytest.mark.full
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_closings_before_the_filing_bring_a_stock_below_nothing_without_a_warning():
    days = pd.date_range("2010-01-05", "2011-12-20", freq="7D")
    frame = pd.DataFrame(
        {"case_no": [f"（{day.year}）示0123执{n}号" for n, day in enumerate(days, 1)], "filed_on": days}
    )
    frame["closed_on"] = frame["filed_on"] - pd.Timedelta(days=300)
    frame.loc[::10, "closed_on"] = pd.NaT
    cases = an.Cases.from_frames(frame.assign(closure_mode="completed"), as_of="2011-12-31", observed_from="2010-01-01")
    assert "closing" in set(an.observations(cases, period=2011).table["indicator"])


@pytest.mark.full
def test_blanks_of_a_column_are_no_change_of_a_mix_or_rate():
    days = pd.date_range("2022-01-01", "2023-10-31", freq="D").repeat(2)
    rows = pd.DataFrame({"filed_on": days, "closed_on": days + pd.Timedelta(days=40), "amount_claimed": 20_000.0})
    rows["closure_mode"] = np.where(np.arange(len(rows)) % 2, "completed", "terminated_this_round")
    rows["basis"] = np.where(np.arange(len(rows)) % 3, "civil", "arbitration")
    rows.loc[(rows["closed_on"].dt.year == 2023) & (np.arange(len(rows)) % 4 < 2), "closure_mode"] = None
    cases = an.Cases.from_frames(rows, as_of="2023-12-31", observed_from="2022-01-01")
    found = an.observations(cases, period=2023)
    said = found.table["sentence"]
    assert not said.str.contains("从结案方式看").any(), "half of 2023 does not say its mode"
    assert (
        said[said.str.contains("执行完毕率")]
        .str.contains("执行完毕率在.*之间（.*件未填所需的内容；.*），不作同比")
        .all()
    )
    assert found.mix.loc[found.mix["breakdown"] == "closure_mode", "change"].isna().all()
    assert found.mix.loc[found.mix["breakdown"] == "basis", "change"].notna().all()


@pytest.mark.full
def test_key_figures_are_by_the_definitions_of_the_years_told_however_far_the_register_reaches():
    months = pd.date_range("2016-01-05", "2025-12-05", freq="MS")
    frame = pd.DataFrame({"filed_on": months, "closed_on": months + pd.Timedelta(days=20)})
    frame["amount_claimed"], frame["amount_recovered"], frame["case_type"] = 100.0, 40.0, "first"
    cases = an.Cases.from_frames(frame, as_of="2025-12-31")
    found = an.observations(cases, period=2025).key_figures.set_index("indicator")["definition"]
    told = an.indicators(cases, periods=range(2021, 2026)).set_index("indicator")["definition"]
    for name in ("recovery_rate", "closed_within_limit_rate"):
        assert set(found[[name]]) == set(told[[name]]), name


def two_courts(*years):
    """Courts with a 执行一组 each: court, year and how many of its 120 filings were closed."""
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "court": court, "team": [f"执行{team}组" for team in "一二" * 60], "area": ["东乡", "西乡"] * 60,
                    "filed_on": [f"{year}-02-01"] * 120, "closed_on": [f"{year}-05-01" if n < done else None for n in range(120)],
                }
            )
            for court, year, done in years
        ]
    )  # fmt: skip


ONE_MOVED = (
    ("甲县人民法院", 2010, 110),
    ("甲县人民法院", 2011, 40),
    ("乙县人民法院", 2010, 100),
    ("乙县人民法院", 2011, 112),
)


@pytest.mark.full
def test_teams_of_several_courts_are_not_added_up():
    """Every court has a 执行一组 of its own: a team of two courts together is none."""
    frame = two_courts(*ONE_MOVED)
    both = an.Cases.from_frames(frame, as_of="2011-12-31", definitions="spc-2008")
    assert not {"team", "area"} & set(an.observations(both, period=2011).tests["breakdown"])
    alone = an.observations(both.where(court="甲县人民法院"), period=2011).tests["breakdown"]
    assert {"team", "area"} <= set(alone)
    assert "court" not in set(alone)


@pytest.mark.full
def test_a_register_of_several_courts_tells_which_of_them_moved():
    cases = an.Cases.from_frames(two_courts(*ONE_MOVED), as_of="2011-12-31", definitions="spc-2008")
    found = an.observations(cases, period=2011)
    moved = found.table[found.table["breakdown"] == "court"]
    assert moved["sentence"].tolist() == [
        "从法院看，甲县人民法院结案率30.77%（40/130），同比下降60.90个百分点，超出随机波动范围。\n"
        "Closure rate (court: 甲县人民法院): 30.77% (40/130), down 60.90 percentage points year on year, beyond random variation."
    ]
    again = eval(moved["call"].iloc[0], {"an": an, "cases": cases}).query("court == '甲县人民法院'")  # noqa: S307
    assert again["value"].round(2).tolist() == [91.67, 30.77]
    assert found.mix.query("breakdown == 'court'")["numerator"].tolist() == [120, 120]


@pytest.mark.full
def test_a_court_whose_register_begins_later_is_not_compared():
    """Its stock of the year before is not known: what it closed of it is no closure rate."""
    days = pd.date_range("2007-01-01", "2011-12-01", freq="3D")
    frame = pd.DataFrame(
        {"filed_on": days, "closed_on": days + pd.to_timedelta([30, 120, 400] * 200, unit="D")[: len(days)]}
    )
    begun = pd.Timestamp("2010-07-01")
    late = frame[frame["closed_on"] >= begun]
    both = pd.concat([frame.assign(court="甲县人民法院"), late.assign(court="乙县人民法院")])
    cases = an.Cases.from_frames(both, as_of="2011-12-31", definitions="spc-2008")
    assert not cases.begun_at("乙县人民法院").is_whole(pd.Timestamp("2010-01-01"))
    assert cases.beginning.is_whole(pd.Timestamp("2011-01-01"))
    found = an.observations(cases, period=2011).tests
    assert set(found.loc[found["breakdown"] == "court", "group"].str[0]) == {"甲"}


@pytest.mark.full
def test_what_heads_a_report_is_not_one_team_told_three_times():
    found = an.observations(register(), period=2011)
    cells = found.headlines(5).dropna(subset="group")
    assert not cells.duplicated(["breakdown", "group"]).any(), "the second of a team comes after what is said of others"
    every = found.headlines(len(found.table))
    assert set(every.loc[every["breakdown"] == "team", "indicator"]) == {"actual_enforcement_rate", "closure_rate"}
    assert not (every["apart"] == False).any(), "cells that moved as the court did"  # noqa: E712


def test_a_cell_that_moved_less_than_the_rest_does_not_stand_out():
    cells = types.SimpleNamespace(
        share=False, numbers=np.array([[900.0, 90], [780, 50]]), bases=np.array([[1000.0, 100], [1000, 100]])
    )
    assert not is_apart(cells, 0), "it fell by 12 points where the rest fell by 40"
    assert is_apart(cells, 1)


def test_of_a_few_petitions_no_percentage_is_said():
    name = Text("每百件结案信访数", "petitions per 100 closed cases")
    said = rate_moved(name, (2.82, 4, 142), (1.74, 2, 115), "件/百件", None)
    assert said.zh == "每百件结案信访数2.82件/百件（4/142），上年同期2/115，分子不足50，不计增幅"
    assert "61.97" not in said.en
    assert "62.07%" in rate_moved(name, (2.82, 400, 14200), (1.74, 200, 11500), "件/百件", None).zh
    mean = Text("恢复执行平均用时", "mean time of reopened cases")
    assert "不计百分比" in rate_moved(mean, (78.67, 708, 9), (116.8, 584, 5), "天", None).zh
    few_before = rate_moved(mean, (80, 4800, 60), (116.8, 584, 5), "天", None)
    assert few_before.zh == "恢复执行平均用时80.00天（4,800/60），上年同期584/5，基数不足50，不计百分比"
    paid = Text("案均到位金额", "amount recovered per case")
    assert "不计百分比" in rate_moved(paid, (7500, 90_000, 12), (5333.33, 80_000, 15), "元/件", None).zh


@pytest.mark.full
def test_a_register_that_is_counted_by_the_engine_and_of_several_courts_is_told_as_one_of_rows(monkeypatch):
    days = pd.date_range("2023-01-02", periods=300, freq="2D")
    closed = [day + pd.Timedelta(days=40) if n % 3 else None for n, day in enumerate(days)]
    courts = [f"第{n % 4}县人民法院" for n in range(300)]
    rows = pd.DataFrame({"filed_on": days, "closed_on": closed, "court": courts})
    listed = an.observations(an.Cases.from_frames(rows, as_of="2024-12-31"), period=2024)
    monkeypatch.setattr("analysis.measures.indicators.case_tally.ROWS_HANDED_OVER", 10)
    counted = an.observations(an.Cases.from_frames(rows, as_of="2024-12-31"), period=2024)
    assert counted.table["sentence"].tolist() == listed.table["sentence"].tolist()


@pytest.mark.full
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_month_in_which_nothing_is_filed_has_no_mix_of_filings():
    filed = [*pd.date_range("2010-01-04", "2011-10-20", freq="3D"), pd.Timestamp("2011-12-05")]
    rows = {"filed_on": filed, "basis": ["civil", "arbitration"] * (len(filed) // 2) + ["civil"] * (len(filed) % 2)}
    found = an.observations(an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31"), period="2011-11")
    mix = found.mix.query("breakdown == 'basis'")
    assert len(mix) == 2
    assert mix["share"].isna().all()
    assert mix["numerator"].tolist() == [0, 0]


def of_completed_rates(rates, cases=600):
    """A register of the years up to 2024 whose cases end in their year: so many percent of them completed."""
    rows = []
    for year, rate in zip(range(2025 - len(rates), 2025), rates, strict=True):
        done = round(cases * rate / 100)
        modes = ["completed"] * done + ["terminated_this_round"] * (cases - done)
        rows.append(pd.DataFrame({"filed_on": f"{year}-02-01", "closed_on": f"{year}-06-01", "closure_mode": modes}))
    return an.Cases.from_frames(pd.concat(rows), as_of="2024-12-31")


def completed_record(rates):
    found = an.observations(of_completed_rates(rates), period=2024, definitions="spc-2024")
    return found.of_kind(RECORD).query("indicator == 'completed_rate'").iloc[0], found.headlines(50)


@pytest.mark.full
def test_a_record_within_random_variation_is_no_feature_and_no_problem():
    row, heads = completed_record([52.0, 51.5, 52.5, 52.0, 51.0])
    assert row["class"] == "note"
    assert "为2020年以来同期最低，在随机波动范围之内，不宜据此评价" in row["sentence"]
    assert "the lowest since 2020, within random variation" in row["sentence"]
    assert not (heads["kind"] == RECORD).any()


@pytest.mark.full
def test_a_slow_fall_is_a_problem_though_each_step_is_within_random_variation():
    row, heads = completed_record([64.0, 60.0, 56.0, 52.0, 48.0])
    assert row["beyond_chance"]
    assert row["class"] == "problem"
    assert "连续4年下降，与以往各年相比超出随机波动范围。" in row["sentence"]
    assert "completed_rate" in set(heads["indicator"])


@pytest.mark.full
def test_a_record_beside_one_odd_year_long_ago_is_within_random_variation():
    row, heads = completed_record([30.0, 52.0, 51.0, 52.0, 53.0])
    assert "为2020年以来同期最高，在随机波动范围之内" in row["sentence"], "higher than all by the odd year alone"
    assert not (heads["kind"] == RECORD).any()


@pytest.mark.full
def test_a_rate_that_no_test_can_judge_is_a_fact_and_no_feature():
    """Claims that differ little give no limits: that the recovery rate rose, to the highest of five years, may be chance."""
    rng, years = np.random.default_rng(3), range(2020, 2025)
    parts = []
    for year, share in zip(years, (0.40, 0.48, 0.45, 0.50, 0.60), strict=True):
        claimed = np.exp(rng.normal(10, 1, 300)).round(2)
        rows = {"filed_on": f"{year}-02-01", "closed_on": f"{year}-06-01", "closure_mode": "completed"}
        parts.append(
            pd.DataFrame({"amount_claimed": claimed, "amount_recovered": (share * claimed).round(2)}).assign(**rows)
        )
    cases = an.Cases.from_frames(pd.concat(parts), as_of="2024-12-31")
    table = an.observations(cases, period=2024, definitions="spc-2024").table
    told = table[(table["indicator"] == "recovery_rate") & table["kind"].isin([MOVED, RECORD])].set_index("kind")
    assert told["beyond_chance"].isna().all()
    assert (told["class"] == "note").all()
    for row in told["sentence"]:
        assert "未作检验，不能判断是否属于随机波动" in row
        assert "not tested: whether chance explains it is not known" in row
    assert "为2020年以来同期最高，未作检验" in told.loc[RECORD, "sentence"]
    assert "同比上升10.00个百分点，未作检验" in told.loc[MOVED, "sentence"]


@pytest.mark.full
def test_a_fall_of_what_official_sets_judge_by_an_interval_is_a_problem_and_a_rise_none():
    fallen, risen = (
        completed_record(rates)[1] for rates in ([60.0, 60.0, 60.0, 60.0, 40.0], [40.0, 40.0, 40.0, 40.0, 60.0])
    )
    classes = [dict(zip(heads["indicator"], heads["class"], strict=True)) for heads in (fallen, risen)]
    assert [of["completed_rate"] for of in classes] == ["problem", "feature"]


@pytest.fixture(scope="module")
def with_a_large_case():
    """Two years of 300 cases, two in three paid in full; in the second one more of as much as all of them, nine tenths of it paid."""
    rng = np.random.default_rng(21)
    parts = []
    for year in (2023, 2024):
        claimed = np.round(rng.uniform(20_000, 180_000, 300), 2)
        paid = np.where(np.arange(300) % 3 < 2, claimed, 0)
        days = [f"{year}-{n % 11 + 1:02d}-{{}}" for n in range(300)]
        rows = {"filed_on": [day.format("04") for day in days], "closed_on": [day.format("25") for day in days]}
        rows |= {
            "closure_mode": np.where(paid > 0, "completed", "terminated_this_round"),
            "amount_claimed": claimed,
            "amount_recovered": paid,
        }
        parts.append(pd.DataFrame(rows | {"basis": np.where(np.arange(300) % 2, "civil", "arbitration")}))
    parts[1].loc[0, ["amount_claimed", "amount_recovered"]] = [30_000_000.0, 27_000_000.0]
    return an.Cases.from_frames(pd.concat(parts, ignore_index=True), as_of="2024-12-31", observed_from="2023-01-01")


@pytest.mark.full
def test_a_ratio_that_one_large_case_decides_is_not_split_outside_and_no_feature(with_a_large_case):
    found = an.observations(with_a_large_case, period=2024, definitions=["counts", "spc-2024"])
    row = found.of_kind(MOVED).query("indicator == 'recovery_rate'").iloc[0]
    assert row["class"] == "note"
    assert "个别大标的案件左右这一变化，金额不对外，不作分解，不宜据此评价" in row["sentence"]
    assert "构成变化" not in row["sentence"]
    assert not found.ratio_changes["recovery_rate"].is_told


def test_outside_a_ratio_of_which_nothing_may_be_judged_heads_no_report(with_a_large_case):
    heads = an.observations(with_a_large_case, period=2024, definitions=["counts", "spc-2024"]).headlines(50)
    names = heads["indicator"].tolist()
    assert "recovery_rate" not in names, "what moved is a fact of the sum, which stands for its topic"
    assert "amount_recovered" in names


@pytest.mark.full
def test_inside_the_large_case_is_named_and_the_ratio_that_says_why_heads_its_topic(with_a_large_case):
    found = an.observations(with_a_large_case, period=2024, definitions=["counts", "spc-2024"], names=True)
    heads = found.headlines(50)
    told = heads[heads["indicator"].isin(["recovery_rate", "amount_recovered"])]
    assert told["indicator"].tolist() == ["recovery_rate"], (
        "one of a topic: the one that says why, though the sum moved by more"
    )
    assert "（上年0件、本期1件" in told["sentence"].iloc[0]
    assert heads["indicator"].iloc[0] == "recovery_rate", "in the place of its topic"


@pytest.mark.full
def test_a_cell_that_moved_beyond_chance_heads_counts_and_sums_that_move_every_year():
    """Filings four fewer than ever and a sum that one claim moved are facts, and come after it."""
    parts = []
    for year, filed in zip(range(2020, 2025), (610, 603, 600, 604, 596), strict=True):
        basis = np.where(np.arange(filed) % 6 == 0, "arbitration", "civil")
        share = np.where(basis == "arbitration", 0.3 if year == 2024 else 0.8, 0.5)
        done = (np.arange(filed) // 6 * 0.6180339887) % 1 < share
        rows = {"filed_on": f"{year}-02-01", "closed_on": f"{year}-08-01", "basis": basis}
        rows |= {"closure_mode": np.where(done, "completed", "terminated_this_round"), "amount_claimed": 20_000.0}
        parts.append(pd.DataFrame(rows).assign(amount_recovered=np.where(done, 20_000.0, 0.0)))
    parts[-2].loc[5, "amount_claimed"] = 4_000_000.0
    cases = an.Cases.from_frames(pd.concat(parts, ignore_index=True), as_of="2024-12-31")
    heads = an.observations(cases, period=2024).headlines(50)
    assert heads.loc[0, ["kind", "breakdown", "class"]].tolist() == [CELL, "basis", "problem"]
    small = heads[(heads["kind"] == RECORD) | (heads["indicator"] == "amount_closed")]
    assert {RECORD, MOVED} == set(small["kind"])
    assert (small["score"] < 0.25 * heads["score"].iloc[0]).all()


@pytest.mark.parametrize(("now", "is_problem"), [(237, False), (280, True)])
def test_a_stock_higher_than_ever_by_a_few_cases_is_no_problem(now, is_problem):
    """Pending at the ends of four years: 232, 230, 223 and 237 go up and down by themselves."""
    parts = [
        pd.DataFrame({"filed_on": f"{year}-02-01", "closed_on": [f"{year + 1}-01-15"] * pending + [f"{year}-08-01"] * 500})
        for year, pending in zip(range(2021, 2025), (232, 230, 223, now), strict=True)
    ]  # fmt: skip
    cases = an.Cases.from_frames(pd.concat(parts), as_of="2024-12-31", observed_from="2021-01-01")
    told = an.observations(cases, period=2024).table.query("kind == 'record' and indicator == 'closing'")
    assert "为2021年以来同期最高" in told["sentence"].item()
    assert (told["score"] >= TELLING).item() == is_problem


def of_two_years(before, now, claim):
    """As many filings of the year before and of this, closed the same year, each of so much more than the year before."""
    years = ((2023, before, 20_000.0), (2024, now, 20_000.0 * claim))
    parts = [
        pd.DataFrame({"filed_on": f"{year}-02-01", "closed_on": f"{year}-08-01", "amount_claimed": [amount] * number})
        for year, number, amount in years
    ]
    return an.Cases.from_frames(pd.concat(parts), as_of="2024-12-31", observed_from="2023-01-01")


@pytest.mark.parametrize(("before", "now"), [(55, 58), (200, 211)])
def test_outside_a_sum_stands_after_counts_that_moved_as_much_and_is_told_where_it_moved_more(before, now):
    """No test judges a sum; of a court of 58 closings one of claims stood before them, for it was taken as one standard error."""
    alike = an.observations(of_two_years(before, now, 1.008), period=2024).headlines(20)
    assert alike["indicator"].iloc[0] in ("filed", "closed")
    more = an.observations(of_two_years(before, now, 1.9), period=2024).headlines(20)
    moved = more[more["kind"] == MOVED]["indicator"].tolist()
    assert moved[0].startswith("amount"), "nearly twice the sum is no less than a few cases more"


@pytest.mark.full
def test_a_sum_that_moved_by_its_largest_cases_says_so(with_a_large_case):
    asked = {"definitions": ["counts", "spc-2024"], "names": True}
    found = an.observations(with_a_large_case, period=2024, **asked)
    row = found.of_kind(MOVED).query("indicator == 'amount_closed'").iloc[0]
    assert "变化的一半以上来自两期各自数额最大的5件案件。" in row["sentence"]
    assert "half of the change or more is that of the five largest cases of each period." in row["sentence"]
    even = an.observations(with_a_large_case, period=2023, **asked)
    assert "数额最大" not in "".join(even.table["sentence"])


@pytest.mark.full
def test_the_call_of_a_sum_says_whether_its_largest_cases_moved_it_as_plain_sorting_does():
    """Nine registers with and without large cases: sentence, note of the call and the cases sorted by hand agree."""
    seen = []
    for seed in range(9):
        rng = np.random.default_rng(seed)
        rows = pd.DataFrame({"filed_on": np.repeat(["2010-02-01", "2011-02-01"], [150, 160])})
        rows["closed_on"] = rows["filed_on"].str[:4] + "-09-01"
        rows["court"] = rng.choice(["North", "South"], 310)
        rows["amount_claimed"] = np.exp(rng.normal(10, (0.4, 1.2, 1.8)[seed % 3], 310)).round(2)
        rows["amount_recovered"] = (rows["amount_claimed"] * rng.choice([0.2, 0.9], 310)).round(2)
        cases = an.Cases.from_frames(rows, as_of="2011-12-31", observed_from="2010-01-01")
        found = an.observations(cases, period=2011, definitions="fujin-2012", names=True).of_kind(MOVED)
        for name, amounts in (("amount_closed", "amount_claimed"), ("amount_recovered", "amount_recovered")):
            was, now = (rows.loc[rows["closed_on"].str[:4] == year, amounts] for year in ("2010", "2011"))
            share = (now.nlargest(5).sum() - was.nlargest(5).sum()) / (now.sum() - was.sum())
            row = found[(found["indicator"] == name) & (found["against"] == "year_on_year")].iloc[0]
            given = eval(row["call"], {"an": an, "cases": cases})  # noqa: S307 - the call is the package's own
            assert ("数额最大的5件" in row["sentence"]) == (share >= 0.5)
            assert given["note"].str.contains("数额最大的5件").tolist() == [False, share >= 0.5]
            assert given["note"].str.contains("five largest cases").tolist() == [False, share >= 0.5]
            seen.append(share >= 0.5)
    assert set(seen) == {True, False}
    of_courts = an.indicators(
        cases, periods=[2010, 2011], by="court", only="amount_closed", definitions="counts", names=True
    )
    for court, part in rows.groupby("court"):
        was, now = (part.loc[part["closed_on"].str[:4] == year, "amount_claimed"] for year in ("2010", "2011"))
        share = (now.nlargest(5).sum() - was.nlargest(5).sum()) / (now.sum() - was.sum())
        notes = of_courts.loc[of_courts["court"] == court, "note"]
        assert notes.str.contains("数额最大的5件").tolist() == [False, share >= 0.5]


@pytest.mark.full
def test_the_largest_case_of_a_register_without_numbers_is_told_by_its_year():
    """Sixty alike cases a year, and one of 9 million that brought 100,000."""
    rows = [
        (f"{year}-01-10", f"{year}-06-10", 50_000.0 + 100 * n, 40_000.0) for year in (2010, 2011) for n in range(60)
    ]
    rows += [("2011-02-01", "2011-07-01", 9_000_000.0, 100_000.0), ("2011-12-01", None, 10_000.0, None)]
    frame = pd.DataFrame(rows, columns=["filed_on", "closed_on", "amount_claimed", "amount_recovered"])
    cases = an.Cases.from_frames(frame, as_of="2011-12-31")
    said = " ".join(an.observations(cases, period=2011, definitions="fujin-2012", names=True).table["sentence"])
    assert "最大一件在2011年，900.0万元中计10.0万元" in said
    assert "nan" not in said


def with_property(share):
    """Two years of 300 cases with property and 300 without, of which so many in a hundred of the first year's and the second's are performed in time."""
    parts = []
    for year, done in zip((2023, 2024), share, strict=True):
        case = np.arange(600)
        own = case % 2 == 0
        performed = (case // 2 * 0.6180339887) % 1 < np.where(own, done, 0.3)
        basis = np.where(case % 4 < 2, "arbitration", "civil")
        parts.append(
            pd.DataFrame(
                {
                    "filed_on": f"{year}-02-01", "closed_on": f"{year}-06-01", "has_property": own, "basis": basis, "extension_days": 0,
                    "excluded_days": 0, "case_type": "first", "closure_mode": np.where(performed, "completed", "terminated_this_round"),
                }
            )
        )  # fmt: skip
    return an.Cases.from_frames(pd.concat(parts, ignore_index=True), as_of="2024-12-31", observed_from="2023-01-01")


@pytest.mark.full
def test_one_figure_does_not_head_a_report_under_two_names_and_no_id_stands_in_the_evidence():
    found = an.observations(with_property((0.8, 0.4)), period=2024, definitions="spc-3plus1")
    heads = found.headlines(len(found.table))
    sides = ["numerator", "denominator", "base_numerator", "base_denominator"]
    cell = found.table[(found.table["kind"] == "cell") & (found.table["group"].str.startswith("有财产", na=False))]
    assert len(cell), "the cell is found"
    assert not heads.dropna(subset=sides).duplicated(sides).any()
    evidence = heads.set_index("indicator")["evidence"]["with_property_in_time_rate"]
    assert "spc-" not in evidence
    assert "有财产可供执行案件法定期限内实际执结率：" in evidence
    assert "；本期120/300，上年同期240/300" in evidence


@pytest.mark.full
def test_where_neither_mix_nor_single_cases_explain_a_change_the_group_within_which_it_happened_is_named():
    case = np.arange(600)
    done = [(case * 0.6180339887) % 1 < np.where(case % 3 == 0, share, 0.6) for share in (0.6, 0.05)]
    rows = pd.concat(
        pd.DataFrame(
            {
                "filed_on": f"{year}-02-01", "closed_on": f"{year}-06-01", "basis": np.where(case % 3 == 0, "arbitration", "civil"),
                "closure_mode": np.where(performed, "completed", "terminated_this_round"),
            }
        )
        for year, performed in zip((2023, 2024), done, strict=True)
    )  # fmt: skip
    cases = an.Cases.from_frames(rows.reset_index(drop=True), as_of="2024-12-31", observed_from="2023-01-01")
    found = an.observations(cases, period=2024, definitions="spc-2024").of_kind("moved")
    said = found.loc[(found["indicator"] == "completed_rate") & (found["against"] == "year_on_year"), "sentence"].item()
    before, now = (100 * performed[case % 3 == 0].sum() / 600 for performed in done)
    assert f"（其中仲裁案件{number(now - before, 2)}个百分点）" in said


def test_the_evidence_does_not_say_the_name_of_a_figure_in_place_of_its_formula():
    """In English it read: pending for more than 12 months: pending for more than 12 months."""
    days = pd.date_range("2020-01-04", periods=360, freq="4D")
    is_open = (np.arange(360) % 9 == 0) & (np.arange(360) > 90)
    rows = {"case_no": [str(n) for n in range(360)], "filed_on": days}
    closed = pd.Series(days + pd.Timedelta(days=60)).mask(is_open)
    cases = an.Cases.from_frames(pd.DataFrame(rows | {"closed_on": closed}), as_of="2023-12-31")
    found = an.observations(cases, period=2023, definitions="spc-2024").table
    said = [in_language(cell, "en") for cell in found["evidence"].dropna()]
    pending = [text for text in said if text.startswith("pending for more than 12 months: ")]
    assert pending
    assert all("months: counted case by case in the register" in text for text in pending)


def test_a_fall_of_what_is_performed_is_found_in_years_for_which_no_national_set_has_its_share():
    rows = [
        (f"{year}-02-01", f"{year}-06-01", "执行完毕" if n < performed else "和解", basis)
        for year, basis, performed in (
            (2016, "仲裁", 60),
            (2016, "民事", 60),
            (2017, "仲裁", 20),
            (2017, "民事", 60),
        )
        for n in range(150)
    ]
    frame = pd.DataFrame(rows, columns=["filed_on", "closed_on", "closure_mode", "basis"])
    found = an.observations(an.Cases.from_frames(frame, as_of="2017-12-31"), period=2017, names=True).of_kind("cell")
    told = found[(found["indicator"] == "completed_rate") & (found["breakdown"] == "basis")]
    assert told["sentence"].str.contains(
        "仲裁案件执行完毕率13.33%（20/150），同比下降26.67个百分点，超出随机波动范围"
    ).tolist() == [True]


@pytest.mark.parametrize(
    ("period", "before"),
    [("2011年1—11月", None), ("2011年前三季度", None), ("2011H1", "2010-07-01"), ("2011-11", "2011-10-01")],
)
def test_the_period_before_is_none_that_is_mostly_the_same_period_of_the_year_before(sample_cases, period, before):
    previous = compared(sample_cases, period, calendar="calendar-year").previous
    assert (previous and f"{previous.start:%Y-%m-%d}") == before


def test_a_ratio_that_was_not_tested_heads_no_report_before_facts_and_tests():
    """Cases taken up again rise from 10 to 40 a year: how many of a hundred terminations that is, no test judges."""
    years = []
    for year, again in ((2021, 10), (2022, 10), (2023, 10), (2024, 40)):
        filed = pd.Timestamp(f"{year}-01-01") + pd.to_timedelta(np.arange(360), unit="D")
        mode = np.where(np.arange(360) % 3 == 0, "terminated_this_round", "completed")
        case_type = np.where(np.arange(360) < again, "reopened", "first")
        years.append(pd.DataFrame({"filed_on": filed, "closure_mode": mode, "case_type": case_type}))
    rows = pd.concat(years, ignore_index=True)
    rows["case_no"] = [f"（2024）冀0199执{n}号" for n in range(len(rows))]
    closed = rows["filed_on"] + pd.Timedelta(days=60)
    is_closed = closed <= pd.Timestamp("2024-12-31")
    rows = rows.assign(closed_on=closed.where(is_closed), closure_mode=rows["closure_mode"].where(is_closed))
    found = an.observations(an.Cases.from_frames(rows, as_of="2024-12-31"), period=2024)
    table, heads = found.table, found.headlines(10)["indicator"].tolist()
    assert (
        table.loc[table["indicator"] == "reopened_ratio", "score"].max()
        > table.loc[table["kind"] == "stock", "score"].max()
    )
    assert heads[-1] == "reopened_ratio"
    assert "closing" in heads


def long_pending(filed):
    """Three years of so many filed each and closed within two months, but for 6 filed in 2022 and 13 filed in 2023, which stay open."""
    rows = []
    for year, left in ((2022, 6), (2023, 13), (2024, 0)):
        days = pd.date_range(f"{year}-01-01", f"{year}-10-31", periods=filed).normalize()
        closed = pd.Series(days + pd.Timedelta(days=40)).where(np.arange(filed) >= left)
        rows.append(pd.DataFrame({"filed_on": days, "closed_on": closed}))
    frame = pd.concat(rows, ignore_index=True)
    frame.loc[frame["filed_on"].dt.year.eq(2022) & frame["closed_on"].isna(), "closed_on"] = pd.Timestamp("2024-03-01")
    return an.Cases.from_frames(frame, as_of="2024-12-31", observed_from="2022-01-01")


@pytest.mark.parametrize(("filed", "is_told"), [(100, True), (5000, False)])
def test_what_goes_from_six_to_thirteen_is_no_headline_where_thousands_are_on_hand(filed, is_told):
    found = an.observations(long_pending(filed), period=2024)
    (row,) = (
        found.of_kind(MOVED)
        .query("value == 13 and base == 6 and unit == '件' and against == 'year_on_year'")
        .to_dict("records")
    )
    assert row["class"] == "problem"
    assert (row["score"] >= TELLING) is is_told


@pytest.mark.parametrize(("scheme", "judged"), [(None, []), ("fujin-2012", []), ("spc-2008", ["clearance_rate"])])
def test_the_target_of_a_set_that_ships_judges_a_court_that_chose_it_as_its_scheme_alone(scheme, judged):
    """The national set of 2008 asks for a clearance rate of 100%; that the court counts by it does not make the target its own."""
    cases = replace(register(), scheme=scheme)
    found = an.observations(cases, period=2011, definitions="spc-2008")
    assert found.of_kind(TARGET)["indicator"].tolist() == judged
    known = Material.of(cases, year=2011, returns=None, peers=None, definitions="spc-2008", calendar=None)
    (own,) = {
        known.definition(name).target for name in known.indicators["definition"] if name.endswith("/clearance_rate")
    }
    assert (own is not None) == bool(judged)


def test_a_report_by_a_set_that_ships_has_no_target_beside_its_figures():
    for scheme, target in ((None, None), ("fujin-2012", (80.0, None))):
        cases = replace(register(), scheme=scheme)
        known = Material.of(cases, year=2011, returns=None, peers=None, definitions="fujin-2012", calendar=None)
        assert known.definition("fujin-2012/closed_of_filed_rate").target == target


@pytest.mark.parametrize(("mix", "told"), [(0.001, False), (0.5, True)])
def test_a_part_of_a_change_that_is_nothing_is_not_told(inside, mix, told):
    found = inside.ratio_changes["closure_rate"]
    parts = found.parts[found.parts["group"].isna()].assign(
        points=lambda p: p["part"].map({"mix": mix, "single_cases": 0.0, "within_groups": found.change - mix})
    )
    said = explained(replace(found, parts=parts), Text("结案率", "closure rate"), inside=True)
    assert ("构成变化" in said.zh, "the mix" in said.en) == (told, told)
