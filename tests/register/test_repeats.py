"""A row that stands twice in a sheet, equal in all cells that are read, is one case; the other is listed."""

import numpy as np
import pandas as pd
import pytest

from analysis.checks.checks import check_cases
from analysis.cli import main
from analysis.register import intake
from analysis.register.ingest import ingest
from analysis.register.reading import read_cases

HEADER = ["序号", "案号", "立案日期", "结案日期", "承办人", "标的额"]


def row(number, *, serial=None, closed="2023-06-01", amount="1200.50"):
    return [str(serial or number), f"（2023）青0123执{number}号", "2023-01-04", closed, "甲", amount]


@pytest.mark.parametrize("amount", ["1200.50", "1,200.50元"])
def test_a_row_that_stands_twice_counts_once_and_is_listed(write, tmp_path, capsys, amount):
    """The running number is another, the case is not; cells in plain form and others alike."""
    register = write([HEADER, row(1, amount=amount), row(2), row(1, serial=3, amount=amount), row(4), row(2, serial=5)])
    ingest(register, tmp_path / "out", as_of="2023-12-31")
    for cases in (read_cases(register, as_of="2023-12-31"), read_cases(tmp_path / "out")):
        assert cases.table.order_by("source_row").to_pandas()["source_row"].tolist() == [2, 3, 5]
        rows, kept, aside, skipped = cases.inputs[["rows", "kept", "quarantined", "skipped"]].iloc[0]
        assert (rows, kept, aside, skipped) == (6, 3, 0, 3), "the header and two rows"
        listed = cases.skipped_rows[cases.skipped_rows["kind"] == "repeated"]
        assert listed[["row", "held"]].values.tolist() == [[4, "（2023）青0123执1号"], [6, "（2023）青0123执2号"]]
        assert "duplicate_case_number" not in set(check_cases(cases)["rule"])
    main(["--language", "zh", "check", str(register), "--as-of", "2023-12-31"], standalone_mode=False)
    assert "所读各栏与上面某行相同的行2（第4、6行）" in capsys.readouterr().err


def test_rows_of_one_number_that_differ_in_any_cell_read_stay_a_finding(write):
    cases = read_cases(write([HEADER, row(1), row(1, closed=""), row(2), row(2, amount="")]), as_of="2023-12-31")
    assert len(cases) == 4
    found = check_cases(cases)
    assert found.loc[found["rule"] == "duplicate_case_number", "row"].tolist() == [3, 5]


def test_a_row_is_met_again_in_another_block_and_a_blank_of_it_is_counted_once(write, monkeypatch):
    monkeypatch.setattr("analysis.files.xlsx.BLOCK_ROWS", 2)
    rows = [[*r[:2], pd.Timestamp(r[2]), *r[3:5], None] for r in map(row, (1, 2, 3, 1, 4, 3))]
    frame = pd.DataFrame(rows, columns=HEADER)
    cases = read_cases(frame, as_of="2023-12-31")
    assert cases.table.order_by("source_row").to_pandas()["case_no"].str[-2].tolist() == list("1234")


def test_every_row_is_met_once_however_many_there_are():
    met, rng = intake.RowsMet(), np.random.default_rng(17)
    seen = set()
    for _ in range(40):
        rows = rng.integers(0, 3_000, 200).astype("uint64")
        expected = []
        for one in rows.tolist():
            expected.append(one in seen)
            seen.add(one)
        assert met.again(rows).tolist() == expected
