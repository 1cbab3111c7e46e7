"""The names of files, sheets and columns not read as they are recorded: one that could be somebody's is a number instead, wherever it is shown.

A workbook may have a sheet an officer, a folder a file or a subfolder an officer, and whose they are stands in their names alone. So only what
names of files are made of is recorded as it is written: words of registers and courts, days, numbers, places.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from analysis.files.cell_text import plain
from analysis.files.source import digest
from analysis.register.disclosure import (
    GENERIC,
    GENERIC_WORDS,
    HAN,
    PLACES,
    SURNAMES,
    WORK_AND_POSITIONS,
    holds_number_of_person,
    names_somebody,
)
from analysis.register.headers import HEADER_WORDS, UNITS, is_known, reads_as_header

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from analysis.cases.table import Cases

SHOWN_CHARACTERS = 8  # of the checksum by which a file is told from others
FEWEST_OF_A_NAME = 2
# What names of files and sheets are made of, besides what labels of teams are.
FILE_WORDS = re.compile(
    r"台[账帐]|登记|案件|信息|数据|明细|汇总|统计|报表|清单|名册|一览|年度|季度|月份|半年|全年|收案|结案|收结存|[未已]结|旧存|新收|首次|恢复|终结|本次|系统|导出|"
    r"备份|副本|最[终新]|更正|修[改订正]|[全本]院|区划|工作|来信|来访|信访|访|强制|措施|司法|救助|附带|非诉|诉讼|电子|说明|封面|目录|填表|附件|办案|罚款|拘留|限高|失信|仲裁|公证|问题|示例|样例|合成|测试|"
    r"口径|考核|办法|模版|定义|指标|节假日|假[期日]|放假|区间|会议|纪要|评比|评价|考评|项目|方案|公布|数字|"
    r"在办|办结|归档|待办|移送|报送|模板|原始|整理|[年季月日旬周天上下前后新旧老案件表簿册页单本类卷收结存未已入出全部分总合计份版稿改的与和及或各其它另等报费]"
)
FILE_WORD = re.compile(
    r"(?:sheets?|registers?|data|samples?|synthetic|exports?|copy|final|new|old|tables?|measures|aid|reports?|lists?|all|years?|months?|quarters?|"
    r"pages?|books?|workbook|files?|my|test|made|up|closed|filed|opening|pending|q[1-4]|h[12]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
    r"inputs?|outputs?|own|sources?|dockets?|ledgers?|backups?|imports?|downloads?|full|whole|part|half|raw|clean|totals?|summary|drafts?|version|"
    r"te?mp|before|after|later|earlier|rows?|columns?|main|info|start|end|open|week|day|date|coercive|judicial|officers?|claims|archive|system|"
    r"judge?ments?|orders?|warrants?|writs?|possession|applications?|payments?|judges?|person|people|staff|monthly|quarterly|yearly|annual|updated?|"
    r"definitions?|schemes?|templates?|holidays?|items?|intervals?|former|minutes|evaluations?|returns?|peers?|courts?|panel|printed|statistics|indicators?|"
    r"english|chinese|utf|gbk?|csv|xlsx?|et|parquet|txt|one|two|three|four|five|moved|right|wrong|good|bad|big|small|taizhang|zhixing|anjian|"
    r"jiean|fayuan|tongji)",
    re.IGNORECASE,
)
# The hundred most frequent surnames, which four of five people bear, spelt as a system of letters alone writes them; then a given name.
SPELT_NAME = re.compile(
    r"(?:wang|li|zhang|liu|chen|yang|huang|zhao|wu|zhou|xu|sun|ma|zhu|hu|guo|he|lin|gao|luo|zheng|liang|xie|song|tang|deng|han|feng|"
    r"cao|peng|zeng|xiao|tian|dong|pan|yuan|cai|jiang|yu|du|ye|cheng|wei|su|l[vu]|ding|ren|shen|yao|cui|zhong|tan|fan|jin|shi|liao|"
    r"jia|xia|fu|fang|zou|xiong|bai|meng|qin|qiu|hou|yin|xue|yan|lei|long|tao|hao|gong|shao|gu|mao|wan|qian|dai|mo|kong|xiang)"
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)(?:[iu]?ang|i?ong|[ei]ng|[iu]?an|i?ao|u?ai|ei|ou|[eiu]n|i[aeu]|u[aoie]|ve|[aeiouv])|"
    r"a(?:i|o|ng?)|e[rn]|ou){1,2}",
    re.IGNORECASE,
)
# What stands beside a name in a heading; two characters are a name behind a role alone (方案, 程序 begin like one).
BESIDE_A_NAME = re.compile(
    rf"{HEADER_WORDS.pattern}|人|是否|办理|意见|经[手办]|办案|负责|签[字名收]|审[批核]|核对|制表|填[表报]|司法|诉讼|和解|支付|[款费收]"
)
BEHIND_A_ROLE = re.compile(rf"(?:人|承办|经[手办])(?!(?:{HEADER_WORDS.pattern}))[{''.join(sorted(SURNAMES))}][{HAN}]$")
LETTERS, PIECE = re.compile(r"[^\W\d_]+"), re.compile(f"[{HAN}]+(?:·[{HAN}]+)*")


def shown_file(name: str, sha256: str, own: Collection[str] = ()) -> str:
    """The name of a file as it is recorded; one that could be somebody's is the beginning of the file's checksum (``own``: words of the court)."""
    path = PurePosixPath(name)
    telling = any(is_telling(part, own) for part in (*path.parts[:-1], path.stem))
    return f"#{sha256[:SHOWN_CHARACTERS]}{path.suffix}" if telling else name


def shown_given(given: str | Path, own: Collection[str] = ()) -> str:
    """A file that the caller gave by its name as it is recorded, never by its path; anything else, as the id of a set, as it is."""
    path = Path(given)
    return shown_file(path.name, digest(path, str(path))[0], own) if path.is_file() else str(given)


def shown_sheet(name: str, place: int, own: Collection[str] = ()) -> str:
    """The name of a sheet as it is recorded; one that could be somebody's is its place among the sheets."""
    return f"#{place}" if is_telling(name, own) else name


def recorded_heading(heading: str, place: int, own: Collection[str] = ()) -> str:
    """The heading of a column as it is recorded: as written where its words are known (``is_known``, ``own`` of the court's file), else its place.

    >>> [recorded_heading(heading, 7) for heading in ("立案日期", "备注", "Nguyen", "阿卜杜拉买买提", "承办人（王伟）")]
    ['立案日期', '备注', '[7]', '[7]', '[7]']
    """
    return heading if is_known(heading, own) else f"[{place}]"


def heading_key(file: str, sheet: str, recorded: str) -> str:
    """By what the heading as written is kept for the clerk (``Cases.headings``)."""
    return f"{file}\n{sheet}\n{recorded}"


def with_own_headings(cases: Cases, mapping: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``Cases.mapping`` with the headings as they are written: those that the package does not know are recorded by their place."""
    places = zip(mapping["file"], mapping["sheet"], mapping["header"], strict=True)
    return mapping.assign(header=[cases.headings.get(heading_key(*place), place[-1]) for place in places])


def shown_heading(heading: str, place: int) -> str:
    """The heading of a column in an error of reading, for whoever reads the register; one that could hold somebody's name is its place.

    >>> [shown_heading(heading, 7) for heading in ("案情简介", "余款金额", "欧阳志远", "wangwei", "139-0454-1234")]
    ['案情简介', '余款金额', '[7]', '[7]', '[7]']
    >>> [shown_heading(heading, 7) for heading in ("申请人王建国", "备注（王伟）", "Wei Wang", "阿依努尔·吐尔逊", "利息（万元）")]
    ['[7]', '[7]', '[7]', '[7]', '利息（万元）']
    """
    telling = holds_number_of_person(heading) or _is_spelt(heading) or any(map(_holds_a_name, PIECE.findall(heading)))
    return f"[{place}]" if telling else heading


def _is_spelt(heading: str) -> bool:
    """Whether a word of a heading, or two that follow each other, in either order, are a name in letters."""
    words = [word for word in LETTERS.findall(heading.replace("_", " ")) if not HEADER_WORDS.fullmatch(word.lower())]
    both = ["".join(pair) for first, then in pairwise(words) for pair in ((first, then), (then, first))]
    return any(map(SPELT_NAME.fullmatch, [*words, *both]))


def _holds_a_name(piece: str) -> bool:
    """Whether characters of a heading are a name, or stand beside what headings say (申请人王建国)."""
    if "·" in piece or (names_somebody(piece) and piece not in UNITS and not reads_as_header(piece)):
        return True
    return bool(BEHIND_A_ROLE.search(piece)) or any(
        len(rest) > FEWEST_OF_A_NAME and names_somebody(rest) for rest in BESIDE_A_NAME.split(piece) if rest != piece
    )


def is_telling(name: str, own: Collection[str] = ()) -> bool:
    """Whether a name of a file or sheet holds what could be a person's name, or a number of a person: any word that such names are not made of.

    >>> [is_telling(name) for name in ("王建国", "鞫鬀", "执行案件-李秀英", "Zhang Weimin", "zhangsan", "案件13945004721", "Okonjo export")]
    [True, True, True, True, True, True, True]
    >>> is_telling("Harrowgate 2023"), is_telling("Harrowgate 2023", ["Harrowgate County Court"])
    (True, False)
    >>> [is_telling(name) for name in ("2011年执行案件台账(1)", "富锦市人民法院", "锦山镇", "执行一组", "Sheet1", "恢复执行", "taizhang")]
    [False, False, False, False, False, False, False]
    >>> is_telling("富锦2011"), is_telling("富锦2011", ["富锦市人民法院"]), is_telling("富锦执行明细", ["富锦市人民法院"])
    (True, False, False)
    """
    if holds_number_of_person(name):
        return True
    words = [
        word
        for word in LETTERS.findall(GENERIC_WORDS.sub(" ", PIECE.sub(" ", name).replace("_", " ")))
        if len(word) > 1
    ]
    of_own = {word.lower() for text in own for word in LETTERS.findall(text)}
    if any(not FILE_WORD.fullmatch(word) and word.lower() not in of_own for word in words):
        return True
    return any(
        _could_be_a_name(piece, own) for piece in PIECE.findall(plain(name)) if not any(piece in word for word in own)
    )


def _could_be_a_name(piece: str, own: Collection[str]) -> bool:
    rest = FILE_WORDS.sub("", WORK_AND_POSITIONS.sub("", FILE_WORDS.sub("", GENERIC.sub("", piece))))
    if len(rest) < FEWEST_OF_A_NAME:
        return rest in SURNAMES and FEWEST_OF_A_NAME <= len(piece) <= FEWEST_OF_A_NAME + 1
    if any(rest in word for word in own):
        return False
    return names_somebody(piece) or not PLACES.search(piece)
