from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.browse.query_line import parse, written
from photo_organizer.engine.domain.query import Field, Like, Query, Restriction, Term, Words


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("beach at night", [Words("beach at night")]),
        ("  beach   at night ", [Words("beach at night")]),
        ("beach +dog", [Words("beach"), Words("dog")]),
        ("beach + two dogs", [Words("beach"), Words("two dogs")]),
        ("-people", [Words("people", minus=True)]),
        ("beach -people", [Words("beach"), Words("people", minus=True)]),
        ("beach − people", [Words("beach"), Words("people", minus=True)]),
        ("beach - many people", [Words("beach"), Words("many people", minus=True)]),
        ("-red car", [Words("red", minus=True), Words("car")]),
        ("beach -", [Words("beach")]),
        ("- - beach", [Words("beach", minus=True)]),
        ("--beach", [Words("beach", minus=True)]),
        ("black-and-white", [Words("black-and-white")]),
        ('"new york" city', [Words("new york", phrase=True), Words("city")]),
        ('-"new york', [Words("new york", minus=True, phrase=True)]),
        ("“뉴욕” 밤", [Words("뉴욕", phrase=True), Words("밤")]),
        ('"a 5"" lens"', [Words('a 5" lens', phrase=True)]),
        ("folder:Italy", [Restriction(Field.FOLDER, "Italy")]),
        ('FOLDER: "my trip" sea', [Restriction(Field.FOLDER, "my trip"), Words("sea")]),
        ("폴더:이탈리아 바다", [Restriction(Field.FOLDER, "이탈리아"), Words("바다")]),
        ("-date:2024-07", [Restriction(Field.DATE, "2024-07", minus=True)]),
        ("- date:2024-07", [Restriction(Field.DATE, "2024-07", minus=True)]),
        (
            "name:IMG_12* 별점:4+",
            [Restriction(Field.NAME, "IMG_12*"), Restriction(Field.STARS, "4+")],
        ),
        ("folder:", []),
        ("12:30 http://x", [Words("12:30 http://x")]),
        ("like:cat.jpg at night", [Like(Path("cat.jpg")), Words("at night")]),
        ("-photo:12", [Like(12, minus=True)]),
        ("photo:album", [Words("album")]),
        ("", []),
        (" + ", []),
    ],
)
def test_a_line_is_read_as_people_mean_it(line: str, terms: list[Term]) -> None:
    assert parse(line) == Query(tuple(terms))


signs = st.booleans()
terms = st.one_of(
    st.builds(Words, st.text(), signs, st.booleans()),
    st.builds(Words, st.sampled_from(["beach", "two dogs", "-x", "a:b", "in:x"]), signs, signs),
    st.builds(Like, st.integers(0, 10**9), signs),
    st.builds(Like, st.text(min_size=1).map(Path), signs),
    st.builds(Restriction, st.sampled_from(Field), st.text(), signs),
)


@given(st.lists(terms, max_size=5).map(lambda found: Query(tuple(found))))
def test_a_query_is_read_again_as_it_was_written(query: Query) -> None:
    assert parse(written(query)) == query


@given(st.text())
def test_any_line_is_a_query(line: str) -> None:
    query = parse(line)
    assert parse(written(query)) == query


@given(
    st.lists(st.sampled_from(['"', "-", "+ ", " ", "folder:", "like:", "photo:", "a", "“", "”"]))
)
def test_any_line_of_signs_is_a_query(pieces: list[str]) -> None:
    query = parse("".join(pieces))
    assert parse(written(query)) == query


def test_terms_that_ask_nothing_are_left_out() -> None:
    assert not Query((Words(" "), Restriction(Field.NAME, "")))
    assert Query((Words("a"),)).plus(Words(""), Words("b")).without(Words("a")) == parse("b")
