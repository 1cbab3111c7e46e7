"""The form of a start page: from a court's own file to its first picture, without a line of code."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from analysis.cases.table import Cases
from analysis.files.destinations import OUTPUT, write_file
from analysis.files.source import SUFFIXES, tables_here
from analysis.lab.explore import explore
from analysis.lab.own_cases import own_cases
from analysis.register import COURT_FILE
from analysis.register.court_file import find_court_file
from analysis.register.proposal import Proposal, propose_court_file
from analysis.report.bulletin import build_bulletin
from analysis.report.yearly import build_report
from analysis.vocabulary.columns import LEVELS, codes, columns
from analysis.vocabulary.errors import ArgumentError, CourtAnalysisError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.periods import STOCK_CALENDARS, calendar_text, last_day_known
from analysis.vocabulary.text import Text, listed, spoken

ASKED_FOR = (
    "case_no",
    "filed_on",
    "closed_on",
    "closure_mode",
    "officer",
    "amount_claimed",
    "amount_recovered",
    "basis",
    "team",
    "area",
    "has_property",
    "court",
)
WIDE = {"description_width": "22em"}
ROW = {"width": "44em"}
LOOK_THROUGH = Text(
    "请看一遍上面的提议，不对的改过来，再点“确认”。",
    "Look through what is proposed, change what is wrong, then confirm.",
)


class StartForm(widgets.VBox):
    """A file of the court, the questions that it leaves open, and what can be made of it: explore, bulletin, yearly report.

    ``questions`` are the widgets by what they ask (``column:<header>``, ``lacking:<column>``, ``word:<vocabulary>:<word>``, ``court``, ``level``,
    ``as_of``, ``calendar``, ``zero:<column>``), ``buttons`` those that do something, ``cases`` the register once it is read.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self.cases: Cases | None = None
        self.found: Proposal | None = None
        self._said: dict[str, str] = {}
        self.questions: dict[str, Any] = {}
        self.file = widgets.Dropdown(
            options=_files(), description=str(Text("台账文件", "The file")), layout=ROW, style=WIDE
        )
        self.upload = widgets.FileUpload(
            accept=",".join(SUFFIXES),
            multiple=False,
            description=str(Text("从本机选一个文件", "Choose a file")),
            layout={"width": "16em"},
        )
        self.upload.observe(self._take_upload, "value")
        self.status = widgets.HTML()
        self._asked, self._shown = widgets.VBox(), widgets.VBox()
        texts: dict[str, tuple[Text, Callable[[], None]]] = {
            "look": (Text("认识这个文件", "Look at this file"), self._look),
            "confirm": (Text("确认，写出本院说明文件并打开", "Confirm, write the court's file, open"), self._confirm),
            "explore": (Text("探索", "Explore"), self._explore),
            "bulletin": (Text("最近一个整月的通报", "Bulletin of the last full month"), self._bulletin),
            "report": (Text("年度报告", "Yearly report"), self._report),
        }
        self.buttons = {name: self._button(text, act) for name, (text, act) in texts.items()}
        self.buttons["confirm"].layout.display = "none"
        made = widgets.HBox([self.buttons[name] for name in ("explore", "bulletin", "report")])
        super().__init__(
            [
                widgets.HBox([self.file, self.upload]),
                self.buttons["look"],
                self._asked,
                self.buttons["confirm"],
                made,
                self.status,
                self._shown,
            ]
        )
        self._enable()
        if find_court_file() is not None:
            self._doing(self._open)

    def _button(self, text: Text, act: Callable[[], None]) -> widgets.Button:
        made = widgets.Button(description=str(text), layout={"width": "auto"})
        made.on_click(lambda _: self._doing(act))
        return made

    def _doing(self, act: Callable[[], None]) -> None:
        """Do what a button says; what goes wrong stands as a sentence, and the buttons work again whatever happens."""
        with speaking(self._language):
            self._say(Text("正在处理……", "Working…"))
            for button in self.buttons.values():
                button.disabled = True
            try:
                act()
            except CourtAnalysisError as error:
                self._say(error.text)
            except KeyboardInterrupt:
                self._say(Text("已中断；没有写出任何东西。", "Interrupted; nothing was written."))
            finally:
                self._enable()

    def _enable(self) -> None:
        for name, button in self.buttons.items():
            button.disabled = name in ("explore", "bulletin", "report") and self.cases is None

    def _say(self, text: Text | str) -> None:
        self.status.value = f"<p>{html.escape(str(text))}</p>"

    def _take_upload(self, change: Any) -> None:
        for file in change["new"]:
            name = Path(file["name"]).name
            if not Path(name).exists():
                write_file(name, bytes(file["content"]))
            self.file.options = _files()
            self.file.value = name

    # -- the file and its questions

    def _look(self) -> None:
        if not self.file.value:
            raise ArgumentError(
                "这个文件夹里没有台账文件：请用“从本机选一个文件”。", "there is no file in this folder: choose one."
            )
        self._said = {}
        self.found = propose_court_file(self.file.value)
        self._ask()

    def _ask(self) -> None:
        found = self._proposal
        self.questions = {
            f"column:{h}": self._list(self._asked_column(h, c), _columns(), c) for h, c in _proposed(found)
        }
        taken = set(found.columns.loc[found.columns["found_by"].isin(["name", "content"]), "column"])
        left = found.columns.loc[found.columns["found_by"] == "", "header"]
        for name in ASKED_FOR:
            if name not in taken and len(left) and not (name == "court" and found.court):
                text = columns("cases")[name].text
                asked = Text(f"没有认出“{text.zh}”，是哪个表头", f"{text.en} was not found; which header is it")
                self.questions[f"lacking:{name}"] = self._list(
                    asked, [(str(Text("没有", "none")), ""), *((h, h) for h in left)], ""
                )
        for row in found.words.to_dict("records"):
            asked = Text(
                f"“{row['word']}”（{row['cases']}件）是哪一种", f'"{row["word"]}" ({row["cases"]} cases) is which'
            )
            offered = [
                (str(Text("不回答", "no answer")), ""),
                *((str(c.text), code) for code, c in codes(row["vocabulary"]).items()),
            ]
            self.questions[f"word:{row['vocabulary']}:{row['word']}"] = self._list(asked, offered, row["nearest"] or "")
        last = "" if found.last_day is None else str(found.last_day.date())
        self.questions["court"] = self._court(found)
        self.questions["as_of"] = self._line(Text("台账截止日（年-月-日）", "Known to which day"), last)
        levels = [(str(Text("不写", "not said")), ""), *((str(text), name) for name, text in LEVELS.items())]
        self.questions["level"] = self._list(Text("层级", "Level"), levels, found.level or "")
        calendars = [(str(calendar_text(name)), name) for name in dict.fromkeys([*STOCK_CALENDARS, found.calendar])]
        self.questions["calendar"] = self._list(Text("统计年度", "Statistical year"), calendars, found.calendar)
        for row in found.blanks.to_dict("records"):
            text = columns("cases")[row["column"]].text
            asked = Text(
                f"已结{row['closed']}件中{row['blank']}件未填“{text.zh}”：空白就是0",
                f"{row['blank']} of {row['closed']} closed cases hold no {text.en}: a blank means 0",
            )
            self.questions[f"zero:{row['column']}"] = widgets.Checkbox(description=str(asked), indent=False, layout=ROW)
        said = [
            widgets.HTML(f"<p>{html.escape(str(text))}</p>") for text in (found.caption, found.several) if str(text)
        ]
        self._asked.children = [*said, *self.questions.values()]
        self.buttons["confirm"].layout.display = ""
        self._say(_not_recognised(found) if found.lacking else LOOK_THROUGH)

    @property
    def _proposal(self) -> Proposal:
        if self.found is None:
            raise ArgumentError("请先点“认识这个文件”。", "look at a file first.")
        return self.found

    @staticmethod
    def _asked_column(header: str, column: str) -> Text:
        text = columns("cases")[column].text
        return Text(f"“{header}”是哪一栏（提议：{text.zh}）", f'Which column is "{header}" (proposed: {text.en})')

    def _court(self, found: Proposal) -> Any:
        """The court's name; of a register of several courts one of them, or none: all together, of which no report is made."""
        asked = Text("本院名称", "The court")
        if not found.courts:
            return self._line(asked, found.court or "")
        together = Text("各院合在一起看（不出通报和报告）", "all together (no bulletin and no report)")
        return self._list(asked, [(str(together), ""), *((name, name) for name in found.courts)], found.court or "")

    def _list(self, asked: Text, offered: list[tuple[str, str]], value: str) -> Any:
        return widgets.Dropdown(options=offered, value=value, description=str(asked), layout=ROW, style=WIDE)

    def _line(self, asked: Text, value: str) -> Any:
        return widgets.Text(value=value, description=str(asked), layout=ROW, style=WIDE)

    def _confirm(self) -> None:
        """Take the answers; where a header was told of, its words are asked once more, else the court's file is written and opened."""
        answers = {name: asked.value for name, asked in self.questions.items()}
        said = {name.removeprefix("column:"): value for name, value in answers.items() if name.startswith("column:")}
        said |= {
            value: name.removeprefix("lacking:")
            for name, value in answers.items()
            if name.startswith("lacking:") and value
        }
        proposed = dict(_proposed(self._proposal))
        if any(proposed.get(header) != column for header, column in said.items()) and said != self._said:
            self._said, self.found = said, propose_court_file(self.file.value, columns=said)
            self._ask()
            return
        target = Path(COURT_FILE)
        if target.exists():
            raise ArgumentError(
                f"{target} 已经有了，没有改动；要重来，请先把它改名。",
                f"{target} exists and was not changed; rename it to begin anew.",
            )
        words = self._proposal.words
        coded = [answers.get(f"word:{row['vocabulary']}:{row['word']}", "") for row in words.to_dict("records")]
        zero = tuple(
            name.removeprefix("zero:") for name, value in answers.items() if name.startswith("zero:") and value
        )
        last = last_day_known(answers["as_of"]) if answers["as_of"] else None
        decided = replace(
            self._proposal, words=words.assign(code=coded), court=answers["court"] or None, level=answers["level"] or None, calendar=answers["calendar"],
            last_day=last, zero=zero, files=(self.file.value,),
        )  # fmt: skip
        decided.must_be_register()
        write_file(target, decided.text().encode())
        self._open()

    def _open(self) -> None:
        self.cases = own_cases()
        self._asked.children, self.buttons["confirm"].layout.display = (), "none"
        self._say(self.cases.caption)

    # -- what can be made of it

    def _explore(self) -> None:
        if self.cases is not None:
            self._shown.children = [explore(self.cases, language=self._language)]
            self._say(self.cases.caption)

    def _bulletin(self) -> None:
        if self.cases is not None:
            after = self.cases.as_of + pd.Timedelta(days=1)
            month = f"{after.to_period('M') - 1}"
            out = Path(OUTPUT) / str(Text(f"通报{month}", f"bulletin-{month}"))
            self._written(
                build_bulletin(self.cases, period=month, out=out, language=self._language, progress=self._say).folder
            )

    def _report(self) -> None:
        if self.cases is not None:
            year = self.cases.years[-1]
            out = Path(OUTPUT) / str(Text(f"年度报告{year}", f"report-{year}"))
            self._written(
                build_report(self.cases, period=year, out=out, language=self._language, progress=self._say).folder
            )

    def _written(self, folder: Path) -> None:
        self._say(
            Text(
                f"已写到 {folder}，在左边的文件夹里双击打开。",
                f"Written to {folder}: open it in the folder on the left.",
            )
        )


def start_form(*, language: str | None = None) -> StartForm:
    """Show the start page: choose the court's file, answer what it leaves open, then explore it, or write a bulletin or the yearly report.

    The answers become the court's file (``本院.toml``) in the working folder, as ``court-analysis start`` writes it; where there is one, its register is
    opened at once. Nothing is typed but answers.

    Parameters
    ----------
    language : str
        ``zh`` or ``en``; without it the language spoken.

    Returns
    -------
    StartForm
        The widgets.

    >>> [button.description for button in start_form().buttons.values()][2:]
    ['探索', '最近一个整月的通报', '年度报告']
    """
    with speaking(language):
        return StartForm(spoken())


def _files() -> list[tuple[str, str]]:
    """The files in the working folder that may be a register, without those that Office keeps beside an open one."""
    return [(name, name) for name in tables_here()] or [
        (str(Text("（这个文件夹里没有台账文件）", "(no file in this folder)")), "")
    ]


def _not_recognised(found: Proposal) -> Text:
    lacking = listed([columns("cases")[name].text for name in found.lacking])
    return Text(
        f"没有认出{lacking.zh}：这个文件若不是案件台账，请另选一个；若是，请在上面指出是哪个表头，再点“确认”。",
        f"Not recognised: {lacking.en}. If this file is no case register, choose another; if it is, say above which header it is, then confirm.",
    )


def _columns() -> list[tuple[str, str]]:
    return [(str(Text("不用", "not used")), ""), *((str(c.text), name) for name, c in columns("cases").items())]


def _proposed(found: Proposal) -> list[tuple[str, str]]:
    rows = found.columns[found.columns["found_by"] == "content"]
    return [(str(header), str(column)) for header, column in rows[["header", "column"]].to_numpy()]
