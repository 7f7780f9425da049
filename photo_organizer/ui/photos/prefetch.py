"""Loads the photos that will be looked at next, so that going on takes no time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.ui.session.image_loader import ImageLoader

AHEAD, BEHIND = 2, 1


def neighbours(position: int, count: int, direction: int, *, loops: bool = False) -> list[int]:
    """The positions to load, the most wanted first: two on in a direction, one back.

    Args:
        position: the present one, 0 to `count` - 1.
        count: of all positions.
        direction: 1 or -1: where the last step led.
        loops: the first follows the last.
    """
    steps = [*range(1, AHEAD + 1), *range(-1, -BEHIND - 1, -1)]
    wanted = [position + direction * step for step in steps]
    if loops:
        wanted = [place % count for place in wanted]
    return [p for p in dict.fromkeys(wanted) if 0 <= p < count and p != position]


class Prefetcher:
    """Keeps a few photos asked for, and drops those that are not wanted any more.

    Args:
        loader: what loads and keeps them.
        side_of: the longest side a photo will be shown at, in pixels; 0 for none.
    """

    def __init__(self, loader: ImageLoader, side_of: Callable[[Photo], int]) -> None:
        self._loader = loader
        self._side_of = side_of
        self._tickets: dict[tuple[int, int], int] = {}

    def want(self, photos: Sequence[Photo]) -> None:
        """Load these, the most wanted first, and nothing else."""
        wanted = {(photo.id, self._side_of(photo)): photo for photo in photos}
        # Asked for again in their order; what is being loaded goes on.
        for ticket in self._tickets.values():
            self._loader.drop(ticket)
        self._tickets = {
            (photo_id, side): self._loader.load(photo, side, ahead=True)
            for (photo_id, side), photo in wanted.items()
            if side and self._loader.cached(photo, side) is None
        }

    def is_ready(self, photo: Photo) -> bool:
        """Whether a photo can be shown sharp at once, or will not be by waiting."""
        return (photo.id, self._side_of(photo)) not in self._tickets

    def arrived(self, ticket: int) -> bool:
        """Forget a ticket that came, or failed; whether it was asked for here."""
        key = next((key for key, mine in self._tickets.items() if mine == ticket), None)
        if key is not None:
            del self._tickets[key]
        return key is not None
