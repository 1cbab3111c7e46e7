"""Every kind of mark, said once."""

from __future__ import annotations

import pytest

from analysis.charts.drawing import marks as m

KINDS: dict[str, m.Mark] = {
    "line": m.Line(role="recorded", x=[0, 1, 3], y=[5, -2, 8], label="甲", hover=["五", "负二", "八"]),
    "step": m.Line(role="mean", x=[0, 2], y=[4, 4], step="post"),
    "way": m.Line(role="recorded", x=[0, 2, 1], y=[1, 3, 2], shaded=True),
    "band": m.Band(role="counterfactual", x=[0, 1, 2], lower=[1, 2, 3], upper=[4, 6, 8], label="区间"),
    "bars": m.Bars(role="filed", at=[0, 1], values=[3, 4], label="新收"),
    "bars down": m.Bars(role="closed", at=[0, 1], values=[3, 4], way="↓", label="结案"),
    "bars along x": m.Bars(role="computed", at=[0, 1], values=[3, 4], along="x"),
    "points": m.Points(role="own", x=[1, 2], y=[7, 9], hover=["一", "二"]),
    "hollow points": m.Points(role="peer", x=[1, 2], y=[7, 9], hollow=True),
    "intervals": m.Intervals(role="interval", at=[0, 1], lower=[1, 2], upper=[5, 7], capped=True),
    "intervals along x": m.Intervals(role="peer", at=[0, 1], lower=[1, 2], upper=[5, 7], along="x"),
    "rule": m.Rule(role="target", at=6, label="目标"),
    "upright rule": m.Rule(role="reference", at=2, along="x"),
    "span": m.Span(role="accumulating", lower=1, upper=3, label="累积"),
    "level span": m.Span(role="band", lower=2, upper=4, along="y"),
    "words": m.Words(role="text", x=[1, 2], y=[3, 4], texts=["子", "丑"], side="above"),
    "arrows": m.Arrows(role="peer", x=[1, 2], x_to=[4, 2], y=[0, 1], headed=[True, False]),
}


@pytest.fixture
def kinds() -> dict[str, m.Mark]:
    """A mark of each kind, by its name."""
    return KINDS
