"""The files that were left out, each with the reason and a way to it."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QWidget,
)

from photo_organizer.engine.results import Skipped
from photo_organizer.ui import accessible, style
from photo_organizer.ui.boxes import column, row
from photo_organizer.ui.exif_text import folder_text
from photo_organizer.ui.retold import retold
from photo_organizer.ui.reveal import reveal
from photo_organizer.ui.session import Session
from photo_organizer.ui.wording import counted

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns in order."""

    FILE = 0
    REASON = 1
    FOLDER = 2


class SkippedModel(QAbstractTableModel):
    """The session's skipped files as a table."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Skipped] = []
        session.skipped_changed.connect(self._update)
        self._update()

    def skipped(self, index: Index) -> Skipped | None:
        """The skipped file at an index."""
        return self._rows[index.row()] if index.isValid() else None

    @Slot()
    def _update(self) -> None:
        rows = list(self._session.skipped)
        known = len(self._rows)
        if rows[:known] == self._rows:
            # While an analysis runs the list only grows: selection and scrolling stay.
            if len(rows) > known:
                self.beginInsertRows(QModelIndex(), known, len(rows) - 1)
                self._rows = rows
                self.endInsertRows()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many files."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """File, reason, folder."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("File"), self.tr("Why it was left out"), self.tr("Folder"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        skipped = self.skipped(index)
        if skipped is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(skipped.path)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        reason = retold(skipped.reason, self._session.language)
        texts = (skipped.path.name, reason, folder_text(skipped.path.parent))
        return texts[index.column()]


class SkippedPanel(QFrame):
    """The list of skipped files; Enter or a double click shows the file in its folder."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._session = session
        self.files = SkippedModel(session, self)
        self.title = QLabel(self)
        self.table = QTableView(self)
        self.show_in_folder = QPushButton(self.tr("Show in folder"), self)
        self._set_up_table()
        style.set_role(self.title, "heading")
        style.set_icon(self.show_in_folder, "folder-open")
        head = row(spacing=style.SPACE)
        head.addWidget(self.title, 1)
        head.addWidget(self.show_in_folder)
        layout = column(self, (2 * style.SPACE,) * 4, style.SPACE)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        accessible.hand_focus(self, self.table)
        self.show_in_folder.clicked.connect(lambda: self._reveal(self.table.currentIndex()))
        self.table.activated.connect(self._reveal)
        self.table.selectionModel().currentChanged.connect(self._show)
        session.skipped_changed.connect(self._show)
        self._show()

    def _set_up_table(self) -> None:
        self.table.setModel(self.files)
        self.table.setAccessibleName(self.tr("Files left out"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(4 * style.SPACE)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.resizeSection(Column.FILE, 240)
        header.resizeSection(Column.REASON, 280)

    @Slot()
    def _show(self) -> None:
        count = self.files.rowCount()
        self.title.setText(
            counted(count, self.tr("1 file was left out"), self.tr("{} files were left out"))
            if count
            else self.tr("No file was left out")
        )
        self.table.setVisible(count > 0)
        self.show_in_folder.setVisible(count > 0)
        self.show_in_folder.setEnabled(self.table.currentIndex().isValid())

    @Slot(QModelIndex)
    def _reveal(self, index: QModelIndex) -> None:
        skipped = self.files.skipped(index)
        if skipped is not None:
            reveal(skipped.path)
