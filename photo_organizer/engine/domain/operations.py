"""What a person changed, as operations: each has a name, and can be taken back.

An operation is a list of steps. A step says of one standing decision what it was before and what it
is after, in plain values, so that taking an operation back is writing down what was before. Nothing
here knows what photos a window shows: an operation is as true after a restart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from photo_organizer.engine.domain.steps import Step, Steps, Subject


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
class Operation:
    """Something a person changed at once."""

    id: str
    """Unique in all stores."""
    made: int
    """When, in nanoseconds since 1970; no two operations of a store share it."""
    deed: Deed
    steps: Sequence[Step] = field(repr=False)
    count: int = 0
    """Photos that it is about; 0 where it is about none."""
    detail: str = ""
    """See `Deed`."""
    library: tuple[Path, ...] = ()
    """The folders that were open; empty for what belongs to no library."""
    undone: int = 0
    """When it was taken back, as `made`; 0 where it was not."""

    @property
    def subjects(self) -> frozenset[Subject]:
        """What its steps are about."""
        return Steps.of(self.steps).subjects

    @property
    def clean_up(self) -> int | None:
        """The number of the clean-up, where it is one."""
        if Subject.CLEAN_UP in self.subjects:
            return next(int(s.key) for s in self.steps if s.subject is Subject.CLEAN_UP)
        return None


def still_its_own(operation: Operation, operations: Iterable[Operation]) -> Steps:
    """The steps of an operation whose decisions no later operation changed.

    Only these can be taken back or done again alone: the later word of a person stands.
    """
    steps = Steps.of(operation.steps)
    subjects = steps.subjects
    later = {
        step.about
        for other in operations
        if other.made > operation.made and not other.undone
        if not subjects.isdisjoint(other.subjects)
        for step in other.steps
    }
    return steps.without(later) if later else steps
