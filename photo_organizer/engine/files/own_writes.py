"""Remembers the picture files that this process has put somewhere: nobody else did."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

from photo_organizer.engine.domain.facts import FileIdentity, UnreadableError
from photo_organizer.engine.files import photo_files

_lock = threading.Lock()
_written: dict[Path, FileIdentity] = {}


def note(path: Path) -> None:
    """Remember a file as it is now; one that cannot be looked at is forgotten."""
    with suppress(UnreadableError):
        identity = photo_files.identify(path)
        with _lock:
            _written[path] = identity


def is_own(identity: FileIdentity) -> bool:
    """Whether a file is as this process has written it."""
    with _lock:
        return _written.get(identity.path) == identity
