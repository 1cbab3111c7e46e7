"""Of which court, kind of cases and time a place of a text speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from analysis.returns.numbers import numbers
from analysis.returns.phrases import (
    ALL_COURTS,
    COLLECTIVE,
    SAYING,
    bare_scope,
    court_names,
    courts_within,
    in_full,
    is_meant,
    is_own,
    not_understood,
    phrases,
    scopes,
    speaks_of,
    topic_of,
    unknown_clause,
    unnamed_courts,
)
from analysis.returns.times import ASIDE, COMPARED, PART, Span, spans, unclear_times

UNNAMED = "未写明法院"
NOW = re.compile("目前|迄今")
BREAK = re.compile(r"[。;；!！?？\n]")
FIGURE = re.compile(r"\d[万余多]*(?:[件%]|亿?元)")
CASES_OR_RATE = re.compile(r"\d[万余多]*[件%]")
FIELD = re.compile("(?:^|(?<=[。;；\n，,]))在?(?P<field>[\u4e00-\u9fa5]{2,12}?)(?:方面|领域|条线)[，,:：]")
IN_BRACKET = re.compile("[(（][^()（）]*[)）]\\s*(?:[。\n]|$)")  # at the end of a sentence
Kind = tuple[int, int, str]  # where a kind of cases is named, and which
# rates that are of cases enforced for the first time, by their definition or in one breath with one that is
OF_FIRST = ("completed_rate", "terminated_this_round_rate", "terminated_this_round_share")
OPEN = "?"  # the whole of kinds that no word covers
STOP = re.compile(r"[。!！?？\n]")
OF_WHICH = re.compile("其中|案件?中[，,：:]")
WHOLE = re.compile("全院|全市|全省|全县|全区|本院|我院|该院|两级法院|总数|总量")
WHOLE_COURT = re.compile("全院|全市|全省|全县|全区|本院|我院|该院|两级法院")
# a sentence that speaks of the whole court again: …；全院结案率97.3%
OF_ALL = re.compile(
    r"(?<=[。;；\n，,])全院(?=(?:共|总|累计|综合|各类|全部|合计|总计|计)*(?:案件)?(?:受理|新收|收案|审结|结案|审执结|未结|旧存|办结))"
)
OF_ONE = re.compile("度?的(?=\\d)")  # 增至2017年的6789件: a year of that number alone
# a campaign, whose own closings and money follow: 开展“秋风行动”3次，执结138件
OWN_RATE = re.compile("的?(?:执行)?(?:完毕率|终本率|终结本次执行程序率)")
CAMPAIGN = re.compile(
    "在[^，,。;；]{0,16}(?:行动|活动|会战|战役)中|(?:开展|组织|启动|推进|部署)(?:了)?[^，,。;；]{0,16}(?:行动|活动|会战|战役|攻坚|整治|专项执行)|(?:行动|活动)\\d+[次场轮]"
)
CLAUSE = re.compile("(?:[^,，。;；!！?？\\n]|,(?=\\d{3}))+")
# words that speak of the whole court again
ANEW = re.compile("全[院年市省县区国]|[我本该]院|两级法院|总[计共数量]|共(?![建同享治商管])|累计|合计|各类|全部")
FROM_WHAT = re.compile("[由从][^;；。]*$")
OWN_COURT = re.compile("[我本全][院局]|(?:(?<![\u4e00-\u9fa5])|(?<=[年月日从据由]))[县区](?:人民)?法院")
BOTH_TRIED_AND_ENFORCED = re.compile("审[、(（]?执[)）]?结|审结[、和]?执结")


def _parts() -> dict[str, tuple[str, ...]]:
    told = phrases()["parts"]
    return {
        whole: tuple(dict.fromkeys(k for part in told[whole] for k in (part, *told.get(part, ())))) for whole in told
    }


PARTS_OF = _parts()  # what may be listed as a part of which cases, at any depth
ENFORCEMENT = ("执行案件", *PARTS_OF["执行案件"])

CARRIED_FROM = re.compile("(?:年?[底末])?(?:结转|遗留|旧存|存案)(?![至到入])")
ORDERS_REVIEWED, ORDERS_ENFORCED = "行政非诉审查案件", "行政非诉执行案件"
# a line of words alone, which heads those below it
HEADING = re.compile(r"(?m)^(?=.*[\u4e00-\u9fa5])[^\d，,。;；！？\n]{2,20}$")
LABELLED = re.compile(r"(?m)^(?P<label>[^\d，,。;；:：\n]{2,14})[:：].*$")  # 三、执行指标：
BULLET = re.compile(r"^\W*(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）])?\s*")
SEVERAL = 2  # courts
OF_ALL_ITS_COURTS = re.compile("[中高]级人民法院[^\\n]*(?:通报|态势)")  # whoever signs it, it speaks of 全市法院
A_YEAR = 366  # days, and no more


class Subjects:
    """A text with the courts, kinds of cases and times that it names, and where each of them holds."""

    stop, segment_end, of_which, of_whole = (
        STOP,
        BREAK,
        OF_WHICH,
        WHOLE,
    )  # where a sentence and a part of it end; what lists parts

    in_brackets = ASIDE  # with figures of its own

    def __init__(self, text: str, court: str | None, published: date | None) -> None:
        self.text = text
        self.sentences = [0, *(m.end() for m in self.stop.finditer(text))]
        self.breaks = [0, *(m.end() for m in self.segment_end.finditer(text))]
        self._name(court, published)
        self.asides = [m.span() for m in self.in_brackets.finditer(text)]
        self.parts: set[int] = set()  # kinds that merely take their whole's verb: 其中民事300件、刑事20件
        self.of_rate: set[int] = set()  # kinds that merely name a rate: 执结99件，首次执行案件终本率38%
        self.time_open = False  # whether several times were said of which any may hold for the place asked for last
        self.reach = 0  # where what is said of the number in hand ends, if behind it
        self.placed_at: list[int] = []
        self.left_at: list[int] = []
        headings = [(m.start(), len(text), _headed(m[0])) for m in HEADING.finditer(text)]
        labels = [(m.start(), m.end(), _headed(m["label"])) for m in LABELLED.finditer(text)]
        self.headings = sorted([*headings, *labels])  # where each begins and ends to hold, and of which cases it is
        fields = (m for m in FIELD.finditer(text) if not_understood(m["field"]))
        self.others = [
            m.start() for m in fields
        ]  # where it speaks of cases that are of no kind known: 在知识产权审判方面，
        self.unnamed = unnamed_courts(text)
        self.unknown = list(self._unknown_clauses())
        self.topic = topic_of(text.split("\n", 1)[0]) if "\n" in text else ""
        self.titled = bool(self.topic)
        named = {kind for *_, kind in self.scopes}
        first = CASES_OR_RATE.search(text)
        if not self.topic and named and named <= {*ENFORCEMENT} and first and self.scopes[0][0] < first.start():
            self.topic = "执行案件" if "执行案件" in named else ""

    def _name(self, court: str | None, published: date | None) -> None:
        """Find the courts, kinds of cases and times that the text names."""
        text = self.text
        self.spans = list(spans(text, published))
        names = [(a, b) for a, b, _ in court_names(text)]
        self.courts_within = [c for c in courts_within(text) if not any(a <= c[0] < b for a, b in names)]
        self.courts = self._courts(court)
        for found in ALL_COURTS.finditer(text):
            if SAYING.match(text, found.end()):
                named = [c for c in self.courts if c[0] < found.start() and re.match(f"[全我本]{found[0][1]}", c[2])]
                name = named[-1][2] if named else found[0] + "法院"
                self.courts.append((found.start(), found.end(), str(court) if court and is_own(name, court) else name))
        self.courts.sort()
        places = [(s.start, s.end) for s in self.spans] + [c[:2] for c in (*self.courts, *self.courts_within)]
        undated = [s for s in self.spans if s.text in ("当年", "同年", "当月", "本月") and not s.stretch]
        if re.search(r"(?:19|20)\d{2}年", text):  # 2022年1月20日，我院报告：全年收案900件: of which year?
            undated += [s for s in self.spans if s.text in PART and s.stretch and not (s.first or s.last)]
        self.spans = [replace(s, stretch=False) if s in undated else s for s in self.spans]
        self.unclear = sorted([*unclear_times(text, places), *(s.start for s in undated)])
        kinds = [*scopes(text), *((m.start(), m.end(), "") for m in OF_ALL.finditer(text))]
        self.scopes = [
            s
            for s in sorted(kinds)
            if s[2]
            or not any(re.fullmatch("[^\\d，,。;；]*", text[s[1] : k[0]]) for k in kinds if k[0] >= s[1] and k[2])
        ]
        self.scopes = [(s[0], s[1], ORDERS_ENFORCED) if self._enforced(s) else s for s in self.scopes]

    def _enforced(self, kind: Kind) -> bool:
        """Return whether orders without litigation are a part of enforcement: 受理执行案件99件，其中行政非诉9件; alone they are reviewed."""
        start, end, name = kind
        before = [
            s for s in self.scopes if s[1] <= start and s[0] >= self.sentence(start) and s[2] not in ENFORCEMENT[1:]
        ]
        whole = before[-1] if before and name == ORDERS_REVIEWED and "审查" not in self.text[start:end] else None
        return bool(whole and whole[2] == ENFORCEMENT[0] and re.search("其中|包括|含", self.text[whole[1] : start]))

    def _unknown_clauses(self) -> Iterator[tuple[int, str]]:
        """Clauses without a figure that may speak of others than what stands before: where each ends, and its unknown word."""
        named = [(s.start, s.end) for s in self.spans] + [c[:2] for c in (*self.courts, *self.courts_within)]
        counted = [n.start for n in numbers(self.text) if not any(a <= n.start < b for a, b in named)]
        for clause in CLAUSE.finditer(self.text):
            start, end = clause.span()
            if any(start <= at < end for at in counted) or CAMPAIGN.search(clause[0]):
                continue
            here = [(a, b) for a, b in named if a < end and b > start]
            plain = "".join(c for at, c in enumerate(clause[0], start) if not any(a <= at < b for a, b in here))
            if odd := unknown_clause(plain):
                yield end, odd

    def unknown_before(self, at: int) -> str:
        """Return the word of an unknown clause since the last break after which nothing said anew of whom it speaks."""
        segment = self.breaks[bisect_right(self.breaks, at) - 1]
        end, odd = max(((e, w) for e, w in self.unknown if segment < e <= at), default=(-1, ""))
        if end < 0 or ANEW.search(self.text, end, at):
            return ""
        anew = [s.start for s in self.spans if s.stretch] + [c[0] for c in (*self.courts, *self.courts_within)]
        anew += [s[0] for s in self.scopes]
        return "" if any(end <= start < at for start in anew) else odd

    # -- kinds of cases -------------------------------------------------------------------------------------------

    def scope_said(self, clause: str) -> str | None:
        """The scope that a word of enforcement alone gives away: 执结, 到位率."""
        bare = BOTH_TRIED_AND_ENFORCED.sub("", clause)
        for scope, words in phrases()["scope_of"].items():
            if any(word in bare for word in words):
                return str(scope)
        return None

    def scopes_in(self, start: int, end: int) -> list[Kind]:
        """The scopes named between two places."""
        return [s for s in self.scopes if start <= s[0] < s[1] <= end and s[2]]

    def kinds_at(self, at: int, clause: str, *, measure: str = "") -> list[str]:
        """The kinds of cases of which a number may be, the nearest first; none where that is open.

        A clause's own kind holds; then the one before it between two semicolons; then what the sentence, the paragraph and
        the text speak of, where they speak of one, or of parts of one.
        """
        since = at - len(clause)
        kinds = list(dict.fromkeys(self._carried(at, since, clause, measure)))
        told = self.scope_said(clause)
        if told is None:
            return kinds
        own = [kind for kind in kinds if kind in (*ENFORCEMENT, OPEN)]
        if own == [told, OPEN]:  # the clause says it
            return [told]
        if own not in ([], [OPEN]):
            return own
        segment = self.breaks[bisect_right(self.breaks, at) - 1]
        other = max((o for o in self.others if o < at), default=-1)
        if not kinds and other >= segment and not self._begins_anew(at, since):
            return []  # 行政非诉审查案件12件，执结9件
        return [told]

    def _begins_anew(self, at: int, since: int) -> bool:
        """Return whether a clause speaks of enforcement by itself where the one before spoke of trials: 再审案件12件，执结案件99件."""
        clause = self.text[since:at]
        before = re.split("[,，。;；]", self.text[: max(since - 1, 0)])[-1]
        return "执行局" in clause or ("案件" in clause and "执" not in before)

    def _carried(self, at: int, since: int, clause: str, measure: str) -> list[str]:
        segment = self.breaks[bisect_right(self.breaks, at) - 1]
        sentence = self.sentence(at)
        said = [s for s in self.scopes if s[1] <= at and not self.aside(s[0], at)]
        if own := [s for s in said if s[0] >= since]:
            return [own[-1][2]]
        of_rates = [s for s in said if s[0] >= sentence and OWN_RATE.match(self.text, s[1])]
        if measure not in OF_FIRST and len(of_rates) > 1:  # 首执案件终本率29%、首执案件执行完毕率42%、执行到位率51%
            said = [s for s in said if s not in of_rates]
        if "全院" in clause and not self.topic:
            return [""]
        if measure in OF_FIRST and said and said[-1][0] >= sentence and said[-1][2] == "首次执行案件":
            return [said[-1][2]]  # 首次执行案件终本率38%；执行完毕率31%
        court = max(
            (c[0] for c in self.courts if 0 < c[0] < at), default=-1
        )  # 司法所调解99件；甲法院新收88件: of a court again
        other = max((o for o in self.others if court < o < at), default=-1)
        here = [s for s in said if s[0] >= segment]
        of_whole = bool(self.of_whole.search(clause))
        if (here or other >= segment) and not of_whole:
            return self._within(here, other, segment)
        whole = [
            k for k in said if k[0] not in self.parts and not self._listed(k[0], at) and not self._idle(k, segment)
        ]
        spoken = [k for k in whole if k[0] >= sentence]
        if other > max((k[0] for k in spoken), default=sentence - 1) and not (of_whole and not spoken):
            return []
        times = [s.start for s in self.spans if s.stretch and sentence <= s.start < at]
        kinds = list(dict.fromkeys(k[2] for k in spoken))
        beside = {k[2] for k in said if k[0] in self.parts and k[0] >= sentence} - {*kinds}
        if len(kinds) == 1 and not beside <= {*PARTS_OF.get(kinds[0] or "全部案件", ())}:
            return self._cover([*kinds, *sorted(beside)])  # 新收首执案件99件，恢执案件9件；到位5亿元
        if kinds:
            renewed = any(start >= segment for start in times)
            lone = self._lone_part(said, segment, sentence) if len(kinds) == 1 and not renewed else []
            cover = self._cover(kinds)
            of_cover = renewed or (cover and re.search("合计|总计|共计", clause))
            return [*lone, *kinds] if len(kinds) == 1 else cover if of_cover else [kinds[-1], *(cover or [OPEN])]
        return self._spoken_of(whole, at, renewed=bool(times))

    def _spoken_of(self, whole: list[Kind], at: int, *, renewed: bool) -> list[str]:
        """The kinds of which the paragraph speaks, else the text; a new time (``renewed``) begins with all cases again."""
        paragraph = self.text.rfind("\n", 0, at) + 1
        kinds = list(dict.fromkeys(k[2] for k in whole if k[0] >= paragraph))
        headed = [kind for start, end, kind in self.headings if start <= paragraph < end]
        if not kinds and headed and headed[-1] is not None:
            return [headed[-1]] if headed[-1] else []
        if not kinds and paragraph and self.topic:
            return [self.topic]
        one = kinds or list(dict.fromkeys(k[2] for k in whole))
        if len(one) == 1 and renewed and not self._of_one_time(at):
            # 2018年，执行案件结案99件。2019年，新收案件880件: of which is open
            return [self.topic] if self.topic and self.titled else one if one[0] in ("", "全部案件") else [*one, OPEN]
        if len(one) == 1:
            return [self.topic] if renewed and self.topic else one
        if not one:
            return [self.topic]
        cover = self._cover(one)
        if renewed or not kinds:
            return cover if cover == [self.topic] else []
        return [one[-1], *(cover or [OPEN])]

    def _of_one_time(self, at: int) -> bool:
        """Return whether a sentence's time is part of the one said before it, or holds it: 2023年…。四季度…"""
        sentence = self.sentence(at)
        before = [s for s in self.spans if s.stretch and s.end <= sentence][-1:]
        here = [s for s in self.spans if s.stretch and sentence <= s.start < at]
        return all(_holds(one, other) or _holds(other, one) for one in before for other in here)

    def _cover(self, kinds: list[str]) -> list[str]:
        """The one of some kinds, or of the text's, of which all others are parts; none where there is none."""
        return [k for k in [*kinds, self.topic] if k and {*kinds} <= {k, *PARTS_OF.get(k, ())}][:1]

    def _within(self, here: list[Kind], other: int, segment: int) -> list[str]:
        """The kinds between two semicolons."""
        if not here or other > here[-1][0]:
            return []
        last = here[-1]
        listed = [s for s in here if s[0] in self.parts]
        nearest = any(n >= last[0] for n in self.placed_at)  # 一审行政案件收案9件，执行案件收案8件、结案7件
        firm = [s[2] for s in here if s[0] not in self.parts and not (nearest and self._without_figures(s, last[0]))]
        if last[0] not in self.parts:
            beside = {kind for kind in firm if kind != last[2] and last[2] not in PARTS_OF.get(kind, ())}
            return [last[2], OPEN] if beside else [last[2]]
        whole = firm[-1:] or self._carried(segment, segment, "", "")[:1]
        return whole if len(listed) > 1 or last[0] in self.of_rate else [last[2], *whole]

    def _lone_part(self, said: list[Kind], segment: int, sentence: int) -> list[str]:
        """The kind that alone takes the verb of what stands before a semicolon: 新收执行案件99件；恢复执行案件9件；到位5亿元."""
        parts = [s for s in said if s[0] in self.parts - self.of_rate and sentence <= s[0] < segment]
        lone = len(parts) == 1 and parts[0] == said[-1] and not self.of_which.search(self.text, sentence, parts[0][1])
        return [parts[0][2]] if lone else []

    def _idle(self, kind: Kind, segment: int) -> bool:
        """Return whether no figure of a kind could be placed: …执行案件平均用时98天；存案456件."""
        if self.text.startswith(("中", "方面"), kind[1]):  # 首次执行案件中，执行完毕99件；终本率38%
            return False
        return kind[0] < segment and self._without_figures(kind, segment)

    def _without_figures(self, kind: Kind, until: int) -> bool:
        """Return whether figures stand between a kind and the next, none of which could be placed."""
        end = min((s[0] for s in self.scopes if s[0] > kind[0]), default=until)
        return any(kind[0] < n < end for n in self.left_at) and not any(kind[0] <= n < end for n in self.placed_at)

    def aside(self, said: int, at: int) -> bool:
        """Return whether something was said in a bracket with figures of its own that is closed before a place."""
        return any(a <= said < b <= at for a, b in self.asides)

    def _listed(self, said: int, at: int) -> bool:
        """Return whether a kind of cases was said after 其中 of an earlier sentence, or of an earlier of several alike."""
        begun, ended = (self.breaks[bisect_right(self.breaks, place) - 1] for place in (at, said))
        if self.sentence(at) <= said < begun:  # 立案99件，其中执行立案9件；结案88件，其中执行结案8件
            until = next((b for b in self.breaks if b > at), len(self.text))
            return "其中" in self.text[at:until] and "其中" in self.text[ended:said]
        return said < self.sentence(at) and bool(self.of_which.search(self.text, self.sentence(said), said + 2))

    def sentence(self, at: int) -> int:
        """Return where the sentence of a place begins."""
        return self.sentences[bisect_right(self.sentences, at) - 1]

    # -- courts and times ----------------------------------------------------------------------------------------

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
        """The court that a text names first, where it names it without figures: 执结99件。（甲县人民法院）, not …，乙县法院执结88件."""
        return [c for c in self.courts[:1] if not FIGURE.search(self.text, c[1], self._clauses(c[0])[1]) or not c[1]]

    @cached_property
    def _courts_told(self) -> list[Kind]:
        """The courts of which the text has figures: not the one that signs a bulletin on all of its courts, where they are named."""
        title = max(self.text.find("\n"), 0)
        if not OF_ALL_ITS_COURTS.search(self.text, 0, title) or FIGURE.search(self.text, 0, title):
            return self.courts
        below = [c for c in self.courts if c[0] >= title]
        return below if any(COLLECTIVE.match(name) for *_, name in below) else self.courts

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
        """Return whether a sentence names no court after one that compared two: 我院结案率97%，乙县法院96%。执结99件."""
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
            and (within := [s for s in said[:-1] if s.first and s.last and _holds(s, said[-1])])
        ):
            # 上半年…截至6月25日
            return replace(said[-1], first=within[-1].first), said[-1].start < paragraph
        span = said[-1]
        if (
            span.last
            and not span.first
            and len(said) > 1
            and re.fullmatch("[(（][^\\d。;；]*", self.text[said[-2].end : span.start])
        ) and _holds(said[-2], span):  # 2022年（统计截至11月30日）
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

    def time_unclear(self, at: int) -> bool:
        """Return whether the sentence speaks of a time that is not understood since the last that is: 当天执结7件."""
        begun = self.sentence(at)
        known = [
            self._clause_at(s.start) if s.end > s.start else s.start
            for s in self.spans
            if s.stretch and begun <= s.start and s.end <= at
        ]
        return any(max([begun, *known]) <= sign < at for sign in self.unclear)

    def _clause_at(self, at: int) -> int:
        """Return where the clause between two commas begins in which a place lies."""
        return max(self.text.rfind(mark, 0, at) for mark in ",，。;；:：\n") + 1

    def _clause_end(self, at: int) -> int:
        """Return where the clause between two commas ends in which a place lies."""
        return min((end for mark in ",，。;；\n" if (end := self.text.find(mark, at)) >= 0), default=len(self.text))

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
        around = [s for s in whole if all(_holds(s, other) for other in said)]
        several = {(s.first, s.last) for s in whole}
        # 2020—2022年受理900件，2022年受理300件\n结案850件: of all three years, or of the last
        of_years = around and around[0].first and around[0].last and (around[0].last - around[0].first).days > A_YEAR
        self.time_open = len(several) > 1 and (not around or bool(of_years and _last_year_said(whole, around[0])))
        return around[:1] or said

    def _holds_on(self, span: Span, at: int) -> bool:
        """Return whether a time holds for a place: 增至2017年的6789件 is of that number, and of 由…增至… of others beside it."""
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
        own_courts = []
        for own in OWN_COURT.finditer(self.text):  # 全院 is the court of its sentence, else the one court named before
            before = [c for c in sorted(told) if c[0] < own.start()]
            single = [c for c in before if not COLLECTIVE.match(c[2])]
            nearest = [name for start, _, name in single if start >= self.sentence(own.start())]
            nearest = nearest or [name for *_, name in single if len({c[2] for c in single}) == 1]
            if given:
                own_courts.append((*own.span(), nearest[-1] if nearest and own[0] in ("全院", "全局") else given))
            elif len(single) < len(before):  # 全市法院执结率96.2%，我院到位率44.6%: of none of those
                own_courts.append((*own.span(), nearest[-1] if nearest else UNNAMED))
        return sorted([*([(0, 0, given)] if given else []), *told, *own_courts])


def _headed(line: str) -> str | None:
    """The kind of cases that a heading names; empty for one unknown, ``None`` for a heading of something else.

    >>> _headed("▶首次执行案件"), _headed("（二）涉民生案件"), _headed("三、强制措施")
    ('首次执行案件', '', None)
    """
    words = re.sub("(?:情况|方面|部分)$", "", BULLET.sub("", line.strip()).rstrip(":："))
    return bare_scope(words) or topic_of(words) or ("" if words.endswith("案件") else None)


def _last_year_said(whole: list[Span], several: Span) -> bool:
    """Return whether the last of several years was said by itself after them."""
    last = whole[-1]
    return last.start > several.start and last.last == several.last and last.first != several.first


def _holds(whole: Span, part: Span) -> bool:
    """Return whether a stretch of time lies within another."""
    days = [day for day in (part.first, part.last) if day]
    return bool(days) and all(whole.first and whole.last and whole.first <= day <= whole.last for day in days)
