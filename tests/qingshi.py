"""An imaginary court's ordinary Excel export: 青石县人民法院, 500 cases of 2022–24, made up for these tests.

It has no 开始执行日期, no 已发放案款, no 收到案卷日期, no teams, and a fifth of the amounts recovered is blank, "/" or 无.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd

COURT = "青石县人民法院"
CASES, SEED = 500, 20240131
OFFICERS = ("赵明远", "钱立群", "孙志刚", "李晓梅", "周海涛", "吴桂兰")
MODES = ("执行完毕", "终结本次执行程序", "和解", "终结执行", "销案")
HEADERS = (
    "序号", "案号", "立案日期", "执行依据", "申请执行人", "被执行人", "申请执行标的额", "实际到位金额", "承办人", "结案日期",
    "结案方式",
)  # fmt: skip
LAST_DAY = "2024-12-31"


def cases() -> pd.DataFrame:
    """The rows as a clerk sees them, under the headers of the export."""
    rng = np.random.default_rng(SEED)
    filed = np.sort(rng.integers(0, 365 * 3 - 20, CASES))
    start = pd.Timestamp("2022-01-04")
    rows, of_year = [], dict.fromkeys((2022, 2023, 2024), 0)
    for number, offset in enumerate(filed, start=1):
        day = start + pd.Timedelta(days=int(offset))
        closed = day + pd.Timedelta(days=int(rng.gamma(2.0, 45.0)) + 3)
        of_year[day.year] += 1
        claim = round(float(np.exp(rng.normal(10.2, 1.1))), 2)
        mode = MODES[rng.choice(len(MODES), p=[0.45, 0.3, 0.12, 0.08, 0.05])]
        got = claim if mode == "执行完毕" else round(claim * float(rng.uniform(0, 0.4)), 2)
        blank = rng.random() < 0.2
        is_closed = closed <= pd.Timestamp(LAST_DAY)
        recovered = ["", "/", "无"][number % 3] if blank else got
        rows.append([
            number, f"（{day.year}）青0123执{of_year[day.year]}号", day.date(), "民事" if rng.random() < 0.9 else "仲裁",
            f"申请人{number}", f"被执行人{number}", claim, recovered if is_closed else "", OFFICERS[rng.integers(0, 6)],
            closed.date() if is_closed else "", mode if is_closed else "",
        ])  # fmt: skip
    return pd.DataFrame(rows, columns=list(HEADERS))


def export(path: Path, frame: pd.DataFrame | None = None) -> Path:
    """Write the export as a workbook: a title above, the headers, a row a case."""
    frame = cases() if frame is None else frame
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "执行案件"
    sheet.append([f"{COURT}执行案件台账（2022—2024年）"])
    sheet.append(list(frame.columns))
    for row in frame.itertuples(index=False):
        sheet.append([None if value == "" else value for value in row])
    book.save(path)
    return path
