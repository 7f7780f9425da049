"""Photos by category: a tab for each over one grid, and a page with all of them at a glance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QToolButton, QWidget

from photo_organizer.engine.domain.results import OTHERS, Result
from photo_organizer.ui.categories.cards import CategoryCards
from photo_organizer.ui.categories.commands import CategoryCommands
from photo_organizer.ui.categories.cover_photos import ALL, cover_of
from photo_organizer.ui.categories.editor import CategoryEditor
from photo_organizer.ui.categories.shown_category import ShownCategory
from photo_organizer.ui.categories.tabs import CategoryTabs
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.photos.dragged_photos import dragged_photos
from photo_organizer.ui.photos.library_view import GridView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, layouts, style
from photo_organizer.ui.widgets.view_state import ViewState
from photo_organizer.ui.widgets.visible_updates import update_while_visible
from photo_organizer.ui.words.names import category_name

__all__ = ["ALL", "CategoriesView"]


class CategoriesView(GridView):
    """Tabs for all photos and for each category that has any; cards for all of them."""

    key = "categories"
    icon = "layout-grid"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.editor: CategoryEditor | None = None
        """Made when it is asked for first."""
        self.tabs = CategoryTabs(session.shown, session.thumbnails)
        self.tabs.setAccessibleName(self.tr("Categories"))
        self.cards = CategoryCards(session.shown, session.thumbnails)
        self.overview_button = _SpringButton()
        self.overview_button.setCheckable(True)
        self._set_up(self.overview_button, "layout-grid", self.tr("All categories"))
        self.edit_button = QToolButton()
        self._set_up(self.edit_button, "pencil", self.tr("Edit categories"))
        header = layouts.frame("header")
        line = layouts.row(header, (8, 0, 8, 0), spacing=4)
        line.addWidget(self.tabs, 1)
        line.addWidget(self.overview_button)
        line.addWidget(self.edit_button)
        photos = QWidget()
        down = layouts.column(photos)
        down.addWidget(self.bar)
        down.addWidget(self.grid)
        down.addWidget(self.sort_line)
        self.pages = QStackedWidget()
        self.pages.addWidget(photos)
        self.pages.addWidget(self.cards)
        layout = layouts.column(self)
        layout.addWidget(header)
        layout.addWidget(self.pages)
        accessible.hand_focus(self, self.grid)
        self._counts_are_final = session.analysis.extent.whole
        self._left: str | None = ViewState(self.key).get("tab", ALL) or None
        self.tabs.currentChanged.connect(self._show_tab)
        self.tabs.tabBarClicked.connect(self._leave_overview)
        self.tabs.installEventFilter(self)
        self.cards.installEventFilter(self)
        self.overview_button.toggled.connect(self._show_page)
        self.edit_button.clicked.connect(self._edit)
        self.cards.chosen.connect(self._open_card)
        for target in (self.tabs, self.cards):
            target.dropped.connect(self._move)
        update_while_visible(
            self, self._show, session.shown.changed, session.own_categories.changed
        )
        session.analysis.extent_changed.connect(self._on_extent)
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

    @property
    def view_name(self) -> str:
        """Its name for people."""
        return self.tr("Categories")

    @property
    def view_count(self) -> int | None:
        """All photos."""
        return len(self._session.shown.photos) if self._session.shown.result else None

    def take_focus(self) -> None:
        """The cards or the photos, whichever are shown."""
        (self.cards if self.overview else self.grid).setFocus()

    def add_commands(self, commands: Commands) -> None:
        """Overview, editor, and moving photos to categories."""
        CategoryCommands(self, self._session, commands)

    def edit(self, key: str = "") -> None:
        """Open the editor beside the window, at one of the categories."""
        if self.editor is None:
            self.editor = CategoryEditor(self._session, self.window())
        if not self.editor.isVisible():
            self.editor.start(key)
        self.editor.show()
        self.editor.raise_()
        self.editor.activateWindow()

    def remember(self) -> None:
        """Keep which category is shown for the next start."""
        if self._session.shown.result is not None:
            ViewState(self.key).set("tab", self.category)

    @property
    def overview(self) -> bool:
        """Whether the cards are shown instead of photos."""
        return self.overview_button.isChecked()

    def show_overview(self, shown: bool = True) -> None:
        """Show all categories at a glance, or go back to the photos."""
        self.overview_button.setChecked(shown)

    def toggle_overview(self) -> None:
        """Show all categories at a glance from wherever one is, or go back to the photos."""
        shown = not self.isHidden() and self.overview
        self.wanted.emit(True)
        self.show_overview(not shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Page down and Ctrl+Page up go through the tabs; Escape leaves the cards."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.show_overview(False)
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())
        elif event.key() == Qt.Key.Key_Escape and self.overview:
            self.show_overview(False)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The context menu of a tab or card."""
        if isinstance(event, QContextMenuEvent):
            key = None
            if watched is self.tabs:
                key = self.tabs.key_at(event.pos())
            elif watched is self.cards:
                key = self.cards.key_at(event.pos())
            if key not in (None, ALL, OTHERS):
                menu = self._menu(str(key))
                menu.popup(event.globalPos())
                return True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ content

    def _set_up(self, button: QToolButton, icon: str, text: str) -> None:
        style.set_role(button, "compact")
        style.set_icon(button, icon)
        button.setIconSize(QSize(18, 18))
        button.setToolTip(text)
        button.setAccessibleName(text)

    def _menu(self, key: str) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Edit this category…"), lambda: self.edit(key))
        menu.addAction(
            self.tr("Hide this category"), lambda: self._session.own_categories.hide(key)
        )
        return menu

    def _entries(self, result: Result) -> list[ShownCategory]:
        """All photos, the categories that have any, then the empty ones (cards only)."""
        language, extent = self._session.choices.language, self._session.analysis.extent

        def entry(key: str, name: str, count: int) -> ShownCategory:
            cover = cover_of(result, key) if count else None
            photo = None if cover is None else result.photos.get(cover)
            return ShownCategory(
                key,
                name,
                count,
                cover,
                content=photo.content_hash if photo else b"",
                counted=extent.counted(count),
                spoken=extent.spoken(count),
            )

        entries = [entry(ALL, self.tr("All photos"), len(result.photos))]
        entries += [
            entry(key, category_name(key, language), len(ids))
            for key, ids in result.categories.items()
            if ids
        ]
        known = {entry.key for entry in entries}
        entries += [
            entry(category.key, category_name(category.key, language), 0)
            for category in self._session.own_categories.shown
            if category.key not in known
        ]
        return entries

    @Slot()
    def _show(self) -> None:
        result = self._session.shown.result
        before = shown = self.category
        entries = self._entries(result) if result else []
        full = [entry for entry in entries if entry.count or entry.key == ALL]
        if self._left in {entry.key for entry in full}:  # what was shown at the last end
            shown, self._left = str(self._left), None
        self.tabs.blockSignals(True)
        self.tabs.set_entries(full)
        self.choose(shown if any(entry.key == shown for entry in full) else ALL)
        self.tabs.blockSignals(False)
        self.cards.cards.set_entries(entries)
        if self.category == before:
            self._fill(self.grid.update_photos)
        else:
            self._show_tab()

    @Slot()
    def _on_extent(self) -> None:
        """All photos were looked at, or not all any more: the counts say so."""
        if self._session.analysis.extent.whole != self._counts_are_final:
            self._counts_are_final = not self._counts_are_final
            self._show()

    @Slot()
    def _show_tab(self) -> None:
        self._fill(self.grid.set_photos)

    def _fill(self, give: Callable[[Sequence[int]], None]) -> None:
        result = self._session.shown.result
        if result is None:
            give([])
        elif self.category == ALL:
            give(list(result.photos))
        else:
            give(result.categories[self.category])
        if self.grid.isVisible():
            self.grid.claim_current()

    @Slot(bool)
    def _show_page(self, overview: bool) -> None:
        self.pages.setCurrentIndex(1 if overview else 0)
        if overview:
            self.cards.go_to(self.category)
        if self.isVisible():
            self.take_focus()

    @Slot()
    def _leave_overview(self) -> None:
        self._left = None
        self.show_overview(False)

    @Slot(str)
    def _open_card(self, key: str) -> None:
        result = self._session.shown.result
        if key == ALL or (result is not None and result.categories.get(key)):
            self.choose(key)
            self.show_overview(False)

    @Slot()
    def _edit(self) -> None:
        self.edit(self.category if self.category not in (ALL, OTHERS) else "")

    @Slot(str, object)
    def _move(self, key: str, photos: list[int]) -> None:
        self._session.own_categories.move(photos, key)


class _SpringButton(QToolButton):
    """A switch that photos held over it switch on: what it opens takes them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Open."""
        if dragged_photos(event):
            event.acceptProposedAction()
            self.setChecked(True)
