import tomllib
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photo_organizer.engine.storage.toml_text import document_text, flat, nested, value_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    TEXTS
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.datetimes(min_value=datetime(1, 1, 2))
    | st.datetimes(timezones=st.just(UTC))
    | st.dates()
    | st.times(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=6,
)
DOCUMENTS = st.dictionaries(TEXTS, VALUES, max_size=4)


@settings(max_examples=50)
@given(DOCUMENTS)
def test_what_is_written_is_read_as_it_was(document):
    assert tomllib.loads(document_text(document)) == document


@settings(max_examples=50)
@given(DOCUMENTS)
def test_a_document_is_its_values(document):
    assert nested(flat(document)) == document


def test_it_can_be_read_by_people():
    text = document_text({"thresholds": {"taste": {"share": 0.5}}, "model": "starter", "a b": True})
    assert text == 'model = "starter"\n"a b" = true\n\n[thresholds]\ntaste.share = 0.5\n'


def test_a_long_list_has_a_line_for_each_value():
    folders = [f"/photos/{'long' * 8}/{number}" for number in range(3)]
    lines = document_text({"protected": folders}).splitlines()
    assert lines[1] == f'    "{folders[0]}",'
    assert tomllib.loads("\n".join(lines)) == {"protected": folders}


def test_every_kind_of_value_has_its_own_words():
    values = {
        "moment": datetime(2026, 5, 1, 9, 30, tzinfo=UTC),
        "day": date(2026, 5, 1),
        "hour": time(9, 30),
        "inner": [{"a": []}],
        "most": float("inf"),
    }
    assert tomllib.loads(document_text(values)) == values
    assert value_text('a "b"\n\x7f') == r'"a \"b\"\n\u007f"'


def test_what_toml_does_not_have_is_refused():
    with pytest.raises(TypeError, match="NoneType"):
        document_text({"nothing": None})


@pytest.mark.parametrize("values", [{("a",): 1, ("a", "b"): 2}, {("a", "b"): 2, ("a",): 1}])
def test_one_name_leads_to_one_thing(values):
    with pytest.raises(ValueError, match="a"):
        nested(values)
