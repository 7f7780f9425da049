"""Star ratings in XMP files beside photos."""

import threading
from dataclasses import replace

from photo_organizer.engine.domain.facts import XMP_REJECTED, Exif
from photo_organizer.engine.domain.results import LIBRARY
from photo_organizer.engine.export import copies, naming, ratings
from photo_organizer.engine.export.ratings import HasRating, NoRatingWanted, RatingNotWritten
from photo_organizer.engine.files import photo_files, xmp
from photo_organizer.engine.highlights.selection import Selection
from tests.engine.export.chosen import names


def test_a_rating_is_written_beside_the_photo_once(album):
    photo = album[0].photo
    assert ratings.write(photo, 4) is None
    sidecar = photo.path.with_name("a.jpg.xmp")
    assert xmp.read(photo).rating == 4
    written = sidecar.read_bytes()
    assert ratings.write(photo, 2) is None
    assert sidecar.read_bytes() == written
    assert photo_files.identify(photo.path) == photo.identity


def test_a_photo_that_is_rated_itself_gets_no_sidecar(album):
    photo = replace(album[0].photo, exif=Exif(rating=3))
    assert ratings.write(photo, 5) is None
    assert names(photo.path.parent) == ["a.jpg", "b.JPG", "below/a.jpg"]


def test_the_sidecar_of_a_copy_takes_along_what_is_known(album, tmp_path):
    photo = album[0].photo
    words = xmp.merged(None, xmp.Metadata(description="호수", keywords=("lake",)))
    photo.path.with_name("a.jpg.xmp").write_bytes(words)
    targets = naming.targets([Selection(LIBRARY, (album[0],))], tmp_path / "best", "{name}")
    (event,) = copies.copy_all(targets)
    assert ratings.write(photo, 5, event.path) is None
    of_copy = replace(photo, identity=photo_files.identify(event.path))
    known = xmp.read(of_copy)
    assert (known.rating, known.description, known.keywords) == (5, "호수", ("lake",))
    assert xmp.read(photo).rating is None


def test_a_broken_sidecar_is_left_alone_and_told(album):
    photo = album[0].photo
    sidecar = photo.path.with_name("a.jpg.xmp")
    sidecar.write_text("no XML")
    problem = ratings.write(photo, 5)
    assert problem is not None
    assert "rating cannot be written" in problem.text()
    assert sidecar.read_text() == "no XML"


def test_all_are_rated_where_they_lie(album):
    stars_of = ratings.own_stars_or({album[0].photo.content_hash: 0}, 3)
    first, second, third = ratings.write_all([chosen.photo for chosen in album], stars_of)
    assert isinstance(first, HasRating)
    assert isinstance(second, HasRating)
    assert isinstance(third, HasRating)
    assert xmp.read(album[0].photo).rating == XMP_REJECTED
    assert xmp.read(album[1].photo).rating == 3


def test_a_reject_is_written_as_other_programs_write_it(album):
    photo = album[0].photo
    stars_of = ratings.own_stars_or({photo.content_hash: 0}, 0)
    events = list(ratings.write_all([photo, album[1].photo], stars_of))
    assert [type(event) for event in events] == [HasRating, NoRatingWanted]
    assert b'xmp:Rating="-1"' in photo.path.with_name("a.jpg.xmp").read_bytes()


def test_one_broken_sidecar_does_not_hold_up_the_others(album):
    album[0].photo.path.with_name("a.jpg.xmp").write_text("no XML")
    first, *others = ratings.write_all([chosen.photo for chosen in album], lambda _: 5)
    assert isinstance(first, RatingNotWritten)
    assert first.reason.code == "export.sidecar"
    assert all(isinstance(event, HasRating) for event in others)


def test_nothing_more_is_written_after_a_cancel(album):
    cancel = threading.Event()
    cancel.set()
    photos = [chosen.photo for chosen in album]
    assert list(ratings.write_all(photos, lambda _: 5, cancel)) == []
    assert names(photos[0].path.parent) == ["a.jpg", "b.JPG", "below/a.jpg"]
