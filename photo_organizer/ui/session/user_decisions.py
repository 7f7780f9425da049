"""What the user decides about groups and flaws: seen at once, written soon, judged again after."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from PySide6.QtCore import QObject

from photo_organizer.engine.domain.decision_keys import (
    fine_key,
    fine_of,
    pair_key,
    pair_of,
    review_key,
    review_of,
)
from photo_organizer.engine.domain.decisions import Contents, contents
from photo_organizer.engine.domain.operations import Deed
from photo_organizer.engine.domain.results import Flaw, Group, Result
from photo_organizer.engine.domain.steps import Step, Steps, Subject, Value
from photo_organizer.ui.session.history import History
from photo_organizer.ui.session.marks import Marks
from photo_organizer.ui.session.shown_result import ShownResult


class UserDecisions(QObject):
    """Takes the user's decisions; owned by the session.

    What must be seen at once is shown at once (see `ShownResult.amend`): judging takes a moment.
    """

    def __init__(
        self,
        shown: ShownResult,
        marks: Marks,
        history: History,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown = shown
        self._marks = marks
        self._history = history
        self._parted: dict[frozenset[str], Group] = {}
        """Groups that were said to be none, by the pairs in them: they come back at once."""
        history.follow(Subject.FINE, self._turn_fine)
        history.follow(Subject.REVIEW, self._turn_reviewed)
        history.follow(Subject.NOT_DUPLICATES, self._turn_not_duplicates)

    # ------------------------------------------------------------------ groups

    def keep_all(self, group: Group) -> None:
        """Keep every photo of a group; the decision is remembered."""
        steps = self._marks.change((), group.photos)
        content = self._contents(group)
        if content is not None:
            shown = self._shown.group_of(group.photos[0])
            if shown is not None and not shown.reviewed:
                steps = steps.and_also([_review(content, reviewed=True)])
            self._show_reviewed(group.photos, reviewed=True)
        self._history.record(Deed.KEEP_ALL, steps, count=len(group.photos))

    def decide_not_duplicates(self, group: Group) -> None:
        """Remember that the photos of a group are different ones, and keep them; it goes at once.

        A mark says that a copy may go, and no photo of the group is a copy any more.
        """
        shown = self._shown.group_of(group.photos[0])
        if shown is None:
            return
        hashes = sorted({self._shown.photos[i].content_hash for i in group.photos})
        steps = self._marks.change((), group.photos)
        pairs = [pair_key(*pair) for pair in combinations(hashes, 2)]
        steps = steps.and_also(
            Step(Subject.NOT_DUPLICATES, key, before=False, after=True) for key in pairs
        )
        self._parted[frozenset(pairs)] = shown
        self._shown.amend(lambda result: replace(result, groups=_except(result.groups, group)))
        self._history.record(Deed.NOT_DUPLICATES, steps, count=len(group.photos))

    def decide_duplicates_again(self, pairs: Iterable[tuple[bytes, bytes]], count: int) -> None:
        """Let photos share a group again where they are alike, which somebody said are different.

        Args:
            pairs: of contents.
            count: of photos.
        """
        keys = [pair_key(*pair) for pair in pairs]
        self._turn_not_duplicates(dict.fromkeys(keys, False))
        steps = [Step(Subject.NOT_DUPLICATES, key, before=True, after=False) for key in keys]
        self._history.record(Deed.DUPLICATES_AGAIN, steps, count=count)

    def decide_reviewed(self, group: Group, reviewed: bool = True) -> None:
        """Remember that the user decided about a group, or take that back. Marks stay."""
        content = self._contents(group)
        if content is None:
            return
        self._show_reviewed(group.photos, reviewed)
        self._history.record(
            Deed.REVIEW if reviewed else Deed.REVIEW_AGAIN,
            [_review(content, reviewed)],
            count=len(group.photos),
        )

    def _contents(self, group: Group) -> Contents | None:
        """What a group consists of; what lies in the trash belongs to it, too, and may come back.

        None where it is a group no more.
        """
        members = set(group.photos)
        known = self._shown.whole or Result.empty()
        whole = next((g for g in known.groups if not members.isdisjoint(g.photos)), None)
        return None if whole is None else contents(whole, known.photos)

    def _show_reviewed(self, photos: Iterable[int], reviewed: bool) -> None:
        """The groups of some photos."""
        members = set(photos)

        def amended(result: Result) -> Result:
            return replace(
                result,
                groups=tuple(
                    g if members.isdisjoint(g.photos) else _reviewed(g, reviewed)
                    for g in result.groups
                ),
            )

        self._shown.amend(amended)

    def _turn_reviewed(self, reviews: Mapping[str, Value]) -> None:
        for reviewed in (True, False):
            those = [review_of(key) for key, value in reviews.items() if value == reviewed]
            named = {content for contents in those for content in contents}
            if named:
                photos = self._shown.photos.of_content(named)
                self._show_reviewed((photo.id for photo in photos), reviewed)

    def _turn_not_duplicates(self, pairs: Mapping[str, Value]) -> None:
        apart = {pair_of(key) for key, value in pairs.items() if value}
        together = {key for key, value in pairs.items() if not value}
        back = [group for keys, group in self._parted.items() if keys and keys <= together]
        self._shown.amend(lambda result: _with_groups(_parted(result, apart), back))

    # ------------------------------------------------------------------ flaws

    def decide_fine(self, photo_id: int, flaw: Flaw, fine: bool = True) -> None:
        """Remember that a photo is fine, or take that back; its flag goes or comes at once."""
        self.decide_all_fine([(photo_id, flaw)], fine)

    def decide_all_fine(
        self, subjects: Sequence[tuple[int, Flaw]], fine: bool = True, *, keep: bool = False
    ) -> None:
        """Remember that flaws of photos are fine, or take that back: one operation.

        Copies of the photos follow when the photos are judged again, shortly after.

        Args:
            subjects: photos with the flaw that is meant.
            fine: False takes it back.
            keep: take marks from the photos, too.
        """
        steps = self._marks.change((), [i for i, _ in subjects]) if keep else Steps()
        photos = self._shown.photos
        known = self._shown.result.fine if self._shown.result else ()
        already = {(flag.photo, flag.flaw) for flag in known}
        steps = steps.and_also(
            Step(Subject.FINE, fine_key(photos[i].content_hash, flaw), (i, flaw) in already, fine)
            for i, flaw in subjects
        )
        self._shown.amend(lambda result: _with_fine(result, frozenset(subjects), fine))
        flaws = {flaw for _, flaw in subjects}
        self._history.record(
            Deed.FINE if fine else Deed.NOT_FINE,
            steps,
            count=len({i for i, _ in subjects}),
            detail=flaws.pop().value if len(flaws) == 1 else "",
        )

    def _turn_fine(self, fine: Mapping[str, Value]) -> None:
        for value in (True, False):
            self._show_fine({fine_of(key) for key, given in fine.items() if given == value}, value)

    def _show_fine(self, those: Collection[tuple[bytes, Flaw]], fine: bool) -> None:
        """Flaws of contents, in all copies that are shown."""
        flaws: dict[bytes, list[Flaw]] = defaultdict(list)
        for content, flaw in those:
            flaws[content].append(flaw)
        photos = self._shown.photos.of_content(flaws.keys())
        subjects = frozenset((p.id, flaw) for p in photos for flaw in flaws[p.content_hash])
        if subjects:
            self._shown.amend(lambda result: _with_fine(result, subjects, fine))


def _review(content: Contents, reviewed: bool) -> Step:
    return Step(Subject.REVIEW, review_key(content), not reviewed, reviewed)


def _reviewed(group: Group, reviewed: bool) -> Group:
    """The group as it is judged again shortly after: nothing in a reviewed one is safe."""
    safe = (False,) * len(group.photos) if reviewed else group.safe
    return replace(group, reviewed=reviewed, safe=safe)


def _with_fine(result: Result, subjects: Collection[tuple[int, Flaw]], fine: bool) -> Result:
    """The flags of photos moved to those called fine, or back among the flags."""
    source, target = (result.flags, result.fine) if fine else (result.fine, result.flags)
    moved = [flag for flag in source if (flag.photo, flag.flaw) in subjects]
    rest = tuple(flag for flag in source if (flag.photo, flag.flaw) not in subjects)
    grown = list(target)  # sorted: a place for each takes less than sorting ten thousand anew
    for flag in moved:
        insort(grown, flag, key=lambda flag: flag.rank)
    flags, kept = (rest, tuple(grown)) if fine else (tuple(grown), rest)
    return replace(result, flags=flags, fine=kept)


def _except(groups: Sequence[Group], unwanted: Group) -> tuple[Group, ...]:
    members = set(unwanted.photos)
    return tuple(group for group in groups if members.isdisjoint(group.photos))


def _parted(result: Result, apart: Collection[tuple[bytes, bytes]]) -> Result:
    """Without the groups in which two photos are said to be different."""
    if not apart:
        return result
    photos, named = result.photos, {content for pair in apart for content in pair}

    def is_parted(group: Group) -> bool:
        hashes = sorted({photos[i].content_hash for i in group.photos} & named)
        return any(pair in apart for pair in combinations(hashes, 2))

    return replace(result, groups=tuple(g for g in result.groups if not is_parted(g)))


def _with_groups(result: Result, back: Iterable[Group]) -> Result:
    """With groups that come back, as far as their photos are here and in no other group."""
    taken = {i for group in result.groups for i in group.photos}
    free = [
        group for group in back if all(i in result.photos and i not in taken for i in group.photos)
    ]
    return replace(result, groups=(*free, *result.groups)) if free else result
