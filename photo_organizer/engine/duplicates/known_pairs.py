"""Pairs that were looked at before: of two thumbnails nothing has to be found out twice.

What a pair says follows from the two contents, which of them comes first, and the measuring code.
Each content keeps whom it was screened with and whom it was laid over as the first of the two, one
record after the other; more is only ever put behind. Pairs with contents that are not here now are
left as they are: a photo may come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import HASH_BYTES
from photo_organizer.engine.duplicates.alignment import Alignment
from photo_organizer.engine.duplicates.evidence_store import EvidenceStore, PairBytes
from photo_organizer.engine.duplicates.looks import VERSION, Look, Looks, Rows

_PAIRED: Final = (("stretch", 2), ("shift", 2))
_ALIGNED: Final = (
    "correlation",
    "residual",
    "peak",
    "change",
    "inside",
    "settled",
    "motion",
    "spot",
    "gain",
    "tilt",
)
_SCREENED: Final = np.dtype([("second", f"V{HASH_BYTES}"), ("agrees", np.bool_)])
_LOOKED: Final = np.dtype(
    [
        ("second", f"V{HASH_BYTES}"),
        *((name, "<f4", size) for name, size in _PAIRED),
        *((name, "<f4") for name in _ALIGNED),
        ("distance", np.uint8),
        ("orientation", np.uint8),
    ]
)

_Record = NDArray[np.void]


class KnownPairs:
    """Looks at pairs of photos, but at none that was looked at before.

    Args:
        contents: of the N photos, each once.
        look: looks at them.
        store: what is known from before, and where it is kept; None: nothing, nowhere.
    """

    def __init__(self, contents: Sequence[bytes], look: Look, store: EvidenceStore | None) -> None:
        self._contents = contents
        self._look = look
        self._store = store
        known = store.pairs(contents, VERSION) if store is not None else {}
        self._screened = _Table.read(contents, known, 0, _SCREENED)
        self._looked = _Table.read(contents, known, 1, _LOOKED)
        self._added: dict[int, list[_Record]] = {0: [], 1: []}
        self._added_rows: dict[int, list[Rows]] = {0: [], 1: []}

    def agreeing(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> Rows:
        """The pairs whose layouts agree in some orientation."""
        place = self._screened.find(first, second)
        agrees = np.zeros(len(first), np.bool_)
        known = place >= 0
        agrees[known] = self._screened.records["agrees"][place[known]]
        new = np.flatnonzero(~known)
        agrees[new] = self._look.screened(first[new], second[new])
        self._remember(0, _SCREENED, first[new], second[new], {"agrees": agrees[new]})
        return first[agrees], second[agrees]

    def looks(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> Looks:
        """The evidence of pairs, from their thumbnails alone."""
        place = self._looked.find(first, second)
        known, new = np.flatnonzero(place >= 0), np.flatnonzero(place < 0)
        found = self._look.at(first[new], second[new])
        columns = {name: getattr(found.aligned, name) for name, _ in _PAIRED}
        columns |= {name: getattr(found.aligned, name) for name in _ALIGNED}
        columns |= {"distance": found.distance, "orientation": found.orientation}
        self._remember(1, _LOOKED, first[new], second[new], columns)
        if not len(known):
            return found
        before = self._recalled(first[known], second[known], place[known])
        order = np.empty(len(first), np.intp)
        order[np.concatenate([known, new])] = np.arange(len(first))
        return before.followed_by(found).at(order)

    def keep(self) -> None:
        """Let the store know what is new."""
        if self._store is None:
            return
        parts = [self._by_first(kind) for kind in (0, 1)]
        rows = sorted({*parts[0], *parts[1]})
        added = {
            self._contents[row]: (parts[0].get(row, b""), parts[1].get(row, b"")) for row in rows
        }
        if added:
            self._store.add_pairs(added, VERSION)

    def _recalled(
        self, first: NDArray[np.int32], second: NDArray[np.int32], place: NDArray[np.intp]
    ) -> Looks:
        records = self._looked.records[place]
        names = [*(name for name, _ in _PAIRED), *_ALIGNED]
        aligned = Alignment(**{name: records[name].astype(np.float32) for name in names})
        distance, orientation = records["distance"].copy(), records["orientation"].copy()
        return Looks(first, second, aligned, distance, orientation)

    def _remember(
        self,
        kind: int,
        record: np.dtype[np.void],
        first: NDArray[np.int32],
        second: NDArray[np.int32],
        columns: Mapping[str, NDArray[np.generic]],
    ) -> None:
        if self._store is None or not len(first):
            return
        made: _Record = np.zeros(len(first), record)
        made["second"] = _names(self._contents)[second]
        for name, column in columns.items():
            made[name] = column
        self._added[kind].append(made)
        self._added_rows[kind].append((first, second))

    def _by_first(self, kind: int) -> dict[int, bytes]:
        if not self._added[kind]:
            return {}
        records = np.concatenate(self._added[kind])
        first = np.concatenate([one for one, _ in self._added_rows[kind]])
        order = np.argsort(first, kind="stable")
        rows, starts = np.unique(first[order], return_index=True)
        parts = np.split(records[order], starts[1:])
        return {int(row): part.tobytes() for row, part in zip(rows, parts, strict=True)}


class _Table:
    """Records of pairs that are both here."""

    def __init__(self, keys: NDArray[np.int64], records: _Record, count: int) -> None:
        self._keys = keys
        self.records = records
        self._count = count

    @classmethod
    def read(
        cls,
        contents: Sequence[bytes],
        known: Mapping[bytes, PairBytes],
        kind: int,
        record: np.dtype[np.void],
    ) -> _Table:
        parts = [known[content][kind] if content in known else b"" for content in contents]
        records: _Record = np.frombuffer(b"".join(parts), record)
        sizes = np.array([len(part) // record.itemsize for part in parts], np.intp)
        first = np.repeat(np.arange(len(contents), dtype=np.int64), sizes)
        second = _rows_of(records["second"], contents)
        here = np.flatnonzero(second >= 0)
        keys = first[here] * len(contents) + second[here]
        keys, once = np.unique(keys, return_index=True)
        return cls(keys, records[here[once]], len(contents))

    def find(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.intp]:
        """The place of each pair in the records, -1 where there is none."""
        if not len(self._keys):
            return np.full(len(first), -1, np.intp)
        keys = first.astype(np.int64) * self._count + second
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[place] == keys, place, -1)


def _names(contents: Sequence[bytes]) -> _Record:
    return np.frombuffer(b"".join(contents), f"V{HASH_BYTES}")


def _rows_of(names: _Record, contents: Sequence[bytes]) -> NDArray[np.int64]:
    """The row of each name, -1 for those that are not here."""
    if not len(names) or not len(contents):
        return np.full(len(names), -1, np.int64)
    own = _halves(_names(contents))
    asked = _halves(np.ascontiguousarray(names))
    order = np.argsort(own[:, 0], kind="stable")
    lead = own[order, 0]
    place = np.minimum(np.searchsorted(lead, asked[:, 0]), len(lead) - 1)
    rows = order[place]
    found = (own[rows] == asked).all(axis=1)
    # Two contents whose first half is equal: one in a hundred million libraries.
    doubtful = np.flatnonzero(~found & (lead[place] == asked[:, 0]))
    if len(doubtful):
        by_name = {content: row for row, content in enumerate(contents)}
        for one in doubtful.tolist():
            rows[one] = by_name.get(names[one].tobytes(), -1)
            found[one] = rows[one] >= 0
    return np.where(found, rows, -1).astype(np.int64)


def _halves(names: _Record) -> NDArray[np.uint64]:
    return names.view(np.uint64).reshape(-1, 2)
