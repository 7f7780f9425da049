"""Writes into the store what the pipeline found out."""

from __future__ import annotations

from collections.abc import Callable

from photo_organizer.engine.analysis.outcomes import CONTENT_VERSION, Examined, Unreadable
from photo_organizer.engine.domain.facts import Exif, Photo
from photo_organizer.engine.domain.results import Skipped
from photo_organizer.engine.encoders.protocols import EmbeddingModel
from photo_organizer.engine.storage.store import Store


def store_outcome(
    store: Store, encoder: Callable[[], EmbeddingModel], outcome: Examined | Unreadable | Skipped
) -> Photo | Skipped:
    """Remember what is new about one file, so that the next run need not look at it.

    Args:
        store: the run's only writing one; call this within its `batch`.
        encoder: the one that embedded; asked for only where there is a new vector.
        outcome: what the pipeline answered.

    Returns:
        The photo, or why the file is left out. One that the store is told of has identity, hash
        and better date only.
    """
    if isinstance(outcome, Skipped):
        return outcome
    if isinstance(outcome, Unreadable):
        if outcome.content_hash is not None and outcome.is_new:
            store.add_photo(outcome.identity, outcome.content_hash)
            store.add_unreadable(outcome.content_hash, outcome.reason, CONTENT_VERSION)
        return Skipped(outcome.identity.path, outcome.reason)
    if outcome.photo is not None:
        return outcome.photo
    if outcome.new_content:
        store.add_content(outcome.content, CONTENT_VERSION)
    if outcome.new_vector and outcome.vector is not None:
        name, version = encoder().name, encoder().version
        store.add_embedding(outcome.content_hash, name, version, outcome.vector)
    photo_id = store.add_photo(outcome.identity, outcome.content_hash)
    return Photo(
        photo_id, outcome.identity, outcome.content_hash, "", 0, 0, Exif(), outcome.better_date
    )
