"""What can be opened of what is dropped."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from photo_organizer.ui.widgets.dropped_paths import is_picture, local_paths
from photo_organizer.ui.window.dropping import Dropped, look_at


def test_folders_and_photos_are_told_apart_and_keep_their_order(tmp_path: Path) -> None:
    for name in ("b.jpg", "a.heic", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "folder.jpg").mkdir()
    names = ("notes.txt", "b.jpg", "gone.jpg", "folder.jpg", "a.heic")
    dropped = list(look_at([tmp_path / name for name in names])(threading.Event()))
    assert dropped == [
        Dropped(
            folders=(tmp_path / "folder.jpg",), photos=(tmp_path / "b.jpg", tmp_path / "a.heic")
        )
    ]


def test_what_lies_on_other_machines_is_left_out() -> None:
    data = QMimeData()
    here = QUrl.fromLocalFile("/photos/a b.jpg")
    data.setUrls([QUrl("https://example.org/c.jpg"), here])
    assert local_paths(data) == [Path("/photos/a b.jpg")]
    assert local_paths(QMimeData()) == []


@pytest.mark.parametrize(
    ("name", "picture"), [("a.JPG", True), ("a.cr2", True), ("a.txt", False), ("jpg", False)]
)
def test_a_picture_is_known_by_its_name_alone(name: str, picture: bool) -> None:
    assert is_picture(Path("/nowhere") / name) is picture
