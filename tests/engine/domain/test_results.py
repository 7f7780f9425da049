"""What a result says to scripts."""

from pathlib import Path

from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group, GroupKind, Result, Skipped


def test_the_json_result_says_in_english_why_a_file_was_left_out() -> None:
    skipped = (
        Skipped(Path("/a/b.jpg"), Reason("files.truncated", {"format": "JPEG"})),
        Skipped(Path("/a/c"), Reason("files.folder", why=Reason("files.permission"))),
    )
    assert Result(PhotoDict(), {}, (), {}, (), skipped).to_contract()["skipped"] == [
        {"image": "file:///a/b.jpg", "reason": "truncated JPEG"},
        {"image": "file:///a/c", "reason": "folder: no permission to read it"},
    ]


def test_what_stays_for_a_copy_follows_the_originals() -> None:
    group = Group(
        GroupKind.SAME,
        1,
        (1, 2, 3, 4),
        Reason("keepers.older"),
        (1.0,) * 4,
        (False, True, True, False),
        originals=(1, 1, 2, 4),
    )
    assert group.stays_for(2, ()) == 1
    assert group.stays_for(3, ()) == 2
    assert group.stays_for(3, {2}) == 1
    assert group.stays_for(3, {1, 2}) is None
    assert group.stays_for(2, {1}) is None
