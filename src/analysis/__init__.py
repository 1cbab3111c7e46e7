"""Explain a court's enforcement work: rebuild its figures, measure its backlog, compare it fairly.

The way of the data, in the order in which a notebook takes it::

    import analysis as an
    an.use_style(language="zh")

    cases = an.read_cases("data/sample/register")        # what comes in; an.check_cases(cases) says what is wrong with it
    flow = an.caseflow(cases, freq="M")                  # opening + filed − closed = closing
    year = an.indicators(cases, years=[2010, 2011])      # each with numerator, denominator, interval and definition

    returns = an.read_returns("data/sample/returns_fujin.csv")
    rec = an.reconcile(returns)                          # do the printed figures agree, and what do they imply?
    match = an.compare_printed(cases, returns)           # each printed figure beside the one rebuilt

    cyc = an.cycle(flow, cases=cases)                    # is backlog cleared, or going round again?
    fun = an.funnel(peers, indicator="closure_rate")     # where the court stands, with its uncertainty

    an.plot_caseflow(flow)                               # seaborn for paper; interactive=True: plotly
    an.build_report(cases, year=2011, returns=returns, peers=peers, out="reports/2011")

Everything after the data is a keyword. Results are tables, or small frozen results whose parts are tables.
Each name is loaded when it is first used, so that starting costs nothing.
"""

import lazy_loader as _lazy

# In reading order: what comes in, what is counted, what it means, what is drawn, what goes out.
_DOOR = {
    "cases.table": ["Cases"],
    "measures.caseflow": ["caseflow", "caseflow_from_counts"],
    "returns.reading": ["read_returns"],
    "charts.style": ["use_style", "save_figure", "alt_of"],
    "vocabulary.language": ["Text", "in_language", "speaking"],
    "vocabulary.errors": ["CourtAnalysisError", "InputError", "ArgumentError", "DataError", "OutputError"],
}

__getattr__, __dir__, _ = _lazy.attach(__name__, submod_attrs=_DOOR)
__all__ = [name for names in _DOOR.values() for name in names]
