"""A researcher's own notebook, run with strict parameters and published as a report, its code hidden."""

from __future__ import annotations

import ast
import base64
import io
import json
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from glob import glob
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.files.destinations import OUTPUT
from analysis.files.source import digest, find_files
from analysis.files.temporary import temporary_folder
from analysis.register.confidential import Confidential, confidential_in_file, must_not_say
from analysis.register.court_file import ENVIRONMENT, find_court_file, read_court_file
from analysis.register.disclosure import WITHHELD
from analysis.register.file_names import is_telling, shown_file
from analysis.report.content import Block, Figure, Paragraph, Report, Section, Table
from analysis.report.formats.writers import must_be_formats, written
from analysis.report.manifest import asked_record, exhibits, sha256, versions
from analysis.report.publish import must_take_a_report, publish, say_what_stands_there
from analysis.report.yearly import Published
from analysis.vocabulary.errors import ArgumentError, InputError, OutputError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import Text

TAG = "parameters"  # the cell that papermill, too, takes for the notebook's parameters
MAGIC = ("%", "!")  # lines that only the notebook understands
KERNEL, LANGUAGE = "python3", "python"
COPIED_UP_TO = 100 << 20  # bytes; a larger file is one to read from
SECONDS = 1800  # that one cell may take
# Run before the first cell; a kernel of another environment may lack the package and has its own language then.
SPEAK = """import contextlib as _contextlib
with _contextlib.suppress(ImportError):
    from analysis.vocabulary.language import speak as _speak
    _speak({!r})
"""
TELL = "import os as _os\n_os.environ[{!r}] = {!r}\n"
# The same, to hear at the end what the kernel has read: see notebook_watch.
WATCH = """with _contextlib.suppress(ImportError):
    from analysis.report.notebook_watch import begin as _begin
    _court_analysis_watch = _begin()
"""
HEARD = """with _contextlib.suppress(NameError):
    print(_court_analysis_watch.end())
"""
DEAD = re.compile("[Kk]ernel (died|didn't respond)")  # in the words of the client
LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
BESIDE = "\t"  # between a heading and what it is called in the other language
ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
IMAGE = "image/png"
HTML = "text/html"
# No history of what was run is left in the home folder.
QUIETLY = ["--log-level=ERROR", "--HistoryManager.enabled=False"]
PLOTLY = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"
OBJECT = re.compile(r"\s*<.*>\s*", re.DOTALL)  # what Python calls an object that says nothing of itself
ROWS = re.compile(r"[\d,]+(?:行| rows?)")  # how long a table is, which a page shows
NOT_WATCHED = Text("本机没有装本软件的内核", "a kernel without this package")
IN_PICTURES = Text("笔记本的图", "a picture of the notebook")
OF_THIS_PACKAGE = ("InputError", "ArgumentError", "DataError", "OutputError")  # their messages show no cell
SCREEN_ONLY = Text(
    "此处是交互图，只能在笔记本中看；要发布，请画静态图。",
    "An interactive chart stands here, to be seen in the notebook only: draw it as a static one to publish it.",
)
FOR_USE = Text("此处是供操作的界面，只能在笔记本中使用。", "What stands here is for use in the notebook only.")


def publish_notebook(
    source: str | Path,
    parameters: Mapping[str, object] | None = None,
    *,
    out: str | Path | None = None,
    language: str | None = None,
    formats: Sequence[str] = ("html", "xlsx"),
    template: str | Path | None = None,
    progress: Callable[[str], None] | None = None,
    names: bool = False,
    own_figures: bool = False,
    court_file: str | Path | None = None,
) -> Published:
    """Run a notebook from top to bottom and publish what it shows, without its code, in the formats of ``build_report``.

    ``parameters`` replace those that the cell tagged ``parameters`` assigns; a name that it does not assign is an error. One called
    ``language`` is that of the report, unless it is given.
    A path among them is one from the working folder. The notebook runs in a folder of its own with copies of the files that lie
    beside it: what it writes is published beside the report, and nothing of the user's is written over.
    Markdown becomes headings and paragraphs, tables become tables, pictures figures. Of a notebook in both languages (a bold
    line under each Chinese heading is its English, as many paragraphs follow in each) one stands. The default folder is
    ``reports/<name of the notebook>``. What it shows passes the gate of all that leaves the court: ``names=True`` is refused in
    its calls, and nothing is published where its outputs (texts, tables, words in pictures, files that it wrote) hold a name
    or a free text of the registers that it read; ``names=True`` here makes a document for use inside. Figures that it works out
    by itself from the cases row by row (``cases.table``, a register's file read without the package) have passed no gate: it
    is refused, unless ``own_figures=True`` says that somebody looked at them for small counts and sums of few cases, which the
    manifest keeps.

    Raises ``InputError`` for a file or a parameter cell that cannot be read, ``ArgumentError`` for an unknown parameter or
    format, ``OutputError`` where a cell fails, where what stays in the court would be published, or nothing can be written.

    Parameters
    ----------
    source : path
        The notebook.
    parameters : mapping
        Values in place of those that the cell of parameters assigns.
    out : path
        The folder to write into.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    formats : list of str
        ``html``, ``xlsx``, ``pdf``, ``docx``, ``pptx``.
    template : path
        The office's own .docx for Word.
    progress : callable
        Told of each part that is done.
    names : bool
        ``True`` makes a document for use inside the court, which may show names.
    own_figures : bool
        ``True`` confirms that no figure that the notebook works out from single cases points at a person or a case.
    court_file : path
        The court's own file; without it the ``本院.toml`` of the working folder.

    Returns
    -------
    Published
        Folder, files, manifest and content.

    >>> import json
    >>> import tempfile
    >>> from nbformat import v4
    >>> year = v4.new_code_cell("year = 2010", metadata={"tags": ["parameters"]})
    >>> book = v4.new_notebook(cells=[v4.new_markdown_cell("# 新收"), year, v4.new_code_cell("print(year)")])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "新收.ipynb").write_text(json.dumps(book), encoding="utf-8")
    ...     published = publish_notebook(f"{folder}/新收.ipynb", {"year": 2011}, out=f"{folder}/out", formats=["html"])
    ...     "2011" in published.files[0].read_text(encoding="utf-8")
    True
    """
    must_be_formats(formats, template=template)
    must_take_a_report(out)
    given, say, source = dict(parameters or {}), progress or (lambda _: None), Path(source)
    book, of_court = _read(source), find_court_file(court_file)
    if of_court is not None:
        read_court_file(of_court)  # what is wrong with it is said before anything runs
    declared = _declared(book, source)
    _must_be_known(source, given, declared)
    folder = Path(out) if out is not None else Path("reports") / source.stem
    with speaking(language) as spoken:
        say_what_stands_there(folder, source.stem, progress)
        say(str(Text(f"运行 {source.name}…", f"Running {source.name}…")))
        asked = ({"language": spoken} if "language" in declared else {}) | _from_here(given)
        done, beside, heard = _run(book, asked, source, spoken, of_court, names=names)
        told = {name: _as_told(value, names) for name, value in sorted(given.items())}
        report = _content(done, source, spoken, told)
        checksum = sha256(source.read_bytes())
        footer = f"court-analysis {versions()['court-analysis']} · {source.name} · {checksum[:12]}"
        files = written(report, footer, f"{source.stem}.{spoken}", formats, say, template=template)
        files |= {name: content for name, content in beside.items() if name not in files}
        manifest = {
            "inputs": {"notebook": {source.name: checksum}} | _files_given(given, of_court, names),
            "parameters": told,
            "versions": versions(),
            "files": {},
            "reports": {spoken: {"files": list(files), "exhibits": exhibits(report)} | asked_record(template)},
        }
        sought = None if names else _confidential(heard, given, source)
        if sought is not None:
            taken = list(heard.get("own_rows", ()))
            _must_be_confirmed(source, taken, own_figures)
            manifest |= {"own_figures": taken} if taken else {}
            must_not_say(((str(IN_PICTURES), text) for text in heard.get("drawn", ())), sought)
        folder = publish(files, manifest, folder, confidential=sought)
    return Published(folder, tuple(folder / name for name in files), manifest, report)


def _read(path: Path) -> Any:
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        nbformat.ValidationError,
    ) as error:
        raise InputError(
            f"{path} 不是可读的笔记本（{type(error).__name__}）。请给出 .ipynb 文件。",
            f"{path} is not a readable notebook ({type(error).__name__}). Give an .ipynb file.",
        ) from error


def _declared(book: Any, path: Path) -> list[str]:
    """The names that the notebook's parameter cell assigns; ``InputError`` where the cell is no Python."""
    names: list[str] = []
    for cell in book.cells:
        if cell.cell_type == "code" and TAG in cell.metadata.get("tags", ()):
            source = "\n".join(line for line in cell.source.splitlines() if not line.startswith(MAGIC))
            try:
                body = ast.parse(source).body
            except SyntaxError as error:
                raise InputError(
                    f"{path.name} 中带 parameters 标签的单元格不是可读的 Python（{error.msg}：{error.text or ''}）。请改正后重试。",
                    f"The cell of {path.name} tagged parameters is not readable Python ({error.msg}: {error.text or ''}). "
                    "Put it right and try again.",
                ) from error
            for node in body:
                targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
                names += [t.id for t in targets if isinstance(t, ast.Name)]
    return names


def _must_be_known(path: Path, given: Mapping[str, Any], declared: Sequence[str]) -> None:
    for name in given:
        if name not in declared:
            known = ", ".join(declared) or "—"
            raise ArgumentError(
                f"{path.name} 没有参数“{name}”。带 parameters 标签的单元格中有：{known}。",
                f'{path.name} has no parameter "{name}". Its cell tagged parameters assigns: {known}.',
            )


def _from_here(given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters, those that name a file or folder as seen from the working folder by their whole path."""
    return {
        name: str(Path(value).resolve()) if isinstance(value, str) and value and Path(value).exists() else value
        for name, value in given.items()
    }


def _as_told(value: Any, names: bool) -> Any:
    """A parameter as it is published: of a file or folder its name alone, or what stands for one that could be somebody's."""
    path = Path(value) if isinstance(value, str) and value else None
    if path is None or not path.exists():
        return value
    if names or not is_telling(path.stem):
        return path.name
    return shown_file(path.name, sha256(path.read_bytes())) if path.is_file() else str(WITHHELD)


def _files_given(given: Mapping[str, Any], found: Path | None, names: bool) -> dict[str, dict[str, str]]:
    """The files that the parameters name, the court's file where one is found, and the register that it names, by name and checksum."""
    files = [Path(value) for value in given.values() if isinstance(value, str) and value and Path(value).is_file()]
    of_court = Path(given["court_file"]) if given.get("court_file") else found
    if of_court is not None:
        registers = [] if given.get("register") else read_court_file(of_court).get("register", ())
        files += [of_court, *(file for one in registers if glob(one) for file, _ in find_files(one))]  # noqa: PTH207 - Path.glob takes no absolute pattern
    named = {_as_told(str(file), names): digest(file, file.name)[0] for file in files}
    return {"files": named} if named else {}


def _confidential(heard: Mapping[str, Any], given: Mapping[str, Any], path: Path) -> Confidential:
    """What stays in the court of the registers that a notebook read, of the files that it opened, was given or that lie beside it."""
    public = frozenset(heard.get("public", ()))
    sought = Confidential(heard.get("values", {}), public)
    named = [Path(str(value)) for value in given.values() if isinstance(value, str)]
    for file in dict.fromkeys([*map(Path, heard.get("opened", ())), *named, *sorted(path.parent.iterdir())]):
        if file.is_file():
            sought |= confidential_in_file(file, public)
    return sought


def _must_be_confirmed(path: Path, taken: Sequence[str], confirmed: bool) -> None:
    if taken and not confirmed:
        names = ", ".join(taken)
        raise OutputError(
            f"{path.name} 自行读取了逐案数据（{names}）：由此算出的件数、金额没有经过对外的关口，未发布。请改用本软件的函数"
            "（如 caseflow、indicators、petitions）；或逐项核对没有不足3件的个人数字和由少数案件构成的金额后，用 own_figures=True"
            "（--own-figures）确认；院内使用请加 names=True（--names）。",
            f"{path.name} takes the cases row by row by itself ({names}): counts and sums made of them have passed no gate, and nothing was "
            "published. Use the functions of this package (caseflow, indicators, petitions …); or look through its figures for counts "
            "below 3 of a person and sums of few cases, and confirm it by own_figures=True (--own-figures); for use inside say "
            "names=True (--names).",
        )


def _run(
    book: Any, given: Mapping[str, Any], path: Path, language: str, found: Path | None, *, names: bool
) -> tuple[Any, dict[str, bytes], dict[str, Any]]:
    """The notebook with its outputs, in the language of the report, the files that it wrote, and what its kernel read."""
    import nbformat
    from nbclient import NotebookClient
    from papermill.parameterize import parameterize_notebook

    book.metadata.setdefault("papermill", {})  # papermill expects both
    for cell in book.cells:
        cell.metadata.setdefault("tags", [])
    ready = (
        parameterize_notebook(book, dict(given), report_mode=True, kernel_name=KERNEL, language=LANGUAGE)
        if given
        else book
    )
    told = "" if found is None else TELL.format(ENVIRONMENT, str(found.resolve()))
    ready.cells.insert(0, nbformat.v4.new_code_cell(SPEAK.format(language) + told + ("" if names else WATCH)))
    ready.cells.append(nbformat.v4.new_code_cell(HEARD))
    with temporary_folder() as folder:
        before = _copied(path.parent, Path(folder))
        where = {"metadata": {"path": folder}}
        client = NotebookClient(ready, timeout=SECONDS, resources=where, extra_arguments=QUIETLY)
        done = _executed(client, path)
        said = "".join(output.get("text", "") for output in done.cells.pop().get("outputs", ()))
        heard = json.loads(said) if said else {"own_rows": [str(NOT_WATCHED)]}
        return done, _written_in(Path(folder), before), heard


def _copied(source: Path, folder: Path) -> dict[str, tuple[int, int]]:
    """Copy what lies beside a notebook (folders and large files are linked), and return each file's time and size."""
    for entry in source.resolve().iterdir():
        if entry.name.startswith(".") or entry.name == OUTPUT:  # what was saved before is neither read nor written over
            continue
        if entry.is_file() and entry.stat().st_size <= COPIED_UP_TO:
            shutil.copy2(entry, folder / entry.name)
        else:
            _stand_in(entry, folder / entry.name)
    return {file.name: _mark(file) for file in folder.iterdir() if file.is_file()}


def _stand_in(entry: Path, place: Path) -> None:
    """Link an entry; where that needs rights (Windows) or is not known (a stick), let a junction or a copy stand for it."""
    with suppress(OSError):
        place.symlink_to(entry, target_is_directory=entry.is_dir())
        return
    if sys.platform == "win32" and entry.is_dir():
        import _winapi

        with suppress(OSError):  # of a folder on a share
            _winapi.CreateJunction(str(entry), str(place))
            return
    (shutil.copytree if entry.is_dir() else shutil.copy2)(entry, place)


def _written_in(folder: Path, before: Mapping[str, tuple[int, int]]) -> dict[str, bytes]:
    """The files in a folder that are new or changed since."""
    files = sorted(file for file in [*folder.iterdir(), *(folder / OUTPUT).glob("*")] if file.is_file())
    return {file.name: file.read_bytes() for file in files if before.get(file.name) != _mark(file)}


def _mark(file: Path) -> tuple[int, int]:
    return file.stat().st_mtime_ns, file.stat().st_size


def _executed(client: Any, path: Path) -> Any:
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    try:
        return client.execute()
    except NoSuchKernel as error:
        raise OutputError(
            f"{path.name} 要用的内核“{error.name}”本机没有，未发布。请在 JupyterLab 中改选 Python 3 内核并保存。",
            f'{path.name} asks for a kernel "{error.name}" that is not here and was not published. Choose the Python 3 kernel in JupyterLab and save.',
        ) from error
    except CellTimeoutError as error:
        raise OutputError(
            f"{path.name} 中有一格运行超过{SECONDS // 60}分钟，未发布。请拆分这一格，或先把结果存成文件再读。",
            f"A cell of {path.name} took more than {SECONDS // 60} minutes, and it was not published. Part the cell, or save its result and read that.",
        ) from error
    except RuntimeError as error:  # it died while it ran, or before it answered at all
        if not DEAD.search(str(error)):
            raise
        raise OutputError(
            f"{path.name} 运行中内核中止（可能内存不足），未发布。请打开笔记本逐格运行查看。",
            f"The kernel of {path.name} died while it ran (memory may have run out), and it was not published. Open the notebook and run it cell by cell.",
        ) from error
    except CellExecutionError as error:
        # of others it may hold any cell
        said = f": {str(error.evalue).rstrip('。.')}" if error.ename in OF_THIS_PACKAGE else ""
        raise OutputError(
            f"{path.name} 运行出错，未发布：{error.ename}{said}。请打开笔记本逐格运行查看。",
            f"{path.name} failed and was not published: {error.ename}{said}. Open the notebook and run it cell by cell.",
        ) from error


def _content(book: Any, path: Path, language: str, told: Mapping[str, Any]) -> Report:
    """Make the notebook's content: a section a heading."""
    title = ""
    parts: list[tuple[str, list[Block]]] = []
    written = {n: _paragraphs(cell.source) for n, cell in enumerate(book.cells) if cell.cell_type == "markdown"}
    if any(BESIDE in line for lines in written.values() for line in lines):  # written in both languages throughout
        written = {number: _in_language(lines, language) for number, lines in written.items()}
    for number, cell in enumerate(book.cells):
        if cell.cell_type == "markdown":
            for line in written[number]:
                mark = len(line) - len(line.lstrip("#"))
                words = line.lstrip("# ").strip()
                if mark == 1 and not title:
                    title = words
                elif mark:
                    parts.append((words, []))
                else:
                    _last(parts).append(Paragraph(words))
        elif cell.cell_type == "code":
            found = _last(parts)
            found.extend(_shown(cell, number, parts[-1][0]))
    sections = tuple(Section(f"part-{n}", heading, tuple(blocks)) for n, (heading, blocks) in enumerate(parts, start=1))
    subtitle = " · ".join([path.name, *(f"{name} = {value}" for name, value in told.items())])
    return Report(title or path.stem, subtitle, language, _year(book), path.stem, sections)


def _last(parts: list[tuple[str, list[Block]]]) -> list[Block]:
    if not parts:
        parts.append((str(Text("说明", "About")), []))
    return parts[-1][1]


def _year(book: Any) -> int:
    """The year that stands in the files as their day: fixed, since no clock may change them."""
    return int(book.metadata.get("year", 2000))


def _paragraphs(source: str) -> list[str]:
    """Markdown by blocks; a heading line stands alone, with the bold line under it, which says it in the other language."""
    found: list[str] = []
    for block in source.split("\n\n"):
        running: list[str] = []
        for line in block.splitlines():
            if line.startswith("#"):
                found += [" ".join(running)] if running else []
                found.append(line)
                running = []
            elif line.strip():
                if ITEM.match(line):
                    found += [" ".join(running)] if running else []
                    running = ["•"]
                below = BOLD.fullmatch(line.strip()) if not running and found and found[-1].startswith("#") else None
                if below and _is_chinese(found[-1]) and not _is_chinese(below[1]):
                    found.append(f"{found.pop()}{BESIDE}{below[1]}")
                    continue
                words = LINK.sub(r"\1", ITEM.sub("", line).strip())
                running.append(words.replace("**", "").replace("`", ""))
        found += [" ".join(running)] if running else []
    return found


def _in_language(lines: list[str], language: str) -> list[str]:
    """Of a heading with a bold line under it, and of as many paragraphs in each language, those in the report's.

    >>> _in_language(["# 结论\\tConclusion", "证据在后。", "The evidence follows."], "en")
    ['# Conclusion', 'The evidence follows.']
    >>> _in_language(["## 下一步", "核对口径。", "再谈差别。", "Check definitions."], "en")
    ['## 下一步', '核对口径。', '再谈差别。', 'Check definitions.']
    """
    kept: list[str] = []
    for is_heading, group in groupby(lines, key=lambda line: line.startswith("#")):
        texts = list(group)
        if is_heading:
            for text in texts:
                zh, _, en = text.partition(BESIDE)
                kept.append(f"{zh[: len(zh) - len(zh.lstrip('#'))]} {en}" if en and language == "en" else zh)
            continue
        runs = [list(run) for _, run in groupby(texts, key=_is_chinese)]
        if _is_chinese(texts[0]) and [len(run) for run in runs[::2]] == [len(run) for run in runs[1::2]]:
            texts = [text for run in runs[language == "en" :: 2] for text in run]
        kept += texts
    return kept


def _is_chinese(text: str) -> bool:
    """Return whether a paragraph is written in Chinese: one in English may quote a few characters, as the name of a folder."""
    letters = re.findall(r"\w", text)
    return sum("一" <= letter <= "鿿" for letter in letters) > 0.2 * len(letters)


def _shown(cell: Any, number: int, heading: str) -> list[Block]:
    """The outputs of a cell: tables and pictures as such, what is said as paragraphs; without a caption the heading."""
    blocks: list[Block] = []
    for index, output in enumerate(cell.get("outputs", ())):
        data = output.get("data", {})
        name = f"cell-{number}-{index}"
        caption = str(cell.metadata.get("caption", "")) or heading
        if HTML in data and "<table" in data[HTML]:
            blocks += _of_html(data[HTML], name, caption)
        elif IMAGE in data:
            blocks.append(_picture(output, name, caption, cell))
        elif PLOTLY in data:
            blocks.append(Paragraph(str(SCREEN_ONLY)))
        elif WIDGET in data:
            blocks.append(Paragraph(str(FOR_USE)))
        elif HTML in data:
            blocks += _of_html(data[HTML], name, caption)
        elif output.output_type == "stream" and output.name == "stdout" and output.text.strip():
            blocks += _lines(output.text)
        elif "text/plain" in data and not OBJECT.fullmatch(data["text/plain"]):
            blocks += _lines(str(data["text/plain"]))
    return blocks


def _lines(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def _of_html(html: str, name: str, caption: str) -> list[Block]:
    """The paragraphs and tables of a cell's HTML in their order; a line in bold or a summary above a table is its caption, as one of its own is."""
    from lxml import html as lxml_html  # type: ignore[import-untyped]

    blocks: list[Block] = []
    above = ""  # in bold, of which it is not known yet whether a table follows
    whole = lxml_html.fragment_fromstring(html, create_parent=True)
    shown = (
        "[self::p or self::li or self::summary or self::table[not(@hidden)]]"  # hidden is the one that a script fills
    )
    for element in whole.xpath(f".//*{shown}[not(ancestor::table) and not(ancestor::li)]"):
        if element.tag == "table":
            if element.xpath("string(.//td)").strip():
                own = " ".join(element.xpath("string(./caption)").split())
                blocks.append(_table(element, f"{name}-{len(blocks)}", own or above or caption))
            above = ""
            continue
        blocks += [Paragraph(above)] if above else []
        if element.tag == "summary":  # of a part of a result, folded in the notebook
            above = " ".join(element.xpath("string(./strong)").split())
            continue
        for end in element.iter("br"):
            end.tail = "\n" + (end.tail or "")
        lines = [" ".join(line.split()) for line in element.text_content().splitlines()]
        words = [line for line in lines if line and not ROWS.fullmatch(line)]
        above = words[0] if words and element.xpath("count(*) = 1 and strong") else ""
        number = f"{element.getparent().index(element) + 1}. " if element.xpath("parent::ol") else ""
        blocks += [Paragraph(number + line) for line in words] if not above else []
    return [*blocks, *([Paragraph(above)] if above else [])]


def _table(element: Any, name: str, caption: str) -> Table:
    """A table of a cell's HTML, its cells as they are written there."""
    from lxml import html as lxml_html

    broadest = max(len(row.xpath("./td | ./th")) for row in element.iter("tr"))
    as_written = dict.fromkeys(range(broadest), str)  # 99.50 is not 99.5, nor 383 beside a blank cell 383.0
    shown = io.StringIO(lxml_html.tostring(element, encoding="unicode", with_tail=False))
    (frame,) = pd.read_html(shown, flavor="lxml", thousands=None, converters=as_written)  # type: ignore[arg-type] # as pandas takes it
    frame.columns = [" ".join(map(str, c)) if isinstance(c, tuple) else str(c) for c in frame.columns]
    frame = frame.loc[:, [not c.startswith("Unnamed") for c in frame.columns]]  # without the index
    is_ours = "court-table" in element.get("class", "")  # its cells are in words already
    return Table(name, caption, "notebook", frame=frame.astype("str").replace("nan", ""), is_written=is_ours)


def _picture(output: Any, name: str, caption: str, cell: Any) -> Figure:
    """A static picture; ``caption`` and ``alt`` in the cell's metadata say what it is and what it shows, else what the chart says of itself."""
    own = output.get("metadata", {}).get(IMAGE, {}).get("alt", "")
    alt = str(cell.metadata.get("alt", "")) or own or caption
    return Figure(name, caption, "notebook", image=base64.b64decode(output.data[IMAGE]), alt=alt)
