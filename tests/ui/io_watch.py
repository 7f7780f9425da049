"""Notices what the program does with files or its store on the thread that draws the window."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

from photo_organizer import engine

PROGRAM = str(Path(engine.__file__).parent.parent) + os.sep
TESTS = str(Path(__file__).parent.parent) + os.sep

AUDITED = frozenset(
    ("open", "sqlite3.connect", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename")
)
"""Events that Python reports by itself (PEP 578); looking at a file is not among them."""

ASKED = ("stat", "lstat", "access", "readlink")
"""Functions of `os` that look at a file."""


class _Watch:
    """The one audit hook, which Python never lets go again, and where it reports to."""

    found: list[str] | None = None
    below = ""
    installed = False

    @classmethod
    def hear(cls, event: str, arguments: tuple[Any, ...]) -> None:
        if cls.found is not None and event in AUDITED and arguments:
            cls.note(event, arguments[0])

    @classmethod
    def note(cls, what: str, path: object) -> None:
        if cls.found is None or threading.current_thread() is not threading.main_thread():
            return
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if not isinstance(path, str | os.PathLike) or not str(path).startswith(cls.below):
            return
        caller = _caller(sys._getframe(1))
        if caller is not None:
            cls.found.append(f"{what} {path} by {caller}")


@contextmanager
def io_on_this_thread(below: Path) -> Iterator[list[str]]:
    """Watch what code of the program does with files below a folder on the main thread.

    What tests do is left aside, and so is what the program does on other threads.

    Yields:
        One line for each access, filled while the context lasts.
    """
    if not _Watch.installed:
        sys.addaudithook(_Watch.hear)
        _Watch.installed = True
    found: list[str] = []
    with mock.patch.multiple(os, **{name: _noting(name) for name in ASKED}):
        _Watch.found, _Watch.below = found, str(below)
        try:
            yield found
        finally:
            _Watch.found = None


def _noting(name: str) -> Callable[..., Any]:
    original = getattr(os, name)

    def look(path: Any, *arguments: Any, **named: Any) -> Any:
        _Watch.note(f"os.{name}", path)
        return original(path, *arguments, **named)

    return look


def _caller(frame: FrameType | None) -> str | None:
    """The line of the program that led here; None where the test asked itself."""
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(PROGRAM):
            return f"{file.removeprefix(PROGRAM)}:{frame.f_lineno} {frame.f_code.co_name}"
        if file.startswith(TESTS) and file != __file__:
            return None
        frame = frame.f_back
    return None
