"""The printed figures straight from the CSV files, by plain pandas and nothing of the package's own counting."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pandas as pd
import pytest

from analysis.sample.folder import sample_path

REGISTER = sample_path("register")
ENFORCED = ["执行完毕", "自动履行", "强制执行", "和解"]


def read(name):
    with REGISTER.joinpath(f"{name}.csv").open(encoding="utf-8-sig") as file:
        return pd.read_csv(file, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def cases():
    table = read("cases")
    for name in ("立案日期", "结案日期"):
        table[name] = pd.to_datetime(table[name].replace("", None))
    for name in ("申请执行标的额", "实际到位金额"):
        table[name] = [Decimal(text or "0") for text in table[name]]
    return table


def printed(value, digits):
    """The value as printed to so many digits, by rounding and by truncation; both must be the same."""
    step = Decimal(1).scaleb(-digits)
    both = {str(Decimal(value).quantize(step, rounding=how)) for how in (ROUND_HALF_UP, ROUND_DOWN)}
    assert len(both) == 1, both
    return both.pop()


def within(cases, column, first, last):
    return cases[cases[column].between(first, last)]


def pending_before(cases, day):
    return cases[(cases["立案日期"] < day) & (cases["结案日期"].isna() | (cases["结案日期"] >= day))]


@pytest.mark.parametrize(
    ("first", "last", "opening", "filed", "closed", "closing"),
    [("2010-01-01", "2010-12-31", 24, 319, 328, 15), ("2011-01-01", "2011-12-31", 15, 371, 383, 3),
     ("2010-01-01", "2011-12-31", 24, 690, 711, 3)],
)  # fmt: skip
def test_caseflow(cases, first, last, opening, filed, closed, closing):
    assert len(pending_before(cases, first)) == opening
    assert len(within(cases, "立案日期", first, last)) == filed
    assert len(within(cases, "结案日期", first, last)) == closed
    assert opening + filed - closed == closing
    assert len(pending_before(cases, pd.Timestamp(last) + pd.Timedelta(days=1))) == closing


def test_closure_rates():
    assert Decimal(71100) / 714 == pytest.approx(Decimal("99.58"), abs=Decimal("0.001"))
    assert str((Decimal(71100) / 714).quantize(Decimal("0.1"), rounding=ROUND_DOWN)) == "99.5"
    assert printed(Decimal(38300) / 386, 2) == "99.22"


@pytest.mark.parametrize(
    ("first", "last", "claimed", "enforced", "recovery", "digits"),
    [("2010-01-01", "2010-12-31", "1798", 236, "56.6", 1), ("2011-01-01", "2011-12-31", "2046", 306, "87.6", 1),
     ("2010-01-01", "2011-12-31", "3844", 542, "73", 0)],
)  # fmt: skip
def test_money_and_modes(cases, first, last, claimed, enforced, recovery, digits):
    closed = within(cases, "结案日期", first, last)
    total = closed["申请执行标的额"].sum()
    assert printed(total / 10_000, 0) == claimed
    assert closed["结案方式"].isin(ENFORCED).sum() == enforced
    assert printed(closed["实际到位金额"].sum() / total * 100, digits) == recovery


def test_actual_enforcement_rate():
    assert printed(Decimal(54200) / 711, 0) == "76"


def test_received_money_of_2011(cases):
    received = pd.concat([pending_before(cases, "2011-01-01"), within(cases, "立案日期", "2011-01-01", "2011-12-31")])
    assert len(received) == 386
    assert printed(received["申请执行标的额"].sum() / 10_000, 0) == "2249"


def test_petitions():
    petitions = read("petitions")
    recent = petitions[petitions["收到日期"] >= "2010"]
    assert recent["化解方式"].value_counts().to_dict() == {"执行和解": 3, "强制执行": 2, "司法救助": 3}
    assert recent["化解日期"].between("2010-01-01", "2011-12-31").all()
    assert (petitions.loc[petitions["收到日期"] < "2010", "化解日期"].between("2006", "2009-12-31")).all()


def test_coercive_measures():
    measures = read("coercive_measures")
    recent = measures[measures["日期"].between("2010-01-01", "2011-12-31")]
    detained = recent[recent["措施种类"] == "司法拘留"]["被采取措施人"]
    fined = recent[recent["措施种类"] == "罚款"]
    assert len(detained) == detained.nunique() == 86
    assert len(fined) == fined["被采取措施人"].nunique() == 11
    assert set(fined["被采取措施人"]) <= set(detained)
    assert all(0 < Decimal(amount) <= 10_000 for amount in fined["金额"])


def test_aid():
    aid, petitions = read("aid"), read("petitions")
    assert aid["发放日期"].str.startswith("2011").all()
    assert sum(map(Decimal, aid["救助金额"])) == 55_000
    helped = petitions.loc[petitions["化解方式"] == "司法救助", "信访编号"]
    assert set(helped) == set(aid["信访编号"]) - {""}
