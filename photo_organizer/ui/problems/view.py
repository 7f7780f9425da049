"""What did not work, file by file, each with the reason and a way to the file."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTableView,
    QWidget,
)

from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.session.problems import Deed, Problem, deed_name
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, style
from photo_organizer.ui.widgets.file_manager import show_in_file_manager
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.layouts import column, row
from photo_organizer.ui.widgets.list_model import Index
from photo_organizer.ui.words.facts_text import folder_text
from photo_organizer.ui.words.plain_text import tip, visible

MOST_NAMES = 30
"""So many videos are named in the tip of their line."""


class Column(IntEnum):
    """The columns in order."""

    FILE = 0
    DEED = 1
    REASON = 2
    FOLDER = 3


class ProblemsModel(QAbstractTableModel):
    """The session's skipped files and other problems as a table."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Problem] = []
        session.analysis.skipped_changed.connect(self._update)
        session.problems.changed.connect(self._update)
        self._update()

    @property
    def wrong(self) -> int:
        """With how many files something is wrong; the others are only told."""
        return sum(problem.is_wrong for problem in self._rows)

    def problem(self, index: Index) -> Problem | None:
        """The problem at an index."""
        return self._rows[index.row()] if index.isValid() else None

    @Slot()
    def _update(self) -> None:
        skipped = [
            Problem(Deed.ANALYSE, s.path, s.reason, s.is_photo, s.files)
            for s in self._session.analysis.skipped
        ]
        rows = [*skipped, *self._session.problems.all]
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
        """File, deed, reason, folder."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("File"), self.tr("What happened"), self.tr("Why"), self.tr("Folder"))[
            section
        ]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        problem = self.problem(index)
        if problem is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            if index.column() != Column.REASON:
                return tip(visible(problem.path))
            whole = [problem.text(self._session.choices.language), *problem.files[:MOST_NAMES]]
            if len(problem.files) > MOST_NAMES:
                whole.append("…")
            return tip("\n".join(visible(line) for line in whole))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        texts = (
            visible(problem.path.name),
            deed_name(problem.deed),
            visible(problem.text(self._session.choices.language)),
            folder_text(problem.path.parent),
        )
        return texts[index.column()]


class ProblemsView(LibraryView):
    """The list of problems; Enter or a double click shows the file in its folder."""

    key = "problems"
    icon = "file-x"

    again = Signal()
    """Look at the files again, if that can help."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("pane")
        self.files = ProblemsModel(session, self)
        self.title = Label(self)
        self.table = _Table(self)
        self.show_in_folder = QPushButton(self.tr("Show in folder"), self)
        self.try_again = QPushButton(self.tr("Look again"), self)
        self.try_again.setToolTip(
            self.tr("Analyse the files that were left out once more; the others are known")
        )
        self._set_up_table()
        style.set_role(self.title, "heading")
        style.set_icon(self.show_in_folder, "folder-open")
        head = row(spacing=style.SPACE)
        head.addWidget(self.title, 1)
        head.addWidget(self.try_again)
        head.addWidget(self.show_in_folder)
        layout = column(self, (2 * style.SPACE,) * 4, style.SPACE)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        accessible.hand_focus(self, self.table)
        self.show_in_folder.clicked.connect(lambda: self._reveal(self.table.currentIndex()))
        self.table.activated.connect(self._reveal)
        self.table.selectionModel().currentChanged.connect(self._show)
        self.try_again.clicked.connect(self.again)
        session.analysis.skipped_changed.connect(self._show)
        session.problems.changed.connect(self._show)
        session.analysis.running_changed.connect(self._show)
        session.analysis.extent_changed.connect(self._show)
        session.analysis.skipped_changed.connect(self.count_changed)
        session.problems.changed.connect(self.count_changed)
        self._show()

    @property
    def view_name(self) -> str:
        """Its name for people."""
        return self.tr("Problems")

    @property
    def view_count(self) -> int | None:
        """How many there are; nothing is said where all went well."""
        return self.files.wrong or None

    def _set_up_table(self) -> None:
        self.table.setModel(self.files)
        self.table.setAccessibleName(self.tr("Problems"))
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
        header.setSectionResizeMode(Column.REASON, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(Column.FILE, 176)
        header.resizeSection(Column.DEED, 168)
        header.resizeSection(Column.FOLDER, 176)

    @Slot()
    def _show(self) -> None:
        count = self.files.rowCount()
        self.title.setText(self._title(self.files.wrong))
        self.table.setVisible(count > 0)
        self.show_in_folder.setVisible(count > 0)
        session = self._session
        self.try_again.setVisible(bool(session.analysis.skipped) and bool(session.analysis.folders))
        self.try_again.setEnabled(not session.analysis.running)
        self.show_in_folder.setEnabled(self.table.currentIndex().isValid())

    def _title(self, count: int) -> str:
        extent = self._session.analysis.extent
        if extent.whole:
            return self.tr("%Ln problems", "", count) if count else self.tr("No problems")
        found = self.tr("%Ln problems so far", "", count) if count else self.tr("No problem so far")
        return f"{found}  ·  {extent.text}"

    @Slot(QModelIndex)
    def _reveal(self, index: QModelIndex) -> None:
        problem = self.files.problem(index)
        if problem is not None:
            show_in_file_manager(problem.path)


class _Table(QTableView):
    """A table in which Space does what Enter does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
