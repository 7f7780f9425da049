"""Photos of which it is known whether people chose to show them, as an encoder's features.

Four kinds of evidence:

* *shown*: photos that somebody chose to show, and ordinary ones, with their subject and source;
* *damaged*: photos and what damage made of them, which nobody would show instead;
* *pages*: photographs of pages and screens, which are kept to be read;
* *kinds*: what photos of all other categories are like on average. No kind is better than another.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.encoders.protocols import Encoder
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.pixels.picture import Picture
from tools.damage import DAMAGE, rounded

_READ = ("document", "screenshot")
"""Categories of what is photographed to be read."""

_COPIES = {
    Flaw.BLUR: 3,
    Flaw.MOTION: 2,
    Flaw.NOISE: 1,
    Flaw.DARK: 1,
    Flaw.OVEREXPOSED: 1,
    Flaw.PIXELATED: 1,
    Flaw.COMPRESSION: 1,
}
"""So many copies of a photo get a flaw, each in another way."""


@dataclass(frozen=True)
class Shown:
    """Photos that somebody chose to show, and ordinary ones."""

    rows: Vectors
    """(N, D) unit features."""
    shown: NDArray[np.bool_]
    subject: NDArray[np.str_]
    source: NDArray[np.int64]
    measures: Vectors
    """(N, len(measures.NAMES))"""
    pixels: NDArray[np.float32]
    """(N,) how many each has."""

    @classmethod
    def load(cls, file: Path) -> Shown:
        """Read an archive with arrays of these names, features and size (pixels across and down).

        Raises:
            ValueError: other measures than the program's.
        """
        stored = np.load(file)
        if tuple(stored["measure_names"]) != measures.NAMES:
            raise ValueError(f"{file} has other measures than the program")
        return cls(
            unit(stored["features"]),
            stored["shown"] == 1,
            stored["subject"],
            stored["source"].astype(np.int64),
            stored["measures"],
            stored["size"].prod(axis=1).astype(np.float32),
        )

    def only(self, chosen: NDArray[np.bool_]) -> Shown:
        """Some of them; `chosen` is (N,) bool."""
        return Shown(*(getattr(self, field.name)[chosen] for field in fields(self)))


@dataclass(frozen=True)
class Pages:
    """Pages and screens."""

    rows: Vectors
    """(N, D) unit features."""
    source: NDArray[np.int64]

    @classmethod
    def load(cls, file: Path) -> Pages:
        """Those of an archive with the arrays features, names, labels and source."""
        stored = np.load(file)
        columns = [list(stored["names"]).index(name) for name in _READ]
        chosen = (stored["labels"][:, columns] == 1).any(axis=1)
        return cls(unit(stored["features"][chosen]), stored["source"][chosen].astype(np.int64))


@dataclass(frozen=True)
class Kinds:
    """Photos of each category, on average."""

    rows: Vectors
    """(K, D) the mean of the unit features of its photos."""
    counts: NDArray[np.float64]
    """(K,) what each counts: the square root of its photos; they add up to 1."""

    @classmethod
    def load(cls, file: Path) -> Kinds:
        """Those of an archive with the arrays features, names and labels; without pages."""
        stored = np.load(file)
        read = np.isin(stored["names"], _READ)
        labels = stored["labels"] == 1
        labels &= ~labels[:, read].any(axis=1)[:, None]
        labels = labels[:, ~read & labels.any(axis=0)]
        features = unit(stored["features"]).astype(np.float64)
        sizes = labels.sum(axis=0)
        counts = np.sqrt(sizes) / np.sqrt(sizes).sum()
        return cls((labels.T @ features / sizes[:, None]).astype(np.float32), counts)


@dataclass(frozen=True)
class Damaged:
    """Photos and their damaged copies."""

    photos: Vectors
    """(M, D) as they are."""
    copies: Vectors
    """(M, K, D) after damage."""

    @staticmethod
    def flaws() -> tuple[Flaw, ...]:
        """What was done to each of the K copies."""
        return tuple(flaw for flaw, count in _COPIES.items() for _ in range(count))

    def save(self, file: Path) -> None:
        """Keep them, so that no photo is read twice."""
        np.savez_compressed(file, photos=self.photos, copies=self.copies)

    @classmethod
    def load(cls, file: Path) -> Damaged:
        """What `save` wrote."""
        stored = np.load(file)
        return cls(stored["photos"], stored["copies"])

    @classmethod
    def of(cls, folder: Path, encoder: Encoder) -> Damaged:
        """All photos of a folder; takes minutes. Random numbers depend on photo and copy."""
        paths = sorted(path for path in folder.iterdir() if path.is_file())
        rows = np.stack([_embed(_versions(path), encoder) for path in paths])
        # As precise as the other features: what is beyond depends on how many threads added up.
        rows = unit(rows.astype(np.float16))
        return cls(rows[:, 0], rows[:, 1:])


def unit(features: NDArray[Any]) -> Vectors:
    """Rows of length 1: kept in half precision, they are only nearly so."""
    rows = features.astype(np.float32)
    scaled: Vectors = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    return scaled


def _versions(path: Path) -> list[NDArray[np.uint8]]:
    original = np.asarray(Image.open(path).convert("RGB"))
    versions = [original]
    for flaw, count in _COPIES.items():
        random = np.random.default_rng(zlib.crc32(f"{path.name} {flaw.value}".encode()))
        names = random.choice(sorted(DAMAGE[flaw]), count, replace=False)
        versions.extend(rounded(DAMAGE[flaw][name](original, random)) for name in names)
    return versions


def _embed(versions: Sequence[NDArray[np.uint8]], encoder: Encoder) -> Vectors:
    prepared = [
        encoder.prepare(Picture(pixels, pixels.shape[1], pixels.shape[0], "JPEG"))
        for pixels in versions
    ]
    size = encoder.batch_size
    return np.concatenate(
        [
            encoder.embed_images(np.stack(prepared[first : first + size]))
            for first in range(0, len(prepared), size)
        ]
    )
