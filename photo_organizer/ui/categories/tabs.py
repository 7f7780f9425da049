"""The row of categories: a tab with cover, name and count for each; photos can be dropped on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QIcon,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QToolButton, QWidget

from photo_organizer.ui.categories.category_drops import CategoryDrops
from photo_organizer.ui.categories.cover_photos import ALL, paint_cover
from photo_organizer.ui.categories.shown_category import ShownCategory
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.fading_tabs import FadingTabs
from photo_organizer.ui.words.plain_text import button_text

COVER = QSize(32, 32)
SIDE = 128
"""Longest side of the thumbnails that covers are cut from, in device pixels."""
SCROLL = 300
"""Milliseconds between two steps while photos are held over an end of the row."""


class CategoryTabs(FadingTabs):
    """Tabs of categories, one of them chosen."""

    dropped = Signal(str, object)
    """Photos (list of ids) were dropped on a category."""

    def __init__(
        self, shown: ShownResult, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown = shown
        self._thumbnails = thumbnails
        self._entries: list[ShownCategory] = []
        self._drops = CategoryDrops(self, self._category_at)
        self._drops.over_changed.connect(self.update)
        self._drops.dropped.connect(self.dropped)
        self._end = 0
        self._timer = QTimer(self)
        self._timer.setInterval(SCROLL)
        self._timer.timeout.connect(self._scroll_on)
        self.setAcceptDrops(True)
        self.setIconSize(COVER)
        thumbnails.ready.connect(self._on_thumbnail)
        style.on_change(self, _dress)

    def set_entries(self, entries: Sequence[ShownCategory]) -> None:
        """Show these categories; tabs stay in place, only what changed is touched."""
        before, self._entries = self._entries, list(entries)
        while self.count() > len(entries):
            self.removeTab(self.count() - 1)
        while self.count() < len(entries):
            self.addTab("")
        for tab, entry in enumerate(entries):
            known = before[tab] if tab < len(before) else None
            if entry == known:
                continue
            self.setTabText(tab, f"{button_text(entry.name)}  {entry.counted}")
            self.setTabData(tab, entry.key)
            self.setAccessibleTabName(tab, f"{entry.name}, {entry.spoken}")
            if known is None or (entry.cover, entry.content) != (known.cover, known.content):
                self._dress_tab(tab)
        self.updateGeometry()  # Qt does not tell while they are hidden: the first had no height

    def key_at(self, spot: QPoint) -> str | None:
        """The category whose tab is at a place."""
        found = self._category_at(spot)
        return found[1] if found else None

    # ------------------------------------------------------------------ covers

    def dress_all(self) -> None:
        """Draw all covers again: the colours changed."""
        for tab in range(self.count()):
            self._dress_tab(tab)

    def _dress_tab(self, tab: int) -> None:
        entry = self._entries[tab]
        photo = None if entry.cover is None else self._shown.photos.get(entry.cover)
        thumbnail = None if photo is None else self._thumbnails.pixmap(photo, SIDE)
        ratio = self.devicePixelRatioF()
        cover = QPixmap(COVER * ratio)
        cover.setDevicePixelRatio(ratio)
        cover.fill(Qt.GlobalColor.transparent)
        painter = QPainter(cover)
        paint_cover(painter, QRectF(0, 0, COVER.width(), COVER.height()), thumbnail, 6)
        painter.end()
        self.setTabIcon(tab, QIcon(cover))

    @Slot(int)
    def _on_thumbnail(self, photo_id: int) -> None:
        for tab, entry in enumerate(self._entries):
            if entry.cover == photo_id:
                self._dress_tab(tab)

    # ------------------------------------------------------------------ dropping photos

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos of this window may be dropped."""
        self._drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where they would go, and go on to tabs that wait behind the ends."""
        self._drops.move(event)
        spot = event.position().toPoint()
        self._end = -1 if spot.x() < 2 * COVER.width() else 0
        if spot.x() > self.width() - 3 * COVER.width():
            self._end = 1
        if self._end and not self._timer.isActive():
            self._timer.start()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag went on."""
        self._drops.leave()
        self._stop_scrolling()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped on which category."""
        self._stop_scrolling()
        self._drops.take(event)

    def _category_at(self, spot: QPoint) -> tuple[int, str] | None:
        tab = self.tabAt(spot)
        return None if tab < 0 else (tab, str(self.tabData(tab) or ALL))

    def _stop_scrolling(self) -> None:
        self._end = 0
        self._timer.stop()

    @Slot()
    def _scroll_on(self) -> None:
        arrows = sorted(
            (b for b in self.findChildren(QToolButton) if b.isVisible()), key=lambda b: b.x()
        )
        if not self._end or len(arrows) < 2:
            self._timer.stop()
        else:
            arrows[0 if self._end < 0 else -1].click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tabs, and a frame around the one that photos would go to."""
        super().paintEvent(event)
        if self._drops.over < 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(style.color("accent"), 2))
        painter.drawRoundedRect(QRectF(self.tabRect(self._drops.over)).adjusted(3, 3, -3, -3), 8, 8)
        painter.end()


def _dress(tabs: CategoryTabs) -> None:
    tabs.dress_all()
