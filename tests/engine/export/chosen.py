"""A photo as `selection.best` chooses it, and the files of a folder."""

from pathlib import Path

from photo_organizer.engine.domain.facts import Exif, Photo
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.highlights.selection import Chosen


def chosen(path: Path, rank: int = 1) -> Chosen:
    data = path.read_bytes()
    photo = Photo(
        rank, photo_files.identify(path), photo_files.content_hash(data), "JPEG", 96, 64, Exif()
    )
    return Chosen(photo, rank, 0.5)


def names(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
