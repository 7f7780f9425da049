"""The steps of an operation: of thousands of photos as numbers, until somebody asks for them.

To mark 100,000 photos is one key, and no window waits until each of them is written down by name.
So what becomes the same of many decisions is one `Alike`: it knows at once how many they are, and
makes their keys when they are asked for, on whichever thread that is.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import overload

from photo_organizer.engine.domain.decision_keys import content_key, content_of, file_key
from photo_organizer.engine.domain.photos import Photos

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


class Keys(Sequence[str]):
    """The keys of many decisions, made when they are first asked for.

    Args:
        count: how many.
        make: makes them; not kept after that, nor what it holds.
    """

    def __init__(self, count: int, make: Callable[[], list[str]]) -> None:
        self._count = count
        self._make: Callable[[], list[str]] | None = make
        self._made: list[str] | None = None

    def made(self) -> list[str]:
        """All of them."""
        make = self._make
        if self._made is None and make is not None:
            self._made = make()
            self._make = None
        return self._made or []

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return iter(self.made())

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        return self.made()[place]


class FileKeys(Keys):
    """The keys of the marks of photos, see `mark_key`.

    Args:
        photos: of the result that is shown.
        ids: some of them.
    """

    def __init__(self, photos: Photos, ids: Collection[int]) -> None:
        super().__init__(len(ids), lambda: [file_key(*photos.file_of(i)) for i in ids])
        self._ids = ids
        self._photos = weakref.ref(photos)

    def ids_in(self, photos: Photos) -> Collection[int]:
        """Those of the photos that are the same files there, by the ids they had."""
        if self._photos() is photos:
            return self._ids
        known = photos.known(self._ids)
        named = zip(self._ids, self.made(), strict=True)
        return [i for i, key in named if i in known and file_key(*photos.file_of(i)) == key]


class ContentKeys(Keys):
    """The keys of contents, see `content_key`."""

    def __init__(self, contents: Collection[bytes]) -> None:
        super().__init__(len(contents), lambda: [content_key(one) for one in contents])
        self.contents = contents


def contents_of(keys: Iterable[str]) -> Collection[bytes]:
    """The contents that keys mean, see `content_key`."""
    return keys.contents if isinstance(keys, ContentKeys) else [content_of(key) for key in keys]


@dataclass(frozen=True, slots=True)
class Alike:
    """Many decisions of one subject that were the same, and became the same."""

    subject: Subject
    keys: Keys
    before: Value
    after: Value

    def __iter__(self) -> Iterator[Step]:
        return (Step(self.subject, key, self.before, self.after) for key in self.keys)


class Values(Mapping[str, Value]):
    """What decisions about one subject become, by key.

    Args:
        single: one by one.
        alike: many at once that become the same.
    """

    def __init__(
        self, single: Mapping[str, Value], alike: Sequence[tuple[Keys, Value]] = ()
    ) -> None:
        self.single = single
        self.alike = alike
        self._all: Mapping[str, Value] | None = None

    def in_groups(self) -> Iterator[tuple[Collection[str], Value]]:
        """All keys, those together that become the same; a key is in one group."""
        yield from self.alike
        groups: dict[str, tuple[list[str], Value]] = {}
        for key, value in self.single.items():
            groups.setdefault(repr(value), ([], value))[0].append(key)
        yield from groups.values()

    def _known(self) -> Mapping[str, Value]:
        if self._all is None:
            every = dict(self.single)
            for keys, value in self.alike:
                every |= dict.fromkeys(keys, value)
            self._all = every
        return self._all

    def __getitem__(self, key: str) -> Value:
        return self._known()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self.single) + sum(len(keys) for keys, _ in self.alike)


class Steps(Sequence[Step]):
    """Steps in order; none of them is about what another one is about.

    Args:
        single: one by one; those that change nothing are left out.
        alike: many at once, after the others.
    """

    def __init__(self, single: Iterable[Step] = (), alike: Iterable[Alike] = ()) -> None:
        self._single = tuple(step for step in single if step.before != step.after)
        self._alike = tuple(one for one in alike if len(one.keys) and one.before != one.after)

    @classmethod
    def of(cls, steps: Iterable[Step]) -> Steps:
        """Any steps as such."""
        return steps if isinstance(steps, Steps) else cls(steps)

    def and_also(self, others: Iterable[Step]) -> Steps:
        """These, and others one by one."""
        return Steps((*self._single, *others), self._alike)

    @property
    def subjects(self) -> frozenset[Subject]:
        """What they are about."""
        return frozenset({s.subject for s in self._single} | {a.subject for a in self._alike})

    def about(self, subjects: Collection[Subject]) -> Steps:
        """Those of some subjects."""
        return Steps(
            (step for step in self._single if step.subject in subjects),
            (alike for alike in self._alike if alike.subject in subjects),
        )

    def without(self, changed: Collection[tuple[Subject, str]]) -> Steps:
        """Those that are about nothing of this."""
        alike, single = [], [step for step in self._single if step.about not in changed]
        for one in self._alike:
            keys = {key for subject, key in changed if subject is one.subject}
            if keys.isdisjoint(one.keys):
                alike.append(one)
            else:
                single += [step for step in one if step.key not in keys]
        return Steps(single, alike)

    def values(self, *, back: bool) -> dict[Subject, Values]:
        """What the decisions become when the steps are done, or taken back."""
        single: dict[Subject, dict[str, Value]] = defaultdict(dict)
        alike: dict[Subject, list[tuple[Keys, Value]]] = defaultdict(list)
        for step in self._single:
            single[step.subject][step.key] = step.before if back else step.after
        for one in self._alike:
            alike[one.subject].append((one.keys, one.before if back else one.after))
        return {
            subject: Values(single.get(subject, {}), alike.get(subject, ()))
            for subject in self.subjects
        }

    def __len__(self) -> int:
        return len(self._single) + sum(len(one.keys) for one in self._alike)

    def __iter__(self) -> Iterator[Step]:
        yield from self._single
        for one in self._alike:
            yield from one

    @overload
    def __getitem__(self, place: int) -> Step: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Step, ...]: ...
    def __getitem__(self, place: int | slice) -> Step | tuple[Step, ...]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(len(self))
