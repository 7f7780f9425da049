"""The formats there are, and by which bytes they are recognised."""

import io

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from photo_organizer.engine.files import formats
from photo_organizer.engine.files.formats import FORMATS, PICTURE_SUFFIXES


def in_format(name: str) -> bytes:
    register = FORMATS[name].register
    if register is not None:
        register()
    file = io.BytesIO()
    red = Image.new("RGB", (16, 12), "red")
    if name == "JPEGXL":  # Pillow learns to read it, not to write it
        return bytes(imagecodecs.jpegxl_encode(np.asarray(red)))
    red.save(file, name)
    return file.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_a_picture_is_recognised_by_its_bytes_and_opened_as_what_it_is(name: str) -> None:
    data = in_format(name)
    assert formats.kind(data) == name
    image = formats.open_image(data)
    assert (image.format, image.size) == (name, (16, 12))


def test_suffixes_stand_for_one_format_each() -> None:
    suffixes = [suffix for known in FORMATS.values() for suffix in known.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert set(suffixes) <= PICTURE_SUFFIXES


@pytest.mark.parametrize(
    ("brands", "name"),
    [(b"heic", "HEIF"), (b"mif1miafavif", "AVIF"), (b"avis", "AVIF"), (b"mp42isom", "HEIF")],
)
def test_files_in_boxes_are_told_apart_by_what_they_are_compatible_with(
    brands: bytes, name: str
) -> None:
    box = b"ftyp" + brands
    data = (len(box) + 4).to_bytes(4, "big") + box
    assert formats.kind(data + b"avif") == name  # what follows the box does not count


def test_other_bytes_are_no_picture() -> None:
    assert formats.kind(b"%PDF-1.7 and so on") is None
    assert formats.kind(b"RIFF\0\0\0\0WAVE") is None
