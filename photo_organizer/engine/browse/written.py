"""Finds photos by what is written of them: name, folder, date, camera; exact matches first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from photo_organizer.engine.browse.date_query import date_in
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.search_answer import Place, SearchAnswer

_FOLDERS = 2
"""So many folders above a photo are searched."""


def find_written(text: str, photos: Mapping[int, Photo]) -> SearchAnswer:
    """Photos of which a text is written; those first of which exactly it is.

    Name, folder, date or camera must have all words of it, any part of a word counts: "img_2"
    finds "IMG_20.jpg". Exactly it says a name or folder that has its words as whole words, and the
    date that it asks for ("2024-05", "May 2024"): see `date_query`.

    Args:
        text: one or more words.
        photos: to find, by id.
    """
    question = _Question(text)
    exact: list[tuple[int, int, Place]] = []
    others = []
    for i, photo in photos.items():
        if not question.partly(photo):
            continue
        found = question.exactly(photo)
        if found is None:
            others.append(i)
        else:
            exact.append((found[0], i, found[1]))
    exact.sort(key=lambda one: one[0])
    places = {i: place for _, i, place in exact}
    return SearchAnswer((), (*places, *others), exact=places)


class _Question:
    """A text that is looked for in what is written of photos."""

    def __init__(self, text: str) -> None:
        self._text = " ".join(text.casefold().split())
        self._words = self._text.split()
        self._date = date_in(self._text)
        self._others = self._date.rest.split() if self._date is not None else []
        self._patterns = {word: _whole(word) for word in (self._text, *self._words, *self._others)}

    def exactly(self, photo: Photo) -> tuple[int, Place] | None:
        """How good an exact match is, the best 0, and where; None where there is none."""
        name, folders = _name(photo), _folders(photo)
        dated = self._is_dated(photo)
        found = (
            (self._text in (name, photo.path.stem.casefold()), Place.NAME),
            (self._text in folders, Place.FOLDER),
            (dated and not self._others, Place.DATE),
            (self._stands(self._text, name), Place.NAME),
            (any(self._stands(self._text, folder) for folder in folders), Place.FOLDER),
        )
        for rank, (is_so, place) in enumerate(found):
            if is_so:
                return rank, place
        words = self._others if dated else self._words
        lines = (name, *folders)
        if not all(any(self._stands(word, line) for line in lines) for word in words):
            return None
        if dated:
            return len(found), Place.DATE
        named = all(self._stands(word, name) for word in words)
        return len(found) + 1, Place.NAME if named else Place.FOLDER

    def partly(self, photo: Photo) -> bool:
        """Whether all words stand somewhere, as parts of words or as the date."""
        if _says(_lines(photo), self._words):
            return True
        return self._is_dated(photo) and _says(_lines(photo), self._others)

    def _is_dated(self, photo: Photo) -> bool:
        return self._date is not None and self._date.is_met_by(photo.taken)

    def _stands(self, words: str, line: str) -> bool:
        return words in line and self._patterns[words].search(line) is not None


def _whole(words: str) -> re.Pattern[str]:
    """Finds words that stand for themselves: "img_1" in "img_1-edited.jpg", not in "img_10.jpg"."""
    return re.compile(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])")


def _name(photo: Photo) -> str:
    return photo.path.name.casefold()


def _folders(photo: Photo) -> tuple[str, ...]:
    return tuple(folder.casefold() for folder in photo.path.parts[-_FOLDERS - 1 : -1])


def _lines(photo: Photo) -> Iterator[str]:
    """The name first: most questions are answered by it."""
    yield _name(photo)
    yield from _folders(photo)
    if photo.taken is not None:
        yield photo.taken.text()[: len("2024-05-31")]
    for line in (photo.exif.camera, photo.exif.lens):
        if line:
            yield line.casefold()


def _says(lines: Iterable[str], words: Sequence[str]) -> bool:
    missing = set(words)
    for line in lines:
        missing = {word for word in missing if word not in line}
        if not missing:
            return True
    return not missing
