"""The HTML report in a real browser, its network blocked."""

import io
import re
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parent.parent / "data" / "axe.min.js"
WIDTHS = (390, 768, 1280)
LANGUAGES = ("zh", "en")
SHOWN_CHARTS = (
    "[...document.querySelectorAll('.chart')].map(c => [...c.children].filter(e => e.clientHeight > 99).length)"
)
BEYOND = "[...document.querySelectorAll('.chart svg, table')].map(e => e.getBoundingClientRect().right)"
BOLD = """[...document.querySelectorAll('main *, header *')].filter(e => getComputedStyle(e).fontWeight >= 600)
  .flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent)).join('')"""

PLACES_TOLD = """e => [...e.querySelectorAll('[data-told]')].map(s => [s.dataset.told, s.getBoundingClientRect()])
  .map(([told, r]) => [told, r.x + r.width / 2, r.y + r.height / 2, r.width])"""
TIP = """() => [document.getElementById('tip')].map(t => [t, t.getBoundingClientRect()])
  .map(([t, r]) => [t.innerText, r.left, r.top, r.right, r.bottom, innerWidth, innerHeight])[0]"""


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium is installed (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser, published):
    """Open the page of a language in a window: the page, what it asked for beyond its own file, what it complained of."""
    contexts = []

    def open_page(language="zh", width=1280, *, scripts=True):
        asked, failed = [], []
        size = {"width": width, "height": 900}
        context = browser.new_context(offline=True, viewport=size, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: asked.append(r.url))
        page.on("requestfailed", lambda r: failed.append(r.url))
        page.on("pageerror", lambda e: failed.append(str(e)))
        page.on("console", lambda m: failed.append(m.text) if m.type == "error" else None)
        page.goto((published.folder / f"report-2011.{language}.html").as_uri())
        return page, asked, failed

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_at_every_width_each_chart_is_drawn_once_and_nothing_runs_off(opened, language, width):
    page, asked, failed = opened(language, width)
    assert failed == []
    assert all(url.startswith(("file:", "data:")) for url in asked)
    charts = page.evaluate(SHOWN_CHARTS)
    assert len(charts) >= 3
    assert set(charts) == {1}
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert (
        page.evaluate("[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1).length")
        == 0
    )
    letters = page.evaluate("""Math.min(...[...document.querySelectorAll('.chart text')].filter(e => e.getClientRects().length)
        .map(e => parseFloat(getComputedStyle(e).fontSize) * e.getCTM().a))""")
    assert letters >= 9.5, "letters of a chart that nobody can read"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("language", "other"), [("zh", "en"), ("en", "zh")])
def test_the_other_language_opens_at_the_section_that_is_read(opened, language, other, width):
    page, _, failed = opened(language, width)
    link = page.locator(".language a")
    covered = "e => { const b = e.getBoundingClientRect(); return document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2) !== e }"
    assert not link.evaluate(covered)
    page.locator("section#limits").evaluate("e => e.scrollIntoView()")
    link.evaluate("e => e.click()")
    page.wait_for_url(f"**/report-2011.{other}.html#*")
    assert page.url.endswith("#limits")
    assert page.evaluate("document.documentElement.lang").startswith(other)
    assert abs(page.locator("section#limits").evaluate("e => e.getBoundingClientRect().top")) < 100
    assert failed == []


def test_without_scripts_the_other_language_is_a_link(opened):
    page, _, _ = opened("zh", 390, scripts=False)
    page.locator(".language a").click()
    page.wait_for_url("**/report-2011.en.html")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_page_is_whole(opened, language):
    page, _, failed = opened(language, 768, scripts=False)
    assert failed == []
    assert page.locator("h1").count() == 1
    for chart in page.locator(".chart > .wide").all():
        assert chart.is_visible()
        assert chart.get_attribute("aria-label")
    told = page.locator("#cycle-stock .wide title")
    assert told.count() > 60
    assert page.locator("table tbody tr").count() > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(opened, language):
    page, _, _ = opened(language)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_bold_letters_are_in_the_bold_font(opened, published, language):
    page, _, _ = opened(language)
    source = (published.folder / f"report-2011.{language}.html").read_text(encoding="utf-8")
    fonts = [TTFont(io.BytesIO(b64decode(data))) for data in re.findall(r"data:font/woff;base64,([^)]+)", source)]
    assert len(fonts) == 2, "one a weight"
    assert {char for char in page.evaluate(BOLD) if not char.isspace()} <= set(map(chr, fonts[1].getBestCmap()))


def test_values_are_told_under_the_pointer_and_by_the_arrow_keys(opened):
    page, _, _ = opened()
    chart, tip = page.locator("#limits-time-to-close .wide"), page.locator("#tip")
    assert not tip.is_visible()
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4)
    assert re.search(r"95%区间[\d.]+–[\d.]+", tip.inner_text()), "the interval is told"
    page.mouse.move(5, 5)
    assert not tip.is_visible()
    stock = page.locator("#cycle-stock .wide")
    stock.focus()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")  # scrolled to it
    page.keyboard.press("ArrowRight")
    first = tip.inner_text()
    page.keyboard.press("ArrowRight")
    assert first.startswith("2006年1月")
    assert tip.inner_text().startswith("2006年2月")
    page.mouse.wheel(0, 40)
    tip.wait_for(state="hidden")
    page.keyboard.press("ArrowRight")
    assert tip.inner_text().startswith("2006年3月"), "scrolling keeps the place"
    page.keyboard.press("Escape")
    assert not tip.is_visible()


@pytest.mark.full
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_point_of_every_chart_tells_its_own_values_inside_the_window(opened, language, width):
    """The pointer over each place of each chart; what is narrower than the pointer's own step may tell its neighbour's."""
    page, _, _ = opened(language, width=width)
    moved = 0
    for chart in page.query_selector_all(".chart > svg"):
        if not chart.is_visible():
            continue
        chart.evaluate("e => e.scrollIntoView({block: 'center'})")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        for told, x, y, broad in chart.evaluate(PLACES_TOLD):
            page.mouse.move(x, y)
            text, left, top, right, bottom, across, down = page.evaluate(TIP)
            assert min(left, top) >= 0, told
            assert right <= across, told
            assert bottom <= down, told
            assert text == told or broad < 2, told
            series = [re.split("[：:]", line)[0] for line in told.splitlines()[1:]]
            assert len(series) == len(set(series)), told
            moved += 1
    assert moved > 150


def test_a_heading_sorts_its_column_and_gives_the_order_back(opened):
    page, _, _ = opened()
    table = page.locator("#indicators-years")
    column = table.locator("tbody td:nth-child(8)")
    heading = table.locator("thead th").nth(7)
    before = column.all_inner_texts()
    assert "—" in before
    for way in ("ascending", "descending"):
        heading.locator("button").click()
        assert heading.get_attribute("aria-sort") == way
        shown = column.all_inner_texts()
        known = [float(text.replace(",", "")) for text in shown if text != "—"]
        assert known == sorted(known, reverse=way == "descending")
        assert "—" not in shown[: len(known)], "what is missing stays at the end"
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") is None
    assert column.all_inner_texts() == before


def test_on_paper_no_chart_and_no_table_runs_out_of_the_page(opened):
    for language in LANGUAGES:
        page, _, _ = opened(language, 672)  # what A4 leaves between the margins
        page.emulate_media(media="print")
        assert max(page.evaluate(BEYOND)) <= 680
        size = "name => parseFloat(getComputedStyle(document.querySelector(name)).fontSize)"
        assert page.evaluate(size, ".note") <= page.evaluate(size, "td"), "a note is no larger than the table above"


def test_a_table_that_goes_on_over_a_printed_page_has_its_headings_there_too(opened, tmp_path):
    """Chromium does not print the text of buttons again, and headings that sort are such."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext is installed (Debian: apt-get install poppler-utils)")
    page, _, _ = opened()
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    written = subprocess.run(["pdftotext", tmp_path / "report.pdf", "-"], check=True, capture_output=True, text=True)
    pages = written.stdout.split("\f")
    assert sum("核算方法" in text and "口径和依据" in text for text in pages) > 1, (
        "the table of all statements is of several pages"
    )


def test_printed_pages_have_no_holes(opened, tmp_path):
    image = pytest.importorskip("PIL.Image")
    if shutil.which("pdftoppm") is None:
        pytest.skip("no pdftoppm is installed (Debian: apt-get install poppler-utils)")
    page, _, _ = opened()
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True, print_background=True)
    subprocess.run(["pdftoppm", "-r", "30", "-gray", tmp_path / "report.pdf", tmp_path / "page"], check=True)
    empty = []
    for path in sorted(tmp_path.glob("page-*.pgm"))[:-1]:  # the last page ends where the report does
        with image.open(path) as drawn:
            foot = drawn.height * (1 - 18 / 297)
            written = drawn.point(lambda grey: 255 if grey < 200 else 0).getbbox()
            empty.append((foot - written[3]) / drawn.height)
    assert max(empty) < 0.4
    assert sum(empty) / len(empty) < 0.12


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_no_heading_stands_beside_an_empty_cell(opened, language):
    page, *_ = opened(language, 390)
    blank = page.evaluate(
        "[...document.querySelectorAll('.list td')].filter(e => !e.textContent).map(e => e.offsetHeight)"
    )
    assert blank
    assert not any(blank)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_what_heads_a_row_tells_it_from_the_others_and_stands_alone(opened, language):
    page, *_ = opened(language, 390)
    tables = page.evaluate(
        """[...document.querySelectorAll('table.list')].map(table => [...table.tBodies[0].rows].map(row => {
             const head = [...row.cells].filter(cell => getComputedStyle(cell).color === getComputedStyle(row.cells[0]).color);
             const ends = Math.max(...head.map(cell => cell.getBoundingClientRect().bottom));
             const rest = [...row.cells].slice(head.length).filter(cell => cell.textContent);
             return [head.map(cell => cell.textContent).join('|'), rest.every(cell => cell.getBoundingClientRect().top >= ends - 1)];
           }))"""
    )
    of_several = [rows for rows in tables if any("|" in head for head, _ in rows)]
    assert of_several
    for rows in of_several:
        heads = [head for head, _ in rows]
        assert len(heads) == len(set(heads))
    assert all(stands for rows in tables for _, stands in rows)
