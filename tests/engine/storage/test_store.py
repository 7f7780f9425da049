import errno
import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from photo_organizer.engine.domain.dates import DatePrecision, DateSource
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.domain.faces import Eye, Face
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.holdings import Extra, Holdings
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.storage import rescue
from photo_organizer.engine.storage.store import (
    CANDIDATES,
    MIGRATIONS,
    Content,
    Store,
    StoredTexts,
    StoreError,
    build_facts,
)

HASH, OTHER = b"a" * 16, b"b" * 16


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data" / "library.sqlite") as opened:
        yield opened


def identity(name="photo.jpg", **changes):
    values = {"device": 2**64 - 1, "inode": 2**64 - 2, "size": 10, "mtime_ns": 5} | changes
    return FileIdentity(Path("/photos") / name, **values)


NO_EXIF = Exif()


def content(content_hash=HASH, exif=NO_EXIF):
    return Content(
        content_hash,
        "JPEG",
        40,
        30,
        exif,
        np.arange(3, dtype=np.float32),
        np.arange(4, dtype=np.uint8),
    )


def test_a_known_file_is_found_again_only_while_it_is_unchanged(store):
    photo_id = store.add_photo(identity(), HASH)
    assert [(p.id, p.content_hash) for _, p in store.known([identity()])] == [(photo_id, HASH)]
    for changed in ({"size": 11}, {"mtime_ns": 6}, {"inode": 7}, {"device": 8}):
        assert list(store.known([identity(**changed)])) == []


def test_a_photo_that_a_link_leads_to_is_remembered_as_one(store):
    link = identity(linked=True)
    store.add_photo(link, HASH)
    assert [one.linked for one in store.photos_below(Path("/photos"))] == [True]
    assert [p.identity.linked for _, p in store.known([link])] == [True]
    assert list(store.known([identity()])) == []  # the file itself lies there now


def test_a_photo_keeps_its_id_when_its_file_changes(store):
    first = store.add_photo(identity(), HASH)
    assert store.add_photo(identity(size=99), OTHER) == first


def test_names_that_are_not_utf8_survive(store):
    odd = identity(os.fsdecode(b"caf\xe9 \xff.jpg"))
    store.add_photo(odd, HASH)
    assert [i for i, _ in store.known([odd])] == [odd]


def test_many_files_are_looked_up_at_once(store):
    many = [identity(f"{n}.jpg", inode=n) for n in range(1203)]
    with store.batch():
        for i in many:
            store.add_photo(i, HASH)
    assert [i for i, _ in store.known(many)] == many


def test_content_comes_back_as_it_was_and_only_for_its_version(store):
    exif = Exif(
        taken_at=datetime(2024, 5, 1, 12, 30, 1, 250000),
        taken_from=DateSource.XMP,
        taken_precision=DatePrecision.DAY,
        has_subsecond=True,
        camera="Canon EOS R5",
        gps=(37.5, -122.25),
        iso=400,
        exposure_bias=-0.5,
        fields=12,
    )
    store.add_content(content(exif=exif), "1")
    back = store.contents([HASH, OTHER], "1")[HASH]
    assert (back.format, back.width, back.height, back.exif) == ("JPEG", 40, 30, exif)
    np.testing.assert_array_equal(back.measures, [0, 1, 2])
    np.testing.assert_array_equal(back.fingerprint, [0, 1, 2, 3])
    assert store.contents([HASH], "2") == {}


def test_what_a_file_holds_comes_back_as_it_was(store):
    held = Holdings(
        pictures=3,
        animated=True,
        bits=16,
        alpha=True,
        profile=b"p" * 12,
        wide=True,
        pixels=b"x" * 12,
        coded=b"c" * 12,
        extras=((Extra.FILM, b"f" * 12),),
        facts=b"abcdef",
        words=b"ghijkl",
    )
    for each in (held, Holdings()):
        store.add_content(replace(content(), holdings=each), "1")
        assert store.contents([HASH], "1")[HASH].holdings == each


def test_an_unreadable_content_is_remembered_with_its_reason(store):
    reason = Reason("files.truncated", {"format": "JPEG"})
    store.add_unreadable(HASH, reason, "1")
    assert store.contents([HASH], "1") == {HASH: reason}
    assert reason.text() == "truncated JPEG"


def test_a_model_never_reads_the_vectors_of_another(store):
    vector = np.array([0.6, 0.8], np.float32)
    store.add_embedding(HASH, "starter", "1", vector)
    np.testing.assert_allclose(store.embeddings([HASH], "starter", "1")[HASH], vector, atol=5e-4)
    assert store.embeddings([HASH], "starter", "2") == {}
    assert store.embeddings([HASH], "other", "1") == {}


MODEL = "clip", "1"


def know_whole(store, name, content_hash, **changes):
    store.add_photo(identity(name, **changes), content_hash)
    store.add_content(content(content_hash), "1")
    store.add_embedding(content_hash, *MODEL, np.ones(4))


def test_a_new_file_may_be_what_is_known_whole_and_has_its_size(store):
    know_whole(store, "photo.jpg", HASH)
    know_whole(store, "copy.jpg", HASH)
    know_whole(store, "larger.jpg", OTHER, size=11)
    assert store.whole(10, 5, "1", MODEL) == (HASH,)
    assert store.whole(11, 7, "1", MODEL) == (OTHER,)
    assert store.whole(12, 5, "1", MODEL) == ()
    assert store.whole(10, 5, "2", MODEL) == ()  # it has to be measured again
    assert store.whole(10, 5, "1", ("clip", "2")) == ()  # and embedded


def test_a_new_file_may_be_what_is_known_to_be_unreadable(store):
    store.add_photo(identity(), HASH)
    store.add_unreadable(HASH, Reason("files.empty"), "1")
    assert store.whole(10, 5, "1", MODEL) == (HASH,)


def test_of_many_files_of_one_size_those_of_the_same_moment_are_meant(store):
    hour = 3600 * 10**9
    for number in range(40):
        know_whole(store, f"{number}.arw", bytes([number]) * 16, mtime_ns=number * hour)
    assert store.whole(10, 7 * hour + 10**9, "1", MODEL) == (bytes([7]) * 16,)
    assert len(store.whole(10, 7 * hour + hour // 2, "1", MODEL)) == CANDIDATES


def test_files_of_one_size_are_found_without_reading_all(store):
    asked = []
    store.connection.set_trace_callback(asked.append)
    store.whole(10, 5, "1", MODEL)
    store.connection.set_trace_callback(None)
    for statement in asked:
        plan = store.connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        assert any("photo_size" in row[3] for row in plan)
        assert not any(row[3].startswith("SCAN") for row in plan)


def test_text_embeddings_are_kept_per_model_and_version(store):
    texts = StoredTexts(store.path, "starter", "1")
    texts.put_texts({"a dog": np.array([1, 2], np.float32)})
    np.testing.assert_array_equal(texts.get_texts(["a dog", "a cat"])["a dog"], [1, 2])
    assert StoredTexts(store.path, "starter", "2").get_texts(["a dog"]) == {}


def test_decisions_survive_reopening(store):
    store.decide_not_duplicates([OTHER, HASH, OTHER])
    store.decide_fine(HASH, Flaw.BLUR)
    store.decide_rating(HASH, 4)
    store.decide_rating(HASH, 5)
    store.decide_category(OTHER, "food")
    with Store(store.path) as again:
        decisions = again.decisions()
    assert decisions.not_duplicates == {(HASH, OTHER)}
    assert decisions.fine == {(HASH, Flaw.BLUR)}
    assert decisions.ratings == {HASH: 5}
    assert decisions.categories == {OTHER: "food"}


def test_a_rating_can_be_taken_back_without_becoming_a_rejection(store):
    store.decide_rating(HASH, 4)
    store.decide_rating(OTHER, 0)
    store.decide_category(HASH, "food")
    store.forget_rating(HASH)
    assert store.decisions().ratings == {OTHER: 0}
    assert store.decisions().categories == {HASH: "food"}


def test_reviews_survive_reopening_and_can_be_taken_back(store):
    store.decide_reviewed((HASH, HASH, OTHER))
    store.decide_reviewed((OTHER, OTHER))
    with Store(store.path) as again:
        assert again.decisions().reviewed == {(HASH, HASH, OTHER), (OTHER, OTHER)}
        again.decide_reviewed((HASH, OTHER), False)  # what is left of the first
    assert store.decisions().reviewed == {(OTHER, OTHER)}


def test_marks_survive_reopening_and_can_be_taken_back(store):
    odd = Path(os.fsdecode(b"/caf\xe9.jpg"))
    marks = [Mark(HASH, Path("/a.jpg")), Mark(HASH, odd)]
    store.set_marks(marks, True)
    store.set_marks(marks[:1], True)
    with Store(store.path) as again:
        assert set(again.marks()) == set(marks)
        again.set_marks(marks[:1], False)
    assert store.marks() == marks[1:]


def test_the_copies_of_marked_photos_are_known(store):
    for name, digest in (("a.jpg", HASH), ("b.jpg", HASH), ("c.jpg", OTHER)):
        store.add_photo(identity(name), digest)
    assert store.copies_of_marked() == []
    store.set_marks([Mark(HASH, Path("/photos/a.jpg"))], True)
    assert set(store.copies_of_marked()) == {
        Mark(HASH, Path("/photos/a.jpg")),
        Mark(HASH, Path("/photos/b.jpg")),
    }


def test_a_store_of_an_older_program_keeps_its_decisions(tmp_path, monkeypatch):
    path = tmp_path / "old.sqlite"
    monkeypatch.setattr("photo_organizer.engine.storage.store.MIGRATIONS", MIGRATIONS[:1])
    with Store(path) as old:
        old.decide_rating(HASH, 3)
    monkeypatch.undo()
    with Store(path) as new:
        assert new.decisions().ratings == {HASH: 3}
        assert new.marks() == []


def test_what_an_older_program_could_not_read_is_looked_at_again(tmp_path, monkeypatch):
    """It remembered an English sentence instead of a code."""
    path = tmp_path / "old.sqlite"
    monkeypatch.setattr("photo_organizer.engine.storage.store.MIGRATIONS", MIGRATIONS[:2])
    with Store(path) as old:
        old.connection.execute(
            "INSERT INTO content (content_hash, version, error) VALUES (?, '1', 'truncated JPEG')",
            (HASH,),
        )
        old.connection.execute(
            "INSERT INTO content VALUES (?, '1', NULL, 'JPEG', 40, 30, '{}', ?, ?)",
            (OTHER, bytes(4), bytes(1)),
        )
    monkeypatch.undo()
    with Store(path) as new:
        assert new.contents([HASH, OTHER], "1").keys() == {OTHER}


def test_a_failed_batch_leaves_nothing_behind(store):
    def fails():
        with store.batch():
            store.add_photo(identity(), HASH)
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fails()
    assert list(store.known([identity()])) == []


def test_a_store_of_a_newer_program_is_refused_unchanged(store):
    newer = len(MIGRATIONS) + 1
    store.connection.execute(f"PRAGMA user_version = {newer}")
    with pytest.raises(StoreError, match="newer"):
        Store(store.path)
    assert store.connection.execute("PRAGMA user_version").fetchone() == (newer,)


def test_a_file_that_is_no_store_and_cannot_be_put_aside_is_a_clear_error(tmp_path, monkeypatch):
    def refuse(_path):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(rescue, "_put_aside", refuse)
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"not a database, but long enough to look at" * 30)
    with pytest.raises(StoreError, match=r"library\.sqlite"):
        Store(path)
    assert path.read_bytes().startswith(b"not a database")


def test_readers_see_the_last_commit_while_a_batch_is_open(store):
    store.add_photo(identity("first.jpg"), HASH)
    with store.batch():
        store.add_photo(identity("second.jpg"), HASH)
        reader = sqlite3.connect(store.path)
        assert reader.execute("SELECT count(*) FROM photo").fetchone() == (1,)
        reader.close()


def test_facts_put_photos_and_their_content_side_by_side():
    photos = [Photo(n, identity(f"{n}.jpg"), bytes([n]) * 16, "", 0, 0, Exif()) for n in (7, 3)]
    rows = [(p, content(p.content_hash), np.ones(2, np.float32)) for p in photos]
    facts = build_facts(rows)
    assert (len(facts), facts.rows) == (2, {7: 0, 3: 1})
    assert facts.photos[0].width == 40
    assert (facts.embeddings.shape, facts.measures.shape) == ((2, 2), (2, 3))
    assert facts.fingerprints.dtype == np.uint8


def test_no_photos_are_facts_too():
    assert len(build_facts([])) == 0


def test_many_threads_may_open_a_new_store_at_once(tmp_path):
    for attempt in range(5):
        together = threading.Barrier(4)

        def opened(_, path=tmp_path / f"{attempt}.sqlite", together=together):
            together.wait()
            with Store(path) as store:
                return store.connection.execute("PRAGMA user_version").fetchone()[0]

        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(opened, range(4))) == {len(MIGRATIONS)}


def test_a_batch_within_a_batch_is_a_part_of_it(store):
    def stop():
        with store.batch():
            store.decide_rating(HASH, 5)
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"), store.batch():
        stop()
    assert store.decisions().ratings == {}
    with store.batch():
        store.decide_not_duplicates([HASH, OTHER])
        store.decide_rating(HASH, 4)
    with Store(store.path) as again:
        assert again.decisions().ratings == {HASH: 4}
        assert again.decisions().not_duplicates


def test_decisions_can_be_tried_without_writing_them(store):
    store.decide_rating(HASH, 5)
    store.decide_reviewed((HASH, OTHER))
    before = store.decisions()
    with Store(store.path) as other, other.batch():  # another program holds the store meanwhile
        tried = store.decisions_after(
            [
                lambda s: s.decide_rating(HASH, 1),
                lambda s: s.decide_rating(OTHER, 2),
                lambda s: s.forget_rating(HASH),
                lambda s: s.decide_fine(HASH, Flaw.BLUR),
                lambda s: s.decide_not_duplicates([HASH, OTHER]),
                lambda s: s.decide_reviewed((HASH, OTHER), False),
            ]
        )
    assert tried.ratings == {OTHER: 2}
    assert tried.fine == {(HASH, Flaw.BLUR)}
    assert len(tried.not_duplicates) == 1
    assert tried.reviewed == frozenset()
    assert store.decisions() == before
    store.decide_rating(HASH, 3)  # the store is as usable as before
    assert store.decisions().ratings == {HASH: 3}


def test_faces_come_back_as_they_were_found(tmp_path):
    eyes = (Eye((0.25, 0.125), 20.5, 0.31), Eye((0.5, 0.125), 21.0, 0.07))
    face = Face((0.1, -0.05, 0.5, 0.6), eyes, 80.0, 0.9, 0.99, -12.5, 0.4, bytes(range(108)))
    with Store(tmp_path / "s.sqlite") as store:
        store.add_faces(b"a" * 16, (face, face), "1")
        store.add_faces(b"b" * 16, (), "1")
        store.add_faces(b"c" * 16, (face,), "older")
        asked = [letter * 16 for letter in (b"a", b"b", b"c", b"d")]
        assert store.faces(asked, "1") == {b"a" * 16: (face, face), b"b" * 16: ()}
        assert store.forget_faces() == 3
        assert store.faces(asked, "1") == {}
