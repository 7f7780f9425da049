"""What the user decides about groups and flaws: seen at once, written soon, judged again after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from photo_organizer.engine.domain.decisions import contents
from photo_organizer.engine.domain.results import Flaw, Group, Result
from photo_organizer.engine.storage.store import Change
from photo_organizer.ui.session.judging import REST, Judging
from photo_organizer.ui.session.marks import Marks
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.write_queue import WriteQueue


class UserDecisions(QObject):
    """Takes the user's decisions; owned by the session."""

    def __init__(
        self,
        shown: ShownResult,
        marks: Marks,
        writes: WriteQueue,
        judging: Judging,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown = shown
        self._marks = marks
        self._writes = writes
        self._judging = judging

    def decide(self, change: Change, rest: int = REST) -> None:
        """Write a decision into the store in the background, then judge again.

        What must be seen at once is shown by the caller (see `ShownResult.amend`): judging takes a
        moment.

        Args:
            change: writes the decision, and nothing that `Store.decisions` does not tell of.
            rest: milliseconds without a further decision to wait for.
        """
        self._writes.add(change, decides=True)
        self._judging.soon(rest)

    def keep_all(self, group: Group) -> None:
        """Keep every photo of a group; the decision is remembered."""
        self._marks.mark(group.photos, False)
        self.decide_reviewed(group)

    def decide_not_duplicates(self, group: Group) -> None:
        """Remember that the photos of a group are different ones; the group goes at once."""
        hashes = [self._shown.photos[i].content_hash for i in group.photos]
        self.decide(lambda store: store.decide_not_duplicates(hashes))
        self._shown.amend(lambda result: replace(result, groups=_except(result.groups, group)))

    def decide_reviewed(self, group: Group, reviewed: bool = True) -> None:
        """Remember that the user decided about a group, or take that back. Marks stay."""
        members = set(group.photos)
        known = self._shown.whole or Result.empty()
        # What lies in the trash belonged to the group too, and may come back.
        whole = next((g for g in known.groups if not members.isdisjoint(g.photos)), None)
        if whole is None:
            return
        content = contents(whole, known.photos)
        self.decide(lambda store: store.decide_reviewed(content, reviewed))
        self._shown.amend(
            lambda result: replace(
                result,
                groups=tuple(
                    g if members.isdisjoint(g.photos) else _reviewed(g, reviewed)
                    for g in result.groups
                ),
            )
        )

    def decide_fine(self, photo_id: int, flaw: Flaw, fine: bool = True) -> None:
        """Remember that a photo is fine, or take that back; its flag goes or comes at once.

        Copies of the photo follow when the photos are judged again, shortly after.
        """
        content = self._shown.photos[photo_id].content_hash
        self.decide(lambda store: store.decide_fine(content, flaw, fine))
        self._shown.amend(lambda result: _with_fine(result, (photo_id, flaw), fine))


def _reviewed(group: Group, reviewed: bool) -> Group:
    """The group as it is judged again shortly after: nothing in a reviewed one is safe."""
    safe = (False,) * len(group.photos) if reviewed else group.safe
    return replace(group, reviewed=reviewed, safe=safe)


def _with_fine(result: Result, subject: tuple[int, Flaw], fine: bool) -> Result:
    """The flag of one photo moved to those called fine, or back among the flags."""
    source, target = (result.flags, result.fine) if fine else (result.fine, result.flags)
    moved = [flag for flag in source if (flag.photo, flag.flaw) == subject]
    rest = tuple(flag for flag in source if (flag.photo, flag.flaw) != subject)
    grown = tuple(sorted((*target, *moved), key=lambda flag: flag.rank))
    flags, kept = (rest, grown) if fine else (grown, rest)
    return replace(result, flags=flags, fine=kept)


def _except(groups: Sequence[Group], unwanted: Group) -> tuple[Group, ...]:
    members = set(unwanted.photos)
    return tuple(group for group in groups if members.isdisjoint(group.photos))
