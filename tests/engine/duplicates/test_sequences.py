"""Photos taken as a set on purpose, and files that go together."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.sequences import (
    PhotoSequence,
    SequenceKind,
    ViewChange,
    find_sequences,
    units,
)

NOON = datetime(2024, 5, 1, 12)
STILL = ViewChange(0.95, (0.0, 0.0), (1.0, 1.0))


def photo(number, seconds=None, *, name=None, format_="JPEG", camera="Canon", **exif):
    taken = None if seconds is None else NOON + timedelta(seconds=seconds)
    return Photo(
        id=number + 1,
        identity=FileIdentity(Path("/photos") / (name or f"{number}.jpg"), 1, number, 1, 1),
        content_hash=bytes([number] * 16),
        format=format_,
        width=100,
        height=100,
        exif=Exif(taken_at=taken, camera=camera, **exif),
    )


def found(photos, steps=None, focus=None):
    focus = np.zeros((len(photos), 4, 4), np.uint8) if focus is None else focus
    sequences = find_sequences(photos, steps or {}, focus, Thresholds())
    return [(s.kind, s.photos) for s in sequences]


def shots(biases, seconds=1.0):
    return [photo(i, i * seconds, exposure_bias=b) for i, b in enumerate(biases)]


@pytest.mark.parametrize("biases", [(0, -2, 2), (-1, 0, 1, -1, 0, 1), (0.0, -0.7)])
def test_changing_bias_is_a_bracket(biases):
    photos = shots(biases)
    assert found(photos) == [(SequenceKind.BRACKET, tuple(p.id for p in photos))]


@pytest.mark.parametrize("biases", [(0, 0, 0), (-1, -1, -1), (0, 0, -1, -1)])
def test_a_burst_is_no_bracket(biases):
    assert found(shots(biases)) == []


def test_shots_minutes_apart_are_no_bracket():
    assert found(shots((0, -2, 2), seconds=60)) == []


def test_a_manual_bracket_shows_in_the_exposure():
    photos = [
        photo(i, i, exposure_time=time, f_number=8.0, iso=100)
        for i, time in enumerate((1 / 100, 1 / 25, 1 / 400))
    ]
    assert [kind for kind, _ in found(photos)] == [SequenceKind.BRACKET]


def test_a_long_exposure_does_not_end_the_run():
    photos = [
        photo(0, 0, exposure_bias=0.0),
        photo(1, 1, exposure_bias=2.0, exposure_time=20.0),
        photo(2, 22, exposure_bias=-2.0),
    ]
    assert len(found(photos)) == 1


def test_photos_without_time_or_camera_are_in_no_sequence():
    assert found([photo(i, None, exposure_bias=float(i)) for i in range(3)]) == []
    assert found([photo(i, i, camera=None, exposure_bias=float(i)) for i in range(3)]) == []


def pan(*shifts):
    photos = [photo(i, i) for i in range(len(shifts) + 1)]
    steps = {
        (i, i + 1): ViewChange(0.9, (0.0, shift), (1.0, 1.0)) for i, shift in enumerate(shifts)
    }
    return photos, steps


def test_a_steady_pan_is_a_panorama():
    assert found(*pan(0.2, 0.18, 0.21)) == [(SequenceKind.PANORAMA, (1, 2, 3, 4))]


@pytest.mark.parametrize("shifts", [(0.2, -0.2, 0.2), (0.01, 0.02, 0.01), (0.2,)])
def test_wobbling_is_no_panorama(shifts):
    assert found(*pan(*shifts)) == []


def test_a_pan_ends_where_it_turns():
    assert found(*pan(0.2, 0.2, -0.2, -0.2)) == [(SequenceKind.PANORAMA, (1, 2, 3))]
    assert found(*pan(0.2, -0.2, -0.2)) == [(SequenceKind.PANORAMA, (2, 3, 4))]


def still_shots(focus, *, seconds=1.0, step=STILL):
    photos = [photo(i, i * seconds) for i in range(len(focus))]
    steps = {(i, i + 1): step for i in range(len(focus) - 1)}
    return found(photos, steps, focus)


def wandering(count):
    focus = np.full((count, 4, 4), 60, np.uint8)
    focus[:, 0, 0] += np.arange(count, dtype=np.uint8) * 8
    focus[:, 3, 3] -= np.arange(count, dtype=np.uint8) * 8
    return focus


@pytest.mark.parametrize("seconds", [1.0, 8.0, 25.0])
def test_wandering_focus_is_a_stack(seconds):
    stack = [(SequenceKind.FOCUS, (1, 2, 3, 4, 5))]
    assert still_shots(wandering(5), seconds=seconds) == stack


def test_three_shots_are_a_stack_and_two_are_none():
    assert still_shots(wandering(3)) == [(SequenceKind.FOCUS, (1, 2, 3))]
    assert still_shots(wandering(2)) == []


def test_shots_minutes_apart_are_no_stack():
    assert still_shots(wandering(5), seconds=60.0) == []


def test_where_something_walked_through_the_view_there_is_no_stack():
    walked = ViewChange(0.95, (0.0, 0.0), (1.0, 1.0), changed=1.2)
    assert still_shots(wandering(5), step=walked) == []


def test_a_trial_shot_before_a_stack_does_not_hide_it():
    focus = np.concatenate([wandering(5)[-1:], wandering(5)])
    assert still_shots(focus) == [(SequenceKind.FOCUS, (2, 3, 4, 5, 6))]


def test_a_stack_there_and_back_is_two():
    focus = np.concatenate([wandering(5), wandering(5)[-2::-1]])
    there, back = (SequenceKind.FOCUS, (1, 2, 3, 4, 5)), (SequenceKind.FOCUS, (6, 7, 8, 9))
    assert still_shots(focus) == [there, back]


def test_a_burst_from_a_tripod_is_no_stack():
    random = np.random.default_rng(0)
    assert still_shots(random.integers(55, 66, (8, 4, 4)).astype(np.uint8)) == []


def test_raw_follows_its_jpeg():
    photos = [
        photo(0, 0, name="IMG_1.CR2", format_="RAW"),
        photo(1, 0, name="img_1.jpg"),
        photo(2, 0, name="sub/IMG_1.jpg"),
        photo(3, 5, name="IMG_2.jpg"),
        photo(4, 90, name="IMG_2.CR2", format_="RAW"),
    ]
    assert units(photos).tolist() == [1, 1, 2, 3, 4]


def test_sequences_tell_people_to_keep_all():
    (sequence,) = find_sequences(shots((0, 1, 2)), {}, np.zeros((3, 4, 4), np.uint8), Thresholds())
    assert sequence.reason.text() == "3 exposures of one view: keep all"
    assert "3" in sequence.reason.text("ko")


@pytest.mark.parametrize("kind", SequenceKind)
def test_every_kind_says_why_all_of_it_is_kept(kind: SequenceKind) -> None:
    reason = PhotoSequence(kind, (1, 2, 3)).reason
    assert "3" in reason.text("en")
    assert "3" in reason.text("ko")
