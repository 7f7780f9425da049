"""Says what was done or taken back where it matters, and shows the photos that came back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from photo_organizer.engine.domain.decision_keys import (
    content_of,
    fine_of,
    pair_of,
    review_of,
)
from photo_organizer.engine.domain.operations import Deed, Operation
from photo_organizer.engine.domain.photos import Photos
from photo_organizer.engine.domain.steps import Subject
from photo_organizer.ui.history.dialog import HistoryDialog
from photo_organizer.ui.session.history import Told
from photo_organizer.ui.session.marks import photos_of_keys
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets.toast import Offer, Toast
from photo_organizer.ui.window.full_screen import FullScreen
from photo_organizer.ui.window.views import Views
from photo_organizer.ui.words.operation_text import operation_name
from photo_organizer.ui.words.translation import PLURAL, translate

QUIET = frozenset({Deed.MARK, Deed.KEEP, Deed.RATE, Deed.UNRATE, Deed.KEEP_ONLY, Deed.CLEAN_UP})
"""What people do with a key a thousand times, and see at once; and what has its own sheet."""
MANY = 10
"""From so many photos on even those are told."""
FEW = 200
"""Of up to so many decisions that were taken back, a photo is looked for and shown."""


class UndoNotices(QObject):
    """Shows a toast for what changes more than the eye can see, and for all that is taken back."""

    def __init__(
        self,
        session: Session,
        views: Views,
        full_screen: FullScreen,
        toast: Toast,
        show_history: Callable[[], HistoryDialog],
    ) -> None:
        super().__init__(toast)
        self._session = session
        self._views = views
        self._full_screen = full_screen
        self._toast = toast
        self._show_history = show_history
        session.history.told.connect(self._tell)

    @Slot(object)
    def _tell(self, told: Told) -> None:
        operation = told.operation
        if told.back or told.again:
            # First the views must know that the photo is back.
            QTimer.singleShot(0, self, lambda: self._go_to(operation))
        elif operation.deed in QUIET and (
            operation.count < MANY or operation.deed is Deed.CLEAN_UP
        ):
            return
        viewer = self._full_screen.shown
        if viewer is not None:
            viewer.note.tell(self._sentence(told))
        else:
            self._toast.tell(self._sentence(told), self._offers(told))

    def _sentence(self, told: Told) -> str:
        operation, stayed = told.operation, told.stayed
        count = operation.count
        name = operation_name(operation, self._session.choices.language)
        if told.stayed == len(operation.steps):
            sentence = self.tr("Nothing was changed: {}").format(name)
        elif told.back:
            sentence = self.tr("Undone: {}").format(name)
        elif told.again:
            sentence = self.tr("Done again: {}").format(name)
        elif operation.deed is Deed.NOT_DUPLICATES:
            return translate(
                "history", "These %Ln photos are never grouped again", "", PLURAL, count
            )
        else:
            return self.tr("Done: {}").format(name)
        if told.stayed:
            later = translate(
                "history", "%Ln were changed since and stay as they are.", "", PLURAL, stayed
            )
            sentence = f"{sentence}. {later}"
        return sentence

    def _offers(self, told: Told) -> list[Offer]:
        history, operation = self._session.history, told.operation
        if told.stayed == len(operation.steps):
            return []
        if told.back:
            if operation.clean_up is not None:
                return []
            return [(self.tr("Redo"), lambda: history.redo(operation))]
        undo = (self.tr("Undo"), lambda: history.undo(operation))
        if operation.deed is Deed.NOT_DUPLICATES:
            return [undo, (self.tr("Show all"), lambda: self._show_history().show_apart())]
        return [undo]

    def _go_to(self, operation: Operation) -> None:
        """Show a photo of the operation, unless one is shown, or they are everywhere anyway."""
        if len(operation.steps) > FEW:
            return
        ids = photos_of(operation, self._session.shown.photos)
        viewer = self._full_screen.shown
        if viewer is not None:
            if viewer.current not in ids:
                place = next((n for n, i in enumerate(viewer.ids) if i in ids), None)
                if place is not None:
                    viewer.go_to(place)
            return
        if self._session.selection.current in ids:
            return
        view = self._views.shown
        found = next((i for i in view.listed if i in ids), None)
        if found is None:
            found = next(iter(sorted(ids)), None)
        if found is not None:
            view.show_photo(found)


def photos_of(operation: Operation, photos: Photos) -> frozenset[int]:
    """The ids of the photos shown that an operation is about."""
    files, contents = set(), set()
    for step in operation.steps:
        match step.subject:
            case Subject.MARK:
                files.add(step.key)
            case Subject.RATING | Subject.CATEGORY:
                contents.add(content_of(step.key))
            case Subject.FINE:
                contents.add(fine_of(step.key)[0])
            case Subject.REVIEW:
                contents.update(review_of(step.key))
            case Subject.NOT_DUPLICATES:
                contents.update(pair_of(step.key))
            case _:
                pass
    found = set(photos_of_keys(photos, files).values()) if files else set()
    if contents:
        found |= {photo.id for photo in photos.of_content(contents)}
    return frozenset(found)
