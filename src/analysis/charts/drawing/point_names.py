"""Names beside points: each where it covers no other name and as few points and lines as possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis.charts.drawing.typesetting import width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

NEAR, HALO, LINE = 6.0, 2.0, 1.25  # gap to the point and width of the white halo in points; line height in text sizes
# What a place costs: over a point, over lines, out of the panel, over another name, an axis or the edge of the figure. A name in a cloud covers points
# rather than being cut off at the edge: more of them than this cost no more.
COVERS, CROSSES, OUTSIDE, OVERLAPS = 1.0, 2.0, 8.0, 20.0
MOST_COVERED = 5
STEPS = 12  # places along a name at which the lines under it are looked for
# Where a name may stand: to the right or left of its point, above, level or below; then straight above and below.
PLACES = (
    ("left", 1, "bottom", 0.4), ("left", 1, "top", -0.4), ("right", -1, "bottom", 0.4), ("right", -1, "top", -0.4),
    ("left", 1, "center", 0), ("right", -1, "center", 0), ("center", 0, "bottom", 1), ("center", 0, "top", -1),
)  # fmt: skip


class Named(NamedTuple):
    """A point of a panel with the name it is to bear; the own court's is bold and always written."""

    panel: Axes
    x: float
    y: float
    text: str
    own: bool


def write_names(figure: Figure, names: Sequence[Named], *, points: float) -> list[Named]:
    """Write names beside their points once the layout stands; returns those left out as they would cover another.

    Call it after ``style.finish``, inside ``style.drawing``.
    """
    from matplotlib.text import Text

    figure.draw_without_rendering()
    scale, letters = figure.dpi / 72, points * 0.88
    texts = [
        text for panel in figure.axes for text in panel.get_children() if isinstance(text, Text) and text.get_text()
    ]
    taken = [
        np.asarray(text.get_window_extent().extents) for text in texts
    ]  # titles of panels and of what they count too
    left_out = []
    most = OUTSIDE if len({name.panel for name in names}) > 1 else OVERLAPS  # a name does not run into another panel
    for name in sorted(names, key=lambda name: not name.own):
        size = np.array([width(name.text) * letters * (1.06 if name.own else 1.0), letters * LINE]) * scale
        at = np.asarray(name.panel.transData.transform((name.x, name.y)), float)
        boxes = [_box(at, size, place, scale) for place in PLACES]
        costs = [_cost(box, name.panel, taken) for box in boxes]
        best = int(np.argmin(costs))
        if costs[best] >= most and not name.own:
            left_out.append(name)
            continue
        taken.append(boxes[best])
        _write(name, PLACES[best], letters)
    return left_out


def _box(at: np.ndarray, size: np.ndarray, place: tuple[str, int, str, float], scale: float) -> np.ndarray:
    """The name's rectangle in pixels: left, bottom, right, top."""
    across, right, along, up = place
    x = at[0] + right * NEAR * scale - {"left": 0.0, "center": 0.5, "right": 1.0}[across] * size[0]
    y = at[1] + up * NEAR * scale - {"bottom": 0.0, "center": 0.5, "top": 1.0}[along] * size[1]
    return np.array([x, y, x + size[0], y + size[1]])


def _cost(box: np.ndarray, panel: Axes, taken: list[np.ndarray]) -> float:
    frame = panel.get_window_extent().extents
    out = (box[:2] < frame[:2]).sum() + (box[2:] > frame[2:]).sum()
    edge = panel.figure.bbox.extents
    # at the left and below stand the axes with their numbers
    cut = (box[:2] < frame[:2]).any() or (box[2:] > edge[2:]).any()
    over = sum(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)
    covered = 0
    for group in panel.collections:
        offsets = np.ma.getdata(group.get_offsets())
        if len(offsets) > 1 or (len(offsets) == 1 and offsets.any()):
            seen = panel.transData.transform(offsets)
            covered += int(np.all((seen > box[:2]) & (seen < box[2:]), axis=1).sum())
    crossed = any(_crosses(box, line) for line in panel.get_lines())
    drawn_over = COVERS * min(covered, MOST_COVERED) + CROSSES * crossed
    return drawn_over + OUTSIDE * float(out) + OVERLAPS * (over + bool(cut))


def _crosses(box: np.ndarray, line: Line2D) -> bool:
    """True if a line that runs from left to right passes under a rectangle."""
    x, y = line.get_transform().transform(np.column_stack(line.get_data())).T
    if len(x) < 2 or line.get_linestyle() == "None" or not (np.diff(x) >= 0).all():
        return False
    along = np.interp(np.linspace(box[0], box[2], STEPS), x, y, left=np.nan, right=np.nan)
    return bool(((along > box[1]) & (along < box[3])).any())


def _write(name: Named, place: tuple[str, int, str, float], points: float) -> None:
    from matplotlib.patheffects import withStroke

    across, right, along, up = place
    written = name.panel.annotate(
        name.text,
        (name.x, name.y),
        xytext=(right * NEAR, up * NEAR),
        textcoords="offset points",
        ha=across,
        va=along,
        fontsize=points,
        fontweight="bold" if name.own else "normal",
        zorder=6,
        path_effects=[withStroke(linewidth=HALO, foreground="white")],
    )
    written.set_in_layout(False)
