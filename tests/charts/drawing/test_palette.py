from __future__ import annotations

from itertools import combinations

import pytest

from analysis.charts.drawing import palette
from analysis.vocabulary.errors import ArgumentError


def lightness(colour: str) -> float:
    """CIE L* of an sRGB colour."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 116 * y ** (1 / 3) - 16


def test_colours_stay_apart_in_grey_print():
    assert min(abs(lightness(a) - lightness(b)) for a, b in combinations(palette.COLOURS, 2)) > 19


def test_a_level_and_what_adds_to_it_and_takes_from_it_stay_apart_in_grey_print():
    """Bars of a waterfall have no hatch; the level and what was added were two darks (L* 12 and 21)."""
    looks = [palette.ROLES[role] for role in ("past", "rise", "fall")]
    assert min(abs(lightness(a.colour) - lightness(b.colour)) for a, b in combinations(looks, 2)) > 19


@pytest.mark.parametrize("looks", [palette.FILLS, palette.LINES])
def test_no_two_looks_differ_by_colour_alone(looks):
    for kind in ("colour", "hatch", "marker", "line", "pattern", "symbol", "dash"):
        assert len({str(getattr(look, kind)) for look in looks}) == len(looks) == 4


def test_the_pale_colour_is_a_fill_with_a_dark_edge_and_never_a_line():
    assert palette.SAND not in {look.colour for look in palette.LINES}
    pale = next(look for look in palette.FILLS if look.colour == palette.SAND)
    assert pale.fill()["edgecolor"] == palette.INK
    assert pale.plotly_fill()["pattern"]["fgcolor"] == palette.INK


def test_a_fifth_series_is_refused_with_what_to_do():
    with pytest.raises(ArgumentError, match="最多4个系列，现有5个"):
        palette.fills(5)
    assert len(palette.lines(3)) == 3
