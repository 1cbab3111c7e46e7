from __future__ import annotations

import hashlib
import io
import json

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pypinyin_dict.pinyin_data import ktghz2013

from analysis.charts.drawing import fonts
from analysis.vocabulary.errors import ArgumentError, OutputError
from analysis.vocabulary.text import Text

FOLDER = fonts.font_files()[0].parent


def gb2312() -> str:
    cells = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(cell.decode("gb2312", errors="ignore") for cell in cells)


@pytest.mark.parametrize("path", fonts.font_files(), ids=lambda path: path.stem)
def test_every_face_holds_the_standard_characters(path):
    with TTFont(path, lazy=True) as font:
        held = set(font.getBestCmap())
    wanted = {*ktghz2013.pinyin_dict, *map(ord, gb2312()), *map(ord, "Fujin 2011 −≤≥×—…‰°±√φτ“”（），。：；！？％￥")}
    assert len(ktghz2013.pinyin_dict) == 8105
    assert not {chr(point) for point in wanted - held}


@pytest.mark.parametrize("path", fonts.font_files(), ids=lambda path: path.stem)
def test_faces_bear_their_own_name_and_keep_copyright_and_licence(path):
    with TTFont(path, lazy=True) as font:
        names = {record.nameID: str(record) for record in font["name"].names}
        weight = font["OS/2"].usWeightClass
    assert names[1] in (fonts.SANS, fonts.SERIF)
    assert "Adobe" in names[0]
    assert "SIL Open Font License" in names[13]
    assert weight == (700 if path.stem.endswith("Bold") else 400)
    assert not any("Noto S" in names[key] for key in (1, 3, 4, 6))


def test_provenance_names_every_font_file_and_its_checksum():
    recorded = json.loads((FOLDER / "PROVENANCE.json").read_text(encoding="utf-8"))["fonts"]
    there = {path.name for path in FOLDER.iterdir() if path.suffix in (".ttf", ".woff2")}
    assert {entry["file"] for entry in recorded} == there
    for entry in recorded:
        assert hashlib.sha256((FOLDER / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert len(list(FOLDER.glob("OFL-*.txt"))) == 2


def test_an_unknown_family_is_named():
    with pytest.raises(ArgumentError, match="Court Sans SC"):
        fonts.font_files("SimHei")


def test_registering_twice_adds_nothing():
    from matplotlib.font_manager import fontManager

    fonts.register_fonts()
    before = len(fontManager.ttflist)
    fonts.register_fonts()
    assert len(fontManager.ttflist) == before


def test_missing_characters_ignore_what_has_no_shape():
    assert fonts.missing_characters("结案\n99.22％\u200b龑龑𠮷") == "龑𠮷"


@pytest.fixture
def no_system_fonts(monkeypatch):
    fonts.system_family.cache_clear()
    monkeypatch.setattr(fonts, "_families", list)
    monkeypatch.setattr("matplotlib.font_manager.findSystemFonts", lambda *_, **__: [])
    yield
    fonts.system_family.cache_clear()


def test_a_character_that_no_font_has_is_named_with_its_place_in_both_languages(no_system_fonts):
    with pytest.raises(OutputError) as raised:
        fonts.check_glyphs([(Text("表 1 第 3 行", "table 1, row 3"), "李龑")])
    assert "龑 (U+9F91)：表 1 第 3 行" in raised.value.text.zh
    assert "龑 (U+9F91): table 1, row 3" in raised.value.text.en


def test_places_may_be_the_keys_of_a_mapping(no_system_fonts):
    assert fonts.check_glyphs({"标题": "富锦市人民法院"}) == ()
    with pytest.raises(OutputError, match="标题"):
        fonts.check_glyphs({"标题": "𠮷"})


@pytest.fixture
def rare_font(tmp_path):
    """A font of the machine that has 龑 and nothing else, as matplotlib finds it after an install."""
    from matplotlib.font_manager import fontManager

    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((900, 0), (900, 800), (100, 800)):
        pen.lineTo(point)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "rare"])
    builder.setupCharacterMap({0x9F91: "rare"})
    builder.setupGlyf({".notdef": pen.glyph(), "rare": pen.glyph()})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "rare"), (1000, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Rare Names Test", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    path = tmp_path / "rare.ttf"
    builder.save(path)
    before = list(fontManager.ttflist)
    for cached in (fonts.system_family, fonts._charmap):
        cached.cache_clear()
    fontManager.addfont(str(path))
    yield "Rare Names Test"
    fontManager.ttflist[:] = before
    for cached in (fonts.system_family, fonts._charmap):
        cached.cache_clear()


def test_a_character_outside_our_fonts_is_found_in_the_systems(rare_font):
    found = fonts.check_glyphs([("标题", "李龑")])
    assert len(found) == 1  # this machine may have a better one, which is then preferred
    assert fonts.system_family("龑") == found[0]


def test_a_subset_holds_only_what_is_used_and_repeats():
    first = fonts.woff_subset("结案率 99.22%")
    fonts._cut.cache_clear()
    assert first == fonts.woff_subset("%29.9 率结案")
    assert len(first) < 10_000
    with TTFont(io.BytesIO(first)) as font:
        assert font.flavor == "woff"
        assert set(map(chr, font.getBestCmap())) == set("结案率 99.22%")
        assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_font_face_rules_read_html_and_json_escapes():
    from base64 import b64decode

    rules = fonts.font_face_css(r"\u5bcc &#38182;", "&#38182;")
    assert rules.count(f'font-family:"{fonts.SANS}"') == 2
    assert "http" not in rules
    held = []
    for part in rules.split("base64,")[1:]:
        with TTFont(io.BytesIO(b64decode(part.split(")")[0]))) as font:
            held.append(set(map(chr, font.getBestCmap())) - {" "})
    assert held == [{"富", "锦"}, {"锦"}], "bold holds what is bold"


def test_an_unknown_weight_is_named():
    with pytest.raises(ArgumentError, match="Bold"):
        fonts.woff_subset("一", weight="Black")
