"""The photos that are gone through one after the other, and which of them is seen."""

from __future__ import annotations

from collections.abc import Container, Sequence

from photo_organizer.ui.photos.slideshow import shuffled


class PhotoSequence:
    """Photo ids in an order, one of them the present one; empty at first."""

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._ordered: list[int] = []
        self._position = 0
        self._direction = 1

    @property
    def ids(self) -> Sequence[int]:
        """All photos, in the order they are gone through."""
        return self._ids

    @property
    def position(self) -> int:
        """The place of the present photo, from 0 on."""
        return self._position

    @property
    def direction(self) -> int:
        """1 or -1: where the last step led."""
        return self._direction

    @property
    def current(self) -> int | None:
        """The present photo; None where there is none."""
        return self._ids[self._position] if self._ids else None

    @property
    def following(self) -> int:
        """The photo after the present one; after the last one the first.

        Raises:
            IndexError: there are no photos.
        """
        return self._ids[(self._position + 1) % max(1, len(self._ids))]

    def begin(self, ids: Sequence[int], current: int | None = None) -> None:
        """Go through other photos, from one of them on; from the first where it is not there."""
        self._ids, self._ordered = list(ids), list(ids)
        self._position = self._ids.index(current) if current in self._ids else 0
        self._direction = 1

    def go_to(self, position: int) -> bool:
        """Go to a place, or to the end nearest to it; whether that is another photo."""
        position = max(0, min(position, len(self._ids) - 1))
        if position == self._position:
            return False
        self._direction = 1 if position > self._position else -1
        self._position = position
        return True

    def turn_to(self, steps: int) -> None:
        """People want to go on in this direction, whether there is a photo or not."""
        self._direction = 1 if steps > 0 else -1

    def keep(self, known: Container[int]) -> None:
        """Leave out the photos that are gone; the next one that stays takes the place of one."""
        before = sum(i in known for i in self._ids[: self._position])
        self._ids = [i for i in self._ids if i in known]
        self._ordered = [i for i in self._ordered if i in known]
        self._position = min(before, max(0, len(self._ids) - 1))

    def shuffle(self, by_chance: bool) -> None:
        """Go on in an order by chance, or in the photos' own; the present one stays."""
        current = self.current
        if current is not None:
            self._ids = shuffled(self._ordered, current) if by_chance else list(self._ordered)
            self._position = self._ids.index(current)

    def coming(self, count: int) -> list[int]:
        """The next photos in the direction of the last step, at most so many, the nearest first."""
        places = (self._position + n * self._direction for n in range(1, count + 1))
        return [self._ids[place] for place in places if 0 <= place < len(self._ids)]
