"""One export from beginning to end, without a window."""

import errno
import threading
from pathlib import Path

import pytest

from photo_organizer.engine.domain.facts import XMP_REJECTED
from photo_organizer.engine.domain.results import LIBRARY
from photo_organizer.engine.export.errors import ExportError
from photo_organizer.engine.export.job import (
    ExportJob,
    ExportKind,
    Survey,
    carry_out,
    check,
    shutil,
    survey,
)
from photo_organizer.engine.files import xmp
from photo_organizer.engine.highlights.selection import Selection
from tests.engine.export.chosen import names

COPIES, SHEET, RATINGS = ExportKind


@pytest.fixture
def best(album):
    return [Selection(LIBRARY, tuple(album))]


def photos(selections):
    return [chosen.photo for selection in selections for chosen in selection.photos]


def test_copies_are_told_one_by_one(best, tmp_path):
    out = tmp_path / "best"
    steps = list(carry_out(ExportJob(COPIES, out, "{rank}"), best, {}))
    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    assert [step.path for step in steps] == [photo.path for photo in photos(best)]
    assert [step.made for step in steps] == [out / "1.jpg", out / "2.JPG", out / "3.jpg"]
    assert [step.problem for step in steps] == [None, None, None]
    assert names(out) == ["1.jpg", "2.JPG", "3.jpg"]


def test_links_have_ratings_beside_them_and_rejected_photos_their_rejection(best, tmp_path):
    first, second, third = photos(best)
    own = {first.content_hash: 2, second.content_hash: 0}
    job = ExportJob(COPIES, tmp_path / "best", "{rank}", link=True, rates=True, unrated=4)
    made = [step.made for step in carry_out(job, best, own)]
    assert [path.stat().st_ino for path in made] == [
        photo.identity.inode for photo in (first, second, third)
    ]
    assert names(tmp_path / "best") == [
        name for photo in ("1.jpg", "2.JPG", "3.jpg") for name in (photo, f"{photo}.xmp")
    ]
    assert b'Rating="-1"' in (tmp_path / "best" / "2.JPG.xmp").read_bytes()
    assert b'Rating="2"' in (tmp_path / "best" / "1.jpg.xmp").read_bytes()
    assert b'Rating="4"' in (tmp_path / "best" / "3.jpg.xmp").read_bytes()


def test_stars_are_not_written_beside_copies_unless_asked_for(best, tmp_path):
    job = ExportJob(COPIES, tmp_path / "best", "{rank}", unrated=4)
    assert not job.writes_ratings
    list(carry_out(job, best, {photos(best)[0].content_hash: 2}))
    assert names(tmp_path / "best") == ["1.jpg", "2.JPG", "3.jpg"]


def test_one_photo_that_fails_is_told_and_the_others_are_made(best, tmp_path):
    out = tmp_path / "best"
    out.mkdir()
    (out / "1.jpg").write_text("mine")
    photos(best)[1].path.unlink()
    first, second, third = carry_out(ExportJob(COPIES, out, "{rank}"), best, {})
    assert (first.made, first.problem.code) == (None, "export.exists")
    assert (second.made, second.problem.code) == (None, "export.changed")
    assert (third.made, third.problem) == (out / "3.jpg", None)
    assert (out / "1.jpg").read_text() == "mine"


def test_a_copy_without_its_rating_is_made_and_has_a_problem(best, tmp_path):
    photos(best)[0].path.with_name("a.jpg.xmp").write_text("no XML")
    job = ExportJob(COPIES, tmp_path / "best", "{rank}", rates=True, unrated=5)
    first, *_ = carry_out(job, best, {})
    assert first.made == tmp_path / "best" / "1.jpg"
    assert first.problem.code == "export.sidecar"


@pytest.mark.parametrize("name", ["sheet.png", "sheet.pdf"])
def test_a_contact_sheet_is_there_when_the_last_photo_came(best, tmp_path, name):
    file = tmp_path / name
    photos(best)[0].path.unlink()
    steps = list(carry_out(ExportJob(SHEET, file), best, {}))
    assert [step.made for step in steps] == [None, file, file]
    assert steps[0].problem
    assert steps[-1].done == steps[-1].total == 3
    assert file.exists()


def test_ratings_go_beside_the_photos(best):
    first, second, third = photos(best)
    third.path.with_name("a.jpg.xmp").write_text("no XML")
    job = ExportJob(RATINGS, unrated=3)
    assert job.writes_ratings
    steps = list(carry_out(job, best, {first.content_hash: 0}))
    assert [step.made for step in steps] == [first.path, second.path, None]
    assert [step.problem and step.problem.code for step in steps] == [None, None, "export.sidecar"]
    assert xmp.read(first).rating == XMP_REJECTED
    assert xmp.read(second).rating == 3


@pytest.mark.parametrize("kind", ExportKind)
def test_nothing_more_is_begun_after_a_cancel(best, tmp_path, kind):
    cancel = threading.Event()
    place = tmp_path / ("sheet.png" if kind is SHEET else "best")
    steps = carry_out(ExportJob(kind, place, "{rank}", unrated=5), best, {}, cancel)
    assert next(steps).done == 1
    cancel.set()
    assert list(steps) == []
    if kind is SHEET:
        assert not place.exists()


@pytest.mark.parametrize(
    ("kind", "place", "template", "code"),
    [
        (COPIES, "file", "{rank}", "no_folder"),
        (COPIES, ".Trash-1000/files", "{rank}", "apart"),
        (COPIES, "best", "{nam", "template_open"),
        (COPIES, "best", "a/{rank}", "template_path"),
        (SHEET, "sheet.txt", "", "sheet_suffix"),
        (SHEET, "nowhere/sheet.png", "", "sheet_no_folder"),
        (SHEET, "there.png", "", "sheet_exists"),
        (SHEET, ".Trash-1000/sheet.png", "", "apart"),
    ],
)
def test_what_cannot_succeed_is_refused_before_and_by_the_work(
    best, tmp_path, kind, place, template, code
):
    (tmp_path / "file").touch()
    (tmp_path / "there.png").touch()
    (tmp_path / ".Trash-1000").mkdir()
    before = names(tmp_path)
    job = ExportJob(kind, tmp_path / place, template)
    for refuse in (
        lambda: check(job),
        lambda: survey(job, best),
        lambda: list(carry_out(job, best, {})),
    ):
        with pytest.raises(ExportError) as refused:
            refuse()
        assert refused.value.reason.code == f"export.{code}"
    assert names(tmp_path) == before


def test_one_name_for_two_photos_is_refused_as_a_whole(best, tmp_path):
    job = ExportJob(COPIES, tmp_path / "best", "fixed")
    check(job)  # this shows only with the photos
    for refuse in (lambda: survey(job, best), lambda: list(carry_out(job, best, {}))):
        with pytest.raises(ExportError) as refused:
            refuse()
        assert refused.value.reason.code == "export.template_twice"
    assert not (tmp_path / "best").exists()


def test_a_survey_counts_what_is_in_the_way(best, tmp_path):
    out = tmp_path / "new" / "best"
    job = ExportJob(COPIES, out, "{rank}")
    size = sum(photo.identity.size for photo in photos(best))
    found = survey(job, best)
    assert (found.taken, found.needed) == (0, size)
    assert found.free > 0
    assert not out.exists()
    out.mkdir(parents=True)
    (out / "1.jpg").write_text("mine")
    found = survey(job, best)
    assert (found.taken, found.needed) == (1, size - photos(best)[0].identity.size)


def test_a_place_may_be_named_from_here(best, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    job = ExportJob(COPIES, Path("best"), "{rank}")
    assert survey(job, best).free > 0
    first, *_ = carry_out(job, best, {})
    assert first.made == tmp_path / "best" / "1.jpg"


def test_of_what_takes_no_room_nothing_is_counted(best, tmp_path):
    assert survey(ExportJob(RATINGS), best) == Survey()
    assert survey(ExportJob(SHEET, tmp_path / "sheet.png"), best) == Survey()


def test_a_drive_that_cannot_be_asked_is_told(best, tmp_path, monkeypatch):
    def gone(_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(shutil, "disk_usage", gone)
    with pytest.raises(ExportError) as refused:
        survey(ExportJob(COPIES, tmp_path / "best", "{rank}"), best)
    assert refused.value.reason.text() == "It cannot be written: Input/output error"
