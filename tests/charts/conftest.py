"""Small hand-made results for the chart tests; everything here is synthetic."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text as TextArtist

from analysis.charts.drawing import marks as m
from analysis.inference.cycle.cycle import Cycle, cycle
from analysis.measures.caseflow import caseflow_from_counts
from analysis.measures.durations.ages import PendingAges
from analysis.sample.folder import sample_path
from analysis.vocabulary.text import Text


def _flow(periods: int = 24, *, freq: str = "M", by: str | None = None) -> pd.DataFrame:
    alias = {"M": "MS", "Q": "QS", "Y": "YS", "W": "7D"}[freq]
    starts = pd.date_range("2010-01-01" if freq != "W" else "2010-01-02", periods=periods, freq=alias)
    counts = pd.DataFrame(
        {
            "period": starts,
            "filed": [20 + i % 5 for i in range(periods)],
            "closed": [18 + i % 7 for i in range(periods)],
        }
    )
    flow = caseflow_from_counts(counts, opening=30)
    if by:
        parts = [flow.assign(**{by: name}) for name in ("执行一组", "执行二组", "执行三组")]
        flow = pd.concat(parts, ignore_index=True).sort_values(["period", by], ignore_index=True)
    flow.attrs = {
        "freq": freq,
        "by": [by] if by else [],
        "as_of": "2011-12-31",
        "problems": [],
        "court": "富锦市人民法院",
    }
    return flow


@pytest.fixture
def flow() -> pd.DataFrame:
    return _flow()


@pytest.fixture
def make_flow() -> Callable[..., pd.DataFrame]:
    return _flow


@pytest.fixture
def indicator_table() -> pd.DataFrame:
    rows = []
    for year, rate, base in ((2010, 95.63, 343), (2011, 99.22, 386)):
        shared = {
            "court": "富锦市人民法院",
            "period_start": pd.Timestamp(year, 1, 1),
            "period_end": pd.Timestamp(year, 12, 31),
            "note": "",
        }
        closed = {"indicator": "closure_rate", "value": rate, "numerator": base - 3, "denominator": base}
        rows.append({**shared, **closed, "lower": rate - 2, "upper": min(rate + 1, 100), "unit": "%"})
        amount = {"indicator": "amount_closed", "value": 2046.23, "numerator": 2046.23, "denominator": None}
        rows.append({**shared, **amount, "lower": None, "upper": None, "unit": "万元"})
    table = pd.DataFrame(rows)
    table["definition"] = "fujin-2012/" + table["indicator"]
    return table.astype({"denominator": "float64", "lower": "float64", "upper": "float64"})


@pytest.fixture
def km() -> SimpleNamespace:
    """Two groups: the first reaches one half at day 60, the second never does."""
    curve = pd.DataFrame(
        {
            "has_property": [True, True, True, False],
            "days": [10, 60, 400, 90],
            "at_risk": [10, 8, 2, 5],
            "events": [2, 4, 1, 1],
            "survival": [0.8, 0.4, 0.2, 0.8],
            "lower": [0.5, 0.2, 0.1, 0.4],
            "upper": [0.95, 0.7, 0.5, 0.97],
        }
    )
    summary = pd.DataFrame(
        {
            "has_property": [True, False],
            "n": [10, 5],
            "events": [7, 1],
            "median": [60.0, None],
            "median_lower": [10.0, None],
            "median_upper": [400.0, None],
        }
    )
    test = pd.DataFrame({"test": ["log-rank"], "statistic": [12.0], "df": [1], "p": [0.0005]})
    notes = pd.DataFrame({"has_property": [], "note": []})
    return SimpleNamespace(curve=curve, summary=summary, test=test, notes=notes, caption=Text("案件15件", "15 cases"))


@pytest.fixture
def ages() -> PendingAges:
    bands = pd.DataFrame(
        {"band": ["3个月以内\nup to 3 months", "3–6个月\n3–6 months"], "cases": [61, 14], "share": [61 / 75, 14 / 75]}
    )
    summary = pd.DataFrame({"pending": [75], "median_age": [40.0], "median_days": [55.0]})
    caption = Text("截至2009-06-30未结75件", "75 cases pending on 2009-06-30")
    return PendingAges(summary, bands, pd.DataFrame(), pd.DataFrame(), caption)


@pytest.fixture
def printed_table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "court": ["富锦市人民法院"] * 3,
            "measure": ["closure_rate", "closed", "petition_settlement_rate"],
            "period_start": pd.to_datetime(["2010-01-01", "2011-01-01", "2011-01-01"]),
            "period_end": pd.to_datetime(["2011-12-31", "2011-12-31", "2012-06-11"]),
            "printed": ["99.5", "383", "99"],
            "rebuilt": [100 * 711 / 714, 383.0, float("nan")],
            "verdict": ["truncated", "agrees", "unchecked"],
        }
    )


# -- the cycle of a made-up court: two rounds, a December surge, a campaign


@pytest.fixture(scope="session")
def rounds() -> pd.DataFrame:
    """72 months: accumulating and clearing by turns of 18 months, closings that surge in December."""
    rng = np.random.default_rng(12)
    months = pd.date_range("2006-01-01", periods=72, freq="MS")
    surge = np.where(months.month == 12, 22, -2)
    net = np.repeat([4, -4, 4, -4], 18) + rng.integers(-2, 3, 72)
    counts = pd.DataFrame({"period": months, "filed": 40 + net, "closed": 40 + surge})
    return caseflow_from_counts(counts, opening=60)


@pytest.fixture(scope="session")
def found(rounds: pd.DataFrame) -> Cycle:
    return cycle(rounds)


@pytest.fixture(scope="session")
def quarters() -> Cycle:
    """A real system: the Crown Court, quarterly, without a season."""
    return cycle(pd.read_csv(sample_path("crown_court.csv"), parse_dates=["period"]))


@pytest.fixture(scope="session")
def below_zero() -> Cycle:
    """A yearly flow whose own figures drive the stock below zero."""
    years = pd.DataFrame({"period": range(1990, 2010), "filed": 100, "closed": [90, 120] * 10})
    return cycle(caseflow_from_counts(years, opening=40))


FOREIGN = {  # what a chart of the other language may hold all the same
    "zh": r"XmR|BIC|Friedman|Holm|cycle|[np](?=\s[=<])",
    "en": r"(?!)",
}


def _words(chart: Any) -> list[str]:
    """Every text that a reader of a chart meets, on paper or on the screen."""
    if hasattr(chart, "layout") and hasattr(chart, "to_plotly_json"):
        layout = chart.layout
        said = [layout.meta[name] for name in ("title", "alt", "note")]
        said += [note.text for note in layout.annotations]
        for axis in [*chart.select_xaxes(), *chart.select_yaxes()]:
            said += [axis.title.text, *(axis.ticktext or [])]
        for trace in chart.data:
            texts = trace.text if trace.text is not None else []
            said += [trace.name, *([texts] if isinstance(texts, str) else texts)]
            said += trace.customdata if trace.customdata is not None else []
        return [str(text) for text in said if text]
    chart.savefig(io.BytesIO(), format="png", dpi=40)
    return [chart.alt, *(text.get_text() for text in chart.findobj(TextArtist))]


@pytest.fixture
def speaks_only() -> Callable[[Any, str], None]:
    """Fails where a chart holds a word of the other language."""

    def check(chart: Any, language: str) -> None:
        other = r"[A-Za-z]+" if language == "zh" else r"[\u3000-\u9fff\uff00-\uffef]"
        foreign = {text: re.sub(FOREIGN[language], "", re.sub(r"<[^>]+>", " ", text)) for text in _words(chart)}
        assert [text for text, left in foreign.items() if re.search(other, left)] == []

    return check


@pytest.fixture
def key_of() -> Callable[[Any], list[str]]:
    """The names in a chart's legend."""

    def names(chart: Any) -> list[str]:
        if hasattr(chart, "layout") and hasattr(chart, "to_plotly_json"):
            return [trace.name for trace in chart.data if trace.showlegend is not False]
        return [text.get_text() for text in chart.legends[0].get_texts()]

    return names


@pytest.fixture
def ends_of() -> Callable[[Any], list[str]]:
    """The names that a chart writes at the ends of its lines, panel by panel from below."""

    def names(chart: Any) -> list[str]:
        if hasattr(chart, "layout") and hasattr(chart, "to_plotly_json"):
            return [note.text.strip() for note in chart.layout.annotations if note.xanchor == "left" and note.x == 1]
        beside = [mark for mark in chart.chart.marks("text") if isinstance(mark, m.Words) and mark.frame == "x"]
        return [text.strip() for mark in beside for text in mark.texts]

    return names


# -- where a renderer put a mark


def expected(mark: m.Mark) -> list[tuple[float, ...]]:
    """Where a mark says that it stands: points, or for what has two ends both of them."""
    if isinstance(mark, m.Rule):
        return [(mark.at, mark.at)]
    if isinstance(mark, m.Span):
        return [(mark.lower, mark.upper)]
    x, y = mark.places()
    if isinstance(mark, m.Band) and mark.step:  # where the steps stand between is the renderer's
        return [(float(np.nanmin(mark.lower)), float(np.nanmax(mark.upper)))]
    if isinstance(mark, m.Band | m.Intervals):
        at = mark.x if isinstance(mark, m.Band) else mark.at
        return _known(at, mark.lower, mark.upper)
    if isinstance(mark, m.Arrows):
        return _known(x, y, mark.x_to)
    return _known(x, y)


def _drawn_bars(mark: m.Bars, axes: Any) -> list[tuple[float, ...]]:
    if mark.along == "y":
        return _known(*zip(*((p.get_x() + p.get_width() / 2, p.get_height()) for p in axes.patches), strict=True))
    return _known(*zip(*((p.get_width(), p.get_y() + p.get_height() / 2) for p in axes.patches), strict=True))


def _drawn_rule(mark: m.Rule, axes: Any) -> list[tuple[float, ...]]:
    (line,) = axes.lines
    return [tuple(map(float, line.get_ydata() if mark.along == "y" else line.get_xdata()))]


def _drawn_span(mark: m.Span, axes: Any) -> list[tuple[float, ...]]:
    (patch,) = axes.patches
    low, far = (patch.get_x(), patch.get_width()) if mark.along == "x" else (patch.get_y(), patch.get_height())
    return [(low, low + far)]


def _drawn_intervals(mark: m.Intervals, axes: Any) -> list[tuple[float, ...]]:
    segments = [segment for segment in axes.collections[0].get_segments() if len(segment)]
    along, at = (1, 0) if mark.along == "y" else (0, 1)
    return _known(*([s[end][side] for s in segments] for end, side in ((0, at), (0, along), (1, along))))


def _drawn_line(mark: m.Line, axes: Any) -> list[tuple[float, ...]]:
    if not mark.shaded:
        return _known(*axes.lines[0].get_data())
    segments = axes.collections[0].get_segments()
    return [tuple(map(float, point)) for point in [s[0] for s in segments] + [segments[-1][1]]]


def _drawn_arrows(mark: m.Arrows, axes: Any) -> list[tuple[float, ...]]:
    heads = [text.xy[0] for text in axes.texts]
    starts = axes.collections[0].get_offsets()
    ends = [heads.pop(0) if headed else x for (x, _), headed in zip(starts, mark.headed, strict=True)]
    return _known(*starts.T, ends)


DRAWN: dict[type, Callable[[Any, Any], list[tuple[float, ...]]]] = {
    m.Rule: _drawn_rule,
    m.Span: _drawn_span,
    m.Bars: _drawn_bars,
    m.Band: lambda mark, axes: _band(axes.collections[0].get_paths()[0].vertices, mark),
    m.Intervals: _drawn_intervals,
    m.Line: _drawn_line,
    m.Words: lambda _, axes: [tuple(map(float, text.xy)) for text in axes.texts],
    m.Arrows: _drawn_arrows,
    m.Points: lambda _, axes: _known(*np.ma.getdata(axes.collections[0].get_offsets()).T),
}


def on_paper(mark: m.Mark, axes: Any) -> list[tuple[float, ...]]:
    """Where matplotlib has the same mark, drawn alone on axes."""
    return DRAWN[type(mark)](mark, axes)


def on_screen(mark: m.Mark, figure: Any) -> list[tuple[float, ...]]:
    """Where plotly has the same mark, drawn alone."""
    if isinstance(mark, m.Rule | m.Span):
        (shape,) = figure.layout.shapes
        return [(shape.x0, shape.x1) if mark.along == "x" else (shape.y0, shape.y1)]
    if isinstance(mark, m.Words) and (mark.frame or mark.haloed):
        return [(note.x, note.y) for note in figure.layout.annotations]
    traces = [trace for trace in figure.data if trace.meta == mark.role]
    if isinstance(mark, m.Band):
        low, high = traces
        assert high.fill == "tonexty"
        if mark.step:
            return [(float(np.nanmin(low.y)), float(np.nanmax(high.y)))]
        return _known(low.x, low.y, high.y)
    trace, *heads = traces  # arrowheads on the way are a trace of their own
    assert len(heads) == (isinstance(mark, m.Line) and mark.headed > 0)
    x, y = (np.array(places, dtype=object) for places in (trace.x, trace.y))
    if isinstance(mark, m.Intervals):
        at, ends = (x, y) if mark.along == "y" else (y, x)
        return _known(at[::3], ends[::3], ends[1::3])
    if isinstance(mark, m.Arrows):
        steps = iter(zip(x, y, strict=True))
        rows = []
        for headed in mark.headed:
            (start, up), end = next(steps), next(steps)[0] if headed else None
            next(steps)
            rows.append((start, up, end if headed else start))
        return rows
    return _known(x, y)


def _known(*columns: Any) -> list[tuple[float, ...]]:
    rows = zip(*(np.asarray(column, dtype=float) for column in columns), strict=True)
    return [row for row in (tuple(map(float, row)) for row in rows) if not np.isnan(row).any()]


def _band(vertices: np.ndarray, mark: m.Band) -> list[tuple[float, ...]]:
    if mark.step:
        return [(float(vertices[:, 1].min()), float(vertices[:, 1].max()))]
    found = []
    for place in np.asarray(mark.x, dtype=float):
        there = vertices[np.isclose(vertices[:, 0], place), 1]
        found.append((float(place), float(there.min()), float(there.max())) if len(there) else (float(place),))
    return found


@pytest.fixture
def told() -> Callable[[Any], list[dict[Any, str]]]:
    """What a screen chart tells on hovering, panel by panel: the text by its place along x."""

    def by_place(figure: Any) -> list[dict[Any, str]]:
        traces = [trace for trace in figure.data if trace.meta == "told"]
        return [dict(zip(trace.x, trace.customdata, strict=True)) for trace in traces]

    return by_place


@pytest.fixture
def placed() -> SimpleNamespace:
    """Where a mark says that it stands, and where paper and screen have it."""
    return SimpleNamespace(expected=expected, on_paper=on_paper, on_screen=on_screen)
