"""What other programs do in open folders is looked at, once it rests."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis.events import Finished
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import OTHERS, Result
from photo_organizer.engine.files import own_writes, watching
from photo_organizer.ui.session import watched_folders
from photo_organizer.ui.session.analysis_request import Request
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.watched_folders import Watch
from tests.ui import fakes


class Library:
    """Photos on disk, and an analysis that finds those that are there."""

    def __init__(self, folder: Path, count: int = 12) -> None:
        self.folder = folder
        self.result = fakes.library(folder, count)
        self.runs = 0
        self.going_on = threading.Event()
        self.going_on.set()
        """An analysis ends while this is set."""

    def analyze(self, _request: Request, _cancel: threading.Event) -> Iterator[object]:
        """As the engine does, without looking into files."""
        self.runs += 1
        known = {photo.path: photo for photo in self.result.photos.values()}
        found = dict(self.result.photos)
        for photo_id, photo in list(found.items()):
            if not photo.path.exists():
                del found[photo_id]
        for path in sorted(self.folder.glob("*.jpg")):
            if path not in known:
                number = max(found) + 1
                found[number] = fakes.photo(path.with_suffix(".made.jpeg"), number)
                found[number].identity.path.unlink()
                status = path.stat()
                identity = replace(
                    found[number].identity,
                    path=path,
                    size=status.st_size,
                    mtime_ns=status.st_mtime_ns,
                )
                found[number] = replace(found[number], identity=identity)
        self.result = replace(
            self.result,
            photos=PhotoDict(found),
            groups=(),
            flags=(),
            highlights={},
            categories={OTHERS: tuple(found)},
        )
        self.going_on.wait(20)
        yield Finished(self.result, fakes.FakeJudge(self.result))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "photos")


@pytest.fixture
def session(
    qapp: QApplication, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """A session that has analysed the library and hears what happens in it."""
    monkeypatch.setattr(watched_folders, "REST", 40)
    session = Session(library.analyze)
    session.analysis.open([library.folder])
    qtbot.waitUntil(lambda: not session.analysis.running)
    qtbot.waitUntil(lambda: session.watched_folders.way is Watch.HEARING)
    assert library.runs == 1
    yield session
    library.going_on.set()
    session.close()


def settle(session: Session, qtbot: QtBot) -> None:
    """Wait until nothing that changed is still to be looked at."""
    watched = session.watched_folders
    qtbot.waitUntil(
        lambda: watched._since is None and not watched._looking and not session.analysis.running
    )


def hear(session: Session, qtbot: QtBot) -> None:
    """Wait until a change was heard of."""
    qtbot.waitUntil(lambda: session.watched_folders._since is not None)


def test_a_burst_of_new_and_gone_photos_is_one_look(
    session: Session, library: Library, qtbot: QtBot
) -> None:
    said: list[str] = []
    session.message.connect(said.append)
    for number in range(50):
        (library.folder / f"new {number}.jpg").write_bytes(b"new")
    library.result.photos[3].path.unlink()
    hear(session, qtbot)
    settle(session, qtbot)
    assert library.runs == 2
    assert "50 new photos found · 1 photo is gone · looking" in said
    assert session.shown.result is not None
    assert 3 not in session.shown.result.photos
    assert len(session.shown.result.photos) == 11 + 50


def test_the_end_of_a_look_that_nobody_asked_for_is_not_told_on_the_desktop(
    session: Session, library: Library, qtbot: QtBot
) -> None:
    ended: list[str] = []
    session.activities.ended.connect(ended.append)
    (library.folder / "new.jpg").write_bytes(b"new")
    hear(session, qtbot)
    settle(session, qtbot)
    assert library.runs == 2
    assert ended == []


def test_a_file_that_still_grows_waits(
    session: Session, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = library.folder / "slow.jpg"
    file.write_bytes(b"half")
    sizes: list[int] = []
    seen = session.watched_folders._on_looked

    def look(found: object) -> None:
        sizes.append(file.stat().st_size)
        if len(sizes) == 1:
            file.write_bytes(b"all of it")
        seen(found)  # type: ignore[arg-type]

    monkeypatch.setattr(session.watched_folders, "_on_looked", look)
    hear(session, qtbot)
    settle(session, qtbot)
    assert library.runs == 2
    assert sizes[-2:] == [9, 9]  # looked at twice as it was in the end


def test_what_the_program_does_itself_is_no_change(
    session: Session, library: Library, qtbot: QtBot
) -> None:
    result = session.shown.result
    assert result is not None
    activity = session.activities.begin("Moving photos to the trash…")
    result.photos[5].path.unlink()
    hear(session, qtbot)
    session.shown.part_with([5])
    activity.end("1 photo was moved to the trash.")
    settle(session, qtbot)
    copy = library.folder / "001_photo 01.jpg"
    copy.write_bytes(b"an exported copy")
    own_writes.note(copy)
    hear(session, qtbot)
    settle(session, qtbot)
    assert library.runs == 1


def test_while_something_runs_nothing_is_looked_at_but_afterwards(
    session: Session, library: Library, qtbot: QtBot
) -> None:
    library.going_on.clear()
    session.analysis.again()
    qtbot.waitUntil(lambda: library.runs == 2)
    (library.folder / "new.jpg").write_bytes(b"new")
    hear(session, qtbot)
    assert library.runs == 2
    library.going_on.set()
    qtbot.waitUntil(lambda: library.runs == 3)
    settle(session, qtbot)
    assert library.runs == 3


def test_a_switch_turns_it_off_and_on(session: Session, library: Library, qtbot: QtBot) -> None:
    chosen = session.choices.preferences
    session.choices.set_preferences(replace(chosen, watch=False))
    assert session.watched_folders.way is Watch.OFF
    (library.folder / "unheard.jpg").write_bytes(b"new")
    session.choices.set_preferences(replace(chosen, watch=True))
    qtbot.waitUntil(lambda: session.watched_folders.way is Watch.HEARING)
    (library.folder / "heard.jpg").write_bytes(b"new")
    hear(session, qtbot)
    settle(session, qtbot)
    assert library.runs == 2


def test_where_the_system_does_not_watch_it_is_looked_now_and_then(
    qapp: QApplication, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watching.Observer, "start", refuse)
    monkeypatch.setattr(watched_folders, "REST", 40)
    session = Session(library.analyze)
    said: list[str] = []
    session.message.connect(said.append)
    session.analysis.open([library.folder])
    watched = session.watched_folders
    qtbot.waitUntil(lambda: watched.way is Watch.LOOKING and not session.analysis.running)
    assert any("more folders than this system can watch" in sentence for sentence in said)
    watched._take_stock()
    qtbot.waitUntil(lambda: watched._taking_stock is None)
    (library.folder / "new.jpg").write_bytes(b"new")
    watched._again.timeout.emit()
    qtbot.waitUntil(lambda: library.runs == 2)
    settle(session, qtbot)
    assert library.runs == 2
    session.close()


def test_after_a_stop_nothing_goes_on_by_itself(
    session: Session, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(session.analysis), "complete", property(lambda _self: False))
    (library.folder / "new.jpg").write_bytes(b"new")
    hear(session, qtbot)
    settle(session, qtbot)
    assert library.runs == 1


def test_a_result_stays_what_it_is_where_nothing_changed(
    session: Session, library: Library, qtbot: QtBot
) -> None:
    photo: Result | None = session.shown.result
    assert photo is not None
    file = photo.photos[1].path
    status = file.stat()
    file.write_bytes(file.read_bytes())  # the same, written anew, with the time of before
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    hear(session, qtbot)
    settle(session, qtbot)
    assert library.runs == 1
