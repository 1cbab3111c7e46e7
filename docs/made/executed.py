"""The tutorial and the notebooks, run when the pages are built, with what they show below each cell.

What was run is kept in the user's folder of caches until the code or the notebook changes: a run takes minutes.
"""

import hashlib
import os
import re
import warnings
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from nbclient import NotebookClient
from nbformat import NotebookNode

import analysis as an
from analysis.lab.folder import copy_notebooks, notebooks_path
from analysis.vocabulary.text import Text

# what Ibis asks of pandas and DuckDB is its own to mend, and says so hundreds of times
warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"ibis\.")

HERE = Path(__file__).parent
CODE = Path(an.__file__).parent
KEPT = Path.home() / ".cache" / "court-analysis-pages"
SECONDS = 900  # for one cell
TERMINAL = {"COLUMNS": "110", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
TUTORIAL, REPORT = "tutorial.md", "tutorial-report.html"
BLOCK = re.compile(r"^```(python|sh)\n(.*?)^```\n", re.M | re.S)
NOTEBOOK = re.compile(r"\[([^\]]*)\]\(([^)/]*)\.ipynb\)")
NOT_SHOWN = re.compile(r"<script.*?</script>|<style.*?</style>|<!--.*?-->|<table[^>]*hidden[^>]*></table>", re.S)
# A command of the tutorial as its cell runs it: told that no terminal is there, which a spinner would fill.
COMMAND = """\
import os, shlex, subprocess, sys
plain = {{name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "CLICOLOR_FORCE")}}
line = [sys.executable, "-X", "utf8", "-m", "analysis", *shlex.split({line!r})]
done = subprocess.run(line, capture_output=True, encoding="utf-8", env=plain)
print(done.stderr + done.stdout)
"""
FOLDER = Text("笔记本", "Notebooks")
ABOUT = Text(
    "每个笔记本都是文档构建时用合成的示例台账从头运行的，数字和图即当时所得。`court-analysis lab` 把它们连同示例复制到工作文件夹，换成本院的台账即可再运行。",
    "Each notebook was run from the top on the synthetic sample when these pages were built; figures and pictures are what it gave. "
    "`court-analysis lab` copies them with the sample into a working folder, to be run on a register of one's own.",
)
ON_SCREEN = Text(
    "（这里是可以点选的界面，只在 JupyterLab 中显示。）", "(Controls to click on, which JupyterLab alone shows.)"
)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the notebooks into the navigation."""
    pages = [f"notebooks/{path.stem}.md" for path in _notebooks()]
    with an.speaking(config.theme["language"]):
        config.nav.append({str(FOLDER): ["notebooks/index.md", *pages]})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of what was run, and their pictures."""
    language = str(config.theme["language"])
    with an.speaking(language):
        pages = _tutorial(Path(config.docs_dir, TUTORIAL).read_text(encoding="utf-8"), language)
        lines = []
        for path in _notebooks():
            place = f"notebooks/{path.stem}.md"
            pages |= _notebook(path, place, language)
            lines.append(f"- [{re.search(r'^# (.*)$', str(pages[place]), re.M)[1]}]({path.stem}.md)\n")
        pages["notebooks/index.md"] = f"# {FOLDER}\n\n{ABOUT}\n\n{''.join(lines)}"
    for place, content in pages.items():
        if place in files.src_uris:
            files.remove(files.src_uris[place])
        files.append(File.generated(config, place, content=content))
    return files


def _notebooks() -> list[Path]:
    return [path for path in sorted(notebooks_path().glob("*.ipynb")) if path.stem[0].isdigit()]


def _tutorial(markdown: str, language: str) -> dict[str, str | bytes]:
    """The tutorial with what each block gave; a block of the terminal runs the command itself."""
    cells, at = [], 0
    for block in BLOCK.finditer(markdown):
        cells.append(nbformat.v4.new_markdown_cell(markdown[at : block.start()]))
        shown = nbformat.v4.new_code_cell(block[2], metadata={"shown": block[0]})
        if block[1] == "sh":
            shown.source = COMMAND.format(line=block[2].strip().removeprefix("court-analysis "))
        cells.append(shown)
        at = block.end()
    cells.append(nbformat.v4.new_markdown_cell(markdown[at:]))
    done = _run(nbformat.v4.new_notebook(cells=cells), "tutorial", language)
    (report,) = done.metadata["reports"]
    return {**_page(done, TUTORIAL), REPORT: report}


def _notebook(path: Path, place: str, language: str) -> dict[str, str | bytes]:
    with TemporaryDirectory() as folder:
        copy_notebooks(folder)
        notebook = nbformat.read(Path(folder, path.name), as_version=4)
        return _page(_run(notebook, path.stem, language, folder), place)


def _run(notebook: NotebookNode, name: str, language: str, folder: str | None = None) -> NotebookNode:
    """The notebook with its outputs, run in a folder of its own unless this code and this notebook were run before."""
    digest = hashlib.sha256(repr([(c.cell_type, c.source) for c in notebook.cells]).encode())
    for path in sorted([*CODE.rglob("*.py"), *CODE.rglob("*.toml")]):
        digest.update(path.read_bytes())
    kept = KEPT / f"{name}.{language}.{digest.hexdigest()[:16]}.ipynb"
    if kept.is_file():
        return nbformat.read(kept, as_version=4)
    with TemporaryDirectory() as empty:
        about = {"resources": {"metadata": {"path": folder or empty}}, "extra_arguments": ["--log-level=40"]}
        NotebookClient(notebook, timeout=SECONDS, **about).execute(env={**os.environ, **TERMINAL})
        reports = Path(empty).glob("reports/*/*.html")
        notebook.metadata["reports"] = [path.read_text(encoding="utf-8") for path in reports]
    for output in (output for cell in notebook.cells for output in cell.get("outputs", ())):
        if "text/html" in output.get("data", {}):
            output.data["text/html"] = NOT_SHOWN.sub("", output.data["text/html"]).strip()
    KEPT.mkdir(parents=True, exist_ok=True)
    for former in KEPT.glob(f"{name}.{language}.*.ipynb"):
        former.unlink()
    nbformat.write(notebook, kept)
    return notebook


def _page(notebook: NotebookNode, place: str) -> dict[str, str | bytes]:
    """The page of a notebook that was run, and its pictures by their places."""
    parts: list[str] = []
    made: dict[str, str | bytes] = {}
    above = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(NOTEBOOK.sub(_as_page, cell.source))
            above = cell.source.split("\n\n")[-1]
            continue
        parts.append(cell.metadata.get("shown") or f"```python\n{cell.source}\n```")
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/png" in data:
                picture = f"{Path(place).stem}-{len(made) + 1}.png"
                made[str(Path(place).with_name(picture))] = b64decode(data["image/png"])
                parts.append(f"![{_described(data, above)}]({picture})")
            else:
                parts.append(_told(output, data))
    return {place: "\n\n".join(filter(None, parts)) + "\n", **made}


def _as_page(link: re.Match[str]) -> str:
    """A link to a notebook as one to its page; of a notebook that has none, its name alone."""
    words, name = link.groups()
    return f"[{words}]({name}.md)" if name[0].isdigit() else words


def _told(output: NotebookNode, data: dict[str, Any]) -> str:
    """An output that is no picture: a table as it stands in the notebook, or what was printed."""
    if any("widget" in kind or "plotly" in kind for kind in data):
        return str(ON_SCREEN)
    if "text/html" in data:
        inner = re.sub(r"\n\s*\n", "\n", data["text/html"])
        return f'<div class="shown">{inner}</div>' if inner else ""
    text = _words(data) if data else output.get("text", "")
    return f'<pre class="printed">{_escaped(text.rstrip())}</pre>' if text.strip() else ""


def _words(data: dict[str, Any]) -> str:
    """What an output says in words."""
    return str(data["text/plain"])


def _described(data: dict[str, Any], above: str) -> str:
    """The description of a picture: its own, or the paragraph above one of a library that gives none."""
    words = _words(data)
    return re.sub(r"[\[\]`*#\n]", " ", above if words.startswith("<Figure") else words).strip()


def _escaped(text: str) -> str:
    plain = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text)
    return re.sub(r"\n\s*\n", "\n&nbsp;\n", plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
