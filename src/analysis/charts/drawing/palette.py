"""Four colours that stay apart in grey print and for the colour-blind, each with a hatch, a marker and a line.

The colours keep at least 19 units of lightness between neighbours in greyscale and 20 units of CAM02-UCS
distance under the three colour deficiencies. There is no red and no green; only the signals of an indicator that has a better
and a worse side judge, and those by their shape and name too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NAVY, BLUE, ORANGE, SAND = "#12355B", "#0173B2", "#DE8F05", "#F2D388"
COLOURS = (NAVY, BLUE, ORANGE, SAND)  # SAND is too pale for a line: fills with an edge of INK only
INK = "#1F1F1F"  # text and edges
MUTED = "#595959"  # notes and axes; 7 : 1 on white
RULE = "#D0D0D0"  # grid
HATCHED = "#8FA6B8"  # strokes of a hatch on a pale ground
SEQUENTIAL = "cividis"


@dataclass(frozen=True)
class Look:
    """The look that tells one series from the next, on paper (matplotlib) and on the screen (plotly)."""

    colour: str
    hatch: str
    marker: str
    line: str | tuple[float, tuple[float, ...]]
    pattern: str
    symbol: str
    dash: str

    def fill(self) -> dict[str, Any]:
        """Keyword arguments for a matplotlib bar or patch: colour, hatch, dark edge."""
        edge = INK if self.colour == SAND else "white"
        return {"facecolor": self.colour, "hatch": self.hatch, "edgecolor": edge, "linewidth": 0.6}

    def plotly_fill(self) -> dict[str, Any]:
        """A plotly ``marker=`` for bars."""
        on = INK if self.colour == SAND else "white"
        pattern = {"shape": self.pattern, "fgcolor": on, "bgcolor": self.colour, "solidity": 0.2, "size": 7}
        return {"color": self.colour, "pattern": pattern, "line": {"color": INK, "width": 0.6}}


FILLS = (
    Look(NAVY, "", "o", "-", "", "circle", "solid"),
    Look(ORANGE, "///", "s", (0, (5, 2)), "/", "square", "dash"),
    Look(SAND, "...", "^", (0, (1, 1.5)), ".", "triangle-up", "dot"),
    Look(BLUE, "xx", "D", (0, (6, 2, 1, 2)), "x", "diamond", "dashdot"),
)
LINES = (
    Look(NAVY, "", "o", "-", "", "circle", "solid"),
    Look(ORANGE, "///", "s", (0, (5, 2)), "/", "square", "dash"),
    Look(BLUE, "xx", "D", (0, (6, 2, 1, 2)), "x", "diamond", "dashdot"),
    Look(INK, "...", "^", (0, (1, 1.5)), ".", "triangle-up", "dot"),
)


def _plain(colour: str, line: Any = "-", dash: str = "solid", marker: str = "o", symbol: str = "circle") -> Look:
    return Look(colour, "", marker, line, "", symbol, dash)


# What a mark stands for, and how that looks in every chart and every medium: the one place where an own court is told
# from its peers, a recorded figure from an expected one.
ROLES = {
    "own": LINES[1],
    "peer": LINES[2],
    "later_peer": LINES[2],
    "filed": FILLS[0],
    "closed": FILLS[1],
    "rise": LINES[2],
    "fall": LINES[1],
    "published": FILLS[0],
    "computed": FILLS[1],
    "recorded": LINES[0],
    "adjusted": LINES[2],
    "counterfactual": LINES[2],
    "past": _plain(INK),
    "baseline": LINES[0],
    "forecast": LINES[0],
    "what_if": LINES[1],
    "stock": _plain(BLUE, marker="D", symbol="diamond"),
    "net": LINES[0],
    "mean": _plain(ORANGE, marker="s", symbol="square"),
    "zero": _plain(INK),
    "reference": _plain(INK),
    "expected": _plain(INK, (0, (5, 2)), "dash"),
    "target": _plain(MUTED, (0, (1, 1.5)), "dot"),
    "limit": _plain(MUTED, (0, (4, 2)), "dash"),
    "lower_limit": _plain(MUTED, (0, (4, 2)), "dash"),
    "upper_limit": _plain(MUTED, (0, (4, 2)), "dash"),
    "inner_limit": _plain(BLUE, (0, (5, 2)), "dash"),
    "outer_limit": _plain(NAVY),
    "signal_high": _plain(SAND, marker="^", symbol="triangle-up"),  # neither good nor bad: with an edge of ink
    "signal_low": _plain(SAND, marker="v", symbol="triangle-down"),
    "signal_better": _plain(BLUE, marker="D", symbol="diamond"),
    "signal_worse": _plain(ORANGE, marker="X", symbol="x"),
    "interval": _plain(MUTED),
    "band": _plain(SAND),
    "accumulating": _plain(SAND),
    "clearing": Look("#DCE6EE", "///", "o", "-", "", "circle", "solid"),  # pale beside pale sand: apart by its hatch
    "printed_range": _plain(RULE),
    "allowed": _plain(ORANGE),
    "register": _plain(NAVY, marker="D", symbol="diamond"),
    "runs_left": _plain(INK, marker="<", symbol="triangle-left"),
    "runs_right": _plain(INK, marker=">", symbol="triangle-right"),
    "peak": _plain(INK, marker="^", symbol="triangle-up"),
    "trough": _plain(INK, marker="v", symbol="triangle-down"),
    "last": _plain(INK, marker="s", symbol="square"),
    "province": _plain(MUTED, marker="|", symbol="line-ns-open"),
    "text": _plain(INK),
    "aside": _plain(MUTED),
}


def letters(look: Look) -> str:
    """The colour of a look for letters: one too pale to read on white is darkened.

    >>> letters(ROLES["own"]), letters(ROLES["text"])
    ('#8A5700', '#1F1F1F')
    """
    return {ORANGE: "#8A5700", SAND: "#7A5F1A"}.get(look.colour, look.colour)


def fills(count: int) -> tuple[Look, ...]:
    """Looks for ``count`` filled series side by side, at most four; more belong in panels of their own.

    >>> [look.hatch for look in fills(2)]
    ['', '///']
    """
    return _first(FILLS, count)


def lines(count: int) -> tuple[Look, ...]:
    """Looks for ``count`` lines in one panel, at most four; more belong in panels of their own."""
    return _first(LINES, count)


def _first(looks: tuple[Look, ...], count: int) -> tuple[Look, ...]:
    from analysis.vocabulary.errors import ArgumentError

    if count > len(looks):
        raise ArgumentError(
            f"一幅图中最多{len(looks)}个系列，现有{count}个：请分成多个小图，或先筛选。",
            f"one panel holds at most {len(looks)} series, {count} were given: use small panels or filter first.",
        )
    return looks[:count]
