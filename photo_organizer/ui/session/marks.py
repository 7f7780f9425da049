"""The photos marked for the trash: all others are kept, and nothing is moved before a clean-up.

Marks are remembered over a restart, by content and path: a crash must not cost an evening's
decisions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import permutations

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine.domain.decision_keys import mark_key, mark_of
from photo_organizer.engine.domain.decisions import Mark, marked
from photo_organizer.engine.domain.operations import Deed, Marking
from photo_organizer.engine.domain.photos import Photos
from photo_organizer.engine.domain.results import Group
from photo_organizer.engine.domain.steps import Alike, FileKeys, Steps, Subject, Values
from photo_organizer.ui.session.history import History
from photo_organizer.ui.session.result_index import Duplicates
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
        """What was marked or kept since the program began, by what the history calls it."""
        self._notes: list[tuple[Collection[str], bool]] = []
        """What belongs into `_given`, too: there may be thousands, and nobody asked so far."""
        self._given_here: frozenset[int] = frozenset()
        self._safe_by_others: tuple[frozenset[int], Duplicates, frozenset[int]] | None = None
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

    def given_here(self, ids: frozenset[int]) -> frozenset[int]:
        """Those of some photos that were marked or kept since the program began.

        Of all others the mark is only remembered.
        """
        return self._shown.photos.known(ids & self._given_here)

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

    def change(self, trash: Iterable[int], keep: Iterable[int]) -> Steps:
        """Mark photos and keep others, as the user said; whoever asks hands it to the history.

        Returns:
            What became of each photo whose mark changed.
        """
        photos = self._shown.photos
        marked, kept = photos.known(trash), photos.known(keep)
        before = self._ids, self._marked_as_safe
        self._marked_as_safe -= marked | kept
        changed = self._set(marked, True) | self._set(kept, False)
        if unsafe := self._marked_as_safe & self._ids & self._no_longer_safe():
            self._marked_as_safe -= unsafe
            changed |= self._set(unsafe, False)
        return self._tell(changed, marked | kept | unsafe, before)

    def mark_safe(self) -> int:
        """Mark every photo that its group calls safe to remove; how many were newly marked."""
        found = self._shown.index.duplicates.safe - self._no_longer_safe() - self._ids
        before = self._ids, self._marked_as_safe
        changed = self._set(found, True)
        self._marked_as_safe |= changed
        steps = self._tell(changed, changed, before)
        self._history.record(Deed.MARK_SAFE, steps, count=len(changed))
        return len(changed)

    def marking(self, photo_id: int) -> Marking:
        """How a photo is marked."""
        if photo_id not in self._ids:
            return Marking.NOT
        return Marking.SAFE if photo_id in self._marked_as_safe else Marking.BY_HAND

    def _steps(
        self, touched: frozenset[int], before: tuple[frozenset[int], frozenset[int]]
    ) -> Steps:
        """What became of the marks of photos.

        Args:
            touched: photos.
            before: what was marked before, and which of that as safe.
        """
        photos = self._shown.photos
        was, now = _by_marking(touched, *before), _by_marking(touched, *self._state)
        return Steps(
            alike=(
                Alike(Subject.MARK, FileKeys(photos, those), one, other)
                for one, other in permutations(Marking, 2)
                if (those := was[one] & now[other])
            )
        )

    @property
    def _state(self) -> tuple[frozenset[int], frozenset[int]]:
        return self._ids, self._marked_as_safe

    def _ids_of(self, keys: Collection[str]) -> Collection[int]:
        """The photos shown that keys mean."""
        photos = self._shown.photos
        if isinstance(keys, FileKeys):
            found = keys.ids_in(photos)
            if len(found) == len(keys):
                return found
        return photos_of_keys(photos, keys).values()

    def _turn(self, markings: Values) -> None:
        """Marks that the history took back, or made again; it writes them."""
        found: dict[Marking, set[int]] = defaultdict(set)
        for keys, value in markings.in_groups():
            marking = Marking(str(value))
            found[marking].update(self._ids_of(keys))
            self._note(keys, marking is not Marking.NOT)
        kept, safe = found[Marking.NOT], found[Marking.SAFE]
        trash = found[Marking.BY_HAND] | safe
        self._given_here |= kept | trash
        self._kept -= kept | trash  # whatever was said of them is taken back
        self._marked_as_safe -= kept | trash
        self._marked_as_safe |= safe
        if changed := self._set(trash, True) | self._set(kept, False):
            self.changed.emit(changed)

    def _mark(self, ids: Iterable[int], marked: bool) -> None:
        """The program's own change: no operation."""
        changed = self._set(ids, marked)
        if changed:
            self._save({Mark.of(self._shown.photos[i]) for i in changed}, marked)
            self.changed.emit(changed)

    def _tell(
        self,
        changed: frozenset[int],
        touched: frozenset[int],
        before: tuple[frozenset[int], frozenset[int]],
    ) -> Steps:
        """Photos were marked, or kept: what became of each, for the operation that follows."""
        steps = self._steps(touched, before)
        for keys, value in steps.values(back=False).get(Subject.MARK, Values({})).in_groups():
            self._note(keys, value is not Marking.NOT)
        self._given_here |= touched
        if changed:
            self.changed.emit(changed)
        return steps

    def _note(self, keys: Collection[str], marked: bool) -> None:
        """What was marked or kept since start is newer than what the store may tell."""
        self._notes.append((keys, marked))

    def _fold(self) -> None:
        """Take the notes in."""
        notes, self._notes = self._notes, []
        for keys, is_marked in notes:
            self._given |= dict.fromkeys(keys, is_marked)
            if self._remembered and not is_marked:
                for key in keys:
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
        duplicates = self._shown.index.duplicates
        known = self._safe_by_others
        if known is None or known[0] is not self._ids or known[1] is not duplicates:
            known = self._ids, duplicates, _no_longer_safe(duplicates, self._ids)
            self._safe_by_others = known
        return known[2]

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
        wanted = self._shown.photos.known(ids)
        changed = wanted - self._ids if marked else wanted & self._ids
        self._ids ^= changed
        return changed

    # ------------------------------------------------------------------ over a restart

    def leave(self, ids: Iterable[int]) -> Steps:
        """Photos lie in the trash and leave what is shown: remember no mark of them.

        Returns:
            What became of each mark, for the operation that moved them.
        """
        left = self._shown.photos.known(ids) & self._ids
        was = _by_marking(left, *self._state)
        steps = Steps(
            alike=(
                Alike(Subject.MARK, FileKeys(self._shown.photos, those), marking, Marking.NOT)
                for marking, those in was.items()
            )
        )
        for keys, _ in steps.values(back=False).get(Subject.MARK, Values({})).in_groups():
            self._note(keys, False)
        self._given_here |= left
        return steps

    def remember(self, stored: Collection[Mark], copies: Collection[Mark] = ()) -> None:
        """An analysis begins, and this is what the store knew a moment ago.

        What was marked or kept here since start is newer, written or not. `restore` marks the
        photos as soon as they are shown.

        Args:
            stored: the marks.
            copies: files of the same content that the store knew: see `decisions.marked`.
        """
        self._fold()
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
        self._fold()
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
        self._note([mark_key(mark) for mark in marks], marked)
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


def photos_of_keys(photos: Photos, keys: Collection[str]) -> dict[str, int]:
    """The photos that keys mean, see `mark_key`, as far as they are there."""
    wanted = frozenset(keys)
    alike = photos.of_content({mark_of(key).content_hash for key in wanted})
    return {key: photo.id for photo in alike if (key := mark_key(Mark.of(photo))) in wanted}


def _by_marking(
    photos: frozenset[int], marked: frozenset[int], safe: frozenset[int]
) -> dict[Marking, frozenset[int]]:
    """Photos by how they are marked.

    Args:
        photos: these.
        marked: all that are.
        safe: those of them that the program marked.
    """
    here = photos & marked
    return {Marking.NOT: photos - here, Marking.BY_HAND: here - safe, Marking.SAFE: here & safe}


def _no_longer_safe(duplicates: Duplicates, marked: frozenset[int]) -> frozenset[int]:
    by_hand = (marked - duplicates.safe) & duplicates.beside_safe
    groups = {group.keeper: group for group in map(duplicates.of_photo.__getitem__, by_hand)}
    return frozenset(
        photo
        for group in groups.values()
        for photo, safe in zip(group.photos, group.safe, strict=True)
        if safe and group.stays_for(photo, marked) is None
    )
