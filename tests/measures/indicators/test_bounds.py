"""Bounds of figures of a register with blank cells are those of the worst and best ways to fill them in."""

from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pandas as pd
import pytest

import analysis as an

YEAR = ("2023-01-01", "2023-12-31")
# filed, closed, mode, claimed, recovered, basis: one case each; a blank closing beside a mode is undecided
ROWS = [
    ("2022-05-01", "2023-03-01", "执行完毕", 100.0, 80.0, "民事"),
    ("2022-05-01", "", "执行完毕", 100.0, 50.0, "民事"),
    ("2023-02-01", "2023-08-01", "", 200.0, 100.0, "民事"),
    ("2023-02-01", "2023-08-01", "终本", 300.0, 0.0, "民事"),
    ("2023-03-01", "", "终本", 100.0, 0.0, ""),
    ("2023-03-01", "2023-05-01", "执行完毕", 100.0, None, "仲裁"),
    ("2023-04-01", "", "", 100.0, None, "仲裁"),
    ("2023-04-01", "2023-12-01", "终本", 100.0, 20.0, ""),
]
NAMES = ["立案日期", "结案日期", "结案方式", "申请执行标的额", "实际到位金额", "执行依据"]
ASKED = (
    "closing",
    "opening",
    "received",
    "closed",
    "closure_rate",
    "completed_rate",
    "mean_days_to_close",
    "recovery_rate",
)


def worlds():
    """Every register that the blanks allow, its closings at the ends of the spans in which they may lie."""
    ways = []
    for filed, closed, mode, claimed, recovered, basis in ROWS:
        days = [closed] if closed or not mode else ["", filed, max(filed, YEAR[0]), YEAR[1]]
        modes = (
            [mode] if bool(mode) == bool(closed) else ["执行完毕", "终本"]
        )  # of a closing that is not known, nor is the mode
        amounts = [recovered] if recovered is not None or not closed else [0.0, claimed]
        bases = [basis] if basis else ["民事", "仲裁"]
        ways.append(list(product([filed], days, modes, [claimed], amounts, bases)))
    return product(*ways)


def figures(rows):
    """The figures of a register without blanks, counted by hand."""
    first, last = YEAR
    done = [row for row in rows if first <= row[1] <= last]
    opening = sum(filed < first and not "" < closed < first for filed, closed, *_ in rows)
    received = opening + sum(filed >= first for filed, *_ in rows)
    days = sum((date.fromisoformat(closed) - date.fromisoformat(filed)).days for filed, closed, *_ in done)
    performed = sum(row[2] == "执行完毕" for row in done)
    claimed, recovered = (sum(row[place] or 0.0 for row in done) for place in (3, 4))
    tops, bases = (len(done), performed, days / 100, recovered), (received, len(done), len(done), claimed)
    ratios = [100 * top / base if base else np.nan for top, base in zip(tops, bases, strict=True)]
    return [received - len(done), opening, received, len(done), *ratios]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    path = tmp_path_factory.mktemp("blank") / "台账.csv"
    frame = pd.DataFrame(ROWS, columns=NAMES)
    frame.insert(0, "案号", [f"（{day[:4]}）桂0555执{i}号" for i, (day, *_) in enumerate(ROWS, 1)])
    frame.to_csv(path, index=False)
    cases = an.read_cases(path, as_of=YEAR[1], court="甲县人民法院")
    cases = replace(cases, observed_from=pd.Timestamp("2022-01-01"))
    asked = {"periods": 2023, "definitions": ["spc-2024", "counts", "trio-2014"], "only": ASKED, "names": True}
    return an.indicators(cases, **asked), an.indicators(cases, by="basis", **asked)


@pytest.mark.full
def test_every_bound_is_that_of_the_worst_or_best_way_to_fill_in_the_blanks(found):
    told, by = found
    every = list(worlds())
    for basis, code in ((None, None), ("民事", "civil"), ("仲裁", "arbitration")):
        rows = (told if basis is None else by[by["basis"] == code]).drop_duplicates("indicator").set_index("indicator")
        parts = ([row for row in world if basis in (None, row[5])] for world in every)
        truth = pd.DataFrame(map(figures, parts), columns=ASKED)
        for name in rows.index:
            row = rows.loc[name]
            if pd.isna(row["value"]):
                assert row["note"], "a figure that is missing says why"
                continue
            ends = (truth[name].min(), truth[name].max())
            shown = (row["least"], row["most"]) if pd.notna(row["least"]) else (row["value"], row["value"])
            assert shown == pytest.approx(ends), (name, basis)


def test_a_sum_says_of_amounts_that_it_leaves_out_that_they_may_stand_there_unread():
    row = {"filed_on": "2011-02-01", "closed_on": "2011-06-01", "closure_mode": "completed", "amount_claimed": 100.0}
    rows = [
        row | {"case_no": f"（2011）富执字第{i}号", "amount_recovered": 100.0 if i > 2 else None} for i in range(60)
    ]
    table = an.indicators(
        an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31"), periods=[2011], definitions="counts"
    )
    said = "".join(table.loc[table["definition"] == "counts/amount_recovered", "note"])
    assert "3件实际到位金额未填或未识别，未计入" in said
    assert "缺少" not in said
