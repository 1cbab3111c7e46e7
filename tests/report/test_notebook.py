"""A researcher's own notebook as a report."""

import nbformat
import pytest

import analysis as an
from analysis.report.notebook import publish_notebook


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
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "register.csv").write_text("of the caller", encoding="utf-8")
    cells = [
        nbformat.v4.new_code_cell("register = None", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(
            "from pathlib import Path\nprint(Path(register).read_text(), Path('table.csv').read_text())\n"
            "_ = Path('table.csv').write_text('new')"
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


@pytest.mark.full
def test_a_cell_that_fails_leaves_nothing_behind(own_notebook, tmp_path):
    book = nbformat.read(own_notebook, as_version=4)
    book.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    nbformat.write(book, own_notebook)
    with pytest.raises(an.OutputError, match="ZeroDivisionError"):
        publish_notebook(own_notebook, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


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
