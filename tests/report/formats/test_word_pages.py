"""Word as LibreOffice sets it: a body of six pages at the most, and no word or number of a table torn in an office's own template."""

import re
import shutil
import subprocess
from collections import Counter

import docx
import numpy as np
import pandas as pd
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

import analysis as an

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(
        shutil.which("soffice") is None, reason="no soffice (Debian: apt-get install libreoffice-writer)"
    ),
    pytest.mark.skipif(
        shutil.which("pdftotext") is None, reason="no pdftotext (Debian: apt-get install poppler-utils)"
    ),
]
MOST = 6  # pages of the body
COURT, YEARS = "石泉县人民法院", range(2021, 2025)
OVERVIEW = re.compile(r"^\s*(?:一、基本情况|1\s+Overview)\s*$", re.MULTILINE)
FIRST_ANNEX = re.compile(
    r"^\s*(?:附件 ?1|Annex 1)\s+[^.\n]+$", re.MULTILINE
)  # not its line of contents, which has dots
WORD = re.compile(r"[A-Za-z0-9.,%/−–]+")  # a line may end behind a hyphen


@pytest.fixture(scope="module")
def several_hundred():
    """A court of some seven hundred cases a year, with four teams, twelve townships and the modes of a real register."""
    drawn, frames, last = np.random.default_rng(4), [], pd.Timestamp(YEARS[-1], 12, 31)
    for place, year in enumerate(YEARS):
        number = 650 + 60 * place
        filed = pd.Timestamp(year, 1, 1) + pd.to_timedelta(np.sort(drawn.integers(0, 365, number)), unit="D")
        closed = pd.Series(filed + pd.to_timedelta(drawn.gamma(1.8, 60, number).astype(int) + 2, unit="D"))
        mode = drawn.choice(["执行完毕", "终结本次执行程序", "和解", "终结执行"], number, p=[0.42, 0.36, 0.1, 0.12])
        claimed = np.exp(drawn.normal(10.6, 1.3, number)).round(2)
        paid = np.where(mode == "执行完毕", claimed, claimed * drawn.uniform(0, 0.4, number)).round(2)
        is_closed = closed <= last
        frames.append(pd.DataFrame({
            "案号": [f"（{year}）陕0922执{at}号" for at in range(1, number + 1)], "法院": COURT, "立案日期": filed,
            "案件类型": drawn.choice(["首次执行", "恢复执行"], number, p=[0.86, 0.14]),
            "执行依据": drawn.choice(["民事", "仲裁", "公证债权文书", "刑事附带民事"], number, p=[0.8, 0.1, 0.04, 0.06]),
            "结案日期": closed.where(is_closed), "结案方式": pd.Series(mode).where(is_closed),
            "申请执行标的额": claimed, "实际到位金额": pd.Series(paid).where(is_closed),
            "执行小组": drawn.choice([f"执行{n}组" for n in "一二三四"], number),
            "承办人": drawn.choice([f"法官{n}" for n in "甲乙丙丁戊己庚"], number),
            "有无财产可供执行": drawn.choice(["有", "无"], number),
            "乡镇": drawn.choice([f"{n}河镇" for n in "东西南北上下大小青白黑黄"], number),
        }))  # fmt: skip
    return an.Cases.from_frames(
        pd.concat(frames, ignore_index=True), as_of=str(last.date()), observed_from=f"{YEARS[0]}-01-01"
    )


@pytest.fixture(scope="module")
def beside():
    """Twelve courts of one year that can be compared."""
    return an.read_returns(pd.DataFrame([
        {"court": f"甲{place}县人民法院", "level": "basic", "scope": "执行案件", "unit": "件", "received": str(900 + 40 * place),
         "closed": str(800 + 33 * place), "period_start": f"{YEARS[-1]}-01-01", "period_end": f"{YEARS[-1]}-12-31"}
        for place in range(12)
    ]))  # fmt: skip


def set_by_libreoffice(document, folder):
    """The text of each page, as it lies there."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    order = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, document]
    subprocess.run(order, check=True, capture_output=True, timeout=180)
    written = ["pdftotext", "-layout", folder / document.with_suffix(".pdf").name, "-"]
    return subprocess.run(written, check=True, capture_output=True, text=True).stdout.split("\f")


def body(pages):
    """The pages from the overview to where the annexes begin."""
    first = next(place for place, page in enumerate(pages) if OVERVIEW.search(page))
    last, heading = next((place, found) for place, page in enumerate(pages) if (found := FIRST_ANNEX.search(page)))
    return pages[first : last + bool(pages[last][: heading.start()].strip())]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("court", ["sample", "larger"])
def test_the_body_takes_six_pages_at_the_most(
    court, language, sample_cases, printed, peers, several_hundred, beside, tmp_path
):
    """The numbers of twelve courts in the body, and what no test found told in letters of 16 points, made seven."""
    if court == "sample":
        cases, asked = sample_cases, {"period": 2011, "returns": printed, "peers": peers}
    else:
        cases, asked = several_hundred, {"period": YEARS[-1], "peers": beside, "definitions": "spc-2024"}
    made = an.build_report(cases, out=tmp_path / "report", formats=["docx"], language=language, **asked)
    (document,) = (made.folder / path.name for path in made.files)
    assert 3 < len(body(set_by_libreoffice(document, tmp_path))) <= MOST


def office_template(path):
    """After GB/T 9704 between margins of 40 mm: 130 mm for tables."""
    document = docx.Document()
    normal, page = document.styles["Normal"], document.sections[0]
    normal.font.name, normal.font.size, normal.paragraph_format.line_spacing = "仿宋_GB2312", Pt(16), Pt(28.9)
    normal.element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(40)
    document.save(path)
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_and_no_number_of_a_table_is_torn_in_an_offices_narrow_page(
    language, sample_cases, printed, peers, tmp_path
):
    asked = {"period": 2011, "returns": printed, "peers": peers, "template": office_template(tmp_path / "office.docx")}
    made = an.build_report(sample_cases, out=tmp_path / "report", formats=["docx"], language=language, **asked)
    (document,) = (made.folder / path.name for path in made.files)
    tables = docx.Document(str(document)).tables
    words = Counter(
        word for table in tables for row in table.rows for cell in row.cells for word in WORD.findall(cell.text)
    )
    there = Counter(WORD.findall("\n".join(set_by_libreoffice(document, tmp_path))))
    assert words.total() > 1000
    assert not words - there
