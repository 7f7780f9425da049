"""What comparing photos found out, in a store."""

from pathlib import Path

import pytest

from photo_organizer.engine.storage import evidence
from photo_organizer.engine.storage.evidence import StoredEvidence
from photo_organizer.engine.storage.store import Store

ONE, TWO = b"a" * 16, b"b" * 16
MODEL = ("starter", "3")
HERE = (Path("/photos"),)


@pytest.fixture
def path(tmp_path):
    Store(tmp_path / "library.sqlite").close()
    return tmp_path / "library.sqlite"


def test_more_is_put_behind_what_is_known_of_a_content(path):
    stored = StoredEvidence(path, HERE, "1.4", MODEL)
    stored.add_pairs({ONE: (b"s", b"")}, 1)
    stored.add_pairs({ONE: (b"t", b"L"), TWO: (b"", b"M")}, 1)
    assert stored.pairs([ONE, TWO, b"c" * 16], 1) == {ONE: (b"st", b"L"), TWO: (b"", b"M")}


def test_another_version_knows_nothing_and_begins_anew(path):
    stored = StoredEvidence(path, HERE, "1.4", MODEL)
    stored.add_pairs({ONE: (b"s", b"")}, 1)
    assert stored.pairs([ONE], 2) == {}
    stored.add_pairs({ONE: (b"t", b"")}, 2)
    assert stored.pairs([ONE], 2) == {ONE: (b"t", b"")}
    assert StoredEvidence(path, HERE, "1.5", MODEL).pairs([ONE], 2) == {}


def test_pairs_are_those_of_any_library_and_model(path):
    StoredEvidence(path, HERE, "1.4", MODEL).add_pairs({ONE: (b"s", b"L")}, 1)
    other = StoredEvidence(path, (Path("/elsewhere"),), "1.4", ("clip", "1"))
    assert other.pairs([ONE], 1) == {ONE: (b"s", b"L")}


def test_a_search_belongs_to_its_library_and_model(path):
    stored = StoredEvidence(path, (Path("/a"), Path("/b")), "1.4", MODEL)
    stored.keep_search(b"one", 1)
    stored.keep_search(b"two", 1)
    other = StoredEvidence(path, (Path("/a"),), "1.4", MODEL)
    # A library that was never searched may be another one with one folder more or less.
    assert other.searches(1) == [b"two"]
    other.keep_search(b"three", 1)
    assert (stored.searches(1), other.searches(1)) == ([b"two"], [b"three"])
    third = StoredEvidence(path, (Path("/c"),), "1.4", MODEL)
    assert third.searches(1) == [b"three", b"two"]
    assert stored.searches(2) == []
    assert StoredEvidence(path, (Path("/b"), Path("/a")), "1.4", MODEL).searches(1) == [b"two"]
    assert StoredEvidence(path, (Path("/a"), Path("/b")), "1.4", ("clip", "1")).searches(1) == []


def test_only_the_libraries_searched_last_are_remembered(path, monkeypatch):
    monkeypatch.setattr(evidence, "LIBRARIES", 2)
    stored = [StoredEvidence(path, (Path(name),), "1.4", MODEL) for name in ("/a", "/b", "/c")]
    for number, each in enumerate((stored[0], stored[1], stored[0], stored[2])):
        each.keep_search(b"%d" % number, 1)
    assert [each.searches(1) for each in stored] == [[b"2"], [b"3", b"2"], [b"3"]]


def test_a_store_that_cannot_take_it_stops_nothing(path, monkeypatch, caplog):
    stored = StoredEvidence(path, HERE, "1.4", MODEL)
    with Store(path) as store:
        store.connection.execute("DROP TABLE pairs")
    stored.add_pairs({ONE: (b"s", b"")}, 1)
    assert "not remembered" in caplog.text
