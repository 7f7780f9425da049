"""The one list of the views of the library, and the pages that show one of them at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget

from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.folders.view import FoldersView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.problems.view import ProblemsView
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.session import Session

VIEWS: tuple[type[LibraryView], ...] = (
    CategoriesView,
    DuplicatesView,
    HighlightsView,
    LowQualityView,
    FoldersView,
    ProblemsView,
    SearchView,
)
"""In the order of the navigation and of the keys Ctrl+1, Ctrl+2, …; the window begins with the
first. Navigation, pages, keys and commands are made from this list."""

V = TypeVar("V", bound=LibraryView)


class Views(QStackedWidget):
    """The views of one window: `views[DuplicatesView]` is that of duplicates."""

    came_up = Signal(object)
    """The `LibraryView` that is shown from now on."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._made = {kind: kind(session) for kind in VIEWS}
        self._shown = self._before = self._made[VIEWS[0]]
        for view in self:
            self.addWidget(view)
            view.wanted.connect(lambda focus, view=view: self.show_view(view, focus=focus))
            view.left.connect(lambda view=view: self._leave(view))

    def __iter__(self) -> Iterator[LibraryView]:
        return iter(self._made.values())

    def __getitem__(self, kind: type[V]) -> V:
        """The view of a kind.

        Raises:
            KeyError: the list has no such view.
        """
        view = self._made[kind]
        assert isinstance(view, kind)
        return view

    def by_key(self, key: str) -> LibraryView:
        """The view with a key.

        Raises:
            KeyError: there is none.
        """
        for view in self:
            if view.key == key:
                return view
        raise KeyError(key)

    @property
    def shown(self) -> LibraryView:
        """The view that is shown."""
        return self._shown

    def show_view(self, view: LibraryView, *, focus: bool = True) -> None:
        """Show a view; without `focus`, people go on with what they do, typing for example."""
        if view is not self._shown:
            self._before, self._shown = self._shown, view
        self._session.thumbnails.drop_waiting()
        self.setCurrentWidget(view)
        self.updateGeometry()
        self.came_up.emit(view)
        if focus:
            view.take_focus()
            view.claim_current()

    def minimumSizeHint(self) -> QSize:
        """What the view that is shown needs; the others need nothing meanwhile."""
        return self._shown.minimumSizeHint()

    def _leave(self, view: LibraryView) -> None:
        """Go back from a view to the one before it, and put the focus into what is shown."""
        if view is self._shown:
            self.show_view(self._before)
        else:
            self._shown.take_focus()
