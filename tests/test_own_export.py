"""The path of a new user, as docs/zh/how-to/own-export.md writes it: its commands, what they say, its code, on an Excel
export with odd headers (made up for this test)."""

import datetime as dt
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

PAGE = (Path(__file__).parents[1] / "docs" / "zh" / "how-to" / "own-export.md").read_text(encoding="utf-8")
NUMBER_OF_CASES, DAYS_TO_CLOSE = 120, 60


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.M | re.S)


def odd_register(path):
    """Two header rows, merged cells, dates written in three ways, a total, notes, one impossible day, one early closing."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "执行台账2011"
    sheet.append(["某某县人民法院2011年执行案件台账"])
    sheet.append(["填表单位：执行局    填表日期：2012年1月5日"])
    sheet.append(
        ["序号", "案件号", "来案日期", "办结日期", "处理结果", "标的情况", None, "办案人", "当事人", None, "备注"]
    )
    sheet.append([None] * 5 + ["申请标的（万元）", "执行到位（万元）", None, "申请执行人", "被执行人", None])
    for area in ("A1:K1", "A2:K2", "F3:G3", "I3:J3", *(f"{c}3:{c}4" for c in "ABCDEHK")):
        sheet.merge_cells(area)
    for n in range(1, NUMBER_OF_CASES + 1):
        filed = dt.date(2011, 1, 4) + dt.timedelta(days=3 * (n - 1))
        closed = filed + dt.timedelta(days=DAYS_TO_CLOSE)
        done = closed.year == 2011
        spelt = [filed, f"{filed.year}年{filed.month}月{filed.day}日", f"{filed:%Y.%m.%d}"][n % 3]
        result = [closed, "执行完毕"] if done else [None, None]
        row = [n, f"(2011)某执字第{n:03d}号", spelt, *result, 10, 10 if done else None, "张三", "甲", "乙公司"]
        sheet.append(row)
    sheet.cell(6, 4, dt.date(2010, 1, 1))
    sheet.cell(10, 3, "2011-02-30")
    sheet.append(["合计", None, None, None, None, 1200])
    sheet.append(["制表人：赵六    审核人："])
    book.create_sheet("说明")["A1"] = "本表数据来自内网系统导出"
    book.save(path)


def correct(path):
    """What a clerk does with the findings: the day is the 28th, the early closing was a slip."""
    book = openpyxl.load_workbook(path)
    for rule, day in (("隔离", "2011-02-28"), ("结案早于立案", "2011-03-10")):
        sheet = next(book[name] for name in book.sheetnames if name.startswith(rule))
        sheet.cell(4, [cell.value for cell in sheet[2]].index("更正值") + 1).value = day
    book.save(path)


@pytest.mark.full
def test_the_page_leads_from_an_odd_export_to_a_report(tmp_path):
    odd_register(tmp_path / "台账.xlsx")
    start, look, corrected, report = (shlex.split(b) for b in blocks("sh"))

    def run(words):
        assert words[:4] == ["uv", "run", "--no-dev", "court-analysis"]
        command = [sys.executable, "-c", "from analysis.cli import run; run()", *words[4:]]
        said = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(command, cwd=tmp_path, env=said, capture_output=True, text=True, check=False)

    first = run([*start, "--yes"])
    assert first.returncode == 0
    for line in blocks("text")[0].splitlines()[:-1]:
        assert line in first.stdout
    second = run(look)
    assert second.returncode == 1
    for line in blocks("text")[1].splitlines():
        assert line.removesuffix("……") in second.stderr
    correct(tmp_path / "问题清单.xlsx")
    third = run(corrected)
    assert third.returncode == 0, third.stdout
    assert "采用120 + 隔离0" in third.stderr
    assert run(report).returncode == 0
    page = (tmp_path / "reports" / "2011" / "report-2011.zh.html").read_text(encoding="utf-8")
    assert "某某县人民法院2011年执行工作分析报告" in page
    assert "新收执行案件120件；结案至少101件，年末未结至少19件" in page, "what was pending before 2011 is not in it"
    manifest = json.loads((tmp_path / "reports" / "2011" / "manifest.json").read_text(encoding="utf-8"))
    assert {c["field"] for c in manifest["corrections"]} == {"filed_on", "closed_on"}

    notebook = blocks("python")[0] + "\nassert len(cases) == 120 and not len(cases.quarantine)"
    assert subprocess.run([sys.executable, "-c", notebook], cwd=tmp_path, check=False).returncode == 0
