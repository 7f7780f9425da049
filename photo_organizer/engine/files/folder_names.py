"""The names that one folder has."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path


def every_name(folders: Sequence[Path], library: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Folders as they are called, absolute, and by every other name that photos know them by.

    Whoever names a folder may mean it as it is called, or as it is called without links on the way.
    Photos are called as the library is opened: through a link, or in letters of another case than
    the drive's, where that does not tell small letters from capitals.

    Args:
        folders: relative ones lie below the present folder; need not exist.
        library: the folders that photos are looked for in.
    """
    names: dict[Path, None] = {}
    for folder in folders:
        # pathlib's own `absolute` leaves "..", which no photo's path has.
        called = Path(os.path.abspath(folder))  # noqa: PTH100
        real = Path(os.path.realpath(folder))
        names |= dict.fromkeys((called, real))
        for root in library:
            names |= dict.fromkeys(_seen_from(root, real))
    return tuple(names)


def _seen_from(root: Path, folder: Path) -> Iterator[Path]:
    """What a folder is called by those who come from `root`, if it lies in it or around it.

    Args:
        root: as photos' paths begin.
        folder: absolute, without links.
    """
    root = Path(os.path.abspath(root))  # noqa: PTH100
    real = Path(os.path.realpath(root))
    if any(_is_same(above, folder) for above in (real, *real.parents)):
        yield root
        return
    above = next((one for one in folder.parents if _is_same(one, real)), None)
    if above is None:
        return
    name = root
    for part in folder.relative_to(above).parts:
        name /= _as_listed(name, part)
    yield name


def _is_same(one: Path, two: Path) -> bool:
    if one == two:
        return True
    if _folded(one.name) != _folded(two.name):
        return False
    with suppress(OSError):
        return one.samefile(two)
    return False


def _as_listed(folder: Path, name: str) -> str:
    """What a folder itself calls something in it that is known by a name."""
    with suppress(OSError), os.scandir(folder) as entries:
        listed = [entry.name for entry in entries if _folded(entry.name) == _folded(name)]
        if name not in listed:
            return next((one for one in listed if _is_same(folder / one, folder / name)), name)
    return name


def _folded(name: str) -> str:
    """The same for names that some drives do not tell apart: by case, or by how accents are put."""
    return unicodedata.normalize("NFC", name).casefold()
