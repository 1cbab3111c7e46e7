"""Case numbers (案号): old (2011)富执字第123号 and, from 2016, (2019)黑0882执恢123号之一, in every bracket seen.

The rules of numbering: 法〔2015〕137号 for the numbers since 2016-01-01 (court code, type word, serial; a serial runs
per court, type and year); before it each court had its own characters, which are not unique in the nation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.files.cell_text import plain
from analysis.register.cells import MARKED_FIGURE
from analysis.vocabulary.courts import courts

# Families of enforcement cases, never mixed in a rate (type word → case_type in codes.toml).
FAMILIES = {
    "执恢": "reopened",
    "恢执": "reopened",
    "恢": "reopened",
    "执保": "preservation",
    "保执": "preservation",
    "执异": "review",
    "执复": "review",
    "执监": "review",
    "执督": "review",
    "执协": "review",
    "执请": "review",
    "执议": "review",
    "执他": "other",
    "执行": "first",
    "执": "first",
}
# The end of the type word of a case that is no enforcement: of civil, criminal, administrative and other law, in any of its procedures.
OTHER_WORK = "[民刑行商知经赔][初终再申监抗特督催辖破审更]"
OF_OTHER_WORK = rf"{OTHER_WORK}字?第? *\d"  # within a number
# Many a court numbered by chamber (执一字, 执二字): the same family.
CHAMBER = "一二三四五六"
# 恢 alone is a word of the new numbers only: in an old number it may belong to the court's characters.
OLD_TYPE_WORD = re.compile(f"(?:{'|'.join(word for word in FAMILIES if '执' in word)})[{CHAMBER}]?$")
OPEN, CLOSE = "([{〔【〖〈《<⟨‹「『“‘\"'", ")]}〕】〗〉》>⟩›」』”’\"'"
# （2010）富执（恢）字第12号, and 富执字（2010）第12号 with its year behind.
INNER = re.compile(rf"[{re.escape(OPEN)}]([\u3400-\u9fff]{{1,4}})[{re.escape(CLOSE)}](?=字|第|\d)")
YEAR_BEHIND = re.compile(rf"([\u3400-\u9fff]{{1,8}})([{re.escape(OPEN)}](?:19|20)\d\d年?[{re.escape(CLOSE)}])(?=第|\d)")
AFTER = re.compile(r"(?<=号)\([^()]*\)$|[。.,;:、]+$")  # a note or a stop behind the number
BEFORE = re.compile(rf"^(?:[总合小共]计)(?=[{re.escape(OPEN)}])")  # a total's word in front of a number: still a case
NEW_FROM = 2016  # a high court's code is its province's character alone, as an old court's was
NUMBER = re.compile(
    rf"[{re.escape(OPEN)}]{{0,2}}(?P<year>(?:19|20)\d\d)年?度?[{re.escape(CLOSE)}]{{0,2}}"
    r"(?P<court>最高法|新?兵\d{1,4}|[\u3400-\u9fff]\d{1,4})?(?P<word>[\u3400-\u9fff]{1,8}?)"
    r"(?P<zi>字第?|第|no\.?)?(?P<serial>\d{1,7})(?:[-—–](?P<dash>\d{1,2}))?号?"
    r"(?:(?:之|-|—)(?P<sub>[一二三四五六七八九十]{1,3}|\d{1,2}))?号?"
)
# In the middle of a sentence, where nothing but its form tells it: a year in brackets, a type word, a serial.
IN_PROSE = re.compile(
    rf"[{re.escape(OPEN)}](?:19|20)\d\d[{re.escape(CLOSE)}][\u3400-\u9fff][\u3400-\u9fff\d()]{{0,12}}?(?:执[\u3400-\u9fff]{{0,4}}|字)第?\d{{1,7}}号?"
)
CHINESE_YEAR = re.compile(rf"^[{re.escape(OPEN)}]?([〇零○一二三四五六七八九]{{4}})年?[{re.escape(CLOSE)}]?")
DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
# Numbers in the usual form: whatever their serial, the rest of them reads alike.
USUAL = (
    r"^(?P<around>[（(〔\[]?(?:19|20)\d\d[）)〕\]]?[\x{3400}-\x{9fff}](?:\d{1,4})?[\x{3400}-\x{9fff}]{1,10})"
    r"(?P<serial>[1-9]\d{0,6})(?P<behind>号?)$"
)
OF_A_COURT = 0.05  # share of the numbers from which on a code is that of another court, not of a case sent from one
ROWS_AT_ONCE = 100_000
MANY_TIMES = ["court", "type_word", "sub_number", "family"]
PARTS = ["year", "court", "type_word", "serial", "sub_number", "family", "key"]
ORDINALS = "一二三四五六七八九"


@dataclass(frozen=True)
class CaseNumber:
    """A case number in its parts; ``sub_number`` is 之一, 之二 … or empty, ``family`` the case type that the word means."""

    year: int
    court: str
    type_word: str
    serial: int
    sub_number: str
    style: str

    @property
    def family(self) -> str:
        """``first``, ``reopened``, ``preservation``, ``review`` or ``other``, by the type word."""
        return FAMILIES.get(self.type_word) or FAMILIES.get(self.type_word.rstrip(CHAMBER), "other")

    @property
    def canonical(self) -> str:
        """The number as 法〔2015〕137号 writes it: full-width brackets, no leading zeros.

        >>> parse_case_number("〔2011〕富执字第0012号").canonical
        '（2011）富执字第12号'
        """
        return self._written(self.court)

    @property
    def key(self) -> str:
        """The same for every writing of a number, also under a court's former code."""
        return self._written(present_code(self.court))

    def _written(self, court: str) -> str:
        serial = f"字第{self.serial}号" if self.style == "old" else f"{self.serial}号"
        return f"（{self.year}）{court}{self.type_word}{serial}{self.sub_number}"


def quotes_case_number(text: str) -> bool:
    """Return whether a text, as it is compared (``plain``), is or quotes a case number.

    >>> quotes_case_number("注:被执行人下落不明,(2011)富执字第2号"), quotes_case_number("根据法释(2020)21号执行")
    (True, False)
    """
    return IN_PROSE.search(text) is not None or parse_case_number(text) is not None


def parse_case_number(text: object) -> CaseNumber | None:
    """Parse a case number into its parts, or return ``None`` where the text is none.

    Brackets of any form or none, full and half width, spaces, a missing 第 or 号 and leading zeros are all taken.
    Nothing is raised: what is no case number, of whatever type, gives ``None``.

    Parameters
    ----------
    text : str
        A case number as written.

    Returns
    -------
    CaseNumber or None
        Year, court, type and serial number.

    >>> number = parse_case_number("(2019)黑0882执恢123号之一")
    >>> number.year, number.court, number.type_word, number.serial, number.sub_number, number.family
    (2019, '黑0882', '执恢', 123, '之一', 'reopened')
    >>> parse_case_number("［２０１１］ 富执字第 123 号").court
    '富'
    >>> parse_case_number("富锦执行") is None
    True
    """
    bare = BEFORE.sub("", AFTER.sub("", plain(text)[:60]))
    if found := CHINESE_YEAR.match(bare):
        bare = "(" + "".join(DIGITS[c] for c in found.group(1)) + ")" + bare[found.end() :]
    found = NUMBER.fullmatch(bare) or NUMBER.fullmatch(YEAR_BEHIND.sub(r"\2\1", INNER.sub(r"\1", bare)))
    if not found or MARKED_FIGURE.search(str(text)):
        return None
    year, word, serial = int(found["year"]), found["word"], int(found["serial"])
    sub = _sub_number(found["sub"] or found["dash"])
    if found["court"]:
        return CaseNumber(year, found["court"], word.removesuffix("字"), serial, sub, "new")
    court, type_word = _split_old(word.removesuffix("字"))
    style = "new" if year >= NEW_FROM and not found["zi"] else "old"
    return CaseNumber(year, court, type_word, serial, sub, style)


def _sub_number(text: str | None) -> str:
    if not text:
        return ""
    if text.isdigit():
        tens, ones = divmod(int(text), 10)
        text = "" if tens == 0 else "十" if tens == 1 else ORDINALS[tens - 1] + "十"
        text += ORDINALS[ones - 1] if ones else ""
    return f"之{text}" if text else ""


def _split_old(word: str) -> tuple[str, str]:
    """An old number's characters as court and type word: 富执 → 富, 执; 富法执恢 → 富法, 执恢.

    >>> _split_old("富民初")
    ('富', '民初')
    """
    if found := OLD_TYPE_WORD.search(word):
        return word[: found.start()], found.group()
    return (word[:1], word[1:]) if len(word) > 1 else ("", word)


def case_number_parts(column: pd.Series, *, categories: bool = False) -> pd.DataFrame:
    """Parse a column of case numbers: ``year, court, type_word, serial, sub_number, family, key``.

    Rows whose text is no case number are missing in all of them. With ``categories`` the texts that stand in many rows are
    categories, which take a tenth of the memory. Numbers in the usual form differ by their serials alone, and
    those of one court, year and type are parsed once.

    >>> case_number_parts(pd.Series(["（2011）富执字第12号", "(2019)黑0882执恢7号", "富锦"]))["key"].tolist()
    ['（2011）富执字第12号', '（2019）黑0882执恢7号', nan]
    """
    if column.empty:
        return NO_PARTS.set_axis(column.index)
    parsed: dict[Any, tuple[Any, ...]] = {}
    pieces = (column.iloc[at : at + ROWS_AT_ONCE] for at in range(0, len(column), ROWS_AT_ONCE))
    table = pa.concat_tables([_parts_of_each(piece, parsed, categories=categories) for piece in pieces])
    return table.unify_dictionaries().to_pandas(types_mapper=_pandas_type).set_axis(column.index)


def _parts_of_each(column: pd.Series, parsed: dict[Any, tuple[Any, ...]], *, categories: bool) -> pa.Table:
    """The parts of some numbers; ``parsed`` holds what was parsed before, by text or by form."""
    texts = column if column.dtype != object else [text if isinstance(text, str) else None for text in column]
    usual = pc.extract_regex(pa.chunked_array([pa.array(texts, pa.string())]).combine_chunks(), USUAL)
    around, serial, behind = (pc.struct_field(usual, name) for name in ("around", "serial", "behind"))
    forms = pc.binary_join_element_wise(around, behind, "1").dictionary_encode()  # each with 1 in place of its serial
    is_usual = pc.is_valid(forms).to_numpy(zero_copy_only=False)
    places, others = pd.factorize(column[~is_usual].astype(object), use_na_sentinel=True)
    of_forms = forms.dictionary.to_pylist()
    for text in (*of_forms, *others):
        if text not in parsed:
            parsed[text] = _parts(text)
    rows = [*(parsed[text] for text in (*of_forms, *others)), (None,) * len(PARTS)]
    place = forms.indices.fill_null(0).to_numpy().astype("int64")
    place[~is_usual] = np.where(places < 0, len(rows) - 1, len(of_forms) + places)
    table = pa.Table.from_pandas(pd.DataFrame(rows, columns=PARTS).astype(TYPES), preserve_index=False)
    for name in MANY_TIMES if categories else ():
        table = table.set_column(PARTS.index(name), name, table[name].dictionary_encode())
    table = table.take(place)
    before = [None if (key := parsed[form][-1]) is None else key.removesuffix("1号") for form in of_forms]
    keys = pc.binary_join_element_wise(pa.array(before, pa.string()).take(forms.indices), serial, "号", "")
    own = {"serial": pc.if_else(pc.is_valid(keys), pc.cast(serial, pa.int64()), None), "key": keys}
    for name, of_each in own.items():
        whole = pc.coalesce(of_each, table[name].combine_chunks().cast(of_each.type))
        table = table.set_column(PARTS.index(name), name, whole)
    return table


def usual_forms(texts: pa.StringArray) -> pa.StringArray:
    """Each number in the usual form with 1 in place of its serial, as all of its court, year and type read; any other as it is.

    >>> usual_forms(pa.array(["（2011）富执字第12号", "富锦"])).to_pylist()
    ['（2011）富执字第1号', '富锦']
    """
    usual = pc.extract_regex(texts, USUAL)
    around, behind = (pc.struct_field(usual, name) for name in ("around", "behind"))
    return pc.coalesce(pc.binary_join_element_wise(around, behind, "1"), texts)


def _pandas_type(of: pa.DataType) -> Any:
    if pa.types.is_dictionary(of):
        return None
    return pd.Int64Dtype() if pa.types.is_integer(of) else pd.StringDtype(na_value=np.nan)


TYPES = dict.fromkeys(PARTS, "str") | {"year": "Int64", "serial": "Int64"}
NO_PARTS = pd.DataFrame(columns=PARTS).astype(TYPES)


def _parts(text: Any) -> tuple[Any, ...]:
    n = parse_case_number(text)
    if n is None:
        return (None,) * len(PARTS)
    return n.year, n.court, n.type_word, n.serial, n.sub_number, n.family, n.key


@cache
def _courts() -> dict[str, tuple[str, str | None]]:
    return {
        code: (court["code"], court["zh"])
        for court in courts()
        if "code" in court
        for code in (court["code"], *court.get("former_codes", []))
    }


def present_code(code: Any) -> str:
    """Return a court's present code, also for a former one; any other text stays as it is.

    >>> present_code("黑0833"), present_code("富")
    ('黑0883', '富')
    """
    known = _courts().get(code) or _courts().get(plain(code))
    return known[0] if known else str(code)


def shared_by(courts: pd.Series) -> pd.Series:
    """Return the courts that share the cases of a register, with how many each has, the most first; a case sent from elsewhere makes none.

    >>> shared_by(pd.Series(["闽0998"] * 60 + ["闽0999"] * 39 + ["京0105"])).to_dict()
    {'闽0998': 60, '闽0999': 39}
    """
    counts = courts.value_counts()
    return counts[counts >= OF_A_COURT * counts.sum()]


def court_code(code: Any) -> str | None:
    """Return the present code of a court as case numbers of 2016 bear it; ``None`` for one without digits, as courts had before.

    >>> court_code("黑0833"), court_code("富")
    ('黑0883', None)
    """
    return present_code(code) if isinstance(code, str) and any(map(str.isdecimal, code)) else None


def level_of_code(code: str) -> str | None:
    """Return the level that a court's code of 2016 says by its digits; ``None`` for one without, as courts had before.

    >>> level_of_code("黑0882"), level_of_code("黑08"), level_of_code("富法")
    ('basic', 'intermediate', None)
    """
    return {4: "basic", 2: "intermediate"}.get(sum(map(str.isdecimal, code)))


def court_of_code(code: Any) -> str | None:
    """The court that a code names (佳木斯 and its courts), by its present or a former code; ``None`` where not known.

    >>> court_of_code("黑0882"), court_of_code("黑0833") == court_of_code("黑0883")
    ('富锦市人民法院', True)
    """
    return _courts().get(plain(code), ("", None))[1]
