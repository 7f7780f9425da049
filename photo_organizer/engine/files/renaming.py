"""Gives files new names without ever overwriting what is there."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path

_NO_HARD_LINKS = frozenset(
    (errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
)


def rename_new(source: Path, target: Path) -> None:
    """Rename on one drive; `target` is never overwritten, not even one made this very moment.

    POSIX's rename overwrites, so the file gets its second name before it loses the first: in a
    crash between the two it has both. Drives without hard links are asked first, then renamed.

    Raises:
        FileExistsError: `target` is taken.
        OSError: it cannot be renamed; it still has its old name.
    """
    if os.name == "nt":  # its rename never overwrites
        source.rename(target)
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        source.rename(target)
        return
    try:
        source.unlink()
    except FileNotFoundError:
        return  # somebody else took the old name away: the new one is the last
    except OSError:
        target.unlink()
        raise


def are_names_of_one_file(one: Path, other: Path) -> bool:
    """Whether a file has both names, so that it can lose one of them.

    What a symbolic link leads to does not count, nor does one name that is seen in two places, as
    through two file systems.
    """
    try:
        status, same = one.lstat(), other.lstat()
    except OSError:
        return False
    has_two = stat.S_ISREG(status.st_mode) and status.st_nlink > 1
    return has_two and os.path.samestat(status, same) and _real(one) != _real(other)


def drop_second_name(name: Path, other: Path) -> bool:
    """Take a name from a file that has the other one, too; whether it had both.

    Raises:
        OSError: the name cannot be taken; the file still has both.
    """
    if not are_names_of_one_file(name, other):
        return False
    name.unlink()
    return True


def _real(path: Path) -> tuple[str, str]:
    """Where a name stands, once the links of its folder are followed."""
    return os.path.realpath(path.parent), path.name


def rename_free(source: Path, wanted: Path, word: str) -> Path:
    """Rename to `wanted`, or next to it ("name (word).jpg", "name (word 2).jpg") when taken.

    Returns:
        The new path.

    Raises:
        OSError: it cannot be renamed; it still has its old name.
    """
    for target in _names(wanted, word):
        try:
            rename_new(source, target)
        except FileExistsError:
            continue
        return target
    raise AssertionError("unreachable: the names never end")


def _names(wanted: Path, word: str) -> Iterator[Path]:
    yield wanted
    for number in count(1):
        mark = word if number == 1 else f"{word} {number}"
        yield wanted.with_name(f"{wanted.stem} ({mark}){wanted.suffix}")
