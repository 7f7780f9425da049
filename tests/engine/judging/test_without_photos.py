from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import OTHERS, Group, GroupKind, Result
from photo_organizer.engine.judging.without_photos import without_photos


def small(count: int, groups: list[list[int]]) -> Result:
    photos = {
        i: Photo(i, FileIdentity(Path(f"/{i}"), 0, i, 1, 1), bytes(16), "JPEG", 3, 2, Exif())
        for i in range(count)
    }
    return Result(
        photos=PhotoDict(photos),
        categories={"food": tuple(range(0, count, 2)), OTHERS: tuple(range(1, count, 2))},
        groups=tuple(
            Group(
                GroupKind.SAME,
                ids[0],
                tuple(ids),
                Reason("duplicates.next_keeper"),
                (1.0,) + (0.9,) * (len(ids) - 1),
                (False,) + (True,) * (len(ids) - 1),
            )
            for ids in groups
        ),
        highlights={},
        flags=(),
        skipped=(),
    )


@given(st.sets(st.integers(0, 14)))
def test_without_keeps_every_promise_of_a_result(gone: set[int]) -> None:
    before = small(12, [[0, 1], [2, 3, 4, 5], [6, 7, 8]])
    after = without_photos(before, gone)
    assert after.photos.keys() == before.photos.keys() - gone
    shown = [i for ids in after.categories.values() for i in ids]
    assert sorted(shown) == sorted(after.photos)
    for group in after.groups:
        assert len(group.photos) >= 2
        assert group.keeper == group.photos[0]
        assert not gone & set(group.photos)
        assert len(group.photos) == len(group.similarities) == len(group.safe)
        assert group.similarities[0] == 1.0
        assert not group.safe[0]
    # A group that lost nothing is untouched; one that lost its keeper has nothing safe.
    for group in before.groups:
        if not gone & set(group.photos):
            assert group in after.groups
    old_keepers = {group.keeper for group in before.groups}
    for group in after.groups:
        assert group.keeper in old_keepers or not any(group.safe)


def test_without_nothing_is_the_same_result() -> None:
    before = small(4, [[0, 1]])
    assert without_photos(before, [99]) is before
