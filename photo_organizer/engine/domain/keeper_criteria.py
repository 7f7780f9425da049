"""The order of criteria that chooses keepers: the shipped one, and what people make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from photo_organizer.engine import assets
from photo_organizer.engine.domain.results import GroupKind

CRITERIA: Final = tuple(
    name for name, words in assets.toml("keepers.toml").items() if "label" in words
)
"""What a keeper can be better in: the tables of ``resources/keepers.toml`` that have a label.

Each is measured by `photo_organizer.engine.duplicates.keepers`. Ties are broken by the photo's row.
"""

_RENAMED: Final = {"shallow": "organised"}
"""Names of earlier versions."""

Order = Mapping[GroupKind, Sequence[str]]
"""For each kind the criteria that choose the keeper, the weightiest first."""


def default_order() -> dict[GroupKind, tuple[str, ...]]:
    """The shipped order of criteria, from ``resources/keepers.toml``."""
    table = assets.toml("keepers.toml")["order"]
    return {kind: tuple(table[kind.value]) for kind in GroupKind}


def completed(kind: GroupKind, wanted: Iterable[str]) -> tuple[str, ...]:
    """The criteria of a kind, those of `wanted` first; what the kind does not know is left out.

    An order that was written down by another version of the program stays usable: a criterion that
    it did not know comes where it usually does, and one that has another name now keeps its place.
    """
    usual = default_order()[kind]
    known = [name for name in dict.fromkeys(map(current, wanted)) if name in usual]
    missing = [name for name in usual if name not in known]
    if len(missing) > len(known):  # a wish, not a whole order
        return (*known, *missing)
    for name in missing:
        before = usual[: usual.index(name)]
        known.insert(max((known.index(one) + 1 for one in before[-1:]), default=0), name)
    return tuple(known)


def current(criterion: str) -> str:
    """What a criterion is called now; earlier versions had other names for some."""
    return _RENAMED.get(criterion, criterion)
