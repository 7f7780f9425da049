import sqlite3
import threading
from pathlib import Path

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from photo_organizer.engine.files import photo_files
from photo_organizer.engine.storage.store import Store
from tests.ui.io_watch import io_on_this_thread


def test_files_and_the_store_touched_by_the_program_are_noticed(
    tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"not empty")
    with io_on_this_thread(tmp_path) as found:
        QTimer.singleShot(0, lambda: photo_files.identify(file))
        qtbot.waitUntil(lambda: bool(found))
        assert any("photo.jpg" in line and "engine/files/photo_files.py" in line for line in found)
        found.clear()
        Store(tmp_path / "library.sqlite").close()
        assert any(
            "sqlite3.connect" in line and "engine/storage/store.py" in line for line in found
        )
    found.clear()
    photo_files.identify(file)
    assert found == []


def test_other_threads_and_tests_themselves_may_touch_files(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"not empty")
    with io_on_this_thread(tmp_path) as found:
        thread = threading.Thread(target=photo_files.identify, args=(file,))
        thread.start()
        thread.join()
        assert file.read_bytes()
        assert file.exists()
        sqlite3.connect(tmp_path / "other.sqlite").close()
    assert found == []
