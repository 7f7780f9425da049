"""Steps of many photos at once: the same as one by one, and made no earlier than asked for."""

import gc
import weakref
from pathlib import Path

import pytest

from photo_organizer.engine.domain.decision_keys import content_key, mark_key
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.domain.operations import Deed, Marking, Operation, still_its_own
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.steps import (
    Alike,
    ContentKeys,
    FileKeys,
    Keys,
    Step,
    Steps,
    Subject,
    contents_of,
)
from tests.engine.albums import photo

A, B = b"a" * 16, b"b" * 16


@pytest.fixture
def photos(tmp_path: Path) -> PhotoDict:
    return PhotoDict.of(photo(tmp_path / f"{i}.jpg", i, bytes([i])) for i in (1, 2, 3))


def rated(made: int, *contents: bytes) -> Operation:
    alike = Alike(Subject.RATING, ContentKeys(contents), None, 3)
    return Operation(str(made), made, Deed.RATE, Steps(alike=[alike]))


def test_many_at_once_are_the_same_as_one_by_one(photos: PhotoDict) -> None:
    ids = (3, 1)
    alike = Alike(Subject.MARK, FileKeys(photos, ids), Marking.NOT, Marking.BY_HAND)
    single = [
        Step(Subject.MARK, mark_key(Mark.of(photos[i])), Marking.NOT, Marking.BY_HAND) for i in ids
    ]
    steps = Steps(alike=[alike])
    assert len(steps) == 2
    assert list(steps) == single
    assert steps == Steps(single) == tuple(single)
    assert steps[1] == single[1]
    for back in (False, True):
        assert dict(steps.values(back=back)[Subject.MARK]) == dict(
            Steps(single).values(back=back)[Subject.MARK]
        )


def test_keys_are_made_once_and_not_before_they_are_needed() -> None:
    asked = []

    def make() -> list[str]:
        asked.append(1)
        return ["a", "b"]

    keys = Keys(2, make)
    steps = Steps(alike=[Alike(Subject.RATING, keys, None, 3)])
    assert (len(steps), steps.subjects) == (2, {Subject.RATING})
    assert still_its_own(Operation("1", 1, Deed.RATE, steps), ()) is steps
    assert not asked
    assert [step.key for step in steps] == ["a", "b"]
    assert len(asked) == 1


def test_what_changes_nothing_is_no_step() -> None:
    assert not Steps(
        [Step(Subject.RATING, "a", 3, 3)],
        [
            Alike(Subject.RATING, ContentKeys([A]), 3, 3),
            Alike(Subject.RATING, ContentKeys([]), 3, 4),
        ],
    )


def test_a_later_word_about_one_of_many_stands() -> None:
    first, second = rated(1, A, B), rated(2, B)
    assert [step.key for step in still_its_own(first, [first, second])] == [content_key(A)]
    assert still_its_own(second, [first, second]) is second.steps


def test_a_later_word_about_others_leaves_many_as_they_are() -> None:
    first, second = rated(1, A), rated(2, B)
    assert still_its_own(first, [first, second]) == first.steps


def test_steps_of_some_subjects_are_told_apart(photos: PhotoDict) -> None:
    mark = Alike(Subject.MARK, FileKeys(photos, (1,)), Marking.NOT, Marking.SAFE)
    review = Step(Subject.REVIEW, "ab", before=False, after=True)
    steps = Steps(alike=[mark]).and_also([review])
    assert steps.subjects == {Subject.MARK, Subject.REVIEW}
    assert list(steps.about({Subject.REVIEW})) == [review]
    assert list(steps.about({Subject.MARK})) == list(mark)


def test_files_are_known_by_their_ids_while_they_are_the_same(photos: PhotoDict) -> None:
    keys = FileKeys(photos, (1, 2, 3))
    assert list(keys.ids_in(photos)) == [1, 2, 3]
    moved = photos.moved({2: photos[2].path.with_name("other.jpg")}).without({3})
    assert list(keys.ids_in(moved)) == [1]


def test_photos_are_not_kept_alive_once_their_keys_are_made(tmp_path: Path) -> None:
    photos = PhotoDict.of([photo(tmp_path / "1.jpg", 1, b"1")])
    keys, gone = FileKeys(photos, (1,)), weakref.ref(photos)
    keys.made()
    del photos
    gc.collect()
    assert gone() is None


def test_contents_come_back_from_their_keys() -> None:
    keys = ContentKeys([A, B])
    assert list(contents_of(keys)) == [A, B] == list(contents_of(list(keys)))
