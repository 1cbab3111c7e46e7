"""Sealed figures that courts exchange in place of cases: small, checked, safe to hand on, and compared as a band."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.privacy import MINIMUM
from analysis.files.destinations import write_file
from analysis.inference.peers.comparison import FEWEST
from analysis.inference.peers.derived_counts import few_cases, is_count, is_of_counts
from analysis.inference.peers.panel_rows import unit_compared
from analysis.inference.peers.percentiles import PERCENTILES
from analysis.measures.indicators.indicators import indicators
from analysis.register.confidential import confidential, must_not_say
from analysis.vocabulary.documents import document_bytes, parsed_json
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.indicator_sets.sets import Stated, definition_set, shipped_sets
from analysis.vocabulary.periods import Year, year_of
from analysis.vocabulary.result import Result
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, number_of

if TYPE_CHECKING:
    from analysis.cases.table import Cases
    from analysis.vocabulary.indicator_sets.definition import Definition

SCHEMA = "court-analysis exchange 2"
SEALED_WITH = ("checksum", "passphrase")
FIELDS = ("indicator", "zh", "en", "definition", "digest", "numerator", "denominator", "unit", "factor", "interval")
EVERY = Text("全部", "all")
OTHER_FORMULA = Text("名称相同而算法不同", "the same name, another formula")
OF_COUNTS = ("wilson", "poisson", "log-ratio")  # intervals of a count over another
CODE_DIGITS, CODE_GROUP = 16, 4  # of the code that is read out or typed from paper


@dataclass(frozen=True, eq=False)
class SealedFigures(Result):
    """One court's figures of one period: ``figures`` (what may be handed on), ``withheld`` with reasons, and their seal."""

    court: str
    period_start: str
    period_end: str
    figures: pd.DataFrame
    withheld: pd.DataFrame
    sealed_with: str
    seal: str

    @property
    def caption(self) -> Text:
        """Whose figures, of which period, with the code to check a copy on paper by."""
        return Text(
            f"{self.court}，{self.period_start}至{self.period_end}：{len(self.figures)}项，核对码 {self.code}",
            f"{self.court}, {self.period_start} to {self.period_end}: {number_of(len(self.figures), 'figure')}, code {self.code}",
        )

    @property
    def code(self) -> str:
        """The first digits of the seal in groups, by which a copy on paper is checked."""
        digits = self.seal[:CODE_DIGITS].upper()
        return "-".join(digits[at : at + CODE_GROUP] for at in range(0, CODE_DIGITS, CODE_GROUP))

    def save(self, path: str | Path) -> Path:
        """Write the sealed figures as a small text file; raises ``OutputError``."""
        write_file(path, f"{_text(self)}\n".encode())
        return Path(path)


@dataclass(frozen=True, eq=False)
class Exchanged(Result):
    """``table``: the own figure of each indicator in the band of all that were exchanged; ``left_out`` with reasons."""

    table: pd.DataFrame
    left_out: pd.DataFrame
    court: str
    courts: int
    caption: Text


def seal_figures(
    cases: Cases, *, period: Year, definitions: str | Path = "spc-2024", passphrase: str | None = None
) -> SealedFigures:
    """Count a court's rates of a year and seal them: numerators and denominators only, no case, no name.

    A count under ``MINIMUM`` but not 0 is withheld, as is one whose complement is, what else holds that count or gives one so small by adding
    and subtracting (``few_cases``), and whatever ``indicators`` does not show outside: figures of people, of teams that are not shown, and money
    of which one case could be worked out (``open_sums``).
    The seal is a SHA-256 checksum, which finds errors of copying, or with ``passphrase`` an HMAC-SHA-256, which nobody
    makes who does not know it.

    Raises ``DataError`` for a register of several courts or none named, and where nothing may be handed on.

    Parameters
    ----------
    cases : Cases
        The register.
    period : int or text
        The year.
    definitions : str or path
        The definition set by which they are counted.
    passphrase : str
        The secret that sender and receiver share, if any.

    Returns
    -------
    SealedFigures
        The figures, to be saved.

    >>> from analysis import Cases
    >>> rows = [{"court": "甲", "filed_on": f"2011-01-{d:02d}", "closed_on": f"2011-0{3 + d % 7}-01" if d % 4 else None}
    ...         for d in range(1, 29)]
    >>> sealed = seal_figures(Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31"), period=2011, definitions="fujin-2012")
    >>> sealed.figures.set_index("indicator").loc["closure_rate", ["numerator", "denominator"]].tolist()
    [21.0, 28.0]
    """
    names = cases.table.select("court").distinct().to_pandas()["court"].dropna().tolist()
    if len(names) != 1:
        raise DataError(
            f"一份数字只属于一个法院，台账有{len(names)}个：请先用 cases.where(court=…)。",
            f"Sealed figures are one court's; the register holds {len(names)}. Use cases.where(court=...) first.",
        )
    known = {d.name: d for d in definition_set(definitions).definitions}
    asked: dict[str, Any] = {"periods": year_of(period, "period"), "definitions": definitions}
    table = indicators(cases, names=True, **asked)
    rates = table[table[["numerator", "denominator"]].notna().all(axis=1) & table["definition"].isin(known)]
    let_through = indicators(cases, **asked).dropna(subset="value")
    rates = rates.assign(may_leave=rates["definition"].isin(let_through["definition"]) | rates["value"].isna())
    reasons = _linked(rates, known)
    told = rates.assign(
        reason=[reasons[name] for name in rates["definition"]],
        zh=[known[name].text.zh for name in rates["definition"]],
        en=[known[name].text.en for name in rates["definition"]],
        digest=[digest(known[name]) for name in rates["definition"]],
        factor=[known[name].factor for name in rates["definition"]],
        interval=[known[name].interval for name in rates["definition"]],
    )
    figures = told[told["reason"] == ""][list(FIELDS)].reset_index(drop=True)
    withheld = told[told["reason"] != ""][["indicator", "reason"]].reset_index(drop=True)
    withheld["explanation"] = [term(f"withheld_{reason}").cell for reason in withheld["reason"]]
    if rates.empty:
        raise DataError(
            "没有一项数字可以交出：台账算不出这一年的任何一项率，`indicators` 的注写明缺什么。",
            "No figure may be handed on: the register tells no rate of that year; the notes of `indicators` say what is missing.",
        )
    if figures.empty:
        why = [term(f"withheld_{reason}") for reason in dict.fromkeys(withheld["reason"])]
        raise DataError(
            f"没有一项数字可以交出：{'；'.join(text.zh for text in why)}。",
            f"No figure may be handed on: {'; '.join(text.en for text in why)}.",
        )
    start, end = (f"{pd.Timestamp(table[name].iloc[0]):%Y-%m-%d}" for name in ("period_start", "period_end"))
    way = SEALED_WITH[passphrase is not None]
    open_ = SealedFigures(str(names[0]), start, end, figures, withheld, way, "")
    must_not_say([(start[:4], _text(open_))], confidential(cases))
    return SealedFigures(open_.court, start, end, figures, withheld, way, _seal(open_, passphrase))


def _reason(row: Any, definition: Definition) -> str:
    """Why a figure may not be handed on; empty where it may."""
    sides = ((row.numerator, definition.numerator), (row.denominator, definition.denominator))
    counts = [float(value) for value, quantities in sides if is_count(quantities)]
    if definition.interval == "wilson":
        counts.append(float(row.denominator) - float(row.numerator))
    if any(0 < count < MINIMUM for count in counts):
        return "small"
    if row.may_leave:
        return ""
    return "people" if is_of_counts(definition) else "money"


def _linked(rates: pd.DataFrame, known: dict[str, Definition]) -> dict[str, str]:
    """Why each figure may not be handed on, ``linked`` for what would give a withheld count, or another of few cases, away.

    Of a rate that is withheld the base may stand elsewhere; without its numerator nothing follows from it.
    """
    figures: Any = list(rates.itertuples())
    told = {
        str(row.definition): {
            known[row.definition].numerator: float(row.numerator),
            known[row.definition].denominator: float(row.denominator),
        }
        for row in figures
    }
    reasons = {str(row.definition): _reason(row, known[row.definition]) for row in figures}
    hidden = {known[name].numerator for name, reason in reasons.items() if reason == "small"}
    hidden |= {
        known[name].denominator
        for name, reason in reasons.items()
        if reason == "small" and known[name].interval != "wilson"
    }
    while True:
        reasons = {name: reason or ("linked" if hidden & set(told[name]) else "") for name, reason in reasons.items()}
        open_ = [told[name] for name, reason in reasons.items() if not reason]
        counts = {quantities: value for sides in open_ for quantities, value in sides.items()}
        few = few_cases(counts)
        if not few:
            return reasons
        hidden.add(min(few, key=lambda quantities: (sum(quantities in sides for sides in open_), counts[quantities])))


def digest(definition: Definition) -> str:
    """The fingerprint of what a definition counts: two courts' figures are of one definition if and only if it agrees."""
    said = (definition.numerator, definition.denominator, definition.factor, definition.include, definition.exclude)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def _content(sealed: SealedFigures) -> dict[str, Any]:
    figures: Any = sealed.figures.to_dict("records")
    return {
        "schema": SCHEMA,
        "court": sealed.court,
        "period": [sealed.period_start, sealed.period_end],
        "figures": [{name: row[name] for name in FIELDS} for row in figures],
        "withheld": dict(zip(sealed.withheld["indicator"], sealed.withheld["reason"], strict=True)),
        "sealed_with": sealed.sealed_with,
    }


def _seal(sealed: SealedFigures, passphrase: str | None) -> str:
    said = json.dumps(_content(sealed), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    if passphrase is None:
        return hashlib.sha256(said).hexdigest()
    return hmac.new(passphrase.encode(), said, hashlib.sha256).hexdigest()


def _text(sealed: SealedFigures) -> str:
    return json.dumps(_content(sealed) | {"seal": sealed.seal}, ensure_ascii=False, indent=1)


def open_sealed(source: str | Path, *, passphrase: str | None = None) -> SealedFigures:
    """Open one court's sealed figures; what was altered, of another version, or sealed otherwise is refused.

    Raises ``InputError``: no such file, none of ours, another version, a seal that does not fit, a passphrase that is
    needed or one for figures sealed without.

    Parameters
    ----------
    source : path
        The file.
    passphrase : str
        The secret that sender and receiver share, if any.

    Returns
    -------
    SealedFigures
        The figures.

    >>> from tempfile import TemporaryDirectory
    >>> from analysis import Cases
    >>> rows = pd.DataFrame({"court": "甲", "filed_on": ["2011-01-05"] * 20, "closed_on": ["2011-03-01"] * 9 + [None] * 11})
    >>> with TemporaryDirectory() as folder:
    ...     sealed = seal_figures(Cases.from_frames(rows, as_of="2011-12-31"), period=2011, definitions="fujin-2012")
    ...     opened = open_sealed(sealed.save(Path(folder) / "own.json"))
    >>> opened.court, opened.seal == sealed.seal
    ('甲', True)
    """
    file = Path(source)
    content = document_bytes(file, Text("交换文件", "The file of sealed figures"))
    try:
        read = parsed_json(content)
    except ValueError:  # whose words quote the decoder, in English alone
        raise _not_sealed(file) from None
    schema = str(read.get("schema", ""))
    if schema != SCHEMA:
        if schema.startswith(SCHEMA.rsplit(" ", 1)[0]):
            raise InputError(
                f"{file}：版本为“{schema}”，本软件读“{SCHEMA}”：请双方用同一版本重新封存。",
                f'{file} is of version "{schema}", this package reads "{SCHEMA}": seal it again with one version.',
            )
        raise _not_sealed(file)
    sealed = _read(file, read)
    if sealed.sealed_with != SEALED_WITH[passphrase is not None]:
        needed = Text(
            "须给出口令（--passphrase-file）"
            if passphrase is None
            else "封存时没有用口令，不能证明来源：请对方用口令重新封存，或不给口令打开",
            "a passphrase is needed (--passphrase-file)"
            if passphrase is None
            else "sealed without a passphrase, so its origin is not proved: ask for it sealed with one, or open it without",
        )
        raise InputError(f"{file}：{needed.zh}。", f"{file}: {needed.en}.")
    is_as_sealed = read == _content(sealed) | {"seal": sealed.seal}  # nothing was put beside what the seal is of
    if not (is_as_sealed and hmac.compare_digest(_seal(sealed, passphrase), sealed.seal)):
        raise InputError(
            f"{file}：封存后被改动过，或口令不对，不予采用。请向“{sealed.court}”重新索取。",
            f"{file} was altered after it was sealed, or the passphrase is wrong: refused. Ask {sealed.court} again.",
        )
    return sealed


def _not_sealed(source: Path) -> InputError:
    return InputError(
        f"{source}：不是交换文件。应为对方用 court-analysis exchange seal 写出的文件，请核对文件名，或重新索取。",
        f"{source} holds no sealed figures. Expected what the other court's court-analysis exchange seal wrote: check the name, or ask for it again.",
    )


def _read(source: Path, read: dict[str, Any]) -> SealedFigures:
    try:
        figures = pd.DataFrame([{name: row[name] for name in FIELDS} for row in read["figures"]], columns=list(FIELDS))
        withheld = pd.DataFrame(list(read["withheld"].items()), columns=["indicator", "reason"])
        start, end = (f"{pd.Timestamp(day):%Y-%m-%d}" for day in read["period"])
        named = str(read["court"]), start, end
        counts = figures[["numerator", "denominator"]].astype(float)
        way, seal = str(read["sealed_with"]), str(read["seal"])
        is_sound = _is_sound(read)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):  # whose words quote what stands there
        raise InputError(
            f"{source}：交换文件残缺，请重新索取。", f"{source} is incomplete: ask for it again."
        ) from None
    if not is_sound or way not in SEALED_WITH or (counts < 0).any(axis=None) or not np.isfinite(counts).all(axis=None):
        raise InputError(
            f"{source}：交换文件内容不合规定，请重新索取。",
            f"{source} holds what sealed figures cannot hold: ask for it again.",
        )
    figures.attrs |= _called(figures)
    return SealedFigures(*named, figures, withheld, way, seal)


def _called(figures: pd.DataFrame) -> dict[str, dict[str, Stated]]:
    """What a file says of definitions of a court's own, for ``attrs``; of those that ship what they say themselves is read."""
    told: Any = figures.itertuples()
    own = {
        row.definition: Stated(row.indicator, row.zh, row.en, "none", row.interval)
        for row in told
        if row.definition.partition("/")[0] not in shipped_sets()
    }
    return {"own_definitions": own} if own else {}


def _is_sound(read: dict[str, Any]) -> bool:
    """Whether there is a figure, a court is named, texts can be shown, counts are numbers, and no definition stands twice (as two courts)."""
    figures, withheld = read["figures"], read["withheld"]
    texts = [read["court"], read["seal"], *withheld, *withheld.values()]
    texts += [row[name] for row in figures for name in ("indicator", "zh", "en", "definition", "digest")]
    counts = [row[name] for row in figures for name in ("numerator", "denominator")]
    return (
        len(figures) > 0
        and all(
            isinstance(text, str) and text and text == text.strip() and "".join(text.split()).isprintable()
            for text in texts
        )
        and all(isinstance(row[name], str) for row in figures for name in ("unit", "interval"))
        and all(type(row["factor"]) in (int, float, str) for row in figures)
        and read["seal"].isascii()
        and all(type(count) in (int, float) for count in counts)
        and len({row["definition"] for row in figures}) == len(figures)
        and all(_is_possible(row) for row in figures)
    )


def _is_possible(row: dict[str, Any]) -> bool:
    """Whether counts are whole, and a share's part no more than its base; a definition that is not shipped says by its interval what it counts."""
    top, base = row["numerator"], row["denominator"]
    set_id = row["definition"].partition("/")[0]
    shipped = definition_set(set_id).definitions if set_id in shipped_sets() else ()
    known = next((d for d in shipped if d.name == row["definition"] and digest(d) == row["digest"]), None)
    if known is None:
        counted = [top, base] if row["interval"] in OF_COUNTS else []
    elif (row["factor"], row["interval"], row["unit"]) != (known.factor, known.interval, known.unit):
        return False
    else:
        counted = [value for value, parts in ((top, known.numerator), (base, known.denominator)) if is_count(parts)]
    return all(value % 1 == 0 for value in counted) and (row["interval"] != "wilson" or bool(top <= base))


def compare_sealed(source: Sequence[str | Path], *, court: str, passphrase: str | None = None) -> Exchanged:
    """Set the own court's figures into the band of all that were exchanged; no other court's figure is told.

    Only figures of the own court's period and definitions are taken; a court that stands twice is refused. Percentiles
    need ten courts; with fewer only the own figure and that of all courts together are told, and that of fewer than three
    others not at all, since it would give theirs away.

    Returns
    -------
    Exchanged
        ``.table``: ``indicator, unit, value, numerator, denominator, courts, pooled, p10, p25, p50, p75, p90, position`` (share of
        courts at or below the own one), figures as parts of 1, read in their ``unit``. ``.left_out``: ``file, indicator, reason,
        explanation`` of files of another period or of other definitions, or the indicators that they count otherwise.

    Raises ``InputError`` for a file that is refused, ``ArgumentError`` for a court that is in none, ``DataError`` for one twice.

    Parameters
    ----------
    source : list of paths
        Sealed files, the own one among them.
    court : str
        The own court.
    passphrase : str
        The secret that sender and receiver share, if any.

    >>> from tempfile import TemporaryDirectory
    >>> from analysis import Cases
    >>> with TemporaryDirectory() as folder:
    ...     for court, closed in zip("甲乙丙丁", (9, 10, 12, 13), strict=True):
    ...         days = ["2011-03-01"] * closed + [None] * (20 - closed)
    ...         rows = pd.DataFrame({"court": court, "filed_on": "2011-01-05", "closed_on": days})
    ...         sealed = seal_figures(Cases.from_frames(rows, as_of="2011-12-31"), period=2011, definitions="fujin-2012")
    ...         path = sealed.save(Path(folder) / f"{court}.json")
    ...     found = compare_sealed(sorted(Path(folder).iterdir()), court="甲")
    >>> found.table.set_index("indicator").loc["closure_rate", ["value", "courts", "pooled"]].tolist()
    [0.45, 4.0, 0.55]
    """
    opened = [open_sealed(path, passphrase=passphrase) for path in source]
    names = [sealed.court for sealed in opened]
    if court not in names:
        raise ArgumentError(
            f"所给的{len(names)}份文件都不是“{court}”的：请给出本院封存的文件，法院名称须与其中所写的相同。",
            f'None of the {number_of(len(names), "file")} is that of "{court}": give the own sealed file too, and the court\'s name as it stands there.',
        )
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise DataError(f"“{twice}”的文件有两份：只留一份。", f'"{twice}" stands twice: keep one file.')
    own = opened[names.index(court)]
    unlike = {str(path): _unlike(sealed, own) for path, sealed in zip(source, opened, strict=True)}
    out = [{"file": Path(path).name} | why for path, why in unlike.items() if why]
    kept = {str(path): s for path, s in zip(source, opened, strict=True) if not unlike[str(path)]}
    rows = pd.concat([s.figures.assign(court=s.court, file=Path(path).name) for path, s in kept.items()])
    rows["value"] = (rows["numerator"] / rows["denominator"]).where(rows["denominator"] > 0)
    table = []
    figures: Any = own.figures.itertuples()
    for figure in figures:
        alike = rows[(rows["definition"] == figure.definition) & rows["value"].notna()]
        fit = alike[alike["digest"] == figure.digest]
        why = {"indicator": str(figure.indicator), "reason": "other_definition", "explanation": OTHER_FORMULA.cell}
        out += [{"file": file} | why for file in alike.loc[alike["digest"] != figure.digest, "file"]]
        if (fit["court"] == court).any():
            table.append(
                {"indicator": figure.indicator, "unit": unit_compared(str(figure.unit), figure.factor)}
                | _place(fit, court)
            )
    left_out = pd.DataFrame(out, columns=["file", "indicator", "reason", "explanation"])
    caption = Text(
        f"{court}：与{len(kept) - 1}家法院同期间（{own.period_start}至{own.period_end}）的数字比较",
        f"{court} beside {number_of(len(kept) - 1, 'court')} of the same period ({own.period_start} to {own.period_end})",
    )
    if len(kept) < FEWEST:
        caption = caption + Text(f"；不足{FEWEST}家，不给分布", f"; fewer than {FEWEST}: no band")
    made = pd.DataFrame(table)
    made.attrs |= own.figures.attrs
    return Exchanged(made, left_out, court, len(kept), caption)


def _unlike(sealed: SealedFigures, own: SealedFigures) -> dict[str, str]:
    """Why nothing of a file is compared with the own one: another period, or no definition in common; empty where something is."""
    if (sealed.period_start, sealed.period_end) != (own.period_start, own.period_end):
        period = Text(f"{sealed.period_start}至{sealed.period_end}", f"{sealed.period_start} to {sealed.period_end}")
        return {"indicator": EVERY.cell, "reason": "other_period", "explanation": period.cell}
    if sealed is own or not {*own.figures["definition"]}.isdisjoint(sealed.figures["definition"]):
        return {}
    sets = [", ".join(sorted({*s.figures["definition"].str.partition("/")[0]})) for s in (sealed, own)]
    said = Text(f"所用口径集{sets[0]}，本院{sets[1]}", f"definitions of {sets[0]}, the own ones of {sets[1]}")
    return {"indicator": EVERY.cell, "reason": "other_definition", "explanation": said.cell}


def _place(fit: pd.DataFrame, court: str) -> dict[str, Any]:
    """The own figure among those of its definition."""
    own = fit[fit["court"] == court].iloc[0]
    enough, others = len(fit) >= FEWEST, len(fit) - 1
    cuts = np.percentile(fit["value"], PERCENTILES) if enough else np.full(len(PERCENTILES), np.nan)
    pooled = fit["numerator"].sum() / fit["denominator"].sum() if others >= MINIMUM else np.nan
    return {
        "value": float(own["value"]),
        "numerator": float(own["numerator"]),
        "denominator": float(own["denominator"]),
        "courts": len(fit),
        "pooled": float(pooled),
        **{f"p{p}": float(cut) for p, cut in zip(PERCENTILES, cuts, strict=True)},
        "position": float((fit["value"] <= own["value"]).mean()) if enough else np.nan,
    }
