"""One word for one thing: every text that the package can say keeps to ``glossary.toml``."""

import ast
import json
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "analysis"
GLOSSARY = tomllib.loads((PACKAGE / "vocabulary" / "glossary.toml").read_text(encoding="utf-8"))
# What reads the words of others knows them all.
READERS = {
    *("returns/page.py", "returns/phrases.py", "returns/statement.py", "returns/changes.py", "returns/numbers.py"),
    *(
        "returns/headings.py",
        "returns/listed_numbers.py",
        "returns/verbless.py",
        "returns/counts.py",
        "returns/earlier.py",
        "returns/subjects.py",
        "returns/times.py",
        "register/headers.py",
        "register/contents.py",
        "register/file_names.py",
    ),
    *("checks/reported.py", "register/cells.py", "returns/headers.toml", "returns/phrases.toml"),
    "vocabulary/glossary.toml",
}
HELD = ("aliases", "source")  # of TOML: words that are read, and the names of sources


def strings(tree):
    """Every string of a module, and whether it is a docstring."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value, id(node) in documented


def said_in_code():
    for path in sorted(PACKAGE.rglob("*.py")):
        name = str(path.relative_to(PACKAGE))
        if name not in READERS:
            for line, text, is_documentation in strings(ast.parse(path.read_text(encoding="utf-8"))):
                yield f"{name}:{line}", text, not is_documentation and " " in text


def leaves(held, place):
    """Every text of a TOML table, but for words that are read."""
    if isinstance(held, str):
        yield place, held
    elif isinstance(held, dict):
        for key, value in held.items():
            if key not in HELD:
                yield from leaves(value, f"{place} {key}")
    elif isinstance(held, list):
        for value in held:
            yield from leaves(value, place)


def said_in_data():
    for path in sorted(PACKAGE.rglob("*.toml")):
        name = str(path.relative_to(PACKAGE))
        if name not in READERS:
            for place, text in leaves(tomllib.loads(path.read_text(encoding="utf-8")), name):
                yield place, text, place.endswith((" en", "_en"))
    for path in sorted((PACKAGE / "report" / "templates").iterdir()):
        yield path.name, path.read_text(encoding="utf-8"), False


def said_in_pages():
    for path in sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("README*.md")]):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{path.name}:{number}", line, False
    for path in sorted(ROOT.glob("notebooks/*.ipynb")):
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
            yield f"{path.name} cell {number}", "".join(cell["source"]), False


@cache
def said(where):
    return tuple({"code": said_in_code, "data": said_in_data, "pages": said_in_pages}[where]())


@pytest.mark.parametrize("where", ["code", "data", "pages"])
@pytest.mark.parametrize("word", GLOSSARY)
def test_no_other_word_is_used_for_it(word, where):
    entry = GLOSSARY[word]
    zh, en = (re.compile("|".join(entry.get(f"not_{language}", [])) or "(?!)") for language in ("zh", "en"))
    wrong = [
        f"{place}: {found[0]} (use {entry['zh']}, {entry['en']})"
        for place, text, is_english in said(where)
        for found in (*zh.finditer(text), *(en.finditer(text) if is_english else ()))
    ]
    assert not wrong


def test_the_glossary_is_in_both_languages_and_heads_what_it_names():
    from analysis.vocabulary.terms import term

    assert all(re.search("[\u4e00-\u9fff]", entry["zh"]) and entry["en"].isascii() for entry in GLOSSARY.values())
    for key, word in {"printed": "published", "rebuilt": "computed", "recomputed": "implied", "filed": "filed"}.items():
        assert term(key).zh == GLOSSARY[word]["zh"]
    assert term("group_cleared").zh == GLOSSARY["resolved"]["zh"]
    assert term("group_moved").en == GLOSSARY["on_procedure"]["en"]
    assert term("accumulating").zh == GLOSSARY["accumulating"]["zh"]
