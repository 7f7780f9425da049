"""The cheat sheet of the keys, made from the list of commands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QWidget,
)

from photo_organizer.ui.commands.commands import CheatSheetLine, Commands, Section, title
from photo_organizer.ui.widgets import fitting, layouts, style
from photo_organizer.ui.widgets.label import Label

COLUMNS = 3
MORE_COLUMNS = 4
WIDE = 1300
"""The width from which on there are more of them."""
MEANING_WIDTH = 176
"""Meanings longer than that go on in a second line."""
KEYS_WIDTH = 88
LARGEST = QSize(1320, 960)
SCROLL_BAR = 24


class ShortcutSheet(QDialog):
    """What the keys do, in columns of about the same height; it scrolls where it must."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        lines = {s: [e for e in commands.entries(s) if e.keys] for s in Section}
        sheet = layouts.frame("pane")
        across = layouts.row(sheet, (24, 16, 24, 16), spacing=40)
        room = parent.window().size() - QSize(48, 48) if parent else LARGEST
        room = room.boundedTo(fitting.room(self.screen()).marginsRemoved(fitting.FRAME).size())
        columns = MORE_COLUMNS if room.width() >= WIDE else COLUMNS
        for sections in balanced({s: len(e) for s, e in lines.items() if e}, columns):
            down = layouts.column(spacing=24)
            for section in sections:
                down.addWidget(_Table(title(section), lines[section]))
            down.addStretch()
            across.addLayout(down, 1)
        self.area = QScrollArea()
        self.area.setWidget(sheet)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.windowTitle())
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.reject)
        status = layouts.frame("status")
        line = layouts.row(status, (24, 8, 24, 8))
        line.addStretch()
        line.addWidget(close)
        layout = layouts.column(self)
        layout.addWidget(self.area, 1)
        layout.addWidget(status)
        width = min(sheet.sizeHint().width() + SCROLL_BAR, room.width(), LARGEST.width())
        height = across.totalHeightForWidth(width - SCROLL_BAR) + status.sizeHint().height()
        height += style.SPACE  # what the scroll area keeps for its own frame
        self.resize(width, min(height, room.height(), LARGEST.height()))


def balanced(counts: dict[Section, int], columns: int) -> list[list[Section]]:
    """Sections in order, broken into columns so that the longest one is as short as possible.

    Args:
        counts: lines of each section.
        columns: at most so many.
    """
    sections = list(counts)
    heights = [counts[section] + HEADING_LINES for section in sections]

    def broken(most: int) -> list[list[Section]]:
        made: list[list[Section]] = []
        height = most + 1
        for section, lines in zip(sections, heights, strict=True):
            if height + lines > most:
                made.append([])
                height = 0
            made[-1].append(section)
            height += lines
        return made

    tallest = max(heights, default=0)
    while len(made := broken(tallest)) > columns:
        tallest += 1
    return made


HEADING_LINES = 3
"""What a heading and the room around it take, in lines."""


class _Table(QWidget):
    """The keys of a section and what they mean."""

    def __init__(self, name: str, entries: Sequence[CheatSheetLine]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        heading = Label(name)
        style.set_role(heading, "heading")
        heading.setContentsMargins(0, 0, 0, 4)
        grid.addWidget(heading, 0, 0, 1, 2)
        for line, entry in enumerate(entries, 1):
            keys = Label(entry.keys)
            keys.setWordWrap("," in entry.keys)
            style.set_role(keys, "keys")
            meaning = Label(entry.meaning)
            meaning.setWordWrap(True)
            meaning.setMinimumWidth(MEANING_WIDTH)
            style.set_role(meaning, "muted")
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(keys, line, 0, top)
            grid.addWidget(meaning, line, 1, top)
        grid.setColumnMinimumWidth(0, KEYS_WIDTH)
        grid.setColumnStretch(1, 1)
