import pandas as pd
import pytest

import analysis as an
from analysis.inference.peer_panel import peer_panel
from analysis.measures.windows import Window
from analysis.observations.context import peers_by_then, standing, with_own_court
from analysis.returns.reading import named_otherwise


def courts(year, share=0.98):
    rows = [
        {"court": f"甲{place}县人民法院", "level": "basic", "scope": "执行案件", "unit": "件", "received": "1000",
         "closed": str(round(1000 * share) + place % 3), "period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        for place in range(12)
    ]  # fmt: skip
    return an.read_returns(pd.DataFrame(rows))


def own(share):
    closed = ["2011-06-01"] * round(400 * share) + [None] * (400 - round(400 * share))
    rows = {"court": "乙县人民法院", "filed_on": ["2011-02-01"] * 400, "closed_on": closed}
    return an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31", observed_from="2010-01-01", level="basic")


@pytest.mark.full
@pytest.mark.parametrize(("share", "kind", "said"), [(0.80, "problem", "低于"), (0.98, "note", "之内")])
def test_a_court_that_its_peers_file_lacks_stands_beside_them_with_its_registers_figure(share, kind, said):
    found = an.observations(own(share), period=2011, definitions="counts", peers=courts(2011)).of_kind("peers")
    assert found["class"].tolist() == [kind]
    assert said in found["sentence"].iloc[0]
    assert found["value"].iloc[0] == pytest.approx(100 * share)


@pytest.mark.full
def test_among_courts_that_differ_by_more_than_chance_a_court_like_them_is_not_outside():
    """Twelve courts from 94.4% to 99.9%: 94% lies outside what chance alone gives one of 400 cases at their mean, and not outside what they show."""
    scattered = courts(2011).assign(closed=[str(944 + 5 * place) for place in range(12)])
    rows = an.read_returns(
        scattered[["court", "level", "scope", "unit", "received", "closed", "period_start", "period_end"]]
    )
    year = Window.of(pd.Timestamp("2011-01-01"), pd.Timestamp("2011-12-31"))
    seen = {share: next(iter(standing(own(share), rows, year))) for share in (0.94, 0.7)}
    assert [seen[share]["class"] for share in seen] == ["note", "problem"]
    assert "已按离散度放宽" in seen[0.7]["sentence"]
    peers = with_own_court(rows, "乙县人民法院", {"received": 400, "closed": 280}, year, "basic")
    again = eval(seen[0.7]["call"], {"an": an, "peers": peers})  # noqa: S307 - the call that the sentence carries
    assert again.table.set_index("court").loc["乙县人民法院", "outside_998"]


@pytest.mark.parametrize(
    ("shown", "own_name"),
    [("清河法院", "清河县人民法院"), ("清河县法院", "河北省清河县人民法院"), ("青岛中院", "青岛市中级人民法院")],
)
def test_a_court_that_its_peers_file_names_in_short_is_counted_once(shown, own_name):
    """A bulletin that lists eight courts, the own one among them, was told to be of nine."""
    rows = courts(2011).replace({"court": {"甲0县人民法院": shown}})
    window = Window.of(pd.Timestamp("2011-01-01"), pd.Timestamp("2011-12-31"))
    known = peers_by_then(rows, window.end, own_name)
    among = with_own_court(known, own_name, {"received": 400, "closed": 320}, window, "basic")
    assert among["court"].tolist() == [own_name, *rows["court"][1:]]
    assert shown in str(named_otherwise(among)[0])


def test_the_own_court_in_full_and_in_short_in_one_period_is_one_court():
    """Its two rows were two courts, the own one beside itself among its peers."""
    rows = courts(2011).replace({"court": {"甲0县人民法院": "清河法院"}})
    both = pd.concat([rows, rows.iloc[[0]].assign(court="清河县人民法院")], ignore_index=True)
    known = peers_by_then(both, pd.Timestamp("2011-12-31"), "清河县人民法院")
    assert peer_panel(known, indicator="closure_rate").table["court"].is_unique
    two = rows.assign(closed="980").replace(
        {"court": {"甲1县人民法院": "长春市朝阳区法院", "甲2县人民法院": "北京市朝阳区法院"}}
    )
    known = peers_by_then(two, pd.Timestamp("2011-12-31"), "朝阳区人民法院")
    assert known["court"].tolist() == two["court"].tolist(), "two courts whose short name is the same"


def test_a_court_of_another_place_is_not_taken_for_the_own_one():
    rows = courts(2011).replace({"court": {"甲0县人民法院": "清河市人民法院", "甲1县人民法院": "南清河法院"}})
    known = peers_by_then(rows, pd.Timestamp("2011-12-31"), "清河县人民法院")
    assert known["court"].tolist() == rows["court"].tolist()


@pytest.mark.parametrize("lacking", [[], ["level"], ["level", "scope"]])
def test_courts_that_state_no_level_or_scope_stand_beside_the_own_one(lacking):
    others = courts(2011).assign(**dict.fromkeys(lacking))
    window = Window.of(pd.Timestamp("2011-01-01"), pd.Timestamp("2011-12-31"))
    among = with_own_court(others, "乙县人民法院", {"received": 400, "closed": 320}, window, "basic")
    assert len(an.peer_panel(among).table) == 13


@pytest.mark.parametrize(
    "other",
    [{"period_end": "2011-06-30"}, {"scope": "诉讼案件"}, {"period_start": "2010-01-01", "period_end": "2010-12-31"}],
)
def test_a_figure_of_the_own_court_that_is_none_like_the_others_leaves_the_registers_among_them(other):
    rows = pd.concat([courts(2011), courts(2011).head(1).assign(court="乙县人民法院", **other)], ignore_index=True)
    window = Window.of(pd.Timestamp("2011-01-01"), pd.Timestamp("2011-12-31"))
    table = an.peer_panel(with_own_court(rows, "乙县人民法院", {"received": 400, "closed": 320}, window, "basic")).table
    assert table.set_index("court").loc["乙县人民法院", ["numerator", "denominator"]].tolist() == [320, 400]


@pytest.mark.full
def test_figures_of_an_earlier_year_are_set_side_by_side_as_such():
    rows = pd.concat([courts(2010), courts(2010).head(1).assign(court="乙县人民法院")], ignore_index=True)
    found = an.observations(own(0.8), period=2011, definitions="counts", peers=rows).of_kind("peers")
    assert "（2010年，共13个" in found["sentence"].iloc[0]


@pytest.mark.parametrize("others", ["2011-06-30", pytest.param("2011-09-30", marks=pytest.mark.full)])
def test_half_years_stand_beside_each_other_in_an_analysis_of_one_alone(others):
    rows = courts(2011).assign(period_end=others)
    found = standing(own(0.8), rows, Window.of(pd.Timestamp("2011-01-01"), pd.Timestamp("2011-06-30")))
    assert [row["sentence"].partition("，共")[0] for row in found] == ["与其他法院比较（2011年上半年"] * (
        others == "2011-06-30"
    )


@pytest.mark.full
def test_courts_of_another_year_are_no_measure():
    assert an.observations(own(0.8), period=2011, definitions="counts", peers=courts(2012)).of_kind("peers").empty


@pytest.mark.full
def test_a_published_figure_that_the_register_does_not_give_is_a_problem_with_its_verdict():
    row = {"court": "乙县人民法院", "scope": "执行案件", "unit": "件", "level": "basic", "received": "400", "closed": "399",
           "period_start": "2011-01-01", "period_end": "2011-12-31"}  # fmt: skip
    found = an.observations(own(0.8), period=2011, definitions="counts", returns=an.read_returns(pd.DataFrame([row])))
    (sentence,) = found.of_kind("published")["sentence"]
    assert sentence.startswith("1个公布值与台账核算值不符：结案399")
    assert "1 published figure differs from the register: closed 399" in sentence


@pytest.mark.parametrize("given", ["peers", "returns"])
def test_a_table_that_is_no_return_is_refused_with_what_it_lacks(given):
    with pytest.raises(an.InputError, match=rf"observations\({given}=\)：缺少列 “court”"):
        an.observations(own(0.8), period=2011, **{given: pd.DataFrame({"a": [1]})})
