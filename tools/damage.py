"""What is done to flawless photos to fit the models: damage of every flaw, and harmless changes.

Every change is a function of the pixels and a random generator. ``tools/fit_quality.py`` learns
from these; ``benchmarks/unseen.py`` asks whether what was learned holds for other damage.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.domain.results import Flaw

Pixels = NDArray[Any]
Random = np.random.Generator
Change = Callable[[Pixels, Random], Pixels]


def rounded(pixels: Pixels) -> Pixels:
    return np.clip(pixels, 0, 255).astype(np.uint8)


def saved(pixels: Pixels, quality: int, kind: str = "JPEG", **options: Any) -> Pixels:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind, quality=quality, **options)
    return np.asarray(Image.open(buffer).convert("RGB"))


def resized(pixels: Pixels, factor: float, resample: Image.Resampling) -> Pixels:
    size = tuple(max(8, round(side * factor)) for side in pixels.shape[1::-1])
    return np.asarray(Image.fromarray(pixels).resize(size, resample))


def enlarged(pixels: Pixels, factor: float, down: Image.Resampling, up: Image.Resampling) -> Pixels:
    """Reduced and brought back to its size."""
    small = Image.fromarray(pixels)
    size = tuple(max(2, int(side / factor)) for side in small.size)
    return np.asarray(small.resize(size, down).resize(small.size, up))


def gaussian(pixels: Pixels, sigma: float) -> Pixels:
    return cv2.GaussianBlur(pixels, (0, 0), sigma)


def defocused(pixels: Pixels, radius: float) -> Pixels:
    """Blurred by the image of a round aperture."""
    half = int(np.ceil(radius))
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    kernel = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return cv2.filter2D(pixels, -1, kernel / kernel.sum())


def smeared(pixels: Pixels, length: float, angle: float, bend: float = 0.0) -> Pixels:
    """Blurred along a path: straight, or bent by `bend` of its length."""
    size = int(length) + 3 | 1
    along = np.linspace(-0.5, 0.5, int(length) * 4 + 1)
    aside = bend * (4 * along**2 - 0.3)
    x = size // 2 + length * (along * np.cos(angle) - aside * np.sin(angle))
    y = size // 2 + length * (along * np.sin(angle) + aside * np.cos(angle))
    kernel = np.histogram2d(y, x, bins=size, range=[[-0.5, size - 0.5]] * 2)[0]
    kernel = gaussian(kernel, 0.4)
    return cv2.filter2D(pixels, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT)


def grainy(pixels: Pixels, deviation: float, random: Random, channels: int = 3) -> Pixels:
    grain = random.normal(0, deviation, (*pixels.shape[:2], channels))
    return rounded(pixels + grain)


def coarse_grain(pixels: Pixels, random: Random) -> Pixels:
    grain = random.normal(0, random.uniform(70, 110), pixels.shape)
    return rounded(pixels + gaussian(grain, 0.8))


def shot_noise(pixels: Pixels, random: Random) -> Pixels:
    gain = random.uniform(10, 35)
    return rounded(random.poisson(pixels / gain) * gain)


def specks(pixels: Pixels, random: Random) -> Pixels:
    share, draw = random.uniform(0.04, 0.15), random.random(pixels.shape[:2])[..., None]
    return np.where(draw < share / 2, 0, np.where(draw > 1 - share / 2, 255, pixels)).astype(
        np.uint8
    )


def bent(pixels: Pixels, gamma: float, gain: float, lift: float = 0.0) -> Pixels:
    return rounded(255 * (pixels / 255) ** gamma * gain + lift)


def rolled(pixels: Pixels, random: Random) -> Pixels:
    """Mean of copies moved by one pixel each along one side."""
    length, axis = int(max(pixels.shape) / random.uniform(18, 32)), int(random.integers(2))
    return smeared(pixels, length, axis * np.pi / 2)


def spot(shape: tuple[int, ...], random: Random, low: float, high: float) -> Pixels:
    """A soft ellipse: 1 inside, 0 outside, radii as shares of the sides."""
    size = random.uniform(low, high)
    y, x = np.mgrid[: shape[0], : shape[1]]
    middle = random.uniform(0.3, 0.7, 2)
    distance = np.hypot(x / shape[1] - middle[0], y / shape[0] - middle[1]) / size
    return np.clip((1.15 - distance) / 0.3, 0, 1)[..., None]


def mixed(inside: Pixels, outside: Pixels | float, mask: Pixels | float) -> Pixels:
    return rounded(inside * mask + outside * (1 - mask))


def lamps(pixels: Pixels, random: Random) -> Pixels:
    """Night: everything dark but some lamps."""
    night = pixels * random.uniform(0.06, 0.16)
    y, x = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
    for _ in range(random.integers(4, 14)):
        radius = max(pixels.shape) * random.uniform(0.006, 0.03)
        middle = random.random(2) * pixels.shape[:2]
        distance = np.hypot(x - middle[1], y - middle[0])
        lit = np.clip(radius - distance, 0, 1)[..., None] * [330, 290, random.uniform(160, 290)]
        night = night + lit + 60 * np.exp(-distance / radius / 3)[..., None]
    return rounded(night)


def product(pixels: Pixels, random: Random) -> Pixels:
    """The photo, smaller, on white paper."""
    thing = resized(pixels, random.uniform(0.35, 0.7), Image.Resampling.LANCZOS)
    paper = np.full_like(pixels, 255 if random.random() < 0.7 else 247)
    top, left = (int(random.integers(paper.shape[i] - thing.shape[i] + 1)) for i in (0, 1))
    paper[top : top + thing.shape[0], left : left + thing.shape[1]] = thing
    return paper


def side(pixels: Pixels) -> int:
    return max(pixels.shape)


def exposed(pixels: Pixels, stops: float) -> Pixels:
    """The same light for longer or shorter, roughly: a power of 2.2 stands for sRGB's curve."""
    return rounded(255 * np.clip((pixels / 255) ** 2.2 * 2**stops, 0, 1) ** (1 / 2.2))


def clipped_softly(pixels: Pixels, stops: float) -> Pixels:
    """Far too much light, of which a soft shoulder keeps the last differences."""
    light = (pixels / 255) ** 2.2 * 2**stops
    return rounded(255 * np.tanh(light) ** (1 / 2.2))


def blotched(pixels: Pixels, random: Random) -> Pixels:
    """As high sensitivity looks: noise of brightness, and coarser noise of colour."""
    bright = random.normal(0, random.uniform(12, 35), (*pixels.shape[:2], 1))
    colour = gaussian(random.normal(0, random.uniform(50, 130), pixels.shape), 1.1)
    darkness = 1.3 - 0.6 * pixels / 255
    return rounded(pixels + darkness * (bright + colour))


def high_sensitivity(pixels: Pixels, random: Random) -> Pixels:
    """As a camera gives it at high sensitivity: milder, stronger in the dark, of every colour."""
    grain = random.normal(0, random.uniform(5, 14), pixels.shape)
    if random.random() < 0.6:  # the colours of neighbouring pixels were mixed
        softness = random.uniform(0.3, 0.9)
        grain = gaussian(grain, softness) * (1 + softness)
    return rounded(pixels + (1.3 - 0.6 * pixels / 255) * grain)


def wandering(pixels: Pixels, random: Random) -> Pixels:
    """Blurred along the path of a hand that changes its mind."""
    along = np.linspace(-1, 1, 400)
    path = np.stack([np.polyval(random.normal(0, (0.5, 0.7, 1, 0)), along) for _ in range(2)])
    path *= side(pixels) / random.uniform(14, 40) / np.ptp(path, axis=1).max()
    size = int(np.abs(path).max()) * 2 + 5
    edges = [[-size / 2, size / 2]] * 2
    kernel = gaussian(np.histogram2d(*path, bins=size, range=edges)[0], 0.4)
    return cv2.filter2D(pixels, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT)


def sharpened(pixels: Pixels, amount: float) -> Pixels:
    return rounded(pixels + amount * (pixels.astype(np.float32) - gaussian(pixels, 1.5)))


def cut(pixels: Pixels, random: Random) -> Pixels:
    """Without a few rows and columns: grids begin anywhere."""
    top, left = random.integers(0, 16, 2)
    return np.ascontiguousarray(pixels[top:, left:])


def bordered(pixels: Pixels, random: Random) -> Pixels:
    """In a frame of one colour, or between bars."""
    colour = [int(random.choice((0, 255, 128)))] * 3
    wide, high = (int(side(pixels) * random.choice((0, 0.05, 0.15))) for _ in range(2))
    border = high, high, wide, wide
    return cv2.copyMakeBorder(pixels, *border, cv2.BORDER_CONSTANT, value=colour)


def low_key(pixels: Pixels, random: Random) -> Pixels:
    """A lit subject before black."""
    mask = gaussian(spot(pixels.shape, random, 0.15, 0.4), side(pixels) / 12)[..., None]
    return mixed(pixels * 1.05, pixels * 0.03, mask)


def turned_about_edge(pixels: Pixels, random: Random) -> Pixels:
    """The camera turned about a point at an edge, and there it stays sharp."""
    height, width = pixels.shape[:2]
    edge, along = int(random.integers(4)), random.uniform(0.2, 0.8)
    x, y = (
        (along * width, 0),
        (along * width, height),
        (0, along * height),
        (width, along * height),
    )[edge]
    degrees = random.uniform(2, 6)
    return moved(
        pixels,
        [
            cv2.getRotationMatrix2D((x, y), angle, 1)
            for angle in np.linspace(-degrees / 2, degrees / 2, 13)
        ],
    )


def zoomed(pixels: Pixels, random: Random) -> Pixels:
    """The camera moved forward, or its lens was turned: only one point stays sharp."""
    height, width = pixels.shape[:2]
    middle = random.uniform(0.3, 0.7) * width, random.uniform(0.1, 0.7) * height
    zoom = random.uniform(0.06, 0.2)
    return moved(
        pixels,
        [cv2.getRotationMatrix2D(middle, 0, scale) for scale in np.linspace(1, 1 + zoom, 13)],
    )


def moved(pixels: Pixels, steps: Sequence[Pixels]) -> Pixels:
    """Mean of the photo after each affine step."""
    size, total = pixels.shape[1::-1], np.zeros(pixels.shape, np.float32)
    for step in steps:
        total += cv2.warpAffine(
            pixels.astype(np.float32), step, size, borderMode=cv2.BORDER_REFLECT_101
        )
    return total / len(steps)


def smeared_but_for_sides(pixels: Pixels, random: Random) -> Pixels:
    """Smeared everywhere but along one side, or along two."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[:height, :width]
    sides = x / width, 1 - x / width, y / height, 1 - y / height
    first, broad = int(random.integers(4)), random.uniform(0.12, 0.3)
    mask = np.clip((broad - sides[first]) / 0.08 + 0.5, 0, 1)[..., None]
    if random.random() < 0.5:
        opposite = sides[first ^ 1]
        mask = np.maximum(mask, np.clip((broad * 0.8 - opposite) / 0.08 + 0.5, 0, 1)[..., None])
    length = side(pixels) / random.uniform(12, 35)
    return mixed(pixels, smeared(pixels, length, random.uniform(0, np.pi)), mask)


def piece(pixels: Pixels, random: Random, low: float = 0.25, high: float = 0.6) -> Pixels:
    """A small part at full size, as soft as large photos are there."""
    height, width = pixels.shape[:2]
    share = random.uniform(low, high)
    rows, columns = max(48, int(height * share)), max(48, int(width * share))
    if random.random() < 0.5:
        rows = columns = min(rows, columns)
    top = int(random.integers(max(1, height - rows + 1)))
    left = int(random.integers(max(1, width - columns + 1)))
    part = np.ascontiguousarray(pixels[top : top + rows, left : left + columns])
    larger = resized(part, random.uniform(350, 600) / max(rows, columns), Image.Resampling.BICUBIC)
    return grainy(gaussian(larger, random.uniform(0.3, 1.5)), random.uniform(0, 3), random)


_BILINEAR, _BICUBIC = Image.Resampling.BILINEAR, Image.Resampling.BICUBIC
_BOX, _NEAREST, _LANCZOS = Image.Resampling.BOX, Image.Resampling.NEAREST, Image.Resampling.LANCZOS

DAMAGE: dict[Flaw, dict[str, Change]] = {
    Flaw.BLUR: {
        "gaussian": lambda p, r: gaussian(p, side(p) / r.uniform(60, 140)),
        "slight": lambda p, r: gaussian(p, side(p) / r.uniform(140, 230)),
        "disk": lambda p, r: defocused(p, max(2, side(p) / r.uniform(40, 120))),
        "small disk": lambda p, r: defocused(p, side(p) / r.uniform(110, 170)),
        "enlarged": lambda p, r: enlarged(
            p, r.uniform(4, 12), _BOX, (_BILINEAR, _BICUBIC, _LANCZOS)[r.integers(3)]
        ),
        "with grain": lambda p, r: grainy(
            defocused(p, side(p) / r.uniform(40, 120)), r.uniform(2, 10), r, int(r.choice((1, 3)))
        ),
        "sharpened": lambda p, r: sharpened(
            defocused(p, side(p) / r.uniform(40, 110)), r.uniform(0.5, 2)
        ),
        "sent": lambda p, r: saved(
            resized(gaussian(p, side(p) / r.uniform(60, 140)), r.uniform(0.5, 0.9), _LANCZOS),
            int(r.integers(50, 85)),
        ),
    },
    Flaw.MOTION: {
        "rolled": rolled,
        "diagonal": lambda p, r: smeared(p, side(p) / r.uniform(16, 50), r.uniform(0, np.pi)),
        "straight": lambda p, r: smeared(p, side(p) / r.uniform(16, 50), r.integers(2) * np.pi / 2),
        "shaken": lambda p, r: smeared(
            p, side(p) / r.uniform(14, 35), r.uniform(0, np.pi), r.uniform(0.05, 0.2)
        ),
        "wandering": wandering,
        "with grain": lambda p, r: grainy(
            smeared(p, side(p) / r.uniform(16, 45), r.uniform(0, np.pi)),
            r.uniform(2, 10),
            r,
            int(r.choice((1, 3))),
        ),
        "sent": lambda p, r: saved(
            resized(
                smeared(p, side(p) / r.uniform(16, 45), r.uniform(0, np.pi)),
                r.uniform(0.5, 0.9),
                _LANCZOS,
            ),
            int(r.integers(50, 85)),
        ),
    },
    Flaw.NOISE: {
        "colour": lambda p, r: grainy(p, r.uniform(24, 75), r),
        "strong": lambda p, r: grainy(p, r.uniform(40, 75), r),
        "brightness": lambda p, r: grainy(p, r.uniform(28, 75), r, 1),
        "shot": shot_noise,
        "coarse": coarse_grain,
        "specks": specks,
        "blotched": blotched,
        "saved": lambda p, r: saved(
            grainy(p, r.uniform(35, 75), r, int(r.choice((1, 3)))), int(r.integers(45, 85))
        ),
        "high sensitivity": high_sensitivity,
        "high sensitivity, saved": lambda p, r: saved(
            high_sensitivity(p, r), int(r.integers(75, 95)), subsampling=int(r.choice((0, 2)))
        ),
        "blotched, saved": lambda p, r: saved(blotched(p, r), int(r.integers(60, 90))),
    },
    Flaw.DARK: {
        "scaled": lambda p, r: bent(p, 1, r.uniform(0.06, 0.14)),
        "wider": lambda p, r: bent(p, 1, r.uniform(0.04, 0.2)),
        "gamma": lambda p, r: bent(p, r.uniform(2.5, 5), r.uniform(0.12, 0.25)),
        "deep": lambda p, r: bent(p, r.uniform(4, 6), r.uniform(0.2, 0.4)),
        "stops": lambda p, r: exposed(p, r.uniform(-7, -4.5)),
        "with grain": lambda p, r: grainy(bent(p, 1, r.uniform(0.06, 0.16)), r.uniform(2, 7), r),
    },
    Flaw.OVEREXPOSED: {
        "lifted": lambda p, r: bent(p, 1, r.uniform(2.6, 4), 50),
        "scaled": lambda p, r: bent(p, 1, r.uniform(2.6, 5), r.uniform(0, 60)),
        "gamma": lambda p, r: bent(p, r.uniform(0.3, 0.5), r.uniform(1.3, 1.8), r.uniform(10, 40)),
        "stops": lambda p, r: exposed(p, r.uniform(2.8, 4.5)),
        "soft": lambda p, r: clipped_softly(p, r.uniform(3, 5)),
    },
    Flaw.PIXELATED: {
        "boxes": lambda p, r: enlarged(p, r.integers(10, 20), _BOX, _NEAREST),
        "small": lambda p, r: enlarged(p, r.uniform(4, 11), _BOX, _NEAREST),
        "large": lambda p, r: enlarged(
            p, r.uniform(10, 26), (_BOX, _BILINEAR, _NEAREST)[r.integers(3)], _NEAREST
        ),
        "saved": lambda p, r: saved(
            enlarged(p, r.uniform(5, 20), _BOX, _NEAREST), int(r.integers(50, 85))
        ),
        "resized": lambda p, r: resized(
            enlarged(p, r.uniform(7, 20), _BOX, _NEAREST), r.uniform(0.6, 1.2), _BICUBIC
        ),
    },
    Flaw.COMPRESSION: {
        "strong": lambda p, r: saved(p, int(r.integers(2, 6))),
        "wider": lambda p, r: saved(p, int(r.integers(2, 12))),
        "all colours": lambda p, r: saved(p, int(r.integers(3, 10)), subsampling=0),
        "cut": lambda p, r: cut(saved(p, int(r.integers(2, 9))), r),
        "resized": lambda p, r: resized(
            saved(p, int(r.integers(2, 8))),
            r.uniform(0.6, 1.2),
            (_BILINEAR, _BICUBIC, _LANCZOS)[r.integers(3)],
        ),
    },
}

HARMLESS: dict[str, Change] = {
    "as it is": lambda p, _: p,
    "saved again": lambda p, r: saved(p, int(r.integers(60, 96))),
    "saved smaller": lambda p, r: saved(p, int(r.integers(35, 60))),
    "WebP": lambda p, r: saved(p, int(r.integers(35, 90)), "WEBP"),
    "sent by chat": lambda p, _: saved(resized(p, 0.4, _LANCZOS), 65),
    "more contrast": lambda p, r: rounded((p - p.mean()) * r.uniform(0.85, 1.2) + p.mean()),
    "another take": lambda p, r: grainy(resized(p[3:, 5:], 1.02, _BICUBIC), 4, r),
    "turned": lambda p, _: np.ascontiguousarray(np.rot90(p)),
    "dim": lambda p, r: bent(p, 1, r.uniform(0.5, 0.8)),
    "bright": lambda p, r: bent(p, 1, r.uniform(1.1, 1.25)),
    "grain": lambda p, r: grainy(p, r.uniform(5, 12), r),
    "grain of film": lambda p, r: grainy(p, r.uniform(4, 12), r, 1),
    "soft": lambda p, r: gaussian(p, r.uniform(0.4, 0.8) * side(p) / 500),
    "enlarged": lambda p, r: resized(p, r.uniform(1.2, 1.8), _BICUBIC),
    "sharpened": lambda p, r: sharpened(p, r.uniform(0.4, 1.2)),
    "framed": bordered,
    "low key": low_key,
    "stop less": lambda p, r: exposed(p, r.uniform(-2, -0.7)),
    "stop more": lambda p, r: exposed(p, r.uniform(0.3, 0.8)),
    "grey": lambda p, _: np.repeat(cv2.cvtColor(p, cv2.COLOR_RGB2GRAY)[..., None], 3, 2),
    "soft background": lambda p, r: mixed(
        p, defocused(p, side(p) / r.uniform(25, 70)), spot(p.shape, r, 0.12, 0.3)
    ),
    "panned": lambda p, r: mixed(
        p, smeared(p, side(p) / r.uniform(12, 30), 0), spot(p.shape, r, 0.15, 0.3)
    ),
    "lamps at night": lamps,
    "lit spot": lambda p, r: mixed(p, p * 0.06, spot(p.shape, r, 0.08, 0.2)),
    "on white": product,
    "fog": lambda p, r: mixed(p, r.uniform(150, 240), r.uniform(0.2, 0.5)),
    "snow": lambda p, r: bent(p, 0.8, 0.56, 255 * r.uniform(0.35, 0.42)),
}


def kinds() -> Iterator[tuple[str, str, Change]]:
    """Flaw (empty for none), name and change of everything done to a photo."""
    for flaw, changes in DAMAGE.items():
        for name, change in changes.items():
            yield flaw.value, name, change
    for name, change in HARMLESS.items():
        yield "", name, change
