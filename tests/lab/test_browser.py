"""A real JupyterLab in a real browser: menus in Chinese, notebooks that run, nothing asked of another machine."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlparse
from urllib.request import urlopen

import pandas as pd
import pytest
import qingshi
from explorer_page import chosen, faults, seen, settled

from analysis.lab import start
from analysis.lab.folder import notebooks_path
from analysis.lab.start import arguments, prepare

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed (Debian: apt install chromium)"),
]
NOTEBOOKS = sorted(path.name for path in notebooks_path().glob("0*.ipynb"))
TOKEN = "of-this-test"  # noqa: S105 - the server is on loopback for the length of the test
MINUTES = 60_000
KERNEL = "jupyterapp.shell.currentWidget.sessionContext.session.kernel"
SUBSHELLS = f"{KERNEL}.requestListSubshell({{}}).done.then((reply) => reply.content.subshell_id)"
CODE_CELLS = "jupyterapp.shell.currentWidget.content.widgets.filter((cell) => cell.model.type === 'code')"
EXPLORING = """import analysis as an
an.use_style(language="zh")
cases = an.read_cases(an.sample_path("register"))
an.explore(cases)"""


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def notebook_of(source):
    cell = {"cell_type": "code", "execution_count": None, "id": "a", "metadata": {}, "outputs": [], "source": source}
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


@contextmanager
def serving(folder):
    """The address of a running JupyterLab, in Chinese, in a working folder."""
    port = free_port()
    environment = {**os.environ, **prepare(folder), "JUPYTER_CONFIG_DIR": str(folder / ".jupyter" / "config")}
    extra = [f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True", "--allow-root"]
    command = [sys.executable, "-m", "jupyterlab", *arguments(folder, port=port, browser=False), *extra]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/api?token={TOKEN}", folder / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=60)
            except subprocess.TimeoutExpired:
                server.kill()
                pytest.fail(f"JupyterLab did not end: {(folder / 'server.log').read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("work")
    (folder / "explore.ipynb").write_text(notebook_of(EXPLORING), encoding="utf-8")
    with serving(folder) as address:
        yield address


def wait_for(address: str, log: Path):
    for _ in range(240):
        try:
            with urlopen(address, timeout=5):  # noqa: S310
                return
        except (URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not start: {log.read_text(errors='replace')[-2000:]}")


@pytest.fixture
def page():
    """A fresh page that notes every request to another machine."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
        page.set_default_timeout(2 * MINUTES)
        outside = []
        page.on("request", lambda request: outside.append(request.url) if is_outside(request.url) else None)
        yield page
        browser.close()
        assert not outside, "no request leaves the machine"


def is_outside(url):
    address = urlparse(url)
    return address.scheme in ("http", "https", "ws", "wss") and address.hostname != "127.0.0.1"


def opened(page, lab, name):
    page.goto(f"{lab}/lab/tree/{name}?token={TOKEN}&reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")


def run_all(page):
    page.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells'); }")
    page.wait_for_function(f"{CODE_CELLS}.every((cell) => cell.model.executionCount)", timeout=5 * MINUTES)
    outputs = page.evaluate(f"{CODE_CELLS}.flatMap((cell) => cell.model.outputs.toJSON())")
    assert not [output for output in outputs if output["output_type"] == "error"]
    return outputs


def keep(page, name):
    """A picture to look at, where ``LOOK`` names a folder."""
    if os.environ.get("LOOK"):
        page.screenshot(path=Path(os.environ["LOOK"]) / f"{name}.png")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_opens_in_chinese_and_runs(page, lab, name):
    opened(page, lab, name)
    page.wait_for_selector("#jp-MainMenu >> text=文件")
    outputs = run_all(page)
    shown = [output.get("data", {}) for output in outputs]
    assert any("image/png" in data for data in shown)
    tables = [html for html in ("".join(data.get("text/html", "")) for data in shown) if "court-table" in html]
    assert tables
    assert re.search("<th[^>]*>[\u4e00-\u9fff]", tables[0]), "headings in Chinese"
    keep(page, Path(name).stem)


PLOTS = "[...document.querySelectorAll('.jp-OutputArea .js-plotly-plot')]"
DRAWN = f"{PLOTS}.map((plot) => plot._fullData.map((t) => [t.name, [...t.x].map((x) => String(x).slice(0, 10)), [...t.y].map(Number)]))"


def explored(page, lab):
    opened(page, lab, "explore.ipynb")
    run_all(page)
    settled(page)


def drawn(page, count):
    """The names and points of the plots in the page, once there are so many of them."""
    page.wait_for_function(f"(count) => {PLOTS}.filter((plot) => plot._fullData).length >= count", arg=count)
    return json.loads(json.dumps(page.evaluate(DRAWN)))


def filters_of(page):
    """The filters with the label of their first choice that has cases."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.court-explorer fieldset[data-filter]')]
        .filter((set) => set.dataset.filter !== 'period')
        .map((set) => [set.dataset.filter, [...set.querySelectorAll('.choice:not(.empty) .value')].map((v) => v.textContent)[1]]))"""
    )


def test_every_control_alone_and_in_pairs_leaves_no_blank_no_fault_and_no_empty_axes(page, lab):
    explored(page, lab)
    filters = filters_of(page)
    assert len(filters) >= 7
    times = []
    for name, label in filters.items():
        times.append(chosen(page, name, label)[0])
        assert not faults(page), name
        for other, second in filters.items():
            if other > name:
                times += [chosen(page, other, second)[0]]
                assert not faults(page), (name, other)
                times += [chosen(page, other, second)[0]]
        chosen(page, name, label)
    for control in ("按", "分组"):
        control_list = page.locator(f".court-explorer select[aria-label='{control}']")
        for value in control_list.locator("option").evaluate_all("all => all.map((one) => one.value)"):
            control_list.select_option(value)
            settled(page)
            assert not faults(page), (control, value)
    note_times("counting views", times)


def test_every_view_under_a_filter_shows_figures_tables_or_a_sentence(page, lab):
    explored(page, lab)
    chosen(page, "basis", "民事")
    for view in page.locator(".court-explorer [data-view]").evaluate_all("all => all.map((one) => one.dataset.view)"):
        note_times(view, [seen(page, view)[0]])
        assert not faults(page), view
        keep(page, f"explore-{view}")


@pytest.mark.parametrize(
    ("first", "last"), [("2011年1月", "2011年8月"), ("2010年9月", "2011年8月"), ("2011年11月", "2011年12月")]
)
def test_names_of_periods_under_narrow_panels_stand_clear_of_each_other(page, lab, first, last):
    explored(page, lab)
    seen(page, "indicators")
    for place, month in enumerate((first, last)):
        page.locator(".court-explorer fieldset[data-filter=period] select").nth(place).select_option(month)
        settled(page)
    assert not faults(page)
    keep(page, f"explore-indicators-{first}")


def note_times(what, times):
    """Times to look at, where ``LOOK`` names a folder: a loaded machine is no reason to fail."""
    if os.environ.get("LOOK"):
        ordered = sorted(times)
        line = f"{what}: n={len(times)} median={ordered[len(times) // 2]} ms longest={ordered[-1]} ms\n"
        with (Path(os.environ["LOOK"]) / "times.txt").open("a", encoding="utf-8") as log:
            log.write(line)


def test_what_is_clicked_is_listed_saved_and_copied(page, lab):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    explored(page, lab)
    chosen(page, "team", "执行一组")
    bar = page.locator(".court-explorer .plot .nsewdrag").first.bounding_box()
    page.mouse.click(bar["x"] + bar["width"] * 0.6, bar["y"] + bar["height"] * 0.4)
    listing = page.locator(".court-explorer .list")
    listing.locator("table").wait_for()
    numbers = [int(text.split()[-1]) for text in listing.locator("button[aria-pressed]").all_inner_texts()]
    rows = listing.locator("tbody tr")
    assert rows.count() == max(numbers) > 0
    assert "执字" in rows.first.inner_text()
    listing.locator("th button", has_text="天数").click()
    days = [int(row.inner_text().split("\t")[-1].replace(",", "")) for row in rows.all()]
    assert days == sorted(days)
    keep(page, "explore-list")
    listing.locator(".list-to-excel").click()  # a team's cases are saved inside the court alone
    page.locator(".court-explorer .answer", has_text="names=True").wait_for()
    page.locator(".court-explorer .copy-as-code").click()
    page.locator(".court-explorer .copy-as-code", has_text="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert 'cases.where(team=["执行一组"], names=True)' in copied
    first = drawn(page, 1)
    page.evaluate(
        """async (code) => {
            await jupyterapp.commands.execute("notebook:insert-cell-below");
            jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.setSource(code);
            await jupyterapp.commands.execute("notebook:run-cell");
        }""",
        copied,
    )
    assert drawn(page, 2)[1] == first[0]


def test_a_click_at_the_edge_of_a_broad_bar_lists_the_cases_of_its_period(page, lab):
    explored(page, lab)
    seen(page, "petitions")
    bar = page.locator(".court-explorer .plot .bars .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)
    page.locator(".court-explorer .list table").wait_for(timeout=10_000)


def test_the_keyboard_reaches_views_filters_and_rows_and_no_command_of_the_notebook_answers(page, lab):
    explored(page, lab)
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    page.locator(".court-explorer [data-view=flow]").focus()
    page.keyboard.press("ArrowRight")
    settled(page)
    assert page.locator(".court-explorer [role=tab][aria-selected=true]").get_attribute("data-view") == "cycle"
    page.keyboard.press("ArrowLeft")
    settled(page)
    page.locator(".court-explorer fieldset[data-filter=basis] input[type=checkbox]").nth(1).focus()
    page.keyboard.press("Space")
    settled(page)
    for key in ("a", "b", "d", "d"):  # in the notebook these make and delete cells
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells
    page.locator(".court-explorer .tables tbody tr").first.focus()
    page.keyboard.press("Enter")
    page.locator(".court-explorer .list table, .court-explorer .list .note").first.wait_for()


def test_a_narrow_window_holds_the_page_and_a_saved_view_comes_back(page, lab):
    page.set_viewport_size({"width": 760, "height": 900})
    explored(page, lab)
    drawn_wide, held = page.evaluate(
        "() => { const root = document.querySelector('.court-explorer'); return [root.scrollWidth, root.clientWidth]; }"
    )
    assert drawn_wide <= held
    keep(page, "explore-narrow")
    boxes = """() => ['.main', '.plot', '.plot .main-svg'].map((name) => {
      const { width, height } = document.querySelector(`.court-explorer ${name}`).getBoundingClientRect(); return [width, height]; })"""
    narrow, high = page.evaluate(boxes)[-1]
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.wait_for_function(
        f"(() => {{ const [[main], , [drawn]] = ({boxes})(); return drawn !== {narrow} && Math.abs(main - drawn) < 2; }})()"
    )
    assert [height for _, height in page.evaluate(boxes)[1:]] == [high, high], (
        "as high as before, and nothing lies on it"
    )
    chosen(page, "basis", "民事")
    total = page.locator(".court-explorer .total")
    seen_total = total.inner_text()
    page.get_by_label("视图名称").fill("民事")
    page.locator(".court-explorer .save-view").click()
    page.locator(".court-explorer .answer", has_text="已存视图").wait_for()
    page.get_by_role("button", name="清除全部筛选").click()
    settled(page)
    assert total.inner_text() != seen_total
    for _ in range(2):  # and once more, after something else was chosen
        page.get_by_role("button", name="清除全部筛选").click()
        settled(page)
        page.locator(".court-explorer .saved-views").select_option("民事")
        page.locator(".court-explorer .total", has_text=seen_total).wait_for()
        settled(page)
    assert not faults(page)


def test_charts_and_tables_of_a_notebook_are_set_in_a_font_that_has_chinese(page, lab):
    explored(page, lab)
    drawn(page, 1)
    page.wait_for_function("document.fonts.check('16px \"Court Sans SC\"', '执')")
    tick = "document.querySelector('.js-plotly-plot .xaxislayer-above text')"
    page.wait_for_function(tick)
    assert "Court Sans SC" in page.evaluate(f"getComputedStyle({tick}).fontFamily")
    page.locator(".court-explorer .plot").hover()
    titles = page.locator(".court-explorer .modebar-btn").evaluate_all("all => all.map((one) => one.dataset.title)")
    assert titles
    assert not [title for title in titles if re.search("[A-Za-z]{4}", title)], "plotly's buttons speak Chinese"


def test_from_an_own_file_to_a_picture_and_its_cases_by_clicks_alone(page, tmp_path):
    rows = qingshi.cases()
    qingshi.export(tmp_path / "执行台账.xlsx", rows)
    with serving(tmp_path) as address:
        page.goto(f"{address}/lab?token={TOKEN}")
        page.locator(".jp-DirListing-item", has_text="开始.ipynb").dblclick()
        page.locator(".jp-CodeCell").click()
        page.locator("#jp-main-statusbar", has_text="空闲").wait_for()
        page.locator("[data-command='notebook:run-cell-and-select-next']").first.click()
        for button in ("认识这个文件", "确认，写出本院说明文件并打开", "探索"):
            page.get_by_role("button", name=button).click()
        settled(page)
        assert not faults(page)
        month = page.locator(".court-explorer .plot .nsewdrag").first.bounding_box()
        page.mouse.click(month["x"] + month["width"] * 0.6, month["y"] + month["height"] * 0.4)
        listing = page.locator(".court-explorer .list")
        listing.locator("table").wait_for()
        listing.locator("button", has_text="结案").first.click()
        listing.locator(
            "button[aria-pressed=true]", has_text="结案"
        ).wait_for()  # before it, the list is of the cases filed
        keep(page, "own-file")
        assert page.evaluate(SUBSHELLS) == [], "clicks wait for cells"
        year, month_number = re.search(r"(\d{4})年(\d+)月", listing.inner_text()).groups()
        answer = page.locator(".court-explorer .answer")
        listing.locator(".list-to-excel").click()
        answer.get_by_text(".xlsx").wait_for()
        page.get_by_role("button", name="存图 PNG").click()
        answer.get_by_text(".png").wait_for()
        assert list((tmp_path / "输出").glob("*.png"))
        (saved,) = (tmp_path / "输出").glob("*.xlsx")
    cells = set(pd.read_excel(saved, header=None, engine="openpyxl").to_numpy().ravel())
    closed = rows["结案日期"].astype(str).str.startswith(f"{year}-{int(month_number):02}")
    assert cells & set(rows["案号"]) == set(rows.loc[closed, "案号"])


def test_in_a_jupyterlab_that_others_started_too_clicks_are_answered_where_an_interrupt_arrives(
    page, tmp_path, monkeypatch
):
    """JupyterLab's own setting makes a thread for clicks; the kernel still answers in the main one what a widget of the main one asked."""
    others = {name: of for name, of in start.SETTINGS.items() if "kernels" not in name}
    monkeypatch.setattr(start, "SETTINGS", others)
    of_whom = """shown = an.explore(cases)
import threading, ipywidgets
told = ipywidgets.Label()
shown.observe(lambda _: setattr(told, "value", f"in the main thread: {threading.current_thread() is threading.main_thread()}"), "shown")
display(told)
shown"""
    source = EXPLORING.replace("an.explore(cases)", of_whom)
    (tmp_path / "explore.ipynb").write_text(notebook_of(source), encoding="utf-8")
    with serving(tmp_path) as address:
        explored(page, address)
        assert len(page.evaluate(SUBSHELLS)) == 1, "the setting is JupyterLab's own"
        chosen(page, "basis", "民事")
        page.locator(".jp-OutputArea", has_text="in the main thread: True").wait_for()
