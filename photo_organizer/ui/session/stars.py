"""The user's stars: given in the window, seen at once, remembered by content.

The scale is the store's: 1 to 5 stars, and 0 for a rejected photo. A pick is five stars. Without a
rating a photo says nothing about the user's taste, which is why taking stars away is something else
than rejecting. Copies share their stars: what is rated is the picture.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.user_decisions import UserDecisions
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
        decisions: UserDecisions,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._shown = shown
        self._decisions = decisions
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
        """A copy of all stars, by `Photo.content_hash`."""
        return dict(self._stars)

    @property
    def given_here(self) -> Collection[bytes]:
        """The contents that were rated, or whose stars were taken away, since the program began."""
        return self._given.keys()

    def set(self, ids: Iterable[int], stars: int | None) -> None:
        """Rate photos that are shown, 0 to 5; None takes their stars away. Rankings follow soon."""
        photos = self._shown.photos
        given = {photos[i].content_hash for i in ids if i in photos}
        new = {content for content in given if self._stars.get(content) != stars}
        if not new:
            return
        for content in new:
            if stars is None:
                del self._stars[content]
            else:
                self._stars[content] = stars
        change = dict.fromkeys(new, stars)
        self._given |= change
        self._decisions.decide(lambda store: _write(store, change), REST)
        self.changed.emit()

    def remember(self, stars: Mapping[bytes, int]) -> None:
        """Take over what the store knew a moment ago; what was given here since start is newer."""
        known = {**stars, **self._given}
        both = {content: given for content, given in known.items() if given is not None}
        if self._stars != both:
            self._stars = both
            self.changed.emit()

    def forget(self) -> None:
        """Take away all stars, of all libraries, and with them what was learned."""
        self._given |= dict.fromkeys(self._stars)
        self._stars.clear()
        self._decisions.decide(_forget)
        self.changed.emit()

    @property
    def share(self) -> float:
        """How much of the learned taste counts, 0 (not at all) to 1; kept over restarts."""
        return self._choices.thresholds[SHARE]

    @share.setter
    def share(self, share: float) -> None:
        if share != self.share:
            self._choices.set_threshold(SHARE, share)
            self.share_changed.emit(share)


def spoken(stars: int | None) -> str:
    """A rating in words, "4 stars"; empty where there is none."""
    match stars:
        case None:
            return ""
        case 0:
            return translate("stars", "rejected")
        case _:
            return translate("stars", "%Ln stars", "", PLURAL, stars)


def _write(store: Store, change: Mapping[bytes, int | None]) -> None:
    with store.batch():
        for content, stars in change.items():
            if stars is None:
                store.forget_rating(content)
            else:
                store.decide_rating(content, stars)


def _forget(store: Store) -> None:
    store.forget_ratings()
