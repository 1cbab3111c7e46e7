"""Results that explain themselves: frozen, their parts are tables, and a notebook shows them in both languages."""

from __future__ import annotations

import html
from dataclasses import fields

import pandas as pd

from analysis.vocabulary.language import Text, in_language
from analysis.vocabulary.terms import term

SHOWN_ROWS = 20
# Columns whose values are ids of the field's terms; a person reads the term.
CODED = ("indicator", "measure", "verdict", "kind", "severity", "closure_mode", "outcome")


def with_headings(table: pd.DataFrame) -> pd.DataFrame:
    """The table with headings, two-language cells and dates as a person reads them, in the language spoken.

    >>> with_headings(pd.DataFrame({"filed": [3]})).columns.tolist()
    ['新收']
    """
    shown = table.copy()
    for name in shown.columns:
        if pd.api.types.is_datetime64_any_dtype(shown[name]):
            shown[name] = shown[name].dt.strftime("%Y-%m-%d").astype(object).where(shown[name].notna(), "")
        elif shown[name].dtype == object or pd.api.types.is_string_dtype(shown[name]):
            shown[name] = [in_language(v) if isinstance(v, str) else v for v in shown[name]]
        if name in CODED:
            shown[name] = [str(term(v)) if isinstance(v, str) else v for v in shown[name]]
    return shown.rename(columns={name: str(term(str(name))) for name in shown.columns})


def table_html(table: pd.DataFrame, caption: str = "") -> str:
    """A table as escaped HTML with headings in the language spoken; at most ``SHOWN_ROWS`` rows, the rest counted."""
    shown = with_headings(table.head(SHOWN_ROWS)).to_html(index=False, escape=True, na_rep="—", border=0)
    rest = len(table) - SHOWN_ROWS
    more = f"<p>{Text(f'另有 {rest} 行', f'{rest} more rows')}</p>" if rest > 0 else ""
    return (f"<p><strong>{html.escape(caption)}</strong></p>" if caption else "") + shown + more


class Result:
    """Base of the frozen results: shows its caption and each of its tables in a notebook.

    A subclass is a frozen dataclass; a field ``caption`` (a ``Text``) says n and window.
    """

    def _repr_html_(self) -> str:
        parts = []
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, pd.DataFrame) and len(value):
                parts.append(table_html(value, caption=str(term(field.name))))
            elif isinstance(value, Text) and field.name == "caption":
                parts.insert(0, f"<p>{html.escape(str(value))}</p>")
        return "".join(parts)
