"""The photos of a result, and what is asked of all of them at once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Self

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.moments import moment_number


class Photos(Mapping[int, Photo]):
    """Photos by id, in order; neither they nor their order ever change.

    Either as objects (`PhotoDict`) or as columns of numbers
    (`photo_organizer.engine.domain.photo_table.PhotoTable`): whoever asks here need not know.
    """

    @abstractmethod
    def without(self, gone: Collection[int]) -> Self:
        """The same photos but these."""

    @abstractmethod
    def moved(self, places: Mapping[int, Path]) -> Self:
        """The same photos, some of them at other places; ids that are not there are left aside."""

    @abstractmethod
    def of_content(self, hashes: Collection[bytes]) -> Iterator[Photo]:
        """The photos with one of these contents, in order."""

    @abstractmethod
    def at(self, paths: Iterable[Path]) -> dict[Path, int]:
        """The ids of the photos at these paths, as far as there are any."""

    @abstractmethod
    def known(self, ids: Iterable[int]) -> frozenset[int]:
        """Those of some ids whose photos are here."""

    @abstractmethod
    def contents_of(self, ids: Iterable[int]) -> list[bytes]:
        """The content hashes of photos, in the order of their ids."""

    @abstractmethod
    def file_of(self, photo_id: int) -> tuple[bytes, str]:
        """The content hash of a photo, and where its file is."""

    @abstractmethod
    def size_of(self, photo_id: int) -> int:
        """The bytes of a photo's file."""

    @abstractmethod
    def taken(self) -> dict[int, int]:
        """By id when photos were taken, see `Photo.taken`, as `moment_number`; only those known."""

    @abstractmethod
    def sizes(self) -> dict[int, int]:
        """Bytes by id."""

    @abstractmethod
    def ratings(self) -> dict[int, int]:
        """By id, see `Exif.rating`; only of those that say more than 0."""

    @abstractmethod
    def formats(self) -> dict[int, str]:
        """By id, see `Photo.format`."""

    @abstractmethod
    def folders(self) -> dict[int, str]:
        """By id the folders the photos lie in."""

    @abstractmethod
    def names(self) -> dict[int, str]:
        """By id the names of the files."""


class PhotoDict(Photos):
    """Photos as objects, as an analysis makes them.

    Args:
        photos: by id. Not copied.
    """

    def __init__(self, photos: Mapping[int, Photo] | None = None) -> None:
        self._photos = {} if photos is None else photos

    @classmethod
    def of(cls, photos: Iterable[Photo]) -> PhotoDict:
        """These photos."""
        return cls({photo.id: photo for photo in photos})

    # ------------------------------------------------------------------ as a mapping

    def __getitem__(self, photo_id: int) -> Photo:
        return self._photos[photo_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._photos)

    def __len__(self) -> int:
        return len(self._photos)

    def __contains__(self, photo_id: object) -> bool:
        return photo_id in self._photos

    # ------------------------------------------------------------------ as photos

    def without(self, gone: Collection[int]) -> Self:
        """See `Photos.without`."""
        return type(self)({i: photo for i, photo in self._photos.items() if i not in gone})

    def moved(self, places: Mapping[int, Path]) -> Self:
        """See `Photos.moved`."""
        return type(self)(
            {
                i: at_place(photo, places[i]) if i in places else photo
                for i, photo in self._photos.items()
            }
        )

    def of_content(self, hashes: Collection[bytes]) -> Iterator[Photo]:
        """See `Photos.of_content`."""
        wanted = frozenset(hashes)
        return (photo for photo in self._photos.values() if photo.content_hash in wanted)

    def at(self, paths: Iterable[Path]) -> dict[Path, int]:
        """See `Photos.at`."""
        wanted = frozenset(paths)
        return {photo.path: i for i, photo in self._photos.items() if photo.path in wanted}

    def known(self, ids: Iterable[int]) -> frozenset[int]:
        """See `Photos.known`."""
        return frozenset(ids) & self._photos.keys()

    def contents_of(self, ids: Iterable[int]) -> list[bytes]:
        """See `Photos.contents_of`."""
        photos = self._photos
        return [photos[i].content_hash for i in ids]

    def file_of(self, photo_id: int) -> tuple[bytes, str]:
        """See `Photos.file_of`."""
        photo = self._photos[photo_id]
        return photo.content_hash, str(photo.path)

    def size_of(self, photo_id: int) -> int:
        """See `Photos.size_of`."""
        return self._photos[photo_id].identity.size

    def taken(self) -> dict[int, int]:
        """See `Photos.taken`."""
        return {
            i: moment_number(taken.at)
            for i, photo in self._photos.items()
            if (taken := photo.taken) is not None
        }

    def sizes(self) -> dict[int, int]:
        """See `Photos.sizes`."""
        return {i: photo.identity.size for i, photo in self._photos.items()}

    def ratings(self) -> dict[int, int]:
        """See `Photos.ratings`."""
        return {i: stars for i, photo in self._photos.items() if (stars := photo.exif.rating)}

    def formats(self) -> dict[int, str]:
        """See `Photos.formats`."""
        return {i: photo.format for i, photo in self._photos.items()}

    def folders(self) -> dict[int, str]:
        """See `Photos.folders`."""
        return {i: str(photo.path.parent) for i, photo in self._photos.items()}

    def names(self) -> dict[int, str]:
        """See `Photos.names`."""
        return {i: photo.path.name for i, photo in self._photos.items()}


def at_place(photo: Photo, path: Path) -> Photo:
    """The same file under another name."""
    return replace(photo, identity=replace(photo.identity, path=path))
