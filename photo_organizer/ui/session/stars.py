"""The user's stars: given in the window, seen at once, remembered by content.

The scale is the store's: 1 to 5 stars, and 0 for a rejected photo. A pick is five stars. Without a
rating a photo says nothing about the user's taste, which is why taking stars away is something else
than rejecting. Copies share their stars: what is rated is the picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from typing import cast

from PySide6.QtCore import QObject, Signal

from photo_organizer.engine.domain.operations import Deed
from photo_organizer.engine.domain.steps import (
    Alike,
    ContentKeys,
    Steps,
    Subject,
    Values,
    contents_of,
)
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.history import History
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.words.translation import PLURAL, translate

MOST = 5
PICKED = MOST
REJECTED = 0

REST = 1500
"""Milliseconds after the last star before the rankings follow: photos must not move away while
somebody goes through them star by star."""

SHARE = "taste.share"
"""The threshold for how much the learned taste counts, see `engine.highlights.taste.blend`."""


class Stars(QObject):
    """What the user gave; owned by the session."""

    changed = Signal()
    """Some photo has other stars now."""
    share_changed = Signal(float)
    """`share` was changed."""

    def __init__(
        self,
        choices: Choices,
        shown: ShownResult,
        history: History,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._shown = shown
        self._history = history
        history.follow(Subject.RATING, self._turn)
        self._stars: dict[bytes, int] = {}
        self._given: dict[bytes, int | None] = {}

    def __len__(self) -> int:
        """How many contents are rated, in all libraries."""
        return len(self._stars)

    def of(self, photo_id: int) -> int | None:
        """The stars of a photo shown, 0 where it is rejected, None where it is unrated."""
        photo = self._shown.photos.get(photo_id)
        return None if photo is None else self._stars.get(photo.content_hash)

    def by_content(self) -> Mapping[bytes, int]:
        """All stars of now, by `Photo.content_hash`; later ones do not change it."""
        return self._stars

    @property
    def given_here(self) -> Set[bytes]:
        """The contents that were rated, or whose stars were taken away, since the program began."""
        return self._given.keys()

    def set(self, ids: Iterable[int], stars: int | None) -> None:
        """Rate photos that are shown, 0 to 5; None takes their stars away. Rankings follow soon."""
        photos = self._shown.photos
        chosen = photos.known(ids)
        before = self._by_stars(photos.contents_of(chosen))
        before.pop(stars, None)
        change: dict[bytes, int | None] = {}
        for contents in before.values():
            change |= dict.fromkeys(contents, stars)
        if not change:
            return
        steps = _steps(before, stars)
        self._give(change)
        deed = Deed.UNRATE if stars is None else Deed.RATE
        detail = "" if stars is None else str(stars)
        self._history.record(deed, steps, count=len(chosen), detail=detail, rest=REST)

    def remember(self, stars: Mapping[bytes, int]) -> None:
        """Take over what the store knew a moment ago; what was given here since start is newer."""
        known = {**stars, **self._given}
        both = {content: given for content, given in known.items() if given is not None}
        if self._stars != both:
            self._stars = both
            self.changed.emit()

    def forget(self) -> None:
        """Take away all stars, of all libraries, and with them what was learned."""
        before = self._by_stars(self._stars)
        count = len(self._stars)
        self._give(dict.fromkeys(self._stars))
        self._history.record(Deed.FORGET_STARS, _steps(before, None), count=count, everywhere=True)

    def _by_stars(self, contents: Iterable[bytes]) -> dict[int | None, Collection[bytes]]:
        """Contents by the stars they have, None for those that have none; each once."""
        given = dict.fromkeys(contents)
        if not self._stars:
            return {None: given.keys()}
        unrated = given.keys() - self._stars.keys()
        groups: dict[int | None, Collection[bytes]] = {None: unrated}
        rated: dict[int, list[bytes]] = defaultdict(list)
        for content in given.keys() - unrated if unrated else given:
            rated[self._stars[content]].append(content)
        return groups | rated

    def _give(self, change: Mapping[bytes, int | None]) -> None:
        self._given |= change
        both = {**self._stars, **change}
        if None in change.values():
            both = {content: given for content, given in both.items() if given is not None}
        # Others hold what `by_content` told them: never change it, take its place.
        self._stars = cast("dict[bytes, int]", both)
        self.changed.emit()

    def _turn(self, ratings: Values) -> None:
        """Stars that the history took back, or gave again; it writes them."""
        change: dict[bytes, int | None] = {}
        for keys, value in ratings.in_groups():
            stars = int(str(value)) if value is not None else None
            change |= dict.fromkeys(contents_of(keys), stars)
        self._give(change)

    @property
    def share(self) -> float:
        """How much of the learned taste counts, 0 (not at all) to 1; kept over restarts."""
        return self._choices.thresholds[SHARE]

    @share.setter
    def share(self, share: float) -> None:
        if share != self.share:
            self._choices.set_threshold(SHARE, share)
            self.share_changed.emit(share)


def _steps(before: Mapping[int | None, Collection[bytes]], after: int | None) -> Steps:
    """What becomes of contents, by the stars they had."""
    return Steps(
        alike=(
            Alike(Subject.RATING, ContentKeys(contents), stars, after)
            for stars, contents in before.items()
        )
    )


def spoken(stars: int | None) -> str:
    """A rating in words, "4 stars"; empty where there is none."""
    match stars:
        case None:
            return ""
        case 0:
            return translate("stars", "rejected")
        case _:
            return translate("stars", "%Ln stars", "", PLURAL, stars)
