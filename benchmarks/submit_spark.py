"""The pipeline on a Spark cluster: ``spark-submit benchmarks/submit_spark.py REGISTER OUT [AS_OF]``.

REGISTER is a folder that ``court-analysis ingest`` wrote, where every executor can read it (HDFS, a shared disk). The
driver needs the package; the executors need nothing but Spark, because only GROUP BYs of built-in functions are sent to
them. Results are small tables, written by the driver to OUT.
"""

from __future__ import annotations

import sys
from pathlib import Path

import ibis
from pyspark.sql import SparkSession

import analysis as an


def main(register: str, out: str, as_of: str | None = None) -> None:
    session = SparkSession.builder.appName("court-analysis").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    cases = an.read_cases(register, as_of=as_of, engine=ibis.pyspark.connect(session))
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    year = cases.as_of.year
    an.tallies(cases).save(folder / "tallies.parquet")
    an.caseflow(cases, by="court").to_csv(folder / "caseflow.csv", index=False)
    an.indicators(cases, periods=[year], by="court").to_csv(folder / "indicators.csv", index=False)
    an.time_to_close(cases, by="court").summary.to_csv(folder / "time_to_close.csv", index=False)
    session.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
