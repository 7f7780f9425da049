"""Who is who in the photos of one group."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.people.persons import same_persons
from tests.engine.people.faces import face, look_of

USUAL = Thresholds()


def moved(one: Face, *, zoom: float = 1.0, by: tuple[float, float] = (0.0, 0.0)) -> Face:
    """A face where it is after the camera zoomed and moved."""
    x, y, width, height = one.box
    return replace(
        one,
        box=(x * zoom + by[0], y * zoom + by[1], width * zoom, height * zoom),
        size=one.size * zoom,
    )


@st.composite
def photos_of_people(draw: st.DrawFn) -> list[list[Face]]:
    """A few photos of a few people who move a little; not everybody is in each."""
    people = [
        face(person, at=(draw(st.floats(0.0, 0.8)), draw(st.floats(0.0, 0.8))), wide=wide)
        for person, wide in enumerate(draw(st.lists(st.floats(0.05, 0.3), min_size=1, max_size=5)))
    ]
    photos = []
    for _ in range(draw(st.integers(1, 5))):
        here = draw(st.lists(st.sampled_from(people), unique=True))
        step = st.floats(-0.03, 0.03)
        photos.append([moved(one, by=(draw(step), draw(step))) for one in here])
    return photos


def partition(photos: list[list[Face]]) -> set[frozenset[tuple[int, int]]]:
    """Which faces are one person's, whatever the numbers: photo and place of each."""
    numbers = same_persons(photos, USUAL)
    known = {number for photo in numbers for number in photo if number is not None}
    return {
        frozenset(
            (row, place)
            for row, photo in enumerate(numbers)
            for place, number in enumerate(photo)
            if number == person
        )
        for person in known
    }


@given(photos_of_people(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_photos_and_faces_does_not_matter(photos, random) -> None:
    order = random.sample(range(len(photos)), len(photos))
    places = [random.sample(range(len(faces)), len(faces)) for faces in photos]
    shuffled = [[photos[row][place] for place in places[row]] for row in order]
    back = {
        frozenset((order[row], places[order[row]][place]) for row, place in person)
        for person in partition(shuffled)
    }
    assert back == partition(photos)


@given(photos_of_people())
@settings(deadline=None)
def test_everybody_is_in_a_photo_at_most_once_and_in_two_at_least(photos) -> None:
    numbers = same_persons(photos, USUAL)
    assert [len(photo) for photo in numbers] == [len(faces) for faces in photos]
    for photo in numbers:
        known = [number for number in photo if number is not None]
        assert len(set(known)) == len(known)
    assert all(len(person) > 1 for person in partition(photos))


@given(photos_of_people())
@settings(deadline=None)
def test_people_who_look_otherwise_are_never_one(photos) -> None:
    for person in partition(photos):
        assert len({photos[row][place].look for row, place in person}) == 1


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6, unique=True),
    st.booleans(),
    st.floats(0.5, 2.0),
    st.tuples(st.floats(-0.5, 0.5), st.floats(-0.5, 0.5)),
)
@settings(deadline=None)
def test_a_copy_that_is_moved_and_zoomed_keeps_everybodys_number(cells, twins, zoom, by) -> None:
    """Even of people who look all the same: a choir in robes."""
    people = [
        face(0 if twins else number, at=(x / 10, y / 10), wide=0.06 + number / 1000)
        for number, (x, y) in enumerate(cells)
    ]
    copy = [moved(one, zoom=zoom, by=by) for one in people]
    first, second = same_persons([people, copy], USUAL)
    assert first == second
    assert sorted(number for number in first if number is not None) == list(range(len(people)))


def test_the_largest_person_is_number_0() -> None:
    small, large = face(1, at=(0.1, 0.1), wide=0.1), face(2, at=(0.5, 0.3), wide=0.3)
    assert same_persons([[small, large], [large, small]], USUAL) == ((1, 0), (0, 1))


def test_who_is_in_one_photo_only_has_no_number() -> None:
    one, two = face(1, at=(0.1, 0.1)), face(2, at=(0.6, 0.1))
    assert same_persons([[one, two], [one], []], USUAL) == ((0, None), (0,), ())
    assert same_persons([[one]], USUAL) == ((None,),)
    assert same_persons([], USUAL) == ()


def test_people_may_change_places_with_the_camera() -> None:
    """The camera moved by just the distance of two people: looks tell them apart."""
    row = [face(person, at=(0.1 + 0.2 * person, 0.3), wide=0.1) for person in range(3)]
    left = [moved(one, by=(-0.2, 0.0)) for one in row]
    assert same_persons([row, left[1:]], USUAL) == ((None, 0, 1), (0, 1))


def test_who_ran_through_the_view_is_found_again_among_those_who_stood_still() -> None:
    standing = [face(person, at=(0.1 + 0.2 * person, 0.3), wide=0.1) for person in range(3)]
    before, after = face(7, at=(0.05, 0.6), wide=0.1), face(7, at=(0.85, 0.62), wide=0.1)
    first, second = same_persons([[*standing, before], [*standing, after]], USUAL)
    assert first == second
    assert None not in first


def test_who_comes_instead_is_somebody_else() -> None:
    assert same_persons([[face(1)], [face(2)]], USUAL) == ((None,), (None,))


def test_whom_the_first_photo_does_not_show_is_found_in_the_others() -> None:
    crowd = [face(person, at=(0.1 * person, 0.1), wide=0.08) for person in range(4)]
    late = face(9, at=(0.7, 0.6), wide=0.08)
    numbers = same_persons([crowd, [crowd[0], late], [crowd[1], late]], USUAL)
    assert numbers[1][1] is not None
    assert numbers[1][1] == numbers[2][1]


@pytest.mark.parametrize("light", [0.7, 1.25])
def test_the_light_may_change(light: float) -> None:
    levels = np.frombuffer(look_of(1), np.uint8).astype(float) * 0.5 + 40
    one, two = (np.clip(levels + add, 0, 255).astype(np.uint8) for add in (0, 60 * (light - 1)))
    faces = [replace(face(), look=pixels.tobytes()) for pixels in (one, two)]
    assert same_persons([[one] for one in faces], USUAL) == ((0,), (0,))


def test_many_photos_of_many_people() -> None:
    people = [face(person, at=(person % 4 / 4, person // 4 / 4), wide=0.1) for person in range(12)]
    photos = [[moved(one, by=(number / 1000, 0)) for one in people] for number in range(200)]
    (numbers,) = set(same_persons(photos, USUAL))
    assert sorted(number for number in numbers if number is not None) == list(range(12))
