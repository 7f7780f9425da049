"""The pictures that models are checked with, and what each of them shows.

All of them are here anyway: photos that dependencies ship, calculated landscapes, drawings. They
were labelled by looking at them. Raise `proofs.CHECK` when a picture or a label changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.samples.drawings import DRAWINGS
from photo_organizer.engine.samples.landscapes import SCENES, draw
from photo_organizer.engine.samples.packaged import packaged

LONGER_SIDE = 768
"""Pixels of the longer side, at most: no model looks at more."""


@dataclass(frozen=True, slots=True)
class CheckPicture:
    """One picture, and by what categories it may be called."""

    name: str
    keys: frozenset[str] = frozenset()
    """Of the built-in categories that it rightly belongs to; none: it fits no category."""
    maybe: frozenset[str] = frozenset()
    """Of those it would not be quite wrong to see in it: they count neither way."""
    clean: bool = False
    """It is a sharp, natural picture without a flaw: damaged copies are made of it."""


def _shows(name: str, keys: str, maybe: str = "", *, clean: bool = False) -> CheckPicture:
    return CheckPicture(name, frozenset(keys.split()), frozenset(maybe.split()), clean)


CHECKED: tuple[CheckPicture, ...] = (
    _shows("chelsea", "animal", clean=True),
    _shows("coffee", "food kitchen", clean=True),
    _shows("camera", "people electronics", "art", clean=True),
    _shows("astronaut", "people", "clothing vehicle", clean=True),
    _shows("rocket", "vehicle night sky", "building", clean=True),
    _shows("motorcycle_left", "vehicle", "tool home", clean=True),
    _shows("china", "building", "landscape water", clean=True),
    _shows("flower", "plant", clean=True),
    _shows("page", "document", "screenshot"),
    _shows("text", "document", "art"),
    _shows("horse", "animal", "art"),
    _shows("hubble_deep_field", "sky night"),
    _shows("Hills at sunrise.jpg", "landscape sky", "art", clean=True),
    _shows("Lake in the evening.jpg", "water landscape sky", "art", clean=True),
    _shows("Blue mountains.jpg", "landscape sky", "art", clean=True),
    _shows("Stars over the valley.jpg", "sky landscape night", "art"),
    _shows("Morning fog.jpg", "landscape", "sky water art", clean=True),
    _shows("Summer lake.jpg", "water landscape", "sky art", clean=True),
    _shows("fireworks", "night", "celebration sky art"),
    _shows("phone screen", "screenshot", "document electronics"),
    _shows("receipt", "document"),
    # No category fits these.
    _shows("brick", "", "building", clean=True),
    _shows("cell", ""),
    _shows("chessboard_RGB", "", "toy art"),
    _shows("clock_motion", ""),
    _shows("coins", "", "tool art clothing"),
    _shows("color", "", "art"),
    _shows("grass", "", "plant landscape", clean=True),
    _shows("gravel", "", "landscape", clean=True),
    _shows("ihc", "", "art"),
    _shows("logo", "", "art animal"),
    _shows("moon", "", "sky landscape night"),
    _shows("phantom", "", "art tool"),
    _shows("retina", "", "tool"),
    _shows("noise", "", "art"),
    _shows("gradient", "", "art sky"),
    _shows("stripes", "", "art clothing"),
)
"""Those with a category first. Three say more than one honest thing: a lake among mountains under a
sunset is all of that."""


def picture_of(name: str) -> Picture:
    """One of the pictures of `CHECKED`, by name.

    Raises:
        SpokenError: the package that carries it is not installed.
        OSError: it cannot be read.
    """
    return _picture(_drawn_or_read(name))


def crop_of(picture: Picture) -> Picture:
    """Most of the picture, mirrored: what another photo of the same thing might be."""
    rows, columns = picture.pixels.shape[:2]
    top, left = rows // 10, columns // 6
    part = picture.pixels[top : rows - rows // 12, left : columns - columns // 12, :]
    return _picture(Image.fromarray(np.ascontiguousarray(part[:, ::-1])))


def damaged(picture: Picture, flaw: Flaw) -> Picture:
    """A copy with a flaw that nobody would overlook.

    Raises:
        KeyError: there is no such copy: not of every flaw is one made.
    """
    return _picture(_DAMAGE[flaw](Image.fromarray(picture.pixels)))


def damages() -> tuple[Flaw, ...]:
    """The flaws that `damaged` can make."""
    return tuple(_DAMAGE)


def forget_pictures() -> None:
    """Give back the memory of pictures that were made: about 30 MiB."""
    _drawn_or_read.cache_clear()


@cache
def _drawn_or_read(name: str) -> Image.Image:
    if name in SCENES:
        image = draw(SCENES[name])
    elif name in DRAWINGS:
        image = DRAWINGS[name]()
    else:
        with Image.open(packaged(name)) as stored:
            image = stored.convert("RGB")
    image.thumbnail((LONGER_SIDE, LONGER_SIDE), Image.Resampling.LANCZOS)
    return image


def _picture(image: Image.Image) -> Picture:
    pixels = np.asarray(image, np.uint8)
    return Picture(pixels, width=image.width, height=image.height, format="PNG", lossy=False)


def _blurred(image: Image.Image) -> Image.Image:
    # Networks look at about 224 pixels: two of those are a blur that anybody sees.
    return image.filter(ImageFilter.GaussianBlur(max(image.size) / 90))


def _noisy(image: Image.Image) -> Image.Image:
    rng = np.random.default_rng(11)
    # Grains of two pixels: finer ones would be gone once the picture is made small.
    grains = rng.normal(0, 1, (image.height // 2 + 1, image.width // 2 + 1, 3))
    spread = grains.repeat(2, axis=0).repeat(2, axis=1)[: image.height, : image.width]
    return _clipped(np.asarray(image, np.float32) + 48 * spread)


def _dark(image: Image.Image) -> Image.Image:
    return _clipped(255 * (np.asarray(image, np.float32) / 255) ** 1.4 * 0.16)


def _compressed(image: Image.Image) -> Image.Image:
    packed = BytesIO()
    image.save(packed, "JPEG", quality=4)
    with Image.open(packed) as stored:
        return stored.convert("RGB")


def _pixelated(image: Image.Image) -> Image.Image:
    side = max(image.size) / 56
    few = (max(1, round(image.width / side)), max(1, round(image.height / side)))
    small = image.resize(few, Image.Resampling.BOX)
    return small.resize(image.size, Image.Resampling.NEAREST)


def _clipped(pixels: NDArray[np.floating[Any]]) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


_DAMAGE: Mapping[Flaw, Callable[[Image.Image], Image.Image]] = {
    Flaw.BLUR: _blurred,
    Flaw.PIXELATED: _pixelated,
    Flaw.NOISE: _noisy,
    Flaw.DARK: _dark,
    Flaw.COMPRESSION: _compressed,
}
