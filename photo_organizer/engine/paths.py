"""Where the program keeps its own files; the user's folders are never among them."""

from __future__ import annotations

import os
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from stat import S_IMODE, S_ISLNK

import platformdirs

APP = "photo-organizer"
HOME_VARIABLE = "PHOTO_ORGANIZER_HOME"
"""Environment variable: when set, everything lies below this one folder."""


TRASH_BESIDE = "Photo Organizer trash"
"""Beginning of the names of dated folders that stand in where a place has no system trash."""


def data_dir() -> Path:
    """The folder of what must not be lost: store, models, preferences. May not exist yet."""
    return _stand_in.folder or _usual_data_dir()


def cache_dir() -> Path:
    """The folder of what can be made again: thumbnails. May not exist yet."""
    home = _stand_in.folder or os.environ.get(HOME_VARIABLE)
    return Path(home) / "cache" if home else platformdirs.user_cache_path(APP, appauthor=False)


def models_dir() -> Path:
    """The folder with one subfolder for each installed model. May not exist yet."""
    return _usual_data_dir() / "models"  # read, even where nothing can be written


def store_path() -> Path:
    """The file of the store: see `photo_organizer.engine.storage.store`."""
    return data_dir() / "library.sqlite"


def _usual_data_dir() -> Path:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) if home else platformdirs.user_data_path(APP, appauthor=False)


# ---------------------------------------------------------------------- a folder that stands in


class _StandIn:
    folder: Path | None = None


_stand_in = _StandIn()


def use_instead(folder: Path | None) -> None:
    """Let a folder stand in for that of the program, which cannot be written; None: none."""
    _stand_in.folder = folder


def stood_in_for() -> Path | None:
    """The program's folder while another stands in for it; None while none does."""
    return _usual_data_dir() if _stand_in.folder else None


# ---------------------------------------------------------------------- nobody else's

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_OWN_NAMES = (
    "library*.sqlite*",
    ".library*",
    "preferences*.toml",
    ".preferences*.toml*",
    "categories*.toml",
    ".categories*.toml*",
    "photo-organizer.log*",
    "cluster*.pem",
    "snapshots",
    "cache",
    "models",
    "backups",
    "unfinished",
    ".*.part",
    "Demo album",
    "demo",
    "window-lock*",
    "decisions*.json",
    ".decisions*.json*",
)
"""What the program calls its files and folders in `data_dir`."""


def own_folder(folder: Path) -> None:
    """Make a folder of the program's, with those above it, so that nobody else may look into it.

    One that is there already stays as it is; see `tighten`. Windows has rights of its own.

    Raises:
        OSError: it cannot be made.
    """
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        if folder == folder.parent:
            break
        folder = folder.parent
    for one in reversed(missing):
        try:
            one.mkdir(mode=_PRIVATE_FOLDER)
        except FileExistsError:  # another thread or program was quicker
            if not one.is_dir():
                raise
        else:
            one.chmod(_PRIVATE_FOLDER)  # whatever the umask is


def own_file(file: Path) -> None:
    """Make an empty file of the program's that nobody else may read, or take that right away.

    Raises:
        OSError: it cannot be made.
    """
    if os.name == "nt":
        return
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE_FILE))
    _close_to_others(file)


def tighten() -> None:
    """Take from everybody else what an older version let them read of the program's own files.

    Folders that others use too keep their rights: one that `HOME_VARIABLE` names is the program's
    only where nothing else lies in it.
    """
    home = data_dir()
    if os.name == "nt" or not home.is_dir():
        return
    own = [home, *(home / name for name in ("snapshots", "backups"))]
    for folder in own:
        for name in _names(folder) if folder.is_dir() and not folder.is_symlink() else ():
            if folder != home or _is_own(name):
                file = folder / name
                if file.is_file():
                    _close_to_others(file)
    shared = HOME_VARIABLE in os.environ
    if shared and not all(map(_is_own, _names(home))):
        return
    for folder in (*own, cache_dir(), cache_dir() / "thumbnails"):
        if folder.is_dir() and folder.absolute() != Path.home().absolute():
            _close_to_others(folder)


def _is_own(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in _OWN_NAMES)


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names only
    except OSError:  # it may not be read: nothing in it is known
        return [""]


def _close_to_others(path: Path) -> None:
    """Leave its owner's rights only; what is somebody else's, and links, stay as they are."""
    if os.name == "nt":
        return
    with suppress(OSError):  # a drive without rights
        status = path.lstat()
        ours = status.st_uid == os.geteuid() and not S_ISLNK(status.st_mode)
        if ours and status.st_mode & 0o077:
            path.chmod(S_IMODE(status.st_mode) & _PRIVATE_FOLDER)
