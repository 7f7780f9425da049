"""What a person changed, as operations: each has a name, and can be taken back.

An operation is a list of steps. A step says of one standing decision what it was before and what it
is after, in plain values, so that taking an operation back is writing down what was before. Nothing
here knows what photos a window shows: an operation is as true after a restart.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from photo_organizer.engine.domain.decisions import Contents, Mark
from photo_organizer.engine.domain.results import Flaw

Value = bool | int | str | None | Sequence["Value"] | Mapping[str, "Value"]
"""What a decision can be: what JSON can say."""


class Subject(StrEnum):
    """What a step is about. Below, the form of its key, and of its values."""

    MARK = "mark"
    """`mark_key`; a `Marking`."""
    RATING = "rating"
    """`content_key`; stars 0 to 5, or None."""
    FINE = "fine"
    """`fine_key`; whether the flaw is fine."""
    REVIEW = "review"
    """`review_key`; whether the group was reviewed."""
    NOT_DUPLICATES = "not_duplicates"
    """`pair_key`; whether the two never share a group."""
    CATEGORY = "category"
    """`content_key`; the category that a person chose or None, and the one it was shown in."""
    CATEGORIES = "categories"
    """Empty; the whole list of categories."""
    PROTECTED = "protected"
    """`folder_key`; whether the folder is protected."""
    KEEP_FROM = "keep_from"
    """`folder_key`; whether its photos stay rather than copies elsewhere."""
    CLEAN_UP = "clean_up"
    """The number of the clean-up; whether its files are in the trash. See the journal."""


class Marking(StrEnum):
    """How a photo is marked for the trash."""

    NOT = "not"
    BY_HAND = "by_hand"
    SAFE = "safe"
    """By the program, which called it safe to remove: it is kept again when it is safe no more."""


class Deed(StrEnum):
    """What a person did; names the operation together with its count and detail."""

    MARK = "mark"
    MARK_SAFE = "mark_safe"
    KEEP = "keep"
    KEEP_ONLY = "keep_only"
    KEEP_ALL = "keep_all"
    REVIEW = "review"
    REVIEW_AGAIN = "review_again"
    NOT_DUPLICATES = "not_duplicates"
    DUPLICATES_AGAIN = "duplicates_again"
    FINE = "fine"
    """The detail is the flaw; empty for several."""
    NOT_FINE = "not_fine"
    RATE = "rate"
    """The detail is the number of stars, 0 for a rejection."""
    UNRATE = "unrate"
    FORGET_STARS = "forget_stars"
    MOVE = "move"
    """The detail is the category."""
    RELEASE = "release"
    EDIT_CATEGORIES = "edit_categories"
    ADD_CATEGORY = "add_category"
    """The detail is its name."""
    HIDE_CATEGORY = "hide_category"
    PROTECT = "protect"
    """The detail is the folder; empty for several."""
    UNPROTECT = "unprotect"
    KEEP_FROM = "keep_from"
    KEEP_FROM_NO_MORE = "keep_from_no_more"
    CHANGE_FOLDERS = "change_folders"
    """Several of the four above at once."""
    CLEAN_UP = "clean_up"
    FILE = "file"
    """Photos moved into a folder of the person's; the detail is the folder. Journaled, and taken
    back, as a clean-up is."""


@dataclass(frozen=True, slots=True)
class Step:
    """One decision that became another."""

    subject: Subject
    key: str
    before: Value
    after: Value

    @property
    def about(self) -> tuple[Subject, str]:
        """The decision."""
        return self.subject, self.key


@dataclass(frozen=True, slots=True)
class Operation:
    """Something a person changed at once."""

    id: str
    """Unique in all stores."""
    made: int
    """When, in nanoseconds since 1970; no two operations of a store share it."""
    deed: Deed
    steps: tuple[Step, ...] = field(repr=False)
    count: int = 0
    """Photos that it is about; 0 where it is about none."""
    detail: str = ""
    """See `Deed`."""
    library: tuple[Path, ...] = ()
    """The folders that were open; empty for what belongs to no library."""
    undone: int = 0
    """When it was taken back, as `made`; 0 where it was not."""

    @property
    def clean_up(self) -> int | None:
        """The number of the clean-up, where it is one."""
        for step in self.steps:
            if step.subject is Subject.CLEAN_UP:
                return int(step.key)
        return None


def still_its_own(operation: Operation, operations: Iterable[Operation]) -> tuple[Step, ...]:
    """The steps of an operation whose decisions no later operation changed.

    Only these can be taken back or done again alone: the later word of a person stands.
    """
    about = {step.about for step in operation.steps}
    later = {
        step.about
        for other in operations
        if other.made > operation.made and not other.undone
        for step in other.steps
        if step.about in about
    }
    return tuple(step for step in operation.steps if step.about not in later)


# ---------------------------------------------------------------------- keys


def content_key(content_hash: bytes) -> str:
    """Names a content."""
    return content_hash.hex()


def content_of(key: str) -> bytes:
    """The content that `content_key` named."""
    return bytes.fromhex(key)


def mark_key(mark: Mark) -> str:
    """Names a file that may be marked."""
    return file_key(mark.content_hash, str(mark.path))


def file_key(content_hash: bytes, path: str) -> str:
    """The same of a content and a path as text: for thousands of files at once."""
    return f"{content_hash.hex()} {path}"


def mark_of(key: str) -> Mark:
    """The mark that `mark_key` named."""
    content, _, path = key.partition(" ")
    return Mark(bytes.fromhex(content), Path(path))


def fine_key(content_hash: bytes, flaw: Flaw) -> str:
    """Names a flaw of a content."""
    return f"{content_hash.hex()} {flaw.value}"


def fine_of(key: str) -> tuple[bytes, Flaw]:
    """The content and flaw that `fine_key` named."""
    content, _, flaw = key.partition(" ")
    return bytes.fromhex(content), Flaw(flaw)


def pair_key(first: bytes, second: bytes) -> str:
    """Names two contents, in either order."""
    return " ".join(sorted((first.hex(), second.hex())))


def pair_of(key: str) -> tuple[bytes, bytes]:
    """The two contents that `pair_key` named, the smaller first."""
    first, _, second = key.partition(" ")
    return bytes.fromhex(first), bytes.fromhex(second)


def review_key(contents: Contents) -> str:
    """Names what a group consists of."""
    return " ".join(content.hex() for content in contents)


def review_of(key: str) -> Contents:
    """The contents that `review_key` named."""
    return tuple(map(bytes.fromhex, key.split()))


def folder_key(folder: Path) -> str:
    """Names a folder."""
    return os.fspath(folder)
