from __future__ import annotations

import io
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from photo_organizer.engine.files import photo_files
from photo_organizer.engine.pixels.thumbnails import SIDE, ThumbnailCache, encode
from tests.engine import pictures

HASHES = [photo_files.content_hash(bytes([i])) for i in range(20)]


@pytest.fixture
def cache(tmp_path) -> ThumbnailCache:
    return ThumbnailCache(tmp_path / "cache", 100)


def opened(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)))


def test_a_thumbnail_comes_back_small_and_alike(cache):
    scene = pictures.scene(1000, 400)
    kept = cache.put(HASHES[0], scene)
    assert cache.get(HASHES[0]) == kept == cache.path_of(HASHES[0]).read_bytes()
    small = opened(kept)
    assert small.shape == (205, 512, 3)
    expected = np.asarray(Image.fromarray(scene).resize((512, 205), Image.Resampling.BOX))
    assert np.abs(small.astype(int) - expected).mean() < 4


@pytest.mark.parametrize("size", [(1000, 750), (1023, 1023), (640, 2000), (513, 300), (1600, 1200)])
def test_a_thumbnail_of_any_size_fits_and_looks_the_same(size):
    scene = pictures.scene(*size)
    small = opened(encode(scene))
    assert max(small.shape[:2]) == SIDE
    shape = small.shape[1::-1]
    expected = np.asarray(Image.fromarray(scene).resize(shape, Image.Resampling.BOX))
    assert np.abs(small.astype(int) - expected).mean() < 6


def test_small_photos_are_not_enlarged_and_views_of_arrays_are_fine(cache):
    turned = np.rot90(pictures.scene(60, 40))
    assert opened(cache.put(HASHES[0], turned)).shape == (60, 40, 3)


def test_names_are_spread_over_folders(cache, tmp_path):
    name = HASHES[0].hex()
    assert cache.path_of(HASHES[0]) == tmp_path / "cache" / name[:2] / f"{name}.jpg"


def test_an_empty_cache_has_nothing(cache):
    assert cache.get(HASHES[0]) is None
    assert cache.size() == 0
    cache.trim()
    cache.clear()


def test_trimming_drops_what_was_not_used_for_longest(tmp_path):
    cache = ThumbnailCache(tmp_path / "cache", 1)
    noise = np.random.default_rng(0).integers(0, 256, (512, 512, 3), dtype=np.uint8)
    for age, name in enumerate(HASHES):
        cache.put(name, noise)
        os.utime(cache.path_of(name), (1_000_000 - age, 1_000_000 - age))
    cache.get(HASHES[-1])  # the oldest is used again
    assert cache.size() > 1024 * 1024
    cache.trim()
    assert cache.size() <= 0.9 * 1024 * 1024
    kept = [name for name in HASHES if cache.path_of(name).exists()]
    assert HASHES[-1] in kept
    assert kept == [*HASHES[: len(kept) - 1], HASHES[-1]]


def test_within_the_limit_nothing_is_dropped(cache):
    for name in HASHES:
        cache.put(name, pictures.scene())
    before = cache.size()
    cache.trim()
    assert cache.size() == before > 0


def test_clearing_removes_what_the_cache_wrote_and_nothing_else(cache, tmp_path):
    cache.put(HASHES[0], pictures.scene())
    abandoned = cache.path_of(HASHES[0]).with_name("old.part")
    abandoned.write_bytes(b"of a crashed run")
    os.utime(abandoned, (1_000_000, 1_000_000))
    unfinished = cache.path_of(HASHES[0]).with_name("new.part")
    unfinished.write_bytes(b"being written by another process")
    other = tmp_path / "cache" / "readme.txt"
    other.write_text("mine")
    cache.clear()
    assert cache.size() == 0
    assert not abandoned.exists()
    assert unfinished.exists()
    assert other.exists()


def test_a_failed_write_leaves_nothing_behind(cache, monkeypatch):
    def full(_source, _target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="No space"):
        cache.put(HASHES[0], pictures.scene())
    assert list(cache.path_of(HASHES[0]).parent.iterdir()) == []


def test_many_threads_see_whole_thumbnails_or_none(cache):
    scene = pictures.scene(300, 200)

    def work(turn: int) -> bool:
        name = HASHES[turn % 3]
        if turn % 5 == 0:
            cache.clear()
        elif turn % 2:
            cache.put(name, scene)
        data = cache.get(name)
        return data is None or opened(data).shape == (200, 300, 3)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(200)))
