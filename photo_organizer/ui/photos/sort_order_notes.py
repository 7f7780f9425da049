"""What photos are sorted by, said on each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from photo_organizer.engine.browse.sort_filter import Columns, Sorting
from photo_organizer.ui.words.facts_text import size_text
from photo_organizer.ui.words.names import flaw_name


class SortOrderNotes(Mapping[int, str]):
    """Notes by photo id, made as they are asked for: the view's own, or what the order tells.

    Args:
        own: the view's notes. They stay where the order adds nothing that people could not see.
        sorting: what the photos are sorted by.
        columns: of the result that the photos are in.
    """

    def __init__(self, own: Mapping[int, str], sorting: Sorting, columns: Columns) -> None:
        self._own = own
        self._sorting = sorting
        self._columns = columns

    def __getitem__(self, photo_id: int) -> str:
        return self._from_order(photo_id) or self._own[photo_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)

    def _from_order(self, photo_id: int) -> str:
        columns = self._columns
        match self._sorting:
            case Sorting.SIZE:
                photos = columns.result.photos
                return size_text(photos.size_of(photo_id)) if photo_id in photos else ""
            case Sorting.FLAW:
                flaws = columns.flaws.get(photo_id, {})
                return flaw_name(max(flaws, key=flaws.__getitem__)) if flaws else ""
            case Sorting.SCORE:
                said = photo_id in self._own or photo_id not in columns.scores
                return "" if said else f"{columns.scores[photo_id]:.2f}"
            case Sorting.GIVEN | Sorting.DATE | Sorting.NAME | Sorting.RATING:
                return ""
