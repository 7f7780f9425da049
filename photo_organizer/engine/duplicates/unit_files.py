"""The files that go where a photo goes: the RAW of a JPEG, the film of a Live Photo, sidecars."""

from __future__ import annotations

import logging
import os
import stat
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from photo_organizer.engine.domain.facts import FileIdentity, Photo
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group
from photo_organizer.engine.duplicates.sequences import units
from photo_organizer.engine.files import sidecars, unit_names
from photo_organizer.engine.files.photo_files import content_hash_of_file
from photo_organizer.engine.files.unit_names import Part
from photo_organizer.engine.files.xmp_document import SidecarError

_log = logging.getLogger(__name__)

_HELD = {Part.RAW: "holds.raw", Part.FILM: "holds.film", Part.SOUND: "holds.sound"}
"""What is said of a photo whose part has no equal that stays."""

_SAMPLE = 4096
"""So many first bytes of a JSON file tell whether it is one of Google's."""


def find(chosen: Collection[int], photos: Mapping[int, Photo]) -> dict[int, tuple[Path, ...]]:
    """What goes where chosen photos go, and what belongs to photos that share it and stay.

    Files named after the photo's whole name ("IMG_1.JPG.xmp") belong to it alone; those named
    after its stem ("IMG_1.MOV") to each photo of that stem, and to none where a picture of that
    stem is not among `photos`: it could be that one's. Lists each folder once.

    Args:
        chosen: photo ids.
        photos: all photos of the library.

    Returns:
        Photo id to files, the RAW first; photos without any are missing. Hand it to
        `planning.plan`, which leaves alone what belongs to a photo that stays.
    """
    folders = {photos[i].path.parent for i in chosen}
    around = Units([photo for photo in photos.values() if photo.path.parent in folders])
    wanted = dict.fromkeys(chosen)
    for number in chosen:
        for path in around.beside(photos[number]):
            wanted.update(dict.fromkeys(photo.id for photo in around.sharing(path)))
        leader = around.leaders.get(number)
        if leader is not None:
            wanted[leader] = None
    found = {}
    for number in wanted:
        if number not in chosen and number in around.leaders:
            continue  # it goes, or stays, with its leader
        unit = [raw for raw in around.raws.get(number, ()) if raw.id not in chosen]
        beside = [path for photo in (photos[number], *unit) for path in around.beside(photo)]
        if files := (*(raw.path for raw in unit), *sorted(dict.fromkeys(beside))):
            found[number] = files
    return found


def keep_parts(groups: Iterable[Group], around: Units, *, carries: bool = True) -> list[Group]:
    """The groups; safe to remove is only what has no part that its group would lose.

    RAW, film and sound must have an equal that stays, by content: an empty or cut film, a link, or
    another name of the same file stands for nothing. Sidecars must have an equal, or be such that
    a clean-up can carry them over to the photo that stays. What a photo is not safe for is said in
    `Group.more`.

    Args:
        groups: duplicate groups.
        around: of all photos.
        carries: clean-ups carry sidecars over; see `Decisions.carries`.
    """
    return [
        _Staying(group, around, carries).judge()
        if any(group.safe) and around.has_parts(group)
        else group
        for group in groups
    ]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A file of a unit that must not be lost."""

    part: Part
    path: Path
    status: os.stat_result
    content_hash: bytes = b""
    """Where it is known already."""

    @property
    def identity(self) -> FileIdentity:
        status = self.status
        return FileIdentity(
            self.path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
        )


class Units:
    """What belongs to each of N photos; each folder is listed when it is first asked for.

    Args:
        photos: all photos of the library, or of some of its folders.
    """

    def __init__(self, photos: Sequence[Photo]) -> None:
        self._photos = photos
        self._listings: dict[Path, tuple[dict[str, list[str]], dict[str, tuple[str, ...]]]] = {}
        self._digests: dict[FileIdentity, bytes] = {}

    @cached_property
    def photos(self) -> dict[int, Photo]:
        """By id."""
        return {photo.id: photo for photo in self._photos}

    @cached_property
    def raws(self) -> dict[int, list[Photo]]:
        """The RAW files that follow each leader of a unit, by its id."""
        following: dict[int, list[Photo]] = defaultdict(list)
        for row, leader in enumerate(units(self._photos).tolist()):
            if leader != row:
                following[self._photos[leader].id].append(self._photos[row])
        return dict(following)

    @cached_property
    def leaders(self) -> dict[int, int]:
        """The leader of each RAW that follows one, by their ids."""
        return {raw.id: leader for leader, raws in self.raws.items() for raw in raws}

    def beside(self, photo: Photo) -> list[Path]:
        """The films, sounds and sidecars that belong to a photo, alone or with others.

        What may belong to a picture that nobody could read is left out: it stays.
        """
        folder = photo.path.parent
        of_picture, owners = self._listing(folder)
        return [
            folder / name
            for name in of_picture.get(photo.path.name, ())
            if all(folder / owner in self._known for owner in owners[name])
        ]

    def sharing(self, path: Path) -> list[Photo]:
        """The photos that a file belongs to."""
        _, owners = self._listing(path.parent)
        return [self._known[path.parent / owner] for owner in owners[path.name]]

    def has_parts(self, group: Group) -> bool:
        """Whether any photo of a group that is safe to remove has anything beside it."""
        return any(
            number in self.raws or self.beside(self.photos[number])
            for number, safe in zip(group.photos, group.safe, strict=True)
            if safe
        )

    def pieces(self, photo: Photo) -> list[_Piece]:
        """RAW, films and sounds of the unit of a photo, itself included where it is a RAW.

        Links and empty files are no pieces: nothing is lost with them.
        """
        raws = [*([photo] if photo.format == "RAW" else ()), *self.raws.get(photo.id, ())]
        known = {raw.path: raw.content_hash for raw in raws}
        found = []
        for path in (*known, *self.beside(photo)):
            part = Part.RAW if path in known else unit_names.part_of(path.name)
            with suppress(OSError):  # it vanished, and is lost already
                status = path.lstat()
                regular = stat.S_ISREG(status.st_mode) and status.st_size > 0
                if regular and part is not None and part is not Part.SIDECAR:
                    found.append(_Piece(part, path, status, known.get(path, b"")))
        return found

    def are_equal(self, one: _Piece, other: _Piece) -> bool:
        """Whether two files hold the same bytes, and are two files."""
        if one.part is not other.part or one.status.st_size != other.status.st_size:
            return False
        if one.status.st_ino and os.path.samestat(one.status, other.status):
            return False
        digest = self._digest(one)
        return bool(digest) and digest == self._digest(other)

    def _digest(self, piece: _Piece) -> bytes:
        """Empty where it cannot be read; read once as long as it is the same file."""
        if piece.content_hash:
            return piece.content_hash
        if piece.identity not in self._digests:
            try:
                with piece.path.open("rb") as file:
                    self._digests[piece.identity] = content_hash_of_file(file)
            except OSError as error:
                _log.warning("%s cannot be compared: %s", piece.path, error)
                return b""
        return self._digests[piece.identity]

    @cached_property
    def _known(self) -> dict[Path, Photo]:
        return {photo.path: photo for photo in self._photos}

    def _listing(self, folder: Path) -> tuple[dict[str, list[str]], dict[str, tuple[str, ...]]]:
        """The files of each picture of a folder, and the pictures of each file, by their names."""
        if folder not in self._listings:
            owners = {
                name: pictures
                for name, pictures in unit_names.belongings(_names(folder)).items()
                if _is_about(folder / name, pictures)
            }
            self._listings[folder] = unit_names.by_picture(owners), owners
        return self._listings[folder]


class _Staying:
    """What stays of one group, while its safe photos are looked at one after the other."""

    def __init__(self, group: Group, around: Units, carries: bool) -> None:
        self._group = group
        self._carries = carries
        self._around = around
        self._photos = [around.photos[number] for number in group.photos]
        stay = [p for p, safe in zip(self._photos, group.safe, strict=True) if not safe]
        self._stay = stay
        self._pieces = [piece for photo in stay for piece in around.pieces(photo)]
        self._written: dict[Path, bytes] = {}

    def judge(self) -> Group:
        """The group; a photo that has what no other has stays, and what it has stays with it."""
        group = self._group
        safe, more = list(group.safe), list(group.more or ((),) * len(group.photos))
        for place, photo in enumerate(self._photos):
            if not safe[place]:
                continue
            lost = self._lost(photo)
            if lost:
                safe[place] = False
                more[place] += tuple(reason for reason in lost if reason not in more[place])
                self._stay.append(photo)
                self._pieces += self._around.pieces(photo)
        if tuple(safe) == tuple(group.safe):
            return group
        return replace(group, safe=tuple(safe), more=tuple(more))

    def _lost(self, photo: Photo) -> tuple[Reason, ...]:
        """What would be lost with a photo."""
        lost = dict.fromkeys(
            _HELD[piece.part]
            for piece in self._around.pieces(photo)
            if piece.path != photo.path and not self._stays(piece)
        )
        if not lost and not self._can_be_carried(photo):
            lost = {"holds.edits": None}
        return tuple(map(Reason, lost))

    def _stays(self, piece: _Piece) -> bool:
        """Whether a part stays: itself, with a photo that shares it, or an equal one."""
        return any(
            piece.path == other.path or self._around.are_equal(piece, other)
            for other in self._pieces
        )

    def _can_be_carried(self, photo: Photo) -> bool:
        """Whether no sidecar of a photo is lost: what has to be carried over will have been."""
        raws = self._around.raws.get(photo.id, ())
        files = [raw.path for raw in raws]
        files += [path for owner in (photo, *raws) for path in self._around.beside(owner)]
        staying = {path for other in self._stay for path in self._around.beside(other)}
        files = [path for path in dict.fromkeys(files) if path not in staying]
        if not any(unit_names.part_of(path.name) is Part.SIDECAR for path in files):
            return True
        heir = self._heir(photo)
        if heir is None:
            return False
        try:
            changes = sidecars.carried(photo, files, heir, self._written)
        except SidecarError as error:
            _log.info("%s is not safe to remove: %s", photo.path, error)
            return False
        if changes and not self._carries:
            return False
        self._written |= {change.path: change.content for change in changes}
        return True

    def _heir(self, photo: Photo) -> Photo | None:
        """The photo that a clean-up carries sidecars over to: see `planning.Removal.heirs`."""
        alike = sidecars.heirs(self._group, photo, self._stay)
        return next((other for other in alike if not other.path.is_symlink()), None)


def _names(folder: Path) -> Iterator[str]:
    """The files of a folder; links that are parts of a unit are left out, and stay where they are.

    They hold nothing: what they lead to does not go.
    """
    # A folder that cannot be listed lets nothing be moved either.
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            part = unit_names.part_of(entry.name)
            if not entry.is_dir(follow_symlinks=False) and not (part and entry.is_symlink()):
                yield entry.name


def _is_about(path: Path, pictures: Sequence[str]) -> bool:
    """Whether a JSON file named only after a stem is about its picture: many programs write such.

    Everything else is, by its name.
    """
    if unit_names.suffix_of(path.name) != unit_names.JSON:
        return True
    if path.stem.casefold() not in {Path(picture).stem.casefold() for picture in pictures}:
        return True
    try:
        with path.open("rb") as file:
            beginning = file.read(_SAMPLE)
    except OSError:
        return False
    return b"photoTakenTime" in beginning or b'"title"' in beginning
