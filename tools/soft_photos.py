"""Photos of which it is known whether they are sharp, measured and looked at by the starter.

Four parts: *made*, *real* and *shown* as in `flaw_photos`; and *other* photos, of which only the
look is known. Of what is made, even and odd photos are changed in different ways: `soft_kinds`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.encoders.starter import StarterEncoder
from photo_organizer.engine.pixels import decode, measures
from photo_organizer.engine.pixels.picture import Picture
from tools.columns import Columns
from tools.damage import Pixels, grainy, resized, rounded, saved, sharpened, side
from tools.flaw_photos import BAD, GOOD, GRAPHIC, MADE, REAL, SHOWN
from tools.soft_kinds import KINDS, MORE, Kind

OTHER: Final = "other"


@dataclass(frozen=True)
class SoftPhotos(Columns):
    """Photos, one a row."""

    measures: Vectors
    """(N, len(measures.NAMES)); zeros of `OTHER`."""
    embeddings: NDArray[np.float16]
    """(N, D) of the starter."""
    pixels: NDArray[Any]
    """(N,) how many each has."""
    flaw: NDArray[Any]
    """(N,) "blur" or "motion", empty for a good one."""
    graphic: NDArray[Any]
    """(N,) bool: a drawing, page or screen."""
    part: NDArray[Any]
    """(N,)"""
    name: NDArray[Any]
    """(N,) what was done to it, or its path."""
    source: NDArray[Any]
    """(N,) what is left out together."""


def of_any_size(original: Pixels, random: np.random.Generator) -> Pixels:
    """The photo as it is, smaller, or somewhat larger."""
    draw = random.random()
    if draw < 0.25 and side(original) >= 300:
        return resized(original, random.uniform(0.6, 0.95), Image.Resampling.LANCZOS)
    if draw < 0.35:
        larger = resized(original, random.uniform(1.3, 2), Image.Resampling.BICUBIC)
        return grainy(sharpened(larger, random.uniform(0, 1)), random.uniform(0, 4), random)
    return original


def pictures(path: Path, kinds: Sequence[Kind]) -> list[Picture]:
    """One photo after each of `kinds`; random numbers depend on photo and kind."""
    original, made = np.asarray(Image.open(path).convert("RGB")), []
    for flaw, name, change in kinds:
        random = np.random.default_rng([1, zlib.crc32(f"{path.name} {flaw} {name}".encode())])
        pixels = rounded(change(of_any_size(original, random), random))
        if random.random() < 0.75:  # whatever was done, the file's own quality must not tell
            pixels = saved(
                pixels, int(random.integers(88, 98)), subsampling=int(random.choice((0, 2)))
            )
        made.append(Picture(pixels, pixels.shape[1], pixels.shape[0], "JPEG"))
    return made


def gather(photos: Path, labelled: Path, shown: Path, others: Path) -> SoftPhotos:
    """All parts, measured and looked at: takes half an hour.

    Args:
        photos: folder of photos without flaws.
        labelled: folder of photos with ``truth.json``.
        shown: file of measured photos with the starter's features, see `flaw_photos.shown`.
        others: file of the starter's features of photos of all kinds.
    """
    # Sums in another order end in other digits.
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    encoder = StarterEncoder(device="cpu")
    columns: dict[str, list[NDArray[Any]]] = {field.name: [] for field in fields(SoftPhotos)}

    def add(**values: Any) -> None:
        for name, column in columns.items():
            column.append(np.asarray(values[name]))

    def look(seen: Sequence[Picture]) -> dict[str, Any]:
        return {
            "measures": [measures.measure(picture) for picture in seen],
            "embeddings": encoder.embed_images(np.stack([encoder.prepare(p) for p in seen])).astype(
                np.float16
            ),
            "pixels": [picture.width * picture.height for picture in seen],
        }

    paths = sorted(path for path in photos.iterdir() if path.is_file())
    for number, path in enumerate(paths):
        for kinds in (KINDS[number % 2], MORE[number % 2]):
            add(
                **look(pictures(path, kinds)),
                flaw=[flaw for flaw, _, _ in kinds],
                graphic=[False] * len(kinds),
                part=[MADE] * len(kinds),
                name=[name for _, name, _ in kinds],
                source=[path.name] * len(kinds),
            )
    truth = json.loads((labelled / "truth.json").read_text(encoding="utf-8"))["flaws"]
    for name, said in truth.items():
        # A photo of another flaw may be soft as well.
        first = said["kinds"][0] if said["flaw"] == BAD else ""
        if said["flaw"] not in (GOOD, BAD, GRAPHIC) or first not in ("", Flaw.BLUR, Flaw.MOTION):
            continue
        path = labelled / name
        add(
            **look([decode.decode(path.read_bytes(), path.suffix)]),
            flaw=[first],
            graphic=[said["flaw"] == GRAPHIC],
            part=[REAL],
            name=[name],
            source=[name.partition("/")[0]],
        )
    stored = np.load(shown)
    chosen = stored["shown"] == 1
    count = int(chosen.sum())
    add(
        measures=stored["measures"][chosen],
        embeddings=stored["features"][chosen],
        pixels=stored["size"][chosen].prod(1),
        flaw=[""] * count,
        graphic=[False] * count,
        part=[SHOWN] * count,
        name=[SHOWN] * count,
        source=[f"{SHOWN} {source}" for source in stored["source"][chosen]],
    )
    other = np.load(others)
    count = len(other["features"])
    add(
        measures=np.zeros((count, len(measures.NAMES)), np.float32),
        embeddings=other["features"],
        pixels=[0] * count,
        flaw=[""] * count,
        graphic=[False] * count,
        part=[OTHER] * count,
        name=[OTHER] * count,
        source=[f"{OTHER} {source}" for source in other["source"]],
    )
    return SoftPhotos(**{name: np.concatenate(column) for name, column in columns.items()})
