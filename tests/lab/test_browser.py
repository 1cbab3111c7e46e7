"""A real JupyterLab in a real browser: menus in Chinese, notebooks that run, nothing asked of another machine."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlparse
from urllib.request import urlopen

import pytest

from analysis.lab.folder import notebooks_path
from analysis.lab.start import arguments, prepare

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed (Debian: apt install chromium)"),
]
NOTEBOOKS = sorted(path.name for path in notebooks_path().glob("*.ipynb"))
TOKEN = "of-this-test"  # noqa: S105 - the server is on loopback for the length of the test
MINUTES = 60_000
CODE_CELLS = "jupyterapp.shell.currentWidget.content.widgets.filter((cell) => cell.model.type === 'code')"
EXPLORING = """import analysis as an
from analysis.lab.explore import explore

an.use_style(language="zh")
cases = an.read_cases(an.sample_path("register"))
shown = explore(cases)
shown"""


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def notebook_of(source):
    cell = {"cell_type": "code", "execution_count": None, "id": "a", "metadata": {}, "outputs": [], "source": source}
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a running JupyterLab, in Chinese, in a working folder of its own."""
    folder, port = tmp_path_factory.mktemp("work"), free_port()
    environment = {**os.environ, **prepare(folder), "JUPYTER_CONFIG_DIR": str(folder / ".jupyter" / "config")}
    (folder / "explore.ipynb").write_text(notebook_of(EXPLORING), encoding="utf-8")
    extra = [f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True", "--allow-root"]
    command = [sys.executable, "-m", "jupyterlab", *arguments(folder, port=port, browser=False), *extra]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/api?token={TOKEN}", folder / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=60)


def wait_for(address: str, log: Path):
    for _ in range(240):
        try:
            with urlopen(address, timeout=5):  # noqa: S310
                return
        except (URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not start: {log.read_text(errors='replace')[-2000:]}")


@pytest.fixture
def page(lab):
    """A fresh page that notes every request to another machine."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
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


def drawn(page, count):
    """The names and points of the plots in the page, once there are so many of them."""
    page.wait_for_function(f"(count) => {PLOTS}.filter((plot) => plot._fullData).length >= count", arg=count)
    return json.loads(json.dumps(page.evaluate(DRAWN)))


def chosen(page, control, label):
    """Choose in a dropdown of the explorer, and wait for the cell that it writes."""
    code = page.locator(".jp-OutputArea textarea")
    before = code.input_value()
    page.locator(f".widget-dropdown:has(label:text-is('{control}')) select").select_option(label=label)
    page.wait_for_function("(before) => document.querySelector('.jp-OutputArea textarea').value !== before", arg=before)
    return code.input_value()


def test_the_controls_of_the_explorer_change_its_figures_and_the_copied_cell_draws_them_again(page, lab):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, lab, "explore.ipynb")
    run_all(page)
    first = drawn(page, 2)
    keep(page, "explore-before")
    assert 'freq="Y"' in chosen(page, "按", "年")
    page.wait_for_function(
        f"(first) => JSON.stringify({DRAWN}[0]) !== first", arg=json.dumps(first[0], separators=(",", ":"))
    )
    assert 'by="team"' in chosen(page, "分组", "执行小组")
    assert 'only="closure_rate"' in chosen(page, "指标", "结案率")
    page.wait_for_timeout(3_000)  # both figures are drawn anew
    second = drawn(page, 2)
    assert second[0] != first[0]
    assert second[1] != first[1]
    keep(page, "explore-after")

    page.locator("button.copy-as-code", has_text="复制为代码").click()
    page.locator("button.copy-as-code", has_text="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".jp-OutputArea textarea").input_value()
    page.evaluate(
        """async (code) => {
            await jupyterapp.commands.execute("notebook:insert-cell-below");
            jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.setSource(code);
            await jupyterapp.commands.execute("notebook:run-cell");
        }""",
        copied,
    )
    again = drawn(page, 4)
    keep(page, "explore-copied")
    assert again[2:4] == second[:2]


def test_charts_and_tables_of_a_notebook_are_set_in_a_font_that_has_chinese(page, lab):
    opened(page, lab, "explore.ipynb")
    run_all(page)
    drawn(page, 2)
    page.wait_for_function("document.fonts.check('16px \"Court Sans SC\"', '执')")
    tick = "document.querySelector('.js-plotly-plot .xtick text')"  # drawn once before the layout has come, and again
    page.wait_for_function(f"{tick} && getComputedStyle({tick}).fontFamily.includes('Court Sans SC')")
    assert "Court Sans SC" in page.evaluate(f"getComputedStyle({tick}).fontFamily")
