"""What needs no pixel: facts that the store has of some content already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from photo_organizer.engine.analysis.outcomes import CONTENT_VERSION, FACES_VERSION, Known
from photo_organizer.engine.domain.facts import FileIdentity
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders.protocols import ImageEncoder
from photo_organizer.engine.storage.store import Content, Store


class Remembers(Protocol):
    """Is asked for facts before a photo is decoded."""

    def facts(self, hashes: Sequence[bytes], /) -> Mapping[bytes, Known | Reason]:
        """Whole facts of contents, or why they are unreadable; of the others nothing."""

    def knows_some(self) -> bool:
        """Whether a new file may turn out to be a known photo under another name."""


class RemembersFiles(Remembers, Protocol):
    """Is asked of files that nobody has read yet, too."""

    def whole(self, identity: FileIdentity, /) -> tuple[bytes, ...]:
        """Contents that a new file may have, of which all is known; see `Store.whole`."""


class Remembered:
    """The facts in a store; it belongs to the thread that opened that.

    Args:
        store: only read.
        encoder: waits for the encoder, whose embeddings are meant, to be opened.
        faces: faces count, too.
    """

    def __init__(self, store: Store, encoder: Callable[[], ImageEncoder], *, faces: bool) -> None:
        self._store = store
        self._encoder = encoder
        self._faces = faces

    def facts(self, hashes: Sequence[bytes]) -> dict[bytes, Known | Reason]:
        """See `Remembers`."""
        contents = self._store.contents(hashes, CONTENT_VERSION)
        unreadable = {key: why for key, why in contents.items() if isinstance(why, Reason)}
        readable = {key: one for key, one in contents.items() if not isinstance(one, Reason)}
        return {**unreadable, **self.with_vectors(readable)}

    def with_vectors(self, contents: Mapping[bytes, Content]) -> dict[bytes, Known]:
        """Those of the contents that the encoder has embedded already."""
        if not contents:
            return {}
        encoder, keys = self._encoder(), list(contents)
        vectors = self._store.halves(keys, encoder.name, encoder.version, encoder.dimension)
        faces = self._store.faces(keys, FACES_VERSION) if self._faces else {}
        return {
            key: Known(content, vectors[key], faces.get(key))
            for key, content in contents.items()
            if key in vectors
        }

    def knows_some(self) -> bool:
        """See `Remembers`."""
        encoder = self._encoder()
        return self._store.has_embeddings(encoder.name, encoder.version)

    def whole(self, identity: FileIdentity) -> tuple[bytes, ...]:
        """See `RemembersFiles`."""
        encoder = self._encoder()
        model = encoder.name, encoder.version
        return self._store.whole(identity.size, identity.mtime_ns, CONTENT_VERSION, model)
