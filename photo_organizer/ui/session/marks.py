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
    file_key,
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
        self._marked_as_safe: frozenset[int] = frozenset()
        self._remembered: dict[str, Mark] = {}
        self._copies: frozenset[Mark] = frozenset()
        self._restored: set[int] = set()
        self._kept: frozenset[int] = frozenset()
        self._given: dict[str, bool] = {}
        self._known: dict[str, int] = {}
        """Photos by what the history calls their marks; may be gone."""
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
        return photo_id in self._shown.photos and self._key(photo_id) in self._given

    def mark(self, ids: Iterable[int], marked: bool = True) -> None:
        """Mark photos for the trash, or keep them, because the user said so: one operation.

        What was marked as safe because of a photo that is marked now is kept again.
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
        photos = self._shown.photos
        marked, kept = frozenset(i for i in trash if i in photos), frozenset(keep)
        before = {i: self.marking(i) for i in (marked - self._ids) | (kept & self._ids)}
        by_hand = marked & self._marked_as_safe
        before |= dict.fromkeys(by_hand, Marking.SAFE)
        self._marked_as_safe -= marked | kept
        changed = self._set(marked, True) | self._set(kept, False)
        if unsafe := self._marked_as_safe & self._ids & self._no_longer_safe():
            before |= dict.fromkeys(unsafe, Marking.SAFE)
            self._marked_as_safe -= unsafe
            changed |= self._set(unsafe, False)
        return self._tell(changed, before)

    def mark_safe(self) -> int:
        """Mark every photo that its group calls safe to remove; how many were newly marked."""
        found = self._shown.index.duplicates.safe - self._no_longer_safe() - self._ids
        before = dict.fromkeys(found, Marking.NOT)
        changed = self._set(found, True)
        self._marked_as_safe |= changed
        steps = self._tell(changed, before)
        self._history.record(Deed.MARK_SAFE, steps, count=len(changed))
        return len(changed)

    def marking(self, photo_id: int) -> Marking:
        """How a photo is marked."""
        if photo_id not in self._ids:
            return Marking.NOT
        return Marking.SAFE if photo_id in self._marked_as_safe else Marking.BY_HAND

    def _steps(self, before: Mapping[int, Marking]) -> list[Step]:
        return [
            Step(Subject.MARK, self._key(i), was, now)
            for i, was in before.items()
            if was is not (now := self.marking(i))
        ]

    def _key(self, photo_id: int) -> str:
        """What the history calls the mark of a photo."""
        key = file_key(*self._shown.photos.file_of(photo_id))
        self._known[key] = photo_id
        return key

    def _ids_of(self, keys: Iterable[str]) -> dict[str, int]:
        """The photos shown that keys mean: those that were marked here are known at once."""
        photos = self._shown.photos
        found = {}
        others = {}
        for key in keys:
            known = self._known.get(key)
            if known is not None and known in photos and file_key(*photos.file_of(known)) == key:
                found[key] = known
            else:
                others[mark_of(key).path] = key
        for path, photo_id in (photos.at(others) if others else {}).items():
            if file_key(*photos.file_of(photo_id)) == others[path]:
                found[others[path]] = photo_id
        return found

    def _turn(self, markings: Mapping[str, Value]) -> None:
        """Marks that the history took back, or made again; it writes them."""
        given = {key: Marking(str(marking)) for key, marking in markings.items()}
        found = {photo_id: given[key] for key, photo_id in self._ids_of(given).items()}
        trash = {i for i, marking in found.items() if marking is not Marking.NOT}
        self._kept -= found.keys()  # whatever was said of them is taken back
        self._marked_as_safe -= found.keys()
        self._marked_as_safe |= {i for i, marking in found.items() if marking is Marking.SAFE}
        changed = self._set(trash, True) | self._set(found.keys() - trash, False)
        self._note({key: marking is not Marking.NOT for key, marking in given.items()})
        if changed:
            self.changed.emit(changed)

    def _mark(self, ids: Iterable[int], marked: bool) -> None:
        """The program's own change: no operation."""
        changed = self._set(ids, marked)
        if changed:
            self._save({Mark.of(self._shown.photos[i]) for i in changed}, marked)
            self.changed.emit(changed)

    def _tell(self, changed: frozenset[int], before: Mapping[int, Marking]) -> list[Step]:
        """Photos were marked, or kept: what became of each, for the operation that follows."""
        steps = self._steps(before)
        self._note({step.key: step.after is not Marking.NOT for step in steps})
        if changed:
            self.changed.emit(changed)
        return steps

    def _note(self, given: Mapping[str, bool]) -> None:
        """What was marked or kept since start is newer than what the store may tell."""
        self._given |= given
        if self._remembered:
            for key, marked in given.items():
                if not marked:
                    self._remembered.pop(key, None)

    @property
    def safe_left(self) -> int:
        """How many photos `mark_safe` would mark."""
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
        """The answers for all photos are others: what was marked as safe and is so no more is kept.

        Say, the user chose a folder to keep from, and the copy is the keeper now. Where a group was
        reviewed, its marks are the user's own.
        """
        known = self._shown.index.duplicates
        self._marked_as_safe = frozenset(
            photo
            for photo in self._marked_as_safe & self._ids
            if not ((group := known.of_photo.get(photo)) and group.reviewed)
        )
        if unsafe := self._marked_as_safe - self.safe:
            self._marked_as_safe -= unsafe
            self._mark(unsafe, False)

    def emptied_groups(self) -> list[Group]:
        """Groups of which every photo is marked: their last copy would go to the trash."""
        groups = self._shown.result.groups if self._shown.result else ()
        return [group for group in groups if self._ids.issuperset(group.photos)]

    def _set(self, ids: Iterable[int], marked: bool) -> frozenset[int]:
        photos = self._shown.photos
        wanted = frozenset(i for i in ids if i in photos)
        changed = wanted - self._ids if marked else wanted & self._ids
        self._ids ^= changed
        return changed

    # ------------------------------------------------------------------ over a restart

    def leave(self, ids: Iterable[int]) -> list[Step]:
        """Photos lie in the trash and leave what is shown: remember no mark of them.

        Returns:
            What became of each mark, for the operation that moved them.
        """
        steps = [
            Step(Subject.MARK, self._key(i), self.marking(i), Marking.NOT)
            for i in ids
            if i in self._ids and i in self._shown.photos
        ]
        self._note({step.key: False for step in steps})
        return steps

    def remember(self, stored: Collection[Mark], copies: Collection[Mark] = ()) -> None:
        """An analysis begins, and this is what the store knew a moment ago.

        What was marked or kept here since start is newer, written or not. `restore` marks the
        photos as soon as they are shown.

        Args:
            stored: the marks.
            copies: files of the same content that the store knew: see `decisions.marked`.
        """
        given = {key: mark_of(key) for key, marked in self._given.items() if marked}
        known = {mark_key(mark): mark for mark in stored}
        self._remembered = {k: m for k, m in known.items() if self._given.get(k, True)} | given
        wanted = {mark.content_hash for mark in self._remembered.values()}
        shown = self._shown.photos.of_content(wanted)
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
        found = marked(self._remembered.values(), photos, complete=complete, copies=self._copies)
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
        self._note({mark_key(mark): marked for mark in marks})
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
