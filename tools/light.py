"""Light as it goes wrong, and as it should be: nights, and whites that are burnt or meant.

Beside `damage.DAMAGE` and `damage.HARMLESS`, for ``tools/fit_quality.py``: what photos at high
sensitivity, in the sun and before white paper look like, as near as a flawless photo can be
brought to it.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from PIL import Image

from photo_organizer.engine.domain.results import Flaw
from tools.damage import (
    Change,
    Pixels,
    Random,
    clipped_softly,
    exposed,
    gaussian,
    grainy,
    lamps,
    mixed,
    resized,
    rounded,
    saved,
    side,
    spot,
)


def night_sky(pixels: Pixels, random: Random) -> Pixels:
    """What is dark in the photo, as a black outline before a sky that glows, with stars."""
    height, width = pixels.shape[:2]
    light = gaussian(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), 1.0).astype(np.float32)
    y, x = np.mgrid[:height, :width]
    across = random.uniform(-1, 1) * x / width + random.uniform(-1, 1) * y / height
    glow = random.uniform(25, 160) * (1 + random.uniform(0, 0.6) * across)
    colour = random.uniform(0.15, 1, 3)
    sky = glow[..., None] * colour / colour.max()
    stars = np.zeros((height, width), np.float32)
    count = int(height * width * random.uniform(0.0003, 0.003))
    at = random.integers(0, height, count), random.integers(0, width, count)
    stars[at] = random.exponential(random.uniform(200, 700), count)
    sky = sky + gaussian(stars, random.uniform(0.5, 1.0))[..., None]
    sharp = random.uniform(4, 12)
    dark = np.quantile(light, random.uniform(0, 0.5))
    open_sky = np.clip((light - dark) / sharp, 0, 1)[..., None]
    return rounded(mixed(sky, pixels * random.uniform(0, 0.05), open_sky))


def coloured_light(pixels: Pixels, random: Random) -> Pixels:
    """A stage or a street in light of one colour."""
    colour = random.uniform(0.05, 1, 3)
    return rounded(pixels * random.uniform(0.4, 0.9) * colour / colour.max())


def night(pixels: Pixels, random: Random) -> Pixels:
    """Under stars, with lamps, in coloured light, or with what light is left."""
    draw = random.random()
    if draw < 0.5:
        return night_sky(pixels, random) if draw < 0.25 else lamps(pixels, random)
    return coloured_light(pixels, random) if draw < 0.8 else exposed(pixels, random.uniform(-4, -2))


def night_noise(pixels: Pixels, random: Random) -> Pixels:
    """At high sensitivity, coarser or finer; hardly any where a colour is missing."""
    grain = random.normal(0, random.uniform(8, 20), pixels.shape)
    softness = random.uniform(0.3, 0.9)
    grain = gaussian(grain, softness) * (1 + softness)
    return rounded(pixels + grain * (0.2 + 0.8 * np.clip(pixels / 70.0, 0, 1)))


def burnt_share(pixels: Pixels, random: Random) -> Pixels:
    """So much light that the brightest part, a sky or a wall, is white, with a glare around it."""
    light = (pixels / 255) ** 2.2
    share = random.uniform(0.2, 0.6)
    brightest = np.quantile(light.mean(axis=2), 1 - share)
    light = light * max(2**1.3, 1 / max(float(brightest), 1e-3))
    if random.random() < 0.5:
        spread = gaussian(np.clip(light, 0, 2), side(pixels) / random.uniform(8, 40))
        light = light + random.uniform(0.03, 0.2) * spread
    return rounded(255 * np.clip(light, 0, 1) ** (1 / 2.2))


def burnt_subject(pixels: Pixels, random: Random) -> Pixels:
    """A face or thing near a flash or in the sun is white, what is around it is brighter too."""
    light = (pixels / 255) ** 2.2
    around = light * 2 ** random.uniform(0, 1)
    mask = gaussian(spot(pixels.shape, random, 0.2, 0.45), side(pixels) / 20)[..., None]
    middle = np.quantile(light[mask[..., 0] > 0.5].mean(axis=1), random.uniform(0.2, 0.6))
    there = light * max(2**1.5, 1 / max(float(middle), 1e-3))
    return rounded(255 * np.clip(there * mask + around * (1 - mask), 0, 1) ** (1 / 2.2))


def a_stop_or_two(pixels: Pixels, random: Random) -> Pixels:
    """Somewhat too much light, with the contrast and the colours that cameras add."""
    brighter = exposed(pixels, random.uniform(1.2, 2.4)).astype(np.float32)
    grey = cv2.cvtColor(brighter, cv2.COLOR_RGB2GRAY)[..., None]
    colourful = grey + (brighter - grey) * random.uniform(1, 1.4)
    return rounded((colourful - 150) * random.uniform(1, 1.3) + 150)


def in_the_sun(pixels: Pixels, random: Random) -> Pixels:
    """One side lies in the sun and is burnt, the other in the shade."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[:height, :width]
    angle = random.uniform(0, 2 * np.pi)
    across = (x / width - 0.5) * np.cos(angle) + (y / height - 0.5) * np.sin(angle)
    sunny = np.clip((across + random.uniform(-0.2, 0.25)) / random.uniform(0.03, 0.3) + 0.5, 0, 1)
    stops = random.uniform(0, 0.6) + sunny[..., None] * random.uniform(1.5, 2.8)
    return rounded(255 * np.clip((pixels / 255) ** 2.2 * 2**stops, 0, 1) ** (1 / 2.2))


def high_key(pixels: Pixels, random: Random) -> Pixels:
    """A subject, well exposed, before white that fades out."""
    mask = gaussian(spot(pixels.shape, random, 0.25, 0.5), side(pixels) / 15)[..., None]
    return mixed(pixels, random.uniform(235, 258), mask)


def in_the_sky(pixels: Pixels, random: Random) -> Pixels:
    """A small thing, well exposed, before a bright sky."""
    thing = resized(pixels, random.uniform(0.15, 0.45), Image.Resampling.LANCZOS)
    down = np.linspace(0, 1, len(pixels))[:, None, None]
    top, bottom = random.uniform(170, 250, 3), random.uniform(235, 265, 3)
    sky = np.broadcast_to(top * (1 - down) + bottom * down, pixels.shape).copy()
    y, x = (int(random.integers(pixels.shape[i] - thing.shape[i] + 1)) for i in (0, 1))
    part = sky[y : y + thing.shape[0], x : x + thing.shape[1]]
    inside = np.clip(spot(thing.shape, random, 0.3, 0.45), 0, 1)
    part[:] = thing * inside + part * (1 - inside)
    return rounded(sky)


def vivid(pixels: Pixels, random: Random) -> Pixels:
    """So colourful that one channel or two end at white, as yellow flowers do."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None].astype(np.float32)
    colourful = grey + (pixels - grey) * random.uniform(1.6, 3)
    return rounded(colourful * random.uniform(1, 1.4))


HARMLESS: dict[str, Change] = {
    "stars": night_sky,
    "stars, little grain": lambda p, r: grainy(night_sky(p, r), r.uniform(0.5, 2.5), r),
    "high key": high_key,
    "in the sky": in_the_sky,
    "vivid": vivid,
}

DAMAGE: dict[Flaw, dict[str, Change]] = {
    Flaw.OVEREXPOSED: {
        "brightest part": burnt_share,
        "subject": burnt_subject,
        "a stop or two": a_stop_or_two,
        "in the sun": in_the_sun,
        "a little softly": lambda p, r: clipped_softly(p, r.uniform(1.5, 3)),
        "brightest part, saved": lambda p, r: saved(burnt_share(p, r), int(r.integers(60, 92))),
    },
    Flaw.NOISE: {
        "night, saved": lambda p, r: saved(
            night_noise(night(p, r), r), int(r.integers(75, 95)), subsampling=int(r.choice((0, 2)))
        ),
        "night": lambda p, r: night_noise(night(p, r), r),
        "stars": lambda p, r: night_noise(night_sky(p, r), r),
    },
}


def kinds() -> Iterator[tuple[str, str, Change]]:
    """Flaw (empty for none), name and change of everything done to a photo."""
    for name, change in HARMLESS.items():
        yield "", name, change
    for flaw, changes in DAMAGE.items():
        for name, change in changes.items():
            yield flaw.value, name, change
