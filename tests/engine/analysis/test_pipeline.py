"""Which threads the pipeline embeds on."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from photo_organizer.engine.analysis.outcomes import Examined
from photo_organizer.engine.analysis.pipeline import Pipeline
from photo_organizer.engine.analysis.store_outcome import store_outcome
from photo_organizer.engine.domain.facts import Pixels, Vectors
from photo_organizer.engine.encoders.protocols import ImageEncoder
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.isolation.pool import Pool
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.preparing import Middle
from photo_organizer.engine.storage.store import Store
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import save

PHOTOS = 24


@pytest.fixture
def album(tmp_path: Path) -> Path:
    for number in range(PHOTOS):
        save(tmp_path / "photos" / f"{number}.jpg", seed=number)
    return tmp_path / "photos"


class Watched(FakeEncoder):
    """Notes the threads that embed; the first batch of each waits until all have come."""

    def __init__(self, threads: int, together: int, patience: float) -> None:
        super().__init__()
        self.embed_threads = threads
        self.threads: set[threading.Thread] = set()
        self.most_at_once = 0
        self._running = 0
        self._together = together
        self._patience = patience
        self._changed = threading.Condition()

    def embed_images(self, batch):
        with self._changed:
            self._running += 1
            self.most_at_once = max(self.most_at_once, self._running)
            self._changed.notify_all()
            if (me := threading.current_thread()) not in self.threads:
                self.threads.add(me)
                self._changed.wait_for(
                    lambda: self.most_at_once >= self._together, timeout=self._patience
                )
        try:
            return super().embed_images(batch)
        finally:
            with self._changed:
                self._running -= 1


def embed(album: Path, encoder: ImageEncoder, *, embedders: int) -> list[Examined]:
    store = album.parent / "store.sqlite"
    files = photo_files.walk([album])
    pipeline = Pipeline(files, store, lambda: encoder, decoders=2, embedders=embedders)
    pipeline.start()
    found = []
    while not pipeline.outcomes.ended:
        found += pipeline.outcomes.take(100, timeout=1)
    pipeline.join(30)
    assert pipeline.failure is None
    assert all(isinstance(outcome, Examined) for outcome in found)
    return found


def test_an_encoder_for_one_thread_has_the_same_one_throughout(album: Path) -> None:
    encoder = Watched(1, together=2, patience=0.2)  # a second thread would come meanwhile
    assert len(embed(album, encoder, embedders=3)) == PHOTOS
    assert (len(encoder.threads), encoder.most_at_once) == (1, 1)


def test_an_encoder_for_several_threads_has_them_at_once(album: Path) -> None:
    encoder = Watched(3, together=3, patience=30)
    found = embed(album, encoder, embedders=4)
    assert len(found) == encoder.embedded == PHOTOS
    assert (len(encoder.threads), encoder.most_at_once) == (3, 3)


def test_no_more_threads_than_were_asked_for(album: Path) -> None:
    encoder = Watched(8, together=2, patience=30)
    embed(album, encoder, embedders=2)
    assert (len(encoder.threads), encoder.most_at_once) == (2, 2)


class Asked(FakeEncoder):
    """Notes who asks for what depends on the device that it runs on."""

    asked = 0

    @property
    def embed_threads(self):
        self.asked += 1
        return 1


def test_where_all_is_known_no_process_starts_and_nobody_asks_for_the_device(
    album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = Asked()
    embed(album, encoder, embedders=2)
    assert encoder.asked
    encoder.asked = 0

    def refuse(_pool: Pool, _count: int) -> None:
        raise AssertionError("a process for nothing")

    with Store(album.parent / "store.sqlite") as store, store.batch():
        for outcome in embed(album, FakeEncoder(), embedders=1):
            store_outcome(store, lambda: encoder, outcome)
    monkeypatch.setattr(Pool, "warm_up", refuse)
    assert len(embed(album, encoder, embedders=2)) == PHOTOS
    assert encoder.asked == 0


class Sent(FakeEncoder):
    """Its photos are prepared where they are decoded."""

    preparing = Middle(4)

    def prepare(self, picture):
        raise AssertionError("prepared here")


def test_what_prepares_photos_is_sent_to_where_they_are_decoded(album: Path) -> None:
    here = FakeEncoder()
    here.prepare = Middle(4)
    expected = {one.identity.path: one.vector for one in embed(album, here, embedders=1)}
    found = embed(album, Sent(), embedders=1)
    assert len(found) == PHOTOS
    for one in found:
        np.testing.assert_array_equal(one.vector, expected[one.identity.path])


class Elsewhere(ImageEncoder):
    """All that an encoder on another machine has to have."""

    name, version, dimension = "elsewhere", "1", 3
    device, dtype, batch_size = "cuda", "float16", 8

    def prepare(self, picture: Picture) -> Pixels:
        return picture.pixels[:1, :1]

    def embed_images(self, batch: NDArray[np.uint8]) -> Vectors:
        rows = batch.reshape(len(batch), -1).astype(np.float32) + 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_embedding_photos_is_all_that_the_pipeline_asks_of_an_encoder(album: Path) -> None:
    encoder = Elsewhere()
    assert encoder.embed_threads == 1
    found = embed(album, encoder, embedders=2)
    assert len(found) == PHOTOS
    for examined in found:
        assert examined.vector is not None
        assert np.linalg.norm(examined.vector) == pytest.approx(1, abs=1e-3)
