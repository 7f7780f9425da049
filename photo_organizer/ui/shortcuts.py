"""The cheat sheet of the keys, made from the list of commands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QWidget

from photo_organizer.ui import boxes, style
from photo_organizer.ui.commands import Commands, Entry, Section, title

translate = QCoreApplication.translate

COLUMNS: tuple[tuple[Section, ...], ...] = (
    (Section.LIBRARY, Section.CLEAN_UP, Section.VIEW, Section.HELP),
    (Section.PHOTO, Section.LOW_QUALITY),
    (Section.DUPLICATES, Section.LARGE),
)
"""Sections side by side, so that the sheet is about as wide as a screen."""


def describe_keys(commands: Commands) -> None:
    """Tell of the keys that views know by themselves."""

    def several(section: Section, keys: dict[str, str]) -> None:
        for key, meaning in keys.items():
            commands.describe(section, key, meaning)

    def decisions(section: Section) -> None:
        commands.describe(section, "K", translate("keys", "keep"))
        commands.describe(
            section, translate("keys", "T, Delete"), translate("keys", "mark for the trash")
        )

    several(
        Section.VIEW,
        {
            "Ctrl+1 … Ctrl+5": translate("keys", "go to a view"),
            "Ctrl+PgDn, Ctrl+PgUp": translate("keys", "next or previous category"),
        },
    )
    several(
        Section.PHOTO,
        {
            "← ↑ → ↓": translate("keys", "go from photo to photo"),
            translate("keys", "Space, Enter"): translate("keys", "show or hide the preview"),
        },
    )
    several(
        Section.LOW_QUALITY,
        {
            "↑ ↓": translate("keys", "go from photo to photo"),
            "← →": translate("keys", "go from flaw to flaw"),
        },
    )
    decisions(Section.LOW_QUALITY)
    several(Section.LOW_QUALITY, {"F": translate("keys", "this photo is fine")})
    several(
        Section.DUPLICATES,
        {
            "← →": translate("keys", "go from photo to photo"),
            "↑ ↓, N": translate("keys", "go from group to group"),
        },
    )
    decisions(Section.DUPLICATES)
    several(
        Section.DUPLICATES,
        {
            "O": translate("keys", "keep only this photo"),
            "A": translate("keys", "keep all, and do not ask again"),
            "R": translate("keys", "reviewed: do not ask again, marks stay"),
            "X": translate("keys", "these are not duplicates"),
            "L": translate("keys", "loupe: the same spot of every photo"),
            "B": translate("keys", "blink between photo and keeper"),
            "D": translate("keys", "show what differs from the keeper"),
        },
    )
    several(
        Section.LARGE,
        {
            "0": translate("keys", "show the whole photo"),
            "1": translate("keys", "show every pixel (100 %)"),
            translate("keys", "+ −, wheel"): translate("keys", "zoom in or out"),
        },
    )


class ShortcutSheet(QDialog):
    """What the keys do, in columns of tables."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        side_by_side = boxes.row(spacing=40)
        for sections in COLUMNS:
            side_by_side.addLayout(_table({s: commands.entries(s) for s in sections}))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = boxes.column(self, (24, 16, 24, 16), spacing=8)
        layout.addLayout(side_by_side)
        layout.addWidget(buttons)


def _table(sections: dict[Section, Sequence[Entry]]) -> QGridLayout:
    """Keys and meanings below the titles of their sections; what has no keys is left out."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    for section, entries in sections.items():
        heading = QLabel(title(section))
        style.set_role(heading, "heading")
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        for entry in entries:
            if entry.keys:
                line = grid.rowCount()
                grid.addWidget(QLabel(entry.keys), line, 0)
                label = QLabel(entry.meaning)
                style.set_role(label, "muted")
                grid.addWidget(label, line, 1)
        grid.setRowMinimumHeight(grid.rowCount(), 12)
    grid.setRowStretch(grid.rowCount(), 1)
    return grid
