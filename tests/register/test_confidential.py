"""The second look at what was written: what counts as a name found, and what does not."""

import io
import zipfile

import openpyxl
import pandas as pd
import pytest

import analysis as an
from analysis.files.written_texts import texts_in
from analysis.register.confidential import Confidential, confidential, must_hold_nothing_confidential, package_texts

SOUGHT = Confidential(
    {"王伟": "officer", "高峰": "officer", "方明月": "officer", "Amara Okafor": "officer", "Young": "officer", "P0017": "person_id",
     "13904541234": "", "与郑永红有亲属关系，请注意保密": "", "乌云": "officer"},
    frozenset(["高峰镇"]),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "由王伟承办", "<td>王 伟</td>", "方　明月", "by Amara Okafor,", "Young: 3", "id P0017", "tel. 13904541234.", "…与郑永红有亲属关系，请注…",
        "<td>高峰</td>", "承办人：高峰，", "乌云", "方\n明\n月", "轴：\n王\n伟\n3", "方\u00a0明月", "方\u200b明月", "AMARA OKAFOR", "amara\u00a0okafor",
        "Okafor, Amara", "OKAFOR Amara", "Okafor，Amara", "tel. 139 0454 1234", "139-0454-1234", "tel. 139‐0454 1234.", "0454 139 0454 1234",
    ],
)  # fmt: skip
def test_a_value_of_the_register_is_found(text):
    assert list(SOUGHT.in_text(text)), text


@pytest.mark.parametrize(
    "text",
    [
        "高峰镇的案件", "the younger cases", "sha256 P0017a9", "139045412345", "亲属关系", "王", "伟", "承办人1234", "天上乌云密布",
        "young", "id p0017", "王\n伟业",
        "Okafor; Amara", "139 0454 12345", "1 3 9 0 4 5 4 1 2 3 4", "139,0454,1234", "a13904541234", "1390 0454 1234",
    ],
)  # fmt: skip
def test_an_ordinary_word_is_no_find(text):
    assert not list(SOUGHT.in_text(text)), text


def test_no_text_of_the_package_is_a_find():
    assert not list(SOUGHT.in_text(package_texts()))


def test_values_too_short_to_mean_anybody_are_not_sought():
    frame = pd.DataFrame({"case_no": ["1", "2", "3"], "filed_on": "2011-01-04", "officer": ["王", "A", "12345678"]})
    assert not confidential(an.Cases.from_frames(frame, as_of="2011-12-31")).values


def test_the_words_of_rows_set_aside_are_sought_and_days_numbers_and_known_words_are_not(tmp_path):
    path = tmp_path / "cases.csv"
    lines = [
        "案号,被执行人,立案日期,执行依据,申请执行标的额",
        "（2011）富执字第1号,刘德海,2011-01-04,民事,100",
        "（2011）富执字第2号,周桂兰,昨天,民事,2000.50",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert set(confidential(an.read_cases(path, as_of="2011-12-31")).values) == {"周桂兰", "昨天"}


def test_of_long_notes_that_begin_alike_one_beginning_is_kept(tmp_path):
    path = tmp_path / "cases.csv"
    rows = [f"（2011）富执字第{n}号,不详,被执行人周桂兰下落不明，已第{n}次查找" for n in range(2, 40)]
    path.write_text("\n".join(["案号,立案日期,备注", "（2011）富执字第1号,2011-01-04,", *rows]), encoding="utf-8")
    sought = confidential(an.read_cases(path, as_of="2011-12-31"))
    assert set(sought.values) == {"被执行人周桂兰下落不明，", "不详"}
    assert [*sought.in_text("附注：被执行人周桂兰下落不明，已…")]


def test_every_part_of_an_archive_and_what_is_embedded_in_it_is_read():
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "<si><t>王</t><t>伟</t></si>")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("docProps/core.xml", "<dc:creator>Amara&#32;Okafor</dc:creator>")
        archive.writestr("word/embeddings/book.xlsx", inner.getvalue())
    found = {place: value for place, text in texts_in("a.docx", outer.getvalue()) for value, _ in SOUGHT.in_text(text)}
    assert found == {
        "a.docx!docProps/core.xml": "Amara Okafor",
        "a.docx!word/embeddings/book.xlsx!xl/sharedStrings.xml": "王伟",
    }


def test_the_text_title_and_alt_text_of_a_pdf_are_read(tmp_path):
    import typst

    from analysis.charts.drawing import fonts

    source = tmp_path / "a.typ"
    source.write_text(
        '#set document(title: "方明月")\n#set text(font: "Court Serif SC")\n承办人王伟 Young\n#image("a.svg", alt: "P0017")',
        encoding="utf-8",
    )
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    content = typst.compile(str(source), font_paths=[str(fonts.font_files()[0].parent)], pdf_standards="ua-1")
    found = {value for _, text in texts_in("a.pdf", content) for value, _ in SOUGHT.in_text(text)}
    assert found == {"王伟", "方明月", "Young", "P0017"}


def test_a_run_that_would_publish_a_name_is_refused_and_the_error_names_nobody():
    with pytest.raises(an.OutputError) as refused:
        must_hold_nothing_confidential({"报告.html": "<p>王伟</p>".encode()}, SOUGHT)
    said = refused.value.text
    assert "报告.html" in said.zh
    assert "承办人" in said.zh
    assert "officer" in said.en
    assert "王伟" not in said.zh + said.en
    must_hold_nothing_confidential({"报告.html": "<p>王伟</p>".encode()}, None)  # for use inside


def test_labels_and_numbers_that_are_not_shown_are_sought_and_the_words_of_proper_ones_are_not():
    numbers = [*(f"（2012）江宁执字第{n}号" for n in range(1, 6)), "（2021）黑0999执1号王伟", "原告上官婉清1"]
    frame = pd.DataFrame(
        {
            "case_no": numbers, "filed_on": "2021-01-04", "court": ["江宁县人民法院"] * 6 + ["欧阳静姝"], "area": ["锦山镇"] * 6 + ["令狐秋月"],
            "team": ["执行一组"] * 6 + ["诸葛明亮组"],
        }
    )  # fmt: skip
    sought = confidential(an.Cases.from_frames(frame, as_of="2021-12-31")).values
    found = {
        "王伟": "case_no",
        "原告上官婉清": "case_no",
        "欧阳静姝": "court",
        "令狐秋月": "area",
        "诸葛明亮组": "team",
    }
    assert sought == found


@pytest.mark.full
def test_the_address_of_a_cell_is_nobodys_code(tmp_path):
    book = openpyxl.Workbook()
    book.active["P132"] = "执行完毕"
    book.active.merge_cells("P132:Q132")
    book.save(tmp_path / "a.xlsx")
    sought = Confidential({"P132": "person_id"})
    must_hold_nothing_confidential({"a.xlsx": (tmp_path / "a.xlsx").read_bytes()}, sought)
    book.active["A1"] = "P132"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(an.OutputError):
        must_hold_nothing_confidential({"a.xlsx": (tmp_path / "a.xlsx").read_bytes()}, sought)


def test_a_heading_in_a_row_set_aside_is_no_cell_of_anybody(tmp_path):
    """Check of a register with such a row refused to name the columns that it does not use."""
    rows = ["案号,立案日期,当事人姓名", "（2011）富执字第1号,2011-01-04,王某", "（2011）富执字第2号,当事人姓名,王某"]
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    cases = an.read_cases(tmp_path / "a.csv", as_of="2011-12-31")
    assert len(cases.quarantine) == 1
    assert [*confidential(cases).in_text("没有用上的表头：当事人姓名")] == []
    assert [*confidential(cases).in_text("王某")] != []
