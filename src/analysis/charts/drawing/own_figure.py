"""Charts on axes, or in an empty figure, of the caller's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.text import Text as TextArtist

from analysis.charts.drawing import style
from analysis.charts.drawing.end_names import named_at_ends
from analysis.charts.drawing.figure import MM_PER_INCH, legend_columns, make_legible
from analysis.charts.drawing.on_paper import (
    NARROW,
    draw_panel,
    draw_panels,
    grid_of,
    lines_held,
    shared_axes,
    write_point_names,
)
from analysis.vocabulary.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from analysis.charts.drawing.marks import Chart


def draw_on(ax: Axes | Sequence[Axes], chart: Chart, title: str | None, sheet: style.Sheet) -> Any:
    """Draw each panel of a chart on axes of the caller's own, with a legend on the first; gives their figure."""
    axes = [ax] if isinstance(ax, Axes) else list(np.ravel(np.asarray(ax, dtype=object)))
    if not all(isinstance(one, Axes) for one in axes):
        raise ArgumentError(
            "ax 应为 matplotlib 的坐标轴（或几个坐标轴的列表），如 fig, ax = plt.subplots() 所得。",
            "ax must be axes of matplotlib (or a list of them), as fig, ax = plt.subplots() gives.",
        )
    if len(axes) != len(chart.panels):
        number = len(chart.panels)
        raise ArgumentError(
            f"ax：这幅图有{number}个分图，给了{len(axes)}个坐标轴。请用 plt.subplots({number}) 画出同样多的坐标轴，或用 figure= 给一个空的 Figure。",
            f"ax: this chart has {number} panels, and {len(axes)} axes were given. "
            f"Make as many with plt.subplots({number}), or give an empty Figure in figure=.",
        )
    figure: Any = axes[0].get_figure(root=True)
    for frame, panel in zip(axes, chart.panels, strict=True):
        across = float(frame.get_window_extent().width) / figure.dpi * MM_PER_INCH
        periods = max(3, round(sheet.size.periods * across / sheet.size.width))
        draw_panel(frame, panel, millimetres=across, points=sheet.size.points, periods=periods)
    if title is not None:  # above what the y axis shows, which stands where a title on the left would
        axes[0].set_title(title, loc="center", pad=sheet.size.points * 2)
    if order := list(chart.named_marks()):
        named = style.named_handles(axes, order)
        axes[0].legend(list(named.values()), list(named), loc="best", fontsize="small")
    for frame in axes:
        for text in frame.findobj(TextArtist):  # made with the axes, before our style
            text.set_fontfamily(rcParams["font.family"])
    make_legible(figure)
    write_point_names(figure, chart, axes, sheet.size.points)
    return figure


def draw_in(own: Figure | SubFigure, say: Callable[[float], Chart], title: str | None, sheet: style.Sheet) -> Any:
    """Draw a chart into an empty figure of the caller's own, as wide and high as that is, with a legend below the panels.

    Gives that figure, of a SubFigure the one it stands in.
    """
    if not isinstance(own, Figure | SubFigure) or own.axes or own.subfigs:
        raise ArgumentError(
            "figure 应为 matplotlib 的空图（Figure 或 SubFigure），如 plt.figure() 或 fig.subfigures(1, 2)[0] 所得；已有坐标轴的请用 ax=。",
            "figure must be an empty Figure or SubFigure of matplotlib, as plt.figure() or fig.subfigures(1, 2)[0] gives; "
            "for axes that are there use ax=.",
        )
    root: Any = own.get_figure(root=True)
    if root.get_layout_engine() is None:
        root.set_layout_engine("constrained")
    wide, tall = (float(side) / root.dpi * MM_PER_INCH for side in own.bbox.size)
    points = sheet.size.points
    chart = say(lines_held(replace(sheet.size, most=tall)))
    columns, rows = grid_of(chart, wide)
    if columns == 1 and wide >= NARROW:
        chart = named_at_ends(chart, millimetres=wide, tall=tall, points=points)
    axes = list(own.subplots(rows, columns, squeeze=False, **shared_axes(chart, columns)).flat)
    periods = round(sheet.size.periods * wide / sheet.size.width) // columns
    draw_panels(axes, chart, columns, wide / columns, points=points, periods=periods)
    if title is not None:
        own.suptitle(title, x=0.01, ha="left", fontweight="bold")
    if order := list(chart.named_marks()):
        named = style.named_handles(axes, order)
        beside = legend_columns(list(named), millimetres=wide, points=points * 0.88)
        own.legend(list(named.values()), list(named), loc="outside lower left", ncols=beside, fontsize="small")
    make_legible(root)
    write_point_names(root, chart, axes, points)
    return root
