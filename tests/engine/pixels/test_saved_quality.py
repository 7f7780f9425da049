"""The quality that files say they were saved with."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from photo_organizer.engine.pixels.saved_quality import UNKNOWN, saved_quality
from tests.engine import scenes


def file(kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(scenes.street_life()).save(buffer, kind, **options)
    return buffer.getvalue()


def told(data: bytes) -> float:
    return saved_quality(Image.open(io.BytesIO(data)), data)


@pytest.mark.parametrize("quality", [2, 10, 35, 50, 75, 93])
@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_says_its_quality(quality: int, progressive: bool) -> None:
    assert told(file("JPEG", quality=quality, progressive=progressive)) == pytest.approx(
        quality, abs=1
    )


@pytest.mark.parametrize("quality", [0, 3, 8, 20, 75, 95])
@pytest.mark.parametrize("method", [0, 4, 6])
def test_webp_says_its_quality(quality: int, method: int) -> None:
    data = file("WEBP", quality=quality, method=method)
    assert told(data) == pytest.approx(quality, abs=6)


def test_webp_with_transparency_and_metadata_says_it_too() -> None:
    pixels = np.dstack(
        [scenes.street_life(), np.full(scenes.street_life().shape[:2], 90, np.uint8)]
    )
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "WEBP", quality=4, exif=b"Exif\0\0" + bytes(20))
    assert told(buffer.getvalue()) < 10


def test_of_an_animation_the_first_frame_speaks() -> None:
    first, second = (Image.fromarray(scenes.street_life(seed)) for seed in (1, 2))
    buffer = io.BytesIO()
    first.save(buffer, "WEBP", quality=4, save_all=True, append_images=[second])
    assert told(buffer.getvalue()) < 10


@pytest.mark.parametrize(("kind", "options"), [("PNG", {}), ("WEBP", {"lossless": True})])
def test_lossless_files_say_nothing(kind: str, options: dict[str, object]) -> None:
    assert told(file(kind, **options)) == UNKNOWN


WEBP = file("WEBP", quality=5)


@given(st.integers(0, 60), st.binary(max_size=40))
def test_whatever_the_bytes_say_it_is_a_quality(place: int, noise: bytes) -> None:
    image = Image.open(io.BytesIO(WEBP))
    assert 0 <= saved_quality(image, WEBP[:place] + noise + WEBP[place + len(noise) :]) <= 100
    assert 0 <= saved_quality(image, WEBP[:place] + noise) <= 100
