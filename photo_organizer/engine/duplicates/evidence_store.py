"""What pairs of photos were found out about before: asked of a store, told to a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

PairBytes = tuple[bytes, bytes]
"""Of one content, whom it was screened with and whom it was laid over: see `known_pairs`."""


class EvidenceStore(Protocol):
    """Keeps evidence by content and version; what another version said is not known."""

    def pairs(self, contents: Sequence[bytes], version: int) -> Mapping[bytes, PairBytes]:
        """What is known of pairs in which these contents are the first."""
        ...

    def add_pairs(self, added: Mapping[bytes, PairBytes], version: int) -> None:
        """Know more of pairs, by the content that is the first, beside what is known already."""
        ...

    def searches(self, version: int) -> Sequence[bytes]:
        """What the last search in this library found, with this model; else those in others."""
        ...

    def keep_search(self, found: bytes, version: int) -> None:
        """Remember it instead of the one before."""
        ...
