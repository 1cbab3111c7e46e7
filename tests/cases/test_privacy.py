"""Names stay inside, small cells too, and no cell is a formula."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st

from analysis.cases.privacy import (
    FORMULA_STARTS,
    cut_short,
    label_key,
    people,
    pseudonymise,
    pseudonyms,
    safe_cell,
    safe_frame,
    suppress_small,
)
from analysis.cases.table import Cases
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import ArgumentError

ROWS = [
    ["案号", "立案日期", "承办人", "包案领导"],
    ["（2011）富执字第1号", "2011-03-04", "王伟", "孙某"],
    ["（2011）富执字第2号", "2011-01-04", "李强", ""],
    ["（2011）富执字第3号", "2011-05-04", "王伟", ""],
]


def test_without_a_key_no_pseudonym_of_one_register_means_somebody_in_the_next(write):
    first = pseudonyms(read_cases(write(ROWS), as_of="2011"))
    assert pseudonyms(read_cases(write(ROWS), as_of="2011")) == first
    assert set(first) == {"王伟", "李强", "孙某"}
    later = [*ROWS, ["（2012）富执字第1号", "2012-01-04", "李强", ""]]
    assert not set(first.values()) & set(pseudonyms(read_cases(write(later, "later.csv"), as_of="2012")).values())


def test_a_register_with_pseudonyms_has_the_labels_of_the_one_with_names_and_nobody_of_it():
    frame = pd.DataFrame({"filed_on": ["2011-01-04", "2011-02-01"], "officer": ["王伟", "李强"]})
    named = Cases.from_frames(frame, as_of="2011-12-31")
    shown = {*pseudonyms(named).values()}
    hidden = named.pseudonymised()
    assert label_key(hidden) == label_key(named)
    assert {*people(hidden)} == shown


def test_nor_can_the_key_be_tried_out_from_counts_and_first_and_last_days():
    days = [f"2011-0{month}-1{day}" for month in range(1, 7) for day in (1, 4, 8)]
    frame = pd.DataFrame({"filed_on": days, "officer": [*"甲乙甲乙", *"甲乙乙甲甲乙", *"甲乙乙甲甲乙甲乙"]})
    swapped = frame.assign(officer=[*frame["officer"][:6], *frame["officer"][6:8][::-1], *frame["officer"][8:]])
    first, other = (label_key(Cases.from_frames(rows, as_of="2011-12-31")) for rows in (frame, swapped))
    assert (
        frame.groupby("officer")["filed_on"]
        .agg(["size", "min", "max"])
        .equals(swapped.groupby("officer")["filed_on"].agg(["size", "min", "max"]))
    )
    assert first != other, "whose the cases in between are counts too"


def test_of_a_register_so_small_that_all_could_be_tried_the_pseudonyms_are_the_same_whosever_the_cases_are():
    """Who knows the days and the names tried all 243 ways to part five cases until the pseudonyms agreed."""
    days = ["2011-01-04", "2011-02-01", "2011-03-01", "2011-03-09", "2011-05-06"]
    seen = set()
    for who in product("甲乙丙", repeat=5):
        frame = pd.DataFrame({"filed_on": days, "officer": [*who]})
        made = pseudonyms(Cases.from_frames(frame, as_of="2011-12-31")) if len(set(who)) == 3 else {}
        seen |= {frozenset(made.values())} if made else set()
    assert len(seen) == 1
    large = pd.DataFrame({"filed_on": "2011-01-04", "officer": [*"甲乙丙"] * 40, "amount_claimed": range(1000, 1120)})
    first, other = (
        pseudonyms(Cases.from_frames(rows, as_of="2011-12-31"))
        for rows in (large, large.assign(amount_claimed=range(1001, 1121)))
    )
    assert not {*first.values()} & {*other.values()}
    assert len({label[:-2] for label in first.values()}) == 3, "of a larger one nothing is in common"


@given(st.lists(st.text("甲乙丙丁", min_size=1, max_size=6), unique=True, max_size=300))
def test_no_two_names_share_a_pseudonym_and_none_gets_that_of_another(names):
    made = pseudonymise(pd.Series(names, dtype=object), key=b"k")
    assert made.is_unique
    alone = [pseudonymise(pd.Series([name]), key=b"k")[0] for name in names]
    assert all(label == own or label not in alone for label, own in zip(made, alone, strict=True))


def test_with_a_key_the_same_name_is_the_same_in_every_register_and_another_key_is_another(write, tmp_path):
    (tmp_path / "key").write_bytes(b"a secret of the court\n")
    path = write(ROWS)
    named = pseudonyms(read_cases(path, as_of="2011", key_file=tmp_path / "key"))
    other = pseudonyms(read_cases(write(ROWS[:2], "other.csv"), as_of="2011", key_file=tmp_path / "key"))
    assert named["王伟"] == other["王伟"]
    assert "王" not in named["王伟"]
    (tmp_path / "key2").write_bytes(b"another secret of it")
    assert pseudonyms(read_cases(path, as_of="2011", key_file=tmp_path / "key2"))["王伟"] != named["王伟"]


def test_a_pseudonym_is_six_digits_behind_its_label():
    made = pseudonymise(pd.Series([f"王{n}" for n in range(30)]), key=b"k", label="甲")
    assert made.str.fullmatch(r"甲[1-9]\d{5}").all()


def test_a_part_of_a_register_names_its_people_as_the_whole_does(write):
    whole = read_cases(write(ROWS), as_of="2011")
    part = whole.where(officer="李强", names=True)
    assert people(part) == people(whole) == ("孙某", "李强", "王伟")
    assert label_key(part) == label_key(whole)
    assert pseudonyms(part) == pseudonyms(whole)


def test_of_a_part_those_are_cut_short_of_whom_it_holds_some_cases_and_not_all():
    frame = pd.DataFrame(
        {
            "filed_on": "2011-01-04",
            "officer": [*"甲甲乙", None, None],
            "basis": ["civil", "criminal", "civil", "civil", "criminal"],
        }
    )
    whole = Cases.from_frames(frame, as_of="2011-12-31")
    assert cut_short(whole, "officer") == frozenset()
    assert cut_short(whole.where(basis="civil"), "officer") == {"甲", None}, "those of nobody are cut short too"
    assert cut_short(whole.where(officer="乙", names=True), "officer") == frozenset()


def test_missing_names_stay_missing():
    assert pseudonymise(pd.Series(["王伟", None]), key=b"k").isna().tolist() == [False, True]


def test_a_second_cell_goes_where_the_first_could_be_worked_out():
    table = pd.DataFrame({"officer": list("甲乙丙"), "closed": [12, 2, 7]})
    hidden = suppress_small(table, columns=["closed"])
    assert hidden["closed"].isna().tolist() == [False, True, True]  # 21 − 12 − 7 would be 2
    assert table["closed"].tolist() == [12, 2, 7]
    assert suppress_small(table.assign(closed=[12, 0, 7]), columns=["closed"])["closed"].tolist() == [12, 0, 7]


def test_the_rate_of_a_hidden_count_and_the_rest_of_its_equation_go_too():
    table = pd.DataFrame(
        {"opening": [10, 10], "filed": [5, 9], "closed": [2, 9], "closing": [13, 10], "rate": [13.3, 47.4]}
    )
    bound = ["opening", "filed", "closed", "closing"]
    hidden = suppress_small(table, columns=["closed"], across=[bound], dependent={"closed": ["rate"]})
    assert hidden.loc[0, bound].isna().sum() >= 2
    assert pd.isna(hidden.loc[0, "rate"])


def test_a_total_is_one_of_its_group_and_a_group_of_one_is_left_alone():
    table = pd.DataFrame({"team": [*"一二二二", None, None], "closed": [2, 12, 2, 7, 1, 9]})
    hidden = suppress_small(table, columns=["closed"], total_by=["team"])["closed"]
    assert hidden.isna().tolist() == [True, False, True, True, True, True], "rows without a team have a total too"
    assert suppress_small(table.iloc[1:4], columns=["closed"])["closed"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("counts", "gone"), [([0, 50, 2, 48], [False, False, True, True]), ([40, 10, 2, 48], [False, True, True, False])]
)
def test_what_is_left_out_beside_a_small_count_is_the_smallest_that_is_not_0(counts, gone):
    table = pd.DataFrame([counts], columns=["opening", "filed", "closed", "closing"])
    assert suppress_small(table, columns=["closed"], across=[list(table)]).isna().iloc[0].tolist() == gone


def test_where_all_others_are_0_one_of_them_goes():
    only_zeros = suppress_small(pd.DataFrame({"a": [2], "b": [0]}), columns=["a"], across=[["a", "b"]])
    assert only_zeros.isna().iloc[0].tolist() == [True, True]


def test_a_system_of_sums_is_protected_in_every_group_behind_a_group_of_one_row():
    loop = pd.DataFrame([[4, 6, 2, 5], [2, 6, 7, 3], [5, 4, 3, 5], [5, 3, 4, 9], [4, 6, 5, 5]], columns=list("abcd"))
    loop = loop.assign(all=loop.sum(axis=1))
    alone = pd.DataFrame([[9, 9, 9, 9, 36]], columns=list(loop))
    both = pd.concat([alone, loop], ignore_index=True).assign(team=["一"] + ["二"] * 5)
    hidden = suppress_small(both, columns=list(loop), across=[list(loop)], total_by=["team"])
    assert hidden[list(loop)].iloc[1:].isna().to_numpy().tolist() == (
        suppress_small(loop, columns=list(loop), across=[list(loop)]).isna().to_numpy().tolist()
    )


def test_the_table_keeps_its_rows_kinds_and_notes_and_tells_how_many_cells_went():
    table = pd.DataFrame({"officer": list("甲乙丙丁"), "closed": [12, 2, 7, None], "amount": [1.5, 2.5, 30.25, 4.5]})
    table = table.set_index("officer", drop=False)
    table.attrs = {"table": "t"}
    hidden = suppress_small(table, columns=["closed", "amount"], dependent={"closed": ["amount"]})
    assert hidden.index.tolist() == list("甲乙丙丁")
    assert (str(hidden["closed"].dtype), str(hidden["amount"].dtype)) == ("Int64", "Float64")
    assert hidden["closed"].isna().tolist() == [False, True, True, True]
    assert suppress_small(table, columns=["amount"], minimum=2)["amount"].dropna().tolist() == [30.25, 4.5]
    assert hidden.attrs == {"table": "t", "suppressed": 5, "minimum": 3}
    assert table.attrs == {"table": "t"}
    with pytest.raises(ArgumentError, match="closing"):
        suppress_small(table, columns=["closing"])
    with pytest.raises(ArgumentError, match="team"):
        suppress_small(table, columns=["closed"], total_by=["team"])


@pytest.mark.parametrize(
    ("counts", "minimum", "gone"),
    [
        ([2, 2, 9, 8], 3, [True, True, False, True]),  # both at the most: their sum of 4 says each
        ([1, 1, 9, 8], 3, [True, True, False, True]),  # both at the least
        ([1, 2, 9, 8], 3, [True, True, False, False]),  # which is which nobody can tell
        ([1, 3, 9, 8], 4, [True, True, False, False]),
        ([3, 3, 9, 8], 4, [True, True, False, True]),
        ([0, 2, 9, 8], 3, [False, True, False, True]),
    ],
)
def test_small_counts_whose_sum_says_each_are_protected_by_a_further_one(counts, minimum, gone):
    hidden = suppress_small(pd.DataFrame({"n": counts}), columns=["n"], minimum=minimum)["n"]
    assert hidden.isna().tolist() == gone


@given(st.lists(st.integers(0, 20), min_size=2, max_size=8), st.integers(2, 5))
def test_no_hidden_count_follows_from_the_total(counts, minimum):
    hidden = suppress_small(pd.DataFrame({"n": counts}), columns=["n"], minimum=minimum)["n"]
    assert all(count == 0 or count >= minimum for count in hidden.dropna())
    assert hidden.isna().sum() != 1


@st.composite
def two_way_tables(draw):
    cells = draw(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=5))
    table = pd.DataFrame(cells, columns=["a", "b", "c"])
    return table.assign(all=table.sum(axis=1))


def told_by_sums(hidden):
    """The hidden cells of a table with a column of row totals that its column totals and row totals give away."""
    gone = hidden.isna().to_numpy()
    cells = np.argwhere(gone)
    by_row = [[(1 if c < gone.shape[1] - 1 else -1) * (r == i) for r, c in cells] for i in range(gone.shape[0])]
    by_column = [[int(c == j) for _, c in cells] for j in range(gone.shape[1])]
    free = scipy.linalg.null_space(np.array(by_row + by_column, dtype=float))
    return [(r, c) for i, (r, c) in enumerate(cells.tolist()) if np.abs(free[i]).sum() < 1e-9]


def small_counts_told(table):
    hidden = suppress_small(table, columns=list(table), across=[list(table)])
    return [(r, c) for r, c in told_by_sums(hidden) if 0 < table.iloc[r, c] < 3]


@given(two_way_tables())
def test_no_small_count_of_a_two_way_table_follows_from_its_totals(table):
    assert small_counts_told(table) == []


def test_a_cell_between_two_loops_of_hidden_cells_is_protected_too():
    """Its row and its column have other hidden cells, and yet it would follow from the totals of the rest."""
    rows = [[4, 6, 2, 5], [2, 6, 7, 3], [5, 4, 3, 5], [5, 3, 4, 9], [4, 6, 5, 5]]
    table = pd.DataFrame(rows, columns=["a", "b", "c", "d"])
    assert small_counts_told(table.assign(all=table.sum(axis=1))) == []


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_and_no_heading_starts_a_formula(start):
    frame = safe_frame(pd.DataFrame({f"{start}1": [f"{start}cmd|' /C calc'!A0", f" {start}x"]}))
    for text in [*frame.columns, *frame.iloc[:, 0]]:
        assert text.startswith("'")
    assert safe_cell(-3.5) == -3.5


def test_texts_of_every_kind_of_column_are_safe_and_others_as_they_were():
    frame = pd.DataFrame({"a": pd.Categorical(["=1", "x"]), "b": pd.array(["+2", None], dtype="string"), "n": [-1, 2]})
    safe = safe_frame(frame)
    assert safe["a"].tolist() == ["'=1", "x"]
    assert safe["b"][0] == "'+2"
    assert safe["n"].tolist() == [-1, 2]
    assert frame["a"].tolist() == ["=1", "x"], "the caller's table stays"
    assert (safe_cell("\u3000=1"), safe_cell("\xa0-1"), safe_cell("富锦=1")) == ("'\u3000=1", "'\xa0-1", "富锦=1")
