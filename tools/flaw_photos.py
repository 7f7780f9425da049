"""Photos of which it is known what is wrong with them, measured: what flaws are learned from.

Three sources, kept apart so that each can be weighed and asked by itself:

* *made*: flawless photos, as they are, damaged and harmlessly changed (`damage` and `light`);
* *real*: photos that nobody damaged, labelled by looking (``truth.json``);
* *shown*: photos that somebody chose to show, so that hardly any is flawed.

What blurs them is left to `soft_photos`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.encoders.starter import StarterEncoder
from photo_organizer.engine.pixels import decode, measures
from photo_organizer.engine.pixels.picture import Picture
from tools import damage, light
from tools.columns import Columns
from tools.damage import Change, Pixels, grainy, resized, rounded, saved, sharpened, side

MADE, REAL, SHOWN = "made", "real", "shown"
GOOD, BAD, GRAPHIC = "good", "bad", "graphic"
"""Nothing is wrong; something is; a drawing, page or screen. Of others nothing is known."""

UNTOUCHED = "untouched"
"""Name of the flawless photos themselves, from their files."""

ELSEWHERE = frozenset({Flaw.BLUR.value, Flaw.MOTION.value})
"""Flaws that are learned from other photos."""

EVERY = 3
"""Of the kinds of damage and change, a photo goes through one in so many: enough, and quicker."""


@dataclass(frozen=True)
class KnownPhotos(Columns):
    """Measured photos and what is known of them, one a row."""

    measures: Vectors
    """(N, len(measures.NAMES))"""
    embeddings: NDArray[np.float16]
    """(N, D) of the starter."""
    label: NDArray[Any]
    """`GOOD`, `BAD` or `GRAPHIC`."""
    flaws: NDArray[Any]
    """(N, len(Flaw)) bool: which names are right for a bad one."""
    part: NDArray[Any]
    """`MADE`, `REAL` or `SHOWN`."""
    name: NDArray[Any]
    """Of a made one what was done to it, of a real one its path."""
    source: NDArray[Any]
    """What belongs together and is left out together: the photo it was made of, or the set."""

    def has(self, flaw: Flaw) -> NDArray[Any]:
        """(N,) bool: whether a photo has this flaw."""
        mask: NDArray[Any] = self.flaws[:, list(Flaw).index(flaw)]
        return mask


Seen = tuple[Vectors, NDArray[np.float16]]
"""Of some photos, what was measured, and the starter's embeddings: (N, measures) and (N, D)."""


def known(
    part: str,
    seen: Seen,
    *,
    labels: Sequence[str],
    flaws: Sequence[Sequence[str]],
    names: Sequence[str],
    sources: Sequence[str],
) -> KnownPhotos:
    """Photos of one part, in columns."""
    return KnownPhotos(
        *seen,
        np.array(labels),
        np.array([[flaw.value in named for flaw in Flaw] for named in flaws], bool),
        np.full(len(labels), part),
        np.array(names),
        np.array(sources),
    )


def of_any_size(original: Pixels, random: np.random.Generator) -> Pixels:
    """The photo as it is, smaller, or larger: softer at the pixel, as photos of many pixels are."""
    draw = random.random()
    if draw < 0.25 and side(original) >= 300:
        return resized(original, random.uniform(0.6, 0.95), Image.Resampling.LANCZOS)
    if draw < 0.5:
        larger = resized(original, random.uniform(1.5, 3), Image.Resampling.BICUBIC)
        return grainy(sharpened(larger, random.uniform(0, 1)), random.uniform(0, 4), random)
    return original


def kinds_of(number: int) -> list[tuple[str, str, Change]]:
    """What is done to the photo with this number: every third kind, other ones to the next."""
    chosen = [kind for kind in (*damage.kinds(), *light.kinds()) if kind[0] not in ELSEWHERE]
    return [kind for at, kind in enumerate(chosen) if (at + number) % EVERY == 0]


@cache
def _starter() -> StarterEncoder:
    return StarterEncoder(device="cpu")


def see(pictures: Sequence[Picture]) -> Seen:
    """Measure photos, and have the starter look at them."""
    cv2.setNumThreads(1)
    encoder = _starter()
    looked = encoder.embed_images(np.stack([encoder.prepare(picture) for picture in pictures]))
    return np.stack([measures.measure(picture) for picture in pictures]), looked.astype(np.float16)


def see_made(numbered: tuple[int, Path], seed: int) -> Seen:
    """One photo after each of its `kinds_of`; random numbers depend on photo, kind and seed."""
    number, path = numbered
    original = np.asarray(Image.open(path).convert("RGB"))
    pictures = []
    for flaw, name, change in kinds_of(number):
        random = np.random.default_rng([seed, zlib.crc32(f"{path.name} {flaw} {name}".encode())])
        pixels = rounded(change(of_any_size(original, random), random))
        if random.random() < 0.75:  # whatever was done, the file's own quality must not tell
            pixels = saved(
                pixels, int(random.integers(88, 98)), subsampling=int(random.choice((0, 2)))
            )
        pictures.append(Picture(pixels, pixels.shape[1], pixels.shape[0], "JPEG"))
    return see(pictures)


def see_file(path: Path) -> Seen:
    """One photo as the program takes it."""
    return see([decode.decode(path.read_bytes(), path.suffix)])


def made(photos: Path, jobs: int) -> KnownPhotos:
    """Every photo of a folder as it is, and after each of its `kinds_of`."""
    paths = sorted(path for path in photos.iterdir() if path.is_file())
    with ProcessPoolExecutor(jobs) as pool:
        untouched = list(pool.map(see_file, paths))
        changed = list(pool.map(partial(see_made, seed=1), enumerate(paths)))
    done = [
        (path.name, flaw, name)
        for number, path in enumerate(paths)
        for flaw, name, _ in kinds_of(number)
    ]
    done += [(path.name, "", UNTOUCHED) for path in paths]
    return known(
        MADE,
        together([*changed, *untouched]),
        labels=[BAD if flaw else GOOD for _, flaw, _ in done],
        flaws=[[flaw] for _, flaw, _ in done],
        names=[name for _, _, name in done],
        sources=[photo for photo, _, _ in done],
    )


def together(seen: Sequence[Seen]) -> Seen:
    """One after the other."""
    measured, looked = zip(*seen, strict=True)
    return np.concatenate(measured), np.concatenate(looked)


def real(folder: Path, jobs: int) -> KnownPhotos:
    """The labelled photos of a folder with its ``truth.json``; its folders are the sets."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["flaws"]
    chosen = {name: said for name, said in truth.items() if said["flaw"] in (GOOD, BAD, GRAPHIC)}
    with ProcessPoolExecutor(jobs) as pool:
        seen = list(pool.map(see_file, [folder / name for name in chosen]))
    return known(
        REAL,
        together(seen),
        labels=[said["flaw"] for said in chosen.values()],
        flaws=[said.get("kinds", ()) for said in chosen.values()],
        names=list(chosen),
        sources=[name.partition("/")[0] for name in chosen],
    )


def shown(file: Path) -> KnownPhotos:
    """The photos that people chose to show, of a file of measured ones.

    Raises:
        ValueError: other measures than the program's.
    """
    stored = np.load(file)
    if tuple(stored["measure_names"]) != measures.NAMES:
        raise ValueError(f"{file} has other measures than the program")
    chosen = np.flatnonzero(stored["shown"] == 1)
    return known(
        SHOWN,
        (stored["measures"][chosen].astype(np.float32), stored["features"][chosen]),
        labels=[GOOD] * len(chosen),
        flaws=[()] * len(chosen),
        names=[f"{SHOWN} {row}" for row in chosen],
        sources=[f"{SHOWN} {source}" for source in stored["source"][chosen]],
    )


def gather(photos: Path, labelled: Path, chosen: Path, jobs: int) -> KnownPhotos:
    """All three parts, measured and looked at: takes half an hour."""
    return KnownPhotos.join((made(photos, jobs), real(labelled, jobs), shown(chosen)))
