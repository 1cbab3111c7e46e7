"""What a researcher does next with what the package gives: tools of their own on its tables and figures, each held to a figure.

The sample's year 2011 as the court published it: 15 brought forward, 371 filed, 383 closed, 3 pending; 711 closed in 2010 and 2011.
"""

import io
import json
import pickle
import sqlite3

import duckdb
import matplotlib.pyplot as plt
import narwhals as nw
import numpy as np
import openpyxl
import pandas as pd
import plotly.express as px
import polars as pl
import pyarrow as pa
import pytest
import seaborn as sns
import statsmodels.api as sm
from scipy import stats

import analysis as an

FILED, CLOSED, OPENING, PENDING, BOTH_YEARS = 371, 383, 15, 3, 711


@pytest.fixture(scope="module")
def frame(sample_cases):
    return sample_cases.to_pandas(names=True)


@pytest.fixture(scope="module")
def closed(frame):
    return frame[frame["closed_on"].dt.year == 2011]


@pytest.fixture(scope="module")
def monthly(sample_cases):
    return an.caseflow(sample_cases, freq="M", period=("2010-01", "2011-12"))


@pytest.fixture(scope="module")
def rates(sample_cases):
    return an.indicators(sample_cases, periods=[2010, 2011], only=["received", "closed", "closure_rate"])


@pytest.fixture
def ax():
    with plt.rc_context():
        an.use_style("zh")
        figure, axes = plt.subplots()
        yield axes
        plt.close(figure)


def test_pivot_table(closed):
    table = closed.pivot_table(index="basis", columns="closure_mode", values="case_no", aggfunc="count", margins=True)
    assert table.loc["All", "All"] == CLOSED


def test_crosstab(closed):
    assert pd.crosstab(closed["team"], closed["basis"]).to_numpy().sum() == CLOSED


def test_groupby_with_named_aggregations(closed):
    days = (closed["closed_on"] - closed["filed_on"]).dt.days
    table = closed.assign(days=days).groupby("closure_mode").agg(n=("days", "size"), middle=("days", "median"))
    assert table["n"].sum() == CLOSED
    assert (table["middle"] >= 0).all()


def test_resample(frame):
    assert frame.set_index("filed_on").resample("YE").size()["2011-12-31"] == FILED


def test_rolling_mean(monthly):
    assert monthly["closed"].rolling(12).mean().iloc[-1] == pytest.approx(CLOSED / 12)


def test_cumulative_sum_gives_the_stock(monthly):
    stock = monthly["opening"].iloc[0] + (monthly["filed"] - monthly["closed"]).cumsum()
    assert stock.tolist() == monthly["closing"].tolist()
    assert stock.iloc[-1] == PENDING


def test_change_on_the_year_before(rates):
    table = rates.pivot_table(index="period_end", columns="indicator", values="value")
    assert table["closed"].diff().iloc[-1] == CLOSED - (BOTH_YEARS - CLOSED)


def test_merge_with_published_figures(rates):
    returns = an.read_returns(an.sample_path("returns_fujin.csv"))
    mine = rates[rates["indicator"] == "closed"].assign(period_end=lambda t: pd.to_datetime(t["period_end"]))
    theirs = returns.assign(period_end=pd.to_datetime(returns["period_end"])).dropna(subset=["closed"])
    both = mine.merge(theirs, on="period_end")
    assert (both["value"] == pd.to_numeric(both["closed"])).any()


def test_melt_and_pivot_again(monthly):
    long = monthly.melt(id_vars="period", value_vars=["filed", "closed"])
    assert long.groupby("variable")["value"].sum()["closed"] == BOTH_YEARS
    wide = long.pivot_table(index="period", columns="variable", values="value")
    assert wide["filed"].tolist() == monthly["filed"].tolist()


def test_concat_of_years(sample_cases):
    parts = [an.caseflow(sample_cases, freq="Y", period=(str(year), str(year))) for year in (2010, 2011)]
    assert pd.concat(parts)["closed"].sum() == BOTH_YEARS


def test_query_and_value_counts(closed):
    assert (
        closed.query("basis == 'civil'")["closure_mode"].value_counts().sum() == (closed["basis"] == "civil").sum() > 0
    )


def test_bands_of_ones_own(closed):
    bands = pd.cut(closed["amount_claimed"], [-1, 10_000, 100_000, np.inf], labels=["小", "中", "大"])
    assert bands.value_counts().sum() == closed["amount_claimed"].notna().sum()


def test_quarters_as_an_index(monthly):
    quarters = monthly.set_index(pd.PeriodIndex(monthly["period"], freq="M")).groupby(lambda month: month.asfreq("Q"))
    assert quarters["closed"].sum().loc["2011"].sum() == CLOSED


def test_assign_and_sort(rates):
    table = rates.assign(share=lambda t: t["numerator"] / t["denominator"]).sort_values("period_end")
    rate = table[table["indicator"] == "closure_rate"].iloc[-1]
    assert rate["share"] * 100 == pytest.approx(rate["value"])
    assert (rate["numerator"], rate["denominator"]) == (CLOSED, OPENING + FILED)


def test_seaborn_bars(ax, rates):
    sns.barplot(rates[rates["indicator"] == "closed"], x="period_end", y="value", ax=ax, errorbar=None)
    assert ax.patches[-1].get_height() == CLOSED


def test_seaborn_heatmap(ax, closed):
    sns.heatmap(pd.crosstab(closed["team"], closed["closure_mode"]), annot=True, ax=ax)
    assert sum(int(text.get_text()) for text in ax.texts) == CLOSED


def test_seaborn_histogram(ax, closed):
    sns.histplot((closed["closed_on"] - closed["filed_on"]).dt.days, ax=ax)
    assert sum(bar.get_height() for bar in ax.patches) == CLOSED


def test_seaborn_lines_of_a_long_table(ax, monthly):
    sns.lineplot(monthly.melt("period", ["filed", "closed"]), x="period", y="value", hue="variable", ax=ax)
    assert ax.lines[1].get_ydata().sum() == BOTH_YEARS


def test_a_line_of_matplotlib_on_the_packages_figure(monthly):
    figure = an.plot_caseflow(monthly)
    axes = figure.axes[0]
    axes.axhline(30, color="grey")
    assert axes.lines[-1].get_ydata()[0] == 30
    plt.close(figure)


@pytest.mark.full
def test_pyplot_goes_on_with_the_packages_figure(monthly, tmp_path):
    plt.close("all")  # of more than a few the oldest is closed
    before = plt.get_fignums()
    figure = an.plot_caseflow(monthly)
    assert plt.gcf() is figure
    plt.title("自己的标题")
    assert figure.axes[-1].get_title() == "自己的标题" or figure.axes[0].get_title() == "自己的标题"
    plt.savefig(tmp_path / "a.png")
    figure._repr_mimebundle_()  # a notebook shows it: once
    assert plt.get_fignums() == before


@pytest.mark.full
def test_many_figures_do_not_pile_up(monthly):
    plt.close("all")  # what other tests left open
    figures = [an.plot_caseflow(monthly, size="half") for _ in range(int(plt.rcParams["figure.max_open_warning"]) + 2)]
    assert len(plt.get_fignums()) <= plt.rcParams["figure.max_open_warning"]
    assert plt.gcf() is figures[-1]
    for figure in figures:
        plt.close(figure)


def test_pandas_plot(ax, monthly):
    monthly.plot(x="period", y="closing", ax=ax)
    assert ax.lines[0].get_ydata()[-1] == PENDING


def test_plotly_express(monthly):
    figure = px.bar(monthly, x="period", y=["filed", "closed"])
    assert sum(figure.data[1].y) == BOTH_YEARS


def test_a_trace_of_ones_own_on_the_packages_plotly_figure(monthly):
    figure = an.plot_caseflow(monthly, interactive=True)
    before = len(figure.data)
    figure.add_scatter(x=monthly["period"], y=monthly["closing"])
    assert len(figure.data) == before + 1
    assert figure.data[-1].y[-1] == PENDING
    assert json.loads(figure.to_json())["data"]


def test_excel_by_pandas(monthly, tmp_path):
    monthly.to_excel(tmp_path / "收结存.xlsx", index=False)
    assert pd.read_excel(tmp_path / "收结存.xlsx")["closed"].sum() == BOTH_YEARS


def test_excel_as_people_read_it(monthly, tmp_path):
    sheet = openpyxl.load_workbook(an.to_excel({"收结存": monthly}, tmp_path / "a.xlsx"))["收结存"]
    heads = [cell.value for cell in sheet[3]]
    column = [row[heads.index("结案")] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert sum(value for value in column if isinstance(value, (int, float))) == BOTH_YEARS


def test_csv_that_excel_reads(monthly, tmp_path):
    an.labelled(monthly).to_csv(tmp_path / "a.csv", index=False, encoding="utf-8-sig")
    assert pd.read_csv(tmp_path / "a.csv", encoding="utf-8-sig")["结案"].sum() == BOTH_YEARS


def test_parquet_there_and_back(frame, tmp_path):
    frame.to_parquet(tmp_path / "a.parquet")
    assert (pd.read_parquet(tmp_path / "a.parquet")["closed_on"].dt.year == 2011).sum() == CLOSED


def test_json_there_and_back(monthly):
    assert sum(row["closed"] for row in json.loads(monthly.to_json(orient="records"))) == BOTH_YEARS


def test_polars(frame):
    table = pl.from_pandas(frame).filter(pl.col("closed_on").dt.year() == 2011).group_by("basis").len()
    assert table["len"].sum() == CLOSED


def test_narwhals_and_back_into_the_package(frame):
    table = nw.from_native(pl.from_pandas(frame)).filter(nw.col("filed_on").dt.year() == 2011)
    assert len(table) == FILED
    again = an.read_cases(table.to_native(), as_of="2011-12-31")
    assert an.caseflow(again, freq="Y")["filed"].iloc[-1] == FILED


def test_arrow(frame):
    table = pa.Table.from_pandas(frame)
    assert table.num_rows == len(frame)
    assert "closed_on" in table.column_names


def test_duckdb_on_a_frame(frame):
    with duckdb.connect() as base:
        base.register("cases", frame)
        ((count,),) = base.execute("SELECT count(*) FROM cases WHERE year(closed_on) = 2011").fetchall()
    assert count == CLOSED


def test_sqlite(monthly):
    with sqlite3.connect(":memory:") as base:
        monthly.to_sql("flow", base)
        (total,) = base.execute("SELECT sum(closed) FROM flow").fetchone()
    base.close()
    assert total == BOTH_YEARS


def test_statsmodels_poisson(monthly):
    fitted = sm.GLM(monthly["closed"].astype(float), np.ones(len(monthly)), family=sm.families.Poisson()).fit()
    assert np.exp(fitted.params.iloc[0]) == pytest.approx(BOTH_YEARS / 24)


def test_scipy(monthly):
    slope = stats.linregress(np.arange(24), monthly["closing"].astype(float)).slope
    assert slope == pytest.approx(np.polyfit(np.arange(24), monthly["closing"].astype(float), 1)[0])
    assert slope < 0, "the stock fell"


def test_numpy_quantiles(closed):
    days = (closed["closed_on"] - closed["filed_on"]).dt.days.to_numpy()
    assert days.shape == (CLOSED,)
    assert np.quantile(days, 0.5) == np.median(days)


def test_tables_are_pickled_and_what_is_changed_in_one_changes_no_other(sample_cases, monthly):
    assert pickle.loads(pickle.dumps(monthly)).equals(monthly)  # noqa: S301 - our own bytes
    taken = an.caseflow(sample_cases, freq="Y")
    taken["closed"] = 0
    assert an.caseflow(sample_cases, freq="Y")["closed"].iloc[-1] == CLOSED


def test_an_html_table_for_a_page_of_ones_own(rates):
    page = an.labelled(rates[["period_end", "indicator", "value"]]).to_html(index=False)
    assert "结案率" in page
    assert pd.read_html(io.StringIO(page))[0].shape == (len(rates), 3)
