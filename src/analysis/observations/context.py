"""What the figures of others say beside the register: the court's own published figures, and other courts'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.observations.backlog import closing_stock
from analysis.returns.reading import by_own_name
from analysis.vocabulary.columns import LEVELS
from analysis.vocabulary.errors import ArgumentError, DataError, must_have_columns
from analysis.vocabulary.labels import code_text
from analysis.vocabulary.periods import days_known, period_days
from analysis.vocabulary.sentences import period as span_text
from analysis.vocabulary.sentences import rate
from analysis.vocabulary.terms import measure_text, term
from analysis.vocabulary.text import Text, listed, number_of

if TYPE_CHECKING:
    from analysis.cases.table import Cases
    from analysis.measures.windows import Window
    from analysis.observations.comparisons import Compared

AGREES = ("agrees", "truncated", "definition", "unchecked")
SCOPE, UNIT = "执行案件", "件"
COMPARED = "closure_rate"


def published_against(
    cases: Cases, returns: pd.DataFrame | None, periods: Compared, definitions: Any
) -> Iterator[dict[str, Any]]:
    """Say which of the court's published figures of the period its register does not give."""
    if returns is None:
        return
    must_have_columns(returns, ["court", "period_start", "period_end"], "observations(returns=)")
    if cases.court is None:
        return
    from analysis.inference.reconciliation.printed import compare_printed

    ends = days_known(returns["period_end"], last=True)
    own = returns[(returns["court"] == cases.court) & ~(ends > periods.now.end)]
    if own.empty:
        return
    found = compare_printed(cases, own, definitions=definitions)
    wrong = found[~found["verdict"].isin(AGREES)]
    if wrong.empty:
        return
    differing = listed(
        Text(
            f"{measure_text(str(row.measure)).zh}{row.printed}（{_verdict(str(row.verdict)).zh}）",
            f"{measure_text(str(row.measure)).en} {row.printed} ({_verdict(str(row.verdict)).en})",
        )
        for row in wrong.itertuples()
    )
    count = len(wrong)
    said = Text(
        f"{count}个公布值与台账核算值不符：{differing.zh}。",
        f"{number_of(count, 'published figure')} differ{'s' if count == 1 else ''} from the register: {differing.en}.",
    )
    yield {
        "class": "problem", "kind": "published", "indicator": "published", "against": "published", "value": float(count), "unit": "",
        "beyond_chance": None, "sentence": said.cell, "evidence": said.cell, "call": "an.compare_printed(cases, returns)",
        "size": 0.3, "surprise": 2.0, "weight": 0.5,
    }  # fmt: skip


def _verdict(code: str) -> Text:
    return code_text("verdict", code) or Text(code, code)


def peers_by_then(peers: pd.DataFrame, end: pd.Timestamp, court: str | None) -> pd.DataFrame:
    """Return other courts' figures of periods that end by a day, the own court among them by its own name: what was published later is not known then."""
    return by_own_name(peers[~(days_known(peers["period_end"], last=True) > end)].reset_index(drop=True), court)


def with_own_court(
    peers: pd.DataFrame, court: str, counts: Mapping[str, int], window: Window, level: str
) -> pd.DataFrame:
    """Return the figures with the own court among them: as published there, else as its register counts the period."""
    from analysis.inference.peers.panel import is_span

    of_window = is_span(period_days(peers), (window.start, window.end))
    published = peers["court"] == court
    if "scope" in peers:
        published &= peers["scope"].isna() | (peers["scope"] == SCOPE)
    # its figure of another period stands beside others of that period alone
    if (published & of_window).any() or (published.any() and not of_window.any()):
        return peers
    own = {name: str(count) for name, count in counts.items()}
    own |= {"court": court, "unit": UNIT, "file": "", "row": "0"}
    # where no other row states them all are compared, which one row that does would part from the others
    own |= {
        name: said for name, said in (("level", level), ("scope", SCOPE)) if name in peers and peers[name].notna().any()
    }
    own |= {"period_start": f"{window.start:%Y-%m-%d}", "period_end": f"{window.end:%Y-%m-%d}"}
    row = pd.DataFrame([own]).reindex(columns=peers.columns).astype(peers.dtypes)
    joined = pd.concat([peers, row], ignore_index=True)
    joined.attrs = peers.attrs  # by which other name the court stands there
    return joined


def standing(cases: Cases, peers: pd.DataFrame | None, window: Window) -> Iterator[dict[str, Any]]:
    """Say whether the court's closure rate is beyond random variation among other courts'."""
    if peers is None:
        return
    must_have_columns(peers, ["court", "period_start", "period_end"], "observations(peers=)")
    if cases.court is None:
        return
    from analysis.inference.peer_panel import peer_panel
    from analysis.inference.peers.dispersion import WIDENED, WIDENED_CALL
    from analysis.inference.peers.funnel import funnel
    from analysis.inference.peers.panel import is_span

    parts, _ = closing_stock(cases, window)
    filed = parts["filed"] + parts["reopened"]
    counts = {
        "opening": parts["opening"],
        "filed": filed,
        "received": parts["opening"] + filed,
        "closing": parts["closing"],
    }
    counts["closed"] = counts["received"] - counts["closing"]
    level = cases.level or next(iter(LEVELS))
    known = peers_by_then(peers, window.end, cases.court)
    among = with_own_court(known, cases.court, counts, window, level)
    days = (window.start, window.end)
    asked: dict[str, Any] = (
        {"period": days} if is_span(period_days(known), days).any() else {}
    )  # else each court's latest year
    try:
        found = funnel(peer_panel(among, indicator=COMPARED, level=level, **asked), highlight=cases.court, **WIDENED)
    except (ArgumentError, DataError):  # the court is not among them, or nothing can be compared: nothing is said
        return
    own = found.table[found.table["court"] == cases.court]
    if own.empty or pd.isna(own["lower_998"].iloc[0]):
        return
    row, number = own.iloc[0], len(found.table)
    outside = bool(row["outside_998"])
    above = row["value"] > row["baseline"]
    shown = rate(100 * row["value"])
    where = (Text("高于", "above"), Text("低于", "below"))[not above]
    when = span_text(row["period_start"], row["period_end"])
    is_wide = bool(found.dispersion["adjusted"])
    wide = (
        Text("（各院差别大于随机波动，已按离散度放宽）", ", widened as courts differ by more than chance")
        if is_wide
        else Text("", "")
    )
    distance = float(row["z"]) / (float(found.dispersion["phi"]) ** 0.5 if is_wide else 1.0)
    of_days = f', period=("{days[0]:%Y-%m-%d}", "{days[1]:%Y-%m-%d}")' if asked else ""
    said = Text(
        f"与其他法院比较（{when.zh}，共{number}个，仅作背景，不构成排名），{term(COMPARED).zh}{shown.zh}"
        + (f"，{where.zh}随机波动的99.8%范围{wide.zh}。" if outside else f"，在随机波动的99.8%范围{wide.zh}之内。"),
        f"Beside other courts ({when.en}, {number} in all, context and no ranking) {term(COMPARED).en} {shown.en} is "
        + (
            f"{where.en} the 99.8% range of random variation{wide.en}."
            if outside
            else f"within the 99.8% range of random variation{wide.en}."
        ),
    )
    yield {
        "class": ("feature" if above else "problem") if outside else "note", "kind": "peers", "indicator": COMPARED, "against": "peers",
        "value": 100 * float(row["value"]), "numerator": float(row["numerator"]), "denominator": float(row["denominator"]),
        "base": 100 * float(row["baseline"]), "change": 100 * float(row["value"] - row["baseline"]), "unit": "%", "beyond_chance": outside,
        "sentence": said.cell, "evidence": said.cell,
        "call": f'an.funnel(an.peer_panel(peers, indicator="{COMPARED}"{of_days}), highlight="{cases.court}", {WIDENED_CALL})',
        "size": 0.3, "surprise": min(abs(distance), 8.0), "weight": 0.8,
    }  # fmt: skip
