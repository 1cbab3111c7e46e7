"""A court of two teams of which one closed far less in the second year, with the figures counted by hand."""

import pandas as pd

from analysis.cases.table import Cases

# 1—5月 2010: 100 filed, 90 closed (85 performed, 5 terminated); 2011: 100 filed (110 on hand), 60 closed (30 performed, 30 terminated).
# Team 一 closed 45 of its 50 in 2010 and 15 of 50 (55 on hand) in 2011, team 二 45 of 50 and 45 of 50.


def register(**dropped):
    rows = []
    for year, closed in ((2010, (45, 45)), (2011, (15, 45))):
        for team, number in zip("一二", closed, strict=True):
            for n in range(50):
                done = n < number
                performed = done and (year == 2010 or team == "二")
                rows.append(
                    {
                        "case_no": f"（{year}）晴执字第{len(rows) + 1}号", "filed_on": f"{year}-02-01", "team": f"执行{team}组",
                        "basis": "civil" if n % 2 else "arbitration", "closed_on": f"{year}-04-01" if done else None,
                        "closure_mode": ("completed" if performed else "terminated_this_round") if done else None,
                    }
                )  # fmt: skip
    return Cases.from_frames(pd.DataFrame(rows).drop(columns=list(dropped)), as_of="2011-12-31", definitions="spc-2008")
