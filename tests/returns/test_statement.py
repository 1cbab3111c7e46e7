import pandas as pd
import pytest

import analysis as an

BULLETIN = "1-12月共受理诉讼案件6380件(含旧存214件),同比上升3.85%,结案6201件,结案率97.19%"
FUJIN_2011 = "2011年共受理各类执行案件386件(含上年旧存15件)，标的额2249万元，执结383件，执结标的额2046万元，执行结案率99.22%，实际到位率87.6%。"


def values(row):
    return {str(k): v for k, v in row.items() if isinstance(v, str)}


def test_the_bulletin_of_the_documentation():
    found = an.read_statement(BULLETIN)
    row = values(found.rows.iloc[0])
    assert len(found.rows) == 1
    wanted = {"scope": "诉讼案件", "opening": "214", "received": "6380", "closed": "6201", "closure_rate": "97.19"}
    assert {key: row[key] for key in wanted} == wanted
    assert found.unplaced.empty


def test_fujins_own_sentence_gives_its_printed_row():
    row = values(an.read_statement(FUJIN_2011).rows.iloc[0])
    printed = an.read_returns(an.sample_path("returns_fujin.csv"))
    own = printed[(printed["period_start"] == "2011-01-01") & (printed["period_end"] == "2011-12-31")].iloc[0]
    for measure in (
        "opening",
        "received",
        "closed",
        "amount_received",
        "amount_closed",
        "closure_rate",
        "recovery_rate",
    ):
        assert row[measure] == own[measure], measure


@pytest.mark.parametrize("text", [BULLETIN, FUJIN_2011])
def test_every_number_has_its_place_in_the_text_or_is_listed_as_unplaced(text):
    found = an.read_statement(text)
    for place in pd.concat([found.places, found.unplaced]).to_dict("records"):
        assert text[place["start"] : place["end"]] == place["text"]


def test_what_it_cannot_place_is_listed_and_not_guessed():
    found = an.read_statement("全院干警56人，配置车辆3台，受理执行案件386件。")
    assert values(found.rows.iloc[0])["received"] == "386"
    assert {"3", "56"} <= {"".join(c for c in text if c.isdigit()) for text in found.unplaced["text"]}


@pytest.mark.parametrize("text", ["", "没有数字的一句话。", "件件件%%%", "受理件，结案率%。"])
def test_words_without_figures_give_no_row(text):
    assert an.read_statement(text).rows.empty


def test_a_courts_own_rates_are_read_by_their_names(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        '[set]\nid = "own"\nzh = "本院口径"\nen = "our own"\nextends = "spc-2024"\n\n'
        '[[indicator]]\nid = "speedy_rate"\nzh = "快执率"\nen = "speedy rate"\naliases = ["快速执结占比"]\nkind = "rate"\n'
        'numerator = "closed_completed"\ndenominator = "closed"\nunit = "%"\ninterval = "wilson"\n',
        encoding="utf-8",
    )
    text = "2019年，执结率95.6%，快速执结占比41.3%，同比上升2.1个百分点；快执率和到位率分别为40.1%、61.2%。"
    told = an.read_statement(text, court="甲法院", definitions=own)
    row = told.rows.iloc[0]
    assert (row["speedy_rate"], row["speedy_rate_change"], row["closure_rate"]) == ("41.3", "2.1", "95.6")
    assert told.unplaced["text"].tolist() == [
        "40.1%",
        "61.2%",
    ]  # the column holds 41.3 already: of what the list speaks is open
    plainly = an.read_statement(text, court="甲法院")
    assert "speedy_rate" not in plainly.rows
    assert {"41.3%", "2.1个百分点", "40.1%"} <= set(plainly.unplaced["text"])
    (tmp_path / "公报.txt").write_text(text, encoding="utf-8")
    rec = an.reconcile([tmp_path / "公报.txt"], court="甲法院", definitions=[own])
    assert "speedy_rate" in set(rec.figures["measure"])


# what once stood wrongly, or would have but for a column that was taken: text, day of publication, figures (court, scope, days, measure, value), left out
WHOLE_TEXTS = [
    (
        "5月份，全局新收执行案件256件；月末未结412件。与上月相比，执行完毕率由36.5%升至38.2%。",
        "2024-06-10",
        {
            ("甲县人民法院", "执行案件", "2024-05-01", "2024-05-31", "closing", "412"),
            ("甲县人民法院", "执行案件", "2024-05-01", "2024-05-31", "completed_rate", "38.2"),
        },
        {"36.5%"},
    ),
    (
        "甲县人民法院2022年度执行工作白皮书\n2020—2022年受理执行案件900件。2022年受理执行案件310件。\n执结案件298件。",
        None,
        {("甲县人民法院", "执行案件", "2022-01-01", "2022-12-31", "closed", "298")},
        set(),
    ),
    (
        "2020—2022年受理执行案件900件。2022年受理执行案件310件。\n执结案件298件。",  # of the three years, or of the last
        None,
        {("甲县人民法院", "执行案件", "2022-01-01", "2022-12-31", "received", "310")},
        {"298件"},
    ),
    (
        "甲县人民法院2023年执行工作情况通报\n去年同期受理2743件。今年前三季度受理2288件，执结2011件。",
        "2024-01-20",
        {
            ("甲县人民法院", "执行案件", "2023-01-01", "2023-09-30", "received", "2288"),
            ("甲县人民法院", "执行案件", "2023-01-01", "2023-09-30", "closed", "2011"),
            ("甲县人民法院", "执行案件", "2022-01-01", "2022-12-31", "received", "2743"),
        },
        set(),
    ),
    (
        "In 2022 the court closed 1,517 enforcement cases. The closure rate was 90.0 per cent, against 88.3 per cent in 2021.",
        None,
        {
            ("甲县人民法院", "执行案件", "2022-01-01", "2022-12-31", "closure_rate", "90.0"),
            ("甲县人民法院", "执行案件", "2021-01-01", "2021-12-31", "closure_rate", "88.3"),
        },
        set(),
    ),
    (
        "In the first half of 2023 the court closed 765 enforcement cases. Of the cases closed, 412 were performed and 198 settled.",
        None,
        {("甲县人民法院", "执行案件", "2023-01-01", "2023-06-30", "closed", "765")},
        {"412", "198"},
    ),
    (
        "2019年以来，受理执行案件15220件。",
        "2024-02-20",
        {("甲县人民法院", "执行案件", "2019-01-01", None, "received", "15220")},
        set(),
    ),
    (
        "2023年，全市法院新收执行案件900件，甲县人民法院新收90件。与上年相比，全市新收上升7.2%，甲县人民法院上升5.1%。",
        None,
        {
            ("全市法院", "执行案件", "2023-01-01", "2023-12-31", "filed_change", "7.2"),
            ("甲县人民法院", "执行案件", "2023-01-01", "2023-12-31", "filed_change", "5.1"),
        },
        set(),
    ),
    (
        "2022年受理执行案件99件。\n2023年工作打算：结案率达到96%，执行完毕率达到40%。",
        "2023-02-10",
        {("甲县人民法院", "执行案件", "2022-01-01", "2022-12-31", "received", "99")},
        {"96%", "40%"},
    ),
    (
        "上半年，新收执行案件1644件。\n在“飓风”专项行动中，该院执结案件61件，执行到位730万元。",
        "2023-07-25",
        {("甲县人民法院", "执行案件", "2023-01-01", "2023-06-30", "filed", "1644")},
        {"61件", "730万元"},
    ),
    (
        "2022年，执行局收案2418件；城关法庭收案431件。全院合计收案6120件，结案6033件。",
        None,
        {
            ("甲县人民法院", "执行案件", "2022-01-01", "2022-12-31", "filed", "2418"),
            ("甲县人民法院", None, "2022-01-01", "2022-12-31", "closed", "6033"),
        },
        {"431件"},
    ),
    (
        "2023年，受理执行案件3846件。从案件类型看，首次执行案件3020件，恢复执行案件600件，执行异议案件226件。",
        None,
        {
            ("甲县人民法院", "首次执行案件", "2023-01-01", "2023-12-31", "received", "3020"),
            ("甲县人民法院", "执行异议案件", "2023-01-01", "2023-12-31", "received", "226"),
        },
        set(),
    ),
    (
        "2023年，受理执行案件3846件。从案件类型看，首次执行案件3020件，恢复执行案件600件。",  # they do not add up
        None,
        {("甲县人民法院", "执行案件", "2023-01-01", "2023-12-31", "received", "3846")},
        {"3020件", "600件"},
    ),
    (
        "2018年受理执行案件90件。\n2019年受理执行案件99件。\n到位率90%。",
        None,
        {("甲县人民法院", "执行案件", "2019-01-01", "2019-12-31", "received", "99")},
        {"90%"},
    ),
    (
        "The court handled 5,032 civil cases, 214 criminal cases and 2,813 enforcement cases in 2022. It closed 7,766.",
        None,
        set(),
        {"7,766"},
    ),
    (
        "In 2023, 3,714 enforcement cases were filed. Filings were up 6.5% on 2022. Creditors recovered 508 million yuan; "
        "the recovery rate in 2022 was 36.9%.",
        None,
        {
            ("甲县人民法院", "执行案件", "2023-01-01", "2023-12-31", "filed_change", "6.5"),
            ("甲县人民法院", "执行案件", "2023-01-01", "2023-12-31", "amount_recovered", "508百万元"),
            ("甲县人民法院", "执行案件", "2022-01-01", "2022-12-31", "recovery_rate", "36.9"),
        },
        set(),
    ),
]


@pytest.mark.parametrize(("text", "published", "figures", "left"), WHOLE_TEXTS)
def test_a_figure_is_of_the_court_kind_and_time_that_its_text_speaks_of(text, published, figures, left):
    told = an.read_statement(text, court="甲县人民法院", published=published)
    found = {
        (row["court"], row["scope"], row["period_start"], row["period_end"], measure, row[measure])
        for row in told.rows.astype(object).where(told.rows.notna(), None).to_dict("records")
        for measure in row
        if row[measure] is not None
    }
    assert figures <= found
    assert left <= set(told.unplaced["text"])
    assert not left & {place["text"] for place in told.places.to_dict("records")}


def test_figures_before_another_court_is_named_are_not_its_own():
    rows = an.read_statement("2023年，我院执结案件1488件，邻县法院执结777件。").rows
    assert dict(zip(rows["court"], rows["closed"], strict=True)) == {"未写明法院": "1488", "邻县法院": "777"}
    signed = an.read_statement("2023年，共执结案件1488件。（甲县人民法院）").rows
    assert list(signed["court"]) == ["甲县人民法院"]


@pytest.mark.parametrize(
    "text", ["2018年至2017年，全院受理案件99件，结案98件。", "From 2018 to 2017 the court closed 98 cases."]
)
def test_a_time_that_ends_before_it_begins_leaves_the_day_open(text):
    rows = an.read_statement(text, court="甲县人民法院").rows
    assert rows["closed"].tolist() == ["98"]
    assert rows[["period_start", "period_end"]].isna().all(axis=None)
    an.reconcile(rows)


def test_what_was_carried_over_of_the_closed_is_no_opening_stock():
    for text in (
        "2014年，执行案件新收1,023件，执结1,001件（含旧存87件），未结109件。",
        "2014年，执行案件新收1,023件，执结1,001件，其中旧存87件、新收914件，未结109件。",
    ):
        said = an.read_statement(text, court="甲县人民法院")
        row = said.rows.iloc[0]
        assert pd.isna(row.get("opening"))
        assert (row["filed"], row["closed"], row["closing"]) == ("1023", "1001", "109")
        assert "87件" in set(said.unplaced["text"])


def test_what_is_to_be_closed_is_what_is_on_hand():
    said = an.read_statement(
        "2023年，上年未结186件，本年新收1,743件，本年应结1,929件，实结1,801件，年末未结128件。", court="甲"
    )
    row = said.rows.iloc[0]
    assert row[["opening", "filed", "received", "closed", "closing"]].tolist() == ["186", "1743", "1929", "1801", "128"]
    assert "closing" not in an.read_statement("2021年应结未结案件56件，结案1,034件。", court="甲").rows.dropna(axis=1)
