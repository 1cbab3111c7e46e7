"""Sparklines of the key figures: one line without axes, as SVG for pages and as PNG for documents."""

from __future__ import annotations

import io
from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 120, 26, 3
COLOUR = "#12355b"
FINE = 4  # times larger as a PNG, for paper


def points(values: Sequence[float | None], *, scale: int = 1) -> list[tuple[float, float]]:
    """Return where each known value of a series stands in the picture, the last at the right end.

    >>> points([1.0, 3.0])
    [(3.0, 23.0), (117.0, 3.0)]
    """
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    low, high = min(value for _, value in known), max(value for _, value in known)
    across, down = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    step = across / max(len(values) - 1, 1)
    return [
        (scale * round(EDGE + place * step, 1), scale * round(EDGE + down * (1 - _part(value, low, high)), 1))
        for place, value in known
    ]


def _part(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def is_drawn(values: Sequence[float | None]) -> bool:
    """Return whether there is a line to draw: three known values or more."""
    return sum(value is not None for value in values) >= 3


def sparkline_svg(values: Sequence[float | None]) -> str:
    """Return the sparkline as SVG, the last value marked."""
    line = points(values)
    path = " ".join(f"{x:g},{y:g}" for x, y in line)
    x, y = line[-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<polyline points="{path}" fill="none" stroke="{COLOUR}" stroke-width="1.5"/>'
        f'<circle cx="{x:g}" cy="{y:g}" r="2.5" fill="{COLOUR}"/></svg>'
    )


def sparkline_png(values: Sequence[float | None]) -> bytes:
    """Return the sparkline as PNG; the same values give the same bytes."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (FINE * WIDTH, FINE * HEIGHT), "white")
    drawn, line = ImageDraw.Draw(image), points(values, scale=FINE)
    drawn.line(line, fill=COLOUR, width=FINE + 2, joint="curve")
    x, y = line[-1]
    reach = 2.5 * FINE
    drawn.ellipse((x - reach, y - reach, x + reach, y + reach), fill=COLOUR)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
