"""One export from beginning to end: what is asked for, what is in its way, and the work itself.

The window's sheet and ``photo-organizer best`` both describe an `ExportJob` and carry it out here.
What reads pictures is imported by the work only: a window describes jobs without loading it.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, assert_never

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.export import naming
from photo_organizer.engine.export.copy_form import AS_THEY_ARE, CopyForm, Making
from photo_organizer.engine.export.errors import ExportError
from photo_organizer.engine.export.naming import TEMPLATE
from photo_organizer.engine.files import folders
from photo_organizer.engine.highlights.selection import Selection

if TYPE_CHECKING:
    from photo_organizer.engine.export.ratings import StarsOf


class ExportKind(StrEnum):
    """What is made."""

    COPIES = "copies"
    SHEET = "sheet"
    RATINGS = "ratings"


@dataclass(frozen=True, slots=True)
class ExportJob:
    """What to make of chosen photos, and how."""

    kind: ExportKind
    place: Path | None = None
    """The folder of copies or the file of a contact sheet; None where nothing is written there."""
    template: str = TEMPLATE
    """Names of copies, see `naming.targets`."""
    link: bool = False
    """Hard links instead of copies."""
    form: CopyForm = AS_THEY_ARE
    """What copies are like; links are the files themselves."""
    rates: bool = False
    """Write ratings beside the copies."""
    unrated: int = 0
    """Stars for photos that the user gave none; 0: none."""

    @property
    def writes_ratings(self) -> bool:
        """Whether ratings are written, beside the copies or beside the photos."""
        return self.kind is ExportKind.RATINGS or (self.kind is ExportKind.COPIES and self.rates)


@dataclass(frozen=True, slots=True)
class Survey:
    """What an export would meet."""

    taken: int = 0
    """So many names exist there already; what has them is left as it is."""
    needed: int = 0
    """Bytes of the copies; about so many where they are encoded."""
    encoded: int = 0
    """So many copies are made as JPEG; the others hold the picture byte by byte."""
    free: int = 0
    """Bytes that the drive of the copies has left."""


@dataclass(frozen=True, slots=True)
class ExportStep:
    """One photo is dealt with."""

    path: Path
    """Of the photo."""
    done: int
    """Photos dealt with so far."""
    total: int
    made: Path | None = None
    """What is there now, to be shown in its folder: the copy, the contact sheet, or the photo that
    has a rating. None where nothing was made, or nothing was wanted for this photo."""
    problem: Reason | None = None
    """Why it, or its rating, was left out."""


def check(job: ExportJob) -> None:
    """Refuse what cannot succeed, before an hour of work; nothing is written.

    Raises:
        ExportError: the name template is none, or nothing can be written to that place.
    """
    from photo_organizer.engine.export import contact_sheet, copies

    place = _place(job)
    match job.kind:
        case ExportKind.COPIES:
            naming.check_template(job.template)
            copies.check_folder(place)
        case ExportKind.SHEET:
            contact_sheet.check(place)
            copies.check_folder(place.parent)
        case ExportKind.RATINGS:
            pass
        case _:
            assert_never(job.kind)


def survey(job: ExportJob, selections: Sequence[Selection]) -> Survey:
    """Look at the place of an export before it is made; nothing is written.

    Args:
        job: what would be made.
        selections: of which photos.

    Raises:
        ExportError: see `check`; or the template gives one name to two photos, or the drive cannot
            be asked.
    """
    try:
        check(job)
        if job.kind is not ExportKind.COPIES:
            return Survey()
        place = _place(job).absolute()
        targets = naming.targets(selections, place, job.template, _form(job))
        open_names = [target for target in targets if not os.path.lexists(target.path)]
        return Survey(
            taken=len(targets) - len(open_names),
            needed=sum(_form(job).about(target.chosen.photo) for target in open_names),
            encoded=sum(
                _form(job).making(target.chosen.photo) is Making.ENCODED for target in open_names
            ),
            free=shutil.disk_usage(folders.nearest(place) or place).free,
        )
    except OSError as error:
        raise ExportError("export.failed", message=system_message(error)) from error


def carry_out(
    job: ExportJob,
    selections: Sequence[Selection],
    own_stars: Mapping[bytes, int],
    cancel: threading.Event | None = None,
) -> Iterator[ExportStep]:
    """Do a job, photo by photo; nothing that exists is overwritten.

    Args:
        job: what to make.
        selections: of which photos; their names name folders and headings.
        own_stars: the user's, by `Photo.content_hash`; 0 is a rejection.
        cancel: nothing more is begun once it is set; of a contact sheet there is nothing then.

    Yields:
        What became of each photo, in their order. A contact sheet is there when the last one came.

    Raises:
        ExportError: see `survey`; or a contact sheet cannot be drawn or written.
    """
    from photo_organizer.engine.export import ratings

    photos = [chosen.photo for selection in selections for chosen in selection.photos]
    stars_of = ratings.own_stars_or(own_stars, job.unrated)
    check(job)
    match job.kind:
        case ExportKind.COPIES:
            outcomes = _copy(job, selections, stars_of if job.rates else None, cancel)
        case ExportKind.SHEET:
            outcomes = _draw(_place(job), selections, cancel)
        case ExportKind.RATINGS:
            outcomes = _rate(photos, stars_of, cancel)
        case _:
            assert_never(job.kind)
    for done, outcome in enumerate(outcomes, 1):
        yield ExportStep(outcome.path, done, len(photos), outcome.made, outcome.problem)


class _Outcome(NamedTuple):
    """What became of one photo, see `ExportStep`."""

    path: Path
    made: Path | None = None
    problem: Reason | None = None


def _copy(
    job: ExportJob,
    selections: Sequence[Selection],
    stars_of: StarsOf | None,
    cancel: threading.Event | None,
) -> Iterator[_Outcome]:
    from photo_organizer.engine.export import copies
    from photo_organizer.engine.export.copies import Copied, NotCopied

    form = _form(job)
    targets = naming.targets(selections, _place(job).absolute(), job.template, form)
    for event in copies.copy_all(
        targets, link=job.link, form=form, stars_of=stars_of, cancel=cancel
    ):
        match event:
            case Copied(photo, path, unrated):
                yield _Outcome(photo.path, path, unrated)
            case NotCopied(photo, reason):
                yield _Outcome(photo.path, problem=reason)


def _draw(
    file: Path, selections: Sequence[Selection], cancel: threading.Event | None
) -> Iterator[_Outcome]:
    from photo_organizer.engine.export import contact_sheet
    from photo_organizer.engine.export.contact_sheet import Drawn, NotDrawn

    for event in contact_sheet.draw(selections, file, cancel):
        match event:
            case Drawn(path):
                yield _Outcome(path, file)
            case NotDrawn(path, reason):
                yield _Outcome(path, problem=reason)


def _rate(
    photos: Sequence[Photo], stars_of: StarsOf, cancel: threading.Event | None
) -> Iterator[_Outcome]:
    from photo_organizer.engine.export import ratings
    from photo_organizer.engine.export.ratings import HasRating, NoRatingWanted, RatingNotWritten

    for event in ratings.write_all(photos, stars_of, cancel):
        match event:
            case HasRating(photo):
                yield _Outcome(photo.path, photo.path)
            case RatingNotWritten(photo, reason):
                yield _Outcome(photo.path, problem=reason)
            case NoRatingWanted(photo):
                yield _Outcome(photo.path)


def _form(job: ExportJob) -> CopyForm:
    """What its copies are like."""
    return AS_THEY_ARE if job.link else job.form


def _place(job: ExportJob) -> Path:
    """Where it goes; what is written beside photos goes nowhere else."""
    return job.place or Path()
