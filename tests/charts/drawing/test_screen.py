from __future__ import annotations

import io
import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from analysis import caseflow_from_counts, plot_caseflow
from analysis.charts.drawing import fonts, screen, style
from analysis.vocabulary.errors import OutputError
from analysis.vocabulary.language import speaking


def drawn(language: str = "zh", **words: str) -> go.Figure:
    with speaking(language):
        figure = go.Figure([go.Bar(x=["新收"], y=[3], name="甲"), go.Bar(x=["新收"], y=[2], name="乙")])
        return style.finish(figure, **{"title": "收案", "alt": "新收3件", "note": "n = 3件", **words})


def test_every_text_names_our_family_first():
    figure = drawn()
    layout = figure.layout.template.layout
    for font in (layout.font, layout.title.font, layout.title.subtitle.font, layout.hoverlabel.font):
        assert font.family.startswith(f'"{fonts.SANS}"')


def test_nothing_can_be_uploaded():
    figure = drawn()
    settings = screen.config("zh")
    assert settings["showSendToCloud"] is False
    assert settings["plotlyServerURL"] == ""
    assert screen.UPLOAD in figure.layout.modebar.remove  # where a notebook shows it without our settings
    assert screen.UPLOAD in figure.layout.template.layout.modebar.remove


def test_buttons_speak_chinese():
    assert screen.config("zh")["locales"]["zh-CN"]["dictionary"]["Zoom"] == "缩放"
    assert "locale" not in screen.config("en")


def test_markup_in_words_stays_text():
    figure = drawn(title="<b>甲</b> & 乙")
    assert figure.layout.title.text == "&lt;b&gt;甲&lt;/b&gt; &amp; 乙"


def test_a_bare_figure_keeps_its_words_and_the_first_one_its_title():
    figure = drawn()
    plain = screen.bare(figure)
    assert plain.layout.title.text == ""
    assert style.alt_of(plain) == "新收3件"
    assert plain.layout.height < figure.layout.height
    assert plain.layout.margin.t < figure.layout.margin.t
    assert figure.layout.title.text == "收案"


def test_a_fragment_waits_for_the_font_and_holds_no_open_markup():
    text = screen.fragment(drawn(alt="</script><img src=x>", title="</script>"), "figure-1")
    assert text.count("</script>") == 1
    assert "document.fonts.load" in text
    assert text.index("document.fonts.load") < text.index("Plotly.newPlot")
    assert 'id="figure-1"' in text


def test_fragments_repeat():
    assert screen.fragment(drawn(), "a") == screen.fragment(drawn(), "a")


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_a_saved_page_is_whole_by_itself(tmp_path, language, tag):
    path = style.save_figure(drawn(language), tmp_path / "chart.html")
    page = path.read_text(encoding="utf-8")
    assert f'<html lang="{tag}">' in page
    assert 'aria-label="新收3件"' in page
    assert "@font-face" in page
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", page)
    (tmp_path / "again").mkdir()
    assert path.read_bytes() == style.save_figure(drawn(language), tmp_path / "again" / "chart.html").read_bytes()


@pytest.mark.parametrize(("language", "button"), [("zh", "缩放"), pytest.param("en", None, marks=pytest.mark.full)])
def test_a_page_that_plotly_writes_has_our_font_and_buttons_of_its_language(tmp_path, language, button):
    months = pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]})
    flow = caseflow_from_counts(months)
    figure = plot_caseflow(flow, interactive=True, language=language)
    figure.write_html(tmp_path / "own.html", include_plotlyjs=False)
    stream = io.StringIO()
    figure.write_html(stream, include_plotlyjs=False)
    alone = figure.to_html(full_html=False, include_plotlyjs=False, config={"scrollZoom": True})
    for page in ((tmp_path / "own.html").read_text(encoding="utf-8"), stream.getvalue(), alone):
        assert page.count("@font-face") == 2
        assert (button in page.replace("\\u7f29\\u653e", "缩放")) if button else '"locale"' not in page
        assert page.index("document.fonts.load") < page.index("Plotly.newPlot(")
    assert '"scrollZoom": true' in alone
    assert alone.startswith("<style>")


def test_paper_formats_are_refused_with_what_to_do(tmp_path):
    with pytest.raises(OutputError, match="interactive=False"):
        style.save_figure(drawn(), tmp_path / "chart.png")


def test_a_legend_of_two_lines_has_room_for_both():
    def made(count):
        bars = [go.Bar(x=["新收"], y=[3], name=f"新收，季节调整之后（{i}）") for i in range(count)]
        return style.finish(go.Figure(bars), title="收案", alt="新收3件", note="")

    one, two = made(3), made(8)
    assert two.layout.margin.t - one.layout.margin.t >= 19
