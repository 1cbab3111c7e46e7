"""Expressions of time in a statement: stretches with their first and last day, days, and the day of publication."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from analysis.returns.numbers import han_value


@dataclass(frozen=True)
class Span:
    """An expression of time: a stretch (a day that is not said is missing), or merely a day or another year."""

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    year: int | None
    stretch: bool = True

    @property
    def is_a_year(self) -> bool:
        """Whether it is a stretch of one year."""
        return bool(self.first and self.last and (self.last - self.first).days in (364, 365))

    @property
    def of_years(self) -> bool:
        """Whether it is a stretch of more than a year."""
        return bool(self.first and self.last and (self.last - self.first).days > 365)


# a bracket with figures of its own
ASIDE = re.compile(r"[(（][^()（）]*[\u4e00-\u9fa5][^()（）]*\d+\s*[件%万亿元宗起][^()（）]*[)）]")
LED_TO = re.compile(  # 尚余718件转入2020年: of no figure; 较一季度回落
    "(?:[转延拖跨结]入|[转移]至|结转(?:至|到)|留待|占|(?<![结收案额率])比|较|(?:环比|同比|相比)[(（])\\Z"
)
# signs of time that say no stretch of it: what is compared, ends of years, lengths and means; any other leaves the time open
NO_STRETCH = re.compile(
    r"(?<=[转入至到])[下次]一?年度?|(?:去|上|前|今|本|同|[一二三四五两近]|\d|[上前]一)个?(?:年|季)(?:度|同[期比]|[初末底])?|每?年[初末底均度]|[月季期][末底初均]|[单当]月|日均|(?:[分按逐历]年|逐[月季])度?"
    r"|(?<!历时)(?<!为期)(?<!\d)(?:\d+|[一二三四五六七八九十百])(?:个?多?[天日月年]|小时|周)(?:以[上下内]|内|之内)?|[上下]个月|月度|季度|日(?:常|益|前|程|趋|报)|(?<=[年月日])(?:开展)?[“\"][^”\"]{2,16}[”\"](?:专项)?(?:行动|活动|工作|战役|会战)?期间|[党放传念活]日|之年|长期以来|一直以来|疫情期间|法[定律]期间|天平|天数|(?<=\d年)当年|周(?:某|期|边|密|转)|(?:未成|青少?|成|少|中|老|青壮|常)年|年(?:轻|龄|限)"
)
TIME_SIGN = re.compile("[年月日天晚夜晨周旬季]|以来|期间|[之以]后|[之以]前|阶段|[施行立革动束展始](?:前|后)(?=[,，])")
COMPARED = re.compile(
    "(?:[为是系]|相当于|不[及到足]|超过?|超出|接近|回[升落]至|恢复[到至])$"
)  # 是2014年的2.1倍: no time of its own
BESIDE = re.compile("[^，,。;；\\d]*")
OF_A_FIGURE = re.compile("[由从比较与]$")  # 从2016年的142件: no year of which what follows is
SINCE_THEN = re.compile("(?<=以来)的?(?:首次|首个|最|历史|新[高低]|第一)")  # 自2019年以来首次下降: of no figure
LED = 12  # characters in which it is said what a time leads up to
TO = r"\s*(?:-|—|–|－|~|～|至|到)+\s*"
MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"  # 11, 十一
HAN_YEAR = re.compile(r"[一二][〇零○九][〇零○一二三四五六七八九]{2}(?=年|[—－–~～至-][一二][〇零○九])")
YEAR_SIGNS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
PART = {
    "上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
    "前三季度": (1, 9), "前两季度": (1, 6), "前三个季度": (1, 9), "一至三季度": (1, 9), "1-3季度": (1, 9),
    "1至3季度": (1, 9), "全年": (1, 12), "1季度": (1, 3), "2季度": (4, 6), "3季度": (7, 9), "4季度": (10, 12),
    "四个季度": (1, 12), "各季度": (1, 12), "各个季度": (1, 12),
}  # fmt: skip
REPORT_OF_A_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d{2})年(?:度)?(?![上下前第一二三四\d]|度?[1-9])[^，。;；\d]*(?:通报|情况|分析|态势|白皮书|综述|总结|公报|年报)$"
)
THE_YEAR = r"(?:(?:(?P<year>(?:19|20)\d{2})\s*年度?)|(?P<said>今年|本年度?|去年|上年度?|上一年度?))"
TIMES = [
    # 两年来（2021年、2022年）
    re.compile(
        r"(?:近|过去|这)?[两三四五\d]年(?:来|以来|间)?[(（](?P<year>(?:19|20)\d{2})年?[^()（）。;；]{1,16}?(?P<year2>(?:19|20)\d{2})年?度?[)）]"
    ),
    # 2024年第8期: the year of the months that follow, and no stretch of its own
    re.compile(r"(?P<issue>(?P<year>(?:19|20)\d{2})年)(?=(?:度)?(?:第\d+期|总第))"),
    # 比2014年, 与2016年上半年相比: what is compared with is no stretch of its own
    re.compile(
        r"(?<=[比较与同])(?P<day>(?:去年|上年|上一年|今年|(?:19|20)\d{2}年)?\d{1,2}月(?:份|[底末初]|\d{1,2}日)|(?:19|20)\d{2}年(?:度|同期|上半年|前?[\d一二三]{1,2}个?(?:月|季度)|\d{1,2}[-至]\d{1,2}月)?|上个?月|上个?季度)"
    ),
    re.compile(r"(?P<day>括号[内中里][^()（）。；;]*?(?:19|20)\d{2}年[^()（）。；;]*)"),  # (括号内为2017年数据)
    # 由2019年的88.6%上升到91.5%
    re.compile(r"(?<=[由从])(?P<day>(?:19|20)\d{2}年(?:度|同期|底|末|初)?)(?=的)"),
    # 2010年1月1日至2011年6月30日
    re.compile(
        r"(?:(?P<year>(?:19|20)\d{2})年|(?P<said>今年|去年))?(?P<m1>"
        + MONTH
        + r")月(?P<d1>\d{1,2})日"
        + TO
        + r"(?:(?P<year2>(?:19|20)\d{2})年|(?P<said2>今年))?(?P<m2>"
        + MONTH
        + r")月(?P<d2>\d{1,2})日"
    ),
    # 2010年1月至2011年6月
    re.compile(
        r"(?P<year>(?:19|20)\d{2})年(?P<m1>"
        + MONTH
        + r")月份?"
        + TO
        + r"(?:(?P<year2>(?:19|20)\d{2})年|(?P<said2>今年))(?P<m2>"
        + MONTH
        + r")月(?:(?P<d2>\d{1,2})日)?"
    ),
    # 2017年前4个月
    re.compile(THE_YEAR + r"?前(?P<m2>" + MONTH + r")个?月"),
    # 2020年至2024年6月
    re.compile(
        r"(?P<year>(?:19|20)\d{2})年"
        + TO
        + r"(?:(?P<year2>(?:19|20)\d{2})年|(?P<said2>今年))(?P<m2>"
        + MONTH
        + r")月份?底?(?!\d{1,2}日)"
    ),
    # 2010-2011年
    re.compile(r"(?P<year>(?:19|20)\d{2})\s*年?" + TO + r"(?P<year2>(?:19|20)\d{2})\s*年(?!\d)"),
    # 2019、2020、2021年; 2019、2020、2021三年分别受理
    re.compile(r"(?P<year>(?:19|20)\d{2})(?=(?:[、和与及](?:19|20)\d{2})*[、和与及](?:19|20)\d{2}[两三四五六]?年)"),
    re.compile(r"(?<=\d[、和与及])(?P<year>(?:19|20)\d{2})(?=[两三四五六]年)"),
    # 2023年一季度至四季度
    re.compile(r"(?:" + THE_YEAR + r")?第?(?P<q1>[一二三1-3])(?:个?季度?)?" + TO + r"第?(?P<q2>[二三四2-4])个?季度"),
    # 2011年1月至6月20日
    re.compile(THE_YEAR + r"?[，, ]?(?P<m1>" + MONTH + r")月" + TO + r"(?P<m2>" + MONTH + r")月(?P<d2>\d{1,2})日"),
    # (2011年)1-12月
    re.compile(THE_YEAR + r"?[，, ]?(?P<m1>" + MONTH + r")月?" + TO + r"(?P<m2>" + MONTH + r")月份?(?!\d{1,2}日)"),
    # 截至2018年9月10日, 截至9月底, 截至2011年底
    re.compile(
        r"(?P<until>截至|截止|截止到|截至到|(?:(?<=[，,。；;\n])|^)至(?=[^，,。；;]{0,12}[日底末][，,]))(?:目前|到)?(?:(?P<year>(?:19|20)\d{2})年|(?P<said>今年|去年|本年))?"
        r"(?:(?P<m1>" + MONTH + r")月(?:(?P<d1>\d{1,2})日|底|末|份(?!\d))?(?![上中下]旬)|底|末)"
        r"(?=(?:[^\d。;；比较与同由从]{0,12}(?P<told>(?:19|20)\d{2})年(?:度|受|新|共|收))?)"  # 截至12月15日，我院2022年受理
    ),
    # 2015年10月底前
    re.compile(r"(?:(?P<year>(?:19|20)\d{2})年|(?P<said>今年|去年|本年))(?P<m1>" + MONTH + r")月(?P<until>[底末]前)"),
    # 2018年6月30日，全院未结案件9件
    re.compile(
        r"(?P<year>(?:19|20)\d{2})年(?P<m1>"
        + MONTH
        + r")月(?P<d1>\d{1,2})日(?P<until>)(?=[，,][^，,。;；\d]*(?:未结|存案|结存)|(?:[全我本该]院)?(?:[尚仍共]?有)?(?:未结|存案|结存))"
    ),
    # 2016年12月底，我院存案9件
    re.compile(
        r"(?<![比较与同由从至到])(?P<year>(?:19|20)\d{2})年(?P<m1>"
        + MONTH
        + r")月(?P<until>[底末])(?=[，,]|全院|我院|尚?未结|存案)"
    ),
    # 2017年12月31日止
    re.compile(r"(?P<year>(?:19|20)\d{2})年(?P<m1>" + MONTH + r")月(?P<d1>\d{1,2})日(?P<until>[为截]?止)"),
    # 2015年5月1日立案登记制实施以来
    re.compile(
        r"(?P<year>(?:19|20)\d{2})年(?P<m1>"
        + MONTH
        + r")月(?:(?P<d1>\d{1,2})日)?[^，,。;；:：\d]{2,14}(?P<since>以来|(?<=实施|施行|实行|开展|启动|推行|成立|运行|改革)(?:起|后))"
    ),
    # 2011年3月5日以来, 2010年3月以来, 2010年以来, 今年以来
    re.compile(
        THE_YEAR + r"(?:(?P<m1>" + MONTH + r")月份?(?:(?P<d1>\d{1,2})日)?)?(?P<since>以来|至今|起至今|开始|起|来)"
    ),
    # 2023年四季度末
    re.compile(THE_YEAR + r"?第?(?P<part>" + "|".join(sorted(PART, key=len, reverse=True)) + ")(?P<until>[末底])"),
    # 今年上半年（2024年）
    re.compile(
        r"(?:今年|去年|本年)?(?P<part>"
        + "|".join(sorted(PART, key=len, reverse=True))
        + r")[(（](?P<year>(?:19|20)\d{2})年[)）]"
    ),
    # (2011年)上半年
    re.compile(
        THE_YEAR + r"?第?(?P<part>" + "|".join(sorted(PART, key=len, reverse=True)) + r")(?=(?P<upto>累计.{0,2}率)?)"
    ),
    # 2011年3月
    re.compile(THE_YEAR + r"(?P<m1>" + MONTH + r")月份?(?!\d{1,2}日)"),
    # 8月以来, 12月份: of the year last said
    re.compile(r"(?<![\d年至到—–~～-])(?P<m1>" + MONTH + r")月份?(?P<since>以来|至今|起至今|开始|起)"),
    re.compile(
        r"(?<![\d年至到—–~～-])(?P<m1>" + MONTH + r")月份?(?!\d(?![\d,.]*(?:万?件|%|[万亿]?元))|底|初|末|[上中下]旬)"
    ),
    # 9月末存案: of the year last said
    re.compile(r"(?<![\d年至到—–~～-])(?P<m1>" + MONTH + r")月(?P<until>[底末])(?=(?:共|尚)?有?(?:存案|未结|结存))"),
    # 逐月升至8月的36.9%
    re.compile(r"(?<=[升降增减][至到])(?P<m1>" + MONTH + r")月份?(?=的\d)"),
    # 2011年3月5日, and dates in figures
    re.compile(
        r"(?P<day>(?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?)"
    ),
    re.compile(r"(?P<day>\d{1,2}月(?:\d{1,2}日|底|初|末|中旬|上旬|下旬))"),
    # 2011年底，全院未结
    re.compile(
        r"(?<![比较与同由从至到截止去上])(?:到|至)?(?P<year>(?:19|20)\d{2})年(?P<until>年?[底末])(?=[，,]|全院|尚?未结|仍?有|存案|结存)"
    ),
    # 三年来, 3年来
    re.compile(
        r"(?P<many>(?:过去的?[一两三四五六](?:年|个月)(?!来|以来|间)|(?:近|过去)?(?:半|[一二两三四五六七八九十\d]+)(?:年|个月)(?:多)?(?:来|以来|间)(?!首次|最|新高|新低|的?历史|第一)))"
    ),
    # 三年新收: the years said before
    re.compile(
        r"(?<![\d第近])(?P<many>(?:这)?[两三四五]年)(?=共|合计|累计|新收|受理|审|执结|执行到位|到位|结案|收案|办结)"
    ),
    # 2015年清理积案9件。当年新收99件
    re.compile(
        r"(?P<many>[当同]年|年内)(?=[，,]?(?:[我本全]院)?共?(?:新收|受理|收案|审|执结|结案|办结|旧存|未结|立案)(?!.{0,6}率))"
    ),
    # 本年累计: to the end of the month said
    re.compile(r"(?P<many>(?:本年|今年|年内|全年)(?=累计[:：]))"),
    # 本月, 集中执行活动期间: a stretch of its own, whose days are not said
    re.compile(
        r"(?P<many>[本当上](?:月|季度|季|周)(?![率度年])|(?:专项|集中|集中执行|此次|本次)?(?:活动|行动|战役|会战|执行周|执行月)期间|截[至止]到?目前|到?目前为止|迄今|(?<![\u4e00-\u9fa5])目前(?=[,，]|[我本全]院|存案|未结|尚|仍|还|在办|积存))"
    ),
    # “百日会战”开展以来, 集中清理期间
    re.compile(
        r"(?P<many>自?[^\d，,。;；:：\s]{0,10}(?:攻坚战|会战|战役|行动|活动|斗争|整治|清理|执行年|攻坚)[”\"》]?(?:打响|开展|启动|开始|部署|实施)?(?:以来|期间))"
    ),
    # 2018年初，我院旧存99件: the stock of its first day is that of the year
    re.compile(
        r"(?<![比较与同由从至到])(?P<year>(?:19|20)\d{2})年初(?=[，,]?[^，,。;；\d]{0,10}(?:旧存|未结|存案|结存|遗留))"
    ),
    # 2011年底, 2008年以前: a number, but no stretch of time
    re.compile(r"(?P<day>(?:19|20)\d{2}\s*年(?:底|末|初|以前|之前|前))"),
    # 数读2022：
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?=[:：|｜](?!\d))"),
    # 2011年(度)
    re.compile(r"(?P<year>(?:19|20)\d{2})\s*年度?"),
    re.compile(r"(?<![比较与同至到由从])(?P<said>今年|本年度|去年|上年度)(?!同期|旧存|结转|末|底|初|存案|未结|同比)"),
]


def years_in_digits(text: str) -> str:
    """Return a text with its years in digits, sign for sign.

    >>> years_in_digits("二〇一九年受理一百件")
    '2019年受理一百件'
    """
    return HAN_YEAR.sub(lambda found: found[0].translate(YEAR_SIGNS), text)


THIS_YEAR = re.compile(r"[，,]?(?:[^，,。；;：:\d]{0,16}院)?[今本]年(?:以来|来|起)?")  # 截至8月底，甲县法院今年以来
MANY_YEARS = re.compile("(?P<past>过去的?|这)?(?P<years>[一二两三四五六七八九十]{1,2}|\\d{1,2})年(?P<over>来|以来|间)?")
A_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年(?P<part>[\d上下前第一二三四至到—－–~～-])?")
REPORTED_BY = 3  # the month by which a report of whole years is given
PUBLISHED = re.compile(
    r"(?:发布|发表|更新|日期|时间|来源)[^\d\n]{0,8}(?P<y>20\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})"
)


def whole_year(year: int, at: int) -> Span:
    """A year that a text names at a place."""
    return Span(at, at, f"{year}年", date(year, 1, 1), date(year, 12, 31), year)


def a_year_before(span: Span) -> Span | None:
    """The same stretch of time a year before, of several years as many before; ``None`` where one of its ends is not said."""
    if not (span.first and span.last):
        return None
    return years_before(span, span.last.year - span.first.year + 1 if span.of_years or span.is_a_year else 1)


def years_before(span: Span, years: int) -> Span | None:
    """The same stretch of time, or all time to the same day, some years before; ``None`` where its end is not said."""
    if not span.last:
        return None
    ended = month_end(span.last.year - years, span.last.month)
    whole = span.last == month_end(span.last.year, span.last.month)
    last = ended if whole else ended.replace(day=min(span.last.day, ended.day))
    first = span.first and span.first.replace(year=span.first.year - years, day=min(span.first.day, 28))
    return replace(span, first=first, last=last, year=last.year)


def single_years(span: Span) -> Iterator[Span]:
    """Return the years of a span that is several whole years, each as a span; nothing for any other."""
    first, last = span.first, span.last
    if first and last and last.year > first.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        for year in range(first.year, last.year + 1):
            yield Span(span.start, span.end, f"{year}年", date(year, 1, 1), date(year, 12, 31), year)


def parts(span: Span) -> Iterator[Span]:
    """The parts of a span of which a list may speak in turn: its years, or the quarters or months by which it is named."""
    yield from single_years(span)
    first, last = span.first, span.last
    size = 3 if "季度" in span.text else 1 if re.search(r"月", span.text) else 0  # months
    if (
        size
        and first
        and last
        and first.year == last.year
        and first.day == 1
        and last == month_end(last.year, last.month)
    ):
        begun = range(first.month, last.month + 1, size)
        if len(begun) > 1 and (last.month - first.month + 1) % size == 0:
            for month in begun:
                end = month_end(first.year, month + size - 1)
                name = f"{(month + 2) // 3}季度" if size > 1 else f"{month}月"
                yield replace(span, text=name, first=first.replace(month=month), last=end)


def published_on(text: str) -> date | None:
    """The day of publication, where a text says it.

    >>> published_on("发布时间:2012-06-11 10:07:16")
    datetime.date(2012, 6, 11)
    """
    found = PUBLISHED.search(text)
    return date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None


def spans(text: str, published: date | None) -> Iterator[Span]:
    """Expressions of time in a text, in order; only those that say a stretch of time have a day.

    >>> [(s.text, str(s.first), str(s.last)) for s in spans("2011年上半年结案，去年以来息访", date(2012, 6, 11))]
    [('2011年上半年', '2011-01-01', '2011-06-30'), ('去年以来', '2011-01-01', 'None')]
    """
    at, said = 0, _Said(text, published)
    asides = [m.span() for m in ASIDE.finditer(text)]
    ahead = [p.search(text) for p in TIMES]  # of each the next
    while at < len(text):
        ahead = [m if m is None or m.start() >= at else m.re.search(text, at) for m in ahead]
        hits = [(m.start(), -m.end(), n, m) for n, m in enumerate(ahead) if m]
        if not hits:
            return
        *_, found = min(hits, key=lambda hit: hit[:3])
        span = _span(found, published, said.year, said.this_year)
        if LED_TO.search(text, max(0, span.start - LED), span.start) or SINCE_THEN.match(text, span.end):
            span = Span(span.start, span.end, span.text, None, None, None, stretch=False)
        yield span if any(a <= span.start < b for a, b in asides) and span.first else said.told(span)
        at = found.end()


def unclear_times(
    text: str,
    known: list[tuple[int, int]],
    sign: re.Pattern[str] = TIME_SIGN,
    no_stretch: re.Pattern[str] = NO_STRETCH,
) -> list[int]:
    """Where a text speaks of a time that is not understood, outside the places ``known``: 当天, 近日, 这一周.

    >>> unclear_times("当天执结7件，同比上升，去年同期5件", [])
    [1]
    """
    plain = list(text)
    for start, end in [*known, *(m.span() for m in no_stretch.finditer(text))]:
        plain[start:end] = " " * (end - start)
    return [m.start() for m in sign.finditer("".join(plain))]


class _Said:
    """The times said so far, by which those after them are understood: 三年来, 本月, 本年累计."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.title = text.split("\n", 1)[0] if "\n" in text else ""
        self.published = published
        reported = REPORT_OF_A_YEAR.search(self.title)
        # 今年 in a report on a year that is over is the year reported
        self.this_year = int(reported["year"]) if reported else published.year if published else None
        self.year: int | None = None
        self.month: Span | None = None  # said right before
        self.title_month: Span | None = None
        self.title_year: Span | None = None
        self.days: Span | None = None  # said last, with both of its days
        self.until: Span | None = None  # said last, a day to which figures run
        self.years: Span | None = None  # several years said last
        self.single: list[Span] = []  # whole years said one by one

    def told(self, span: Span) -> Span:
        """A time with the days that it has by those said before."""
        until = self.until and THIS_YEAR.fullmatch(self.text, self.until.end, span.end)
        span = span if span.first and span.last and not until else self._related(span)
        compared = span.is_a_year and COMPARED.search(self.text, max(0, span.start - LED), span.start)
        self.year = self.year if compared and self.year else span.year or self.year
        first, last = span.first, span.last
        if first and last:
            self.month = span if (first.year, first.month) == (last.year, last.month) else None
            self.single += [span] if span.is_a_year and span.stretch else []
            if span.end <= len(self.title):
                self.title_month = self.month or self.title_month
                self.title_year = span if span.is_a_year else self.title_year
        self.days = span if first and last and span.stretch else self.days
        self.until = span if last and not first else None
        self.years = span if list(single_years(span)) else self.years
        return span

    def _related(self, span: Span) -> Span:
        months, days = self.month or self.title_month, self.days
        if days and span.text.endswith(("期间", "以来")) and BESIDE.fullmatch(self.text, days.end, span.start):
            # 9月1日至11月30日“百日清案”专项行动期间; 3月“秋收行动”开展以来
            last = days.last if span.text.endswith("期间") else None
            return replace(days, start=span.start, end=span.end, text=days.text + span.text, last=last)
        if span.text == "半年来" and self.published:
            return _half_ended(span, self.published)
        if self.until and self.until.last and THIS_YEAR.fullmatch(self.text, self.until.end, span.end):
            return replace(
                self.until,
                start=span.start,
                end=span.end,
                text=span.text,
                first=self.until.last.replace(month=1, day=1),
            )
        if span.text in ("一年来", "1年来") and self.title_year:  # 2020年工作回顾\n一年来
            return replace(span, stretch=False)
        if span.text in ("当月", "本月") and (months or self.year):
            return replace(months or span, start=span.start, end=span.end, text=span.text, stretch=bool(months))
        if span.text in ("本年", "今年", "年内", "全年") and self.title_month and self.title_month.last:
            first = self.title_month.last.replace(month=1, day=1)
            return replace(self.title_month, start=span.start, end=span.end, text=span.text, first=first)
        if span.text in ("当年", "同年", "年内"):
            return self._same_year(span)
        many = MANY_YEARS.fullmatch(span.text)
        return self._several(span, many) if many else span

    def _same_year(self, span: Span) -> Span:
        """The year said last, but for one with which a figure is compared."""
        named = [
            m
            for m in A_YEAR.finditer(self.text, 0, span.start)
            if not any(of.search(self.text, max(0, m.start() - LED), m.start()) for of in (OF_A_FIGURE, COMPARED))
        ]
        if not named or named[-1]["part"]:
            return replace(span, stretch=False)
        year = whole_year(int(named[-1]["year"]), span.start)
        return replace(year, end=span.end, text=span.text)

    def _several(self, span: Span, many: re.Match[str]) -> Span:
        """Several years without their numbers: those listed, those said as one, or the last before a report of them."""
        count = month_number(many["years"])
        listed = [one.first.year for one in self.single[-count:] if one.first]
        if not many["past"] and listed and listed == list(range(listed[0], listed[0] + count)):
            return replace(span, first=date(listed[0], 1, 1), last=date(listed[-1], 12, 31), year=listed[-1])
        if self.years and count == len(list(single_years(self.years))):  # 2017年至2021年…五年间
            return replace(self.years, start=span.start, end=span.end)
        reported = self.published and self.published.month <= REPORTED_BY
        if reported and self.published and (many["past"] or many["over"] in ("来", "以来")):
            year = self.published.year - 1
            return replace(span, first=date(year + 1 - count, 1, 1), last=date(year, 12, 31), year=year)
        return span


def _half_ended(span: Span, published: date) -> Span:
    """The half year that was over last on the day of publication."""
    year, first = (published.year, 1) if published.month > 6 else (published.year - 1, 7)
    return replace(span, first=date(year, first, 1), last=month_end(year, first + 5), year=year)


def _span(found: re.Match[str], published: date | None, context: int | None, this_year: int | None) -> Span:
    got = {k: v for k, v in found.groupdict().items() if v is not None}
    plain = Span(found.start(), found.end(), found[0], None, None, None, stretch="day" not in got)
    if "day" in got or "many" in got:
        return plain
    year = _year(got, published, context, this_year)
    if year is None:
        return plain
    if "issue" in got:
        return replace(plain, year=year, stretch=False)
    if "said2" in got and this_year is None:
        return plain
    year2 = int(got.get("year2", this_year if "said2" in got and this_year else year))
    try:
        first, last = _days(got, year, year2)
    except ValueError:  # a 13th month, a 31st of June: not a stretch of time
        return plain
    if first and last and first > last:  # 2018年至2017年
        return plain
    return not_over(Span(found.start(), found.end(), found[0], first, last, year), published if "said" in got else None)


def not_over(span: Span, published: date | None) -> Span:
    """A stretch of time; without its end for a year that is not over on the day of publication: 今年收案99件, said in July."""
    return replace(span, last=None) if span.is_a_year and span.last and published and span.last > published else span


def _year(got: dict[str, str], published: date | None, context: int | None, this_year: int | None) -> int | None:
    if "year" in got:
        return int(got["year"])
    if "said" in got:
        back = 1 if got["said"][0] in "去上" else 0
        return this_year - back if this_year else None
    if "told" in got and context is None:
        return int(got["told"])
    return context or _last_ended(got, published)


def _last_ended(got: dict[str, str], published: date | None) -> int | None:
    """The year of months without one: the last of which they were over on the day of publication."""
    quarter = 3 * month_number(got.get("q2", "0"))
    month = PART[got["part"]][1] if "part" in got else quarter or month_number(got.get("m2") or got.get("m1") or "0")
    if published is None or not 1 <= month <= 12 or "since" in got:
        return None
    last = month_end(published.year, month)
    day = got.get("d2") or (got.get("d1") if "m2" not in got else None)
    return published.year - ((last.replace(day=min(int(day), last.day)) if day else last) > published)


def _days(got: dict[str, str], year: int, year2: int) -> tuple[date | None, date | None]:
    if "part" in got:
        m1, m2 = PART[got["part"]]
        m1 = 1 if "upto" in got else m1  # 第二季度累计结案率
        return None if "until" in got else date(year, m1, 1), month_end(year, m2)
    if "q1" in got:
        q1, q2 = month_number(got["q1"]), month_number(got["q2"])
        return date(year, 3 * q1 - 2, 1), month_end(year, 3 * q2)
    m1 = month_number(got.get("m1", "1"))
    first = date(year, m1, int(got.get("d1", 1)))
    if "until" in got:
        last = date(year, m1, int(got["d1"])) if "d1" in got else month_end(year, m1 if "m1" in got else 12)
        return None, last
    if "since" in got:
        return first, None
    if "d2" in got:
        return first, date(year2, month_number(got["m2"]), int(got["d2"]))
    if "m2" in got:
        return first, month_end(year2, month_number(got["m2"]))
    return first, month_end(year, m1) if "m1" in got else date(year2, 12, 31)


def month_number(written: str) -> int:
    """Return a month's number, in digits or not.

    >>> [month_number(written) for written in ("11", "十一", "三", "十")]
    [11, 11, 3, 10]
    """
    return int(written) if written.isdecimal() else int(han_value(written) or 0)


def month_end(year: int, month: int) -> date:
    """The last day of a month; raises ``ValueError`` where there is none of that number."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, calendar.monthrange(year, month)[1])
