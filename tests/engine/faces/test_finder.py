"""Faces are found where they are, and measured, on a photo that a dependency carries."""

from __future__ import annotations

import json
from dataclasses import asdict

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from skimage import data

from photo_organizer.engine.domain.faces import Eyes, Face
from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.faces.finder import FaceFinder
from photo_organizer.engine.people.eyes import eyes_of

EYES = ((203, 102), (246, 103))
"""Where the astronaut's eyes are: x and y in pixels, of 512 × 512."""
HEAD = (slice(0, 300), slice(100, 400))
"""Rows and columns of her head."""


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder()


@pytest.fixture(scope="module")
def astronaut() -> Pixels:
    return np.ascontiguousarray(data.astronaut())


def only(faces: tuple[Face, ...]) -> Face:
    assert len(faces) == 1
    return faces[0]


def places(face: Face, pixels: Pixels) -> list[tuple[float, float]]:
    """Where the eyes are, in pixels."""
    height, width = pixels.shape[:2]
    return [(eye.place[0] * width, eye.place[1] * height) for eye in face.eyes]


def turned(pixels: Pixels, degrees: float) -> tuple[Pixels, np.ndarray]:
    """The picture turned around its middle, and how."""
    height, width = pixels.shape[:2]
    transform = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(pixels, transform, (width, height)), np.uint8), transform


def with_heads(astronaut: Pixels, *heads: tuple[int, int, int]) -> Pixels:
    """Heads on grey: left, top and side in pixels of each."""
    canvas = np.full((1000, 1400, 3), 120, np.uint8)
    for left, top, side in heads:
        canvas[top : top + side, left : left + side] = cv2.resize(
            astronaut[HEAD], (side, side), interpolation=cv2.INTER_AREA
        )
    return canvas


def with_closed_eyes(astronaut: Pixels) -> Pixels:
    """Skin over both eyes, and lashes below."""
    painted = astronaut.copy()
    for x, y in EYES:
        skin = tuple(int(value) for value in astronaut[y + 15, x])
        cv2.ellipse(painted, (x, y), (14, 8), 0, 0, 360, skin, -1)
        cv2.ellipse(painted, (x, y + 1), (10, 2), 0, 20, 160, (60, 35, 30), 1)
    return np.asarray(cv2.GaussianBlur(painted, (0, 0), 0.8), np.uint8)


def test_a_portrait_has_one_face_with_open_eyes_that_looks_ahead(
    finder: FaceFinder, astronaut: Pixels
) -> None:
    face = only(finder.find(astronaut))
    assert face.size == pytest.approx(106, rel=0.1)
    assert face.box == pytest.approx((0.34, 0.13, 0.21, 0.21), abs=0.03)
    assert face.presence > 0.9
    assert abs(face.yaw) < 6
    assert len(face.look) == 108
    for place, expected in zip(places(face, astronaut), EYES, strict=True):
        assert place == pytest.approx(expected, abs=4)
    assert eyes_of(face, Thresholds()) is Eyes.OPEN


def test_closed_eyes_are_told(finder: FaceFinder, astronaut: Pixels) -> None:
    face = only(finder.find(with_closed_eyes(astronaut)))
    assert face.openness < 0.15
    assert eyes_of(face, Thresholds()) is Eyes.CLOSED


def test_the_eyes_change_places_in_a_mirror(finder: FaceFinder, astronaut: Pixels) -> None:
    mirrored = np.ascontiguousarray(astronaut[:, ::-1])
    face = only(finder.find(mirrored))
    expected = [(511 - x, y) for x, y in reversed(EYES)]
    for place, there in zip(places(face, mirrored), expected, strict=True):
        assert place == pytest.approx(there, abs=4)
    assert face.openness == pytest.approx(only(finder.find(astronaut)).openness, abs=0.06)


def test_which_way_a_face_turns_changes_in_a_mirror(finder: FaceFinder, astronaut: Pixels) -> None:
    """Pressed together towards one side, the face looks as if it turned there."""
    across, down = np.meshgrid(np.arange(512.0), np.arange(512.0))
    right = np.where(across > 226, 226 + (across - 226) * 1.9, across)
    right = np.where(across > 270, 226 + 44 * 1.9 + (across - 270), right)
    squeezed = cv2.remap(
        astronaut, right.astype(np.float32), down.astype(np.float32), cv2.INTER_LINEAR
    )
    one = only(finder.find(np.asarray(squeezed, np.uint8)))
    other = only(finder.find(np.ascontiguousarray(squeezed[:, ::-1])))
    assert one.yaw > 8
    assert other.yaw < -8


@pytest.mark.parametrize("degrees", [15, -15])
def test_a_tilted_head_is_found(finder: FaceFinder, astronaut: Pixels, degrees: float) -> None:
    pixels, transform = turned(astronaut, degrees)
    face = only(finder.find(pixels))
    for place, eye in zip(places(face, pixels), EYES, strict=True):
        assert place == pytest.approx(tuple(transform @ (*eye, 1)), abs=5)
    assert eyes_of(face, Thresholds()) is Eyes.OPEN


def test_the_more_a_face_is_blurred_the_less_sharp_it_is(
    finder: FaceFinder, astronaut: Pixels
) -> None:
    photos = [astronaut, *(cv2.GaussianBlur(astronaut, (0, 0), sigma) for sigma in (1, 2))]
    sharpness = [only(finder.find(np.asarray(photo, np.uint8))).sharpness for photo in photos]
    assert sharpness[0] > 2 * sharpness[1] > 4 * sharpness[2]


def test_sharpness_means_the_same_at_any_size(finder: FaceFinder, astronaut: Pixels) -> None:
    """A large photo of a soft face is no sharper than a small one of it."""
    large = cv2.resize(astronaut, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    grain = np.random.default_rng(0).normal(0, 8, large.shape)
    large = np.clip(large + grain, 0, 255).astype(np.uint8)
    here, there = only(finder.find(astronaut)), only(finder.find(large))
    assert there.size == pytest.approx(3 * here.size, rel=0.1)
    assert there.sharpness == pytest.approx(here.sharpness, rel=0.4)


def test_everybody_is_found_the_largest_first(finder: FaceFinder, astronaut: Pixels) -> None:
    heads = ((20, 20, 600), (700, 50, 400), (650, 550, 420), (1150, 100, 240))
    faces = finder.find(with_heads(astronaut, *heads))
    assert len(faces) == len(heads)
    sizes = [face.size for face in faces]
    assert sizes == sorted(sizes, reverse=True)
    for left, top, side in heads:
        middle = ((left + 0.42 * side) / 1400, (top + 0.4 * side) / 1000)
        assert any(
            face.box[0] < middle[0] < face.box[0] + face.box[2]
            and face.box[1] < middle[1] < face.box[1] + face.box[3]
            for face in faces
        )


def test_everybody_in_a_large_group_is_found(finder: FaceFinder, astronaut: Pixels) -> None:
    heads = [(30 + 165 * column, 50 + 300 * row, 160) for row in range(3) for column in range(8)]
    assert len(finder.find(with_heads(astronaut, *heads))) == len(heads)


def test_nobody_is_found_where_nobody_is(finder: FaceFinder) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (480, 640, 3), np.uint8)
    for photo in (data.coffee(), data.rocket(), data.chelsea(), noise, np.zeros_like(noise)):
        assert finder.find(np.ascontiguousarray(photo)) == ()


def test_an_eye_that_the_frame_cuts_off_says_nothing(finder: FaceFinder, astronaut: Pixels) -> None:
    face = only(finder.find(np.ascontiguousarray(astronaut[:, 215:])))
    assert face.box[0] < 0
    assert face.eyes[0].width == 0
    assert face.openness == pytest.approx(face.eyes[1].openness, rel=1e-12)  # rounded on its way
    assert eyes_of(face, Thresholds()) is Eyes.OPEN


def test_a_face_that_fills_the_photo_is_found(finder: FaceFinder, astronaut: Pixels) -> None:
    face = only(finder.find(np.ascontiguousarray(astronaut[60:190, 165:285])))
    assert max(face.box[2:]) > 0.7
    assert eyes_of(face, Thresholds()) is Eyes.OPEN


@pytest.mark.parametrize("shape", [(1, 1), (2, 2), (8, 2000), (2000, 8), (1, 3000)])
def test_tiny_and_narrow_photos_show_nobody(finder: FaceFinder, shape: tuple[int, int]) -> None:
    assert finder.find(np.full((*shape, 3), 128, np.uint8)) == ()


@settings(max_examples=10, deadline=None)
@given(
    pixels=arrays(
        np.uint8, st.tuples(st.integers(1, 70), st.integers(1, 70), st.just(3)), fill=st.just(90)
    )
)
def test_any_picture_comes_to_an_answer(finder: FaceFinder, pixels: Pixels) -> None:
    finder.find(pixels)


def test_what_was_measured_is_finite_and_can_be_written_down(
    finder: FaceFinder, astronaut: Pixels
) -> None:
    for pixels in (astronaut, np.ascontiguousarray(astronaut[90:140, 190:240])):
        for face in finder.find(pixels):
            values = {**asdict(face), "look": face.look.hex()}
            json.dumps(values, allow_nan=False)
            assert np.isfinite([*face.box, face.openness, face.yaw]).all()
            assert face.sharpness >= 0
