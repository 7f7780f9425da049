"""The history of operations in a store, and the decisions that their steps write."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from photo_organizer.engine.domain.decision_keys import (
    content_of,
    fine_of,
    mark_of,
    pair_of,
    review_of,
)
from photo_organizer.engine.domain.operations import Deed, Marking, Operation
from photo_organizer.engine.domain.steps import Step, Subject, Value
from photo_organizer.engine.storage.store import Store

_DECODER = json.JSONDecoder()

KEPT = 1000
"""Operations that are kept; the oldest leave."""
MOST_STEPS = 200_000
"""So many steps are read at a start at most: that is seconds of work and tens of megabytes."""

DECIDING = frozenset(
    {Subject.RATING, Subject.FINE, Subject.REVIEW, Subject.NOT_DUPLICATES, Subject.CATEGORY}
)
"""What `Store.decisions` tells of."""
STORED = DECIDING | {Subject.MARK}
"""What lies in the store. Folders and categories have files of their own, clean-ups the journal."""

Changes = Mapping[tuple[Subject, str], Value]
"""What decisions become, by what they are about."""


def write(store: Store, changes: Changes) -> None:
    """Write decisions into the store, all or none; those that do not lie there are left out."""
    with store.batch():
        marks = {key: value for (subject, key), value in changes.items() if subject is Subject.MARK}
        for marked in (True, False):
            store.set_marks(
                [mark_of(key) for key, value in marks.items() if (value != Marking.NOT) == marked],
                marked,
            )
        for (subject, key), value in changes.items():
            _write(store, subject, key, value)


def _write(store: Store, subject: Subject, key: str, value: Value) -> None:
    match subject, value:
        case Subject.RATING, int(stars):
            store.decide_rating(content_of(key), stars)
        case Subject.RATING, _:
            store.forget_rating(content_of(key))
        case Subject.FINE, _:
            store.decide_fine(*fine_of(key), fine=bool(value))
        case Subject.REVIEW, _:
            store.decide_reviewed(review_of(key), bool(value))
        case Subject.NOT_DUPLICATES, _:
            if value:
                store.decide_not_duplicates(pair_of(key))
            else:
                store.forget_not_duplicates(*pair_of(key))
        case Subject.CATEGORY, [str(chosen), _]:
            store.decide_category(content_of(key), chosen)
        case Subject.CATEGORY, _:
            store.forget_category(content_of(key))


def add(store: Store, operation: Operation) -> None:
    """Remember an operation; the oldest ones are forgotten when there are many."""
    steps = _json_of([s.subject.value, s.key, s.before, s.after] for s in operation.steps)
    with store.batch():
        store.connection.execute(
            "INSERT OR REPLACE INTO operation VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                operation.id,
                operation.made,
                operation.undone,
                operation.deed.value,
                operation.count,
                json.dumps(operation.detail),
                json.dumps([str(folder) for folder in operation.library]),
                steps,
            ),
        )
        store.connection.execute(
            "DELETE FROM operation WHERE made < "
            "(SELECT made FROM operation ORDER BY made DESC LIMIT 1 OFFSET ?)",
            (KEPT - 1,),
        )


def _json_of(items: Iterable[object]) -> str:
    """A list as JSON: piece by piece, for a whole one of 100,000 items holds Python's lock."""
    return f"[{', '.join(map(json.dumps, items))}]"


def _items_of(text: str) -> Iterator[Any]:
    """What `_json_of` wrote, or `json.dumps`; piece by piece, too.

    Raises:
        ValueError: it is none.
    """
    place = 1
    while text[place : place + 1] not in ("]", ""):
        item, place = _DECODER.raw_decode(text, place)
        yield item
        if text.startswith(", ", place):
            place += 2
    if text[:1] != "[" or text[place:] != "]":
        raise ValueError("no list")


def set_undone(store: Store, operation_id: str, undone: int) -> None:
    """Remember that an operation was taken back, or with 0 that it stands again."""
    store.connection.execute("UPDATE operation SET undone = ? WHERE id = ?", (undone, operation_id))


def known(store: Store) -> list[Operation]:
    """The operations that are remembered, oldest first; those that cannot be read are left out."""
    found: list[Operation] = []
    steps = 0
    for row in store.connection.execute(
        "SELECT id, made, undone, deed, count, detail, library, steps FROM operation "
        "ORDER BY made DESC"
    ):
        operation = _read(row)
        if operation is None:
            continue
        steps += len(operation.steps)
        if found and steps > MOST_STEPS:
            break
        found.append(operation)
    return found[::-1]


def _read(row: Sequence[object]) -> Operation | None:
    """An operation; None where a later program wrote something that this one does not know."""
    number, made, undone, deed, count, detail, library, steps = row
    try:
        return Operation(
            id=str(number),
            made=int(str(made)),
            undone=int(str(undone)),
            deed=Deed(str(deed)),
            count=int(str(count)),
            detail=json.loads(str(detail)),
            library=tuple(map(Path, json.loads(str(library)))),
            steps=tuple(
                Step(Subject(subject), key, before, after)
                for subject, key, before, after in _items_of(str(steps))
            ),
        )
    except (ValueError, TypeError):
        return None
