"""The list of duplicate groups of one kind: a thin adapter from the result shown to Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    Qt,
    Slot,
)

from photo_organizer.engine.domain.results import Group, GroupKind
from photo_organizer.ui.session.marks import Marks
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets.list_model import MANY, Index, ListModel
from photo_organizer.ui.words.facts_text import size_text
from photo_organizer.ui.words.plain_text import visible


class GroupRole(IntEnum):
    """What a delegate asks for beyond Qt's own roles."""

    GROUP = Qt.ItemDataRole.UserRole + 1
    """The `Group`."""
    FREEABLE = GROUP + 1
    """int: bytes of all its photos but the keeper."""
    MARKED = GROUP + 2
    """int: how many of its photos are marked for the trash."""
    SUMMARY = GROUP + 3
    """str: "3 photos, 4.2 MB can be freed", "3 photos, reviewed"."""
    STATE = GROUP + 4
    """str: "2 in the trash pile", empty while nothing is marked."""


@dataclass(frozen=True, slots=True)
class _Row:
    group: Group
    freeable: int


class GroupModel(ListModel[_Row]):
    """Groups of one kind, those first that free the most space; reviewed ones last, if at all."""

    def __init__(
        self,
        shown: ShownResult,
        marks: Marks,
        thumbnails: Thumbnails,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown = shown
        self._marks = marks
        self._kind = GroupKind.EXACT
        self._shows_reviewed = False
        self._number_of: dict[int, int] = {}
        self.counts: Mapping[GroupKind, int] = Counter()
        """How many groups of each kind wait for a decision."""
        self.reviewed: Mapping[GroupKind, int] = Counter()
        """How many groups of each kind the user is done with."""
        self.freeable: Mapping[GroupKind, int] = Counter()
        """Bytes that can be freed of each kind, by groups that are not reviewed."""
        self.safe: Mapping[GroupKind, int] = Counter()
        """Those of them that are safe to free."""
        shown.changed.connect(self._regroup)
        marks.changed.connect(self._refresh)
        thumbnails.ready.connect(self._refresh_one)
        self._regroup()

    @property
    def kind(self) -> GroupKind:
        """The kind of the groups listed."""
        return self._kind

    def set_kind(self, kind: GroupKind) -> None:
        """List the groups of another kind."""
        if kind is not self._kind:
            self._kind = kind
            self._regroup()

    @property
    def shows_reviewed(self) -> bool:
        """Whether reviewed groups are listed too."""
        return self._shows_reviewed

    def show_reviewed(self, shown: bool) -> None:
        """List reviewed groups too, or not."""
        if shown != self._shows_reviewed:
            self._shows_reviewed = shown
            self._regroup()

    def group(self, index: Index) -> Group | None:
        """The group at an index."""
        row = self.item(index)
        return row.group if row else None

    def row(self, photo_ids: Iterable[int]) -> QModelIndex:
        """The index of the first group that has one of the photos; invalid where there is none."""
        number = next((n for n in map(self._number, photo_ids) if n is not None), None)
        return QModelIndex() if number is None else self.index(number)

    # ------------------------------------------------------------------ Qt's interface

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: PLR0911
        """What a role says about a group."""
        row = self.item(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(self._shown.photos[row.group.keeper].path.name)
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (self.data(index), self._summary(row), self._state(row))
                return ", ".join(part for part in parts if part)
            case GroupRole.GROUP:
                return row.group
            case GroupRole.FREEABLE:
                return row.freeable
            case GroupRole.MARKED:
                return self._marked(row)
            case GroupRole.SUMMARY:
                return self._summary(row)
            case GroupRole.STATE:
                return self._state(row)
        return None

    def _marked(self, row: _Row) -> int:
        return sum(photo in self._marks for photo in row.group.photos)

    def _summary(self, row: _Row) -> str:
        count = len(row.group.photos)
        if row.group.reviewed:
            return self.tr("%Ln photos, reviewed", "", count)
        return self.tr("%Ln photos, {} can be freed", "", count).format(size_text(row.freeable))

    def _state(self, row: _Row) -> str:
        marked = self._marked(row)
        if marked == len(row.group.photos):
            return self.tr("All marked: no copy is kept")
        return self.tr("{0} marked for the trash").format(marked) if marked else ""

    # ------------------------------------------------------------------ changes

    @Slot()
    def _regroup(self) -> None:
        known = self._shown.index.duplicates
        rows = [
            _Row(group, known.freeable[group.keeper])
            for group in known.of_kind[self._kind]
            if self._shows_reviewed or not group.reviewed
        ]
        self._number_of = {row.group.keeper: number for number, row in enumerate(rows)}
        self.counts, self.reviewed = known.waiting, known.reviewed
        self.freeable, self.safe = known.waiting_bytes, known.safe_bytes
        self.set_items(rows)

    def _number(self, photo_id: int) -> int | None:
        """The row of a photo's group, where that is listed."""
        group = self._shown.group_of(photo_id)
        return self._number_of.get(group.keeper) if group else None

    def _refresh(self, photo_ids: Collection[int]) -> None:
        if len(photo_ids) > MANY:
            self.tell_all_changed()
            return
        self.tell_changed(n for n in map(self._number, photo_ids) if n is not None)

    def _refresh_one(self, photo_id: int) -> None:
        self._refresh((photo_id,))
