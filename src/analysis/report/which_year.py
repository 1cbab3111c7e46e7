"""Which year a yearly report is of: the one that was asked for, or the last that the register can tell of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import months_of, windows, year_window
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.cases.table import Cases


def year_of_report(cases: Cases, year: int | None, *, calendar: str) -> int:
    """Return the year of a report: the one asked for; else the last that is over, or where of that none can be made the one that goes on.

    Raises ``ArgumentError`` for a year that the register does not hold or does not hold whole; it says of which period something can be made.

    >>> import analysis as an
    >>> import pandas as pd
    >>> one = pd.DataFrame({"filed_on": ["2023-10-08"], "closed_on": ["2024-02-01"]})
    >>> cases = an.Cases.from_frames(one, as_of="2024-06-30", observed_from="2023-10-08")
    >>> year_of_report(cases, None, calendar="calendar-year")
    2024
    """
    first = int(cases.table.filed_on.year().min().execute())
    known = cases.as_of
    over = known.year if known >= year_window(known.year, calendar=calendar)[1] else known.year - 1
    able = [
        able for able in dict.fromkeys((max(over, first), known.year)) if _is_able(cases, able, calendar)
    ]  # of a register under a year the one that it has
    if year is None and able:
        return able[0]
    if year is not None and first <= year <= known.year and _is_able(cases, year, calendar):
        return year
    instead = _instead(cases, able, calendar)
    if year is not None and not first <= year <= known.year:
        raise ArgumentError(
            f"{year}年不在台账范围内：台账自{first}年至{known.date()}。{instead.zh}",
            f"{year} is outside the register, which runs from {first} to {known.date()}. {instead.en}",
        )
    why = cases.beginning.text
    what = Text("没有可以出年度报告的年度", "There is no year of which a report can be made")
    if year is not None:
        what = Text(f"{year}年不能出年度报告", f"No report can be made of {year}")
    raise ArgumentError(f"{what.zh}：{why.zh}。{instead.zh}", f"{what.en}: {why.en}. {instead.en}")


def _is_able(cases: Cases, year: int, calendar: str) -> bool:
    """Whether the register tells enough of a year: its filings, or how far they may be held."""
    begun = cases.beginning
    return begun.filings is not None or begun.holds_filings(year_window(year, calendar=calendar)[0])


def _instead(cases: Cases, able: Sequence[int], calendar: str) -> Text:
    """Say what can be made in place of a report that cannot: that of another year, else of months."""
    if able:
        return Text(f"请写明年度：--period {able[0]}。", f"Say --period {able[0]}.")
    begun = cases.beginning
    if begun.whole is None:
        return Text("请导出含未结案件的台账。", "Export the register with the cases that are open.")
    whole = windows(begun.whole, cases.as_of, freq="M", calendar=calendar)
    whole = whole[(whole["period"] >= begun.whole) & (whole["period_end"] <= cases.as_of)]
    more = Text("或者导出含此前结案案件的台账。", "Or export the cases closed before as well.")
    if begun.how == "said":
        since = day_text(year_window(begun.whole.year, calendar=calendar)[0])
        more = Text(
            f"如{since.zh}以来的案件并无遗漏，请把 observed_from 写为这一天。",
            f"If no case is left out since {since.en}, give that day as observed_from.",
        )
    if whole.empty:
        return Text("满一个月后可出简报（bulletin）。", "Bulletins can be made once a month is over. ") + more
    spans = whole[["period", "period_end"]].itertuples(index=False, name=None)
    named = [found for span in spans if (found := months_of(*span, calendar=calendar))]
    first, last = (f"{year}-{month:02d}" for year, month, _ in (named[0], named[-1]))
    until = Text(f"{first}至{last}", f"{first} to {last}") if first != last else Text(last, last)
    months = Text(
        f"{until.zh}各月可出简报：bulletin --period {last}。",
        f"Bulletins can be made of {until.en}: bulletin --period {last}. ",
    )
    return months + more
