"""A category as tabs and cards show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownCategory:
    """Its name for people, how many photos it holds, and the photo that stands for it."""

    key: str
    name: str
    count: int
    cover: int | None
    """Id of a photo; None where there is none."""
    content: bytes = b""
    """Of that photo: another picture in the same file is another cover."""
    counted: str = ""
    """How many photos, as it is seen."""
    spoken: str = ""
    """The same as it is heard."""
