"""Finds the photos in folders and reads them: which file it is, its bytes, its content's name."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from io import BufferedReader
from pathlib import Path

from photo_organizer.engine.domain.facts import HASH_BYTES, FileIdentity, UnreadableError
from photo_organizer.engine.domain.reasons import Reason, SpokenError, system_message
from photo_organizer.engine.domain.results import Skipped
from photo_organizer.engine.files.formats import PICTURE_SUFFIXES
from photo_organizer.engine.files.left_out import LeftOut, is_library, is_no_place_for_photos
from photo_organizer.engine.paths import TRASH_BESIDE

MAX_BYTES = 512 * 1024 * 1024
"""The largest file that is read."""

VANISHED = "files.vanished"
"""Code of the reason of a file that went while the folders were looked through."""

_SYSTEM_FOLDERS = frozenset(("/proc", "/sys", "/dev", "/run"))

_Place = tuple[int, int]
"""Device and inode: one thing on disk, whatever its names."""


class FolderError(SpokenError, ValueError):
    """A folder that cannot be walked at all: the call was wrong."""


def walk(
    folders: Sequence[Path], *, recursive: bool = True, excluded: Sequence[Path] = ()
) -> Iterator[FileIdentity | Skipped]:
    """Find the photos below folders, lazily and in the same order every time.

    A photo is a regular file with a picture's suffix; hidden files, hidden folders, trash and
    system folders are left out silently. Every file comes once: under the first of its hard links,
    and not again through a link or an overlapping folder. Linked folders and files come last, so
    that a photo keeps its own name; what they lead out of the folders to is `linked`. What looks
    like a picture or a film and is not read is counted, and told after each of the folders. Paths
    are absolute.

    Args:
        folders: where to look.
        recursive: look into the folders below as well.
        excluded: folders to leave out, with everything below them.

    Raises:
        FolderError: at the call, for a folder that is missing or no folder.
    """
    roots = [Path(os.path.abspath(folder)) for folder in folders]  # noqa: PTH100 - keeps links
    for root in roots:
        _check(root)
    return _Walk(recursive, excluded).run(roots)


def identify(path: Path) -> FileIdentity:
    """Which file lies at `path` now.

    Raises:
        UnreadableError: it is gone, unreachable, or no regular file.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise _unreadable(error) from error
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("files.no_file")
    return FileIdentity(path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def read(identity: FileIdentity) -> bytes:
    """The whole file's bytes, at most `MAX_BYTES`.

    Raises:
        UnreadableError: empty, too large, vanished, or not permitted.
    """
    try:
        with identity.path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_BYTES:
                raise UnreadableError("files.bytes", size=MAX_BYTES // 1024**2)
            data = file.read(size)
    except OSError as error:
        raise _unreadable(error) from error
    if not data:
        raise UnreadableError("files.empty")
    return data


def content_hash(data: bytes) -> bytes:
    """The name of a file's content wherever it lies, 16 bytes: SHA-256 of its bytes, cut short.

    Processors compute SHA-256 themselves, twice as fast as BLAKE2b in code.
    """
    return hashlib.sha256(data).digest()[:HASH_BYTES]


def content_hash_of_file(file: BufferedReader) -> bytes:
    """`content_hash` of an open file, from its start, without holding all of it in memory."""
    return hashlib.file_digest(file, "sha256").digest()[:HASH_BYTES]


def _check(folder: Path) -> None:
    try:
        status = folder.stat()
    except PermissionError:
        return  # walking it reports the reason
    except OSError as error:
        raise FolderError("folders.missing", folder=str(folder)) from error
    if not stat.S_ISDIR(status.st_mode):
        raise FolderError("folders.file", file=str(folder), folder=str(folder.parent))


def _unreadable(error: OSError) -> UnreadableError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UnreadableError(VANISHED)
    if isinstance(error, PermissionError):
        return UnreadableError("files.permission")
    return UnreadableError("files.unreadable", message=system_message(error).lower())


class _Walk:
    """One walk: what was seen so far, and the links left for the end."""

    def __init__(self, recursive: bool, excluded: Sequence[Path]) -> None:
        self._recursive = recursive
        self._excluded = [Path(os.path.realpath(path)) for path in excluded]
        self._folders: set[_Place] = set()
        self._files: dict[_Place, Path] = {}
        self._linked = False
        self._linked_folders: list[Path] = []
        self._linked_files: list[Path] = []

    def run(self, roots: Sequence[Path]) -> Iterator[FileIdentity | Skipped]:
        for root in roots:
            yield from self._tree(root)
        # Linked folders may hold further links: the list grows while it is walked.
        self._linked = True
        for folder in self._linked_folders:
            yield from self._tree(folder)
        for file in self._linked_files:
            yield from self._file(file, link=True)

    def _tree(self, root: Path) -> Iterator[FileIdentity | Skipped]:
        # A stack of our own: a chain of folders deeper than Python's recursion limit is no error.
        pending = [root]
        left_out = LeftOut()
        while pending:
            below: list[Path] = []
            yield from self._folder(root, pending.pop(), below, left_out)
            pending.extend(reversed(below))
        told = left_out.told()
        if told is not None:
            yield Skipped(root, told)
        videos = left_out.told_of_videos(root.name)
        if videos is not None:
            yield Skipped(root, videos, left_out.videos)

    def _folder(
        self, root: Path, folder: Path, below: list[Path], left_out: LeftOut
    ) -> Iterator[FileIdentity | Skipped]:
        """The photos right in `folder`, which is `root` or below; its folders go to `below`."""
        if not self._enter(folder):
            return
        try:
            with os.scandir(folder) as entries:
                listing = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            reason = _unreadable(error).reason
            vanished = reason.code == VANISHED
            yield Skipped(folder, reason if vanished else Reason("files.folder", why=reason))
            return
        files = [one.name for one in listing if _is_plain_file(one)]
        left_out.count(files, folder.relative_to(root))
        for entry in listing:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if _leads_to_folder(entry):
                if not self._recursive or _is_ignored(path):
                    continue
                if is_library(entry.name):
                    yield Skipped(path, Reason("files.other_library"))
                elif _is_link(entry):
                    self._linked_folders.append(path)
                else:
                    below.append(path)
            elif path.suffix.lower() in PICTURE_SUFFIXES:
                if entry.is_symlink():
                    self._linked_files.append(path)
                else:
                    yield from self._file(path)

    def _enter(self, folder: Path) -> bool:
        """Whether the folder is new and wanted."""
        if self._excluded:
            real = Path(os.path.realpath(folder))
            if any(real.is_relative_to(path) for path in self._excluded):
                return False
        try:
            status = folder.stat()
        except OSError:
            return True  # listing it fails as well, and gives the reason
        place = (status.st_dev, status.st_ino)
        if place in self._folders and status.st_ino:
            return False
        self._folders.add(place)
        return True

    def _file(self, path: Path, *, link: bool = False) -> Iterator[FileIdentity | Skipped]:
        try:
            status = path.stat()
        except OSError as error:
            dead = Reason("files.dead_link")
            yield Skipped(path, dead if link else _unreadable(error).reason)
            return
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device: reading could wait for ever
            return
        place = (status.st_dev, status.st_ino)
        # Some network drives number no file; zero says nothing.
        first = self._files.setdefault(place, path) if status.st_ino else path
        if first is path:
            yield FileIdentity(
                path, *place, status.st_size, status.st_mtime_ns, linked=self._linked
            )
        elif not link and first != path:
            yield Skipped(path, Reason("files.hard_link", {"name": first.name}))


def _is_link(entry: os.DirEntry[str]) -> bool:
    """Whether it stands for something elsewhere; Windows has links of folders of its own."""
    # Python knows them from 3.12 on.
    is_junction = getattr(entry, "is_junction", None)
    return entry.is_symlink() or (is_junction is not None and is_junction())


def _is_plain_file(entry: os.DirEntry[str]) -> bool:
    try:
        return not entry.name.startswith(".") and entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def is_set_apart(folder: Path) -> bool:
    """Whether a folder is or lies in a trash, a system's own folder, or another program's library.

    Nothing belongs there that a person puts somewhere.
    """
    return any(
        _is_ignored(place) or is_library(place.name) or place.name.lower().startswith(".trash")
        for place in (folder, *folder.parents)
    )


def _is_ignored(folder: Path) -> bool:
    """Whether a folder is trash, belongs to the system, or holds previews of other photos."""
    return (
        is_no_place_for_photos(folder.name)
        or folder.name.startswith(TRASH_BESIDE + " ")
        or str(folder) in _SYSTEM_FOLDERS
        or folder.parts[-2:] == ("share", "Trash")
    )
