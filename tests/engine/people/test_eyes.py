"""Measures become open, closed or can't tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from photo_organizer.engine.domain.faces import Eye, Eyes, Face
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.people.eyes import eyes_of


def face(*openness: float, widths: tuple[float, float] = (20.0, 20.0), **measures: float) -> Face:
    first, second = (Eye((0.5, 0.5), width, o) for width, o in zip(widths, openness, strict=True))
    plain = Face((0.4, 0.4, 0.2, 0.2), (first, second), 100.0, 0.9, 1.0, 0.0, 0.1, bytes(108))
    return replace(plain, **measures)


def seen(one: Face, **changes: float) -> Eyes:
    return eyes_of(one, Thresholds({f"people.eyes.{name}": v for name, v in changes.items()}))


def test_lids_far_apart_are_open_and_lids_together_closed() -> None:
    assert seen(face(0.35, 0.33)) is Eyes.OPEN
    assert seen(face(0.05, 0.08)) is Eyes.CLOSED


def test_nobody_can_tell_what_lies_between() -> None:
    assert seen(face(0.22, 0.22)) is Eyes.CANT_TELL
    assert seen(face(0.22, 0.22), closed=0.23) is Eyes.CLOSED
    assert seen(face(0.22, 0.22), open=0.21) is Eyes.OPEN


@pytest.mark.parametrize("unclear", [{"size": 20.0}, {"yaw": 60.0}, {"yaw": -60.0}])
def test_nobody_can_tell_of_a_face_that_is_small_or_turned_away(unclear: dict[str, float]) -> None:
    assert seen(face(0.05, 0.05, **unclear)) is Eyes.CANT_TELL
    assert seen(face(0.35, 0.35, **unclear)) is Eyes.CANT_TELL


def test_nobody_can_tell_of_a_blurred_face() -> None:
    assert seen(face(0.05, 0.05, sharpness=0.005)) is Eyes.CANT_TELL


def test_an_eye_turned_away_says_little() -> None:
    assert seen(face(0.35, 0.05, widths=(20.0, 6.0))) is Eyes.OPEN


def test_an_eye_beyond_the_photo_says_nothing() -> None:
    assert seen(face(0.35, 0.0, widths=(20.0, 0.0))) is Eyes.OPEN
    assert seen(face(0.0, 0.0, widths=(0.0, 0.0))) is Eyes.CANT_TELL
