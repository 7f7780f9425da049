"""Which of several photos to keep, in an order of criteria that people can read and change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Photo, Vectors
from photo_organizer.engine.domain.keeper_criteria import CRITERIA
from photo_organizer.engine.domain.results import Flaw, Reason
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.pixels.fingerprints import FOCUS_SIDE

LOSSY: Final = ("JPEG", "WEBP", "HEIF", "AVIF", "MPO", "JPEG2000")
"""Formats that lose something when they are saved."""

CAMERA_FORMATS: Final = ("JPEG", "MPO", "HEIF")
"""Formats that cameras write; the others are exports, unless they name a camera."""

_COPY_NAME: Final = re.compile(r"(\(\d+\)|copy|kopie|복사본|사본|~\d*)\W*\d*$", re.IGNORECASE)

_UNCOMPRESSED: Final = 24.0
"""Bits a pixel of formats that lose nothing; so many are as good as any."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known about N photos for good, column by column."""

    pixels: NDArray[np.float64]
    """Width × height."""
    size: NDArray[np.float64]
    """Bytes of the file."""
    lossy: NDArray[np.int8]
    """Which lossy format, -1 for formats that lose nothing."""
    original: NDArray[np.int8]
    """3 with a RAW file, 2 with the name of a camera, 1 for a camera's format, else 0."""
    exif: NDArray[np.int32]
    """Exif fields."""
    time: NDArray[np.float64]
    """Seconds since 1970 when it was taken, or else last changed."""
    plain_name: NDArray[np.bool_]
    """The name does not say "copy"."""
    depth: NDArray[np.int32]
    """Folders above the file."""
    rating: NDArray[np.int8]
    """Stars by Exif."""
    sharpness: Vectors
    """Of the sharpest quarter, in doublings."""
    bordered: NDArray[np.bool_]
    """An even border was added."""


def traits(
    photos: Sequence[Photo],
    leader: NDArray[np.int32],
    taken: NDArray[np.float64],
    fields: NDArray[np.void],
) -> Traits:
    """The traits of N photos.

    Args:
        photos: the photos.
        leader: (N,) leaders of units: a RAW file counts for its leader.
        taken: (N,) seconds since 1970, NaN where unknown.
        fields: (N,) unpacked fingerprints.
    """
    formats = {name: number for number, name in enumerate(LOSSY)}
    original = np.array([_original(p) for p in photos], np.int8)
    np.maximum.at(original, leader, original.copy())
    changed = np.array([p.identity.mtime_ns for p in photos], np.float64) / 1e9
    focus = np.sort(fields["focus"].reshape(len(photos), FOCUS_SIDE**2), axis=1)[:, -4:]
    return Traits(
        pixels=np.array([p.width * p.height for p in photos], np.float64),
        size=np.array([p.identity.size for p in photos], np.float64),
        lossy=np.array([formats.get(p.format, -1) for p in photos], np.int8),
        original=original,
        exif=np.array([p.exif.fields for p in photos], np.int32),
        time=np.where(np.isnan(taken), changed, taken),
        plain_name=np.array([_COPY_NAME.search(p.path.stem) is None for p in photos], np.bool_),
        depth=np.array([len(p.path.parts) for p in photos], np.int32),
        rating=np.array([p.exif.rating or 0 for p in photos], np.int8),
        sharpness=np.asarray(focus.mean(axis=1) / 8.0, np.float32),
        bordered=fields["bordered"].astype(np.bool_),
    )


def _original(photo: Photo) -> int:
    if photo.format == "RAW":
        return 3
    return 2 if photo.exif.camera is not None else int(photo.format in CAMERA_FORMATS)


_REJECTED = -1


class Merits:
    """What some of the photos are good for, under some decisions; more is better.

    Args:
        rows: (M,) the photos, of N.
        photos: all N.
        known: their traits.
        flaws: (N, len(Flaw)) certainty of each flaw, 0 to 1.
        scores: (N,) highlight scores, 0 to 1.
        decisions: the user's ratings and protected folders.
        thresholds: the steps within which photos count as equal.
    """

    def __init__(
        self,
        rows: NDArray[np.int32],
        photos: Sequence[Photo],
        known: Traits,
        *,
        flaws: Vectors,
        scores: NDArray[np.float32],
        decisions: Decisions,
        thresholds: Thresholds,
    ) -> None:
        self.rows = rows
        self.known = known
        self.flaws = flaws
        self._flaw_step = thresholds["duplicates.step.flaw"]
        self._place = np.zeros(len(photos), np.int32)
        self._place[rows] = np.arange(len(rows))
        rated = known.rating[rows]
        if decisions.ratings:
            # The user's own word beats the file's; a rejected photo loses to an unrated one.
            given = [decisions.ratings.get(photos[r].content_hash) for r in rows.tolist()]
            rated = np.array(
                [
                    of_file if own is None else own or _REJECTED
                    for of_file, own in zip(rated.tolist(), given, strict=True)
                ],
                np.int8,
            )
        rows_flaws = np.round(flaws[rows] / self._flaw_step)
        bits = np.where(
            known.lossy[rows] < 0, _UNCOMPRESSED, 8.0 * known.size[rows] / known.pixels[rows]
        )
        self._values: dict[str, NDArray[Any]] = {
            "rated": rated,
            "protected": _protected(rows, photos, decisions),
            "unflawed": -rows_flaws.sum(axis=1),
            "sharper": np.round(known.sharpness[rows] / thresholds["duplicates.step.sharpness"]),
            "highlight": np.round(scores[rows] / thresholds["duplicates.step.highlight"]),
            "pixels": np.round(np.log2(known.pixels[rows]) / thresholds["duplicates.step.pixels"]),
            "compression": np.round(np.log2(bits) / thresholds["duplicates.step.bytes"]),
            "original": known.original[rows],
            "exif": known.exif[rows],
            "older": -known.time[rows],
            "plain_name": known.plain_name[rows],
            "shallow": -known.depth[rows],
        }

    def of(self, criterion: str, rows: NDArray[np.int32]) -> NDArray[Any]:
        """The values of one criterion for some of the photos."""
        return self._values[criterion][self._place[rows]]

    def ranks(self, order: Sequence[str]) -> NDArray[np.int32]:
        """The place of each of the N photos, 0 the best; those not asked for come last."""
        columns = [self._values[name].astype(np.float64) for name in order]
        keys = np.stack([self.rows, *(-column for column in reversed(columns))])
        ranks = np.full(len(self._place), len(self.rows), np.int32)
        ranks[self.rows[np.lexsort(keys)]] = np.arange(len(self.rows), dtype=np.int32)
        return ranks

    def reasons(
        self, keepers: NDArray[np.int32], others: NDArray[np.int32], order: Sequence[str]
    ) -> list[Reason]:
        """Why each keeper won, compared with the last photo of its group.

        What tells those two apart is the first criterion that tells any two photos of the group
        apart, and in that no photo of the group is better than the keeper.
        """
        if not len(keepers):
            return []
        better = np.stack([self.of(name, keepers) != self.of(name, others) for name in order])
        first = np.where(better.any(axis=0), better.argmax(axis=0), len(order))
        codes = [*order, "equal"]
        softer = self._softer(keepers, others)
        times = self.known.pixels[keepers] / self.known.pixels[others]
        return [
            _reason(codes[place], soft, ratio) if codes[place] in _COMPARED else _SAID[codes[place]]
            for place, soft, ratio in zip(
                first.tolist(), softer.tolist(), times.tolist(), strict=True
            )
        ]

    def _softer(self, keepers: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether what is wrong with the others is above all that they are not sharp."""
        worse = self.flaws[others] - self.flaws[keepers]
        blurs = [list(Flaw).index(Flaw.BLUR), list(Flaw).index(Flaw.MOTION)]
        return np.asarray(np.isin(worse.argmax(axis=1), blurs))


_SAID: Final = {
    code: Reason(f"duplicates.{code}") for code in (*CRITERIA, "equal") if code != "pixels"
}


_COMPARED: Final = ("unflawed", "sharper", "pixels")
"""Criteria whose sentence says more than their name."""


def _reason(code: str, softer: bool, times: float) -> Reason:
    if code == "unflawed" and softer:
        code = "sharper"
    if code == "pixels" or (code in ("unflawed", "sharper") and times >= 1.5):
        named = "pixels" if code == "pixels" else f"{code}_pixels"
        return Reason(
            f"duplicates.{named}", {"times": f"{times:.2g}" if times < 10 else f"{times:.0f}"}
        )
    return _SAID[code]


def _protected(
    rows: NDArray[np.int32], photos: Sequence[Photo], decisions: Decisions
) -> NDArray[np.bool_]:
    if not decisions.protected:
        return np.zeros(len(rows), np.bool_)
    folders: dict[Path, bool] = {}
    answers = []
    for row in rows.tolist():
        path = photos[row].path
        folder = path.parent
        if folder not in folders:
            folders[folder] = decisions.is_protected(path)
        answers.append(folders[folder])
    return np.array(answers, np.bool_)
