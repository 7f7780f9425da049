"""Photos by category: one tab for each, with its count, over one grid."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from photo_organizer.ui import accessible, boxes, lately
from photo_organizer.ui.grid_bar import GridBar
from photo_organizer.ui.names import category_name
from photo_organizer.ui.photo_grid import PhotoGrid
from photo_organizer.ui.session import Session
from photo_organizer.ui.tabs import FadingTabs

ALL = ""
"""The key of the tab with every photo."""


class CategoriesView(QFrame):
    """Tabs for all photos and for each category that has any."""

    opened = Signal(int)
    """The photo to look at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.tabs = FadingTabs()
        self.tabs.setAccessibleName(self.tr("Categories"))
        self.grid = PhotoGrid(session)
        self.grid.opened.connect(self.opened)
        self.bar = GridBar(session, self.grid, "categories")
        header = boxes.frame("header")
        boxes.row(header, (8, 0, 8, 0)).addWidget(self.tabs)
        layout = boxes.column(self)
        layout.addWidget(header)
        layout.addWidget(self.bar)
        layout.addWidget(self.grid)
        accessible.hand_focus(self, self.grid)
        self.tabs.currentChanged.connect(self._show_tab)
        lately.follow(self, self._show, session.result_changed)
        self._show()

    @property
    def category(self) -> str:
        """The key of the category shown, `ALL` for every photo."""
        return str(self.tabs.tabData(self.tabs.currentIndex()) or ALL)

    def choose(self, category: str) -> None:
        """Show a category by its key; nothing happens when it has no tab."""
        for tab in range(self.tabs.count()):
            if self.tabs.tabData(tab) == category:
                self.tabs.setCurrentIndex(tab)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Page down and Ctrl+Page up go through the tabs."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    @Slot()
    def _show(self) -> None:
        result = self._session.result
        shown = self.category
        counts = {ALL: len(result.photos)} if result else {}
        if result:
            counts |= {name: len(ids) for name, ids in result.categories.items() if ids}
        self.tabs.blockSignals(True)
        # Tabs stay in place while results come in: only what changed is touched.
        while self.tabs.count() > len(counts):
            self.tabs.removeTab(self.tabs.count() - 1)
        while self.tabs.count() < len(counts):
            self.tabs.addTab("")
        for tab, (name, count) in enumerate(counts.items()):
            title = (
                self.tr("All photos")
                if name == ALL
                else category_name(name, self._session.language)
            )
            self.tabs.setTabText(tab, f"{title.replace('&', '&&')}  {count:,}")
            self.tabs.setTabData(tab, name)
        self.tabs.blockSignals(False)
        self.choose(shown if shown in counts else ALL)
        self._show_tab()

    @Slot()
    def _show_tab(self) -> None:
        result = self._session.result
        if result is None:
            self.grid.set_photos([])
        elif self.category == ALL:
            self.grid.set_photos(list(result.photos))
        else:
            self.grid.set_photos(result.categories[self.category])
        if self.isVisible():
            self.grid.claim_current()
