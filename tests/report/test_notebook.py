"""A researcher's own notebook as a report."""

import base64
import hashlib
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import ibis.expr.types as ir
import lazy_loader
import pandas as pd
import pytest

import analysis as an
from analysis.cases.table import INPUT_COLUMNS
from analysis.files.source import SUFFIXES
from analysis.report import notebook
from analysis.report.content import Paragraph
from analysis.report.notebook import _files_given, publish_notebook
from analysis.report.notebook_watch import ROWS, TABLES
from analysis.vocabulary.tables import frame_html, headings, table_html
from analysis.vocabulary.terms import term

nbformat = lazy_loader.load(
    "nbformat"
)  # its grammar of addresses takes a second in every process that only collects the tests


@pytest.fixture
def own_notebook(tmp_path):
    cells = [
        nbformat.v4.new_markdown_cell("# Own study\n\nWhat this is about."),
        nbformat.v4.new_code_cell("year = 2010\nsecret = 1", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_markdown_cell("## Counts\n\n- the [first](https://example.org) **point**\n- the second"),
        nbformat.v4.new_code_cell("from analysis.vocabulary.terms import term\nprint(term('closure_rate'))"),
        nbformat.v4.new_code_cell(
            "import pandas as pd\nprint('year', year)\npd.DataFrame({'closed': [year]})", metadata={"caption": "Closed"}
        ),
    ]
    book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "p"}})
    path = tmp_path / "own.ipynb"
    nbformat.write(book, path)
    return path


def test_an_unknown_parameter_is_refused_before_anything_runs(own_notebook, tmp_path):
    with pytest.raises(an.ArgumentError, match="jear") as caught:
        publish_notebook(own_notebook, {"jear": 2011}, out=tmp_path / "out")
    assert "year" in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_no_notebook_is_said(tmp_path):
    path = tmp_path / "own.ipynb"
    path.write_text("no", encoding="utf-8")
    with pytest.raises(an.InputError, match="own"):
        publish_notebook(path, out=tmp_path / "out")


def test_cells_of_a_table_stay_as_they_are_written():
    shown = pd.DataFrame({"court": ["甲", "乙"], "value": [99.5, 80.0], "filed": [1383, None], "level": "basic"})
    (table,) = notebook._of_html(table_html(shown), "cell", "")
    assert table.rows() == [["甲", "99.50", "1,383", "基层"], ["乙", "80.00", "—", "基层"]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_number_of_a_table_that_was_written_is_no_code(language):
    """3 under closed was published as "closed within 3 months"."""
    with an.speaking(language):
        flow = pd.DataFrame({"closed": [3, 6, 12], "filed": [1, 2, 3]})
        for written in (table_html(flow), flow.to_html(index=False)):  # as the package writes it, and as pandas does
            (table,) = notebook._of_html(written, "cell", "")
            assert table.rows() == [["3", "1"], ["6", "2"], ["12", "3"]]
            assert table.headings() == headings(flow)


def shown(*outputs):
    """What is published of the outputs of one cell under the heading 节: texts, and tables and pictures by caption."""
    cell = nbformat.v4.new_code_cell("", outputs=list(outputs))
    blocks = notebook._shown(cell, 0, "节")
    return [block.text if isinstance(block, Paragraph) else (type(block).__name__, block.caption) for block in blocks]


def displayed(value):
    data = {"text/plain": repr(value)}
    return nbformat.v4.new_output(
        "display_data", data | ({"text/html": value._repr_html_()} if hasattr(value, "_repr_html_") else {})
    )


def test_what_a_cell_says_is_published_in_its_order_with_its_tables():
    """The reason why something is not shown, captions and notes: they were left out, and empty headings stood alone."""
    cases = an.Cases.from_frames(pd.DataFrame({"filed_on": ["2024-01-04"] * 3}), as_of="2024-12-31")
    ages = an.pending_ages(cases)
    found = shown(
        nbformat.v4.new_output(
            "display_data", {"text/plain": "<HTML object>", "text/html": "<style>p {}</style><p>台账没有信访登记。</p>"}
        ),
        nbformat.v4.new_output("display_data", {"text/plain": "案件3件"}),
        nbformat.v4.new_output(
            "execute_result", {"text/plain": "结论", "text/html": an.conclusion(lambda: ages)._repr_html_()}
        ),
        displayed(ages),
        nbformat.v4.new_output("display_data", {"text/plain": "<Axes: >"}),
        nbformat.v4.new_output("display_data", {"text/plain": "", "text/html": ""}),
    )
    assert found[:3] == ["台账没有信访登记。", "案件3件", "结论"]
    assert found[3].startswith("1. 未结3件")
    assert found[4] == str(ages.caption)
    assert found[5:] == [("Table", str(term(name))) for name in ("summary", "bands", "over_limit", "oldest")]


def test_a_folded_part_of_a_result_is_headed_by_its_own_words_and_not_by_the_section():
    inputs = pd.DataFrame([dict.fromkeys(INPUT_COLUMNS, 1) | {"file": "台账.csv", "sha256": "0"}])
    rows = pd.DataFrame({"table": "cases", "column": "case_no", "header": [f"案号{n}" for n in range(30)]})
    one = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-04"]})
    cases = an.Cases.from_frames(one, as_of="2011-12-31", inputs=inputs, mapping=rows)
    assert [one for one in shown(displayed(cases)) if isinstance(one, tuple)] == [
        ("Table", str(term(name))) for name in ("inputs", "mapping")
    ]


def test_a_result_without_a_row_is_published_as_what_it_says_and_not_as_code_calls_it():
    empty = displayed(pd.DataFrame(columns=["court", "value"]))
    assert shown(empty | {"data": {"text/plain": "Empty DataFrame", "text/html": "<p>没有行。</p>"}}) == ["没有行。"]


def test_the_notes_below_a_table_are_published_one_by_one_and_its_length_is_not():
    table = pd.DataFrame({"case_no": ["（2024）云0988执1号"]})
    table.attrs = {"table": "deadlines", "notes": ["甲没有填\nA is blank", "乙没有填\nB is blank"]}
    found = shown(nbformat.v4.new_output("display_data", {"text/html": frame_html(table)}))
    assert found == [("Table", "节"), "甲没有填", "乙没有填"]


def test_in_place_of_what_is_for_use_stands_a_sentence():
    widget = {"text/plain": "StartForm(children=())", "application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    assert shown(nbformat.v4.new_output("execute_result", widget)) == ["此处是供操作的界面，只能在笔记本中使用。"]


def test_a_picture_bears_what_its_chart_says_of_itself():
    picture = {"image/png": base64.b64encode(b"picture").decode(), "text/plain": "柱线图，2024年"}
    output = nbformat.v4.new_output("display_data", picture, metadata={"image/png": {"alt": "柱线图，2024年"}})
    (figure,) = notebook._shown(nbformat.v4.new_code_cell("", outputs=[output]), 0, "节")
    assert (figure.caption, figure.alt) == ("节", "柱线图，2024年")


@pytest.mark.parametrize(("given", "runs_in"), [({}, "en"), ({"language": "zh"}, "zh")])
def test_a_notebook_that_takes_a_language_runs_in_that_of_its_report(tmp_path, monkeypatch, given, runs_in):
    cell = nbformat.v4.new_code_cell('language = "zh"', metadata={"tags": ["parameters"]})
    path = tmp_path / "own.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    asked = []
    monkeypatch.setattr(notebook, "_run", lambda *given, **_: asked.append(given[1]) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish_notebook(path, given, out=tmp_path / "out", language="en")
    assert asked == [{"language": runs_in}]


BOTH = "# 比较\n**Comparison**\n\n要同一口径。\n\nOne definition is needed, as in 输出.\n\n- 先核对\n- 再比\n\n- check first\n- compare then"


def test_of_a_parameter_that_names_a_file_the_name_is_published_and_none_that_could_be_somebodys(tmp_path):
    folder = tmp_path / "zhangsan"
    folder.mkdir()
    for name in ("张三.csv", "台账.csv"):
        (folder / name).write_text("案号", encoding="utf-8")
    told = [str(notebook._as_told(str(folder / name), False)) for name in ("台账.csv", "张三.csv", "")]
    assert told[0] == "台账.csv"
    assert re.fullmatch(r"#[0-9a-f]{8}\.csv", told[1])
    assert told[2] == "××"
    assert notebook._as_told(str(folder / "张三.csv"), True) == "张三.csv"
    assert [notebook._as_told(value, False) for value in (2011, "zh", "", None)] == [2011, "zh", "", None]
    made = notebook._content(nbformat.v4.new_notebook(), Path("own.ipynb"), "zh", {"register": told[0]})
    assert made.subtitle == "own.ipynb · register = 台账.csv"


@pytest.mark.parametrize(
    ("source", "language", "title", "said"),
    [
        (BOTH, "en", "Comparison", ["One definition is needed, as in 输出.", "• check first", "• compare then"]),
        (BOTH, "zh", "比较", ["要同一口径。", "• 先核对", "• 再比"]),
        ("# 比较\n**先核对**\n\n同口径。\n\nSee Garwood.", "en", "比较", ["先核对", "同口径。", "See Garwood."]),
    ],
)
def test_of_a_notebook_in_both_languages_that_of_the_report_is_published(source, language, title, said):
    printed = nbformat.v4.new_output("stream", name="stdout", text="1. a\n\n2. b\n")
    cells = [nbformat.v4.new_markdown_cell(source), nbformat.v4.new_code_cell("", outputs=[printed])]
    made = notebook._content(nbformat.v4.new_notebook(cells=cells), Path("own.ipynb"), language, {})
    assert made.title == title
    assert [block.text for section in made.sections for block in section.blocks] == [*said, "1. a", "2. b"]


@pytest.mark.full
def test_a_notebook_is_published_without_its_code(own_notebook, tmp_path):
    made = publish_notebook(
        own_notebook, {"year": 2011}, out=tmp_path / "out", language="en", formats=("html", "xlsx", "pdf")
    )
    page = (tmp_path / "out" / "own.en.html").read_text(encoding="utf-8")
    assert made.report.title == "Own study"
    said = [block.text for section in made.report.sections for block in section.blocks if hasattr(block, "text")]
    assert said == ["What this is about.", "• the first point", "• the second", "closure rate", "year 2011"]
    assert made.report.subtitle == "own.ipynb · year = 2011"
    tables = [block for section in made.report.sections for block in section.blocks if hasattr(block, "frame")]
    assert [(t.caption, t.rows()) for t in tables] == [("Closed", [["2011"]])]
    assert "secret" not in page.split("<main")[1]
    assert made.manifest["parameters"] == {"year": 2011}


@pytest.mark.full
def test_paths_are_those_of_the_caller_and_nothing_of_the_notebooks_own_is_written_over(tmp_path, monkeypatch):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "table.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "book" / "输出").mkdir()
    (tmp_path / "book" / "输出" / "表.csv").write_text("earlier", encoding="utf-8")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "register.csv").write_text("of the caller", encoding="utf-8")
    cells = [
        nbformat.v4.new_code_cell("register = None", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(
            "from pathlib import Path\nprint(Path(register).read_text(), Path('table.csv').read_text())\n"
            "_ = Path('table.csv').write_text('new')\nPath('输出').mkdir(exist_ok=True)\n_ = Path('输出/表.csv').write_text('saved')"
        ),
    ]
    path = tmp_path / "book" / "own.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    monkeypatch.chdir(tmp_path / "here")
    made = publish_notebook(path, {"register": "register.csv"}, out=tmp_path / "out", formats=("html",))
    said = [block.text for section in made.report.sections for block in section.blocks if hasattr(block, "text")]
    assert said == ["of the caller mine"]
    assert (tmp_path / "book" / "table.csv").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "out" / "table.csv").read_text(encoding="utf-8") == "new"
    assert "table.csv" in made.manifest["files"]
    assert (tmp_path / "out" / "表.csv").read_text(encoding="utf-8") == "saved"
    assert (tmp_path / "book" / "输出" / "表.csv").read_text(encoding="utf-8") == "earlier"


@pytest.mark.full
def test_a_cell_that_fails_leaves_nothing_behind(own_notebook, tmp_path):
    book = nbformat.read(own_notebook, as_version=4)
    book.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    nbformat.write(book, own_notebook)
    with pytest.raises(an.OutputError, match="ZeroDivisionError"):
        publish_notebook(own_notebook, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.full
@pytest.mark.parametrize(
    ("cell", "kernel", "said"), [("import os; os.kill(os.getpid(), 9)", "python3", "内核中止"), ("1", "gone", "gone")]
)
def test_a_kernel_that_dies_or_is_not_there_is_said(own_notebook, tmp_path, cell, kernel, said):
    book = nbformat.read(own_notebook, as_version=4)
    book.cells.append(nbformat.v4.new_code_cell(cell))
    book.metadata["kernelspec"]["name"] = kernel
    nbformat.write(book, own_notebook)
    with pytest.raises(an.OutputError, match=said):
        publish_notebook(own_notebook, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_kernel_that_never_answered_and_a_cell_without_end_are_said(tmp_path):
    from types import SimpleNamespace

    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    def ended(error):
        def execute():
            raise error

        notebook._executed(SimpleNamespace(execute=execute), tmp_path / "own.ipynb")

    for error, said in (
        (RuntimeError("Kernel died before replying to kernel_info"), "内核中止"),
        (RuntimeError("Kernel didn't respond in 60 seconds"), "内核中止"),
        (DeadKernelError("Kernel died"), "内核中止"),
        (CellTimeoutError("x"), "超过30分钟"),
    ):
        with pytest.raises(an.OutputError, match=said):
            ended(error)
    with pytest.raises(RuntimeError, match="thread"):
        ended(RuntimeError("can't start new thread"))


def test_a_parameter_cell_may_hold_magic_lines_and_one_that_is_no_python_is_named(tmp_path):
    from nbformat import v4

    from analysis.report.notebook import _declared
    from analysis.vocabulary.language import speaking

    def book(source):
        return v4.new_notebook(cells=[v4.new_code_cell(source, metadata={"tags": ["parameters"]})])

    assert _declared(book("%matplotlib inline\n!ls\nyear = 2010\nname: str = 'a'"), tmp_path / "my.ipynb") == [
        "year",
        "name",
    ]
    with speaking("en"), pytest.raises(an.InputError, match=r"my\.ipynb.*never closed: x = \("):
        _declared(book("x = ("), tmp_path / "my.ipynb")


REGISTER = "案号,承办人,申请人,立案日期,结案日期,乡镇\n" + "\n".join(
    f"（2011）富执字第{i}号,{['闻人雪', '欧阳朔', '司马青'][i % 3]},{'刘德海' if i == 3 else '某某公司'},2011-01-{i:02d},2011-03-{i:02d},"
    f"{'孤雁岭' if i == 5 else '锦山镇'}"
    for i in range(1, 21)
)
READ = "import analysis as an, pandas as pd\ncases = an.read_cases('台账.csv', as_of='2011-12-31')"
HELPER = "import duckdb\ndef rows(file):\n    return len(duckdb.sql(f\"select * from '{file}'\").df())\n"


def published(tmp_path, code, **asked):
    (tmp_path / "book").mkdir(exist_ok=True)
    (tmp_path / "book" / "台账.csv").write_text(REGISTER, encoding="utf-8")
    pd.DataFrame({"a": [1]}).to_pickle(tmp_path / "book" / "台账.pkl")
    (tmp_path / "book" / "helper.py").write_text(HELPER, encoding="utf-8")
    (tmp_path / "book" / "script.py").write_text("print(3)", encoding="utf-8")
    cells = [nbformat.v4.new_code_cell(READ), nbformat.v4.new_code_cell(code, metadata={"caption": "x", "alt": "y"})]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "book" / "own.ipynb")
    return publish_notebook(
        tmp_path / "book" / "own.ipynb", out=tmp_path / "out", formats=("html",), language="en", **asked
    )


@pytest.mark.full
@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("cases.table.to_pandas()[['officer', 'filed_on']].head(3)", "officer"),
        ("print(pd.read_csv('台账.csv')['申请人'].iloc[2])", "other columns"),
        ("print(cases.table.area.to_pandas().iloc[4])", "area"),
        ("import matplotlib.pyplot as plt\nplt.figure()\n_ = plt.bar(['闻人雪'], [3])\nplt.show()", "officer"),
        ("_ = open('names.txt', 'w', encoding='utf-8').write('闻人雪')", "officer"),
        ("an.caseflow(cases, freq='Y', by='officer', names=True)", "names=True"),
        ("an.caseflow(cases.where(officer='闻人雪', names=True), freq='Y')", "names=True"),
        ("cases.to_pandas(names=True)['filed_on'].max()", "names=True"),
        ("raise ValueError(cases.table.officer.to_pandas()[0])", "ValueError"),
    ],
)  # fmt: skip
def test_what_stays_in_the_court_is_not_published(tmp_path, code, told):
    with pytest.raises(an.OutputError) as refused:
        published(tmp_path, code, own_figures=True)
    said = refused.value.text.zh + refused.value.text.en
    assert told in said
    assert not [name for name in ("闻人雪", "欧阳朔", "刘德海", "孤雁岭") if name in said]
    assert not (tmp_path / "out").exists()


def test_every_table_of_single_cases_is_watched():
    cases = an.Cases.from_frames({"cases": pd.DataFrame({"filed_on": ["2011-01-04"]})}, as_of="2011-12-31")
    held = {*dir(an.Cases), *an.Cases.__dataclass_fields__}
    of_cases = {name for name in held if isinstance(getattr(cases, name), ir.Table)}
    assert {"table", "entire"} <= of_cases <= set(ROWS)
    assert set(SUFFIXES) <= set(TABLES), "of every file that is read as a register it is noted that it is opened"


@pytest.mark.full
def test_pseudonyms_and_counts_are_published_and_names_inside_the_court(tmp_path):
    made = published(tmp_path, "an.caseflow(cases, freq='Y', by='officer')")
    assert re.search(r"officer \d{4}", made.files[0].read_text(encoding="utf-8"))
    inside = published(tmp_path, "an.caseflow(cases, freq='Y', by='officer', names=True)", names=True)
    assert "闻人雪" in inside.files[0].read_text(encoding="utf-8")


@pytest.mark.full
@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("int((cases.table.to_pandas()['officer'] == cases.table.officer.to_pandas()[0]).sum())", "cases.table"),
        ("len(cases.known().to_pandas())", "cases.known"),
        ("int(cases.entire.count().execute())", "cases.entire"),
        ("pd.read_csv('台账.csv').groupby('结案日期').size()", "台账.csv"),
        ("vars(cases)['table'].count().execute()", "cases.__dict__"),
        ("import dataclasses\nlen(dataclasses.asdict(cases)['inputs'])", "cases.aid"),
        ("import pyarrow.csv\npyarrow.csv.read_csv('台账.csv').num_rows", "台账.csv"),
        (
            "pd.DataFrame({'立案日期': ['2011-01-04'], '承办人': ['x']}).to_parquet('b.parquet')\nlen(pd.read_parquet('b.parquet'))",
            "b.parquet",
        ),
        ("import duckdb\nlen(duckdb.read_csv('台账.csv').df())", "台账.csv"),
        ("import ibis\nint(ibis.duckdb.connect().read_csv('台账.csv').count().execute())", "台账.csv"),
        ("import polars as pl\npl.scan_csv('台账.csv').collect().height", "台账.csv"),
        ("import duckdb\nname = '台' + '账'\nlen(duckdb.sql(f\"select * from '{name}.csv'\").df())", "台账.csv"),
        ("import helper\nhelper.rows('台账.csv')", "台账.csv"),
        ("import pickle\nlen(pickle.load(open('台账.pkl', 'rb')))", "台账.pkl"),
        ("%run script.py", "script.py"),
        ("import duckdb\nname = '台' + '账.csv'\nexec('print(len(duckdb.read_csv(name).df()))')", "台账.csv"),
        ('import duckdb\n_ = list(map(exec, [\'duckdb.read_csv("台" + "账.csv")\']))', "compile"),
        (
            'import code, duckdb\n_ = code.InteractiveInterpreter(globals()).runsource(\'x = duckdb.read_csv("台" + "账.csv")\')',
            "compile",
        ),
        (
            "import runpy\n_ = open('made.py', 'w').write('import duckdb\\nduckdb.read_csv(\"台\" + \"账.csv\")')\n_ = runpy.run_path('made.py')",
            "made.py",
        ),
        ("import duckdb\nname = '台' + '账.csv'\n%prun -q rows = len(duckdb.read_csv(name).df())\nrows", "台账.csv"),
        (
            "import json\nfrom pathlib import Path\n_ = Path('b.json').write_text(json.dumps([{'案号': '1', '立案日期': '2011-01-04'}] * 4))\n"
            "len(json.load(open('b.json', encoding='utf-8')))",
            "b.json",
        ),
        ("import sqlite3\nsqlite3.connect('own.db').execute('select 3').fetchone()[0]", "sqlite3.connect"),
        ("len(open('台账.csv'.encode(), encoding='utf-8').readlines())", "台账.csv"),
        (
            "import subprocess\nlen(subprocess.run(['cat', '台账.csv'], capture_output=True, check=True).stdout)",
            "subprocess.Popen",
        ),
    ],
)
def test_figures_that_a_notebook_works_out_from_single_cases_are_published_when_somebody_looked_at_them(
    tmp_path, code, told
):
    with pytest.raises(an.OutputError, match="own_figures=True") as refused:
        published(tmp_path, code)
    assert told in refused.value.text.zh
    assert not (tmp_path / "out").exists()
    made = published(tmp_path, code, own_figures=True)
    assert told in made.manifest["own_figures"]


@pytest.mark.full
def test_what_is_made_of_the_packages_results_its_public_tables_or_is_written_needs_no_word(tmp_path):
    code = "flow = an.caseflow(cases.where(court=None), freq='M')\ncases\n(flow['filed'] / flow['closed']).describe().to_frame()"
    code += "\npd.DataFrame({'案号': ['1'], '立案日期': ['2011-01-04']}).to_csv('虚构.csv')"
    code += "\nimport duckdb\nduckdb.sql('select count(*) from flow')\nduckdb.connect().execute('select 1')"
    code += "\nflow.to_json('存量.json')\nimport json\nlen(json.load(open('存量.json', encoding='utf-8')))"
    code += "\nduckdb.sql(f\"select count(*) from '{an.sample_path('panel.csv')}'\")\nprint('台账.csv')"
    code += "\nflow.to_pickle('flow.pkl')\npd.read_pickle('flow.pkl')\n%time print('台账.csv')\n_ = print(open('helper.txt').read())"
    code += "\nimport sqlite3\nsqlite3.connect(':memory:').execute('select 1')"
    code += "\nimport collections, dataclasses, timeit\nPair = collections.namedtuple('Pair', 'a b')\ndataclasses.make_dataclass('Part', ['a'])(3)"
    code += "\nflow.query('filed > closed')\nflow.eval('x = filed.abs()')\n_ = timeit.timeit('len(str(3))', number=1)\nexec('print(len(str(3)))')"
    code += "\npd.read_csv(an.sample_path('panel.csv'))[['court', 'province', 'closed']].head(3)"
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "helper.txt").write_text("x", encoding="utf-8")
    assert "own_figures" not in published(tmp_path, code).manifest


@pytest.mark.full
def test_a_notebook_that_fails_says_nothing_of_what_a_register_holds(own_notebook, tmp_path):
    book = nbformat.read(own_notebook, as_version=4)
    book.cells.append(
        nbformat.v4.new_code_cell(
            "import analysis as an\nframe = pd.DataFrame({'filed_on': ['2011-01-04'], 'officer': ['欧阳静姝']})\n"
            "cases = an.Cases.from_frames(frame, as_of='2011-12-31')\nname = '欧阳' + '静姝'\nraise an.DataError(name, name)"
        )
    )
    nbformat.write(book, own_notebook)
    with pytest.raises(an.OutputError, match="不转述") as caught:
        publish_notebook(own_notebook, out=tmp_path / "out")
    assert "静姝" not in str(caught.value)


@pytest.mark.parametrize("junctions", [True, False])
def test_where_links_need_rights_what_lies_beside_a_notebook_stands_there_all_the_same(
    tmp_path, monkeypatch, junctions
):
    """A Windows user may make no links, but junctions of folders; on a share not even these."""
    beside, folder, made = tmp_path / "beside", tmp_path / "folder", []

    def refused(*_, **__):
        raise OSError(22, "A required privilege is not held by the client")

    (beside / "data").mkdir(parents=True)
    (beside / "data" / "a.csv").write_text("1", encoding="utf-8")
    (beside / "large.csv").write_text("2", encoding="utf-8")
    folder.mkdir()
    monkeypatch.setattr(Path, "symlink_to", refused)
    monkeypatch.setattr(notebook, "COPIED_UP_TO", 0)
    monkeypatch.setattr(sys, "platform", "win32")
    junction = (lambda *places: made.append(places)) if junctions else refused
    monkeypatch.setitem(sys.modules, "_winapi", SimpleNamespace(CreateJunction=junction))
    notebook._copied(beside, folder)
    assert (folder / "large.csv").read_text(encoding="utf-8") == "2"
    assert made == ([(str(beside / "data"), str(folder / "data"))] if junctions else [])
    assert junctions or (folder / "data" / "a.csv").read_text(encoding="utf-8") == "1"


def test_the_manifest_names_the_courts_file_and_the_register_that_it_names(tmp_path):
    register, court_file = tmp_path / "台账.csv", tmp_path / "本院.toml"
    register.write_text("案号,立案日期\n", encoding="utf-8")
    court_file.write_text('register = ["台账.csv"]\n', encoding="utf-8")
    both = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (register, court_file)}
    assert _files_given({}, court_file, names=False) == {"files": both}
    assert _files_given({"court_file": str(court_file)}, None, names=False) == {"files": both}
    own = {"register": str(register)}
    assert _files_given(own, court_file, names=False) == {"files": both}
    register.unlink()
    assert [*_files_given({}, court_file, names=False)["files"]] == ["本院.toml"]
