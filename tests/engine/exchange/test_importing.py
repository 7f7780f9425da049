import os
import sys
import threading
from dataclasses import replace

import numpy as np
import pytest
from pyarrow import Table, parquet

from photo_organizer.engine import paths
from photo_organizer.engine.analysis.outcomes import CONTENT_VERSION
from photo_organizer.engine.domain.facts import Exif
from photo_organizer.engine.exchange import importing, layout
from photo_organizer.engine.exchange.errors import ExchangeError
from photo_organizer.engine.exchange.events import Cancelled, Imported, Progress
from photo_organizer.engine.exchange.importing import ImportWish, import_library
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.storage import store as storage
from photo_organizer.engine.storage.store import Store
from tests.engine.exchange.computers import (
    computer,
    content,
    digest,
    export,
    known,
    learn,
    place,
    rewrite,
    take,
    unit,
    with_metadata,
)


def met(*folders):
    """The files that this computer knows, as they are now."""
    identities = [
        photo_files.identify(path)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    with Store(paths.store_path()) as store:
        return {i.path.name: photo.content_hash for i, photo in store.known(identities)}


def test_files_below_the_root_are_known_without_being_read(here, file, moved):
    with computer(here):
        done = take(file, moved)
        assert met(moved) == {f"{number}.jpg": digest(number) for number in range(6)}
        before = known()
        again = take(file, moved)
        assert known() == before
    assert done == Imported(photos=6, added=6, embeddings=6, faces=6, files=6)
    assert again == Imported(photos=6, files=6)


def test_what_is_gone_or_changed_is_known_by_its_content_alone(here, file, moved):
    gone, larger, newer, same = (moved / "2024" / f"{number}.jpg" for number in range(4))
    gone.unlink()
    larger.write_bytes(b"more than before")
    os.utime(larger, ns=(0, larger.stat().st_mtime_ns))
    larger.write_bytes(b"more than it was before")
    for path, seconds in ((newer, 3), (same, 1)):  # network drives and cards round
        os.utime(path, ns=(0, path.stat().st_mtime_ns + seconds * 10**9))
    with computer(here):
        done = take(file, moved)
        assert set(met(moved)) == {"3.jpg", "4.jpg", "5.jpg"}
    assert (done.added, done.files, done.elsewhere) == (6, 3, 3)


def test_without_a_root_no_file_is_looked_for(here, file, moved):
    with computer(here):
        assert take(file) == Imported(photos=6, added=6, embeddings=6, faces=6)
        assert met(moved) == {}


def test_each_exported_folder_has_its_root(there, here, photos, moved, tmp_path):
    file = tmp_path / "two.parquet"
    with computer(there):
        learn(7)
        place(tmp_path / "other" / "7.jpg", 7)
        export(file, tmp_path / "other", photos)
    with computer(here):
        assert take(file, tmp_path / "other").files == 1
        assert take(file, tmp_path / "other", moved).files == 7
        with pytest.raises(ExchangeError, match="2 exported folders, and 3 were given"):
            take(file, moved, moved, moved)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_what_only_a_link_leads_to_is_known_as_such(here, file, moved, tmp_path):
    (moved / "2024").rename(tmp_path / "real")
    (moved / "2024").symlink_to(tmp_path / "real")
    with computer(here):
        take(file, moved)
        with Store(paths.store_path()) as store:
            assert {one.linked for one in store.photos_below(moved)} == {True}
            walked = list(photo_files.walk([moved]))
            assert len(list(store.known(walked))) == 6


def test_what_is_known_here_stays(here, file):
    own = content(0, Exif(camera="mine"))
    with computer(here):
        with Store(paths.store_path()) as store:
            store.add_content(own, CONTENT_VERSION)
            store.add_embedding(digest(1), "fake", "1", unit(99))
            store.add_content(replace(content(2), exif=Exif()), "another version")
        done = take(file)
        with Store(paths.store_path()) as store:
            found = store.contents([digest(n) for n in range(3)], CONTENT_VERSION)
            vectors = store.halves([digest(0), digest(1)], "fake", "1")
    assert (done.added, done.embeddings) == (5, 5)
    assert found[digest(0)].exif == own.exif
    assert found[digest(2)].exif == content(2).exif
    np.testing.assert_array_equal(vectors[digest(0)], unit(0))
    np.testing.assert_array_equal(vectors[digest(1)], unit(99))


def test_faces_are_taken_where_they_are_wanted(here, file):
    with computer(here):
        assert take(file, faces=False).faces == 0
        assert known()["faces"] == []
        assert take(file).faces == 6


def test_what_another_version_found_is_counted_and_not_taken(here, file):
    def change(rows):
        rows[0]["content_version"] = "0.0"
        rows[1]["faces_version"] = "0.0"

    rewrite(file, change)
    with computer(here):
        done = take(file)
        assert {row[0] for row in known()["content"]} == {digest(n) for n in range(1, 6)}
        assert {row[0] for row in known()["faces"]} == {digest(n) for n in range(2, 6)}
    assert (done.other_version, done.other_faces, done.refused) == (1, 1, {})


def test_a_bad_row_is_left_out_and_counted(here, file):
    def change(rows):
        rows[2]["exif"] = "{"
        rows[3]["width"] = rows[4]["width"] = 0

    rewrite(file, change)
    with computer(here):
        done = take(file)
        assert {row[0] for row in known()["content"]} == {digest(n) for n in (0, 1, 5)}
    assert done.refused == {"exchange.bad_exif": 1, "exchange.bad_facts": 2}


@pytest.mark.parametrize("where", ["file", "store"])
def test_vectors_of_one_model_have_one_length(here, file, where):
    def change(rows):
        for row in rows[1:] if where == "file" else rows:
            row["embeddings"][0]["vector"] = unit(1, 5)

    rewrite(file, change)
    with computer(here):
        if where == "store":
            with Store(paths.store_path()) as store:
                store.add_embedding(b"x" * 16, "fake", "1", unit(0))
        done = take(file)
        with Store(paths.store_path()) as store:
            lengths = {len(v) for v in store.halves([digest(n) for n in range(6)], "fake", "1")}
    refused = 5 if where == "file" else 6
    assert done.refused == {"exchange.bad_embedding": refused}
    assert (done.added, done.embeddings, len(lengths)) == (6, 6 - refused, 6 - refused > 0)


def test_a_path_that_leads_elsewhere_is_refused(here, file, moved, tmp_path):
    outside = place(tmp_path / "outside.jpg", 0)
    seen = outside.stat()

    def change(rows):
        for row, path in zip(
            rows, ("../outside.jpg", str(outside), "", "a//b", "a\0b"), strict=False
        ):
            row["files"][0] |= {"path": path, "size": seen.st_size, "mtime_ns": seen.st_mtime_ns}
        rows[5]["files"][0] |= {"folder": 7}

    rewrite(file, change)
    with computer(here):
        done = take(file, moved)
        with Store(paths.store_path()) as store:
            assert store.photos_below(tmp_path) == []
    assert done.refused == {"exchange.bad_path": 5}
    assert (done.added, done.files) == (6, 0)


def test_a_file_that_is_named_in_two_ways_or_none_is_bad(here, file):
    def change(rows):
        rows[0]["files"][0]["path_bytes"] = b"another"
        rows[1]["files"][0]["path"] = None

    rewrite(file, change)
    with computer(here):
        assert take(file).refused == {"exchange.bad_path": 2}


def foreign(file):
    parquet.write_table(Table.from_pydict({"content_hash": [b"x"]}), file)


def without_a_column(file):
    table = parquet.read_table(file)
    parquet.write_table(table.drop_columns(["faces"]), file)


def with_another_type(file):
    table = parquet.read_table(file)
    widths = table.column("width").cast("int64")
    parquet.write_table(table.set_column(table.schema.names.index("width"), "width", widths), file)


def damaged(file):
    """A page is not as it was written."""
    data = bytearray(file.read_bytes())
    data[200:400] = bytes(200)
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda file: file.write_bytes(b""), "foreign"),
        (lambda file: file.write_text("no parquet at all" * 10), "foreign"),
        (lambda file: file.write_bytes(file.read_bytes()[:-100]), "foreign"),
        (foreign, "foreign"),
        (without_a_column, "foreign"),
        (with_another_type, "foreign"),
        (lambda file: with_metadata(file, layout.FORMAT_KEY, "2"), "newer"),
        (lambda file: with_metadata(file, layout.FORMAT_KEY, "two"), "foreign"),
        (damaged, "damaged"),
        (lambda file: file.unlink(), "not_read"),
        (lambda file: (file.unlink(), file.mkdir()), "not_read"),
    ],
)
def test_a_wrong_file_is_one_sentence(here, file, harm, code):
    harm(file)
    with computer(here):
        with pytest.raises(ExchangeError) as error:
            take(file)
        assert known() == {"content": [], "embedding": [], "faces": []}
    assert error.value.reason.code == f"exchange.{code}"
    assert str(file) in str(error.value)


def test_a_small_file_cannot_stand_for_very_large_rows(here, file, monkeypatch):
    monkeypatch.setattr(importing, "LARGEST_GROUP", 1000)
    with computer(here), pytest.raises(ExchangeError, match="is no file that"):
        take(file)


@pytest.mark.parametrize("at", [1, 3, 4, 6])
def test_a_killed_import_goes_on(exchange, here, file, monkeypatch, at):
    monkeypatch.setattr(importing, "BATCH", 2)
    add, calls = Store.add_content, []

    def killed(store, one, version):
        calls.append(one)
        if len(calls) == at:
            raise KeyboardInterrupt
        add(store, one, version)

    with computer(here):
        monkeypatch.setattr(Store, "add_content", killed)
        with pytest.raises(KeyboardInterrupt):
            take(file)
        whole = (at - 1) // 2 * 2  # a batch is taken as a whole, or not at all
        assert {table: len(rows) for table, rows in known().items()} == dict.fromkeys(
            ("content", "embedding", "faces"), whole
        )
        monkeypatch.setattr(Store, "add_content", add)
        assert take(file).added == 6 - whole
        after = known()
    with computer(exchange.home):
        assert known() == after


def test_a_cancelled_import_keeps_what_it_took(here, file, moved, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    cancel = threading.Event()
    with computer(here):
        events = import_library(ImportWish(file, (moved,)), cancel)
        assert [next(events), next(events)] == [Progress(0, 6), Progress(2, 6)]
        cancel.set()
        (last,) = events
        assert last == Cancelled(Imported(photos=2, added=2, embeddings=2, faces=2, files=2))
        assert take(file, moved).added == 4


def test_a_batch_that_is_cancelled_while_files_are_looked_at_is_not_taken(
    here, file, moved, monkeypatch
):
    cancel, identify = threading.Event(), photo_files.identify

    def slow(path):
        cancel.set()
        return identify(path)

    monkeypatch.setattr(photo_files, "identify", slow)
    with computer(here):
        *_, last = import_library(ImportWish(file, (moved,)), cancel)
        assert last == Cancelled(Imported())
        assert known()["content"] == []


def test_while_another_program_holds_the_store_it_is_told(here, file, monkeypatch):
    monkeypatch.setattr(storage.Store.__init__, "__defaults__", (0.01,))
    busy = pytest.raises(storage.StoreError, match="another program is using the photo store")
    with computer(here), Store(paths.store_path()) as other, other.batch(), busy:
        take(file)


def test_a_content_that_comes_twice_is_taken_once(here, file):
    rewrite(file, lambda rows: rows.append(dict(rows[0])))
    with computer(here):
        assert (take(file).added, len(known()["content"])) == (6, 6)
