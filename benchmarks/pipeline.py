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


def derived(
    filed: pd.DataFrame, closed: pd.DataFrame, officers: pd.DataFrame, lasted: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The four tables out of counts: what every engine is given to finish, so that engines alone are compared.

    ``filed`` court, month, n; ``closed`` court, month, n, claimed, recovered; ``officers`` court, officer, year, closed, n;
    ``lasted`` court, days, n, d (closed).
    """
    courts = np.array(sorted(set(filed["court"])))
    months = pd.date_range("2006-01-01", AS_OF, freq="MS")
    at = {name: pd.Index(courts).get_indexer(t["court"]) for name, t in (("f", filed), ("c", closed))}
    grid = {}
    for name, table, column in (
        ("filed", filed, "n"),
        ("closed", closed, "n"),
        ("claimed", closed, "claimed"),
        ("recovered", closed, "recovered"),
    ):
        cells = np.zeros((len(courts), len(months)), dtype="int64")
        np.add.at(
            cells,
            (at["f" if name == "filed" else "c"], months.get_indexer(table["month"])),
            table[column].to_numpy("int64"),
        )
        grid[name] = cells
    closing = np.cumsum(grid["filed"] - grid["closed"], axis=1)
    monthly = pd.DataFrame(
        {"court": courts.repeat(len(months)), "month": np.tile(months, len(courts)), "opening": (closing - grid["filed"] + grid["closed"]).ravel(),
         "filed": grid["filed"].ravel(), "closed": grid["closed"].ravel(), "closing": closing.ravel()}
    )  # fmt: skip
    years = {name: cells.reshape(len(courts), -1, 12).sum(axis=2) for name, cells in grid.items()}
    opening = closing[:, ::12] - grid["filed"][:, ::12] + grid["closed"][:, ::12]
    with np.errstate(divide="ignore", invalid="ignore"):
        yearly = pd.DataFrame(
            {"court": courts.repeat(6), "year": np.tile(np.arange(2006, 2012), len(courts)),
             "closure_rate": (100 * years["closed"] / (opening + years["filed"])).ravel(),
             "clearance_rate": (100 * years["closed"] / years["filed"]).ravel(),
             "recovery_rate": (100 * years["recovered"] / years["claimed"]).ravel()}
        )  # fmt: skip
    return {
        "monthly": monthly,
        "yearly": yearly,
        "officers": in_order(officers, ["court", "officer", "year", "closed"]),
        "survival": survival(lasted),
    }


def survival(lasted: pd.DataFrame) -> pd.DataFrame:
    """Kaplan–Meier by court from counts by age."""
    table = in_order(lasted, ["court", "days"])
    table["at_risk"] = table.iloc[::-1].groupby("court", sort=False)["n"].cumsum().iloc[::-1]
    step = np.log1p(-np.minimum(table["d"] / table["at_risk"], 1 - 1e-15))
    table["survival"] = np.exp(step.groupby(table["court"], sort=False).cumsum()).round(9)
    return table[table["d"] > 0].reset_index(drop=True)


def in_order(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """A table in the order of its keys, integers as such."""
    table = table.sort_values(keys, ignore_index=True)
    for name in table.columns:
        if pd.api.types.is_integer_dtype(table[name]):
            table[name] = table[name].astype("int64")
        elif name in ("court", "officer"):
            table[name] = table[name].astype("object").astype("str")
        elif name == "month":
            table[name] = pd.to_datetime(table[name]).astype("datetime64[s]")
    return table


def files(folder: Path) -> list[str]:
    """The parquet files of cases in a register, ingested or not."""
    return [str(p) for p in sorted(folder.glob("cases*.parquet")) or sorted(folder.glob("cases/*/*.parquet"))]


def package(folder: Path) -> dict[str, pd.DataFrame]:
    """The package: its own tallies over its own case table, scanned where it lies."""
    from analysis.cases import tallies
    from analysis.cases.columns import schema
    from analysis.cases.ingest import is_ingested
    from analysis.cases.reading import read_cases
    from analysis.cases.storage import embedded
    from analysis.cases.table import Cases

    if is_ingested(folder):
        cases = read_cases(folder)
    else:
        table = embedded(bounded=True).read_parquet(files(folder))
        have = {name: table[name] for name in schema("cases").names if name in table.columns}
        cases = Cases(
            table=table.select(**have), petitions=table, coercive_measures=table, aid=table, as_of=pd.Timestamp(AS_OF)
        )
    filed = tallies.filed(cases, by="court", unit="month").rename(columns={"on": "month", "cases": "n"})
    closed = tallies.closed(cases, by="court", unit="month")
    closed = closed.groupby(["court", "on"])[["cases", "claimed_fen", "recovered_fen"]].sum().reset_index()
    closed.columns = ["court", "month", "n", "claimed", "recovered"]
    known = cases.known()
    officers = known.group_by(
        ["court", "officer", known.filed_on.year().name("year"), known.closed_on.year().name("closed")]
    )
    officers = officers.aggregate(n=known.count()).to_pandas()
    officers["closed"] = officers["closed"].fillna(0)
    lasted = tallies.durations(cases, by="court")
    lasted["d"] = lasted["cases"].where(lasted["outcome"] != "open", 0)
    lasted = lasted.groupby(["court", "exit"])[["cases", "d"]].sum().reset_index()
    lasted.columns = ["court", "days", "n", "d"]
    return derived(filed, closed, officers.astype({"closed": "int64"}), lasted)


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


RUNS = {"package": package, "pandas": with_pandas, "polars": with_polars, "duckdb": with_duckdb, "scan": scan_limit}


if __name__ == "__main__":
    import json
    import resource
    import sys

    import duckdb  # noqa: F401 - imports are start-up, not work
    import ibis.backends.duckdb  # noqa: F401
    import polars as pl  # noqa: F401

    import analysis

    assert analysis.Cases
    name, folder = sys.argv[1], Path(sys.argv[2])
    began, cpu = time.perf_counter(), time.process_time()
    tables = RUNS[name](folder)
    taken, used = time.perf_counter() - began, time.process_time() - cpu
    sums = (
        {}
        if tables is None
        else {k: [len(t), *(float(round(t[c].sum(), 4)) for c in t.select_dtypes("number"))] for k, t in tables.items()}
    )
    print(
        json.dumps(
            {
                "seconds": taken,
                "cpu": used,
                "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "sums": sums,
            }
        )
    )
