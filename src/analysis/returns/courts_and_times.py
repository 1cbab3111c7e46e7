"""Of which court and time a place of a text speaks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import islice, pairwise

from analysis.returns.phrases import (
    ALL_COURTS,
    COLLECTIVE,
    SAYING,
    court_names,
    courts_within,
    in_full,
    is_meant,
    is_own,
    speaks_of,
    unnamed_courts,
)
from analysis.returns.times import ASIDE, COMPARED, PART, Span, spans, unclear_times

UNNAMED = "未写明法院"
COUNTED = re.compile("[两三四五六七八九十][家个](?:基层)?(?:人民)?法院")
NOW = re.compile("目前|迄今")
BREAK = re.compile(r"[。;；!！?？\n]")
FIGURE = re.compile(r"\d[万余多]*(?:[件%]|亿?元)")
IN_BRACKET = re.compile("[(（][^()（）]*[)）]\\s*(?:[。\n]|$)")  # at the end of a sentence
Kind = tuple[int, int, str]  # where a kind of cases is named, and which
COMMA = re.compile("[,，。;；:：\\n]")
STOP = re.compile(r"[。!！?？\n]")
WHOLE_COURT = re.compile("全院|全市|全省|全县|全区|本院|我院|该院|两级法院")
OF_ONE = re.compile("度?的(?=\\d)")  # 增至2017年的6789件: a year of that number alone
CARRIED_FROM = re.compile("(?:年?[底末])?(?:结转|遗留|旧存|存案)(?![至到入])")
OWN_COURT = re.compile("[我本全][院局]|(?:(?<![\u4e00-\u9fa5])|(?<=[年月日从据由]))[县区](?:人民)?法院")
FROM_WHAT = re.compile("[由从][^;；。]*$")
SEVERAL = 2  # courts
BEFORE = 200  # characters in which the words right before a place stand
OF_ALL_ITS_COURTS = re.compile("[中高]级人民法院[^\\n]*(?:通报|态势)")  # whoever signs it, it speaks of 全市法院
OF_ALL_OF_IT = re.compile("[(（](?P<year>(?:19|20)\\d{2})年度?(?:的?(?:统计)?(?:数据|情况))?[)）][。.]?\\s*$")
A_YEAR_SAID = re.compile("(?:19|20)\\d{2}")
SUMMED = re.compile("共计|合计|总计|累计")
A_YEAR = 366  # days, and no more


class CourtsAndTimes:
    """A text with the courts and times that it names, and where each of them holds."""

    stop, segment_end = STOP, BREAK  # where a sentence and a part of it end
    in_brackets = ASIDE  # with figures of its own
    spans: list[Span]
    unclear: list[int]  # where times are said that are not understood
    courts: list[Kind]
    courts_within: list[Kind]  # those named by their rank alone

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = [0, *(m.end() for m in self.stop.finditer(text))]
        self.breaks = [0, *(m.end() for m in self.segment_end.finditer(text))]
        self.asides = [m.span() for m in self.in_brackets.finditer(text)]
        self.unnamed = unnamed_courts(text)
        self.time_open = False  # whether several times were said of which any may hold for the place asked for last

    def name_courts_and_times(self, court: str | None, published: date | None) -> None:
        """Find the courts and times that the text names."""
        text = self.text
        self.spans = list(spans(text, published or self._year_of_all()))
        names = [(a, b) for a, b, _ in court_names(text)]
        self.courts_within = [c for c in courts_within(text) if not any(a <= c[0] < b for a, b in names)]
        self.courts = self._courts(court)
        for found in ALL_COURTS.finditer(text):
            if SAYING.match(text, found.end()):
                named = [c for c in self.courts if c[0] < found.start() and re.match(f"[全我本]{found[0][1]}", c[2])]
                name = named[-1][2] if named else found[0] + "法院"
                self.courts.append((found.start(), found.end(), str(court) if court and is_own(name, court) else name))
        self.courts.sort()
        listed = {b for _, b, _ in self.courts}  # 甲县、乙县两家法院: these are named
        self.unnamed = [at for at in self.unnamed if not ((m := COUNTED.match(text, at)) and m.end() in listed)]
        places = [(s.start, s.end) for s in self.spans] + [c[:2] for c in (*self.courts, *self.courts_within)]
        undated = [s for s in self.spans if s.text in ("当年", "同年", "当月", "本月") and not s.stretch]
        if re.search(r"(?:19|20)\d{2}年", text):  # 2022年1月20日，我院报告：全年收案900件: of which year?
            undated += [s for s in self.spans if s.text in PART and s.stretch and not (s.first or s.last)]
        self.spans = [replace(s, stretch=False) if s in undated else s for s in self.spans]
        self.unclear = sorted([*unclear_times(text, places), *(s.start for s in undated)])

    def _year_of_all(self) -> date | None:
        """The last day of the one year of a text that a bracket at its end says of all of it: 上半年新收99件，结案88件。（2023年）"""
        said = OF_ALL_OF_IT.search(self.text)
        return date(int(said["year"]), 12, 31) if said and len(A_YEAR_SAID.findall(self.text)) == 1 else None

    def aside(self, said: int, at: int) -> bool:
        """Return whether something was said in a bracket with figures of its own that is closed before a place."""
        a, b = self._aside_of(said)
        return a <= said < b <= at

    def _aside_of(self, at: int) -> tuple[int, int]:
        """The last bracket with figures of its own that begins at a place or before it."""
        number = bisect_right(self.asides, (at, len(self.text)))
        return self.asides[number - 1] if number else (0, 0)

    def just_before(self, at: int) -> str:
        """The characters right before a place."""
        return self.text[max(0, at - BEFORE) : at]

    def sentence(self, at: int) -> int:
        """Return where the sentence of a place begins."""
        return self.sentences[bisect_right(self.sentences, at) - 1]

    def segment(self, at: int) -> int:
        """Return where what stands between two breaks, and holds a place, begins."""
        return self.breaks[bisect_right(self.breaks, at) - 1]

    def court(self, at: int) -> str:
        """The court last named; one named by its rank alone (其中，中院) only to the end of its sentence."""
        sentence = self.sentence(at)
        named = [c for c in self._courts_told if c[0] < at]
        listed = [c for c in named if c[0] < sentence and "其中" in self.text[self._clauses(c[0])[0] : c[0]]]
        named = [c for c in named if c not in listed] or named  # 其中乙县法院受理99件。: and no more of it
        within = [c for c in self.courts_within if c[0] < at and (c[0] >= sentence or not named)]
        paragraph = self.text.rfind("\n", 0, at) + 1
        before = [c for c in named if c[1]]
        of_all = [c for c in before if COLLECTIVE.match(c[2]) and "基层" not in c[2]]
        if len({c[2] for c in before}) > 1 and before[-1][0] < paragraph and before[0] in of_all:
            named = of_all  # a new paragraph speaks of all courts again
        since, end = self._clauses(at)
        if "其中" in self.text[at:end]:  # …，其中甲法院受理512件；审结43210件，其中…: of the whole again
            named, within = (
                [c for c in courts if c[0] >= since or "其中" not in self.text[self._clauses(c[0])[0] : c[0] + 2]]
                for courts in (named, within)
            )
        return max([*named[-1:], *within[-1:]] or self._signing(), default=(0, 0, UNNAMED))[2]

    def _signing(self) -> list[Kind]:
        """The court that a text names first, where it names it without figures: 结案99件。（甲县人民法院）, not …，乙县法院结案88件."""
        return [c for c in self.courts[:1] if not FIGURE.search(self.text, c[1], self._clauses(c[0])[1]) or not c[1]]

    @property
    def _courts_told(self) -> list[Kind]:
        """The courts of which the text has figures, those that a list of numbers adds among them."""
        return [c for c in self.courts if c[0] >= self._signed_until]

    @cached_property
    def _signed_until(self) -> int:
        """Where the court ends to hold that signs a bulletin on all of its courts, where they are named; 0 for none."""
        title = max(self.text.find("\n"), 0)
        if not OF_ALL_ITS_COURTS.search(self.text, 0, title) or FIGURE.search(self.text, 0, title):
            return 0
        return title if any(COLLECTIVE.match(name) for start, _, name in self.courts if start >= title) else 0

    def court_unclear(self, at: int) -> bool:
        """Return whether the sentence speaks of a court that it does not name, since the last that it does."""
        known = [c[0] for c in (*self.courts, *self.courts_within) if c[0] < at]
        (since, end), last = self._clauses(at), max(known, default=0)
        if (
            self.sentence(at) < last < since
            and "其中" in self.text[self._clauses(last)[0] : last]
            and "其中" not in self.text[since:end]
        ):  # 全市法院受理99件，其中市中院9件；共执结88件
            return True
        return (
            self._court_of_another_paragraph(at)
            or self._after_several(at)
            or any(max([self.sentence(at), *known]) <= unnamed < at for unnamed in self.unnamed)
        )

    def _after_several(self, at: int) -> bool:
        """Return whether a sentence names no court after one that compared two: 我院结案率97%，乙县法院96%。结案99件."""
        sentence = self.sentence(at)
        named = sorted(c for c in (*self.courts, *self.courts_within) if c[1] and c[0] < at)
        if (
            not named
            or named[-1][0] >= sentence
            or WHOLE_COURT.search(self.text, sentence, at)
            or any(COLLECTIVE.match(c[2]) for c in named)
        ):
            return False
        begun = self.sentence(named[-1][0])
        names = [c for c in named if c[0] >= begun]
        of_own = bool(OWN_COURT.search(self.text, begun, names[0][0]))
        return len({c[2] for c in names}) + of_own >= SEVERAL and bool(FIGURE.search(self.text, begun, names[-1][0]))

    def _court_of_another_paragraph(self, at: int) -> bool:
        """Return whether a paragraph names none of several courts, the last of which had its figures in an earlier one."""
        paragraph = self.text.rfind("\n", 0, at) + 1
        named = [c for c in self._courts_told if c[1] and c[0] < at]
        if (
            not named
            or named[-1][0] >= paragraph
            or len({c[2] for c in named}) < SEVERAL
            or COLLECTIVE.match(named[0][2])
        ):
            return False
        start = named[-1][0]  # a heading's court holds
        return bool(FIGURE.search(self.text, self.text.rfind("\n", 0, start) + 1, self.text.find("\n", start)))

    def _clauses(self, at: int) -> tuple[int, int]:
        """Return where the clauses between two breaks begin and end in which a place lies."""
        number = bisect_right(self.breaks, max(at, 0))
        return self.breaks[number - 1], self.breaks[number] if number < len(self.breaks) else len(self.text)

    def span(self, at: int) -> tuple[Span | None, bool]:
        """The stretch of time last said; and whether it was said in an earlier paragraph."""
        self.time_open = False
        paragraph = self.text.rfind("\n", 0, at) + 1
        said = [s for s in self.spans if s.end <= at and s.stretch and not self.aside(s.start, at)]
        said = [s for s in said if self._holds_on(s, at)]
        since, _ = self._clauses(at)
        whole = [s for s in said if s.start >= since or "其中" not in self.text[self._clauses(s.start)[0] : s.start]]
        said = whole or said  # 三年来受理900件，其中2016年受理300件；执结850件: of the three years again
        if not said:  # 年初存案120件，全年收案1500件: the sentence says it later
            segment, sentence = (
                min((b for b in ends if b > at), default=len(self.text)) for ends in (self.breaks, self.sentences)
            )
            later = (s for s in self.spans if at < s.start < sentence and s.stretch)  # …；执行结案90件（2022年）。
            return next(
                (s for s in later if s.start < segment or IN_BRACKET.match(self.text, s.start - 1)), None
            ), False
        together = self._joined(said)
        self.time_open = not together or self._sum_of_either(said, at)
        if together != said[-1:]:
            return (together or said)[-1], said[-1].start < paragraph
        if len(said) > 1 and NOW.search(said[-1].text) and said[-2].first and not said[-2].last:
            said.pop()  # 2010年以来，截至目前: one stretch
        if said[-1].start < paragraph:
            said = self._of_the_text(said)
        if said[-1].last and not said[-1].first and said[-1].start < since:  # 截至12月31日未结9件。结案率95%
            whole = [s for s in said if s.first and s.last and s.first <= said[-1].last == s.last]
            said = whole[-1:] or said
        if (
            said[-1].last
            and not said[-1].first
            and (within := [s for s in said[:-1] if s.first and s.last and holds(s, said[-1])])
        ):
            # 上半年…截至6月25日
            return replace(said[-1], first=within[-1].first), said[-1].start < paragraph
        return self._with_the_one_before(said, paragraph)

    def _sum_of_either(self, said: list[Span], at: int) -> bool:
        """Return whether a sentence without a time sums up after years and then one of them: 2014年至2016年…。2016年…。标的额共计6.7亿元."""
        last, sentence = said[-1], self.sentence(at)
        wider = any(s.of_years and not last.of_years and holds(s, last) for s in said)
        return wider and last.end <= sentence and bool(SUMMED.search(self.text, sentence, at))

    def _with_the_one_before(self, said: list[Span], paragraph: int) -> tuple[Span, bool]:
        """The time said last, with the day or the beginning that the one before it gives it; and whether that was said earlier."""
        span = said[-1]
        if (
            span.last
            and not span.first
            and len(said) > 1
            and re.fullmatch("[(（][^\\d。;；]*", self.text[said[-2].end : span.start])
        ) and holds(said[-2], span):  # 2022年（统计截至11月30日）
            return replace(span, first=said[-2].first), False
        until = said[-2] if len(said) > 1 else span
        joined = bool(re.fullmatch("[^\\d。;；]*", self.text[until.end : span.start]))
        if joined and NOW.search(until.text) and span.first and span.last:  # 截至目前，我院2023年新收99件
            said_so = self.text[until.start : span.end]
            return replace(span, start=until.start, text=said_so, last=None), until.start < paragraph
        if (
            joined
            and span.first
            and span.last
            and until.last
            and not until.first
            and span.first <= until.last <= span.last
        ):
            return Span(
                until.start, span.end, self.text[until.start : span.end], span.first, until.last, span.year
            ), until.start < paragraph
        if (
            span.last
            and not span.first
            and len(said) > 1
            and said[-2].first
            and not said[-2].last
            and said[-2].start >= paragraph
        ):
            both = Span(said[-2].start, span.end, f"{said[-2].text}，{span.text}", said[-2].first, span.last, span.year)
            return both, said[-2].start < paragraph
        return span, span.start < paragraph

    def _joined(self, said: list[Span]) -> list[Span]:
        """The last time, or the one stretch that it makes with those joined to it by 、和与及: 2019年、2020年受理99件; none with a gap."""
        at = len(said) - 1
        while at > 0 and re.fullmatch("[、和与及]", self.text[said[at - 1].end : said[at].start]):
            at -= 1
        joined = said[at:]
        if len(joined) == 1:
            return joined
        ends = [(one.last, other.first) for one, other in pairwise(joined)]
        if not all(last and first and (first - last).days == 1 for last, first in ends):
            return []
        start, end = joined[0].start, joined[-1].end
        return [replace(joined[-1], start=start, text=self.text[start:end], first=joined[0].first)]

    def time_unclear(self, at: int) -> bool:
        """Return whether the sentence speaks of a time that is not understood since the last that is: 当天办结7件."""
        begun = self.sentence(at)
        known = [
            self._clause_at(s.start) if s.end > s.start else s.start
            for s in self.spans
            if s.stretch and begun <= s.start and s.end <= at
        ]
        return any(max([begun, *known]) <= sign < at for sign in self.unclear)

    @cached_property
    def _places_named(self) -> list[tuple[int, int]]:
        return sorted([*((s.start, s.end) for s in self.spans), *(c[:2] for c in (*self.courts, *self.courts_within))])

    def places_named(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where courts and times are named that lie, if in part alone, between two places."""
        first = bisect_left(self._places_named, (start - BEFORE,))
        here = islice(self._places_named, first, bisect_left(self._places_named, (end,)))
        return [(a, b) for a, b in here if b > start]

    @cached_property
    def _commas(self) -> list[int]:
        """Where the clauses between two commas begin."""
        return [0, *(m.end() for m in COMMA.finditer(self.text))]

    def _clause_at(self, at: int) -> int:
        """Return where the clause between two commas begins in which a place lies."""
        return self._commas[bisect_right(self._commas, at) - 1]

    def _clause_end(self, at: int) -> int:
        """Return where the clause between two commas ends in which a place lies, which a colon ends not."""
        later = (end for end in self._commas[bisect_right(self._commas, at) :] if self.text[end - 1] not in ":：")
        return next(later, len(self.text) + 1) - 1

    def _of_the_text(self, said: list[Span]) -> list[Span]:
        """The times said, those of parts of the first aside: a new paragraph speaks of the whole again."""
        line = self.text.rfind("\n", 0, said[-1].start) + 1, self.text.find("\n", said[-1].end)
        whole = [s for s in said if s.first and s.last]
        if not whole or not FIGURE.search(self.text, *line):  # a heading's time holds
            return said
        title = self.text[: max(self.text.find("\n"), 0)]
        titled = [s for s in whole if s.end <= len(title)] if not FIGURE.search(title) else []
        if (
            len({(s.first, s.last) for s in titled}) == 1 and titled[0].is_a_year
        ):  # 2022年度…白皮书\n2020—2022年…2022年…\n分法院看…
            return titled[:1]
        around = [s for s in whole if all(holds(s, other) for other in said)]
        several = {(s.first, s.last) for s in whole}
        # 2020—2022年受理900件，2022年受理300件\n结案850件: of all three years, or of the last
        of_years = around and around[0].first and around[0].last and (around[0].last - around[0].first).days > A_YEAR
        self.time_open = len(several) > 1 and (not around or bool(of_years and _last_year_said(whole, around[0])))
        return around[:1] or said

    def _holds_on(self, span: Span, at: int) -> bool:
        """Return whether a time holds for a place: 增至2017年的6789件 is of that number, and of 由…增至… of others beside it."""
        if span.start not in self._of_some_places:
            return True
        if (
            self.text[span.end : span.end + 1].isdigit()
            and "其中" in self.text[self._clauses(span.start)[0] : span.start]
        ):
            return at <= span.end  # 收案900件，其中1月99件，结案850件
        carried = span.is_a_year and CARRIED_FROM.match(self.text, span.end)
        if carried and any(
            s.first and s.first.year - 1 == span.year for s in self.spans if self.sentence(at) <= s.start < span.start
        ):
            return False  # 2023年新收3187件，2022年结转215件，执结3329件
        if span.is_a_year and COMPARED.search(self.text, self._clause_at(span.start), span.start):
            return at < self._clause_end(span.end)  # 受理7322件，为2014年3655件的两倍；审结7011件
        own = OF_ONE.match(self.text, span.end)
        return own is None or own.end() >= at or bool(FROM_WHAT.search(self.text[own.end() : at]))

    @cached_property
    def _of_some_places(self) -> set[int]:
        """Where the times begin that may hold for some of the places behind them alone."""
        text = self.text
        return {
            s.start
            for s in self.spans
            if text[s.end : s.end + 1].isdigit()
            or OF_ONE.match(text, s.end)
            or (
                s.is_a_year
                and (CARRIED_FROM.match(text, s.end) or COMPARED.search(text, self._clause_at(s.start), s.start))
            )
        }

    def _courts(self, given: str | None) -> list[Kind]:
        """Where the text names courts; the court ``given`` by that name wherever it is meant, and where none is named."""
        named = list(court_names(self.text))
        if given:
            title = self.text[: max(self.text.find("\n"), 0)]
            titled = {name for _, end, name in named if end <= len(title) and not COLLECTIVE.match(name)}
            if len(titled) == 1 and not FIGURE.search(title) and not is_meant(next(iter(titled)), given):
                given = titled.pop()  # whose report it is
            named = [(a, b, given if is_meant(name, given) else name) for a, b, name in named]
            named = [c for c in named if c[2] == given or COLLECTIVE.match(c[2]) or speaks_of(self.text, c[0], c[1])]
        named = in_full(named, given)
        full = {name for name in (*(n for *_, n in named), given) if name and name.endswith("人民法院")}
        whole = {name: name.removesuffix("法院") + "人民法院" for _, _, name in named}
        told = [(a, b, whole[n] if whole[n] in full and not n.endswith("人民法院") else n) for a, b, n in named]
        own_courts: list[Kind] = []
        for own in OWN_COURT.finditer(self.text):  # 全院 is the court of its sentence, else the one court named before
            before = [c for c in sorted(told) if c[0] < own.start()]
            single = [c for c in before if not COLLECTIVE.match(c[2])]
            nearest = [name for start, _, name in single if start >= self.sentence(own.start())]
            nearest = nearest or [name for *_, name in single if len({c[2] for c in single}) == 1]
            if given:  # 全院受理99件，乙县法院受理88件；全院执结77件: of the court that it was of before
                before_all = own_courts and own_courts[-1][2] == given
                of_other = nearest and own[0] in ("全院", "全局") and not before_all
                own_courts.append((*own.span(), nearest[-1] if of_other else given))
            elif len(single) < len(before):  # 全市法院执结率96.2%，我院到位率44.6%: of none of those
                own_courts.append((*own.span(), nearest[-1] if nearest else UNNAMED))
        return sorted([*([(0, 0, given)] if given else []), *told, *own_courts])


def _last_year_said(whole: list[Span], several: Span) -> bool:
    """Return whether the last of several years was said by itself after them."""
    last = whole[-1]
    return last.start > several.start and last.last == several.last and last.first != several.first


def holds(whole: Span, part: Span) -> bool:
    """Return whether a stretch of time lies within another."""
    days = [day for day in (part.first, part.last) if day]
    return bool(days) and all(whole.first and whole.last and whole.first <= day <= whole.last for day in days)
