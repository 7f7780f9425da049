import os
import sys
import threading

import pytest
from pyarrow import parquet

from photo_organizer.engine import paths
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.exchange import exporting, layout
from photo_organizer.engine.exchange.errors import ExchangeError
from photo_organizer.engine.exchange.events import Cancelled, Progress
from photo_organizer.engine.exchange.exporting import ExportWish, export_library
from photo_organizer.engine.storage.store import Store
from tests.engine.exchange.computers import computer, content, digest, export, learn, place, said


def test_photos_below_folders_go_with_their_paths_from_there(there, photos, tmp_path):
    file, other = tmp_path / "two.parquet", tmp_path / "other"
    with computer(there):
        learn(7)
        place(other / "7.jpg", 7)
        place(other / "copy of 0.jpg", 0)
        learn(8)
        place(tmp_path / "elsewhere" / "8.jpg", 8)
        done = export(file, other, photos)
    assert (done.photos, done.files, done.size) == (7, 8, file.stat().st_size)
    rows = said(file, ["content_hash", "files"])
    assert [row["content_hash"] for row in rows] == [*map(digest, range(6)), digest(7)]
    assert [(one["folder"], one["path"]) for one in rows[0]["files"]] == [
        (0, "copy of 0.jpg"),
        (1, "2024/0.jpg"),
    ]
    seen = (photos / "2024" / "0.jpg").stat()
    assert (rows[0]["files"][1]["size"], rows[0]["files"][1]["mtime_ns"]) == (16, seen.st_mtime_ns)
    assert parquet.read_schema(file).metadata[layout.FOLDERS_KEY] == b"2"


def test_without_folders_all_that_is_known_goes_and_no_path(there, photos, tmp_path):
    file = tmp_path / "all.parquet"
    with computer(there):
        learn(99)  # its file is gone
        assert export(file).photos == 7
    assert all(row["files"] == [] for row in said(file, ["files"]))


def test_decisions_absolute_paths_and_faces_that_are_not_asked_for_stay(there, photos, tmp_path):
    file = tmp_path / "photos.parquet"
    with computer(there):
        with Store(paths.store_path()) as store:
            store.decide_category(digest(0), "private-category")
            store.set_marks([Mark(digest(1), photos / "2024" / "1.jpg")], True)
        done = export(file, photos, faces=False)
    assert done.faces == 0
    assert {(row["faces"], row["faces_version"]) for row in said(file)} == {(None, None)}
    everything = repr(said(file)) + repr(parquet.read_schema(file).metadata)
    assert "private-category" not in everything
    assert str(photos) not in everything
    assert photos.name not in everything


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_names_that_are_no_text_go_byte_by_byte(there, photos, tmp_path):
    file, odd = tmp_path / "odd.parquet", os.fsdecode(b"caf\xe9.jpg")
    with computer(there):
        place(photos / odd, 0)
        export(file, photos)
    named = said(file, ["files"])[0]["files"]
    assert [(one["path"], one["path_bytes"]) for one in named] == [
        ("2024/0.jpg", None),
        (None, b"caf\xe9.jpg"),
    ]


def test_contents_come_page_by_page(there, photos, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "PAGE", 4)
    file = tmp_path / "pages.parquet"
    with computer(there):
        events = list(export_library(ExportWish(file, (photos,)), threading.Event()))
    assert [event.done for event in events if isinstance(event, Progress)] == [0, 4, 6]
    assert parquet.read_metadata(file).num_row_groups == 2


def test_a_cancelled_export_leaves_what_was_there(there, photos, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "PAGE", 2)
    file, cancel = tmp_path / "cancelled.parquet", threading.Event()
    file.write_bytes(b"before")
    with computer(there):
        events = export_library(ExportWish(file), cancel)
        next(events)
        next(events)
        cancel.set()
        assert list(events) == [Cancelled()]
    assert file.read_bytes() == b"before"
    assert not list(tmp_path.glob(".*"))


def test_what_cannot_be_written_is_told_in_a_sentence(there, photos, tmp_path):
    missing = tmp_path / "missing" / "photos.parquet"
    with computer(there):
        for file, code in ((photos, "no_file"), (missing, "not_written")):
            with pytest.raises(ExchangeError) as error:
                export(file)
            assert error.value.reason.code == f"exchange.{code}"
        with pytest.raises(ExchangeError) as error:
            export(tmp_path / "none.parquet", tmp_path / "unknown")
    assert error.value.reason.code == "exchange.nothing"
    assert not (tmp_path / "none.parquet").exists()


def test_a_full_disk_costs_the_new_file_only(there, photos, tmp_path, monkeypatch):
    file = tmp_path / "photos.parquet"
    file.write_bytes(b"before")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with computer(there), pytest.raises(ExchangeError, match="No space left on device"):
        export(file)
    assert file.read_bytes() == b"before"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(("frozen", "how"), [(False, "pip install"), (True, "full program")])
def test_where_pyarrow_is_missing_it_is_told_how_to_get_it(tmp_path, monkeypatch, frozen, how):
    monkeypatch.setattr(layout, "has_pyarrow", lambda: False)
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    with pytest.raises(ExchangeError, match="pyarrow, which is not installed") as error:
        export(tmp_path / "photos.parquet")
    assert how in str(error.value)


def test_what_cannot_be_decoded_is_exported_with_its_reason(there, tmp_path):
    from photo_organizer.engine.domain.reasons import Reason

    file = tmp_path / "photos.parquet"
    with computer(there):
        with Store(paths.store_path()) as store:
            store.add_unreadable(content(0).content_hash, Reason("files.empty"), "old")
        export(file)
    (row,) = said(file)
    assert (row["unreadable"], row["content_version"]) == ('["files.empty", {}]', "old")
    assert (row["measures"], row["exif"], row["embeddings"]) == (None, None, [])
