"""The cheat sheet of the keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QWidget

from photo_organizer.ui import boxes, style


class ShortcutSheet(QDialog):
    """What the keys do, in two columns of tables."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        decision_keys = {
            "K": self.tr("keep"),
            self.tr("T, Delete"): self.tr("mark for the trash"),
        }
        columns = (
            {
                self.tr("Everywhere"): {
                    "Ctrl+O": self.tr("open a folder"),
                    "Ctrl+1 … Ctrl+5": self.tr("go to a view"),
                    "Ctrl+Return": self.tr("clean up the marked photos"),
                    "Ctrl+Z": self.tr("bring back what was cleaned up last"),
                    "F9": self.tr("show or hide the preview"),
                    "Ctrl+,": self.tr("settings"),
                    "F1, ?": self.tr("this sheet"),
                },
                self.tr("In a grid"): {
                    "← ↑ → ↓": self.tr("go from photo to photo"),
                    self.tr("Space, Enter"): self.tr("show or hide the preview"),
                    self.tr("Delete"): self.tr("mark the selected photos for the trash"),
                    "K": self.tr("keep the selected photos"),
                    "Ctrl+PgDn, Ctrl+PgUp": self.tr("next or previous category"),
                },
                self.tr("In low quality"): {
                    "↑ ↓": self.tr("go from photo to photo"),
                    "← →": self.tr("go from flaw to flaw"),
                    **decision_keys,
                    "F": self.tr("this photo is fine"),
                },
            },
            {
                self.tr("Among duplicates"): {
                    "← →": self.tr("go from photo to photo"),
                    "↑ ↓, N": self.tr("go from group to group"),
                    **decision_keys,
                    "O": self.tr("keep only this photo"),
                    "A": self.tr("keep all, and do not ask again"),
                    "R": self.tr("reviewed: do not ask again, marks stay"),
                    "X": self.tr("these are not duplicates"),
                    "L": self.tr("loupe: the same spot of every photo"),
                    "B": self.tr("blink between photo and keeper"),
                    "D": self.tr("show what differs from the keeper"),
                },
                self.tr("On a large photo"): {
                    "0": self.tr("show the whole photo"),
                    "1": self.tr("show every pixel (100 %)"),
                    self.tr("+ −, wheel"): self.tr("zoom in or out"),
                },
            },
        )
        side_by_side = boxes.row(spacing=40)
        for sections in columns:
            side_by_side.addLayout(_table(sections))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = boxes.column(self, (24, 16, 24, 16), spacing=8)
        layout.addLayout(side_by_side)
        layout.addWidget(buttons)


def _table(sections: Mapping[str, Mapping[str, str]]) -> QGridLayout:
    """Keys and meanings below the titles of their sections."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    for title, keys in sections.items():
        heading = QLabel(title)
        style.set_role(heading, "heading")
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        for key, meaning in keys.items():
            line = grid.rowCount()
            grid.addWidget(QLabel(key), line, 0)
            label = QLabel(meaning)
            style.set_role(label, "muted")
            grid.addWidget(label, line, 1)
        grid.setRowMinimumHeight(grid.rowCount(), 12)
    grid.setRowStretch(grid.rowCount(), 1)
    return grid
