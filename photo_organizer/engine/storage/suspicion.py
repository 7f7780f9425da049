"""Whether a store seems damaged: noted beside it, so that any process looks at it as a whole."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def suspect(store_path: Path) -> None:
    """Note that a store seems damaged: it is looked at as a whole when it is opened next."""
    with suppress(OSError):  # it will be noticed again
        _note(store_path).touch(mode=0o600)


def is_suspected(store_path: Path) -> bool:
    """Whether somebody noted that a store seems damaged."""
    return _note(store_path).exists()


def clear(store_path: Path) -> None:
    """Forget the note: the store is sound, or another took its place."""
    with suppress(OSError):
        _note(store_path).unlink(missing_ok=True)


def _note(store_path: Path) -> Path:
    return store_path.with_name(f"{store_path.name}-suspect")
