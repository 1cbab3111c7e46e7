"""What the columns of an export are: told by their headers, by what a person said, and by what they hold."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING, Any

from analysis.files.cell_text import plain, written
from analysis.register.case_numbers import level_of_code, parse_case_number
from analysis.register.cells import (
    NOT_YET,
    UNREADABLE,
    is_blank,
    is_day_cell,
    read_amount,
    read_boolean,
    read_code,
    read_date,
)
from analysis.register.headers import bare
from analysis.vocabulary.columns import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from analysis.register.headers import Layout

ENOUGH = 0.8  # share of the cells of a column that must be of its kind
LIKE = 0.5  # how like a header and a column's name must be, of 1, to be proposed
LIKE_NAME = (
    0.6  # the same of names, other texts, and words of which none is known: their cells say little of what they are
)
FEWEST_LETTERS = 4  # with which a header in letters must begin as a name does
REPEATED = 2  # cells a different one, at least, of a column of names or words: parties have nearly one a case
KNOWN_WORDS, FEWEST_KNOWN = 0.5, 2  # share of the different words of a column that a vocabulary must know, and how many
MOST_WORDS = 40  # different words of a column that a vocabulary can be made of
# Parties and what is known of them: no column of the register, whatever their headers are like.
OF_PARTIES = re.compile(
    "申请人|申请执行人|被执|当事人|被申请|权利人|义务人|代理|身份|证件|电话|手机|地址|住址|住所|account|party|debtor|creditor"
)
COURT = re.compile(r".*(?:法院|法庭)|.*\bcourt", re.IGNORECASE)
# Courts of an earlier step: not the one that enforces.
OTHER_COURT = re.compile("原审|一审|二审|审理|作出|上级|委托|受托|移送|移交|判决|裁判|生效|依据|文书|保全|协助|首封")
MONEY = re.compile("额|款|金|标的|元|amount|sum|claim|money|yuan")
# What days, or sums, of all kinds share says nothing of which one it is.
OF_ALL_DAYS, OF_ALL_SUMS = re.compile("执行|案件|登记|日期|时间|日$"), re.compile("金额|数额|标的|[额款元]")
NOTHING = re.compile("(?!)")
NO_SUM = re.compile("余额|比|率|%|费|税|救助|保证|保全|罚|悬赏|评估|拍卖|rate|share|fee|fine")
# Words of a header that say which column of a kind it is, where it is not like its name.
SPEAKS_OF = {
    "closure_mode": re.compile("去向|结果|结局|(?:结|处理|处置).*(?:方式|形式|情况|情形|类)|outcome|result|disposal"),
    "basis": re.compile("依据|文书类|文书种"),
    "amount_claimed": re.compile("诉请|请求|申请|诉求|债权|demand|claim"),
    "amount_recovered": re.compile("回款|到位|执结|实收|追回|收回|执回|recover|collect"),
    "amount_paid": re.compile("发放|支付|给付|兑付|领取|paid"),
}


def columns_of(layout: Layout, by_column: Sequence[Sequence[Any]], said: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what each header is taken for: by its name or what was ``said`` of it, else by its cells among the columns that lack.

    ``said``: bare header → column, or empty where a person said that it is none.
    """
    cells = [[written(cell).strip() for cell in column if not is_blank(cell)] for column in by_column]
    entries: list[dict[str, Any]] = [
        {"header": cell.header, "column": cell.column or cell.also,
         "found_by": ("content" if said.get(bare(cell.header)) else "name") if cell.column else "twice" if cell.also else "",
         "examples": _examples(cell.column, texts)}
        for cell, texts in zip(layout.cells, cells, strict=True)
    ]  # fmt: skip
    lacking = [name for name in columns("cases") if name not in layout.positions]
    likely = [
        (max(_likeness(text, name) for text in (entry["header"], *layout.cells[i].texts)), -i, name)
        for i, entry in enumerate(entries)
        if entry["header"] and not entry["column"] and cells[i] and bare(entry["header"]) not in said
        for name in lacking
    ]
    for likeness, before, name in sorted(likely, reverse=True):
        i = -before
        taken = {entry["column"] for entry in entries}
        if name in taken or entries[i]["column"]:
            continue
        if _is_of_kind(name, entries[i]["header"], cells[i], likeness):
            entries[i] |= {"column": name, "found_by": "content", "examples": _examples(name, cells[i])}
    _propose_closure_mode(entries, by_column, said)
    _mark_equal_ones(entries, layout, cells, said)
    return entries


def _mark_equal_ones(
    entries: Sequence[dict[str, Any]], layout: Layout, cells: Sequence[Sequence[str]], said: Mapping[str, str]
) -> None:
    """Mark filled columns under the same header as one that was proposed: which of them holds is a question."""
    proposed = {
        bare(cell.as_written): entry["column"]
        for entry, cell in zip(entries, layout.cells, strict=True)
        if entry["found_by"] == "content" and bare(entry["header"]) not in said
    }
    for entry, cell, texts in zip(entries, layout.cells, cells, strict=True):
        if texts and not entry["column"] and (name := proposed.get(bare(cell.as_written))):
            entry |= {"column": name, "found_by": "twice"}


def _propose_closure_mode(
    entries: Sequence[dict[str, Any]], by_column: Sequence[Sequence[Any]], said: Mapping[str, str]
) -> None:
    """Take a court's own closure words for such: few words that closed rows alone hold, under a header that speaks of an outcome."""
    places = {entry["column"]: i for i, entry in enumerate(entries) if entry["column"]}
    if "closed_on" not in places or "closure_mode" in places:
        return
    closed = {row for row, cell in enumerate(by_column[places["closed_on"]]) if is_day_cell(cell)}
    for entry, column in zip(entries, by_column, strict=True):
        header = bare(entry["header"])
        if not header or entry["column"] or header in said or not SPEAKS_OF["closure_mode"].search(header):
            continue
        held = {row: written(cell).strip() for row, cell in enumerate(column) if _is_word(cell)}
        if len(closed & set(held)) >= ENOUGH * max(len(held), len(closed), 1) and _are_words([*held.values()]):
            entry |= {
                "column": "closure_mode",
                "found_by": "content",
                "examples": _examples("closure_mode", [*held.values()]),
            }
            return


def _is_word(cell: Any) -> bool:
    return not is_blank(cell) and plain(cell) not in NOT_YET


def _are_words(texts: Sequence[str]) -> bool:
    """Whether cells are few words, each of several cases: no names of parties, no days and no numbers."""
    different = set(texts)
    plainly = all(read_date(t) is UNREADABLE and read_amount(t) is UNREADABLE for t in different)
    return plainly and len(different) <= min(MOST_WORDS, len(texts) / REPEATED)


# What tells that a cell holds what columns of a kind do.
HOLDS: Mapping[str, Callable[[str], bool]] = {
    "date": lambda t: read_date(t) is not UNREADABLE,
    "money": lambda t: read_amount(t) is not UNREADABLE,
    "boolean": lambda t: read_boolean(t) is not UNREADABLE,
    "integer": lambda t: t.removesuffix("天").isdecimal(),
    "text": lambda t: read_date(t) is UNREADABLE and read_amount(t) is UNREADABLE,
}


def _examples(column: str, texts: Sequence[str]) -> str:
    """The first cells, of columns that name nobody: days, numbers and words of vocabularies; none that was moved there by a column."""
    kind = columns("cases")[column].kind if column else ""
    if kind in ("", "text"):
        return ""
    return "、".join(dict.fromkeys(islice(filter(HOLDS.get(kind), texts), 3)))


def _likeness(header: str, name: str) -> float:
    column, text = columns("cases")[name], bare(header)
    names = [bare(n) for n in (column.text.zh, *column.aliases, name)]
    if column.kind == "money" and (own := set(OF_ALL_SUMS.sub("", text))):
        names = [n for n in names if own & set(OF_ALL_SUMS.sub("", n))]
    if text.isascii():  # letters that two words share say nothing: CBR is no chamber
        names = [n for n in names if n.startswith(text[:FEWEST_LETTERS])]
    of_all = OF_ALL_DAYS if column.kind == "date" else NOTHING
    like = max((SequenceMatcher(None, of_all.sub("", text), of_all.sub("", n)).ratio() for n in names), default=0.0)
    speaks = name in SPEAKS_OF and SPEAKS_OF[name].search(text)
    return max(like, LIKE_NAME) if speaks and (column.kind != "money" or MONEY.search(text)) else like


def _is_of_kind(name: str, header: str, texts: Sequence[str], likeness: float) -> bool:
    """Whether cells are what the column holds, and the header like it as far as they do not say it themselves."""
    kind, text = columns("cases")[name].kind, bare(header)
    if name in ("case_no", "original_case_no"):
        return (name == "case_no" or likeness >= LIKE_NAME) and _most(texts, lambda t: parse_case_number(t) is not None)
    if name == "court_code":
        return likeness >= LIKE_NAME and _most(texts, lambda t: level_of_code(t) is not None and not t.isdecimal())
    if name == "court":
        return not OTHER_COURT.search(text) and _most(texts, lambda t: COURT.fullmatch(t) is not None)
    if kind == "code":
        return _is_vocabulary(name, text, texts, likeness)
    if kind == "text" and (OF_PARTIES.search(text) or len(texts) < REPEATED * len(set(texts))):
        return False
    if kind == "money" and NO_SUM.search(text):
        return False
    return likeness >= (LIKE_NAME if kind in ("text", "boolean") else LIKE) and _most(texts, HOLDS[kind])


def _is_vocabulary(name: str, header: str, texts: Sequence[str], likeness: float) -> bool:
    """Whether words are those of a vocabulary: most cells, or half of the words, or words under a header that is like its name and speaks of it."""
    if _most(texts, lambda t: read_code(t, name) is not UNREADABLE):
        return True
    words = [t for t in texts if plain(t) not in NOT_YET]
    if OF_PARTIES.search(header) or not _are_words(words):
        return False
    known = {word for word in words if read_code(word, name) is not UNREADABLE}
    speaks = bool(known) or name not in SPEAKS_OF or SPEAKS_OF[name].search(header) is not None
    return len(known) >= max(KNOWN_WORDS * len(set(words)), FEWEST_KNOWN) or (
        name != "closure_mode" and likeness >= LIKE_NAME and speaks
    )


def _most(texts: Sequence[str], test: Callable[[str], bool]) -> bool:
    return sum(map(test, texts)) >= ENOUGH * len(texts)
