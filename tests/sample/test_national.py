import subprocess
import sys
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from analysis.files import threads
from analysis.register.reading import read_cases
from analysis.sample import national
from analysis.sample.national import write_national
from analysis.vocabulary.columns import columns
from analysis.vocabulary.errors import ArgumentError, OutputError

COURTS, CASES = 12, 20_000


def read(folder):
    return pd.concat([pd.read_parquet(path) for path in sorted(folder.glob("cases-*.parquet"))], ignore_index=True)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write_national(tmp_path_factory.mktemp("national") / "register", courts=COURTS, cases=CASES, seed=1)


@pytest.fixture(scope="module")
def table(written):
    return read(written).assign(
        filed_on=lambda t: pd.to_datetime(t["filed_on"]), closed_on=lambda t: pd.to_datetime(t["closed_on"])
    )


@pytest.fixture(scope="module")
def truth(written):
    return pd.read_feather(written / "truth" / "courts.feather").set_index("court")


@pytest.mark.full
def test_it_is_a_register_that_read_cases_takes_and_calls_synthetic(written):
    cases = read_cases(str(written))
    assert len(cases) == CASES
    assert cases.synthetic
    assert str(cases.as_of.date()) == "2011-12-31"
    assert cases.quarantine.empty


def test_columns_and_codes_are_canonical(table):
    assert set(table.columns) <= set(columns("cases"))
    assert table["case_no"].is_unique
    assert table["case_no"].str.fullmatch(r"\(20\d\d\)合\d{4}执字第\d+号").all()
    assert (table["closed_on"].isna() == table["closure_mode"].isna()).all()


def test_cases_are_lived_in_order(table):
    for earlier, later in pairwise(["filed_on", "assigned_on", "started_on", "closed_on"]):
        both = table.dropna(subset=[earlier, later])
        assert (pd.to_datetime(both[earlier]) <= pd.to_datetime(both[later])).all()
    assert not (table["amount_recovered"] > table["amount_claimed"]).any()
    assert not (table["amount_paid"] > table["amount_recovered"]).any()


def test_reopened_cases_look_back_on_a_terminated_round(table):
    reopened = table[table["case_type"] == "reopened"]
    origin = table.set_index("case_no").loc[reopened["original_case_no"]]
    assert len(reopened) > 100
    assert (origin["closure_mode"] == "terminated_this_round").all()
    assert (origin["closed_on"].to_numpy() < reopened["filed_on"].to_numpy()).all()
    assert (origin["court"].to_numpy() == reopened["court"].to_numpy()).all()


def test_the_truth_is_what_the_cases_were_drawn_from(written, table, truth):
    assert (table["court"].value_counts().sort_index() == truth["cases"]).all()
    months = pd.read_feather(written / "truth" / "months.feather").set_index(["court", "month"])["filed"]
    counted = table.groupby(["court", table["filed_on"].dt.to_period("M").dt.to_timestamp()], observed=True).size()
    assert counted.reindex(months.index, fill_value=0).tolist() == months.tolist()
    closed = table[table["closure_mode"].notna() & table["has_property"]]
    enforced = closed["closure_mode"].isin(["completed", "voluntary", "compelled", "settled"])
    share = enforced.groupby(closed["court"], observed=True).agg(["mean", "size"])
    z = (share["mean"] - truth["enforced_share"]) / np.sqrt(
        truth["enforced_share"] * (1 - truth["enforced_share"]) / share["size"]
    )
    assert z.abs().max() < 4


def test_the_campaign_clears_where_its_factor_is_large(table, truth):
    strong = table[table["court"].map(truth["campaign_factor"]).astype(float) > 1.5]
    stock = strong["filed_on"].le("2008-10-31").sum() - strong["closed_on"].le("2008-10-31").sum()
    after = strong["filed_on"].le("2009-12-31").sum() - strong["closed_on"].le("2009-12-31").sum()
    assert after < 0.8 * stock


@pytest.mark.full
def test_order_chunks_and_threads_change_no_case(written, table, tmp_path, monkeypatch):
    monkeypatch.setattr(national, "CHUNK", 1_234)
    monkeypatch.setattr(threads, "WORKERS", 1)
    mixed = read(write_national(tmp_path / "mixed", courts=COURTS, cases=CASES, seed=1, order="mixed"))
    assert mixed["court"].head(50).nunique() > 5
    expected, got = (t.astype("str").sort_values("case_no", ignore_index=True) for t in (read(written), mixed))
    pd.testing.assert_frame_equal(got, expected)


@pytest.mark.full
def test_the_same_seed_gives_the_same_bytes_in_another_process(written, tmp_path):
    code = f"import sys; from analysis.sample.national import write_national as w; w(sys.argv[1], courts={COURTS}, cases={CASES}, seed=1)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "again")], check=True)
    for path in written.rglob("*.*"):
        assert (tmp_path / "again" / path.relative_to(written)).read_bytes() == path.read_bytes(), path.name


def test_another_seed_is_another_nation(table, tmp_path):
    other = read(write_national(tmp_path / "other", courts=COURTS, cases=CASES, seed=2))
    assert not other["amount_claimed"].equals(table["amount_claimed"])


def test_progress_is_told(tmp_path):
    seen = []
    write_national(tmp_path / "n", courts=2, cases=50, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(50, 50)]


def test_what_is_there_is_not_overwritten_and_nothing_half_written_stays(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(OutputError):
        write_national(tmp_path / "taken", courts=1, cases=1)

    def stop(*_):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_national(tmp_path / "stopped", courts=1, cases=10, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="全国"):
        write_national(tmp_path / "file" / "全国", courts=2, cases=10)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("wrong", [{"courts": 0}, {"courts": 5, "cases": 4}, {"order": "sorted"}])
def test_arguments_that_make_no_sense_are_refused(tmp_path, wrong):
    with pytest.raises(ArgumentError):
        write_national(tmp_path / "n", **{"courts": 1, "cases": 10, **wrong})


@pytest.mark.slow
def test_two_million_cases_in_bounded_memory(tmp_path):
    code = (
        "import resource, sys, time; from analysis.sample.national import write_national; start = time.perf_counter();"
        "write_national(sys.argv[1], courts=3000, cases=2_000_000);"
        "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path / "n")], check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, run.stdout.split())
    assert megabytes < 900
    assert seconds < 30
