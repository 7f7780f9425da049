"""What a photo's file holds: only what holds at least as much may replace another.

The eight-bit picture that is judged and shown is a view of a file. A file may hold more: further
pages, more depth, transparency, a film, a gain map, words. Two files are exact copies when they are
equal in all of it, and a file that holds something which no other holds is not safe to remove.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from photo_organizer.engine.domain.reasons import Reason

ITEM_BYTES: Final = 6
"""Length of one item of `Holdings.facts` and `Holdings.words`."""

PLACE: Final = 0x50
"""First byte of those items of `Holdings.words`, and of no others, that are a place."""


class Extra(StrEnum):
    """Something that a file holds beside its pictures."""

    FILM = "film"
    """The moving part of a motion photo."""
    SOUND = "sound"
    GAIN_MAP = "hdr"
    """What brightens the picture on screens that can: HDR."""
    DEPTH_MAP = "depth"
    """How far away everything is: portraits are blurred by it."""
    PICTURE = "picture"
    """A further picture that is none of the above: the second of a stereo pair."""
    APPENDED = "appended"
    """Bytes that belong to no picture, and that this program cannot name."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What one file holds, by digests: equal digests mean equal content."""

    pictures: int = 1
    """Pages of a document, frames of an animation."""
    animated: bool = False
    """The pictures are frames of an animation, not pages."""
    bits: int = 8
    """Of each channel."""
    alpha: bool = False
    """Some of it is transparent."""
    profile: bytes = b""
    """Digest of what the colour profile does; empty for sRGB, and where there is none."""
    wide: bool = False
    """The profile reaches colours that sRGB does not have."""
    pixels: bytes = b""
    """Digest of every picture, upright, at full depth, with size and transparency. Empty where
    the file was not decoded at full size."""
    coded: bytes = b""
    """Digest of the compressed picture without anything around it, with what turns it upright.
    Empty where it was not looked at."""
    extras: tuple[tuple[Extra, bytes], ...] = ()
    """What else it holds, and a digest of each, sorted."""
    facts: bytes = b""
    """What metadata says, apart from `words` and from what describes only the file itself: digests
    of name and value, `ITEM_BYTES` each, sorted, one after another."""
    words: bytes = b""
    """Digests of what a clean-up carries over to the kept photo: stars, captions, keywords, places;
    as `facts`."""

    def says_more_than(self, other: Holdings) -> bool:
        """Whether there are words that the other file lacks: those that can be carried over."""
        return not items(self.words) <= items(other.words)

    def shows_the_same(self, other: Holdings) -> bool:
        """Whether all pictures of both are equal to the last bit, in depth and colour."""
        if (self.profile, self.bits, self.alpha) != (other.profile, other.bits, other.alpha):
            return False
        return bool(self.pixels and self.pixels == other.pixels) or bool(
            self.coded and self.coded == other.coded
        )

    def more_than(self, other: Holdings) -> tuple[Reason, ...]:
        """What this file holds and another one lacks, weightiest first; empty: nothing.

        Whether the first pictures of both are equal is not asked here: pixels and compression are
        compared elsewhere.
        """
        said: list[Reason] = []
        if self.pictures > 1 and not self.shows_the_same(other):
            code = "holds.frames" if self.animated else "holds.pages"
            said.append(Reason(code, {"count": self.pictures}))
        lacking = sorted(set(self.extras) - set(other.extras))
        said += [Reason(f"holds.{extra}") for extra in dict.fromkeys(kind for kind, _ in lacking)]
        # Two deep files are compared in a view of eight bits elsewhere: that shows not all of it.
        if self.bits > other.bits or (self.bits > 8 and not self.shows_the_same(other)):
            said.append(Reason("holds.bits", {"count": self.bits}))
        if self.alpha and not other.alpha:
            said.append(Reason("holds.alpha"))
        if self.profile and self.profile != other.profile and (self.wide or not other.wide):
            said.append(Reason("holds.wide" if self.wide else "holds.profile"))
        if not items(self.facts) <= items(other.facts):
            said.append(Reason("holds.facts"))
        if self.places and other.places and self.places.isdisjoint(other.places):
            said.append(Reason("holds.place"))  # a photo was taken at one place: it cannot go over
        return tuple(said)

    @property
    def places(self) -> frozenset[bytes]:
        """Where the photo was taken: digests, one for each way of saying it."""
        return frozenset(item for item in items(self.words) if item[0] == PLACE)


PLAIN: Final = Holdings()
"""One opaque picture of eight bits in sRGB, and nothing else."""


def items(packed: bytes) -> set[bytes]:
    """The items of `Holdings.facts` or `Holdings.words`."""
    return {packed[i : i + ITEM_BYTES] for i in range(0, len(packed), ITEM_BYTES)}
