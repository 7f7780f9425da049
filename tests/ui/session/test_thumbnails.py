from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer.ui.session.thumbnails import Thumbnails
from tests.ui import fakes


@pytest.fixture
def thumbnails(qapp: QApplication) -> Iterator[Thumbnails]:
    thumbnails = Thumbnails()
    yield thumbnails
    thumbnails.close()


def test_a_thumbnail_comes_later_and_stays(
    thumbnails: Thumbnails, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 5, (300, 200))
    with qtbot.waitSignal(thumbnails.ready) as ready:
        assert thumbnails.pixmap(photo, 120) is None
    assert ready.args == [5]
    pixmap = thumbnails.pixmap(photo, 120)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (120, 80)
    assert thumbnails.idle


def test_a_small_photo_is_not_enlarged(
    thumbnails: Thumbnails, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 5, (60, 40))
    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.pixmap(photo, 256)
    pixmap = thumbnails.pixmap(photo, 256)
    assert pixmap is not None
    assert pixmap.width() == 60


def test_copies_are_loaded_once_and_all_told(
    thumbnails: Thumbnails, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 1)
    from dataclasses import replace

    told: list[int] = []
    thumbnails.ready.connect(told.append)
    thumbnails.pixmap(photo)
    thumbnails.pixmap(replace(photo, id=2))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert sorted(told) == [1, 2]


def test_a_vanished_file_is_told_once_and_not_tried_again(
    thumbnails: Thumbnails, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 1)
    photo.path.unlink()
    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.pixmap(photo)
    assert thumbnails.is_missing(photo)
    assert thumbnails.pixmap(photo) is None
    assert thumbnails.idle


def test_memory_stays_within_its_bound(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    photos = [fakes.photo(tmp_path / f"{i}.jpg", i, (128, 128)) for i in range(1, 9)]
    one = 128 * 128 * 4
    thumbnails = Thumbnails(memory_mib=3 * one / 2**20)
    for photo in photos:
        with qtbot.waitSignal(thumbnails.ready):
            thumbnails.pixmap(photo, 128)
        assert thumbnails.memory <= 3 * one
    kept = [photo.id for photo in photos if thumbnails.pixmap(photo, 128) is not None]
    assert kept == [6, 7, 8]
    thumbnails.close()


def test_dropped_requests_are_forgotten_and_can_be_asked_again(
    thumbnails: Thumbnails, tmp_path: Path, qtbot: QtBot
) -> None:
    photos = [fakes.photo(tmp_path / f"{i}.jpg", i) for i in range(1, 30)]
    for photo in photos:
        thumbnails.pixmap(photo)
    thumbnails.drop_waiting()
    qtbot.waitUntil(lambda: thumbnails.idle)
    with qtbot.waitSignal(thumbnails.ready, check_params_cb=lambda i: i == 1, raising=False):
        if thumbnails.pixmap(photos[0]) is not None:
            thumbnails.ready.emit(1)
    assert thumbnails.pixmap(photos[0]) is not None


def test_what_flew_past_is_not_loaded(thumbnails: Thumbnails, tmp_path: Path, qtbot: QtBot) -> None:
    photos = [fakes.photo(tmp_path / f"{i}.jpg", i) for i in range(1, 40)]
    last = photos[-1]
    told: list[int] = []
    thumbnails.ready.connect(told.append)
    for photo in photos:
        thumbnails.pixmap(photo, 128)
    thumbnails.pixmap(photos[0], 64)
    thumbnails.drop_others(128, {last.content_hash})
    qtbot.waitUntil(lambda: thumbnails.idle)
    assert {1, 39} <= set(told), "another size, and what is wanted"
    assert len(told) < 30
    assert thumbnails.pixmap(photos[0], 64) is not None
