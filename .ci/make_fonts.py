"""Make the fonts of the package again: subsets of Noto Sans SC and Noto Serif SC under names of their own.

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/noto-serif-sc@0.4.3
    python .ci/make_fonts.py expo-google-fonts-noto-sans-sc-0.4.3.tgz expo-google-fonts-noto-serif-sc-0.4.3.tgz

Needs fonttools (a dependency of the package) and pypinyin-dict (development group). The archives are held
against the sums below, and the fonts that come out have the same bytes every time.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tarfile
from pathlib import Path

import fontTools
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pypinyin_dict.pinyin_data import ktghz2013

FONTS = Path(__file__).parents[1] / "src" / "analysis" / "charts" / "drawing" / "fonts"

# Two archives from npm, version 0.4.3; the static TTFs in them are Google's, the licence is in LICENSE_FONT.
ARCHIVES = {
    "sans": ("@expo-google-fonts/noto-sans-sc", "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59"),
    "serif": ("@expo-google-fonts/noto-serif-sc", "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e"),
}
VERSION = "0.4.3"
FACES = {
    "sans": ("Court Sans SC", "CourtSansSC", "NotoSansSC"),
    "serif": ("Court Serif SC", "CourtSerifSC", "NotoSerifSC"),
}
WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}

# Unicode blocks beside the two lists of Chinese characters.
BLOCKS = {
    "Basic Latin, Latin-1, Latin Extended-A": (0x0020, 0x017F),
    "Greek": (0x0370, 0x03FF),
    "General Punctuation to Number Forms": (0x2000, 0x218F),
    "Arrows, Mathematical Operators, Technical": (0x2190, 0x23FF),
    "Enclosed Alphanumerics to Miscellaneous Symbols": (0x2460, 0x26FF),
    "CJK Symbols and Punctuation": (0x3000, 0x303F),
    "Enclosed CJK, CJK Compatibility": (0x3200, 0x33FF),
    "CJK Compatibility Forms": (0xFE30, 0xFE4F),
    "Halfwidth and Fullwidth Forms": (0xFF00, 0xFFEF),
}
FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk"]
DROPPED = ["BASE", "STAT", "vhea", "vmtx"]  # vertical writing, and the names of the variable font's axes
KEPT_NAMES = [0, 5, 7, 8, 9, 10, 11, 12, 13, 14]  # copyright, version, trademark, makers, licence


def gb2312() -> set[int]:
    """Every character that GB 2312-80 encodes."""
    found = set()
    for row in range(0xA1, 0xFF):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def wanted() -> set[int]:
    """通用规范汉字表, GB 2312 and the blocks named above, without control characters."""
    blocks = {point for start, end in BLOCKS.values() for point in range(start, end + 1)}
    return {p for p in set(ktghz2013.pinyin_dict) | gb2312() | blocks if not 0x7F <= p <= 0x9F}


def subset(source: bytes, points: set[int], *, family: str, postscript: str, weight: str) -> bytes:
    """One weight of one face, cut to the characters and renamed."""
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.layout_features = FEATURES
    options.drop_tables = [*options.drop_tables, *DROPPED]
    options.name_IDs = KEPT_NAMES
    options.recalc_timestamp = False
    options.notdef_outline = True
    cut = Subsetter(options)
    cut.populate(unicodes=points)
    cut.subset(font)
    full = family if weight == "Regular" else f"{family} {weight}"
    own = f"{postscript}-{weight}"
    for name_id, text in {1: family, 2: weight, 3: f"{VERSION};{own}", 4: full, 6: own}.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def web_font(ttf: Path) -> dict[str, object]:
    """The whole of one weight as woff2: a notebook shows it to the browser (brotli takes 14 s, so it is made here)."""
    target = ttf.with_suffix(".woff2")
    with TTFont(ttf, recalcTimestamp=False) as font:
        font.flavor = "woff2"
        font.save(target)
    return {"file": target.name, "sha256": hashlib.sha256(target.read_bytes()).hexdigest(), "from": ttf.name}


def main(paths: list[str]) -> None:
    points = wanted()
    record = []
    for face, path in zip(("sans", "serif"), paths, strict=True):
        package, expected = ARCHIVES[face]
        data = Path(path).read_bytes()
        if hashlib.sha256(data).hexdigest() != expected:
            raise SystemExit(f"{path}: not the archive of {package} {VERSION} (sha256 {expected} expected)")
        family, postscript, original = FACES[face]
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:

            def member(name: str) -> bytes:
                found = archive.extractfile(f"package/{name}")
                assert found is not None, name
                return found.read()

            (FONTS / f"OFL-{postscript}.txt").write_bytes(member("LICENSE_FONT"))
            for weight, folder in WEIGHTS.items():
                source = member(f"{folder}/{original}_{folder}.ttf")
                made = subset(source, points, family=family, postscript=postscript, weight=weight)
                target = FONTS / f"{postscript}-{weight}.ttf"
                target.write_bytes(made)
                record.append(
                    {
                        "file": target.name,
                        "sha256": hashlib.sha256(made).hexdigest(),
                        "from": f"{package} {VERSION} (npm), {folder}/{original}_{folder}.ttf",
                        "from_sha256": hashlib.sha256(source).hexdigest(),
                        "characters": len(TTFont(io.BytesIO(made), lazy=True).getBestCmap()),
                    }
                )
        if face == "sans":
            record.append(web_font(FONTS / f"{postscript}-Regular.ttf"))
    provenance = {
        "made_by": "python .ci/make_fonts.py <the two archives>",
        "fonttools": fontTools.version,
        "archives": {package: {"version": VERSION, "sha256": total} for package, total in ARCHIVES.values()},
        "covers": ["通用规范汉字表 (2013, 8105 characters)", "GB 2312-80", *BLOCKS],
        "kept": f"layout features {', '.join(FEATURES)}; no hinting; dropped tables {', '.join(DROPPED)}",
        "licence": "SIL Open Font License 1.1, see OFL-*.txt; family renamed, copyright kept in each font",
        "fonts": record,
    }
    text = json.dumps(provenance, ensure_ascii=False, indent=2) + "\n"
    (FONTS / "PROVENANCE.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
