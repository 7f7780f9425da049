"""The list of what was done, where each thing can be taken back, and of photos that are apart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabWidget,
    QWidget,
)

from photo_organizer.engine.domain.operations import Deed, Operation
from photo_organizer.ui.history.model import Apart, HistoryModel, sets_apart
from photo_organizer.ui.photos.row_delegate import RowContent, RowDelegate
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.list_model import Index, ListModel
from photo_organizer.ui.widgets.row_list import RowList, paint_ground
from photo_organizer.ui.words.freed_text import freed_text
from photo_organizer.ui.words.plain_text import tip, visible

SIZE = (640, 560)
ROW = 40
ICON = 18
ICONS = {
    Deed.MARK: "trash-2",
    Deed.MARK_SAFE: "trash-2",
    Deed.CLEAN_UP: "trash-2",
    Deed.FILE: "folder-input",
    Deed.RATE: "star",
    Deed.UNRATE: "star",
    Deed.FORGET_STARS: "star",
    Deed.NOT_DUPLICATES: "unlink",
    Deed.DUPLICATES_AGAIN: "copy",
    Deed.MOVE: "layout-grid",
    Deed.RELEASE: "layout-grid",
    Deed.EDIT_CATEGORIES: "pencil",
    Deed.ADD_CATEGORY: "plus",
    Deed.HIDE_CATEGORY: "x",
    Deed.PROTECT: "folder-open",
    Deed.UNPROTECT: "folder-open",
    Deed.KEEP_FROM: "folder-open",
    Deed.KEEP_FROM_NO_MORE: "folder-open",
    Deed.CHANGE_FOLDERS: "folder-open",
}
"""What stands before each; a tick before all others."""


class OperationDelegate(QStyledItemDelegate):
    """Paints an operation: what, when, and whether it was taken back."""

    def __init__(self, model: HistoryModel) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line with room around it."""
        return QSize(
            super().sizeHint(option, index).width(), max(ROW, 2 * option.fontMetrics.height())
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        operation = self._model.item(index)
        if operation is None:
            return
        row = QRectF(option.rect)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        paint_ground(painter, row, state)
        muted = "on_selection" if selected else "muted"
        font = option.font
        metrics = QFontMetricsF(font)
        spot = QRectF(row.left() + 12, row.center().y() - ICON / 2, ICON, ICON)
        style.draw_icon(painter, ICONS.get(operation.deed, "check"), muted, spot)
        line = QRectF(row)
        line.setLeft(spot.right() + 12)
        line.setRight(row.right() - 12)
        when = self._when(operation)
        painter.setPen(style.color(muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        line.setRight(line.right() - metrics.horizontalAdvance(when) - 16)
        font.setStrikeOut(bool(operation.undone))
        painter.setFont(font)
        if not operation.undone:
            painter.setPen(style.color("on_selection" if selected else "text"))
        name = str(index.data() or "")
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(name, Qt.TextElideMode.ElideRight, line.width()),
        )
        painter.restore()

    def _when(self, operation: Operation) -> str:
        when = self._model.time_text(operation)
        state = ""
        if operation.undone:
            state = self.tr("taken back")
        elif self._model.is_gone(operation):
            state = self.tr("no longer in the trash")
        return f"{state} · {when}" if state else when


class ApartModel(ListModel[Apart]):
    """Sets of photos that are never grouped."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def names(self, apart: Apart) -> str:
        """The names of the photos."""
        photos = self._session.shown.photos
        known = (photos[i].path.name for i in apart.photos if i in photos)
        return ", ".join(map(visible, known))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names, for screen readers and tips; the rest is painted."""
        apart = self.item(index)
        if apart is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.names(apart)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self.names(apart))
            case _:
                return None


class ApartDelegate(RowDelegate):
    """Paints a set of photos: the first of them, and all names."""

    def __init__(self, session: Session, model: ApartModel) -> None:
        super().__init__(session.thumbnails, model)
        self._session = session
        self._model = model

    def content(self, index: Index) -> RowContent:
        """What a row says."""
        apart = self._model.item(index)
        assert apart is not None
        first, count = self._session.shown.photos[apart.photos[0]], len(apart.photos)
        names = self._model.names(apart)
        return RowContent(first, self.tr("%Ln photos", "", count), names, state="")


class HistoryDialog(QDialog):
    """Stands beside the window, which goes on; nothing has to be confirmed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("History"))
        self.resize(*SIZE)
        self.operations = HistoryModel(session, self)
        self.list = QListView()
        self.list.setModel(self.operations)
        self.list.setItemDelegate(OperationDelegate(self.operations))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(self.tr("What you did"))
        self.turn = QPushButton(self.tr("Take back"))
        self.nothing = Label(self.tr("Whatever you decide is listed here and can be taken back."))
        self.apart = ApartModel(session, self)
        self.apart_list = RowList()
        self.apart_list.setModel(self.apart)
        self.apart_list.setItemDelegate(ApartDelegate(session, self.apart))
        self.apart_list.setAccessibleName(self.tr("Not duplicates"))
        self.no_apart = Label(self.tr("Photos that you call “not duplicates” are listed here."))
        self.again = QPushButton(self.tr("May be duplicates again"))
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self._operations_page(), self.tr("What you did"))
        self.pages.addTab(self._apart_page(), self.tr("Not duplicates"))
        self.freed = Label()
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._show_turn)
        self.list.activated.connect(self._turn)
        self.turn.clicked.connect(self._turn)
        self.again.clicked.connect(self._let_group_again)
        self.apart_list.selectionModel().currentChanged.connect(self._show_again)
        self.close_button.clicked.connect(self.close)
        session.history.changed.connect(self._on_history)
        session.clean_ups.freed_changed.connect(self._show_freed)
        session.clean_ups.busy_changed.connect(self._show_turn)
        session.thumbnails.ready.connect(self._draw_apart)
        self._on_history()
        self._show_freed()

    def show_apart(self) -> None:
        """Show the photos that are not duplicates."""
        self.pages.setCurrentIndex(1)
        # A list without anything in it is hidden, and would keep the focus from going on.
        (self.apart_list if self.apart.rowCount() else self.pages.tabBar()).setFocus()

    # ------------------------------------------------------------------ layout

    def _operations_page(self) -> QWidget:
        hint = Label(
            self.tr(
                "The newest first. Taking back one of them leaves what you did after it: what was "
                "changed once more since stays as it is."
            )
        )
        return _page(hint, self.nothing, self.list, self.turn)

    def _apart_page(self) -> QWidget:
        hint = Label(self.tr("You said that these show different things: they are never grouped."))
        return _page(hint, self.no_apart, self.apart_list, self.again)

    def _lay_out(self) -> None:
        status = layouts.frame("status")
        line = layouts.row(status, (16, 12, 16, 12))
        style.set_role(self.freed, "muted")
        line.addWidget(self.freed)
        line.addStretch()
        line.addWidget(self.close_button)
        for button in (self.turn, self.again, self.close_button):
            button.setAutoDefault(False)
        whole = layouts.column(self)
        whole.addWidget(self.pages, 1)
        whole.addWidget(status)

    # ------------------------------------------------------------------ following the history

    @Slot()
    def _on_history(self) -> None:
        some = self.operations.rowCount() > 0
        self.list.setVisible(some)
        self.turn.setVisible(some)
        self.nothing.setVisible(not some)
        if some and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.operations.index(0))
        self._show_turn()
        if self.isVisible():
            self._look_for_apart()

    def showEvent(self, event: object) -> None:
        """List what is so now."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.list.setFocus()
        self._look_for_apart()

    def _look_for_apart(self) -> None:
        self._session.history.find_apart(self._show_apart)

    def _show_apart(self, pairs: frozenset[tuple[bytes, bytes]]) -> None:
        self.apart.set_items(sets_apart(pairs, self._session.shown.photos))
        some = self.apart.rowCount() > 0
        self.apart_list.setVisible(some)
        self.again.setVisible(some)
        self.no_apart.setVisible(not some)
        if some:
            self.apart_list.setCurrentIndex(self.apart.index(0))
            if self.pages.tabBar().hasFocus() and self.pages.currentIndex() == 1:
                self.apart_list.setFocus()  # it was not there yet: see `show_apart`
        self._show_again()

    @Slot()
    def _show_freed(self) -> None:
        self.freed.setText(freed_text(self._session.clean_ups.freed))

    @Slot()
    def _draw_apart(self) -> None:
        self.apart_list.viewport().update()

    @Slot()
    def _show_turn(self) -> None:
        operation = self.operations.item(self.list.currentIndex())
        undone = operation is not None and bool(operation.undone)
        self.turn.setText(self.tr("Do again") if undone else self.tr("Take back"))
        can = operation is not None and self._session.history.can_turn(operation)
        self.turn.setEnabled(can)
        why = self.tr("What it changed was changed again since, or cannot be done by itself.")
        self.turn.setToolTip("" if can else why)

    @Slot()
    def _show_again(self) -> None:
        self.again.setEnabled(self.apart_list.currentIndex().isValid())

    @Slot()
    def _turn(self) -> None:
        operation = self.operations.item(self.list.currentIndex())
        if operation is None or not self._session.history.can_turn(operation):
            return
        if operation.undone:
            self._session.history.redo(operation)
        else:
            self._session.history.undo(operation)
        self._show_turn()

    @Slot()
    def _let_group_again(self) -> None:
        apart = self.apart.item(self.apart_list.currentIndex())
        if apart is not None:
            self._session.decisions.decide_duplicates_again(apart.pairs, len(apart.photos))


def _page(hint: Label, nothing: Label, view: QWidget, button: QPushButton) -> QWidget:
    """A page: what it is, the list or what stands for it, and what can be done."""
    page = layouts.frame("pane")
    down = layouts.column(page, (16, 12, 16, 12), spacing=12)
    for text in (hint, nothing):
        text.setWordWrap(True)
    style.set_role(hint, "muted")
    nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
    down.addWidget(hint)
    down.addWidget(nothing, 1)
    down.addWidget(view, 1)
    line = layouts.row()
    line.addStretch()
    line.addWidget(button)
    down.addLayout(line)
    return page
