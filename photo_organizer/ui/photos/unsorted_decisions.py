"""What people decided since the photos of a grid were sorted: stars and marks that are others now.

Only what was decided here counts. What the store remembers comes with the photos, and nobody waits
for the order to follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.ui.session.marks import Marks
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.stars import Stars


class UnsortedDecisions(QObject):
    """Compares the stars and marks of now with those of when `begin` was called."""

    changed = Signal()
    """Something was decided that counts, or taken back."""

    def __init__(
        self, shown: ShownResult, stars: Stars, marks: Marks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._shown = shown
        self._stars = stars
        self._marks = marks
        self._by_stars = self._by_marks = False
        self._stars_then: Mapping[bytes, int] = {}
        self._marks_then: frozenset[int] = frozenset()
        self._rated: frozenset[bytes] = frozenset()
        self._marked: frozenset[int] = frozenset()
        self.begin()
        stars.changed.connect(self._on_stars)
        marks.changed.connect(self._on_marks)

    @property
    def count(self) -> int:
        """How many decisions there are that the order or the filters follow from."""
        return len(self._rated) + len(self._marked)

    def follow(self, *, stars: bool, marks: bool) -> None:
        """Say what the order and the filters follow from; nothing else counts."""
        if (stars, marks) != (self._by_stars, self._by_marks):
            self._by_stars, self._by_marks = stars, marks
            self._count()

    def begin(self) -> None:
        """The photos are sorted by all that was decided: nothing counts any more."""
        self._stars_then, self._marks_then = self._stars.by_content(), self._marks.ids
        self._count()

    def is_about(self, photo_id: int) -> bool:
        """Whether one of the decisions is about a photo."""
        photo = self._shown.photos.get(photo_id)
        about_content = photo is not None and photo.content_hash in self._rated
        return about_content or photo_id in self._marked

    def _count(self) -> None:
        self._rated = self._different_stars() if self._by_stars else frozenset()
        self._marked = self._different_marks() if self._by_marks else frozenset()

    def _different_stars(self) -> frozenset[bytes]:
        then, now = self._stars_then, self._stars.by_content()
        if now is then:
            return frozenset()
        different = {content for content, _ in now.items() ^ then.items()}
        return frozenset(different & self._stars.given_here)

    def _different_marks(self) -> frozenset[int]:
        return self._marks.given_here(self._marks.ids ^ self._marks_then)

    @Slot()
    def _on_stars(self) -> None:
        if self._by_stars:
            self._rated = self._different_stars()
            self.changed.emit()

    @Slot()
    def _on_marks(self) -> None:
        if self._by_marks:
            self._marked = self._different_marks()
            self.changed.emit()
