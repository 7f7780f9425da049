"""Who may belong together: each photo's nearest others by embedding and by layout.

One search answers two questions: which pairs are looked at, and which photos have their category
judged together. It is remembered for the library, with the contents that it was made of: the next
one only compares what is new with all.
"""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import HASH_BYTES, Facts, Vectors
from photo_organizer.engine.duplicates.alignment import layouts
from photo_organizer.engine.duplicates.evidence_store import EvidenceStore
from photo_organizer.engine.duplicates.looks import COARSE, Rows, are_flat
from photo_organizer.engine.duplicates.looks import VERSION as LOOKS_VERSION
from photo_organizer.engine.duplicates.standing import Standing
from photo_organizer.engine.encoders import neighbours
from photo_organizer.engine.encoders.neighbours import Neighbours, Wanted
from photo_organizer.engine.encoders.similarity import Pairs, measured
from photo_organizer.engine.pixels.fingerprints import unpack

log = logging.getLogger(__name__)

VERSION: Final = 100 * LOOKS_VERSION + 1
"""Changes whenever the same photos would be found to be near to others."""

NEAREST: Final = 12
"""Neighbours by embedding that are looked at for each photo."""

NEAREST_LAYOUT: Final = 4
"""Neighbours by layout that are looked at for each photo."""

CROWD: Final = 64
"""So many neighbours a photo are above the similarity at which neighbours start to count."""

EASE: Final = 0.01
"""That similarity is measured on a sample, and changes a little with each photo: lists reach lower
by this, so that they need not be made anew for it."""

_NETS: Final = ("embedding", "plain", "upright")


@dataclass(frozen=True, slots=True)
class Search:
    """What a search among S photos found; places are among them."""

    contents: Sequence[bytes]
    """(S,)"""
    flat: NDArray[np.bool_]
    """(S,) see `looks.are_flat`."""
    usual: float
    """The similarity of the embeddings of unrelated photos."""
    least: tuple[float, ...]
    """From which similarity on neighbours count, in each net."""
    nets: tuple[Neighbours, ...]
    """By embedding, by layout, by layout however turned."""
    beside: tuple[int, float]
    """What the embeddings were searched for, too: see `Beside`."""
    keys: NDArray[np.int64]
    """(P,) ascending, first × S + second, of the pairs whose similarity is known."""
    cosine: Vectors
    """(P,) it."""
    is_new: bool = True
    """Nobody remembers it."""

    def __len__(self) -> int:
        return len(self.contents)

    def candidates(self) -> list[Rows]:
        """The pairs that may show the same, net by net."""
        counts = (NEAREST, NEAREST_LAYOUT, NEAREST_LAYOUT)
        found = []
        for net, count, least in zip(self.nets, counts, self.least, strict=True):
            pairs = net.pairs(count, least)
            found.append((pairs.first, pairs.second))
        return found

    def alike(self) -> Pairs:
        """The pairs of `Beside`."""
        return self.nets[0].pairs(*self.beside)

    def with_cosines(
        self, embeddings: Vectors, standing: NDArray[np.int32], first: Any, second: Any
    ) -> tuple[Vectors, Search]:
        """The similarity of pairs, and the search that knows of these pairs.

        Args:
            embeddings: of all photos.
            standing: (S,) the rows of those searched.
            first: (P,) places; the pairs are in ascending order.
            second: (P,)
        """
        keys = first.astype(np.int64) * len(self) + second
        cosine = np.empty(len(keys), np.float32)
        place = np.minimum(np.searchsorted(self.keys, keys), max(len(self.keys) - 1, 0))
        known = self.keys[place] == keys if len(self.keys) else np.zeros(len(keys), np.bool_)
        cosine[known] = self.cosine[place[known]]
        new = np.flatnonzero(~known)
        one, two = standing[first[new]], standing[second[new]]
        cosine[new] = measured(embeddings, one, two).similarity
        if not self.is_new and not len(new) and len(keys) == len(self.keys):
            return cosine, self
        order = np.argsort(keys)
        return cosine, replace(self, keys=keys[order], cosine=cosine[order], is_new=True)

    def to_bytes(self) -> bytes:
        """For a store."""
        columns: dict[str, Any] = {
            "contents": np.frombuffer(b"".join(self.contents), np.uint8),
            "flat": self.flat,
            "numbers": np.array([self.usual, *self.least, *self.beside], np.float64),
            "keys": self.keys,
            "cosine": self.cosine,
        }
        for name, net in zip(_NETS, self.nets, strict=True):
            columns[f"{name}_rows"], columns[f"{name}_floor"] = net.rows, net.floor
            columns[f"{name}_similarity"] = net.similarity
        file = io.BytesIO()
        np.savez(file, **columns)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Search:
        """Back from a store.

        Raises:
            ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile: it is none.
        """
        with np.load(io.BytesIO(stored)) as columns:
            names = columns["contents"].tobytes()
            usual, *least, nearest, similarity = columns["numbers"].tolist()
            nets = tuple(
                Neighbours(
                    columns[f"{name}_rows"],
                    columns[f"{name}_similarity"],
                    columns[f"{name}_floor"],
                )
                for name in _NETS
            )
            contents = [names[i : i + HASH_BYTES] for i in range(0, len(names), HASH_BYTES)]
            return cls(
                contents,
                columns["flat"],
                usual,
                tuple(least),
                nets,
                (int(nearest), similarity),
                columns["keys"],
                columns["cosine"],
                is_new=False,
            )


@dataclass(frozen=True, slots=True)
class Beside:
    """What else the search answers: of each photo so many nearest ones, from a similarity on."""

    nearest: int
    similarity: float


def search(
    facts: Facts, standing: Standing, beside: Beside, store: EvidenceStore | None = None
) -> Search:
    """Who is near to whom among the photos that stand for all.

    Args:
        facts: of all photos.
        standing: which of them are searched.
        beside: what else is to be answered.
        store: knows the last search, and is told of this one.
    """
    contents = [facts.photos[row].content_hash for row in standing.rows.tolist()]
    asked = (beside.nearest, beside.similarity)
    before = _nearest_to(contents, [each for each in _last(store) if each.beside == asked])
    if before is not None and before.contents == contents:
        return before
    grey = standing.of_rows(unpack(facts.fingerprints)["grey"])
    embeddings: Any = standing.of_rows(facts.embeddings)
    return _Searching(contents, embeddings, grey, asked, before).search()


def keep(found: Search, store: EvidenceStore | None) -> None:
    """Remember a search for the library, where that is not done."""
    if store is not None and found.is_new:
        store.keep_search(found.to_bytes(), VERSION)


def _last(store: EvidenceStore | None) -> list[Search]:
    found = []
    for stored in store.searches(VERSION) if store is not None else ():
        try:
            found.append(Search.from_bytes(stored))
        except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile):
            log.warning("What a search found cannot be read: it is made anew", exc_info=True)
    return found


def _nearest_to(contents: Sequence[bytes], searches: Sequence[Search]) -> Search | None:
    """The search that had most of these contents; None where none had any."""
    here = set(contents)
    known = {number: len(here.intersection(each.contents)) for number, each in enumerate(searches)}
    best = max(known, key=known.__getitem__, default=None)
    return None if best is None or not known[best] else searches[best]


class _Searching:
    """One search, with what the last one found."""

    def __init__(
        self,
        contents: Sequence[bytes],
        embeddings: Vectors,
        grey: Any,
        beside: tuple[int, float],
        before: Search | None,
    ) -> None:
        self._contents = contents
        self._embeddings = embeddings
        self._grey = grey
        self._beside = beside
        self._before = before
        order = sorted(range(len(contents)), key=contents.__getitem__)
        self._names = np.empty(len(contents), np.int32)
        self._names[order] = np.arange(len(contents), dtype=np.int32)
        rows = {content: row for row, content in enumerate(contents)}
        known = before.contents if before is not None else ()
        self._places = np.array([rows.get(content, -1) for content in known], np.int32)

    def search(self) -> Search:
        """All nets."""
        flat = self._flat()
        usual, crowd = _quantiles(self._embeddings)
        nearest, similarity = self._beside
        wanted = Wanted(max(NEAREST, nearest), min(crowd, similarity), EASE)
        found = [self._neighbours(0, self._embeddings, wanted)]
        least = [crowd]
        # Flat pictures are all alike to a layout: they take no part.
        for number, layout in enumerate(layouts(self._grey), 1):
            layout[flat] = 0.0
            least.append(max(_quantiles(layout)[1], COARSE))
            wanted = Wanted(NEAREST_LAYOUT, least[-1], EASE)
            found.append(self._neighbours(number, layout, wanted))
        keys, cosine = self._cosines()
        return Search(
            self._contents, flat, usual, tuple(least), tuple(found), self._beside, keys, cosine
        )

    def _flat(self) -> NDArray[np.bool_]:
        if self._before is None:
            return are_flat(self._grey)
        flat = np.zeros(len(self._contents), np.bool_)
        new = np.ones(len(self._contents), np.bool_)
        here = self._places >= 0
        flat[self._places[here]], new[self._places[here]] = self._before.flat[here], False
        flat[new] = are_flat(self._grey[new])
        return flat

    def _neighbours(self, net: int, vectors: Vectors, wanted: Wanted) -> Neighbours:
        if self._before is None:
            return neighbours.find(vectors, self._names, wanted)
        known = self._before.nets[net]
        return neighbours.carry_over(known, self._places, vectors, self._names, wanted)

    def _cosines(self) -> tuple[NDArray[np.int64], Vectors]:
        """Those known of pairs that are still here, the same way round or the other."""
        if self._before is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        count = max(len(self._before), 1)
        one = self._places[self._before.keys // count].astype(np.int64)
        two = self._places[self._before.keys % count].astype(np.int64)
        here = (one >= 0) & (two >= 0)
        one, two = one[here], two[here]
        keys = np.minimum(one, two) * len(self._contents) + np.maximum(one, two)
        order = np.argsort(keys)
        return keys[order], self._before.cosine[here][order]


def _quantiles(vectors: Vectors) -> tuple[float, float]:
    """The similarity of unrelated rows, and that from which on neighbours count; from a sample."""
    count = len(vectors)
    if count < 3:
        return 0.0, -1.0
    sample = vectors[:: max(1, count // 256)]
    similarity = sample @ vectors.T
    usual = float(np.quantile(similarity, 0.5))
    if not CROWD < count <= neighbours.APPROXIMATE:
        return usual, -1.0
    return usual, float(np.quantile(similarity, 1.0 - CROWD / count))
