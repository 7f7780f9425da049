"""The cheat sheet of the keys."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QWidget

from photo_organizer.ui import boxes, style


class ShortcutSheet(QDialog):
    """What the keys do, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        sections = {
            self.tr("Everywhere"): {
                "Ctrl+O": self.tr("open a folder"),
                "Ctrl+1 … Ctrl+5": self.tr("go to a view"),
                "Ctrl+Return": self.tr("clean up the marked photos"),
                "Ctrl+Z": self.tr("bring back what was cleaned up last"),
                "F9": self.tr("show or hide the preview"),
                "F1, ?": self.tr("this sheet"),
            },
            self.tr("In a grid"): {
                "← ↑ → ↓": self.tr("go from photo to photo"),
                self.tr("Space, Enter"): self.tr("show or hide the photo in the preview"),
                self.tr("Delete"): self.tr("mark the selected photos for the trash"),
                "K": self.tr("keep the selected photos"),
                "Ctrl+PgDn, Ctrl+PgUp": self.tr("next or previous category"),
            },
            self.tr("Among duplicates"): {
                "← →": self.tr("go from photo to photo"),
                "↑ ↓": self.tr("go from group to group"),
                "K": self.tr("keep"),
                self.tr("T, Delete"): self.tr("mark for the trash"),
                "O": self.tr("keep only this photo"),
                "A": self.tr("keep all"),
                "N": self.tr("next group"),
            },
        }
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
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = boxes.column(self, (24, 16, 24, 16), spacing=8)
        layout.addLayout(grid)
        layout.addWidget(buttons)
