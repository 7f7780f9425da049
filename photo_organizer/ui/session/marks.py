"""The photos marked for the trash: all others are kept, and nothing is moved before a clean-up.

Marks are remembered over a restart, by content and path: a crash must not cost an evening's
decisions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine.domain.decisions import Mark, marked
from photo_organizer.engine.domain.operations import (
    Deed,
    Marking,
    Step,
    Subject,
    Value,
    mark_key,
    mark_of,
)
from photo_organizer.engine.domain.results import Group
from photo_organizer.ui.session.history import History
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.write_queue import WriteQueue


class Marks(QObject):
    """What is marked; owned by the session. ``photo_id in marks`` asks for one photo."""

    changed = Signal(object)
    """frozenset[int]: the ids of the photos whose mark changed."""

    def __init__(
        self,
        shown: ShownResult,
        writes: WriteQueue,
        history: History,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown = shown
        self._writes = writes
        self._history = history
        history.follow(Subject.MARK, self._turn)
        self._ids: frozenset[int] = frozenset()
        self._left: frozenset[int] = frozenset()
        self._prepared: frozenset[int] = frozenset()
        self._remembered: set[Mark] = set()
        self._copies: frozenset[Mark] = frozenset()
        self._restored: set[int] = set()
        self._given: dict[Mark, bool] = {}
        self._kept: frozenset[int] = frozenset()
        # Before any view hears of a new result, no mark may be left of a photo that is not in it.
        shown.changed.connect(self._drop_gone)
        shown.settled.connect(self._tell_dropped)

    @property
    def ids(self) -> frozenset[int]:
        """Ids of the photos that are marked."""
        return self._ids

    def __contains__(self, photo_id: object) -> bool:
        """Whether a photo is marked."""
        return photo_id in self._ids

    def __len__(self) -> int:
        """How many photos are marked."""
        return len(self._ids)

    @property
    def kept(self) -> frozenset[int]:
        """Photos that the user kept since the program began, whether they were marked or not."""
        return self._kept

    def is_given_here(self, photo_id: int) -> bool:
        """Whether a photo was marked or kept since the program began, not only remembered."""
        photo = self._shown.photos.get(photo_id)
        return photo is not None and Mark.of(photo) in self._given

    def mark(self, ids: Iterable[int], marked: bool = True) -> None:
        """Mark photos for the trash, or keep them, because the user said so: one operation.

        What was prepared as safe because of a photo that is marked now is kept again.
        """
        chosen = frozenset(ids)
        self._kept = self._kept - chosen if marked else self._kept | chosen
        steps = self.change(chosen if marked else (), () if marked else chosen)
        self._history.record(Deed.MARK if marked else Deed.KEEP, steps, count=len(steps))

    def keep_only(self, group: Group, photo_id: int) -> None:
        """Keep one photo of a group and mark all others."""
        steps = self.change((i for i in group.photos if i != photo_id), (photo_id,))
        self._history.record(Deed.KEEP_ONLY, steps, count=len(group.photos))

    def change(self, trash: Iterable[int], keep: Iterable[int]) -> list[Step]:
        """Mark photos and keep others, as the user said; whoever asks hands it to the history.

        Returns:
            What became of each photo whose mark changed.
        """
        marked, kept = frozenset(trash) & self._shown.photos.keys(), frozenset(keep)
        before = {i: self.marking(i) for i in (marked - self._ids) | (kept & self._ids)}
        by_hand = marked & self._prepared
        before |= dict.fromkeys(by_hand, Marking.SAFE)
        self._prepared -= marked | kept
        changed = self._set(marked, True) | self._set(kept, False)
        if unsafe := self._prepared & self._ids & self._no_longer_safe():
            before |= dict.fromkeys(unsafe, Marking.SAFE)
            self._prepared -= unsafe
            changed |= self._set(unsafe, False)
        self._tell(changed)
        return self._steps(before)

    def prepare_safe(self) -> int:
        """Mark every photo that its group calls safe to remove; how many were newly marked."""
        found = self._shown.index.duplicates.safe - self._no_longer_safe() - self._ids
        before = dict.fromkeys(found, Marking.NOT)
        changed = self._set(found, True)
        self._prepared |= changed
        self._tell(changed)
        self._history.record(Deed.MARK_SAFE, self._steps(before), count=len(changed))
        return len(changed)

    def marking(self, photo_id: int) -> Marking:
        """How a photo is marked."""
        if photo_id not in self._ids:
            return Marking.NOT
        return Marking.SAFE if photo_id in self._prepared else Marking.BY_HAND

    def _steps(self, before: Mapping[int, Marking]) -> list[Step]:
        photos = self._shown.photos
        return [
            Step(Subject.MARK, mark_key(Mark.of(photos[i])), was, self.marking(i))
            for i, was in before.items()
            if was != self.marking(i)
        ]

    def _turn(self, markings: Mapping[str, Value]) -> None:
        """Marks that the history took back, or made again; it writes them."""
        given = {mark_of(key): Marking(str(marking)) for key, marking in markings.items()}
        at = self._shown.photos.at({mark.path for mark in given})
        photos = self._shown.photos
        found = {
            at[mark.path]: marking
            for mark, marking in given.items()
            if mark.path in at and photos[at[mark.path]].content_hash == mark.content_hash
        }
        trash = {i for i, marking in found.items() if marking is not Marking.NOT}
        self._prepared -= found.keys()
        self._prepared |= {i for i, marking in found.items() if marking is Marking.SAFE}
        changed = self._set(trash, True) | self._set(found.keys() - trash, False)
        self._given |= {mark: marking is not Marking.NOT for mark, marking in given.items()}
        self._remembered -= {mark for mark, marking in given.items() if marking is Marking.NOT}
        if changed:
            self.changed.emit(changed)

    def _mark(self, ids: Iterable[int], marked: bool) -> None:
        """The program's own change: no operation."""
        changed = self._set(ids, marked)
        if changed:
            self._save({Mark.of(self._shown.photos[i]) for i in changed}, marked)
            self.changed.emit(changed)

    def _tell(self, changed: frozenset[int]) -> None:
        """Photos were marked, or kept: remembered by the operation that follows."""
        for i in changed:
            self._given[mark := Mark.of(self._shown.photos[i])] = i in self._ids
            if i not in self._ids:
                self._remembered.discard(mark)
        if changed:
            self.changed.emit(changed)

    @property
    def safe_left(self) -> int:
        """How many photos `prepare_safe` would mark."""
        return len(self.safe - self._ids)

    @property
    def safe(self) -> frozenset[int]:
        """Photos that can go without a loss, as the others are marked now."""
        return self._shown.index.duplicates.safe - self.unsafe

    @property
    def unsafe(self) -> frozenset[int]:
        """Photos that could go without a loss, but for the others that are marked now."""
        return self._no_longer_safe()

    def is_safe(self, photo_id: int) -> bool:
        """Whether a photo can go without a loss, as the others are marked now."""
        safe = self._shown.index.duplicates.safe
        return photo_id in safe and photo_id not in self._no_longer_safe()

    def _no_longer_safe(self) -> frozenset[int]:
        """Photos that are safe only for others that the user marked."""
        by_hand = self._ids - self._shown.index.duplicates.safe
        groups = {group.keeper: group for i in by_hand if (group := self._shown.group_of(i))}
        return frozenset(
            photo
            for group in groups.values()
            for photo, safe in zip(group.photos, group.safe, strict=True)
            if safe and group.stays_for(photo, self._ids) is None
        )

    def follow(self) -> None:
        """The answers for all photos are others: what was prepared and is safe no more is kept.

        Say, the user chose a folder to keep from, and the copy is the keeper now. Where a group was
        reviewed, its marks are the user's own.
        """
        known = self._shown.index.duplicates
        self._prepared = frozenset(
            photo
            for photo in self._prepared & self._ids
            if not ((group := known.of_photo.get(photo)) and group.reviewed)
        )
        if unsafe := self._prepared - self.safe:
            self._prepared -= unsafe
            self._mark(unsafe, False)

    def emptied_groups(self) -> list[Group]:
        """Groups of which every photo is marked: their last copy would go to the trash."""
        groups = self._shown.result.groups if self._shown.result else ()
        return [group for group in groups if self._ids.issuperset(group.photos)]

    def _set(self, ids: Iterable[int], marked: bool) -> frozenset[int]:
        wanted = frozenset(ids) & self._shown.photos.keys()
        changed = wanted - self._ids if marked else wanted & self._ids
        self._ids ^= changed
        return changed

    # ------------------------------------------------------------------ over a restart

    def leave(self, ids: Iterable[int]) -> list[Step]:
        """Photos lie in the trash and leave what is shown: remember no mark of them.

        Returns:
            What became of each mark, for the operation that moved them.
        """
        photos = self._shown.photos
        steps = []
        for i in ids:
            if i in self._ids and i in photos:
                mark = Mark.of(photos[i])
                self._given[mark] = False
                self._remembered.discard(mark)
                steps.append(Step(Subject.MARK, mark_key(mark), self.marking(i), Marking.NOT))
        return steps

    def remember(self, stored: Collection[Mark], copies: Collection[Mark] = ()) -> None:
        """An analysis begins, and this is what the store knew a moment ago.

        What was marked or kept here since start is newer, written or not. `restore` marks the
        photos as soon as they are shown.

        Args:
            stored: the marks.
            copies: files of the same content that the store knew: see `decisions.marked`.
        """
        kept = {mark for mark, marked in self._given.items() if not marked}
        given = {mark for mark, marked in self._given.items() if marked}
        self._remembered = (set(stored) - kept) | given
        shown = self._shown.photos.of_content({mark.content_hash for mark in self._remembered})
        self._copies = frozenset(copies) | {Mark.of(photo) for photo in shown}
        self._restored.clear()

    def restore(self, complete: bool) -> None:
        """Mark again what is remembered, each photo once.

        Args:
            complete: all photos of the folders are shown, so that a mark can follow a renamed one.
        """
        if not self._remembered:
            return
        photos = self._shown.photos
        found = marked(self._remembered, photos, complete=complete, copies=self._copies)
        new = found.keys() - self._restored
        self._restored |= new
        renamed = {i for i in new if found[i] != Mark.of(photos[i])}
        if renamed:
            self._save({found[i] for i in renamed}, False)
            self._save({Mark.of(photos[i]) for i in renamed}, True)
        if changed := self._set(new, True):
            self.changed.emit(changed)

    def _save(self, marks: Collection[Mark], marked: bool) -> None:
        if not marks:
            return
        self._given |= dict.fromkeys(marks, marked)
        if not marked:
            self._remembered -= set(marks)
        self._writes.add(lambda store: store.set_marks(marks, marked))

    # ------------------------------------------------------------------ photos that went

    @Slot()
    def _drop_gone(self) -> None:
        gone = self._ids - self._shown.photos.keys()
        self._ids -= gone
        self._left |= gone

    @Slot()
    def _tell_dropped(self) -> None:
        left, self._left = self._left, frozenset()
        if left:
            self.changed.emit(left)
