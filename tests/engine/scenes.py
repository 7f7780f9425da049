"""Generated scenes: what photographers do on purpose, and what goes wrong.

They stand for photos that no test may ship. Surfaces are fractal noise, whose spectrum falls like
that of natural scenes; edges are sharp to the pixel, as a lens in focus draws them. Do not
change what a scene returns: it is shared.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.pixels.picture import Picture

Floats = NDArray[np.float32]

WIDTH, HEIGHT = 640, 448


def picture(pixels: Pixels, reduced: int = 1) -> Picture:
    """As the decoder hands it over, `reduced` times smaller than the file."""
    height, width = pixels.shape[:2]
    return Picture(pixels, width * reduced, height * reduced, "JPEG")


def surface(seed: int, width: int = WIDTH, height: int = HEIGHT, fall: float = 1.0) -> Floats:
    """Fractal noise, (height, width), mean 0, deviation 1: amplitude falls as frequency^-fall."""
    random = np.random.default_rng(seed)
    spectrum = np.fft.rfft2(random.normal(size=(height, width)))
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
    frequency[0, 0] = np.inf
    field = np.fft.irfft2(spectrum / frequency**fall, s=(height, width))
    return ((field - field.mean()) / field.std()).astype(np.float32)


def develop(*channels: Floats) -> Pixels:
    """Channels of 0 to 255 (one for grey) to a photo, with a trace of sensor noise."""
    rgb = np.stack(channels if len(channels) == 3 else channels * 3, axis=-1)
    grain = np.random.default_rng(99).normal(0, 1.5, rgb.shape)
    return np.clip(rgb + grain, 0, 255).astype(np.uint8)


def shapes(seed: int, width: int = WIDTH, height: int = HEIGHT, count: int = 60) -> Floats:
    """Things in front of each other, 0 to 255: ellipses of many sizes with surfaces."""
    random = np.random.default_rng(seed)
    level = np.full((height, width), 120, np.float32)
    roughness = np.full((height, width), 8, np.float32)
    for size in np.sort(random.pareto(1.5, count) * 0.03 + 0.02)[::-1]:
        radius = min(size, 0.4) * width
        x, y = (int(v) for v in random.random(2) * (width, height))
        axes = int(radius), int(radius * random.uniform(0.3, 1))
        turn = random.random() * 180
        for field, low, high in ((level, 30, 225), (roughness, 4, 16)):
            cv2.ellipse(field, (x, y), axes, turn, 0, 360, random.uniform(low, high), -1)
    return level + roughness * surface(seed + 1, width, height, 0.9)


def blurred(scene: Floats, sigma: float) -> Floats:
    return cv2.GaussianBlur(scene, (0, 0), sigma)


def circle(x: float, y: float, radius: float, width: int = WIDTH, height: int = HEIGHT) -> Floats:
    """1 inside, 0 outside; position and radius as shares of the width and height."""
    v, u = np.mgrid[:height, :width]
    distance = np.hypot(u - x * width, v - y * height)
    return np.clip(radius * width - distance + 0.5, 0, 1).astype(np.float32)


@cache
def street_life(seed: int = 1) -> Pixels:
    """Everything sharp, all brightnesses."""
    scene = shapes(seed)
    return develop(scene, shapes(seed, count=40) * 0.3 + scene * 0.7, scene * 0.8 + 20)


@cache
def night_street() -> Pixels:
    """Nearly black, with lamps and lit windows."""
    random = np.random.default_rng(5)
    scene = shapes(5) * 0.1
    for _ in range(14):
        lamp = circle(random.random(), random.uniform(0.1, 0.7), random.uniform(0.004, 0.012))
        scene = np.maximum(scene, lamp * 255) + blurred(lamp, 18) * 160
    for _ in range(20):
        x, y = int(random.integers(WIDTH - 20)), int(random.integers(HEIGHT - 30))
        scene[y : y + 14, x : x + 9] = random.uniform(120, 230)
    return develop(scene, scene * 0.85, scene * 0.6)


@cache
def snow_field() -> Pixels:
    """Bright nearly everywhere and clipped nearly nowhere, with a few dark trees."""
    scene = 222 + 9 * surface(6, fall=1.4) + 3 * surface(7, fall=0.8)
    random = np.random.default_rng(6)
    for _ in range(12):
        x = int(random.integers(WIDTH - 12))
        scene[150 : 150 + int(random.integers(30, 90)), x : x + int(random.integers(2, 9))] = 60
    return develop(scene - 4, scene, np.minimum(scene + 6, 246))


@cache
def clear_sky() -> Pixels:
    """An even blue slope, and a bird."""
    slope = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None] * np.ones((1, WIDTH), np.float32)
    bird = circle(0.6, 0.4, 0.012) + circle(0.62, 0.395, 0.008)
    keep = 1 - np.clip(bird, 0, 1)
    return develop(*((low + 40 * slope) * keep + 40 * (1 - keep) for low in (90, 140, 205)))


@cache
def silhouette() -> Pixels:
    """Black figures before an evening sky."""
    slope = np.linspace(90, 235, HEIGHT, dtype=np.float32)[:, None] * np.ones((1, WIDTH))
    figures = (shapes(8, count=25) > 130) & (np.mgrid[:HEIGHT, :WIDTH][0] > HEIGHT * 0.45)
    return develop(*(np.where(figures, 9, slope * tint) for tint in (1.0, 0.75, 0.5)))


@cache
def fog() -> Pixels:
    """Little contrast, but edges where they belong."""
    return develop(190 + (shapes(9) - 120) * 0.22)


@cache
def portrait() -> Pixels:
    """A sharp face before a background out of focus; the face takes a tenth of the photo."""
    near = circle(0.45, 0.5, 0.16)
    face = 165 + 14 * surface(10, fall=0.8) + (shapes(11, count=200) - 120) * 0.25
    far = blurred(shapes(12), 14)
    return develop(*(tint * (face * near + far * (1 - near)) for tint in (1.0, 0.85, 0.75)))


@cache
def macro() -> Pixels:
    """One thin plane in focus: sharp in the middle, ever softer away from it."""
    scene = shapes(13, count=150) + 10 * surface(14, fall=0.7)
    depth = np.abs(np.linspace(-1, 1, HEIGHT, dtype=np.float32))[:, None]
    for sigma, begin in ((2.0, 0.15), (5.0, 0.3), (10.0, 0.5)):
        share = np.clip((depth - begin) / 0.1, 0, 1)
        scene = scene * (1 - share) + blurred(scene, sigma) * share
    return develop(scene * 0.9, scene, scene * 0.6)


@cache
def flowing_water() -> Pixels:
    """A long exposure: water drawn out to silk, rocks sharp."""
    water = cv2.blur(surface(15, fall=0.8), (91, 1)) * 120 + 170
    rocks = shapes(16, count=30) * 0.6
    bank = (circle(0.2, 0.75, 0.2) + circle(0.8, 0.3, 0.16)) > 0.5
    return develop(np.where(bank, rocks, water))


@cache
def high_key() -> Pixels:
    """A product on white paper."""
    thing = shapes(17, count=120)
    on_paper = circle(0.5, 0.5, 0.24)
    return develop(*(255 * (1 - on_paper) + tint * thing * on_paper for tint in (1.0, 0.8, 0.9)))


@cache
def text_page() -> Pixels:
    """A scanned page: black letters in lines on paper."""
    page = np.full((HEIGHT, WIDTH), 244, np.uint8)
    words = ["Every", "photo", "organizer", "should", "leave", "a", "page", "of", "text", "alone"]
    for line in range(14):
        sentence = " ".join(words[(line * 3 + k) % len(words)] for k in range(7))
        cv2.putText(
            page, sentence, (24, 34 + 30 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 20, 1, cv2.LINE_AA
        )
    return np.repeat(page[..., None], 3, axis=2)


@cache
def screenshot() -> Pixels:
    """Flat panels, hairlines and labels."""
    screen = np.full((HEIGHT, WIDTH, 3), (246, 246, 248), np.uint8)
    screen[:, :150] = (225, 229, 236)
    screen[:36] = (52, 73, 110)
    for row in range(9):
        top = 56 + row * 42
        screen[top + 34 : top + 35, 160:] = 205
        cv2.circle(
            screen, (185, top + 14), 11, (90 + 15 * row, 140, 200 - 12 * row), -1, cv2.LINE_AA
        )
        for x, label in ((210, f"Document {row}.pdf"), (12, f"Folder {row}"), (470, "1.4 MB")):
            place = x, top + 19
            cv2.putText(
                screen, label, place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 44, 52), 1, cv2.LINE_AA
            )
    return screen


@cache
def large() -> Pixels:
    """As half of an 8-megapixel photo decodes, everything in focus."""
    return develop(shapes(18, 1632, 1216, count=200))


NATURAL: dict[str, Callable[[], Pixels]] = {
    scene.__name__: scene
    for scene in (
        street_life,
        night_street,
        snow_field,
        clear_sky,
        silhouette,
        fog,
        portrait,
        macro,
        flowing_water,
        high_key,
        text_page,
        screenshot,
    )
}
"""Scenes without a flaw."""


def _reencoded(pixels: Pixels, quality: int) -> Pixels:
    data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))


def _enlarged(pixels: Pixels, factor: int) -> Pixels:
    height, width = pixels.shape[:2]
    small = cv2.resize(pixels, (width // factor, height // factor), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)


def _grainy(pixels: Pixels, deviation: float) -> Pixels:
    grain = np.random.default_rng(98).normal(0, deviation, pixels.shape)
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


def _exposed(pixels: Pixels, gain: float, lift: float = 0) -> Pixels:
    return np.clip(pixels * float(gain) + lift, 0, 255).astype(np.uint8)


DAMAGED: dict[str, Callable[[Pixels], Pixels]] = {
    "blur": lambda p: cv2.GaussianBlur(p, (0, 0), max(p.shape) / 100),
    "motion": lambda p: cv2.blur(p, (max(p.shape) // 24, 1)),
    "noise": lambda p: _grainy(p, 50),
    "dark": lambda p: _exposed(p, 0.1),
    "overexposed": lambda p: _exposed(p, 3, 50),
    "pixelated": lambda p: _enlarged(p, 14),
    "compression": lambda p: _reencoded(p, 4),
}
"""Flaw to the damage that makes a flawless scene show it."""
