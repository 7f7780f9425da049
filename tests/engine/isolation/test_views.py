"""Photos that are looked at are decoded elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photo_organizer.engine.domain.closeups import Closeup
from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.isolation import views
from photo_organizer.engine.pixels import decode
from photo_organizer.engine.pixels.closeups import cut
from photo_organizer.engine.pixels.thumbnails import ThumbnailCache
from tests.engine.isolation.harm import harmful, hostile_processes
from tests.engine.pictures import save


@pytest.fixture
def cache(tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(tmp_path / "cache", 100)


def test_a_view_is_what_the_decoder_shows(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", 800, 600)
    shown = views.view(path, 300)
    views.view(save(tmp_path / "b.jpg", 800, 600, seed=1), 300)
    np.testing.assert_array_equal(shown, decode.decode_view(path.read_bytes(), ".jpg", 300))


def test_what_is_analysed_is_what_the_decoder_measures(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", 3500, 2400)
    pixels, scale = views.analysed(path)
    np.testing.assert_array_equal(pixels, decode.decode(path.read_bytes()).pixels)
    assert scale == 0.5


def test_closeups_of_one_photo_are_cut_out_of_it(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", 800, 600)
    wanted = [Closeup((0.3, 0.4), 0.2, 5.0), Closeup((0.7, 0.4), 0.1, 0.0)]
    made = views.closeups(path, wanted, 64)
    pixels = decode.decode_view(path.read_bytes(), ".jpg", 640)
    for closeup, face in zip(wanted, made, strict=True):
        np.testing.assert_array_equal(face, cut(pixels, closeup, 64))


def test_making_a_thumbnail_decodes_once(cache: ThumbnailCache, tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", 800, 600)
    name = photo_files.content_hash(path.read_bytes())
    made = views.thumbnail(cache, name, path)
    assert np.asarray(Image.open(io.BytesIO(made))).shape == (384, 512, 3)
    path.unlink()
    assert views.thumbnail(cache, name, path) == made


def test_making_a_thumbnail_names_the_reason(cache: ThumbnailCache, tmp_path: Path) -> None:
    path, other = save(tmp_path / "a.jpg"), bytes(16)
    with pytest.raises(UnreadableError, match="changed"):
        views.thumbnail(cache, other, path)
    with pytest.raises(UnreadableError, match="vanished"):
        views.thumbnail(cache, other, tmp_path / "b.jpg")
    assert cache.size() == 0


def test_a_photo_that_crashes_cannot_be_shown_and_that_is_all(tmp_path: Path) -> None:
    path = harmful(tmp_path / "a.jpg", "SIGSEGV")
    with hostile_processes(), pytest.raises(UnreadableError, match="crashed the decoder"):
        views.view(path, 300)
