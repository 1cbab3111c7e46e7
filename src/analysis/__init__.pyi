"""What editors and type checkers see of the door; written by tests/stubs.py."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, Unpack, overload

import pandas as pd
import plotly.graph_objects as go
from ibis.backends import BaseBackend
from matplotlib.figure import Figure
from narwhals.typing import IntoDataFrame

from analysis.cases.privacy import suppress_small as suppress_small
from analysis.cases.table import Cases as Cases
from analysis.charts.cycle_words import Group
from analysis.charts.drawing.court_names import Highlight
from analysis.charts.drawing.render import OnAxes
from analysis.charts.drawing.style import alt_of as alt_of
from analysis.charts.drawing.style import note_of as note_of
from analysis.charts.drawing.style import save_figure as save_figure
from analysis.charts.drawing.style import title_of as title_of
from analysis.checks.checks import check_cases as check_cases
from analysis.checks.entry_quality import entry_quality as entry_quality
from analysis.checks.reported import reconcile_counts as reconcile_counts
from analysis.checks.workbook import export_findings as export_findings
from analysis.files.source import PathGiven
from analysis.inference.cycle.calibrate import calibrate as calibrate
from analysis.inference.cycle.campaign import CampaignEffect
from analysis.inference.cycle.control_limits import ControlLimits
from analysis.inference.cycle.control_limits import control_limits as control_limits
from analysis.inference.cycle.cycle import Cycle
from analysis.inference.cycle.cycle import cycle as cycle
from analysis.inference.cycle.forecast import Forecast
from analysis.inference.cycle.forecast import forecast_pending as forecast_pending
from analysis.inference.cycle.stock_change import StockChange
from analysis.inference.cycle.stock_change import stock_change as stock_change
from analysis.inference.cycle.variation import variation_table as variation_table
from analysis.inference.cycle.what_if import WhatIf
from analysis.inference.cycle.what_if import what_if as what_if
from analysis.inference.peer_panel import peer_panel as peer_panel
from analysis.inference.peers.case_mix import CaseMix
from analysis.inference.peers.case_mix import mix_cells as mix_cells
from analysis.inference.peers.comparison import Comparable
from analysis.inference.peers.composite import CompositeScore
from analysis.inference.peers.exchange import compare_sealed as compare_sealed
from analysis.inference.peers.exchange import open_sealed as open_sealed
from analysis.inference.peers.exchange import seal_figures as seal_figures
from analysis.inference.peers.funnel import Funnel
from analysis.inference.peers.over_time import PeersOverTime
from analysis.inference.peers.panel import PeerPanel
from analysis.inference.peers.percentiles import percentile_band as percentile_band
from analysis.inference.peers.ranks import top_set as top_set
from analysis.inference.peers.scheme import read_scheme as read_scheme
from analysis.inference.peers.standing_out import stands_out as stands_out
from analysis.inference.peers.trends import PeerTrends
from analysis.inference.peers.trends import peer_trends as peer_trends
from analysis.inference.reconciliation.printed import compare_printed as compare_printed
from analysis.inference.reconciliation.reconcile import Reconciliation
from analysis.inference.reconciliation.reconcile import reconcile as reconcile
from analysis.lab.explore import Explorer
from analysis.lab.own_cases import own_cases as own_cases
from analysis.lab.reasons import or_say_why as or_say_why
from analysis.lab.start_form import StartForm
from analysis.measures.bulletin_tables import Bulletin, BulletinOptions
from analysis.measures.caseflow import caseflow_from_counts as caseflow_from_counts
from analysis.measures.dominance import suppress_dominated as suppress_dominated
from analysis.measures.durations.ages import PendingAges
from analysis.measures.durations.ages import disposition_time as disposition_time
from analysis.measures.durations.cox import cox_model as cox_model
from analysis.measures.durations.durations import ClosingIncidence, TimeToClose
from analysis.measures.durations.durations import closing_incidence as closing_incidence
from analysis.measures.durations.durations import time_to_close as time_to_close
from analysis.measures.indicators.first_figures import FirstFigures
from analysis.measures.integrity import integrity as integrity
from analysis.measures.limits.bunching import LimitBunching
from analysis.measures.limits.bunching import limit_bunching as limit_bunching
from analysis.measures.limits.holiday_template import write_holidays_template as write_holidays_template
from analysis.measures.limits.limits import LimitOptions
from analysis.measures.limits.limits import limit_rules as limit_rules
from analysis.measures.officers.responsibility import ResponsibilityLedger
from analysis.measures.officers.scorecard import OfficerScorecard
from analysis.measures.petitions import Petitions
from analysis.measures.shared_tallies import Tallies as Tallies
from analysis.measures.shared_tallies import tallies as tallies
from analysis.measures.terminated import terminated_stock as terminated_stock
from analysis.observations.conclusions import conclusion as conclusion
from analysis.observations.data_review import DataReview
from analysis.observations.definition_bridge import DefinitionBridge
from analysis.observations.movements import RatioChange
from analysis.observations.observations import observations as observations
from analysis.register.case_numbers import parse_case_number as parse_case_number
from analysis.register.ingest import ingest as ingest
from analysis.register.proposal import propose_court_file as propose_court_file
from analysis.register.settings import make_key as make_key
from analysis.register.store import verify_ingested as verify_ingested
from analysis.report.saved_tables import to_excel as to_excel
from analysis.report.verify import verify_report as verify_report
from analysis.report.yearly import Published
from analysis.returns.reading import read_returns as read_returns
from analysis.returns.statement import read_statement as read_statement
from analysis.returns.template import write_returns_template as write_returns_template
from analysis.sample.folder import sample_path as sample_path
from analysis.sample.folder import write_sample as write_sample
from analysis.sample.panel import sample_panel as sample_panel
from analysis.sample.register import sample_register as sample_register
from analysis.vocabulary.errors import ArgumentError as ArgumentError
from analysis.vocabulary.errors import CourtAnalysisError as CourtAnalysisError
from analysis.vocabulary.errors import DataError as DataError
from analysis.vocabulary.errors import InputError as InputError
from analysis.vocabulary.errors import OutputError as OutputError
from analysis.vocabulary.indicator_sets.sets import definitions as definitions
from analysis.vocabulary.periods import Day, Period, Periods
from analysis.vocabulary.tables import labelled as labelled
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

_CalendarYear30 = Literal[
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
]
_CalendarYear31 = Literal[
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
]
_W13 = Literal["W", "M", "Q", "Y", "周", "月", "季", "季度", "年", "week", "month", "quarter", "year"]

@overload
def plot_ages(
    result: PendingAges,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画未结案件的案龄分段。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how many pending cases are how old: a bar an age band, with its number and share.
    """

@overload
def plot_ages(
    result: PendingAges,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画未结案件的案龄分段。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how many pending cases are how old: a bar an age band, with its number and share.
    """

@overload
def plot_ages(
    result: PendingAges,
    *,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画未结案件的案龄分段。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how many pending cases are how old: a bar an age band, with its number and share.
    """

@overload
def plot_backlog_clock(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画积案钟：横为未结，纵为比上年的变化。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a backlog clock: across, the pending stock; up, its change over the year before.
    """

@overload
def plot_backlog_clock(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画积案钟：横为未结，纵为比上年的变化。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a backlog clock: across, the pending stock; up, its change over the year before.
    """

@overload
def plot_backlog_clock(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画积案钟：横为未结，纵为比上年的变化。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a backlog clock: across, the pending stock; up, its change over the year before.
    """

@overload
def plot_band(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画全部法院的中间一半和中间八成，本院在其中。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the middle half and the middle eight tenths of all courts over the periods, with the own court in them.
    """

@overload
def plot_band(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画全部法院的中间一半和中间八成，本院在其中。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the middle half and the middle eight tenths of all courts over the periods, with the own court in them.
    """

@overload
def plot_band(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画全部法院的中间一半和中间八成，本院在其中。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the middle half and the middle eight tenths of all courts over the periods, with the own court in them.
    """

@overload
def plot_bridge(
    result: DefinitionBridge,
    *,
    indicator: str | None = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画口径桥：从一个公布值到另一个，口径影响多少、办案影响多少。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        indicator：指标的名称，如“结案率”。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how a figure went from the first end to the last: each step parted into definition and work.
    """

@overload
def plot_bridge(
    result: DefinitionBridge,
    *,
    indicator: str | None = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画口径桥：从一个公布值到另一个，口径影响多少、办案影响多少。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        indicator：指标的名称，如“结案率”。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how a figure went from the first end to the last: each step parted into definition and work.
    """

@overload
def plot_bridge(
    result: DefinitionBridge,
    *,
    indicator: str | None = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画口径桥：从一个公布值到另一个，口径影响多少、办案影响多少。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        indicator：指标的名称，如“结案率”。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw how a figure went from the first end to the last: each step parted into definition and work.
    """

@overload
def plot_bunching(
    result: LimitBunching,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画期限届满前后和年末前后各周的结案，与平滑曲线并列。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw closings by weeks from the time limit and from 31 December, beside the smooth curve that they would follow.
    """

@overload
def plot_bunching(
    result: LimitBunching,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画期限届满前后和年末前后各周的结案，与平滑曲线并列。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw closings by weeks from the time limit and from 31 December, beside the smooth curve that they would follow.
    """

@overload
def plot_bunching(
    result: LimitBunching,
    *,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画期限届满前后和年末前后各周的结案，与平滑曲线并列。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw closings by weeks from the time limit and from 31 December, beside the smooth curve that they would follow.
    """

@overload
def plot_campaign(
    result: CampaignEffect,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画专项活动的影响：实际与假如没有活动。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a campaign's effect: closings, filings and pending as recorded and as they would have been without it.
    """

@overload
def plot_campaign(
    result: CampaignEffect,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画专项活动的影响：实际与假如没有活动。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a campaign's effect: closings, filings and pending as recorded and as they would have been without it.
    """

@overload
def plot_campaign(
    result: CampaignEffect,
    *,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画专项活动的影响：实际与假如没有活动。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a campaign's effect: closings, filings and pending as recorded and as they would have been without it.
    """

@overload
def plot_caseflow(
    flow: pd.DataFrame,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画收结存：新收、结案为柱，未结为线。

    参数
        flow：收结存表（caseflow 的结果）。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a caseflow: bars of filed and closed, a line of the stock pending at the end of each period.
    """

@overload
def plot_caseflow(
    flow: pd.DataFrame,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画收结存：新收、结案为柱，未结为线。

    参数
        flow：收结存表（caseflow 的结果）。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a caseflow: bars of filed and closed, a line of the stock pending at the end of each period.
    """

@overload
def plot_caseflow(
    flow: pd.DataFrame,
    *,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画收结存：新收、结案为柱，未结为线。

    参数
        flow：收结存表（caseflow 的结果）。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a caseflow: bars of filed and closed, a line of the stock pending at the end of each period.
    """

@overload
def plot_control_limits(
    result: ControlLimits,
    *,
    court: str | None = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画新收与结案的控制图，标出异常的期。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw an XmR chart of filings and closings: values, centre, limits, and the periods that break a rule.
    """

@overload
def plot_control_limits(
    result: ControlLimits,
    *,
    court: str | None = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画新收与结案的控制图，标出异常的期。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw an XmR chart of filings and closings: values, centre, limits, and the periods that break a rule.
    """

@overload
def plot_control_limits(
    result: ControlLimits,
    *,
    court: str | None = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画新收与结案的控制图，标出异常的期。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw an XmR chart of filings and closings: values, centre, limits, and the periods that break a rule.
    """

@overload
def plot_cycle(
    result: Cycle,
    *,
    court: Group = ...,
    campaigns: Sequence[Sequence[Day | str]] = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画积案的起伏：阶段、转折点、结论，下为新收与结案。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        campaigns：要标出的专项活动（起止日）。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a cycle: the pending stock with its phases shaded and turning points marked, filed and closed beneath.
    """

@overload
def plot_cycle(
    result: Cycle,
    *,
    court: Group = ...,
    campaigns: Sequence[Sequence[Day | str]] = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画积案的起伏：阶段、转折点、结论，下为新收与结案。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        campaigns：要标出的专项活动（起止日）。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a cycle: the pending stock with its phases shaded and turning points marked, filed and closed beneath.
    """

@overload
def plot_cycle(
    result: Cycle,
    *,
    court: Group = ...,
    campaigns: Sequence[Sequence[Day | str]] = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画积案的起伏：阶段、转折点、结论，下为新收与结案。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        campaigns：要标出的专项活动（起止日）。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a cycle: the pending stock with its phases shaded and turning points marked, filed and closed beneath.
    """

def use_style(language: Literal["zh", "en"] = ...) -> None:
    """设置笔记本：语言、字体，以及自己画图的样式。

    参数
        language：“zh”或“en”；不写用当前语言。

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
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画随立案天数仍未结的比例。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases still open by days since filing: Kaplan–Meier steps, 95% bands, numbers at risk.
    """

@overload
def plot_durations(
    result: TimeToClose,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画随立案天数仍未结的比例。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases still open by days since filing: Kaplan–Meier steps, 95% bands, numbers at risk.
    """

@overload
def plot_durations(
    result: TimeToClose,
    *,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画随立案天数仍未结的比例。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases still open by days since filing: Kaplan–Meier steps, 95% bands, numbers at risk.
    """

@overload
def plot_entry(
    table: pd.DataFrame,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画各月登记的正确率，下为迟录、漏录、错录。

    参数
        table：结果表。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases entered correctly by month, and beneath it those late, missing and wrong, one on the other.
    """

@overload
def plot_entry(
    table: pd.DataFrame,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各月登记的正确率，下为迟录、漏录、错录。

    参数
        table：结果表。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases entered correctly by month, and beneath it those late, missing and wrong, one on the other.
    """

@overload
def plot_entry(
    table: pd.DataFrame,
    *,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各月登记的正确率，下为迟录、漏录、错录。

    参数
        table：结果表。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the share of cases entered correctly by month, and beneath it those late, missing and wrong, one on the other.
    """

@overload
def plot_forecast(
    result: Forecast | WhatIf,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画预测的扇形图：中位数及50%、80%、95%界限。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what lies ahead as a fan: median, and limits of 50, 80 and 95%, of the pending stock after the record.
    """

@overload
def plot_forecast(
    result: Forecast | WhatIf,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画预测的扇形图：中位数及50%、80%、95%界限。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what lies ahead as a fan: median, and limits of 50, 80 and 95%, of the pending stock after the record.
    """

@overload
def plot_forecast(
    result: Forecast | WhatIf,
    *,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画预测的扇形图：中位数及50%、80%、95%界限。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what lies ahead as a fan: median, and limits of 50, 80 and 95%, of the pending stock after the record.
    """

@overload
def plot_funnel(
    result: Funnel,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画漏斗图。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a funnel: courts by size and figure, the baseline, and the 95% and 99.8% limits.
    """

@overload
def plot_funnel(
    result: Funnel,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画漏斗图。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw a funnel: courts by size and figure, the baseline, and the 95% and 99.8% limits.
    """

@overload
def plot_funnel(
    result: Funnel,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画漏斗图。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

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
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画由公布数字推出的历年存案或收结的界限。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        scope：案件范围，如“执行案件”。
        measure：看哪个量：stock（存案）、filed、closed、amount_recovered。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

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
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画由公布数字推出的历年存案或收结的界限。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        scope：案件范围，如“执行案件”。
        measure：看哪个量：stock（存案）、filed、closed、amount_recovered。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

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
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画由公布数字推出的历年存案或收结的界限。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        scope：案件范围，如“执行案件”。
        measure：看哪个量：stock（存案）、filed、closed、amount_recovered。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the bounds that printed figures leave of a court's stock, day by day, or of a flow, period by period.
    """

@overload
def plot_incidence(
    result: ClosingIncidence,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画随立案天数以各种方式结案的比例。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw which share of the cases has ended in each way, by days since filing, with 95% bands: the four commonest ways.
    """

@overload
def plot_incidence(
    result: ClosingIncidence,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画随立案天数以各种方式结案的比例。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw which share of the cases has ended in each way, by days since filing, with 95% bands: the four commonest ways.
    """

@overload
def plot_incidence(
    result: ClosingIncidence,
    *,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画随立案天数以各种方式结案的比例。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw which share of the cases has ended in each way, by days since filing, with 95% bands: the four commonest ways.
    """

@overload
def plot_indicators(
    result: pd.DataFrame,
    *,
    only: Sequence[str] | None = ...,
    intervals: pd.DataFrame | None = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画各项指标的各期数值和95%区间，一项一格。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        only：只要哪些指标，如“结案率”。
        intervals：本院的合理区间：指标、下限、上限（数据表或文件）。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw indicators by period, a panel each: the value as a point, its 95% interval as a line, the value beside it.
    """

@overload
def plot_indicators(
    result: pd.DataFrame,
    *,
    only: Sequence[str] | None = ...,
    intervals: pd.DataFrame | None = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各项指标的各期数值和95%区间，一项一格。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        only：只要哪些指标，如“结案率”。
        intervals：本院的合理区间：指标、下限、上限（数据表或文件）。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw indicators by period, a panel each: the value as a point, its 95% interval as a line, the value beside it.
    """

@overload
def plot_indicators(
    result: pd.DataFrame,
    *,
    only: Sequence[str] | None = ...,
    intervals: pd.DataFrame | None = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各项指标的各期数值和95%区间，一项一格。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        only：只要哪些指标，如“结案率”。
        intervals：本院的合理区间：指标、下限、上限（数据表或文件）。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw indicators by period, a panel each: the value as a point, its 95% interval as a line, the value beside it.
    """

@overload
def plot_caterpillar(
    result: pd.DataFrame | CaseMix,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画各院数值及区间，本院标出。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts by value, each with its interval, the own court marked; after ``shrink`` arrows lead from the raw value.
    """

@overload
def plot_caterpillar(
    result: pd.DataFrame | CaseMix,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各院数值及区间，本院标出。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts by value, each with its interval, the own court marked; after ``shrink`` arrows lead from the raw value.
    """

@overload
def plot_caterpillar(
    result: pd.DataFrame | CaseMix,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各院数值及区间，本院标出。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts by value, each with its interval, the own court marked; after ``shrink`` arrows lead from the raw value.
    """

@overload
def plot_ranks(
    result: pd.DataFrame | CompositeScore,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画各院名次及不能排除的名次。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each court's rank with the ranks that cannot be ruled out, the own court marked.
    """

@overload
def plot_ranks(
    result: pd.DataFrame | CompositeScore,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各院名次及不能排除的名次。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each court's rank with the ranks that cannot be ruled out, the own court marked.
    """

@overload
def plot_ranks(
    result: pd.DataFrame | CompositeScore,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各院名次及不能排除的名次。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each court's rank with the ranks that cannot be ruled out, the own court marked.
    """

@overload
def plot_officers(
    result: OfficerScorecard,
    *,
    measure: str = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画各承办人的数字与按其案件应有的范围，不排名。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        measure：画哪项数字，如 closed（结案）、closed_of_filed。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each officer's figure beside the range in which it would lie by chance alone, given the cases handled.
    """

@overload
def plot_officers(
    result: OfficerScorecard,
    *,
    measure: str = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各承办人的数字与按其案件应有的范围，不排名。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        measure：画哪项数字，如 closed（结案）、closed_of_filed。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each officer's figure beside the range in which it would lie by chance alone, given the cases handled.
    """

@overload
def plot_officers(
    result: OfficerScorecard,
    *,
    measure: str = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各承办人的数字与按其案件应有的范围，不排名。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        measure：画哪项数字，如 closed（结案）、closed_of_filed。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each officer's figure beside the range in which it would lie by chance alone, given the cases handled.
    """

@overload
def plot_peers(
    result: pd.DataFrame | PeerPanel | Sequence[PeerPanel],
    *,
    highlight: Highlight = ...,
    bands: Mapping[str, tuple[float, float]] | None = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """每项指标一条，各院一点，本院标出。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        bands：percentile_band 的结果。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw one strip an indicator: every court a point, the own one marked, a reference band behind.
    """

@overload
def plot_peers(
    result: pd.DataFrame | PeerPanel | Sequence[PeerPanel],
    *,
    highlight: Highlight = ...,
    bands: Mapping[str, tuple[float, float]] | None = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """每项指标一条，各院一点，本院标出。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        bands：percentile_band 的结果。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw one strip an indicator: every court a point, the own one marked, a reference band behind.
    """

@overload
def plot_peers(
    result: pd.DataFrame | PeerPanel | Sequence[PeerPanel],
    *,
    highlight: Highlight = ...,
    bands: Mapping[str, tuple[float, float]] | None = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """每项指标一条，各院一点，本院标出。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        bands：percentile_band 的结果。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw one strip an indicator: every court a point, the own one marked, a reference band behind.
    """

@overload
def plot_petitions(
    result: Petitions,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画各期信访的受理、化解和未结，下为息访率。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw petitions received and resolved with those pending, and beneath it the settlement rate with its interval.
    """

@overload
def plot_petitions(
    result: Petitions,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各期信访的受理、化解和未结，下为息访率。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw petitions received and resolved with those pending, and beneath it the settlement rate with its interval.
    """

@overload
def plot_petitions(
    result: Petitions,
    *,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各期信访的受理、化解和未结，下为息访率。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw petitions received and resolved with those pending, and beneath it the settlement rate with its interval.
    """

@overload
def plot_printed(
    result: pd.DataFrame,
    *,
    reconciliation: Reconciliation | None = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画公布值与台账、与其他公布值的对照表，旁注结论。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        reconciliation：reconcile 的结果；给了就多画一栏：与其他公布值是否相符。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw published figures as a table: beside each how far the register's figure lies from it, and the verdict; with
    """

@overload
def plot_printed(
    result: pd.DataFrame,
    *,
    reconciliation: Reconciliation | None = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画公布值与台账、与其他公布值的对照表，旁注结论。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        reconciliation：reconcile 的结果；给了就多画一栏：与其他公布值是否相符。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw published figures as a table: beside each how far the register's figure lies from it, and the verdict; with
    """

@overload
def plot_printed(
    result: pd.DataFrame,
    *,
    reconciliation: Reconciliation | None = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画公布值与台账、与其他公布值的对照表，旁注结论。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        reconciliation：reconcile 的结果；给了就多画一栏：与其他公布值是否相符。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw published figures as a table: beside each how far the register's figure lies from it, and the verdict; with
    """

@overload
def plot_reconciliation(
    result: Reconciliation,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画每个公布值可能的范围与其他数字允许的范围。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each printed figure as the range its digits stand for, against the range that all other figures allow.
    """

@overload
def plot_reconciliation(
    result: Reconciliation,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画每个公布值可能的范围与其他数字允许的范围。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each printed figure as the range its digits stand for, against the range that all other figures allow.
    """

@overload
def plot_reconciliation(
    result: Reconciliation,
    *,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画每个公布值可能的范围与其他数字允许的范围。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw each printed figure as the range its digits stand for, against the range that all other figures allow.
    """

@overload
def plot_regimes(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画净增减的各个阶段水平及其界限。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the regimes: net flow with each regime's mean and its limits, and the probability of the higher regime.
    """

@overload
def plot_regimes(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画净增减的各个阶段水平及其界限。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the regimes: net flow with each regime's mean and its limits, and the probability of the higher regime.
    """

@overload
def plot_regimes(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画净增减的各个阶段水平及其界限。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the regimes: net flow with each regime's mean and its limits, and the probability of the higher regime.
    """

@overload
def plot_season(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画各月新收、结案与全年平均之比。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the season: each month's filings and closings as a multiple of the year's mean, with 95% limits over the years.
    """

@overload
def plot_season(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各月新收、结案与全年平均之比。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the season: each month's filings and closings as a multiple of the year's mean, with 95% limits over the years.
    """

@overload
def plot_season(
    result: Cycle,
    *,
    court: Group = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各月新收、结案与全年平均之比。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        court：法院名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the season: each month's filings and closings as a multiple of the year's mean, with 95% limits over the years.
    """

@overload
def plot_shadow_stock(
    table: pd.DataFrame,
    *,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画未结存量和终本存量，一上一下相叠。

    参数
        table：结果表。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the pending stock and on it the cases terminated without payment and not taken up again.
    """

@overload
def plot_shadow_stock(
    table: pd.DataFrame,
    *,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画未结存量和终本存量，一上一下相叠。

    参数
        table：结果表。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the pending stock and on it the cases terminated without payment and not taken up again.
    """

@overload
def plot_shadow_stock(
    table: pd.DataFrame,
    *,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画未结存量和终本存量，一上一下相叠。

    参数
        table：结果表。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw the pending stock and on it the cases terminated without payment and not taken up again.
    """

@overload
def plot_slopes(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画各院历期走势，本院标出。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts over the periods, the own court marked, and where the course of all courts would have led it at the last one.
    """

@overload
def plot_slopes(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画各院历期走势，本院标出。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts over the periods, the own court marked, and where the course of all courts would have led it at the last one.
    """

@overload
def plot_slopes(
    result: PeerTrends,
    *,
    highlight: Highlight = ...,
    anonymise: bool = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画各院历期走势，本院标出。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        highlight：要标出的法院。
        anonymise：True 隐去其他法院的名称。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw courts over the periods, the own court marked, and where the course of all courts would have led it at the last one.
    """

@overload
def plot_stock_change(
    result: StockChange,
    *,
    money: bool = ...,
    interactive: Literal[False] = ...,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure:
    """画存案变化的瀑布图：期初、各项增减、期末。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        money：True 画金额，否则画件数。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what changed the stock as a waterfall: from the opening stock each part up or down, to the closing stock.
    """

@overload
def plot_stock_change(
    result: StockChange,
    *,
    money: bool = ...,
    interactive: Literal[True],
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> go.Figure:
    """画存案变化的瀑布图：期初、各项增减、期末。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        money：True 画金额，否则画件数。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what changed the stock as a waterfall: from the opening stock each part up or down, to the closing stock.
    """

@overload
def plot_stock_change(
    result: StockChange,
    *,
    money: bool = ...,
    interactive: bool,
    language: Literal["zh", "en"] | None = ...,
    size: Literal["page", "half", "slide"] = ...,
    ax: OnAxes = ...,
    title: str | None = ...,
) -> Figure | go.Figure:
    """画存案变化的瀑布图：期初、各项增减、期末。

    参数
        result：要画的结果，如 cycle、funnel 的结果。
        money：True 画金额，否则画件数。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        language：“zh”或“en”；不写用当前语言。
        size：显示的宽度：page（整页）、half（半页）或 slide（幻灯片）。
        ax：画在自己的坐标轴上（matplotlib 的 Axes，有几个分图就给几个），不能与 interactive=True 同用。
        title：图题，代替图自己所说的结论；画在自己的坐标轴上时，不给则没有图题。

    Draw what changed the stock as a waterfall: from the opening stock each part up or down, to the closing stock.
    """

def campaign_effect(
    flow: pd.DataFrame,
    *,
    period: Period,
    cases: Cases | None = ...,
    controls: pd.DataFrame | None = ...,
    start_chosen: Literal["beforehand", "highest_stock"] | None = ...,
    seed: int = ...,
    names: bool = ...,
) -> CampaignEffect:
    """一次专项活动对结案、新收和未结的影响。

    参数
        flow：收结存表（caseflow 的结果）。
        period：活动的（首日, 末日），如（“2008-11”, “2009-12”）。
        cases：台账（read_cases 的结果）。
        controls：没有开展活动的法院的收结存，其变动先行扣除。
        start_chosen：开始的日期是事先定的，还是看着存案最高才定的。
        seed：随机数种子；同一种子结果相同。
        names：True 显示姓名和只供院内看的数字。

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

def case_mix(
    cases: Cases | pd.DataFrame,
    *,
    period: Period | None = ...,
    outcome: Literal["closed", "days", "recovered"] = ...,
    by: Sequence[str] = ...,
    method: Literal["model", "strata"] = ...,
    names: bool = ...,
) -> CaseMix:
    """按案件构成校正后的比较：实际 ÷ 期望，与未校正的并列。

    参数
        cases：台账（read_cases 的结果）。
        period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日, 末日）。
        outcome：要比较的结果，如实际执结。
        by：按哪些栏目分组，如“承办人”“执行依据”。
        method：计算方法。
        names：True 显示姓名和只供院内看的数字。

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

def composite_score(
    data: pd.DataFrame,
    *,
    weights: Mapping[str, float] | None = ...,
    scheme: str | Path | Mapping[str, object] | None = ...,
    group: str = ...,
    directions: Mapping[str, str] | None = ...,
    normalisation: Literal["min-max", "z-score", "rank"] = ...,
    aggregation: Literal["arithmetic", "geometric"] | None = ...,
    level: float = ...,
    draws: int = ...,
    seed: int = ...,
) -> CompositeScore:
    """按权重综合评分并排名，说明名次取决于什么。

    参数
        data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
        weights：各指标的权重。
        scheme：评分办法（read_scheme 的结果）；与 weights 二选一。
        group：标明法院的栏目名。
        directions：各指标是越高越好、越低越好还是无好坏。
        normalisation：各指标如何化为可加的分数。
        aggregation：各指标如何合并：算术或几何平均。
        level：置信水平。
        draws：模拟次数。
        seed：随机数种子；同一种子结果相同。

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
    data: pd.DataFrame,
    *,
    indicator: str | None = ...,
    group: str = ...,
    time: str = ...,
    numerator: str | None = ...,
    denominator: str | None = ...,
    kind: Literal["proportion", "ratio", "rate", "clearance"] = ...,
    adjust: Literal["multiplicative", "additive", "shmi"] | None = ...,
    highlight: object = ...,
) -> Funnel:
    """逐年的漏斗图：每年各有基准和控制限，看哪些法院多年在限外。

    参数
        data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
        indicator：指标的名称，如“结案率”。
        group：标明法院的栏目名。
        time：标明时期的栏目名。
        numerator：分子的栏目名。
        denominator：分母的栏目名。
        kind：数字的种类：proportion（部分占全部）、ratio、rate、clearance。
        adjust：按过度离散放宽控制限的办法：multiplicative、additive、shmi；不写不放宽。
        highlight：要标出的法院。

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

def funnel(
    data: Comparable,
    *,
    indicator: str | None = ...,
    group: str | None = ...,
    numerator: str | None = ...,
    denominator: str | None = ...,
    kind: Literal["proportion", "ratio", "rate", "clearance"] | None = ...,
    opening: str | None = ...,
    baseline: str | float | Sequence[float] = ...,
    target: float | None = ...,
    adjust: Literal["multiplicative", "additive", "shmi"] | None = ...,
    trimming: Literal["winsorised", "trimmed", "none", "winsorized", "truncated", "shmi"] | None = ...,
    trim: float = ...,
    corrected: bool = ...,
    transform: str | None = ...,
    limits: Literal["exact", "garwood"] = ...,
    highlight: object = ...,
) -> Funnel:
    """漏斗图比较：控制限随案件多少而宽窄，判断哪家法院超出随机波动。

    参数
        data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
        indicator：指标的名称，如“结案率”。
        group：标明法院的栏目名。
        numerator：分子的栏目名。
        denominator：分母的栏目名。
        kind：数字的种类：proportion（部分占全部）、ratio、rate、clearance。
        opening：期初未结（或其栏目名）。
        baseline：基线：peers（各院合并）、一个值，或参照区间（下限, 上限）。
        target：目标值。
        adjust：按过度离散放宽控制限的办法：multiplicative、additive、shmi；不写不放宽。
        trimming：估计离散时如何处理两端：缩尾或截去。
        trim：两端各处理多大比例。
        corrected：True 修正缩尾后偏小的离散程度。
        transform：计算控制限的尺度：arcsine、log、sqrt、none。
        limits：exact（精确），件数还可用 garwood（均值的置信限）。
        highlight：要标出的法院。

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
    data: pd.DataFrame,
    *,
    indicator: str | None = ...,
    group: str = ...,
    time: str = ...,
    numerator: str | None = ...,
    denominator: str | None = ...,
    kind: Literal["proportion", "ratio", "rate", "clearance"] = ...,
    level: float = ...,
) -> PeersOverTime:
    """多院多年的水平与趋势（部分合并），分出各院共同的变动。

    参数
        data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
        indicator：指标的名称，如“结案率”。
        group：标明法院的栏目名。
        time：标明时期的栏目名。
        numerator：分子的栏目名。
        denominator：分母的栏目名。
        kind：数字的种类：proportion（部分占全部）、ratio、rate、clearance。
        level：置信水平。

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

def rank_intervals(
    data: Comparable,
    *,
    indicator: str | None = ...,
    group: str | None = ...,
    estimate: str | None = ...,
    standard_error: str | None = ...,
    numerator: str | None = ...,
    denominator: str | None = ...,
    kind: Literal["proportion", "ratio", "rate", "clearance"] | None = ...,
    opening: str | None = ...,
    method: Literal["marginal", "simultaneous", "bootstrap"] = ...,
    level: float = ...,
    best: Literal["high", "low"] = ...,
    stepdown: bool = ...,
    draws: int | None = ...,
    seed: int = ...,
    bounds: pd.DataFrame | None = ...,
) -> pd.DataFrame:
    """各院名次及数据不能排除的名次范围。

    参数
        data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
        indicator：指标的名称，如“结案率”。
        group：标明法院的栏目名。
        estimate：估计值的栏目名。
        standard_error：标准误的栏目名。
        numerator：分子的栏目名。
        denominator：分母的栏目名。
        kind：数字的种类：proportion（部分占全部）、ratio、rate、clearance。
        opening：期初未结（或其栏目名）。
        method：计算方法。
        level：置信水平。
        best：越高越好还是越低越好。
        stepdown：True 用逐步检验，名次范围更窄。
        draws：模拟次数。
        seed：随机数种子；同一种子结果相同。
        bounds：未定的数字的上下限（court、lower、upper），或 reconcile 的 figures；名次范围容下它们。

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

def shrink(
    data: Comparable,
    *,
    indicator: str | None = ...,
    group: str | None = ...,
    numerator: str | None = ...,
    denominator: str | None = ...,
    estimate: str | None = ...,
    standard_error: str | None = ...,
    kind: Literal["proportion", "ratio", "rate", "clearance"] | None = ...,
    opening: str | None = ...,
    level: float = ...,
) -> pd.DataFrame:
    """案件越少的法院，其数字越向各院平均收缩（经验贝叶斯）。

    参数
        data：各院数据表：公布数字、indicators 的结果，或 peer_panel 的结果。
        indicator：指标的名称，如“结案率”。
        group：标明法院的栏目名。
        numerator：分子的栏目名。
        denominator：分母的栏目名。
        estimate：估计值的栏目名。
        standard_error：标准误的栏目名。
        kind：数字的种类：proportion（部分占全部）、ratio、rate、clearance。
        opening：期初未结（或其栏目名）。
        level：置信水平。

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

def explore(
    cases: Cases, *, peers: pd.DataFrame | None = ..., language: Literal["zh", "en"] | None = ..., names: bool = ...
) -> Explorer:
    """在笔记本中打开探索界面：各项筛选可以叠加，图表随之而变，点图即列出案号，所见可复制为代码。

    参数
        cases：台账（read_cases 的结果）。
        peers：其他法院的公布数字，供比较。
        language：“zh”或“en”；不写用当前语言。
        names：True 显示姓名和只供院内看的数字。

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

def start_form(*, language: Literal["zh", "en"] | None = ...) -> StartForm:
    """在笔记本中打开开始页：选台账文件、回答几个问题，然后探索、出通报或年度报告。

    参数
        language：“zh”或“en”；不写用当前语言。

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
    calendar: _CalendarYear30 | None = ...,
    by: str | Sequence[str] = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """按期统计司法救助：金额、笔数、涉及案件和信访。

    参数
        cases：台账（read_cases 的结果）。
        periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日, 末日）；不写为最后一个整年。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        by：按哪些栏目分组，如“承办人”“执行依据”。
        at：截至哪一天；不写为台账的截止日。
        names：True 显示姓名和只供院内看的数字。

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
    evaluation: str | Path | pd.DataFrame | None = ...,
    items: str | Path | pd.DataFrame | None = ...,
    scheme: str | Path | None = ...,
    returns: pd.DataFrame | None = ...,
    calendar: _CalendarYear30 | None = ...,
    names: bool = ...,
    **counting: Unpack[LimitOptions],
) -> Bulletin:
    """一周、一月、一季或一年的通报各表，按承办人和小组。

    参数
        cases：台账（read_cases 的结果）。
        period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日, 末日）。
        evaluation：上级法院的评估表。
        items：自行登记的考核项目表。
        scheme：本院选定的考核办法；不写则没有定额。
        returns：公布数字（read_returns 的结果）。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        names：True 显示姓名和只供院内看的数字。
        clock：期限自哪一天起算；不写按各规则自己的。
        scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
        holidays：自备的放假安排表（最新通知尚未收录时用）。
        excluded：各案不计入期限的期间表。

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
    freq: _W13 = ...,
    periods: Periods = ...,
    by: str | Sequence[str] = ...,
    calendar: _CalendarYear30 | None = ...,
    period: Period | None = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """按期统计收、结、存：期末未结 = 期初未结 + 新收 − 结案。

    参数
        cases：台账（read_cases 的结果）。
        freq：期间长短：W（周）、M（月）、Q（季）、Y（年）。
        periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日, 末日）；不写为最后一个整年。
        by：按哪些栏目分组，如“承办人”“执行依据”。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        period：一段时间：2011、“2011年上半年”，或（首日, 末日），一端可为 None；不写则自首次立案至截止日。
        at：截至哪一天；不写为台账的截止日。
        names：True 显示姓名和只供院内看的数字。

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

def coercive_measures(
    cases: Cases,
    *,
    periods: Periods = ...,
    calendar: _CalendarYear30 | None = ...,
    by: str | Sequence[str] = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """按期统计强制措施：拘留、罚款、搜查、曝光、移送等。

    参数
        cases：台账（read_cases 的结果）。
        periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日, 末日）；不写为最后一个整年。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        by：按哪些栏目分组，如“承办人”“执行依据”。
        at：截至哪一天；不写为台账的截止日。
        names：True 显示姓名和只供院内看的数字。

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
    checks: str | Path | pd.DataFrame,
    *,
    periods: Periods = ...,
    calendar: _CalendarYear30 | None = ...,
    at: Day | None = ...,
) -> pd.DataFrame:
    """终本合格率：由抽查结果（案号、是否合格）计算，附区间。

    参数
        cases：台账（read_cases 的结果）。
        checks：抽查结果（数据表或文件）：案号、合格（是或否）。
        periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日, 末日）；不写为最后一个整年。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        at：截至哪一天；不写为台账的截止日。

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

def pending_ages(
    cases: Cases,
    *,
    at: Day | None = ...,
    by: str | Sequence[str] = ...,
    oldest: int = ...,
    calendar: _CalendarYear30 | None = ...,
    names: bool = ...,
    **counting: Unpack[LimitOptions],
) -> PendingAges:
    """某日未结案件的案龄，与当年已结案件的办理天数并列。

    参数
        cases：台账（read_cases 的结果）。
        at：截至哪一天；不写为台账的截止日。
        by：按哪些栏目分组，如“承办人”“执行依据”。
        oldest：列出最老的几件。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        names：True 显示姓名和只供院内看的数字。
        clock：期限自哪一天起算；不写按各规则自己的。
        scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
        holidays：自备的放假安排表（最新通知尚未收录时用）。
        excluded：各案不计入期限的期间表。

    Describe the age of the cases pending at the end of a day, beside the durations of the cases closed in that year.

    ``.summary`` ``[by…], pending, mean_age, median_age, oldest_age, closed, mean_days, median_days,
    disposition_time``: ages of the pending in days; of the cases closed since the statistical year began, their
    number and days from filing; days the stock lasts at that pace. The two stand together because clearing old cases
    raises the mean duration while it makes the stock younger. ``.bands`` ``[by…], band, cases, share``: by age in
    months (a case is in "up to 3 months" through the corresponding day). ``.over_limit`` ``[by…], pending,
    over_limit, share, without_limit``: past the statutory limit (``counting``: ``clock``, ``scope``, ``holidays``,
    ``excluded`` of ``limits.with_limits``); shares are of the cases that have a limit, missing where there is none
    (``limit_unknown``, where some: cases that do not state what their limit rests on and may be over or not, in neither).
    ``.oldest``: the ``oldest`` oldest cases: ``case_no, filed_on, age_days, due_on, officer``. Officers are
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
    months: Sequence[int] = ...,
    at: Day | None = ...,
    calendar: _CalendarYear30 | None = ...,
) -> pd.DataFrame:
    """按立案年度：立案后3、6、12个月内结案的比例，只计已观察满这么久的案件。

    参数
        cases：台账（read_cases 的结果）。
        periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日, 末日）；不写为最后一个整年。
        months：向前几个月。
        at：截至哪一天；不写为台账的截止日。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。

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

def first_figures(
    cases: Cases,
    *,
    periods: Periods = ...,
    after: int = ...,
    definitions: str | Path | None = ...,
    calendar: _CalendarYear30 | None = ...,
    only: str | Iterable[str] | None = ...,
    names: bool = ...,
) -> FirstFigures:
    """各期数字从初次公布到最后确定通常变动多少（迟录）。

    参数
        cases：台账（read_cases 的结果）。
        periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日, 末日）；不写为最后一个整年。
        after：期末之后几天出初次数字。
        definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        only：只要哪些指标，如“结案率”。
        names：True 显示姓名和只供院内看的数字。

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
    calendar: _CalendarYear31 | None = ...,
    by: str | Sequence[str] = ...,
    variants: bool = ...,
    at: Day | None = ...,
    seed: int = ...,
    only: str | Iterable[str] | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """按期计算各项指标，每项附分子、分母、区间、口径和说明。

    参数
        cases：台账（read_cases 的结果）。
        periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日, 末日）；不写为最后一个整年。
        definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        by：按哪些栏目分组，如“承办人”“执行依据”。
        variants：True 连同不同算法一并列出。
        at：截至哪一天；不写为台账的截止日。
        seed：随机数种子；同一种子结果相同。
        only：只要哪些指标，如“结案率”。
        names：True 显示姓名和只供院内看的数字。

    Indicators of a register by period, each with numerator, denominator, interval, definition and caveats.

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

def deadlines(
    cases: Cases,
    *,
    at: Day | None = ...,
    within_days: int = ...,
    kinds: Iterable[Literal["over_limit", "due_soon", "not_started", "start_due", "started_late"]] = ...,
    scheme: str | Path | None = ...,
    names: bool = ...,
    **counting: Unpack[LimitOptions],
) -> pd.DataFrame:
    """某日需要留意的未结案件：已超期、将到期、应开始执行的，最急的在前。

    参数
        cases：台账（read_cases 的结果）。
        at：截至哪一天；不写为台账的截止日。
        within_days：几天之内到期的算将到期。
        kinds：只要哪些种类，或各指标的种类。
        scheme：本院选定的考核办法；不写则没有定额。
        names：True 显示姓名和只供院内看的数字。
        clock：期限自哪一天起算；不写按各规则自己的。
        scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
        holidays：自备的放假安排表（最新通知尚未收录时用）。
        excluded：各案不计入期限的期间表。

    The open cases that need attention on a day, one row a case and deadline, the most urgent first.

    Columns: ``case_no, kind, due_on, days_left, officer, rule``; ``kind`` is one of ``KINDS``, ``days_left`` =
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
    >>> cases = Cases.from_frames(pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-03-15"]}), as_of="2011-09-01")
    >>> deadlines(cases)[["kind", "due_on", "days_left"]].astype(str).values.tolist()
    [['due_soon', '2011-09-15', '14']]
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
    clock: Literal["filing-day", "day-after-filing", "filing-day-counted", "application-received"] | None = ...,
    scope: Literal["all", "with-property"] = ...,
    holidays: str | Path | pd.DataFrame | None = ...,
) -> pd.Timestamp:
    """推算一件案件的期限届满日：对应日加延长、扣除，遇休息日顺延。

    参数
        filed_on：立案日。
        basis：执行依据。
        case_type：案件类型。
        has_property：有无财产。
        applied_on：申请日。
        extension_days：延长天数。
        excluded_days：扣除天数。
        clock：期限自哪一天起算；不写按各规则自己的。
        scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
        holidays：自备的放假安排表（最新通知尚未收录时用）。

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

def late_starts(
    cases: Cases,
    *,
    periods: Periods = ...,
    calendar: _CalendarYear30 | None = ...,
    reasons: str | Path | pd.DataFrame | None = ...,
    scheme: str | Path | None = ...,
    holidays: str | Path | pd.DataFrame | None = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """收到案卷后超过本院规定天数才开始执行，或至今未开始的案件。

    参数
        cases：台账（read_cases 的结果）。
        periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日, 末日）；不写为最后一个整年。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        reasons：已写明理由的案件。
        scheme：本院选定的考核办法；不写则没有定额。
        holidays：自备的放假安排表（最新通知尚未收录时用）。
        at：截至哪一天；不写为台账的截止日。
        names：True 显示姓名和只供院内看的数字。

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
    backlog: Literal["either", "over-limit", "carried-over"] = ...,
    plan: str | Path | pd.DataFrame | None = ...,
    names: bool = ...,
    **counting: Unpack[LimitOptions],
) -> ResponsibilityLedger:
    """积案责任台账：案件、承办人、期限、责任、包案领导，缺哪一项写明。

    参数
        cases：台账（read_cases 的结果）。
        at：截至哪一天；不写为台账的截止日。
        backlog：哪些算积案：over-limit（超期）、carried-over（旧存）、either（任一）。
        plan：本院定下的案号、时限、责任表。
        names：True 显示姓名和只供院内看的数字。
        clock：期限自哪一天起算；不写按各规则自己的。
        scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
        holidays：自备的放假安排表（最新通知尚未收录时用）。
        excluded：各案不计入期限的期间表。

    The old open cases with case, officer, time limit, duty and leading officer, and which of these five each lacks.

    ``.table`` ``case_no, filed_on, age_days, reason, officer, team, due_on, time_limit, duty, lead, lacks`` (oldest
    first; ``reason``, ``lacks`` in both languages); ``.summary`` ``element, cases, fixed, lacking``. An old case is
    ``backlog``: over its limit, carried over from an earlier year, or either.

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
    period: int | str,
    at: Day | None = ...,
    by: Literal["officer", "team"] = ...,
    adjust_for: Sequence[str] = ...,
    scheme: str | Path | None = ...,
    items: str | Path | pd.DataFrame | None = ...,
    calendar: _CalendarYear30 | None = ...,
    seed: int = ...,
    names: bool = ...,
    **counting: Unpack[LimitOptions],
) -> OfficerScorecard:
    """承办人（或小组）的年度评分表，各项旁注期望值（院内按案件构成）和随机波动范围。

    参数
        cases：台账（read_cases 的结果）。
        period：年份，如2011。
        at：截至哪一天；不写为台账的截止日。
        by：officer（承办人）或 team（小组）。
        adjust_for：按哪些栏目校正案件构成。
        scheme：本院选定的考核办法；不写则没有定额。
        items：自行登记的考核项目表。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        seed：随机数种子；同一种子结果相同。
        names：True 显示姓名和只供院内看的数字。
        clock：期限自哪一天起算；不写按各规则自己的。
        scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
        holidays：自备的放假安排表（最新通知尚未收录时用）。
        excluded：各案不计入期限的期间表。

    The officers' (or teams') figures of a year (to ``at``), each beside its expectation by case mix and the range of chance.

    ``.table`` ``officer, measure, cases, value, numerator, denominator, expected, lower, upper``: closed;
    closed_of_filed (of the year's filings); amount_closed (元); net_closings (claim fully recovered and paid out);
    recovery (Σ recovered / Σ claimed of closed cases); days_to_start (mean from the file to the start) and
    started_late (files received in the year); over_limit (closed or still open past the limit); petitions (expected
    by cases handled). Expectation and 95% range: ``case_mix.expected_by_chance`` in the strata of ``adjust_for`` (of officers with
    ``names=True`` alone; closings also by carried over, filed before or in the last quarter). Eight officers of forty cases: most
    differences lie inside the range. It is missing where blanks (who has the cases of nobody, amounts) leave open whether a figure
    lies in it; without names both are, of closings, where the filings of the last quarter are left out. With names, ``least`` and
    ``most`` are what a figure must lie between whatever blanks hold (missing where none could change it). A measure that rests on a
    column that the register lacks is left out, and the caption says why. ``.counts`` ``officer,`` (with names) ``team, opening, filed, closed, pending``.
    ``.scheme`` ``officer, criterion, value, [least, most,] numerator, denominator, quota, met, consequence`` by the numbers of the definition
    set ``scheme`` (default: the one that the register names; without any no quota is known); officers only. ``met`` is
    missing, and nothing follows, where cases of which it is unknown could decide it. ``.items``: a hand-kept table
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
    calendar: _CalendarYear30 | None = ...,
    by: str | Sequence[str] = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> Petitions:
    """按期统计信访：收到、化解、未结，结果，由谁化解，事前是否会商。

    参数
        cases：台账（read_cases 的结果）。
        periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日, 末日）；不写为最后一个整年。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        by：按哪些栏目分组，如“承办人”“执行依据”。
        at：截至哪一天；不写为台账的截止日。
        names：True 显示姓名和只供院内看的数字。

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
    calendar: _CalendarYear30 | None = ...,
    at: Day | None = ...,
    names: bool = ...,
) -> pd.DataFrame:
    """到位率的三种说法：总额之比、各案到位率的平均和中位。

    参数
        cases：台账（read_cases 的结果）。
        periods：一段或几段时间，每段如2011、“2011年1—5月”“2011H1”，或（首日, 末日）；不写为最后一个整年。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        at：截至哪一天；不写为台账的截止日。
        names：True 显示姓名和只供院内看的数字。

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

def shadow_stock(cases: Cases, *, freq: _W13 = ..., by: str | Sequence[str] = ..., names: bool = ...) -> pd.DataFrame:
    """逐期并列未结案件与终本未履行案件。

    参数
        cases：台账（read_cases 的结果）。
        freq：期间长短：W（周）、M（月）、Q（季）、Y（年）。
        by：按哪些栏目分组，如“承办人”“执行依据”。
        names：True 显示姓名和只供院内看的数字。

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

def data_review(
    cases: Cases,
    *,
    to: int | str | None = ...,
    definitions: str | Path | Sequence[str | Path] | None = ...,
    intervals: str | Path | pd.DataFrame | None = ...,
    calendar: _CalendarYear30 | None = ...,
    names: bool = ...,
) -> DataReview:
    """会商用的各表：全部指标与上年同期、合理区间、是否随机波动，三项弱项的下钻和案号，供院内。

    参数
        cases：台账（read_cases 的结果）。
        to：统计到哪个月，如“2025-05”；也可写季度、半年；不写为最近一个整月。
        definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
        intervals：本院的合理区间：指标、下限、上限（数据表或文件）。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        names：True 显示姓名和只供院内看的数字。

    Lay out what a monthly or quarterly data review looks at: the months of the year so far beside those of the year before.

    Outside, groups and sums that say too much of a case are left out, and cases are listed by number alone; for the meeting inside, ``names=True``
    shows all. An interval (合理区间) is the user's own, of ``intervals``
    or the targets of a definition set of the user's own; none is made up. Whether a change is real or chance is what ``observations`` finds: counts
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
    courts: Sequence[str] | None = ...,
    only: str | Iterable[str] | None = ...,
    calendar: _CalendarYear30 | None = ...,
    names: bool = ...,
) -> DefinitionBridge:
    """同一批案件按几套口径各算一遍，把两年（或两院）之差拆成口径和办案两部分。

    参数
        cases：台账（read_cases 的结果）。
        periods：两个以上年度（或其他期间）；给了 courts 时只给一个。
        sets：口径集：每年（或每院）一套，或一套通用。
        courts：台账中的两家法院；此时只给一个期间。
        only：只要哪些指标，如“结案率”。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        names：True 显示姓名和只供院内看的数字。

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
        For fewer than two years or courts, another number of sets, and sets that share no indicator.

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
    calendar: _CalendarYear30 | None = ...,
    names: bool = ...,
) -> RatioChange:
    """把一个率比上年的变化拆成个案、构成和其余三部分，相加正好相等。

    参数
        cases：台账（read_cases 的结果）。
        indicator：指标的名称，如“结案率”。
        period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日, 末日）。
        mix_by：按哪个栏目看构成。
        definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        names：True 显示姓名和只供院内看的数字。

    Split the change of a ratio on the year before into single cases, the mix of cases, and the rest.

    Each part is what the ratio changes when this thing alone goes from one period's to the other's, averaged over all
    orders (Shapley value): no case counts twice, the parts add up to the change exactly. Single cases have five times the
    mean base or more, and without each its period's ratio would be another by a percentage point or more; outside the court
    as many more of the largest as keep each of them from being told.
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
        The column by which the mix is told; without it closure mode, or the first that the ratio is not made of itself. Of money
        no other is told outside: two ways to part the same cases could be subtracted.
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

def read_cases(
    source: PathGiven | Iterable[PathGiven] | IntoDataFrame,
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
        source：文件、文件夹、通配符、几个文件，或 pandas、polars、Arrow 的数据表。
        as_of：台账截至哪一天。
        columns：自定表头与规范栏目的对应，或其 TOML 文件。
        corrections：书记员填好更正的问题清单。
        court：没有写法院名的行属于哪家法院。
        court_file：本院说明文件（court-analysis start 写出）。
        key_file：存有承办人代号密钥的文件。
        engine：计算引擎：duckdb、spark，或已连接的 Ibis 后端。

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

def build_bulletin(
    cases: Cases,
    *,
    period: Period,
    out: str | Path | None = ...,
    language: Literal["zh", "en"] | None = ...,
    formats: Sequence[Literal["html", "xlsx", "pdf", "docx", "pptx"]] = ...,
    template: str | Path | None = ...,
    interactive: bool = ...,
    progress: Callable[[str], None] | None = ...,
    **asked: Unpack[BulletinOptions],
) -> Published:
    """写出周、月、季、年通报到文件夹。

    参数
        cases：台账（read_cases 的结果）。
        period：一段时间：2011、“2011-03”“2011年上半年”“2011年1—5月”，或（首日, 末日）。
        out：写入的文件夹。
        language：“zh”或“en”；不写用当前语言。
        formats：格式：html、pdf、docx、pptx、xlsx。
        template：Word、PowerPoint 模板。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        progress：每做完一步调用一次的函数，收到一句进度。
        clock：期限自哪一天起算；不写按各规则自己的。
        scope：期限适用于哪些案件：all（全部）或 with-property（有财产的）。
        holidays：自备的放假安排表（最新通知尚未收录时用）。
        excluded：各案不计入期限的期间表。
        evaluation：上级法院的评估表。
        items：自行登记的考核项目表。
        scheme：本院选定的考核办法；不写则没有定额。
        returns：公布数字（read_returns 的结果）。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        names：True 显示姓名和只供院内看的数字。

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
        The further arguments of ``bulletin``.

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
    language: Literal["zh", "en"] | None = ...,
    formats: Sequence[Literal["html", "xlsx", "pdf", "docx", "pptx"]] = ...,
    template: str | Path | None = ...,
    definitions: str | Path | Sequence[str | Path] | None = ...,
    intervals: str | Path | pd.DataFrame | None = ...,
    former: str | Path | None = ...,
    calendar: _CalendarYear30 | None = ...,
    names: bool = ...,
    progress: Callable[[str], None] | None = ...,
) -> Published:
    """写出会商材料到文件夹：Word（附纪要表）和八至十页幻灯片，供院内。

    参数
        cases：台账（read_cases 的结果）。
        to：统计到哪个月，如“2025-05”；也可写季度、半年；不写为最近一个整月。
        out：写入的文件夹。
        language：“zh”或“en”；不写用当前语言。
        formats：格式：html、pdf、docx、pptx、xlsx。
        template：Word、PowerPoint 模板。
        definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
        intervals：本院的合理区间：指标、下限、上限（数据表或文件）。
        former：上次会商材料（Word），纪要表已填。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        names：True 显示姓名和只供院内看的数字。
        progress：每做完一步调用一次的函数，收到一句进度。

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
    language: Literal["zh", "en"] | None = ...,
    formats: Sequence[Literal["html", "xlsx", "pdf", "docx", "pptx"]] = ...,
    template: str | Path | None = ...,
    progress: Callable[[str], None] | None = ...,
    names: bool = ...,
    own_figures: bool = ...,
    court_file: str | Path | None = ...,
) -> Published:
    """运行笔记本，把所示的内容（不含代码）发布成各种格式。

    参数
        source：笔记本。
        parameters：代入笔记本参数单元的值。
        out：写入的文件夹。
        language：“zh”或“en”；不写用当前语言。
        formats：格式：html、pdf、docx、pptx、xlsx。
        template：Word、PowerPoint 模板。
        progress：每做完一步调用一次的函数，收到一句进度。
        names：True 显示姓名和只供院内看的数字。
        own_figures：True 表示已确认笔记本自算的数字可以公布。
        court_file：本院说明文件（court-analysis start 写出）。

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

def build_report(
    cases: Cases,
    *,
    period: int | str | None = ...,
    returns: pd.DataFrame | None = ...,
    peers: pd.DataFrame | None = ...,
    definitions: str | Path | None = ...,
    scheme: str | Path | None = ...,
    quotas: bool = ...,
    calendar: _CalendarYear30 | None = ...,
    holidays: str | Path | pd.DataFrame | None = ...,
    out: str | Path | None = ...,
    language: Literal["zh", "en"] | None = ...,
    formats: Sequence[Literal["html", "xlsx", "pdf", "docx", "pptx"]] = ...,
    earlier: Sequence[str | Path] | None = ...,
    template: str | Path | None = ...,
    interactive: bool = ...,
    progress: Callable[[str], None] | None = ...,
) -> Published:
    """写出年度报告（网页、PDF、Word、幻灯片、Excel）到文件夹。

    参数
        cases：台账（read_cases 的结果）。
        period：年份，如2011。
        returns：公布数字（read_returns 的结果）。
        peers：其他法院的公布数字，供比较。
        definitions：口径集的名称或自己的 TOML 文件；不写用台账选定的。
        scheme：本院选定的考核办法；不写则没有定额。
        quotas：True 列入按人的定额（须有考核办法）。
        calendar：统计年度：calendar-year（自然年）、dec-21（上年12月21日起）、month-20（每月20日止；22、25日等同样写法）。
        holidays：自备的放假安排表（最新通知尚未收录时用）。
        out：写入的文件夹。
        language：“zh”或“en”；不写用当前语言。
        formats：格式：html、pdf、docx、pptx、xlsx。
        earlier：以前发布的报告，用于列出口径或数字的变动。
        template：Word、PowerPoint 模板。
        interactive：True 用 plotly 画交互图；否则画供印刷的图。
        progress：每做完一步调用一次的函数，收到一句进度。

    Write the yearly report of a court into a folder (default ``reports/<year>``), in one language.

    ``returns`` are the figures that the court printed, ``peers`` those of other courts; a section whose input is missing
    says so. ``period`` is the last full year of the register unless given. ``definitions`` and ``scheme`` are those of the
    court: without them what the register names, else the national definitions in force and no quotas, targets or limits of
    its own. ``earlier`` are folders of earlier reports,
    or their manifests, whose figures are compared with today's (default: those beside ``out``); ``template`` is the
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

def write_national(
    out: str | Path,
    *,
    courts: int = ...,
    cases: int = ...,
    seed: int = ...,
    order: Literal["court", "mixed"] = ...,
    progress: Callable[[int, int], None] | None = ...,
) -> Path:
    """写出合成的全国台账（2006–2011年）及其真值。

    参数
        out：写入的文件夹。
        courts：法院数。
        cases：案件总数。
        seed：随机数种子；同一种子结果相同。
        order：行的次序：court（按法院）或 mixed（打乱）。
        progress：每做完一步调用一次的函数，收到一句进度。

    Write a synthetic national register of 2006–2011 and the truth behind it, in bounded memory; returns ``out``.

    ``out`` is a register that ``read_cases`` takes: ``cases-00000.parquet`` … in canonical columns and codes, rows in
    order of court or, with ``order="mixed"``, dealt out over all courts; the same cases either way, whatever the
    machine's number of threads. ``truth/courts.feather`` has a row a court (``landscape``), ``truth/months.feather``
    its filings by month: tables for ``pandas.read_feather``, which a register's reader passes over.
    ``progress(done, cases)`` is called after each chunk.

    Raises ``ArgumentError`` for fewer cases than courts or an unknown order, ``OutputError`` where ``out`` exists.

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

def speaking(language: Literal["zh", "en"] | None) -> AbstractContextManager[Language]:
    """在 with 代码块中换用一种语言。

    参数
        language：“zh”或“en”；不写用当前语言。

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

def in_language(cell: str, language: Literal["zh", "en"] | None = ...) -> str:
    """从双语单元格中取出一种语言。

    参数
        cell：双语单元格。
        language：“zh”或“en”；不写用当前语言。

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
