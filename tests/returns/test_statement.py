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
    assert told.unplaced["text"].tolist() == ["40.1%"]  # the column holds 41.3 already
    plainly = an.read_statement(text, court="甲法院")
    assert "speedy_rate" not in plainly.rows
    assert {"41.3%", "2.1个百分点", "40.1%"} <= set(plainly.unplaced["text"])
    (tmp_path / "公报.txt").write_text(text, encoding="utf-8")
    rec = an.reconcile([tmp_path / "公报.txt"], court="甲法院", definitions=[own])
    assert "speedy_rate" in set(rec.figures["measure"])
