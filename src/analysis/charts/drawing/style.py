"""The making of every chart: one style, one font, words that go along, bytes that repeat.

For a notebook there is one call, ``use_style(language="zh")``. A chart of the package is one module that turns a result into
marks; it knows neither matplotlib nor plotly::

    def plot_example(result, *, interactive=False, language=None, size="page", ax=None, figure=None, title=None):
        own = {"ax": ax, "figure": figure, "title": title}
        return render(lambda _: _chart(result), interactive=interactive, language=language, size=size, **own)

    def _chart(result):  # in the language spoken
        at = range(len(result))
        bars = Bars(role="filed", at=at, values=result["filed"], label=str(term("filed")), hover=told(result["filed"]))
        x, y = Axis(periods=result["period"], freq="M"), Axis(title=str(term("cases_axis")), whole=True)
        return Chart(panels=[Panel(marks=[bars], x=x, y=y)], title=Text(...), alt=Text(...), note=Text(...))

It then appears on paper, on the screen, as SVG (``as_svg.markup``) and, where a report asks for it, as a chart of PowerPoint and
Excel. seaborn's ``objects`` does not serve here: it draws with matplotlib alone, where a chart is said once for paper, screen, SVG and
Office, and loading it takes SciPy along (1.6 s of processor time). Rules:

- What a mark stands for is its ``role``; how a role looks is written once, in ``palette.ROLES``. At most four series in a
  panel, told apart by hatch, marker or line style as well as colour; no red and green.
- What a point tells on hovering is given with the point: ``hover`` is as long as the mark has points, ``""`` where one is silent.
- ``alt`` says what the picture shows, with values; ``note`` says n, window and source. A reader finds them again with
  ``alt_of(figure)``, ``title_of``, ``note_of`` (both kinds, in the chart's language).
- A matplotlib figure keeps its style when it is saved later, after any ``seaborn.set_theme`` or ``plt.style.use``.
  On axes of the caller's own (``ax=``) each panel is drawn on one; an empty figure (``figure=``) is given all of them.
- ``save_figure(figure, path)`` writes PNG (300 dpi), SVG, PDF, or HTML for plotly: the same bytes every time.
  ``bare=True`` leaves title and note out, for documents that set them as captions; ``screen.bare`` for plotly.
- A character that our font lacks is shown in a font of the machine; where none has it, ``OutputError`` names the
  character and its place before anything is written. ``fonts.check_glyphs`` does the same for other writers.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from analysis.charts.drawing import fonts, palette, screen
from analysis.files.destinations import must_take_file
from analysis.vocabulary.errors import ArgumentError, OutputError
from analysis.vocabulary.language import speak, speaking
from analysis.vocabulary.progress import in_notebook
from analysis.vocabulary.tables import show_tables
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.charts.drawing.figure import PaperFigure, Size

AnyFigure = TypeVar("AnyFigure")
FIGURE = (
    "plotly.basedatatypes",
    "BaseFigure",
)  # by name: plotly's display loads a grammar of addresses, 1.5 s of processor time


def use_style(language: str = "zh") -> None:
    """Set a notebook up: language, fonts, and the style of your own seaborn, matplotlib and plotly charts.

    The package's charts do not need it and are not changed by what a notebook sets afterwards. In a notebook
    the browser is given Court Sans SC too, so plotly shows Chinese on a machine without any Chinese font, and result
    tables have headings in that language, long ones search and pages. Raises ``ArgumentError`` for a language other
    than zh and en.

    Parameters
    ----------
    language : str
        ``zh`` or ``en``.

    >>> use_style(language="en")
    >>> print(Text("未结", "pending"))
    pending
    >>> use_style(language="zh")
    """
    from matplotlib.style import use

    from analysis.charts.drawing import figure

    speak(language)
    fonts.register_fonts()
    use(figure.rc(figure.SIZES["page"].points))  # which seaborn's charts follow; its own theme would load SciPy
    # what seaborn's grids and plt.tight_layout() would say of the layout that we chose, not the user
    warnings.filterwarnings("ignore", "The figure layout has changed to tight", UserWarning)
    screen.select_template()
    _set_notebook_up()


def _set_notebook_up() -> None:
    if in_notebook():
        from IPython import get_ipython
        from IPython.display import HTML, display

        shell: Any = get_ipython()
        # the hidden word makes the browser load the font before the first figure measures its texts
        word = f'<span aria-hidden="true" style="position:absolute;opacity:0;font-family:{fonts.SANS}">字</span>'
        display(HTML(f"<style>{fonts.whole_face_css()}</style>{word}"))
        shell.display_formatter.ipython_display_formatter.for_type_by_name(*FIGURE, screen.display)
        show_tables(shell)


@dataclass(frozen=True)
class Sheet:
    """The sheet that ``drawing`` gives: the language, the size preset, and panels to draw on."""

    language: str
    size: Size

    def panels(
        self, rows: int = 1, columns: int = 1, *, height: float | None = None, **shared: Any
    ) -> tuple[PaperFigure, list[Axes]]:
        """A figure with its panels, row by row; ``height`` in millimetres, ``shared`` as in ``Figure.subplots``
        (sharex, sharey, height_ratios, width_ratios)."""
        from analysis.charts.drawing import figure

        return figure.panels(self.size, language=self.language, rows=rows, columns=columns, height=height, **shared)


@contextmanager
def drawing(language: str | None = None, *, size: str = "page") -> Iterator[Sheet]:
    """Draw a static chart in our own style and language, whatever the session has set.

    ``size``: ``page`` (156 mm, as wide as the text of a GB/T 9704 page), ``half`` (76 mm) or ``slide`` (300 mm).
    Raises ``ArgumentError`` for another size or language.
    """
    from analysis.charts.drawing import figure

    preset = figure.size(size)
    with speaking(language) as tongue, figure.styled(preset.points):
        yield Sheet(tongue, preset)


def finish(chart: AnyFigure, *, title: Text | str, alt: Text | str, note: Text | str) -> AnyFigure:
    """Give a chart, of either kind, its title, its note line and its alt text in the language spoken.

    Raises ``ArgumentError`` where the alt text or the title is empty.
    """
    paper = sys.modules.get(
        "analysis.charts.drawing.figure"
    )  # a chart of the screen alone does without matplotlib's figures
    words = {"title": str(title).strip(), "alt": str(alt).strip(), "note": str(note).strip()}
    for name in ("title", "alt"):
        if not words[name]:
            raise ArgumentError(
                f"图的 {name} 不能为空：alt 要用一两句话说明图中看到什么（含数值）。",
                f"{name} of a figure cannot be empty; alt says in a sentence or two what the picture shows, with values.",
            )
    if paper is not None and isinstance(chart, paper.PaperFigure):
        chart.title, chart.alt, chart.note = words["title"], words["alt"], words["note"]
        chart.arrange()
    else:
        screen.finish(chart, **words)
    return chart


def y_title(axes: Axes, text: str, *, name: str = "") -> None:
    """Write what the y axis counts level above it (turned letters are hard to read in Chinese).

    ``name`` is the panel's own title, where it has one; the y title then stands at its right.
    """
    if name:
        axes.set_title(name, loc="left")
    look: Any = {"fontsize": "small", "fontweight": "normal", "color": palette.MUTED}
    axes.set_title(text, loc="right" if name else "left", **look)


def named_handles(axes: Sequence[Axes], order: Sequence[str]) -> dict[str, Any]:
    """What a legend shows by its label, each label once, first those in ``order``."""
    drawn: dict[str, Any] = {}
    for frame in axes:
        for handle, label in zip(*frame.get_legend_handles_labels(), strict=True):
            drawn.setdefault(label, handle)
    return {label: drawn[label] for label in (*order, *drawn) if label in drawn}


def legend(chart: PaperFigure, order: Sequence[str] = ()) -> None:
    """One legend for all panels of a figure, between title and panels, each label once, first those in ``order``; long ones wrap."""
    from analysis.charts.drawing import figure
    from analysis.charts.drawing.typesetting import width, wrapped

    named = named_handles(chart.axes, order)
    across = float(chart.get_size_inches()[0]) * figure.MM_PER_INCH
    points = chart.points * 0.88
    room = across * figure.POINTS_PER_MM / points - figure.BESIDE_LABEL
    lines = [wrapped(label, room) for label in named]
    columns = figure.legend_columns([max(said, key=width) for said in lines], millimetres=across, points=points)
    place: dict[str, Any] = {"borderaxespad": 0, "borderpad": 0, "columnspacing": 1.4, "ncols": columns}
    chart.key = chart.legend(list(named.values()), ["\n".join(said) for said in lines], loc="upper left", **place)
    parted = np.array_split([len(said) for said in lines], columns)  # as the legend fills its columns
    chart.key_rows = max((int(column.sum()) for column in parted), default=0)
    chart.key.set_in_layout(False)  # PaperFigure.arrange leaves room for it


def alt_of(chart: Figure | go.Figure) -> str:
    """Return the alt text of a chart: what the picture shows, for those who do not see it.

    Parameters
    ----------
    chart : matplotlib Figure or plotly Figure
        A chart of this package.

    Returns
    -------
    str
        The alt text.

    >>> import pandas as pd
    >>> import analysis as an
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> print(alt_of(an.plot_caseflow(flow)).split("；")[0])
    柱线图，按年，2010年至2011年。新收合计714件，最多的是2011年（371件）
    """
    return _word(chart, "alt")


def title_of(chart: Figure | go.Figure) -> str:
    """The title of a chart, unbroken.

    Parameters
    ----------
    chart : matplotlib Figure or plotly Figure
        A chart of this package.

    Returns
    -------
    str
        The title.

    >>> import pandas as pd
    >>> import analysis as an
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> title_of(an.plot_caseflow(flow, language="en"))
    '714 filed, 711 closed, pending from 0 to 3'
    """
    return _word(chart, "title")


def note_of(chart: Figure | go.Figure) -> str:
    """The note line of a chart (n, window, source), unbroken.

    Parameters
    ----------
    chart : matplotlib Figure or plotly Figure
        A chart of this package.

    Returns
    -------
    str
        The note.

    >>> import pandas as pd
    >>> import analysis as an
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> note_of(an.plot_caseflow(flow))
    'n = 新收714件；2010年至2011年；未结为各期末数。'
    """
    return _word(chart, "note")


def _word(chart: PaperFigure | go.Figure, name: str) -> str:
    if hasattr(chart, "layout") and hasattr(chart, "to_plotly_json"):
        return str((chart.layout.meta or {}).get(name, ""))
    return str(getattr(chart, name, ""))


def save_figure(chart: Figure | go.Figure, path: str | Path, *, bare: bool = False) -> Path:
    """Write a chart: .png (300 dpi), .svg or .pdf on paper, .html (self-contained) for plotly; returns the path.

    ``bare=True`` leaves title and note out. Raises ``OutputError`` for a figure without alt text, a folder that
    is not there, a name that is none on Windows, a file that is open there, another format, or a character that no font on this machine can show.

    Parameters
    ----------
    chart : matplotlib Figure or plotly Figure
        A chart of this package.
    path : path
        Where to write; the ending says the format.
    bare : bool
        ``True`` leaves title and note out.

    Returns
    -------
    Path
        The file.

    >>> import tempfile
    >>> import pandas as pd
    >>> import analysis as an
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_figure(an.plot_caseflow(flow), f"{folder}/收结存.svg").name
    '收结存.svg'
    """
    from analysis.charts.drawing import figure

    target = Path(path)
    if not alt_of(chart):
        raise OutputError(
            f"{target}：这不是 plot_… 画出的图，没有替代文本，未保存。自己画的图请用它自己的 savefig(…) 或 write_html(…)。",
            f"{target}: no chart of plot_..., so it has no alt text and was not saved. Save a figure of your own with its savefig(...) or write_html(...).",
        )
    must_take_file(target)
    try:
        if isinstance(chart, figure.PaperFigure):
            figure.save(chart, target, bare=bare)
        else:
            screen.save(screen.bare(chart) if bare else chart, target)
    except OSError as problem:
        raise OutputError.not_writable(target, problem) from problem
    return target
