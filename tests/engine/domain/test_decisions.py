import hashlib
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain.decisions import Mark, contents, marked, with_reviews
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.photos import PhotoDict
from tests.engine.albums import group


def named(number: int, path: str, content: str) -> Photo:
    identity = FileIdentity(Path(path), 1, number, 1, 1)
    digest = hashlib.blake2b(content.encode(), digest_size=16).digest()
    return Photo(number, identity, digest, "JPEG", 4, 3, Exif())


def library(*content: str) -> PhotoDict:
    """Photos 1, 2, … with these contents."""
    return PhotoDict.of(named(i, f"/{i}.jpg", c) for i, c in enumerate(content, 1))


def test_a_reviewed_group_stays_reviewed_under_other_names_and_loses_its_safe_photos() -> None:
    photos = library("a", "a", "b")
    before = group(1, 2, 3)
    renamed = {
        number + 10: named(number + 10, f"/new/{number}.jpg", content)
        for number, content in ((2, "a"), (3, "b"), (1, "a"))
    }
    (after,) = with_reviews([group(12, 11, 13)], renamed, {contents(before, photos)})
    assert after == replace(group(12, 11, 13), reviewed=True, safe=(False,) * 3)


def test_a_new_photo_or_one_more_copy_makes_it_a_new_group() -> None:
    reviewed = {contents(group(1, 2), library("a", "a"))}
    for more in (library("a", "a", "a"), library("a", "a", "b")):
        fresh = group(1, 2, 3)
        assert with_reviews([fresh], more, reviewed) == [fresh]


@given(st.lists(st.sampled_from("abcd"), min_size=3, max_size=7), st.data())
def test_what_is_left_of_a_reviewed_group_is_reviewed(content: list[str], data: object) -> None:
    photos = library(*content)
    reviewed = {contents(group(*photos), photos)}
    left = data.draw(st.permutations(sorted(photos)))[: len(photos) - 1]  # type: ignore[attr-defined]
    (after,) = with_reviews([group(*left)], photos, reviewed)
    assert after.reviewed


def test_a_mark_stays_with_its_file_among_copies() -> None:
    photos = library("a", "a", "b")
    marks = [Mark.of(photos[2])]
    assert marked(marks, photos, complete=True).keys() == {2}
    # The copy was renamed: which of the two it was cannot be told, so neither is marked.
    renamed = PhotoDict({1: photos[1], 4: named(4, "/new.jpg", "a")})
    assert marked(marks, renamed, complete=True) == {}


def test_a_mark_follows_the_only_photo_of_its_content() -> None:
    photos = library("a", "b")
    mark = Mark.of(photos[2])
    renamed = PhotoDict({1: photos[1], 3: named(3, "/new.jpg", "b")})
    assert marked([mark], renamed, complete=True) == {3: mark}
    assert marked([mark], renamed, complete=False) == {}


def test_a_mark_does_not_pass_to_the_copy_that_was_to_stay() -> None:
    photos = library("a", "a")
    mark, other = Mark.of(photos[2]), Mark.of(photos[1])
    left = PhotoDict({1: photos[1]})  # the marked one was deleted by hand, or changed
    assert marked([mark], left, complete=True, copies={mark, other}) == {}
    both = marked([mark, other], left, complete=True, copies={mark, other})
    assert both == {1: other}


def test_a_mark_does_not_pass_to_what_took_the_name() -> None:
    mark = Mark.of(named(1, "/a.jpg", "old"))
    assert marked([mark], PhotoDict({1: named(1, "/a.jpg", "new")}), complete=True) == {}
