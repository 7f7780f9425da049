"""Where a command writes the file that a person asked for: looked at first, written through."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from photo_organizer.cli import terminal
from photo_organizer.cli.command import WrongCallError
from photo_organizer.engine.domain.reasons import system_message
from photo_organizer.engine.files import unfinished

_STREAM: Final = re.compile(r"/(?:dev|proc/self)/fd/(\d+)")
_STREAMS: Final = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}

_LINKS: Final = 40
"""A chain of so many links has no end."""


def check(target: str) -> None:
    """Make sure that the file can be written, before hours of work. Nothing is left behind.

    Raises:
        WrongCallError: it cannot, and why.
    """
    path = Path(target)
    try:
        stream = _stream(path)
        if stream is not None:
            os.fstat(stream)
            _check_writable(stream)
        elif path.is_dir():
            raise _refused(target, "It is a folder; give the name of a file.")
        elif not path.exists():
            folder = _real(path).parent
            if not folder.is_dir():
                raise _refused(target, "Its folder does not exist.")
            _check_folder(folder)
        elif not os.access(path, os.W_OK):
            raise _refused(target, "It is not permitted.")
    except (OSError, ValueError) as error:
        why = system_message(error) if isinstance(error, OSError) else str(error)
        raise _refused(target, f"{why}.") from error


def write_json(target: str, value: Any) -> None:
    """Write a value as JSON, `-` is standard output; see `write`.

    Raises:
        OSError: it cannot be written.
    """
    if target == "-":
        terminal.print_json(value)
    else:
        write(target, terminal.as_json(value).encode(errors="replace"))


def write(target: str, data: bytes) -> None:
    """Write a file that anybody may read who may read the person's other files.

    A pipe, a device or the file that a link leads to is written to. A file is replaced as a whole,
    with the rights it had; only where its folder takes no other file, or where it has further
    names, it is written anew in its place.

    Raises:
        OSError: it cannot be written.
    """
    path = Path(target)
    stream = _stream(path)
    if stream is not None:
        with os.fdopen(os.dup(stream), "wb") as file:
            file.write(data)
        return
    status = None
    with suppress(FileNotFoundError):
        status = path.stat()
    if status is None or (stat.S_ISREG(status.st_mode) and status.st_nlink == 1):
        real = _real(path)
        with unfinished.beside(real) as part:
            if _begin(part):
                _replace(part, real, data, status)
                return
    with path.open("wb") as file:
        file.write(data)


def _begin(part: Path) -> bool:
    try:
        part.open("xb").close()  # with the rights that every new file of the person gets
    except OSError:
        return False
    return True


def _replace(part: Path, real: Path, data: bytes, before: os.stat_result | None) -> None:
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if before is not None:
        part.chmod(stat.S_IMODE(before.st_mode))
    part.replace(real)


def _stream(path: Path) -> int | None:
    """The number of the open stream that a path stands for, as in ``/dev/stdout``."""
    for _ in range(_LINKS):
        name = os.path.abspath(path)  # noqa: PTH100 - a link is looked at as it is called
        if name in _STREAMS:
            return _STREAMS[name]
        if found := _STREAM.fullmatch(name):
            return int(found[1])
        if not path.is_symlink():
            return None
        path = path.parent / path.readlink()
    return None


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _check_writable(stream: int) -> None:
    with suppress(ImportError):  # Windows has no such names of streams
        import fcntl

        if fcntl.fcntl(stream, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError("It is open for reading only")


def _check_folder(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder):
        pass


def _refused(target: str, why: str) -> WrongCallError:
    return WrongCallError(f"{target} cannot be written, nothing was done. {why}")
