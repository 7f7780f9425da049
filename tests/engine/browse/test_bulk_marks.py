"""Marking many photos at once spares what people said something of before."""

from dataclasses import replace
from pathlib import Path

import pytest

from photo_organizer.engine.browse.bulk_marks import BulkMarks, Spared, bulk_marks, protects
from photo_organizer.engine.browse.sort_filter import Columns
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flag, Flaw, Group, GroupKind, Result

BLURRED = (1, 2, 3, 4, 5)


def photo(number: int, folder: Path, **exif: object) -> Photo:
    identity = FileIdentity(folder / f"{number}.jpg", 1, number, 1000, 0)
    return Photo(number, identity, bytes([number]) * 16, "JPEG", 40, 30, Exif(**exif))  # type: ignore[arg-type]


@pytest.fixture
def result(tmp_path: Path) -> Result:
    photos = PhotoDict.of(photo(i, tmp_path / ("best" if i == 4 else "all")) for i in BLURRED)
    return replace(Result.empty(), photos=photos)


def ask(result: Result, **more: object) -> BulkMarks:
    columns = Columns(result, more.pop("stars", {}))  # type: ignore[arg-type]
    return bulk_marks(BLURRED, columns, frozenset(more.pop("marks", ())), **more)  # type: ignore[arg-type, call-overload]


def test_all_are_marked_that_nobody_said_anything_of(result: Result) -> None:
    assert ask(result) == BulkMarks(BLURRED)
    assert ask(result, marks={2, 9}) == BulkMarks((1, 3, 4, 5), already=1)


def test_protected_folders_are_left_alone_by_any_name(result: Result, tmp_path: Path) -> None:
    (tmp_path / "best").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "best")
    for name in (tmp_path / "best", tmp_path / "link"):
        marks = ask(result, protected=protects([name], [tmp_path]))
        assert marks == BulkMarks((1, 2, 3, 5), {Spared.PROTECTED: 1})


def test_stars_count_and_a_rejection_is_no_star(result: Result, tmp_path: Path) -> None:
    photos = dict(result.photos)
    photos[3] = photo(3, tmp_path, rating=2)
    stars = {photos[1].content_hash: 1, photos[2].content_hash: 0}
    marks = ask(replace(result, photos=PhotoDict(photos)), stars=stars)
    assert marks == BulkMarks((2, 4, 5), {Spared.STARRED: 2})


def test_what_was_called_fine_or_kept_stays(result: Result) -> None:
    fine = Flag(1, Flaw.NOISE, 0.9, 0.5, Reason("flaws.noise"))
    group = Group(
        GroupKind.SAME, 2, (2, 3), Reason("duplicates.next_keeper"), (1.0, 1.0), (False, False)
    )
    of = replace(result, fine=(fine,), groups=(replace(group, reviewed=True),))
    assert ask(of, kept={5}) == BulkMarks((4,), {Spared.FINE: 1, Spared.KEPT: 3})
    assert ask(replace(of, groups=(group,), fine=())) == BulkMarks(BLURRED)
    # Whoever marked it by hand has said so.
    assert ask(of, marks={3}).already == 1
