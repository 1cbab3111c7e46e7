"""Revisions: what a later report says about the figures of an earlier one."""

import json
import re

import pandas as pd
import pytest

import analysis as an
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import in_language

pytestmark = pytest.mark.full  # each makes whole reports


def register(*, late=False, as_of="2011-12-31"):
    """Four cases of 2010 and 2011; with ``late`` one more of 2010 that was entered in 2011."""
    rows = [
        ("（2010）富执字第1号", "2010-01-04", "2010-02-01", "2010-01-04"),
        ("（2010）富执字第2号", "2010-03-04", "2010-05-01", "2010-03-04"),
        ("（2011）富执字第1号", "2011-01-04", "2011-02-01", "2011-01-04"),
        ("（2011）富执字第2号", "2011-03-04", "2011-05-01", "2011-03-04"),
    ]
    if late:
        rows.append(("（2010）富执字第3号", "2010-11-04", "2010-12-01", "2011-02-01"))
    frame = pd.DataFrame(rows, columns=["case_no", "filed_on", "closed_on", "entered_on"])
    frame = frame.assign(court="富锦市人民法院", closure_mode="completed", amount_claimed=100.0, amount_recovered=100.0)
    told = {
        "file": "made up",
        "sha256": str(late),
        "rows": len(frame),
        "kept": len(frame),
        "quarantined": 0,
        "skipped": 0,
    }
    inputs = pd.DataFrame([told])
    return an.Cases.from_frames(frame, as_of=as_of, inputs=inputs, definitions="fujin-2012")


@pytest.fixture
def without_figures(monkeypatch):
    """Reports of the revisions alone: the other sections have their own tests."""
    from analysis.report import yearly
    from analysis.report.sections.revisions import revisions

    monkeypatch.setattr(yearly, "BODY", ())
    monkeypatch.setattr(yearly, "ANNEXES", (revisions,))


def built(cases, year, folder, **asked):
    return an.build_report(cases, period=year, out=folder, formats=("xlsx",), language="en", **asked)


def test_a_late_entry_changes_a_published_figure_and_is_named_as_the_reason(without_figures, tmp_path):
    built(register(as_of="2010-12-31"), 2010, tmp_path / "2010")
    made = built(register(late=True), 2011, tmp_path / "2011")
    table = next(b for b in made.report.sections[0].blocks if hasattr(b, "frame")).frame
    row = table[table["indicator"] == "filed"].iloc[0]
    assert (row["old"], row["new"], row["published_in"]) == (2, 3, "2010")
    assert "late entries" in in_language(row["why"], "en")
    assert "2010" in made.manifest["inputs"]["earlier"]


def test_money_that_was_published_and_is_another_now_is_not_shown_again(tmp_path):
    """One case of 2010 entered late: the two sums would differ by its amounts."""
    rows = [
        (f"（{y}）富执字第{n}号", f"{y}-0{n % 8 + 1}-04", f"{y}-11-0{n % 8 + 1}", 1000.0 + n)
        for y in (2010, 2011)
        for n in range(24)
    ]
    frame = pd.DataFrame(rows, columns=["case_no", "filed_on", "closed_on", "amount_claimed"])
    frame = frame.assign(court="富锦市人民法院", closure_mode="completed", amount_recovered=frame["amount_claimed"] / 2)
    late = frame.iloc[[3]].assign(case_no="（2010）富执字第99号", amount_claimed=34567.0, amount_recovered=23456.0)
    frames = {"2010": frame[frame["filed_on"] < "2011"], "2011": frame, "late": pd.concat([frame, late])}
    registers = {
        name: an.Cases.from_frames(f, as_of="2011-12-31", definitions="fujin-2012") for name, f in frames.items()
    }
    built(registers["2010"], 2010, tmp_path / "a" / "2010")
    for name, is_shown in (("2011", True), ("late", False)):
        made = built(registers[name], 2011, tmp_path / name, earlier=[tmp_path / "a" / "2010"])
        figures = pd.DataFrame(made.manifest["figures"])
        money = figures[figures["unit"].eq("万元") | figures["indicator"].eq("recovery_rate")]
        of_2010 = money[money["period_end"] == "2010-12-31"]
        assert of_2010["value"].notna().any() == is_shown
        assert money.loc[money["period_end"] == "2011-12-31", "value"].notna().any()
        texts = [
            block.frame.to_csv()
            for section in made.report.sections
            for block in section.blocks
            if hasattr(block, "frame")
        ]
        said = " ".join(texts) + json.dumps(made.manifest)
        assert is_shown or not re.search(r"58843|5\.88|35594|3\.55|60\.4", said), (
            "the sums and the rate of 2010 with the late case"
        )


def test_an_edition_handed_out_before_is_named_and_no_sum_stands_in_both(tmp_path):
    before, after = (
        an.Cases.from_frames(frame, as_of="2011-12-31", definitions="fujin-2012")
        for frame in (
            court(),
            court(
                case_no="（2011）富执字第99号", filed_on="2011-05-04", closed_on="2011-11-09", amount_claimed=34567.0
            ),
        )
    )
    built(before, 2011, tmp_path / "first")
    alone = built(after, 2011, tmp_path / "alone")
    assert not alone.manifest["inputs"].get("earlier"), "of the same year one that nobody named may be a draft"
    made = built(after, 2011, tmp_path / "second", earlier=[tmp_path / "first"])
    money = {
        name: table.loc[(table["unit"] == "万元") & (table["period_end"] == "2011-12-31"), "value"].notna().any()
        for name, table in (
            ("alone", pd.DataFrame(alone.manifest["figures"])),
            ("second", pd.DataFrame(made.manifest["figures"])),
        )
    }
    assert money == {"alone": True, "second": False}
    tables = [block.frame for section in made.report.sections for block in section.blocks if hasattr(block, "frame")]
    revised = next(table for table in tables if "old" in table)
    held = revised[revised["indicator"].isin(["amount_closed", "recovery_rate"])]
    assert {in_language(why, "zh") for why in held["why"]} == {"金额与先前公布的不同，不再列出"}
    assert (24, 25) in {
        *revised.loc[revised["indicator"] == "filed", ["old", "new"]].itertuples(index=False, name=None)
    }


def test_money_of_a_set_that_is_no_longer_at_hand_is_not_shown_again(tmp_path):
    """A rate of money of the court's own, published in per cent: with the sums of today it would tell of a case that was entered late."""
    own = tmp_path / "court" / "own.toml"
    own.parent.mkdir()
    own.write_text(OWN, encoding="utf-8")
    before = an.Cases.from_frames(court().query("filed_on < '2011'"), as_of="2010-12-31", definitions=str(own))
    first = built(before, 2010, tmp_path / "2010").manifest
    assert first["money"] == ["own/own_rate"]
    after = an.Cases.from_frames(court(), as_of="2011-12-31", definitions="fujin-2012")
    made = pd.DataFrame(built(after, 2011, tmp_path / "2011", earlier=[tmp_path / "2010"]).manifest["figures"])
    money = made[made["unit"] == "万元"]
    shown = money.groupby("period_end")["value"].count()
    assert shown["2010-12-31"] == 0 < shown["2011-12-31"]


OWN = """[set]
id = "own"
zh = "本院"
en = "own"
source = "本院"

[[indicator]]
id = "own_rate"
zh = "自定执行率"
en = "own rate"
kind = "rate"
numerator = "amount_recovered"
denominator = "amount_closed"
unit = "%"
interval = "over-cases"
confidence = "V"
"""


def court(**more) -> pd.DataFrame:
    """Closings of 2010 and 2011, but for the last days of a year, of which more may be."""
    rows = [
        (f"（{y}）富执字第{n}号", f"{y}-0{n % 8 + 1}-04", f"{y}-11-0{n % 8 + 1}", 1000.0 + n)
        for y in (2010, 2011)
        for n in range(24)
    ]
    frame = pd.DataFrame(rows, columns=["case_no", "filed_on", "closed_on", "amount_claimed"])
    frame = pd.concat([frame, pd.DataFrame([more])]) if more else frame
    return frame.assign(court="富锦市人民法院", closure_mode="completed", amount_recovered=frame["amount_claimed"] / 2)


def test_money_of_another_statistical_calendar_than_that_of_an_earlier_report_is_not_shown(tmp_path):
    """One case closed between the end of the one year and that of the other: the two sums would differ by its claim."""
    frame = court(case_no="（2010）富执字第99号", filed_on="2010-10-10", closed_on="2010-12-28", amount_claimed=34567.0)
    for calendar, year in (("dec-21", 2010), ("calendar-year", 2011)):
        cases = an.Cases.from_frames(frame, as_of="2011-12-31", calendar=calendar, definitions="fujin-2012")
        made = built(cases, year, tmp_path / str(year))
        figures = pd.DataFrame(made.manifest["figures"]).query("indicator == 'amount_closed'").set_index("period_end")
        assert figures["value"].notna().to_dict().get("2011-12-31", True), "no day of it is in the year of the other"
    assert pd.isna(figures.loc["2010-12-31", "value"])
    listed = [block for section in made.report.sections if section.id == "revisions" for block in section.blocks]
    why = {cell.partition("\n")[0] for block in listed if hasattr(block, "frame") for cell in block.frame["why"]}
    assert why == {"统计期间起止不同，不能比较"}, "the set defines them now as then"


@pytest.mark.parametrize("table", ["aid", "coercive_measures"])
def test_aid_and_fines_that_were_entered_late_are_not_told_by_two_reports(table, tmp_path):
    frame = court()
    days = {"aid": "granted_on", "coercive_measures": "date"}
    rows = [
        (frame["case_no"].iloc[i], f"{2010 + i // 24}-0{i % 8 + 1}-11", 5000.0 + i) for i in (*range(6), *range(24, 30))
    ]
    side = pd.DataFrame(rows, columns=["case_no", days[table], "amount"]).assign(
        kind="fine", person_id=[f"p{i}" for i in range(12)]
    )
    late = pd.concat([side, side.iloc[[0]].assign(case_no=frame["case_no"].iloc[9], person_id="p99", amount=7654.0)])
    for year, held, is_shown in ((2010, side, True), (2011, side, True), (2012, late, False)):
        cases = an.Cases.from_frames({"cases": frame, table: held}, as_of="2011-12-31", definitions="fujin-2012")
        made = built(
            cases, min(year, 2011), tmp_path / str(year), earlier=None if year == 2010 else [tmp_path / "2010"]
        )
        sums = pd.DataFrame(made.manifest["side_sums"]).dropna(subset="amount")
        assert ("2010-12-31" in set(sums["period_end"])) == is_shown
        assert year == 2010 or "2011-12-31" in set(sums["period_end"])


def test_a_report_with_a_measure_of_no_known_kind_is_read_by_the_next(without_figures, tmp_path):
    frame = court()
    side = pd.DataFrame(
        {"case_no": frame["case_no"].iloc[:2], "kind": ["fine", None], "date": "2010-05-04", "person_id": ["p1", "p2"]}
    )
    cases = an.Cases.from_frames(
        {"cases": frame, "coercive_measures": side}, as_of="2011-12-31", definitions="fujin-2012"
    )
    built(cases, 2010, tmp_path / "2010")
    made = built(cases, 2011, tmp_path / "2011")
    assert {row["of"] for row in made.manifest["side_sums"]} >= {"coercive_measures fine", "coercive_measures "}
    assert not an.verify_report(tmp_path / "2011", cases=cases).size


def test_another_definition_is_named_as_the_reason(without_figures, tmp_path):
    built(register(as_of="2010-12-31"), 2010, tmp_path / "2010")
    path = tmp_path / "2010" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for row in manifest["figures"]:
        if row["indicator"] == "closure_rate":
            row |= {"definition": "older/closure_rate", "value": 97.0}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    made = built(register(), 2011, tmp_path / "2011")
    table = next(b for b in made.report.sections[0].blocks if hasattr(b, "frame")).frame
    assert table["indicator"].tolist() == ["closure_rate"]
    assert in_language(table["why"].iloc[0], "en") == "the definition changed"


def test_without_an_earlier_report_there_is_no_list_and_with_one_it_stands_also_empty(without_figures, tmp_path):
    first = built(register(as_of="2010-12-31"), 2010, tmp_path / "2010")
    assert not first.report.sections, "nothing to compare with has no section"
    second = built(register(), 2011, tmp_path / "2011")
    assert "none differs" in second.report.sections[0].blocks[0].text
    with pytest.raises(an.InputError, match=r"不是报告文件夹.*manifest\.json"):
        built(register(), 2011, tmp_path / "2011", earlier=[tmp_path])
    for absent in (tmp_path / "nowhere", tmp_path / "2010" / "manifests.json"):
        with pytest.raises(an.InputError, match=f"找不到以往报告：{re.escape(str(absent))}"):
            built(register(), 2011, tmp_path / "2011", earlier=[absent])


@pytest.fixture
def two_years(without_figures, tmp_path):
    """A report of 2010, and one of 2011 that was compared with it, both below ``reports``."""
    built(register(as_of="2010-12-31"), 2010, tmp_path / "reports" / "2010")
    built(register(late=True), 2011, tmp_path / "reports" / "2011")
    return tmp_path / "reports"


def test_verifying_takes_the_earlier_reports_that_the_manifest_names(two_years):
    assert not len(an.verify_report(two_years / "2011", register(late=True)))
    later = built(register(), 2010, two_years / "2010-again")  # a neighbour that came after it changes nothing
    assert later.folder.is_dir()
    assert not len(an.verify_report(two_years / "2011", register(late=True)))


def test_verifying_without_an_earlier_report_says_which_is_needed(two_years, tmp_path):
    moved = (two_years / "2010").rename(tmp_path / "2010")
    with speaking("en"), pytest.raises(an.InputError, match=r'"2010".*earlier='):
        an.verify_report(two_years / "2011", register(late=True))
    assert not len(an.verify_report(two_years / "2011", register(late=True), earlier=[moved / "manifest.json"]))
    manifest = json.loads((moved / "manifest.json").read_text(encoding="utf-8"))
    manifest["figures"][0]["value"] = 99.0
    (moved / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    found = an.verify_report(two_years / "2011", register(late=True), earlier=[moved])
    assert found[["part", "name"]].iloc[0].tolist() == ["inputs", "earlier"]


@pytest.mark.parametrize(
    ("change", "said"), [({"court": "甲法院"}, "甲法院"), ({"parameters": {"year": 2012}}, "2012")]
)
def test_an_earlier_report_of_another_court_or_of_a_later_year_is_refused(two_years, tmp_path, change, said):
    path = tmp_path / "other.json"
    manifest = json.loads((two_years / "2010" / "manifest.json").read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | change), encoding="utf-8")
    with pytest.raises(an.InputError, match=said):
        built(register(), 2011, tmp_path / "2011", earlier=[path])
    assert not (tmp_path / "2011").exists()


def test_two_earlier_reports_of_one_name_are_told_apart(two_years, tmp_path):
    import shutil

    again = shutil.copytree(two_years / "2010", tmp_path / "old" / "2010")
    with pytest.raises(an.InputError, match="2010"):
        built(register(), 2011, tmp_path / "2011", earlier=[two_years / "2010", again])


def test_verifying_knows_the_word_template(without_figures, tmp_path):
    import docx

    for name in ("own.docx", "other.docx"):
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = name
        document.save(tmp_path / name)
    asked = {"period": 2011, "out": tmp_path / "2011", "language": "en"}
    made = an.build_report(register(), formats=("docx",), template=tmp_path / "own.docx", **asked)
    assert list(made.manifest["reports"]["en"]["template"]) == ["own.docx"]
    assert not len(an.verify_report(tmp_path / "2011", register(), template=tmp_path / "own.docx"))
    with speaking("en"), pytest.raises(an.InputError, match=r"own\.docx.*template="):
        an.verify_report(tmp_path / "2011", register())
    found = an.verify_report(tmp_path / "2011", register(), template=tmp_path / "other.docx")
    assert {"own.docx", "other.docx"} <= set(found.loc[found["part"] == "inputs", "name"])
    with pytest.raises(an.ArgumentError, match="docx"):
        an.build_report(register(), formats=("html",), template=tmp_path / "own.docx", **asked)


def test_figures_that_todays_set_does_not_define_are_compared_by_the_set_they_were_published_under(two_years, tmp_path):
    same = built(register(), 2011, tmp_path / "same", definitions="spc-2024", earlier=[two_years / "2010"])
    assert "none differs" in same.report.sections[0].blocks[0].text
    late = built(register(late=True), 2011, tmp_path / "late", definitions="spc-2024", earlier=[two_years / "2010"])
    table = late.report.sections[0].blocks[1].frame.set_index("indicator")
    assert (table.loc["filed", "old"], table.loc["filed", "new"]) == (2, 3)
    assert {in_language(why, "en") for why in table["why"]} == {"entries made after that report (late entries)"}


def test_a_figure_of_a_set_that_is_gone_is_listed_unless_it_had_no_value(two_years, tmp_path):
    path = tmp_path / "old.json"
    manifest = json.loads((two_years / "2010" / "manifest.json").read_text(encoding="utf-8"))
    manifest["parameters"]["definitions"] = "gone"
    manifest["figures"] = [manifest["figures"][0] | {"indicator": "own_rate", "value": value} for value in (3.0, None)]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    table = built(register(), 2011, tmp_path / "2011", earlier=[path]).report.sections[0].blocks[1].frame
    assert table["old"].tolist() == [3.0]
