"""The paper figure keeps style, font, words and bytes, whatever the session does before, between and after."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl
import pytest
from matplotlib.text import Text as TextArtist

from analysis.charts.drawing import fonts, palette, scales, style
from analysis.vocabulary.errors import ArgumentError, OutputError
from analysis.vocabulary.text import Text


@pytest.fixture(autouse=True)
def settings_restored():
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # "Glyph … missing from font(s)" among them
        yield


def drawn(language: str = "zh", size: str = "page"):
    with style.drawing(language, size=size) as sheet:
        figure, axes = sheet.panels(1, 2, sharey=True)
        for place, (values, label) in enumerate((([1000, -2000, 3000], "新收"), ([500, 200, 100], "结案"))):
            look = palette.lines(2)[place]
            axes[place].plot([0, 1, 2], values, color=look.colour, linestyle=look.line, marker=look.marker, label=label)
        axes[0].set_title("甲组 $5元", fontweight="bold")
        scales.set_number_ticks(axes[0].yaxis)
        style.legend(figure)
        return style.finish(
            figure,
            title=Text("新收与结案", "Filed and closed"),
            alt=Text("新收由1,000件到3,000件", "filed from 1,000 to 3,000"),
            note=Text("n = 4,000件", "n = 4,000 cases"),
        )


def saved(figure, kind: str = "png") -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format=kind)
    return out.getvalue()


def spoil() -> None:
    """What notebooks do, each of which alone brings boxes instead of Chinese."""
    import matplotlib.pyplot as plt
    import seaborn as sns

    sns.set_theme(style="darkgrid", context="talk", font="DejaVu Sans", palette="Reds")
    plt.style.use("ggplot")
    plt.rcParams.update({"font.family": "DejaVu Serif", "font.size": 30, "savefig.bbox": "tight", "text.usetex": True})
    plt.rcParams.update({"savefig.dpi": 40, "svg.hashsalt": None, "pdf.fonttype": 3, "axes.unicode_minus": False})


@pytest.mark.parametrize("kind", ["png", "svg", pytest.param("pdf", marks=pytest.mark.full)])
def test_no_setting_of_a_notebook_changes_a_chart(kind):
    clean = saved(drawn(), kind)
    before = drawn()
    spoil()
    assert saved(before, kind) == clean, "set between drawing and saving"
    assert saved(drawn(), kind) == clean, "set before drawing"
    assert mpl.rcParams["font.size"] == 30, "and what the notebook set for itself stays"


def test_a_notebook_may_draw_it_by_its_own_way_of_printing():
    figure = drawn()
    spoil()
    mpl.rcParams["text.usetex"] = False
    out = io.BytesIO()
    figure.canvas.print_figure(out, format="png", bbox_inches="tight")
    assert out.getvalue().startswith(b"\x89PNG")


def test_chinese_that_a_user_adds_afterwards_shows_too():
    figure = drawn()
    spoil()
    mpl.rcParams["text.usetex"] = False
    figure.axes[0].annotate("用户的批注", (1, 0))
    saved(figure)
    added = next(artist for artist in figure.findobj(TextArtist) if artist.get_text() == "用户的批注")
    assert fonts.SANS in added.get_fontfamily()


def test_every_text_is_set_in_our_family():
    figure = drawn()
    saved(figure)
    assert {artist.get_fontfamily()[0] for artist in figure.findobj(TextArtist) if artist.get_text()} == {fonts.SANS}


def test_pdf_text_can_be_searched_and_uses_our_font():
    assert b"CourtSansSC-Regular" in saved(drawn(), "pdf")


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_character_that_no_font_has_stops_before_anything_is_written(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "system_family", lambda _: None)
    figure = drawn()
    figure.axes[1].set_ylabel("承办人 龑")
    path = tmp_path / f"chart.{kind}"
    with pytest.raises(OutputError) as raised:
        style.save_figure(figure, path)
    assert "龑 (U+9F91)：图中文字“承办人 龑”" in raised.value.text.zh
    assert not list(tmp_path.iterdir())


def test_a_tick_label_made_only_while_drawing_is_checked_too(monkeypatch):
    monkeypatch.setattr(fonts, "system_family", lambda _: None)
    figure = drawn()
    figure.axes[0].xaxis.set_major_formatter(lambda *_: "𠮷")
    with pytest.raises(OutputError, match="𠮷"):
        saved(figure)


def test_words_go_into_the_file():
    svg = saved(drawn(), "svg").decode()
    assert "新收由1,000件到3,000件" in svg
    assert "dc:date" not in svg
    assert "CreationDate" not in saved(drawn(), "pdf").decode("latin-1")


def test_a_notebook_shows_the_picture_with_its_alt_text():
    data, about = drawn("en")._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert data["text/plain"] == about["image/png"]["alt"] == "filed from 1,000 to 3,000"
    assert about["image/png"]["width"] == 614  # 156 mm at 100 px an inch


def test_show_shows_it_in_a_notebook(monkeypatch):
    shown = []
    kernel = SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: kernel))
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=shown.append))
    figure = drawn()
    figure.show()
    assert shown == [figure]


@pytest.mark.parametrize(("size", "millimetres"), [("page", 156), ("half", 76), ("slide", 300)])
def test_sizes_are_presets(size, millimetres):
    from PIL import Image

    with Image.open(io.BytesIO(saved(drawn(size=size)))) as picture:
        assert picture.width == pytest.approx(millimetres / 25.4 * 300, abs=1)


def test_an_unknown_size_is_named():
    with pytest.raises(ArgumentError, match="half"):
        drawn(size="halve")


def test_title_legend_and_panels_do_not_overlap():
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = drawn()
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    title = next(text for text in figure.texts if text.get_text() == "新收与结案").get_window_extent(renderer)
    key = figure.legends[0].get_window_extent(renderer)
    panel = figure.axes[0].get_tightbbox(renderer)
    note = next(text for text in figure.texts if text.get_text().startswith("n =")).get_window_extent(renderer)
    assert title.y0 >= key.y1
    assert key.y0 >= panel.y1 - 1
    assert panel.y0 >= note.y1 - 1


def test_a_bare_picture_leaves_title_and_note_to_the_page(tmp_path):
    figure = drawn()
    style.save_figure(figure, tmp_path / "bare.svg", bare=True)
    assert "<!-- 新收与结案 -->" not in (tmp_path / "bare.svg").read_text(encoding="utf-8")
    style.save_figure(figure, tmp_path / "whole.svg")
    assert "<!-- 新收与结案 -->" in (tmp_path / "whole.svg").read_text(encoding="utf-8")


SCRIPT = """
import hashlib, sys
sys.path.insert(0, {folder!r})
from test_figure import drawn, saved
print(*(hashlib.sha256(saved(drawn(), kind)).hexdigest() for kind in ("png", "svg", "pdf")))
"""


@pytest.mark.full
def test_another_process_on_another_day_in_another_place_gives_the_same_bytes(tmp_path):
    rc = tmp_path / "matplotlibrc"
    rc.write_text("font.size: 21\naxes.grid: True\ntimezone: Asia/Shanghai\nlines.linewidth: 7\n", encoding="utf-8")
    changed = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "MATPLOTLIBRC": str(rc)}
    environment = {**os.environ, **changed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    here = [hashlib.sha256(saved(drawn(), kind)).hexdigest() for kind in ("png", "svg", "pdf")]
    script = SCRIPT.format(folder=str(Path(__file__).parent))
    there = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    assert there == here
