"""Small albums of files that stand for photos, and results made of them by hand."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group, GroupKind, Result
from photo_organizer.engine.files.photo_files import content_hash


def photo(path: Path, number: int, data: bytes | None = None) -> Photo:
    """Write `data` to `path` (None: take what lies there); the photo as it would be judged."""
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    status = path.stat()
    identity = FileIdentity(path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
    digest = content_hash(path.read_bytes())
    return Photo(number, identity, digest, "JPEG", 4, 3, Exif())


def group(
    *ids: int, kind: GroupKind = GroupKind.EXACT, safe: Sequence[bool] | None = None
) -> Group:
    """A group led by the first of `ids`; all others are safe to remove unless said otherwise."""
    return Group(
        kind,
        ids[0],
        ids,
        Reason("trash.link"),
        (1.0,) * len(ids),
        tuple(safe or (False, *(True,) * (len(ids) - 1))),
    )


def result(photos: Iterable[Photo], *groups: Group) -> Result:
    """A result with nothing but photos and groups."""
    return Result(PhotoDict.of(photos), {}, groups, {}, (), ())


def contents(folder: Path) -> Mapping[Path, bytes]:
    """Every file below a folder and its bytes."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
