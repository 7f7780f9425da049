"""All categories at a glance: a card with cover, name and count for each; photos can be dropped."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QObject,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QBrush,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from photo_organizer.ui.categories.category_drops import CategoryDrops
from photo_organizer.ui.categories.cover_photos import paint_cover
from photo_organizer.ui.categories.shown_category import ShownCategory
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.list_model import Index, ListModel

WIDTH = 216
"""Narrowest card in device-independent pixels; cards grow to fill the row."""
ASPECT = 2 / 3
CAPTION = 56
MARGIN = 8.0
SIDE = 512
"""Longest side of the thumbnails that covers are cut from, in device pixels."""


class CardRole(IntEnum):
    """What the delegate asks for."""

    ENTRY = Qt.ItemDataRole.UserRole + 1


class CardsModel(ListModel[ShownCategory]):
    """The categories in their order."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        thumbnails.ready.connect(self._on_thumbnail)

    def set_entries(self, entries: Sequence[ShownCategory]) -> None:
        """Show these categories."""
        if [e.key for e in entries] == [e.key for e in self._items]:
            self._items = list(entries)
            self.tell_changed(range(len(entries)))
        else:
            self.set_items(entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a role says about a category."""
        entry = self.item(index)
        if entry is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{entry.name}, {entry.spoken}"
            case CardRole.ENTRY:
                return entry
        return None

    @Slot(int)
    def _on_thumbnail(self, photo_id: int) -> None:
        self.tell_changed(row for row, one in enumerate(self._items) if one.cover == photo_id)


class CardDelegate(QStyledItemDelegate):
    """Paints one card."""

    def __init__(self, shown: ShownResult, thumbnails: Thumbnails, cards: CategoryCards) -> None:
        super().__init__(cards)
        self._shown = shown
        self._thumbnails = thumbnails
        self._cards = cards

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: Index,  # noqa: ARG002 - Qt's signature
    ) -> QSize:
        """The whole cell."""
        return self._cards.gridSize()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Ground, cover, name and count."""
        entry: ShownCategory | None = index.data(CardRole.ENTRY)
        if entry is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = QRectF(option.rect).adjusted(4, 4, -4, -4)
        self._paint_ground(painter, cell, option, over=self._cards.drops.over == index.row())
        cover = cell.adjusted(MARGIN, MARGIN, -MARGIN, -CAPTION)
        photo = None if entry.cover is None else self._shown.photos.get(entry.cover)
        pixmap = None if photo is None else self._thumbnails.pixmap(photo, SIDE)
        paint_cover(painter, cover, pixmap, 8, "" if photo else "images")
        line = QRectF(cell.left() + MARGIN, cover.bottom() + 6, cell.width() - 2 * MARGIN, 20)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(style.color("text" if entry.count else "muted"))
        name = QFontMetricsF(font).elidedText(entry.name, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(option.font)
        painter.setPen(style.color("muted"))
        line.translate(0, 20)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(line, align, entry.counted)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, cell: QRectF, option: QStyleOptionViewItem, *, over: bool
    ) -> None:
        pen, brush = QPen(Qt.PenStyle.NoPen), QBrush()
        if option.state & QStyle.StateFlag.State_MouseOver:
            brush = QBrush(style.color("hover"))
        if over:
            pen, brush = QPen(style.color("accent"), 2.5), QBrush(style.color("selection"))
        elif option.state & QStyle.StateFlag.State_HasFocus:
            pen = QPen(style.color("accent"), 2.5)
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 10, 10)


class CategoryCards(QListView):
    """The cards; one that is chosen tells."""

    chosen = Signal(str)
    """The key of a category to show."""
    dropped = Signal(str, object)
    """Photos (list of ids) were dropped on a category."""

    def __init__(
        self, shown: ShownResult, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.drops = CategoryDrops(self, self._category_at)
        self.drops.over_changed.connect(self.viewport().update)
        self.drops.dropped.connect(self.dropped)
        self.cards = CardsModel(thumbnails, self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(shown, thumbnails, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAutoScroll(True)
        self.setAccessibleName(self.tr("All categories"))
        self.activated.connect(self._choose)
        self.clicked.connect(self._choose)

    def key_at(self, spot: QPoint) -> str | None:
        """The category whose card is at a place."""
        found = self._category_at(spot)
        return found[1] if found else None

    def go_to(self, key: str) -> None:
        """Make a category the current one."""
        for row in range(self.cards.rowCount()):
            if self.cards.index(row).data(CardRole.ENTRY).key == key:
                self.setCurrentIndex(self.cards.index(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole columns fill the width."""
        super().resizeEvent(event)
        width = self.viewport().width() - 1
        cell = width // max(1, width // WIDTH)
        self.setGridSize(QSize(cell, round(ASPECT * (cell - 24)) + CAPTION + 24))

    def _choose(self, index: Index) -> None:
        entry: ShownCategory | None = index.data(CardRole.ENTRY)
        if entry is not None:
            self.chosen.emit(entry.key)

    # ------------------------------------------------------------------ dropping photos

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos of this window may be dropped."""
        self.drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where they would go; the base class scrolls at the edges."""
        super().dragMoveEvent(event)
        self.drops.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag went on."""
        self.drops.leave()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped on which category."""
        self.drops.take(event)

    def _category_at(self, spot: QPoint) -> tuple[int, str] | None:
        index = self.indexAt(spot)
        entry = self.cards.item(index)
        return (index.row(), entry.key) if entry else None
