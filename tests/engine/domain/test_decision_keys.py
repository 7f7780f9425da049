"""The keys of decisions: what they were made of comes back."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain import decision_keys as keys
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.domain.results import Flaw

HASHES = st.binary(min_size=16, max_size=16)


@given(HASHES, HASHES, st.text(min_size=1).filter(lambda name: "\0" not in name))
def test_keys_name_what_they_were_made_of(first: bytes, second: bytes, name: str) -> None:
    mark = Mark(first, Path("/photos") / name)
    assert keys.mark_of(keys.mark_key(mark)) == mark
    assert keys.content_of(keys.content_key(first)) == first
    assert keys.fine_of(keys.fine_key(first, Flaw.BLUR)) == (first, Flaw.BLUR)
    assert keys.pair_key(first, second) == keys.pair_key(second, first)
    assert keys.pair_of(keys.pair_key(first, second)) == tuple(sorted((first, second)))
    assert keys.review_of(keys.review_key((first, second))) == (first, second)


def test_a_name_that_is_no_text_is_named_too() -> None:
    mark = Mark(b"\1" * 16, Path("/photos") / b"\xff.jpg".decode("utf-8", "surrogateescape"))
    assert keys.mark_of(keys.mark_key(mark)) == mark
