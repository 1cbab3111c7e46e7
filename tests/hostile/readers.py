"""Every reader of a settings file with a document that it takes: what is read of it, and used, so that a bad value shows."""

from __future__ import annotations

import json
import tempfile
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import analysis as an

if TYPE_CHECKING:
    from collections.abc import Callable

REGISTER = (
    "案号,立案日期,结案日期,结案方式,申请执行标的额,到位情况,承办人\n"
    + "".join(
        f"（2011）富执字第{i}号,2011-0{1 + i % 9}-04,{'2011-11-05' if i % 3 else ''},{'挂账' if i % 2 else '执行完毕'},{i}00,,{'甲乙丙'[i % 3]}\n"
        for i in range(1, 25)
    )
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """A document that is sound, the file's name, and what reads it and rests on it."""

    name: str
    document: dict[str, Any]
    read: Callable[[Path], Any]


def register_beside(folder: Path) -> Path:
    """A small register in a folder."""
    path = folder / "cases.csv"
    if not path.is_file():
        path.write_text(REGISTER, encoding="utf-8")
    return path


def _cases(path: Path, **options: Any) -> an.Cases:
    return an.read_cases(register_beside(path.parent), **{"as_of": "2011-12-31"} | options)


@cache
def _read_once() -> an.Cases:
    with tempfile.TemporaryDirectory() as folder:
        return _cases(Path(folder) / "x")


def _court_file(path: Path) -> None:
    cases = an.own_cases(register_beside(path.parent), court_file=path)
    an.indicators(cases, periods=[2011])
    an.deadlines(cases)


def _scheme(path: Path) -> None:
    cases = _read_once()
    an.officer_scorecard(cases, period=2011, scheme=path)
    an.deadlines(cases, scheme=path)


def _definitions(path: Path) -> None:
    an.definitions(path)
    an.indicators(_read_once(), periods=[2011], definitions=str(path))


def _own_set() -> dict[str, Any]:
    return {
        "set": {"id": "own", "zh": "本院", "en": "own", "extends": "fujin-2012", "source": "本院"},
        "quantity": {"big": {"zh": "大案", "en": "big", "table": "cases", "when": "closed", "count": "cases", "case_type": ["first"]}},
        "scheme": {"filed_cases_closed_percent": 80, "net_closings_per_officer": 30, "incompetent_below_percent_of_mean": 60, "start_within_days": 15},
        "indicator": [
            {"id": "own_rate", "zh": "自定率", "en": "own rate", "kind": "rate", "numerator": "big", "denominator": ["closed"], "unit": "%",
             "interval": "wilson", "target": {"low": 80}, "direction": "higher", "window": "any", "valid_from": "2010-01-01", "factor": 100.0,
             "include": {"basis": ["civil"]}, "exclude": {"closed_as": ["moved"]}, "note_zh": "注", "note_en": "note", "aliases": ["率"], "variant": False},
            {"id": "own_sum", "zh": "合计", "en": "sum", "kind": "flow", "sum_of": ["filed", "closed"], "unit": "件"},
        ],
    }  # fmt: skip


def _court() -> dict[str, Any]:
    return {
        "court": "富锦市人民法院", "as_of": "2011-12-31", "synthetic": True, "pseudonym_key": "k" * 20, "definitions": "fujin-2012",
        "scheme": "fujin-2012", "register": ["cases.csv"], "level": "basic", "calendar": "calendar-year", "blank_means_zero": ["amount_recovered"],
        "columns": {"到位情况": "amount_recovered"}, "values": {"closure_mode": {"挂账": "terminated_this_round"}},
    }  # fmt: skip


def _sealed() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        cases = _cases(Path(folder) / "x", court="富锦市人民法院")
        path = an.seal_figures(cases, period=2011, definitions="fujin-2012").save(Path(folder) / "own.json")
        return dict(json.loads(path.read_text(encoding="utf-8")))


def _earlier(path: Path) -> None:
    from analysis.report.revisions import checksums, earlier_reports

    found = earlier_reports(path.parent / "2012", court="富锦市人民法院", year=2012, named=[path])
    checksums(found)


def _manifest() -> dict[str, Any]:
    return {
        "court": "富锦市人民法院", "parameters": {"year": 2011, "as_of": "2011-12-31", "definitions": "fujin-2012"},
        "corrections": [], "inputs": {}, "files": {},
        "figures": [{"indicator": "closure_rate", "period_start": "2011-01-01", "period_end": "2011-12-31", "value": 99.0, "numerator": 99.0,
                     "denominator": 100.0, "unit": "%", "definition": "fujin-2012/closure_rate"}],
    }  # fmt: skip


def _evaluation_scheme() -> dict[str, Any]:
    from importlib.resources import files

    return tomllib.loads(
        files("analysis.inference.peers").joinpath("schemes/example-2011.toml").read_text(encoding="utf-8")
    )


def toml_readers() -> list[Reader]:
    """The readers of TOML."""
    return [
        Reader("court file", _court(), _court_file),
        Reader("columns", {"到位情况": "amount_recovered", "cases": {"承办人": "officer"}}, lambda path: _cases(path, columns=path)),
        Reader("definitions", _own_set(), _definitions),
        Reader("scheme", _own_set(), _scheme),
        Reader("evaluation", _evaluation_scheme(), an.read_scheme),
        Reader("register.toml", _court(), _beside),
    ]  # fmt: skip


def _beside(path: Path) -> None:
    folder = path.parent / "register"
    folder.mkdir(exist_ok=True)
    register_beside(folder)
    (folder / "register.toml").write_bytes(path.read_bytes())
    an.indicators(an.read_cases(folder), periods=[2011])


def json_readers() -> list[Reader]:
    """The readers of JSON."""
    return [
        Reader("exchange", _sealed(), lambda path: an.compare_sealed([path], court="富锦市人民法院")),
        Reader("manifest", _manifest(), _earlier),
        Reader("notebooks of the lab", {"01.ipynb": "0" * 64}, _copied),
    ]


def _copied(path: Path) -> None:
    from analysis.lab.folder import COPIED, copy_notebooks

    folder = path.parent / "lab"
    folder.mkdir(exist_ok=True)
    (folder / "data" / "sample").mkdir(parents=True, exist_ok=True)
    (folder / COPIED).write_bytes(path.read_bytes())
    copy_notebooks(folder)
