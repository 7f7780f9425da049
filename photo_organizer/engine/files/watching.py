"""Hears what other programs do in folders: files and folders that come, change and go.

Systems tell it by themselves: Linux for each folder (not each file), Windows and macOS for whole
trees. 100,000 photos in 10,000 folders take a second to begin with and 5 MiB. Where that is not
possible, `Inventory` compares what lies there with what lay there before.
"""

from __future__ import annotations

import errno
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from photo_organizer.engine.domain.facts import FileIdentity
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.files.formats import PICTURE_SUFFIXES

log = logging.getLogger(__name__)

_HEARD: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
"""Not what is only read: an analysis opens every file."""


class CannotWatchError(OSError):
    """The system does not watch these folders."""

    @property
    def has_run_out(self) -> bool:
        """Whether there are more folders than the system is willing to watch."""
        return self.errno in (errno.ENOSPC, errno.EMFILE)


class FolderWatch:
    """Gathers what changes below folders, from now on until it is closed.

    Args:
        folders: that are there.
        heard: called on another thread after something changed; soon, and not for each change.

    Raises:
        CannotWatchError: at the call, where the system does not do that.
    """

    def __init__(self, folders: Sequence[Path], heard: Callable[[], None]) -> None:
        self._heard = heard
        self._lock = threading.Lock()
        self._changed: set[Path] = set()
        self._last = 0.0
        self._observer = Observer()
        self._observer.daemon = True
        try:
            for folder in folders:
                # Through a link nothing is heard: its target is watched, under the link's name.
                real = os.path.realpath(folder)
                handler = _Handler(real, str(folder), self._note)
                self._observer.schedule(handler, real, recursive=True, event_filter=_HEARD)
            self._observer.start()
        except OSError as error:
            self.close()
            raise CannotWatchError(error.errno, error.strerror) from error

    def take(self) -> frozenset[Path]:
        """What changed since this was asked last: pictures, and folders as a whole."""
        with self._lock:
            taken, self._changed = frozenset(self._changed), set()
        return taken

    @property
    def rest(self) -> float:
        """Seconds since the last change."""
        return time.monotonic() - self._last

    def close(self) -> None:
        """Hear nothing any more; returns at once."""
        self._heard = _nobody
        try:
            self._observer.unschedule_all()
            if self._observer.is_alive():
                self._observer.stop()
        except OSError:  # folders that went meanwhile
            log.info("A watch could not be ended in order", exc_info=True)

    def _note(self, paths: Sequence[Path]) -> None:
        with self._lock:
            news = not self._changed
            self._changed.update(paths)
            self._last = time.monotonic()
        if news:
            self._heard()


def _nobody() -> None:
    pass


class _Handler(FileSystemEventHandler):
    """Turns the events below a folder into paths that are worth a look."""

    def __init__(self, real: str, name: str, note: Callable[[Sequence[Path]], None]) -> None:
        self._real = real
        self._name = name
        self._note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called by the watch."""
        told = (os.fsdecode(one) for one in (event.src_path, event.dest_path) if one)
        paths = [self._as_named(one) for one in told]
        wanted = [path for path in paths if self._is_wanted(path, folder=event.is_directory)]
        if wanted:
            self._note(wanted)

    def _as_named(self, path: str) -> Path:
        return Path(self._name + path.removeprefix(self._real))

    def _is_wanted(self, path: Path, *, folder: bool) -> bool:
        if not folder and path.suffix.lower() not in PICTURE_SUFFIXES:
            return False
        inside = path.parts[len(Path(self._name).parts) :]
        return not any(part.startswith(".") for part in inside)


class Inventory:
    """Compares what lies in folders with what lay there at the last look."""

    def __init__(self, folders: Sequence[Path], excluded: Sequence[Path] = ()) -> None:
        self._folders = tuple(folders)
        self._excluded = tuple(excluded)
        self._known: dict[Path, FileIdentity] | None = None

    def look(self, cancel: threading.Event) -> frozenset[Path]:
        """The pictures that came, changed or went since the last look; none at the first one."""
        found: dict[Path, FileIdentity] = {}
        there = [folder for folder in self._folders if folder.is_dir()]
        try:
            for one in photo_files.walk(there, excluded=self._excluded):
                if cancel.is_set():
                    return frozenset()
                if isinstance(one, FileIdentity):
                    found[one.path] = one
        except photo_files.FolderError:  # gone meanwhile
            return frozenset()
        before, self._known = self._known, found
        if before is None:
            return frozenset()
        gone = before.keys() - found.keys()
        return frozenset(p for p, one in found.items() if before.get(p) != one) | gone
