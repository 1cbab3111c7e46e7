"""The truth behind the sample, as a file: what a method that analyses the sample should find."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.sample import case_histories, flows
from analysis.sample.flows import CAMPAIGN, CAMPAIGN_EXTRA, ROUNDS, SPRING_FESTIVAL, plan

HEAD = """\
# 合成样本背后的真值：由 analysis.sample 写出，用来检验方法是否找得回它。
# The truth behind the synthetic sample, written by analysis.sample: what a method should find again.
"""


def truth_toml(seed: int, frames: Mapping[str, pd.DataFrame]) -> str:
    """The parameters that made the sample and what they came to, as TOML text."""
    drawn, cases = plan(seed), frames["cases"]
    closed = cases.dropna(subset=["closed_on"])
    in_campaign = closed["closed_on"].between(pd.Timestamp(CAMPAIGN[0]), pd.Timestamp(CAMPAIGN[1]))
    before = closed["closed_on"] < pd.Timestamp(CAMPAIGN[0])
    shares = {
        name: round(float((closed.loc[rows, "closure_mode"] == "terminated_this_round").mean()), 4)
        for name, rows in (("before", before), ("during", in_campaign), ("after", ~before & ~in_campaign))
    }
    lines = [HEAD, f"seed = {seed}", "synthetic = true", ""]
    lines += ["[campaign]", f'start = "{CAMPAIGN[0]:%Y-%m}"', f'end = "{CAMPAIGN[1]:%Y-%m}"']
    lines += [
        "# 专项活动使每月多结的案件数；对新收没有影响。 Closings that the campaign adds each month; none on filings.",
        f"extra_closings_per_month = {CAMPAIGN_EXTRA}",
        "extra_filings_per_month = 0",
        "# 整个活动多结的案件数，也就是活动末未结因此少的件数。 Closings added in all, so many fewer pending at its end.",
        f"extra_closings_in_all = {sum(drawn.extra.values())}",
        "",
        "# 每月若无专项活动的结案数（收结存其余不变）。 Monthly closings had there been no campaign.",
        "[closings_without_campaign]",
        *(f'"{name}" = {count}' for name, count in drawn.ordinary.items()),
        "",
        "# 终本占结案的比例。 Share of closings that only ended this round of enforcement.",
        "[share_terminated_this_round]",
        *(f"{name} = {share}" for name, share in shares.items()),
        "",
        "# 终本后恢复执行的概率（计划值）。 Planned chance that such a case is reopened.",
        "[chance_reopened]",
        *(f"{name} = {per_mille / 1000}" for name, per_mille in case_histories.REOPENED.items()),
        "",
    ]
    for segment in ROUNDS:
        lines += ["[[phases]]", f'name = "{segment.name}"', f'kind = "{segment.manner}"']
        lines += [f'start = "{segment.start:%Y-%m}"', f'end = "{segment.end:%Y-%m}"', ""]
    lines += ["[[phases]]", 'name = "low, steady stock"', 'kind = "steady"', 'start = "2010-01"', 'end = "2011-12"', ""]
    lines += ["[spring_festival]", *(f'{year} = "{day}"' for year, day in SPRING_FESTIVAL.items()), ""]
    lines += [
        "# 各季节的权重：每个工作日的相对新收、结案数。 Relative filings and closings of a working day.",
        "[season]",
    ]
    lines += [f"{name} = {value}" for name, value in _season().items()]
    return "\n".join(lines) + "\n"


def _season() -> dict[str, int]:
    """The weights of days that stand for their season, read from the functions that weigh the days."""
    from datetime import date

    return {
        "filings_ordinary": flows.filing_weight(date(2008, 6, 11)),
        "filings_january": flows.filing_weight(date(2008, 1, 9)),
        "filings_spring_festival": flows.filing_weight(date(2008, 2, 14)),
        "filings_december_before_2010": flows.filing_weight(date(2008, 12, 10)),
        "filings_late_december_before_2010": flows.filing_weight(date(2008, 12, 24)),
        "filings_december_since_2010": flows.filing_weight(date(2010, 12, 8)),
        "filings_late_december_since_2010": flows.filing_weight(date(2010, 12, 22)),
        "closings_ordinary": flows.closing_weight(date(2008, 6, 11)),
        "closings_month_end": flows.closing_weight(date(2008, 6, 25)),
        "closings_spring_festival": flows.closing_weight(date(2008, 2, 14)),
        "closings_december_before_2010": flows.closing_weight(date(2008, 12, 10)),
        "closings_late_december_before_2010": flows.closing_weight(date(2008, 12, 24)),
    }
