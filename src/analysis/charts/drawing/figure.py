"""The paper figure: a matplotlib Figure that keeps its style, its font and its words wherever it is saved."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.text import Text as TextArtist

from analysis.charts.drawing import fonts, palette
from analysis.charts.drawing.typesetting import POINTS_PER_MM, fitted, width
from analysis.vocabulary.errors import ArgumentError, OutputError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.progress import in_notebook
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend

    from analysis.charts.drawing.marks import Chart

DPI = 300
FORMATS = ("png", "svg", "pdf")
WORDS = "words"  # marks title and note among the texts of a figure


@dataclass(frozen=True)
class Size:
    """A preset: width and height of one row of panels in millimetres, the greatest height, the text size in points."""

    width: float
    height: float
    most: float
    points: float
    periods: int  # labels that a time axis of this width holds


# GB/T 9704 leaves 156 x 225 mm for the text of a page (margins 37/35/28/26 mm on A4).
SIZES = {
    "page": Size(width=156, height=100, most=215, points=9, periods=8),
    "half": Size(width=76, height=68, most=215, points=7, periods=4),
    "slide": Size(width=300, height=140, most=140, points=14, periods=9),
}
MM_PER_INCH = 25.4
LEADING = 1.5  # line height of title and note, in text sizes
TITLE, NOTE = 1.15, 0.82  # their letters, in text sizes
ACROSS = {
    TITLE: 0.96,
    NOTE: 0.99,
}  # of the figure's breadth that their lines fill: bold letters and digits are the broader ones
BETWEEN_COLUMNS = 0.06  # of a panel's breadth
BESIDE_LABEL = 2.6 + 0.8 + 1.4  # ems of a legend: handle, its gap, the gap of columns
KEY_ROW = 0.88 * 1.6  # height of a row of the legend, in text sizes


def size(name: str) -> Size:
    """A preset by its name: ``page`` (as wide as a page's text), ``half`` (half of it), ``slide``."""
    if name not in SIZES:
        raise ArgumentError.not_one_of("size", name, SIZES)
    return SIZES[name]


def rc(points: float) -> dict[str, Any]:
    """Our settings for matplotlib at a text size; everything else is matplotlib's own default."""
    from cycler import cycler

    small, line = points * 0.88, points / 9
    looks = palette.LINES
    return {
        "font.family": [fonts.SANS, "DejaVu Sans"],
        "font.size": points,
        "text.color": palette.INK,
        "text.parse_math": False,  # a $ in a court's table is a dollar
        "axes.unicode_minus": True,
        "axes.titlesize": points,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titley": 1.0,  # nothing stands above a panel for which its title had to make room
        "axes.labelsize": points,
        "axes.labelcolor": palette.INK,
        "axes.edgecolor": palette.MUTED,
        "axes.linewidth": 0.8 * line,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=[look.colour for look in looks])
        + cycler(linestyle=[look.line for look in looks]),
        "grid.color": palette.RULE,
        "grid.linewidth": 0.6 * line,
        "xtick.labelsize": small,
        "ytick.labelsize": small,
        "xtick.color": palette.INK,
        "ytick.color": palette.INK,
        "legend.fontsize": small,
        "legend.frameon": False,
        "legend.handlelength": 2.6,
        "lines.linewidth": 1.6 * line,
        "lines.markersize": 4 * line,
        "hatch.linewidth": 0.7 * line,
        "hatch.color": "edge",
        "image.cmap": palette.SEQUENTIAL,
        "figure.dpi": 100,
        "figure.constrained_layout.use": True,
        "savefig.dpi": DPI,
        "pdf.fonttype": 42,
        "svg.hashsalt": "court-analysis",
    }


@contextmanager
def styled(points: float, svg_text: str = "path") -> Iterator[None]:
    """Matplotlib as we set it and nothing of what a notebook set before."""
    from matplotlib import style

    fonts.register_fonts()
    with style.context({**rc(points), "svg.fonttype": svg_text}, after_reset=True):
        yield


class PaperFigure(Figure):
    """A Figure that is drawn in our style whenever it is drawn, and that carries its words.

    ``alt`` says what the picture shows, ``title`` and ``note`` stand in the picture; all in ``language``.
    """

    alt = title = note = ""
    language = "zh"
    points = 9.0
    chart: Chart | None = None  # what was said, for those who draw it otherwise
    key: Legend | None = None
    key_rows = 0
    words_room = 0.0  # inches of the height that lines of title and note after their first take
    bare = False
    svg_text = "path"  # "none" keeps letters as text, for a page that has the font

    @property
    def words(self) -> str:
        """All that the picture says, a text a line: alt text, title, note, and what is drawn."""
        said = [self.alt, self.title, self.note, *(artist.get_text() for artist in _texts(self))]
        return "\n".join(text.replace("\n", " ") for text in said)

    @contextmanager
    def text_kept(self) -> Iterator[None]:
        """Write text as text into SVG."""
        self.svg_text = "none"
        try:
            yield
        finally:
            self.svg_text = "path"

    def arrange(self, *, bare: bool = False) -> None:
        """Place title, legend and note and leave the rest to the panels; ``bare`` gives the panels all but the legend.

        Constrained layout knows no legend under a title, so their heights are counted here, line by line. Room made for more
        lines of title and note goes with them.
        """
        if bare != self.bare:
            inches = float(self.get_size_inches()[1]) + (-self.words_room if bare else self.words_room)
            self.set_size_inches(float(self.get_size_inches()[0]), inches)
            self.bare = bare
        tall, across = float(self.get_size_inches()[1]) * 72, float(self.get_size_inches()[0]) * MM_PER_INCH
        for artist in [text for text in self.texts if text.get_gid() == WORDS]:
            artist.remove()
        top, bottom, edge = tall - self.points * 0.4, self.points * 0.4, 0.005
        if not bare and (self.title or self.note):
            large, small = self.points * TITLE, self.points * NOTE
            title = fitted(self.title, millimetres=across * ACROSS[TITLE], points=large)
            note = fitted(self.note, millimetres=across * ACROSS[NOTE], points=small)
            shared: dict[str, Any] = {"ha": "left", "linespacing": LEADING, "gid": WORDS}
            with styled(self.points):
                if title:
                    self.text(edge, top / tall, title, size=large, va="top", weight="bold", **shared)
                    top -= (title.count("\n") + 1) * large * LEADING + self.points * 0.5
                if note:
                    self.text(edge, bottom / tall, note, size=small, va="bottom", color=palette.MUTED, **shared)
                    bottom += (note.count("\n") + 1) * small * LEADING + self.points * 0.5
        if self.key is not None:
            self.key.set_bbox_to_anchor((edge, top / tall), transform=self.transFigure)
            top -= self.key_rows * self.points * KEY_ROW + self.points * 0.4
        engine = self.get_layout_engine()
        if engine is not None:
            engine.set(rect=(0, bottom / tall, 1, (top - bottom) / tall))  # type: ignore[call-arg]

    def make_room(self, most: float, *, key: bool) -> None:
        """Add the height of each line of title and note after the first, and with ``key`` of the legend, up to ``most`` millimetres in all."""
        across, tall = (float(inches) * MM_PER_INCH for inches in self.get_size_inches())
        words = ((self.title, TITLE), (self.note, NOTE))
        lines = [
            fitted(said, millimetres=across * ACROSS[size], points=self.points * size).count("\n")
            for said, size in words
        ]
        said = sum(more * size * LEADING for more, (_, size) in zip(lines, words, strict=True)) * self.points / 72
        rows = max(self.key_rows - 1, 0) if key else 0
        least = tall / MM_PER_INCH + rows * KEY_ROW * self.points / 72
        self.words_room = max(0.0, min(most / MM_PER_INCH - least, said))
        self.set_size_inches(across / MM_PER_INCH, min(most / MM_PER_INCH, least + said))
        self.arrange()

    def draw(self, renderer: Any) -> None:
        """Draw in our style, whatever settings are in force outside."""
        with styled(self.points, self.svg_text), speaking(self.language):
            make_legible(self)
            super().draw(renderer)

    def savefig(self, fname: Any, **options: Any) -> None:
        """As in matplotlib, in our style: 300 dpi, no clock in the file, and nothing written if a glyph is missing."""
        with styled(self.points, self.svg_text), speaking(self.language):
            make_legible(self)
            kind = options.get("format") or Path(str(fname)).suffix.removeprefix(".") or "png"
            options.setdefault("metadata", _metadata(str(kind), self.title, self.alt))
            super().savefig(fname, **options)

    def stand_in_pyplot(self) -> None:
        """Be pyplot's current figure, for ``plt.title`` and ``plt.show``; of many of ours the oldest makes room, so that none warns."""
        from matplotlib import pyplot as plt

        open_ones = plt.get_fignums()
        if len(open_ones) >= plt.rcParams["figure.max_open_warning"] > 0:
            ours = (number for number in open_ones if isinstance(plt.figure(number), PaperFigure))
            if (oldest := next(ours, None)) is not None:
                plt.close(oldest)
        plt.figure(self)

    def show(self, warn: bool = True) -> None:
        """Show the picture at once: in a notebook below the cell, elsewhere in the window that pyplot opens where it has a screen."""
        if not in_notebook():
            self.stand_in_pyplot()
            super().show(warn=warn)
            return
        from IPython.display import display

        display(self)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """A notebook shows the picture at twice the screen's resolution, with its alt text; pyplot need not show it once more."""
        import sys

        out = io.BytesIO()
        self.savefig(out, format="png", dpi=200)
        if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
            pyplot.close(self)
        width, height = (round(float(inches) * 100) for inches in self.get_size_inches())
        shown = {"image/png": {"width": width, "height": height, "alt": self.alt}}
        return {"image/png": out.getvalue(), "text/plain": self.alt or repr(self)}, shown


def legend_columns(labels: Sequence[str], *, millimetres: float, points: float) -> int:
    """Count the columns of a legend that fit side by side."""
    widest = max((width(label) for label in labels), default=0.0) + BESIDE_LABEL
    return max(1, min(len(labels), int(millimetres * POINTS_PER_MM / points / widest)))


def make_legible(figure: Figure) -> None:
    """Give every text of a figure fonts that hold its characters; ``OutputError`` if this machine has none."""
    artists = _texts(figure)
    others = fonts.check_glyphs([(_place(artist), artist.get_text()) for artist in artists])
    for artist in artists:
        family = artist.get_fontfamily()
        own = [] if fonts.SANS in family or fonts.SERIF in family else [fonts.SANS]
        added = [name for name in [*own, *others] if name not in family]
        if added:
            artist.set_fontfamily([*family, *added])


def _texts(figure: Figure) -> list[TextArtist]:
    """Every text artist that says something, the tick labels among them."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            axis.get_ticklabels()  # makes those that are still to come
    return [artist for artist in figure.findobj(TextArtist) if isinstance(artist, TextArtist) and artist.get_text()]


def _metadata(kind: str, title: str, alt: str) -> dict[str, Any]:
    """The words written into the file beside the picture, and no date."""
    if kind == "pdf":
        return {"Title": title, "Subject": alt, "CreationDate": None}
    if kind in ("svg", "svgz"):
        return {"Title": title, "Description": alt, "Date": None}
    return {"Title": title, "Description": alt} if kind == "png" else {}


def _place(artist: TextArtist) -> Text:
    """The place of a text in the picture, for the error that names it."""
    shown = artist.get_text().replace("\n", " ")
    clipped = shown if len(shown) <= 24 else shown[:23] + "…"
    return Text(f"图中文字“{clipped}”", f'text in the figure "{clipped}"')


def panels(
    preset: Size, *, language: str, rows: int, columns: int, height: float | None, **shared: Any
) -> tuple[PaperFigure, list[Axes]]:
    """A figure of a preset's size with its panels, row by row."""
    tall = min(preset.most, preset.height * (0.35 + 0.65 * rows)) if height is None else height
    figure = PaperFigure(figsize=(preset.width / MM_PER_INCH, tall / MM_PER_INCH), layout="constrained")
    figure.language, figure.points = language, preset.points
    # Heading and axis title of neighbours stand in one line.
    if columns > 1 and (engine := figure.get_layout_engine()) is not None:
        engine.set(wspace=BETWEEN_COLUMNS)  # type: ignore[call-arg]
    grid = figure.subplots(rows, columns, squeeze=False, **shared)
    return figure, list(grid.flat)


def save(figure: PaperFigure, path: Path, *, bare: bool) -> None:
    """Write a figure as PNG, SVG or PDF; ``bare`` leaves title and note to the text around it."""
    kind = path.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        raise OutputError(
            f"{path}：图不能存为“{kind}”，可用格式为 {'、'.join(FORMATS)}。请改文件扩展名。",
            f'{path}: a figure cannot be saved as "{kind}"; the formats are {", ".join(FORMATS)}. Change the suffix.',
        )
    try:
        figure.arrange(bare=bare)
        figure.savefig(path, format=kind)
    finally:
        figure.arrange()
