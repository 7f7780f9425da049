from dataclasses import replace

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flag, Flaw, GroupKind, Result
from photo_organizer.ui.session.result_index import ResultIndex

SAID = Reason("duplicates.next_keeper")


def test_every_photo_finds_its_group_flaws_and_place(result: Result) -> None:
    noisy = Flag(6, Flaw.NOISE, 0.6, 0.5, SAID)
    lookup = ResultIndex.of(replace(result, flags=(*result.flags, noisy)))
    burst, copies = result.groups
    assert lookup.duplicates.of_photo == {3: burst, 4: burst, 5: burst, 7: copies, 8: copies}
    assert [flag.flaw for flag in lookup.flags[6]] == [Flaw.BLUR, Flaw.NOISE]
    place, ranked = lookup.places[2]
    assert (place, ranked.photo) == (2, 2)
    assert lookup.duplicates.safe == {5, 8}


def test_groups_that_free_the_most_come_first_and_reviewed_ones_last(result: Result) -> None:
    burst, copies = result.groups
    others = replace(copies, keeper=1, photos=(1, 2), safe=(False, False))
    third = replace(copies, keeper=9, photos=(9, 10, 11), safe=(False,) * 3, reviewed=True)
    duplicates = ResultIndex.of(replace(result, groups=(burst, third, copies, others))).duplicates
    size = {i: photo.identity.size for i, photo in result.photos.items()}
    assert duplicates.freeable == {
        3: size[4] + size[5],
        7: size[8],
        1: size[2],
        9: size[10] + size[11],
    }
    exact = duplicates.of_kind[GroupKind.EXACT]
    assert [group.keeper for group in exact[:2]] == sorted(
        (7, 1), key=lambda i: -duplicates.freeable[i]
    )
    assert exact[2] == third
    assert duplicates.waiting == {GroupKind.EXACT: 2, GroupKind.SIMILAR: 1}
    assert duplicates.reviewed == {GroupKind.EXACT: 1}
    assert duplicates.waiting_bytes[GroupKind.EXACT] == size[8] + size[2]
    assert duplicates.safe_bytes == {GroupKind.EXACT: size[8], GroupKind.SIMILAR: size[5]}


def test_what_did_not_change_is_not_gathered_again(result: Result) -> None:
    before = ResultIndex.of(result)
    after = ResultIndex.of(replace(result, flags=()), before)
    assert after.flags == {}
    assert after.places is before.places
    assert after.duplicates is before.duplicates
    fewer = ResultIndex.of(replace(result, groups=()), before)
    assert fewer.duplicates.of_photo == {}
    assert fewer.flags is before.flags


def test_no_result_has_an_answer_too() -> None:
    lookup = ResultIndex.of(None)
    assert lookup.duplicates.waiting[GroupKind.EXACT] == 0
    assert not lookup.flags
    assert not lookup.places
