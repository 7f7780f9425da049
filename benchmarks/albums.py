"""Albums of any size, made of a folder of photos: cut, mirrored and toned, as bursts are alike."""

from __future__ import annotations

import os
import random
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from PIL import Image, ImageEnhance, ImageOps

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
IN_A_FOLDER = 500


def make(source: Path, album: Path, count: int, side: int, seed: int = 1) -> Path:
    """Fill a folder with photos; what it holds of them already stays.

    Args:
        source: photos to make them of, in any depth.
        album: where they go, in folders of 500.
        count: of photos.
        side: pixels of the longer side.
        seed: other ones for another number.

    Raises:
        SystemExit: there is no photo to make them of.
    """
    photos = sorted(path for path in source.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not photos:
        raise SystemExit(f"No photos in {source}")
    jobs = [
        (photos[n % len(photos)], album / f"{n // IN_A_FOLDER:03}" / f"{n:06}.jpg", side, seed + n)
        for n in range(count)
    ]
    missing = [job for job in jobs if not job[1].exists()]
    for folder in {job[1].parent for job in missing}:
        folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_make, missing, chunksize=16))
    return album


def _make(job: tuple[Path, Path, int, int]) -> None:
    source, file, side, seed = job
    chance = random.Random(seed)
    try:
        with Image.open(source) as opened:
            image = ImageOps.exif_transpose(opened).convert("RGB")
    except OSError:
        return  # one photo fewer
    share = chance.uniform(0.6, 1)
    width, height = image.size
    left, top = chance.uniform(0, 1 - share) * width, chance.uniform(0, 1 - share) * height
    image = image.crop((int(left), int(top), int(left + share * width), int(top + share * height)))
    if chance.random() < 0.5:
        image = ImageOps.mirror(image)
    image = ImageEnhance.Color(image).enhance(chance.uniform(0.7, 1.3))
    image = ImageEnhance.Brightness(image).enhance(chance.uniform(0.85, 1.15))
    scale = side / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    part = file.with_suffix(".part")
    image.resize(size, Image.Resampling.LANCZOS).save(part, "JPEG", quality=chance.randint(80, 93))
    part.rename(file)
