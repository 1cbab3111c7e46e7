"""The figure of a notebook: plotly's, whose pages have our font and buttons in its language, whoever writes them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from analysis.charts.drawing import fonts, screen

CALL = "Plotly.newPlot("


class ScreenFigure(go.Figure):
    """A plotly figure that is drawn once its font is there, in a page that plotly writes too."""

    def to_html(self, config: Mapping[str, Any] | None = None, **options: Any) -> str:
        """As in plotly, with our font, and with buttons in the figure's language unless ``config`` says otherwise."""
        return self._with_font(super().to_html(config=self._buttons(config), **options))

    def write_html(self, file: Any, config: Mapping[str, Any] | None = None, **options: Any) -> None:
        """As in plotly, with our font, and with buttons in the figure's language unless ``config`` says otherwise."""
        if hasattr(file, "write"):
            page = io.StringIO()
            super().write_html(page, config=self._buttons(config), **options)
            file.write(self._with_font(page.getvalue()))
            return
        super().write_html(file, config=self._buttons(config), **options)
        path = Path(file)
        path.write_text(self._with_font(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")

    def show(self, *given: Any, **options: Any) -> None:
        """As in plotly, with our buttons."""
        screen.dress_renderers()
        super().show(*given, **options)

    def _buttons(self, given: Mapping[str, Any] | None) -> dict[str, Any]:
        return screen.config((self.layout.meta or {}).get("language")) | dict(given or {})

    def _with_font(self, page: str) -> str:
        """The font before everything, and the call that draws, plotly's last, once the font is there."""
        before, _, after = page.rpartition(CALL)
        wait = f"((...given) => {screen.fonts_loaded()}.then(() => {CALL}...given)))("
        faces = f"<style>{fonts.font_face_css(json.dumps(self.to_dict(), default=str) + ''.join(screen.BUTTONS.values()))}</style>"
        head, mark, rest = (before + wait + after).partition("<head>")
        return head + mark + faces + rest if mark else faces + head
