import hashlib
import json
import re
import subprocess
import sys
from base64 import b64encode
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import openpyxl
import pandas as pd
import pytest
from two_teams import register

import analysis as an
from analysis.measures.indicators.caveats import possible, unclaimed
from analysis.observations.ranking import PROBLEM
from analysis.report.content import Paragraph, Table
from analysis.report.inputs import Material
from analysis.report.manifest import sha256
from analysis.report.sections.annual import _by_month
from analysis.report.sections.assessment import features, measures, problems
from analysis.report.sections.cycle import _dated, _shadow
from analysis.report.sections.indicators import _judged, _tested
from analysis.report.sections.limits import durations, limits
from analysis.report.sections.situation import situation
from analysis.report.sections.years import flow_table
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.language import speaking
from analysis.vocabulary.periods import windows
from analysis.vocabulary.sentences import left_open
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import in_language

pytestmark = pytest.mark.full


class Page(HTMLParser):
    """The parts of a page that the tests ask for."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words, self.quiet = [], [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.quiet += tag in ("script", "style")

    def handle_endtag(self, tag):
        self.quiet -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.quiet:
            self.words.append(data)

    def of(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def page(published, language):
    return (published.folder / f"report-2011.{language}.html").read_text(encoding="utf-8")


def test_both_languages_and_one_manifest_stand_in_the_folder(published):
    names = {p.name for p in published.folder.iterdir()}
    assert names == {"manifest.json"} | {
        f"report-2011.{lang}.{kind}" for lang in ("zh", "en") for kind in ("html", "xlsx")
    }


def test_no_space_parts_chinese_from_figures(published):
    """A label of a chart beside its value is no sentence; a number behind a Latin word belongs to that word."""
    texts = Page(page(published, "zh"))
    told = [*texts.words, *(attrs["alt"] for attrs in texts.of("img"))]
    assert len(told) > 1_000
    spaced = re.compile(
        r"[\u4e00-\u9fff] [+−≥≤]?[0-9]|(?<![A-Za-z] )(?<![0-9.])[0-9]+(?:[.,][0-9]+)*%? [\u4e00-\u9fff]"
    )
    assert [said for said in told if spaced.search(said) and not re.fullmatch(r"\S+ [0-9.]+", said)] == []


def test_few_pending_cases_are_named_in_a_sentence(published):
    said = (
        "截至2011年12月31日未结3件：(2011)富执字第195号（立案158天）、(2011)富执字第212号（立案149天）、"
        "(2011)富执字第334号（立案23天）。其中30日内届满的1件。"
    )
    assert said in "".join(Page(page(published, "zh")).words)
    english = page(published, "en")
    assert "(2011)富执字第334号 (23 days since filing); of these 1 due within 30 days." in "".join(Page(english).words)
    assert "limits-ages" not in english


def test_the_printed_figures_of_2011_stand_in_the_report(published):
    words = "".join(Page(page(published, "zh")).words)
    assert "受理执行案件386件（含旧存15件），结案383件，年末未结3件，结案率99.22%（383/386）" in words
    assert "711/714 = 99.580%" in words
    english = "".join(Page(page(published, "en")).words)
    assert (
        "had 386 enforcement cases on hand (15 brought forward), closed 383 and ended the year with 3 pending"
        in english
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_needs_nothing_from_elsewhere(published, language):
    text = page(published, language)
    found = Page(text)
    for tag, attrs in found.tags:
        for name in ("src", "href", "data", "action"):
            assert not re.match(r"(https?:)?//", attrs.get(name) or ""), (tag, attrs)
    rules = [attrs["content"] for attrs in found.of("meta") if "content" in attrs]
    assert any("default-src 'none'" in rule for rule in rules)
    assert "@import" not in re.sub(r"<script>.*?</script>", "", text, flags=re.S)
    assert found.of("html")[0]["lang"] == ("zh-CN" if language == "zh" else "en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_chart_has_an_alt_text_and_every_table_headed_columns(published, language):
    found = Page(page(published, language))
    charts = [attrs for attrs in found.of("svg") if attrs.get("class") in ("wide", "narrow")]
    assert len(charts) >= 2 * 3
    assert all(len(attrs["aria-label"]) > 20 for attrs in charts)
    assert all(attrs.get("scope") == "col" for attrs in found.of("th"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_light_and_runs_one_script_of_its_own(published, language):
    text = page(published, language)
    assert len(text.encode()) < 700_000
    (script,) = re.findall(r"<script>(.*?)</script>", text, flags=re.S)
    assert len(script) < 6_000
    (rule,) = (attrs["content"] for attrs in Page(text).of("meta") if attrs.get("http-equiv"))
    assert f"script-src 'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in rule


def test_the_report_says_that_the_sample_is_synthetic(published):
    assert "合成示例数据" in page(published, "zh")
    assert "synthetic sample data" in page(published, "en")


def test_english_pages_speak_english(published):
    found = Page(page(published, "en"))
    said = "".join(found.words)
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in said)
    assert chinese < 0.12 * len(said), "beyond names of courts, case numbers and sources the page is English"


def test_the_manifest_names_every_exhibit_and_checks_every_file(published):
    manifest = json.loads((published.folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["reports"]) == {"zh", "en"}
    for name, checksum in manifest["files"].items():
        assert sha256((published.folder / name).read_bytes()) == checksum
    for part in manifest["reports"].values():
        ids = [exhibit["id"] for exhibit in part["exhibits"]]
        assert len(ids) == len(set(ids)) >= 15
        assert all(exhibit["function"].startswith("analysis.") for exhibit in part["exhibits"])
        assert all(hasattr(an, exhibit["function"].split(".")[1]) for exhibit in part["exhibits"])
    assert manifest["inputs"]["register"]["cases.csv"] == sha256(an.sample_path("register/cases.csv").read_bytes())
    assert not re.search(r"/(tmp|home|root|work)/", json.dumps(manifest))


def test_the_workbook_holds_the_numbers_as_numbers(published):
    book = openpyxl.load_workbook(published.folder / "report-2011.zh.xlsx")
    rows = {}
    for name in ("基本情况", "质效指标"):
        sheet = book[name]
        heading = [cell.value for cell in sheet[3]]
        rows |= {
            row[0]: dict(zip(heading, row, strict=False))
            for row in sheet.iter_rows(min_row=4, values_only=True)
            if row[0]
        }
    assert (rows["结案（件）"]["2011"], rows["结案（件）"]["增减"]) == (383, 55)
    assert rows["结案（件）"]["增幅（%）"] == pytest.approx(100 * 55 / 328)
    assert rows["结案率（%）"]["2011"] == pytest.approx(100 * 383 / 386)
    said = " ".join(str(cell.value) for s in book for row in s for cell in row if cell.value is not None)
    assert not re.search(r"closed/", said), "a workbook in Chinese is Chinese throughout"
    assert not any(isinstance(c.value, str) and c.value.startswith("=") for s in book for r in s for c in r)


def test_another_process_writes_the_same_bytes(published, tmp_path):
    code = (
        "import sys, analysis as an\n"
        "peers = an.read_returns([an.sample_path('returns_courts.csv'), an.sample_path('returns_fujin.csv')])\n"
        "for language in ('en', 'zh'):  # the pages lead to each other\n"
        "    an.build_report(an.read_cases(an.sample_path('register')), period=2011, peers=peers, out=sys.argv[1], language=language,\n"
        "        returns=an.read_returns(an.sample_path('returns_fujin.csv')))\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code, str(tmp_path / "2011")], check=True)
    for kind in ("html", "xlsx"):
        name = f"report-2011.en.{kind}"
        assert (tmp_path / "2011" / name).read_bytes() == (published.folder / name).read_bytes(), name


def test_what_was_not_given_has_no_section_and_the_page_on_sources_says_so(sample_cases, tmp_path):
    made = an.build_report(sample_cases, period=2011, out=tmp_path / "2011", formats=("xlsx",), language="en")
    said = {s.id: " ".join(b.text for b in s.blocks if hasattr(b, "text")) for s in made.report.sections}
    assert not {"printed", "peers", "revisions"} & set(said)
    assert "published figures of Fujin City People's Court, figures of other courts" in said["provenance"]


@pytest.fixture(scope="module")
def with_quotas(sample_cases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("quotas") / "2011"
    return an.build_report(sample_cases, period=2011, out=folder, formats=("xlsx",), language="en", quotas=True)


def test_quotas_on_persons_stand_in_a_report_only_where_they_are_asked_for(published, with_quotas):
    assert "officers-scheme" not in {e.id for e in published.report.exhibits()}
    assert "officers-scheme" in {e.id for e in with_quotas.report.exhibits()}
    assert with_quotas.manifest["parameters"]["quotas"] is True
    assert "for use inside the court" in with_quotas.report.subtitle
    assert "months in post" in {e.id: e for e in with_quotas.report.exhibits()}["officers-scheme"].note


def test_page_one_states_the_year_its_figures_and_what_moved_most(published):
    from analysis.report.content import Cards

    first = published.report.sections[0]
    (cards,) = [block.cards for block in first.blocks if isinstance(block, Cards)]
    assert [(c.label, c.value) for c in cards] == [
        ("On hand", "386 cases"), ("Closed", "383 cases"), ("Pending", "3 cases"), ("Closure rate", "99.22%"),
        ("Recovery rate", "87.62%"), ("Closed within the limit", "100.00%"),
    ]  # fmt: skip
    assert [c.change for c in cards][2:5] == [
        "12 cases fewer than in 2010",
        "up 3.59 points on 2010",
        "up 31.00 points on 2010",
    ]
    assert all(len(c.trend) == 6 for c in cards)
    said = [b.text for b in first.blocks if not isinstance(b, Cards)]
    assert said[0].startswith("In 2011 Fujin City People's Court had 386 enforcement cases on hand")
    assert sum(text.startswith(("Feature: ", "Problem: ", "Note: ")) for text in said) == 3
    assert "up 31.00 percentage points" in said[1]
    assert any(text.startswith("Accumulating and clearing: ") for text in said)


def test_the_workbook_begins_with_page_one(published):
    sheet = openpyxl.load_workbook(published.folder / "report-2011.zh.xlsx").worksheets[0]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert sheet.title == "要点"
    assert ["2006", "2007", "2008", "2009", "2010", "2011"] in [row[-6:] for row in rows]
    assert ["结案", 383, "件", 16.77, 264, 294, 309, 419, 328, 383] in rows
    assert ["结案率", pytest.approx(100 * 383 / 386), "%", 383, 386, 3.59] in [row[:6] for row in rows]


def test_page_one_comes_before_the_contents(published):
    for language, end in (("zh", "目录"), ("en", "Contents")):
        text = page(published, language)
        assert text.index('class="cards"') < text.index(f'<nav aria-label="{end}"')
        heading = re.findall(r'<h2 id="summary-heading">([^<]*)', text)
        assert heading == ["要点" if language == "zh" else "In brief"]


def test_the_mix_of_closings_and_filings_adds_up(published, sample_cases):
    frame = {e.id: e for e in published.report.exhibits()}["annual-mix"].frame
    closings = frame[frame["breakdown"] == "closure_mode"]
    counted = (
        sample_cases.table.filter(sample_cases.table.closed_on.year() == 2011).closure_mode.value_counts().execute()
    )
    shown = counted[counted.iloc[:, 1] >= 3]
    assert closings["numerator"].max() == shown.iloc[:, 1].max()
    shown = [row[5:8] for row in {e.id: e for e in published.report.exhibits()}["annual-mix"].rows()]
    assert all(round(float(now) - float(before), 2) == float(change.replace("−", "-")) for now, before, change in shown)
    assert not frame["numerator"].between(1, 2).any()


@pytest.mark.full
@pytest.mark.parametrize(
    ("begun", "heading", "filed"),
    [(2014, "上年（件）", "31"), (2012, "前3年平均（件）", "30.3"), (2013, "前2年平均（件）", "30.5")],
)
def test_the_parts_of_the_stock_stand_beside_those_of_the_year_before_or_a_mean_that_says_so(begun, heading, filed):
    """Counts stood as 31.00 under a heading that did not say what they were."""
    from analysis.report.content import Table, shown
    from analysis.report.sections.cycle import _bridge

    years = {2012: 30, 2013: 30, 2014: 31, 2015: 40}
    days = [
        day
        for year, n in years.items()
        if year >= begun
        for day in pd.date_range(f"{year}-01-01", f"{year}-11-08", periods=n)
    ]
    frame = pd.DataFrame({"filed_on": pd.to_datetime(days).normalize()})
    frame["closed_on"] = frame["filed_on"] + pd.Timedelta(days=20)
    cases = an.Cases.from_frames(frame, as_of="2015-12-31", observed_from=f"{begun}-01-01")
    with speaking("zh"):
        table = next(block for block in _bridge(material_of(cases, year=2015)) if isinstance(block, Table))
    assert shown(table.frame.set_index("part").loc["filed", heading], table.formats[heading]) == filed
    assert ("平均" in table.note) == ("平均" in heading)


def test_where_nothing_is_closed_there_is_no_curve():
    from analysis.report.sections.limits import durations

    rows = pd.DataFrame({"filed_on": pd.date_range("2011-11-10", periods=30), "closed_on": None})
    made = material_of(an.Cases.from_frames(rows, as_of="2011-12-31", observed_from="2011-01-01"))
    assert "limits-time-to-close" not in [getattr(block, "id", "") for block in durations(made).blocks]


def test_the_mix_has_no_columns_of_a_year_before_that_the_register_does_not_hold():
    from analysis.report.sections.annual import annual

    rows = {"filed_on": ["2011-03-01"] * 60, "closed_on": "2011-06-01", "basis": ["civil"] * 40 + ["arbitration"] * 20}
    material = material_of(an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31", observed_from="2011-01-01"))
    (mix,) = (block for block in annual(material).blocks if block.id == "annual-mix")
    assert list(mix.frame) == ["indicator", "breakdown", "group", "numerator", "share"]


def test_a_group_without_a_case_in_the_year_is_not_told_as_part_of_its_filings():

    bases = ["civil"] * 60 + ["administrative_non_litigation"] * 20
    frame = pd.DataFrame(
        {"filed_on": ["2010-03-01"] * 80 + ["2011-03-01"] * 80, "closed_on": ["2010-06-01"] * 80 + ["2011-06-01"] * 79 + [None],
         "basis": bases + ["civil"] * 60 + ["criminal_civil"] * 20}
    )  # fmt: skip
    with speaking("zh"):
        said = [
            str(b.text)
            for b in situation(material_of(an.Cases.from_frames(frame, as_of="2011-12-31"))).blocks
            if hasattr(b, "text")
        ]
    mix = next(text for text in said if text.startswith("从执行依据看"))
    assert "60件，占75.00%" in mix
    assert "0件，占0" not in mix


def test_what_more_is_said_of_one_cell_is_one_problem_with_one_blank_for_its_cause():
    parts = []
    for year in (2022, 2023, 2024):
        basis = np.where(np.arange(600) % 6 == 0, "arbitration", "civil")
        share = np.where(basis == "arbitration", 0.3 if year == 2024 else 0.8, 0.5)
        done = (np.arange(600) // 6 * 0.6180339887) % 1 < share
        rows = {"filed_on": f"{year}-02-01", "closed_on": f"{year}-06-01", "basis": basis}
        parts.append(pd.DataFrame(rows | {"closure_mode": np.where(done, "completed", "terminated_this_round")}))
    cases = an.Cases.from_frames(pd.concat(parts, ignore_index=True), as_of="2024-12-31")
    made = Material.of(cases, year=2024, returns=None, peers=None, definitions=None, calendar=None)
    with speaking("en"):
        told, asked = problems(made).blocks, measures(made).blocks
    ((said, evidence),) = [pair for pair in zip(told[::2], told[1::2], strict=True) if "arbitration" in pair[0].text]
    assert said.text.count("(basis: arbitration): ") == len(said.calls) > 1
    assert evidence.text.count("basis = arbitration: ") == len(said.calls)
    assert evidence.text.count("[Cause:\u00a0]") == 1
    assert len(asked) == len(told) / 2


@pytest.mark.parametrize(("rows", "said"), [([{}], "除所列问题外，本年各项"), ([], "本年各项")])
def test_a_report_of_problems_alone_does_not_say_that_no_figure_changed(monkeypatch, rows, said):
    monkeypatch.setattr("analysis.report.sections.assessment.told_of", lambda _, name: rows if name == PROBLEM else [])
    with speaking("zh"):
        (told,) = features(SimpleNamespace(is_compared_whole=True)).blocks
    assert told.text == f"{said}数字没有突出的变化。"


def test_every_table_of_a_report_by_another_calendar_is_of_that_calendar():
    """Years from 21 December: what ends between Christmas and New Year belongs to the next."""
    parts = []
    for year in (2013, 2014, 2015):
        days = pd.date_range(f"{year}-01-10", f"{year}-12-08", periods=40)
        closed = pd.to_datetime(
            np.where(np.arange(40) < 30, days + pd.Timedelta(days=9), pd.Timestamp(f"{year}-12-27"))
        )
        parts.append(pd.DataFrame({"filed_on": days, "closed_on": closed, "closure_mode": "terminated_this_round"}))
    rows = pd.concat(parts, ignore_index=True)
    rows.loc[rows["closed_on"] > "2015-12-20", ["closed_on", "closure_mode"]] = None
    cases = an.Cases.from_frames(rows, as_of="2015-12-20", observed_from="2012-12-21")
    made = Material.of(cases, year=2015, returns=None, peers=None, definitions=None, calendar="dec-21")
    (shadow,) = _shadow(made)
    flow = flow_table(made).frame.set_index("indicator").loc["未结（件）", ["2014", "2015"]]
    assert shadow.frame.set_index("year")["pending"].tolist()[-2:] == flow.tolist() == [10, 10]
    assert made.ages.summary["closed"].tolist() == [made.flow(2015)["closed"]] == [40]
    assert _by_month(made)[0].result["filed"].sum() == 80


def test_rows_of_a_file_are_counted_without_its_header(published):
    frame = {e.id: e for e in published.report.exhibits()}["quality-inputs"].frame.set_index("file")
    assert frame.loc["cases.csv", ["rows", "kept", "quarantined", "skipped"]].tolist() == [2000, 2000, 0, 0]


def test_a_year_outside_the_register_is_refused_and_nothing_is_written(sample_cases, tmp_path):
    with pytest.raises(an.ArgumentError, match="2006"), speaking("zh"):
        an.build_report(sample_cases, period=1999, out=tmp_path / "1999")
    with pytest.raises(an.ArgumentError, match="html"):
        an.build_report(sample_cases, period=2011, out=tmp_path / "1999", formats=("htm",))
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_was_touched_is_found_out(published, sample_cases, printed, peers, tmp_path):
    import shutil

    folder = shutil.copytree(published.folder, tmp_path / "2011")
    (folder / "report-2011.zh.html").write_text("edited", encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["findings"], manifest["figures"][0]["value"] = {}, -1.0
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    found = an.verify_report(folder, sample_cases, returns=printed, peers=peers)
    assert found["part"].tolist() == ["register", "figures", "files"]
    assert found["name"].iloc[[0, 2]].tolist() == ["findings", "report-2011.zh.html"]
    other = an.verify_report(folder, sample_cases, returns=None, peers=peers)
    assert other.iloc[0]["part"] == "inputs", "the cause stands before its consequences"


def test_no_function_changes_its_input(sample_cases, printed, tmp_path):
    before = printed.copy()
    an.build_report(sample_cases, period=2010, returns=printed, out=tmp_path / "2010", formats=("xlsx",))
    pd.testing.assert_frame_equal(printed, before)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("open_cases", [0, 1])
def test_a_register_of_numbers_and_dates_alone_gives_a_whole_report_in_every_format(tmp_path, language, open_cases):
    rows = {"case_no": ["a", "b"], "filed_on": ["2011-01-10", "2011-03-01"], "closed_on": ["2011-02-09", "2011-05-01"]}
    frame = pd.DataFrame(rows)
    if open_cases:
        frame.loc[1, "closed_on"] = None
    cases = an.Cases.from_frames(frame, as_of="2011-12-31")
    formats = ("html", "xlsx", "pdf", "docx", "pptx")
    made = an.build_report(cases, period=2011, out=tmp_path / "2011", formats=formats, language=language)
    assert list(dict.fromkeys(path.suffix[1:] for path in made.files)) == list(formats)
    assert not len(an.verify_report(tmp_path / "2011", cases))


def material_of(cases, **asked):

    given = {"year": 2011, "returns": None, "peers": None, "definitions": "fujin-2012", "calendar": "calendar-year"}
    return Material.of(cases, **given | asked)


@pytest.mark.full
def test_a_set_without_counts_still_sums_the_year_up_and_rebuilds_printed_counts(sample_cases, printed):
    from analysis.report.sections.printed import printed as beside
    from analysis.report.sections.situation import headline, moved
    from analysis.report.sections.years import flow_table

    material = material_of(sample_cases, definitions="spc-2024", returns=printed)
    with speaking("zh"):
        assert (
            headline(material).zh == "2011年，富锦市人民法院受理执行案件386件（含旧存15件），结案383件，年末未结3件。"
        )
        assert moved(material)[0].text.startswith("新收371件，同比上升16.30%；结案383件，同比上升16.77%；未结3件")
        assert flow_table(material).frame["2011"].tolist() == [15, 371, 386, 383, 3]
        table = beside(material).blocks[1]
    closed = table.frame[(table.frame["measure"] == "closed") & (table.frame["printed"] == "383")]
    assert [cell.split("\n")[0] for cell in closed["within_register"]] == ["相符"]
    assert "counts" in table.note


def test_one_figure_that_is_not_checked_is_said_of_as_one(sample_cases, printed):
    from analysis.report.sections.printed import printed as beside

    with speaking("en"):
        said = beside(material_of(sample_cases, returns=printed)).blocks[0].text
    assert "1 is not checked" in said


def test_a_search_for_contradictions_that_was_not_ended_is_said_in_the_report(sample_cases, printed, monkeypatch):
    from analysis.inference.reconciliation import components
    from analysis.report.sections.printed import printed as beside

    monkeypatch.setattr(components, "ASKED", -1000)
    material = material_of(sample_cases, returns=printed)
    for language, said, never in (
        ("zh", "富锦市人民法院：矛盾太多，没有逐一找完，请逐个与原表核对。", "其余即可同时成立"),
        ("en", "there are too many contradictions to be searched to the end", "the others can all be true"),
    ):
        with speaking(language):
            text = " ".join(getattr(block, "text", "") for block in beside(material).blocks)
        assert said in text
        assert never not in text


def test_the_court_stands_beside_its_peers_also_where_their_file_lacks_it(sample_cases):
    from analysis.report.sections.peers import published_elsewhere as beside

    others = an.read_returns(an.sample_path("returns_courts.csv"))
    material = material_of(sample_cases, peers=others)
    with speaking("en"):
        _, table = beside(material).blocks  # of two courts there is no chart
    own = table.frame.set_index("court").loc["富锦市人民法院"]
    assert (own["numerator"], own["denominator"]) == (383, 386)
    assert "富锦市人民法院" in [str(name) for name in material.funnel.highlight]
    assert "register's for 2011" in table.note
    assert set(table.frame["court"]) == {"镇江经济开发区人民法院", "富锦市人民法院"}, (
        "published by then; not those of 2013 to 2017"
    )
    later = others[others["period_end"] > "2011-12-31"]
    assert beside(material_of(sample_cases, peers=later)).blocks == ()


def peers_of(years):
    rows = [
        {"court": f"甲{place}县人民法院", "level": "basic", "scope": "执行案件", "unit": "件", "received": str(900 + place),
         "closed": str(800 + 3 * place), "period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        for place, year in enumerate(years)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_the_rules_of_a_list_are_told_once_below_it():
    from analysis.report.sections.limits import _by_rule

    listed = pd.DataFrame(
        {"case_no": ["1", "2", "3"], "rule": ["六个月\nsix months", "三个月\nthree months", "六个月\nsix months"]}
    )
    short, told = _by_rule(listed)
    assert short["rule"].tolist() == ["[1]", "[2]", "[1]"]
    assert told.zh == "规则：[1] 六个月；[2] 三个月。"
    one, told = _by_rule(listed.iloc[[0, 2]])
    assert list(one) == ["case_no"]
    assert told.en == "By rule: six months."


def test_peers_of_one_year_are_not_said_to_be_of_several(sample_cases):
    from analysis.report.sections.peers import published_elsewhere as beside

    material = material_of(sample_cases, peers=an.read_returns(peers_of([2011] * 7)))
    with speaking("zh"):
        said, figure, _ = beside(material).blocks
    assert "不画控制限" in said.text
    assert "不同" not in said.text + figure.note
    mixed = material_of(sample_cases, peers=an.read_returns(peers_of([2009, 2010, 2011])))
    with speaking("zh"):
        assert "年度不同" in beside(mixed).blocks[0].text


def test_peers_that_cannot_be_compared_are_counted_with_the_reason(sample_cases):
    from analysis.report.sections.peers import peers as within_limits
    from analysis.report.sections.peers import published_elsewhere as beside

    bulletin = peers_of([2011] * 12).assign(period_end="2011-11-30")
    with speaking("zh"):
        (said,) = beside(material_of(sample_cases, peers=an.read_returns(bulletin))).blocks
    assert said.text.endswith("另有12家未列入：期间不是一个完整年度。")
    bulletin = pd.concat([bulletin.tail(1).assign(court="富锦市人民法院"), peers_of([2011] * 12)])
    material = material_of(sample_cases, peers=an.read_returns(bulletin.assign(level=["basic"] * 12 + ["中院"])))
    with speaking("zh"):
        said, figure = within_limits(material).blocks
    assert said.text.endswith("另有1家未列入：法院层级不同。")
    assert "本院为台账中2011年的数字" in figure.note


def test_a_court_without_peers_of_its_year_is_not_said_to_be_in_the_funnel(sample_cases):
    from analysis.report.sections.peers import peers as beside

    material = material_of(sample_cases, peers=an.read_returns(peers_of([2010] * 12)))
    with speaking("zh"):
        _, figure = beside(material).blocks
    assert "富锦市人民法院" not in set(figure.numbers["court"])
    assert "本院未列入：同一期间可比的法院不足十家" in figure.note
    assert "台账" not in figure.note


def test_a_report_compares_with_what_was_printed_by_then(sample_cases, printed):
    """Peers of the year's own panel, not of the next; the court's figure of the year, not the one printed of the year after."""
    two = pd.concat([peers_of([2010] * 12), peers_of([2011] * 12), peers_of([2012] * 13).tail(1)], ignore_index=True)
    material = material_of(sample_cases, year=2010, peers=pd.concat([an.read_returns(two), printed], ignore_index=True))
    courts = material.funnel.table.set_index("court")
    assert len(courts) == 13, "twelve and the own court; a court of 2012 alone has no ten of its year"
    assert set(courts["period_end"].dt.year) == {2010}
    flow = material.flow(2010)
    assert courts.loc["富锦市人民法院", "denominator"] == flow["received"]


def test_numbered_officers_speak_the_language_and_cells_round_as_sentences_do():
    from analysis.report.content import RATE, shown
    from analysis.vocabulary.labels import read
    from analysis.vocabulary.sentences import rate

    with speaking("en"):
        assert (read("officer", "承办人01"), read("officer", "承办人-0e49f19b")) == ("officer 01", "officer-0e49f19b")
        assert read("officer", "承办人王") == "承办人王"
    assert shown(0.125, RATE) + "%" == rate(0.125).zh == "0.13%"
    assert shown(-0.001, RATE) == "0.00"


def test_the_sheet_of_definitions_names_its_sources_and_how_figures_are_rounded(published):
    sheet = openpyxl.load_workbook(published.folder / "report-2011.zh.xlsx")["口径说明"]
    text = "\n".join(str(row[0]) for row in sheet.iter_rows(values_only=True))
    assert "[1] http" in text
    assert "四舍五入" in text


def blocks(report):
    return {block.id: block for block in report.exhibits()}


def sentences_of(report):
    return [block.text for section in report.sections for block in section.blocks if hasattr(block, "text")]


def test_that_the_data_are_made_up_is_said_at_the_head_and_not_after_every_sentence(published):
    assert published.report.synthetic
    assert not [text for text in sentences_of(published.report) if "synthetic" in text or "合成数据" in text]


def test_an_english_report_names_courts_in_english(published):
    said = [*sentences_of(published.report), published.report.title]
    exhibits = blocks(published.report)
    with speaking("en"):
        for name in ("peers-limits", "officers-counts"):
            said += [cell for row in exhibits[name].rows() for cell in row]
    assert "Fujin City People's Court: enforcement report 2011" in said
    assert "Zhenjiang Economic Development Zone People's Court" in said
    assert "team" not in exhibits["officers-counts"].frame  # who works where would say whose a pseudonym is
    own = re.compile(
        r"执行案访比|示例城区|示例镇[一二三四五六七八九十]|[(]\d{4}[)]富执\w*第\d+号"
    )  # a place and case numbers of the register
    assert not [text for text in said if re.search("[\u4e00-\u9fff]", own.sub("", text))]


def test_every_court_whose_figures_stand_beside_the_sample_has_an_english_name(peers):
    named = {court: court_text(court).en for court in peers["court"].unique()}
    assert not [court for court, english in named.items() if re.search("[\u4e00-\u9fff]", english)]


def test_changes_are_numbers_and_small_counts_have_no_percentage(published):
    rows = blocks(published.report)["indicators-years"].frame.set_index("indicator")
    assert list(rows.columns) == ["2007", "2008", "2009", "2010", "2011", "difference", "growth", "target"]
    assert rows.loc["Petitions (cases)", "difference"] == 2
    assert pd.isna(rows.loc["Petitions (cases)", "growth"])
    flow = blocks(published.report)["situation-flow"].frame.set_index("indicator")
    assert flow.loc["Filed (cases)", ["2010", "2011", "difference"]].tolist() == [319, 371, 52]
    assert flow.loc["Filed (cases)", "growth"] == pytest.approx(100 * 52 / 319)
    assert rows.loc["Share of the year's filings closed (%)", "target"] == "≥80, met"


def test_beside_a_phase_stands_the_change_that_it_was_dated_by(sample_cases):
    """A stock dated without its season may be clearing while the recorded one rises."""
    months = pd.date_range("2006-01-01", periods=72, freq="MS")
    closed = [10 if day.month in (1, 2) else 24 if day.year % 2 else 18 for day in months]
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed, "opening": 300}))
    spans = windows(months[0], pd.Timestamp("2011-12-31"), freq="M")
    for adjusted in (True, False):
        found = an.cycle(flow, adjusted=adjusted)
        with speaking("en"):
            table = _dated(found, spans)
        stock = found.series.set_index("period")["pending_adjusted"]
        moved = [stock[phase.end] - stock[phase.start] for phase in found.phases.itertuples()]
        named = "change without season (cases)"
        assert (named in table) == adjusted
        if adjusted:
            assert table[named].tolist() == pytest.approx(moved)
            ways = {"accumulating": 1, "clearing": -1}
            assert all(
                ways[kind] * change > 0 for kind, change in zip(table["kind"], moved, strict=True) if kind in ways
            )
            assert list(table).index(named) + 1 == list(table).index("change of pending (cases)")


def test_tables_of_turning_points_of_the_year_and_of_officers_say_what_they_show(published):
    found = {name: table.finding for name, table in blocks(published.report).items() if isinstance(table, Table)}
    turns = blocks(published.report)["cycle-turning-points"].frame
    last = turns.iloc[-1]
    assert found["cycle-turning-points"] == (
        f"The pending stock turned 3 times, last at the {last['kind']} at the end of {last['month']} ({last['pending']:.0f} cases)"
    )
    phases = blocks(published.report)["cycle-phases"].frame
    longest = phases.loc[phases["months"].idxmax()]
    assert found["cycle-phases"].startswith("Phases: ")
    assert found["cycle-phases"].endswith(f"{longest['months']} months")
    assert ("at least" in found["cycle-phases"]) == (not longest["complete"])
    pooled = blocks(published.report)["cycle-surge"].frame.query("series == 'closed'").iloc[-1]
    assert f"{pooled['ratio']:.2f} times the mean of January to November" in found["cycle-surge"]
    assert found["annual-figures"].startswith("The narrowest 95% interval is that of the ")
    assert re.match(r"Most closed by closure mode: .+, \d+ cases \(\d+\.\d\d%\); most filed by ", found["annual-mix"])
    counts = blocks(published.report)["officers-counts"].frame["closed"].dropna()
    assert found["officers-counts"] == (
        f"Of {len(counts)} officers whose closings are shown the most closed {counts.max()} cases, the fewest {counts.min()} cases"
    )
    beside = blocks(published.report)["officers-expected"].frame
    outside = ((beside["value"] < beside["lower"]) | (beside["value"] > beside["upper"])).sum()
    assert f": {outside} outside the 95% range of chance" in found["officers-expected"]


def test_shares_of_few_cases_are_told_by_their_parts(published):
    """As the sentences do: 3 of 3 petitions and 5 of 5 are no 100%."""
    table = blocks(published.report)["indicators-years"]
    row = table.frame.set_index("indicator").loc["Petition settlement rate (%)"]
    assert row[["2007", "2008", "2009", "2010", "2011"]].tolist() == ["9/9", "12/12", "10/10", "3/3", "5/5"]
    assert pd.isna(row["difference"])
    assert "Of a share on a base below 50 numerator and denominator are shown and no percentage." in table.note
    per = table.frame.set_index("indicator").loc["Petitions per 100 closed cases (per 100 cases)"]
    assert per[["difference", "growth"]].isna().all()
    assert "Figures per 100 of which the numerator is below 50 have no change." in table.note, "the base is 383"
    told = next(s for s in published.report.sections if s.id == "petitions").blocks[0].text
    assert "5 of them resolved in the year" in told
    assert "%" not in told, "3 of 3 and 5 of 5 are no 100% in the annex either"


def test_what_cannot_be_a_ratio_is_not_in_the_annex_of_ratios(published):
    table = blocks(published.report)["annual-figures"]
    assert not table.frame["indicator"].isin(["filed", "petitions", "persons fined"]).any()
    with speaking("en"):
        rows = {row[0]: row[2:] for row in table.rows()}
    assert rows["closure rate"] == ["99.22", "383", "386", "97.74–99.74"]
    assert rows["recovery rate"][1:3] == ["1,792.91", "2,046.23"]


def test_an_indicator_has_one_name_from_the_body_to_the_annex(published):
    exhibits = blocks(published.report)
    annex = {name.casefold() for name in exhibits["definitions-used"].frame["indicator"]}
    assert {name.rpartition(" (")[0].casefold() for name in exhibits["indicators-years"].frame["indicator"]} <= annex
    assert {name.casefold() for name in exhibits["annual-figures"].frame["indicator"]} <= annex


def test_the_round_is_told_in_months_and_all_years_are_named(published):
    exhibits = blocks(published.report)
    assert exhibits["cycle-turning-points"].frame["month"].tolist() == ["Feb 2007", "Nov 2007", "Oct 2008"]
    assert exhibits["cycle-surge"].frame["year"].tolist()[6] == "all years"
    assert any(text.startswith("Jan 2006 to Dec 2011, 72 months. ") for text in sentences_of(published.report))


def test_one_table_holds_the_verdicts_of_the_register_and_of_the_other_published_figures(published, printed):
    exhibits = blocks(published.report)
    assert [name for name in exhibits if name.startswith("printed")] == ["printed-figures"]
    frame = exhibits["printed-figures"].frame
    rate = frame[(frame["measure"] == "closure_rate") & (frame["printed"] == "99.5")].iloc[0]
    assert [rate[name].split("\n")[0] for name in ("within_register", "among_published")] == ["截尾", "截尾"]
    (said,) = [text for text in sentences_of(published.report) if "determine" in text]
    implied = an.reconcile(printed).implied
    exact = implied[implied["exact"].astype(bool) & (implied["rule"] == "either")]
    assert said.count(" in ") == len(exact)
    assert "received 343 cases in 2010" in said


def test_a_report_of_2010_lists_nothing_that_was_published_later(sample_cases, printed, peers, tmp_path):
    asked = {"period": 2010, "returns": printed, "peers": peers, "out": tmp_path / "2010"}
    report = an.build_report(sample_cases, formats=("xlsx",), language="zh", **asked).report
    assert "peers" not in {s.id for s in report.sections}
    assert not [e.id for e in report.exhibits() if e.id.startswith("printed")]
    for exhibit in report.exhibits():
        frame = exhibit.frame if hasattr(exhibit, "frame") else exhibit.numbers
        ends = pd.to_datetime(frame["period_end"]) if "period_end" in frame else pd.Series([], dtype="datetime64[ns]")
        assert not (ends > "2010-12-31").any(), exhibit.id


BODY = ("summary", "situation", "indicators", "cycle", "limits", "features", "problems", "measures")


def test_the_body_comes_before_the_annexes_and_both_are_numbered(published):
    from analysis.report.formats.html import headings

    assert tuple(s.id for s in published.report.sections if not s.annex) == BODY
    with speaking("en"):
        named = list(headings(published.report).values())
    assert named[1].startswith("1　")
    assert named[len(BODY)].startswith("Annex 1　")


def test_every_statement_of_the_body_leads_to_the_row_that_says_how_it_was_reckoned(published):
    from analysis.report.content import Paragraph, anchor

    table = blocks(published.report)["reckoned-statements"]
    stated = [b for s in published.report.sections for b in s.blocks if isinstance(b, Paragraph) and b.place]
    assert {b.place for b in stated} == set(range(1, len(table.frame) + 1))
    for block in stated:
        assert table.frame["basis"].iloc[block.place - 1] == block.basis
        assert table.frame["call"].iloc[block.place - 1] == "; ".join(block.calls)
    for section in published.report.sections:
        silent = [b for b in section.blocks if isinstance(b, Paragraph) and not b.place and re.search(r"\d", b.text)]
        assert section.annex or not silent, section.id
    text = page(published, "en")
    links = re.findall(r'<a class="mark" href="#([^"]+)">', text)
    assert len(links) == len(stated)
    assert {anchor(b.place) for b in stated} == set(links)
    assert all(f'<tr id="{link}">' in text for link in links)


def test_each_call_gives_a_result(published, sample_cases, printed, peers):
    from analysis.report.content import Paragraph

    known = {"an": an, "cases": sample_cases, "returns": printed, "peers": peers}
    calls = {c for s in published.report.sections for b in s.blocks if isinstance(b, Paragraph) for c in b.calls}
    for call in sorted(calls):
        assert eval(call, known) is not None, call  # noqa: S307 - the calls that the report itself states


def test_officers_whose_figures_are_not_shown_have_no_empty_rows_and_it_is_said(with_quotas):
    exhibits = blocks(with_quotas.report)
    assert exhibits["officers-scheme"].frame["value"].notna().all()
    assert "not shown" in exhibits["officers-scheme"].note
    assert "not shown" in exhibits["officers-counts"].note
    beside = exhibits.get("officers-expected")  # of one officer there would be nothing to compare
    assert beside is None or (len(beside.frame) > 1 and beside.frame["value"].notna().all())


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The report of a court that keeps no officers, petitions, measures or aid."""
    out = tmp_path_factory.mktemp("bare") / "2011"
    return {
        language: an.build_report(register(), period=2011, out=out, language=language, formats=["xlsx"]).report
        for language in ("zh", "en")
    }


def texts_of(report, section):
    return [
        block.text for part in report.sections if part.id == section for block in part.blocks if hasattr(block, "text")
    ]


@pytest.mark.full
def test_an_annex_of_what_the_register_does_not_keep_does_not_appear(bare):
    assert not {"officers", "petitions"} & {section.id for section in bare["zh"].sections}
    assert "台账没有登记：承办人、信访、强制措施、司法救助，报告中没有相应部分。" in texts_of(bare["zh"], "provenance")
    assert "petitions, coercive measures, judicial aid" in "".join(texts_of(bare["en"], "provenance"))


def test_page_one_has_three_findings_of_different_things(bare):
    said = [text for text in texts_of(bare["zh"], "summary") if text.startswith(("特点：", "问题：", "提示："))]
    assert len(said) == 3
    assert sum("从执行小组看" in text for text in said) == 1
    assert sum("其中执行一组案件−31.36个百分点" in text for text in said) == 1, "of the court, and where it comes from"


def test_names_with_commas_in_them_are_parted_by_semicolons(bare):
    (said,) = (text for text in texts_of(bare["en"], "indicators") if "beyond random variation" in text)
    listed = said.split("beyond random variation: ")[1].split(". ")[0]
    assert "actual enforcement rate" in listed.split("; ")
    assert "closure rate" in listed.split("; ")


def test_days_are_written_as_each_language_writes_them(bare):
    assert bare["zh"].subtitle.startswith("台账截至2011年12月31日；")
    assert bare["en"].subtitle.startswith("Register to 31 Dec 2011;")


def test_a_rate_whose_change_could_not_be_tested_is_said_to_be_untested():
    """A fall of twelve points of which nothing is said would be taken for real, or for chance."""
    rows = pd.DataFrame(
        {
            "indicator": ["closure_rate", "recovery_rate", "filed"], "against": "year_on_year", "change": [4.3, -12.3, 52.0],
            "denominator": [386, 2046.2, np.nan], "beyond_chance": pd.array([True, None, None], dtype="boolean"),
        }
    )  # fmt: skip
    tests = pd.DataFrame({"indicator": ["closure_rate", "closure_rate", "closed"], "of": ["rate", "rate", "share"]})
    seen = SimpleNamespace(of_kind={"moved": rows}.get, smallest=pd.DataFrame(), tests=tests)
    about = {"is_compared_whole": True, "observations": seen, "called": term, "observations_call": ""}
    with speaking("zh"):
        material = SimpleNamespace(**about)
        told, beneath = _judged(material)
        (said,) = _tested(material, told)
    assert said.text == "与上年同期相比，结案率的变化超出随机波动范围。"
    assert "".join(text.zh for text in beneath) == (
        "执行到位率的变化未作检验，不能判断是否属于随机波动。"
        "各分组中只检验结案率；其余比率（含按金额、天数计算的）各组的变化未作检验，不能判断是否属于随机波动。"
    )


@pytest.mark.parametrize(
    ("beyond", "said"),
    [
        ([False, None], "与上年同期相比，所检验的指标中没有变化超出随机波动范围的。"),
        ([None, None], "与上年同期相比，结案率、执行到位率的变化未作检验，不能判断是否属于随机波动。"),
    ],
)
def test_where_no_change_is_beyond_chance_a_sentence_says_so_and_the_names_stand_below_the_table(beyond, said):
    """Fourteen names of what did not move took six lines of the body."""
    rows = pd.DataFrame(
        {
            "indicator": ["closure_rate", "recovery_rate"], "against": "year_on_year", "change": [4.3, -12.3],
            "denominator": [386, 2046.2], "beyond_chance": pd.array(beyond, dtype="boolean"),
        }
    )  # fmt: skip
    tests = pd.DataFrame({"indicator": [], "of": []})
    seen = SimpleNamespace(of_kind={"moved": rows}.get, smallest=pd.DataFrame(), tests=tests)
    told, beneath = _judged(SimpleNamespace(is_compared_whole=True, observations=seen, called=term))
    assert told.zh == said
    names = [name.zh for name in map(term, rows["indicator"])]
    assert all((said + "".join(text.zh for text in beneath)).count(name) == 1 for name in names)


def test_a_problem_of_page_one_is_not_pushed_out_by_what_more_is_said_of_one_cell():
    """Five statements of one cell are one of the five problems that are told."""
    cell = {"class": "problem", "kind": "cell", "breakdown": "basis", "group": "仲裁", "apart": True, "score": 9.0}
    rows = [
        cell | {"rank": place, "sentence": f"甲{place}。\na{place}.", "evidence": "e\ne", "call": str(place)}
        for place in range(1, 6)
    ]
    rows.append(
        rows[0] | {"rank": 6, "kind": "record", "breakdown": None, "group": None, "sentence": "乙。\nb.", "apart": None}
    )
    table = pd.DataFrame(rows)
    material = SimpleNamespace(
        observations=SimpleNamespace(table=table, headlines=lambda _: table), is_compared_whole=True
    )
    with speaking("zh"):
        told = [block.text for block in problems(material).blocks]
    assert told[0].startswith("1. 甲1。甲2。")
    assert told[2] == "2. 乙。"


@pytest.mark.full
def test_a_larger_change_that_is_no_problem_is_split_where_it_is_said():
    """Of the completed rate, which fell within random variation; the dashes of the tables beside it have their reasons."""
    case = np.arange(90)
    parts = []
    for year, share, every in ((2023, 0.6, 3), (2024, 0.4, 2)):
        basis = np.where(case % every == 0, "arbitration", "civil")
        done = (case // 3 * 0.6180339887) % 1 < np.where(basis == "arbitration", share, 0.5)
        modes = np.where(done, "completed", "terminated_this_round")
        rows = {"filed_on": f"{year}-02-01", "closed_on": f"{year}-06-01", "basis": basis, "closure_mode": modes}
        parts.append(pd.DataFrame(rows))
    cases = an.Cases.from_frames(pd.concat(parts, ignore_index=True), as_of="2024-12-31", observed_from="2023-01-01")
    made = Material.of(cases, year=2024, returns=None, peers=None, definitions=None, calendar=None)
    with speaking("zh"):
        blocks_of_it = situation(made).blocks
        told = [block for block in blocks_of_it if hasattr(block, "calls") and "：其中" in block.text]
    (split,) = told
    assert split.text.startswith("执行完毕率")
    assert "在随机波动范围之内，不宜据此评价：其中执行依据构成变化" in split.text
    assert "沙普利值" in split.basis
    found = eval(split.calls[1], {"an": an, "cases": cases})  # noqa: S307 - the call that the report itself states
    total, mix, rest = map(float, re.findall(r"[+-]?\d+\.\d\d(?=个百分点)", split.text.replace("−", "-"))[:3])
    assert (round(mix + rest, 2), abs(total)) == (-total, total)
    assert rest == pytest.approx(found.part("within_groups"), abs=0.011), "the parts are rounded to add up"
    flow = next(block for block in blocks_of_it if getattr(block, "id", "") == "situation-flow")
    assert "—" in [cell for row in flow.rows() for cell in row]
    assert "不足50件的，不计增幅" in flow.note


def test_of_a_total_of_few_cases_the_tables_have_no_shares():
    """The text tells such by their parts alone; the tables said 48.48% of 33 closings, 50.00% of 26 filings."""
    from analysis.report.sections.annual import annual
    from analysis.report.sections.limits import limits

    rows = pd.DataFrame({"filed_on": ["2009-03-01"] * 54 + ["2010-03-01"] * 60 + ["2011-03-01"] * 48})
    rows["closed_on"] = rows["filed_on"].str[:5] + "09-01"
    rows["basis"] = ["civil", "criminal", "arbitration"] * 54
    rows["closure_mode"] = ["completed", "terminated_this_round"] * 81
    cases = an.Cases.from_frames(rows, as_of="2011-12-31", observed_from="2009-01-01")
    material = Material.of(cases, year=2011, **dict.fromkeys(("returns", "peers", "definitions", "calendar")))
    (mix,) = (block for block in annual(material).blocks if block.id == "annual-mix")
    assert list(mix.frame)[3:] == ["numerator", "base_numerator", "base_share"], "the year before had 60"
    assert mix.frame["base_share"].notna().all()
    assert mix.note.endswith("结案或新收不足50件的，不计占比。")
    assert "%" not in mix.finding
    (within,) = (block for block in limits(material).blocks if getattr(block, "id", "") == "limits-within")
    by_year = within.frame.set_index("year")
    assert by_year.loc[2010, ["closed_6", "observed_6"]].tolist() == [60, 60]
    assert by_year["share_6"].notna().tolist() == [True, True, False]
    assert within.note.endswith("满该月数的不足50件的，不计占比。")


@pytest.mark.parametrize(("pending", "is_drawn"), [(9, False), (10, True)])
def test_pending_cases_are_either_named_or_drawn(pending, is_drawn):
    """Of exactly ten each was named and none drawn, though ``plot_ages`` draws them."""
    days = pd.date_range("2016-01-04", periods=60, freq="5D")
    closed = pd.Series(days + pd.Timedelta(days=30)).mask(np.arange(60) >= 60 - pending)
    rows = {"case_no": [f"（2016）云0977执{i}号" for i in range(60)], "filed_on": days, "closed_on": closed}
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2016-12-31", court_said="南溪县人民法院")
    material = Material.of(cases, year=2016, returns=None, peers=None, definitions=None, calendar=None)
    said = "".join(block.text for block in limits(material).blocks if isinstance(block, Paragraph))
    assert ("执59号（立案" in said) is not is_drawn
    assert any(getattr(block, "id", "") == "limits-ages" for block in durations(material).blocks) is is_drawn


@pytest.fixture(scope="module")
def forty():
    """Two years of forty cases closed, of which five have no closure mode: 13 and then 9 of 35 completed."""
    rows = []
    for year, done in ((2023, 13), (2024, 9)):
        for at in range(40):
            mode = None if at >= 35 else "completed" if at < done else "terminated_this_round"
            rows.append(
                (f"（{year}）晴01执{at}号", f"{year}-{at % 11 + 1:02d}-03", f"{year}-{at % 11 + 1:02d}-25", mode)
            )
    frame = pd.DataFrame(rows, columns=["case_no", "filed_on", "closed_on", "closure_mode"])
    return an.Cases.from_frames(frame.assign(case_type="first"), as_of="2024-12-31", observed_from="2023-01-01")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", ["执行完毕率9/35（另有5件未填", "基数不足50，不计百分比"]),
        ("en", ["ompleted rate: 9/35 (5 more", "no percentage of a base below 50"]),
    ],
)
def test_no_sentence_tells_a_share_of_few_cases_in_percent_because_some_cells_are_blank(
    forty, tmp_path, language, told
):
    made = an.build_report(forty, period=2024, out=tmp_path, language=language, formats=["html"])
    first, body = (section for section in made.report.sections if section.id in ("summary", "situation"))
    texts = [block.text for section in (first, body) for block in section.blocks if hasattr(block, "text")]
    assert not [text for text in texts if "%" in text.replace("%）", "")], "every base is forty cases or fewer"
    assert all(any(part in text for text in texts) for part in told)
    said = [in_language(cell) for cell in an.observations(forty, period=2024).table["sentence"]]
    assert not [text for text in said if "%" in text]


def test_thousands_of_blanks_are_parted_as_all_counts_are():
    said = [
        left_open(1801, 46.1),
        possible(35.1, 59.0, 1801, "%"),
        unclaimed(1801),
        possible(1234.5, 6000.0, 3, "万元"),
    ]
    assert all("1,801" in text.zh and "1,801" in text.en for text in said[:3])
    assert "1,234.5–6,000.0" in said[3].zh
