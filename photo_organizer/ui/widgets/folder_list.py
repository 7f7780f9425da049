"""A list of folders that grows and shrinks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.plain_text import tip, visible


class FolderList(QWidget):
    """Folders for one purpose, with buttons to add and remove them.

    Args:
        title: what the folders are for.
        explanation: what happens to their photos, in a sentence.
    """

    changed = Signal()
    """The user added or removed a folder."""

    def __init__(self, title: str, explanation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders: tuple[Path, ...] = ()
        heading, text = Label(title), Label(explanation)
        text.setWordWrap(True)
        style.set_role(heading, "heading")
        style.set_role(text, "muted")
        self.lines = QListWidget()
        self.lines.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setAccessibleName(title)
        self.lines.setAccessibleDescription(explanation)
        style.set_role(self.lines, "field")
        self.empty = Label(self.tr("No folders"))
        style.set_role(self.empty, "muted")
        layouts.column(self.lines.viewport()).addWidget(
            self.empty, alignment=Qt.AlignmentFlag.AlignCenter
        )
        self.add_button = QPushButton(self.tr("Add a folder…"))
        self.add_button.setAccessibleName(self.tr("Add a folder to {}").format(title))
        self.remove_button = QPushButton(self.tr("Remove"))
        self.remove_button.setAccessibleName(self.tr("Remove the folder from {}").format(title))
        self.remove_button.setToolTip(self.tr("Take the folder off this list; it stays as it is"))
        buttons = layouts.row(spacing=style.SPACE)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch()
        layout = layouts.column(self, spacing=style.SPACE)
        layout.addWidget(heading)
        layout.addWidget(text)
        layout.addWidget(self.lines)
        layout.addLayout(buttons)
        self.add_button.clicked.connect(self._choose)
        self.remove_button.clicked.connect(self.remove_current)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.lines)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_current)
        self.set_folders(())

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders in the order they were added."""
        return self._folders

    def set_folders(self, folders: Sequence[Path]) -> None:
        """Show these folders without telling."""
        row = self.lines.currentRow()
        self._folders = tuple(folders)
        self.lines.clear()
        for folder in self._folders:
            item = QListWidgetItem(visible(folder), self.lines)
            item.setToolTip(tip(visible(folder)))
            item.setSizeHint(QSize(0, style.LINE_HEIGHT))
        self.lines.setCurrentRow(min(max(0, row), len(self._folders) - 1))
        self.empty.setVisible(not self._folders)
        self.remove_button.setEnabled(bool(self._folders))

    def add(self, folder: Path) -> None:
        """Add a folder at the end; one that is there already is only chosen."""
        folder = folder.absolute()
        if folder not in self._folders:
            self.set_folders((*self._folders, folder))
            self.changed.emit()
        self.lines.setCurrentRow(self._folders.index(folder))

    @Slot()
    def remove_current(self) -> None:
        """Take the chosen folder off the list."""
        row = self.lines.currentRow()
        if row >= 0:
            self.set_folders((*self._folders[:row], *self._folders[row + 1 :]))
            self.changed.emit()

    @Slot()
    def _choose(self) -> None:
        start = self._folders[-1].parent if self._folders else Path.home()
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), str(start))
        if chosen:
            self.add(Path(chosen))
