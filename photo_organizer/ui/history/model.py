"""What the history dialog lists: operations with the newest first, and photos that are apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QLocale, QObject, Qt, Slot

from photo_organizer.engine.domain.operations import Operation
from photo_organizer.engine.domain.photos import Photos
from photo_organizer.ui.session.history import made_at
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets.list_model import Index, ListModel
from photo_organizer.ui.words.operation_text import operation_name
from photo_organizer.ui.words.plain_text import tip

Pair = tuple[bytes, bytes]


class HistoryModel(ListModel[Operation]):
    """The operations of the open library, the newest first."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        session.history.changed.connect(self.update_items)
        self.update_items()

    @Slot()
    def update_items(self) -> None:
        """List what there is now; where only states are others, places and selection stay."""
        now = list(reversed(self._session.history.operations))
        if [one.id for one in now] == [one.id for one in self._items]:
            self._items = now
            self.tell_changed(range(len(now)))
        else:
            self.set_items(now)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Its name; with time and state for those who cannot see the row."""
        operation = self.item(index)
        if operation is None:
            return None
        name = operation_name(operation, self._session.choices.language)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.ToolTipRole:
                return tip(name)
            case Qt.ItemDataRole.AccessibleTextRole:
                state = self.tr("taken back") if operation.undone else ""
                return ", ".join(part for part in (name, self.time_text(operation), state) if part)
            case _:
                return None

    def is_gone(self, operation: Operation) -> bool:
        """See `History.is_gone`."""
        return self._session.history.is_gone(operation)

    def time_text(self, operation: Operation) -> str:
        """When an operation was made: the time today, else with the date."""
        made = made_at(operation)
        locale = QLocale()
        form = QLocale.FormatType.ShortFormat
        time = locale.toString(made.time(), form)  # type: ignore[call-overload]
        if made.date() == made.now(made.tzinfo).date():
            return str(time)
        return f"{locale.toString(made.date(), form)} {time}"  # type: ignore[call-overload]


@dataclass(frozen=True, slots=True)
class Apart:
    """Photos of which somebody said that they are no duplicates of one another."""

    photos: tuple[int, ...]
    pairs: tuple[Pair, ...]


def sets_apart(pairs: Iterable[Pair], photos: Photos) -> list[Apart]:
    """The pairs whose photos are both shown, those that hang together as one.

    Args:
        pairs: of contents.
        photos: those of the library.
    """
    wanted = list(pairs)
    ids: dict[bytes, list[int]] = defaultdict(list)
    for photo in photos.of_content({content for pair in wanted for content in pair}):
        ids[photo.content_hash].append(photo.id)
    found: list[Apart] = []
    for linked in _linked([pair for pair in wanted if all(content in ids for content in pair)]):
        contents = {content for pair in linked for content in pair}
        members = sorted(i for content in contents for i in ids[content])
        found.append(Apart(tuple(members), tuple(sorted(linked))))
    return sorted(found, key=lambda apart: apart.photos)


def _linked(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Pairs that have contents in common together."""
    leader: dict[bytes, bytes] = {}

    def find(content: bytes) -> bytes:
        while leader.setdefault(content, content) != content:
            leader[content] = content = leader[leader[content]]
        return content

    for first, second in pairs:
        leader[find(first)] = find(second)
    sets: dict[bytes, list[Pair]] = defaultdict(list)
    for pair in pairs:
        sets[find(pair[0])].append(pair)
    return list(sets.values())
