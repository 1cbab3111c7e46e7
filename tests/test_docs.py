"""The code that the pages show runs: python blocks of the READMEs and how-tos; public names have doctests."""

import ast
import doctest
import importlib
import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

import analysis
from analysis.cli import main
from analysis.vocabulary.calls import answering, taken_by
from analysis.vocabulary.columns import TABLES, columns
from analysis.vocabulary.labels import dictionary, is_known

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
LANGUAGES = ("zh", "en")
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
WRITTEN = {language: sorted((DOCS / language).rglob("*.md")) for language in LANGUAGES}
PAGES = [*READMES, *WRITTEN["zh"], *WRITTEN["en"]]
MADE = re.compile(
    r"(\.\./)*(cheatsheet\.pdf|gallery\.md|glossary\.md|tutorial-report\.html|(notebooks|reference)/\w+\.md)"
)  # by the build
HAN = re.compile("[\u4e00-\u9fff]")


def named(path):
    return str(path.relative_to(ROOT))


def blocks(path, kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)


def run(code, folder, toml=()):
    """Run a page's code from a working folder in which ``data/sample`` is the sample, its TOML under the name the code says."""
    for name, text in zip(re.findall(r'"([\w-]+\.toml)"', code), toml, strict=False):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "data").mkdir(exist_ok=True)
    if not (folder / "data" / "sample").exists():
        (folder / "data" / "sample").symlink_to(ROOT / "data" / "sample", target_is_directory=True)
    said = {**os.environ, "MPLBACKEND": "agg"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=said, capture_output=True, text=True, check=False
    )


# Pages whose code names folders, files and sessions that only their reader has; test_own_export.py makes the one's, the build of
# the pages runs the tutorial.
OF_THE_READER = ("province-or-nation", "own-export", "tutorial")


def with_code():
    return [path for path in PAGES if blocks(path, "python") and path.stem not in OF_THE_READER]


def test_the_pages_show_code():
    assert {*READMES} <= {*with_code()}


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(p, id=named(p), marks=() if p in READMES else pytest.mark.full)
        for p in with_code()
        if p.name != "README.zh-CN.md" and p not in WRITTEN["zh"]  # whose code is the same
    ],
)
@pytest.mark.full
def test_the_code_of_a_page_runs(path, tmp_path):
    done = run("\n".join(blocks(path, "python")), tmp_path, blocks(path, "toml"))
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_commands_on_a_page_are_commands(path):
    from analysis.cli import main

    text = path.read_text(encoding="utf-8")
    lines = "".join(blocks(path, "sh")).replace("\\\n", " ").splitlines() + re.findall(r"`(uv run [^`\n]+)`", text)
    for line in lines:
        name, *words = [*shlex.split(line.partition("court-analysis ")[2], comments=True), ""]
        if name and not name.startswith("--"):
            assert name in main.commands, line
            asked = main.commands[name]
            asked.make_parser(click.Context(asked)).parse_args(words[:-1])


def test_code_for_readers_is_python():
    for path in PAGES:
        for code in blocks(path, "python"):
            assert ast.parse(code, path.name).body


# What the English pages call the reader's own files, folders and columns.
CALLED_IN_ENGLISH = {
    "各院台账/": "registers/", "台账.xlsx": "register.xlsx", "列名.toml": "columns.toml", "问题清单.xlsx": "findings.xlsx",
    "各法院数字.csv": "courts.csv", "公布数字.csv": "published.csv", "本院.docx": "court.docx", "本院.json": "ours.json", "甲院.json": "court-a.json",
    "乙院.json": "court-b.json", "口令.txt": "passphrase.txt", "评比.xlsx": "evaluation.xlsx", "节假日2027.xlsx": "holidays-2027.xlsx",
    "节假日.csv": "holidays.csv", "考核项目.xlsx": "items.xlsx", "合理区间.csv": "intervals.csv", "上次.docx": "last.docx", "存档/": "archive/",
    "专题.ipynb": "topic.ipynb", "甲法院.parquet": "court-a.parquet", "--cases 台账": "--cases register", "入库": "store",
    '= "立案日期"': '= "filed_on"', '= "结案日期"': '= "closed_on"', '= "结案方式"': '= "closure_mode"', '= "承办人"': '= "officer"',
    '= "实际到位金额"': '= "amount_recovered"',
}  # fmt: skip


def without_words(code):
    """The code of a block without its comments, the language that it speaks and what its reader calls his own files."""
    for zh, en in CALLED_IN_ENGLISH.items():
        code = code.replace(zh, en)
    return [re.sub(r"\s*#.*", "", line).replace('"zh"', '"en"') for line in code.splitlines()]


@pytest.mark.parametrize(
    "path", ["README.md", *(str(path.relative_to(DOCS / "zh")) for path in WRITTEN["zh"] if path.name != "tutorial.md")]
)
def test_both_languages_show_the_same_code(path):
    zh, en = READMES[::-1] if path == "README.md" else (DOCS / "zh" / path, DOCS / "en" / path)
    for kind in (
        ("python", "toml") if path == "README.md" else ("python", "toml", "sh")
    ):  # the READMEs name files in their language
        assert [without_words(b) for b in blocks(zh, kind)] == [without_words(b) for b in blocks(en, kind)]


def test_both_changelogs_list_the_same_changed_names():
    def names(path):
        table = path.read_text(encoding="utf-8").split("\n|---|---|\n")[1].split("\n\n")[0]
        return [sorted(re.findall("`([^`]+)`", line)) for line in table.splitlines()]

    assert names(ROOT / "CHANGELOG.md") == names(ROOT / "CHANGELOG.zh-CN.md")


def test_english_pages_call_the_readers_files_in_english():
    for path in WRITTEN["en"]:
        text = path.read_text(encoding="utf-8")
        assert [name for name in CALLED_IN_ENGLISH if re.search(r"[./]", name) and name in text] == [], named(path)


def test_every_page_is_in_both_languages_and_speaks_its_own():
    assert len({tuple(str(p.relative_to(DOCS / k)) for p in pages) for k, pages in WRITTEN.items()}) == 1
    for language, pages in WRITTEN.items():
        for path in pages:
            prose = re.sub(
                r"^```.*?^```|`[^`\n]*`|\]\([^)]*\)", "", path.read_text(encoding="utf-8"), flags=re.M | re.S
            )
            for paragraph in re.split(r"\n\s*\n", prose):
                han, words = len(HAN.findall(paragraph)), len(re.findall("[A-Za-z]{3,}", paragraph))
                if paragraph.startswith(("--8<--", "|", "#")) or path.stem.startswith("definition") or han + words < 12:
                    continue
                assert (han > words) == (language == "zh"), f"{named(path)}: {paragraph[:80]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_navigation_leads_to_every_page(language):
    settings = (ROOT / ("mkdocs.yml" if language == "zh" else "mkdocs.en.yml")).read_text(encoding="utf-8")
    listed = set(re.findall(r": ([\w/-]+\.md)$", settings, re.M))
    assert {str(path.relative_to(DOCS / language)) for path in WRITTEN[language]} == {
        p for p in listed if not MADE.fullmatch(p)
    }


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_public_name_on_a_page_exists(path):
    for name in re.findall(r"\ban\.([a-z]\w+)", path.read_text(encoding="utf-8")):
        assert name in analysis.__all__, name


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_toml_on_a_page_is_toml(path):
    for text in blocks(path, "toml"):
        assert tomllib.loads(text)


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_of_a_page_lead_somewhere(path):
    for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text(encoding="utf-8")):
        assert MADE.fullmatch(target) or (path.parent / target).exists(), target


def test_every_public_name_has_a_doctest():
    parser = doctest.DocTestParser()
    for name in analysis.__all__:
        assert parser.get_examples(inspect.getdoc(getattr(analysis, name)) or ""), name


def test_every_public_function_says_what_it_takes_and_returns_and_of_which_types():
    for name in filter(lambda name: inspect.isfunction(getattr(analysis, name)), analysis.__all__):
        function = inspect.unwrap(getattr(analysis, name))
        signature, said = inspect.signature(function), inspect.getdoc(function)
        assert "Any" not in re.findall(r"\w+", str(signature)), name
        assert not signature.parameters or "\nParameters\n----------\n" in said, name
        assert signature.return_annotation == "None" or "\nReturns\n-------\n" in said, name
        section = re.search(r"^Parameters\n-+\n(.*?)(?=^\w+\n-{3,}\n|^>>>|\Z)", said, re.M | re.S)
        heads = re.findall(r"^(\S.*?)(?: :.*)?$", section[1], re.M) if section else []
        told = {part.strip("*") for head in heads for part in head.split(", ")}
        assert told <= {*signature.parameters, *taken_by(function)}, f"{name}: prose among the parameters"
        assert {*signature.parameters} <= told, name


@pytest.mark.parametrize("readme", READMES, ids=named)
def test_the_readme_takes_the_workbook_that_it_writes(readme):
    text = readme.read_text(encoding="utf-8")
    name = next(iter(re.findall(r"template returns --out (\S+)", text)), "公布数字.xlsx")  # where none is said
    assert f"--returns {name} " in text
    assert f"reconcile {name} " in text


def test_every_public_name_is_on_a_page_of_the_reference():
    known = tomllib.loads((DOCS / "made" / "reference.toml").read_text(encoding="utf-8"))
    assert sorted(name for page in known["page"] for name in page["names"]) == sorted(analysis.__all__)


@pytest.mark.browser
def test_the_pages_are_built_strictly_and_searched_as_files_without_network(tmp_path):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or pytest.skip("no chromium is installed (Debian: apt install chromium)")
    site = tmp_path / "site"
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    zh = {str(p.relative_to(site)) for p in site.rglob("*.html")} - {
        f"en/{p.relative_to(site / 'en')}" for p in (site / "en").rglob("*.html")
    }
    assert zh == {str(p.relative_to(site / "en")) for p in (site / "en").rglob("*.html")}, "each page in both languages"
    with playwright.sync_playwright() as driver:
        page = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        for place, box, asked_for, found in (
            ("index.html", "搜索", "漏斗", "漏斗"),
            ("how-to/peers.html", "搜索", "表头", "读自己的导出表"),
            ("en/index.html", "Search", "bundle", "Closed networks"),
            ("en/gallery.html", "Search", "funnel", "funnel"),
        ):
            page.goto((site / place).as_uri())
            page.get_by_placeholder(box).click()
            page.wait_for_timeout(3000)  # who looks around before they type
            page.keyboard.insert_text(asked_for)  # no key comes up, as where a word is chosen by mouse or pasted
            page.wait_for_selector(f".md-search-result__item >> text={found}")
        page.goto((site / "how-to" / "peers.html").as_uri())
        page.evaluate("document.querySelector('a[hreflang=en]').click()")  # the language switch
        page.wait_for_url("**/en/how-to/peers.html")
        page.evaluate("document.querySelector('a[hreflang=zh]').click()")
        page.wait_for_url("**/site/how-to/peers.html")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            for place in (
                "index.html",
                "tutorial.html",
                "en/gallery.html",
                "en/reference/counting.html",
                "reference/counting.html",
            ):
                page.goto((site / place).as_uri())
                assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{place} is wider than {width}"
                assert page.locator("blockquote").count() == 0, "an example is rendered as a quotation"
        assert not [address for address in asked if address.startswith(("http", "ws"))]


def rows_of_disclosure(language, heading):
    """The rows of the table of the page of disclosure whose first cell is the heading."""
    text = (DOCS / language / "disclosure.md").read_text(encoding="utf-8")
    table = re.search(rf"^\| {re.escape(heading)} \|.*?\n\|[-|]+\n((?:\|.*\n)+)", text, re.M)[1]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


@pytest.mark.parametrize(("language", "heading", "kinds"), [("zh", "表", "类别"), ("en", "Table", "Class")])
def test_the_page_of_disclosure_says_the_class_of_every_column(language, heading, kinds):
    said = {
        (kind.strip("`"), *re.fullmatch(r"(.+) `(\w+)`", column).groups())
        for _, kind, listed in rows_of_disclosure(language, heading)
        for column in listed.split("; ")
    }
    declared = {
        (column.disclosure, getattr(column.text, language), name)
        for table in TABLES
        for name, column in columns(table).items()
    }
    assert said == declared
    classes = {row[0].split()[0].strip("`") for row in rows_of_disclosure(language, kinds)}
    assert {kind for kind, *_ in declared} == classes - {"自由文字", "free"}


@pytest.mark.parametrize(("language", "heading"), [("zh", "命令"), ("en", "Command")])
def test_the_page_of_disclosure_says_what_leaves_by_every_command(language, heading):
    said = " ".join(row[0] for row in rows_of_disclosure(language, heading))
    assert [name for name in main.commands if f"`{name}" not in said] == []


def test_a_column_that_is_not_known_is_free_text_and_no_part_of_the_register(tmp_path):
    (tmp_path / "a.csv").write_text(
        "案号,立案日期,家属电话\n（2011）富执字第1号,2011-01-04,爨底下的电话\n", encoding="utf-8"
    )
    cases = analysis.read_cases(tmp_path / "a.csv", as_of="2011-12-31")
    assert cases.mapping.set_index("header").loc["[3]", "column"] in (None, "")
    assert "爨" not in cases.table.to_pandas().to_csv() + cases.mapping.to_csv() + cases.inputs.to_csv()


def test_the_cheat_sheet_holds_calls_that_there_are():
    said = (DOCS / "made" / "cheatsheet.toml").read_text(encoding="utf-8")
    assert set(re.findall(r"\ban\.(\w+)\(", said)) <= set(analysis.__all__)
    for part in tomllib.loads(said)["part"]:
        for call, *_ in part["lines"]:
            if call.startswith("court-analysis "):
                assert call.split()[1] in main.commands
            else:
                ast.parse(call.replace("…", "0"))
            english = call
            for zh, en in tomllib.loads(said)["english"].items():
                english = english.replace(zh, en)
            assert not re.search("[\u4e00-\u9fff]", english), "an English sheet speaks English"


def test_the_columns_of_the_gallery_are_called_by_words_on_its_axes():
    held = tomllib.loads((DOCS / "made" / "charts.toml").read_text(encoding="utf-8"))
    calls = held["given"] + "".join(chart["call"] for chart in held["chart"])
    named = {name for part in ("numerator", "denominator") for name in re.findall(rf'{part}"?[=:] ?"(\w+)"', calls)}
    assert {"pending", "closed"} <= named
    assert [name for name in named if not is_known(name)] == [], (
        "columns whose names stand on a Chinese axis as they are"
    )


def test_the_gallery_shows_every_chart_and_says_how_it_misleads():
    charts = tomllib.loads((DOCS / "made" / "charts.toml").read_text(encoding="utf-8"))["chart"]
    assert {chart["name"] for chart in charts} == {name for name in analysis.__all__ if name.startswith("plot_")}
    pictures = [chart.get("picture", chart["name"]) for chart in charts]
    assert len(set(pictures)) == len(charts), "a picture that another one replaces"
    for chart in charts:
        assert chart["call"].startswith(f"an.{chart['name']}(")
        for language in ("zh", "en"):
            assert all(
                len(chart[language][key]) >= (2 if key == "title" else 8)
                for key in ("title", "use", "read", "misleads")
            )


@pytest.mark.full
def test_the_chinese_reference_shows_calls_as_they_are_written_and_what_comes_back(monkeypatch):
    pytest.importorskip("mkdocs", reason="mkdocs is not installed")
    monkeypatch.syspath_prepend(DOCS / "made")
    told = importlib.import_module("reference")._in_chinese("case_mix")
    call = re.search("```python\n(.*?)```", told, re.S)[1]
    assert "    *,\n    period=None," in call
    assert ast.parse(call.replace("    *,\n", "")), "a call"
    assert "结果：`CaseMix`，其中的表：`.table`、`.strata`、`.mix`。" in told
    assert "`observed`（实际）" in told
    assert "\n| `cases` | 台账（read_cases 的结果）。 | 须写明 |\n" in told


@pytest.mark.full
def test_the_lists_of_the_reference_are_of_one_language_where_help_is_chinese(monkeypatch):
    pytest.importorskip("mkdocs", reason="mkdocs is not installed")
    monkeypatch.syspath_prepend(DOCS / "made")
    monkeypatch.setattr("analysis.vocabulary.calls._may_be_asked", lambda: True)
    monkeypatch.setattr(analysis, "caseflow", answering(inspect.unwrap(analysis.caseflow)))
    assert analysis.caseflow.__doc__.startswith("按期统计")
    assert re.match("[A-Z][a-z]+ ", importlib.import_module("reference")._first("caseflow", "en"))
    assert "| `results` |" in importlib.import_module("reference")._in_chinese("conclusion")


@pytest.mark.full
def test_a_picture_of_another_library_is_described_by_the_paragraph_above_it(monkeypatch):
    pytest.importorskip("mkdocs", reason="mkdocs is not installed")
    monkeypatch.syspath_prepend(DOCS / "made")
    described = importlib.import_module("executed")._described
    assert described({"text/plain": "<Figure size 640x480 with 1 Axes>"}, "按**立案**月份。") == "按  立案  月份。"
    assert described({"text/plain": "未结[件]"}, "上文") == "未结 件"


@pytest.mark.full
def test_the_names_of_the_reference_are_found_by_what_renders_it(monkeypatch):
    """The stub of the door is read beside the code: a name of its own must not hide a room of the package."""
    griffe = pytest.importorskip("griffe", reason="mkdocstrings is not installed")
    monkeypatch.syspath_prepend(DOCS / "made")
    extensions = griffe.Extensions(importlib.import_module("doctests").Doctests())
    package = griffe.load("analysis", search_paths=[str(ROOT / "src")], extensions=extensions)
    listed = [f"{module}.{name}" for module, names in analysis._DOOR.items() for name in names]
    for name in listed:
        assert package[name].kind.value in ("function", "class"), name


def test_the_page_of_words_calls_things_as_the_package_does():
    words = tomllib.loads((DOCS / "made" / "glossary.toml").read_text(encoding="utf-8"))["word"]
    called = {}
    for name, entry in dictionary().items():
        if "." not in name:  # headings, of which codes and parts of one table may be another thing
            called.setdefault(entry.text.zh, set()).add(entry.text.en.lower())
    checked = {word["en"]: called[zh] for word in words if (zh := word["zh"].partition("（")[0]) in called}
    assert len(checked) >= 8
    assert not {said: names for said, names in checked.items() if not any(name in said.lower() for name in names)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_messages_of_the_page_on_troubles_are_those_of_the_package(language):
    """What stands in quotes in its first column is found, part by part, in a text that the package says."""
    page = (DOCS / language / "troubleshooting.md").read_text(encoding="utf-8")
    seen = [row.split("|")[1] for row in page.splitlines() if row.startswith("| ")]
    quoted = re.findall("“([^”]*)”" if language == "zh" else '"([^"]*)"', " ".join(seen))
    parts = [
        part.strip()
        for text in quoted
        for part in re.split(r"……|…| \.\.\.|\bN\b", text.replace("‘", "“").replace("’", "”"))
    ]
    said = re.sub(
        r"{[^{}]*}", "", "".join(p.read_text(encoding="utf-8") for p in Path(analysis.__file__).parent.rglob("*.py"))
    )
    assert len(quoted) >= 6
    assert not [part for part in parts if part and part not in said]


@pytest.mark.full
def test_the_english_reference_gives_each_parameter_its_own_default(monkeypatch):
    griffe = pytest.importorskip("griffe", reason="mkdocstrings is not installed")
    monkeypatch.syspath_prepend(DOCS / "made")
    extensions = griffe.Extensions(importlib.import_module("doctests").Doctests())
    package = griffe.load("analysis", search_paths=[str(ROOT / "src")], extensions=extensions)
    wrong = []
    for module, names in analysis._DOOR.items():
        for name, function in ((name, package[f"{module}.{name}"]) for name in names):
            if function.kind.value == "function" and function.docstring:
                told = [section for section in function.docstring.parse("numpy") if section.kind.value == "parameters"]
                has = {parameter.name: parameter.default for parameter in function.parameters}
                wrong += [
                    p.name
                    for section in told
                    for p in section.value
                    if str(p.default) != str(has.get(p.name.lstrip("*")))
                ]
                for section in told:
                    said = [p.name.lstrip("*") for p in section.value]
                    assert said == [name for name in has if name in said], (
                        f"{name}: the rows of the table in another order"
                    )
                    assert not [p.name for p in section.value if p.name.startswith("*") and p.default in ("()", "{}")]
    assert wrong == []


def test_lines_of_a_chinese_paragraph_are_joined_without_a_space(monkeypatch):
    pytest.importorskip("mkdocs", reason="mkdocs is not installed")
    monkeypatch.syspath_prepend(DOCS / "made")
    joined = importlib.import_module("language").on_page_content
    assert (
        joined("<p>新收、\n  结案\n“未结”，至多\n5%，见\n<a href='a'>看点</a>和\nHTML</p><pre>甲\n  乙</pre>")
        == "<p>新收、结案“未结”，至多5%，见<a href='a'>看点</a>和\nHTML</p><pre>甲\n  乙</pre>"
    )
