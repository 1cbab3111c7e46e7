import io
import zipfile
from dataclasses import replace
from functools import cache

import docx
import numpy as np
import openpyxl
import pandas as pd
import pptx
import pytest
import qingshi
from pptx.oxml import parse_xml
from two_teams import register

import analysis as an
from analysis.inference.cycle.variation import VariationTable
from analysis.observations.data_review import data_review
from analysis.report.content import Report, Section
from analysis.report.data_review import _Parts, build_data_review
from analysis.report.formats.excel import write_excel
from analysis.report.minutes import COLUMNS, read_minutes
from analysis.report.review_tables import cell_of
from analysis.report.review_variation import variation_page
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import Text, in_language

pytestmark = pytest.mark.full

NOTHING = Text("", "")


@cache
def cases():
    return register()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return build_data_review(cases(), to="2011-05", out=tmp_path_factory.mktemp("review"), language="zh")


def fill(document, path, who="执行局长", outcome="已结12件"):
    """The minutes as a meeting fills them in."""
    opened = docx.Document(str(document))
    cells = opened.tables[-1].rows[1].cells
    for place, text in ((1, "集中清理未结案件"), (4, "每周排期"), (5, who), (6, "6月底"), (7, outcome)):
        cells[place].text = text
    opened.save(path)
    return path


def texts_of(path):
    return "\n".join(cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells)


@pytest.mark.full
def test_one_document_and_a_deck_of_eight_to_ten_slides(made):
    assert [path.name for path in made.files] == ["data-review-2011-05.zh.docx", "data-review-2011-05.zh.pptx"]
    assert 8 <= len(pptx.Presentation(str(made.files[1])).slides) <= 10


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_deck_of_many_questions_and_much_that_is_missing_is_no_longer(tmp_path, language):
    """Six courts without officers, teams, payments, extensions: what cannot be shown takes as much room as it may."""
    rng = np.random.default_rng(1)
    filed = pd.Timestamp("2022-01-03") + pd.to_timedelta(rng.integers(0, 1090, 2000), unit="D")
    closed = pd.Series(filed + pd.to_timedelta(rng.integers(20, 300, 2000), unit="D"))
    rows = pd.DataFrame({"filed_on": filed, "closed_on": closed.where(closed <= "2024-12-31")})
    rows["court"] = [f"青岭市第{name}人民法院" for name in rng.choice(list("一二三四五六"), 2000)]
    modes = rng.choice(["completed", "settled", "terminated_this_round"], 2000)
    rows["closure_mode"] = np.where(rows["closed_on"].notna(), modes, None)
    rows["basis"] = rng.choice(["civil", "arbitration", "criminal"], 2000)
    several = an.Cases.from_frames(rows, as_of="2024-12-31", court_said="青岭市中级人民法院")
    made = build_data_review(several, to="2024-11", out=tmp_path, language=language, formats=["pptx"])
    assert 8 <= len(pptx.Presentation(str(made.files[0])).slides) <= 10
    assert not [block.id for block in made.report.exhibits() if "behind" in block.id], (
        "no case has a number to be named by"
    )


def test_the_deck_in_english_names_months_in_words_and_says_what_the_chart_shows(tmp_path):
    made = build_data_review(cases(), to="2011-05", out=tmp_path / "en", language="en", formats=["pptx"])
    slides = pptx.Presentation(str(made.files[0])).slides
    chart = next(shape.chart for slide in slides for shape in slide.shapes if shape.has_chart)
    assert list(chart.plots[0].categories)[-1] == "May 2011"
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert "Jan to May 2011" in texts
    (title,) = (text for text in texts if text.startswith("Jan to May 2011: "))
    weak = [slide.shapes.title.text for slide in slides if any(shape.has_table for shape in slide.shapes)][1:4]
    assert weak
    assert all(": " in said and "the year before" in said for said in weak), (
        "what the figures are, not their name alone"
    )
    (said,) = (text for text in texts if text.startswith("Jan 2011 to May 2011. Filed ") and "most in" in text)
    rows = cases().table.select("filed_on").to_pandas()["filed_on"].astype("datetime64[s]")
    months = rows[rows.between("2011-01-01", "2011-05-31")].dt.strftime("%b %Y").value_counts()
    assert said.startswith(f"Jan 2011 to May 2011. Filed {months.sum()} in all, most in ")
    assert title.startswith(f"Jan to May 2011: {months.sum()} filed"), "words and title speak of the same months"
    assert said.split("most in ")[1].startswith(f"{months.idxmax()} ({months.max()});")
    assert "、" not in "".join(texts)


def test_the_same_input_gives_the_same_bytes(made, tmp_path):
    again = build_data_review(cases(), to="2011-05", out=tmp_path / "again", language="zh")
    assert [path.read_bytes() for path in again.files] == [path.read_bytes() for path in made.files]


def test_the_next_review_opens_with_what_was_decided_and_what_came_of_it(made, tmp_path):
    former = fill(made.files[0], tmp_path / "former.docx")
    found = read_minutes(former)
    assert found[["matter", "measure", "who", "when", "outcome"]].to_numpy().tolist() == [
        ["集中清理未结案件", "每周排期", "执行局长", "6月底", "已结12件"]
    ]
    then = build_data_review(cases(), to="2011-06", out=tmp_path / "next", language="zh", former=former)
    assert then.report.sections[0].id == "review-former"
    rows = then.report.sections[0].blocks[0].frame.iloc[0]
    assert rows["indicator"], "the row of the first of the weakest"
    assert rows["now"], "its figure now stands beside it"
    assert rows["figure_then"].endswith("%"), "and the one of last time"
    with speaking("zh"):
        headings = then.report.sections[0].blocks[0].headings()
    assert "上次数值" in headings, "which is none of this period"
    assert "本期数值" not in headings
    assert 8 <= len(pptx.Presentation(str(then.files[1])).slides) <= 10
    english = build_data_review(
        cases(), to="2011-06", out=tmp_path / "en", language="en", formats=["docx"], former=former, names=True
    )
    assert "Matter decided" in texts_of(english.files[0])
    told = english.report.sections[0].blocks[0]
    with speaking("en"):
        assert told.rows()[0][1] == in_language(rows["indicator"], "en"), "the former minutes name it in Chinese"


def test_minutes_in_english_are_read_alike(tmp_path):
    made = build_data_review(cases(), to="2011-05", out=tmp_path / "en", language="en", formats=["docx"])
    assert len(read_minutes(fill(made.files[0], tmp_path / "former.docx"))) == 1


def test_minutes_that_nobody_filled_in_are_said_to_be_empty(made, tmp_path):
    assert read_minutes(made.files[0]).empty
    then = build_data_review(
        cases(), to="2011-06", out=tmp_path / "next", language="zh", former=made.files[0], formats=["docx"]
    )
    assert "没有填写" in then.report.sections[0].blocks[0].text


def test_a_document_without_minutes_is_no_former_review(tmp_path):
    docx.Document().save(tmp_path / "other.docx")
    with pytest.raises(InputError, match=str(COLUMNS["matter"])):
        build_data_review(cases(), to="2011-05", out=tmp_path / "r", former=tmp_path / "other.docx")
    (tmp_path / "text.docx").write_text("no document", encoding="utf-8")
    with pytest.raises(InputError):
        read_minutes(tmp_path / "text.docx")


def test_what_the_meeting_wrote_is_free_text_and_stands_in_a_review_for_use_inside_alone(made, tmp_path):
    """A stranger's name inside a sentence, under a heading that is none of its own, among figures: no pattern finds them all."""
    former = fill(
        made.files[0], tmp_path / "former.docx", who="欧阳晴雪", outcome="已同申请人逄朗谈话，电话 139-0454-1234"
    )
    opened = docx.Document(str(former))
    for row, place, text in ((2, 1, "请仝芸答复"), (2, 2, "冼沐"), (1, 3, "郗岚"), (2, 3, "13904541234")):
        opened.tables[-1].rows[row].cells[place].text = text
    opened.save(former)
    written = ("集中清理", "欧阳晴雪", "逄朗", "1234", "仝芸", "冼沐", "郗岚", "6月底")
    asked = {"to": "2011-06", "language": "zh", "former": former}
    outside = build_data_review(cases(), out=tmp_path / "b", **asked)
    table = outside.report.sections[0].blocks[0].frame
    assert table["number"].tolist() == ["1", "2"]
    assert table["now"].iloc[0], "where the indicator stands now is shown"
    slides = [shape for slide in pptx.Presentation(str(outside.files[1])).slides for shape in slide.shapes]
    on_slides = "".join(cell.text for shape in slides if shape.has_table for cell in shape.table.iter_cells())
    assert not [text for text in written if text in texts_of(outside.files[0]) + on_slides]
    inside = build_data_review(cases(), out=tmp_path / "c", formats=["docx"], names=True, **asked)
    assert not [text for text in written if text not in texts_of(inside.files[0])]


def test_a_register_of_five_columns_makes_a_review_and_says_what_it_lacks(tmp_path):
    bare = cases().table.to_pandas()[["case_no", "filed_on", "closed_on"]]
    own = an.Cases.from_frames(bare, as_of="2011-12-31", definitions="counts")
    made = build_data_review(own, to="2011-05", out=tmp_path / "r", language="zh")
    said = "".join(block.text for block in made.report.sections[-1].blocks)
    assert "执行小组" in said
    assert 8 <= len(pptx.Presentation(str(made.files[1])).slides) <= 10


def test_only_word_and_slides_are_made(tmp_path):
    with pytest.raises(ArgumentError, match="docx"):
        build_data_review(cases(), to="2011-05", out=tmp_path / "r", formats=["pdf"])


def test_the_court_file_and_intervals_are_taken_by_the_command(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from analysis.cli.group import main

    frame = cases().table.to_pandas().dropna(axis=1, how="all")
    frame.rename(columns={"case_no": "案号", "filed_on": "立案日期", "closed_on": "结案日期", "team": "组别"}).drop(
        columns=["basis", "closure_mode"]
    ).to_csv(tmp_path / "台账.csv", index=False)
    (tmp_path / "本院.toml").write_text(
        'register = "台账.csv"\ncourt = "晴川县人民法院"\nas_of = "2011-12-31"\ncalendar = "month-25"\n[columns]\nteam = "组别"\n',
        encoding="utf-8",
    )
    (tmp_path / "区间.csv").write_text("指标,下限,上限\n结案率,90,\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(main, ["data-review", "--to", "2011-05", "--intervals", "区间.csv", "--out", "会商"])
    assert ran.exit_code == 0, ran.output
    text = texts_of(tmp_path / "会商" / "data-review-2011-05.zh.docx")
    assert "≥90.00" in text
    assert "执行一组" in text
    body = "\n".join(p.text for p in docx.Document(str(tmp_path / "会商" / "data-review-2011-05.zh.docx")).paragraphs)
    assert "2010年12月26日至2011年5月25日" in body


def test_groups_with_blank_amounts_are_shown_by_their_bounds_as_the_court_is(tmp_path):
    """A fifth of the amounts recovered is blank: no group shows the figure of the filled ones as its own."""
    cases = an.read_cases(qingshi.export(tmp_path / "台账.xlsx"), as_of=qingshi.LAST_DAY, court=qingshi.COURT)
    rows = cases.table.to_pandas()
    rows["area"] = ["东乡", "西乡"] * (len(rows) // 2)
    cases = an.Cases.from_frames(rows, as_of=qingshi.LAST_DAY)
    bounds = pd.DataFrame({"指标": ["到位率"], "下限": [99], "上限": [100]})
    review = an.data_review(cases, to="2024-12", intervals=bounds, names=True)
    name = next(cell for cell in review.weakest["indicator"] if "到位率" in cell).partition("\n")[0]
    drill = review.of(review.drill, next(cell for cell in review.weakest["indicator"] if name in cell))
    east = drill[drill["group"].str.startswith("东乡")].iloc[0]
    closed = rows[(rows["area"] == "东乡") & (pd.to_datetime(rows["closed_on"]).dt.year == 2024)]
    claimed, got = closed["amount_claimed"], closed["amount_recovered"]
    least = 100 * got.fillna(0).sum() / claimed.sum()
    most = 100 * got.fillna(claimed).sum() / claimed.sum()
    assert (east["least"], east["most"]) == (pytest.approx(least), pytest.approx(most))
    made = an.build_data_review(cases, to="2024-12", intervals=bounds, names=True, out=tmp_path / "out", language="zh")
    said = "".join(texts_of(path) for path in made.files if path.suffix == ".docx")
    assert f"{least:.1f}–{most:.1f}" in said
    assert f"{east['value']:.2f}" not in said, "the figure of those that are filled in stands nowhere"


@pytest.fixture(scope="module")
def two_years(tmp_path_factory):
    """The review of January to October 2024 of a court of three teams: 30 to 40 cases a month, and one reopened case every second month."""
    rng, rows = np.random.default_rng(21), []
    for at, month in enumerate(pd.period_range("2022-12", "2024-12", freq="M")):
        for _ in range(rng.integers(30, 41)):
            closed = month.start_time + pd.Timedelta(days=int(rng.integers(10, 60)))
            mode = rng.choice(["completed", "terminated_this_round", "settled"], p=[0.5, 0.3, 0.2])
            rows.append((month.start_time, closed, mode, "first", f"执行{rng.choice(list('三一二'))}组"))
        if at % 2:
            rows.append((month.start_time, month.end_time.normalize(), "completed", "reopened", "执行一组"))
    frame = pd.DataFrame(rows, columns=["filed_on", "closed_on", "closure_mode", "case_type", "team"])
    frame.insert(0, "case_no", [f"（2024）晴01执{n}号" for n in range(1, len(frame) + 1)])
    is_open = frame["closed_on"] > "2024-12-31"
    frame.loc[is_open, ["closed_on", "closure_mode"]] = None
    cases = an.Cases.from_frames(frame, as_of="2024-12-31", observed_from="2022-12-01")
    made = build_data_review(
        cases, to="2024-10", definitions=["counts", "spc-2024"], out=tmp_path_factory.mktemp("two"), language="zh"
    )
    return frame, made


def table_named(made, name):
    return next(block for block in made.report.exhibits() if block.id == name)


def test_the_slide_of_the_flow_is_titled_by_the_period_of_the_review_and_names_the_months_that_it_draws(two_years):
    frame, made = two_years
    filed, closed = (frame[name].between("2024-01-01", "2024-10-31").sum() for name in ("filed_on", "closed_on"))
    slides = pptx.Presentation(str(made.files[1])).slides
    (title,) = [slide.shapes.title.text for slide in slides if any(shape.has_chart for shape in slide.shapes)]
    assert title.startswith(f"2024年1—10月新收{filed}件，结案{closed}件，")
    assert table_named(made, "review-caseflow").caption == "2023年10月至2024年10月逐月新收、结案与未结"


@pytest.mark.full
def test_the_page_of_variation_names_its_month_and_says_what_is_not_judged_and_what_chance_marks(two_years):
    _, made = two_years
    table = table_named(made, "review-variation")
    assert table.caption == "2024年10月各项指标的波动", "nobody gave a target"
    assert "2024年10月" in table.headings()
    assert "达标" not in table.caption + table.note + "".join(table.headings())
    section = next(s for s in made.report.sections if s.id == "review-variation-section")
    judged = sum("不判断" not in row[-1] for row in table.rows())
    assert section.blocks[0].text.startswith(f"判断{judged}项，")
    assert "全属随机波动时，标出任何一项的可能至多5%" in section.blocks[0].text
    assert f"t按同时判断的{judged}项收紧（邦弗朗尼）" in table.note
    assert "恢复执行平均用时" in table.note.partition("不判断的：")[2]
    assert "恢复执行平均用时" not in [row[0] for row in table.rows()]


@pytest.fixture(scope="module")
def burst(tmp_path_factory):
    """The same kind of court, of which nearly every closing of the last month was completed; its own target is a completed rate of 60%."""
    rng, rows = np.random.default_rng(22), []
    for month in pd.period_range("2022-12", "2024-10", freq="M"):
        for _ in range(rng.integers(30, 41)):
            closed = month.start_time + pd.Timedelta(days=int(rng.integers(2, 27)))
            done = 0.97 if month == pd.Period("2024-10") else 0.4
            mode = rng.choice(["completed", "terminated_this_round"], p=[done, 1 - done])
            rows.append((month.start_time, closed, mode, "first"))
    frame = pd.DataFrame(rows, columns=["filed_on", "closed_on", "closure_mode", "case_type"])
    frame.insert(0, "case_no", [f"（2024）晴01执{n}号" for n in range(1, len(frame) + 1)])
    cases = an.Cases.from_frames(frame, as_of="2024-10-31", observed_from="2022-12-01")
    return build_data_review(
        cases, to="2024-10", definitions=["spc-2024"], out=tmp_path_factory.mktemp("burst"), language="zh",
        intervals=pd.DataFrame({"indicator": ["completed_rate"], "low": [60], "high": [None]}),
    )  # fmt: skip


def test_the_months_of_an_indicator_that_stands_out_are_drawn_by_word_with_limits_target_and_signal(burst):
    figure = table_named(burst, "review-variation-completed_rate")
    assert figure.caption == "执行完毕率逐月数值与控制限"
    assert figure.numbers["target"].unique().tolist() == [60]
    parts = zipfile.ZipFile(burst.files[0])
    (xml,) = (
        text for name in parts.namelist() if name.startswith("word/charts/chart")
        if "目标" in (text := parts.read(name).decode())
    )  # fmt: skip
    chart = parse_xml(xml.encode())
    named = {"".join(one.xpath("./c:tx//c:v/text()")): one for one in chart.xpath(".//c:lineChart/c:ser")}
    assert list(named)[:5] == ["数值", "中心线", "下控制限", "上控制限", "目标"]
    assert set(map(float, named["目标"].xpath(".//c:val//c:v/text()"))) == {60.0}
    (signal,) = (one for name, one in named.items() if name.startswith("特殊原因"))
    assert signal.xpath("./c:spPr/a:ln/a:noFill"), "points, no line"
    assert named["上控制限"].xpath(".//a:prstDash/@val") == ["dash"]
    assert len(signal.xpath(".//c:val//c:pt")) == int((figure.numbers.filter(like="variation_").notna()).sum().sum())


@pytest.mark.full
def test_excel_draws_limits_target_and_signal_too(burst):
    figure = table_named(burst, "review-variation-completed_rate")
    report = Report("报告", "副题", "zh", 2024, "某法院", (Section("s", "波动", (figure,)),))
    with speaking("zh"):
        (chart,) = openpyxl.load_workbook(io.BytesIO(write_excel(report, "")))["波动"]._charts
    *levels, signal = chart.series
    assert [one.spPr.ln.prstDash for one in levels] == ["solid", "solid", "dash", "dash", "sysDot"]
    assert signal.spPr.ln.noFill
    assert signal.marker.symbol in ("diamond", "triangle")
    assert chart.y_axis.scaling.min is not None


def test_figures_of_few_cases_stand_by_their_parts_and_teams_by_their_numbers(two_years):
    _, made = two_years
    rows = {row[0]: row for row in table_named(made, "review-indicators").rows()}
    assert rows["执恢执行完毕率"][2:5] == ["5/5", "5/5", "—"]
    drills = [block for block in made.report.exhibits() if block.id.startswith("review-drill-")]
    assert drills
    for drill in drills:
        assert [row[1] for row in drill.rows() if row[0] == "执行小组"] == ["执行一组", "执行二组", "执行三组"]
        for _, _, now, base, change, _ in drill.rows():
            if "%" in now and "%" in base:
                ends = [round(100 * float(text.partition("%")[0])) for text in (now, base)]
                assert round(100 * float(change.replace("−", "-"))) == ends[0] - ends[1]


def test_a_review_says_whether_it_may_leave_the_court(two_years, tmp_path):
    _, made = two_years
    assert "不列金额" in made.report.sections[0].blocks[0].text
    inside = build_data_review(cases(), to="2011-05", out=tmp_path, language="zh", formats=["docx"], names=True)
    assert "仅供院内" in inside.report.sections[0].blocks[0].text
    assert "不列金额" not in inside.report.sections[0].blocks[0].text


def test_what_has_not_worsened_is_not_called_weak(two_years):
    _, made = two_years
    weak = [s for s in made.report.sections if s.id.startswith("review-weak-")]
    chance = ("没有变差，相对靠后。", "比上年同期变差，但在随机波动之内。")
    is_weak = {s.heading.startswith("弱项"): s.blocks[0].text for s in weak}
    assert all(s.heading.startswith("弱项") != (s.blocks[0].text in chance) for s in weak)
    assert is_weak[False] == "没有变差，相对靠后。"


def test_what_improved_beyond_random_variation_is_behind_nothing(tmp_path):
    frames = []
    for year, completed in ((2023, 40), (2024, 110)):
        mode = ["completed"] * completed + ["terminated_this_round"] * (120 - completed)
        frames.append(pd.DataFrame({"filed_on": f"{year}-02-01", "closed_on": f"{year}-05-20", "closure_mode": mode}))
    better = an.Cases.from_frames(pd.concat(frames), as_of="2024-12-31", observed_from="2023-01-01")
    found = data_review(better, to="2024-06", definitions="spc-2024")
    judged = found.indicators.set_index("indicator")["judgement"].str.split("\n").str[0]
    improved = judged.index[judged == "超出随机波动"]
    assert len(improved)
    assert not set(improved) & set(found.weakest["indicator"])


def test_a_slide_without_room_for_all_indicators_keeps_what_came_went_and_is_left():
    names = [f"spc-2024/rate_{n}" for n in range(20)]
    own = data_review(cases(), to="2011-05").indicators
    row = own[own["denominator"].notna()].iloc[0]
    counts = [own[own["definition"].str.endswith(f"/{name}")].iloc[0] for name in ("filed", "closed", "closing")]
    rates = [row.copy() for _ in names]
    for rate, name in zip(rates, names, strict=True):
        rate["definition"], rate["indicator"], rate["way"] = name, name, ""
    review = replace(
        data_review(cases(), to="2011-05"),
        indicators=pd.DataFrame([*rates, *counts], columns=own.columns).reset_index(drop=True),
    )
    with speaking("zh"):
        shown = _Parts(cases(), review, None, "calendar-year", names=False)._indicators(14).blocks[0].frame["indicator"]
    assert {in_language(count["indicator"], "zh") for count in counts} <= {in_language(name, "zh") for name in shown}


def test_a_review_in_which_chance_explains_all_that_worsened_says_so_at_the_top(tmp_path):
    """And calls nothing weak; where one thing is beyond chance it says nothing of the kind."""
    frames = []
    for year, completed in ((2023, 60), (2024, 57)):
        mode = ["completed"] * completed + ["terminated_this_round"] * (120 - completed)
        frames.append(pd.DataFrame({"filed_on": f"{year}-02-01", "closed_on": f"{year}-05-20", "closure_mode": mode}))
    asked = {"to": "2024-06", "definitions": "spc-2024", "formats": ["docx"], "language": "zh"}
    quiet = an.Cases.from_frames(pd.concat(frames), as_of="2024-12-31", observed_from="2023-01-01")
    calm = build_data_review(quiet, out=tmp_path / "calm", **asked).report
    assert calm.sections[0].blocks[1].text.startswith("经检验的比率没有一项"), "no interval was given"
    bounds = pd.DataFrame({"indicator": ["completed_rate"], "low": [10], "high": [90]})
    within = data_review(quiet, to="2024-06", definitions="spc-2024", intervals=bounds)
    assert within.said_of_weakest.zh.startswith("没有一项指标偏离本院合理区间；经检验的比率没有一项")
    headings = [s.heading for s in calm.sections if s.id.startswith("review-weak-")]
    assert headings
    assert all(heading.startswith("相对靠后：") for heading in headings)
    frames[1]["closure_mode"] = ["completed"] * 20 + ["terminated_this_round"] * 100
    worse = an.Cases.from_frames(pd.concat(frames), as_of="2024-12-31", observed_from="2023-01-01")
    told = build_data_review(worse, out=tmp_path / "worse", **asked).report
    assert "经检验的比率没有一项" not in "".join(getattr(b, "text", "") for b in told.sections[0].blocks)
    assert any(s.heading.startswith("弱项一：") for s in told.sections)


def marks(*variation):
    """A table of marks with one indicator each, called by its place."""
    rows = [{"indicator": f"own{n}", "unit": "件", "variation": mark} for n, mark in enumerate(variation)]
    return pd.DataFrame(rows).assign(value=1.0, centre=1.0, lower=0.0, upper=2.0, assurance="no_target")


def test_every_indicator_that_the_page_of_variation_leaves_out_is_named_with_why():
    every = marks("few", "blank", *["money"] * 3, *["common"] * 18, "improving")
    (section,) = variation_page(VariationTable(every, pd.DataFrame(), NOTHING), Text("2025年5月", "May 2025"), drawn=0)
    table = section.blocks[1]
    shown = [row[0] for row in table.rows()]
    assert len(shown) == 20
    assert "own23" in shown, "what is marked is never left out"
    for name, why in (("own0", "件数太少或有月份没有案件"), ("own1", "有未填的，不判断的"), ("own4", "未列的")):
        assert name not in shown
        assert name in table.note.partition(why)[2].partition("。")[0]


def test_where_no_indicator_is_shown_on_the_page_of_variation_all_are_named():
    (section,) = variation_page(
        VariationTable(marks("few", "blank"), pd.DataFrame(), NOTHING), Text("2025年5月", "May 2025"), drawn=0
    )
    assert [block.text.partition("：")[2] for block in section.blocks[1:]] == ["own0。", "own1。"]


@pytest.mark.full
def test_an_english_review_says_once_that_names_stand_in_chinese(tmp_path):
    rows = pd.DataFrame({"filed_on": ["2010-02-01"] * 60 + ["2011-02-01"] * 60, "area": "石盘镇"})
    rows["closed_on"] = ["2010-06-01"] + [None] * 119
    court = an.Cases.from_frames(rows.assign(team="执行一组"), as_of="2011-12-31", observed_from="2010-01-01")
    asked = {"to": "2011-05", "definitions": "counts", "formats": ["docx"]}
    said = {
        language: "".join(
            getattr(block, "text", "")
            for section in build_data_review(court, out=tmp_path / language, language=language, **asked).report.sections
            for block in section.blocks
        )
        for language in ("zh", "en")
    }
    told = "Names of townships stand in Chinese where the court's file gives no English one (under [english])."
    assert said["en"].count(told) == 1, "a numbered team has an English name by rule"
    assert "stand in Chinese" not in said["zh"]


def test_bounds_of_a_rate_of_few_cases_stand_in_the_table_as_those_of_many():
    """Beside 27.9–57.0 under a column of units stood 33.33%–41.67%."""
    row = {"value": 40.0, "least": 100 / 3, "most": 125 / 3, "numerator": 4.0, "denominator": 12.0, "unit": "%"}
    assert cell_of(row, "", "rate") == "33.3–41.7"
    assert cell_of(row | {"least": np.nan, "most": np.nan}, "", "rate") == "4/12"
    assert cell_of({"base": 5.0, "base_least": 4.0, "base_most": 6.0, "unit": "%"}, "base", "rate") == "4.0–6.0"
