"""The screen figure: plotly with our template, our font named, its words inside and its buttons in two languages."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.charts import fonts, palette
from analysis.charts.scales import PLOTLY_DATES
from analysis.charts.typesetting import wrapped
from analysis.vocabulary.errors import OutputError
from analysis.vocabulary.language import spoken

if TYPE_CHECKING:
    import plotly.graph_objects as go

TEMPLATE = "court"
TITLE_EMS, NOTE_EMS = 46, 62  # a line of title and of note, in a figure about 800 px wide
TITLE_PX, NOTE_PX, TEXT_PX = 17, 12, 13
RENDERERS = ("plotly_mimetype", "jupyterlab", "notebook", "vscode", "browser")

# The words of plotly's own buttons and hints that a reader meets; plotly.js itself speaks English.
BUTTONS = {
    "Download plot as a PNG": "下载图片（PNG）",
    "Download plot as a png": "下载图片（PNG）",
    "Download plot as PNG": "下载图片（PNG）",
    "Download plot": "下载图片",
    "Zoom": "缩放",
    "Pan": "平移",
    "Zoom in": "放大",
    "Zoom out": "缩小",
    "Autoscale": "自动缩放",
    "Reset axes": "还原坐标轴",
    "Reset": "还原",
    "Toggle Spike Lines": "显示或隐藏引导线",
    "Show closest data on hover": "悬停时显示最近的数据",
    "Compare data on hover": "悬停时对比数据",
    "Double-click to zoom back out": "双击还原缩放",
    "Double-click on legend to isolate one trace": "双击图例只看一个系列",
    "Taking snapshot - this may take a few seconds": "正在生成图片，请稍候",
    "Snapshot succeeded": "图片已生成",
    "Sorry, there was a problem downloading your snapshot!": "图片下载失败",
}


def template() -> go.layout.Template:
    """Our plotly template: family named, white ground, quiet grid, the four grey-safe colours."""
    import plotly.graph_objects as go

    axis = {
        "automargin": True,
        "gridcolor": palette.RULE,
        "linecolor": palette.MUTED,
        "tickcolor": palette.MUTED,
        "ticks": "outside",
        "showline": True,
        "zeroline": False,
        "title": {"standoff": 8},
    }
    family = {"family": fonts.WEB_FAMILY, "color": palette.INK}
    layout = go.Layout(
        font={**family, "size": TEXT_PX},
        title={
            "font": {**family, "size": TITLE_PX, "weight": 700},
            "subtitle": {"font": {**family, "size": NOTE_PX, "color": palette.MUTED}},
            "x": 0.01,
            "xanchor": "left",
            "yanchor": "top",
        },
        colorway=[palette.NAVY, palette.ORANGE, palette.BLUE, palette.SAND],
        colorscale={"sequential": palette.SEQUENTIAL.capitalize()},
        paper_bgcolor="white",
        plot_bgcolor="white",
        separators=".,",
        hoverlabel={"font": family, "bgcolor": "white", "bordercolor": palette.MUTED},
        hovermode="x unified",
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"},
        xaxis={**axis, "showgrid": False},
        yaxis=axis,
        bargap=0.15,
    )
    return go.layout.Template(layout=layout)


def finish(figure: go.Figure, *, title: str, alt: str, note: str) -> go.Figure:
    """Template, title, note under the title, and the words where a writer finds them (``layout.meta``)."""
    title_lines = [html.escape(line, quote=False) for line in wrapped(title, TITLE_EMS)]
    note_lines = [html.escape(line, quote=False) for line in wrapped(note, NOTE_EMS)] if note else []
    top = 18 + len(title_lines) * TITLE_PX * 1.35 + len(note_lines) * NOTE_PX * 1.4 + 44
    figure.update_layout(
        template=template(),
        title={
            "text": "<br>".join(title_lines),
            "subtitle": {"text": "<br>".join(note_lines)},
            "y": 1,
            "yref": "container",
            "pad": {"t": 16},
        },
        margin={"t": round(top), "l": 60, "r": 24, "b": 50},
        meta={"alt": alt, "title": title, "note": note, "language": spoken()},
    )
    return figure


def bare(figure: go.Figure) -> go.Figure:
    """A copy without title and note, for a page that sets them as text of its own; ``layout.meta`` keeps them."""
    import plotly.graph_objects as go

    copy = go.Figure(figure)
    copy.update_layout(title={"text": "", "subtitle": {"text": ""}}, margin={"t": 48})
    return copy


def date_axis(figure: go.Figure, freq: str, **where: Any) -> None:
    """Dates on the x axes as the language spoken writes them (``where``: row=, col= of one panel)."""
    form = PLOTLY_DATES[spoken()][freq]
    figure.update_xaxes(type="date", tickformat=form, hoverformat=form, **where)


def config(language: str | None = None) -> dict[str, Any]:
    """A plotly ``config=``: few buttons, no logo, responsive, and its words in the language."""
    settings: dict[str, Any] = {
        "displaylogo": False,
        "responsive": True,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d"],
    }
    if (language or spoken()) == "zh":
        settings |= {"locale": "zh-CN", "locales": {"zh-CN": {"dictionary": BUTTONS, "format": {}}}}
    return settings


def select_template() -> None:
    """Make our template the default of the session, and give its renderers our buttons."""
    import plotly.io as pio

    pio.templates[TEMPLATE] = template()
    pio.templates.default = TEMPLATE
    for name in RENDERERS:
        pio.renderers[name].config = config()


def save(figure: go.Figure, path: Path) -> None:
    """One page of HTML that holds plotly.js, the characters it needs and the alt text, and asks for nothing else."""
    if path.suffix.lower() not in (".html", ".htm"):
        raise OutputError(
            f"{path}：交互图只能存为 .html；要 PNG、SVG 或 PDF，请用 interactive=False 重画。",
            f"{path}: an interactive figure is saved as .html; for PNG, SVG or PDF draw it with interactive=False.",
        )
    meta = figure.layout.meta
    body = figure.to_html(
        full_html=False,
        include_plotlyjs=True,
        div_id=path.stem,
        config=config(meta["language"]),
        default_height="560px",
    )
    words = "".join(sorted(set(figure.to_json(engine="json") + "".join(BUTTONS.values()))))
    decoded = words + "".join(meta.values())
    page = (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if meta["language"] == "zh" else "en"}">\n<head><meta charset="utf-8">'
        f"<title>{html.escape(meta['title'])}</title>\n<style>{fonts.font_face_css(decoded)}</style></head>\n"
        f'<body><div role="img" aria-label="{html.escape(meta["alt"])}">{body}</div></body>\n</html>\n'
    )
    path.write_text(page, encoding="utf-8", newline="\n")
