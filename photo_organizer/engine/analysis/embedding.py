"""Embeds certain files, known ones from the store: no pixel is read twice."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.analysis.channel import Stopped
from photo_organizer.engine.analysis.events import Cancelled, Progress, Stage
from photo_organizer.engine.analysis.outcomes import Examined, LookedThrough, Outcome
from photo_organizer.engine.analysis.pipeline import Pipeline
from photo_organizer.engine.analysis.store_outcome import store_outcome
from photo_organizer.engine.domain.facts import FileIdentity, UnreadableError
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Skipped
from photo_organizer.engine.encoders.protocols import ImageEncoder
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.storage.store import Store

TICK = 0.1
"""Seconds between two looks at the cancel flag."""


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """All files, by their paths."""

    contents: Mapping[Path, bytes]
    """`Photo.content_hash` of each readable file."""
    vectors: Mapping[Path, NDArray[np.float32]]
    """(D,) unit rows of the same files."""
    skipped: Mapping[Path, Reason]
    """Why the others cannot be read."""


def embed(
    files: Sequence[Path],
    encoder: ImageEncoder,
    store_path: Path,
    cancel: threading.Event,
    *,
    jobs: int | None = None,
) -> Iterator[Progress | Embedded | Cancelled]:
    """Embed files; each is only read.

    Yields:
        `Progress` about ten times a second; at the end `Embedded`, or `Cancelled` soon after
        `cancel` is set. What was measured until then is kept.

    Raises:
        StoreError: the store cannot be used.
        ModelError: the model cannot be used.
    """
    jobs = jobs or os.cpu_count() or 1
    pipeline = Pipeline(
        _identified(files), store_path, lambda: encoder, decoders=jobs, embedders=jobs
    )
    contents: dict[Path, bytes] = {}
    vectors: dict[Path, NDArray[np.float32]] = {}
    skipped: dict[Path, Reason] = {}
    with Store(store_path) as store:
        pipeline.start()
        try:
            while not pipeline.outcomes.ended:
                if cancel.is_set():
                    yield Cancelled(len(contents) + len(skipped))
                    return
                if pipeline.failure is not None:
                    raise pipeline.failure
                outcomes = _take(pipeline)
                with store.batch():
                    for outcome in outcomes:
                        if isinstance(outcome, LookedThrough):  # faces were not asked for
                            continue
                        kept = store_outcome(store, lambda: encoder, outcome)
                        if isinstance(kept, Skipped):
                            skipped[kept.path] = kept.reason
                        elif isinstance(outcome, Examined) and outcome.vector is not None:
                            contents[kept.path] = kept.content_hash
                            vectors[kept.path] = outcome.vector.astype(np.float32)
                done = len(contents) + len(skipped)
                yield Progress(Stage.ANALYSING, done, len(files), False, 0.0, None)
        finally:
            pipeline.stop()
            pipeline.join(timeout=1.0)
    if pipeline.failure is not None:
        raise pipeline.failure
    yield Embedded(contents, vectors, skipped)


def _take(pipeline: Pipeline) -> list[Outcome]:
    try:
        return pipeline.outcomes.take(512, least=512, timeout=TICK)
    except Stopped:
        return []


def _identified(files: Sequence[Path]) -> Iterator[FileIdentity | Skipped]:
    for file in files:
        try:
            yield photo_files.identify(file)
        except UnreadableError as error:
            yield Skipped(file, error.reason)
