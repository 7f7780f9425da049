"""What is done to photos to learn which are soft: blur, shake, and what only looks alike.

A photo of little detail need not be soft: detail may be hidden by grain or the raster of a print,
or there may be none: light that was drawn, dark shapes before a sky.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from photo_organizer.engine.domain.results import Flaw
from tools.damage import (
    DAMAGE,
    HARMLESS,
    Change,
    Pixels,
    Random,
    defocused,
    gaussian,
    grainy,
    mixed,
    moved,
    piece,
    rounded,
    side,
    smeared_but_for_sides,
    turned_about_edge,
    zoomed,
)

AS_IT_IS: Final = "as it is"
PIECES: Final = ("crop 1", "crop 2", "crop 3")

Kind = tuple[str, str, Change]
"""Flaw (empty for none), name and change."""


def turned(pixels: Pixels, random: Random) -> Pixels:
    """The camera turned about a point anywhere in the photo, and there it stays sharp."""
    height, width = pixels.shape[:2]
    middle = random.uniform(0, 1) * width, random.uniform(0, 1) * height
    half = random.uniform(1.5, 4)
    angles = np.linspace(-half, half, 15)
    return moved(pixels, [cv2.getRotationMatrix2D(middle, angle, 1) for angle in angles])


def light_painting(pixels: Pixels, random: Random) -> Pixels:
    """Trails of lamps that moved in the dark, before what little is to be seen of the photo."""
    height, width = pixels.shape[:2]
    light = pixels.astype(np.float32) * random.uniform(0, 0.08)
    along = np.linspace(0, 2 * np.pi, 500)
    for _ in range(random.integers(2, 8)):
        colour = random.uniform(0.05, 1, 3) ** 2
        colour *= random.uniform(150, 320) / colour.max()
        waves = random.normal(0, 1, (2, 4)) / np.arange(1, 5)
        waves *= random.uniform(0.25, 0.6) / np.abs(waves).sum(1, keepdims=True)
        phases, middle = random.uniform(0, 2 * np.pi, (2, 4)), random.uniform(0.2, 0.8, 2)
        broad = side(pixels) * random.uniform(0.004, 0.03)
        strands = int(random.integers(1, 6))
        for strand in range(strands):
            shifted = phases + strand * random.normal(0, 0.04)
            angles = along[None, :, None] * np.arange(1, 5) + shifted[:, None]
            path = middle[:, None] + (waves[:, None] * np.sin(angles)).sum(2)
            drawn = np.zeros((height, width), np.float32)
            points = np.round(path.T * (width, height) * 16).astype(np.int32)
            thick = max(1, round(broad * random.uniform(0.3, 1)))
            cv2.polylines(drawn, [points], False, random.uniform(0.3, 1), thick, cv2.LINE_AA, 4)
            light += gaussian(drawn, max(0.6, broad * random.uniform(0.1, 0.9)))[..., None] * colour
    return grainy(light, random.uniform(0, 4), random)


def silhouette(pixels: Pixels, random: Random) -> Pixels:
    """What is dark in the photo, black and sharp before a bright and quiet ground."""
    level = gaussian(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), side(pixels) / 80).astype(np.float32)
    limit = np.quantile(level, random.uniform(0.3, 0.7))
    mask = np.clip((limit - level) / random.uniform(1, 5) + 0.5, 0, 1)[..., None]
    ground = defocused(pixels, max(2.0, side(pixels) / random.uniform(12, 40)))
    dimmed = mixed(pixels * random.uniform(0, 0.1), ground * random.uniform(0.4, 1.2), mask)
    return grainy(dimmed, random.uniform(0, 2), random)


def printed(pixels: Pixels, random: Random) -> Pixels:
    """A scan of a printed photo: rasters of dots, each colour turned by another angle."""
    period, soft = random.uniform(2, 5), random.uniform(0.3, 0.9)
    strength = random.uniform(0.3, 1)
    y, x = np.mgrid[: pixels.shape[0], : pixels.shape[1]] * (2 * np.pi / period)
    raster = np.empty(pixels.shape, np.float32)
    for channel, angle in enumerate(random.uniform(0, np.pi) + np.array((0.0, 0.5, 1.1))):
        across, down = np.cos(angle), np.sin(angle)
        raster[..., channel] = np.cos(x * across + y * down) + np.cos(y * across - x * down)
    dots = rounded((pixels + 64 * raster - 128) * random.uniform(1.2, 3) + 128)
    return rounded(gaussian(mixed(dots, pixels, strength), soft))


def _of(flaw: Flaw, *names: str) -> list[Kind]:
    return [(flaw.value, name, DAMAGE[flaw][name]) for name in names]


def _harmless(*names: str) -> list[Kind]:
    return [("", name, HARMLESS[name]) for name in names]


KINDS: Final[tuple[list[Kind], list[Kind]]] = (
    [
        *_of(Flaw.BLUR, "gaussian", "slight", "disk", "small disk"),
        *_of(Flaw.MOTION, "diagonal", "shaken", "wandering"),
        (Flaw.MOTION.value, "about edge", turned_about_edge),
        (Flaw.MOTION.value, "zoomed", zoomed),
        (Flaw.MOTION.value, "rim sharp", smeared_but_for_sides),
        *_harmless(AS_IT_IS),
        ("", "crop 1", piece),
        ("", "crop 2", piece),
        ("", "crop 3", lambda p, r: piece(p, r, 0.12, 0.35)),
        *_harmless("soft", "enlarged", "soft background", "panned", "low key", "grain"),
    ],
    [
        *_of(Flaw.BLUR, "with grain", "sharpened", "enlarged", "sent"),
        *_of(Flaw.MOTION, "rolled", "straight", "with grain", "sent"),
        (Flaw.MOTION.value, "about edge", turned_about_edge),
        (Flaw.MOTION.value, "rim sharp", smeared_but_for_sides),
        *_harmless(AS_IT_IS),
        ("", "crop 1", piece),
        ("", "crop 2", piece),
        *_harmless("fog", "on white", "lamps at night", "sent by chat", "saved smaller"),
        *_harmless("dim", "grey"),
    ],
)
"""Of photos 0, 2, 4… and 1, 3, 5…; what was not measured of one is known of the other."""

MORE: Final[tuple[list[Kind], list[Kind]]] = (
    [
        ("", "light painting", light_painting),
        ("", "printed", printed),
    ],
    [
        *_of(Flaw.BLUR, "small disk"),
        (Flaw.MOTION.value, "turned", turned),
        ("", "silhouette", silhouette),
        ("", "noise", DAMAGE[Flaw.NOISE]["blotched"]),
    ],
)
"""Of the same photos, looked at by themselves: what was made of `KINDS` before still holds."""
