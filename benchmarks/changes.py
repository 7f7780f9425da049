"""Which changes of a photo are still recognised as the same picture or a similar shot.

    uv run benchmarks/changes.py FOLDER [--photos 12]

FOLDER holds photos that all differ. For each kind of change, `--photos` of them get a changed
version beside them in a temporary album; the album is analysed as the program does it with the
starter model. Prints how many of each kind came into the group of their original, as which kind,
and every group that holds two different photos.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from photo_organizer.engine.analysis.events import Finished
from photo_organizer.engine.analysis.run import Options, analyze
from photo_organizer.engine.domain.results import Result

Change = Callable[[Image.Image], Image.Image]


def noisy(image: Image.Image, levels: float = 5) -> Image.Image:
    values = np.asarray(image, np.float32)
    noise = np.random.default_rng(image.width).normal(0, levels, values.shape)
    return Image.fromarray(np.clip(values + noise, 0, 255).astype(np.uint8))


def part(image: Image.Image, lost: float, x: float = 0.5, y: float = 0.5) -> Image.Image:
    """Without a share of both sides, `x` of it taken at the left and `y` at the top."""
    w, h = image.size
    box = (w * lost * x, h * lost * y, w * (1 - lost * (1 - x)), h * (1 - lost * (1 - y)))
    return image.crop(tuple(map(int, box)))


def straightened(image: Image.Image, degrees: float) -> Image.Image:
    w, h = image.size
    edge = abs(degrees) / 57.3
    turned = image.rotate(degrees, Image.Resampling.BICUBIC)
    return turned.crop((int(w * edge), int(h * edge), int(w * (1 - edge)), int(h * (1 - edge))))


def tinted(image: Image.Image, red: float, blue: float) -> Image.Image:
    values = np.asarray(image, np.float32) * [red, 1, blue]
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def vignetted(image: Image.Image) -> Image.Image:
    values = np.asarray(image, np.float32)
    y, x = np.mgrid[-1 : 1 : values.shape[0] * 1j, -1 : 1 : values.shape[1] * 1j]
    fall = 1 - 0.5 * np.clip(x * x + y * y, 0, 1)
    return Image.fromarray((values * fall[..., None]).astype(np.uint8))


def covered(image: Image.Image, left: float, top: float, colour: int) -> Image.Image:
    """A caption or a watermark: everything right of and below a place."""
    changed = image.copy()
    box = (image.width * left, image.height * top, image.width, image.height)
    ImageDraw.Draw(changed).rectangle(box, fill=(colour,) * 3)
    return changed


def gamma(image: Image.Image, power: float) -> Image.Image:
    return image.point([int(255 * (i / 255) ** power) for i in range(256)] * 3)


CHANGES: dict[str, Change] = {
    "a part: 90 % of the sides": lambda p: part(p, 0.10, 0.3, 0.6),
    "a part: 85 %": lambda p: part(p, 0.15),
    "a part: 75 %": lambda p: part(p, 0.25),
    "a part: 70 %": lambda p: part(p, 0.30),
    "moved by 5 % and noisy": lambda p: noisy(part(p, 0.05, 1, 0).resize(p.size)),
    "moved by 12 % and noisy": lambda p: noisy(part(p, 0.12, 0, 1).resize(p.size)),
    "turned by 2°": lambda p: straightened(p, 2),
    "turned by 3°": lambda p: straightened(p, -3),
    "turned by 5°": lambda p: straightened(p, 5),
    "turned by 3°, cropped, noisy": lambda p: noisy(part(straightened(p, 3), 0.06, 0.2, 0.9)),
    "quarter turn": lambda p: p.transpose(Image.Transpose.ROTATE_90),
    "mirrored": ImageOps.mirror,
    "stretched by 15 %": lambda p: p.resize((int(p.width * 1.15), p.height)),
    "160 pixels": lambda p: ImageOps.contain(p, (160, 160)),
    "twice as large": lambda p: p.resize((2 * p.width, 2 * p.height)),
    "brighter": lambda p: ImageEnhance.Brightness(p).enhance(1.35),
    "darker": lambda p: ImageEnhance.Brightness(p).enhance(0.65),
    "gamma 1.6": lambda p: gamma(p, 1.6),
    "warm": lambda p: tinted(p, 1.15, 0.8),
    "grey": lambda p: ImageOps.grayscale(p).convert("RGB"),
    "strong colours": lambda p: ImageEnhance.Color(ImageOps.autocontrast(p, 2)).enhance(1.5),
    "vignette": vignetted,
    "sharpened": lambda p: p.filter(ImageFilter.UnsharpMask(3, 200)),
    "softened": lambda p: p.filter(ImageFilter.GaussianBlur(1)),
    "white frame": lambda p: ImageOps.expand(p, 12, "white"),
    "caption over 7 %": lambda p: covered(p, 0, 0.93, 0),
    "caption over 12 %": lambda p: covered(p, 0, 0.88, 0),
    "watermark": lambda p: covered(p, 0.55, 0.9, 240),
}


def build(photos: list[Path], album: Path, each: int) -> dict[str, tuple[str, str]]:
    """Write the album; original to changed version and kind of change, by names."""
    changed = {}
    kinds = list(CHANGES) * each
    for number, path in enumerate(photos):
        with Image.open(path) as opened:
            image = opened.convert("RGB")
        name = f"{number:05}.jpg"
        image.save(album / name, quality=93)
        if number < len(kinds):
            other = f"{number:05}-changed" + (".webp" if number % 3 == 0 else ".jpg")
            CHANGES[kinds[number]](image).save(album / other, quality=(70, 60, 92)[number % 3])
            changed[name] = other, kinds[number]
    return changed


def analysed(album: Path) -> Result:
    for event in analyze(Options((album,), use_cache=False), threading.Event()):
        if isinstance(event, Finished):
            return event.result
    raise SystemExit("The analysis did not finish.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=12, help="of each kind of change")
    call = parser.parse_args()
    photos = sorted(path for path in call.folder.iterdir() if path.suffix.lower() == ".jpg")
    with tempfile.TemporaryDirectory() as folder:
        changed = build(photos, Path(folder), call.photos)
        result = analysed(Path(folder))
    group_of = {result.photos[i].path.name: g for g in result.groups for i in g.photos}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, (other, kind) in changed.items():
        group = group_of.get(name)
        together = group is not None and group_of.get(other) is group
        found[kind][group.kind.value if group is not None and together else "not found"] += 1
    for kind, counts in found.items():
        told = ", ".join(f"{count} {what}" for what, count in counts.most_common())
        print(f"{kind:32} {told}")
    named = [[result.photos[i].path.name for i in group.photos] for group in result.groups]
    mixed = [names for names in named if len({name[:5] for name in names}) > 1]
    print(f"{len(photos)} photos; groups that hold different photos: {mixed or 'none'}")


if __name__ == "__main__":
    main()
