"""The one court that a report is about: a register of several is narrowed to it, or is the sum of a higher court's own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.cases.answers import answer
from analysis.register.case_numbers import OF_OTHER_WORK, court_code, shared_by
from analysis.register.court_said import files_with_courts
from analysis.register.disclosure import public_courts
from analysis.vocabulary.columns import LEVELS
from analysis.vocabulary.courts import area_text, court_text, higher_first, level_named, team_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.text import Text, number_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from analysis.cases.table import Cases

UNNAMED_COURT = Text("本院", "the court")
BASIC = next(iter(LEVELS))
NAMED_COURTS = 10
NAMED = {
    "court": court_text,
    "area": area_text,
    "team": team_text,
}  # what is called by names, and what by in both languages
OF_NAMES = {"court": "courts", "area": "townships", "team": "teams"}
HAN = re.compile("[一-鿿]")
CODE = "[）)] *(.[0-9]{2,4})"  # of a court, behind the year in a number of 2016 or later


def of_court_said(cases: Cases) -> Cases:
    """Return the cases of the court that the user named (``court=``, ``--court``, the court's file), where a register holds several.

    Without a name all of them; a name that no row bears, or that of a higher court, stands for all of them together.
    """
    said = cases.court_said
    if said is None or len(cases.courts) < 2 or _is_sum(cases):
        return cases
    return replace(cases.where(court=said), court_said=said)


def of_one_court(cases: Cases) -> Cases:
    """Return the register of the one court that a report is about (``of_court_said``).

    Raises ``ArgumentError`` naming the courts (or, where no column does, the codes in the case numbers) where none was named: the sum of
    two courts is no figure of either.
    """
    cases = of_court_said(cases)
    if cases.court_said is None and (told := told_by_numbers(cases)).zh:
        raise ArgumentError(
            f"{told.zh}合计不是任何一院的数字：请分开导出，或带上“法院”一栏；确属一院的（如代字有过变更），用 --court 或在 本院.toml 写明院名。",
            f"{told.en} Their sum is no figure of either: export them apart, or with a column of the court; where all are of one court (its code "
            "changed, say), name it with --court or in 本院.toml.",
        )
    if len(cases.courts) < 2 or _is_sum(cases):
        return cases
    named = public_courts(cases)
    more = "…" if len(cases.courts) > len(named[:NAMED_COURTS]) else ""
    zh, en = "、".join(named[:NAMED_COURTS]) + more, ", ".join(named[:NAMED_COURTS]) + more
    one = named[0] if named else "…"
    raise ArgumentError(
        f"台账中有{len(cases.courts)}个法院（{zh}），不知报告是哪一个的。请指明其一：--court {one}，或 "
        f'cases.where(court="{one}")；中级、高级法院要几院合计的，用 --court 或在 本院.toml 写明自己的名称。',
        f"The register holds {len(cases.courts)} courts ({en}), and it is not known which of them the report is of. Name one: "
        f'--court {one}, or cases.where(court="{one}"); a higher court that wants all of them together gives its own '
        "name with --court or in 本院.toml.",
    )


def _is_sum(cases: Cases) -> bool:
    level = cases.level or level_named(cases.court_said)
    is_higher = level is not None and level != BASIC
    return cases.court_said is not None and (is_higher or cases.court_said not in cases.courts)


def court_name(cases: Cases) -> str:
    """The name of the court that a report is about."""
    if len(cases.courts) > 1 and cases.court_said is not None:
        return cases.court_said
    return cases.court or str(UNNAMED_COURT)


def court_name_text(cases: Cases) -> Text:
    """The same in both languages."""
    name = court_name(cases)
    return UNNAMED_COURT if name == str(UNNAMED_COURT) else court_text(name)


def whose_cases(cases: Cases) -> Text:
    """Whose cases a report counts: the court's, or those of a higher court and of the courts under it together."""
    court, number = court_name_text(cases), len(cases.courts)
    if number < 2:
        return court
    if court.zh not in cases.courts:
        return Text(f"{court.zh}所辖{number}个法院", f"the {number} courts under {court.en}")
    under = number_of(number - 1, "court")
    return Text(f"{court.zh}及所辖{number - 1}个法院", f"{court.en} and the {under} under it")


def without_english(cases: Cases, *others: str, kinds: Collection[str] = tuple(OF_NAMES)) -> Text:
    """Say once in an English text that some names have no English form and stand in Chinese; in Chinese there is nothing to say.

    ``others``: courts that stand beside the register's; ``kinds``: what the text calls by name.

    >>> from analysis import Cases
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"filed_on": ["2011-01-04"], "team": ["执行一组"], "area": ["石盘镇"]})
    >>> without_english(Cases.from_frames(rows, as_of="2011")).en
    "Names of townships stand in Chinese where the court's file gives no English one (under [english])."
    """
    held = {
        name: cases.table.select(name).distinct().to_pandas()[name].dropna()
        for name in kinds
        if not cases.lacking(name)
    }
    held["court"] = [*held.get("court", []), *filter(None, [cases.court_said]), *others]
    left = [
        OF_NAMES[name] for name, of in NAMED.items() if any(HAN.search(of(str(one)).en) for one in held.get(name, ()))
    ]
    what = " and ".join(filter(None, [", ".join(left[:-1]), *left[-1:]]))
    said = f"Names of {what} stand in Chinese where the court's file gives no English one (under [english])."
    return Text("", said if left else "")


def told_by_numbers(cases: Cases) -> Text:
    """Say that the case numbers bear the codes of several courts, where no column of the register tells these apart.

    >>> from analysis import Cases
    >>> import pandas as pd
    >>> rows = {"case_no": [f"（2022）冀019{i % 2}执{i}号" for i in range(9)], "filed_on": "2022-01-04"}
    >>> told_by_numbers(Cases.from_frames(pd.DataFrame(rows), as_of="2022")).zh
    '案号的法院代字有几种：冀0190（5件）、冀0191（4件），台账却没有一栏写明法院，各院的案件合在一起。'
    """
    nothing = Text("", "")
    if len(cases.courts) > 1 or cases.courts not in ([], [cases.court_said]) or files_with_courts(cases.mapping):
        return nothing
    numbers = cases.table.select(code=cases.table.case_no.re_extract(CODE, 1))
    found = numbers.group_by("code").agg(cases=numbers.count()).to_pandas()
    codes = found["code"].map(court_code)
    counts = shared_by(codes.repeat(found["cases"]))
    if len(counts) < 2:
        return nothing
    listed = [*counts.items()][:NAMED_COURTS]
    zh, en = "、".join(f"{code}（{n:,}件）" for code, n in listed), ", ".join(f"{code} {n:,}" for code, n in listed)
    return Text(
        f"案号的法院代字有几种：{zh}，台账却没有一栏写明法院，各院的案件合在一起。",
        f"The case numbers bear the codes of several courts ({en}), yet no column names the court: they are counted together.",
    )


def of_other_work(cases: Cases) -> Text:
    """Say how many cases bear the number of a trial: they are counted as enforcement cases, which they are not.

    >>> from analysis import Cases
    >>> import pandas as pd
    >>> rows = {"case_no": ["（2022）冀0199民初1号", "（2022）冀0199执1号"], "filed_on": "2022-01-04"}
    >>> of_other_work(Cases.from_frames(pd.DataFrame(rows), as_of="2022")).zh
    '1件的案号不是执行案件的（是审判等案件的），各项数字都含这些案件。'
    """
    number = int(answer(cases, cases.table.case_no.re_search(OF_OTHER_WORK).sum()) or 0)
    if not number:
        return Text("", "")
    return Text(
        f"{number:,}件的案号不是执行案件的（是审判等案件的），各项数字都含这些案件。",
        f"{number_of(number, 'case')} {'bears' if number == 1 else 'bear'} the number of no enforcement case (but of a trial, say), yet all figures "
        f"count {'it' if number == 1 else 'them'}.",
    )


def whose_work(cases: Cases) -> Text:
    """Say that figures are those of several courts together, or of one of several, or count other work; nothing of enforcement of one court."""
    said = [text for text in (_of_courts(cases), of_other_work(cases)) if text.zh]
    return Text("".join(text.zh for text in said), " ".join(text.en for text in said))


def _of_courts(cases: Cases) -> Text:
    if len(cases.courts) > 1:
        names = higher_first(public_courts(cases))[:NAMED_COURTS]
        more = Text("等", " and others") if len(cases.courts) > len(names) else Text("", "")
        said = Text(
            f"数字为{len(cases.courts)}个法院合计：{'、'.join(names)}{more.zh}。",
            f"The figures are those of {len(cases.courts)} courts together: {'; '.join(court_text(name).en for name in names)}{more.en}.",
        )
        number = cases.of_no_court
        counted = Text(f"其中{number:,}件没有写明法院。", f" Of {number:,} cases the court is not stated.")
        return said + counted if number else said
    others, number = cases.other_courts, cases.of_no_court
    if not others:
        return _of_another(cases) + told_by_numbers(cases)
    said = Text(
        f"台账中另有{others}个法院的案件，未计入。", f"The register holds cases of {others} more court(s), not counted."
    )
    left = Text(
        f"还有{number:,}件没有写明法院，是否本院的不知，未计入。",
        f" {number:,} more do not state their court, so that it is not known whether they belong here; they are not counted.",
    )
    return said + left if number else said


def _of_another(cases: Cases) -> Text:
    """Say that the one court which the rows name is another than the user named, and how many cases state none."""
    said, number = cases.court_said, cases.of_no_court
    if said is None or cases.courts in ([], [said]):
        return Text("", "")
    named = (public_courts(cases) or [str(Text("另一法院", "another court"))])[0]
    return Text(
        f"所指明的法院是{said}，台账各行写的却是{named}" + (f"，另有{number:,}件没有写明法院。" if number else "。"),
        f"The court named is {said}, but the rows of the register name {named}"
        + (f"; {number:,} cases do not state theirs." if number else "."),
    )
