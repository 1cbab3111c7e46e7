"""Arguments as they were called before: taken for one version more, with a warning in the user's language."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.text import Text, listed

SOURCE, RESULT = "source", "result"
# old -> new by function; the first and last day of what is now one period are a pair.
FORMER: Mapping[str, Mapping[str, str]] = {
    **{name: {"years": "periods"} for name in ("indicators", "petitions", "coercive_measures", "aid", "late_starts")},
    **{name: {"years": "periods"} for name in ("write_returns_template", "definition_bridge")},
    **{name: {"year": "period"} for name in ("officer_scorecard", "build_report", "seal_figures", "peer_panel")},
    "write_holidays_template": {"year": "period"},
    **{name: {"start": "period", "end": "period"} for name in ("caseflow", "campaign_effect", "case_mix", "mix_cells")},
    "stock_change": {"start": "period", "end": "period", "cases_or_flow": "cases"},
    **{name: {"period": "time"} for name in ("peer_trends", "peers_over_time")},
    **{name: {"path": SOURCE} for name in ("read_cases", "propose_court_file", "open_sealed", "publish_notebook")},
    "verify_ingested": {"path": SOURCE},
    "read_returns": {"path_or_paths": SOURCE},
    "compare_sealed": {"paths": SOURCE},
    "own_cases": {"register": SOURCE},
    "write_sample": {"folder": "out"},
    "top_set": {"ranks": "data"},
    "percentile_band": {"trends": RESULT},
    **{name: {"table": RESULT} for name in ("plot_indicators", "plot_printed")},
    **{name: {"rec": RESULT} for name in ("plot_reconciliation", "plot_history")},
    **{name: {"found": RESULT} for name in ("plot_cycle", "plot_forecast", "plot_regimes", "plot_season")},
    **{name: {"found": RESULT} for name in ("plot_backlog_clock", "plot_control_limits")},
    **{name: {"data": RESULT} for name in ("plot_caterpillar", "plot_ranks", "plot_peers")},
    **{name: {"trends": RESULT} for name in ("plot_slopes", "plot_band")},
    "plot_campaign": {"effect": RESULT},
    "plot_stock_change": {"change": RESULT},
    "plot_funnel": {"fun": RESULT},
}


def with_present_names(function: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call by their present names; warns of each former name, for the line that calls.

    Raises ``ArgumentError`` where a call gives both names of one argument.

    >>> with warnings.catch_warnings(record=True):
    ...     with_present_names("caseflow", {"freq": "M", "start": "2009"}), with_present_names("aid", {"years": (2010, 2011)})
    ({'freq': 'M', 'period': ('2009', None)}, {'periods': [2010, 2011]})
    """
    former = FORMER.get(function, {})
    if not (old := [name for name in options if name in former]):
        return dict(options)
    present = {name: value for name, value in options.items() if name not in former}
    for new in dict.fromkeys(former[name] for name in old):
        if new in present:
            raise ArgumentError(
                f"{function}() 的 {new} 与旧名 {old[0]} 不能同时写。",
                f"{function}() takes {new} or its former name {old[0]}, not both.",
            )
        value = (options.get("start"), options.get("end")) if "start" in former and new == "period" else options[old[0]]
        if new == "periods" and isinstance(value, tuple):  # years as they were; a pair would be one period
            value = [*value]
        present[new] = value
    written = listed(f"{name}=" for name in old)
    now = listed(f"{new}=" for new in dict.fromkeys(former[name] for name in old))
    said = Text(
        f"{function}() 的参数 {written.zh} 已改名为 {now.zh}（旧名下一版不再接受）。",
        f"{function}(): {written.en} is now called {now.en} (the old name goes with the next version).",
    )
    warnings.warn(str(said), FutureWarning, stacklevel=3)
    return present
