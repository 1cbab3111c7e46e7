"""Disclosure: what of a register's cells may leave the court, by the class of their column (``columns.toml``).

A name is replaced by a pseudonym (``privacy.pseudonyms``); here is what stands in place of the others: labels of teams and
townships that bear a name, case numbers that are none, cells that could not be read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases.privacy import MINIMUM, people, pseudonyms_of
from analysis.files.cell_text import plain
from analysis.register.case_numbers import parse_case_number, usual_forms
from analysis.register.cells import read_code
from analysis.vocabulary.columns import codes, columns
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection

    import ibis.expr.types as ir

    from analysis.cases.table import Cases
    from analysis.register.case_numbers import CaseNumber

PERSON, QUASI_IDENTIFIER, AMOUNT = "person", "quasi-identifier", "amount"
# Columns of a case whose labels sort cases: people may hide in them.
LABELLED = {"team": "小组", "area": "区域", "court": "法院", "court_code": "法院代码"}
NUMBERS = ("case_no", "original_case_no", "petition_id")
# The 200 commonest surnames of China (Ministry of Public Security, 2020 report on names; the order is not theirs).
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏"
    "付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂"
    "焦柳邢岳齐梅庄辛管祝左涂谷祁舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净"
    # rarer ones, of characters that are little else
    "仝逄冼笪亓爨蔺郗璩褚刁仇栾逯亢郏佟闻狄宓邬邰鄢嵇裘缪昝胥谯钮谌仉瞿阎茹宦鞠邸芮隗佘佴苟邝臧訾阚酆郦厍晁蒯"
)
COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "司徒",
    "慕容",
    "皇甫",
    "尉迟",
    "令狐",
    "夏侯",
    "端木",
    "东方",
    "南宫",
    "独孤",
    "长孙",
    "呼延",
)
# An amount is no name of a team or a township.
AN_AMOUNT = re.compile(r"\s*(?:[¥￥]\s*)?(?:\d[\d,，]{2,}(?:\.\d+)?|\d+\.\d+)\s*(?:万?元\s*)?")
# Nor is a company; a team of such cases (银行组) is none.
OF_A_COURT = re.compile(r"(?:[高中]级)?(?:人民)?法[院庭]$")
COMPANY = re.compile(
    r"(?:公司|集团|商行|商贸|置业|建材|农资|贸易|实业|科技|物业|小贷|保险|担保|合作社|信用社|银行|支行|经营部|加工厂|酒店|饭店|超市)$"
)
# What names of teams and townships are made of; what is left of a label without them may be a person's name.
GENERIC = re.compile(
    r"执行实施|执行裁决|执行指挥|人民法院|人民法庭|法官|庭长|院长|局长|组长|队长|书记员|执行员|助理|审判|执行|实施|裁决|指挥|综合|财产|保全|速执|快执|繁案|简案|"
    r"查控|查询|查封|金融|文书|强制|程序|管理|申诉|申请|车辆|房产|房屋|常规|安保|单元|项目|解纷|工作室|工作站|团队|小组|大队|中队|中心|大组|专班|部门|其他|第|局|庭|队|组|室|科|处|班|号|[零〇一二三四五六七八九十百甲乙丙丁戊己庚辛壬癸\da-z#\-_.()·]"
)
TITLES = re.compile(r"法官|庭长|院长|局长|组长|队长|书记员|执行员|助理|工作室|团队|组|队|某")
PLACES = re.compile(
    r"[镇乡村屯街路区县市旗]$|街道|农场|林场|农村|苏木|社区|居委会|管委会|委员会|开发区|法院|法庭|地区|辖区|院$"
)
NUMBERED = re.compile(
    r".{2}[镇乡村屯街路区旗][一二三四五六七八九十\d]{1,3}$"
)  # a place of a longer name and which one (城关镇二)
SUFFIXED = re.compile(rf"{PLACES.pattern}|[组队庭]$")
UNITS = re.compile(
    r"[镇乡村屯旗]|街道|农场|林场|苏木|社区|居委会|开发区"
)  # what stands behind one is no part of a place
CONTACT = re.compile(r"\d{11}|\d{15}|\d{17}[\dx]")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[-‐–—－\s]+(?=\d)")
TELEPHONE = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d)[1-9]\d{6,}"
)  # without its area; a number that begins with a year is none
FEW_OF_ALL, FEWEST_MOVED, MOST_MOVED = (
    0.02,
    5,
    10,
)  # cells of one claimant that were moved by a column are few beside a court's own labels
LONG = 200  # characters of a label beyond which each name is searched for
HAN = "\u3400-\u9fff"
# Types of case numbers (法〔2015〕137号, and those of before): enforcement, and what an enforced judgment may be of.
TYPES = (
    r"(?:执(?:行|恢|保|异|复|监|督|协|请|议|他|委|罚|民|刑|商|前[调督保]?)?|恢执?|保执?|(?:少|环|知|交|海|铁)?(?:民|刑|行|商|知|经|破|赔)(?:[一二三四五六])?"
    r"(?:初|终|申|再|监|特|撤|辖|催|督|更|审|赔|调|破|保|执|非诉|附民)|司惩|司救执?|司赔|委赔|法赔|财保|保令|民?诉前[调执]|强清|清申|破申?|非诉?执|(?:劳人?)?仲裁?|公证?|[一二三四五六])"
)
TYPE = re.compile(f"{TYPES}{{1,3}}")
COURT_CODE = re.compile(rf"最高法|[{HAN}]\d{{1,4}}|新兵|新?兵\d{{1,4}}")
OF_OLD = re.compile(rf"(?P<court>[{HAN}]{{0,6}}?)(?P<type>{TYPES}{{1,3}})")
OF_COURTS = re.compile(r"(?:法院?|[一二三]?中法?院?|高法?院?)$")
BETWEEN = "年度字第号之〇零○一二三四五六七八九十总合小共计noNO"  # what a number is written with beside its parts
# Numbers of the usual form, which hold no other words.
USUAL_NUMBER = r"^[（(〔\[](?:19|20)\d\d[）)〕\]][\x{3400}-\x{9fff}]\d{0,4}执(?:恢|保|异|复|监)?(?:字第)?\d{1,7}号$"
# Numbers of other makings: 2017-12, A-17; 富执12, 访3, 旧存2. Letters before a number (ENF-12) may be a name unless the register uses them in several.
PLAIN_NUMBER = re.compile(
    r"[A-Za-z]|(?:\(\d{4}\))?(?:(?P<letters>[A-Za-z]{1,4})[-/_.#]?)?\d+(?:[-/_.]\d+)*(?:[-/_.]?[A-Za-z])?", re.ASCII
)
DECIMAL = re.compile(r"(?!(?:19|20)\d\d\.)\d+\.\d{1,2}")  # an amount that was moved by a column; 2017.12 is a number
# Digits alone: a number where the register has several such, else it may be an amount, too; among the characters of courts 1 stands for them.
SERIAL, OF_SERIALS = re.compile(r"\d{4,}"), "1"
# Numbers whose letters stand among the digits, as English courts have them: K00BM123, 2020/HCF/12.
MIXED_NUMBER = re.compile(r"(?=(?:[^A-Za-z]*[A-Za-z]){2,5}[^A-Za-z]*$)(?=.*\d)[A-Za-z\d][A-Za-z\d/_.-]{3,13}", re.ASCII)
SHORT_FORM = re.compile(
    rf"(?:[{HAN}]?{TYPES}{{1,3}}|信访|[来再]?访|[老新旧]?案|旧存|超期|已结|新收|[甲乙丙丁])?(?:字?第?|-)\d+(?:[-—/]\d+)*号?"
)
GENERIC_WORDS = re.compile(
    r"\b(?:team|group|unit|section|division|department|office|court|district|county|people'?s|enforcement|execution|criminal|civil|"
    r"administrative|north|south|east|west|central|first|second|third|fourth|[a-z]|no|other|and|of|the|high|county|magistrates|tribunal|bailiffs?|"
    r"small|claims?|debts?|recovery|complex|general|special|fast|track|cases?|assets?|sales?|auctions?|petitions?|review|alpha|beta|outside|unknown)\b",
    re.IGNORECASE,
)
ENGLISH_PLACES = re.compile(
    r"\b(?:court|magistrates|tribunal|town(?:ship)?|village|borough|ward|parish|county|riding|district)\b",
    re.IGNORECASE,
)
# What else teams are called by their work, and places by where they lie: a claimant is not.
WORK_AND_POSITIONS = re.compile(
    r"终本|恢复|执[保异恢]|内勤|外勤|法警|信访|[来接]访|评估|拍卖|变卖|民事|刑事|行政|商事|家事|少年|涉[民刑]?|知识产权|知产|破产|环资|环保|审查|异议|"
    r"事务|集约|送达|归档|档案|机动|保障|辅助|协调|委托|案款|财务|速裁|立案|督促|和解|调解|警务|救助|腾退|措施|惩戒|失信|拒执|旧案|积案|清积|攻坚|处置|机关|派出|"
    r"[未待]分配?|临时|未填|不详|未知|城关|城郊|[东西南北老新]城|[东西南北中]关|[城市县镇]区|县城|[市县省区域院]内|[外本][地省市县区乡院]|[市县省区域院]外|新区|高新|经开"
)
WORD = re.compile(rf"[^\W\d_{HAN}]{{3,}}")  # in letters
DAYS = re.compile(r"[+-]?\d{1,3}")  # a longer number may be an amount or a telephone that was moved by a column
WITHHELD = Text("××", "××")
UNREADABLE_NUMBER = Text("（案号不合规范）", "(not a case number)")
WRITTEN_DAY = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(?:19|20)\d\d[01]\d[0-3]\d"
)  # 2011-02-30 is no day, and names nobody


def names_somebody(label: str, known: Collection[str] = ()) -> bool:
    """Return whether a label holds a name that the register knows, a number of a person or telephone, or what reads like a name.

    >>> names_somebody("执行一组"), names_somebody("王伟团队", ["王伟"]), names_somebody("赵丽法官组"), names_somebody("兴隆岗镇")
    (False, True, True, False)
    >>> names_somebody("佟法官组", ["佟丽娅"]), names_somebody("古丽组", ["阿依·古丽"])
    (True, True)
    >>> names_somebody("Okafor's Village", ["Amara Okafor"]), names_somebody("Okafield Village", ["Amara Okafor", "Ashby Village"])
    (True, False)
    >>> [names_somebody(label) for label in ("锦山镇陈桂芳", "锦山镇（陈桂芳）", "锦山镇（高家屯）", "王庆坨镇", "高平街道")]
    [True, True, False, False, False]
    >>> names_somebody("示例镇六", ["示例戊"]), names_somebody("李镇一")
    (False, True)
    """
    text, people = plain(label), _people_of(tuple(known))
    # A nation's labels are asked beside thousands of names: each part of a label is looked up, not each name searched for.
    if CONTACT.search(text) or text in people.names or _holds(text, people.names):
        return True
    if people.words & set(WORD.findall(label.lower())):
        return True
    pieces = [piece for piece in re.split(r"[\W_]+", label) if not PLACES.search(piece)] if UNITS.search(label) else []
    if any(_reads_like_a_name(plain(UNITS.split(piece)[-1]), people) for piece in pieces):
        return True
    if _is_place(text):
        return False
    rest = GENERIC.sub("", text)
    if rest in people.surnames:
        return bool(TITLES.search(text))
    if len(rest) > 1 and rest in people.ends:
        return True
    return _reads_like_a_name(rest, people)


def _is_place(text: str) -> bool:
    return bool(PLACES.search(text) or NUMBERED.search(text))


def _reads_like_a_name(text: str, people: KnownPeople) -> bool:
    return 2 <= len(text) <= 4 and (text[0] in people.surnames or text.startswith(COMPOUND))


@dataclass(frozen=True)
class KnownPeople:
    """The names of a register as labels are compared: whole, by the beginnings and ends of each, by their surnames, and those in letters by words."""

    names: frozenset[str]
    ends: frozenset[str]
    surnames: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=64)
def _people_of(known: tuple[str, ...]) -> KnownPeople:
    """The names and the parts of those that have several; what a moved cell put among them is none."""
    parts = {plain(part) for name in known for part in (name, *re.split(r"[·•‧・\s]+", name)) if plain(part)}
    names = frozenset(name for name in parts if not PLACES.search(name) and GENERIC.sub("", name))
    # Of a text too long for a name only its first and last characters are: all its parts are the square of its length.
    ends = (
        frozenset(end for name in names for i in range(1, min(len(name), LONG)) for end in (name[:i], name[-i:]))
        | names
    )
    in_letters = " ".join(name.lower() for name in known if not ENGLISH_PLACES.search(name))
    words = frozenset(WORD.findall(GENERIC_WORDS.sub("", in_letters)))
    return KnownPeople(names, ends, frozenset(SURNAMES | {name[0] for name in names}), words)


def _holds(text: str, names: Collection[str]) -> bool:
    """Return whether a text holds one of the names, of at least two characters."""
    if len(text) > LONG:  # its parts are as many as the square of its length
        return any(name in text for name in names if len(name) > 1)
    return any(text[i:j] in names for i in range(len(text) - 1) for j in range(i + 2, len(text) + 1))


def public_labels(cases: Cases, column: str) -> dict[str, str]:
    """The labels of a column (``LABELLED``) as they may be shown: those that name somebody are pseudonyms of their own.

    So are townships of fewer than ``MINIMUM`` cases, companies, and other labels of few (``FEW_OF_ALL`` of the cases, ``FEWEST_MOVED`` to
    ``MOST_MOVED``) that are amounts, or made of other words than such labels are: cells that were moved by a column stand so, and a party's name
    may be a place's. Not those that begin another of many (锦山 beside 锦山镇), nor those that the court says are its own (``labels`` of its file).
    """
    table = cases.entire  # of a part the labels of the whole
    counted = table.group_by(name=table[column]).aggregate(n=table.count()).to_pandas().dropna()
    counted = counted.sort_values("name", ignore_index=True)
    known = people(cases)
    few = min(max(FEWEST_MOVED, FEW_OF_ALL * counted["n"].sum()), MOST_MOVED)
    names_of_many = tuple(name for name in counted.loc[counted["n"] >= few, "name"] if SUFFIXED.search(name))
    hidden = [
        (holds_person(name, known) if name in cases.labels else names_somebody(name, known))
        or (n < MINIMUM and column == "area")
        or (name not in cases.labels and _is_moved_cell(name, column, few=n < few, names_of_many=names_of_many))
        for name, n in zip(counted["name"], counted["n"], strict=True)
    ]
    made = pseudonyms_of(cases, counted["name"].where(hidden), label=LABELLED[column])
    return {name: name if pd.isna(label) else label for name, label in zip(counted["name"], made, strict=True)}


def holds_person(label: str, known: Collection[str] = ()) -> bool:
    """Return whether a label that is known to be no name holds one of a register's people all the same, or a number of a person.

    >>> holds_person("王法官团队", ["王法"]), holds_person("和解", ["王法"]), holds_person("139-0454-1234")
    (True, False, True)
    """
    return any(person in label for person in known) or holds_number_of_person(label)


def public_courts(cases: Cases) -> list[str]:
    """The courts of a register whose labels may be shown: a cell that was moved by a column may be a name."""
    return sorted(name for name, shown in public_labels(cases, "court").items() if name == shown)


def _is_moved_cell(label: str, column: str, *, few: bool, names_of_many: tuple[str, ...]) -> bool:
    """Whether a label reads like a cell of another column: a company, an amount, or words that are no team's and no place's."""
    if COMPANY.search(label):
        return True
    amount = column in ("team", "area") and AN_AMOUNT.fullmatch(label) is not None
    place = (
        (_is_place(label) and not _is_somebodys_court(label))
        or ENGLISH_PLACES.search(label)
        or any(name.startswith(label) for name in names_of_many)
    )
    return few and (amount or (_has_own_words(label) and not place))


def _is_somebodys_court(label: str) -> bool:
    """Whether what stands before the word for a court is no place but reads like a name: a cell moved by a column may be filled up so.

    >>> [_is_somebodys_court(label) for label in ("王建国人民法院", "李秀英法庭", "柳河县人民法院", "江宁区法院", "城关镇法庭", "金融法庭")]
    [True, True, False, False, False, False]
    """
    text = plain(label)
    rest = OF_A_COURT.sub("", text)
    return rest != text and names_somebody(rest)


def _has_own_words(label: str) -> bool:
    """Whether a label holds other words than names of teams and courts are made of, in Chinese or in letters.

    >>> _has_own_words("执行一组"), _has_own_words("Team A"), _has_own_words("Mary Brown"), _has_own_words("周德发组")
    (False, False, True, True)
    """
    own = GENERIC.sub("", WORK_AND_POSITIONS.sub("", plain(label)))
    return bool(own or re.search(r"[A-Za-z]{2}", GENERIC_WORDS.sub("", label)))


def must_not_pair(names_shown: bool, columns_shown: Collection[str]) -> None:
    """Raise ``ArgumentError`` where a case or petition number would stand beside a pseudonym."""
    kinds = {name: column.disclosure for name, column in columns("cases").items()}
    paired = [name for name in columns_shown if kinds.get(name) == PERSON]
    numbers = [name for name in columns_shown if name in NUMBERS]
    if paired and numbers and not names_shown:
        raise ArgumentError(
            f"代号（{paired[0]}）不与案号（{numbers[0]}）同列：两者并列即指明其人。只按其一分组，或在院内用 names=True。",
            f"a pseudonym ({paired[0]}) does not stand beside a case number ({numbers[0]}), which tells who it is: break down by one "
            "of them, or use names=True inside the court.",
        )


def public_cell(table: str, name: str, value: Any, own: Collection[str] = ()) -> Text:
    """A cell as a finding may print it outside: codes by their name, days and numbers as they are, no amount and no other text.

    >>> str(public_cell("cases", "closure_mode", "和解")), str(public_cell("cases", "filed_on", "王伟"))
    ('和解', '')
    >>> str(public_cell("cases", "filed_on", "2011-02-30")), str(public_cell("cases", "case_no", "（2011）富执字第1号"))
    ('2011-02-30', '（2011）富执字第1号')
    >>> str(public_cell("cases", "amount_claimed", 5_000))
    '××'
    """
    text = "" if pd.isna(value) else str(value)
    column = columns(table).get(name)
    if column is not None and column.kind == "code" and text:
        code = read_code(text, name)
        return (
            codes(name)[code].text if code in codes(name) else Text("", "")
        )  # a blank in words (无, /) or no known word
    if name in NUMBERS:
        number = public_number(text, own)
        return Text(number, number) if number or not text else UNREADABLE_NUMBER
    if column is not None and column.disclosure == AMOUNT:
        return WITHHELD if text else Text("", "")
    says_nobody = WRITTEN_DAY.fullmatch(plain(text)) or DAYS.fullmatch(text)
    return Text(text, text) if says_nobody else Text("", "")


def public_number(text: str, own: Collection[str] = ()) -> str:
    """A case number as it may be shown: what is not wholly one, in a form that is known, is not; of a note behind it the number alone.

    The type of a number is one that courts have, and before it stands a court's code, one character, or the characters that a register
    uses in several numbers (``own``, see ``court_characters``). The same goes for the letters of a number without a type, and for digits alone.

    >>> public_number("（2011）富执字第1号"), public_number("王伟"), public_number("13812345678"), public_number("A-17")
    ('（2011）富执字第1号', '', '', 'A-17')
    >>> public_number("19403.35"), public_number("50000"), public_number("2017.12")  # an amount may have been moved by a column
    ('', '', '2017.12')
    >>> public_number("EXEC/2017/12", own=["EXEC"]), public_number("WANG-12"), public_number("（2021）黑0999执王伟1号")
    ('EXEC/2017/12', '', '')
    >>> public_number("（2021）黑0999执1号（王伟）"), public_number("（2012）江宁执字第7号", own=["江宁"])
    ('（2021）黑0999执1号', '（2012）江宁执字第7号')
    >>> public_number("（2021）黑0999执1号（13812345678）"), public_number("（2021）黑0999执1号 0454-8123456")
    ('（2021）黑0999执1号', '')
    """
    number, bare = parse_case_number(text), plain(text)
    if number is None:
        if holds_number_of_person(text) or DECIMAL.fullmatch(bare):
            return ""
        if SERIAL.fullmatch(bare) and OF_SERIALS not in own:
            return ""
        letters = _letters(text)
        return (
            text if SHORT_FORM.fullmatch(bare) or (letters is not None and (len(letters) < 2 or letters in own)) else ""
        )
    court = _characters(number)
    if court is None or (len(court) > 1 and court not in own):
        return ""
    beyond = set(re.findall(f"[{HAN}A-Za-z]", bare)) - set(number.canonical) - set(BETWEEN)
    return number.canonical if beyond or holds_number_of_person(text) else text


def holds_number_of_person(text: str) -> bool:
    """Whether a text holds what could be a telephone, an identity card or an account: long digits, also with gaps or dashes.

    >>> [holds_number_of_person(text) for text in ("139-0454-1234", "0454-8123456", "20110405", "2011-04-05", "1,234,567.00")]
    [True, True, False, False, False]
    """
    return CONTACT.search(BETWEEN_DIGITS.sub("", plain(text))) is not None or TELEPHONE.search(text) is not None


def _letters(text: str) -> str | None:
    """The letters of a number that is made of letters and digits; ``None`` of another text.

    >>> _letters("ENF-12"), _letters("K00BM123"), _letters("WANG WEI 1")
    ('ENF', 'KBM', None)
    """
    parts = PLAIN_NUMBER.fullmatch(text)
    if parts is None:
        return re.sub(r"[^A-Za-z]", "", text) if MIXED_NUMBER.fullmatch(text) else None
    return parts["letters"] or ""


def court_characters(cases: Cases) -> frozenset[str]:
    """The characters of courts, the letters, and that digits alone stand in at least ``MINIMUM`` of a register's numbers: no party's name does.

    >>> from analysis.cases.table import Cases
    >>> numbers = [*(f"（2012）江宁执字第{n}号" for n in (1, 2, 3)), "（2012）王伟执字第4号"]
    >>> frame = pd.DataFrame({"case_no": numbers, "filed_on": "2012-01-04"})
    >>> sorted(court_characters(Cases.from_frames(frame, as_of="2012-12-31")))
    ['江宁']
    """
    return cases.once("court characters", lambda: _court_characters(cases.entire), of_whole=True)


def _court_characters(table: ir.Table) -> frozenset[str]:
    """The same, the numbers counted by all but their last digits: a million are a few hundred texts."""
    found: Counter[str] = Counter()
    for name in ("case_no", "original_case_no"):
        unusual = table.filter(table[name].notnull() & ~table[name].re_search(USUAL_NUMBER))
        alike = unusual.group_by(text=unusual[name].re_replace(r"\d+(号?)$", r"1\1")).aggregate(n=unusual.count())
        for text, n in alike.to_pandas().itertuples(index=False):
            number = parse_case_number(text)
            is_serial = number is None and text.isdecimal()
            found[OF_SERIALS if is_serial else (_characters(number) if number else _letters(text)) or ""] += n
    return frozenset(court for court, n in found.items() if court and n >= MINIMUM)


def _characters(number: CaseNumber) -> str | None:
    """The characters of a number before its type, without those that courts share; ``None`` of a type that no court has."""
    if COURT_CODE.fullmatch(number.court):
        return "" if TYPE.fullmatch(number.type_word) else None
    parts = OF_OLD.fullmatch(number.court + number.type_word)
    return OF_COURTS.sub("", parts["court"]) if parts else None


def public_numbers(cases: Cases, numbers: pd.Series) -> pd.Series:
    """A column of a register's case numbers as it may be shown (``public_number``)."""
    own = court_characters(cases)
    texts = pa.array(numbers.dropna().unique().tolist(), pa.string())  # none of a register without numbers
    forms = usual_forms(texts)
    # A number of a form that is shown as it stands is shown as it stands, whatever its serial.
    plain_forms = [
        form for form in forms.unique().to_pylist() if parse_case_number(form) and public_number(form, own) == form
    ]
    others = texts.filter(pc.invert(pc.is_in(forms, pa.array(plain_forms, pa.string())))).to_pylist()
    shown = {text: public_number(text, own) or UNREADABLE_NUMBER.cell for text in others}
    return numbers.where(~numbers.isin(others), numbers.map(shown)).astype(numbers.dtype) if others else numbers
