"""The verdict on one court's flow, with its evidence, power and robustness as tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.counts import BLOCK, counts_of
from analysis.inference.cycle.debts import moved_of, share_moved, with_debts_open
from analysis.inference.cycle.endings import ending_of
from analysis.inference.cycle.evidence import evidence_table, power_table
from analysis.inference.cycle.robustness import robustness_table
from analysis.inference.cycle.sentences import months_needed, verdict_text
from analysis.inference.cycle.series import FlowSeries
from analysis.inference.cycle.verdict import read

VERDICTS = (
    "rounds",
    "one_campaign",
    "lasting_change",
    "fewer_filings",
    "filings_wave",
    "queue",
    "reclassified",
    "no_evidence",
    "too_short",
)
ENDINGS = ("not_in_rounds", "continues", "ended", "cannot_know_yet")
VERDICT_COLUMNS = ["verdict", "ended", "months_needed", "same_share", "on_debts", "p_if_going_on", "sentence"]


def judged(series: FlowSeries, cases: Any) -> dict[str, pd.DataFrame]:
    """``verdicts`` (one row), ``evidence``, ``power`` and ``robustness`` of one series.

    ``verdicts``: ``verdict, ended, months_needed, same_share`` (of the variants)``, on_debts`` (the verdict with terminated cases counted as
    open; missing without a register, and where closings without a mode decide it)``, p_if_going_on`` (how likely so long a quiet is if
    rounds went on)``, sentence``.
    """
    counts = counts_of(series)
    reading = read(counts)
    ending = ending_of(reading)
    moved = moved_of(series, cases)
    if moved is not None and series.freq == "W":
        moved = moved.added(BLOCK)
    robustness = robustness_table(reading, moved)
    on_debts = None
    if moved is not None and reading.design is not None:
        ends = [(read(with_debts_open(counts, each)), each.terminated) for each in moved.ends()]
        on_debts = ends[0][0].verdict if len({debts.verdict for debts, _ in ends}) == 1 else None
        shares = [share_moved(reading, *each) for each in ends]
        least = min((share for share in shares if share is not None), default=None)
        if least is not None and None not in shares:
            reading = replace(reading, verdict="reclassified", on_labels=reading.verdict, moved=least)
            ending = ending_of(reading)
    power = power_table(reading)
    more = months_needed(reading, ending)
    text = verdict_text(reading, ending, power, robustness, more)
    known = ending.ended in ("ended", "cannot_know_yet", "continues")
    row = {
        "verdict": reading.verdict,
        "ended": ending.ended,
        "months_needed": more,
        "same_share": float(robustness["same"].mean()) if len(robustness) else np.nan,
        "on_debts": on_debts,
        "p_if_going_on": ending.likelihood_if_going_on if known else np.nan,
        "sentence": text.cell,
    }
    verdicts = pd.DataFrame([row], columns=VERDICT_COLUMNS).astype({"months_needed": "Int64", "on_debts": "str"})
    return {"verdicts": verdicts, "evidence": evidence_table(reading), "power": power, "robustness": robustness}
