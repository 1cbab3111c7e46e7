"""What a run may leave behind, however it ended: the store or the report of before, or the one that was to come; never a mixture."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from hostile.faults import End, in_a_fork

import analysis as an

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AS_OF = "2024-12-31"


def write_source(folder: Path, *, years: range, each: int = 6) -> Path:
    """A register of some cases a year in one file a year, as a court hands it on."""
    folder.mkdir(parents=True, exist_ok=True)
    for year in years:
        lines = ["案号,立案日期,结案日期,结案方式,法院"]
        lines += [f"（{year}）富执字第{i}号,{year}-0{1 + i % 9}-1{i % 9},,,甲" for i in range(1, each + 1)]
        (folder / f"{year}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def rows_of(store: Path) -> list[str] | str:
    """The case numbers of a store, sorted; ``refused`` where it is said to be unusable."""
    try:
        cases = an.read_cases(store, as_of=AS_OF)
        return sorted(cases.table.case_no.to_pandas())
    except an.CourtAnalysisError:
        return "refused"


def bytes_of(folder: Path) -> dict[str, str]:
    """The checksum of every file of a folder but for hidden ones."""
    files = [
        p
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not any(part.startswith(".") for part in p.relative_to(folder).parts)
    ]
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def report_files(text: str) -> dict[str, bytes]:
    """The files of a small report."""
    return {f"report.{i}.html": f"<p>{text} {i}</p>".encode() * 50 for i in range(4)}


def publish_report(folder: Path, text: str) -> None:
    """Publish a small report, as ``build_report`` does with a whole one."""
    from analysis.report.publish import publish

    files = report_files(text)
    manifest = {
        "inputs": {"register": {text: text}}, "parameters": {}, "versions": {}, "files": {},
        "reports": {"zh": {"files": list(files), "exhibits": []}},
    }  # fmt: skip
    publish(files, manifest, folder, confidential=None)


def report_of(folder: Path) -> str:
    """Which report stands in a folder, all of its files as its manifest says; ``nothing``, or ``broken``."""
    if not (folder / "manifest.json").is_file():
        return "nothing" if not folder.exists() or not any(folder.iterdir()) else "broken"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    sound = all(
        (folder / name).is_file() and hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum
        for name, checksum in manifest["files"].items()
    )
    (text,) = manifest["inputs"]["register"]
    return str(text) if sound else "broken"


def interrupted_ingest(folder: Path, prepare: Callable[[], None]) -> tuple[End, list[str]]:
    """Bring three years into a store, then other files with a fault on the way: how that ended, and what is wrong afterwards.

    A source is gone, one has changed, one is new. What is read then is the store before, the one to come, or a refusal; and the
    next run gives the bytes that a run of its own gives.
    """
    source, store, other = folder / "source", folder / "store", folder / "other"
    said = folder / "said.json"
    old = write_source(source, years=range(2010, 2013))
    first = in_a_fork(lambda: an.ingest(old, store, as_of=AS_OF))
    write_source(source, years=range(2012, 2014), each=9)
    (source / "2010.csv").unlink()
    end = in_a_fork(lambda: an.ingest(source, store, as_of=AS_OF), prepare)

    def look() -> None:
        found = {"then": rows_of(store)}
        an.ingest(source, store, as_of=AS_OF)
        found["after"] = rows_of(store)
        an.ingest(source, other, as_of=AS_OF)
        found["same"] = bytes_of(store) == bytes_of(other)
        said.write_text(json.dumps(found), encoding="utf-8")

    looked = in_a_fork(look)
    if first.code or looked.code or looked.signal:
        return end, [f"not mended by the next run: {(first.said + looked.said)[-400:]}"]
    found = json.loads(said.read_text(encoding="utf-8"))
    before = numbers(dict.fromkeys(range(2010, 2013), 6))
    after = numbers({2011: 6, 2012: 9, 2013: 9})
    wrong = ill_ended(end)
    if found["then"] not in (before, after, "refused"):
        wrong.append(f"a mixture is read: {found['then']}")
    if found["after"] != after:
        wrong.append(f"the next run reads {found['after']}")
    if not found["same"]:
        wrong.append("the next run does not give the same bytes as a run of its own")
    return end, wrong


def numbers(cases: dict[int, int]) -> list[str]:
    """The case numbers of so many cases by year, sorted."""
    return sorted(f"（{year}）富执字第{i}号" for year, most in cases.items() for i in range(1, most + 1))


def interrupted_report(folder: Path, prepare: Callable[[], None]) -> tuple[End, list[str]]:
    """Publish a report, then another with a fault on the way: how that ended, and what is wrong afterwards."""
    target = folder / "report"
    first = in_a_fork(lambda: publish_report(target, "old"))
    end = in_a_fork(lambda: publish_report(target, "new"), prepare)
    wrong = ill_ended(end)
    if (then := report_of(target)) not in ("old", "new"):
        wrong.append(f"the folder holds {then}")
    again = in_a_fork(lambda: publish_report(target, "new"))
    if first.code or again.code or report_of(target) != "new":
        wrong.append(f"not mended by the next run: {again.said[-400:]}")
    if left := [path.name for path in folder.iterdir() if path.name != "report"]:
        wrong.append(f"left behind after the next run: {left}")
    return end, wrong


def ill_ended(end: End) -> list[str]:
    """What is wrong with how a run ended: it was killed, ended well, or with an error of the package."""
    if end.signal or not end.code:
        return []
    last = end.said.strip().splitlines()[-1:] or [""]
    return [] if "analysis.vocabulary.errors." in last[0] else [f"ended with {last[0][:200]}"]
