"""How the faces of two takes of one moment compare, and what is said of it."""

from __future__ import annotations

import numpy as np
import pytest

from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.face_merits import EYES, SHARP, FaceMerits
from photo_organizer.engine.people.groups import GroupedFaces
from tests.engine.people.faces import CLOSED, HALF, OPEN, face

USUAL = Thresholds()


def person(number: int, wide: float = 0.1, **how: float) -> Face:
    return face(number, at=(0.25 * number, 0.3), wide=wide, **how)


def compared(criterion: str, *takes: list[Face]) -> tuple[int, str]:
    """Which of the first two takes is better, and why it is, in English."""
    rows = range(len(takes))
    seen = GroupedFaces([tuple(faces) for faces in takes]).seen(rows, rows, USUAL)
    merits = FaceMerits(len(takes), [seen], USUAL)
    first, second = (np.array([row], np.int32) for row in (0, 1))
    better = int(merits.between(criterion, first, second)[0])
    assert int(merits.between(criterion, second, first)[0]) == -better
    if not better:
        return 0, ""
    keeper, other = (0, 1) if better > 0 else (1, 0)
    return better, merits.reason(criterion, keeper, other).text()


def eyes(*openness: float, wide: tuple[float, ...] = (0.1,) * 4) -> list[Face]:
    return [
        person(number, how_wide, openness=value)
        for number, (value, how_wide) in enumerate(zip(openness, wide, strict=False))
    ]


def sharp(*sharpness: float, wide: tuple[float, ...] = (0.1,) * 4) -> list[Face]:
    return [
        person(number, how_wide, sharpness=value)
        for number, (value, how_wide) in enumerate(zip(sharpness, wide, strict=False))
    ]


@pytest.mark.parametrize(
    ("better", "worse", "reason"),
    [
        (eyes(OPEN), eyes(CLOSED), "the eyes are open"),
        (eyes(OPEN, OPEN), eyes(OPEN, CLOSED), "everyone's eyes are open"),
        (eyes(OPEN, CLOSED), eyes(CLOSED, CLOSED), "one more person has open eyes"),
        (eyes(OPEN, OPEN, HALF), eyes(CLOSED, CLOSED, OPEN), "2 more people have open eyes"),
        (
            eyes(OPEN, CLOSED, wide=(0.2, 0.1)),
            eyes(CLOSED, OPEN, wide=(0.2, 0.1)),
            "the eyes of the person in front are open",
        ),
        (
            eyes(OPEN, CLOSED, OPEN, CLOSED, wide=(0.2, 0.1, 0.19, 0.1)),
            eyes(CLOSED, OPEN, CLOSED, OPEN, wide=(0.2, 0.1, 0.19, 0.1)),
            "the eyes of larger faces are open",
        ),
    ],
)
def test_open_eyes(better: list[Face], worse: list[Face], reason: str) -> None:
    assert compared(EYES, better, worse) == (1, reason)
    assert compared(EYES, worse, better) == (-1, reason)


@pytest.mark.parametrize(
    ("better", "worse", "reason"),
    [
        (sharp(0.4), sharp(0.1), "the face is sharper"),
        (sharp(0.4, 0.4), sharp(0.1, 0.1), "the faces are sharper"),
        (sharp(0.4, 0.4, 0.2), sharp(0.1, 0.1, 0.2), "2 faces are sharper"),
        (sharp(0.4, 0.2), sharp(0.1, 0.2), "one face is sharper"),
        (
            sharp(0.4, 0.2, wide=(0.2, 0.1)),
            sharp(0.1, 0.2, wide=(0.2, 0.1)),
            "the face in front is sharper",
        ),
        (
            sharp(0.4, 0.1, 0.4, wide=(0.2, 0.1, 0.19)),
            sharp(0.1, 0.4, 0.1, wide=(0.2, 0.1, 0.19)),
            "larger faces are sharper",
        ),
    ],
)
def test_sharp_faces(better: list[Face], worse: list[Face], reason: str) -> None:
    assert compared(SHARP, better, worse) == (1, reason)
    assert compared(SHARP, worse, better) == (-1, reason)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (eyes(OPEN), eyes(OPEN)),
        (eyes(OPEN), eyes(HALF)),
        (eyes(HALF), eyes(CLOSED)),
        (eyes(OPEN), []),
        ([person(1, openness=OPEN)], [person(2, openness=CLOSED)]),
        ([person(0, openness=OPEN)], [person(0, openness=CLOSED, yaw=70)]),
        ([face(wide=0.03, openness=OPEN)], [face(wide=0.03, openness=CLOSED)]),
        # Somebody far behind blinks.
        (eyes(OPEN, OPEN, wide=(0.4, 0.05)), eyes(OPEN, CLOSED, wide=(0.4, 0.05))),
    ],
)
def test_who_cannot_be_told_or_compared_counts_for_nobody(one: list[Face], two: list[Face]) -> None:
    assert compared(EYES, one, two) == (0, "")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (sharp(0.2), sharp(0.15)),
        (sharp(0.9), []),
        ([person(1, sharpness=0.9)], [person(2, sharpness=0.1)]),
        ([person(0, sharpness=0.9)], [person(0, sharpness=0.1, yaw=70)]),
        ([face(wide=0.03, sharpness=0.9)], [face(wide=0.03, sharpness=0.1)]),
        (sharp(0.4, 0.1), sharp(0.1, 0.4)),
    ],
)
def test_chance_does_not_make_a_face_sharper(one: list[Face], two: list[Face]) -> None:
    assert compared(SHARP, one, two) == (0, "")


def test_who_cannot_be_told_is_not_said_to_have_open_eyes() -> None:
    one, two = eyes(OPEN, OPEN, HALF), eyes(OPEN, CLOSED, OPEN)
    assert compared(EYES, one, two) == (1, "one more person has open eyes")


def test_the_third_take_tells_what_is_usual() -> None:
    """0.23 alone may be anything; who opens the eyes to 0.45 has closed them."""
    wide, half = eyes(0.45), eyes(HALF)
    assert compared(EYES, wide, half)[0] == 0
    assert compared(EYES, wide, half, wide, wide) == (1, "the eyes are open")


def test_photos_of_other_groups_are_not_compared() -> None:
    faces = GroupedFaces([(face(openness=how),) for how in (OPEN, CLOSED, OPEN, CLOSED)])
    groups = [faces.seen(rows, rows, USUAL) for rows in ([0, 1], [2, 3])]
    merits = FaceMerits(6, groups, USUAL)
    ones, twos = np.array([[0, 3], [2, 3], [0, 3], [4, 5]], np.int32).T
    assert merits.between(EYES, ones, twos).tolist() == [0, 1, 0, 0]
    assert FaceMerits(2, [], USUAL).between(EYES, ones[:0], twos[:0]).tolist() == []


def test_reasons_are_said_in_korean() -> None:
    seen = GroupedFaces([tuple(eyes(OPEN, OPEN)), tuple(eyes(CLOSED, OPEN))]).seen(
        [0, 1], [0, 1], USUAL
    )
    reason = FaceMerits(2, [seen], USUAL).reason(EYES, 0, 1)
    assert reason.text("ko") == "모두 눈을 뜨고 있음"
