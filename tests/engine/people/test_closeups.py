"""What is cut out of photos to hold a person against themselves."""

import math

import pytest

from photo_organizer.engine.domain.closeups import EYES_APART
from photo_organizer.engine.domain.faces import Eye, Eyes, Face, SeenFace
from photo_organizer.engine.people.closeups import closeup, closeups, in_order, persons

SIZE = (1600, 1200)


def face(
    left: tuple[float, float] = (0.4, 0.3),
    right: tuple[float, float] = (0.5, 0.3),
    *,
    width: float = 0.25,
    yaw: float = 0.0,
) -> Face:
    return Face(
        box=(left[0] - 0.075, left[1] - 0.1, width, 1.3 * width),
        eyes=(Eye(left, 30, 0.3), Eye(right, 30, 0.3)),
        size=width * SIZE[0],
        score=0.9,
        presence=0.9,
        yaw=yaw,
        sharpness=0.1,
        look=bytes(108),
    )


def seen(person: int | None, **how: object) -> SeenFace:
    return SeenFace(face(**how), Eyes.OPEN, person)  # type: ignore[arg-type]


def test_a_closeup_lies_around_the_eyes() -> None:
    found = closeup(face(), SIZE)
    assert found.middle == pytest.approx((0.45, 0.3))
    assert found.turn == pytest.approx(0)
    assert found.side == pytest.approx(0.1 / EYES_APART)


def test_it_is_turned_as_the_eyes_are_in_pixels_and_not_in_fractions() -> None:
    found = closeup(face((0.4, 0.3), (0.5, 0.3 + 0.1 * 1600 / 1200)), SIZE)
    assert found.turn == pytest.approx(45)
    assert found.side == pytest.approx(0.1 * math.sqrt(2) / EYES_APART)


def test_a_face_upside_down_is_turned_over() -> None:
    assert abs(closeup(face((0.5, 0.3), (0.4, 0.3)), SIZE).turn) == pytest.approx(180)


def test_a_head_that_turns_is_not_shown_larger() -> None:
    turned = closeup(face((0.4, 0.3), (0.45, 0.3), yaw=60), SIZE)
    assert turned.side == pytest.approx(closeup(face(), SIZE).side)


def test_a_profile_shows_more_than_an_eye() -> None:
    profile = closeup(face((0.4, 0.3), (0.402, 0.3), yaw=85), SIZE)
    assert profile.side > 0.2


def test_photos_taken_from_one_place_are_cut_at_one_zoom() -> None:
    frames = {
        1: (seen(7),),
        2: (seen(7, right=(0.49, 0.3)),),
        3: (seen(7, right=(0.51, 0.3)),),
        4: (seen(7, right=(0.7, 0.3)),),
    }
    [person] = persons((1, 2, 3, 4), frames)
    found = closeups(person, dict.fromkeys(frames, SIZE))
    assert found[1].side == found[2].side == found[3].side
    assert found[4].side > 2 * found[1].side  # much nearer: shown as large, at another zoom


def test_only_who_is_seen_twice_can_be_compared() -> None:
    faces = {1: (seen(1), seen(2), seen(None)), 2: (seen(2), seen(None)), 3: ()}
    found = persons((1, 2, 3, 4), faces)
    assert [person.number for person in found] == [2]
    assert list(found[0].faces) == [1, 2]


def test_those_in_front_come_first_from_left_to_right() -> None:
    boxes = [(0.8, 0, 0.2, 0.2), (0.5, 0, 0.05, 0.05), (0.1, 0, 0.15, 0.15), (0.3, 0, 0.04, 0.04)]
    assert in_order(boxes) == [2, 0, 3, 1]
    assert in_order([]) == []
