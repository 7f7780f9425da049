"""A second start of the program hands its folders to the window that is open."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from photo_organizer.engine import paths
from photo_organizer.ui.window import one_window
from photo_organizer.ui.window.main_window import MainWindow
from photo_organizer.ui.window.one_window import Wish, take_place
from photo_organizer.ui.window.second_starts import SecondStarts

FIRST = """
from photo_organizer import app
from photo_organizer.ui.window import main_window, one_window, second_starts

place = one_window.take_place([])
print("first" if place.lock else "beside another", flush=True)

def tell(_self, folders):
    print(*folders, flush=True)

main_window.MainWindow.open_folders = tell
listen = second_starts.SecondStarts.listen

def tell_of_listening(self):
    heard = listen(self)
    print("listens", flush=True)
    return heard

second_starts.SecondStarts.listen = tell_of_listening
app.run([], place)
"""
"""The program as it is, but that it says which folders it opens."""


@pytest.fixture
def environment(processes: ExitStack) -> dict[str, str]:
    """That of one user who starts the program several times.

    Not below pytest's own folders: their paths are too long for a socket.
    """
    home = Path(processes.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
    own = {
        "DISPLAY": ":none",
        "QT_QPA_PLATFORM": "offscreen",
        "PHOTO_ORGANIZER_HOME": str(home / "home"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    usual = {name: value for name, value in os.environ.items() if name != "XDG_RUNTIME_DIR"}
    return {**usual, **own}


@pytest.fixture
def processes() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def begin_first(environment: dict[str, str], processes: ExitStack) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", FIRST]
    first = subprocess.Popen(call, env=environment, stdout=subprocess.PIPE, text=True)
    processes.callback(first.wait)
    processes.callback(first.kill)
    assert first.stdout is not None
    processes.callback(first.stdout.close)
    assert first.stdout.readline() == "first\n"
    assert first.stdout.readline() == "listens\n"
    return first


def start_again(environment: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "photo_organizer", str(folder)]
    # One that were to stay open, as a window of its own, would never end.
    return subprocess.run(
        call, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_a_second_process_hands_its_folder_over_and_ends(
    environment: dict[str, str], processes: ExitStack, tmp_path: Path
) -> None:
    album = tmp_path / "Straße, 사진 and more"
    album.mkdir()
    first = begin_first(environment, processes)
    second = start_again(environment, album)
    assert (second.returncode, second.stderr) == (0, "")
    assert "has come to the front" in second.stdout
    assert first.stdout is not None
    assert first.stdout.readline() == f"{album}\n"
    first.kill()  # a crash leaves its socket and its lock behind
    first.wait()
    later = begin_first(environment, processes)
    assert start_again(environment, album).returncode == 0
    assert later.stdout is not None
    assert later.stdout.readline() == f"{album}\n"


def test_a_window_that_does_not_answer_is_told_of() -> None:
    first = take_place([])
    assert first is not None
    assert first.lock is not None
    second = take_place([Path("/photos")], patience=0)
    assert second is not None
    assert (second.lock, second.is_beside_another) == (None, True)
    first.leave()
    third = take_place([])
    assert third is not None
    assert third.lock is not None
    third.leave()


def test_each_data_folder_has_a_window_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = one_window.address()
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "other"))
    assert one_window.address() != one


@pytest.mark.skipif(sys.platform == "win32", reason="a name, no path")
def test_nobody_else_could_listen_in_its_place(
    monkeypatch: pytest.MonkeyPatch, processes: ExitStack
) -> None:
    # Not below pytest's own folders: their paths are too long for a socket.
    runtime = Path(processes.enter_context(tempfile.TemporaryDirectory()))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv(paths.HOME_VARIABLE, f"/{'long' * 50}")
    assert Path(one_window.address()).parent == runtime
    runtime.chmod(0o755)
    assert one_window.address() == ""


@pytest.mark.parametrize(
    "line", [b"", b"\xff", b"[]", b"{}", b'{"folders": 1, "tokens": {}}', b'{"folders": []}']
)
def test_what_is_no_wish_is_none(line: bytes) -> None:
    assert Wish.from_line(line) is None


def test_a_wish_arrives_as_it_was_sent() -> None:
    odd = Path(os.fsdecode(b"/photos/caf\xe9\nsecond line"))
    wish = Wish((odd,), (("XDG_ACTIVATION_TOKEN", "a"),))
    line = wish.to_line()
    assert line.count(b"\n") == 1
    assert Wish.from_line(line) == wish
    other = Wish((), (("LD_PRELOAD", "/tmp/x.so"),))
    assert Wish.from_line(other.to_line()) == Wish()


@pytest.fixture
def starts(window: MainWindow) -> Iterator[SecondStarts]:
    starts = SecondStarts(lambda: window)
    paths.own_folder(paths.data_dir())
    assert starts.listen()
    yield starts
    starts.close()


def say(line: bytes, qtbot: QtBot) -> bytes:
    """What the window answers; "" where it hangs up."""
    socket = QLocalSocket()
    socket.connectToServer(one_window.address())
    assert socket.waitForConnected()
    socket.write(line)
    qtbot.waitUntil(
        lambda: (
            socket.canReadLine() or socket.state() != QLocalSocket.LocalSocketState.ConnectedState
        )
    )
    return bytes(socket.readAll().data())


def test_the_window_comes_back_from_the_task_bar(
    starts: SecondStarts, window: MainWindow, qtbot: QtBot
) -> None:
    window.showMaximized()
    window.showMinimized()
    assert say(Wish().to_line(), qtbot) == one_window.ACCEPTED
    assert not window.isMinimized()
    assert window.windowState() & Qt.WindowState.WindowMaximized


def test_what_is_no_wish_gets_no_answer(
    starts: SecondStarts, window: MainWindow, qtbot: QtBot
) -> None:
    assert say(b"GET / HTTP/1.1\n", qtbot) == b""


def test_folders_wait_for_a_dialog_that_asks_about_other_photos(
    starts: SecondStarts, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(window, "open_folders", opened.append)
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()
    folders = (Path("/photos"),)
    assert say(Wish(folders).to_line(), qtbot) == one_window.ACCEPTED
    assert opened == []
    dialog.close()
    qtbot.waitUntil(lambda: opened == [folders])
