"""The court among other courts of its level: bands and intervals where they can be compared, no league table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.drawing.court_names import DOUBT, doubtful
from analysis.report.content import COUNT, DATE, RATE, Block, Figure, Paragraph, Section, Table
from analysis.report.inputs import PEER_INDICATOR, Material
from analysis.returns.reading import named_otherwise
from analysis.returns.several_courts import is_no_court
from analysis.vocabulary import sentences
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, listed, number_of

if TYPE_CHECKING:
    from analysis.inference.peers.funnel import Funnel

SHOWN = (
    "court",
    "period_end",
    "numerator",
    "denominator",
    "value",
    "lower_95",
    "upper_95",
    "lower_998",
    "upper_998",
    "outside_998",
    "verdict",
)
ENDINGS = ("_95", "_998")
BAND = Text(
    "仅作背景，不构成排名；带状为随机波动的95%和99.8%范围。",
    "Context, not a ranking. The bands hold 95% and 99.8% of what chance alone gives.",
)
WIDER_BAND = Text(
    "仅作背景，不构成排名；带状为95%和99.8%范围，因各院差别大于随机波动，已按离散度φ放宽。",
    "Context, not a ranking. The bands hold 95% and 99.8%; as the courts differ by more than chance, they are widened by φ.",
)
NO_BAND = Text("仅作背景，不构成排名。", "Context, not a ranking.")
AMONG = {
    "basic": Text("与其他基层法院比较", "Beside other grassroots courts"),
    "intermediate": Text("与其他中级法院比较", "Beside other intermediate courts"),
    "high": Text("与其他高级法院比较", "Beside other high courts"),
}
FEWEST_DRAWN = 3  # courts of a chart: fewer are read in the table
LIMITS = ("value", "lower_95", "upper_95", "lower_998", "upper_998")


def peers(material: Material) -> Section:
    """Write the funnel of closure rates with the own court marked, where the courts can be compared; its numbers are an annex."""
    found = material.funnel
    blocks = () if found is None or found.why_no_limits.zh else _blocks(material, found)
    drawn = tuple(block for block in blocks if not isinstance(block, Table))
    return Section("peers", str(AMONG[material.level]), drawn)


def published_elsewhere(material: Material) -> Section:
    """Write the annex of what other courts published: the numbers of the funnel, or all where they are too few of one definition and period to be compared."""
    found = material.funnel
    blocks = () if found is None else _blocks(material, found)
    if found is not None and not found.why_no_limits.zh:
        blocks = tuple(replace(block, picture=None) for block in blocks if isinstance(block, Table))
    return Section(
        "published-elsewhere",
        str(Text("其他法院公布的数字", "Figures that other courts published")),
        blocks,
        annex=True,
        on_slides=False,
    )


def _blocks(material: Material, found: Funnel) -> tuple[Block, ...]:
    from analysis.charts.funnel import plot_funnel
    from analysis.inference.peers.dispersion import WIDENED, WIDENED_CALL

    shown_as = str(_band(found)) + _own(material, found)
    figure = Figure(
        id="peers-funnel",
        caption=str(
            Text("各法院公布的结案率及其年度", "Closure rates as courts published them, with their years")
            if found.why_no_limits.zh
            else Text("各法院结案率与其受理数的漏斗图", "Funnel of closure rates against cases received")
        ),
        function="analysis.plot_funnel",
        parameters={"indicator": PEER_INDICATOR},
        note=shown_as + _doubt(found.table),
        plot=plot_funnel,
        result=found,
        numbers=found.table,
    )
    table = Table(
        id="peers-limits",
        caption=str(
            Text("各法院的数字", "The courts' figures")
            if found.why_no_limits.zh
            else Text("漏斗图的数字与控制限", "The funnel's numbers and limits") + _year(found.table)
        ),
        function="analysis.funnel",
        parameters={"indicator": PEER_INDICATOR, **WIDENED},
        frame=_in_percent(found.table, limits=not found.why_no_limits.zh),
        picture=figure,
        formats={"numerator": COUNT, "denominator": COUNT} | dict.fromkeys(LIMITS, RATE) | {"period_end": DATE},
    )
    call = f'an.funnel(an.peer_panel(peers, indicator="{PEER_INDICATOR}", level="{material.level}"), highlight="{material.court}", {WIDENED_CALL})'
    named = "".join(f"{Text('', ' ')}{said}" for said in named_otherwise(material.compared))
    words = str(sentences.sentence(found.caption)) + _left_out(found) + named
    said = Paragraph(words, calls=(call,), basis=str(term(PEER_INDICATOR)))
    if set(found.table["court"]) == {material.court}:
        return (said,)
    is_drawn = found.table["court"].nunique() >= FEWEST_DRAWN
    return (said, figure, table) if is_drawn else (said, replace(table, note=shown_as, picture=None))


def _band(found: Funnel) -> Text:
    """Say what the bands hold, where there are any."""
    if found.why_no_limits.zh:
        return NO_BAND
    return WIDER_BAND if found.dispersion["adjusted"] else BAND


def _left_out(found: Funnel) -> str:
    """Say how many courts are not among those shown, and why."""
    rows = found.excluded[~found.excluded["court"].isin(found.table["court"])].dropna(subset="court")
    rows = rows[~rows["court"].map(is_no_court).astype(bool)].drop_duplicates("court", keep="last")
    why = {str(reason): len(part) for reason, part in rows.groupby("reason", sort=False)}
    if not why:
        return ""
    said = [(term(f"reason_{reason}"), n if len(why) > 1 else "") for reason, n in why.items()]
    text = Text(
        f"另有{len(rows)}家未列入：{'；'.join(f'{n}家{name.zh}' if n else name.zh for name, n in said)}。",
        f" {number_of(len(rows), 'more court')} left out: {'; '.join(f'{n} ({name.en})' if n else name.en for name, n in said)}.",
    )
    return str(text)


def _own(material: Material, found: Funnel) -> str:
    """Say where the own court's figure is from, if not from print; or why it is not among the others."""
    court, year = material.court, material.year
    if court in set(found.table["court"]):
        text = Text(f"本院为台账中{year}年的数字。", f" The court's own figure is the register's for {year}.")
        return str(text) if material.is_counted_for_peers else ""
    reasons = found.excluded.loc[found.excluded["court"] == court, "reason"].unique()
    why = listed(term(f"reason_{name}") for name in reasons)
    return str(Text(f"本院未列入：{why.zh}。", f" The court's own figure is left out: {why.en}."))


def _doubt(table: pd.DataFrame) -> str:
    """Return what the dagger beside a court means, where there is one."""
    text = Text(f"{DOUBT} 公布值与件数对不上。", f" {DOUBT} The published figure is at odds with its counts.")
    return str(text) if doubtful(table).any() else ""


def _year(table: pd.DataFrame) -> Text:
    """The year of courts that share one, which then needs no column."""
    years = table["period_end"].dt.year.unique()
    return Text(f"（{years[0]}年）", f", {years[0]}") if len(years) == 1 else Text("", "")


def _in_percent(table: pd.DataFrame, *, limits: bool) -> pd.DataFrame:
    shown = table[[name for name in SHOWN if name in table and (limits or not name.endswith(ENDINGS))]].copy()
    if limits and not doubtful(shown).any():  # names of courts have need of the room
        shown = shown.drop(columns="verdict", errors="ignore")
    percent = [name for name in LIMITS if name in shown]
    shown[percent] *= 100
    return shown.drop(columns="period_end") if limits and _year(table).zh else shown
