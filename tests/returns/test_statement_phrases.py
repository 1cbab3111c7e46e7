"""Phrasings of bulletins. Sentences with figures of real courts carry their source; the others are made up."""

import pandas as pd
import pytest

import analysis as an
from analysis.returns.phrases import court_names
from analysis.returns.times import spans

SCOPE = "scope"


def rows_of(text, **given):
    found = an.read_statement(text, **given)
    for place in [*found.places.to_dict("records"), *found.unplaced.to_dict("records")]:
        assert text[place["start"] : place["end"]] == place["text"]
    skip = {"court", "unit", "note", "source", "source_date", "file", "row"}
    return found, [
        {k: v for k, v in row.items() if k not in skip and isinstance(v, str)} for row in found.rows.to_dict("records")
    ]


SENTENCES = {
    # returns_courts.csv gives the figures and the sources of these courts; the wording is ours
    "2021年上半年，夷陵区法院执行收案2380件（含旧存123件），结案1058件，结案率44.45%，实际执结率27.59%；诉讼收案2559件（含旧存133件），结案1779件。": [
        {
            SCOPE: "执行案件", "period_start": "2021-01-01", "period_end": "2021-06-30", "received": "2380", "opening": "123",
            "closed": "1058", "closure_rate": "44.45", "actual_enforcement_rate": "27.59",
        },
        {
            SCOPE: "诉讼案件", "period_start": "2021-01-01", "period_end": "2021-06-30", "received": "2559", "opening": "133",
            "closed": "1779",
        },
    ],
    "前三季度，昌黎县人民法院收案1389件、旧存375件、结案1382件，结案率78.34％。": [
        {"filed": "1389", "opening": "375", "closed": "1382", "closure_rate": "78.34"}
    ],
    "2017年1至4月，大兴区法院新收执行案件4,481件，结案3,137件，同比分别上升31.83%和33.55%。": [
        {
            SCOPE: "执行案件", "period_start": "2017-01-01", "period_end": "2017-04-30", "filed": "4481", "closed": "3137",
            "filed_change": "31.83", "closed_change": "33.55",
        }
    ],
    "2018年，梅州市两级法院执结案件7541件，执行到位标的额8.4亿元，结案率91.93%。": [
        {
            SCOPE: "执行案件", "period_start": "2018-01-01", "period_end": "2018-12-31", "closed": "7541",
            "amount_recovered": "8.4亿元", "closure_rate": "91.93",
        }
    ],
    "2006年，全省法院共受理各类案件349948件，其中旧存28802件，新收321146件，审执结325490件，未结24458件，结案率93.0%。": [
        {
            SCOPE: "全部案件", "period_start": "2006-01-01", "period_end": "2006-12-31", "received": "349948", "opening": "28802",
            "filed": "321146", "closed": "325490", "closing": "24458", "closure_rate": "93.0",
        }
    ],
    # made up
    "受理、执结执行案件分别为714件、711件，执结率99.58%。": [
        {SCOPE: "执行案件", "received": "714", "closed": "711", "closure_rate": "99.58"}
    ],
    "2011年共受理执行案件714件，标的额5000万元；执结711件，标的额3844万元，实际到位标的2806万元，到位率73%。": [
        {
            SCOPE: "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31", "received": "714", "closed": "711",
            "amount_received": "5000", "amount_closed": "3844", "amount_recovered": "2806", "recovery_rate": "73",
        }
    ],
    "1-6月份，执行局共收案1200件，其中新收1000件，旧存200件，结案900件，未结300件，结案率75%。": [
        {
            SCOPE: "执行案件", "received": "1200", "filed": "1000", "opening": "200", "closed": "900", "closing": "300",
            "closure_rate": "75",
        }
    ],
    "全年受理各类案件５０００件，其中民事案件3000件、刑事案件500件，审结4900件。": [
        {SCOPE: "全部案件", "received": "5000", "closed": "4900"},
        {SCOPE: "民事案件", "received": "3000", "parent": "全部案件"},
        {SCOPE: "刑事案件", "received": "500", "parent": "全部案件"},
    ],
    "2011年受理：714件；结案：711件；结案率：99.58%；尚有3件未结": [
        {
            "period_start": "2011-01-01", "period_end": "2011-12-31", "received": "714", "closed": "711",
            "closure_rate": "99.58", "closing": "3",
        }
    ],
    "2009年执结率为97.8%，比上年同期下降0.51个百分点；受理同比增长18.96%。": [
        {
            SCOPE: "执行案件", "period_start": "2009-01-01", "period_end": "2009-12-31", "closure_rate": "97.8",
            "closure_rate_change": "-0.51", "received_change": "18.96",
        }
    ],
    "2010年以来，涉执信访案件10件，化解9件，化解率90%。": [
        {
            SCOPE: "执行案件", "period_start": "2010-01-01", "petitions": "10", "petitions_resolved": "9",
            "petition_settlement_rate": "90",
        }
    ],
    "2012年全市法院共受理执行案件23456件，执结21345件，执结率91%，执结标的额达35.6亿元，同比分别增长15.2%、18.3%、2.1个百分点和25.4%。": [
        {
            SCOPE: "执行案件", "period_start": "2012-01-01", "period_end": "2012-12-31", "received": "23456", "closed": "21345",
            "closure_rate": "91", "amount_closed": "35.6亿元", "received_change": "15.2", "closed_change": "18.3",
            "closure_rate_change": "2.1", "amount_closed_change": "25.4",
        }
    ],
    "执行案件：旧存15件，新收371件，合计386件，执结383件，未结3件。": [
        {SCOPE: "执行案件", "opening": "15", "filed": "371", "received": "386", "closed": "383", "closing": "3"}
    ],
    "2013年共受理案件3215件，其中民商事案件受理2110件，结案2045件；执行案件受理820件，执结790件。": [
        {"period_start": "2013-01-01", "period_end": "2013-12-31", "received": "3215"},
        {
            SCOPE: "民事案件", "period_start": "2013-01-01", "period_end": "2013-12-31", "received": "2110", "closed": "2045"
        },
        {SCOPE: "执行案件", "period_start": "2013-01-01", "period_end": "2013-12-31", "received": "820", "closed": "790"},
    ],
    "受理案件数、结案数、结案率分别为1200件、1150件、95.8%。": [
        {"received": "1200", "closed": "1150", "closure_rate": "95.8"}
    ],
    # a list of changes may change its direction; 收、结案 is a list of two
    "2012年收案1580件，结案1312件，存案268件，收、结案同比分别上升9.5%和下降2.1%。": [
        {
            "period_start": "2012-01-01", "period_end": "2012-12-31", "filed": "1580", "closed": "1312", "closing": "268",
            "filed_change": "9.5", "closed_change": "-2.1",
        }
    ],
    "新收1000件，结案900件，结案率95%，同比分别上升3%、下降2%和上升1.2个百分点。": [
        {
            "filed": "1000", "closed": "900", "closure_rate": "95", "filed_change": "3", "closed_change": "-2",
            "closure_rate_change": "1.2",
        }
    ],
    # 审结、执结 speaks of all cases, not of enforcement
    "全院共受理案件3587件，其中新收3402件，旧存185件；审结、执结3301件，结案率92.03%。": [
        {"received": "3587", "filed": "3402", "opening": "185", "closed": "3301", "closure_rate": "92.03"}
    ],
    "2017年审(执)结各类案件7000件。": [
        {SCOPE: "全部案件", "period_start": "2017-01-01", "period_end": "2017-12-31", "closed": "7000"}
    ],
    # a list of scopes takes the numbers in its order
    "全院民商事、刑事、行政案件结案率分别为95.2%、99.1%、97.5%。": [
        {SCOPE: "民事案件", "closure_rate": "95.2"}, {SCOPE: "刑事案件", "closure_rate": "99.1"}, {SCOPE: "行政案件", "closure_rate": "97.5"},
    ],
    "诉讼、执行案件分别受理5000件、2000件。": [
        {SCOPE: "诉讼案件", "received": "5000"}, {SCOPE: "执行案件", "received": "2000"},
    ],
    "共执结案件986件，到位标的1.2亿。": [{SCOPE: "执行案件", "closed": "986", "amount_recovered": "1.2亿元"}],
    "结案率同比提高3.2个百分点，达到96.5%。": [{"closure_rate": "96.5", "closure_rate_change": "3.2"}],
    "2015年度新收执行案件1023件，执结标的总额2.3亿元，较上年增长30%。": [
        {
            SCOPE: "执行案件", "period_start": "2015-01-01", "period_end": "2015-12-31", "filed": "1023",
            "amount_closed": "2.3亿元", "amount_closed_change": "30",
        }
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_gives_its_rows_and_leaves_nothing(text):
    found, rows = rows_of(text)
    assert rows == SENTENCES[text]
    assert found.unplaced.empty


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("当年立案的执行案件执结率要达到80%以上，人均结案不得低于30件。", ["80%", "30件"]),
        ("有财产可供执行案件法定期限内实际执结率99.71%，审限内结案率98%。", ["99.71%", "98%"]),
        ("受理民事一审案件500件，审结300件。", ["500件", "300件"]),
        ("执结涉民生案件120件，以终结本次执行程序方式结案74件。", ["120件", "74件"]),
        ("司法拘留86人，落实司法救助资金5.5万元，配置车辆3台。", ["86", "5.5万元", "3"]),
        ("环比上升3.2%，增加120件。", ["3.2%", "120件"]),
        ("立案受理执行案件714件。", ["714件"]),
        ("新收执行案件21,0285件。", ["21,0285件"]),
        ("新收执行案件6 512件。", ["6 512件"]),
        ("民事、执行案件新收、结案分别为100件、90件。", ["100件", "90件"]),
        ("474家法院的新收案件数同比上升超过50%。", ["474", "50%"]),
    ],
)
def test_duties_parts_and_other_rates_are_listed_and_not_placed(text, numbers):
    found, rows = rows_of(text)
    assert rows == []
    assert found.unplaced["text"].tolist() == numbers
    assert found.unplaced["reason"].str.contains("\n").all()


def test_the_whole_page_of_fujin(tmp_path):
    said = (
        "发布时间:2012-06-11 10:07:16\n"
        "富锦市人民法院……2010年以来,共受理各类执行案件714件,执结711件,结案率99.5%,结案标的3844万元,实际执结率76%,执行到位率73%。"
        "涉执信访案件8件,其中执行和解3件,强制执行2件,司法救助3件,全部得到化解。\n"
        "去年以来……涉执行信访息访率达到了99%。\n"
        "2011年共受理各类执行案件386件(含上年旧存15件),标的额2249万元,执结383件,执结标的额2046万元,执行结案率99.22%,实际到位率87.6%。"
    )
    found, rows = rows_of(said)
    assert [row["period_start"] for row in rows] == ["2010-01-01", "2011-01-01", "2011-01-01"]
    assert [row.get("period_end") for row in rows] == [None, None, "2011-12-31"]
    assert (rows[0]["petitions"], rows[0]["petitions_resolved"]) == ("8", "8")
    assert rows[1]["petition_settlement_rate"] == "99"
    assert rows[2]["amount_received"] == "2249"
    assert found.unplaced["text"].tolist() == ["3件", "2件", "3件"]
    assert set(found.rows["court"]) == {"富锦市人民法院"}
    assert "2010年以来" in found.rows["note"].iloc[0]


def test_this_year_needs_a_day_of_publication():
    text = "今年1-2月，光山县人民法院共受理各类案件3881件，去年同期3500件。"
    found, rows = rows_of(text)
    assert "period_start" not in rows[0]
    assert "今年1-2月" in found.rows["note"].iloc[0]
    _, rows = rows_of(text, published="2022-03-05")
    assert (rows[0]["period_start"], rows[0]["period_end"]) == ("2022-01-01", "2022-02-28")
    with pytest.raises(an.ArgumentError, match="published"):
        an.read_statement(text, published="昨天")


def test_courts_are_told_apart_and_an_unnamed_one_is_said():
    found, rows = rows_of("2018年，船山区法院受理2473件、执结1390件；安居区法院受理1800件、执结1500件。")
    assert found.rows["court"].tolist() == ["船山区法院", "安居区法院"]
    assert [row["closed"] for row in rows] == ["1390", "1500"]
    assert an.read_statement("受理执行案件386件。").rows["court"].tolist() == ["未写明法院"]
    assert an.read_statement("受理执行案件386件。", court="甲法院").rows["court"].tolist() == ["甲法院"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("记者从富锦市人民法院获悉", "富锦市人民法院"),
        ("2017年银川市西夏区人民法院受理", "银川市西夏区人民法院"),
        ("天津市和平区人民法院", "天津市和平区人民法院"),
        ("佳木斯市向阳区法院", "佳木斯市向阳区法院"),
        ("重庆市第二中级人民法院", "重庆市第二中级人民法院"),
        ("哈尔滨铁路运输法院", "哈尔滨铁路运输法院"),
        ("全国各级人民法院共受理", "全国各级人民法院"),
    ],
)
def test_a_courts_name_is_taken_whole_and_without_what_leads_up_to_it(text, name):
    assert [found for _, _, found in court_names(text)] == [name]


@pytest.mark.parametrize(
    "text", ["拒不执行人民法院判决", "上级人民法院", "全国法院执行案件信息管理系统", "我院", "该院"]
)
def test_what_names_no_court_is_none(text):
    assert list(court_names(text)) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2011年", "2011-01-01", "2011-12-31"),
        ("2011年1-11月", "2011-01-01", "2011-11-30"),
        ("2010年至2012年", "2010-01-01", "2012-12-31"),
        ("2008年9月至2009年11月10日", "2008-09-01", "2009-11-10"),
        ("2018年前9个月", "2018-01-01", "2018-09-30"),
        ("2021年第一季度", "2021-01-01", "2021-03-31"),
        ("截至2018年9月10日", "None", "2018-09-10"),
        ("2016年至今", "2016-01-01", "None"),
        ("2012年2月", "2012-02-01", "2012-02-29"),
    ],
)
def test_expressions_of_time(text, first, last):
    (span,) = spans(text, None)
    assert (str(span.first), str(span.last), span.text) == (first, last, text)


def test_a_statement_can_be_reconciled_as_it_is():
    text = "2009年，镇江经济开发区人民法院共受理执行案件1206件，执结1155件，执结率97.8%。"
    assert set(an.reconcile(an.read_statement(text).rows).conflicts["measure"]) == {
        "received",
        "closed",
        "closure_rate",
    }


# What must not be placed where it does not belong: sentences made up after real bulletins, rows and numbers left over.
AWKWARD = {
    "2021年，全市法院受理执行案件8562件。其中，中院执结430件，基层法院执结6550件。结案率81.5%。": (
        [
            {"court": "全市法院", "received": "8562", "closure_rate": "81.5"},
            {"court": "中院", "closed": "430"},
            {"court": "基层法院", "closed": "6550"},
        ],
        [],
    ),
    "2021年1-12月受理执行案件8790件。12月份受理879件，本月到位金额300万元。": (
        [
            {"period_start": "2021-01-01", "received": "8790"},
            {"period_start": "2021-12-01", "received": "879", "amount_recovered": "300"},
        ],
        [],
    ),
    "2020年受理执行案件500件。截至目前，共执结356件。": (
        [{"period_start": "2020-01-01", "received": "500"}, {"period_start": None, "closed": "356"}],
        [],
    ),
    "受理执行案件100件，去年同期80件，同比上升25%；去年同期到位金额3000万元，结案率90%。": (
        [{"received": "100", "received_change": "25", "closure_rate": None, "amount_recovered": None}],
        ["80件", "3000万元", "90%"],
    ),
    "海珠、白云、黄埔法院收案同比分别增长72.66%、56.18%和38.94%。": ([], ["72.66%", "56.18%", "38.94%"]),
    "甲县法院、乙县法院分别受理执行案件100件、200件，结案率分别为95%、97%。": (
        [
            {"court": "甲县法院", "received": "100", "closure_rate": "95"},
            {"court": "乙县法院", "received": "200", "closure_rate": "97"},
        ],
        [],
    ),
    "2015年、2016年分别受理执行案件100件、200件，执结90件、190件。": (
        [
            {"period_end": "2015-12-31", "received": "100", "closed": "90"},
            {"period_end": "2016-12-31", "received": "200", "closed": "190"},
        ],
        [],
    ),
    "该院2015年、2016年收结案分别为3075件、2823件，3813件、3513件，结案率95%。": (
        [],
        ["3075件", "2823件", "3813件", "3513件", "95%"],
    ),
    "2018年结案900件，同比上升5%；受案同比增加167件，上升10%，结案率95%，同比分别提高1.1个和2.2个百分点。": (
        [
            {
                "closed": "900",
                "closed_change": "5",
                "received_difference": "167",
                "received_change": "10",
                "closure_rate": "95",
            }
        ],
        ["1.1个", "2.2个百分点"],
    ),
    "受理执行案件近3000件，执结900余件，到位金额1.2亿余元，执结率95.6%-97.2%。": (
        [{"received": None, "closed": None, "amount_recovered": "1.2亿元", "closure_rate": None}],
        ["3000件", "900余件", "95.6%", "97.2%"],
    ),
    "全年受理案件四千五百六十二件，审结四千三百二十一件，结案率为百分之九十四点七，近千件案件进入执行，一起办理。": (
        [{"received": "4562", "closed": "4321", "closure_rate": "94.7"}],
        ["千件"],
    ),
    "共受理各类案件3881件(含执行案件1568件)，其中旧存1304件；审执结1456件。": (
        [{"scope": "全部案件", "received": "3881", "opening": "1304", "closed": "1456"}],
        ["1568件"],
    ),
    "受理行政诉讼案件120件、非诉行政执行案件330件，审结115件。": (
        [{"scope": "行政案件", "received": "120"}, {"scope": "行政非诉执行案件", "received": "330"}],
        ["115件"],
    ),
    "受理执行案件71件；受理程序类案件4件；结案3件，结案率75%。": ([{"received": "71"}], ["4件", "3件", "75%"]),
    "受理案件786件，其中调解结案300件，判决结案356件，民生案件到位金额120万元。": (
        [{"received": "786", "closed": None, "amount_recovered": None}],
        ["300件", "356件", "120万元"],
    ),
    "2019年受理案件：民事3456件，执行1800件；结案：民事3300件，执行1720件。": (
        [
            {"scope": "民事案件", "received": "3456", "closed": "3300"},
            {"scope": "执行案件", "received": "1800", "closed": "1720"},
        ],
        [],
    ),
    "收案2000件，其中民事1200件、刑事200件；结案1900件，结案率95%。": (
        [
            {"scope": None, "filed": "2000", "closed": "1900", "closure_rate": "95"},
            {"scope": "民事案件", "filed": "1200"},
            {"scope": "刑事案件", "filed": "200"},
        ],
        [],
    ),
    "受理各类案件5000件，其中民事案件3000件，审结2900件。": (
        [{"received": "5000", "closed": None}, {"scope": "民事案件", "received": "3000", "closed": None}],
        ["2900件"],
    ),
    "全年新收案件同比上升12.3%，达到4567件；结案率总体水平为37.52%。": (
        [{"filed": "4567", "filed_change": "12.3", "closure_rate": "37.52"}],
        [],
    ),
}


@pytest.mark.parametrize("text", AWKWARD)
def test_a_number_is_never_placed_under_another_court_time_scope_or_measure(text):
    found, _ = rows_of(text)
    rows, unplaced = AWKWARD[text]
    assert found.unplaced["text"].tolist() == unplaced
    assert len(found.rows) == len(rows)
    for row, wanted in zip(found.rows.to_dict("records"), rows, strict=True):
        own = {name: value if isinstance(value := row.get(name), str) else None for name in wanted}
        assert own == wanted


def test_parts_name_their_whole_only_where_they_may_be_all_of_it():
    all_of_it = an.read_statement("受理执行案件2000件（其中首次执行1500件、恢复执行500件），执结1900件。")
    assert all_of_it.rows["parent"].tolist()[1:] == ["执行案件", "执行案件"]
    some = an.read_statement("受理各类案件5000件，其中民事案件3000件、刑事案件500件，审结4900件。")
    assert some.rows["parent"].fillna("").tolist() == ["", "全部案件", "全部案件"]
    rec = an.reconcile(some.rows)
    assert rec.conflicts.empty  # 3,000 and 500 are parts of 5,000, not all of it
    more = an.read_statement("2018年受理各类案件5000件，其中，民事案件受理4800件，刑事案件受理500件。")
    assert set(an.reconcile(more.rows).conflicts["measure"]) == {"received", "identity:part:received"}
    plain = an.read_statement("2022年新收案件12345件，审结11234件；执行到位率50.12%。")
    assert plain.rows["note"].isna().all()
    for found in (all_of_it, some):
        assert an.reconcile(found.rows).conflicts.empty


def test_a_court_given_is_that_of_what_stands_before_the_first_court_named():
    text = "2021年我院受理执行案件500件。甲县法院受理100件，乙县法院受理200件。"
    found = an.read_statement(text, court="丙县人民法院")
    assert found.rows["court"].tolist() == ["丙县人民法院", "甲县法院", "乙县法院"]


def test_a_scope_said_in_an_earlier_paragraph_is_noted():
    found = an.read_statement("2018年全国法院新收审判类案件843.5万件。\n2018年审结案件759.2万件，结案率90%。")
    assert "范围承上文" in found.rows["note"].iloc[-1]


@pytest.mark.parametrize(
    "text",
    [
        "2021年，与工商联共建平台，化解受理案件322件。",  # of whom it speaks is not known
        "2019年全院受理案件999件；在校园巡回，就地立案455件，审结411件。",
        "2013年外地法院受理案件33件。",
        "2020年受理案件900件；复工复产后，结案300件。",
    ],
)
def test_what_a_clause_not_understood_may_speak_of_is_left_open(text):
    said = an.read_statement(text, court="甲县人民法院")
    assert not {"322", "455", "411", "33", "300"} & {*said.places["value"]}
    assert said.unplaced["reason"].str.len().gt(0).all()


def test_after_an_unknown_clause_the_text_may_say_anew_of_whom_it_speaks():
    said = an.read_statement("2021年，与工商联共建平台，全院受理案件322件，结案311件。", court="甲县人民法院")
    assert said.rows[["received", "closed"]].values.tolist() == [["322", "311"]]


def test_places_joined_by_a_comma_of_lists_do_not_change_unsaid():
    said = an.read_statement("2024年执行案件新收4122件，首执案件终本率31.9%、执行完毕率42.4%、到位率27.7%。")
    assert "27.7" not in {*said.places["value"]}


OF_COURTS = {
    "2022年，乙县法院受理执行案件99件。": {("乙县法院", "received", "99")},
    "乙县人民法院2021年执行工作白皮书\n2021年，本院执结执行案件98件。": {("乙县人民法院", "closed", "98")},
    "2022年，赴乙县法院学习，执结案件97件。": set(),
    "2022年，乙县法院受理案件96件。我院受理案件95件。": {
        ("乙县法院", "received", "96"),
        ("甲县人民法院", "received", "95"),
    },
    "2022年，全市法院执结执行案件94件，其中乙县法院执结9件。2023年，全市法院执结执行案件93件。我院执结执行案件8件。": {
        ("全市法院", "closed", "94"),
        ("乙县法院", "closed", "9"),
        ("全市法院", "closed", "93"),
        ("甲县人民法院", "closed", "8"),
    },
}


@pytest.mark.parametrize("text", OF_COURTS)
def test_a_figure_is_of_the_court_that_the_text_names_and_not_of_the_one_given(text):
    said = an.read_statement(text, court="甲县人民法院")
    placed = said.places[said.places["measure"] != "period"]
    courts = said.rows["court"]
    assert {(courts[p["row"]], p["measure"], p["value"]) for p in placed.to_dict("records")} == OF_COURTS[text]


LEFT_OPEN = {
    "2018年，执行案件结案99件。2019年，我院新收案件880件。": "880",  # of which cases
    "2018年新收首次执行案件99件。2019年，到位率41.3%。": "41.3",
    "2021年全院受理案件99件，其中新收90件、旧存9件，同比上升5.1%。": "5.1",  # whose change
    "2021年全市基层法院执行案件执结率平均为91.3%。": "91.3",
    "2021年受理执行案件99件，年均结案率95.2%。": "95.2",
    "2021年执行案件标的执结率59.4%。": "59.4",
    "2021年，受理涉诉信访41件次；办结39件。": "39",
    "During 2023 the court closed 65 cases. It carried forward 543 cases into 2024.": "opening",
    "In 2021, enforcement cases made up 31% of the court's 8,412 new filings.": "8412",
}


@pytest.mark.parametrize("text", LEFT_OPEN)
def test_what_may_be_of_others_is_listed(text):
    said = an.read_statement(text, court="甲县人民法院")
    assert LEFT_OPEN[text] not in {*said.places["value"]} | {*said.places["measure"]}


READ = {
    "2021年，全院未结案件99件，其中民事案件90件，占90.91%；执行案件9件。": {"closing"},
    "2019年收案544件、结案478件，同比分别增加42件、37件，增长8.36%、8.39%。": {"filed_change", "closed_change"},
    "2016年收案440件，2017年上半年结案率95.1%，较上年同期受理数增长14.7%。": {"received_change"},
    "近三年，我院受理执行案件数分别为：2020年187件、2021年213件。": {"received"},
    "近年来，行政案件收案数逐年上升，2017年为32件，2018年为41件。": {"filed"},
    "2018年，我院共有执行案件99件，其中旧存9件，新收90件。": {"received", "opening", "filed"},
    "2023年，执行案件新收量自2019年以来首次下降，由2022年的301件下降至276件。": {"filed"},
    "2021年9月1日至11月30日“百日清案”专项行动期间，全院共结案214件。": {"closed"},
    "In 2021, 451 civil cases, 23 criminal cases and 187 enforcement cases were filed.": {"filed"},
}


@pytest.mark.parametrize("text", READ)
def test_every_number_of_such_a_list_or_change_is_placed(text):
    said = an.read_statement(text, court="甲县人民法院")
    assert READ[text] <= {*said.places["measure"]}
    assert not {*said.unplaced["text"]} - {"90.91%"}


def test_a_paragraph_that_names_none_of_several_courts_is_open():
    said = an.read_statement("2022年，甲县法院受理案件99件，乙县法院受理案件88件。\n2023年，执结执行案件77件。")
    assert "77" not in {*said.places["value"]}


@pytest.mark.parametrize(
    "kind", ["法定期限内", "有财产可供执行案件", "当庭", "民生案件", "小额诉讼案件", "农民工工资案件"]
)
@pytest.mark.parametrize(
    "told",
    [
        "结案率由去年的91%上升到95%。",
        "结案率保持在90%以上，达到95.3%。",
        "结案率首次突破90%，达到95.3%。",
        "结案率同比上升3.2个百分点，达到95.3%。",
        "结案率、到位率分别为95.3%、41.2%。",
        "结案率提高，由78.2%上升到91.5%。",
        "结案率逐年上升，2023年为93.1%，2024年为95.3%。",
        "收案、结案分别为99件、95件。",
        "结案数由88件增至95件，同比增加7件。",
    ],
)
def test_what_is_of_some_cases_only_is_no_figure_of_all(kind, told):
    assert an.read_statement(f"2024年，{kind}{told}").rows.empty


def test_a_bulletin_on_all_courts_speaks_of_them_again_in_a_paragraph_that_names_none():
    """The intermediate court that signs it in the title has no figures of its own here; a county's paragraph is over."""
    text = (
        "石门市中级人民法院2024年上半年执行工作通报\n1—6月，全市法院新收执行案件18,432件，办结15,870件。\n"
        "其中，青石县法院新收2,104件，办结1,877件；云溪县法院新收3,010件，办结2,590件。\n首执案件执行完毕率38.75%，执行到位率36.9%。"
    )
    rows = an.read_statement(text).rows
    said = rows[rows["completed_rate"].eq("38.75") | rows["recovery_rate"].eq("36.9")]
    assert said[["court", "scope"]].values.tolist() == [["全市法院", "执行案件"], ["全市法院", "首次执行案件"]]


def test_a_change_with_a_sign_and_what_is_said_to_be_low_are_read():
    rows = an.read_statement("2023年，新收4,105件（同比 +9.8%），执结4,066件（同比 -1.2%）。").rows
    assert rows[["filed_change", "closed_change"]].values.tolist() == [["9.8", "-1.2"]]
    rows = an.read_statement("执行完毕率偏低，2024年前三季度为33.6%。").rows
    assert rows[["period_end", "completed_rate"]].values.tolist() == [["2024-09-30", "33.6"]]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "In 2022, the completion rate was 38.6% and the rate of termination for this round 41.3%.",
            {"completed_rate": "38.6", "terminated_this_round_share": "41.3"},
        ),
        (
            "Of the first-time enforcement cases closed in 2023, 41.2% were completed and 39.7% terminated for this round.",
            {"completed_rate": "41.2", "terminated_this_round_share": "39.7"},
        ),
        (
            "During 2021 a total of RMB 318.6 million was recovered out of RMB 902.4 million claimed in concluded cases.",
            {"amount_recovered": "318.6百万元", "amount_closed": "902.4百万元"},
        ),
        (
            "Enforcement cases received in 2020: 3,012, including 412 carried over; closed: 2,871.",
            {"received": "3012", "opening": "412", "closed": "2871"},
        ),
        (
            "Resumed enforcement cases: 674 filed, 651 closed (2023).",
            {"filed": "674", "closed": "651", "period_start": "2023-01-01"},
        ),
        ("In 2023, the recovery rate in closed cases fell from 47.1% to 46.5%.", {"recovery_rate": "46.5"}),
    ],
)
def test_english_figures_are_read_as_reports_say_them(text, figures):
    (row,) = an.read_statement(text).rows.to_dict("records")
    assert {name: row[name] for name in figures} == figures


@pytest.mark.parametrize(
    "text",
    [
        "In 2023, the closure rate within the statutory limit rose from 91% to 95%.",
        "In 2023, the rate of termination for this round fell to 39.7% in wage cases.",
        "Of the cases received in 2023, 41.2% were completed.",
    ],
)
def test_english_figures_of_some_cases_only_are_placed_nowhere(text):
    assert an.read_statement(text).rows.empty


def test_what_is_handled_of_petitions_is_no_closure_rate_of_cases():
    assert an.read_statement("2023年，来信来访87件次，办结率100%。").rows.empty
    said = an.read_statement("2023年，来信来访87件次，办结率100%，执行案件结案率95%。").rows
    assert said["closure_rate"].tolist() == ["95"]


def test_orders_without_litigation_among_enforcement_cases_are_enforced():
    rows = an.read_statement("2023年，受理执行案件3402件，其中行政非诉289件。").rows
    assert rows["scope"].tolist() == ["执行案件", "行政非诉执行案件"]
    rows = an.read_statement("2023年，受理行政案件120件，其中行政非诉89件。").rows
    assert rows["scope"].tolist() == ["行政案件", "行政非诉审查案件"]


def test_a_half_year_takes_the_year_in_the_bracket_behind_it():
    (row,) = an.read_statement("今年上半年（2024年），执结1,288件。").rows.to_dict("records")
    assert (row["period_start"], row["period_end"]) == ("2024-01-01", "2024-06-30")


def test_my_court_beside_all_courts_is_none_of_those():
    rows = an.read_statement("2023年，全市法院执结率96.2%，我院到位率44.6%。").rows
    assert rows[["court", "closure_rate", "recovery_rate"]].fillna("").values.tolist() == [
        ["全市法院", "96.2", ""],
        ["未写明法院", "", "44.6"],
    ]
    rows = an.read_statement(
        "In 2023, courts in the city recovered 318 million yuan; our court received 3,402 cases."
    ).rows
    assert rows[["court", "received"]].fillna("").values.tolist() == [
        ["courts in the city", ""],
        ["未写明法院", "3402"],
    ]


def test_what_was_carried_over_from_a_year_opens_the_next():
    (row,) = an.read_statement(
        "2023年新收执行案件3,187件，加上2022年结转215件，共计3,402件，已执结3,329件。"
    ).rows.to_dict("records")
    figures = {"opening": "215", "filed": "3187", "received": "3402", "closed": "3329", "period_start": "2023-01-01"}
    assert {name: row[name] for name in figures} == figures


def test_what_was_done_about_old_cases_is_of_no_court():
    assert an.read_statement("2023年，对97件积案逐案攻坚，执结89件，结案率91.75%。").rows.empty


@pytest.mark.parametrize("text", ["今年，我院结案99件。", "This year the court closed 99 cases."])
def test_a_year_that_is_not_over_on_the_day_of_publication_has_no_end_yet(text):
    ended = an.read_statement(text, published="2023-12-31").rows["period_end"].iloc[0]
    assert ended == "2023-12-31"
    (row,) = an.read_statement(text, published="2023-07-15").rows.to_dict("records")
    assert row["period_start"] == "2023-01-01"
    assert pd.isna(row["period_end"])


def test_figures_of_the_supreme_court_are_not_those_of_the_court_of_the_text():
    said = an.read_statement("The Supreme People's Court closed 99 cases in 2021.", court="Yunxi County People's Court")
    assert said.rows["court"].tolist() == ["Supreme People's Court"]


def test_what_is_summed_up_after_years_and_one_of_them_is_of_either():
    said = an.read_statement(
        "2014年至2016年执结2644件。2016年执结1160件。执行到位金额共计6.7亿元。", court="甲县人民法院"
    )
    assert said.unplaced["text"].tolist() == ["6.7亿元"]


def test_a_year_of_two_halves_has_no_days_of_its_own():
    (row,) = an.read_statement("The court disposed of 6,120 civil cases in 2021/22.").rows.to_dict("records")
    assert row["closed"] == "6120"
    assert pd.isna(row["period_start"])
    assert pd.isna(row["period_end"])


def test_years_from_one_to_another_are_all_of_them_and_years_compared_with_are_none():
    said = an.read_statement("From 2019-2021 the court closed 99 cases, up 3% compared with 2016-2018.")
    (row,) = said.rows.to_dict("records")
    assert (row["closed"], row["period_start"], row["period_end"]) == ("99", "2019-01-01", "2021-12-31")


@pytest.mark.parametrize(
    ("text", "placed", "left"),
    [
        ("2023年旧存89件案件中，已执结60件。", {"opening": "89"}, ["60件"]),
        ("2023年新收800件案件中，执结700件。", {"filed": "800"}, ["700件"]),
        ("2023年结转下年的89件案件中，执结60件。", {"closing": "89"}, ["60件"]),
        ("2023年旧存89件中，未结29件。", {"opening": "89"}, ["29件"]),
        ("2023年未结89件中，新收70件、旧存19件。", {"closing": "89"}, ["70件", "19件"]),
        ("2023年受理1000件中，执结900件。", {"received": "1000", "closed": "900"}, []),
    ],
)
def test_what_became_of_the_old_or_the_new_cases_is_not_the_figure_of_the_court(text, placed, left):
    found, (row,) = rows_of(text, court="甲县人民法院")
    assert {name: row[name] for name in row if name != SCOPE and not name.startswith("period")} == placed
    assert found.unplaced["text"].tolist() == left


@pytest.mark.parametrize("words", ["转入次年", "结转至次年", "转入下一年", "结转下年度"])
def test_what_goes_on_into_the_next_year_is_pending(words):
    _, (row,) = rows_of(f"2023年执结1765件，{words}89件。", court="甲县人民法院")
    assert (row["closed"], row["closing"], row["period_end"]) == ("1765", "89", "2023-12-31")


def test_what_is_pending_on_a_day_is_that_of_its_end():
    _, (whole, first) = rows_of("2023年12月31日未结执行案件152件，其中首次执行案件100件。", court="甲县人民法院")
    assert [whole["closing"], first["closing"]] == ["152", "100"]
    assert {row["period_end"] for row in (whole, first)} == {"2023-12-31"}
    assert "period_start" not in whole


def test_pending_cases_that_were_all_cleared_are_no_stock():
    found, rows = rows_of("2023年，未结执行案件152件全部清理。", court="甲县人民法院")
    assert rows == []
    assert found.unplaced["text"].tolist() == ["152件"]


@pytest.mark.parametrize(
    ("text", "placed", "left"),
    [
        ("Of 800 new cases, 700 were closed.", {"filed": "800"}, ["700"]),
        ("Of the 1,200 cases filed in 2023, 900 were closed.", {"filed": "1200"}, ["900"]),
        ("Closed in 2023: 2,040. Carried forward: 152.", {"closed": "2040", "closing": "152"}, []),
        ("In 2023 the court closed 2,040 cases; 158 were carried over from 2022.", {"closed": "2040", "opening": "158"}, []),
    ],
)  # fmt: skip
def test_new_cases_closed_are_a_part_and_what_is_carried_forward_is_pending(text, placed, left):
    found, (row,) = rows_of(text, court="Jia County People's Court")
    assert {name: row[name] for name in row if not name.startswith("period")} == placed
    assert found.unplaced["text"].tolist() == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("不含保全案件，2023年执结1744件。", ["1744件"]),
        ("2023年执结1744件（不含保全案件）。", ["1744件"]),
        ("扣除委托执行案件后，2023年新收1902件。", ["1902件"]),
        ("除终本案件外，2023年实际执结1192件。", ["1192件"]),
        ("2023年，除执行案件外，新收民事案件56件。", []),
        ("2023年新收执行案件2034件（不含旧存235件）。", []),
    ],
)
def test_cases_without_some_of_their_kind_are_of_no_row(text, left):
    found, rows = rows_of(text, court="甲县人民法院")
    assert found.unplaced["text"].tolist() == left
    assert bool(rows) == (not left)


@pytest.mark.parametrize(
    ("text", "measure", "placed"),
    [
        ("结案率：首次执行55.6%，恢复执行58.5%。", "closure_rate", {"首次执行案件": "55.6", "恢复执行案件": "58.5"}),
        ("首次执行结案率55.6%，恢复执行结案率58.5%。", "closure_rate", {"首次执行案件": "55.6", "恢复执行案件": "58.5"}),
        ("结案率：民事55.6%，刑事58.5%，执行60.1%。", "closure_rate", {"民事案件": "55.6", "刑事案件": "58.5", "执行案件": "60.1"}),
        ("首次执行到位8512万元，恢复执行到位1203万元。", "amount_recovered", {"首次执行案件": "8512", "恢复执行案件": "1203"}),
        ("到位金额：首次执行8512万元。", "amount_recovered", {"首次执行案件": "8512"}),
    ],
)  # fmt: skip
def test_kinds_before_rates_and_sums_are_those_of_their_own_number(text, measure, placed):
    _, rows = rows_of(f"2024年第一季度{text}", court="甲县人民法院")
    assert {row[SCOPE]: row[measure] for row in rows} == placed


@pytest.mark.parametrize(
    ("text", "measure", "placed"),
    [
        ("各类案件结案率分别为：民事95.1%，刑事98.2%，执行93.3%。", "closure_rate", {"民事案件": "95.1", "刑事案件": "98.2", "执行案件": "93.3"}),
        ("终本率（首次执行）42.4%。", "terminated_this_round_rate", {"首次执行案件": "42.4"}),
        ("结案率（民事）95.2%，结案率（刑事案件）98.1%。", "closure_rate", {"民事案件": "95.2", "刑事案件": "98.1"}),
        ("新收（执行）2345件。", "filed", {"执行案件": "2345"}),
        ("到位金额：首次执行8512万元，恢复执行1203万元。", "amount_recovered", {"首次执行案件": "8512", "恢复执行案件": "1203"}),
        ("执行到位金额：首次执行3.12亿元，恢复执行1.07亿元。全年共执行到位4.19亿元。", "amount_recovered",
         {"首次执行案件": "3.12亿元", "恢复执行案件": "1.07亿元", "执行案件": "4.19亿元"}),
    ],
)  # fmt: skip
def test_kinds_in_a_list_of_rates_and_sums_or_in_brackets_are_those_of_their_own_number(text, measure, placed):
    found, rows = rows_of(f"2023年，{text}", court="甲县人民法院")
    assert {row[SCOPE]: row[measure] for row in rows} == placed
    assert found.unplaced.empty


@pytest.mark.parametrize(
    "named",
    ["甲县、乙县、丙县三家法院", "甲县法院、乙县法院、丙县法院三家法院", "甲县、乙县和丙县三家基层法院", "丙县法院较低。甲县、乙县、丙县三家法院"],
)  # fmt: skip
def test_courts_listed_with_their_number_have_each_its_own_figure(named):
    found = an.read_statement(f"2023年，全市法院结案率93%。{named}结案率分别为95%、92%、91%。", court="甲县人民法院")
    assert dict(found.rows[["court", "closure_rate"]].to_numpy()) == {
        "全市法院": "93", "甲县人民法院": "95", "乙县法院": "92", "丙县法院": "91",
    }  # fmt: skip


def test_courts_listed_by_the_first_part_of_their_names_are_those_named_in_full_and_as_many_as_is_said():
    text = "云阳市中级人民法院2023年执行工作通报\n全市法院执结99件。平川县法院执结501件，石门区法院执结402件。\n平川、石门两家法院到位率分别为40.1%、35.8%。"
    rows = an.read_statement(text, court="云阳市中级人民法院").rows
    assert dict(rows.dropna(subset="recovery_rate")[["court", "recovery_rate"]].to_numpy()) == {
        "平川县法院": "40.1", "石门区法院": "35.8",
    }  # fmt: skip
    assert (
        an.read_statement(text.replace("两家", "三家"), court="云阳市中级人民法院").rows["recovery_rate"].isna().all()
    )


def test_our_own_rate_after_a_mean_of_others_is_placed_and_the_mean_is_not():
    found, (row,) = rows_of("2023年，全市平均结案率93.66%，全省平均结案率94.05%，我院为93.21%。", court="甲县人民法院")
    assert row["closure_rate"] == "93.21"
    assert found.unplaced["text"].tolist() == ["93.66%", "94.05%"]
    assert rows_of("2023年，全省平均结案率94.05%。\n我院为93.21%。", court="甲县人民法院")[1] == []


@pytest.mark.parametrize(
    ("text", "difference", "left"),
    [
        ("2023年新收案件36508件，同比上升5.9%（2034件）。", "2034", []),
        ("2023年新收案件1902件，同比下降3.1%（61件）。", "-61", []),
        ("2023年新收案件36508件，同比上升5.9%（1200件）。", None, ["1200件"]),
        ("2023年新收案件同比上升5.9%（2034件）。", None, ["2034件"]),
    ],
)
def test_a_count_in_a_bracket_behind_a_change_is_by_how_many_where_the_change_says_so(text, difference, left):
    found, (row,) = rows_of(text, court="甲县人民法院")
    assert row.get("filed_difference") == difference
    assert found.unplaced["text"].tolist() == left


def test_a_rise_from_the_same_period_of_last_year_has_both_figures_and_a_change():
    found, rows = rows_of(
        "2023年1至9月，结案率由去年同期的77.15%下降到74.29%，下降2.86个百分点。", court="甲县人民法院"
    )
    assert [(r["period_start"], r["closure_rate"], r.get("closure_rate_change")) for r in rows] == [
        ("2022-01-01", "77.15", None), ("2023-01-01", "74.29", "-2.86"),
    ]  # fmt: skip
    assert found.unplaced.empty


def test_years_below_a_heading_that_ends_in_a_comparison_are_a_time():
    _, rows = rows_of("近三年对比\n2021年至2023年，全院新收案件分别为13102件、14261件、15432件。", court="甲县人民法院")
    assert [row["filed"] for row in rows] == ["13102", "14261", "15432"]


def test_courts_of_a_paper_whose_title_says_its_cases_are_of_these():
    text = (
        "White Paper on Enforcement 2022\nFirst-time enforcement cases filed numbered 620 and resumed enforcement cases 184."
        "\nThe Northgate District Court filed 867 cases and closed 802. The Southgate District Court closed 290."
    )
    rows = an.read_statement(text, court="Linmere Intermediate Court").rows
    of_each = rows[rows["court"].str.endswith("District Court")]
    assert of_each[["court", "scope", "closed"]].values.tolist() == [
        ["Northgate District Court", "执行案件", "802"], ["Southgate District Court", "执行案件", "290"],
    ]  # fmt: skip
