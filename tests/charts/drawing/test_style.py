from __future__ import annotations

import sys
import warnings
from types import SimpleNamespace

import matplotlib as mpl
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
import pytest

import analysis as an
from analysis.charts.drawing import fonts, palette, screen, style
from analysis.files import destinations
from analysis.vocabulary.errors import ArgumentError, OutputError
from analysis.vocabulary.language import speak, speaking
from analysis.vocabulary.text import Text, spoken


@pytest.fixture
def session():
    """What use_style sets for a session, put back afterwards."""
    before = pio.templates.default, {name: pio.renderers[name].config for name in screen.RENDERERS}
    language = spoken()
    with mpl.rc_context():
        yield
    speak(language)
    pio.templates.default = before[0]
    for name, config in before[1].items():
        pio.renderers[name].config = config


def test_use_style_sets_language_fonts_and_templates_for_the_users_own_charts(session):
    style.use_style(language="en")
    assert spoken() == "en"
    assert mpl.rcParams["font.family"][0] == fonts.SANS
    assert [look["color"] for look in mpl.rcParams["axes.prop_cycle"]] == [look.colour for look in palette.LINES]
    assert pio.templates.default == screen.TEMPLATE
    assert fonts.SANS in pio.templates[screen.TEMPLATE].layout.font.family
    style.use_style()
    assert spoken() == "zh"


def test_a_users_own_seaborn_chart_shows_chinese(session, tmp_path):
    import matplotlib.pyplot as plt
    import seaborn as sns

    style.use_style()
    figure, axes = plt.subplots()
    sns.barplot(x=["新收", "结案"], y=[3, -2], ax=axes).set_title("新收与结案")
    figure.savefig(tmp_path / "own.png")  # a missing glyph is an error in the tests
    plt.close(figure)
    assert {axes.title.get_fontname(), *(label.get_fontname() for label in axes.get_xticklabels())} == {fonts.SANS}


def test_a_layout_of_the_users_own_is_no_cause_for_a_warning(session):
    import matplotlib.pyplot as plt

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        style.use_style()
        figure, _ = plt.subplots()
        figure.tight_layout()  # as every grid of seaborn's does
        plt.close(figure)
    assert [str(warning.message) for warning in said] == []


def test_use_style_refuses_another_language(session):
    with pytest.raises(ArgumentError, match="zh"):
        style.use_style(language="fr")


def test_a_notebook_is_given_the_font_for_plotly(session, monkeypatch):
    shown = []
    dressed = {}
    formatter = SimpleNamespace(for_type_by_name=lambda module, name, show: dressed.update({(module, name): show}))
    kernel = SimpleNamespace(kernel=object(), display_formatter=SimpleNamespace(ipython_display_formatter=formatter))
    monkeypatch.setattr(style, "show_tables", shown.append)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: kernel))
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(HTML=str, display=shown.append))
    style.use_style()
    assert "@font-face" in shown[0]
    assert fonts.SANS in shown[0]
    assert "http" not in shown[0].replace("data:font/woff2", "")[:300]
    assert shown[-1] is kernel, "and its tables their headings"
    [((module, name), show)] = dressed.items()
    assert getattr(sys.modules[module], name) in go.Figure.__mro__
    monkeypatch.setattr(go.Figure, "_ipython_display_", lambda figure: shown.extend([figure]))
    show(own := go.Figure())
    assert shown[-1] is own
    assert pio.renderers["jupyterlab"].config["locale"] == "zh-CN"


def test_no_font_is_shown_outside_a_notebook(session, capsys):
    style.use_style()
    assert capsys.readouterr().out == ""


def test_drawing_speaks_its_language_and_gives_the_former_back():
    with speaking("zh"), style.drawing("en") as sheet:
        assert spoken() == sheet.language == "en"
    assert spoken() == "zh"


@pytest.mark.parametrize("missing", ["alt", "title"])
def test_a_figure_without_words_is_refused(missing):
    words = {"title": "题", "alt": "看到什么", "note": ""} | {missing: " "}
    with style.drawing() as sheet:
        figure, _ = sheet.panels()
        with pytest.raises(ArgumentError, match=missing):
            style.finish(figure, **words)
    with pytest.raises(ArgumentError, match=missing):
        style.finish(go.Figure(), **words)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_kinds_carry_the_same_words(language):
    words = {name: Text(f"{name} 中", f"{name} en") for name in ("title", "alt", "note")}
    with style.drawing(language) as sheet:
        paper = style.finish(sheet.panels()[0], **words)
    with speaking(language):
        plot = style.finish(go.Figure(go.Bar(x=["甲"], y=[1])), **words)
    suffix = "中" if language == "zh" else "en"
    for chart in (paper, plot):
        assert (style.title_of(chart), style.alt_of(chart), style.note_of(chart)) == tuple(
            f"{name} {suffix}" for name in ("title", "alt", "note")
        )


def test_saving_says_what_is_missing(tmp_path):
    with style.drawing() as sheet:
        figure, _ = sheet.panels()
        with pytest.raises(OutputError, match="替代文本"):
            style.save_figure(figure, tmp_path / "a.png")
        style.finish(figure, title="题", alt="图", note="")
    with pytest.raises(OutputError, match="文件夹不存在"):
        style.save_figure(figure, tmp_path / "nowhere" / "a.png")
    with pytest.raises(OutputError, match="png、svg、pdf"):
        style.save_figure(figure, tmp_path / "a.jpeg")
    (tmp_path / "taken.png").mkdir()
    with pytest.raises(OutputError, match="是文件夹"):
        style.save_figure(figure, tmp_path / "taken.png")
    assert style.save_figure(figure, tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_y_titles_stand_level():
    with style.drawing() as sheet:
        _, (plain, named) = sheet.panels(1, 2)
        style.y_title(plain, "件")
        style.y_title(named, "件", name="甲组")
    assert plain.get_title("left") == "件"
    assert (named.get_title("left"), named.get_title("right")) == ("甲组", "件")


@pytest.mark.parametrize(("interactive", "name"), [(False, "图:2011.png"), (True, "con.html")])
def test_a_figure_is_not_saved_under_what_is_no_name_on_windows(tmp_path, monkeypatch, interactive, name):
    """Behind a colon it would go into a hidden part of another file, in silence."""
    flow = an.caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    chart = an.plot_caseflow(flow, interactive=interactive)
    monkeypatch.setattr(destinations.sys, "platform", "win32")
    with pytest.raises(an.OutputError, match="Windows 不能用"):
        an.save_figure(chart, tmp_path / name)
    assert not [*tmp_path.iterdir()]
