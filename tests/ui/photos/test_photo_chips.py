from dataclasses import replace

from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.engine.domain.facts import XMP_REJECTED
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flag, Flaw, Result
from photo_organizer.ui.photos.photo_chips import photo_chips
from photo_organizer.ui.session.session import Session
from tests.ui import fakes


def icons(session: Session, result: Result, photo_id: int) -> list[str]:
    return [chip.icon for chip in photo_chips(session, result.photos[photo_id])]


def test_a_photo_of_which_nothing_is_known_has_none(session: Session, result: Result) -> None:
    session.analysis.show(result)
    assert icons(session, result, 1) == []


def test_a_group_tells_its_keeper_and_the_others(session: Session, result: Result) -> None:
    session.analysis.show(result)
    assert icons(session, result, 7) == ["crown"]
    assert icons(session, result, 8) == ["copy"]


def test_closed_eyes_are_told_once(session: Session, result: Result) -> None:
    faces = (fakes.face(), fakes.face(eyes=Eyes.CLOSED))
    session.analysis.show(replace(result, faces={1: faces}))
    assert icons(session, result, 1) == ["eye-closed"]
    flag = Flag(1, Flaw.EYES_CLOSED, 0.9, 0.5, Reason("duplicates.next_keeper"))
    session.analysis.show(replace(result, faces={1: faces}, flags=(flag,)))
    assert icons(session, result, 1) == ["triangle-alert"]


def test_a_flaw_is_named_without_its_number(session: Session, result: Result) -> None:
    session.analysis.show(result)
    (chip,) = photo_chips(session, result.photos[6])
    assert chip.icon == "triangle-alert"
    assert ":" not in chip.text
    assert chip.text[:1].isupper()


def test_a_rejection_by_another_program_is_told(session: Session, result: Result) -> None:
    photo = result.photos[1]
    rejected = replace(photo, exif=replace(photo.exif, rating=XMP_REJECTED))
    session.analysis.show(replace(result, photos=PhotoDict({**result.photos, 1: rejected})))
    assert icons(session, session.shown.result, 1) == ["ban"]
