"""Which of several photos to keep, in an order of criteria that people can read and change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import XMP_REJECTED, Photo, Vectors
from photo_organizer.engine.domain.keeper_criteria import CRITERIA
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.held import Held
from photo_organizer.engine.duplicates.organised import organised
from photo_organizer.engine.files.formats import FORMATS
from photo_organizer.engine.pixels.fingerprints import FOCUS_SIDE

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
    organised: NDArray[np.int8]
    """How much order the names of its folders show, see `organised.organised`."""
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
        taken: (N,) seconds since 1970 by the best date, NaN where unknown.
        fields: (N,) unpacked fingerprints.
    """
    lossy = [name for name, known in FORMATS.items() if known.lossy]
    numbers = {name: number for number, name in enumerate(lossy)}
    original = np.array([_original(p) for p in photos], np.int8)
    np.maximum.at(original, leader, original.copy())
    changed = np.array([p.identity.mtime_ns for p in photos], np.float64) / 1e9
    focus = np.sort(fields["focus"].reshape(len(photos), FOCUS_SIDE**2), axis=1)[:, -4:]
    return Traits(
        pixels=np.array([p.width * p.height for p in photos], np.float64),
        size=np.array([p.identity.size for p in photos], np.float64),
        lossy=np.array([numbers.get(p.format, -1) for p in photos], np.int8),
        original=original,
        exif=np.array([p.exif.fields for p in photos], np.int32),
        time=np.where(np.isnan(taken), changed, taken),
        plain_name=np.array([_COPY_NAME.search(p.path.stem) is None for p in photos], np.bool_),
        organised=_organised(photos),
        rating=np.array([p.exif.rating or 0 for p in photos], np.int8),
        sharpness=np.asarray(focus.mean(axis=1) / 8.0, np.float32),
        bordered=fields["bordered"].astype(np.bool_),
    )


def _organised(photos: Sequence[Photo]) -> NDArray[np.int8]:
    folders = [photo.path.parent for photo in photos]
    order = organised(folders)
    return np.array([order[folder] for folder in folders], np.int8)


def _original(photo: Photo) -> int:
    if photo.format == "RAW":
        return 3
    if photo.exif.camera is not None:
        return 2
    return int(photo.format in FORMATS and FORMATS[photo.format].from_cameras)


_ROUNDING: Final = 1e-6
"""Of numbers that are a step apart but for the last bits."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """M of N photos to choose from, and all that is known about them."""

    rows: NDArray[np.int32]
    """(M,) which of the N photos."""
    photos: Sequence[Photo]
    """All N."""
    known: Traits
    """Of all N."""
    flaws: Vectors
    """(N, len(Flaw)) certainty of each flaw, 0 to 1."""
    scores: NDArray[np.float32]
    """(N,) highlight scores, 0 to 1."""
    decisions: Decisions
    """The user's ratings, protected folders and those to keep from."""
    holds: NDArray[np.int32]
    """(N,) how much each file holds beside its picture: see `grouping.group`."""
    noise: Vectors
    """(N,) doublings of noise that another version of the picture does without."""


def _rated(among: Candidates) -> NDArray[Any]:
    of_files, given = among.known.rating[among.rows], among.decisions.ratings
    if not given:
        return of_files
    # The user's own word beats the file's; a rejected photo loses to an unrated one.
    own = [given.get(among.photos[row].content_hash) for row in among.rows.tolist()]
    return np.array(
        [
            of_file if stars is None else stars or XMP_REJECTED
            for of_file, stars in zip(of_files.tolist(), own, strict=True)
        ],
        np.int8,
    )


def _below(among: Candidates, chosen: Sequence[Path]) -> NDArray[Any]:
    """Whether each photo lies in or below one of the chosen folders."""
    if not chosen:
        return np.zeros(len(among.rows), np.bool_)
    folders: dict[Path, bool] = {}
    answers = []
    for row in among.rows.tolist():
        folder = among.photos[row].path.parent
        if folder not in folders:
            folders[folder] = any(folder.is_relative_to(one) for one in chosen)
        answers.append(folders[folder])
    return np.array(answers, np.bool_)


def _compression(among: Candidates) -> NDArray[Any]:
    known, rows = among.known, among.rows
    bits = np.where(
        known.lossy[rows] < 0, _UNCOMPRESSED, 8.0 * known.size[rows] / known.pixels[rows]
    )
    return np.asarray(np.log2(bits))


@dataclass(frozen=True, slots=True)
class Measure:
    """How photos are measured by one criterion."""

    values: Callable[[Candidates], NDArray[Any]]
    """(M,) numbers, or (M, K) of which each counts; more is better."""
    step: str | None = None
    """Which step of ``[step]`` in ``resources/thresholds/duplicates.toml``: photos that differ by
    less count as equal, so that chance does not choose. None: any difference counts."""


MEASURES: Final[Mapping[str, Measure]] = {
    "rated": Measure(_rated),
    "protected": Measure(lambda among: _below(among, among.decisions.protected)),
    "keep_from": Measure(lambda among: _below(among, among.decisions.keep_from)),
    "holds": Measure(lambda among: among.holds[among.rows]),
    "cleaner": Measure(lambda among: -among.noise[among.rows], "noise"),
    "unflawed": Measure(lambda among: -among.flaws[among.rows], "flaw"),
    "sharper": Measure(lambda among: among.known.sharpness[among.rows], "sharpness"),
    "highlight": Measure(lambda among: among.scores[among.rows], "highlight"),
    "pixels": Measure(lambda among: np.log2(among.known.pixels[among.rows]), "pixels"),
    "compression": Measure(_compression, "bytes"),
    "original": Measure(lambda among: among.known.original[among.rows]),
    "exif": Measure(lambda among: among.known.exif[among.rows]),
    "older": Measure(lambda among: -among.known.time[among.rows]),
    "plain_name": Measure(lambda among: among.known.plain_name[among.rows]),
    "organised": Measure(lambda among: among.known.organised[among.rows]),
}
"""How each of `CRITERIA` is measured that a photo can be good in by itself; those of faces compare
two takes: see `face_merits`."""


class Merits:
    """What some of the photos are good for, under some decisions; more is better.

    Args:
        rows: (M,) the photos, of N.
        photos: all N.
        known: their traits.
        flaws: (N, len(Flaw)) certainty of each flaw, 0 to 1.
        scores: (N,) highlight scores, 0 to 1.
        decisions: the user's ratings, protected folders and those to keep from.
        thresholds: the steps within which photos count as equal.
        holds: (N,) how much each file holds beside its picture; None: as much as the others.
        noise: (N,) doublings of noise that another version of the picture does without; None: 0.
        held: tells what one holds more than another; None: nothing.
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
        holds: NDArray[np.int32] | None = None,
        noise: Vectors | None = None,
        held: Held | None = None,
    ) -> None:
        self.rows = rows
        self.photos = photos
        self._linked = np.array([photos[row].identity.linked for row in rows.tolist()], np.bool_)
        self._held = held
        self.known = known
        self.flaws = flaws
        self._place = np.zeros(len(photos), np.int32)
        self._place[rows] = np.arange(len(rows))
        holds = np.zeros(len(photos), np.int32) if holds is None else holds
        noise = np.zeros(len(photos), np.float32) if noise is None else noise
        among = Candidates(rows, photos, known, flaws, scores, decisions, holds, noise)
        self._values = {
            name: np.asarray(measure.values(among), np.float64).reshape(len(rows), -1)
            for name, measure in MEASURES.items()
        }
        self._steps = {
            name: thresholds[f"duplicates.step.{measure.step}"]
            for name, measure in MEASURES.items()
            if measure.step is not None
        }

    def of(self, criterion: str, rows: NDArray[np.int32]) -> NDArray[Any]:
        """One criterion for some of the photos, in whole steps from 0: (M,) numbers."""
        return self._in_steps(criterion)[self._place[rows]]

    def _in_steps(self, criterion: str) -> NDArray[np.float64]:
        values = self._values[criterion]
        if criterion in self._steps:
            values = np.round(values / self._steps[criterion])
        return np.asarray(values.sum(axis=1))

    def between(
        self, criterion: str, ones: NDArray[np.int32], twos: NDArray[np.int32]
    ) -> NDArray[np.int8]:
        """Which photo of each pair is better by one criterion: 1 the first, -1 the second, 0 none.

        Steps are counted from one to the other: whoever is a step better is better, wherever the
        two lie on the scale. So a may equal b, and b c, while c is better than a.
        """
        values = self._values[criterion]
        ahead = values[self._place[ones]] - values[self._place[twos]]
        if criterion in self._steps:
            ahead = np.trunc(ahead / self._steps[criterion] * (1.0 + _ROUNDING))
        return np.asarray(np.sign(ahead.sum(axis=1)), np.int8)

    def are_linked(self, rows: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Which of some of the photos only a link leads to."""
        return np.asarray(self._linked[self._place[rows]])

    def ranks(self, order: Sequence[str]) -> NDArray[np.int32]:
        """The place of each of the N photos, 0 the best; those not asked for come last.

        Faces do not count here: they can only be compared within a group.
        """
        columns = [self._in_steps(name) for name in order if name in MEASURES]
        # What lies elsewhere can stay for nothing, however good it is.
        keys = np.stack([self.rows, *(-column for column in reversed(columns)), self._linked])
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
        order = [name for name in order if name in MEASURES]
        better = np.stack([self.of(name, keepers) != self.of(name, others) for name in order])
        if "holds" in order:
            # The keeper may hold no more than this one: another photo of the group does.
            better[order.index("holds")] &= self.hold_more(keepers, others)
        first = np.where(better.any(axis=0), better.argmax(axis=0), len(order))
        first[self.are_linked(keepers) != self.are_linked(others)] = len(order) + 1
        codes = [*order, "equal", "linked"]
        return self.said([codes[place] for place in first.tolist()], keepers, others)

    def hold_more(self, keepers: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether something can be named that each keeper holds and the other one lacks."""
        return np.array([bool(said) for said in self._more(keepers, others)], np.bool_)

    def said(
        self, codes: Sequence[str], keepers: NDArray[np.int32], others: NDArray[np.int32]
    ) -> list[Reason]:
        """Why each keeper is better than another photo, in a sentence.

        Args:
            codes: for each pair the one of `MEASURES` that decided, "equal" or "linked".
            keepers: the better photo of each pair.
            others: the other one.
        """
        softer = self._softer(keepers, others)
        times = self.known.pixels[keepers] / self.known.pixels[others]
        return [
            Reason("keepers.holds", items=self._more_of(keeper, other))
            if code == "holds"
            else _reason(code, soft, ratio)
            for code, keeper, other, soft, ratio in zip(
                codes,
                keepers.tolist(),
                others.tolist(),
                softer.tolist(),
                times.tolist(),
                strict=True,
            )
        ]

    def _more(
        self, keepers: NDArray[np.int32], others: NDArray[np.int32]
    ) -> list[tuple[Reason, ...]]:
        return [
            self._more_of(one, other)
            for one, other in zip(keepers.tolist(), others.tolist(), strict=True)
        ]

    def _more_of(self, keeper: int, other: int) -> tuple[Reason, ...]:
        return self._held.more(keeper, other) if self._held else ()

    def _softer(self, keepers: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether what is wrong with the others is above all that they are not sharp."""
        worse = self.flaws[others] - self.flaws[keepers]
        unsharp = np.array([flaw.is_unsharp for flaw in Flaw])
        return np.asarray(unsharp[worse.argmax(axis=1)])


_SAID: Final = {code: Reason(f"keepers.{code}") for code in (*CRITERIA, "equal", "linked")}


def _reason(code: str, softer: bool, times: float) -> Reason:
    if code == "unflawed" and softer:
        code = "sharper"
    if code == "pixels" or (code in ("unflawed", "sharper") and times >= 1.5):
        named = "pixels" if code == "pixels" else f"{code}_pixels"
        return Reason(
            f"keepers.{named}", {"times": f"{times:.2g}" if times < 10 else f"{times:.0f}"}
        )
    return _SAID[code]
