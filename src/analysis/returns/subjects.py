"""Of which kind of cases a place of a text speaks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from analysis.returns.courts_and_times import CourtsAndTimes, Kind, holds
from analysis.returns.numbers import numbers
from analysis.returns.phrases import (
    bare_scope,
    lists_of_scopes,
    not_understood,
    phrases,
    scopes,
    topic_of,
    unknown_clause,
)

CASES_OR_RATE = re.compile(r"\d[万余多]*[件%]")
FIELD = re.compile("(?:^|(?<=[。;；\n，,]))在?(?P<field>[\u4e00-\u9fa5]{2,12}?)(?:方面|领域|条线)[，,:：]")
# rates that are of cases enforced for the first time, by their definition or in one breath with one that is
OF_FIRST = ("completed_rate", "terminated_this_round_rate", "terminated_this_round_share")
OPEN = "?"  # the whole of kinds that no word covers
OF_WHICH = re.compile("其中|案件?中[，,：:]")
WHOLE = re.compile("全院|全市|全省|全县|全区|本院|我院|该院|两级法院|总数|总量")
# a sentence that speaks of the whole court again: …；全院结案率97.3%
OF_ALL = re.compile(
    r"(?<=[。;；\n，,])全院(?=(?:共|总|累计|综合|各类|全部|合计|总计|计)*(?:案件)?(?:受理|新收|收案|审结|结案|审执结|未结|旧存|办结))"
)
# a campaign, whose own closings and money follow: 开展“秋风行动”3次，执结138件
ALL_OF_IT = re.compile("[全我本该]院|全[市省县区国]|案件")
RATED = re.compile("的?(?:[^，,。;；\\d件]{0,6})率")
OWN_RATE = re.compile("的?(?:执行)?(?:完毕率|终本率|终结本次执行程序率)")
CAMPAIGN = re.compile(
    "在[^，,。;；]{0,16}(?:行动|活动|会战|战役)中|(?:开展|组织|启动|推进|部署)(?:了)?[^，,。;；]{0,16}(?:行动|活动|会战|战役|攻坚|整治|专项执行)|(?:行动|活动)\\d+[次场轮]"
)
CLAUSE = re.compile("(?:[^,，。;；!！?？\\n]|,(?=\\d{3}))+")
# words that speak of the whole court again
ANEW = re.compile("全[院年市省县区国]|[我本该]院|两级法院|总[计共数量]|共(?![建同享治商管])|累计|合计|各类|全部")
BOTH_TRIED_AND_ENFORCED = re.compile("审[、(（]?执[)）]?结|审结[、和]?执结")


def _parts() -> dict[str, tuple[str, ...]]:
    told = phrases()["parts"]
    return {
        whole: tuple(dict.fromkeys(k for part in told[whole] for k in (part, *told.get(part, ())))) for whole in told
    }


PARTS_OF = _parts()  # what may be listed as a part of which cases, at any depth
ENFORCEMENT = ("执行案件", *PARTS_OF["执行案件"])

ALL_TAKEN_IN = re.compile("(?:受理|新收|收|审结|结|审执结|办结)(?:各类)?案件")
ALL_KINDS = {"民事案件", "刑事案件", "行政案件", "执行案件"}
SUM_OF_ALL = re.compile("[收结受存](?:案件?|理|结)(?:总[数量])")
ORDERS_REVIEWED, ORDERS_ENFORCED = "行政非诉审查案件", "行政非诉执行案件"
# a line of words alone, which heads those below it
HEADING = re.compile(r"(?m)^(?=.*[\u4e00-\u9fa5])[^\d，,。;；！？\n]{2,20}$")
LABELLED = re.compile(r"(?m)^(?P<label>[^\d，,。;；:：\n]{2,14})[:：].*$")  # 三、执行指标：
BULLET = re.compile(r"^\W*(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）])?\s*")


class Subjects(CourtsAndTimes):
    """A text with the courts, kinds of cases and times that it names, and where each of them holds."""

    counted = CASES_OR_RATE  # a figure, of which what is named before it may be the topic
    of_which, of_whole = OF_WHICH, WHOLE  # what lists parts; what speaks of all cases

    def __init__(self, text: str, court: str | None, published: date | None) -> None:
        super().__init__(text)
        self._name(court, published)
        self.parts: set[int] = set()  # kinds that merely take their whole's verb: 其中民事300件、刑事20件
        self.of_rate: set[int] = set()  # kinds that merely name a rate: 执结99件，首次执行案件终本率38%
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
        self.unknown = list(self._unknown_clauses())
        self.topic = topic_of(text.split("\n", 1)[0]) if "\n" in text else ""
        self.titled = bool(self.topic)
        named = {kind for *_, kind in self.scopes}
        first = self.counted.search(text)
        if not self.topic and named and named <= {*ENFORCEMENT} and first and self.scopes[0][0] < first.start():
            self.topic = "执行案件" if "执行案件" in named else ""

    def _name(self, court: str | None, published: date | None) -> None:
        """Find the courts, kinds of cases and times that the text names."""
        self.name_courts_and_times(court, published)
        text = self.text
        kinds = [*scopes(text), *((m.start(), m.end(), "") for m in OF_ALL.finditer(text))]
        self.scopes = [
            s
            for s in sorted(kinds)
            if s[2]
            or not any(re.fullmatch("[^\\d，,。;；]*", text[s[1] : k[0]]) for k in kinds if k[0] >= s[1] and k[2])
        ]
        self.scopes = [(s[0], s[1], ORDERS_ENFORCED) if self._enforced(s) else s for s in self.scopes]
        several = {end for _, end in lists_of_scopes(text)}  # 民事、刑事案件: of both together, or of each in turn
        self.scopes = [(s[0], s[1], OPEN) if s[1] in several else s for s in self.scopes]

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
        counted = [n.start for n in numbers(self.text) if not self.places_named(n.start, n.start + 1)]
        for clause in CLAUSE.finditer(self.text):
            start, end = clause.span()
            if bisect_left(counted, start) < bisect_left(counted, end) or CAMPAIGN.search(clause[0]):
                continue
            here = self.places_named(start, end)
            plain = "".join(c for at, c in enumerate(clause[0], start) if not any(a <= at < b for a, b in here))
            if odd := unknown_clause(plain):
                yield end, odd

    def unknown_before(self, at: int) -> str:
        """Return the word of an unknown clause since the last break after which nothing said anew of whom it speaks."""
        segment = self.segment(at)
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
        segment = self.segment(at)
        other = max((o for o in self.others if o < at), default=-1)
        if not kinds and other >= segment and not self._begins_anew(at, since):
            return []  # 行政非诉审查案件12件，执结9件
        return [told]

    def _begins_anew(self, at: int, since: int) -> bool:
        """Return whether a clause speaks of enforcement by itself where the one before spoke of trials: 再审案件12件，执结案件99件."""
        clause = self.text[since:at]
        before = re.split("[,，。;；]", self.just_before(max(since - 1, 0)))[-1]
        return "执行局" in clause or ("案件" in clause and "执" not in before)

    def _carried(self, at: int, since: int, clause: str, measure: str) -> list[str]:
        segment = self.segment(at)
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
            within = self._within(here, other, segment)
            return [*within, OPEN] if measure.endswith("rate") and self._merely_counted(here) else within
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
        return self._of_all_again(whole, at, clause) or self._spoken_of(whole, at, renewed=bool(times))

    def _of_all_again(self, whole: list[Kind], at: int, clause: str) -> list[str]:
        """All cases, where a sentence says that it speaks of them again, or that or the kind said last, where it may; none for neither."""
        if {k[2] for k in whole} >= ALL_KINDS and SUM_OF_ALL.search(clause):
            return [""]  # 民事案件99件，刑事案件9件，行政案件2件，执行案件50件。收案总数上升5%
        sentence = self.sentence(at)
        paragraph = self.text.rfind("\n", 0, at) + 1
        titled = self.titled and paragraph and {k[2] for k in whole if k[0] >= paragraph} <= {self.topic}
        if titled or not self._of_court_anew(whole, at, sentence):
            return []
        return [""] if ALL_TAKEN_IN.search(self.text, sentence, at) else [whole[-1][2], OPEN]

    def _of_court_anew(self, whole: list[Kind], at: int, sentence: int) -> bool:
        """Return whether a sentence names its court after a text of all cases came to speak of one kind: …。执结案件99件。高院受理9件."""
        named = [c for c in (*self.courts, *self.courts_within) if c[1] and sentence <= c[0] < at]
        first = min((k[0] for k in whole), default=-1)
        before = any(placed < first for placed in self.placed_at)
        return bool(named) and before and self.sentence(first) > 0

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
            rated = [OPEN] if one[0] and self._merely_rated(whole) else []  # 收案99件。执行案件执结率97%。存案9件
            return [self.topic] if renewed and self.topic else [*one, *rated]
        if not one:
            return [] if self._of_unknown_cases(at) else [self.topic]
        cover = self._cover(one)
        if renewed or not kinds:
            return cover if cover == [self.topic] else []
        return [one[-1], *(cover or [OPEN])]

    def _of_unknown_cases(self, at: int) -> bool:
        """Return whether a text has spoken of none but cases of an unknown kind: 受理金融案件99件。收案逐年上升，2021年30件."""
        anew = ALL_OF_IT.search(self.text, self.sentence(at), at)
        return bool(self.others) and min(self.others) < at and not self.placed_at and not anew

    def _merely_rated(self, whole: list[Kind]) -> bool:
        """Return whether nothing but rates was said of a kind, in a sentence after figures of no kind."""
        begun = self.sentence(min(k[0] for k in whole))
        return any(placed < begun for placed in self.placed_at) and all(
            RATED.match(self.text, k[1]) for k in whole if k[1] > k[0]
        )

    def _of_one_time(self, at: int) -> bool:
        """Return whether a sentence's time is part of the one said before it, or holds it: 2023年…。四季度…"""
        sentence = self.sentence(at)
        before = [s for s in self.spans if s.stretch and s.end <= sentence][-1:]
        here = [s for s in self.spans if s.stretch and sentence <= s.start < at]
        return all(holds(one, other) or holds(other, one) for one in before for other in here)

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

    def _merely_counted(self, here: list[Kind]) -> bool:
        """Return whether of the last kind nothing but a count without a verb was said: 异议案件777件，结案率97%: of those, or of all."""
        return bool(here) and here[-1][1] in self.left_at and not any(n > here[-1][0] for n in self.placed_at)

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
        after = bisect_left(self.scopes, (kind[0] + 1,))
        end = self.scopes[after][0] if after < len(self.scopes) else until
        return bisect_left(self.left_at, end) > bisect_right(self.left_at, kind[0]) and bisect_left(
            self.placed_at, end
        ) <= bisect_left(self.placed_at, kind[0])

    def _listed(self, said: int, at: int) -> bool:
        """Return whether a kind of cases was said after 其中 of an earlier sentence, or of an earlier of several alike."""
        begun, ended = (self.segment(place) for place in (at, said))
        if self.sentence(at) <= said < begun:  # 立案99件，其中执行立案9件；结案88件，其中执行结案8件
            until = self._clauses(at)[1]
            return "其中" in self.text[at:until] and "其中" in self.text[ended:said]
        return said < self.sentence(at) and bool(self.of_which.search(self.text, self.sentence(said), said + 2))


def _headed(line: str) -> str | None:
    """The kind of cases that a heading names; empty for one unknown, ``None`` for a heading of something else.

    >>> _headed("▶首次执行案件"), _headed("（二）涉民生案件"), _headed("三、强制措施")
    ('首次执行案件', '', None)
    """
    words = re.sub("(?:情况|方面|部分)$", "", BULLET.sub("", line.strip()).rstrip(":："))
    return bare_scope(words) or topic_of(words) or ("" if words.endswith("案件") else None)
