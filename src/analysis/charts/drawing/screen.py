"""The screen figure: plotly with our template, our font named, its words inside and its buttons in two languages."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.charts.drawing import fonts, palette
from analysis.charts.drawing.typesetting import width, wrapped
from analysis.vocabulary.errors import OutputError
from analysis.vocabulary.text import spoken

if TYPE_CHECKING:
    import plotly.graph_objects as go

TEMPLATE = "court"
TITLE_EMS, NOTE_EMS = 37, 62  # a line of title (beside the buttons) and of note, in a figure about 800 px wide
KEY_EMS, SYMBOL_EMS = 58, 3.5  # a line of the legend, and the symbol before each of its names
TITLE_PX, NOTE_PX, TEXT_PX, HEADING_PX = 17, 12, 13, 17
TOP = 12  # px above the title
HEIGHT = 480  # px, where a chart does not set its own
RENDERERS = ("plotly_mimetype", "jupyterlab", "notebook", "vscode", "browser")

# plotly.js 7 offers to upload a chart to its maker's server; nothing of a court leaves the machine.
UPLOAD = "sendChartToCloud"
# The words of plotly's own buttons and hints that a reader meets; plotly.js itself speaks English.
BUTTONS = {
    "Download plot as a PNG": "下载图片（PNG）",
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
    "Preparing image - this may take a few seconds": "正在生成图片，请稍候",
    "Image download succeeded": "图片已下载",
    "Sorry, there was a problem downloading your image!": "图片下载失败",
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
        "title": {"standoff": 8, "font": {"size": TEXT_PX}},
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
        modebar={"remove": [UPLOAD]},
        xaxis={**axis, "showgrid": False},
        yaxis=axis,
        bargap=0.15,
    )
    return go.layout.Template(layout=layout)


def finish(figure: go.Figure, *, title: str, alt: str, note: str) -> go.Figure:
    """Template, title, note under the title, and the words where a writer finds them (``layout.meta``)."""
    figure.update_layout(
        template=template(),
        modebar={"remove": [UPLOAD]},
        meta={"alt": alt, "title": title, "note": note, "language": spoken()},
    )
    if figure.layout.height is None:
        figure.update_layout(height=HEIGHT)
    for annotation in figure.layout.annotations:  # panel titles, as make_subplots sets them
        if annotation.yref == "paper" and not annotation.showarrow and not annotation.text.startswith("<b>"):
            annotation.update(text=f"<b>{annotation.text}</b>", font={"size": TEXT_PX}, align="left")
    return _arrange(figure, title, note)


def _arrange(figure: go.Figure, title: str, note: str) -> go.Figure:
    """Title, note, legend and panel titles one under the other, each with its own room."""
    title_lines = [html.escape(line, quote=False) for line in wrapped(title, TITLE_EMS)] if title else []
    note_lines = [html.escape(line, quote=False) for line in wrapped(note, NOTE_EMS)] if note else []
    top = TOP + len(title_lines) * TITLE_PX * 1.35 + (len(note_lines) * NOTE_PX * 1.35 + 10 if note_lines else 0)
    rows = _key_rows(figure)
    key = 9 + 21 * rows if rows else 4
    heads = _heads(figure.layout.annotations)
    tall = figure.layout.height
    figure.update_layout(
        title={
            "text": "<br>".join(title_lines),
            "subtitle": {"text": "<br>".join(note_lines)},
            "y": 1 - (TOP if len(title_lines) < 2 else 2 * TOP) / tall,  # plotly sets the first of several lines higher
            "yref": "container",
        },
        legend={"xref": "container", "x": 0.01, "yref": "container", "y": 1 - top / tall, "yanchor": "top"},
        margin={"t": round(top + key + heads), "l": 60, "r": figure.layout.margin.r or 24, "b": 48},
    )
    return figure


def more_lines(headings: Iterable[str]) -> int:
    """What the further lines of the panel heading with the most take of the height."""
    return HEADING_PX * max((heading.count("<br>") for heading in headings), default=0)


def _heads(annotations: Any) -> int:
    """What stands between legend and panels: their headings, one of several lines too."""
    if not annotations:
        return 10
    return 26 + more_lines(one["text"] for one in annotations if one["yref"] == "paper")


def _key_rows(figure: go.Figure) -> int:
    """Lines of the legend: one while its names fit side by side, else columns as wide as the longest (as plotly has it)."""
    if len(figure.data) < 2:
        return 0
    widths = [width(trace.name or "") + SYMBOL_EMS for trace in figure.data if trace.showlegend is not False]
    if not widths or sum(widths) <= KEY_EMS:
        return min(len(widths), 1)
    return -(-len(widths) // max(1, int(KEY_EMS / max(widths))))


def bare(figure: go.Figure) -> go.Figure:
    """A copy without title and note, for a page that sets them as text of its own; ``layout.meta`` keeps them."""
    import plotly.graph_objects as go

    copy = go.Figure(figure)
    before = copy.layout.margin.t
    _arrange(copy, "", "")
    copy.update_layout(height=copy.layout.height - (before - copy.layout.margin.t))
    return _arrange(copy, "", "")


def bare_json(figure: go.Figure) -> str:
    """The same as JSON for a script that draws it, without building a figure anew."""
    drawn = figure.to_plotly_json()
    layout = drawn["layout"]
    before, rows = layout["margin"]["t"], _key_rows(figure)
    key, heads = (9 + 21 * rows if rows else 4), _heads(layout.get("annotations"))
    top = round(TOP + key + heads)
    layout["title"] = {"text": ""}
    layout["height"] -= before - top
    layout["margin"] |= {"t": top}
    layout["legend"] |= {"y": 1 - TOP / layout["height"]}
    return _script_json(drawn)


def config(language: str | None = None) -> dict[str, Any]:
    """A plotly ``config=``: few buttons, no logo, responsive, and its words in the language."""
    settings: dict[str, Any] = {
        "displaylogo": False,
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "responsive": True,
        "modeBarButtonsToRemove": [UPLOAD, "select2d", "lasso2d", "zoomIn2d", "zoomOut2d"],
    }
    if (language or spoken()) == "zh":
        settings |= {"locale": "zh-CN", "locales": {"zh-CN": {"dictionary": BUTTONS, "format": {}}}}
    return settings


def select_template() -> None:
    """Make our template the default of the session."""
    import plotly.io as pio

    pio.templates[TEMPLATE] = template()
    pio.templates.default = TEMPLATE


def dress_renderers() -> None:
    """Give plotly's renderers our buttons."""
    import plotly.io as pio

    for name in RENDERERS:
        pio.renderers[name].config = config()


def display(figure: go.Figure) -> None:
    """Show a figure of a notebook, whoever made it, with our buttons."""
    dress_renderers()
    figure._ipython_display_()


def y_title(figure: go.Figure, text: str, *, row: int | None = None, col: int = 1, right: bool = False) -> None:
    """Write what a panel's y axis counts level above it; ``right`` where the panel has a title of its own.

    ``row`` and ``col`` name the panel of a figure made by ``make_subplots``.
    """
    where = {} if row is None else {"row": row, "col": col}
    figure.add_annotation(
        text=html.escape(text, quote=False),
        x=1 if right else 0,
        xref="x domain",
        xanchor="right" if right else "left",
        y=1,
        yref="y domain",
        yanchor="bottom",
        yshift=3,
        showarrow=False,
        font={"size": NOTE_PX, "color": palette.MUTED},
        **where,
    )


def fragment(figure: go.Figure, div_id: str) -> str:
    """The figure as HTML for a page that holds plotly.js and the font; drawn once the font is there.

    Plotly measures its texts while it draws, so a font that comes later leaves them cut.
    """
    language = (figure.layout.meta or {}).get("language")
    drawn = figure.to_plotly_json()
    parts = [json.dumps(div_id), *(_script_json(part) for part in (drawn["data"], drawn["layout"], config(language)))]
    return (
        f'<div id="{html.escape(div_id)}" class="plotly-graph-div" style="height:{figure.layout.height or HEIGHT}px"></div>'
        f"<script>{fonts_loaded()}.then(() => Plotly.newPlot({', '.join(parts)}));</script>"
    )


def fonts_loaded() -> str:
    """The promise, in the language of a page's scripts, that both weights of the font are there."""
    faces = json.dumps([f'{weight} {TEXT_PX}px "{fonts.SANS}"' for weight in (400, 700)])
    return f"Promise.allSettled({faces}.map((face) => document.fonts.load(face)))"


def _script_json(value: Any) -> str:
    """JSON that may stand inside a script element."""
    from plotly.io.json import to_json_plotly

    text = to_json_plotly(value, engine="json")
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def save(figure: go.Figure, path: Path) -> None:
    """One page of HTML that holds plotly.js, the characters it needs and the alt text, and asks for nothing else."""
    from plotly.offline import get_plotlyjs

    if path.suffix.lower() not in (".html", ".htm"):
        raise OutputError(
            f"{path}：交互图只能存为 .html；要 PNG、SVG 或 PDF，请用 interactive=False 重画。",
            f"{path}: an interactive figure is saved as .html; for PNG, SVG or PDF draw it with interactive=False.",
        )
    meta = figure.layout.meta
    body = fragment(figure, path.stem)
    faces = fonts.font_face_css(body + meta["alt"] + "".join(BUTTONS.values()))
    page = (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if meta["language"] == "zh" else "en"}">\n<head><meta charset="utf-8">'
        f"<title>{html.escape(meta['title'])}</title>\n<style>{faces}</style>\n<script>{get_plotlyjs()}</script></head>\n"
        f'<body><div role="img" aria-label="{html.escape(meta["alt"])}">{body}</div></body>\n</html>\n'
    )
    path.write_text(page, encoding="utf-8", newline="\n")
