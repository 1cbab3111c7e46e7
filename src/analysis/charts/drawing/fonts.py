"""The fonts of the package, and where a character is found that they do not hold.

"Court Sans SC" and "Court Serif SC" are subsets of Noto Sans SC and Noto Serif SC (SIL Open Font License; see
``fonts/PROVENANCE.json``): 通用规范汉字表, GB 2312, Latin, Greek, punctuation and signs, in Regular and Bold. They
bear their own names so that a full Noto of the machine is never taken for them. ``.ci/make_fonts.py`` makes them.
"""

from __future__ import annotations

import base64
import html
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from analysis.vocabulary.errors import ArgumentError, OutputError
from analysis.vocabulary.text import Text

SANS = "Court Sans SC"
SERIF = "Court Serif SC"
WEIGHTS = ("Regular", "Bold")
JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")

# Families of other systems that hold Chinese, tried in this order for what ours lack, then every other one there is.
SYSTEM_FAMILIES = (
    "Microsoft YaHei",
    "SimSun",
    "SimSun-ExtB",
    "SimSun-ExtG",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "DejaVu Sans",
)
WEB_FAMILY = ", ".join(f'"{name}"' for name in (SANS, *SYSTEM_FAMILIES[:6])) + ", sans-serif"


def font_files(family: str | None = None) -> tuple[Path, ...]:
    """Paths of the TTF files of one family, or of both: for matplotlib, typst and whoever reads fonts from files.

    >>> [path.name for path in font_files(SANS)]
    ['CourtSansSC-Regular.ttf', 'CourtSansSC-Bold.ttf']
    """
    if family not in (None, SANS, SERIF):
        raise ArgumentError.not_one_of("family", family, (SANS, SERIF))
    names = [family] if family else [SANS, SERIF]
    return tuple(_file(name, weight) for name in names for weight in WEIGHTS)


def _file(family: str, weight: str) -> Path:
    return Path(str(files("analysis.charts.drawing"))) / "fonts" / f"{family.replace(' ', '')}-{weight}.ttf"


def register_fonts() -> None:
    """Make both families known to matplotlib; harmless when repeated, and never left to the system's font cache."""
    from matplotlib.font_manager import fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    for path in font_files():
        if str(path) not in known:
            fontManager.addfont(str(path))


@cache
def characters(family: str = SANS) -> frozenset[str]:
    """Every character that a family of ours can show (Regular and Bold hold the same)."""
    from fontTools.ttLib import TTFont

    with TTFont(_file(family, "Regular"), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def missing_characters(text: str, family: str = SANS) -> str:
    """Characters of a text that a family of ours lacks, each once, in order; line breaks and marks without a
    shape do not count.

    >>> missing_characters("富锦𬭎张𠮷")
    '𠮷'
    """
    absent = dict.fromkeys(char for char in text if char not in characters(family))
    return "".join(char for char in absent if unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp", "Mn"))


def check_glyphs(texts: Mapping[str, str] | Iterable[tuple[object, str]], family: str = SANS) -> tuple[str, ...]:
    """Look up every character of named texts, in ours and then in the system's fonts.

    ``texts`` maps a place ("标题", "第3行") to what stands there; a place may be a ``Text``.
    Returns the system families needed besides ours, in order of preference (usually none).
    Raises ``OutputError`` naming each character and its place when no font on this machine has it.
    """
    needed: dict[str, None] = {}
    lost: dict[str, object] = {}
    for place, text in texts.items() if isinstance(texts, Mapping) else texts:
        for char in missing_characters(text, family):
            found = system_family(char)
            if found is None:
                lost.setdefault(char, place)
            else:
                needed[found] = None
    if lost:
        raise _unshown(lost)
    return tuple(needed)


def _unshown(lost: dict[str, object]) -> OutputError:
    def listed(language: str) -> list[str]:
        return [
            f"{char} (U+{ord(char):04X})" + (f"：{where}" if language == "zh" else f": {where}")
            for char, place in lost.items()
            for where in [place.within(language) if isinstance(place, Text) else place]
        ]

    return OutputError(
        f"本机没有字体能显示下列字符：{'；'.join(listed('zh'))}。请安装含有这些字的字体（如 Noto Sans CJK SC），或改用其他字。"
        "文件未写出。",
        f"no font on this machine can show: {'; '.join(listed('en'))}. Install a font that has them "
        "(for example Noto Sans CJK SC) or write them otherwise. Nothing was written.",
    )


@cache
def system_family(character: str) -> str | None:
    """A family known to matplotlib, or newly found on the machine, that has the character; ``None`` if none has."""
    from matplotlib.font_manager import findSystemFonts, fontManager

    found = _family_among(_families(), character)
    if found is None:  # fonts installed after matplotlib wrote its list
        known = {entry.fname for entry in fontManager.ttflist}
        fresh = [path for path in sorted(findSystemFonts()) if path not in known]
        for path in fresh:
            try:
                fontManager.addfont(path)
            except (OSError, RuntimeError, ValueError):  # a broken or bitmap font file of the machine
                continue
        found = _family_among(_families(), character) if fresh else None
    return found


def _families() -> list[str]:
    from matplotlib.font_manager import fontManager

    there = {entry.name for entry in fontManager.ttflist} - {SANS, SERIF}
    preferred = [name for name in SYSTEM_FAMILIES if name in there]
    return preferred + sorted(
        name for name in there - set(preferred) if "lastresort" not in name.lower().replace(" ", "")
    )


def _family_among(families: list[str], character: str) -> str | None:
    return next((name for name in families if ord(character) in _charmap(name)), None)


@cache
def _charmap(family: str) -> frozenset[int]:
    """Code points that every upright face under a family's name has, so that any weight can show them."""
    from matplotlib.font_manager import FontPath, fontManager, get_font

    found: frozenset[int] | None = None
    for entry in fontManager.ttflist:
        if entry.name == family and entry.style == "normal":
            try:
                face = frozenset(get_font(FontPath(entry.fname, entry.index)).get_charmap())
            except (OSError, RuntimeError, ValueError):  # listed, but gone or unreadable
                return frozenset()
            found = face if found is None else found & face
    return found or frozenset()


def woff_subset(text: str, *, family: str = SANS, weight: str = "Regular") -> bytes:
    """Cut one weight to the characters of a text, for embedding in HTML; the same text gives the same bytes.

    Characters that the family lacks are left out (``missing_characters`` tells them). woff is a third larger than woff2 and
    made in less than half its time, of which a page has two weights.
    """
    if weight not in WEIGHTS:
        raise ArgumentError.not_one_of("weight", weight, WEIGHTS)
    return _cut(frozenset({*text, " "}), family, weight)


@lru_cache(maxsize=8)  # two weights of a page, of the last four pages: one made anew mostly says the same
def _cut(letters: frozenset[str], family: str, weight: str) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.hinting = False
    options.recalc_timestamp = False
    cut = Subsetter(options)
    cut.populate(unicodes=sorted(map(ord, letters)))
    out = io.BytesIO()
    # the boxes of letters are known, and would be measured anew, which takes as long as all else
    with TTFont(_file(family, weight), recalcTimestamp=False, recalcBBoxes=False, lazy=True) as font:
        # names by characters take a third of the time
        font.setGlyphOrder([".notdef", *(f"g{n}" for n in range(1, font["maxp"].numGlyphs))])
        names = font["name"]  # kept whole: those that the other tables use need not be looked for
        del font["name"]
        cut.subset(font)
        font["name"] = names
        font.flavor = "woff"
        font.save(out)
    return out.getvalue()


def font_face_css(text: str, bold: str | None = None, *, family: str = SANS) -> str:
    """``@font-face`` rules that carry the characters of a text inside the page: no file, no network.

    ``bold`` is what of the text is shown bold; without it any of it may be. Both may be HTML or JSON: what stands in them as
    ``&#23500;`` or ``\\u5bcc`` is shown as 富 and counts as that.
    """
    rules = []
    for weight, said in zip(WEIGHTS, (text, text if bold is None else bold), strict=True):
        shown = html.unescape(JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)), said))
        data = base64.b64encode(woff_subset(shown, family=family, weight=weight)).decode("ascii")
        rules.append(_rule(family, weight, data, "woff"))
    return "\n".join(rules)


def whole_face_css() -> str:
    """One ``@font-face`` rule with all of Court Sans SC Regular, for a notebook whose text is not known yet."""
    path = _file(SANS, "Regular").with_suffix(".woff2")
    return _rule(SANS, "Regular", base64.b64encode(path.read_bytes()).decode("ascii"), "woff2")


def _rule(family: str, weight: str, data: str, flavor: str) -> str:
    number = {"Regular": 400, "Bold": 700}[weight]
    return (
        f'@font-face{{font-family:"{family}";font-style:normal;font-weight:{number};'
        f'src:url(data:font/{flavor};base64,{data}) format("{flavor}");}}'
    )
