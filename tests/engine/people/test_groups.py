"""What is judged of faces that are seen in several photos of one group."""

from __future__ import annotations

import pytest

from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.people import groups
from photo_organizer.engine.people.groups import GroupedFaces, seen_alone
from tests.engine.people.faces import CLOSED, OPEN, face

USUAL = Thresholds()


def eyes(*openness: float, takes: int | None = None, **how: float) -> list[Eyes]:
    """What is said of somebody's eyes in takes of one moment."""
    faces = [(face(openness=value, **how),) for value in openness]
    rows = range(len(faces))
    seen = GroupedFaces(faces).seen(rows, rows[:takes], USUAL)
    return [seen[row][0].eyes for row in rows]


def test_a_person_is_compared_with_themselves() -> None:
    """Laughing slits stay open, where they are nobody's usual eyes."""
    assert eyes(0.26, 0.26, 0.18, 0.10) == [Eyes.OPEN, Eyes.OPEN, Eyes.OPEN, Eyes.CLOSED]


def test_wide_eyes_that_are_half_shut_are_closed() -> None:
    assert eyes(0.42, 0.42, 0.42, 0.23) == [*[Eyes.OPEN] * 3, Eyes.CLOSED]


def test_between_open_and_closed_nobody_can_tell() -> None:
    assert eyes(0.30, 0.30, 0.30, 0.30 * 0.61)[-1] is Eyes.CANT_TELL


def test_two_takes_say_too_little_of_a_person() -> None:
    assert eyes(0.42, 0.22) == [Eyes.OPEN, Eyes.CANT_TELL]


@pytest.mark.parametrize("blinks", range(5))
def test_open_eyes_are_open_however_many_blinks_surround_them(blinks: int) -> None:
    assert eyes(OPEN, *[CLOSED] * blinks) == [Eyes.OPEN, *[Eyes.CLOSED] * blinks]


def test_who_sleeps_in_every_take_has_closed_eyes() -> None:
    assert eyes(CLOSED, CLOSED, CLOSED * 1.1) == [Eyes.CLOSED] * 3


def test_of_who_never_opens_them_wide_nobody_can_tell() -> None:
    """Laughing in every take, or asleep."""
    assert eyes(0.18, 0.18, 0.17) == [Eyes.CANT_TELL] * 3
    assert eyes(0.18, 0.18, 0.18, 0.05)[-1] is Eyes.CLOSED


def test_copies_of_one_take_say_nothing_of_what_is_usual() -> None:
    assert eyes(0.18, 0.18, 0.18, takes=1) == [Eyes.CLOSED] * 3


@pytest.mark.parametrize("how", [{"size": 20.0}, {"yaw": 60.0}])
def test_of_whom_nobody_can_tell_that_stays_so(how: dict[str, float]) -> None:
    assert eyes(0.4, 0.4, 0.1, **how) == [Eyes.CANT_TELL] * 3


def test_who_is_turned_away_in_one_take_is_judged_by_the_others() -> None:
    away = face(openness=0.9, yaw=70)
    faces = [(face(openness=0.3),), (face(openness=0.3),), (face(openness=0.3),), (away,)]
    seen = GroupedFaces(faces).seen(range(4), range(4), USUAL)
    assert [seen[row][0].eyes for row in range(4)] == [*[Eyes.OPEN] * 3, Eyes.CANT_TELL]
    assert {seen[row][0].person for row in range(4)} == {0}


def test_photos_without_faces_are_left_out() -> None:
    faces = GroupedFaces([None, (), (face(),)])
    assert faces.rows == (2,)
    assert set(faces.seen(range(3), range(3), USUAL)) == {2}
    assert GroupedFaces(()).seen([0, 1], [0], USUAL) == {}


def test_who_is_who_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = groups.same_persons
    monkeypatch.setattr(groups, "same_persons", lambda *a: asked.append(1) or real(*a))
    faces = GroupedFaces([(face(),), (face(),)])
    first = faces.seen([0, 1], [0, 1], USUAL)
    assert faces.seen([1, 0], [0, 1], USUAL.with_change("people.eyes.open", 0.3)) == first
    assert len(asked) == 1
    assert faces.seen([0, 1], [0, 1], USUAL.with_change("people.person.look", 20)) == first
    assert len(asked) == 2


def test_alone_nobody_has_a_number() -> None:
    (seen,) = seen_alone([face(openness=OPEN)], USUAL)
    assert (seen.person, seen.eyes) == (None, Eyes.OPEN)
