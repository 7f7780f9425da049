"""Landscapes made by calculation: hills behind hills, light, water, stars.

Nobody's photos and nobody's rights. They only have to be pleasant, plausible and different.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

SIZE = (1080, 720)

Color = tuple[int, int, int]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a landscape is made of; places are fractions of the picture's width and height."""

    seed: int
    sky: tuple[Color, Color, Color]
    """From the top to the horizon."""
    far: Color
    near: Color
    """Of the hills."""
    sun: tuple[float, float, float]
    """Where it stands, and how bright its glow is."""
    glow: Color = (255, 214, 160)
    horizon: float = 0.62
    hills: int = 5
    relief: float = 0.16
    """How high the hills rise."""
    roughness: float = 0.5
    """0 for soft hills, 1 for peaks."""
    trees: bool = False
    clouds: float = 0.0
    stars: int = 0
    water: bool = False


SCENES = {
    "Hills at sunrise.jpg": Scene(
        3,
        ((74, 98, 150), (226, 160, 140), (255, 214, 160)),
        (214, 158, 140),
        (38, 34, 52),
        (0.68, 0.55, 0.9),
        clouds=0.5,
        trees=True,
    ),
    "Lake in the evening.jpg": Scene(
        11,
        ((30, 54, 96), (120, 120, 160), (250, 178, 120)),
        (126, 108, 132),
        (22, 28, 44),
        (0.34, 0.56, 0.8),
        (255, 190, 120),
        horizon=0.58,
        relief=0.2,
        roughness=0.8,
        clouds=0.7,
        water=True,
    ),
    "Blue mountains.jpg": Scene(
        23,
        ((92, 142, 196), (168, 198, 222), (226, 234, 236)),
        (158, 184, 206),
        (28, 52, 66),
        (0.2, 0.3, 0.25),
        (255, 250, 230),
        horizon=0.6,
        hills=6,
        relief=0.3,
        roughness=0.95,
        trees=True,
        clouds=0.9,
    ),
    "Stars over the valley.jpg": Scene(
        47,
        ((6, 10, 28), (18, 30, 64), (64, 74, 110)),
        (40, 48, 78),
        (6, 8, 16),
        (0.5, 0.7, 0.35),
        (110, 130, 190),
        horizon=0.72,
        relief=0.2,
        roughness=0.85,
        trees=True,
        stars=900,
    ),
    "Morning fog.jpg": Scene(
        59,
        ((176, 190, 186), (212, 216, 204), (240, 232, 210)),
        (206, 208, 196),
        (54, 70, 58),
        (0.55, 0.45, 0.5),
        (255, 246, 220),
        horizon=0.5,
        hills=6,
        relief=0.14,
        trees=True,
    ),
    "Summer lake.jpg": Scene(
        71,
        ((36, 104, 190), (120, 176, 226), (214, 232, 240)),
        (124, 162, 180),
        (30, 74, 44),
        (0.75, 0.2, 0.3),
        (255, 252, 236),
        horizon=0.52,
        relief=0.26,
        roughness=0.9,
        clouds=1.0,
        trees=True,
        water=True,
    ),
}
"""Name in the album: how it is made."""


def draw(scene: Scene) -> Image.Image:
    """The landscape as an RGB picture of `SIZE`; the same each time."""
    width, height = SIZE
    rng = np.random.default_rng(scene.seed)
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    picture = _sky(scene, rng, x, y)
    for hill in range(scene.hills):
        depth = (hill + 1) / scene.hills
        picture = _hill(scene, rng, picture, y, depth=depth)
    if scene.water:
        picture = _water(scene, rng, picture)
    # Darker corners and a sensor's grain: a lens took it.
    picture *= (1 - 0.25 * ((x - 0.5) ** 2 + (y - 0.5) ** 2))[..., None]
    picture += 2 * rng.standard_normal(picture.shape, np.float32)
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))


def _sky(scene: Scene, rng: np.random.Generator, x: Floats, y: Floats) -> Floats:
    """(H, W, 3) float32: gradient, glow of the sun, clouds, stars."""
    stops = _floats(scene.sky)
    place = np.clip(y / scene.horizon, 0, 1)[..., None]
    upper = stops[0] + (stops[1] - stops[0]) * np.minimum(place * 2, 1)
    sky = upper + (stops[2] - stops[1]) * np.maximum(place * 2 - 1, 0)
    sky = np.repeat(sky, x.shape[1], axis=1)
    sun_x, sun_y, brightness = scene.sun
    distance = np.hypot((x - sun_x) * 1.5, y - sun_y)
    glow = brightness * (
        0.7 * np.exp(-((distance / 0.28) ** 2)) + np.exp(-((distance / 0.05) ** 4))
    )
    sky += (_floats(scene.glow) - sky) * np.clip(glow, 0, 1)[..., None]
    if scene.stars:
        rows = rng.integers(0, int(scene.horizon * SIZE[1]), scene.stars)
        columns = rng.integers(0, SIZE[0] - 1, scene.stars)
        light = rng.exponential(60, scene.stars).astype(np.float32)[:, None]
        band = np.exp(-(((columns / SIZE[0] - 0.3 - 0.5 * rows / SIZE[1]) / 0.12) ** 2))
        sky[rows, columns] += light * (0.6 + 1.2 * band[:, None])
        sky[rows, columns + 1] += light * 0.5
        milky = _noise(rng, (10, 16), 4) * np.exp(-(((x - 0.3 - 0.5 * y) / 0.16) ** 2))
        sky += _floats((52, 54, 70)) * np.clip(milky + 0.15, 0, 1)[..., None]
    if scene.clouds:
        veil = _noise(rng, (7, 6), 6)
        cover = np.clip((veil - 0.08) * 3, 0, 1) * scene.clouds
        cover *= np.clip(1.2 - np.abs(y - 0.45 * scene.horizon) / (0.5 * scene.horizon), 0, 1)
        lit = _floats((250, 246, 242)) * 0.5 + _floats(scene.glow) * 0.5
        sky += (lit - sky) * (0.75 * cover)[..., None]
    return sky


def _hill(
    scene: Scene,
    rng: np.random.Generator,
    picture: Floats,
    y: Floats,
    *,
    depth: float,
) -> Floats:
    """`picture` with one more line of hills before it; `depth` from 0 (far) to 1 (near)."""
    width = SIZE[0]
    octaves = 3 + round(5 * scene.roughness)
    line = np.zeros(width, np.float32)
    for octave in range(octaves):
        points = rng.normal(0, 1, 4 + 3 * 2**octave)
        smooth = np.interp(
            np.linspace(0, len(points) - 1, width), np.arange(len(points)), _smooth(points)
        )
        line += (smooth * 0.55**octave).astype(np.float32) * (1 if octave < 2 else scene.roughness)
    rise = scene.relief * (1.1 - 0.6 * depth)
    top = scene.horizon - 0.02 - rise * 0.5 * line / max(1.0, np.abs(line).max())
    top += (depth - 1 / scene.hills) * (0.92 - scene.horizon) - rise * 0.25
    if scene.trees and depth > 0.55:
        top -= _trees(rng, width) * (0.006 + 0.03 * (depth - 0.5))
    below = np.clip((y - top[None, :]) * SIZE[1], 0, 1)[..., None]
    color = _floats(scene.far) + (_floats(scene.near) - _floats(scene.far)) * depth**1.3
    shade = _noise(rng, (16, 16), 4)[..., None] * (10 + 6 * depth)
    # Leaves and stones: what a lens would still see of them.
    shade = shade + 9 * depth * rng.standard_normal((*picture.shape[:2], 1), np.float32)
    fog = np.clip((y - top[None, :]) / 0.22, 0, 1)[..., None] * (1 - depth) * 0.75
    ground = color + shade
    ground = ground + (_floats(scene.sky[2]) - ground) * fog
    return _floats(picture + (ground - picture) * below)


def _trees(rng: np.random.Generator, width: int) -> Floats:
    """(W,) float32 in 0 to 1: the jagged edge of a wood of firs."""
    edge = np.zeros(width, np.float32)
    for middle in rng.integers(0, width, width // 5):
        half = rng.integers(3, 9)
        left, right = max(0, middle - half), min(width, middle + half + 1)
        shape = 1 - np.abs(np.arange(left, right) - middle) / (half + 1)
        edge[left:right] = np.maximum(edge[left:right], shape * rng.uniform(0.4, 1.0))
    return edge


def _water(scene: Scene, rng: np.random.Generator, picture: Floats) -> Floats:
    """`picture` with a lake that mirrors what stands above its shore."""
    height, width = picture.shape[:2]
    shore = int((scene.horizon + 0.14) * height)
    depth = height - shore
    rows = np.arange(depth)
    ripple = rng.normal(0, 1, depth) * (1 + 5 * rows / depth)
    source = np.clip(shore - 1 - (rows * 0.95 + ripple).astype(int), 0, shore - 1)
    mirrored = picture[source]
    drift = (6 * np.sin(rows * 0.9) * rows / depth).astype(int)
    columns = (np.arange(width)[None, :] + drift[:, None]) % width
    mirrored = np.take_along_axis(mirrored, columns[..., None], axis=1)
    tint = _floats(scene.sky[0])
    wet = picture.copy()
    wet[shore:] = mirrored * 0.72 + tint * 0.16 + rng.normal(0, 3, (depth, width, 1))
    return wet


def _noise(rng: np.random.Generator, cells: tuple[int, int], octaves: int) -> Floats:
    """(H, W) float32, about −1 to 1: soft clouds of `cells` rows and columns, finer and finer."""
    coarse = (SIZE[0] // 4, SIZE[1] // 4)
    total = np.zeros(coarse[::-1], np.float32)
    for octave in range(octaves):
        shape = (cells[0] * 2**octave, cells[1] * 2**octave)
        grid = 0.5 * rng.standard_normal(shape, np.float32)
        layer = Image.fromarray(grid).resize(coarse, Image.Resampling.BICUBIC)
        total += np.asarray(layer) * 0.55**octave
    return np.asarray(Image.fromarray(total).resize(SIZE, Image.Resampling.BICUBIC))


def _floats(numbers: object) -> Floats:
    return np.asarray(numbers, np.float32)


def _smooth(points: Floats) -> Floats:
    return _floats(np.convolve(points, (0.25, 0.5, 0.25), mode="same"))
