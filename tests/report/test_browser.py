"""The HTML report in a real browser, its network blocked."""

import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parent.parent / "data" / "axe.min.js"


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium is installed (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(params=["zh", "en"])
def opened(request, browser, published):
    """The page, what it asked for beyond its own file, and what it complained of."""
    asked, failed = [], []
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.on("request", lambda r: asked.append(r.url))
    page.on("requestfailed", lambda r: failed.append(r.url))
    page.on("pageerror", lambda e: failed.append(str(e)))
    page.on("console", lambda m: failed.append(m.text) if m.type == "error" else None)
    page.goto((published.folder / f"report-2011.{request.param}.html").as_uri())
    page.wait_for_selector(".main-svg")
    yield page, asked, failed
    context.close()


def test_without_network_every_chart_is_drawn_and_nothing_is_missed(opened):
    page, asked, failed = opened
    assert failed == []
    assert all(url.startswith(("file:", "data:", "blob:")) for url in asked)
    charts = page.locator(".chart")
    assert charts.count() >= 4
    for number in range(charts.count()):
        assert charts.nth(number).locator(".main-svg").count() >= 1


def test_the_page_has_one_heading_a_language_and_no_sideways_scrolling(opened):
    page, _, _ = opened
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
    assert page.evaluate("document.fonts.size > 0")


def test_axe_finds_nothing_serious(opened):
    if not AXE.is_file():
        pytest.skip("axe-core (npm, MPL-2.0) is not in tests/data")
    page, _, _ = opened
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    grave = [(v["id"], v["nodes"][0]["html"]) for v in found["violations"] if v["impact"] in ("serious", "critical")]
    assert grave == []


def test_on_paper_no_chart_and_no_table_runs_out_of_the_page(opened):
    page, _, _ = opened
    page.set_viewport_size({"width": 1366, "height": 900})
    page.wait_for_timeout(500)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 960})  # what A4 leaves between the margins
    wide = page.evaluate("[...document.querySelectorAll('.main-svg, table')].map(e => e.getBoundingClientRect().right)")
    assert max(wide) <= 680
