"""Embedding certain files through the store."""

import threading

import numpy as np
import pytest

from photo_organizer.engine.analysis.embedding import Embedded, embed
from photo_organizer.engine.analysis.events import Cancelled, Progress
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.isolation.process import Process
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import save


@pytest.fixture
def files(tmp_path):
    paths = [save(tmp_path / "photos" / f"{n}.jpg", seed=n) for n in range(6)]
    copy = paths[0].with_name("copy.jpg")
    copy.write_bytes(paths[0].read_bytes())
    broken = paths[0].with_name("broken.jpg")
    broken.write_bytes(paths[0].read_bytes()[:300])
    return [*paths, copy, broken, paths[0].with_name("gone.jpg")]


def run(files, store, encoder=None, cancel=None):
    return list(embed(files, encoder or FakeEncoder(), store, cancel or threading.Event(), jobs=2))


def test_every_file_gets_a_vector_or_a_reason(files, tmp_path):
    *progress, last = run(files, tmp_path / "store.sqlite")
    assert isinstance(last, Embedded)
    assert all(isinstance(event, Progress) for event in progress)
    assert set(last.vectors) == set(last.contents) == set(files[:-2])
    assert last.contents[files[0]] == last.contents[files[6]] != last.contents[files[1]]
    assert set(last.skipped) == set(files[-2:])
    assert last.skipped[files[-1]].code == photo_files.VANISHED


def test_a_second_time_no_pixel_is_read(files, tmp_path, monkeypatch):
    first = run(files, tmp_path / "store.sqlite")[-1]

    def forbidden(*_):
        raise AssertionError("a known photo was read again")

    monkeypatch.setattr(Process, "read", forbidden)
    monkeypatch.setattr(Process, "read_all", forbidden)
    monkeypatch.setattr(Process, "examine", forbidden)
    encoder = FakeEncoder()
    second = run(files, tmp_path / "store.sqlite", encoder)[-1]
    assert encoder.embedded == 0
    for path, vector in first.vectors.items():
        np.testing.assert_array_equal(vector, second.vectors[path])


def test_cancelled_it_ends(files, tmp_path):
    cancel = threading.Event()
    cancel.set()
    assert run(files, tmp_path / "store.sqlite", cancel=cancel) == [Cancelled(0)]


def test_what_breaks_the_model_is_raised(files, tmp_path):
    class Broken(FakeEncoder):
        def embed_images(self, batch):
            raise RuntimeError("out of memory")

    with pytest.raises(RuntimeError, match="out of memory"):
        run(files, tmp_path / "store.sqlite", Broken())
