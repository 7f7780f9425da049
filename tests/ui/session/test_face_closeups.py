"""Faces cut out in the background: only what is wanted, in memory only."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.closeups import Closeup
from photo_organizer.engine.domain.facts import Pixels, UnreadableError
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.face_closeups import THREADS, FaceCloseups
from photo_organizer.ui.session.session import Session
from tests.ui import fakes

ONE, TWO = Closeup((0.3, 0.4), 0.2, 0.0), Closeup((0.7, 0.4), 0.2, 0.0)


class Cutter:
    """Grey faces, once the gate is open; notes what it was asked."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[tuple[str, int]] = []
        self.fails = False

    def __call__(self, path: Path, closeups: Sequence[Closeup], side: int) -> list[Pixels]:
        self.asked.append((path.name, len(closeups)))
        assert self.gate.wait(30)
        if self.fails:
            raise UnreadableError("files.corrupt")
        return [np.full((side, side, 3), 128, np.uint8) for _ in closeups]


@pytest.fixture
def cutter() -> Cutter:
    return Cutter()


@pytest.fixture
def made(qapp: object, cutter: Cutter) -> Iterator[FaceCloseups]:
    made = FaceCloseups(cutter, kept_bytes=4 * 64 * 64 * 6)
    yield made
    cutter.gate.set()
    made.close()


def test_all_faces_of_a_photo_come_of_one_look(
    made: FaceCloseups, cutter: Cutter, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 1)
    with qtbot.waitSignal(made.ready) as arrived:
        made.want([(photo, [ONE, TWO])], 64)
    assert arrived.args == [1]
    assert cutter.asked == [("a.jpg", 2)]
    for closeup in (ONE, TWO):
        image = made.at_hand(photo, closeup, 64)
        assert image is not None
        assert image.width() == 64
    assert made.at_hand(photo, ONE, 32) is None
    made.want([(photo, [ONE, TWO])], 64)
    assert cutter.asked == [("a.jpg", 2)]


def test_what_is_wanted_no_more_is_not_begun(
    made: FaceCloseups, cutter: Cutter, qtbot: QtBot, tmp_path: Path
) -> None:
    photos = [fakes.photo(tmp_path / f"{i}.jpg", i) for i in range(1, 8)]
    cutter.gate.clear()
    made.want([(photo, [ONE]) for photo in photos], 64)
    qtbot.waitUntil(lambda: len(cutter.asked) == THREADS)
    made.want([(photos[-1], [ONE])], 64)
    ready: list[int] = []
    made.ready.connect(ready.append)
    cutter.gate.set()
    qtbot.waitUntil(lambda: len(ready) == THREADS + 1)
    assert sorted(ready) == [1, 2, 7]


def test_a_photo_that_cannot_be_read_is_told_and_not_asked_again(
    made: FaceCloseups, cutter: Cutter, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 1)
    cutter.fails = True
    with qtbot.waitSignal(made.ready):
        made.want([(photo, [ONE])], 64)
    assert made.has_failed(photo, ONE, 64)
    assert made.at_hand(photo, ONE, 64) is None
    made.want([(photo, [ONE])], 64)
    assert len(cutter.asked) == 1


def test_memory_is_bounded_and_can_be_forgotten(
    made: FaceCloseups, qtbot: QtBot, tmp_path: Path
) -> None:
    photos = [fakes.photo(tmp_path / f"{i}.jpg", i) for i in range(1, 10)]
    ready: list[int] = []
    made.ready.connect(ready.append)
    made.want([(photo, [ONE]) for photo in photos], 64)
    qtbot.waitUntil(lambda: len(ready) == len(photos))
    kept = [photo for photo in photos if made.at_hand(photo, ONE, 64) is not None]
    assert len(kept) == 6
    made.forget()
    assert all(made.at_hand(photo, ONE, 64) is None for photo in photos)


def test_what_is_being_made_when_faces_are_turned_off_is_not_kept(
    made: FaceCloseups, cutter: Cutter, qtbot: QtBot, tmp_path: Path
) -> None:
    photo, later = (fakes.photo(tmp_path / f"{i}.jpg", i) for i in (1, 2))
    cutter.gate.clear()
    made.want([(photo, [ONE])], 64)
    qtbot.waitUntil(lambda: len(cutter.asked) == 1)
    made.forget()
    cutter.gate.set()
    with qtbot.waitSignal(made.ready) as arrived:
        made.want([(later, [ONE])], 64)
    assert arrived.args == [2]
    assert made.at_hand(photo, ONE, 64) is None


def test_a_result_without_faces_leaves_no_picture_of_one(
    session: Session, result: Result, qtbot: QtBot
) -> None:
    photo = result.photos[3]
    session.analysis.show(replace(result, faces={3: (fakes.face(),)}))
    with qtbot.waitSignal(session.closeups.ready):
        session.closeups.want([(photo, [ONE])], 64)
    session.analysis.show(replace(result, faces={3: (fakes.face(), fakes.face())}))
    assert session.closeups.at_hand(photo, ONE, 64) is not None
    session.analysis.show(result)
    assert session.closeups.at_hand(photo, ONE, 64) is None


def test_faces_are_written_nowhere(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("PHOTO_ORGANIZER_HOME", str(home))
    photo = fakes.photo(tmp_path / "photos" / "a.jpg", 1)
    before = set(tmp_path.rglob("*"))
    made = FaceCloseups()
    with qtbot.waitSignal(made.ready):
        made.want([(photo, [ONE])], 64)
    assert made.at_hand(photo, ONE, 64) is not None
    assert set(tmp_path.rglob("*")) == before
    made.close()
