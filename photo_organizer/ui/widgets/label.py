"""The label of this program: what it says is text, never HTML."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from photo_organizer.ui.words.plain_text import visible_lines


class Label(QLabel):
    """Use it in place of `QLabel`, which would interpret names of files; a test looks for that."""

    def __init__(self, text: str | QWidget | None = None, *more: Any, **options: Any) -> None:
        if isinstance(text, str):
            text = visible_lines(text)
        super().__init__(*(() if text is None else (text,)), *more, **options)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Show a text as it is."""
        super().setText(visible_lines(text))
