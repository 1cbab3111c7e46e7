"""The canonical columns of a register as an Arrow schema, and frames brought to it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.vocabulary.columns import codes, columns, columns_by_word
from analysis.vocabulary.errors import ArgumentError, DataError, InputError, must_differ
from analysis.vocabulary.labels import truth_text
from analysis.vocabulary.numbers import NO_WORDS, YES_WORDS, is_number
from analysis.vocabulary.periods import COURT_ZONE, TIMED, days_known
from analysis.vocabulary.text import Text, folded, listed

FEN_PER_YUAN = 100
# Texts of which nearly every row has its own; of all others there are few different ones.
RARELY_REPEATED = ("case_no", "original_case_no")
# Where a row came from; kept beside every row so that a finding can name it.
PROVENANCE = {"source_file": pa.string(), "source_sheet": pa.string(), "source_row": pa.int64()}
ARROW_TYPES = {
    "text": pa.string(),
    "code": pa.string(),
    "date": pa.date32(),
    "money": pa.float64(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
}
NUMBERS = ("integer", "floating", "mixed-integer-float", "decimal", "boolean")  # as pandas tells kinds of values
EXPECTED = {
    pa.date32(): Text("日期（如2011-03-01）", "day (as 2011-03-01)"),
    pa.float64(): Text("数", "number"),
    pa.int64(): Text("整数", "whole number"),
    pa.bool_(): Text("True 或 False", "True or False"),
    pa.string(): Text("文字", "text"),
}


@cache
def codes_by_name(vocabulary: str) -> dict[str, str]:
    """Every name and synonym of a closed vocabulary, ``folded`` → code.

    >>> codes_by_name("basis")["民事"]
    'civil'
    """
    return {
        folded(name): code.name
        for code in reversed(codes(vocabulary).values())
        for name in (*code.aliases, code.text.en, code.text.zh, code.name)
    }


def code_meant(vocabulary: str, word: Any, *, parts: bool = False) -> Any:
    """Return the code of a word by which somebody chooses, what is no word as it is.

    Raises ``ArgumentError`` for a word that may mean several codes and, unless ``parts`` are meant with the whole, for a part of one.

    >>> code_meant("basis", "行政诉讼")
    'administrative'
    >>> code_meant("basis", "行政")
    Traceback (most recent call last):
    analysis.vocabulary.errors.ArgumentError: basis：“行政”可以指行政诉讼、行政非诉，请写明是哪一项或哪几项。
    """
    asked = folded(word)
    several = listed(code.text for code in codes(vocabulary).values() if asked in map(folded, code.wide))
    if several.zh:
        raise ArgumentError(
            f"{vocabulary}：“{word}”可以指{several.zh}，请写明是哪一项或哪几项。",
            f'{vocabulary}: "{word}" may mean {several.en}; say which of them.',
        )
    known = codes_by_name(vocabulary).get(asked)
    if known and not parts and asked in map(folded, codes(vocabulary)[known].narrow):
        text = codes(vocabulary)[known].text
        raise ArgumentError(
            f"{vocabulary}：“{word}”只是“{text.zh}”的一部分，台账只分到“{text.zh}”；要全部，请写“{text.zh}”。",
            f'{vocabulary}: "{word}" is a part of "{text.en}", and the register tells no more than that; for all of it say "{text.en}".',
        )
    return known or word


def truth_meant(name: str, word: str) -> bool | None:
    """Return what a word says in a column of yes and no, ``None`` where it is none of the column's (有财产, without property) and no yes or no.

    >>> truth_meant("has_property", "有财产"), truth_meant("has_property", "否"), truth_meant("has_property", "甲")
    (True, False, None)
    """
    written = word.strip().lower()
    if written in YES_WORDS | NO_WORDS:
        return written in YES_WORDS
    texts = {truth: truth_text(name, truth) for truth in (True, False)}
    return {said: truth for truth, text in texts.items() for said in (text.zh, text.en)}.get(written)


@cache
def schema(table: str = "cases") -> pa.Schema:
    """Return the Arrow schema of a table: canonical columns, ``<code>_text`` beside every code, provenance."""
    fields: dict[str, pa.DataType] = {}
    for name, column in columns(table).items():
        fields[name] = ARROW_TYPES[column.kind]
        if column.kind == "code":
            fields[f"{name}_text"] = pa.string()
    return pa.schema({**fields, **PROVENANCE})


@cache
def coded_schema(table: str = "cases") -> pa.Schema:
    """Return the schema of a table on its way: texts that repeat are places in a list of the different ones."""
    coded = pa.dictionary(pa.int32(), pa.string())
    return pa.schema(
        [f.with_type(coded) if f.type == pa.string() and f.name not in RARELY_REPEATED else f for f in schema(table)]
    )


def in_columns(frame: pd.DataFrame, table: str = "cases") -> pd.DataFrame:
    """Return the frame with the words of the field for columns as columns, named levels of its index among them.

    Raises ``InputError`` for two columns of one name or meaning, for cases without the day of filing, and for other rows without any column of their table.

    >>> in_columns(pd.DataFrame({"立案日期": ["2011-01-04"], "备忘": [1]}, index=pd.Index(["1"], name="案号"))).columns.tolist()
    ['case_no', 'filed_on', '备忘']
    """
    frame = frame.reset_index() if any(frame.index.names) else frame
    meant = {name: columns_by_word(table).get(folded(name)) for name in frame if isinstance(name, str)}
    named = frame.rename(columns={name: column for name, column in meant.items() if column})
    must_differ(named.columns)
    needed = ["filed_on"] if table == "cases" else [*columns(table)]
    if len(named) and not {*needed} & {*named.columns}:
        zh = "或".join(f"“{columns(table)[name].text.zh}”（{name}）" for name in needed)
        raise InputError(
            f"frames['{table}'] 缺少{zh}一栏。别的表头用 read_cases(…, columns=) 指明。",
            f"frames['{table}'] lacks a column {' or '.join(needed)}. What other headings mean is said with read_cases(..., columns=).",
        )
    return named


def in_codes(frame: pd.DataFrame, table: str = "cases") -> pd.DataFrame:
    """Return the frame with the words of the field for codes as codes; raise ``DataError`` for what is neither.

    >>> in_codes(pd.DataFrame({"basis": ["民事", "civil"]}))["basis"].tolist()
    ['civil', 'civil']
    """
    changed = {}
    for name in (name for name, column in columns(table).items() if column.kind == "code" and name in frame):
        known = codes_by_name(name)
        said = {value: known.get(folded(str(value))) for value in frame[name].dropna().unique()}
        if None in said.values():
            words = listed(code.text for code in codes(name).values())
            # Words that quoted the cell might say a name.
            raise DataError(
                f"“{name}”一栏有的值不是该栏的用语，应为{words.zh}或其代码。"
                "未整理的台账用 read_cases() 读入，读不懂的单元格逐个列出。",
                f'The column "{name}" holds values that are none of its words: {words.en}, or their codes. '
                "A register as it comes is read by read_cases(), which lists the cells that cannot be read.",
            )
        changed[name] = frame[name].astype("object").map(said, na_action="ignore")
    return frame.assign(**changed)


def to_arrow(frame: pd.DataFrame, table: str = "cases") -> pa.Table:
    """Convert a frame of canonical columns to Arrow in canonical order; absent columns are null, further ones are left out."""
    return pa.Table.from_arrays([_array(frame, f) for f in schema(table)], schema=schema(table))


def _array(frame: pd.DataFrame, field: pa.Field) -> pa.Array:
    if field.name not in frame:
        return pa.nulls(len(frame), field.type)
    column = frame[field.name]
    try:
        if pa.types.is_date(field.type):
            column = _days(column)
        elif pa.types.is_string(field.type):
            column = column.astype("object")
        elif pa.types.is_boolean(field.type):
            column = column.map(lambda value: _truth(field.name, value), na_action="ignore")
        elif column.dtype.kind not in "iuf":
            column = column.astype("object").map(_number, na_action="ignore")
        made = pa.array(column, type=field.type, from_pandas=True)
        if pa.types.is_floating(field.type) and pc.any(pc.is_inf(made)).as_py():
            raise ValueError(field.name)
    except (ValueError, TypeError, OverflowError, pa.ArrowException):
        # Their words quote the cell, which may be a name.
        expected = EXPECTED[field.type]
        raise DataError(
            f"“{field.name}”一栏有的值不是{expected.zh}。请先把该栏转好；未整理的台账用 read_cases() 读入，读不出的单元格逐个列出。",
            f'The column "{field.name}" holds values that are no {expected.en}. Put them right first; a register as it comes is read by '
            "read_cases(), which lists the cells that cannot be read.",
        ) from None
    return made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made


def _truth(name: str, value: Any) -> Any:
    """A cell of a column of yes and no, blank ones missing; raises ``TypeError`` for a word that says neither."""
    if not isinstance(value, str):
        said, is_stated = {0: False, 1: True}.get(value), True
    else:
        said, is_stated = truth_meant(name, value), bool(value.strip())
    if said is None and is_stated:
        raise TypeError(name)
    return said


def _number(value: Any) -> Any:
    """A cell of a column of numbers; raises ``TypeError`` for days, spans of time, and yes and no, which Arrow would count."""
    if isinstance(value, str):
        return value
    if not is_number(value):
        raise TypeError(value)
    return float(value) if isinstance(value, Decimal) else value


def _days(column: pd.Series) -> pd.Series:
    """The days of a column, of instants those that a court's clock showed.

    Raises ``TypeError`` for what is no whole day: numbers, which pandas counts from 1970 on, months, and texts that it would guess at (4/1/2011).
    """
    if pd.api.types.is_datetime64_any_dtype(column):
        return column if column.dt.tz is None else column.dt.tz_convert(COURT_ZONE).dt.tz_localize(None)
    column = column.astype(object).map(_without_time)  # days repeat, instants do not: each is read once
    stated = pd.Series(column.dropna().unique(), dtype=object)
    if pd.api.types.infer_dtype(stated) in NUMBERS:
        raise TypeError(column.dtype)
    stated = stated[stated.map(str).str.strip() != ""]
    first, last = days_known(stated), days_known(stated, last=True)
    if not first.equals(last) or first.isna().any():
        raise TypeError(column.dtype)
    return column.map(dict(zip(stated, first, strict=True))).astype("datetime64[s]")


def _without_time(value: Any) -> Any:
    """A day that a text writes with its hour, as 2011-03-01 09:30; anything else as it is."""
    timed = TIMED.fullmatch(value) if isinstance(value, str) else None
    return timed[1] if timed else value
