import pytest

from photo_organizer.engine.domain.holdings import PLAIN, Extra, Holdings

FILM, OTHER_FILM = (Extra.FILM, b"f" * 12), (Extra.FILM, b"g" * 12)


def said(one, other):
    return [reason.text() for reason in one.more_than(other)]


def test_plain_files_hold_nothing_more_than_each_other():
    assert said(PLAIN, PLAIN) == []


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (Holdings(pictures=5), "5 pages"),
        (Holdings(pictures=5, animated=True), "5 frames"),
        (Holdings(bits=16), "16 bit"),
        (Holdings(alpha=True), "transparency"),
        (Holdings(profile=b"p", wide=True), "wide colours"),
        (Holdings(profile=b"p"), "a colour profile"),
        (Holdings(extras=(FILM,)), "video"),
        (Holdings(extras=((Extra.GAIN_MAP, b"h"),)), "HDR"),
        (Holdings(facts=b"abcdef"), "more metadata"),
    ],
)
def test_what_only_one_file_holds_is_named(held, words):
    assert said(held, PLAIN) == [words]
    assert said(PLAIN, held) == []
    assert said(held, held) == [] or held.pictures > 1 or held.bits > 8


def test_pages_are_the_same_only_when_all_of_them_are_equal():
    pages = Holdings(pictures=3, pixels=b"a")
    assert said(pages, pages) == []
    assert said(pages, Holdings(pictures=3, pixels=b"b")) == ["3 pages"]


def test_a_deep_picture_stands_for_another_only_when_all_of_its_depth_is_equal():
    deep = Holdings(bits=16, pixels=b"a")
    assert said(deep, deep) == []
    assert said(deep, Holdings(bits=16, pixels=b"b")) == ["16 bit"]
    assert said(PLAIN, deep) == []


def test_another_film_does_not_stand_for_a_film():
    assert said(Holdings(extras=(FILM,)), Holdings(extras=(OTHER_FILM,))) == ["video"]
    assert said(Holdings(extras=(FILM, OTHER_FILM)), PLAIN) == ["video"]


def test_facts_are_compared_item_by_item():
    assert said(Holdings(facts=b"aaaaaabbbbbb"), Holdings(facts=b"aaaaaabbbbbbcccccc")) == []
    assert said(Holdings(facts=b"aaaaaadddddd"), Holdings(facts=b"aaaaaabbbbbb")) == [
        "more metadata"
    ]


def test_of_two_places_neither_file_may_replace_the_other():
    one, other, both = (Holdings(words=b) for b in (b"Paaaaa", b"Pbbbbb", b"PaaaaaPbbbbb"))
    assert said(one, other) == said(other, one) == ["another place"]
    assert said(one, both) == said(both, one) == []
    assert said(one, PLAIN) == said(PLAIN, one) == [], "a clean-up carries it over"
    assert said(Holdings(words=b"waaaaa"), Holdings(words=b"wbbbbb")) == []


def test_a_wide_profile_may_stand_for_a_narrower_one_but_not_the_other_way_round():
    wide, narrow = Holdings(profile=b"w", wide=True), Holdings(profile=b"n")
    assert said(narrow, wide) == []
    assert said(wide, narrow) == ["wide colours"]


def test_pictures_are_the_same_by_their_pixels_or_by_their_compressed_data():
    assert Holdings(pixels=b"a").shows_the_same(Holdings(pixels=b"a", coded=b"c"))
    assert Holdings(pixels=b"", coded=b"c").shows_the_same(Holdings(pixels=b"a", coded=b"c"))
    assert not PLAIN.shows_the_same(PLAIN), "nothing is known of their pixels"
    assert not Holdings(pixels=b"a", bits=16).shows_the_same(Holdings(pixels=b"a"))
    assert not Holdings(pixels=b"a", profile=b"p").shows_the_same(Holdings(pixels=b"a"))
