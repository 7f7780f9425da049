"""The answers that are shown: of the photos known, without those that lie in the trash now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from photo_organizer.engine.browse.sort_filter import Columns
from photo_organizer.engine.domain.faces import SeenFace
from photo_organizer.engine.domain.photos import PhotoDict, Photos
from photo_organizer.engine.domain.results import Flag, Group, Ranked, Result
from photo_organizer.engine.judging.without_photos import without_photos
from photo_organizer.ui.session.result_index import ResultIndex, ranked_ids


class ShownResult(QObject):
    """The one result that all views show; owned by the session."""

    changed = Signal(object)
    """The new `Result`, or None when there is none."""
    settled = Signal()
    """Everybody who listens to `changed` knows the new result: for what follows from it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.result: Result | None = None
        self.whole: Result | None = None
        """`result` with the photos that lie in the trash: they may come back."""
        self.index = self._gathered = ResultIndex.of(None)
        """What is asked of the result photo by photo."""
        self._gone: set[int] = set()
        self._columns: Columns | None = None
        self._stars: Mapping[bytes, int] = {}

    @property
    def photos(self) -> Photos:
        """The photos of the result by id; empty while there is none."""
        return self.result.photos if self.result else PhotoDict()

    @property
    def columns(self) -> Columns:
        """What the photos of the result are sorted and filtered by."""
        if self._columns is None or self._columns.result is not self.result:
            known = self.result or Result.empty()
            self._columns = Columns(known, self._stars)
        return self._columns

    @property
    def stars(self) -> Mapping[bytes, int]:
        """The stars to sort and filter by, by `Photo.content_hash`; later ones do not change it."""
        return self._stars

    def rate(self, stars: Mapping[bytes, int]) -> None:
        """Sort and filter by these stars from now on, by `Photo.content_hash`."""
        self._stars = stars
        if self._columns is not None:
            self._columns.rate(stars)

    def flags_of(self, photo_id: int) -> tuple[Flag, ...]:
        """The flaws of a photo."""
        return self.index.flags.get(photo_id, ())

    def faces_of(self, photo_id: int) -> Sequence[SeenFace]:
        """The faces in a photo, the largest first; none where nobody looked for them."""
        return self.result.faces.get(photo_id, ()) if self.result else ()

    def group_of(self, photo_id: int) -> Group | None:
        """The duplicate group of a photo."""
        return self.index.duplicates.of_photo.get(photo_id)

    def place_of(self, photo_id: int) -> tuple[int, Ranked] | None:
        """A photo's place among all highlights, from 1, and its scores."""
        return self.index.places.get(photo_id)

    def place_in_category(self, photo_id: int) -> tuple[str, int, int] | None:
        """A photo's category, its place among the highlights of that, from 1, and how many."""
        if self.result is None:
            return None
        key = next((key for key, ids in self.result.categories.items() if photo_id in ids), None)
        ranked = self.result.highlights.get(key, ()) if key is not None else ()
        place = next((n for n, i in enumerate(ranked_ids(ranked), start=1) if i == photo_id), None)
        # A photo that was moved a moment ago is not ranked there before photos are judged again.
        return None if key is None or place is None else (key, place, len(ranked))

    # ------------------------------------------------------------------ other answers

    def show(self, result: Result, index: ResultIndex | None = None) -> None:
        """Show other answers.

        Args:
            result: of all photos that are known, also those that lie in the trash.
            index: what is asked of it, where that was gathered in the background.
        """
        self.whole = result
        self._gathered = index or self._gathered
        self._publish()

    def clear(self) -> None:
        """Show nothing: other folders are looked at."""
        self.whole = None
        self._gone.clear()
        self._publish()

    def amend(self, change: Callable[[Result], Result]) -> None:
        """Change the answers shown, until they are judged again."""
        if self.whole is not None and self.result is not None:
            shown_whole = self.result is self.whole
            self.whole = change(self.whole)
            self.result = self.whole if shown_whole else change(self.result)
            self.index = ResultIndex.of(self.result, self.index)
            self.changed.emit(self.result)

    # ------------------------------------------------------------------ photos that left

    def part_with(self, gone: Iterable[int]) -> None:
        """Leave photos out of everything: they lie in the trash now."""
        self._gone |= set(gone)
        self._publish()

    def take_back(self, places: Collection[Path]) -> None:
        """Show photos again that are back in these places."""
        known = self.whole.photos if self.whole else {}
        self._gone -= {i for i in self._gone if i in known and known[i].path in places}
        self._publish()

    def move(self, places: Mapping[int, Path]) -> None:
        """Show photos at the places that they were moved to, by their ids."""
        self.amend(lambda result: replace(result, photos=result.photos.moved(places)))

    def expect_all(self) -> None:
        """The files are looked at anew: whatever the trash holds does not count any more."""
        self._gone.clear()

    def _publish(self) -> None:
        self.result = without_photos(self.whole, self._gone) if self.whole else None
        if self._gathered.result is not self.result:
            self._gathered = ResultIndex.of(self.result, self.index)
        self.index = self._gathered
        self.changed.emit(self.result)
        self.settled.emit()
