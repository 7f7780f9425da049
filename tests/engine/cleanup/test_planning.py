import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.cleanup.planning import Plan, choose, plan, to_json
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.results import Group, GroupKind, Result
from tests.engine.albums import group, photo, result


def numbered(count: int, inodes: Sequence[int] = ()) -> list[Photo]:
    """Photos 1 to `count` without files; their inodes are their numbers unless given."""
    return [
        Photo(
            i,
            FileIdentity(
                Path(f"/album/{'even' if i % 2 == 0 else 'odd'}/{i}.jpg"),
                1,
                inodes[i - 1] if inodes else i,
                10 * i,
                0,
            ),
            bytes(16),
            "JPEG",
            4,
            3,
            Exif(),
        )
        for i in range(1, count + 1)
    ]


def going(clean_up: Plan) -> list[int]:
    return [removal.photo.id for removal in clean_up.removals]


def refused(clean_up: Plan) -> dict[int, str]:
    return {refusal.photo.id: refusal.reason.code for refusal in clean_up.refusals}


def test_safe_photos_of_the_wanted_kinds_are_chosen() -> None:
    album = result(
        numbered(7),
        group(1, 2, 3, safe=(False, True, False)),
        group(4, 5, kind=GroupKind.SAME),
        group(6, 7, kind=GroupKind.SIMILAR, safe=(False, False)),
    )
    assert choose(album, [GroupKind.EXACT]) == [2]
    assert choose(album, list(GroupKind)) == [2, 5]


def test_a_plan_tells_what_will_happen() -> None:
    album = result(numbered(7), group(1, 2, 4), group(5, 6))

    clean_up = plan([2, 4, 6, 7], album)

    assert going(clean_up) == [2, 4, 6, 7]
    assert clean_up.count == 4
    assert clean_up.size == 20 + 40 + 60 + 70
    assert clean_up.folders == {Path("/album/even"): 3, Path("/album/odd"): 1}
    assert clean_up.kept == {1: 1, 5: 1}
    assert clean_up.last_copies == []
    assert [[p.id for p in r.kept] for r in clean_up.removals] == [[1], [1], [5], []]


def test_the_last_copy_stays_unless_it_is_allowed_to_go() -> None:
    album = result(numbered(3), group(2, 1, 3))

    guarded = plan([1, 2, 3], album)
    assert going(guarded) == [1, 3]
    assert refused(guarded) == {2: "trash.last_copy"}
    assert guarded.kept == {2: 1}

    allowed = plan([1, 2, 3], album, allow_last_copy=True)
    assert going(allowed) == [1, 2, 3]
    assert [p.id for p in allowed.last_copies] == [1, 2, 3]


def test_nothing_goes_from_a_protected_folder() -> None:
    album = result(numbered(4), group(1, 2), group(3, 4))

    clean_up = plan([1, 2, 3, 4], album, protected=[Path("/album/even")])

    assert going(clean_up) == [1, 3]  # the protected copies are the ones that stay
    assert refused(clean_up) == {2: "trash.protected", 4: "trash.protected"}
    assert clean_up.kept == {1: 1, 3: 1}


def test_a_link_into_a_protected_folder_opens_no_way_around_it(tmp_path: Path) -> None:
    real = photo(tmp_path / "protected" / "a.jpg", 1, b"photo")
    (tmp_path / "link").symlink_to(real.path.parent)
    linked = photo(tmp_path / "link" / "a.jpg", 2)

    clean_up = plan([2], result([linked]), protected=[tmp_path / "protected"])

    assert refused(clean_up) == {2: "trash.protected"}


def test_another_name_of_a_kept_file_is_no_copy() -> None:
    album = result(numbered(3, inodes=[7, 7, 8]), group(1, 2, 3))

    assert refused(plan([2, 3], album)) == {2: "trash.same_file"}
    assert going(plan([2, 3], album)) == [3]
    assert going(plan([1, 2], album)) == [1, 2]
    assert refused(plan([1, 3], album)) == {1: "trash.same_file"}
    assert refused(plan([1, 2, 3], album)) == {1: "trash.last_copy", 2: "trash.same_file"}


def test_hard_links_alone_are_never_removed(tmp_path: Path) -> None:
    first = photo(tmp_path / "a.jpg", 1, b"photo")
    os.link(first.path, tmp_path / "b.jpg")
    second = photo(tmp_path / "b.jpg", 2)

    clean_up = plan([2], result([first, second], group(1, 2)))

    assert refused(clean_up) == {2: "trash.same_file"}


def test_what_only_a_linked_folder_leads_to_does_not_go() -> None:
    photos = numbered(3)
    photos[0] = replace(photos[0], identity=replace(photos[0].identity, linked=True))
    album = result(photos, group(2, 1))
    clean_up = plan([1, 2, 3], album)
    assert going(clean_up) == [3]
    assert refused(clean_up) == {1: "trash.linked", 2: "trash.kept_link"}


def test_a_link_never_stands_for_a_copy(tmp_path: Path) -> None:
    real = photo(tmp_path / "library" / "real.jpg", 1, b"photo")
    photo(tmp_path / "elsewhere" / "copy.jpg", 9, b"photo")
    (tmp_path / "library" / "link.jpg").symlink_to(tmp_path / "elsewhere" / "copy.jpg")
    link = photo(tmp_path / "library" / "link.jpg", 2)
    other = photo(tmp_path / "library" / "other.jpg", 3, b"photo")

    assert refused(plan([1], result([real, link], group(2, 1)))) == {1: "trash.kept_link"}
    assert refused(plan([2], result([real, link], group(1, 2)))) == {2: "trash.link"}
    both = plan([1, 3], result([real, link, other], group(2, 1, 3)))
    assert refused(both) == {1: "trash.kept_link"}
    assert [kept.id for kept in both.removals[0].kept] == [1]
    (removal,) = plan([1], result([real, link, other], group(2, 1, 3))).removals
    assert [kept.id for kept in removal.kept] == [3]
    assert going(plan([1], result([real, link], group(2, 1)), allow_last_copy=True)) == [1]


def test_what_only_links_lead_to_never_stands_for_a_copy() -> None:
    photos = numbered(2)
    linked = replace(photos[1], identity=replace(photos[1].identity, linked=True))
    album = result([photos[0], linked], group(2, 1))
    assert refused(plan([1], album)) == {1: "trash.kept_link"}


def test_drives_that_number_no_file_go_by_path() -> None:
    album = result(numbered(3, inodes=[0, 0, 0]), group(1, 2, 3))
    assert going(plan([2, 3], album)) == [2, 3]


def test_unit_files_go_along_unless_they_are_needed() -> None:
    album = result(numbered(6), group(1, 2), group(3, 4))
    film, needed, chosen = Path("/album/2.mov"), Path("/album/odd/3.jpg"), Path("/album/even/6.jpg")

    clean_up = plan([2, 4, 6], album, unit_files={2: [film, needed, chosen], 4: [film]})

    assert [r.unit_files for r in clean_up.removals] == [(film,), (), ()]


def test_what_also_belongs_to_a_photo_that_stays_does_not_go() -> None:
    album = result(numbered(2), group(1, 2))
    film = Path("/album/both.mov")

    clean_up = plan([1, 2], album, unit_files={1: [film], 2: [film]})

    assert refused(clean_up) == {1: "trash.last_copy"}
    assert [r.unit_files for r in clean_up.removals] == [()]


def test_protected_unit_files_stay() -> None:
    clean_up = plan(
        [1],
        result(numbered(1)),
        unit_files={1: [Path("/raw/1.dng")]},
        protected=[Path("/raw")],
    )
    assert clean_up.removals[0].unit_files == ()


def test_json_names_keeper_and_reasons() -> None:
    album = result(numbered(4), group(1, 2))

    clean_up = to_json(plan([2, 3, 4], album, protected=[Path("/album/even")]))

    assert json.loads(json.dumps(clean_up)) == clean_up
    assert clean_up["count"] == 1
    assert clean_up["bytes"] == 30
    assert clean_up["folders"] == [{"folder": "file:///album/odd", "count": 1}]
    assert clean_up["images"] == [{"image": "file:///album/odd/3.jpg", "bytes": 30, "with": []}]
    assert [r["image"] for r in clean_up["refused"]] == [
        "file:///album/even/2.jpg",
        "file:///album/even/4.jpg",
    ]
    (image,) = to_json(plan([2], album))["images"]
    assert image["kind"] == "exact"
    assert image["keeper"] == "file:///album/odd/1.jpg"


@given(data=st.data())
def test_something_real_always_stays_of_every_group(data: st.DataObject) -> None:
    """Whatever is chosen, hard linked or protected: each group keeps a file that does not go."""
    count = data.draw(st.integers(2, 9))
    photos = numbered(count, data.draw(st.lists(st.integers(1, 5), min_size=count, max_size=count)))
    split = data.draw(st.integers(2, count))
    groups: list[Group] = [group(*range(1, split + 1))]
    if count - split >= 2:
        groups.append(group(*range(split + 1, count + 1)))
    album: Result = result(photos, *groups)
    chosen = data.draw(st.sets(st.integers(1, count)))
    protected = data.draw(st.sampled_from([[], [Path("/album/even")]]))

    clean_up = plan(sorted(chosen), album, protected=protected)

    leaving = {removal.photo.identity.inode for removal in clean_up.removals}
    for one in groups:
        inodes = {album.photos[i].identity.inode for i in one.photos}
        assert inodes - leaving
    for removal in clean_up.removals:
        assert bool(removal.kept) == (removal.group is not None)
        assert all(kept.identity.inode not in leaving for kept in removal.kept)
    assert sorted([*going(clean_up), *refused(clean_up)]) == sorted(chosen)
