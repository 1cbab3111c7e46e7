"""Tables as the page of the explorer shows them."""

import pandas as pd

from analysis.lab.shown_table import as_shown


def test_a_column_in_which_nothing_stands_is_not_shown():
    table = pd.DataFrame({"indicator": ["filed", "closed"], "value": [3, 2], "target": ["", ""], "lower": [None, None]})
    shown = as_shown("", table)
    assert shown["columns"] == ["指标", "数值"]
    assert [len(row) for row in shown["rows"]] == [2, 2]
    assert len(shown["keys"]) == len(shown["numbers"]) == 2
    half = as_shown("", table.assign(target=["", "≥90"]))
    assert len(half["columns"]) == 3
