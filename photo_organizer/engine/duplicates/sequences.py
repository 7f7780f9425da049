"""Photos that belong together on purpose: units of one shot, brackets, panoramas, stacks.

None of them is a duplicate. RAW and JPEG are one unit and go together (with what lies beside them,
see `photo_organizer.engine.duplicates.unit_files`); brackets, panoramas and focus stacks are kept
whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from math import log2
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.files.unit_names import unit_stem


class SequenceKind(StrEnum):
    """Why several photos of one scene were taken on purpose."""

    BRACKET = "bracket"
    """The same view at different exposures."""
    PANORAMA = "panorama"
    """A steady pan."""
    FOCUS = "focus"
    """The same view with the focus wandering through it."""


@dataclass(frozen=True, slots=True)
class PhotoSequence:
    """Photos to keep all of, in the order they were taken."""

    kind: SequenceKind
    photos: tuple[int, ...]
    """Photo ids, at least two."""

    @property
    def reason(self) -> Reason:
        """What to tell people."""
        return Reason(f"duplicates.{self.kind.value}", {"count": len(self.photos)})


LONGEST: Final = 100
"""So many shots of a run are looked at for one focus stack."""


@dataclass(frozen=True, slots=True)
class ViewChange:
    """How the view changed from one photo to the next."""

    correlation: float
    shift: tuple[float, float]
    """Along y and x, in half widths of the picture: 0.1 is a twentieth of the view."""
    stretch: tuple[float, float]
    changed: float = 0.0
    """Share of the detail that differs in the part where most of it does, of about 2."""


def units(photos: Sequence[Photo]) -> NDArray[np.int32]:
    """The row of the unit's leader for each photo, (N,); most photos lead themselves.

    A RAW file and a picture of the same name in the same folder are one unit, led by the picture,
    unless both know when they were taken and the times differ. See `unit_names.unit_stem` for what
    counts as the same name.
    """
    leaders = np.arange(len(photos), dtype=np.int32)
    names: dict[tuple[Path, str], list[int]] = defaultdict(list)
    for row, photo in enumerate(photos):
        names[photo.path.parent, unit_stem(photo.path.name)].append(row)
    for rows in names.values():
        pictures = [r for r in rows if photos[r].format != "RAW"]
        for raw in (r for r in rows if photos[r].format == "RAW"):
            same = [r for r in pictures if _same_moment(photos[raw], photos[r])]
            if same:
                leaders[raw] = same[0]
    return leaders


def find_sequences(
    photos: Sequence[Photo],
    steps: Mapping[tuple[int, int], ViewChange],
    focus: NDArray[np.uint8],
    thresholds: Thresholds,
) -> list[PhotoSequence]:
    """Brackets, panoramas and focus stacks among N photos.

    Args:
        photos: the photos; only those with a time and a camera can be in a sequence.
        steps: how the view changed between two rows taken one after the other (first row earlier).
        focus: (N, 4, 4) sharpness by place, 8 steps for each doubling.
        thresholds: thresholds "duplicates.sequence.…".
    """
    found: list[PhotoSequence] = []

    def keep(kind: SequenceKind, parts: Iterable[list[int]]) -> None:
        found.extend(PhotoSequence(kind, tuple(photos[r].id for r in part)) for part in parts)

    for run in _runs(photos, thresholds["duplicates.sequence.seconds"]):
        brackets = [
            part
            for part in _parts(run, lambda a, b: _exposure_differs(photos[a], photos[b]))
            if len(part) >= 3 or (len(part) == 2 and len(run) == 2)
        ]
        keep(SequenceKind.BRACKET, brackets)
        bracketed = {row for part in brackets for row in part}
        rest = [row for row in run if row not in bracketed]
        keep(SequenceKind.PANORAMA, _pans(rest, steps, thresholds["duplicates.sequence.pan"]))
    known = {photo for sequence in found for photo in sequence.photos}
    for run in _runs(photos, thresholds["duplicates.sequence.focus_seconds"]):
        rest = [row for row in run if photos[row].id not in known]
        for still in _parts(rest, lambda a, b: _still(steps.get((a, b)))):
            keep(SequenceKind.FOCUS, _stacks(still, focus))
    return found


def _same_moment(one: Photo, two: Photo) -> bool:
    first, second = one.exif.moment, two.exif.moment
    return first is None or second is None or abs((first - second).total_seconds()) < 1.0


def _runs(photos: Sequence[Photo], seconds: float) -> Iterable[list[int]]:
    """Rows of photos taken one after the other with one camera at one focal length."""
    cameras: dict[tuple[str, float | None], list[tuple[datetime, int]]] = defaultdict(list)
    for row, photo in enumerate(photos):
        exif = photo.exif
        if exif.moment is not None and exif.camera is not None:
            cameras[exif.camera, exif.focal_length].append((exif.moment, row))
    for shots in cameras.values():
        shots.sort()
        run = [shots[0][1]]
        for (earlier, before), (later, row) in pairwise(shots):
            open_for = photos[before].exif.exposure_time or 0.0
            if (later - earlier).total_seconds() - open_for <= seconds:
                run.append(row)
                continue
            yield run
            run = [row]
        yield run


def _parts(run: list[int], joins: Callable[[int, int], bool]) -> Iterable[list[int]]:
    if not run:
        return
    part = run[:1]
    for before, row in pairwise(run):
        if joins(before, row):
            part.append(row)
            continue
        yield part
        part = [row]
    yield part


def _exposure_differs(one: Photo, two: Photo) -> bool:
    """Whether somebody, or the camera's bracketing, changed the exposure between two shots."""
    first, second = one.exif, two.exif
    if first.exposure_bias is not None and second.exposure_bias is not None:
        return abs(first.exposure_bias - second.exposure_bias) >= 0.3
    before, after = _exposure(one), _exposure(two)
    return before is not None and after is not None and abs(before - after) >= 0.9


def _exposure(photo: Photo) -> float | None:
    """Stops of light taken in: log2 of time × ISO / f²; None where Exif does not say."""
    exif = photo.exif
    if not exif.exposure_time or not exif.f_number or not exif.iso:
        return None
    return log2(exif.exposure_time * exif.iso / exif.f_number**2)


def _pans(
    run: list[int], steps: Mapping[tuple[int, int], ViewChange], least: float
) -> Iterable[list[int]]:
    """Parts of a run in which every step moves the view the same way."""
    part, direction = run[:1], (0, 0.0)
    for before, row in pairwise(run):
        axis, moved = _movement(steps.get((before, row)))
        if abs(moved) >= least and (len(part) == 1 or (axis, moved > 0) == direction):
            part.append(row)
            direction = (axis, moved > 0)
            continue
        whole = len(part) >= 3
        if whole:
            yield part
        part = [before, row] if abs(moved) >= least and not whole else [row]
        direction = (axis, moved > 0)
    if len(part) >= 3:
        yield part


def _movement(step: ViewChange | None) -> tuple[int, float]:
    """Along which axis the view moved, and how far."""
    if step is None:
        return 0, 0.0
    axis = int(abs(step.shift[1]) > abs(step.shift[0]))
    return axis, step.shift[axis]


def _still(step: ViewChange | None) -> bool:
    """Whether the view stayed, and nothing in it moved: focus changes fine detail only."""
    return (
        step is not None
        and step.correlation >= 0.6
        and step.changed <= 0.4
        and max(map(abs, step.shift)) < 0.04
        and max(abs(s - 1.0) for s in step.stretch) < 0.04
    )


def _stacks(run: list[int], focus: NDArray[np.uint8]) -> Iterable[list[int]]:
    """Parts of a run of still views through which the focus wanders one way.

    Some place grows steadily sharper, by a doubling at least, while another grows softer. Of a run
    with more in it than one stack the longest parts are taken, one after the other; there, and of
    three shots, a doubling and a half is asked for.
    """
    if len(run) >= 4 and _wander(focus[run], 8)[-1]:
        yield run
        return
    start = 0
    while start < len(run) - 2:
        rows = run[start : start + LONGEST]
        ends = np.flatnonzero(_wander(focus[rows], 12)) + 1
        if len(ends) and ends[-1] >= 2:
            yield rows[: int(ends[-1]) + 1]
            start += int(ends[-1])
        start += 1


def _wander(focus: NDArray[np.uint8], least: int) -> NDArray[np.bool_]:
    """Whether the focus wanders from the first of N shots to each other one, (N - 1,).

    Args:
        focus: (N, 4, 4).
        least: steps that some place must gain, and another lose.
    """
    series = focus.reshape(len(focus), -1).astype(np.int16)
    each, change = np.diff(series, axis=0), series[1:] - series[0]
    # Half a doubling back is within what noise and wind do to a tile.
    grows = np.logical_and.accumulate(each >= -4, axis=0) & (change >= least)
    fades = np.logical_and.accumulate(each <= 4, axis=0) & (change <= -least)
    return np.asarray(grows.any(axis=1) & fades.any(axis=1))
