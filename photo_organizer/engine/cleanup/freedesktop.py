"""The trash of Linux and BSD desktops on disk: the FreeDesktop.org Trash specification 1.0.

Qt moves the photos; this module reads what Qt (or a crash) left there, and moves the few files
whose names Qt cannot carry. A trash is a folder with ``files/NAME`` and, for each of them,
``info/NAME.trashinfo`` with the original's path.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

_SUFFIX = ".trashinfo"
_LONGEST_NAME = 255 - len(_SUFFIX) - 12
"""Bytes: the info file's name and Qt's number for a second file of the name must fit."""


_TOKEN = 8
"""Random bytes in the names that `put` gives."""


def data_home() -> Path:
    """The user's data folder, in which the home trash lies."""
    folder = os.environ.get("XDG_DATA_HOME", "")
    return Path(folder) if Path(folder).is_absolute() else Path.home() / ".local" / "share"


def qt_carries(path: Path) -> bool:
    """Whether Qt can move the file.

    Qt drops the bytes of a name that are not UTF-8: for "bad", byte FF, ".jpg" it would move
    "bad.jpg" if there is one.
    """
    raw = os.fsencode(path)
    try:
        return raw == str(path).encode() and len(os.fsencode(path.name)) <= _LONGEST_NAME
    except UnicodeEncodeError:
        return False


def trashes(path: Path) -> Iterator[Path]:
    """The trashes in which a file from `path` may lie; those that exist, the likeliest first."""
    top = _top(path)
    user = str(os.getuid())
    for folder in (data_home() / "Trash", top / ".Trash" / user, top / f".Trash-{user}"):
        if folder.is_dir():
            yield folder


def has_trash(path: Path) -> bool:
    """Whether the drive of `path` has a trash that can be written, or lets one be made."""
    if _on_one_drive(path, data_home()):
        return True
    usable = [t for t in trashes(path) if _on_one_drive(path, t) and os.access(t, os.W_OK)]
    return bool(usable) or os.access(_top(path), os.W_OK)


def put(path: Path) -> Path:
    """Move a file with any name to the trash of its drive; the place it has there.

    Raises:
        OSError: it cannot be moved and is still in its place.
    """
    if _on_one_drive(path, data_home()):
        trash, recorded = data_home() / "Trash", path
    else:
        top = _top(path)
        trash, recorded = top / f".Trash-{os.getuid()}", path.relative_to(top)
    for folder in (trash / "files", trash / "info"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{_readable(path)}-{secrets.token_hex(_TOKEN)}{_clean_suffix(path)}"
    place = trash / "files" / name
    info = _info(place)
    with info.open("x", encoding="ascii") as file:
        file.write(
            f"[Trash Info]\nPath={quote(os.fsencode(recorded))}\n"
            f"DeletionDate={datetime.now():%Y-%m-%dT%H:%M:%S}\n"
        )
    try:
        path.rename(place)  # the random name overwrites nothing
    except OSError:
        info.unlink()
        raise
    return place


def forget(place: Path) -> None:
    """Remove the info file of what no longer lies at `place`; nothing where there is none."""
    if place.parent.name == "files" and not os.path.lexists(place):
        _info(place).unlink(missing_ok=True)


def forget_records(originals: Collection[Path]) -> None:
    """Remove the info files of these originals that have no file: a crash came before its move.

    One that a crash left empty says nothing; then its name tells, which is made of the original's.
    """
    wanted = set(originals)
    empty = re.compile(b"|".join(map(_names_of, sorted(wanted))) or b"(?!)")
    for trash in {t for folder in {p.parent for p in wanted} for t in trashes(folder / "file")}:
        for info in _orphans(trash):
            name = os.fsencode(info.name.removesuffix(_SUFFIX))
            if _original(info) in wanted or (empty.fullmatch(name) and info.lstat().st_size == 0):
                info.unlink(missing_ok=True)


def recorded(place: Path) -> Path | None:
    """Where the file at a place in the trash lay; None where no record says so."""
    return _original(_info(place))


def _orphans(trash: Path) -> list[Path]:
    files, infos = trash / "files", trash / "info"
    if not (files.is_dir() and infos.is_dir()):
        return []
    names = set(os.listdir(files))  # noqa: PTH208 - thousands of names, no Path each
    return [
        infos / name
        for name in os.listdir(infos)  # noqa: PTH208
        if name.endswith(_SUFFIX) and name.removesuffix(_SUFFIX) not in names
    ]


def _original(info: Path) -> Path | None:
    """The original's path in an info file; None where it cannot be read."""
    try:
        lines = info.read_bytes().splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith(b"Path="):
            path = Path(os.fsdecode(unquote_to_bytes(line.removeprefix(b"Path="))))
            return _top(info) / path  # an absolute path stays as it is
    return None


def _info(place: Path) -> Path:
    return place.parent.parent / "info" / (place.name + _SUFFIX)


def _names_of(path: Path) -> bytes:
    """A pattern of the names that a file from `path` can get in a trash, by Qt or by `put`."""
    qt = re.escape(os.fsencode(path.name)) + b"(-[0-9]+)?"
    stem, suffix = (re.escape(part.encode()) for part in (_readable(path), _clean_suffix(path)))
    return b"%s|%s-[0-9a-f]{%d}%s" % (qt, stem, 2 * _TOKEN, suffix)


def _readable(path: Path) -> str:
    return os.fsencode(path.stem).decode(errors="replace")[:40]


def _clean_suffix(path: Path) -> str:
    return path.suffix if path.suffix.isascii() and len(path.suffix) < 8 else ""


def _top(path: Path) -> Path:
    """The top folder of the drive of `path`."""
    real = Path(os.path.realpath(path.parent)) / path.name
    return next(folder for folder in real.parents if folder.is_mount() or folder.parent == folder)


def _on_one_drive(path: Path, other: Path) -> bool:
    try:
        return path.lstat().st_dev == other.stat().st_dev
    except OSError:
        return False
