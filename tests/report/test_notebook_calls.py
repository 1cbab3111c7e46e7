"""Which files the own code of a notebook names to what is not the package's."""

from __future__ import annotations

import ast
import builtins
import sys
from types import ModuleType

import pytest

from analysis.report.notebook_calls import SEEN_AS, Calls

BEGINS = "from pathlib import Path\nimport analysis as an\nfrom functools import partial\n"


def run(code, monkeypatch):
    """The names of the files that code names, as a cell that is rewritten runs it; ``engine`` stands for a library of others."""
    named = []
    engine = ModuleType("engine")
    exec("def sql(*given, **options): return len(given)\ndef reader(kind): return sql", vars(engine))  # noqa: S102 - the library
    monkeypatch.setitem(sys.modules, "engine", engine)
    calls = Calls(lambda path: named.append(path.name))
    monkeypatch.setattr(builtins, SEEN_AS, calls, raising=False)
    tree = calls.rewriter.visit(ast.parse(BEGINS + "import engine\n" + code))
    exec(compile(tree, "cell", "exec"), {"__name__": "__main__"})  # noqa: S102 - the cell
    return set(named)


@pytest.fixture
def beside(tmp_path, monkeypatch):
    (tmp_path / "2010").mkdir()
    for name in ("a.csv", "b.pkl", "2010/c.csv"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("beside")
@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("engine.sql('a.csv')", {"a.csv"}),
        ("engine.sql(by=['b.pkl', Path('a.csv')])", {"a.csv", "b.pkl"}),
        ("engine.sql(b'a.csv')", {"a.csv"}),
        ("engine.sql(\"select * from 'a.csv'\")", {"a.csv"}),
        ("engine.sql('''select * from \"a.csv\" ''')", {"a.csv"}),
        ("where = Path('2010')\nengine.sql(f\"select * from '{where / 'c.csv'}'\")", {"c.csv"}),
        ("name = 'a'\nengine.sql(\"from '\" + name + \".csv'\")", {"a.csv"}),
        ("engine.sql('from read_csv(?)', ['a.csv'])", {"a.csv"}),
        ("engine.sql(\"from read_csv('20*/*.csv')\")", {"c.csv"}),
        ("engine.sql('2010')", {"c.csv"}),
        ("engine.sql(*['a.csv'], **{'of': 'b.pkl'})", {"a.csv", "b.pkl"}),
        ("engine.reader('csv')('a.csv')", {"a.csv"}),
        ("list(map(engine.sql, Path().glob('*.csv')))", {"a.csv"}),
        ("partial(engine.sql, 'x')('a.csv')", {"a.csv"}),
        ("def count(file):\n    return engine.sql(file)\ncount('a.csv')", {"a.csv"}),
        ("name = 'a'\nexec('engine.sql(name + \".csv\")')", {"a.csv"}),
        ("name = 'a'\nassert eval('engine.sql(name + \".csv\") + 1') == 2", {"a.csv"}),
        ("exec(compile('engine.sql(\"a\" + \".csv\")', 'text', 'exec'))", {"a.csv"}),
        ("import timeit\ntimeit.timeit('engine.sql(\"a\" + \".csv\")', number=1, globals=globals())", {"a.csv"}),
        ("exec('x = 3  # a.csv')\nassert eval('x') == 3\nassert eval(compile('x', '', 'eval')) == 3", set()),
        ("print('a.csv')\nPath('a.csv').exists()\nlen('a.csv')", set()),
        ("an.Text('a.csv', 'b.pkl') if hasattr(an, 'Text') else an.InputError('a.csv', 'b.pkl')", set()),
        ("engine.sql('*')\nengine.sql('.')\nengine.sql('//')\nengine.sql('')\nengine.sql('a\\0b.csv')\nengine.sql(3, None)", set()),
        ("class A(Path.__class__):\n    def __init__(self, *given):\n        super().__init__(*given)\nA('a', (), {})", set()),
        ("engine.sql('没有.csv', \"from 'flow'\")", set()),
    ],
)  # fmt: skip
def test_a_file_that_is_named_to_another_library_is_heard_of_however_its_name_is_made(code, named, monkeypatch):
    assert run(code, monkeypatch) == named


def test_what_is_called_sees_the_same_caller_and_what_it_is_given(monkeypatch):
    run(
        "y = 3\ndef f(x):\n    z = 4\n    assert {*locals()} == {'x', 'z'}\n    return eval('x + z + y')\nassert f(x=2) == 9",
        monkeypatch,
    )


def test_text_behind_options_is_heard_and_what_is_no_code_is_as_it_was():
    listens = Calls(lambda _: None).rewriter
    assert listens.rewritten("-s cumulative f(x)").startswith(f"-s cumulative {SEEN_AS}")
    assert listens.rewritten("not a text (") == "not a text ("


@pytest.mark.usefixtures("beside")
def test_nothing_is_kept_open(monkeypatch):
    run("open('new.txt', 'w').write('x')\nassert open('new.txt').read() == 'x'", monkeypatch)
