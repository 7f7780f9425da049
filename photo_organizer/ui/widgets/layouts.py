"""Rows and columns with their distances in one line."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

Box = TypeVar("Box", bound=QBoxLayout)
Margins = tuple[int, int, int, int]
"""Left, top, right, bottom, in device-independent pixels."""

NONE: Margins = (0, 0, 0, 0)


def column(widget: QWidget | None = None, margins: Margins = NONE, spacing: int = 0) -> QVBoxLayout:
    """A layout from top to bottom, of `widget` where one is given."""
    return _spaced(QVBoxLayout(widget) if widget else QVBoxLayout(), margins, spacing)


def row(widget: QWidget | None = None, margins: Margins = NONE, spacing: int = 0) -> QHBoxLayout:
    """A layout from left to right, of `widget` where one is given."""
    return _spaced(QHBoxLayout(widget) if widget else QHBoxLayout(), margins, spacing)


def frame(name: str) -> QFrame:
    """A frame that ``window.qss`` knows by name."""
    made = QFrame()
    made.setObjectName(name)
    return made


def _spaced(box: Box, margins: Margins, spacing: int) -> Box:
    box.setContentsMargins(*margins)
    box.setSpacing(spacing)
    return box
