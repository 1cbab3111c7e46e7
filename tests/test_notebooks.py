"""Every committed notebook: no outputs, no functions, a parameters cell, public calls only, and it runs."""

import itertools
import json
import os
import re
from pathlib import Path

import pandas as pd
import pytest

import analysis as an
from analysis.lab.languages import in_language, prose

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells(path, kind="code"):
    return [c for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_are_clean_short_and_bilingual(path):
    assert not any(c["outputs"] or c["execution_count"] for c in cells(path))
    tagged = [c for c in cells(path) if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == (1 if path.stem[:2].isdigit() else 0)
    for cell in cells(path):
        text = "".join(cell["source"])
        assert not re.search(r"^\s*(def|class|for|while) ", text, re.M), text
        assert not re.search(r"analysis\.\w+\.", text), "public calls only"
        assert len(text.splitlines()) <= 12
    for cell in cells(path, "markdown"):
        written = {tongue: prose("".join(cell["source"]), tongue) for tongue in ("zh", "en")}
        assert len({text.count("\n\n") for text in written.values()}) == 1, "each paragraph in both languages"
        assert all(written.values())


def test_the_start_page_is_one_cell_to_press():
    assert len(cells(ROOT / "notebooks" / "开始.ipynb")) == 1


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p.stem[:2].isdigit()], ids=lambda p: p.stem)
def test_a_notebook_opens_with_a_conclusion_that_is_worked_out_and_ends_with_what_to_do(path):
    sources = ["".join(c["source"]) for c in cells(path)]
    at = next(place for place, source in enumerate(sources) if source.find("an.conclusion(") >= 0)
    assert at <= 3
    assert (
        sources[at].count("lambda:")
        + sources[at].count("cyc,")
        + sources[at].count("fun,")
        + sources[at].count(" fun),")
        + sources[at].count("pet,")
        + sources[at].count("mapping,")
        == 3
    )
    assert "".join(cells(path, "markdown")[-1]["source"]).startswith("## 下一步")


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p.stem[:2].isdigit()], ids=lambda p: p.stem)
def test_the_evidence_stands_under_a_heading_of_its_own_and_not_under_that_of_the_conclusion(path):
    every = json.loads(path.read_text(encoding="utf-8"))["cells"]
    headed = ""
    for cell, following in itertools.pairwise(every):
        headed = cell["source"][0] if cell["source"][0].startswith("#") else headed
        if "an.conclusion(" in "".join(cell["source"]) and "结论" in headed:
            assert following["source"][0].startswith("## ")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_prose_names_columns_as_they_are_headed_and_not_as_code_calls_them(path):
    first = next(("".join(c["source"]) for c in cells(path) if "parameters" in c["metadata"].get("tags", [])), "")
    for cell in cells(path, "markdown"):
        for word in re.findall("`([a-z_.]+)`", "".join(cell["source"])):
            assert re.search(rf"\b{word}\b", first), word


def test_what_printed_figures_say_of_each_other_stands_before_the_register_that_was_built_to_agree():
    sources = ["".join(c["source"]) for c in json.loads(NOTEBOOKS[1].read_text(encoding="utf-8"))["cells"]]
    places = [
        next(n for n, source in enumerate(sources) if text in source)
        for text in ("rec.conflicts", "truncation:", "built to agree", "plot_printed")
    ]
    assert places == sorted(places)
    assert "an.reconcile(returns) if is_sample" in next(source for source in sources if "an.conclusion(" in source)


def notebook(number):
    return next(path for path in NOTEBOOKS if path.stem.startswith(number))


def run(path, tmp_path, language, **parameters):
    import nbclient
    import nbformat

    notebook = nbformat.reads(in_language(path.read_bytes(), language).decode(), as_version=4)
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source += f'\nlanguage = "{language}"\n' + "\n".join(f"{k} = {v!r}" for k, v in parameters.items())
    os.environ["PYTHONWARNINGS"] = "error:Glyph:UserWarning"
    done = nbclient.NotebookClient(notebook, timeout=180, resources={"metadata": {"path": str(tmp_path)}}).execute()
    return [o for c in done.cells if c.cell_type == "code" for o in c.outputs]


@pytest.mark.full
@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p.stem[:2] in ("01", "02", "03")], ids=lambda p: p.stem)
def test_the_first_three_run_and_show_pictures_and_tables(path, tmp_path):
    shown = run(path, tmp_path, "zh")
    kinds = {kind for output in shown for kind in output.get("data", {})}
    assert {"image/png", "text/html"} <= kinds
    assert not any("missing from font" in output.get("text", "") for output in shown)


@pytest.mark.full
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_notebook_runs_in_both_languages_and_says_what_each_picture_shows(path, tmp_path, language):
    shown = run(path, tmp_path, language)
    assert shown
    pictures = [output for output in shown if "image/png" in output.get("data", {})]
    assert all(picture["metadata"]["image/png"].get("alt") for picture in pictures)


FIVE = ["案号", "立案日期", "结案日期", "结案方式", "承办人"]
REGISTERS = {
    "five columns": lambda rows: rows[FIVE],
    "of 2022-24": lambda rows: rows,
    "two courts": lambda rows: rows.assign(法院=["青石县人民法院", "白石县人民法院"] * (len(rows) // 2)),
    "under a year": lambda rows: rows[rows["立案日期"].astype(str) >= "2024-04"],
    "without closing dates": lambda rows: rows.drop(columns="结案日期"),
}
OF_THE_SAMPLE = re.compile("富锦|2010–2011|711/714|示例|fujin")


def of_another_court(name, folder):
    import qingshi

    folder.mkdir(exist_ok=True)
    return str(qingshi.export(folder / "台账.xlsx", REGISTERS[name](qingshi.cases())))


def told(outputs):
    return "\n".join(o.get("data", {}).get("text/html", "") + o.get("text", "") for o in outputs)


SPOKEN = [("zh", name) for name in REGISTERS] + [
    ("en", name) for name in ("five columns", "two courts", "under a year")
]


@pytest.mark.full
@pytest.mark.parametrize(("language", "register"), SPOKEN)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_notebook_runs_on_the_register_of_another_court(path, language, register, tmp_path):
    source = of_another_court(register, tmp_path / "in")
    shown = told(run(path, tmp_path, language, register=source, as_of="2024-12-31", court="青石县人民法院"))
    assert language == "zh" or "结论" not in shown
    assert "Traceback" not in shown
    assert "None, None" not in shown, "what cannot be shown is a sentence that a reader understands"
    assert "（DataFrame）" not in shown, "which speaks of the register, and not of the kind of an argument"
    assert not OF_THE_SAMPLE.search(shown)


@pytest.mark.full
@pytest.mark.parametrize("sheets", ["one", "of officers"])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_notebook_is_published_without_a_word_on_the_register_of_another_court(
    path, sheets, tmp_path, monkeypatch
):
    source = of_another_court("of 2022-24", tmp_path)
    if sheets == "of officers":
        rows = pd.read_excel(source, header=1, dtype=str)
        with pd.ExcelWriter(source) as book:
            for name, own in rows.groupby("承办人"):
                own.to_excel(book, sheet_name=name, index=False)
    (tmp_path / "本院.toml").write_text(
        'register = "台账.xlsx"\ncourt = "青石县人民法院"\nas_of = "2024-12-31"', encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    made = an.publish_notebook(path, out=tmp_path / "out", formats=("html",))
    assert "own_figures" not in made.manifest


@pytest.mark.full
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_notebook_takes_the_courts_file_of_the_working_folder(path, tmp_path):
    of_another_court("of 2022-24", tmp_path)
    (tmp_path / "本院.toml").write_text(
        'register = "台账.xlsx"\ncourt = "青石县人民法院"\nas_of = "2024-12-31"', encoding="utf-8"
    )
    shown = told(run(path, tmp_path, "zh"))
    assert "Traceback" not in shown
    assert not OF_THE_SAMPLE.search(shown)
    assert "青石县" in shown or path.stem[:2] != "01"


@pytest.mark.full
def test_a_notebook_says_in_a_sentence_what_another_courts_register_cannot_answer(tmp_path):
    source = of_another_court("five columns", tmp_path / "in")
    path = notebook("05")
    shown = told(run(path, tmp_path, "zh", register=source, as_of="2024-12-31", court="青石县人民法院"))
    assert "没有考核办法写明" in shown
    assert "不得评定" not in shown
    assert "已过一般期限" in shown
    assert not re.search("包案领导|应定事项|定责任", shown), "by rules of another court nothing is lacking"
    assert not OF_THE_SAMPLE.search(shown)


@pytest.mark.full
@pytest.mark.parametrize("name", ["00", "02", "08"])
def test_of_two_courts_a_notebook_shows_the_cases_of_the_one_named(tmp_path, name):
    source = of_another_court("two courts", tmp_path / "in")
    path = notebook(name)
    outputs = run(path, tmp_path, "zh", register=source, as_of="2024-12-31", court="青石县人民法院")
    shown = told(outputs) + "".join(o.get("data", {}).get("text/plain", "") for o in outputs)
    import qingshi

    own = REGISTERS["two courts"](qingshi.cases()).query("法院 == '青石县人民法院'")
    pending = int((own["结案日期"] == "").sum())
    assert f"至{pending}件。" in shown
    assert "台账中另有1个法院的案件，未计入" in shown


@pytest.mark.full
def test_what_a_court_asks_of_its_old_cases_is_shown_where_it_chose_a_scheme(tmp_path):
    source = of_another_court("of 2022-24", tmp_path / "in")
    path = notebook("05")
    asked = {"register": source, "as_of": "2024-12-31", "court": "青石县人民法院", "scheme": "fujin-2012"}
    assert "应定事项" in told(run(path, tmp_path, "zh", **asked))


@pytest.mark.full
def test_without_closing_dates_a_notebook_says_so_and_shows_no_figure_of_them(tmp_path):
    source = of_another_court("without closing dates", tmp_path / "in")
    path = notebook("02")
    outputs = run(path, tmp_path, "zh", register=source, as_of="2024-12-31", court="青石县人民法院")
    own = outputs[: next(i for i, o in enumerate(outputs) if "2018-10-01" in told([o]))]  # then the Crown Court
    assert not any("image/png" in o.get("data", {}) for o in own)
    assert sum("没有一栏被认作“结案日期”" in told([o]) for o in own) >= 10


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_noprose_speaks_of_the_sample_under_another_courts_name(path):
    said = "\n".join("".join(c["source"]) for c in cells(path, "markdown"))
    assert not OF_THE_SAMPLE.search(said)


@pytest.mark.full
def test_without_days_of_entry_the_notebook_on_quality_draws_no_empty_axes(tmp_path):
    source = of_another_court("of 2022-24", tmp_path / "in")
    path = notebook("07")
    outputs = run(path, tmp_path, "zh", register=source, as_of="2024-12-31", court="青石县人民法院")
    assert "录入是否及时无从判断，无图可画" in told(outputs)
    assert not any("image/png" in o.get("data", {}) for o in outputs)


@pytest.mark.full
@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_petitions_a_sentence_stands_in_place_of_tables_of_dashes(tmp_path, language):
    source = of_another_court("of 2022-24", tmp_path / "in")
    asked = {"register": source, "as_of": "2024-12-31", "court": "青石县人民法院"}
    shown = told(run(notebook("06"), tmp_path, language, **asked))
    assert "<td" not in shown
    said = {"zh": "台账没有信访登记，不是0。", "en": "The register holds no petitions: unknown, not 0."}[language]
    assert shown.count(said) == 2  # in the conclusion, and in place of the tables


@pytest.mark.full
def test_an_indicator_without_a_value_has_no_empty_panel(tmp_path):
    source = of_another_court("five columns", tmp_path / "in")
    outputs = run(NOTEBOOKS[1], tmp_path, "zh", register=source, as_of="2024-12-31", court="青石县人民法院")
    words = "".join(o.get("data", {}).get("text/plain", "") for o in outputs)
    assert "点与95%区间" in words
    assert "2023年无值，2024年无值" not in words


@pytest.mark.full
def test_a_conclusion_names_no_argument_of_a_call(tmp_path):
    source = of_another_court("of 2022-24", tmp_path / "in")
    path = notebook("05")
    shown = told(run(path, tmp_path, "zh", register=source, as_of="2024-12-31", court="青石县人民法院"))
    (items,) = re.findall("<strong>结论</strong></p><ol>(.*?)</ol>", shown)
    assert items.count("<li>") == 3
    assert not re.search("[a-z_]{4,}", items.replace("<li>", "").replace("</li>", ""))


@pytest.mark.full
def test_a_figure_that_cannot_be_drawn_leaves_the_tables_beside_it(tmp_path):
    """December closings of two years are counted, though a season takes three."""
    source = of_another_court("of 2022-24", tmp_path / "in")
    path = notebook("02")
    shown = told(run(path, tmp_path, "zh", register=source, as_of="2024-12-31", court="青石县人民法院"))
    assert "没有季节可画" in shown
    assert "其余各月平均" in shown


@pytest.mark.full
def test_of_a_register_of_a_few_months_a_sentence_stands_in_place_of_tables_without_a_row(tmp_path):
    source = of_another_court("under a year", tmp_path / "in")
    asked = {"register": source, "as_of": "2024-08-20", "court": "青石县人民法院"}
    shown = {number: told(run(notebook(number), tmp_path, "zh", **asked)) for number in ("02", "05", "08")}
    assert "没有可列的证据、把握和另一种算法" in shown["02"]
    assert "没有年度收支可列" in shown["02"]
    assert "没有选定考核办法，没有定额" in shown["05"]
    assert "没有“执行小组”" in shown["05"]
    assert "2024年3月" not in shown["08"], "no month before the register begins"
    assert "没有一行（承办人、考核" not in shown["05"]
