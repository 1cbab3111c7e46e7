"""What editors and type checkers see of the door; written by tests/stubs.py."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Literal, Unpack, overload

import pandas as pd
import plotly.graph_objects as go
from ibis.backends import BaseBackend
from matplotlib.figure import Figure
from narwhals.typing import IntoFrame

from analysis.cases.table import Cases as Cases
from analysis.charts.cycle_words import Group
from analysis.charts.drawing.court_names import Highlight
from analysis.charts.drawing.render import InFigure, OnAxes
from analysis.files.source import PathGiven
from analysis.inference.cycle.calibrate import Calibration
from analysis.inference.cycle.campaign import CampaignEffect
from analysis.inference.cycle.control_limits import ControlLimits
from analysis.inference.cycle.cycle import Cycle
from analysis.inference.cycle.forecast import Forecast
from analysis.inference.cycle.stock_change import StockChange
from analysis.inference.cycle.variation import VariationTable
from analysis.inference.cycle.what_if import WhatIf
from analysis.inference.peers.case_mix import CaseMix
from analysis.inference.peers.comparison import Comparable
from analysis.inference.peers.composite import CompositeScore
from analysis.inference.peers.exchange import Exchanged, SealedFigures
from analysis.inference.peers.funnel import Funnel
from analysis.inference.peers.over_time import PeersOverTime
from analysis.inference.peers.panel import PeerPanel
from analysis.inference.peers.scheme import Scheme
from analysis.inference.peers.standing_out import StandsOut
from analysis.inference.peers.trends import PeerTrends
from analysis.inference.reconciliation.reconcile import Reconciliation
from analysis.lab.explore import Explorer
from analysis.lab.start_form import StartForm
from analysis.measures.bulletin_tables import Bulletin, BulletinOptions
from analysis.measures.durations.ages import PendingAges
from analysis.measures.durations.cox import CoxModel
from analysis.measures.durations.durations import ClosingIncidence, TimeToClose
from analysis.measures.indicators.first_figures import FirstFigures
from analysis.measures.integrity import Integrity
from analysis.measures.limits.bunching import LimitBunching
from analysis.measures.limits.limits import LimitOptions
from analysis.measures.officers.responsibility import ResponsibilityLedger
from analysis.measures.officers.scorecard import OfficerScorecard
from analysis.measures.petitions import Petitions
from analysis.measures.shared_tallies import Tallies as Tallies
from analysis.measures.terminated import TerminatedStock
from analysis.observations.conclusions import Conclusion
from analysis.observations.data_review import DataReview
from analysis.observations.definition_bridge import DefinitionBridge
from analysis.observations.movements import RatioChange
from analysis.observations.observations import Observations
from analysis.register.case_numbers import CaseNumber
from analysis.register.ingest import Ingested, Progress
from analysis.register.proposal import Proposal
from analysis.report.yearly import Published
from analysis.returns.page import Statement
from analysis.returns.reading import Returns
from analysis.vocabulary.errors import ArgumentError as ArgumentError
from analysis.vocabulary.errors import CourtAnalysisError as CourtAnalysisError
from analysis.vocabulary.errors import DataError as DataError
from analysis.vocabulary.errors import InputError as InputError
from analysis.vocabulary.errors import OutputError as OutputError
from analysis.vocabulary.indicator_sets.rates import Sets
from analysis.vocabulary.periods import Day, Period, Periods, Year
from analysis.vocabulary.text import Language
from analysis.vocabulary.text import Text as Text

__version__: str
__all__ = [
    "ArgumentError",
    "Cases",
    "CourtAnalysisError",
    "DataError",
    "InputError",
    "OutputError",
    "Tallies",
    "Text",
    "aid",
    "alt_of",
    "build_bulletin",
    "build_data_review",
    "build_report",
    "bulletin",
    "calibrate",
    "campaign_effect",
    "case_mix",
    "caseflow",
    "caseflow_from_counts",
    "check_cases",
    "closed_within",
    "closing_incidence",
    "coercive_measures",
    "compare_printed",
    "compare_sealed",
    "composite_score",
    "conclusion",
    "control_limits",
    "cox_model",
    "cycle",
    "data_review",
    "deadlines",
    "decompose_change",
    "definition_bridge",
    "definitions",
    "disposition_time",
    "due_date",
    "dynamic_funnel",
    "entry_quality",
    "explore",
    "export_findings",
    "first_figures",
    "forecast_pending",
    "funnel",
    "in_language",
    "indicators",
    "ingest",
    "integrity",
    "labelled",
    "late_starts",
    "limit_bunching",
    "limit_rules",
    "make_key",
    "mix_cells",
    "note_of",
    "observations",
    "officer_scorecard",
    "open_sealed",
    "or_say_why",
    "own_cases",
    "parse_case_number",
    "peer_panel",
    "peer_trends",
    "peers_over_time",
    "pending_ages",
    "percentile_band",
    "petitions",
    "plot_ages",
    "plot_backlog_clock",
    "plot_band",
    "plot_bridge",
    "plot_bunching",
    "plot_campaign",
    "plot_caseflow",
    "plot_caterpillar",
    "plot_control_limits",
    "plot_cycle",
    "plot_durations",
    "plot_entry",
    "plot_forecast",
    "plot_funnel",
    "plot_history",
    "plot_incidence",
    "plot_indicators",
    "plot_officers",
    "plot_peers",
    "plot_petitions",
    "plot_printed",
    "plot_ranks",
    "plot_reconciliation",
    "plot_regimes",
    "plot_season",
    "plot_shadow_stock",
    "plot_slopes",
    "plot_stock_change",
    "propose_court_file",
    "publish_notebook",
    "rank_intervals",
    "read_cases",
    "read_returns",
    "read_scheme",
    "read_statement",
    "reconcile",
    "reconcile_counts",
    "recovery_rates",
    "responsibility_ledger",
    "sample_panel",
    "sample_path",
    "sample_register",
    "save_figure",
    "seal_figures",
    "shadow_stock",
    "shrink",
    "speaking",
    "stands_out",
    "start_form",
    "stock_change",
    "suppress_dominated",
    "suppress_small",
    "tallies",
    "terminated_stock",
    "termination_compliance",
    "time_to_close",
    "title_of",
    "to_excel",
    "top_set",
    "use_style",
    "variation_table",
    "verify_ingested",
    "verify_report",
    "what_if",
    "write_holidays_template",
    "write_national",
    "write_returns_template",
    "write_sample",
]

_CalendarYear33 = Literal[
    "calendar-year",
    "dec-21",
    "month-20",
    "month-22",
    "month-25",
    "month-15",
    "month-16",
    "month-17",
    "month-18",
    "month-19",
    "month-21",
    "month-23",
    "month-24",
    "month-26",
    "month-27",
    "dec-16",
    "dec-17",
    "dec-18",
    "dec-19",
    "dec-20",
    "dec-22",
    "dec-23",
    "dec-24",
    "dec-25",
    "dec-26",
    "dec-27",
    "dec-28",
    "dec-29",
    "dec-30",
    "dec-31",
    "自然年",
    "公历年",
    "calendar year",
]
_CalendarYear34 = Literal[
    "calendar-year",
    "dec-21",
    "month-20",
    "month-22",
    "month-25",
    "month-15",
    "month-16",
    "month-17",
    "month-18",
    "month-19",
    "month-21",
    "month-23",
    "month-24",
    "month-26",
    "month-27",
    "dec-16",
    "dec-17",
    "dec-18",
    "dec-19",
    "dec-20",
    "dec-22",
    "dec-23",
    "dec-24",
    "dec-25",
    "dec-26",
    "dec-27",
    "dec-28",
    "dec-29",
    "dec-30",
    "dec-31",
    "filings-dec-nov",
    "自然年",
    "公历年",
    "calendar year",
]
_FilingDay13 = Literal[
    "filing-day",
    "day-after-filing",
    "filing-day-counted",
    "application-received",
    "立案之日",
    "立案当日",
    "day of filing",
    "立案次日",
    "day after filing",
    "立案当日计入",
    "day of filing counted",
    "收到申请之日",
    "day of application",
]
_Html15 = Literal[
    "html",
    "xlsx",
    "pdf",
    "docx",
    "pptx",
    "网页",
    "HTML",
    "Excel",
    "excel",
    "PDF",
    "Word",
    "word",
    "PowerPoint",
    "powerpoint",
    "幻灯片",
]
_Officer43 = Literal[
    "officer",
    "team",
    "承办人",
    "执行员",
    "承办法官",
    "经办人",
    "承办执行员",
    "执行法官",
    "承办人姓名",
    "承办人员",
    "案件承办人",
    "执行承办人",
    "主办人",
    "主办法官",
    "judge",
    "judge in charge",
    "officer in charge",
    "enforcement judge",
    "case officer",
    "handling judge",
    "承办法官姓名",
    "主审法官",
    "责任法官",
    "办案人",
    "办案人员",
    "办案法官",
    "办理人",
    "承办人名称",
    "执行小组",
    "小组",
    "承办小组",
    "执行组",
    "承办部门",
    "执行团队",
    "承办团队",
    "承办庭室",
    "所属庭室",
    "所属小组",
    "办案组",
    "办案小组",
    "办案团队",
    "chamber",
    "division",
]
_Over_Limit17 = Literal[
    "over_limit",
    "due_soon",
    "not_started",
    "start_due",
    "started_late",
    "已超期限",
    "已超期",
    "超期",
    "over the limit",
    "即将到期",
    "due soon",
    "逾期未开始执行",
    "not started in time",
    "应开始执行",
    "start due",
    "逾期开始执行",
    "started late",
]
_Proportion9 = Literal[
    "proportion", "ratio", "rate", "clearance", "占比", "比值", "比率", "结案÷新收", "closed ÷ filed"
]
_W15 = Literal["W", "M", "Q", "Y", "周", "月", "月度", "季", "季度", "年", "年度", "week", "month", "quarter", "year"]
_Winsorised9 = Literal["winsorised", "trimmed", "none", "winsorized", "truncated", "shmi", "缩尾", "截去", "不处理"]

def suppress_small(
    table: pd.DataFrame | IntoFrame,
    *,
    columns: str | Sequence[str],
    minimum: int = ...,
    total_by: str | Sequence[str] = ...,
    across: Sequence[Sequence[str]] = ...,
    dependent: Mapping[str, Sequence[str]] | None = ...,
) -> pd.DataFrame:
    """遮去表中小于下限的件数，并保证不能由其他数推算出来。

    参数

    - table：件数表。
    - columns：要遮的栏目。
    - minimum：件数下限，小于它的不示出。
    - total_by：别处另列其合计的栏目。
    - across：由一个等式联系的栏目（如期初＋新收−结案＝期末）。
    - dependent：件数栏目 → 由它算出、随之一并遮去的栏目。

    Return a copy of ``table`` in which counts from 1 to ``minimum − 1`` are missing, and cannot be worked out again.

    Where the suppressed cells of a column could be recovered from its total (over the rows that agree in ``total_by``;
    over all rows without it), the smallest cell beside them is suppressed too. ``across`` names columns that one
    equation binds (``["opening", "filed", "closed", "closing"]``): no row keeps all but one of them, and no small count
    follows from totals and equations together. ``dependent`` names columns that follow from a count (a rate from its
    numerator) and go with it. A count of 0 points at nobody and stays. ``attrs["suppressed"]`` counts the cells taken
    out. A group of one row, or of small counts alone, has no further cell that could protect it from its own total.

    Parameters
    ----------
    table : DataFrame
        Counts, one row a group.
    columns : list of str
        The columns of counts.
    minimum : int
        The least count that may be shown.
    total_by : list of str
        Columns within which totals are shown elsewhere.
    across : list of lists of str
        Columns that one equation binds.
    dependent : mapping
        Count → columns that follow from it.

    Returns
    -------
    DataFrame
        The same table, with cells left out.

    >>> counts = pd.DataFrame({"officer": ["甲", "乙", "丙"], "closed": [12, 2, 7]})
    >>> suppress_small(counts, columns=["closed"])["closed"].tolist()
    [12, <NA>, <NA>]
    """

@overload
def plot_ages(
    result: PendingAges,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画未结案件的案龄分段。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how many pending cases are how old: a bar an age band, with its number and share; of fewer than ten a sentence says it.
    """

@overload
def plot_ages(
    result: PendingAges,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画未结案件的案龄分段。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how many pending cases are how old: a bar an age band, with its number and share; of fewer than ten a sentence says it.
    """

@overload
def plot_ages(
    result: PendingAges,
    *,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画未结案件的案龄分段。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how many pending cases are how old: a bar an age band, with its number and share; of fewer than ten a sentence says it.
    """

@overload
def plot_backlog_clock(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画积案钟：横为未结，纵为比上年的变化。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a backlog clock: across, the pending stock; up, its change over the year before.
    """

@overload
def plot_backlog_clock(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画积案钟：横为未结，纵为比上年的变化。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a backlog clock: across, the pending stock; up, its change over the year before.
    """

@overload
def plot_backlog_clock(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画积案钟：横为未结，纵为比上年的变化。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a backlog clock: across, the pending stock; up, its change over the year before.
    """

@overload
def plot_band(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画全部法院的中间一半和中间八成，本院在其中。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the middle half and the middle eight tenths of all courts over the periods, with the own court in them.
    """

@overload
def plot_band(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画全部法院的中间一半和中间八成，本院在其中。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the middle half and the middle eight tenths of all courts over the periods, with the own court in them.
    """

@overload
def plot_band(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画全部法院的中间一半和中间八成，本院在其中。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the middle half and the middle eight tenths of all courts over the periods, with the own court in them.
    """

@overload
def plot_bridge(
    result: DefinitionBridge,
    *,
    indicator: str | None = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画口径桥：从一个公布值到另一个，口径影响多少、办案影响多少。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - indicator：指标的名称，如“结案率”。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how a figure went from the first end to the last: each step parted into definition and work.
    """

@overload
def plot_bridge(
    result: DefinitionBridge,
    *,
    indicator: str | None = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画口径桥：从一个公布值到另一个，口径影响多少、办案影响多少。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - indicator：指标的名称，如“结案率”。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how a figure went from the first end to the last: each step parted into definition and work.
    """

@overload
def plot_bridge(
    result: DefinitionBridge,
    *,
    indicator: str | None = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画口径桥：从一个公布值到另一个，口径影响多少、办案影响多少。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - indicator：指标的名称，如“结案率”。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how a figure went from the first end to the last: each step parted into definition and work.
    """

@overload
def plot_bunching(
    result: LimitBunching,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画期限届满前后和年末前后各周的结案，与平滑曲线并列。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw closings by weeks from the time limit and from 31 December, beside the smooth curve that they would follow.
    """

@overload
def plot_bunching(
    result: LimitBunching,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画期限届满前后和年末前后各周的结案，与平滑曲线并列。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw closings by weeks from the time limit and from 31 December, beside the smooth curve that they would follow.
    """

@overload
def plot_bunching(
    result: LimitBunching,
    *,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画期限届满前后和年末前后各周的结案，与平滑曲线并列。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw closings by weeks from the time limit and from 31 December, beside the smooth curve that they would follow.
    """

@overload
def plot_campaign(
    result: CampaignEffect,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画专项活动的影响：实际与假如没有活动。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a campaign's effect: closings, filings and pending as recorded and as they would have been without it.
    """

@overload
def plot_campaign(
    result: CampaignEffect,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画专项活动的影响：实际与假如没有活动。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a campaign's effect: closings, filings and pending as recorded and as they would have been without it.
    """

@overload
def plot_campaign(
    result: CampaignEffect,
    *,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画专项活动的影响：实际与假如没有活动。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a campaign's effect: closings, filings and pending as recorded and as they would have been without it.
    """

@overload
def plot_caseflow(
    flow: pd.DataFrame | IntoFrame,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画收结存：新收、结案为柱，未结为线。

    参数

    - flow：收结存表（caseflow 的结果）。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a caseflow: bars of filed and closed, a line of the stock pending at the end of each period.
    """

@overload
def plot_caseflow(
    flow: pd.DataFrame | IntoFrame,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画收结存：新收、结案为柱，未结为线。

    参数

    - flow：收结存表（caseflow 的结果）。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a caseflow: bars of filed and closed, a line of the stock pending at the end of each period.
    """

@overload
def plot_caseflow(
    flow: pd.DataFrame | IntoFrame,
    *,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画收结存：新收、结案为柱，未结为线。

    参数

    - flow：收结存表（caseflow 的结果）。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a caseflow: bars of filed and closed, a line of the stock pending at the end of each period.
    """

@overload
def plot_caterpillar(
    result: pd.DataFrame | IntoFrame | CaseMix,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画各院数值及区间，本院标出。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts by value, each with its interval, the own court marked; after ``shrink`` arrows lead from the raw value.
    """

@overload
def plot_caterpillar(
    result: pd.DataFrame | IntoFrame | CaseMix,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各院数值及区间，本院标出。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts by value, each with its interval, the own court marked; after ``shrink`` arrows lead from the raw value.
    """

@overload
def plot_caterpillar(
    result: pd.DataFrame | IntoFrame | CaseMix,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各院数值及区间，本院标出。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts by value, each with its interval, the own court marked; after ``shrink`` arrows lead from the raw value.
    """

@overload
def plot_control_limits(
    result: ControlLimits | VariationTable,
    *,
    court: str | None = ...,
    only: str | Sequence[str] | None = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画新收与结案的控制图，标出异常的期。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - only：只要哪些指标，如“结案率”。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw an XmR chart of filings and closings, or of indicators: values, centre, limits, and the periods that break a rule.
    """

@overload
def plot_control_limits(
    result: ControlLimits | VariationTable,
    *,
    court: str | None = ...,
    only: str | Sequence[str] | None = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画新收与结案的控制图，标出异常的期。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - only：只要哪些指标，如“结案率”。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw an XmR chart of filings and closings, or of indicators: values, centre, limits, and the periods that break a rule.
    """

@overload
def plot_control_limits(
    result: ControlLimits | VariationTable,
    *,
    court: str | None = ...,
    only: str | Sequence[str] | None = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画新收与结案的控制图，标出异常的期。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - only：只要哪些指标，如“结案率”。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw an XmR chart of filings and closings, or of indicators: values, centre, limits, and the periods that break a rule.
    """

@overload
def plot_cycle(
    result: Cycle,
    *,
    court: Group = ...,
    campaigns: Sequence[Sequence[Day | str]] = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画积案的起伏：阶段、转折点、结论，下为新收与结案。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - campaigns：要标出的专项活动（起止日）。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a cycle: the pending stock with its phases shaded and turning points marked, filed and closed beneath.
    """

@overload
def plot_cycle(
    result: Cycle,
    *,
    court: Group = ...,
    campaigns: Sequence[Sequence[Day | str]] = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画积案的起伏：阶段、转折点、结论，下为新收与结案。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - campaigns：要标出的专项活动（起止日）。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a cycle: the pending stock with its phases shaded and turning points marked, filed and closed beneath.
    """

@overload
def plot_cycle(
    result: Cycle,
    *,
    court: Group = ...,
    campaigns: Sequence[Sequence[Day | str]] = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画积案的起伏：阶段、转折点、结论，下为新收与结案。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - campaigns：要标出的专项活动（起止日）。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a cycle: the pending stock with its phases shaded and turning points marked, filed and closed beneath.
    """

def alt_of(chart: Figure | go.Figure) -> str:
    """图的替代文字。

    参数

    - chart：图。

    Return the alt text of a chart: what the picture shows, for those who do not see it.

    Parameters
    ----------
    chart : matplotlib Figure or plotly Figure
        A chart of this package.

    Returns
    -------
    str
        The alt text.

    >>> import pandas as pd
    >>> import analysis as an
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> print(alt_of(an.plot_caseflow(flow)).split("；")[0])
    柱线图，按年，2010年至2011年。新收合计714件，最多的是2011年（371件）
    """

def note_of(chart: Figure | go.Figure) -> str:
    """图的注。

    参数

    - chart：图。

    The note line of a chart (n, window, source), unbroken.

    Parameters
    ----------
    chart : matplotlib Figure or plotly Figure
        A chart of this package.

    Returns
    -------
    str
        The note.

    >>> import pandas as pd
    >>> import analysis as an
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> note_of(an.plot_caseflow(flow))
    'n = 新收714件；2010年至2011年；未结为各期末数。'
    """

def save_figure(chart: Figure | go.Figure, path: str | Path, *, bare: bool = ...) -> Path:
    """保存图：png、svg、pdf 或网页。

    参数

    - chart：图。
    - path：文件或文件夹。
    - bare：True 不带标题和注。

    Write a chart: .png (300 dpi), .svg or .pdf on paper, .html (self-contained) for plotly; returns the path.

    ``bare=True`` leaves title and note out. Raises ``OutputError`` for a figure without alt text, a folder that
    is not there, a name that is none on Windows, a file that is open there, another format, or a character that no font on this machine can show.

    Parameters
    ----------
    chart : matplotlib Figure or plotly Figure
        A chart of this package.
    path : path
        Where to write; the ending says the format.
    bare : bool
        ``True`` leaves title and note out.

    Returns
    -------
    Path
        The file.

    >>> import tempfile
    >>> import pandas as pd
    >>> import analysis as an
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_figure(an.plot_caseflow(flow), f"{folder}/收结存.svg").name
    '收结存.svg'
    """

def title_of(chart: Figure | go.Figure) -> str:
    """图的标题。

    参数

    - chart：图。

    The title of a chart, unbroken.

    Parameters
    ----------
    chart : matplotlib Figure or plotly Figure
        A chart of this package.

    Returns
    -------
    str
        The title.

    >>> import pandas as pd
    >>> import analysis as an
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> title_of(an.plot_caseflow(flow, language="en"))
    '714 filed, 711 closed, pending from 0 to 3'
    """

def use_style(language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] = ...) -> None:
    """设置笔记本：语言、字体，以及自己画图的样式。

    参数

    - language：“zh”或“en”；不写用当前语言。

    Set a notebook up: language, fonts, and the style of your own seaborn, matplotlib and plotly charts.

    The package's charts do not need it and are not changed by what a notebook sets afterwards. In a notebook
    the browser is given Court Sans SC too, so plotly shows Chinese on a machine without any Chinese font, and result
    tables have headings in that language, long ones search and pages. Raises ``ArgumentError`` for a language other
    than zh and en.

    Parameters
    ----------
    language : str
        ``zh`` or ``en``.

    >>> use_style(language="en")
    >>> print(Text("未结", "pending"))
    pending
    >>> use_style(language="zh")
    """

@overload
def plot_durations(
    result: TimeToClose,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画随立案天数仍未结的比例。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases still open by days since filing: Kaplan–Meier steps, 95% bands, numbers at risk.
    """

@overload
def plot_durations(
    result: TimeToClose,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画随立案天数仍未结的比例。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases still open by days since filing: Kaplan–Meier steps, 95% bands, numbers at risk.
    """

@overload
def plot_durations(
    result: TimeToClose,
    *,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画随立案天数仍未结的比例。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases still open by days since filing: Kaplan–Meier steps, 95% bands, numbers at risk.
    """

@overload
def plot_entry(
    table: pd.DataFrame | IntoFrame,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画各月登记的正确率，下为迟录、漏录、错录。

    参数

    - table：结果表。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases entered correctly by month, and beneath it those late, missing and wrong, one on the other.
    """

@overload
def plot_entry(
    table: pd.DataFrame | IntoFrame,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各月登记的正确率，下为迟录、漏录、错录。

    参数

    - table：结果表。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases entered correctly by month, and beneath it those late, missing and wrong, one on the other.
    """

@overload
def plot_entry(
    table: pd.DataFrame | IntoFrame,
    *,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各月登记的正确率，下为迟录、漏录、错录。

    参数

    - table：结果表。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases entered correctly by month, and beneath it those late, missing and wrong, one on the other.
    """

@overload
def plot_forecast(
    result: Forecast | WhatIf,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画预测的扇形图：中位数及50%、80%、95%界限。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what lies ahead as a fan: median, and limits of 50, 80 and 95%, of the pending stock after the record.
    """

@overload
def plot_forecast(
    result: Forecast | WhatIf,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画预测的扇形图：中位数及50%、80%、95%界限。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what lies ahead as a fan: median, and limits of 50, 80 and 95%, of the pending stock after the record.
    """

@overload
def plot_forecast(
    result: Forecast | WhatIf,
    *,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画预测的扇形图：中位数及50%、80%、95%界限。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what lies ahead as a fan: median, and limits of 50, 80 and 95%, of the pending stock after the record.
    """

@overload
def plot_funnel(
    result: Funnel,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画漏斗图。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a funnel: courts by size and figure, the baseline, and the 95% and 99.8% limits.
    """

@overload
def plot_funnel(
    result: Funnel,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画漏斗图。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a funnel: courts by size and figure, the baseline, and the 95% and 99.8% limits.
    """

@overload
def plot_funnel(
    result: Funnel,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画漏斗图。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a funnel: courts by size and figure, the baseline, and the 95% and 99.8% limits.
    """

@overload
def plot_history(
    result: Reconciliation,
    *,
    court: str | None = ...,
    scope: str | None = ...,
    measure: str = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画由公布数字推出的历年存案或收结的界限。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - scope：案件范围，如“执行案件”。
    - measure：看哪个量：stock（存案）、filed、closed、amount_recovered。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the bounds that printed figures leave of a court's stock, day by day, or of a flow, period by period.
    """

@overload
def plot_history(
    result: Reconciliation,
    *,
    court: str | None = ...,
    scope: str | None = ...,
    measure: str = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画由公布数字推出的历年存案或收结的界限。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - scope：案件范围，如“执行案件”。
    - measure：看哪个量：stock（存案）、filed、closed、amount_recovered。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the bounds that printed figures leave of a court's stock, day by day, or of a flow, period by period.
    """

@overload
def plot_history(
    result: Reconciliation,
    *,
    court: str | None = ...,
    scope: str | None = ...,
    measure: str = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画由公布数字推出的历年存案或收结的界限。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - scope：案件范围，如“执行案件”。
    - measure：看哪个量：stock（存案）、filed、closed、amount_recovered。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the bounds that printed figures leave of a court's stock, day by day, or of a flow, period by period.
    """

@overload
def plot_incidence(
    result: ClosingIncidence,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画随立案天数以各种方式结案的比例。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw which share of the cases has ended in each way, by days since filing, with 95% bands: the four commonest ways.
    """

@overload
def plot_incidence(
    result: ClosingIncidence,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画随立案天数以各种方式结案的比例。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw which share of the cases has ended in each way, by days since filing, with 95% bands: the four commonest ways.
    """

@overload
def plot_incidence(
    result: ClosingIncidence,
    *,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画随立案天数以各种方式结案的比例。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw which share of the cases has ended in each way, by days since filing, with 95% bands: the four commonest ways.
    """

@overload
def plot_indicators(
    result: pd.DataFrame | IntoFrame,
    *,
    only: str | Sequence[str] | None = ...,
    intervals: pd.DataFrame | IntoFrame | None = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画各项指标的各期数值和95%区间，一项一格。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - only：只要哪些指标，如“结案率”。
    - intervals：本院的合理区间：指标、下限、上限（数据表或文件）。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw indicators by period, a panel each: the value as a point, its 95% interval as a line, the value beside it.
    """

@overload
def plot_indicators(
    result: pd.DataFrame | IntoFrame,
    *,
    only: str | Sequence[str] | None = ...,
    intervals: pd.DataFrame | IntoFrame | None = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各项指标的各期数值和95%区间，一项一格。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - only：只要哪些指标，如“结案率”。
    - intervals：本院的合理区间：指标、下限、上限（数据表或文件）。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw indicators by period, a panel each: the value as a point, its 95% interval as a line, the value beside it.
    """

@overload
def plot_indicators(
    result: pd.DataFrame | IntoFrame,
    *,
    only: str | Sequence[str] | None = ...,
    intervals: pd.DataFrame | IntoFrame | None = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各项指标的各期数值和95%区间，一项一格。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - only：只要哪些指标，如“结案率”。
    - intervals：本院的合理区间：指标、下限、上限（数据表或文件）。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw indicators by period, a panel each: the value as a point, its 95% interval as a line, the value beside it.
    """

@overload
def plot_officers(
    result: OfficerScorecard,
    *,
    measure: str = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画各承办人的数字与按其案件应有的范围，不排名。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - measure：画哪项数字，如 closed（结案）、closed_of_filed。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each officer's figure beside the range in which it would lie by chance alone, given the cases handled.
    """

@overload
def plot_officers(
    result: OfficerScorecard,
    *,
    measure: str = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各承办人的数字与按其案件应有的范围，不排名。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - measure：画哪项数字，如 closed（结案）、closed_of_filed。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each officer's figure beside the range in which it would lie by chance alone, given the cases handled.
    """

@overload
def plot_officers(
    result: OfficerScorecard,
    *,
    measure: str = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各承办人的数字与按其案件应有的范围，不排名。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - measure：画哪项数字，如 closed（结案）、closed_of_filed。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each officer's figure beside the range in which it would lie by chance alone, given the cases handled.
    """

@overload
def plot_peers(
    result: pd.DataFrame | IntoFrame | PeerPanel | Sequence[PeerPanel],
    *,
    highlight: Highlight = ...,
    bands: Mapping[str, tuple[float, float]] | None = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """每项指标一条，各院一点，本院标出。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - bands：percentile_band 的结果。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw one strip an indicator: every court a point, the own one marked, a reference band behind.
    """

@overload
def plot_peers(
    result: pd.DataFrame | IntoFrame | PeerPanel | Sequence[PeerPanel],
    *,
    highlight: Highlight = ...,
    bands: Mapping[str, tuple[float, float]] | None = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """每项指标一条，各院一点，本院标出。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - bands：percentile_band 的结果。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw one strip an indicator: every court a point, the own one marked, a reference band behind.
    """

@overload
def plot_peers(
    result: pd.DataFrame | IntoFrame | PeerPanel | Sequence[PeerPanel],
    *,
    highlight: Highlight = ...,
    bands: Mapping[str, tuple[float, float]] | None = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """每项指标一条，各院一点，本院标出。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - bands：percentile_band 的结果。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw one strip an indicator: every court a point, the own one marked, a reference band behind.
    """

@overload
def plot_petitions(
    result: Petitions,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画各期信访的受理、化解，下为未结和息访率。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw petitions received and resolved, and beneath them those pending and the settlement rate with its interval.
    """

@overload
def plot_petitions(
    result: Petitions,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各期信访的受理、化解，下为未结和息访率。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw petitions received and resolved, and beneath them those pending and the settlement rate with its interval.
    """

@overload
def plot_petitions(
    result: Petitions,
    *,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各期信访的受理、化解，下为未结和息访率。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw petitions received and resolved, and beneath them those pending and the settlement rate with its interval.
    """

@overload
def plot_printed(
    result: pd.DataFrame | IntoFrame,
    *,
    reconciliation: Reconciliation | None = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画公布值与台账、与其他公布值的对照表，旁注结论。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - reconciliation：reconcile 的结果；给了就多画一栏：与其他公布值是否相符。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw published figures as a table: beside each how far the register's figure lies from it, and the verdict; with
    """

@overload
def plot_printed(
    result: pd.DataFrame | IntoFrame,
    *,
    reconciliation: Reconciliation | None = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画公布值与台账、与其他公布值的对照表，旁注结论。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - reconciliation：reconcile 的结果；给了就多画一栏：与其他公布值是否相符。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw published figures as a table: beside each how far the register's figure lies from it, and the verdict; with
    """

@overload
def plot_printed(
    result: pd.DataFrame | IntoFrame,
    *,
    reconciliation: Reconciliation | None = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画公布值与台账、与其他公布值的对照表，旁注结论。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - reconciliation：reconcile 的结果；给了就多画一栏：与其他公布值是否相符。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw published figures as a table: beside each how far the register's figure lies from it, and the verdict; with
    """

@overload
def plot_ranks(
    result: pd.DataFrame | IntoFrame | CompositeScore,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画各院名次及不能排除的名次。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each court's rank with the ranks that cannot be ruled out, the own court marked.
    """

@overload
def plot_ranks(
    result: pd.DataFrame | IntoFrame | CompositeScore,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各院名次及不能排除的名次。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each court's rank with the ranks that cannot be ruled out, the own court marked.
    """

@overload
def plot_ranks(
    result: pd.DataFrame | IntoFrame | CompositeScore,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各院名次及不能排除的名次。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each court's rank with the ranks that cannot be ruled out, the own court marked.
    """

@overload
def plot_reconciliation(
    result: Reconciliation,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画每个公布值可能的范围与其他数字允许的范围。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each printed figure as the range its digits stand for, against the range that all other figures allow.
    """

@overload
def plot_reconciliation(
    result: Reconciliation,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画每个公布值可能的范围与其他数字允许的范围。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each printed figure as the range its digits stand for, against the range that all other figures allow.
    """

@overload
def plot_reconciliation(
    result: Reconciliation,
    *,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画每个公布值可能的范围与其他数字允许的范围。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each printed figure as the range its digits stand for, against the range that all other figures allow.
    """

@overload
def plot_regimes(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画净增减的各个阶段水平及其界限。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the regimes: net flow with each regime's mean and its limits, and the probability of the higher regime.
    """

@overload
def plot_regimes(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画净增减的各个阶段水平及其界限。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the regimes: net flow with each regime's mean and its limits, and the probability of the higher regime.
    """

@overload
def plot_regimes(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画净增减的各个阶段水平及其界限。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the regimes: net flow with each regime's mean and its limits, and the probability of the higher regime.
    """

@overload
def plot_season(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画各月新收、结案与全年平均之比。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the season: each month's filings and closings as a multiple of the year's mean, with 95% limits over the years.
    """

@overload
def plot_season(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各月新收、结案与全年平均之比。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the season: each month's filings and closings as a multiple of the year's mean, with 95% limits over the years.
    """

@overload
def plot_season(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各月新收、结案与全年平均之比。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - court：法院名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the season: each month's filings and closings as a multiple of the year's mean, with 95% limits over the years.
    """

@overload
def plot_shadow_stock(
    table: pd.DataFrame | IntoFrame,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画未结存量和终本存量，一上一下相叠。

    参数

    - table：结果表。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the pending stock and on it the cases terminated without payment and not taken up again.
    """

@overload
def plot_shadow_stock(
    table: pd.DataFrame | IntoFrame,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画未结存量和终本存量，一上一下相叠。

    参数

    - table：结果表。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the pending stock and on it the cases terminated without payment and not taken up again.
    """

@overload
def plot_shadow_stock(
    table: pd.DataFrame | IntoFrame,
    *,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画未结存量和终本存量，一上一下相叠。

    参数

    - table：结果表。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the pending stock and on it the cases terminated without payment and not taken up again.
    """

@overload
def plot_slopes(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画各院历期走势，本院标出。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts over the periods, the own court marked, and where the course of all courts would have led it at the last one.
    """

@overload
def plot_slopes(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各院历期走势，本院标出。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts over the periods, the own court marked, and where the course of all courts would have led it at the last one.
    """

@overload
def plot_slopes(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各院历期走势，本院标出。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - highlight：要标出的法院。
    - anonymise：True 隐去其他法院的名称。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts over the periods, the own court marked, and where the course of all courts would have led it at the last one.
    """

@overload
def plot_stock_change(
    result: StockChange,
    *,
    money: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure:
    """画存案变化的瀑布图：期初、各项增减、期末。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - money：True 画金额，否则画件数。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what changed the stock as a waterfall: from the opening stock each part up or down, to the closing stock.
    """

@overload
def plot_stock_change(
    result: StockChange,
    *,
    money: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> go.Figure:
    """画存案变化的瀑布图：期初、各项增减、期末。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - money：True 画金额，否则画件数。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what changed the stock as a waterfall: from the opening stock each part up or down, to the closing stock.
    """

@overload
def plot_stock_change(
    result: StockChange,
    *,
    money: bool = ...,
    interactive: bool,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    size: Literal["page", "half", "slide", "整页", "full page", "半页", "half a page", "幻灯片"] = ...,
    ax: OnAxes = ...,
    figure: InFigure = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画存案变化的瀑布图：期初、各项增减、期末。

    参数

    - result：要画的结果，如 cycle、funnel 的结果。
    - money：True 画金额，否则画件数。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - language：“zh”或“en”；不写用当前语言。
    - size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
    - ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
    - figure：画在自己的空图里（matplotlib 的 Figure 或 SubFigure），分图由本包排；不能与 ax=、interactive=True 同用。
    - title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what changed the stock as a waterfall: from the opening stock each part up or down, to the closing stock.
    """

def check_cases(
    cases: Cases, *, late_after_days: int = ..., period: Period | None = ..., names: bool = ...
) -> pd.DataFrame:
    """检查台账，一行一个问题，最重的在前。

    参数

    - cases：台账（read_cases 的结果）。
    - late_after_days：超过几天录入算迟录。
    - period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日，末日）。
    - names：True 显示姓名和只供院内看的数字。

    Check a register and return one row per finding, most severe first.

    Columns ``rule, severity`` (error, warning, info)``, row`` (in the file, as a spreadsheet counts)``, case_no, field,
    value, problem, proposed_fix`` (both languages)``, table, file, sheet``. ``attrs``: ``rules`` (findings by rule),
    ``severities``, ``rows``, ``kept``, ``quarantined``, ``skipped``, ``checked`` (the rules asked), ``entry`` (cases entered
    correctly, late, never, wrongly; ``entry_quality`` gives them by month and officer).

    ``late_after_days``: an entry later than this after filing is late. Officers' names, amounts, and what a cell holds that is no day,
    number or known word, are shown only with ``names=True``: a cell moved by a column may hold anybody's name.
    Of a ``period``, and of some cases of a register (``where``), those findings of the whole register that name one of their cases: a serial
    number or a case that is among the others is not missing. Those that are of no case are told of the whole, or of whole courts, alone.
    Raises ``ArgumentError`` where ``late_after_days`` is no whole number of days, and for what is no period.

    Parameters
    ----------
    cases : Cases
        The register.
    late_after_days : int
        An entry later than this after filing is late.
    period : year, text or pair of days
        Of which cases: open, filed or closed in it; without it all.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    DataFrame
        One row a finding.

    >>> from analysis.cases.table import Cases
    >>> one = pd.DataFrame({"case_no": ["（2011）富执字第1号"], "filed_on": ["2011-03-04"], "closed_on": ["2011-03-01"]})
    >>> found = check_cases(Cases.from_frames(one, as_of="2011-12-31"))
    >>> found["rule"].tolist()
    ['closed_before_filed']
    """

def entry_quality(
    cases: Cases,
    *,
    by: str | Sequence[str] = ...,
    late_after_days: int = ...,
    names: bool = ...,
    findings: pd.DataFrame | IntoFrame | None = ...,
) -> pd.DataFrame:
    """按立案月份统计录入质量：正确、迟录、漏录、错录，每案只计一次。

    参数

    - cases：台账（read_cases 的结果）。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - late_after_days：超过几天录入算迟录。
    - names：True 显示姓名和只供院内看的数字。
    - findings：check_cases 的结果；不写就现查。

    Count cases by month of filing, each once: entered correctly, late, never, or wrongly.

    Columns ``[by…], cases, correct, late, missing, wrong`` and ``correct_share … wrong_share`` (parts of ``cases``),
    ``note``. By officer or team with ``names=True`` alone. A case is *missing* (漏录)
    without a day of entry; else *wrong* (错录) with an error-level finding; else *late* (迟录) if entered more than
    ``late_after_days`` after filing; else *correct*. ``by`` takes period, officer, court, team, or nothing for the whole
    register; raises ``ArgumentError`` for another.

    Parameters
    ----------
    cases : Cases
        The register.
    by : str or list of str
        ``period``, ``officer``, ``court``, ``team``, or nothing for the whole register; officer and team with ``names=True`` alone.
    late_after_days : int
        An entry later than this after filing is late.
    names : bool
        ``True`` shows people by name, for use inside the court.
    findings : DataFrame
        Findings of ``check_cases``; without them the register is checked.

    Returns
    -------
    DataFrame
        One row a group.

    >>> from analysis.cases.table import Cases
    >>> two = pd.DataFrame({"case_no": ["（2011）富执字第1号", "（2011）富执字第2号"], "filed_on": ["2011-03-04"] * 2,
    ...                     "entered_on": ["2011-03-04", "2011-05-04"]})
    >>> entry_quality(Cases.from_frames(two, as_of="2011-12-31"), by=())[["cases", "correct", "late"]].values.tolist()
    [[2, 1, 1]]
    """

def reconcile_counts(cases: Cases, reported: pd.DataFrame | IntoFrame | str | PathLike[str]) -> pd.DataFrame:
    """逐月核对台账的收结件数与上报研究室的件数。

    参数

    - cases：台账（read_cases 的结果）。
    - reported：上报的逐月件数表。

    Compare monthly counts of the register with those reported (收结案件数据与上报研究室数据是否一致), month by month.

    ``reported`` is a table (or a csv or workbook file) with a month (``period``, 月份: 2011-03, 2011年3月; or 3月, 三月 with the
    year in a column or, of a file, in its title) and ``filed`` (新收), ``received`` (受理: carried over and filed) or ``closed``
    (结案); months may also stand side by side, a row for each measure. Result: ``period, measure, counted,
    reported, difference`` (counted − reported)``, agrees, note``; ``attrs``: ``agreeing``, ``compared``. Raises
    ``InputError`` for a file that cannot be read and a table without months or counts.

    Parameters
    ----------
    cases : Cases
        The register.
    reported : DataFrame or path
        Monthly counts as reported.

    Returns
    -------
    DataFrame
        One row a month and measure.

    >>> from analysis.cases.table import Cases
    >>> one = pd.DataFrame({"case_no": ["（2011）富执字第1号"], "filed_on": ["2011-03-04"]})
    >>> told = pd.DataFrame({"月份": ["2011年3月", "2011年4月"], "新收": [1, 1]})
    >>> table = reconcile_counts(Cases.from_frames(one, as_of="2011-12-31"), told)
    >>> table[["counted", "reported", "agrees"]].values.tolist()
    [[1, 1, True], [0, 1, False]]
    """

def export_findings(
    cases: Cases, path: str | PathLike[str], *, findings: pd.DataFrame | IntoFrame | None = ..., names: bool = ...
) -> Path:
    """把问题和被隔离的行写成工作簿，供书记员填写更正。

    参数

    - cases：台账（read_cases 的结果）。
    - path：文件或文件夹。
    - findings：check_cases 的结果；不写就现查。
    - names：True 显示姓名和只供院内看的数字。

    Write the findings and the quarantined rows of a register as an xlsx workbook with a column for corrections.

    A sheet a rule, in the language spoken, file, sheet and row of the source first; with ``names=True`` equal cells that
    cannot be understood are one row, whose correction holds for all of them. Further sheets sum up: findings by rule,
    entry quality by month and officer, the rows skipped one by one, rows by file. No cell is a formula.
    Officers, parties and the words of cells are shown only with ``names=True``, for the clerk's own eyes; without it ``findings`` say which findings
    are written, and their words are those that may be shown. Raises ``ArgumentError`` for findings that ``check_cases(cases)`` does not list,
    ``OutputError`` where the file cannot be written, or would hold what stays in the court; nothing half-written is left.

    Parameters
    ----------
    cases : Cases
        The register.
    path : path
        The workbook to write.
    findings : DataFrame
        Findings of ``check_cases``; without them the register is checked.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    Path
        The workbook.

    >>> import tempfile
    >>> from analysis.cases.table import Cases
    >>> one = pd.DataFrame({"case_no": ["（2011）富执字第1号"], "filed_on": ["2011-03-04"], "closed_on": ["2011-03-01"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export_findings(Cases.from_frames(one, as_of="2011-12-31"), Path(folder) / "问题清单.xlsx").name
    '问题清单.xlsx'
    """

def calibrate(
    flow: pd.DataFrame | IntoFrame,
    *,
    draws: int = ...,
    seed: int = ...,
    progress: Callable[[str, int, int], None] | None = ...,
) -> Calibration:
    """模拟与本院相仿的法院，看各种结论说错、漏说的机会。

    参数

    - flow：收结存表（caseflow 的结果）。
    - draws：模拟次数。
    - seed：随机数种子；同一种子结果相同。
    - progress：每做完一步调用一次的函数，收到一句进度。

    Draw courts like this one, without anything and with rounds, a campaign or a lasting change put in, and judge each.

    The court is drawn from what is fitted to it: level, season, response to the stock and the memory of both flows. Put in are sizes fixed
    beforehand: a wave of ±30% every 24 months, one campaign of +40% for 14 months, +25% from half-way on.
    ``progress(truth, done, draws)`` is called after each draw.
    Fifty draws of ten years in months take about twenty seconds. Raises ``DataError`` for fewer than 24 periods or for weeks.

    Parameters
    ----------
    flow : DataFrame
        A caseflow, as ``caseflow`` gives it.
    draws : int
        Courts drawn of each kind.
    seed : int
        Where chance begins; the same seed gives the same numbers.
    progress : callable
        Called with the kind, the draws done and all draws.

    Returns
    -------
    Calibration
        How often each verdict is said of each kind.

    >>> months = pd.date_range("2006-01-01", periods=60, freq="MS")
    >>> rng = np.random.default_rng(1)
    >>> filed, closed = rng.poisson(60, (2, 60))
    >>> flow = pd.DataFrame({"period": months, "filed": filed, "closed": closed, "closing": 900 + np.cumsum(filed - closed)})
    >>> calibrate(flow, draws=2).words["verdict"].tolist()
    ['rounds', 'one_campaign', 'lasting_change']
    """

def campaign_effect(
    flow: pd.DataFrame | IntoFrame,
    *,
    period: Period,
    cases: Cases | None = ...,
    controls: pd.DataFrame | IntoFrame | None = ...,
    start_chosen: Literal["beforehand", "highest_stock", "事先选定", "存案最高"] | None = ...,
    seed: int = ...,
    names: bool = ...,
) -> CampaignEffect:
    """一次专项活动对结案、新收和未结的影响。

    参数

    - flow：收结存表（caseflow 的结果）。
    - period：活动的（首日，末日），如（“2008-11”，“2009-12”）。
    - cases：台账（read_cases 的结果）。
    - controls：没有开展活动的法院的收结存，其变动先行扣除。
    - start_chosen：开始的日期是事先定的，还是看着存案最高才定的。
    - seed：随机数种子；同一种子结果相同。
    - names：True 显示姓名和只供院内看的数字。

    The effect of a campaign between two months (both included) on closings, filings and pending.

    Parameters
    ----------
    flow : DataFrame
        A caseflow of one court.
    period : pair of days, year or text
        First and last day or month of the campaign: ``("2008-11", "2009-12")``.
    cases : Cases, optional
        The register: adds closure modes, recovery and cases reopened within 12 months.
    controls : DataFrame, optional
        A caseflow of courts without the campaign: their summed flow, scaled to this court's level before the campaign, is taken off
        first, so the effect is what lies beyond what happened to them too.
    start_chosen : {"beforehand", "highest_stock"}, optional
        How the start was found: named beforehand, or put after the highest stock. Left out: ``highest_stock`` where no stock within a year of
        the start is higher than that at the start, as leaders begin when it is worst; p and limits then count that search.
    seed : int
        The seed of the drawn courts.
    names : bool
        For use inside the court: with recovery by money, which over a few months tells of a single case.

    Returns
    -------
    CampaignEffect
        ``table``: ``series`` (closed, filed, pending), ``term`` (mean and slope over the campaign, level_after; of pending level and
        level_after), ``role`` (primary: closings given the stock, the one question; secondary), ``estimate, lower, upper`` (cases, or cases a
        period), ``p_single`` and ``p`` (Holm over the secondary ones), ``meaning``. The counterfactual is the fitted course without the
        campaign, with prediction limits.

    Raises ``DataError`` where fewer than 12 months (8 quarters, 52 weeks, 5 years) lie before the campaign, ``ArgumentError`` for dates
    outside the flow.

    >>> months = pd.date_range("2006-01-01", periods=48, freq="MS")
    >>> extra = months.isin(pd.date_range("2008-01-01", "2008-12-01", freq="MS")) * 10
    >>> filed, closed = np.random.default_rng(1).poisson(30, (2, 48))
    >>> flow = pd.DataFrame({"period": months, "filed": filed, "closed": closed + extra})
    >>> flow["closing"] = 500 + (flow["filed"] - flow["closed"]).cumsum()
    >>> effect = campaign_effect(flow, period=("2008-01", "2008-12")).table.set_index(["series", "term"])
    >>> bool(effect.loc[("closed", "mean"), "lower"] < 10 < effect.loc[("closed", "mean"), "upper"])
    True
    """

def control_limits(
    flow: pd.DataFrame | IntoFrame,
    *,
    baseline: Period | None = ...,
    rebase: Mapping[Day, str] | None = ...,
    adjusted: bool = ...,
) -> ControlLimits:
    """新收与结案的控制限（XmR 图），几家法院分别计算。

    参数

    - flow：收结存表（caseflow 的结果）。
    - baseline：基线：peers（各院合并）、一个值，或参照区间（下限，上限）。
    - rebase：从哪几天起重新计算中心线和控制限，各写明原因：{日期: 原因}。
    - adjusted：True 先去掉季节变动。

    XmR limits of filings and closings, by court where there are several.

    Centre: the mean x̄; limits: x̄ ± 2.66 mean moving range |xᵢ − xᵢ₋₁| (Shewhart 1931; Wheeler 1993), in cases a period;
    a lower limit below nought stands at nought, beneath which no count lies.
    ``.table``: ``series`` (filed, closed)``, period, value, centre, lower, upper, moving_range, range_limit, base, reason, broken``;
    ``.rules`` says what each rule means.

    The limits are those of the whole flow, or of its ``baseline``, so that further periods move them no more (a dozen at least make limits
    that can be trusted), computed anew only from the days in ``rebase``, each with its reason (a reform, a campaign's
    end); both stand in columns ``base`` and ``reason`` of the periods that they govern. ``adjusted`` takes the season out first where the flow has one.
    ``broken`` holds the ids of the rules a period breaks, comma-separated; a period breaks a run or a trend when it completes
    or prolongs one. Raises ``ArgumentError`` for a day of ``rebase`` outside the flow or without a reason and a ``baseline`` of fewer than
    two periods before it, ``DataError`` for a flow of one period.

    Parameters
    ----------
    flow : DataFrame
        A caseflow, as ``caseflow`` gives it.
    baseline : year, text or pair of days
        The periods that the limits are computed from; without it the whole flow.
    rebase : dict
        Days from which centre and limits are computed anew → the reason.
    adjusted : bool
        ``True`` takes the season out first.

    Returns
    -------
    ControlLimits
        Values, limits and rules broken.

    >>> months = pd.date_range("2010-01-01", periods=24, freq="MS")
    >>> flow = pd.DataFrame({"period": months, "filed": 10, "closed": [10, 12] * 11 + [10, 30], "closing": 0})
    >>> table = control_limits(flow).table.query("series == 'closed'")
    >>> table.loc[table["broken"] != "", ["period", "value", "broken"]].values.tolist()
    [[Timestamp('2011-12-01 00:00:00'), 30.0, 'beyond_limits,large_range']]
    """

def cycle(
    flow: pd.DataFrame | IntoFrame,
    cases: Cases | None = ...,
    *,
    window: int | None = ...,
    least_phase: int | None = ...,
    least_cycle: int | None = ...,
    adjusted: bool = ...,
    seed: int = ...,
    walks: int | None = ...,
    progress: Callable[[str], None] | None = ...,
) -> Cycle:
    """判断积案是否一轮一轮地起伏：结论、证据、转折点、阶段、季节、年底。

    参数

    - flow：收结存表（caseflow 的结果）。
    - cases：台账（read_cases 的结果）。
    - window：极值须在前后几期之内保持。
    - least_phase：一个阶段至少几期。
    - least_cycle：一轮至少几期。
    - adjusted：True 先去掉季节变动。
    - seed：随机数种子；同一种子结果相同。
    - walks：旧参数，不起作用。
    - progress：每做完一步调用一次的函数，收到一句进度。

    Date and judge the rounds of a court's backlog: turning points, regimes, season, year-end, balance.

    Parameters
    ----------
    flow : DataFrame
        A caseflow (``caseflow``, ``caseflow_from_counts``): ``period, opening, filed, closed, closing``; weekly, monthly, quarterly or
        yearly; one court, or several told apart by a column. Gaps and missing numbers are never filled: the longest
        unbroken stretch is used and ``problems`` says so.
    cases : Cases, optional
        The register behind the flow, for the share of the last ten days and the check by Little's law.
    window, least_phase, least_cycle : int, optional
        The dating rule **in periods of the flow**: an extreme must hold within ``window`` periods on either side; a phase lasts at
        least ``least_phase``, a cycle (peak–peak, trough–trough) at least ``least_cycle``. Left out: monthly 5, 5, 15
        (Bry and Boschan 1971); quarterly 2, 2, 5 (Harding and Pagan 2002); weekly 22, 22, 65 (the monthly rule in
        weeks); yearly 1, 1, 2 (every local extreme). The rules word for word: ``analysis.inference.cycle.turning_points``.
    adjusted : bool
        Date the season-adjusted stock (where the flow has a season); ``False`` dates the stock as recorded. The raw
        dating stands beside it in any case.
    seed : int
        The seed of everything drawn.
    walks : int, optional
        Falls away in the next version and does nothing: the range of random walks that it counted held the court's own rounds.
    progress : callable
        Called with a line before each of several courts or groups.

    Returns
    -------
    Cycle
        See there for the tables.

    Of a register whose first months leave cases out (``Cases.beginning``) only the periods from which its stock is whole are looked at, and
    ``problems`` says so (where there is none, nothing but the series is given); of a flow by court, each court by its own beginning.

    Raises ``InputError`` for a table that is no flow, ``ArgumentError`` for a rule below 1.

    >>> months = pd.date_range("2006-01-01", periods=72, freq="MS")
    >>> net = pd.Series([4] * 18 + [-4] * 18 + [4] * 18 + [-4] * 18)
    >>> flow = pd.DataFrame({"period": months, "filed": 30 + net, "closed": 30, "closing": 50 + net.cumsum()})
    >>> found = cycle(flow)
    >>> found.turning_points[["kind", "pending"]].values.tolist()
    [['peak', 122], ['trough', 50], ['peak', 122]]
    >>> found.phases["periods"].tolist(), found.phases["complete"].tolist()
    ([17, 18, 18, 18], [False, True, True, False])
    """

def forecast_pending(
    flow: pd.DataFrame | IntoFrame, *, months: int = ..., damping: float | None = ..., seed: int = ...
) -> Forecast:
    """预测今后几个月的未结案件，附95%界限和回测。

    参数

    - flow：收结存表（caseflow 的结果）。
    - months：向前几个月。
    - damping：旧参数，不起作用。
    - seed：随机数种子；同一种子结果相同。

    Pending cases of the next ``months`` months from filings and closings, with 95% limits and a back-test.

    Each flow is modelled apart, its steps kept, its drift followed as far as it is sure (``analysis.inference.cycle.simulation``); ``damping``
    does nothing any more. Limits are quantiles of 2,000 simulated paths. The back-test goes back to
    up to 24 earlier periods, forecasts from what was known then, and sets the errors beside the seasonal-naive forecast (the
    stock of the same season a year before), last year's flows repeated, and an unchanged stock. ``comparison`` says
    whether the model's mean absolute error is smaller beyond chance (interval over the origins, whose windows overlap); where it is
    not, the caption says so. ``coverage`` is the share of recorded stocks inside the limits of their time, in the caption over
    all horizons.

    A quarterly flow is forecast in quarters, a weekly in weeks, a yearly in years, as many as cover the months. Raises
    ``DataError`` below 12 periods or for a stock below zero, ``ArgumentError`` for less than a month.

    Parameters
    ----------
    flow : DataFrame
        A caseflow, as ``caseflow`` gives it.
    months : int
        How many months ahead, up to ten years.
    damping : float
        How much of a change is kept from period to period, between 0 and 1.
    seed : int
        Where chance begins; the same seed gives the same numbers.

    Returns
    -------
    Forecast
        Limits ahead, and the back-test.

    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> flow = pd.DataFrame({"period": months, "filed": 30, "closed": 30, "closing": 100})
    >>> forecast_pending(flow, months=2).table[["pending", "lower", "upper"]].values.tolist()
    [[100.0, 100.0, 100.0], [100.0, 100.0, 100.0]]
    """

def stock_change(
    cases: Cases | pd.DataFrame | IntoFrame, *, period: Period, by: str | Sequence[str] = ..., names: bool = ...
) -> StockChange:
    """把两日之间未结案件的变化拆成新收和各种结案。

    参数

    - cases：台账，或收结存表（caseflow 的结果）。
    - period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日，末日）。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - names：True 显示姓名和只供院内看的数字。

    Split the change of the pending stock between two days, both included, into what came in and what went out.

    The stock is a sum of counts, so each part's share is its own count whatever the order in which parts are taken out: the Shapley value of a
    part (Shapley 1953) is that count, and nothing is left over. Of a register closings are parted by what a closure mode says of
    itself; of a flow (a table from ``caseflow``) only filings and closings are known, by whole periods.

    Raises ``ArgumentError`` for dates in the wrong order and for other columns, ``DataError`` where a flow has no period between them
    and for a register of which the stock is not whole on the first day (``Cases.beginning``).

    Parameters
    ----------
    cases : Cases or DataFrame
        The register, or a caseflow.
    period : year, text or pair of days
        The first and the last day, both included: ``2011``, ``"2011年上半年"``, ``("2009-01-01", "2011-12-31")``.
    by : str or list of str
        Columns of the register to part by: court, case_type, basis; a flow is parted by the columns it has.
    names : bool
        For use inside the court: parts by any column (team, officer …), and amounts, which over a few days tell of a single case.

    Returns
    -------
    StockChange
        The parts, and the stock before and after.

    >>> three = pd.DataFrame({
    ...     "filed_on": ["2010-03-01", "2011-02-01", "2011-03-01"],
    ...     "closed_on": ["2011-05-01", None, "2011-06-01"],
    ...     "closure_mode": ["completed", None, "terminated_this_round"],
    ... })
    >>> found = stock_change(Cases.from_frames(three, as_of="2011-12-31"), period=2011)
    >>> found.table.set_index("part")["cases"].to_dict()
    {'opening': 1, 'filed': 2, 'reopened': 0, 'performed': -1, 'settled': 0, 'terminated_this_round': -1, 'other_closings': 0, 'closing': 1}
    """

def variation_table(
    data: pd.DataFrame | IntoFrame,
    *,
    targets: Mapping[str, float | None] | None = ...,
    directions: Mapping[str, str] | None = ...,
) -> VariationTable:
    """本院各项指标最近一期是否超出自身波动，目标能否稳定达到（一页表）。

    参数

    - data：一家法院各月或各季的指标（indicators 的结果）。
    - targets：各项指标要达到的数（指标 → 数）。
    - directions：各指标是越高越好、越低越好还是无好坏。

    Mark for every indicator of one court whether its last period is more than random variation, and whether its target is met.

    Each indicator stands on limits from its own periods before the last, ``mean ± k · s · √(1 + 1/n)``: s is their standard deviation, n their
    number, k the two-sided t quantile (n − 1 degrees of freedom) that 2.5% ÷ (indicators judged) lie beyond, and at least 3: the prediction interval
    of one more value (Hahn and Meeker 1991) at a level shared among the indicators (Bonferroni; Dunn 1961).

    Variation: a special cause where the last period lies beyond the limits, or is one of two beyond two thirds of the limits among three on one
    side, and is as far from the same period a year before, or else it is the season; where it completes seven on one side of the median, and one
    more for every doubling of the indicators judged; or seven rising or falling. It is better or worse by the direction of the indicator, else
    high or low: where a trend is broken by where it goes, else by the side (as NHSRplotthedots 0.2.2). Where nothing happened at most
    one table in twenty shows any mark (simulated registers of 150, 500 and 1,500 cases a year with seasons and over-dispersion: 2 to 4%; up to
    12% where filings wander for months on end, more where Decembers surge by quite different amounts). Among ten indicators over 24 months a month
    5 standard deviations out is marked in four of five.

    Assurance: the target lies outside the limits on the good side (consistently met) or on the other (not met), or between them (met or not by
    chance). Periods before the first with 10 cases below a ratio are the register's beginning and left out, and so are those of another length than
    the last one (by more than three days), as where a year ends within December.
    Not judged are indicators of fewer than twelve periods or with one figure in most of them; those of few cases (a period without a
    figure, or with fewer than 10 cases below a ratio; a count of fewer than 10 on average; fewer than 5 counted, or left uncounted by a share, on
    average: as far as ``data`` has ``numerator`` and ``denominator``); those with blanks (``least`` of ``data``); those of money, which turns on
    single cases; and those whose neighbouring periods are too alike (lag-one correlation over 1.64/√n: stocks, and rates on a stock).
    Source: NHS England, Making Data Count.

    Parameters
    ----------
    data : DataFrame
        Indicators of one court over months or quarters, as ``indicators(cases, periods=[...])`` gives them.
    targets : mapping
        Indicator → the value to be reached, in its unit, or ``None`` for none; by default as its definition says, where a month is to reach it as well
        as a year.
    directions : mapping
        Indicator → ``higher`` or ``lower`` is better; by default as its definition says.

    Returns
    -------
    VariationTable
        ``.table``: ``indicator, unit, periods, period, value, centre, lower, upper, variation, assurance, target, rules,
        sentence``, of what is not assured why (``not_judged``, ``no_target``, ``no_direction``); ``.points``: ``indicator,
        period_start, value, centre, lower, upper, broken, variation``, the mark of every period.

    Raises
    ------
    InputError, DataError, ArgumentError
        Missing columns; several courts or groups; a target or direction of no indicator.

    >>> months = pd.period_range("2010-01", periods=14, freq="M")
    >>> rows = pd.DataFrame({"indicator": "closure_rate", "period_start": months.start_time, "period_end": months.end_time,
    ...                      "value": [80, 83, 79, 82, 81, 84, 80, 82, 79, 83, 81, 80, 82, 95]})
    >>> found = variation_table(rows, targets={"closure_rate": 60}, directions={"closure_rate": "higher"})
    >>> found.table[["value", "variation", "assurance"]].values.tolist()
    [[95, 'improving', 'pass']]
    """

def what_if(
    flow: pd.DataFrame | IntoFrame,
    *,
    extra_closings: float = ...,
    extra_filings: float = ...,
    officers: float | None = ...,
    closings_per_officer: float | None = ...,
    target: float | None = ...,
    months: int = ...,
    damping: float | None = ...,
    seed: int = ...,
) -> WhatIf:
    """假如多结、少收或增减人员，未结案件会怎样变化。

    参数

    - flow：收结存表（caseflow 的结果）。
    - extra_closings：每期多结几件。
    - extra_filings：每期多收几件。
    - officers：办结案件的承办人数。
    - closings_per_officer：每人每期结几件。
    - target：要降到多少件以下。
    - months：向前几个月。
    - damping：旧参数，不起作用。
    - seed：随机数种子；同一种子结果相同。

    Stock paths of the next ``months`` if closings or filings were other than they are, beside the baseline.

    ``extra_closings`` and ``extra_filings`` are cases a period (a month in a monthly flow) on top; ``officers`` ×
    ``closings_per_officer`` (cases a period each) is a capacity that replaces the court's own closings. ``target`` is the stock to
    fall under (default: half of what is pending now). Model and errors are those of ``forecast_pending``; a court
    closes no more than it has. Raises ``DataError`` for a stock below zero, ``ArgumentError`` where officers or their closings are given alone.

    Parameters
    ----------
    flow : DataFrame
        A caseflow, as ``caseflow`` gives it.
    extra_closings : float
        Closings a period on top.
    extra_filings : float
        Filings a period on top.
    officers : float
        Officers who close.
    closings_per_officer : float
        What each closes a period.
    target : float
        The stock to fall under.
    months : int
        How many months ahead.
    damping : float
        How much of a change is kept from period to period, between 0 and 1.
    seed : int
        Where chance begins; the same seed gives the same numbers.

    Returns
    -------
    WhatIf
        Paths, and when the target is reached.

    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> flow = pd.DataFrame({"period": months, "filed": 30, "closed": 30, "closing": 100})
    >>> found = what_if(flow, extra_closings=10, months=12)
    >>> found.target.set_index("scenario").loc["what_if", "period"]
    Timestamp('2012-06-01 00:00:00')
    >>> what_if(flow, officers=4, closings_per_officer=7, months=2).table.tail(2)["pending"].tolist()
    [102.0, 104.0]
    """

def peer_panel(
    data: pd.DataFrame | IntoFrame,
    *,
    indicator: str = ...,
    level: str | None = ...,
    scope: str | None = ...,
    period: Period | None = ...,
    verdicts: pd.DataFrame | IntoFrame | None = ...,
    definitions: str | Path | None = ...,
) -> PeerPanel:
    """挑出可比的法院：同级、同范围、同长度的期间、同一口径，每院一行。

    参数

    - data：公布数字（read_returns）或 indicators 的结果。
    - indicator：指标的名称，如“结案率”。
    - level：法院级别：basic、intermediate、high。
    - scope：案件范围，如“执行案件”。
    - period：比哪一年或哪段时间，如2011、“2025年上半年”；不写为各院最近的完整年度。
    - verdicts：reconcile(...).figures：公布数字的核对结论。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。

    One full year, or the ``period`` asked, of one indicator a court, like with like: same level, scope, period length and definition.

    Of several rows of a court the latest full year is taken (or that of ``period``, the year in which it ends; of a shorter period, as a
    half-year or 1—9月, the rows of the same days, statistical calendars some days apart). A period belongs to the era in which its
    larger part lies: before or since 2016-12-01, when the rules on 终本 were tightened. Courts of different years are context, never
    a league of one year.

    Parameters
    ----------
    data : DataFrame
        Returns as ``read_returns`` gives them, or indicators as ``indicators`` gives them for several courts.
    indicator : str
        Any rate of the definition sets (``closure_rate``: closed ÷ received, ``clearance_rate``: closed ÷ filed, …); one
        whose counts no row states is compared as published. From a table of indicators: any of its ids.
    level, scope : str or None
        Level of court and scope of cases that are compared; None compares all, as does a table in which no row
        states them. Of several definitions the one that most courts' latest year has is compared.
    period : int, str or pair of days, optional
        The year or shorter period that is compared (default: each court's latest full year).
    definitions : str or Path, optional
        A definition set or a court's own TOML file, whose rates lead; the sets that ship are known without it.
    verdicts : DataFrame, optional
        ``reconcile(returns).figures``: the worst said of the rate or of its counts travels along. By default returns are
        reconciled here, so that a figure has one verdict wherever it is shown; give them where that has been done.

    Returns
    -------
    PeerPanel
        ``table``: ``court, province, level, scope, period_start, period_end, era, indicator, definition, numerator,
        denominator, value, printed, verdict, opening, note, file, row`` (rates as shares of 1; ``printed`` as
        printed); ``excluded``: ``court, scope, period_start, period_end, reason, explanation, file, row``;
        ``references``: the same figures of provinces and the nation.

    Raises
    ------
    ArgumentError
        An indicator that the data do not hold.
    DataError
        No row can be compared; the message counts the reasons.

    Examples
    --------
    >>> year = {"level": "basic", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    >>> rows = [{"court": "甲", "received": "386", "closed": "383"}, {"court": "乙", "received": "714", "closed": None}]
    >>> panel = peer_panel(pd.DataFrame([year | row for row in rows]))
    >>> panel.table[["court", "numerator", "denominator"]].values.tolist()
    [['甲', 383.0, 386.0]]
    >>> panel.excluded[["court", "reason"]].values.tolist()
    [['乙', 'counts']]
    """

def case_mix(
    cases: Cases | pd.DataFrame | IntoFrame,
    *,
    period: Period | None = ...,
    outcome: Literal["closed", "days", "recovered", "结案", "天数", "到位", "实际到位"] = ...,
    by: str | Sequence[str] = ...,
    method: Literal["model", "strata", "模型", "分层"] = ...,
    names: bool = ...,
) -> CaseMix:
    """按案件构成校正后的比较：实际 ÷ 期望，与未校正的并列。

    参数

    - cases：台账（read_cases 的结果）。
    - period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日，末日）。
    - outcome：要比较的结果，如实际执结。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - method：计算方法。
    - names：True 显示姓名和只供院内看的数字。

    Indirect standardisation of courts by the kind of their cases: observed ÷ expected, adjusted beside raw.

    Expected is what the court's own cases would have given at the rates of all courts pooled, rates that depend on
    the kind of case: from a model with the effects of each column of ``by`` (``closed`` logistic; ``days`` and
    ``recovered`` log-linear), or with ``method="strata"`` the plain rate of every combination.
    ``adjusted = observed ÷ expected × pooled rate``.

    Parameters
    ----------
    cases : Cases or DataFrame
        A register of several courts; or its cells as ``mix_cells`` gives them.
    period : year, text or pair of days
        The window, ``2011`` or ``("2010-07-01", "2011-06-30")`` (default: the last twelve months known). ``closed`` looks at all cases handled in it, that is
        pending at its start or filed in it; ``days`` and ``recovered`` at those closed in it.
    outcome : {"closed", "days", "recovered"}
    by
        Columns of the register, or ``amount_band``.
    method : {"model", "strata"}
        A logistic or log-linear model, or the plain rate of every combination.
    names : bool
        For use inside the court: of a register also by people and teams, and money (``recovered``).

    Returns
    -------
    CaseMix
        ``.table``: ``court, cases, observed, expected, ratio, lower, upper, raw, adjusted`` (95% interval of the
        ratio; money in yuan). Times to closing of closed cases rise when old cases are cleared: read them beside
        ``pending_ages``.

    Raises
    ------
    ArgumentError, InputError, DataError
        An unknown choice; cells that lack a column; fewer than two courts; nothing observed.

    Examples
    --------
    >>> cells = pd.DataFrame({"court": list("甲甲乙乙"), "has_property": ["True", "False"] * 2,
    ...                       "cases": [90, 10, 10, 90], "closed": [81, 5, 9, 45]})
    >>> mix = case_mix(cells, by=["has_property"], method="strata")
    >>> mix.table[["court", "raw", "expected", "ratio", "adjusted"]].round(2).values.tolist()
    [['甲', 0.86, 86.0, 1.0, 0.7], ['乙', 0.54, 54.0, 1.0, 0.7]]
    """

def mix_cells(
    cases: Cases, *, period: Period | None = ..., by: str | Sequence[str] = ..., names: bool = ...
) -> pd.DataFrame:
    """按法院和案件种类汇总的件数与金额，供多院校正比较。

    参数

    - cases：台账（read_cases 的结果）。
    - period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日，末日）。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - names：True 显示姓名和只供院内看的数字。

    Counts and sums of the cases handled in a window, by court and kind of case: one GROUP BY of the register.

    Columns: ``court, [by…], cases, closed, days, days_days``, and with ``names=True`` ``recovered, claimed`` (yuan; closed cases) and
    the sums of squares that their errors need. ``case_mix`` takes them in place of the register. Raises ``ArgumentError``.

    Parameters
    ----------
    cases : Cases
        The register.
    period : year, text or pair of days
        The window; without it the last twelve months known.
    by : list of str
        Columns that make a kind of case.
    names : bool
        For use inside the court: with money, which in a small cell is that of a case, and by people, teams and case numbers too.

    Returns
    -------
    DataFrame
        One row a court and kind of case.

    >>> from analysis import Cases
    >>> days = ["2011-01-11", None, "2011-01-21"]
    >>> frame = pd.DataFrame({"court": list("甲甲乙"), "filed_on": "2011-01-01", "closed_on": days, "basis": "civil"})
    >>> cells = mix_cells(Cases.from_frames(frame, as_of="2011-12-31"), by=["basis"])
    >>> cells[["court", "basis", "cases", "closed", "days"]].values.tolist()
    [['乙', 'civil', 1, 1, 20], ['甲', 'civil', 2, 1, 10]]
    """

def composite_score(
    data: pd.DataFrame | IntoFrame,
    *,
    weights: Mapping[str, float] | None = ...,
    scheme: str | Path | Mapping[str, object] | None = ...,
    group: str = ...,
    directions: Mapping[str, str] | None = ...,
    normalisation: Literal["min-max", "z-score", "rank", "最大最小值归一", "min–max", "标准分", "名次"] = ...,
    aggregation: Literal["arithmetic", "geometric", "加权算术平均", "算术平均", "加权几何平均", "几何平均"]
    | None = ...,
    level: float = ...,
    draws: int = ...,
    seed: int = ...,
) -> CompositeScore:
    """按权重综合评分并排名，说明名次取决于什么。

    参数

    - data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
    - weights：各指标的权重。
    - scheme：评分办法（read_scheme 的结果）；与 weights 二选一。
    - group：标明法院的栏目名。
    - directions：各指标是越高越好、越低越好还是无好坏。
    - normalisation：各指标如何化为可加的分数。
    - aggregation：各指标如何合并：算术或几何平均。
    - level：置信水平。
    - draws：模拟次数。
    - seed：随机数种子；同一种子结果相同。

    Score courts by weighted indicators, rank them, and say what the rank rests on.

    ``score = Σ weight · share of full marks + bonus − deduction`` (arithmetic). ``weights_best, weights_worst`` are the range
    of a rank over ``draws`` sets of weights drawn evenly from all that are possible (Dirichlet): they hold no chance in
    the indicators. ``rank_lower, rank_upper`` is the confidence set that does, at the weights given, and ``both_lower,
    both_upper`` that over random weights too; missing where the data have neither counts nor standard errors, or points go by rank. With
    min–max one bad court moves all others' shares.

    Parameters
    ----------
    data
        One row a court and indicator (``court, indicator, value``), or a row a court and a column an indicator.
    group : str
        The column of the courts.
    weights
        Indicator → full marks. With ``scheme`` too, these replace the scheme's weights.
    scheme
        Path, id or mapping of a scheme as ``example-2011`` (an example: the weights of 2011 are not published).
    directions
        Indicator → ``"higher"`` (unless given) or ``"lower"`` is better, where no scheme says it.
    normalisation
        ``"min-max"``, ``"z-score"`` or ``"rank"``: from values to shares, where no scheme says it.
    aggregation
        ``"arithmetic"`` or ``"geometric"``; default that of the scheme, else arithmetic.
    level, draws, seed
        The level of intervals of score and rank, and the draws that they rest on.

    Returns
    -------
    CompositeScore
        ``.table``: ``court, score, rank, weights_best, weights_worst, rank_lower, rank_upper, both_lower, both_upper`` and
        the points of each indicator (bonus, deduction), best first; a court that lacks an indicator has no score. Among
        fewer than ten courts with a score, or courts whose rows differ in period, level, scope or definition, there are no
        places: ranks are missing, the order is that of the data, ``.sensitivity`` and ``.moves`` are empty. Of a
        scheme with gates also ``passed`` and ``gates_missed``; of rows with a ``verdict`` also the worst of a court's.
        ``.sensitivity``: ``court, rank, share_first`` (of the weightings), ``rank_median, weights_best, weights_worst``, best
        and worst rank with one indicator left out (``left_out_*``) or by other normalisations and aggregations
        (``choice_*``). ``.moves``: the one change of one indicator that gains a place (at ``needed`` the court draws
        level with the one above) or loses one (beyond ``needed``).

    Raises ``ArgumentError`` for a weight of an indicator that the data lack or an unknown choice, ``InputError`` for a
    scheme that cannot be read, ``DataError`` for a court and indicator twice.

    >>> rows = [("甲", 99.2, 76), ("乙", 95.0, 80), *((name, 90.0, 60) for name in "丙丁戊己庚辛壬癸")]
    >>> wide = pd.DataFrame(rows, columns=["court", "closure_rate", "actual_enforcement_rate"])
    >>> score = composite_score(wide, weights={"closure_rate": 60, "actual_enforcement_rate": 40})
    >>> score.table.iloc[:3, :5].round(2).values.tolist()
    [['甲', 92.0, 1, 1, 2], ['乙', 72.61, 2, 1, 2], ['丙', 0.0, 3, 3, 3]]
    >>> score.sensitivity["share_first"].round(2).tolist()[:3]
    [0.69, 0.31, 0.0]
    """

def dynamic_funnel(
    data: pd.DataFrame | IntoFrame,
    *,
    indicator: str | None = ...,
    group: str = ...,
    time: str = ...,
    numerator: str | None = ...,
    denominator: str | None = ...,
    kind: _Proportion9 = ...,
    adjust: Literal["multiplicative", "additive", "shmi", "乘法", "加法"] | None = ...,
    highlight: object = ...,
) -> Funnel:
    """逐年的漏斗图：每年各有基准和控制限，看哪些法院多年在限外。

    参数

    - data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
    - indicator：指标的名称，如“结案率”。
    - group：标明法院的栏目名。
    - time：标明时期的栏目名。
    - numerator：分子的栏目名。
    - denominator：分母的栏目名。
    - kind：数字的种类：proportion（部分占全部）、ratio、rate、clearance。
    - adjust：按过度离散放宽控制限的办法：multiplicative、additive、shmi；不写不放宽。
    - highlight：要标出的法院。

    Judge every court in every year by the funnel of that year: its own level, its own over-dispersion, its own limits.

    What moves all courts alike (a campaign, a new rule) moves the year's level and puts nobody outside. A court outside in
    several years is told from one that is outside by chance once: of courts that are like the others one in a thousand a side is
    outside the 99.8% limits in a year. Years of fewer than ten courts of one definition have no funnel.

    Parameters
    ----------
    data
        Returns or indicators of several years with ``indicator=``, or a table of counts with ``group=, time=,
        numerator=, denominator=, kind=``, one row a court and year.
    indicator : str, optional
        Which rate of returns or indicators.
    group, time, numerator, denominator : str, optional
        Columns of a table of counts: the courts, the periods, and what is divided.
    kind : {"proportion", "rate", "ratio"}
    adjust
        As in ``funnel``, estimated anew in each year.
    highlight
        The own court or courts.

    Returns
    -------
    Funnel
        As of ``funnel``, a court and year a row: ``.table`` has ``year, phi, tau2`` and ``years, years_outside_95,
        years_outside_998`` of the court; ``.dispersion``: the number of years and the largest φ and τ². ``plot_funnel`` draws a
        panel a year.

    Raises
    ------
    DataError, InputError, ArgumentError
        No year with ten courts; a court twice in a year; missing columns; an unknown choice or highlighted court.

    >>> rows = pd.DataFrame({"court": list("abcdefghijkl") * 2, "year": [2010] * 12 + [2011] * 12, "n": 400,
    ...                      "x": [320] * 11 + [250] + [360] * 11 + [290]})
    >>> found = dynamic_funnel(rows, numerator="x", denominator="n", adjust=None)
    >>> found.table.query("outside_998")[["court", "year", "years_outside_998"]].values.tolist()
    [['l', 2010, 2], ['l', 2011, 2]]
    """

def compare_sealed(source: Sequence[str | Path], *, court: str, passphrase: str | None = ...) -> Exchanged:
    """把本院的数字放进全部交换法院的区间，不指明其他法院。

    参数

    - source：几个封存文件。
    - court：法院名称。
    - passphrase：交换时约定的口令。

    Set the own court's figures into the band of all that were exchanged; no other court's figure is told.

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

def open_sealed(source: str | Path, *, passphrase: str | None = ...) -> SealedFigures:
    """打开一家法院的封存文件；改动过的、版本不符的一律拒绝。

    参数

    - source：封存文件。
    - passphrase：交换时约定的口令。

    Open one court's sealed figures; what was altered, of another version, or sealed otherwise is refused.

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

def seal_figures(
    cases: Cases, *, period: Year, definitions: str | Path = ..., passphrase: str | None = ...
) -> SealedFigures:
    """把本院一年的各项率的分子、分母封存成交换文件，不含案件和姓名。

    参数

    - cases：台账（read_cases 的结果）。
    - period：年份，如2011。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - passphrase：交换时约定的口令。

    Count a court's rates of a year and seal them: numerators and denominators only, no case, no name.

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

def funnel(
    data: Comparable | IntoFrame,
    *,
    indicator: str | None = ...,
    group: str | None = ...,
    numerator: str | None = ...,
    denominator: str | None = ...,
    kind: _Proportion9 | None = ...,
    opening: str | None = ...,
    baseline: str | float | Sequence[float] = ...,
    target: float | None = ...,
    adjust: Literal["multiplicative", "additive", "shmi", "乘法", "加法"] | None = ...,
    trimming: _Winsorised9 | None = ...,
    trim: float = ...,
    corrected: bool = ...,
    transform: str | None = ...,
    limits: Literal["exact", "garwood", "精确"] = ...,
    highlight: object = ...,
) -> Funnel:
    """漏斗图比较：控制限随案件多少而宽窄，判断哪家法院超出随机波动。

    参数

    - data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
    - indicator：指标的名称，如“结案率”。
    - group：标明法院的栏目名。
    - numerator：分子的栏目名。
    - denominator：分母的栏目名。
    - kind：数字的种类：proportion（部分占全部）、ratio、rate、clearance。
    - opening：期初未结（或其栏目名）。
    - baseline：基线：peers（各院合并）、一个值，或参照区间（下限，上限）。
    - target：目标值。
    - adjust：按过度离散放宽控制限的办法：multiplicative、additive、shmi；不写不放宽。
    - trimming：估计离散时如何处理两端：缩尾或截去。
    - trim：两端各处理多大比例。
    - corrected：True 修正缩尾后偏小的离散程度。
    - transform：计算控制限的尺度：arcsine、log、sqrt、none。
    - limits：exact（精确），件数还可用 garwood（均值的置信限）。
    - highlight：要标出的法院。

    Compare courts with control limits at 95% and 99.8% that allow for their size (Spiegelhalter 2005).

    Without ``adjust`` a court lies outside if and only if a count as low, or as high, has at most the nominal chance on that
    side (2.5% and 0.1%) at the baseline: binomial for a ``proportion``, Poisson for a ``ratio`` (observed ÷ expected) or a
    ``rate`` (events ÷ exposure). A ``clearance`` (closed ÷ filed) has ``θ·exp(± z·se)`` with the larger and, inside, the
    smaller standard error that its counts allow (``clearance_error``), the larger with at least one case not in both.
    Of courts that are their own baseline fewer than ten of one definition and one period have no limits and no φ.

    Parameters
    ----------
    data
        Returns or indicators (with ``indicator=``), a panel, or a table of counts with ``group=, numerator=,
        denominator=, kind=`` (rows of one group are added up; ``opening=`` names the opening stock of a
        clearance).
    indicator : str, optional
        Which rate of returns or indicators.
    group, numerator, denominator, opening : str, optional
        Columns of a table of counts: the courts, and what is divided.
    kind : {"proportion", "rate", "ratio", "clearance"}, optional
        What is divided: a part of a whole, events by exposure, observed by expected, closed by filed.
    baseline
        ``"peers"`` (the courts shown, pooled; 1 for a ratio; of several years each its own), a figure, or a
        reference interval (low, high) outside which the limits begin.
    target : float, optional
        A figure as baseline that is named a target.
    adjust
        None, ``"multiplicative"`` (limits ``g⁻¹(g(θ) ± z·s·√φ)``), ``"additive"`` (``g⁻¹(g(θ) ± z·√(s² +
        τ²))``, random effects), or ``"shmi"``: additive as in the NHS Summary Hospital-level Mortality
        Indicator. Only ever outwards.
    trimming
        How φ is kept from the outliers it should reveal: ``"winsorised"`` (Spiegelhalter 2005), ``"trimmed"``
        (the SHMI trims; default for ratios) at ``trim`` of each end, or ``"none"``.
    trim : float
        The share of courts at each end.
    corrected
        Consistency-corrected φ (winsorised ÷ 0.679, trimmed ÷ 0.438): where courts differ by normal variance
        only the plain ones are too small and flag too many; ``.shares`` says how many under each adjustment.
    transform
        Scale g: ``"arcsine"`` (proportions), ``"log"`` (else), ``"sqrt"`` (the CQC's, with winsorised),
        ``"none"``.
    limits
        ``"exact"``, or for counts ``"garwood"``: the confidence limits of a mean that many published funnels draw
        (APHO, FunnelPlotR), which flag more courts, low ones above all.
    highlight
        The own court or courts.

    Returns
    -------
    Funnel
        ``.table``: ``court, numerator, denominator, value, lower_95, upper_95, lower_998, upper_998, outside_95, outside_998,
        baseline, z``; ``.dispersion``: ``phi, tau2, adjusted`` and how they came about; ``.limits``: the lines.

    Raises
    ------
    ArgumentError, DataError, InputError
        An unknown choice or highlighted court; impossible counts; missing columns, nothing to compare.

    >>> courts = pd.DataFrame({"court": ["甲", "乙", "丙"], "closed": [383, 80, 460], "received": [386, 100, 500]})
    >>> counts = {"group": "court", "numerator": "closed", "denominator": "received", "kind": "proportion"}
    >>> funnel(courts, **counts, target=0.95).table[["court", "lower_95", "upper_95", "outside_95"]].round(3).values.tolist()
    [['甲', 0.927, 0.972, True], ['乙', 0.9, 0.99, True], ['丙', 0.93, 0.968, True]]
    >>> str(funnel(courts, **counts).why_no_limits)
    '同一口径、同一期间的法院只有3家（不足10家），各院的水平和差异无从估计，不画控制限'
    """

def peers_over_time(
    data: pd.DataFrame | IntoFrame,
    *,
    indicator: str | None = ...,
    group: str = ...,
    time: str = ...,
    numerator: str | None = ...,
    denominator: str | None = ...,
    kind: _Proportion9 = ...,
    level: float = ...,
) -> PeersOverTime:
    """多院多年的水平与趋势（部分合并），分出各院共同的变动。

    参数

    - data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
    - indicator：指标的名称，如“结案率”。
    - group：标明法院的栏目名。
    - time：标明时期的栏目名。
    - numerator：分子的栏目名。
    - denominator：分母的栏目名。
    - kind：数字的种类：proportion（部分占全部）、ratio、rate、clearance。
    - level：置信水平。

    Fit levels and trends of courts over years, drawn towards those of all, apart from what moved all courts alike.

    On a scale where the spread is even, court i in year t has ``y = μₜ + aᵢ + bᵢ·(t − t̄) + eᵢₜ + chance``: μₜ the common
    level (so that a national campaign is no court's merit), aᵢ and bᵢ normal with variances of their own, e what
    a year holds beyond chance, and chance with the error that its counts give. Variances by restricted maximum likelihood,
    the rest by best linear unbiased prediction (Laird and Ware 1982).

    Parameters
    ----------
    data
        Returns or indicators of several years with ``indicator=`` (like with like within each year, as in
        ``peer_panel``), or any table of counts with ``group=, time=, numerator=, denominator=, kind=``.
    indicator : str, optional
        Which rate of returns or indicators.
    group, time, numerator, denominator : str, optional
        Columns of a table of counts: the courts, the periods, and what is divided.
    kind : {"proportion", "rate", "ratio"}
    level : float
        Of the intervals.

    Returns
    -------
    PeersOverTime
        ``.table``: ``court, year, value, fitted, lower, upper, common`` (the common level); ``.courts``: ``court, years,
        level, level_lower, level_upper`` (in the last year), ``trend, trend_lower, trend_upper`` (change a year against the
        common course, in the figure's unit at the common level), ``apart`` (the interval of the trend leaves 0 out);
        ``.shocks``: ``year, common, change``; ``.variance``: standard deviations on the scale.

    Raises
    ------
    DataError, InputError, ArgumentError
        Fewer than ten courts or three years; a court twice in a year; missing columns.

    >>> rng = np.random.default_rng(1)
    >>> n = np.full(120, 400)
    >>> rows = pd.DataFrame({"court": np.repeat(np.arange(12), 10), "year": np.tile(np.arange(2006, 2016), 12), "n": n,
    ...                      "x": rng.binomial(n, np.repeat(rng.uniform(0.8, 0.9, 12), 10))})
    >>> found = peers_over_time(rows, numerator="x", denominator="n")
    >>> int(found.courts["apart"].sum()) <= 2, len(found.shocks)
    (True, 10)
    """

def percentile_band(result: PeerTrends) -> pd.DataFrame:
    """各期全部法院的百分位数。

    参数

    - result：peer_trends 的结果。

    Return the percentiles of all courts' figures in each period: ``period, courts, p10, p25, p50, p75, p90``.

    Missing where fewer than ten courts stand. Percentiles of the figures as they are: small courts move by chance, so a
    place in the band says where a court's figure was, not that the court is unlike the others (see ``stands_out``).

    Parameters
    ----------
    result : PeerTrends
        The result of ``peer_trends``.

    Returns
    -------
    DataFrame
        One row a period.

    >>> from analysis.inference.peers.trends import peer_trends
    >>> rows = pd.DataFrame({"court": list(range(11)) * 2, "year": [2010] * 11 + [2011] * 11, "rate": list(range(80, 91)) * 2})
    >>> percentile_band(peer_trends(rows, value="rate")).values.tolist()[0]
    [2010.0, 11.0, 81.0, 82.5, 85.0, 87.5, 89.0]
    """

def rank_intervals(
    data: Comparable | IntoFrame,
    *,
    indicator: str | None = ...,
    group: str | None = ...,
    estimate: str | None = ...,
    standard_error: str | None = ...,
    numerator: str | None = ...,
    denominator: str | None = ...,
    kind: _Proportion9 | None = ...,
    opening: str | None = ...,
    method: Literal[
        "marginal",
        "simultaneous",
        "bootstrap",
        "各院单独",
        "each court alone",
        "各院同时",
        "all courts at once",
        "自助法",
    ] = ...,
    level: float = ...,
    best: Literal["high", "low", "越高越好", "high is better", "越低越好", "low is better"] = ...,
    stepdown: bool = ...,
    draws: int | None = ...,
    seed: int = ...,
    bounds: pd.DataFrame | IntoFrame | None = ...,
) -> pd.DataFrame:
    """各院名次及数据不能排除的名次范围。

    参数

    - data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
    - indicator：指标的名称，如“结案率”。
    - group：标明法院的栏目名。
    - estimate：估计值的栏目名。
    - standard_error：标准误的栏目名。
    - numerator：分子的栏目名。
    - denominator：分母的栏目名。
    - kind：数字的种类：proportion（部分占全部）、ratio、rate、clearance。
    - opening：期初未结（或其栏目名）。
    - method：计算方法。
    - level：置信水平。
    - best：越高越好还是越低越好。
    - stepdown：True 用逐步检验，名次范围更窄。
    - draws：模拟次数。
    - seed：随机数种子；同一种子结果相同。
    - bounds：未定的数字的上下限（court、lower、upper），或 reconcile 的 figures；名次范围容下它们。

    Each court's rank with the set of ranks that the data do not rule out (Mogstad, Romano, Shaikh, Wilhelm 2024).

    A court's rank cannot be better than 1 + the courts surely ahead of it, nor worse than p − those surely behind;
    "surely" by two-sided step-down tests of the studentised differences.

    Parameters
    ----------
    data
        Returns or indicators (with ``indicator=``), a panel, values (``group=, estimate=, standard_error=``;
        courts independent, errors normal) or counts (``numerator=, denominator=, kind=``).
    indicator : str, optional
        Which rate of returns or indicators.
    group, numerator, denominator, opening : str, optional
        Columns of a table of counts: the courts, and what is divided.
    estimate, standard_error : str, optional
        Columns of values and of their errors.
    kind : {"proportion", "rate", "ratio", "clearance"}, optional
        What is divided: a part of a whole, events by exposure, observed by expected, closed by filed.
    method
        ``"marginal"``: each set alone covers its court's rank at ``level``. ``"simultaneous"``: all sets
        together do. ``"bootstrap"``: the spread of ranks over draws from the estimates, labelled "simulation
        spread": no confidence set, it under-covers where courts are alike.
    best
        ``"high"`` or ``"low"``: which end of the figure has rank 1.
    level, stepdown
        The level of the sets; whether those of ``simultaneous`` are narrowed step by step.
    draws, seed
        Normal draws of ``simultaneous`` (default by the number of courts) and ``bootstrap``.
    bounds : DataFrame, optional
        Between what a figure lies that is not certain: ``court, lower, upper`` in the unit of the figures (of rates shares
        of 1), or ``reconcile(returns).figures`` for a panel or returns: counts that it accuses lie between the printed one
        and what the other figures imply. A court is then surely ahead of another only if it is wherever in their bounds
        both lie, with the errors of the figures as printed: no set is narrower than that of any figures within the bounds
        with those errors and the same draws. Not with ``bootstrap``.

    Returns
    -------
    DataFrame
        ``court, value, rank, lower, upper, method``, in the order of the data, of a panel also ``verdict``, with
        ``bounds`` also ``bounded`` (whether the figure is one of those); equal figures share the better rank. ``.attrs``:
        method, level, best, caption, excluded.

    Raises ``ArgumentError``, ``DataError``, ``InputError``: an unknown choice; nothing to compare, or of a panel, returns or
    indicators fewer than ten courts; a missing column. Of a table of one's own the sets hold for any number, but
    ``plot_ranks`` draws none of fewer than ten.

    >>> table = pd.DataFrame({"court": ["甲", "乙", "丙"], "rate": [97.0, 96.5, 80.0], "se": [1.0, 1.0, 2.0]})
    >>> rank_intervals(table, estimate="rate", standard_error="se")[["court", "rank", "lower", "upper"]].values.tolist()
    [['甲', 1, 1, 2], ['乙', 2, 1, 2], ['丙', 3, 3, 3]]
    >>> open_figure = pd.DataFrame({"court": ["丙"], "lower": [80.0], "upper": [96.0]})
    >>> sets = rank_intervals(table, estimate="rate", standard_error="se", bounds=open_figure)
    >>> sets[["court", "lower", "upper", "bounded"]].values.tolist()
    [['甲', 1, 3, False], ['乙', 1, 3, False], ['丙', 1, 3, True]]
    """

def top_set(data: pd.DataFrame | IntoFrame, *, k: int) -> pd.DataFrame:
    """可能在前 k 名之内的法院。

    参数

    - data：rank_intervals 的结果。
    - k：前几名。

    The courts that may be among the best ``k``: a confidence set of the top k, from simultaneous rank sets.

    With the level of the sets, every court that truly is among the best k is listed. Raises ``ArgumentError`` unless
    ``data`` are simultaneous and k is between 1 and the number of courts.

    Parameters
    ----------
    data : DataFrame
        The table of ``rank_intervals``, simultaneous.
    k : int
        How many courts are best.

    Returns
    -------
    DataFrame
        The courts of the set.

    >>> table = pd.DataFrame({"court": ["甲", "乙", "丙"], "rate": [97.0, 96.5, 80.0], "se": [1.0, 1.0, 2.0]})
    >>> sets = rank_intervals(table, estimate="rate", standard_error="se", method="simultaneous")
    >>> top_set(sets, k=1)["court"].tolist()
    ['甲', '乙']
    """

def read_scheme(source: str | Path | Mapping[str, object]) -> Scheme:
    """读入一套评分办法（TOML 文件或内置的）。

    参数

    - source：TOML 文件、内置办法的名称，或同样形式的字典。

    A scheme from a TOML file, from one shipped by its id (``example-2011``), or from a mapping of the same form.

    ``[gates]`` says what must be reached besides: ``score = 95``, ``closure_rate = 98`` (where lower is better: at most).
    ``[hand.NAME]`` with ``weight`` is an item scored by hand: its value is the points given, from 0 to the weight. An
    indicator of weight 0 may be a gate alone.

    Raises ``InputError`` for a file that is not there or not a scheme; it lists all that is wrong with a scheme at once.

    Parameters
    ----------
    source : str, path or mapping
        An id, a TOML file, or its content.

    Returns
    -------
    Scheme
        Items, weights, gates.

    >>> scheme = read_scheme("example-2011")
    >>> [(item.name, item.weight) for item in scheme.items][:2], "没有公布" in scheme.note.zh
    ([('closure_rate', 30.0), ('actual_enforcement_rate', 30.0)], True)
    """

def shrink(
    data: Comparable | IntoFrame,
    *,
    indicator: str | None = ...,
    group: str | None = ...,
    numerator: str | None = ...,
    denominator: str | None = ...,
    estimate: str | None = ...,
    standard_error: str | None = ...,
    kind: _Proportion9 | None = ...,
    opening: str | None = ...,
    level: float = ...,
) -> pd.DataFrame:
    """案件越少的法院，其数字越向各院平均收缩（经验贝叶斯）。

    参数

    - data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
    - indicator：指标的名称，如“结案率”。
    - group：标明法院的栏目名。
    - numerator：分子的栏目名。
    - denominator：分母的栏目名。
    - estimate：估计值的栏目名。
    - standard_error：标准误的栏目名。
    - kind：数字的种类：proportion（部分占全部）、ratio、rate、clearance。
    - opening：期初未结（或其栏目名）。
    - level：置信水平。

    Draw each court's figure towards its peers' mean, the more the less it rests on (empirical Bayes).

    Proportions: beta-binomial, ``shrunken = w·raw + (1 − w)·mean`` with w = n/(n + M), averaged over the posterior of
    mean and M (uniform prior on the intra-court correlation 1/(M + 1)). Values with standard errors: normal–normal
    with w = A/(A + s²), averaged over the posterior of A (flat). Ratios and rates on the root, clearance on the log.

    Parameters
    ----------
    data
        As in ``funnel`` (counts, returns, a panel) or as in ``rank_intervals`` (``estimate=,
        standard_error=``).
    indicator : str, optional
        Which rate of returns or indicators.
    group, numerator, denominator, opening : str, optional
        Columns of a table of counts: the courts, and what is divided.
    estimate, standard_error : str, optional
        Columns of values and of their errors.
    kind : {"proportion", "rate", "ratio", "clearance"}, optional
        What is divided: a part of a whole, events by exposure, observed by expected, closed by filed.
    level
        Of the intervals. Averaged over courts drawn from the model they cover at this level; where courts do
        not differ at all they cover more.

    Returns
    -------
    DataFrame
        ``court, raw, shrunken, lower, upper, weight`` in the order of the data, of a panel also ``verdict``; ``.attrs``:
        mean, between (variance between courts on the scale used), level, caption, excluded.

    Raises ``DataError`` for fewer than 4 courts (how much courts differ cannot be told), and as ``comparison``.

    >>> table = pd.DataFrame({"court": list("甲乙丙丁戊"), "x": [19, 380, 90, 900, 50], "n": [20, 400, 100, 1000, 50]})
    >>> shrink(table, group="court", numerator="x", denominator="n").round(2).iloc[[0, 4]].values.tolist()
    [['甲', 0.95, 0.94, 0.82, 0.99, 0.66], ['戊', 1.0, 0.98, 0.93, 1.0, 0.8]]
    """

def stands_out(
    data: pd.DataFrame | IntoFrame | PeerPanel | Sequence[PeerPanel],
    *,
    court: str,
    by: str | Sequence[str] | None = ...,
    kinds: Mapping[str, str] | None = ...,
    directions: Mapping[str, str] | None = ...,
    level: float = ...,
    least: int = ...,
) -> StandsOut:
    """一次看遍各项指标，找出本院真正不同于同类法院之处。

    参数

    - data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
    - court：法院名称。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - kinds：只要哪些种类，或各指标的种类。
    - directions：各指标是越高越好、越低越好还是无好坏。
    - level：所列各项中容许有多大比例出于随机波动。
    - least：本院不足几件的不说。

    List where a court is unlike its peers, or has changed unlike them, over all its figures at once.

    Each figure of the court is set against what the other courts of the same indicator, period and part foretell of one
    more of them: mean μ and variance τ² between courts from the others alone (Paule and Mandel 1982), on a scale where
    the spread is even; its chance is that of ``(y − μ)/√(φs² + τ² + var μ)``, over all τ² that the others leave open, for
    courts that differ as t of six degrees of freedom does and whose cases may belong together (φ from 1 to 16, weighed by
    how well the others' scatter fits). The chance is never put below the exact binomial or Poisson
    tail at μ. Changes from each period to the next are set against the others' changes alike. Of all these tests together
    those are listed that Benjamini and Hochberg's step-up (1995) keeps: of what is listed at most ``level`` is expected to
    be chance.

    Parameters
    ----------
    data
        Panels, or a table with one row a court and figure: ``court, indicator, numerator, denominator``, and where
        there are several ``period_start, period_end`` (or ``period``); ``value, standard_error`` for figures without counts.
        Where there is a ``definition``, ``level`` or ``scope``, only courts of the own court's are compared.
    court : str
        The own court.
    by
        Columns that part the figures (``basis``, ``area``): parts are compared with the same parts of other courts. By
        default those by which ``indicators`` says that it parted them.
    kinds
        Indicator → ``proportion``, ``rate`` or ``ratio``, where neither its definition nor its counts say it.
    directions
        Indicator → ``higher`` or ``lower`` is better; by default as its definition says. Without one nothing is called
        better or worse.
    level : float
        The share of chance finds that is allowed among those listed.
    least : int
        Cases of the court, below which nothing is said.

    Returns
    -------
    StandsOut
        ``.table``: ``indicator, group, period, against`` (peers, past), ``unit, value, numerator, denominator, lower, upper``
        (interval that allows for the choice, Benjamini and Yekutieli 2005), ``peers, peers_lower, peers_upper`` (where
        95% of courts like the others lie), ``shrunken, gap, courts, p, q, verdict`` (of what is listed alone), ``sentence``; figures as parts of 1,
        changes as differences; ``unit`` says in what they are read. ``.tests``: the same of all, and ``detectable``, the gap that would be found with 80%.
        ``.left_out``: ``indicator, group, period, court, reason``: of the own court's figures fewer than ten courts, small numbers, figures
        without counts; of other courts another definition, level or scope than the own court's.

    Raises
    ------
    InputError, ArgumentError, DataError
        Missing columns; an unknown court; nothing that can be compared.

    >>> rng = np.random.default_rng(1)
    >>> n = np.full(20, 500)
    >>> rows = pd.DataFrame({"court": [f"院{i}" for i in range(20)], "indicator": "closure_rate",
    ...                      "numerator": rng.binomial(n, 0.9), "denominator": n})
    >>> rows.loc[3, "numerator"] = 350
    >>> found = stands_out(rows, court="院3", directions={"closure_rate": "higher"})
    >>> found.table[["indicator", "against", "value", "verdict"]].values.tolist()
    [['closure_rate', 'peers', 0.7, 'worse']]
    """

def peer_trends(
    data: pd.DataFrame | IntoFrame,
    *,
    indicator: str | None = ...,
    group: str = ...,
    time: str = ...,
    value: str | None = ...,
    numerator: str | None = ...,
    denominator: str | None = ...,
    since: Day | None = ...,
    verdicts: pd.DataFrame | IntoFrame | None = ...,
) -> PeerTrends:
    """跟踪各院与平均的差距，并列由全部法院的走势可预期的变化。

    参数

    - data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
    - indicator：指标的名称，如“结案率”。
    - group：标明法院的栏目名。
    - time：标明时期的栏目名。
    - value：数值的栏目名。
    - numerator：分子的栏目名。
    - denominator：分母的栏目名。
    - since：各期都与这一期比；不写则逐期相比。
    - verdicts：reconcile(...).figures：公布数字的核对结论。

    Follow each court's gap to its peers' mean, beside the change that the line through all courts predicts.

    A court picked out for being far from the mean will be nearer next time by chance alone, and nearer still where all
    courts draw together. Both are in the regression of the later gaps on the earlier ones over all courts:
    ``expected change = −(1 − r·s₂/s₁)·gap``, r the correlation between the two periods, s₁ and s₂ the spreads of the gaps. A
    change says something of the court only as far as it goes beyond that: where the residual, studentised by the error
    that the other courts give (leave-one-out), exceeds Student's t of k − 3 degrees of freedom at 95%, k the number
    of courts. Of courts that do not differ one in twenty does.

    Parameters
    ----------
    data : DataFrame
        Returns or indicators of several years (with ``indicator=``: like with like within each year, as in ``peer_panel``) or
        any table with one row a court and period.
    indicator : str, optional
        Which rate of returns or indicators.
    group, time, value, numerator, denominator : str
        Columns; the value is given, in its own unit, or numerator ÷ denominator (missing where that is 0), which tables and
        charts show in percent where no court has more than its base.
    since : period, optional
        Compare every later period with this one; by default each with the one before.
    verdicts : DataFrame, optional
        ``reconcile(returns).figures``, whose verdicts travel along; of returns without it all is unchecked.

    Returns
    -------
    PeerTrends
        ``.table``: ``court, period, value, peer_mean, gap, position`` (share of courts at or below it);
        ``.changes``: ``court, period_from, period_to, gap_before, gap_after, gap_change, expected_from_all, lower,
        upper, beyond_chance`` (``expected_by_chance``, the same as ``expected_from_all``, goes with the next version);
        ``.correlations``: ``period_from, period_to, courts, r, slope``. Of returns and indicators
        ``.table`` also has ``era, definition, verdict`` and ``.changes`` the worse ``verdict`` of the two periods.

    Raises
    ------
    InputError, ArgumentError, DataError
        Missing columns, a period that the table lacks, a court twice in one period, fewer than two periods.

    Examples
    --------
    >>> rates = {"甲": (99, 97), "乙": (95, 96), "丙": (91, 94), "丁": (95, 93)}
    >>> rows = [(court, 2010 + i, value) for court, pair in rates.items() for i, value in enumerate(pair)]
    >>> trends = peer_trends(pd.DataFrame(rows, columns=["court", "year", "rate"]), value="rate")
    >>> trends.correlations["r"].round(3).tolist()
    [0.671]
    >>> trends.changes[["court", "gap_before", "gap_change", "expected_from_all"]].round(2).values.tolist()[0]
    ['甲', 4.0, -2.0, -2.5]
    """

def compare_printed(
    cases: Cases | pd.DataFrame | IntoFrame,
    returns: pd.DataFrame | IntoFrame | None,
    *,
    definitions: str | Path | Sequence[str | Path] | None = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """每个公布值旁列台账核算值，期间相同。

    参数

    - cases：台账（read_cases 的结果）。
    - returns：公布数字（read_returns 的结果）。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - at：截至哪一天；不写为台账的截止日。
    - names：True 显示姓名和只供院内看的数字。

    Each printed figure of the register's courts beside the one rebuilt from the register over the same period.

    Columns: ``court, scope, period_start, period_end, measure, printed`` (text, as printed), ``rebuilt, numerator,
    denominator, verdict, definition`` (set/id), ``explanation``. Verdicts as in ``reconcile``: ``agrees`` (by rounding),
    ``truncated`` (only so), ``definition`` (only under the variant named), ``contradicts``, ``impossible``, ``unchecked``.

    ``definitions`` as ``indicators`` takes them. ``cases`` is a register, or a table that ``indicators`` made (then only its
    periods are compared). A row whose period runs past the day to which the register is known, or is not printed, is shown
    as printed only. Rows of courts that are not in the register are left out and counted in ``attrs["other_courts"]``.
    Raises ``DataError`` where no row is of a court in the register, ``ArgumentError`` where there are no printed figures (``None``).

    Parameters
    ----------
    cases : Cases or DataFrame
        The register, or a table of ``indicators``.
    returns : DataFrame
        Printed figures, as ``read_returns`` gives them.
    definitions : str, path or list
        As ``indicators`` takes them.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        For use inside the court: sums of money too that are not shown outside. Without it their rows are ``unchecked``: with many
        made-up figures the verdicts would tell the sum.

    Returns
    -------
    DataFrame
        One row a printed figure.

    >>> register = Cases.from_frames(
    ...     pd.DataFrame({"court": "甲", "filed_on": ["2011-03-01"] * 3, "closed_on": ["2011-05-01"] * 2 + [None]}),
    ...     as_of="2011-12-31",
    ... )
    >>> row = {"court": "甲", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31", "closure_rate": "66.6"}
    >>> compare_printed(register, pd.DataFrame([row]))[["printed", "rebuilt", "verdict"]].values.tolist()
    [['66.6', 66.66666666666667, 'truncated']]
    """

def reconcile(
    returns: Returns | IntoFrame | Iterable[Returns | IntoFrame],
    modes: Returns | IntoFrame | None = ...,
    *,
    definitions: Mapping[str, str] | Sets = ...,
    court: str | None = ...,
    progress: Callable[[str], None] | None = ...,
) -> Reconciliation:
    """把公布的数字相互核对：哪些吻合，哪些矛盾，未公布的应是多少。

    参数

    - returns：公布数字（read_returns 的结果）。
    - modes：按结案方式的件数表，相加等于结案数。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - court：法院名称。
    - progress：每做完一步调用一次的函数，收到一句进度。

    Hold printed figures against each other: which follow, which contradict, what the unprinted must be.

    Parameters
    ----------
    returns : DataFrame of ``read_returns``, what it reads, or folders and texts of bulletins
        Figures of one or many courts (what one source prints twice counts once); an optional column ``parent`` names
        the scope of which a row's scope is a part (``complete``: 是 where the parts listed are all of it; else they are
        at most the whole), ``<measure>_change`` and ``<measure>_difference`` are the change against the same period of
        last year, or against the years before a period of several years.
    modes : DataFrame or file, optional
        Counts by closure mode that add up to ``closed``: court, period_start, period_end, mode, cases (and, if needed,
        scope, measure for another total, source).
    definitions : mapping, or definition sets, optional
        Measure to the id of the definition that is meant, where it is known; else every named one is tried. Or sets and
        TOML files, as in ``indicators``, whose definitions lead.
    court : str, optional
        The court of bulletins that name none.
    progress : callable, optional
        Told the court after each one, and how many there are.

    Returns
    -------
    Reconciliation
        ``.figures``, ``.implied``, ``.conflicts`` (columns in the design), ``.rules``, ``.definitions``, ``.fewest``.

    Raises
    ------
    InputError
        As ``read_returns``.
    ArgumentError
        A definition that is not known.

    Examples
    --------
    >>> two_years = {"court": "富锦市人民法院", "period_start": "2010", "period_end": "2011", "received": "714",
    ...              "closed": "711", "closure_rate": "99.5"}
    >>> last = {"court": "富锦市人民法院", "period_start": "2011", "period_end": "2011", "opening": "15",
    ...         "received": "386", "closed": "383", "closure_rate": "99.22"}
    >>> rec = reconcile(pd.DataFrame([two_years, last]))
    >>> rec.figures.loc[rec.figures["measure"] == "closure_rate", "verdict"].tolist()
    ['truncated', 'agrees']
    >>> known = rec.implied[(rec.implied["period_end"] == "2010-12-31") & (rec.implied["rule"] == "either") & rec.implied["exact"]]
    >>> known.set_index("measure")["lower"][["received", "closed", "closing"]].tolist()
    [343.0, 328.0, 15.0]
    """

def explore(
    cases: Cases,
    *,
    peers: pd.DataFrame | IntoFrame | None = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    names: bool = ...,
) -> Explorer:
    """在笔记本中打开探索界面：各项筛选可以叠加，图表随之而变，点图即列出案号，所见可复制为代码。

    参数

    - cases：台账（read_cases 的结果）。
    - peers：其他法院的公布数字，供比较。
    - language：“zh”或“en”；不写用当前语言。
    - names：True 显示姓名和只供院内看的数字。

    Explore a register in a notebook: filters that combine, views that follow, the cases behind each point.

    Filters for the period and for every column that the register has (court, team, officer, case type, basis, closure mode, property, amount band,
    township) combine, with the number of cases beside each choice. Views: stock and flow, cycle, indicators beside last year and target,
    durations, ages and what falls due, officers, petitions and aid, data quality, terminated cases, peers (from ``peers``, as ``read_returns``
    gives them), findings. A click on a point lists the cases behind it; pictures, tables and named views go to the folder ``输出``;
    "copy as code" gives the cell that makes the view. It is the court's own view: officers are pseudonyms unless ``names=True``. What is saved
    passes the gate of all results: figures and lists of officers or teams that are chosen are saved, and cases behind a pseudonym listed, with
    ``names=True`` alone.

    Parameters
    ----------
    cases : Cases
        The register.
    peers : DataFrame
        Other courts' printed figures, as ``read_returns`` gives them.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    names : bool
        ``True`` shows officers by name, for use inside the court.

    Returns
    -------
    Explorer
        The widget.

    Raises
    ------
    ArgumentError
        For something that is no register.

    >>> one = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-04"], "closed_on": ["2011-03-01"]})
    >>> print(explore(Cases.from_frames(one, as_of="2011-12-31")).code.splitlines()[2])
    flow = an.caseflow(cases, freq="M", period=("2011-01-01", "2011-12-31"))
    """

def own_cases(
    source: PathGiven | Iterable[PathGiven] | None = ...,
    *,
    as_of: Day | None = ...,
    columns: Mapping[str, str | Mapping[str, str]] | PathGiven | None = ...,
    corrections: PathGiven | None = ...,
    court: str | None = ...,
    court_file: PathGiven | None = ...,
    key_file: PathGiven | None = ...,
) -> Cases:
    """读入指定的台账；没有指定就用本院说明文件的，再没有就用合成示例。

    参数

    - source：台账的文件或文件夹；不写就用本院说明文件的。
    - as_of：台账截至哪一天。
    - columns：自定表头与规范栏目的对应，或其 TOML 文件。
    - corrections：书记员填好更正的问题清单。
    - court：法院名称。
    - court_file：本院说明文件（court-analysis start 写出）。
    - key_file：存有承办人代号密钥的文件。

    Read the register named, else the one of the court's file, else the synthetic sample.

    The court's file is the one named, else ``本院.toml`` in the working folder (or the folder in which the lab was started); it
    says what headers and words mean wherever a register of the court is read. Of a register of several courts it is the cases of the court that is
    named, by ``court`` or in its file; where none of them is, all.

    Parameters
    ----------
    source : path or several
        The register, where it is not the one that the court's file names.
    as_of, columns, corrections, court, court_file, key_file
        As ``read_cases``.

    Returns
    -------
    Cases

    Raises
    ------
    InputError, ArgumentError
        Those of ``read_cases``, and of a court's file that is wrong.

    >>> own_cases().court  # no court's file here: the sample
    '富锦市人民法院'
    """

def or_say_why() -> AbstractContextManager[None]:
    """显示代码块的结果；数据不足时显示一句原因。

    Show what the block shows, or the sentence that says why the data at hand cannot give it.

    Only errors that this package raises on purpose are turned into a sentence; any other is a fault and stays one.

    Returns
    -------
    context manager
        For a ``with`` block.

    >>> import analysis as an
    >>> with or_say_why():
    ...     raise an.DataError("台账没有信访登记。", "The register holds no petitions.")
    台账没有信访登记。
    """

def start_form(*, language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...) -> StartForm:
    """在笔记本中打开开始页：选台账文件、回答几个问题，然后探索、出通报或年度报告。

    参数

    - language：“zh”或“en”；不写用当前语言。

    Show the start page: choose the court's file, answer what it leaves open, then explore it, or write a bulletin or the yearly report.

    The answers become the court's file (``本院.toml``) in the working folder, as ``court-analysis start`` writes it; where there is one, its register is
    opened at once. Nothing is typed but answers.

    Parameters
    ----------
    language : str
        ``zh`` or ``en``; without it the language spoken.

    Returns
    -------
    StartForm
        The widgets.

    >>> [button.description for button in start_form().buttons.values()][2:]
    ['探索', '最近一个整月的通报', '年度报告']
    """

def aid(
    cases: Cases,
    *,
    periods: Periods = ...,
    calendar: _CalendarYear33 | None = ...,
    by: str | Sequence[str] = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """按期统计司法救助：金额、笔数、涉及案件和信访。

    参数

    - cases：台账（read_cases 的结果）。
    - periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日，末日）；不写为最后一个整年。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - at：截至哪一天；不写为台账的截止日。
    - names：True 显示姓名和只供院内看的数字。

    Judicial aid by period: how much, in how many grants, for how many cases and petitions.

    Columns: ``period_start, period_end, [by…], grants, cases, petitions`` (grants made on a petition: different ones),
    ``amount`` (万元), ``without_amount`` (grants whose amount is missing and so not in the sum), ``note``. ``by`` are columns of the
    case; periods and errors as in ``indicators``. A register without the table gives missing values and says so. Amounts that say too
    much of one case, and people's names and figures, are shown with ``names=True`` alone (``open_sums``).

    Parameters
    ----------
    cases : Cases
        The register.
    periods : year, text, pair of days, or a list of them
        What to count: ``2011``, ``"2011年1—5月"``, ``"2011H1"``, ``"2011-05"``, ``("2010-01-01", "2011-12-31")``; without it the last full year.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    by : str or list of str
        Columns to break down by.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    DataFrame
        One row a period and group.

    >>> from analysis import Cases
    >>> frames = {
    ...     "cases": pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-05"]}),
    ...     "aid": pd.DataFrame({"case_no": ["1", "1"], "granted_on": "2011-02-15", "amount": [2500, 52500]}),
    ... }
    >>> aid(Cases.from_frames(frames, as_of="2011-12-31"), periods=[2011], names=True)[["grants", "cases", "amount"]].values.tolist()
    [[2.0, 1.0, 5.5]]
    """

def bulletin(
    cases: Cases,
    *,
    period: Period,
    evaluation: str | Path | pd.DataFrame | IntoFrame | None = ...,
    items: str | Path | pd.DataFrame | IntoFrame | None = ...,
    scheme: str | Path | None = ...,
    returns: pd.DataFrame | IntoFrame | None = ...,
    calendar: _CalendarYear33 | None = ...,
    names: bool = ...,
    **counting: Unpack[LimitOptions],
) -> Bulletin:
    """一周、一月、一季或一年的通报各表，按承办人和小组。

    参数

    - cases：台账（read_cases 的结果）。
    - period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日，末日）。
    - evaluation：上级法院的评估表。
    - items：自行登记的考核项目表。
    - scheme：本院选定的考核办法；不写则没有定额。
    - returns：公布数字（read_returns 的结果）。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - names：True 显示姓名和只供院内看的数字。
    - clock：期限自哪一天起算；不写按各规则自己的。
    - scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。
    - excluded：各案不计入期限的期间表。

    The tables of a week (Saturday to Friday), month, quarter, half-year, cumulative months or year, by officer and by team.

    ``period``: ``"2011-11-25"`` (the week that holds the day), ``"2011-11"``, ``"2011-Q4"``, ``"2011年上半年"``, ``"2011年1—5月"``,
    ``"2011年前三季度"`` or ``"2011"``, in the statistical ``calendar``. Every bulletin has ``statistics`` (opening, filed, closed and
    pending case by case, and beside them what the judicial statistics say, where ``returns`` hold a row of the court and the
    period), ``officers`` and ``teams`` (flow, net closings, amounts, over the limit). Further:

    * week: ``closed`` (the closings, case by case) and ``plans`` (the open cases, the most urgent first, with
      ``attention``: what falls due or must start in the next seven days, what is over or late);
    * month: ``closed`` and ``open``, case by case (``attention`` for the next 31 days);
    * quarter, half-year, months that end with a quarter: of a quarter ``evaluation`` (given: the higher court's table ``indicator, value,
      place, courts``); with ``names=True`` ``quotas`` (the year so far against the court's own, with gaps) and ``next_targets`` (by the rules of
      ``targets.next_targets``);
    * from a quarter on, of several courts: ``court_levels`` (all together, then each, beside the year before);
    * year: ``scorecard``; with ``names=True`` ``quotas`` and ``items`` (hand-kept, if given).

    What rests on a column that the register lacks is left out, and the caption says why; quotas and targets stand only where
    there is a ``scheme`` (default: the one that the register names). Officers are pseudonyms, lists of cases say no
    officer, and who has fewer than three cases is shown in no table, unless ``names=True``. Raises ``ArgumentError`` for a period
    that is none or not begun.

    Parameters
    ----------
    cases : Cases
        The register.
    period : text
        A day (its week), month, quarter, half-year, cumulative months or year.
    evaluation : DataFrame or path
        The higher court's table.
    items : DataFrame or path
        Items kept by hand.
    scheme : str or path
        The definition set whose quotas and targets hold; without it the one that the register names.
    returns : DataFrame
        Printed figures, as ``read_returns`` gives them.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    names : bool
        ``True`` shows people by name, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    Bulletin
        The tables by name, and the caption.

    >>> from analysis import Cases
    >>> frame = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-11-01"], "closed_on": ["2011-11-24"], "officer": ["甲"]})
    >>> week = bulletin(Cases.from_frames(frame, as_of="2011-11-30"), period="2011-11-25")
    >>> str(week.start.date()), str(week.end.date()), week.tables["closed"]["days"].tolist()
    ('2011-11-19', '2011-11-25', [23])
    """

def caseflow(
    cases: Cases | Tallies,
    *,
    freq: _W15 = ...,
    periods: Periods = ...,
    by: str | Sequence[str] = ...,
    calendar: _CalendarYear33 | None = ...,
    period: Period | None = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """按期统计收、结、存：期末未结 = 期初未结 + 新收 − 结案。

    参数

    - cases：台账（read_cases 的结果）。
    - freq：期间长短：W（周）、M（月）、Q（季）、Y（年）。
    - periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日，末日）；不写为最后一个整年。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - period：一段时间：2011、“2011年上半年”，或（首日，末日），一端可为 None；不写则自首次立案至截止日。
    - at：截至哪一天；不写为台账的截止日。
    - names：True 显示姓名和只供院内看的数字。

    Stock and flow of cases by period: ``closing = opening + filed − closed``.

    Columns: ``period`` (first day), the columns of ``by``, ``opening``, ``filed``, ``closed``, ``closing`` (cases).
    Of a register that leaves cases out, the opening stock is missing until it is whole, and the others are those of the cases in it, as
    ``.attrs["notes"]`` says.
    A case counts as filed on ``filed_on`` and closed on ``closed_on``, whatever its type or closure mode;
    break it down with ``by=`` or narrow the register with ``cases.where(case_type="first")`` first.

    Shared ``Tallies`` serve in place of cases for calendar months, quarters and years. ``freq`` is W (Saturday to Friday),
    M, Q or Y in the statistical ``calendar``; periods run from the first filing
    (or that of ``period``) to ``at``, the day as of which the register is taken (default its ``as_of``; or the last of ``period``).
    ``periods`` are taken in place of these as they are named, each by itself, with a column ``period_end``.
    Officers in ``by`` are pseudonyms unless ``names=True``, and of their figures only those are shown that the ledger of the
    register allows (``people_ledger``: quarters and years, no small count, none that others give away). Raises
    ``ArgumentError`` for an unknown frequency, calendar or column.

    Parameters
    ----------
    cases : Cases or Tallies
        The register, or tallies of one.
    freq : str
        ``W``, ``M``, ``Q`` or ``Y``.
    periods : list
        Periods by name (``2011年1—5月``, ``2011H1``, ``2011Q1-Q3``) or first and last day, in place of ``freq`` and ``period``.
    by : str or list of str
        Columns to break down by.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    period : year, text or pair of days
        What to count: ``2011``, ``"2011年上半年"``, ``("2009-01", None)``; without it from the first filing to the day to which the register is known.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    DataFrame
        One row a period and group.

    >>> cases = Cases.from_frames(
    ...     pd.DataFrame({"filed_on": ["2010-05-01", "2011-02-01"], "closed_on": ["2011-03-01", None]}), as_of="2011-12-31"
    ... )
    >>> caseflow(cases, freq="Y")[["opening", "filed", "closed", "closing"]].values.tolist()
    [[0, 1, 0, 1], [1, 1, 1, 1]]
    >>> caseflow(cases, periods=["2010H1", "2011年1—2月"])[["opening", "filed", "closed", "closing"]].values.tolist()
    [[0, 1, 0, 1], [1, 1, 0, 2]]
    """

def caseflow_from_counts(counts: pd.DataFrame | IntoFrame, *, opening: float = ...) -> pd.DataFrame:
    """由别人统计好的各期新收、结案数推出收结存。

    参数

    - counts：各期新收、结案的件数表。
    - opening：期初未结（或其栏目名）。

    Caseflow from a table that someone else counted: ``closing = opening + Σ filed − Σ closed``.

    ``counts`` has ``period`` (a first day, or all last days; a month, quarter or year), ``filed``, ``closed`` and optionally ``court``, by these names or
    in words (时期, 新收, 结案, 法院); ``opening`` is the stock before the first period. A stock that falls below zero is reported in
    ``.attrs["problems"]``, never clipped. Raises ``InputError`` for a missing column, a missing number or a period twice.

    Parameters
    ----------
    counts : DataFrame
        ``period, filed, closed`` and, of several courts, ``court``, or their headings in either language.
    opening : float
        The stock before the first period.

    Returns
    -------
    DataFrame
        One row a period and group.

    >>> flow = caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [5, 3], "closed": [4, 6]}))
    >>> flow["closing"].tolist(), len(flow.attrs["problems"])
    ([1, -2], 1)
    """

def coercive_measures(
    cases: Cases,
    *,
    periods: Periods = ...,
    calendar: _CalendarYear33 | None = ...,
    by: str | Sequence[str] = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """按期统计强制措施：拘留、罚款、搜查、曝光、移送等。

    参数

    - cases：台账（read_cases 的结果）。
    - periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日，末日）；不写为最后一个整年。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - at：截至哪一天；不写为台账的截止日。
    - names：True 显示姓名和只供院内看的数字。

    Coercive measures by period and kind: detention, fine, both, seizure, public exposure, referral and the rest.

    Columns: ``period_start, period_end, [by…], kind, measures, persons, cases, amount`` (fines and the like, 万元), ``closed``,
    ``per_100_closed`` (persons ÷ cases closed × 100) with its exact Poisson interval ``lower, upper``, ``note``. The kind
    ``detention_and_fine`` counts the persons who met both in the period; they stand in each of the two as well. A
    row without a person counts as one person a case, and the note says how many there are.

    ``by`` are columns of the case; periods and errors as in ``indicators``. A register without the table gives missing values.
    Amounts that say too much of one person, and people's names, are shown with ``names=True`` alone (``open_sums``).

    Parameters
    ----------
    cases : Cases
        The register.
    periods : year, text, pair of days, or a list of them
        What to count: ``2011``, ``"2011年1—5月"``, ``"2011H1"``, ``"2011-05"``, ``("2010-01-01", "2011-12-31")``; without it the last full year.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    by : str or list of str
        Columns to break down by.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    DataFrame
        One row a period, group and kind.

    >>> from analysis import Cases
    >>> frames = {
    ...     "cases": pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-05"], "closed_on": ["2011-03-01"]}),
    ...     "coercive_measures": pd.DataFrame(
    ...         {"case_no": "1", "person_id": ["a", "a", "b"], "kind": ["detention", "fine", "detention"], "date": "2011-02-01"}
    ...     ),
    ... }
    >>> table = coercive_measures(Cases.from_frames(frames, as_of="2011-12-31"), periods=[2011]).set_index("kind")
    >>> table.loc[["detention", "fine", "detention_and_fine"], "persons"].tolist()
    [2.0, 1.0, 1.0]
    """

def termination_compliance(
    cases: Cases,
    checks: str | Path | pd.DataFrame | IntoFrame,
    *,
    periods: Periods = ...,
    calendar: _CalendarYear33 | None = ...,
    at: Day | None = ...,
) -> pd.DataFrame:
    """终本合格率：由抽查结果（案号、是否合格）计算，附区间。

    参数

    - cases：台账（read_cases 的结果）。
    - checks：抽查结果（数据表或文件）：案号、合格（是或否）。
    - periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日，末日）；不写为最后一个整年。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - at：截至哪一天；不写为台账的截止日。

    Return the share of terminations for this round whose files met every condition, of those that were examined.

    ``value`` = compliant ÷ examined × 100, with its Wilson interval; examined are the cases of ``checks`` that were closed in the period as terminated
    for this round. The register does not know whether a file is in order: somebody must have looked, and how the files were drawn decides what
    the figure stands for. Source of the name and the target of 2016–18: the core targets 3 + 1 (``definitions("spc-3plus1")``).

    Parameters
    ----------
    cases : Cases
        The register.
    checks : DataFrame or path
        What was examined: ``case_no, compliant`` (案号、合格：是/否).
    periods : int, str or list
        Years or other periods, by name (``2011年1—5月``, ``2011H1``) or first and last day; without them the last full year.
    calendar : str
        The statistical calendar; without it the register's.
    at : date or text
        The day as of which the register is asked.

    Returns
    -------
    DataFrame
        One row a period.

    Raises
    ------
    InputError
        For a missing column, a verdict that is neither yes nor no, a case twice, and case numbers that the register does not hold.

    >>> rows = {"case_no": ["（2011）晴执字第1号", "（2011）晴执字第2号"], "filed_on": "2011-01-04", "closed_on": "2011-06-01"}
    >>> rows |= {"closure_mode": "terminated_this_round"}
    >>> register = Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> checked = pd.DataFrame({"案号": ["（2011）晴执字第1号"], "合格": ["是"]})
    >>> termination_compliance(register, checked, periods=2011)[["terminated", "examined", "compliant", "value"]].values.tolist()
    [[2.0, 1.0, 1.0, 100.0]]
    """

def suppress_dominated(
    data: pd.DataFrame | IntoFrame,
    *,
    by: str | Sequence[str],
    amount: str,
    contributor: str | None = ...,
    minimum: int = ...,
    dominant: float = ...,
    within: float = ...,
) -> pd.DataFrame:
    """按组合计金额，连同各级合计；遮去由一人占绝大部分或人数过少的合计，并保证谁也不能由其余各数推算出他人的金额。

    参数

    - data：金额明细，一行一笔。
    - by：分组的栏目；各级合计一并列出。
    - amount：金额栏目，不能缺失，不能为负。
    - contributor：金额属于谁的栏目；不写则每行各属一人。
    - minimum：一个合计至少由几人组成才示出。
    - dominant：一人在一个合计中最多占多大部分。
    - within：谁也不能把他人的金额推算到多大误差之内（占该金额的比例）。

    Add up amounts by group, with all totals, and leave out the sums that tell what one contributor has in them.

    A sum is left out that fewer than ``minimum`` contribute to, of which the largest contributor has more than ``dominant``
    (the (n, k) rule with n = 1), or from which the second largest could work out the largest to within ``within`` (the p % rule:
    what is left without the two is less than that of the largest). Others go with them until nobody, the contributors
    who know their own amounts among them, can say from all that is shown that one has less than 1 + ``within`` times, or more than
    1 − ``within`` times, what one has in a sum or in a part of it; nor what a sum left out by the rules is, to the same. Everybody
    is taken to know who contributes where, and that no amount is below zero. Which sums go too is found by linear programming, small ones
    first. No reason stands beside a sum left out: it would tell something of it.

    Parameters
    ----------
    data : DataFrame
        Amounts, one row each.
    by : str or list of str
        The columns of the groups, a name in whatever spacing, width and case; totals are shown over each of them and over all.
    amount : str
        The column of amounts, none of them missing or below 0.
    contributor : str, optional
        The column that says whose an amount is, in whatever spacing, width and case; without it each row is another's.
    minimum : int
        The fewest contributors of a sum that may be shown.
    dominant : float
        The largest part of a sum that one contributor may have.
    within : float
        How nearly nobody may know an amount, as a part of it.

    Returns
    -------
    DataFrame
        The groups, then their totals (``合计``, ``total``): the columns ``by``, and the sums under the name of ``amount``, missing
        where left out; ``attrs["suppressed"]`` counts those, ``attrs["notes"]`` says why.

    Raises
    ------
    ArgumentError
        A column that is not there or there twice, or a limit out of range.
    InputError
        An amount that is missing, below 0 or no number, a group or contributor that is missing or blank, a row of totals.
    DataError
        Groups so fine, of amounts so uneven, that what hides the rest cannot be found in a few hundred steps.

    References
    ----------
    Hundepool and others, Statistical Disclosure Control, Wiley, 2012, ch. 4.

    Of 90, 6 and 4 the first is 90% of the sum. Left out alone it would be 290 − 120 − 70, so the smallest beside it goes too:

    >>> rows = pd.DataFrame({"team": list("甲甲甲乙乙乙丙丙丙"), "paid": [50, 30, 40, 90, 6, 4, 20, 20, 30]})
    >>> suppress_dominated(rows, by="team", amount="paid")["paid"].tolist()
    [120, <NA>, <NA>, 290]
    """

def disposition_time(flow: pd.DataFrame | IntoFrame) -> pd.DataFrame:
    """按本期的结案速度，现有存案办完还要多少天。

    参数

    - flow：收结存表（caseflow 的结果）。

    Days that the stock would last at the period's pace: days of the period (of a year 365) · closing / closed.

    Of a period that is not over, the days to the flow's ``as_of``.

    A projection from stock and flow (CEPEJ), not a duration that any case had. Takes a caseflow; columns ``period``,
    [by …], ``closing, closed, disposition_time`` (missing where nothing was closed, or cases that were pending before are not
    in the register: its closings are a part). Raises ``InputError`` for another table.

    Parameters
    ----------
    flow : DataFrame
        A caseflow, as ``caseflow`` gives it.

    Returns
    -------
    DataFrame
        One row a period and group.

    >>> flow = pd.DataFrame({"period": ["2011-01-01"], "opening": [15], "filed": [371], "closed": [383], "closing": [3]})
    >>> flow.attrs = {"freq": "Y"}
    >>> disposition_time(flow)["disposition_time"].round(2).tolist()
    [2.86]
    """

def pending_ages(
    cases: Cases,
    *,
    at: Day | None = ...,
    by: str | Sequence[str] = ...,
    oldest: int = ...,
    calendar: _CalendarYear33 | None = ...,
    names: bool = ...,
    **counting: Unpack[LimitOptions],
) -> PendingAges:
    """某日未结案件的案龄，与当年已结案件的办理天数并列。

    参数

    - cases：台账（read_cases 的结果）。
    - at：截至哪一天；不写为台账的截止日。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - oldest：列出最老的几件。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - names：True 显示姓名和只供院内看的数字。
    - clock：期限自哪一天起算；不写按各规则自己的。
    - scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。
    - excluded：各案不计入期限的期间表。

    Describe the age of the cases pending at the end of a day, beside the durations of the cases closed in that year.

    ``.summary`` ``[by…], pending, mean_age, median_age, oldest_age, closed, mean_days, median_days,
    disposition_time``: ages of the pending in days; of the cases closed since the statistical year began, their
    number and days from filing; days the stock lasts at that pace (these days missing where the register leaves out cases that were pending
    when the year began). The two stand together because clearing old cases
    raises the mean duration while it makes the stock younger. ``.bands`` ``[by…], band, cases, share``: by age in
    months (a case is in "up to 3 months" through the corresponding day). ``.over_limit`` ``[by…], pending,
    over_limit, share, without_limit``: past the statutory limit (``counting``: ``clock``, ``scope``, ``holidays``,
    ``excluded`` of ``limits.with_limits``); shares are of the cases that have a limit, missing where there is none
    (``limit_unknown``, where some: cases that do not state what their limit rests on and may be over or not, in neither;
    ``past_ordinary_limit`` in place of ``over_limit`` where columns that change limits are not there: ``.attrs["lacking"]``).
    ``.oldest``: the ``oldest`` oldest cases: ``case_no, filed_on, age_days, due_on, officer`` (``note`` where holidays are not known). Officers are
    pseudonyms unless ``names=True``; without it of them only what the ledger of people lets be shown, and no bands. Raises ``ArgumentError``.

    Parameters
    ----------
    cases : Cases
        The register.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    by : str or list of str
        Columns to break down by.
    oldest : int
        How many of the oldest cases to list.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    names : bool
        ``True`` shows people by name, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    PendingAges
        Summary, bands, cases over the limit, the oldest.

    >>> from analysis import Cases
    >>> filed, closed = ["2010-12-01", "2011-12-01", "2011-01-01"], [None, None, "2011-01-31"]
    >>> frame = pd.DataFrame({"filed_on": filed, "closed_on": closed})
    >>> pending_ages(Cases.from_frames(frame, as_of="2011-12-31")).summary.iloc[0, :6].tolist()
    [2.0, 212.5, 212.5, 395.0, 1.0, 30.0]
    """

def closed_within(
    cases: Cases,
    *,
    periods: Periods = ...,
    months: int | Sequence[int] = ...,
    at: Day | None = ...,
    calendar: _CalendarYear33 | None = ...,
) -> pd.DataFrame:
    """按立案年度：立案后3、6、12个月内结案的比例，只计已观察满这么久的案件。

    参数

    - cases：台账（read_cases 的结果）。
    - periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日，末日）；不写为最后一个整年。
    - months：向前几个月。
    - at：截至哪一天；不写为台账的截止日。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。

    Count by year of filing how many cases were closed within so many months, among those that were observed that long.

    A case is observed for m months where the day that many months after its filing is not after the day to which the register is known;
    it is closed within them where its day of closing is that day or before. So cases still open count, and no year is too young by
    construction: of a young year only its early filings are asked.

    Raises ``ArgumentError`` for months that are no whole numbers above 0.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : list
        Years or other periods of filing, by name or first and last day; without it all years that the register holds whole.
    months : list of int
        Months since filing.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    calendar : str
        The statistical calendar; without it the register's.

    Returns
    -------
    DataFrame
        ``period_start, period_end, months, filed`` (in the period)``, observed`` (of them that long)``, closed`` (of these, in time)``, share`` (missing of
        none).

    >>> two = pd.DataFrame({"filed_on": ["2011-01-10", "2011-11-30"], "closed_on": ["2011-04-10", None]})
    >>> closed_within(Cases.from_frames(two, as_of="2011-12-31"), periods=[2011], months=[3])[["filed", "observed", "closed"]].values.tolist()
    [[2, 1, 1]]
    """

def cox_model(
    cases: Cases,
    *,
    covariates: str | Sequence[str] = ...,
    observed_from: Day | None = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> CoxModel:
    """各类案件结案快慢之比（Cox 模型，未结的按截尾处理）。

    参数

    - cases：台账（read_cases 的结果）。
    - covariates：纳入模型的栏目。
    - observed_from：自哪一天起台账完整。
    - at：截至哪一天；不写为台账的截止日。
    - names：True 显示姓名和只供院内看的数字。

    Hazard ratios of closing by case mix: λ(t | x) = λ₀(t)·exp(xβ), ties by Efron, late entry, open cases censored.

    ``covariates`` are register columns. A category is compared with the most frequent one (missing values are a
    category of their own); an amount or number enters as its doubling (log₂), cases without one above 0 are left out
    and counted. A ratio above 1 means faster closing. Result: ``.table`` ``covariate, level, reference, cases,
    events, coefficient, standard_error, hazard_ratio, lower, upper, p, proportional_p`` (95% Wald;
    ``proportional_p`` small: the ratio changes with the age of the case, Grambsch and Therneau 1994); ``.fit``
    ``cases, events, log_likelihood, statistic, df, p`` (likelihood ratio). ``observed_from``, ``at``, ``names`` as in
    ``time_to_close``. Raises ``ArgumentError`` for a column that cannot be a covariate, ``DataError`` for an extract
    of closed cases and for data that do not identify the model.

    Parameters
    ----------
    cases : Cases
        The register.
    covariates : list of str
        Register columns to compare by.
    observed_from : date or text
        The day from which every case then pending or filed later is in the register; without it the one that the court said.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` for use inside the court: people by name, and amounts as covariates, which a few models of a few cases would tell to the yuan.

    Returns
    -------
    CoxModel
        The ratios, and the fit.

    >>> from analysis import Cases
    >>> closed = ["2011-01-05", "2011-02-01", None, "2011-01-09", "2011-03-01", "2011-04-01"]
    >>> basis = ["civil", "civil", "civil", "arbitration", "arbitration", "arbitration"]
    >>> frame = pd.DataFrame({"filed_on": ["2011-01-01"] * 6, "closed_on": closed, "basis": basis})
    >>> model = cox_model(Cases.from_frames(frame, as_of="2011-12-31"), covariates=["basis"])
    >>> model.table[["covariate", "level", "reference", "cases", "events"]].values.tolist()
    [['basis', 'civil', 'arbitration', 3, 2]]
    """

def closing_incidence(
    cases: Cases,
    *,
    by: str | Sequence[str] = ...,
    observed_from: Day | None = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> ClosingIncidence:
    """各结案方式随案龄的累计结案比例（相互竞争，Aalen–Johansen 法）。

    参数

    - cases：台账（read_cases 的结果）。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - observed_from：自哪一天起台账完整。
    - at：截至哪一天；不写为台账的截止日。
    - names：True 显示姓名和只供院内看的数字。

    The share of cases closed by each mode up to each age, the modes competing: Aalen–Johansen by group.

    F(t) = Σ S(u−)·d(mode)/n over the ages u up to t; over all modes they sum to 1 − S(t). ``.table``: ``[by…],
    closure_mode, days, at_risk, events, incidence, lower, upper`` (95%, log–log, delta-method variance; one row an
    age at which a case closes by that mode). ``observed_from``, ``at``, ``names`` and the errors as in
    ``time_to_close``.

    Parameters
    ----------
    cases : Cases
        The register.
    by : str or list of str
        Columns to break down by.
    observed_from : date or text
        The day from which every case then pending or filed later is in the register; without it the one that the court said.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    ClosingIncidence
        The table, and its caption.

    >>> from analysis import Cases
    >>> frame = pd.DataFrame({"filed_on": ["2011-01-01"] * 4, "closed_on": ["2011-01-11", "2011-01-31", None, None],
    ...                       "closure_mode": ["completed", "settled", None, None]})
    >>> closing_incidence(Cases.from_frames(frame, as_of="2011-12-31")).table["incidence"].tolist()
    [0.25, 0.25]
    """

def time_to_close(
    cases: Cases,
    *,
    by: str | Sequence[str] = ...,
    observed_from: Day | None = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> TimeToClose:
    """从立案到结案的天数（未结的按截尾处理）：生存曲线、中位数、组间检验。

    参数

    - cases：台账（read_cases 的结果）。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - observed_from：自哪一天起台账完整。
    - at：截至哪一天；不写为台账的截止日。
    - names：True 显示姓名和只供院内看的数字。

    Days from filing to closing, open cases counted as open: Kaplan–Meier by group, medians, log-rank test.

    S(t) = Π (1 − d/n) over the ages up to t, n the cases at risk and d the closings at an age. Result: ``.curve``
    ``[by…], days, at_risk, events, survival, lower, upper`` (95%, log–log, Greenwood; one row an age at which a case
    closes, a closing on the day of filing at 0); ``.summary`` ``[by…], n, events, median, median_lower,
    median_upper`` (days; the first age with S ≤ 0.5, missing where it is not reached); ``.test`` ``test, statistic,
    df, p`` (empty for one group).

    ``observed_from`` is the day from which every then-pending or later case is in the register: cases filed before
    enter at the age they had then, and the result describes the period and not a filing cohort. ``at`` takes the
    register as it was known on an earlier day. People in ``by`` need ``names=True``. Raises
    ``DataError`` for a register without cases and for an extract of closed cases.

    Parameters
    ----------
    cases : Cases
        The register.
    by : str or list of str
        Columns to break down by.
    observed_from : date or text
        The day from which every case then pending or filed later is in the register; without it the one that the court said.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    TimeToClose
        Curves, medians and test.

    >>> from analysis import Cases
    >>> frame = pd.DataFrame({"filed_on": ["2011-01-01"] * 4, "closed_on": ["2011-01-11", "2011-01-31", None, None]})
    >>> time_to_close(Cases.from_frames(frame, as_of="2011-12-31")).curve["survival"].round(4).tolist()
    [0.75, 0.5]
    """

def first_figures(
    cases: Cases,
    *,
    periods: Periods = ...,
    after: int = ...,
    definitions: str | Path | None = ...,
    calendar: _CalendarYear33 | None = ...,
    only: str | Iterable[str] | None = ...,
    names: bool = ...,
) -> FirstFigures:
    """各期数字从初次公布到最后确定通常变动多少（迟录）。

    参数

    - cases：台账（read_cases 的结果）。
    - periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日，末日）；不写为最后一个整年。
    - after：期末之后几天出初次数字。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - only：只要哪些指标，如“结案率”。
    - names：True 显示姓名和只供院内看的数字。

    Set each figure as it could be drawn up some days after its period beside what the register gives today.

    .. math:: \\text{change} = \\text{now} - \\text{first}

    First: of the cases entered (信息录入日期) by ``after`` days after the period's end. What is entered later, the late entries,
    moves the figure; a closing that was entered late on a case entered in time does not show, for a register keeps one day of
    entry a case. Cases without a day of entry count as entered in time, and the notes say how many.

    Parameters
    ----------
    cases : Cases
        The register, with the days of entry.
    periods : year, text, pair of days, or a list of them
        The periods; without them the last full year. Those that are not over by ``after`` days are left out.
    after : int
        Days from a period's end to the day on which its figures are drawn up.
    definitions : str, path or list
        The definition set; without it the one that the register names.
    calendar : str
        The statistical calendar; without it the register's.
    only : str or list of str
        Indicators to take, by id.
    names : bool
        ``True`` for use inside the court: sums of money too, whose change would tell those of a few late cases.

    Returns
    -------
    FirstFigures
        ``figures``: ``period_start, period_end, indicator, unit, definition, known_on, first, now, change``; ``record``: ``indicator, unit,
        definition, periods, moved, median_change, largest_change`` (the median of the absolute changes; the largest with its sign).

    Raises
    ------
    DataError
        For a register without days of entry, and where no period is over.
    ArgumentError
        For a negative number of days.

    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-03-01", "entered_on": ["2011-03-02"] * 3 + ["2011-05-02"]}
    >>> cases = Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> found = first_figures(cases, periods=["2011-03", "2011-04"], only="filed", definitions="counts")
    >>> found.figures[["first", "now", "change"]].values.tolist()
    [[3.0, 4.0, 1.0], [0.0, 0.0, 0.0]]
    >>> found.record[["periods", "moved", "median_change", "largest_change"]].values.tolist()
    [[2.0, 1.0, 0.5, 1.0]]
    """

def indicators(
    cases: Cases,
    *,
    periods: Periods = ...,
    definitions: str | Path | Sequence[str | Path] | None = ...,
    calendar: _CalendarYear34 | None = ...,
    by: str | Sequence[str] = ...,
    variants: bool = ...,
    at: Day | None = ...,
    seed: int = ...,
    only: str | Iterable[str] | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """按期计算各项指标，每项附分子、分母、区间、口径和说明。

    参数

    - cases：台账（read_cases 的结果）。
    - periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日，末日）；不写为最后一个整年。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - variants：True 连同不同算法一并列出。
    - at：截至哪一天；不写为台账的截止日。
    - seed：随机数种子；同一种子结果相同。
    - only：只要哪些指标，如“结案率”。
    - names：True 显示姓名和只供院内看的数字。

    Indicators of a register by period, each with numerator, denominator, interval, definition and caveats.

    Outside, a definition that parts money by a condition gives way to the variant of its set that does not, which its note says.
    Columns: ``court, [by…], period_start, period_end, indicator, value, numerator, denominator, lower, upper, unit,
    definition`` (set/id), ``least, most`` (where amounts are blank: between which the figure must lie, every blank nothing
    to every blank recovered in full), ``unfilled`` (blanks), ``unclaimed`` (cases without the amount claimed, which nothing
    bounds), ``note``. Rates are in percent, money is in 万元. A base of 0 gives a missing value with a
    note. The 95% intervals mean what ``attrs["interval_note"]`` says.

    ``years`` are years of the statistical ``calendar``; ``periods`` are named (``"2011年上半年"``) or pairs of days. Without either:
    the last full year. ``definitions`` is a set's id, the path of a court's own TOML, or a list of them: then each
    period takes the definitions valid in it, and the first period under another definition says so. Without it the set
    that the register names holds, else ``by-period``: the national definitions in force in each period. ``variants=True``
    sets disputed definitions of one indicator side by side; ``only`` picks indicators by id. ``at``: the register as it was
    known on that day. Officers in ``by`` are pseudonyms unless ``names=True``, and without it
    sums of money that say too much of a case are left out (``open_sums``). ``seed`` has no
    effect any more (no limits are drawn by chance) and goes with the next version.
    Raises ``ArgumentError`` for an unknown name, ``InputError`` for a TOML that is not of the form.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : year, text, pair of days, or a list of them
        What to count: ``2011``, ``"2011年1—5月"``, ``"2011H1"``, ``"2011-05"``, ``("2010-01-01", "2011-12-31")``; without it the last full year.
    definitions : str, path or list
        A set's id, the path of a court's own TOML, or several.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    by : str or list of str
        Columns to break down by, or ``amount_band``, the band of the amount claimed.
    variants : bool
        ``True`` sets disputed definitions of one indicator side by side.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    seed : int
        Without effect; goes with the next version.
    only : str or list of str
        Indicators to take, by id.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    DataFrame
        One row an indicator, period and group.

    >>> cases = Cases.from_frames(
    ...     pd.DataFrame({"filed_on": ["2010-05-01", "2011-02-01"], "closed_on": ["2011-03-01", None]}), as_of="2011-12-31"
    ... )
    >>> table = indicators(cases, periods=[2011], only=["closure_rate"])
    >>> table[["value", "numerator", "denominator"]].values.tolist()
    [[50.0, 1.0, 2.0]]
    """

def integrity(
    cases: Cases,
    *,
    targets: Mapping[str, float] | None = ...,
    at: Day | None = ...,
    seed: int = ...,
    names: bool = ...,
    **counting: Unpack[LimitOptions],
) -> Integrity:
    """查看数字是否迁就日期、期限或目标的七种迹象，各附大小、区间和检出能力。

    参数

    - cases：台账（read_cases 的结果）。
    - targets：各项指标要达到的百分率。
    - at：截至哪一天；不写为台账的截止日。
    - seed：随机数种子；同一种子结果相同。
    - names：True 显示姓名和只供院内看的数字。
    - clock：期限自哪一天起算；不写按各规则自己的。
    - scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。
    - excluded：各案不计入期限的期间表。

    Look for seven signs of figures that are made for the date, the limit or the target, each with size, limits and power.

    Parameters
    ----------
    cases : Cases
        The register.
    targets : mapping of str to float, optional
        Indicators and the rates, in per cent, that they were to reach.
    at : date or text, optional
        The day to which the register is known (default: its last).
    seed : int
        The seed of shuffled amounts.
    names : bool
        ``True`` judges ``split_cases`` too, which rests on single amounts, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    Integrity
        A row a sign. ``december_surge``: closings of December over the mean of the other months; ``january_refill``: filings of January likewise;
        ``filings_held_back``: filings of the first ten days of January over those of the last ten of December; ``terminations_in_december``:
        their share among December's closings less that among the others (points); ``closed_at_limit``: closings of the 14 days before the
        limit beyond a smooth curve (cases); ``split_cases``: cases filed on one day with the same amount claimed as another of that day, beyond
        what shuffled amounts give (cases); ``at_target``: of yearly rates (by team) within one point of a target the share at or above it (per cent).

    Ratios are geometric means over years with Student's limits; power is that of the same test for a size fixed beforehand (by the noncentral t
    with the scatter seen; of closings at the limit and split cases, for one in twenty of the cases looked at). What cannot be
    judged is missing, with the reason in ``said``. Raises ``ArgumentError`` for an unknown indicator.

    >>> from analysis import Cases
    >>> few = Cases.from_frames(pd.DataFrame({"filed_on": ["2010-03-01"], "closed_on": ["2010-12-20"]}), as_of="2011-12-31")
    >>> integrity(few).table["sign"].tolist()[:3]
    ['december_surge', 'january_refill', 'filings_held_back']
    """

def limit_bunching(cases: Cases, *, at: Day | None = ..., **counting: Unpack[LimitOptions]) -> LimitBunching:
    """期限届满前14天和年底前的结案，比平滑曲线多出多少。

    参数

    - cases：台账（read_cases 的结果）。
    - at：截至哪一天；不写为台账的截止日。
    - clock：期限自哪一天起算；不写按各规则自己的。
    - scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。
    - excluded：各案不计入期限的期间表。

    Count the excess of closings in the 14 days before the time limit, and before 31 December, over a smooth curve.

    By weeks of distance from the date (week 0 ends on it; 26 on each side), closings follow a quasi-Poisson curve:
    log rate = cubic in the distance, fitted without weeks −2 to 2. The rate is per case still open then (limit) or
    per week observed (31 December, each closing by its nearest one). Excess = observed − expected over weeks −1 and
    0, with a 95% interval of counting error and curve together.

    ``.summary``: ``date`` (limit, year_end), ``closings`` (all used), ``observed, expected, excess, lower, upper,
    ratio, dispersion, note``; ``.table``: ``date, week, exposure, closings, expected, fitted`` (whether the week made
    the curve). ``observed`` is missing where the register reaches neither week. A curve is missing, with a note, under 30 closings or 10 weeks
    outside the window; the limit is left out, and the caption says why, where the register lacks basis, extension or exclusion. ``counting``: as
    for ``limits.with_limits``. Raises ``ArgumentError``.

    Parameters
    ----------
    cases : Cases
        The register.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    LimitBunching
        Summary and weekly table.

    >>> from analysis import Cases
    >>> days = {"filed_on": ["2011-01-04", "2011-01-05"], "closed_on": ["2011-07-01", None]}
    >>> frame = pd.DataFrame(days).assign(basis="civil", extension_days=0, excluded_days=0)
    >>> limit_bunching(Cases.from_frames(frame, as_of="2011-12-31")).summary[["date", "observed"]].values.tolist()
    [['limit', 1], ['year_end', 0]]
    """

def deadlines(
    cases: Cases,
    *,
    at: Day | None = ...,
    within_days: int = ...,
    kinds: _Over_Limit17 | Iterable[_Over_Limit17] = ...,
    scheme: str | Path | None = ...,
    names: bool = ...,
    **counting: Unpack[LimitOptions],
) -> pd.DataFrame:
    """某日需要留意的未结案件：已超期、将到期、应开始执行的，最急的在前。

    参数

    - cases：台账（read_cases 的结果）。
    - at：截至哪一天；不写为台账的截止日。
    - within_days：几天之内到期的算将到期。
    - kinds：只要哪些种类，或各指标的种类。
    - scheme：本院选定的考核办法；不写则没有定额。
    - names：True 显示姓名和只供院内看的数字。
    - clock：期限自哪一天起算；不写按各规则自己的。
    - scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。
    - excluded：各案不计入期限的期间表。

    The open cases that need attention on a day, one row a case and deadline, the most urgent first.

    Columns: ``case_no, kind, due_on, days_left, officer, rule``; ``kind`` is one of ``KINDS`` (``past_ordinary_limit`` for ``over_limit`` and
    ``ordinary_limit_soon`` for ``due_soon`` where the register lacks basis, extension or exclusion), ``days_left`` =
    ``due_on`` − ``at`` in days (below 0: past; of ``started_late``: days by which the start was late, below 0).
    ``rule`` says the law and the clock in both languages. ``due_soon`` and ``start_due`` reach ``within_days`` ahead,
    both ends included.

    ``counting``: ``clock``, ``scope``, ``holidays``, ``excluded`` as ``limits.with_limits`` takes them; the days for
    starting come from the court's ``scheme`` (a definition set or the path of one; default: what the register names), and
    without one, or without the register's columns of receipt and start, no start is judged. ``.attrs["notes"]`` says which
    open cases have no limit or cannot be counted, how many have a closing date
    that cannot be read, or state no basis and may be over a limit or not (they are not listed; ``.attrs["left_out"]`` counts
    them) and which columns the register lacks, ``.attrs["clock_sensitive"]`` names those that are over the limit only if the
    first day is counted. Raises ``ArgumentError``.

    Parameters
    ----------
    cases : Cases
        The register.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    within_days : int
        How many days ahead to look.
    kinds : list of str
        What to list: any of ``KINDS``.
    scheme : str or path
        The definition set whose quotas and targets hold; without it the one that the register names.
    names : bool
        ``True`` shows people by name, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    DataFrame
        One row a case and deadline.

    >>> from analysis import Cases
    >>> frame = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-03-15"]})
    >>> cases = Cases.from_frames(frame.assign(basis="civil", extension_days=0, excluded_days=0), as_of="2011-09-01")
    >>> deadlines(cases)[["kind", "due_on", "days_left"]].astype(str).values.tolist()
    [['due_soon', '2011-09-15', '14']]
    """

def write_holidays_template(path: str | PathLike[str], *, period: int) -> Path:
    """写出某年放假安排的填写表，一行一个假日。

    参数

    - path：文件或文件夹。
    - period：年份，如2011。

    Write the form for a year's holidays: a line a holiday, lines for worked weekends, and a sheet that says how to fill it in.

    Parameters
    ----------
    path : path
        The workbook to write (.xlsx), which must not be there yet.
    period : int
        The year.

    Returns
    -------
    Path
        The workbook.

    Raises
    ------
    OutputError
        The file exists or cannot be written, or its name does not end in .xlsx.
    ArgumentError
        ``period`` is no year.

    >>> import tempfile
    >>> from analysis.measures.limits.limits import due_date
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     form = write_holidays_template(Path(folder) / "节假日2027.xlsx", period=2027)
    ...     str(due_date("2026-07-01", holidays=form).date())  # not filled in yet: 1 January is a Friday like any other
    '2027-01-01'
    """

def due_date(
    filed_on: Day,
    *,
    basis: str | None = ...,
    case_type: str | None = ...,
    has_property: bool | None = ...,
    applied_on: Day | None = ...,
    extension_days: int = ...,
    excluded_days: int = ...,
    clock: _FilingDay13 | None = ...,
    scope: Literal["all", "with-property", "全部案件", "all cases", "有财产案件", "cases with property"] = ...,
    holidays: str | Path | pd.DataFrame | IntoFrame | None = ...,
) -> pd.Timestamp:
    """推算一件案件的期限届满日：对应日加延长、扣除，遇休息日顺延。

    参数

    - filed_on：立案日。
    - basis：执行依据。
    - case_type：案件类型。
    - has_property：有无财产。
    - applied_on：申请日。
    - extension_days：延长天数。
    - excluded_days：扣除天数。
    - clock：期限自哪一天起算；不写按各规则自己的。
    - scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。

    The last day of one case's time limit: corresponding day + extension + excluded days, moved to a working day.

    The rule is the one in force on the day of filing; ``NaT`` where none was. ``clock`` names the day from
    which it runs (default: the rule's own: filing-day, day-after-filing, filing-day-counted, application-received);
    ``scope="with-property"`` leaves cases without property without a limit, as the notice of 2006 can be read;
    ``holidays`` is a table or file of the court's own. Days, not working days, are added; rules and sources: ``limit_rules``.
    Raises ``ArgumentError`` for an unknown clock or scope and for no day.

    Parameters
    ----------
    filed_on : date or text
        The day of filing.
    basis : str
        The basis of enforcement, by code.
    case_type : str
        The type of case, by code.
    has_property : bool
        Whether there is property to enforce against.
    applied_on : date or text
        The day on which the application came in.
    extension_days : int
        Days by which the limit was extended.
    excluded_days : int
        Days that do not count.
    clock : str
        The day from which the limit runs; without it the rule's own.
    scope : str
        ``all``, or ``with-property``.
    holidays : DataFrame or path
        The court's own days off and days of work.

    Returns
    -------
    Timestamp
        The last day; ``NaT`` where no limit holds.

    >>> str(due_date("2011-08-31").date())  # no 31 February: the last day of the month
    '2012-02-29'
    >>> str(due_date("2011-04-01").date())  # 1 October is a holiday, 8 October a worked Saturday
    '2011-10-08'
    """

def limit_rules() -> pd.DataFrame:
    """列出内置的办理期限规则及出处。

    The statutory limits that the package knows, with their sources.

    Columns: ``rule, title, valid_from, valid_to, basis, months, clock, source, confidence`` (V: the text was read at
    the source; M: from memory, to be checked before it is cited).

    Returns
    -------
    DataFrame
        One row a rule.

    >>> limit_rules().set_index("rule").loc["spc-2006-non-litigation", "months"]
    np.int64(3)
    """

def late_starts(
    cases: Cases,
    *,
    periods: Periods = ...,
    calendar: _CalendarYear33 | None = ...,
    reasons: str | Path | pd.DataFrame | IntoFrame | None = ...,
    scheme: str | Path | None = ...,
    holidays: str | Path | pd.DataFrame | IntoFrame | None = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """收到案卷后超过本院规定天数才开始执行，或至今未开始的案件。

    参数

    - cases：台账（read_cases 的结果）。
    - periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日，末日）；不写为最后一个整年。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - reasons：已写明理由的案件。
    - scheme：本院选定的考核办法；不写则没有定额。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。
    - at：截至哪一天；不写为台账的截止日。
    - names：True 显示姓名和只供院内看的数字。

    Cases whose file was received in the periods and that were started after the court's own days, or not yet though these passed.

    Columns: ``case_no, officer, team, assigned_on, due_on, started_on`` (missing: not started by ``at``), ``days_late``, ``rule``;
    the latest first. ``reasons`` is a frame or file ``case_no, reason``: a case with a reason written there is left out, and
    ``attrs["with_reason"]`` counts them. ``attrs["without_assigned_on"]`` counts the cases of the register that do not say when the
    file was received, and so cannot be judged; ``attrs["without_started_on"]`` those of the periods that were closed after the last day
    with no start on record. Officers are pseudonyms unless ``names=True``. Raises ``DataError`` where the court's ``scheme``
    (default: what the register names) sets no days for starting or there is none, and where the register does not hold the
    days of receipt and start; ``InputError`` for reasons without those columns or for a case of which the register
    knows nothing.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : year, text, pair of days, or a list of them
        What to count: ``2011``, ``"2011年1—5月"``, ``"2011H1"``, ``"2011-05"``, ``("2010-01-01", "2011-12-31")``; without it the last full year.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    reasons : DataFrame or path
        Cases with a reason written down.
    scheme : str or path
        The definition set whose quotas and targets hold; without it the one that the register names.
    holidays : DataFrame or path
        The court's own days off and days of work.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    DataFrame
        One row a case.

    >>> from analysis import Cases
    >>> one = pd.DataFrame(
    ...     {"case_no": ["1"], "filed_on": ["2011-03-01"], "assigned_on": ["2011-03-01"], "started_on": ["2011-03-20"]}
    ... )
    >>> cases = Cases.from_frames(one, as_of="2011-12-31")
    >>> late_starts(cases, periods=[2011], scheme="fujin-2012")["days_late"].tolist()
    [4]
    """

def responsibility_ledger(
    cases: Cases,
    *,
    at: Day | None = ...,
    backlog: Literal[
        "either", "over-limit", "carried-over", "任一", "超期", "over the limit", "旧存", "carried over"
    ] = ...,
    plan: str | Path | pd.DataFrame | IntoFrame | None = ...,
    names: bool = ...,
    **counting: Unpack[LimitOptions],
) -> ResponsibilityLedger:
    """积案责任台账：案件、承办人、期限、责任、包案领导，缺哪一项写明。

    参数

    - cases：台账（read_cases 的结果）。
    - at：截至哪一天；不写为台账的截止日。
    - backlog：哪些算积案：over-limit（超期）、carried-over（旧存）、either（任一）。
    - plan：本院定下的案号、时限、责任表。
    - names：True 显示姓名和只供院内看的数字。
    - clock：期限自哪一天起算；不写按各规则自己的。
    - scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。
    - excluded：各案不计入期限的期间表。

    The old open cases with case, officer, time limit, duty and leading officer, and which of these five each lacks.

    ``.table`` ``case_no, filed_on, age_days, reason, officer, team, due_on, time_limit, duty, lead, lacks`` (oldest
    first; ``reason``, ``lacks`` in both languages; ``note`` where a due date rests on holidays that are not known);
    ``.summary`` ``element, cases, fixed, lacking``. An old case is ``backlog``: over its limit, carried over from an earlier year, or either.

    The register does not hold a new time limit nor a duty: ``plan`` gives them (a frame or file ``case_no, time_limit,
    duty``; headings may be Chinese). Without it the time limit shown is the statutory one while it still runs, and the duty is the
    team's. An element whose column the register lacks, and the time limit without a plan, is neither fixed nor lacking: its counts
    are missing, and the caption says so. People are
    pseudonyms unless ``names=True``. ``counting`` as for ``limits.with_limits``. Raises ``ArgumentError`` and
    ``InputError``.

    Parameters
    ----------
    cases : Cases
        The register.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    backlog : str
        ``over-limit``, ``carried-over`` or ``either``.
    plan : DataFrame or path
        ``case_no, time_limit, duty`` as the court set them.
    names : bool
        ``True`` shows people by name, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    ResponsibilityLedger
        The cases, and which element how many lack.

    >>> from analysis import Cases
    >>> people = {"officer": ["甲", "乙"], "team": [None, "一组"], "lead": [None, "丙"]}
    >>> frame = pd.DataFrame({"case_no": ["1", "2"], "filed_on": ["2011-01-04", "2011-12-01"], **people})
    >>> ledger = responsibility_ledger(Cases.from_frames(frame, as_of="2011-12-31"))
    >>> ledger.table["lacks"].str.split(chr(10)).str[0].tolist()
    ['定责任；包案领导']
    """

def officer_scorecard(
    cases: Cases,
    *,
    period: Year,
    at: Day | None = ...,
    by: _Officer43 = ...,
    adjust_for: str | Sequence[str] = ...,
    scheme: str | Path | None = ...,
    items: str | Path | pd.DataFrame | IntoFrame | None = ...,
    calendar: _CalendarYear33 | None = ...,
    seed: int = ...,
    names: bool = ...,
    **counting: Unpack[LimitOptions],
) -> OfficerScorecard:
    """承办人（或小组）的年度评分表，各项旁注期望值（院内按案件构成）和随机波动范围。

    参数

    - cases：台账（read_cases 的结果）。
    - period：年份，如2011。
    - at：截至哪一天；不写为台账的截止日。
    - by：officer（承办人）或 team（小组）。
    - adjust_for：按哪些栏目校正案件构成。
    - scheme：本院选定的考核办法；不写则没有定额。
    - items：自行登记的考核项目表。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - seed：随机数种子；同一种子结果相同。
    - names：True 显示姓名和只供院内看的数字。
    - clock：期限自哪一天起算；不写按各规则自己的。
    - scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。
    - excluded：各案不计入期限的期间表。

    The officers' (or teams') figures of a year (to ``at``), each beside its expectation by case mix and the range of chance.

    ``.table`` ``officer, measure, cases, value, numerator, denominator, expected, lower, upper``: closed;
    closed_of_filed (of the year's filings); amount_closed (元); net_closings (claim fully recovered and paid out);
    recovery (Σ recovered / Σ claimed of closed cases); days_to_start (mean from the file to the start) and
    started_late (files received in the year); over_limit (closed or still open past the limit); petitions (expected
    by cases handled). Expectation and 95% range: ``case_mix.expected_by_chance`` in the strata of ``adjust_for`` (of officers with
    ``names=True`` alone; closings also by carried over, filed before or in the last quarter). Eight officers of forty cases: most
    differences lie inside the range. It is missing where blanks (who has the cases of nobody, amounts) leave open whether a figure
    lies in it; without names both are, of closings, where the filings of the last quarter are left out. With names, ``least`` and
    ``most`` are what a figure must lie between whatever blanks hold (missing where none could change it). Officers of one name in several
    courts stand apart, with their court beside the name (outside they are left out). A measure that rests on a
    column that the register lacks is left out, and the caption says why. ``.counts`` ``officer,`` (with names) ``team, opening, filed, closed, pending``.
    ``.scheme`` ``officer, criterion, value, [least, most,] numerator, denominator, quota, met, consequence`` by the numbers of the definition
    set ``scheme`` (default: the one that the register names; without any no quota is known); officers only. ``met`` is
    missing, and nothing follows, where cases of which it is unknown could decide it, as it is, and the opening, where the register leaves out
    cases that were pending when the year began. ``.items``: a hand-kept table
    (CSV, Excel or frame with a column ``officer`` or 承办人), joined as it is.

    Without ``names=True`` officers are pseudonyms whose closings (also of the year's filings) and counts alone are shown, as far as the
    ledger of people (``people_ledger``) lets them; amounts and ``.items`` are not, and no other ``adjust_for`` or ``seed`` is taken, whose
    expectations could be compared. Raises ``ArgumentError`` and ``InputError``; ``DataError`` where no case names an officer (or team).

    Parameters
    ----------
    cases : Cases
        The register.
    period : int or text
        The statistical year.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    by : str
        ``officer`` or ``team``.
    adjust_for : list of str
        Columns that make the case mix.
    scheme : str or path
        The definition set whose quotas and targets hold; without it the one that the register names.
    items : DataFrame or path
        Items kept by hand, joined as they are.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    seed : int
        Where chance begins; the same seed gives the same numbers.
    names : bool
        ``True`` shows people by name, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    OfficerScorecard
        The figures, counts, scheme and items.

    >>> from analysis import Cases
    >>> closed = ["2011-05-01"] * 3 + [None]
    >>> frame = pd.DataFrame({"filed_on": ["2011-01-04"] * 4, "closed_on": closed, "officer": list("aabb")})
    >>> card = officer_scorecard(Cases.from_frames(frame, as_of="2011-12-31"), period=2011, names=True)
    >>> card.table[card.table["measure"] == "closed"][["value", "expected"]].values.tolist()
    [[2.0, 1.5], [1.0, 1.5]]
    """

def petitions(
    cases: Cases,
    *,
    periods: Periods = ...,
    calendar: _CalendarYear33 | None = ...,
    by: str | Sequence[str] = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> Petitions:
    """按期统计信访：收到、化解、未结，结果，由谁化解，事前是否会商。

    参数

    - cases：台账（read_cases 的结果）。
    - periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日，末日）；不写为最后一个整年。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - at：截至哪一天；不写为台账的截止日。
    - names：True 显示姓名和只供院内看的数字。

    Petitions received, resolved and pending by period; how they ended, by whose work, consulted before action or not.

    ``opening + received − resolved = pending``. The settlement rate is ``resolved_of_received`` (of the petitions received
    in the period, those resolved by its end) ÷ ``received``, with its Wilson interval; ``per_100_closed`` is received ÷
    cases closed × 100 with the exact Poisson interval. ``median_days``: receipt to resolution, of those resolved in the
    period.

    ``.table``: ``period_start, period_end, [by…], opening, received, resolved, pending, resolved_of_received,
    settlement_rate, lower, upper, median_days, consulted_before, consulted_after, not_consulted, closed, per_100_closed,
    per_100_lower, per_100_upper, note``. ``.outcomes``: period, ``outcome, petitions`` (resolved in the period).
    ``.people``: period, ``role, person, received, resolved, pending, median_days``. ``.listed``: ``petition_id, case_no,
    received_on, resolved_on, days, outcome, consultation`` (one of ``CONSULTATION``), ``officer, supervisor``.

    ``by`` are columns of the petition's case; periods as in ``indicators``; of people there is no row unless
    ``names=True`` (outside the court ``officer_scorecard`` shows petitions by officer).
    A register without petitions gives missing values and says so. Raises ``ArgumentError`` as ``indicators`` does.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : year, text, pair of days, or a list of them
        What to count: ``2011``, ``"2011年1—5月"``, ``"2011H1"``, ``"2011-05"``, ``("2010-01-01", "2011-12-31")``; without it the last full year.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    by : str or list of str
        Columns to break down by.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    Petitions
        Table, outcomes, people and list.

    >>> from analysis import Cases
    >>> register = Cases.from_frames(
    ...     {
    ...         "cases": pd.DataFrame({"case_no": ["1", "2"], "filed_on": "2010-03-01", "closed_on": "2011-05-01"}),
    ...         "petitions": pd.DataFrame(
    ...             {"case_no": ["1", "2"], "received_on": "2011-02-01", "resolved_on": ["2011-03-01", None]}
    ...         ),
    ...     },
    ...     as_of="2011-12-31",
    ... )
    >>> petitions(register, periods=[2011]).table[["received", "resolved", "pending", "settlement_rate"]].values.tolist()
    [[2.0, 1.0, 1.0, 50.0]]
    """

def recovery_rates(
    cases: Cases,
    *,
    periods: Periods = ...,
    calendar: _CalendarYear33 | None = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """到位率的三种说法：总额之比、各案到位率的平均和中位。

    参数

    - cases：台账（read_cases 的结果）。
    - periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日，末日）；不写为最后一个整年。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - at：截至哪一天；不写为台账的截止日。
    - names：True 显示姓名和只供院内看的数字。

    Return the recovery of the cases closed in a period three ways: of sums, and the mean and the median of the cases' own ratios.

    .. math:: \\text{rate of sums} = 100 \\frac{\\sum r_i}{\\sum c_i}, \\quad \\text{mean} = \\frac{100}{n} \\sum \\frac{r_i}{c_i}

    Of the n cases whose amounts claimed (above 0) and recovered are both known; ``unfilled`` counts those without the amount recovered, ``unclaimed`` those
    without a claim: of them no ratio is known, and they are in none of the three. For use inside the court: beside the rate that is
    shown outside, these would tell the amounts of the few cases that one leaves out.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : year, text, pair of days, or a list of them
        The periods; without them the last full year.
    calendar : str
        The statistical calendar; without it the register's.
    at : date or text
        The day as of which the register is asked.
    names : bool
        ``True`` for use inside the court; nothing is shown without it.

    Returns
    -------
    DataFrame
        ``period_start, period_end, cases, rate_of_sums, mean_rate, median_rate`` (percent), ``unfilled, unclaimed``.

    Raises
    ------
    ArgumentError
        Without ``names=True``.
    DataError
        For a register without amounts claimed or recovered.

    >>> rows = {"filed_on": "2011-01-04", "closed_on": "2011-03-01", "amount_claimed": [1000.0, 10.0, 10.0, None], "amount_recovered": [100.0, 10.0, 5.0, 3.0]}
    >>> found = recovery_rates(Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31"), periods=2011, names=True)
    >>> found[["cases", "rate_of_sums", "mean_rate", "median_rate", "unclaimed"]].values.round(2).tolist()
    [[3.0, 11.27, 53.33, 50.0, 1.0]]
    """

def tallies(cases: Cases, *, by: str | Sequence[str] = ..., at: Day | None = ...) -> Tallies:
    """按月汇总台账的件数（不含个人），供上交、相加，以代替移送案件。

    参数

    - cases：台账（read_cases 的结果）。
    - by：保留哪些栏目；不能是个人或案件。
    - at：截至哪一天；不写为台账的截止日。

    Count the monthly tallies of a register, by columns that name no person: what a court hands on in place of cases.

    Filed and closed cases by month (closed also by closure mode), and durations by age at entry, age at exit and outcome. Amounts
    stay in the court: whether one case outweighs the sum of a month, a sum does not tell. Labels that bear a name are replaced; ``OutputError`` where one
    should remain. Raises ``ArgumentError`` for a column that could name a person or a case.

    Parameters
    ----------
    cases : Cases
        The register.
    by : str or list of str
        Columns to keep; none that names a person or a case.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.

    Returns
    -------
    Tallies
        Sums by month, closure mode and age.

    >>> cases = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04", "2011-01-20"]}), as_of="2011-12-31")
    >>> (tallies(cases) + tallies(cases)).part("filed", (), ("on",), ("cases",))["cases"].tolist()
    [4]
    """

def shadow_stock(
    cases: Cases,
    *,
    freq: _W15 = ...,
    by: str | Sequence[str] = ...,
    calendar: _CalendarYear33 | None = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """逐期并列未结案件与终本未履行案件。

    参数

    - cases：台账（read_cases 的结果）。
    - freq：期间长短：W（周）、M（月）、Q（季）、Y（年）。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - at：截至哪一天；不写为台账的截止日。
    - names：True 显示姓名和只供院内看的数字。

    Return pending and shadow stock side by side, period by period.

    Columns ``period, [by…], pending, terminated`` (cases terminated in the period, unpaid)``, taken_up`` (terminated cases that came back)``, shadow``
    (at the period's end)``, unpaid`` (yuan)``, with_shadow`` (pending + shadow). The shadow of one period is that of the one before it plus terminated less
    taken up; it is missing, and so is what was taken up, where the register does not state the original case number. Periods are those of
    ``caseflow``. Terminations before the register begins are not in it. ``.attrs["unstated"]``: closings without
    a mode, which may be terminations
    too; ``without_amount``: terminated cases of which it is not known whether they are paid, counted as unpaid.

    Parameters
    ----------
    cases : Cases
        The register.
    freq : str
        ``W``, ``M``, ``Q`` or ``Y``.
    by : str or list of str
        Columns to break down by: court, case_type, basis.
    calendar : str
        The statistical calendar; without it the register's.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        For use inside the court: with ``unpaid``, from which the debt of a single case could be told between two periods.

    Returns
    -------
    DataFrame
        One row a period and group.

    >>> from analysis import Cases
    >>> two = pd.DataFrame({
    ...     "case_no": ["1", "2"], "filed_on": ["2015-01-05", "2015-02-05"], "closed_on": ["2015-02-20", None],
    ...     "closure_mode": ["terminated_this_round", None], "original_case_no": [None, "9"],
    ... })
    >>> shadow_stock(Cases.from_frames(two, as_of="2015-03-31"))[["pending", "shadow", "with_shadow"]].values.tolist()
    [[1, 0, 1], [1, 1, 2], [1, 1, 2]]
    """

def terminated_stock(
    cases: Cases, *, at: Day | None = ..., by: str | Sequence[str] = ..., names: bool = ...
) -> TerminatedStock:
    """某日终本而未履行的案件：案龄、金额、应做的查询、恢复执行的多少。

    参数

    - cases：台账（read_cases 的结果）。
    - at：截至哪一天；不写为台账的截止日。
    - by：按哪些栏目分组，如“承办人”“执行依据”。
    - names：True 显示姓名和只供院内看的数字。

    Count the terminated and unpaid cases of a day by age and money, the searches that are due, and how many come back.

    The share that came back within m months is that of Kaplan and Meier (1958), terminations followed until the day; limits by Greenwood's
    formula on the scale of log(−log). Expected returns of the next year are the sum over the stock of what is left of that share at each case's
    age. A case came back where another bears its number as ``original_case_no``; where the register does not state that column nothing can be
    seen to come back, which a note says.

    Raises ``ArgumentError`` for other columns, ``DataError`` for a register without closure modes.

    Parameters
    ----------
    cases : Cases
        The register.
    at : date or text, optional
        The day (default: the register's last).
    by : str or list of str
        Columns to part by: court, case_type, basis.
    names : bool
        For use inside the court: with full case numbers in the due list, and with money, which between two days would tell of a single case.

    Returns
    -------
    TerminatedStock
        The stock, the searches that are due, and the returns.

    >>> from analysis import Cases
    >>> three = pd.DataFrame({
    ...     "case_no": ["（2015）执1号", "（2015）执2号", "（2017）执恢1号"],
    ...     "filed_on": ["2015-01-05", "2015-02-05", "2017-03-01"],
    ...     "closed_on": ["2015-12-20", "2016-01-20", None],
    ...     "closure_mode": ["terminated_this_round", "terminated_this_round", None],
    ...     "original_case_no": [None, None, "（2015）执1号"],
    ...     "amount_claimed": [1000, 5000, 1000],
    ...     "amount_recovered": [0, 2000, None],
    ... })
    >>> found = terminated_stock(Cases.from_frames(three, as_of="2018-12-31"), names=True)
    >>> found.table[["age", "cases", "unpaid"]].query("cases > 0").values.tolist()
    [['2_to_3_years', 1, 3000.0]]
    >>> found.due_list["next_search_on"].dt.date.astype(str).tolist()
    ['2019-01-20']
    """

def conclusion(*results: object) -> Conclusion:
    """把结果各写成一句带数字的话，作为笔记本开头的结论。

    参数

    - results：一个或几个结果，如 observations、cycle、reconcile 等所得；每个成一句话。

    Say in a sentence each what results say, with their figures; where one cannot be had, the sentence says why.

    Takes what ``observations, cycle, terminated_stock, reconcile, compare_printed, caseflow, time_to_close, pending_ages, deadlines,
    officer_scorecard, responsibility_ledger, petitions, aid, peer_panel, funnel, check_cases, entry_quality`` return, or functions without arguments
    that return such a result. A pair of words and a result opens its sentence with the words: of whom it speaks.

    Parameters
    ----------
    *results : result, table, callable or pair of words and such
        What is to be said.

    Returns
    -------
    Conclusion
        A sentence each.

    Raises
    ------
    ArgumentError
        For something that is no such result.

    >>> from analysis.measures.caseflow import caseflow_from_counts
    >>> flow = caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> conclusion(flow)
    结论
    1. 2011年新收371件、结案383件，未结由15件减至3件。
    """

def data_review(
    cases: Cases,
    *,
    to: int | str | None = ...,
    definitions: str | Path | Sequence[str | Path] | None = ...,
    intervals: str | Path | pd.DataFrame | IntoFrame | None = ...,
    calendar: _CalendarYear33 | None = ...,
    names: bool = ...,
) -> DataReview:
    """会商用的各表：全部指标与上年同期、合理区间、是否随机波动，三项弱项的细分和案号，供院内。

    参数

    - cases：台账（read_cases 的结果）。
    - to：统计到哪个月，如“2025-05”；也可写季度、半年；不写为最近一个整月。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - intervals：本院的合理区间：指标、下限、上限（数据表或文件）。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - names：True 显示姓名和只供院内看的数字。

    Lay out what a monthly or quarterly data review looks at: the months of the year so far beside those of the year before.

    Outside, groups and sums that say too much of a case are left out, and cases are listed by number alone; for the meeting inside, ``names=True``
    shows all. An interval (合理区间) is the user's own, of ``intervals``, or else the targets of a definition set of the user's own or of
    the scheme that the court chose; none is made up. Whether a change is real or chance is what ``observations`` finds: counts
    of all cases are facts and are not tested.

    Parameters
    ----------
    cases : Cases
        The register.
    to : str
        The last month (``2025-05``), or a quarter or half-year, to whose end the year is counted; without it the last month that is over.
    definitions : str, path or list
        The definition set; without it the one that the register names.
    intervals : DataFrame or path
        The court's own intervals: ``indicator, low, high`` (指标、下限、上限), either bound may be blank.
    calendar : str
        The statistical calendar; without it the register's.
    names : bool
        ``True`` for use inside the court: groups of one or two cases, the cases behind with their teams, townships as the register writes them.

    Returns
    -------
    DataReview
        The tables of the review.

    Raises
    ------
    ArgumentError
        For a month that is none, and an interval of no indicator.
    InputError
        For a table of intervals without the columns, or without numbers.

    >>> days = ["2010-02-01"] * 60 + ["2011-02-01"] * 60
    >>> closed = ["2010-03-01"] * 50 + [None] * 10 + ["2011-03-01"] * 30 + [None] * 30
    >>> frame = pd.DataFrame({"case_no": [f"（2011）晴执字第{n}号" for n in range(120)], "filed_on": days, "closed_on": closed})
    >>> found = data_review(Cases.from_frames(frame, as_of="2011-12-31"), to="2011-05", definitions="counts")
    >>> found.caption.zh, found.weakest["indicator"].iloc[0].split(chr(10))[0], len(found.behind)
    ('2011年1—5月，与2010年1—5月比较', '结案率', 40)
    """

def definition_bridge(
    cases: Cases,
    *,
    periods: Periods,
    sets: Sequence[str | Path],
    courts: str | Sequence[str] | None = ...,
    only: str | Iterable[str] | None = ...,
    calendar: _CalendarYear33 | None = ...,
    names: bool = ...,
) -> DefinitionBridge:
    """同一批案件按几套口径各算一遍，把两年（或两院）之差拆成口径和办案两部分。

    参数

    - cases：台账（read_cases 的结果）。
    - periods：两个以上年度（或其他期间）；给了 courts 时只给一个。
    - sets：口径集：每年（或每院）一套，或一套通用。
    - courts：台账中的两家法院；此时只给一个期间。
    - only：只要哪些指标，如“结案率”。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - names：True 显示姓名和只供院内看的数字。

    Count the same cases under several definition sets, and part each change into definition and work.

    The first year is taken as printed under the first set, the second under the second, and so on; of two ``courts`` and one year the first court
    under the first set. An indicator is bridged where each set defines it.

    Parameters
    ----------
    cases : Cases
        The register.
    periods : list
        Two years or more (or other periods, as ``2011年1—5月``), or one with two ``courts``.
    sets : list
        Definition sets, by id or the path of a court's own TOML: one for each period (or court); a single one holds for all.
    courts : list of str
        Two courts of the register.
    only : str or list of str
        Indicators to take, by id or name; without it all that the sets share.
    calendar : str
        The statistical calendar; without it the register's.
    names : bool
        ``True`` for use inside the court: sums of money that say too much of a case.

    Returns
    -------
    DefinitionBridge
        ``values`` and ``bridge``, whose parts sum to the change exactly.

    Raises
    ------
    ArgumentError
        For fewer than two years or courts, a year beside others that is not over, another number of sets, and sets that share no indicator.

    >>> from analysis.cases.table import Cases
    >>> rows = {"filed_on": ["2010-02-01"] * 10 + ["2011-02-01"] * 10, "closed_on": ["2010-06-01"] * 10 + ["2011-06-01"] * 10}
    >>> rows |= {"closure_mode": ["completed"] * 8 + ["terminated_this_round"] * 2 + ["completed"] * 6 + ["terminated_this_round"] * 4}
    >>> rows |= {"amount_claimed": [100.0] * 20, "amount_recovered": [100.0] * 8 + [50.0] * 2 + [100.0] * 6 + [50.0] * 4}
    >>> register = Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> found = definition_bridge(register, periods=[2010, 2011], sets=["spc-2008", "spc-2024"], only="recovery_rate", names=True)
    >>> found.values["value"].round(2).tolist()
    [80.0, 60.0, 90.0, 80.0]
    >>> found.bridge[["value_start", "of_definition", "of_work", "value_end"]].round(2).values.tolist()[0]
    [80.0, 15.0, -15.0, 80.0]
    """

def decompose_change(
    cases: Cases,
    *,
    indicator: str = ...,
    period: Period | None = ...,
    mix_by: str | None = ...,
    definitions: str | Path | None = ...,
    calendar: _CalendarYear33 | None = ...,
    names: bool = ...,
) -> RatioChange:
    """把一个率比上年的变化拆成个案、构成和其余三部分，相加正好相等。

    参数

    - cases：台账（read_cases 的结果）。
    - indicator：指标的名称，如“结案率”。
    - period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日，末日）。
    - mix_by：按哪个栏目看构成。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - names：True 显示姓名和只供院内看的数字。

    Split the change of a ratio on the year before into single cases, the mix of cases, and the rest.

    Each part is what the ratio changes when this thing alone goes from one period's to the other's, averaged over all
    orders (Shapley value): no case counts twice, the parts add up to the change exactly. Single cases have five times the
    mean base or more, and without each its period's ratio would be another by a percentage point or more; outside the court
    as many more of the largest as keep each of them from being told. The mix is told by the breakdown that tells most: for which the part of the
    mix, and the largest part of one group within beyond its share of the base, are most together.
    Source: Shapley (1953), A value for n-person games; the page on observations.

    Raises ``ArgumentError`` for an indicator that is no such ratio, ``DataError`` where a period has no figure.

    Parameters
    ----------
    cases : Cases
        The register.
    indicator : str
        An indicator that is a ratio of two sums over cases.
    period : int, str or pair of days
        The period; without it the last full year.
    mix_by : str
        The column by which the mix is told; without it the one that tells most. Of money outside it is the closure mode, or the first column that the
        ratio is not made of itself, of one year alone, and of several courts the court: two ways to part the same cases could be subtracted.
    definitions : str or path
        The definition set; without it the one that the register names.
    calendar : str
        The statistical calendar; without it the register's.
    names : bool
        ``True`` for use inside the court: case numbers and amounts of single cases.

    Returns
    -------
    RatioChange
        The parts, in percentage points.

    >>> rows = {"filed_on": ["2010-02-01"] * 20 + ["2011-02-01"] * 20, "closed_on": ["2010-06-01"] * 20 + ["2011-06-01"] * 20}
    >>> rows |= {"closure_mode": ["completed"] * 10 + ["terminated_this_round"] * 10 + ["completed"] * 15 + ["terminated_this_round"] * 5}
    >>> rows |= {"amount_claimed": [100.0] * 40, "amount_recovered": [100.0] * 10 + [0.0] * 10 + [100.0] * 15 + [0.0] * 5}
    >>> found = decompose_change(Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31"), definitions="fujin-2012", names=True)
    >>> round(found.change, 6), {name: round(found.part(name), 6) for name in ("single_cases", "mix", "within_groups")}
    (25.0, {'single_cases': 0.0, 'mix': 25.0, 'within_groups': 0.0})
    """

def observations(
    cases: Cases,
    *,
    period: Period | None = ...,
    definitions: str | Path | Sequence[str | Path] | None = ...,
    peers: pd.DataFrame | IntoFrame | None = ...,
    returns: pd.DataFrame | IntoFrame | None = ...,
    calendar: _CalendarYear33 | None = ...,
    names: bool = ...,
) -> Observations:
    """找出一个期间值得说的事：数字、中英文句子，以及再得出它的调用。

    参数

    - cases：台账（read_cases 的结果）。
    - period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日，末日）。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - peers：其他法院的公布数字，供比较。
    - returns：公布数字（read_returns 的结果）。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - names：True 显示姓名和只供院内看的数字。

    Find what stands out in a period, in figures and in sentences of both languages, each with the call that gives it again.

    All indicators of the court, and of its cells by closure mode, basis, case type, band of the claim, township, team and
    property (of several courts by court, and not by township and team), are compared with the same period of the year before;
    those of the court also with the period before, with earlier years, with their targets, with peers and with what was published.
    Changes of complete counts are facts and are not tested. Rates are tested for random variation, the court apart from its cells, the cells
    breakdown by breakdown, with the chance of any false one held (the page on observations): where nothing changed, at most one
    register in twenty shows anything. Rows are ranked by size × surprise × weight. The verdict on the round and the change of the stock are always
    among them. Of a period that begins before the register is whole (``Cases.beginning``) nothing is told but that. No cause
    is given: the figures do not know it.

    Parameters
    ----------
    cases : Cases
        The register.
    period : int, str or pair of days
        A year of the statistical calendar, or any period; without it the last full year. One that is not over is compared up to the
        register's day.
    definitions : str, path or list
        The definition set; without it the one that the register names.
    peers : DataFrame
        Other courts' published figures, as ``read_returns`` gives them.
    returns : DataFrame
        The court's own published figures.
    calendar : str
        The statistical calendar; without it the register's.
    names : bool
        ``True`` for use inside the court: case numbers, amounts of single cases, cells of one or two cases.

    Returns
    -------
    Observations
        A row an observation.

    >>> closed = ["2010-06-01"] * 60 + [None] * 40 + ["2011-06-01"] * 95 + [None] * 5
    >>> frame = pd.DataFrame({"filed_on": ["2010-02-01"] * 100 + ["2011-02-01"] * 100, "closed_on": closed})
    >>> found = observations(Cases.from_frames(frame, as_of="2011-12-31"), period=2011, definitions="counts")
    >>> found.of_kind("stock")["sentence"].iloc[0].split(chr(10))[0]
    '未结案件由期初40件增至期末45件（增加5件）：新收100件，结案95件。'
    """

def parse_case_number(text: object) -> CaseNumber | None:
    """把案号拆成年度、法院、类型、序号；不是案号的返回 None。

    参数

    - text：案号。

    Parse a case number into its parts, or return ``None`` where the text is none.

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

def ingest(
    source: PathGiven | Iterable[PathGiven],
    out: PathGiven,
    *,
    as_of: Day | None = ...,
    columns: Mapping[str, str | Mapping[str, str]] | PathGiven | None = ...,
    corrections: PathGiven | None = ...,
    court: str | None = ...,
    court_file: PathGiven | None = ...,
    progress: Callable[[Progress], None] | None = ...,
) -> Ingested:
    """把台账整理成规范的 parquet 文件夹，以后 read_cases 直接打开。

    参数

    - source：台账的文件或文件夹。
    - out：写入的文件夹。
    - as_of：台账截至哪一天。
    - columns：自定表头与规范栏目的对应，或其 TOML 文件。
    - corrections：书记员填好更正的问题清单。
    - court：法院名称。
    - court_file：本院说明文件（court-analysis start 写出）。
    - progress：每做完一步调用一次的函数，收到一句进度。

    Bring a register into canonical parquet in the folder ``out``, which ``read_cases`` then scans as it is.

    Takes what ``read_cases`` takes, and reads it the same way; memory stays bounded. Only a number that speaks of another
    case (``original_case_no``, side tables) keeps its own writing, as no case of another year is looked up, and of a case that
    stands in two files both rows are kept (a finding), as either file may go. Cases go to
    ``cases/filed_year=Y/part-0.parquet``, sorted by court; what became of every row stands in ``sources/``. Repeated,
    it reads only files that are new or changed and rewrites only the years that they touch, and takes out the rows of
    files that are gone: ``out`` is what ``source`` says, to the byte, whether written at once, month by month, or
    after a run was killed. ``progress`` is called with ``Progress``. Raises the errors of ``read_cases``, and
    ``OutputError`` where ``out`` is a folder of something else or cannot be written.

    Parameters
    ----------
    source : path or several
        What ``read_cases`` reads.
    out : path
        The folder of canonical parquet.
    as_of : date or text
        The day to which the register is known.
    columns : mapping or path of a TOML file
        Header → column, for headers that are not known.
    corrections : path
        The workbook of ``export_findings`` as a clerk hands it back.
    court : str
        The court of rows that name none, as ``read_cases`` takes it.
    court_file : path
        The court's own file.
    progress : callable
        Called with ``Progress`` as files are read and written.

    Returns
    -------
    Ingested
        The folder, and how many rows, files and years were written.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "cases.csv").write_text("案号,立案日期,法院\\n（2011）富执字第1号,2011-01-04,甲\\n", encoding="utf-8")
    >>> ingest(folder, folder / "out").parts[["table", "filed_year", "rows"]].values.tolist()
    [['cases', 2011, 1]]
    """

def propose_court_file(
    source: PathGiven | Iterable[PathGiven],
    *,
    columns: Mapping[str, str] | None = ...,
    court_file: PathGiven | None = ...,
) -> Proposal:
    """查看台账的工作表、表头和单元格，提议本院说明文件（本院.toml）的内容。

    参数

    - source：台账的文件或文件夹。
    - columns：自定表头与规范栏目的对应，或其 TOML 文件。
    - court_file：本院说明文件（court-analysis start 写出）。

    Look at the sheets, headers and cells of a register and propose what a court's file should say.

    Nothing is decided: unknown headers are matched to the columns that the register lacks, by what their cells hold and how
    their names are alike. Court and level are taken from the register, its titles and its case numbers, the last day and the
    statistical year from its days; definitions are the national ones in force, and there is no scheme unless a person names
    one. Raises ``InputError`` for files that cannot be read.

    Parameters
    ----------
    source : path or several
        What ``read_cases`` reads.
    columns : mapping
        What a person said of headers: header → column, or an empty text for a header that is none.
    court_file : path
        The court's file so far: headers and words that it knows are known.

    Returns
    -------
    Proposal
        The proposed file, and what could not be matched.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lines = ["案号,立案日期,了结时间,怎样了结", "（2023）黑0882执1号,2023-01-04,2023-03-01,执行完毕"]
    ...     _ = Path(folder, "台账.csv").write_text("\\n".join(lines), encoding="utf-8")
    ...     found = propose_court_file(Path(folder, "台账.csv"))
    >>> found.columns[["header", "column", "found_by"]].values.tolist()[2:]
    [['了结时间', 'closed_on', 'content'], ['怎样了结', 'closure_mode', 'content']]
    >>> found.settings[["setting", "proposed"]].values.tolist()[:3]
    [['court', '富锦市人民法院'], ['level', 'basic'], ['as_of', '2023-03-01']]
    """

def read_cases(
    source: PathGiven | Iterable[PathGiven] | IntoFrame,
    *,
    as_of: Day | None = ...,
    columns: Mapping[str, str | Mapping[str, str]] | PathGiven | None = ...,
    corrections: PathGiven | None = ...,
    court: str | None = ...,
    court_file: PathGiven | None = ...,
    key_file: PathGiven | None = ...,
    engine: Literal["duckdb", "spark"] | BaseBackend = ...,
) -> Cases:
    """读入台账：文件、文件夹、通配符、几个文件，或一张数据表；每一行都有交代。

    参数

    - source：文件、文件夹、通配符、几个文件，或 pandas、polars、Arrow 的数据表。
    - as_of：台账截至哪一天。
    - columns：自定表头与规范栏目的对应，或其 TOML 文件。
    - corrections：书记员填好更正的问题清单。
    - court：没有写法院名的行属于哪家法院。
    - court_file：本院说明文件（court-analysis start 写出）。
    - key_file：存有承办人代号密钥的文件。
    - engine：计算引擎：duckdb、spark，或已连接的 Ibis 后端。

    Read a register from a file, a folder, a glob pattern, several of these, or a dataframe, and account for every row.

    Formats: xlsx, xls (web pages and XML of that name too), ods, csv/tsv (UTF-8, GB18030, UTF-16), parquet, DuckDB. Title
    rows, two-row headers, merged cells and totals are understood; ``rows = kept + quarantined + skipped`` in ``cases.inputs``, always.

    Parameters
    ----------
    source : path or several, or a dataframe
        A dataframe of pandas, polars or Arrow is read as a file with its headers would be.
        Sheets are told apart as cases, petitions, coercive measures and aid by their headers and names.
    as_of : date
        The day to which the register is known. A folder's ``register.toml`` may say it (``as_of``, ``synthetic``,
        ``court``, ``pseudonym_key``, ``definitions``, ``scheme``).
    columns : mapping or path of a TOML file
        Header → column for headers that are not known (or column → header); by table, or for all tables.
    corrections : path
        The workbook of ``export_findings`` as a clerk hands it back; ``cases.corrections`` says what was applied.
    court : str
        The court of rows that name none, where no row names another; else those rows are of no court.
    court_file : path
        The court's own file (``court-analysis start`` writes it): what its headers and words mean, its name, last day,
        definition set and scheme. What the call says goes before all, a folder's ``register.toml`` before the court's file.
    key_file : path
        A file that holds the key of the officers' pseudonyms (its bytes, trimmed); else ``register.toml`` may hold one.
    engine : str or Ibis backend
        ``"duckdb"``, ``"spark"`` or a connected Ibis backend to hold the tables. A folder that ``ingest`` wrote is
        scanned where it is, on any of them, and holds what ``ingest`` was told of columns, words, courts and corrections:
        what the call says otherwise is refused.

    Returns
    -------
    Cases
        The register: its tables, and what became of every row.

    Raises
    ------
    InputError
        No such file, an unreadable or changing file, no header understood, a needed column absent.
    ArgumentError
        ``as_of`` neither given nor said by the register.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "台账.csv")
    ...     lines = ["案号,立案日期,结案日期", "（2011）执字第1号,2011-01-04,2011-03-01", "（2011）执字第2号,2011-02-30,", "合计,2,1"]
    ...     _ = file.write_text("\\n".join(lines), encoding="utf-8")
    ...     cases = read_cases(file, as_of="2011-12-31")
    >>> cases.inputs[["rows", "kept", "quarantined", "skipped"]].values.tolist()  # the header and the total are skipped
    [[4, 1, 1, 2]]
    >>> cases.quarantine[["row", "field"]].values.tolist()  # 30 February
    [[3, 'filed_on']]
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"案号": ["（2011）执字第1号"], "立案日期": ["2011-01-04"], "承办人": ["甲"]})
    >>> len(read_cases(frame, as_of="2011-12-31"))
    1
    """

def make_key(folder: PathGiven) -> Path:
    """生成一次承办人代号的密钥，放在台账或本院说明文件旁。

    参数

    - folder：文件夹。

    Make the key of a court's pseudonyms, once: the file ``pseudonym.key`` beside the register or the court's file.

    It is found there ever after, the register's own before that of the court. With it an officer has the same pseudonym in every
    report, whatever the year. It is as secret as the names. Raises ``OutputError`` where there is one already, for another would
    give everybody another pseudonym, and for no folder.

    Parameters
    ----------
    folder : path
        The folder of the register, or of the court's file.

    Returns
    -------
    Path
        The file of the key.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     make_key(folder).name
    'pseudonym.key'
    """

def verify_ingested(source: PathGiven) -> pd.DataFrame:
    """逐字节核对入库的台账，一行一个文件，有损坏的写明。

    参数

    - source：入库的台账文件夹。

    Check an ingested register to the last byte and return one row a file, with what is wrong with it.

    Compares the SHA-256 of every file, the checksum of every page of parquet and the number of rows with what ``ingest``
    wrote. ``read_cases`` checks sizes and CRC-32 of all files whenever it opens the folder.

    Parameters
    ----------
    source : path
        The folder that ``ingest`` wrote.

    Returns
    -------
    DataFrame
        ``file, bytes, problem`` (empty where it is sound, in both languages)``, sources`` (whose rows it holds: those to be read again).

    Raises
    ------
    ArgumentError
        The folder is no ingested register.
    InputError
        Its manifest is damaged.

    >>> import tempfile
    >>> from analysis.register.ingest import ingest
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "cases.csv").write_text("案号,立案日期,法院\\n（2011）富执字第1号,2011-01-04,甲\\n", encoding="utf-8")
    >>> _ = ingest(folder, folder / "out")
    >>> part = folder / "out/cases/filed_year=2011/part-0.parquet"
    >>> _ = part.write_bytes(part.read_bytes().replace(b"PAR1", b"PAR2"))
    >>> found = verify_ingested(folder / "out")
    >>> found.loc[found["problem"] != "", ["file", "sources"]].values.tolist()
    [['cases/filed_year=2011/part-0.parquet', 'cases.csv']]
    """

def build_bulletin(
    cases: Cases,
    *,
    period: Period,
    out: str | Path | None = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    formats: _Html15 | Sequence[_Html15] = ...,
    template: str | Path | None = ...,
    interactive: bool = ...,
    progress: Callable[[str], None] | None = ...,
    **asked: Unpack[BulletinOptions],
) -> Published:
    """写出周、月、季、年通报到文件夹。

    参数

    - cases：台账（read_cases 的结果）。
    - period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日，末日）。
    - out：写入的文件夹。
    - language：“zh”或“en”；不写用当前语言。
    - formats：格式：html、pdf、docx、pptx、xlsx。
    - template：Word、PowerPoint 模板。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - progress：每做完一步调用一次的函数，收到一句进度。
    - clock：期限自哪一天起算；不写按各规则自己的。
    - scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。
    - excluded：各案不计入期限的期间表。
    - evaluation：上级法院的评估表。
    - items：自行登记的考核项目表。
    - scheme：本院选定的考核办法；不写则没有定额。
    - returns：公布数字（read_returns 的结果）。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - names：True 显示姓名和只供院内看的数字。

    Write the bulletin of a week, month, quarter, half-year, cumulative months or year into a folder (default ``reports/bulletin-<period>``).

    ``period`` and the further arguments are those of ``bulletin``; formats are those of ``build_report``. The same input gives the
    same bytes. Raises ``ArgumentError`` for an unknown period or format, ``OutputError`` where nothing can be written, ``InputError``
    for a column of the register in which nothing can be read.

    Parameters
    ----------
    cases : Cases
        The register.
    period : text
        A day (its week), month, quarter, half-year (``2011年上半年``), cumulative months (``2011年1—5月``) or year.
    out : path
        The folder to write into.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    formats : list of str
        ``html``, ``xlsx``, ``pdf``, ``docx``, ``pptx``.
    template : path
        The office's own .docx for Word.
    interactive : bool
        ``True`` draws the charts of the HTML with plotly, which can be zoomed and makes the page 5 MB larger.
    progress : callable
        Told of each part that is done.
    **asked
        As ``bulletin`` takes them: ``evaluation`` (the higher court's table), ``items`` (kept by hand), ``scheme`` (the definition set whose
        quotas and targets hold), ``returns`` (printed figures), ``calendar`` (the statistical calendar), ``names`` (``True`` for use inside
        the court), and ``clock``, ``scope``, ``holidays``, ``excluded`` (how limits are counted).

    Returns
    -------
    Published
        Folder, files, manifest and content.

    >>> import tempfile
    >>> import pandas as pd
    >>> import analysis as an
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     published = build_bulletin(cases, period="2011-12", out=folder, formats=["xlsx"])
    >>> [path.name for path in published.files]
    ['bulletin-2011-12.zh.xlsx']
    """

def build_data_review(
    cases: Cases,
    *,
    to: int | str | None = ...,
    out: str | Path | None = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    formats: _Html15 | Sequence[_Html15] = ...,
    template: str | Path | None = ...,
    definitions: str | Path | Sequence[str | Path] | None = ...,
    intervals: str | Path | pd.DataFrame | IntoFrame | None = ...,
    former: str | Path | None = ...,
    calendar: _CalendarYear33 | None = ...,
    names: bool = ...,
    progress: Callable[[str], None] | None = ...,
) -> Published:
    """写出会商材料到文件夹：Word（附纪要表）和八至十页幻灯片，供院内。

    参数

    - cases：台账（read_cases 的结果）。
    - to：统计到哪个月，如“2025-05”；也可写季度、半年；不写为最近一个整月。
    - out：写入的文件夹。
    - language：“zh”或“en”；不写用当前语言。
    - formats：格式：html、pdf、docx、pptx、xlsx。
    - template：Word、PowerPoint 模板。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - intervals：本院的合理区间：指标、下限、上限（数据表或文件）。
    - former：上次会商材料（Word），纪要表已填。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - names：True 显示姓名和只供院内看的数字。
    - progress：每做完一步调用一次的函数，收到一句进度。

    Write the data review (会商) of the months of the year so far: a Word document with the minutes to fill in, and a deck of 8–10 slides.

    Every indicator stands beside the year before and the court's own interval with its position, its way, and whether the change is real or
    chance; the three weakest with team, basis, township and the numbers of the cases behind; questions with blanks for cause and measure; the table of
    minutes. ``former`` is the Word document of the last review with its minutes filled in: the next one opens with them. It is for the meeting inside the court
    and passes the gate of what leaves it, unless ``names=True``. The same input gives the same bytes.

    Parameters
    ----------
    cases : Cases
        The register.
    to : str
        The last month (``2025-05``), quarter or half-year; without it the last month that is over.
    out : path
        The folder to write into; default ``reports/data-review-<month>``.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    formats : list of str
        ``docx``, ``pptx``.
    template : path
        The office's own .docx for Word.
    definitions : str, path or list
        The definition set; without it the one that the register names.
    intervals : DataFrame or path
        The court's own intervals: ``indicator, low, high`` (指标、下限、上限).
    former : path
        The Word document of the former review, its minutes filled in.
    calendar : str
        The statistical calendar; without it the register's.
    names : bool
        ``True`` shows townships and teams as the register writes them, and what the meeting wrote into the former minutes.
    progress : callable
        Told of each part that is done.

    Returns
    -------
    Published
        Folder, files, manifest and content.

    Raises
    ------
    ArgumentError
        For a month that is none, an unknown format, an interval of no indicator.
    InputError
        For a former document without minutes, and a column of the register in which nothing can be read.
    OutputError
        Where nothing can be written.

    >>> import tempfile
    >>> import analysis as an
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-04-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     published = build_data_review(cases, to="2011-05", out=folder, formats=["docx"], definitions="counts")
    >>> [path.name for path in published.files]
    ['data-review-2011-05.zh.docx']
    """

def publish_notebook(
    source: str | Path,
    parameters: Mapping[str, object] | None = ...,
    *,
    out: str | Path | None = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    formats: _Html15 | Sequence[_Html15] = ...,
    template: str | Path | None = ...,
    progress: Callable[[str], None] | None = ...,
    names: bool = ...,
    own_figures: bool = ...,
    court_file: str | Path | None = ...,
) -> Published:
    """运行笔记本，把所示的内容（不含代码）发布成各种格式。

    参数

    - source：笔记本。
    - parameters：代入笔记本参数单元的值。
    - out：写入的文件夹。
    - language：“zh”或“en”；不写用当前语言。
    - formats：格式：html、pdf、docx、pptx、xlsx。
    - template：Word、PowerPoint 模板。
    - progress：每做完一步调用一次的函数，收到一句进度。
    - names：True 显示姓名和只供院内看的数字。
    - own_figures：True 表示已确认笔记本自算的数字可以公布。
    - court_file：本院说明文件（court-analysis start 写出）。

    Run a notebook from top to bottom and publish what it shows, without its code, in the formats of ``build_report``.

    ``parameters`` replace those that the cell tagged ``parameters`` assigns; a name that it does not assign is an error. One called
    ``language`` is that of the report, unless it is given.
    A path among them is one from the working folder. The notebook runs in a folder of its own with copies of the files that lie
    beside it: what it writes is published beside the report, and nothing of the user's is written over.
    Markdown becomes headings and paragraphs, tables become tables, pictures figures. Of a notebook in both languages (a bold
    line under each Chinese heading is its English, as many paragraphs follow in each) one stands. The default folder is
    ``reports/<name of the notebook>``. What it shows passes the gate of all that leaves the court: ``names=True`` is refused in
    its calls, and nothing is published where its outputs (texts, tables, words in pictures, files that it wrote) hold a name
    or a free text of the registers that it read; ``names=True`` here makes a document for use inside. Figures that it works out
    by itself from the cases row by row (``cases.table``, a register's file read without the package) have passed no gate: it
    is refused, unless ``own_figures=True`` says that somebody looked at them for small counts and sums of few cases, which the
    manifest keeps.

    Raises ``InputError`` for a file or a parameter cell that cannot be read, ``ArgumentError`` for an unknown parameter or
    format, ``OutputError`` where a cell fails, where what stays in the court would be published, or nothing can be written.

    Parameters
    ----------
    source : path
        The notebook.
    parameters : mapping
        Values in place of those that the cell of parameters assigns.
    out : path
        The folder to write into.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    formats : list of str
        ``html``, ``xlsx``, ``pdf``, ``docx``, ``pptx``.
    template : path
        The office's own .docx for Word.
    progress : callable
        Told of each part that is done.
    names : bool
        ``True`` makes a document for use inside the court, which may show names.
    own_figures : bool
        ``True`` confirms that no figure that the notebook works out from single cases points at a person or a case.
    court_file : path
        The court's own file; without it the ``本院.toml`` of the working folder.

    Returns
    -------
    Published
        Folder, files, manifest and content.

    >>> import json
    >>> import tempfile
    >>> from nbformat import v4
    >>> year = v4.new_code_cell("year = 2010", metadata={"tags": ["parameters"]})
    >>> book = v4.new_notebook(cells=[v4.new_markdown_cell("# 新收"), year, v4.new_code_cell("print(year)")])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "新收.ipynb").write_text(json.dumps(book), encoding="utf-8")
    ...     published = publish_notebook(f"{folder}/新收.ipynb", {"year": 2011}, out=f"{folder}/out", formats=["html"])
    ...     "2011" in published.files[0].read_text(encoding="utf-8")
    True
    """

def to_excel(tables: Mapping[str, pd.DataFrame | IntoFrame] | pd.DataFrame | IntoFrame, path: PathGiven) -> Path:
    """把表存为工作簿：中文表头、用词和单位，数是数，日期是日期。

    参数

    - tables：表（pandas、polars 等），或“工作表名：表”的对应。
    - path：写入的工作簿（.xlsx）。

    Save tables as a workbook with headings, codes and units in the language spoken, numbers as numbers.

    Rates stand in percent, days as days, a missing value is a blank cell; what a table says of itself (``attrs["notes"]``) stands above it.
    An index with a name or of words becomes columns, a span of time a number of days; a whole number of more than 15 digits is text, so that Excel
    keeps them all. No cell is a formula.

    Parameters
    ----------
    tables : DataFrame or mapping
        One table of any library, or tables by the name of their sheet.
    path : path
        The workbook to write (.xlsx); one that is there is replaced.

    Returns
    -------
    Path
        The workbook.

    Raises
    ------
    ArgumentError
        A name that Excel does not take for a sheet, or twice the same.
    OutputError
        The file cannot be written; what stood there stays.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = pd.DataFrame({"filed": [3], "share": [0.5], "basis": ["civil"]})
    ...     pd.read_excel(to_excel({"收结": table}, Path(folder, "表.xlsx")), header=2, engine="openpyxl").to_dict("records")
    [{'新收': 3, '占比（%）': 50, '执行依据': '民事'}]
    """

def verify_report(
    folder: str | Path,
    cases: Cases,
    *,
    returns: pd.DataFrame | IntoFrame | None = ...,
    peers: pd.DataFrame | IntoFrame | None = ...,
    definitions: str | Path | None = ...,
    scheme: str | Path | None = ...,
    holidays: str | Path | pd.DataFrame | IntoFrame | None = ...,
    earlier: Sequence[str | Path] | None = ...,
    template: str | Path | None = ...,
) -> pd.DataFrame:
    """把已发布的报告再做一遍，列出不一致之处；没有就是空表。

    参数

    - folder：文件夹。
    - cases：台账（read_cases 的结果）。
    - returns：公布数字（read_returns 的结果）。
    - peers：其他法院的公布数字，供比较。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - scheme：本院选定的考核办法；不写则没有定额。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。
    - earlier：以前发布的报告，用于列出口径或数字的变动。
    - template：Word、PowerPoint 模板。

    Rebuild a published report and list what differs, the cause before its consequences; empty if nothing does.

    The inputs are those of ``build_report``; the earlier reports that it was compared with are looked for beside it
    unless they are named. Columns: ``part`` (inputs, versions, parameters, register, figures, exhibits, files), ``name``,
    ``published``, ``rebuilt``, ``note``. Raises ``InputError`` for a folder without a report's manifest, and where an earlier report,
    a template or a file of definitions is needed that was not given.

    Parameters
    ----------
    folder : path
        The folder of the report.
    cases : Cases
        The register.
    returns : DataFrame
        Printed figures, as ``read_returns`` gives them.
    peers : DataFrame
        Other courts' printed figures, as ``read_returns`` gives them.
    definitions : str or path
        The court's own definition set that it was made with; without it the one that the register names.
    scheme : str or path
        The court's own scheme that it was made with; without it the one that the register names.
    holidays : DataFrame or path
        The table of days off that it was made with; without it those that the court's file names.
    earlier : list of paths
        The earlier reports that it was compared with.
    template : path
        The office's own .docx for Word.

    Returns
    -------
    DataFrame
        One row a difference.

    >>> import tempfile
    >>> import pandas as pd
    >>> import analysis as an
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = an.build_report(cases, period=2011, out=folder, formats=["xlsx"])
    ...     verify_report(folder, cases).empty
    True
    """

def build_report(
    cases: Cases,
    *,
    period: Year | None = ...,
    returns: pd.DataFrame | IntoFrame | None = ...,
    peers: pd.DataFrame | IntoFrame | None = ...,
    definitions: str | Path | None = ...,
    scheme: str | Path | None = ...,
    quotas: bool = ...,
    calendar: _CalendarYear33 | None = ...,
    holidays: str | Path | pd.DataFrame | IntoFrame | None = ...,
    out: str | Path | None = ...,
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...,
    formats: _Html15 | Sequence[_Html15] = ...,
    earlier: Sequence[str | Path] | None = ...,
    template: str | Path | None = ...,
    interactive: bool = ...,
    progress: Callable[[str], None] | None = ...,
) -> Published:
    """写出年度报告（网页、PDF、Word、幻灯片、Excel）到文件夹。

    参数

    - cases：台账（read_cases 的结果）。
    - period：年份，如2011。
    - returns：公布数字（read_returns 的结果）。
    - peers：其他法院的公布数字，供比较。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - scheme：本院选定的考核办法；不写则没有定额。
    - quotas：True 列入按人的定额（须有考核办法）。
    - calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
    - holidays：自备的放假安排表（最新通知尚未收录时用）。
    - out：写入的文件夹。
    - language：“zh”或“en”；不写用当前语言。
    - formats：格式：html、pdf、docx、pptx、xlsx。
    - earlier：以前发布的报告，用于列出口径或数字的变动。
    - template：Word、PowerPoint 模板。
    - interactive：True 用 plotly 画交互图；否则画供印刷的图。
    - progress：每做完一步调用一次的函数，收到一句进度。

    Write the yearly report of a court into a folder (default ``reports/<year>``), in one language.

    ``returns`` are the figures that the court printed, ``peers`` those of other courts; a section whose input is missing
    says so. ``period`` is the last full year of the register unless given. ``definitions`` and ``scheme`` are those of the
    court: without them what the register names, else the national definitions in force and no quotas, targets or limits of
    its own. ``earlier`` are folders of earlier reports, or their manifests, whose figures are compared with today's (default: those of earlier
    years beside ``out``); an edition of the same year that was handed out is named here; ``template`` is the
    office's own .docx for Word. The same input gives the same bytes. Raises ``ArgumentError`` for an unknown format,
    language or year and for a template without Word, ``InputError`` for an earlier report that is none, ``OutputError``
    for a template that is no Word document and where nothing can be written; the last good report then still stands.

    Parameters
    ----------
    cases : Cases
        The register.
    period : int or text
        The year (2011); without it the last full year of the register.
    returns : DataFrame
        Printed figures, as ``read_returns`` gives them.
    peers : DataFrame
        Other courts' printed figures, as ``read_returns`` gives them.
    definitions : str or path
        The definition set, or the path of the court's own.
    scheme : str or path
        The definition set whose quotas and targets hold; without it the one that the register names.
    quotas : bool
        ``True`` shows the court's quotas on persons; without it a report that leaves the court holds none.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    holidays : DataFrame or path
        Days off and worked weekends beyond those published; without it those that the court's file names.
    out : path
        The folder to write into.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    formats : list of str
        ``html``, ``xlsx``, ``pdf``, ``docx``, ``pptx``.
    earlier : list of paths
        Earlier reports whose figures are compared; without it those beside ``out``.
    template : path
        The office's own .docx for Word.
    interactive : bool
        ``True`` draws the charts of the HTML with plotly, which can be zoomed and makes the page 5 MB larger.
    progress : callable
        Told of each part that is done.

    Returns
    -------
    Published
        Folder, files, manifest and content.

    >>> import tempfile
    >>> import pandas as pd
    >>> import analysis as an
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     published = build_report(cases, period=2011, out=folder, formats=["xlsx"])
    >>> [path.name for path in published.files]
    ['report-2011.zh.xlsx']
    """

def read_returns(
    source: Returns | IntoFrame | Iterable[Returns | IntoFrame],
    *,
    columns: Mapping[str, str] | None = ...,
    definitions: Sets = ...,
    court: str | None = ...,
) -> pd.DataFrame:
    """读入公布的数字（司法统计报表、通报），一行一家法院一个期间。

    参数

    - source：一个或几个文件，或现成的表。
    - columns：自定表头与规范栏目的对应，或其 TOML 文件。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
    - court：没有写法院名的行属于哪家法院。

    Read printed figures from one or several csv or workbook files (or a table at hand) as one table of text.

    One row is a court, scope and period as one source printed it. Every value stays text with its printed digits
    (``99.50`` stays ``99.50``); thousands separators, a percent sign and full-width characters are put aside.
    Amounts are 万元 and rates percent unless the row's ``unit`` (件, 万件, 亿元, ‰ …) or the value itself
    (``5.42亿元``) says otherwise. Percent cells of a workbook come as they are shown (0.8491 as 84.91); its other numbers
    come without trailing zeros: format such cells as text.

    Parameters
    ----------
    source : path, DataFrame, or several of them
        What ``read_cases`` reads: csv in any encoding, xlsx, xls, ods (the first sheet that is not hidden). Chinese headings are understood
        (受理案件总数, 结案率（%）, 受理同比; 年度 or 期间 for both days in one cell), a unit in a heading holds for its column
        (到位金额（亿元）), and the lines above the header say the period of a table that has no column of it
        (2025年1—11月全市法院执行案件情况表). The usual statement with indicators down the side
        (指标 | 2023年 | 2024年 | 同比, the court in the title above; 本年 | 上年同期 of the period in the title or the file's name),
        or with courts or one value across (指标 | 本院 | 全市平均, 指标 | 数值), is read too; ``write_returns_template`` writes the first two forms.
    columns : mapping, optional
        Heading in the file → column name here, for headings that are not known.
    definitions : str, Path or several, optional
        Definition sets or TOML files whose rates and counts are known by their names, besides those that ship.
    court : str, optional
        The court of a table that names none, neither in a column nor in its title; rows that name it in short are of it too.

    Returns
    -------
    DataFrame
        All of ``RETURN_COLUMNS`` (missing ones as NA), then any other columns, then ``file`` and ``row`` (the line in
        the file). ``period_start`` and ``period_end`` are ISO dates as text. A measure may have a companion
        ``<measure>_change``: its change against the same period of last year, percent of counts and amounts,
        percentage points of rates; ``<measure>_difference`` is that change in cases or 万元. ``parent`` names the scope
        that a row's scope is a part of, ``complete`` (是) says that the parts listed are all of it.
        ``attrs["not_understood"]`` lists the headings over figures that are no measure, each with its file and the nearest known.
        ``attrs["number_formats"]`` lists ``file, heading, shown_in, cells``: how many cells of a workbook were read as shown in ``%``, ``万元`` ….

    Raises
    ------
    InputError
        Missing or unreadable file, no ``court`` column, an unreadable date, a printed value that is no number; a column
        of rates that all lie between 0 and 1 without a percent sign, which may be 84.91% or 0.8491%.

    Examples
    --------
    >>> table = read_returns(pd.DataFrame({"法院": ["富锦市人民法院"], "受理": ["1,714"], "结案率": ["99.50%"]}))
    >>> table[["court", "received", "closure_rate", "row"]].values.tolist()
    [['富锦市人民法院', '1714', '99.50', 1]]
    """

def read_statement(
    text: str,
    *,
    court: str | None = ...,
    published: str | date | None = ...,
    source: str | None = ...,
    definitions: Sets = ...,
) -> Statement:
    """把通报、工作报告中的一段文字读成报表的行，供人核对确认。

    参数

    - text：一段文字。
    - court：法院名称。
    - published：公布日期。
    - source：出处，记入每一行。
    - definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。

    Read a paragraph of a statistics bulletin, Chinese or English, as rows of a returns table, for a person to confirm.

    Recognised are courts, periods, scopes, 旧存 新收 受理 结案 未结, amounts, rates, petitions and changes on last year; a figure
    of the year before beside one (上年同期99件, 由2017年的37件降到9件) stands in the row of its own time.
    今年 and 去年 need the day of publication: ``published``, or a 发布时间 in the text; without it, and where a text says
    2010年以来 without an end, the day stays empty and the row's note says so.

    Parameters
    ----------
    text : str
        The paragraph, or several.
    court : str, optional
        The court, where the text names none.
    published : date, optional
        The day of publication.
    source : str, optional
        Goes into the rows' ``source``.
    definitions : str, Path or sequence of them, optional
        Definition sets or a court's own TOML file, the names of whose rates are read, too.

    Returns
    -------
    Statement
        ``.rows`` (a returns table), ``.places``, ``.unplaced``; ``text[start:end]`` is the place of each number.

    Raises
    ------
    ArgumentError
        ``published`` is no day.

    Examples
    --------
    >>> said = read_statement("1-12月共受理诉讼案件6380件(含旧存214件),同比上升3.85%,结案6201件,结案率97.19%")
    >>> said.rows[["scope", "opening", "received", "received_change", "closed", "closure_rate"]].values.tolist()
    [['诉讼案件', '214', '6380', '3.85', '6201', '97.19']]
    >>> len(said.unplaced)
    0
    >>> said = read_statement("In 2021 the court accepted 386 enforcement cases and closed 383, a closure rate of 99.22%.")
    >>> said.rows[["scope", "period_start", "received", "closed", "closure_rate"]].values.tolist()
    [['执行案件', '2021-01-01', '386', '383', '99.22']]
    """

def write_returns_template(
    path: str | PathLike[str], *, court: str | None = ..., periods: int | Sequence[int] = ..., vertical: bool = ...
) -> Path:
    """写出填报公布数字用的工作簿模板，附每个表头的含义。

    参数

    - path：文件或文件夹。
    - court：法院名称。
    - periods：竖排格式的各年。
    - vertical：True 用竖排格式（指标为行，年份为列）。

    Write a workbook for printed figures: the sheet to fill in, and a sheet that says what each heading means.

    Its headings are in the language spoken. By default a row is a court, scope and period; ``vertical`` gives the usual
    statement with indicators down the side, a column for each of ``periods``, and the court in its title. What is filled in
    ``read_returns`` reads.

    Parameters
    ----------
    path : path
        The workbook to write (.xlsx), which must not be there yet.
    court : str, optional
        The court of the statement's title.
    periods : years
        The years across the statement.
    vertical : bool
        Indicators down the side.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    OutputError
        The file exists or cannot be written, or its name does not end in .xlsx.

    >>> import tempfile
    >>> from analysis.returns.reading import read_returns
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     form = write_returns_template(Path(folder) / "公布数字.xlsx", court="青石县人民法院")
    ...     len(read_returns(form))  # nothing is filled in yet
    0
    """

def sample_path(name: str = ...) -> Path:
    """示例数据所在的文件夹或其中的文件。

    参数

    - name：示例中文件的名称。

    Return where the sample data lie: the folder, or one file or folder in it by name.

    An installed package holds them beside its code, a checkout at its top.

    Parameters
    ----------
    name : str
        A file or folder of the sample; without it the whole.

    Returns
    -------
    Path
        Where it lies.

    Raises
    ------
    ArgumentError
        For a name that the sample has not; the message lists what it has.

    >>> sorted(path.name for path in sample_path("register").glob("*.csv"))
    ['aid.csv', 'cases.csv', 'coercive_measures.csv', 'petitions.csv']
    """

def write_sample(out: str | Path, *, seed: int = ...) -> Path:
    """把合成的示例台账和同类法院数据写入文件夹。

    参数

    - out：写入的文件夹。
    - seed：随机数种子；同一种子结果相同。

    Write the synthetic register, panel and their truths into a folder and return the folder.

    ``register/`` (cases, petitions, coercive measures, aid), ``truth.toml``, ``panel.csv``, ``panel_truth.csv``.

    CSV in UTF-8 with a byte order mark, Chinese headers and codes, ISO dates, yuan with two decimals; the same seed
    gives the same bytes. Raises ``OutputError`` where the folder cannot be written.

    Parameters
    ----------
    out : path
        The folder to write into.
    seed : int
        Where chance begins; the same seed gives the same numbers.

    Returns
    -------
    Path
        The folder.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sorted(path.name for path in write_sample(folder).iterdir())
    ['panel.csv', 'panel_truth.csv', 'register', 'truth.toml']
    """

def write_national(
    out: str | Path,
    *,
    courts: int = ...,
    cases: int = ...,
    seed: int = ...,
    order: Literal["court", "mixed", "按法院", "by court", "打乱"] = ...,
    progress: Callable[[int, int], None] | None = ...,
) -> Path:
    """写出合成的全国台账（2006–2011年）及其真值。

    参数

    - out：写入的文件夹。
    - courts：法院数。
    - cases：案件总数。
    - seed：随机数种子；同一种子结果相同。
    - order：行的次序：court（按法院）或 mixed（打乱）。
    - progress：每做完一步调用一次的函数，收到一句进度。

    Write a synthetic national register of 2006–2011 and the truth behind it, in bounded memory; returns ``out``.

    ``out`` is a register that ``read_cases`` takes: ``cases-00000.parquet`` … in canonical columns and codes, rows in
    order of court or, with ``order="mixed"``, dealt out over all courts; the same cases either way, whatever the
    machine's number of threads. ``truth/courts.feather`` has a row a court (``landscape``), ``truth/months.feather``
    its filings by month: tables for ``pandas.read_feather``, which a register's reader passes over.
    ``progress(done, cases)`` is called after each chunk.

    Raises ``ArgumentError`` for fewer cases than courts or an unknown order, ``OutputError`` where ``out`` exists or cannot be written.

    Parameters
    ----------
    out : path
        The folder to write into.
    courts : int
        How many courts.
    cases : int
        How many cases.
    seed : int
        Where chance begins; the same seed gives the same numbers.
    order : str
        ``court`` or ``mixed``.
    progress : callable
        Called with the cases done and all cases.

    Returns
    -------
    Path
        The folder.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = write_national(f"{folder}/全国", courts=3, cases=30)
    ...     sorted(path.name for path in made.iterdir())
    ['cases-00000.parquet', 'register.toml', 'truth']
    """

def sample_panel(seed: int = ...) -> tuple[pd.DataFrame, pd.DataFrame]:
    """六十家合成法院2011年的报表及其真值。

    参数

    - seed：随机数种子；同一种子结果相同。

    Sixty synthetic courts in 2011 as a returns table, and the true rates behind them.

    The first table has the columns of a return (every value text) and ``enforced`` (closings enforced, a count); the
    second ``court, true_closure_rate, true_enforcement_rate`` (percent) and ``outlier`` (low, high or none). Closings are
    drawn case by case from the true rates, so all other differences are chance.

    Parameters
    ----------
    seed : int
        Where chance begins; the same seed gives the same numbers.

    Returns
    -------
    tuple of DataFrame
        The returns, and the truth behind them.

    >>> panel, truth = sample_panel()
    >>> len(panel), (truth["outlier"] != "none").sum().item()
    (60, 4)
    """

def sample_register(seed: int = ...) -> dict[str, pd.DataFrame]:
    """合成的示例台账（各表）。

    参数

    - seed：随机数种子；同一种子结果相同。

    The synthetic register: frames ``cases``, ``petitions``, ``coercive_measures``, ``aid`` in canonical columns.

    The same seed gives the same frames on every platform. Whatever the seed, the totals of 2010 and 2011 are those that
    the court printed; raises ``DataError`` for one of the few seeds whose amounts cannot come to them.

    Parameters
    ----------
    seed : int
        Where chance begins; the same seed gives the same numbers.

    Returns
    -------
    dict of DataFrame
        The four tables.

    >>> {name: len(table) for name, table in sample_register().items()}["cases"]
    2000
    """

def definitions(sets: str | Path | Iterable[str | Path] | None = ...) -> pd.DataFrame:
    """列出各口径集中的全部指标定义，一行一个定义。

    参数

    - sets：口径集的名称或 TOML 文件。

    Return every definition of every set that ships (or of the sets and TOML files named), one row a definition.

    Columns: ``set, id, indicator, variant, zh, en, kind, formula, population, window, unit, direction, target, valid_from,
    valid_to, interval, confidence`` (V: read in the source; P: name read, formula inferred; M: unverified, not computed; own),
    ``computed, source, note``, ``why`` it matters, how it can be ``played``, who ``checked`` it, when to look again (``review``).
    ``formula``, ``population``, ``note`` and these four hold both languages. Raises as ``definition_set``.

    Parameters
    ----------
    sets : str, path or list
        Sets by id, or TOML files; without it all that ship.

    Returns
    -------
    DataFrame
        One row a definition.

    >>> definitions("cepej").set_index("id").loc["case_turnover", "formula"].splitlines()
    ['结案 ÷ 未结', 'closed ÷ closing']
    """

def speaking(
    language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None,
) -> AbstractContextManager[Language]:
    """在 with 代码块中换用一种语言。

    参数

    - language：“zh”或“en”；不写用当前语言。

    Speak a language inside a ``with`` block; ``None`` keeps the one spoken.

    Parameters
    ----------
    language : str
        ``zh``, ``en``, or ``None`` for the one spoken.

    Returns
    -------
    context manager
        Gives the language that is spoken inside.

    >>> from analysis import Text
    >>> with speaking("en"):
    ...     print(Text("未结", "pending"))
    pending
    """

def labelled(table: pd.DataFrame | IntoFrame) -> pd.DataFrame:
    """把表头和代码换成人看的用词，数仍是数，可继续计算。

    参数

    - table：本软件的结果表，或用同样栏目名的表（pandas、polars 等）。

    Return a table under the headings that people read, codes as words, for work that goes on: numbers stay numbers, days days.

    Rates that a table holds as shares of 1 are given in percent, as the heading or the row's unit says.

    Parameters
    ----------
    table : DataFrame
        A table of the package, or one's own with its columns, of any library.

    Returns
    -------
    DataFrame
        The same rows under other headings.

    >>> labelled(pd.DataFrame({"filed": [3], "share": [0.5], "basis": ["civil"]})).to_dict("list")
    {'新收': [3], '占比（%）': [50.0], '执行依据': ['民事']}
    >>> labelled(pd.DataFrame({"unit": ["share", "天"], "value": [0.5, 9.0]})).to_dict("list")
    {'单位': ['%', '天'], '数值': [50.0, 9.0]}
    """

def in_language(cell: str, language: Literal["zh", "en", "中文", "Chinese", "英文", "English"] | None = ...) -> str:
    """从双语单元格中取出一种语言。

    参数

    - cell：双语单元格。
    - language：“zh”或“en”；不写用当前语言。

    Take one language out of a two-language cell (as ``Text.cell`` makes it); a text without a second line stays whole.

    Parameters
    ----------
    cell : str
        A cell, Chinese on its first line, English on its second.
    language : str
        ``zh`` or ``en``; without it the language spoken.

    Returns
    -------
    str
        The part in that language.

    >>> in_language("持平\\nunchanged", "en")
    'unchanged'
    """
