"""What editors and type checkers see of the door; written by tests/stubs.py."""

from analysis.cases.privacy import suppress_small as suppress_small
from analysis.cases.table import Cases as Cases
from analysis.charts.ages import plot_ages as plot_ages
from analysis.charts.backlog_clock import plot_backlog_clock as plot_backlog_clock
from analysis.charts.band import plot_band as plot_band
from analysis.charts.campaign import plot_campaign as plot_campaign
from analysis.charts.caseflow import plot_caseflow as plot_caseflow
from analysis.charts.control_limits import plot_control_limits as plot_control_limits
from analysis.charts.cycle import plot_cycle as plot_cycle
from analysis.charts.drawing.style import alt_of as alt_of
from analysis.charts.drawing.style import note_of as note_of
from analysis.charts.drawing.style import save_figure as save_figure
from analysis.charts.drawing.style import title_of as title_of
from analysis.charts.drawing.style import use_style as use_style
from analysis.charts.durations import plot_durations as plot_durations
from analysis.charts.forecast import plot_forecast as plot_forecast
from analysis.charts.funnel import plot_funnel as plot_funnel
from analysis.charts.history import plot_history as plot_history
from analysis.charts.indicators import plot_indicators as plot_indicators
from analysis.charts.intervals import plot_caterpillar as plot_caterpillar
from analysis.charts.intervals import plot_ranks as plot_ranks
from analysis.charts.peers import plot_peers as plot_peers
from analysis.charts.printed import plot_printed as plot_printed
from analysis.charts.reconciliation import plot_reconciliation as plot_reconciliation
from analysis.charts.regimes import plot_regimes as plot_regimes
from analysis.charts.season import plot_season as plot_season
from analysis.charts.slopes import plot_slopes as plot_slopes
from analysis.charts.stock_change import plot_stock_change as plot_stock_change
from analysis.checks.checks import check_cases as check_cases
from analysis.checks.entry_quality import entry_quality as entry_quality
from analysis.checks.reported import reconcile_counts as reconcile_counts
from analysis.checks.workbook import export_findings as export_findings
from analysis.inference.cycle.calibrate import calibrate as calibrate
from analysis.inference.cycle.campaign import campaign_effect as campaign_effect
from analysis.inference.cycle.control_limits import control_limits as control_limits
from analysis.inference.cycle.cycle import cycle as cycle
from analysis.inference.cycle.forecast import forecast_pending as forecast_pending
from analysis.inference.cycle.stock_change import stock_change as stock_change
from analysis.inference.cycle.what_if import what_if as what_if
from analysis.inference.peer_panel import peer_panel as peer_panel
from analysis.inference.peers.case_mix import case_mix as case_mix
from analysis.inference.peers.case_mix import mix_cells as mix_cells
from analysis.inference.peers.composite import composite_score as composite_score
from analysis.inference.peers.exchange import compare_sealed as compare_sealed
from analysis.inference.peers.exchange import open_sealed as open_sealed
from analysis.inference.peers.exchange import seal_figures as seal_figures
from analysis.inference.peers.funnel import funnel as funnel
from analysis.inference.peers.over_time import peers_over_time as peers_over_time
from analysis.inference.peers.percentiles import percentile_band as percentile_band
from analysis.inference.peers.ranks import rank_intervals as rank_intervals
from analysis.inference.peers.ranks import top_set as top_set
from analysis.inference.peers.scheme import read_scheme as read_scheme
from analysis.inference.peers.shrinkage import shrink as shrink
from analysis.inference.peers.standing_out import stands_out as stands_out
from analysis.inference.peers.trends import peer_trends as peer_trends
from analysis.inference.reconciliation.printed import compare_printed as compare_printed
from analysis.inference.reconciliation.reconcile import reconcile as reconcile
from analysis.lab.explore import explore as explore
from analysis.lab.own_cases import own_cases as own_cases
from analysis.lab.reasons import or_say_why as or_say_why
from analysis.lab.start_form import start_form as start_form
from analysis.measures.aid import aid as aid
from analysis.measures.bulletin_tables import bulletin as bulletin
from analysis.measures.caseflow import caseflow as caseflow
from analysis.measures.caseflow import caseflow_from_counts as caseflow_from_counts
from analysis.measures.coercion import coercive_measures as coercive_measures
from analysis.measures.durations.ages import disposition_time as disposition_time
from analysis.measures.durations.ages import pending_ages as pending_ages
from analysis.measures.durations.cox import cox_model as cox_model
from analysis.measures.durations.durations import closing_incidence as closing_incidence
from analysis.measures.durations.durations import time_to_close as time_to_close
from analysis.measures.indicators.indicators import indicators as indicators
from analysis.measures.integrity import integrity as integrity
from analysis.measures.limits.bunching import limit_bunching as limit_bunching
from analysis.measures.limits.deadlines import deadlines as deadlines
from analysis.measures.limits.holiday_template import write_holidays_template as write_holidays_template
from analysis.measures.limits.limits import due_date as due_date
from analysis.measures.limits.limits import limit_rules as limit_rules
from analysis.measures.officers.late_starts import late_starts as late_starts
from analysis.measures.officers.responsibility import responsibility_ledger as responsibility_ledger
from analysis.measures.officers.scorecard import officer_scorecard as officer_scorecard
from analysis.measures.petitions import petitions as petitions
from analysis.measures.shared_tallies import Tallies as Tallies
from analysis.measures.shared_tallies import tallies as tallies
from analysis.measures.terminated import shadow_stock as shadow_stock
from analysis.measures.terminated import terminated_stock as terminated_stock
from analysis.observations.conclusions import conclusion as conclusion
from analysis.observations.movements import decompose_change as decompose_change
from analysis.observations.observations import observations as observations
from analysis.register.case_numbers import parse_case_number as parse_case_number
from analysis.register.ingest import ingest as ingest
from analysis.register.proposal import propose_court_file as propose_court_file
from analysis.register.reading import read_cases as read_cases
from analysis.register.settings import make_key as make_key
from analysis.register.store import verify_ingested as verify_ingested
from analysis.report.bulletin import build_bulletin as build_bulletin
from analysis.report.notebook import publish_notebook as publish_notebook
from analysis.report.saved_tables import to_excel as to_excel
from analysis.report.verify import verify_report as verify_report
from analysis.report.yearly import build_report as build_report
from analysis.returns.reading import read_returns as read_returns
from analysis.returns.statement import read_statement as read_statement
from analysis.returns.template import write_returns_template as write_returns_template
from analysis.sample.folder import sample_path as sample_path
from analysis.sample.folder import write_sample as write_sample
from analysis.sample.national import write_national as write_national
from analysis.sample.panel import sample_panel as sample_panel
from analysis.sample.register import sample_register as sample_register
from analysis.vocabulary.errors import ArgumentError as ArgumentError
from analysis.vocabulary.errors import CourtAnalysisError as CourtAnalysisError
from analysis.vocabulary.errors import DataError as DataError
from analysis.vocabulary.errors import InputError as InputError
from analysis.vocabulary.errors import OutputError as OutputError
from analysis.vocabulary.indicator_sets.sets import definitions as definitions
from analysis.vocabulary.language import speaking as speaking
from analysis.vocabulary.tables import labelled as labelled
from analysis.vocabulary.text import Text as Text
from analysis.vocabulary.text import in_language as in_language

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
    "build_report",
    "bulletin",
    "calibrate",
    "campaign_effect",
    "case_mix",
    "caseflow",
    "caseflow_from_counts",
    "check_cases",
    "closing_incidence",
    "coercive_measures",
    "compare_printed",
    "compare_sealed",
    "composite_score",
    "conclusion",
    "control_limits",
    "cox_model",
    "cycle",
    "deadlines",
    "decompose_change",
    "definitions",
    "disposition_time",
    "due_date",
    "entry_quality",
    "explore",
    "export_findings",
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
    "plot_campaign",
    "plot_caseflow",
    "plot_caterpillar",
    "plot_control_limits",
    "plot_cycle",
    "plot_durations",
    "plot_forecast",
    "plot_funnel",
    "plot_history",
    "plot_indicators",
    "plot_peers",
    "plot_printed",
    "plot_ranks",
    "plot_reconciliation",
    "plot_regimes",
    "plot_season",
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
    "suppress_small",
    "tallies",
    "terminated_stock",
    "time_to_close",
    "title_of",
    "to_excel",
    "top_set",
    "use_style",
    "verify_ingested",
    "verify_report",
    "what_if",
    "write_holidays_template",
    "write_national",
    "write_returns_template",
    "write_sample",
]
