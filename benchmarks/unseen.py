"""Does low quality hold for damage that the models were not fitted on?

    uv run python -m benchmarks.unseen PHOTOS [--every N] [--jobs N] [--models FOLDER]

PHOTOS is a folder of photos without flaws. Each is damaged as cameras, messengers and editors do
it, by code that shares nothing with ``tools/damage.py``, saved as a file and analysed with the
starter as any file is. For each kind of damage the table says how much of it is flagged at all, and
as what; for what is harmless, how much is flagged wrongly. Random numbers depend on photo and kind
only.

For photos that the models have not seen either, fit others without some photos first:
``tools/fit_quality.py PHOTOS REAL SHOWN --without-every 3 --output FOLDER``, then ask for
``--every 3``.
"""

from __future__ import annotations

import argparse
import io
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from photo_organizer.engine.domain.facts import Exif, Facts, FileIdentity, Photo, Vectors
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.starter import StarterEncoder
from photo_organizer.engine.pixels import decode, measures
from photo_organizer.engine.quality import flaws, graphics, models, softness

Picture = Image.Image
Random = np.random.Generator
Floats = NDArray[Any]
Models = Mapping[Flaw, models.FlawModel]
Change = Callable[[Picture, Random], Picture | bytes]
"""A changed photo, or the file that it became."""

_Resample = Image.Resampling
_SMOOTH = (_Resample.BILINEAR, _Resample.BICUBIC, _Resample.LANCZOS)


def floats(photo: Picture) -> Floats:
    return np.asarray(photo, np.float32)


def picture(values: Floats) -> Picture:
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def file(photo: Picture, kind: str = "JPEG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    photo.save(buffer, kind, **options)
    return buffer.getvalue()


def through(photo: Picture, kind: str = "JPEG", **options: Any) -> Picture:
    """Saved and opened again."""
    return Image.open(io.BytesIO(file(photo, kind, **options))).convert("RGB")


def within(photo: Picture, side: int, filter_: Image.Resampling = _Resample.LANCZOS) -> Picture:
    """Reduced as messengers do it."""
    return ImageOps.contain(photo, (side, side), filter_) if max(photo.size) > side else photo


def scaled(photo: Picture, factor: float) -> Picture:
    return photo.resize([round(side * factor) for side in photo.size], _Resample.LANCZOS)


def long(photo: Picture) -> int:
    return max(photo.size)


# ---------------------------------------------------------------------- light, and the sensor


def linear(photo: Picture) -> Floats:
    """Light, 0 to 1, from sRGB values."""
    level = floats(photo) / 255
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)


def developed(light: Floats) -> Picture:
    light = np.clip(light, 0, 1)
    level = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return picture(255 * level)


def exposed(photo: Picture, stops: float, random: Random, electrons: float = 0) -> Picture:
    """Another exposure of the same light; with the noise of so many electrons at white."""
    light = linear(photo) * 2**stops
    if electrons:
        seen = random.poisson(np.clip(light, 0, None) * electrons) + random.normal(
            0, 2, light.shape
        )
        light = seen / electrons
    return developed(light)


def pushed(photo: Picture, random: Random, electrons: float) -> Picture:
    """High ISO: few electrons, colour filters blurred into blotches, brightened to normal."""
    seen = random.poisson(linear(photo) * electrons) + random.normal(0, 1.5, (*photo.size[::-1], 3))
    noisy = floats(developed(seen / electrons))
    coarse = cv2.GaussianBlur(noisy - floats(photo), (0, 0), 1.2)
    return picture(0.6 * noisy + 0.4 * floats(photo) + coarse)


def rolled_off(photo: Picture, stops: float) -> Picture:
    """Overexposed on film or with a soft shoulder: white is approached, never cut."""
    light = linear(photo) * 2**stops
    return developed(1 - np.exp(-light * 1.6))


# ---------------------------------------------------------------------- lens and hand


def convolved(photo: Picture, kernel: Floats, border: int = cv2.BORDER_REFLECT_101) -> Picture:
    kernel = kernel / kernel.sum()
    return picture(cv2.filter2D(floats(photo), -1, kernel, borderType=border))


def aperture(radius: float, blades: int = 0) -> Floats:
    """The picture of a point out of focus, drawn four times as large: round or a polygon."""
    size = 2 * int(np.ceil(radius)) + 3
    drawn = np.zeros((4 * size, 4 * size), np.float32)
    middle = 2 * size
    if blades:
        corners = 2 * np.pi * np.arange(blades) / blades + 0.3
        points = middle + 4 * radius * np.stack([np.cos(corners), np.sin(corners)], 1)
        cv2.fillPoly(drawn, [np.round(points).astype(np.int32)], 1.0)
    else:
        cv2.circle(drawn, (middle, middle), max(1, round(4 * radius)), 1.0, -1)
    return cv2.resize(drawn, (size, size), interpolation=cv2.INTER_AREA)


def line(length: float, angle: float) -> Floats:
    """A straight smear, as a drawn line one pixel wide, often padded with zeros."""
    size = int(length) | 1
    kernel = np.zeros((size, size), np.float32)
    half = (length - 1) / 2
    step = np.array([np.cos(angle), np.sin(angle)]) * half
    middle = np.array([size // 2, size // 2])
    start, end = (tuple(np.round(middle + sign * step).astype(int).tolist()) for sign in (-1, 1))
    cv2.line(kernel, start, end, 1.0, 1)
    return kernel


def trembling(length: float, random: Random) -> Floats:
    """The path of a hand: a random walk with inertia, about `length` pixels long."""
    steps = 200
    speed = np.cumsum(random.normal(0, 1, (steps, 2)), 0) * 0.15 + random.normal(0, 1, 2)
    path = np.cumsum(speed, 0)
    path = (path - path.mean(0)) * length / max(np.ptp(path, 0).max(), 1e-6)
    size = int(np.ptp(path, 0).max()) + 5 | 1
    kernel = np.zeros((size, size), np.float32)
    points = np.round((path + size // 2) * 16).astype(np.int32)
    cv2.polylines(kernel, [points], False, 1.0, 1, cv2.LINE_AA, 4)
    return kernel


def turned(photo: Picture, degrees: float) -> Picture:
    """The camera turned about the line of sight: sharp in the middle only."""
    pixels, size = floats(photo), photo.size
    total = np.zeros_like(pixels)
    for angle in np.linspace(-degrees / 2, degrees / 2, 25):
        turn = cv2.getRotationMatrix2D((size[0] * 0.5, size[1] * 0.5), angle, 1)
        total += cv2.warpAffine(pixels, turn, size, borderMode=cv2.BORDER_REFLECT_101)
    return picture(total / 25)


# ---------------------------------------------------------------------- pixels and files


def cells(photo: Picture, factor: float, down: Image.Resampling = _Resample.BOX) -> Picture:
    """Reduced and enlarged with hard pixels."""
    size = tuple(max(2, round(side / factor)) for side in photo.size)
    return photo.resize(size, down).resize(photo.size, _Resample.NEAREST)


def misaligned(photo: Picture, factor: float, random: Random) -> Picture:
    """Hard pixels, of which the frame cuts some."""
    left, top = (int(v) for v in random.integers(1, 9, 2))
    return cells(photo, factor).crop((left, top, photo.width - 3, photo.height - 2))


def regrown(photo: Picture, factor: float, up: Image.Resampling) -> Picture:
    """Reduced and enlarged softly: a thumbnail blown up."""
    size = tuple(max(2, round(side / factor)) for side in photo.size)
    return photo.resize(size, _Resample.LANCZOS).resize(photo.size, up)


def noisy(photo: Picture, deviation: float, random: Random, channels: int = 3) -> Picture:
    shape = (*photo.size[::-1], channels)
    return picture(floats(photo) + random.normal(0, deviation, shape))


def speckled(photo: Picture, random: Random) -> Picture:
    deviation = random.uniform(0.3, 0.5)
    return picture(floats(photo) * (1 + random.normal(0, deviation, (*photo.size[::-1], 1))))


def peppered(photo: Picture, random: Random) -> Picture:
    pixels, draw = np.array(photo), random.random(photo.size[::-1])
    share = random.uniform(0.03, 0.1)
    pixels[draw < share / 2] = 0
    pixels[draw > 1 - share / 2] = 255
    return Image.fromarray(pixels)


def framed(photo: Picture, colour: str, random: Random) -> Picture:
    return ImageOps.expand(photo, int(long(photo) * random.uniform(0.04, 0.15)), colour)


def letterboxed(photo: Picture) -> Picture:
    """Between black bars, as a still of a film."""
    return ImageOps.pad(photo, (long(photo),) * 2, color="black")


def vignetted(photo: Picture) -> Picture:
    y, x = np.mgrid[-1 : 1 : photo.height * 1j, -1 : 1 : photo.width * 1j]
    return picture(floats(photo) * (1 - 0.4 * np.clip(np.hypot(x, y), 0, 1.4) ** 2)[..., None])


def low_key(photo: Picture, random: Random) -> Picture:
    """One lit thing before black."""
    y, x = np.mgrid[: photo.height, : photo.width]
    middle = random.uniform(0.35, 0.65, 2)
    distance = np.hypot(x / photo.width - middle[0], y / photo.height - middle[1])
    return picture(floats(photo) * np.clip(1.6 - 3.5 * distance, 0.03, 1.05)[..., None])


def shallow(photo: Picture, random: Random) -> Picture:
    """A third of the photo is sharp, the rest behind it softer and softer."""
    y = np.linspace(0, 1, photo.height)[:, None, None] * np.ones((1, photo.width, 1))
    away = np.abs(y - random.uniform(0.3, 0.7))
    result = floats(photo)
    for share, begin in ((120, 0.15), (60, 0.25), (30, 0.4)):
        soft = floats(convolved(photo, aperture(max(1.5, long(photo) / share))))
        result = np.where(away > begin, soft, result)
    return picture(result)


DAMAGE: dict[Flaw, dict[str, Change]] = {
    Flaw.BLUR: {
        "lens, large": lambda p, r: convolved(p, aperture(long(p) / r.uniform(50, 90))),
        "lens, medium": lambda p, r: convolved(p, aperture(long(p) / r.uniform(90, 140))),
        "lens, slight": lambda p, r: convolved(p, aperture(long(p) / r.uniform(140, 190))),
        "six blades": lambda p, r: convolved(p, aperture(long(p) / r.uniform(50, 120), 6)),
        "gaussian": lambda p, r: p.filter(ImageFilter.GaussianBlur(long(p) / r.uniform(80, 160))),
        "gaussian, slight": lambda p, r: p.filter(
            ImageFilter.GaussianBlur(long(p) / r.uniform(180, 250))
        ),
        "box": lambda p, r: p.filter(ImageFilter.BoxBlur(long(p) / r.uniform(80, 150))),
        "lens and noise": lambda p, r: noisy(
            convolved(p, aperture(long(p) / r.uniform(50, 110))), r.uniform(3, 9), r
        ),
        "lens, sharpened": lambda p, r: convolved(p, aperture(long(p) / r.uniform(50, 100))).filter(
            ImageFilter.UnsharpMask(2, 150, 2)
        ),
        "lens, 640 px": lambda p, r: file(
            within(convolved(p, aperture(long(p) / r.uniform(50, 110))), 400), quality=75
        ),
        "regrown": lambda p, r: regrown(p, r.uniform(5, 9), _SMOOTH[r.integers(3)]),
        "regrown, 4 times": lambda p, r: regrown(p, r.uniform(3.5, 5), _SMOOTH[r.integers(3)]),
    },
    Flaw.MOTION: {
        "any angle": lambda p, r: convolved(
            p, line(long(p) / r.uniform(16, 35), r.uniform(0, 3.1))
        ),
        "any angle, short": lambda p, r: convolved(
            p, line(long(p) / r.uniform(35, 60), r.uniform(0, 3.1))
        ),
        "dark edges": lambda p, r: convolved(
            p, line(long(p) / r.uniform(16, 40), r.uniform(0, 3.1)), cv2.BORDER_CONSTANT
        ),
        "trembling": lambda p, r: convolved(p, trembling(long(p) / r.uniform(14, 40), r)),
        "turned": lambda p, r: turned(p, r.uniform(4, 9)),
        "and noise": lambda p, r: noisy(
            convolved(p, line(long(p) / r.uniform(16, 40), r.uniform(0, 3.1))), r.uniform(3, 9), r
        ),
        "640 px": lambda p, r: file(
            within(convolved(p, line(long(p) / r.uniform(16, 40), r.uniform(0, 3.1))), 400),
            quality=75,
        ),
    },
    Flaw.NOISE: {
        "gaussian": lambda p, r: noisy(p, r.uniform(30, 60), r),
        "gaussian, moderate": lambda p, r: noisy(p, r.uniform(22, 32), r),
        "brightness": lambda p, r: noisy(p, r.uniform(30, 60), r, 1),
        "few electrons": lambda p, r: exposed(p, 0, r, r.uniform(20, 80)),
        "high ISO": lambda p, r: pushed(p, r, r.uniform(8, 30)),
        "high ISO, JPEG 80": lambda p, r: file(pushed(p, r, r.uniform(8, 30)), quality=80),
        "speckle": speckled,
        "pepper": peppered,
        "JPEG 60": lambda p, r: file(noisy(p, r.uniform(35, 60), r), quality=60),
        "then reduced": lambda p, r: within(noisy(p, r.uniform(45, 75), r), int(long(p) * 0.7)),
    },
    Flaw.DARK: {
        "five stops": lambda p, r: exposed(p, r.uniform(-7, -5), r),
        "five stops, noise": lambda p, r: exposed(p, r.uniform(-7, -5), r, 3000),
        "gamma": lambda p, r: picture(255 * (floats(p) / 255) ** r.uniform(4, 7) * 0.4),
        "four stops": lambda p, r: exposed(p, r.uniform(-5, -4), r, 2000),
        "black point": lambda p, r: picture((floats(p) - r.uniform(170, 200)) * 0.6),
        "scaled": lambda p, r: ImageEnhance.Brightness(p).enhance(r.uniform(0.05, 0.17)),
        "and noise": lambda p, r: noisy(
            ImageEnhance.Brightness(p).enhance(r.uniform(0.06, 0.14)), r.uniform(2, 6), r
        ),
        "and flat": lambda p, r: picture(floats(p) * r.uniform(0.05, 0.12) + r.uniform(5, 20)),
    },
    Flaw.OVEREXPOSED: {
        "three stops": lambda p, r: exposed(p, r.uniform(2.5, 4), r),
        "soft shoulder": lambda p, r: rolled_off(p, r.uniform(3, 4.5)),
        "scaled": lambda p, r: ImageEnhance.Brightness(p).enhance(r.uniform(2.2, 4)),
        "lifted": lambda p, _: picture(floats(p) * 1.6 + 110),
        "gamma": lambda p, r: picture(255 * (floats(p) / 255) ** r.uniform(0.2, 0.35) * 1.15),
        "640 px": lambda p, r: file(within(exposed(p, r.uniform(2.5, 4), r), 400), quality=70),
    },
    Flaw.PIXELATED: {
        "large": lambda p, r: cells(p, r.uniform(9, 20)),
        "small": lambda p, r: cells(p, r.uniform(4, 8)),
        "misaligned": lambda p, r: misaligned(p, r.uniform(5, 16), r),
        "then resized": lambda p, r: cells(p, r.uniform(8, 16)).resize(
            [int(side * 0.8) for side in p.size], _SMOOTH[r.integers(3)]
        ),
        "nearest only": lambda p, r: cells(p, r.uniform(6, 16), _Resample.NEAREST),
        "JPEG 70": lambda p, r: file(cells(p, r.uniform(6, 16)), quality=70),
    },
    Flaw.COMPRESSION: {
        "JPEG 2 to 6": lambda p, r: file(p, quality=int(r.integers(2, 7))),
        "JPEG 7 to 12": lambda p, r: file(p, quality=int(r.integers(7, 13))),
        "JPEG saved again": lambda p, r: through(p, quality=int(r.integers(3, 10))),
        "JPEG 4:4:4": lambda p, r: through(p, quality=int(r.integers(3, 10)), subsampling=0),
        "JPEG then resized": lambda p, r: scaled(
            through(p, quality=int(r.integers(3, 9))), r.uniform(0.7, 0.9)
        ),
        "JPEG then cropped": lambda p, r: through(p, quality=int(r.integers(3, 9))).crop(
            (3, 5, p.width, p.height)
        ),
        "WebP 0 to 5": lambda p, r: file(p, "WEBP", quality=int(r.integers(0, 6))),
        "WebP 6 to 12": lambda p, r: file(p, "WEBP", quality=int(r.integers(6, 13))),
        "WebP, then JPEG": lambda p, r: through(p, "WEBP", quality=int(r.integers(0, 8))),
        "JPEG 2000": lambda p, r: through(
            p, "JPEG2000", quality_mode="rates", quality_layers=[int(r.integers(80, 160))]
        ),
        "AVIF": lambda p, r: through(p, "AVIF", quality=int(r.integers(0, 10)), speed=9),
    },
}

HARMLESS: dict[str, Change] = {
    "as it is": lambda p, _: p,
    "lossless": lambda p, _: file(p, "PNG"),
    "JPEG 75": lambda p, _: file(p, quality=75),
    "JPEG 40": lambda p, _: file(p, quality=40),
    "WebP 75": lambda p, _: file(p, "WEBP", quality=75),
    "WebP 40": lambda p, _: file(p, "WEBP", quality=40),
    "chat, 70 %": lambda p, _: file(within(p, int(long(p) * 0.7)), quality=70),
    "chat, 320 px": lambda p, _: file(within(p, 320, _Resample.BICUBIC), quality=75),
    "enlarged 1.5 times": lambda p, _: p.resize([side * 3 // 2 for side in p.size]),
    "sharpened": lambda p, _: p.filter(ImageFilter.UnsharpMask(1.5, 120, 2)),
    "sensor noise": lambda p, r: exposed(p, 0, r, r.uniform(1500, 5000)),
    "noise of film": lambda p, r: noisy(p, r.uniform(6, 12), r, 1),
    "one stop more": lambda p, r: exposed(p, r.uniform(0.3, 0.7), r),
    "two stops less": lambda p, r: exposed(p, r.uniform(-2, -0.7), r),
    "dusk": lambda p, r: picture(floats(exposed(p, -1.5, r)) * (0.75, 0.85, 1.1)),
    "low key": low_key,
    "vignette": lambda p, _: vignetted(p),
    "shallow focus": shallow,
    "black and white": lambda p, _: ImageOps.autocontrast(ImageOps.grayscale(p), 1).convert("RGB"),
    "matte": lambda p, r: picture(floats(p) * 0.7 + r.uniform(30, 60)),
    "vivid": lambda p, _: ImageEnhance.Color(p).enhance(1.6),
    "white frame": lambda p, r: framed(p, "white", r),
    "black frame": lambda p, r: framed(p, "black", r),
    "black bars": lambda p, _: letterboxed(p),
    "mirrored": lambda p, _: ImageOps.mirror(p),
}

KINDS: tuple[tuple[Flaw | None, str, Change], ...] = (
    *((flaw, name, change) for flaw, kinds in DAMAGE.items() for name, change in kinds.items()),
    *((None, name, change) for name, change in HARMLESS.items()),
)


@cache
def starter() -> StarterEncoder:
    """One a process."""
    torch.set_num_threads(1)
    return StarterEncoder(device="cpu")


def measure_files(files: Sequence[bytes]) -> tuple[Vectors, Vectors, NDArray[np.intp]]:
    """Measures of N files, (N, measures), their embeddings, (N, D), widths and heights, (N, 2)."""
    found = [decode.decode(data) for data in files]
    embeddings = starter().embed_images(np.stack([starter().prepare(one) for one in found]))
    rows = np.stack([measures.measure(one) for one in found])
    return rows, embeddings, np.array([(one.width, one.height) for one in found])


def measure_photo(path: Path) -> tuple[Vectors, Vectors, NDArray[np.intp]]:
    """What is measured of one photo after each of `KINDS`: see `measure_files`."""
    cv2.setNumThreads(1)
    original = Image.open(path).convert("RGB")
    files = []
    for flaw, name, change in KINDS:
        random = np.random.default_rng([7, zlib.crc32(f"{path.name} {flaw} {name}".encode())])
        changed = change(original, random)
        if isinstance(changed, Image.Image):
            changed = file(changed, quality=int(random.integers(90, 97)))
        files.append(changed)
    return measure_files(files)


def flagged(
    table: Vectors,
    embeddings: Vectors,
    sizes: NDArray[np.intp],
    fitted: Models | None = None,
) -> NDArray[np.bool_]:
    """Which flaws each of N photos is flagged for at the shipped thresholds, (N, len(FLAWS))."""
    nowhere = FileIdentity(Path("photo.jpg"), 0, 0, 0, 0)
    photos = [
        Photo(number, nowhere, bytes(16), "JPEG", int(width), int(height), Exif())
        for number, (width, height) in enumerate(sizes)
    ]
    facts = Facts(photos, embeddings, table, np.zeros((1, 1), np.uint8))
    looks = softness.looks(starter(), embeddings)
    graphic = graphics.are_graphics(facts, starter().version)
    thresholds = np.array([Thresholds()[flaw.threshold] for flaw in flaws.FLAWS])
    found: NDArray[np.bool_] = (
        flaws.flaw_scores(facts, fitted=fitted, looks=looks, graphic=graphic) >= thresholds
    )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("photos", type=Path, help="folder of photos without flaws")
    parser.add_argument("--every", type=int, default=1, help="take every so manieth photo")
    parser.add_argument("--jobs", type=int, default=1, help="processes that measure")
    parser.add_argument("--models", type=Path, help="instead of those shipped")
    call = parser.parse_args()
    fitted = models.read_flaw_models(call.models) if call.models else None
    paths = sorted(path for path in call.photos.iterdir() if path.is_file())[:: call.every]
    with ProcessPoolExecutor(call.jobs) as pool:
        measured = zip(*pool.map(measure_photo, paths, chunksize=4), strict=True)
        tables, embeddings, sizes = (np.concatenate(column) for column in measured)
    found = flagged(tables, embeddings, sizes, fitted)
    report(found.reshape(len(paths), len(KINDS), -1))


def report(found: NDArray[np.bool_]) -> None:
    """Print the table of what `flagged` answered, (photos, kinds, flaws)."""
    shares: dict[Flaw | None, list[float]] = {}
    for kind, (flaw, name, _) in enumerate(KINDS):
        of_kind = found[:, kind]
        any_ = float(of_kind.any(1).mean())
        shares.setdefault(flaw, []).append(any_)
        called = [
            f"{other.value} {of_kind[:, column].mean():.2f}"
            for column, other in enumerate(flaws.FLAWS)
            if of_kind[:, column].any()
        ]
        print(
            f"{flaw.value if flaw else 'harmless':12s} {name:20s} {any_:.3f}   {', '.join(called)}"
        )
    print()
    for flaw, values in shares.items():
        print(f"{flaw.value if flaw else 'harmless':12s} mean {np.mean(values):.3f}")


if __name__ == "__main__":
    main()
