"""The pipeline of the benchmark as the package runs it and as hand-written peers do: monthly caseflow and yearly
indicators by court, officers by year, Kaplan–Meier by court. All give equal tables.

Definitions shared by all: a case counts in the month or year of its filing or closing; recovered and claimed are sums of
whole fen over closed cases; the officers' table counts closings by year of filing and year of closing; the survival
curve is that of all cases, open ones censored on the day to which the register is known.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pandas as pd

AS_OF = "2011-12-31"
COLUMNS = ["court", "officer", "filed_on", "closed_on", "amount_claimed", "amount_recovered"]
FEN = 100
YEARS = range(2006, 2012)
KEYS = {
    "monthly": ["court", "month"],
    "yearly": ["court", "year"],
    "officers": ["court", "officer", "year", "closed"],
    "survival": ["court", "days"],
}
RATES = ("closure_rate", "clearance_rate", "recovery_rate")


def derived(
    filed: pd.DataFrame, closed: pd.DataFrame, officers: pd.DataFrame, lasted: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The four tables out of a peer's counts, in numpy; the same for every peer, so that engines alone differ.

    ``filed`` court, month, n; ``closed`` court, month, n, claimed, recovered; ``officers`` court, officer, year, closed, n;
    ``lasted`` court, days, n, d (closed).
    """
    courts = pd.Index(sorted(filed["court"].unique()))
    months = pd.date_range("2006-01-01", AS_OF, freq="MS")
    grid = {}
    for name, table in (("filed", filed), ("closed", closed), ("claimed", closed), ("recovered", closed)):
        cells = np.zeros((len(courts), len(months)), dtype="int64")
        place = courts.get_indexer(table["court"]), months.get_indexer(table["month"])
        np.add.at(cells, place, table[name if name in table else "n"].to_numpy("int64"))
        grid[name] = cells
    closing = np.cumsum(grid["filed"] - grid["closed"], axis=1)
    opening = closing - grid["filed"] + grid["closed"]
    monthly = {"court": courts.repeat(len(months)), "month": np.tile(months, len(courts)), "opening": opening.ravel()}
    monthly |= {"filed": grid["filed"].ravel(), "closed": grid["closed"].ravel(), "closing": closing.ravel()}
    sums = {name: cells.reshape(len(courts), -1, 12).sum(axis=2) for name, cells in grid.items()}
    bases = (opening[:, ::12] + sums["filed"], sums["filed"], sums["claimed"])
    parts = (sums["closed"], sums["closed"], sums["recovered"])
    rates = [
        np.divide(part, base, out=np.full(base.shape, np.nan), where=base > 0)
        for part, base in zip(parts, bases, strict=True)
    ]
    yearly = {"court": courts.repeat(len(YEARS)), "year": np.tile(YEARS, len(courts))}
    yearly |= {name: 100 * rate.ravel() for name, rate in zip(RATES, rates, strict=True)}
    return {
        "monthly": pd.DataFrame(monthly),
        "yearly": pd.DataFrame(yearly),
        "officers": officers,
        "survival": survival(lasted, courts),
    }


def survival(lasted: pd.DataFrame, courts: pd.Index) -> pd.DataFrame:
    """Kaplan–Meier by court from counts by age."""
    court, days, n, d = courts.get_indexer(lasted["court"]), *(lasted[c].to_numpy("int64") for c in ("days", "n", "d"))
    order = np.lexsort((days, court))
    court, days, n, d = (x[order] for x in (court, days, n, d))
    before = np.concatenate([[0], np.cumsum(n)])
    at_risk = before[np.searchsorted(court, court, side="right")] - before[:-1]
    left = pd.Series(1 - d / at_risk).groupby(court).cumprod().to_numpy()
    table = {"court": courts.take(court), "days": days, "at_risk": at_risk, "events": d, "survival": left}
    return pd.DataFrame(table)[d > 0].reset_index(drop=True)


def must_be_equal(ours: pd.DataFrame, theirs: pd.DataFrame, about: str) -> int:
    """Compare two tables in order: whole numbers at all, others by 1e-9; return how many rates of money the package leaves out (its gate, the peers have none).

    Raises ``AssertionError`` where they differ.
    """
    theirs, left_out = theirs[list(ours)].copy(), 0
    if "recovery_rate" in ours:
        is_left_out = ours["recovery_rate"].isna() & theirs["recovery_rate"].notna()
        theirs.loc[is_left_out, "recovery_rate"], left_out = np.nan, int(is_left_out.sum())
    pd.testing.assert_frame_equal(ours, theirs, rtol=1e-9, check_dtype=False, obj=about)
    return left_out


def in_order(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """A table in the order of its keys with plain types, so that two can be compared."""
    table = table.astype({name: "int64" for name in table if pd.api.types.is_integer_dtype(table[name])})
    table = table.astype({name: "str" for name in ("court", "officer") if name in table})
    table = table.astype({"month": "datetime64[s]"}) if "month" in table else table
    return table.sort_values(keys, ignore_index=True)[list(dict.fromkeys([*keys, *table]))]


def files(folder: Path) -> list[str]:
    """The parquet files of cases in a register, ingested or not."""
    return [str(p) for p in sorted(folder.glob("cases*.parquet")) or sorted(folder.glob("cases/*/*.parquet"))]


def cases_of(folder: Path):
    """The register as the package's case table, scanned where it lies."""
    import ibis

    from analysis.cases.columns import schema
    from analysis.cases.storage import create_empty, embedded
    from analysis.cases.table import Cases
    from analysis.register.reading import read_cases
    from analysis.register.store import is_ingested

    if is_ingested(folder):
        return read_cases(folder)
    backend = embedded(bounded=True)
    table = backend.read_parquet(files(folder))
    of_cases = ibis.Schema.from_pyarrow(schema("cases"))
    columns = {name: table[name] if name in table.columns else ibis.null(kind) for name, kind in of_cases.items()}
    sides = ("petitions", "coercive_measures", "aid")
    create_empty(backend, sides)
    rows = table.select(**columns)
    return Cases(
        table=rows,
        in_files=(rows, tuple(files(folder))),
        **{name: backend.table(name) for name in sides},
        as_of=pd.Timestamp(AS_OF),
        observed_from=pd.Timestamp(f"{YEARS[0]}-01-01"),  # the made-up courts have no stock from before
    )


def package(folder: Path) -> dict[str, pd.DataFrame]:
    """The package, through the functions that its users call, with the intervals, notes and tests that they give."""
    import analysis as an
    from analysis.cases import tallies

    cases = cases_of(folder)
    monthly = an.caseflow(cases, by="court")
    rates = an.indicators(cases, periods=YEARS, by="court", only=list(RATES), definitions="fujin-2012")
    officers = tallies.years(cases, by=("court", "officer"))
    curve = an.time_to_close(cases, by="court").curve
    yearly = pd.DataFrame(
        {name: own["value"].to_numpy() for name, own in rates.groupby("indicator", sort=False)}
        | {"court": (first := rates[rates["indicator"] == RATES[0]])["court"].to_numpy(),
           "year": first["period_start"].dt.year.to_numpy()}
    )  # fmt: skip
    return {
        "monthly": monthly.rename(columns={"period": "month"}),
        "yearly": yearly[["court", "year", *RATES]],
        "officers": officers.rename(columns={"filed_year": "year", "closed_year": "closed", "cases": "n"}),
        "survival": curve[["court", "days", "at_risk", "events", "survival"]],
    }


def with_pandas(folder: Path) -> dict[str, pd.DataFrame]:
    """pandas, all rows in memory."""
    table = pd.concat(
        [pd.read_parquet(f, columns=COLUMNS, partitioning=None) for f in files(folder)], ignore_index=True
    )
    for name in ("court", "officer"):
        table[name] = table[name].astype("category")
    filed_on, closed_on = (pd.to_datetime(table[c]).astype("datetime64[s]") for c in ("filed_on", "closed_on"))
    month = [t.to_numpy().astype("datetime64[M]").astype("datetime64[s]") for t in (filed_on, closed_on)]
    table["claimed"], table["recovered"] = ((table[c] * FEN).round().fillna(0).astype("int64") for c in COLUMNS[4:])
    filed = table.assign(month=month[0]).groupby(["court", "month"], observed=True).size().rename("n").reset_index()
    done = table.assign(month=month[1])[closed_on.notna().to_numpy()]
    closed = (
        done.groupby(["court", "month"], observed=True)
        .agg(n=("claimed", "size"), claimed=("claimed", "sum"), recovered=("recovered", "sum"))
        .reset_index()
    )
    made = table[["court", "officer"]].assign(year=filed_on.dt.year, closed=closed_on.dt.year.fillna(0).astype("int64"))
    officers = made.groupby(["court", "officer", "year", "closed"], observed=True).size().rename("n").reset_index()
    days = (closed_on.fillna(pd.Timestamp(AS_OF)) - filed_on).dt.days
    lasted = (
        table[["court"]]
        .assign(days=days, d=closed_on.notna().astype("int64"))
        .groupby(["court", "days"], observed=True)["d"]
        .agg(["size", "sum"])
        .reset_index()
    )
    lasted.columns = ["court", "days", "n", "d"]
    return derived(filed, closed, officers, lasted)


def with_polars(folder: Path) -> dict[str, pd.DataFrame]:
    """polars, lazy, streaming."""
    import polars as pl

    rows = pl.scan_parquet(files(folder), hive_partitioning=False).select(
        pl.col("court").cast(pl.String), pl.col("officer").cast(pl.String), "filed_on", "closed_on",
        *((pl.col(f"amount_{name}") * FEN).round().fill_null(0).cast(pl.Int64).alias(name) for name in ("claimed", "recovered")),
    )  # fmt: skip
    done = rows.filter(pl.col("closed_on").is_not_null())
    end = pl.lit(AS_OF).str.to_date()
    plans = [
        rows.group_by("court", pl.col("filed_on").dt.truncate("1mo").alias("month")).agg(n=pl.len()),
        done.group_by("court", pl.col("closed_on").dt.truncate("1mo").alias("month")).agg(pl.len().alias("n"), pl.col("claimed", "recovered").sum()),
        rows.group_by("court", "officer",
            pl.col("filed_on").dt.year().alias("year"), pl.col("closed_on").dt.year().fill_null(0).alias("closed")).agg(n=pl.len()),
        rows.group_by("court", (pl.col("closed_on").fill_null(end) - pl.col("filed_on")).dt.total_days().alias("days")).agg(
            n=pl.len(), d=pl.col("closed_on").is_not_null().sum()
        ),
    ]  # fmt: skip
    return derived(*(t.to_pandas() for t in pl.collect_all(plans, engine="streaming")))


def with_duckdb(folder: Path) -> dict[str, pd.DataFrame]:
    """DuckDB, SQL by hand."""
    import duckdb

    connection = duckdb.connect(config={"memory_limit": "1GB", "temp_directory": "/tmp"})
    source = f"read_parquet({files(folder)!r}, hive_partitioning=false)"
    connection.execute(
        f"create view t as select court, officer, filed_on, closed_on, round(amount_claimed * 100)::bigint claimed, "
        f"round(amount_recovered * 100)::bigint recovered from {source}"
    )
    queries = [
        "select court, date_trunc('month', filed_on) as month, count(*) n from t group by all",
        "select court, date_trunc('month', closed_on) as month, count(*) n, coalesce(sum(claimed), 0)::bigint claimed, "
        "coalesce(sum(recovered), 0)::bigint recovered from t where closed_on is not null group by all",
        "select court, officer, year(filed_on) as year, coalesce(year(closed_on), 0) closed, count(*) n from t group by all",
        f"select court, coalesce(closed_on, date '{AS_OF}') - filed_on as days, count(*) n, count(closed_on) d from t group by all",
    ]
    return derived(*(connection.execute(q).df() for q in queries))


def scan_limit(folder: Path) -> None:
    """The least that anything must do: DuckDB reads and hashes the columns needed."""
    import duckdb

    names = ", ".join(COLUMNS)
    duckdb.sql(f"select sum(hash({names})) from read_parquet({files(folder)!r}, hive_partitioning=false)").fetchall()


RUNS = {
    "package": package,
    "jit": package,
    "pandas": with_pandas,
    "polars": with_polars,
    "duckdb": with_duckdb,
    "scan": scan_limit,
}


if __name__ == "__main__":
    import json
    import resource
    import sys

    import duckdb  # noqa: F401 - imports are start-up, not work
    import ibis.backends.duckdb  # noqa: F401
    import polars as pl  # noqa: F401
    import scipy.sparse.linalg
    import scipy.special  # noqa: F401

    import analysis
    import analysis.register.ingest

    assert all(hasattr(analysis, each) for each in ("caseflow", "indicators", "time_to_close"))
    name, folder = sys.argv[1], Path(sys.argv[2])
    if name == "jit":
        import analysis.cases.engine.counter
    else:
        sys.modules["numba"] = None  # as where the extra is not installed
    began, cpu = time.perf_counter(), time.process_time()
    tables = RUNS[name](folder)
    taken, used = time.perf_counter() - began, time.process_time() - cpu
    mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for table, rows in (tables or {}).items():
        in_order(rows, KEYS[table]).to_feather(Path(sys.argv[3]) / f"{name}-{table}.feather")
    print(json.dumps({"seconds": taken, "cpu": used, "mb": mb}))
