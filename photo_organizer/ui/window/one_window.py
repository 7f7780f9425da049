"""One library, one window: a second start hands what it was asked for to the first one, and ends.

It is asked before anything heavy is imported. Who is first holds a lock that ends with the process,
even killed; so what a crash leaves behind is known to be nobody's, and no two can be first. Each
user and each data folder has a window of its own.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import os
import sqlite3
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtNetwork import QLocalSocket

from photo_organizer.engine import paths
from photo_organizer.engine.storage import failure
from photo_organizer.engine.storage.lock import locked

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds for the first window to answer: it may only just be starting."""
ANSWER = 4.0
"""Seconds for an answer of a window that can be reached."""
PAUSE = 0.05
"""Seconds between two tries to reach it."""

MOST_BYTES = 1_000_000
"""Of what is asked for."""
ACCEPTED = b"accepted\n"

_MOST_OF_A_PATH = 100
"""Bytes of the path of a socket; systems allow a few more."""
_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""Variables that let a window come to the front where desktops guard against that."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a process stands among those that show one library."""

    lock: sqlite3.Connection | None = None
    """Held as long as this is the first window; None where it is not, or nobody can tell."""
    is_beside_another: bool = False
    """Another window is open that did not answer."""

    def leave(self) -> None:
        """Let another window be the first one."""
        if self.lock is not None:
            self.lock.close()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a second start was asked for."""

    folders: tuple[Path, ...] = ()
    tokens: tuple[tuple[str, str], ...] = ()
    """Environment variables that let the window come to the front."""

    def to_line(self) -> bytes:
        """As it is sent, one line."""
        value = {"folders": [str(folder) for folder in self.folders], "tokens": dict(self.tokens)}
        return json.dumps(value).encode() + b"\n"  # ASCII, whatever bytes a name has

    @classmethod
    def from_line(cls, line: bytes) -> Wish | None:
        """What was sent; None where it is no wish."""
        try:
            value = json.loads(line)
            folders = tuple(Path(str(folder)) for folder in value["folders"])
            tokens = {str(name): str(token) for name, token in value["tokens"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        return cls(folders, tuple((n, t) for n, t in tokens.items() if n in _TOKENS))


def take_place(folders: Sequence[Path], patience: float = PATIENCE) -> Place | None:
    """Be the first window, or hand the folders to the one that is.

    Returns:
        The place of this process; None where the first window has taken over: nothing is left to
        be done here.
    """
    home = paths.data_dir()
    if paths.stood_in_for() is not None:
        return Place()  # a folder of this process alone
    tokens = tuple((name, os.environ[name]) for name in _TOKENS if name in os.environ)
    wish = Wish(tuple(folder.absolute() for folder in folders), tokens)
    end = time.monotonic() + patience
    while True:
        try:
            paths.own_folder(home)
            return Place(locked(home / "window-lock"))
        except (sqlite3.Error, OSError) as error:
            if not failure.is_busy(error):
                log.warning("Whether another window is open cannot be found out", exc_info=True)
                return Place()
        if _hand_over(wish):
            return None
        if time.monotonic() > end or not address():
            log.warning("Another window of this library does not answer")
            return Place(is_beside_another=True)
        time.sleep(PAUSE)


def address() -> str:
    """Where the first window of this user and this data folder listens: a path, or a name.

    Empty where there is no place in which nobody else could listen.
    """
    home = Path(os.path.realpath(paths.data_dir()))
    user = getpass.getuser() if sys.platform == "win32" else str(os.getuid())
    digest = hashlib.sha256(os.fsencode(f"{user}\n{home}")).hexdigest()[:16]
    name = f"{paths.APP}-{digest}"
    if sys.platform == "win32":
        return name  # its rights are those of this user
    for folder in (_runtime_folder(), home):
        if folder is not None and len(os.fsencode(folder / name)) <= _MOST_OF_A_PATH:
            return str(folder / name)
    return ""


def _runtime_folder() -> Path | None:
    """The folder that a system makes for what runs, where it is this user's alone."""
    folder = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    try:
        status = folder.stat()
    except OSError:
        return None
    private = folder.is_absolute() and status.st_uid == os.getuid() and not status.st_mode & 0o077
    return folder if private else None


def _hand_over(wish: Wish) -> bool:
    """Whether the first window has taken over."""
    socket = QLocalSocket()
    socket.connectToServer(address())
    if not socket.waitForConnected(round(1000 * PAUSE)):
        return False
    _let_come_to_front()
    socket.write(wish.to_line())
    answer = b""
    end = time.monotonic() + ANSWER
    while not answer.endswith(b"\n") and (left := end - time.monotonic()) > 0:
        if not socket.waitForReadyRead(max(1, round(1000 * left))):
            break
        answer += bytes(socket.readAll().data())
    socket.abort()
    return answer == ACCEPTED


def _let_come_to_front() -> None:
    """Windows lets only the program in front hand the front on."""
    if sys.platform == "win32":
        import ctypes

        anybody = -1
        getattr(ctypes, "windll").user32.AllowSetForegroundWindow(anybody)  # noqa: B009
