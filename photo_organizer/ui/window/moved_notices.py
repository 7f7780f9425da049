"""Says how many photos a move to a category took along, and shows them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.session.moved_along import Moved
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets.toast import Toast
from photo_organizer.ui.window.views import Views
from photo_organizer.ui.words.names import category_name
from photo_organizer.ui.words.translation import PLURAL, translate


class MovedNotices(QObject):
    """Shows a toast: "5 photos moved to Food: 4 because they are alike"."""

    def __init__(self, session: Session, views: Views, toast: Toast) -> None:
        super().__init__(toast)
        self._session = session
        self._views = views
        self._toast = toast
        session.moved_along.told.connect(self._tell)

    @Slot(object)
    def _tell(self, moved: Moved) -> None:
        count, along = len(moved.by_hand) + len(moved.along), len(moved.along)
        name = category_name(moved.category, self._session.choices.language)
        whole = translate("moved", "%Ln photos moved to {}", "", PLURAL, count).format(name)
        like = translate("moved", "%Ln because they are alike", "", PLURAL, along)
        history = self._session.history
        self._toast.tell(
            f"{whole}: {like}",
            [
                (self.tr("Show"), lambda: self._show(moved)),
                (self.tr("Undo"), lambda: history.undo(moved.operation)),
            ],
        )

    def _show(self, moved: Moved) -> None:
        """Lead to them: their category, and all of them selected."""
        view = self._views[CategoriesView]
        self._views.show_view(view)
        view.show_overview(False)
        view.choose(moved.category)
        view.grid.select_photos((*moved.by_hand, *moved.along))
        view.grid.setFocus()
