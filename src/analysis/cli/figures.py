"""Figures on the terminal: ``check``, ``reconcile``, ``caseflow``, ``indicators``, ``compare``, ``definitions``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import analysis as an
from analysis.cli.group import (
    ATTENTION,
    cases_option,
    command,
    court_file_option,
    court_name,
    definitions_option,
    read_register,
    register_options,
    shown_options,
)
from analysis.cli.terminal import (
    TABLE,
    Shown,
    as_formatted,
    as_json,
    must_be_filled_in,
    not_understood,
    noted,
    progress,
    show,
)
from analysis.cli.usage import Word
from analysis.files.destinations import must_take_workbook
from analysis.register import COURT_FILE
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, in_language, joined, listed, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from analysis.inference.peers.funnel import Funnel
    from analysis.inference.peers.panel import PeerPanel

# What a terminal has room for; csv and json hold every column.
INDICATORS = (
    "period_start",
    "period_end",
    "indicator",
    "value",
    "numerator",
    "denominator",
    "lower",
    "upper",
    "unit",
    "note",
)
FIGURES = ("court", "scope", "period_start", "period_end", "measure", "printed", "recomputed", "verdict", "explanation")
COMPARED = (
    "court", "period_end", "numerator", "denominator", "value", "baseline", "lower_998", "upper_998", "outside_95",
    "outside_998", "verdict",
)  # fmt: skip
SHOWN_ROWS = 5  # numbers of skipped rows of a kind
SHOWN_NAMES = 20  # unused headers
PLACE = ["file", "sheet"]
MOST_LISTED, MOST_ON_SCREEN = (
    100_000,
    20_000,
)  # findings in a file or a stream, and in a table: each takes some kilobytes, and there most time
MANY_COURTS = 20  # from which on it is said how far the reconciliation is
UNLIMITED = ("court", "period_end", "numerator", "denominator", "value", "verdict")
FLAGS = ("adjustment_name", "phi", "tau2", "flagged_95", "flagged_998")
REFERENCES = ("court", "period_start", "period_end", "numerator", "denominator", "value", "verdict")
LEFT_OUT = ("court", "period_start", "period_end", "explanation")
FINDINGS = ("file", "sheet", "row", "rule", "severity", "case_no", "field", "value", "problem", "proposed_fix")


period_option = click.option(
    "--period",
    "periods",
    multiple=True,
    help="期间，如2011、2011年1—5月、2011H1、2011Q1-Q3，可多次 / a period, as 2011M1-M5, 2011H1, 2011Q1-Q3; repeatable",
)


def _register(source: str | None, **reading: str | None) -> an.Cases:
    """The register named, else the sample's; one in which nothing can be read has no figures."""
    from analysis.checks.readable import must_be_readable

    cases = read_register(source, **reading)
    must_be_readable(cases)
    return cases


def _court_register(source: str | None, **reading: str | None) -> an.Cases:
    """The cases of the court named, of a register of several; it is said of which courts they are."""
    from analysis.report.one_court import of_court_said, whose_work

    cases = of_court_said(_register(source, **reading))
    if (said := whose_work(cases)).zh:
        click.echo(said, err=True)
    return cases


def _show_open(cases: an.Cases, table: pd.DataFrame, shown: Shown, *, columns: Sequence[str] = ()) -> None:
    """Print or write a table that may be shown outside, after a second look for what stays in the court."""
    _must_be_open(cases, table.to_csv(), out=shown.out)
    if not shown.written({TABLE: table}):
        show(table, shown.form, columns=columns)


def _must_be_open(cases: an.Cases, text: str, *, out: str | None = None) -> None:
    """Raise where what is printed or the file that it goes to tells what stays in the court."""
    from analysis.register.confidential import confidential, must_not_say

    told = [(str(Text("屏幕输出", "what is printed")), text), ("--out", Path(out or "").name)]
    must_not_say(told, confidential(cases))


@command
@click.argument("source", metavar="CASES", type=click.Path(), required=False)
@register_options
@click.option(
    "--findings", "workbook", type=click.Path(), help="写出问题清单（xlsx）供更正 / write the findings for a clerk"
)
@click.option(
    "--names", is_flag=True, help="显示姓名和单元格原文，仅供院内更正 / show names and cells: for use inside the court"
)
@click.option("--details", is_flag=True, help="逐条列出 / list every finding")
@shown_options
def check(
    source: str | None, workbook: str | None, names: bool, details: bool, shown: Shown, **reading: str | None
) -> None:
    """检查台账质量 / data quality of a register; exit 1 if an error-level finding remains."""
    import pandas as pd

    from analysis.checks.by_rule import count_findings
    from analysis.checks.workbook import INSIDE, quarantined, with_own_file_names, write_findings

    if workbook is not None:
        must_take_workbook(workbook)
    cases = _register(source, **reading)
    as_read = "\n".join(_as_read(cases, names=names))
    if not names:
        _must_be_open(cases, as_read)
    click.echo(as_read, err=True)
    cut = reading["as_of"] is not None
    if is_summed_up := shown.form == "table" and not details and shown.out is None:
        by_rule, number = count_findings(cases, cut=cut, names=names)
        severities = set(by_rule["severity"])
        _show_summary(cases, by_rule, number, names=names)
    if workbook is not None or not is_summed_up:
        found = _listed(cases, shown, summed_up=is_summed_up, cut=cut, names=names)
    if not is_summed_up:
        findings = pd.concat([quarantined(cases, names=names), found], ignore_index=True)[found.columns]
        severities = set(findings["severity"])
        if not names:
            _show_open(cases, findings, shown, columns=FINDINGS)
        else:
            inside = noted(with_own_file_names(cases, findings), str(INSIDE))
            if not shown.written({TABLE: inside}):
                show(inside, shown.form, columns=FINDINGS)
    if workbook is not None:
        write_findings(cases, Path(workbook), found, names=names)
    if "error" in severities:
        raise SystemExit(ATTENTION)


def _listed(cases: an.Cases, shown: Shown, *, summed_up: bool, cut: bool, names: bool) -> pd.DataFrame:
    """Return the findings one by one; too many are summed up, if they are not yet: what a large register took is not read again for it."""
    from analysis.checks.by_rule import count_findings
    from analysis.checks.checks import listed_findings

    for_people = shown.form == "table" and not summed_up
    most = MOST_ON_SCREEN if for_people and shown.out is None else MOST_LISTED
    try:
        return listed_findings(cases, most=most, cut=cut, names=names)
    except an.InputError:
        if for_people:
            _show_summary(cases, *count_findings(cases, cut=cut, names=names), names=names)
        raise


def _show_summary(cases: an.Cases, by_rule: pd.DataFrame, later: int, *, names: bool) -> None:
    if not names:
        _must_be_open(cases, by_rule.to_csv())
    show(by_rule, "table")
    click.echo(_summed_up(by_rule, later, cases))


def _summed_up(by_rule: pd.DataFrame, later: int, cases: an.Cases) -> str:
    """Sum up the findings by severity, say where all of them stand, and how many dates are none."""
    errors, warnings, others = (
        by_rule.loc[by_rule["severity"] == name, "count"].sum() for name in ("error", "warning", "info")
    )
    said = Text(
        f"共{by_rule['count'].sum():,}处：错误{errors:,}，警告{warnings:,}，提示{others:,}。逐条列出：--details；更正用的工作簿：--findings",
        f"{by_rule['count'].sum():,} in all: {errors:,} errors, {warnings:,} warnings, {others:,} notes. Every one: --details; a workbook to "
        "correct them in: --findings",
    )
    goes_on = Text(
        f"另有{later:,}处日期晚于截止日（{cases.as_of.date()}）：台账在该日之后仍有登记，不是错误，未列。",
        f"{later:,} dates after the day to which it is read ({cases.as_of.date()}) are not listed: the register goes on after it.",
    )
    return f"{said}\n{goes_on}" if later else str(said)


def _as_read(cases: an.Cases, *, names: bool) -> list[str]:
    """Report the fate of rows and headers: a header not understood must not pass for a court that closes no case."""
    from analysis.register.file_names import with_own_headings
    from analysis.vocabulary.columns import columns

    rows, kept, aside, skipped = cases.inputs[["rows", "kept", "quarantined", "skipped"]].sum()
    said = [
        Text(
            f"行数{rows:,} = 采用{kept:,} + 隔离{aside:,} + 略过{skipped:,}",
            f"rows {rows:,} = kept {kept:,} + quarantined {aside:,} + skipped {skipped:,}",
        )
    ]
    if cases.joined.zh:
        said.append(cases.joined)
    if skipped:
        said.append(_skipped(cases, names=names))
    if cases.assumed.zh:
        said.append(cases.assumed)
    if cases.as_formatted.zh:
        said.append(cases.as_formatted)
    if cases.as_hidden.zh:
        said.append(cases.as_hidden)
    if cases.unverifiable.zh:
        said.append(cases.unverifiable)
    if cases.beginning.leaves_out:
        said.append(cases.beginning.text)
    main = cases.mapping[cases.mapping["table"] == "cases"]
    unread = main[main["status"] == "ignored"]
    unused = _unused(with_own_headings(cases, unread) if names else unread, main[PLACE].drop_duplicates())
    mapped = main.loc[main["status"].isin(["mapped", "derived"]), "column"]
    absent = main.loc[~main["column"].isin(mapped) & (main["status"] == "missing"), "column"].drop_duplicates()
    if unused.zh:
        zh, en = (
            ("[n]为第n列，原文见 --names；", "[n] is the nth column, as written with --names; ")
            if "[" in unused.zh and not names
            else ("", "")
        )
        said.append(
            Text(
                f"没有用上的表头：{unused.zh}（{zh}要用的写进 {COURT_FILE} 的 [columns]）",
                f"headers not used: {unused.en} ({en}name them in [columns] of {COURT_FILE})",
            )
        )
    if len(absent):
        words = listed(columns("cases")[name].text for name in absent)
        said.append(Text("台账没有的列：", "columns that the register lacks: ") + words)
    return [str(line) for line in said]


def _unused(unread: pd.DataFrame, sheets: pd.DataFrame) -> Text:
    """Return the headers that were not used; of several sheets each sheet's own behind its name, but those that all have and that say what they are."""
    if len(sheets) < 2:
        return _some(dict.fromkeys(unread["header"]))
    each = unread.groupby("header", sort=False)["header"].size()
    of_all = [str(name) for name, number in each.items() if number == len(sheets) and not str(name).startswith("[")]
    said = [_some(of_all)] if of_all else []
    own = [*unread[~unread["header"].isin(of_all)].groupby(PLACE, sort=False)["header"]]
    for place, headers in own[:SHOWN_ROWS]:
        at = " / ".join(filter(None, map(str, place)))
        said.append(Text(f"{at}的", f"{at}: ") + _some(dict.fromkeys(headers)))
    return joined([*said, *([Text("…", "…")] if len(own) > SHOWN_ROWS else [])])


def _some(names: Iterable[str]) -> Text:
    """Return the first of some names, and how many there are where that is not all."""
    named = [*names]
    more = f" … ({len(named):,})" if len(named) > SHOWN_NAMES else ""
    return listed(named[:SHOWN_NAMES]) + Text(more, more)


def _skipped(cases: an.Cases, *, names: bool) -> Text:
    """Return what the skipped rows were taken for, and which they are: the first of each kind by number, outside of those that may be told."""
    from analysis.checks.workbook import skipped_rows

    listed_rows, said = skipped_rows(cases, names=names), []
    for kind, rows in cases.skipped.groupby("kind", sort=False)["rows"].sum().items():
        places = listed_rows.loc[listed_rows["kind"] == str(term(f"kind_{kind}")), "row"].dropna().astype(str).tolist()
        shown, more = places[:SHOWN_ROWS], " …" if len(places) > SHOWN_ROWS else ""
        at = (
            Text(f"（第{'、'.join(shown)}{more}行）", f" (row {', '.join(shown)}{more})")
            if places and kind not in ("header", "title")
            else Text("", "")
        )
        said.append(Text(f"{term(f'kind_{kind}').zh}{rows:,}", f"{term(f'kind_{kind}').en} {rows:,}") + at)
    return Text(
        "略过：" + "，".join(text.zh for text in said) + "（逐行见 --findings 的“略过的行”）",
        "skipped: " + ", ".join(text.en for text in said) + " (each in the workbook of --findings)",
    )


@command
@click.argument("printed", metavar="RETURNS", type=click.Path(), nargs=-1, required=True)
@click.option("--implied", is_flag=True, help="同时列出推算出的数字 / list the implied numbers as well")
@click.option("--court", help="没有写明法院的报表、公报属于哪个法院 / court of tables and bulletins that name none")
@court_file_option
@shown_options
def reconcile(printed: tuple[str, ...], implied: bool, court: str | None, court_file: str | None, shown: Shown) -> None:
    """公布数字互相核对（报表、公报或文件夹）/ printed figures, of files or folders, against each other; exit 1 on a conflict."""
    import pandas as pd

    from analysis.returns.corpus import corpus
    from analysis.returns.reading import read_as_printed
    from analysis.returns.verdicts import DISPUTED

    court = court_name(court, court_file)
    returns = read_as_printed(corpus(list(printed), court=court), court=court)
    not_understood(returns)
    as_formatted(returns)
    must_be_filled_in(returns, printed)
    with progress() as say:
        rec = an.reconcile(returns, progress=say if returns["court"].nunique() >= MANY_COURTS else None)
    parts = {name: getattr(rec, name) for name in ("figures", "implied", "conflicts", "causes", "totals")}
    form = shown.form
    off = rec.totals[rec.totals["verdict"].isin(DISPUTED)]
    if shown.out is not None:
        shown.written(
            {Text("公布的数字", "Published figures"): parts.pop("figures")}
            | {term(n): t for n, t in parts.items() if len(t)}
        )
    elif form == "json":
        click.echo("{" + ",\n".join(f'"{name}": {as_json(table)}' for name, table in parts.items()) + "}")
    elif form == "csv":  # one table, which spreadsheets can read: the first column says what a row belongs to
        asked = {name: parts[name] for name in ("figures", *(("implied",) if implied else ()), "conflicts")}
        show(pd.concat([t.assign(part=n)[["part", *t]] for n, t in asked.items()], ignore_index=True), form)
    else:
        scopes = rec.figures["scope"].nunique(dropna=False)
        columns = [name for name in FIGURES if name != "scope" or scopes > 1]
        show(rec.figures, form, title=str(Text("公布的数字", "Published figures")), columns=columns)
        if implied:
            show(rec.implied, form, title=str(Text("推算出的数字", "Implied numbers")))
        if len(rec.conflicts):
            show(rec.conflicts, form, title=str(Text("互相矛盾", "Conflicts")))
            for told in rec.fewest["court"] + "：" + rec.fewest["explanation"].map(in_language):
                click.echo(told)
        for told in [*rec.causes["sentence"].map(in_language), *off["explanation"].map(in_language)]:
            click.echo(told)
    if len(rec.conflicts) or len(off):
        raise SystemExit(ATTENTION)


@command
@cases_option
@register_options
@click.option("--freq", default="M", show_default=True, help="W(周), M(月), Q(季), Y(年)")
@period_option
@click.option("--by", multiple=True, help="分组列，可多次 / column to break down by, repeatable")
@click.option(
    "--calendar",
    help="统计周期，默认为本院的，否则为公历年 / statistical calendar; default: the court's own, else the calendar year",
)
@shown_options
def caseflow(
    source: str | None,
    freq: Any,
    periods: tuple[str, ...],
    by: tuple[str, ...],
    calendar: Any,
    shown: Shown,
    **reading: str | None,
) -> None:
    """收结存 / opening, filed, closed, closing by period."""
    cases = _court_register(source, **reading)
    flow = an.caseflow(cases, freq=freq, periods=list(periods) or None, by=by, calendar=calendar)
    _show_open(cases, flow, shown)
    for said in dict.fromkeys([*flow.attrs.get("notes", ()), *flow.attrs["problems"]]):
        click.echo(in_language(said), err=shown.form != "table" or shown.out is not None)


@command
@cases_option
@register_options
@period_option
@definitions_option
@click.option("--variants", is_flag=True, help="有争议的口径并列 / disputed definitions side by side")
@shown_options
def indicators(
    source: str | None,
    periods: tuple[str, ...],
    definitions: str | None,
    variants: bool,
    shown: Shown,
    **reading: str | None,
) -> None:
    """指标 / indicators with numerator, denominator, interval and definition."""
    cases = _court_register(source, **reading)
    chosen = list(periods) or [str(cases.as_of.year)]
    table = an.indicators(cases, periods=chosen, definitions=definitions, variants=variants)
    _show_open(cases, table, shown, columns=INDICATORS)


@command
@click.argument("printed", metavar="[RETURNS]...", type=click.Path(), nargs=-1)
@click.option("--indicator", default="closure_rate", show_default=True, help="比较的指标 / the indicator compared")
@click.option(
    "--period",
    help="只比这一年或这段时间（如2025年上半年），默认各院最近的完整年度 / this year or period only, as 2025H1; default: each court's latest full year",
)
@click.option(
    "--definitions",
    help="指标口径或本院的 TOML，其率优先 / a definition set or the court's own TOML file, whose rates lead",
)
@click.option("--highlight", multiple=True, help="标出的法院，可多次 / court to mark, repeatable")
@click.option(
    "--adjust",
    type=Word("adjust", ["multiplicative", "additive", "shmi"]),
    help="调整过度离散 / allow for over-dispersion",
)
@click.option("--ranks", is_flag=True, help="名次及其区间 / ranks with their intervals")
@click.option("--excluded", is_flag=True, help="只列未列入比较的行及理由 / only what is left out, with its reason")
@shown_options
def compare(
    printed: tuple[str, ...],
    indicator: str,
    period: str | None,
    definitions: str | None,
    highlight: tuple[str, ...],
    adjust: Any,
    ranks: bool,
    excluded: bool,
    shown: Shown,
) -> None:
    """与其他法院比较 / the court among others: limits of chance, never a bare rank; default: the sample's courts."""
    files = printed or [an.sample_path(f"returns_{part}.csv") for part in ("courts", "fujin", "provinces")]
    returns = an.read_returns(list(files), definitions=definitions)
    panel = an.peer_panel(returns, indicator=indicator, period=period, definitions=definitions)
    form, left = shown.form, {term("excluded"): panel.excluded}
    if excluded:
        if not shown.written(left):
            show(panel.excluded, form, title=str(panel.caption), columns=(*LEFT_OUT, "file", "row"))
        return
    found = an.funnel(panel, adjust=adjust, highlight=list(highlight) or None)
    table = an.rank_intervals(panel) if ranks else found.table
    caption = table.attrs["caption"] if ranks else found.caption.cell
    if shown.written({TABLE: noted(table, caption)} | {term("references"): panel.references} | left):
        return
    if ranks:
        show(table, form, title=an.in_language(caption), strong=highlight)
    else:
        columns = UNLIMITED if found.why_no_limits.zh else COMPARED
        show(found.table, form, title=str(found.caption), columns=columns, strong=highlight)
    if form == "table":
        _show_context(found, panel, flags=not ranks)


def _show_context(found: Funnel, panel: PeerPanel, *, flags: bool) -> None:
    """Print the context of a comparison: flags expected by chance, provinces and nation, what was left out."""
    if flags and len(found.shares):
        show(found.shares, "table", title=str(term("shares")), columns=FLAGS)
    if len(panel.references):
        show(panel.references, "table", title=str(term("references")), columns=REFERENCES)
    older = panel.excluded["reason"] == "older"
    if not older.all():
        show(panel.excluded[~older], "table", title=str(term("excluded")), columns=LEFT_OUT)
    if older.any():
        out, why = term("excluded"), term("reason_older")
        click.echo(Text(f"{out.zh}{older.sum()}行：{why.zh}", f"{out.en} ({older.sum()}): {why.en}"))


@command
@click.option("--set", "chosen", help="只列一套口径 / only one set")
@shown_options
def definitions(chosen: str | None, shown: Shown) -> None:
    """指标口径 / indicator definitions with formula and source."""
    table = an.definitions() if chosen is None else an.definitions([chosen])
    if not shown.written({TABLE: table}):
        show(table, shown.form, columns=("id", spoken(), "formula", "unit", "confidence", "source"))
