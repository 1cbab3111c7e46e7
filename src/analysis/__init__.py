"""Explain a court's enforcement work: rebuild its figures, measure its backlog, compare it fairly.

The way of the data, in the order in which a notebook takes it::

    import analysis as an
    an.use_style(language="zh")

    cases = an.read_cases("data/sample/register")        # what comes in; an.check_cases(cases) says what is wrong with it
    flow = an.caseflow(cases, freq="M")                  # opening + filed − closed = closing
    year = an.indicators(cases, periods=[2010, 2011])      # each with numerator, denominator, interval and definition

    returns = an.read_returns("data/sample/returns_fujin.csv")
    rec = an.reconcile(returns)                          # do the printed figures agree, and what do they imply?
    match = an.compare_printed(cases, returns)           # each printed figure beside the one rebuilt

    cyc = an.cycle(flow, cases=cases)                    # is backlog cleared, or going round again?
    fun = an.funnel(an.peer_panel(peers))                # where the court stands, with its uncertainty
    seen = an.observations(cases, period=2011)           # what stands out, with sentences and the calls behind them

    an.plot_caseflow(flow)                               # for paper; interactive=True: plotly
    an.build_report(cases, period=2011, returns=returns, peers=peers, out="reports/2011")

Everything after the data is a keyword. Results are tables, or small frozen results whose parts are tables.
Each name is loaded when it is first used, so that starting costs nothing.
"""

import sys
from types import ModuleType

# In reading order: what comes in, what is counted, what it means, what is drawn, what goes out.
_DOOR = {
    "register.reading": ["read_cases"],
    "register.settings": ["make_key"],
    "cases.table": ["Cases"],
    "register.store": ["verify_ingested"],
    "register.ingest": ["ingest"],
    "register.proposal": ["propose_court_file"],
    "checks.checks": ["check_cases"],
    "checks.workbook": ["export_findings"],
    "checks.entry_quality": ["entry_quality"],
    "checks.reported": ["reconcile_counts"],
    "register.case_numbers": ["parse_case_number"],
    "measures.shared_tallies": ["tallies", "Tallies"],
    "cases.privacy": ["suppress_small"],
    "measures.dominance": ["suppress_dominated"],
    "returns.reading": ["read_returns"],
    "returns.template": ["write_returns_template"],
    "returns.statement": ["read_statement"],
    "measures.caseflow": ["caseflow", "caseflow_from_counts"],
    "measures.indicators.indicators": ["indicators"],
    "vocabulary.indicator_sets.sets": ["definitions"],
    "measures.durations.durations": ["time_to_close", "closing_incidence"],
    "measures.durations.cox": ["cox_model"],
    "measures.durations.ages": ["pending_ages", "disposition_time"],
    "measures.durations.cohorts": ["closed_within"],
    "measures.limits.deadlines": ["deadlines"],
    "measures.limits.limits": ["limit_rules", "due_date"],
    "measures.limits.holiday_template": ["write_holidays_template"],
    "measures.limits.bunching": ["limit_bunching"],
    "measures.officers.scorecard": ["officer_scorecard"],
    "measures.indicators.first_figures": ["first_figures"],
    "measures.petitions": ["petitions"],
    "measures.recovery": ["recovery_rates"],
    "measures.integrity": ["integrity"],
    "measures.compliance": ["termination_compliance"],
    "measures.terminated": ["terminated_stock", "shadow_stock"],
    "measures.coercion": ["coercive_measures"],
    "measures.aid": ["aid"],
    "measures.officers.late_starts": ["late_starts"],
    "measures.officers.responsibility": ["responsibility_ledger"],
    "measures.bulletin_tables": ["bulletin"],
    "inference.reconciliation.reconcile": ["reconcile"],
    "inference.reconciliation.printed": ["compare_printed"],
    "inference.cycle.cycle": ["cycle"],
    "inference.cycle.calibrate": ["calibrate"],
    "inference.cycle.stock_change": ["stock_change"],
    "inference.cycle.campaign": ["campaign_effect"],
    "inference.cycle.control_limits": ["control_limits"],
    "inference.cycle.variation": ["variation_table"],
    "inference.cycle.forecast": ["forecast_pending"],
    "inference.cycle.what_if": ["what_if"],
    "inference.peer_panel": ["peer_panel"],
    "inference.peers.funnel": ["funnel"],
    "inference.peers.dynamic_funnel": ["dynamic_funnel"],
    "inference.peers.case_mix": ["case_mix", "mix_cells"],
    "inference.peers.shrinkage": ["shrink"],
    "inference.peers.ranks": ["rank_intervals", "top_set"],
    "inference.peers.scheme": ["read_scheme"],
    "inference.peers.composite": ["composite_score"],
    "inference.peers.trends": ["peer_trends"],
    "inference.peers.over_time": ["peers_over_time"],
    "inference.peers.percentiles": ["percentile_band"],
    "inference.peers.exchange": ["seal_figures", "open_sealed", "compare_sealed"],
    "inference.peers.standing_out": ["stands_out"],
    "observations.observations": ["observations"],
    "observations.movements": ["decompose_change"],
    "observations.data_review": ["data_review"],
    "observations.definition_bridge": ["definition_bridge"],
    "observations.conclusions": ["conclusion"],
    "charts.drawing.style": ["use_style", "save_figure", "alt_of", "title_of", "note_of"],
    "charts.caseflow": ["plot_caseflow"],
    "charts.indicators": ["plot_indicators"],
    "charts.printed": ["plot_printed"],
    "charts.reconciliation": ["plot_reconciliation"],
    "charts.history": ["plot_history"],
    "charts.cycle": ["plot_cycle"],
    "charts.campaign": ["plot_campaign"],
    "charts.stock_change": ["plot_stock_change"],
    "charts.bridge": ["plot_bridge"],
    "charts.forecast": ["plot_forecast"],
    "charts.regimes": ["plot_regimes"],
    "charts.season": ["plot_season"],
    "charts.shadow_stock": ["plot_shadow_stock"],
    "charts.petitions": ["plot_petitions"],
    "charts.incidence": ["plot_incidence"],
    "charts.bunching": ["plot_bunching"],
    "charts.entry": ["plot_entry"],
    "charts.officers": ["plot_officers"],
    "charts.backlog_clock": ["plot_backlog_clock"],
    "charts.control_limits": ["plot_control_limits"],
    "charts.durations": ["plot_durations"],
    "charts.ages": ["plot_ages"],
    "charts.funnel": ["plot_funnel"],
    "charts.caterpillar": ["plot_caterpillar"],
    "charts.ranks": ["plot_ranks"],
    "charts.peers": ["plot_peers"],
    "charts.slopes": ["plot_slopes"],
    "charts.band": ["plot_band"],
    "report.yearly": ["build_report"],
    "report.bulletin": ["build_bulletin"],
    "report.data_review": ["build_data_review"],
    "report.saved_tables": ["to_excel"],
    "report.verify": ["verify_report"],
    "report.notebook": ["publish_notebook"],
    "lab.explore": ["explore"],
    "lab.start_form": ["start_form"],
    "lab.own_cases": ["own_cases"],
    "lab.reasons": ["or_say_why"],
    "sample.folder": ["sample_path", "write_sample"],
    "sample.register": ["sample_register"],
    "sample.panel": ["sample_panel"],
    "sample.national": ["write_national"],
    "vocabulary.tables": ["labelled"],
    "vocabulary.language": ["speaking"],
    "vocabulary.text": ["Text", "in_language"],
    "vocabulary.errors": ["CourtAnalysisError", "InputError", "ArgumentError", "DataError", "OutputError"],
}

__all__ = [name for names in _DOOR.values() for name in names]


def __dir__() -> list[str]:
    return [*__all__]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used; calls of functions are answered in the user's language.

    Nothing is imported before that: until a command that is starting can hear a key on the keyboard, Python answers it with a traceback.
    """
    from types import FunctionType

    import lazy_loader

    if name == "__version__":
        from importlib.metadata import version

        return version("court-analysis")
    from analysis.vocabulary.calls import answering

    if name not in __all__:
        from difflib import get_close_matches

        from analysis.vocabulary.text import Text

        near = "".join(get_close_matches(name, __all__, n=1))
        raise AttributeError(
            Text(
                f"analysis 中没有“{name}”" + (f"，是否想写“{near}”？" if near else "。"),
                f'analysis has no "{name}"' + (f', did you mean "{near}"?' if near else "."),
            )
        )
    load, _, _ = lazy_loader.attach(__name__, submod_attrs=_DOOR)
    loaded = load(name)
    if isinstance(loaded, FunctionType):
        loaded = answering(loaded)
    globals()[name] = loaded
    return loaded


class _Door(ModuleType):
    """The package, whose rooms do not hide public names of the same word (``observations``) when they are imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in __all__):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Door
