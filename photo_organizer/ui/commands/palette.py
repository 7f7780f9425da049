"""The command palette: type a few letters of any command, press Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QAction, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from photo_organizer.ui.commands.commands import (
    CheatSheetLine,
    Commands,
    readable_text,
    title,
)
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.list_model import Index, ListModel

WIDTH = 600
LINE = 36
MOST_LINES = 10
TOP = 72
"""Of the palette in the window."""

ENTRY = Qt.ItemDataRole.UserRole


def matching(entries: Sequence[CheatSheetLine], query: str) -> list[CheatSheetLine]:
    """The commands in which every word of `query` is found, the likeliest first.

    A command's own name counts more than its section, the beginning of a word more than its
    middle; what cannot be used now comes last.
    """
    words = query.casefold().split()
    ranked: list[tuple[bool, int, int, CheatSheetLine]] = []
    for number, entry in enumerate(entries):
        if entry.action is None or not entry.action.isVisible():
            continue
        ranks = [_rank(word, entry) for word in words]
        if all(rank is not None for rank in ranks):
            total = sum(rank for rank in ranks if rank is not None)
            ranked.append((not entry.action.isEnabled(), total, number, entry))
    return [entry for *_, entry in sorted(ranked, key=lambda one: one[:3])]


def _rank(word: str, entry: CheatSheetLine) -> int | None:
    name = readable_text(entry).casefold()
    if name.startswith(word):
        return 0
    if any(part.startswith(word) for part in name.split()):
        return 1
    if word in name:
        return 2
    return 3 if word in title(entry.section).casefold() else None


class PaletteModel(ListModel[CheatSheetLine]):
    """The commands found."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The command's name; for those who cannot see it with section and keys."""
        entry = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return readable_text(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (readable_text(entry), title(entry.section), entry.keys)))
        return entry if role == ENTRY else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What cannot be used now cannot be chosen."""
        entry = self._items[index.row()]
        usable = entry.action is not None and entry.action.isEnabled()
        both = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return both if usable else Qt.ItemFlag.NoItemFlags


class PaletteDelegate(QStyledItemDelegate):
    """Name at the left; section and keys at the right."""

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: Index,  # noqa: ARG002 - Qt's signature
    ) -> QSize:
        """One line."""
        return QSize(0, LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a command."""
        entry: CheatSheetLine = index.data(ENTRY)
        usable = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        state, rect, font = option.state, QRect(option.rect), option.font
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setBrush(style.color("selection"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        inner = rect.adjusted(12, 0, -12, 0)
        quiet = style.color("on_selection" if chosen else "muted")
        painter.setFont(font)
        metrics = painter.fontMetrics()
        if entry.keys:
            painter.setPen(quiet)
            painter.drawText(inner, _RIGHT, entry.keys)
            inner.setRight(inner.right() - metrics.horizontalAdvance(entry.keys) - 16)
        section = title(entry.section)
        name = readable_text(entry)
        if entry.action is not None and entry.action.isChecked():
            name = f"{name}  \N{CHECK MARK}"
        painter.setPen(style.color("on_selection" if chosen else "text") if usable else quiet)
        room = inner.width() - metrics.horizontalAdvance(section) - 16
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(room, LINE))
        painter.drawText(inner, _LEFT, shown)
        painter.setPen(quiet)
        inner.setLeft(inner.left() + metrics.horizontalAdvance(shown) + 12)
        painter.drawText(inner, _LEFT, section)
        painter.restore()


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class CommandPalette(QFrame):
    """Lies over the window near its top until a command is chosen or the focus goes elsewhere."""

    def __init__(self, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self._commands = commands
        self._before: QWidget | None = None
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("What would you like to do?"))
        self.field.setAccessibleName(self.tr("Search commands"))
        self.found = PaletteModel(self)
        self.list = QListView(self)
        self.list.setModel(self.found)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = Label(self.tr("There is no such command."), self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setFixedHeight(LINE)
        style.set_role(self.nothing, "muted")
        layout = layouts.column(self, (8, 8, 8, 8), spacing=8)
        for widget in (self.field, self.list, self.nothing):
            layout.addWidget(widget)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.entered.connect(self._hover)
        self.list.clicked.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(self._tell)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        window.installEventFilter(self)
        self.hide()

    @Slot()
    def open(self) -> None:
        """Come up empty, with the focus."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.field.clear()
        self._search()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Go away; the focus returns to where it was."""
        if self.isHidden():
            return
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self.window())
        before, self._before = self._before, None
        self.hide()
        if had_focus and before is not None:
            try:
                before.setFocus(Qt.FocusReason.PopupFocusReason)
            except RuntimeError:  # it went away meanwhile
                self.window().setFocus()

    # ------------------------------------------------------------------ searching

    @Slot()
    def _search(self) -> None:
        self.found.set_items(matching(self._commands.entries(), self.field.text()))
        count = self.found.rowCount()
        self.list.setVisible(count > 0)
        self.nothing.setVisible(count == 0)
        self.list.setFixedHeight(LINE * min(count, MOST_LINES))
        self._go(0)
        self._place()

    def _go(self, row: int) -> None:
        """Choose a line, where it can be used."""
        index = self.found.index(max(0, min(row, self.found.rowCount() - 1)))
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.list.setCurrentIndex(index)

    @Slot(QModelIndex)
    def _hover(self, index: QModelIndex) -> None:
        self._go(index.row())

    @Slot(QModelIndex)
    def _tell(self, index: QModelIndex) -> None:
        """The focus stays in the field: those who listen hear the chosen command there."""
        text = index.data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else ""
        self.field.setAccessibleDescription(text or self.nothing.text())

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        entry: CheatSheetLine = index.data(ENTRY)
        self.dismiss()
        if isinstance(entry.action, QAction):
            # After the focus is back: what acts on the focused view finds it there.
            QTimer.singleShot(0, entry.action, entry.action.trigger)

    # ------------------------------------------------------------------ Qt's events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the field act on the list; the palette stays in the middle."""
        if watched is self.field and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._on_key(event)
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        row = self.list.currentIndex().row()
        match event.key():
            case Qt.Key.Key_Down:
                self._go(row + 1)
            case Qt.Key.Key_Up:
                self._go(row - 1)
            case Qt.Key.Key_PageDown:
                self._go(row + MOST_LINES)
            case Qt.Key.Key_PageUp:
                self._go(row - MOST_LINES)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self.list.currentIndex())
            case Qt.Key.Key_Escape:
                self.dismiss()
            case _:
                return False
        return True

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Without any focus the whole window is inactive: it stays for the way back.
        if self.isVisible() and new is not None and not self.isAncestorOf(new):
            self.dismiss()

    def _place(self) -> None:
        room = self.window().width()
        width = min(WIDTH, room - 2 * style.SPACE)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((room - width) // 2, TOP)
