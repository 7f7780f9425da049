"""Finds photos by what is written of them: name, folder, date, camera; exact matches first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from photo_organizer.engine.browse.date_query import date_in
from photo_organizer.engine.browse.written_columns import WrittenColumns, columns_of
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.search_answer import Place, SearchAnswer


@dataclass(frozen=True, slots=True)
class Written:
    """Of which photos something is written, by their rows in `WrittenColumns`."""

    exact: Mapping[int, tuple[int, Place]]
    """Those of which exactly it is written: how good a match, the best 0, and where."""
    partly: frozenset[int]
    """The others."""


def find_written(text: str, photos: Mapping[int, Photo]) -> SearchAnswer:
    """Photos of which a text is written; those first of which exactly it is.

    Name, folder, date or camera must have all words of it, any part of a word counts: "img_2"
    finds "IMG_20.jpg". Exactly it says a name or folder that has its words as whole words, and the
    date that it asks for ("2024-05", "May 2024"): see `date_query`.

    Args:
        text: one or more words.
        photos: to find, by id.
    """
    columns = columns_of(photos)
    found = rows_written(text, columns)
    ids = columns.ids
    ranked = sorted(found.exact, key=lambda row: (found.exact[row][0], row))
    places = {ids[row]: found.exact[row][1] for row in ranked}
    return SearchAnswer((), (*places, *(ids[row] for row in sorted(found.partly))), exact=places)


def rows_written(text: str, columns: WrittenColumns, *, phrase: bool = False) -> Written:
    """Of which photos a text is written.

    Args:
        text: one or more words.
        columns: of the photos.
        phrase: the words must stand together.
    """
    question = _Question(text, columns, phrase=phrase)
    exact: dict[int, tuple[int, Place]] = {}
    partly = set()
    for row in question.partly():
        found = question.exactly(row)
        if found is None:
            partly.add(row)
        else:
            exact[row] = found
    return Written(exact, frozenset(partly))


def rows_of_word(word: str, columns: WrittenColumns) -> list[int]:
    """The photos of whose name or folders a word is a whole word."""
    plain = word.casefold()
    pattern = _whole(plain)
    of_folder: dict[str, bool] = {}
    found = []
    for row in columns.rows_with(plain):
        folder, name = columns.folders[row], columns.names[row]
        if folder not in of_folder:
            of_folder[folder] = any(map(pattern.search, columns.near_folders(row)))
        if of_folder[folder] or (plain in name and pattern.search(name)):
            found.append(row)
    return found


@dataclass(frozen=True, slots=True)
class _OfFolder:
    """What the folders above a photo say of a text."""

    named: bool
    """One of them is called so."""
    says: bool
    """The text stands in one of them."""
    words: frozenset[str]
    """Its words that stand in any of them."""


class _Question:
    """A text that is looked for in what is written of photos."""

    def __init__(self, text: str, columns: WrittenColumns, *, phrase: bool) -> None:
        self._columns = columns
        self._text = " ".join(text.casefold().split())
        self._words = [self._text] if phrase else self._text.split()
        self._date = None if phrase else date_in(self._text)
        self._others = self._date.rest.split() if self._date is not None else []
        self._patterns = {word: _whole(word) for word in (self._text, *self._words, *self._others)}
        self._folders: dict[str, _OfFolder] = {}

    def exactly(self, row: int) -> tuple[int, Place] | None:
        """How good an exact match is, the best 0, and where; None where there is none."""
        name, folder = self._columns.names[row], self._of_folder(row)
        dated = self._is_dated(row)
        found = (
            (self._text in (name, name.rpartition(".")[0]), Place.NAME),
            (folder.named, Place.FOLDER),
            (dated and not self._others, Place.DATE),
            (self._stands(self._text, name), Place.NAME),
            (folder.says, Place.FOLDER),
        )
        for rank, (is_so, place) in enumerate(found):
            if is_so:
                return rank, place
        words = self._others if dated else self._words
        if not all(word in folder.words or self._stands(word, name) for word in words):
            return None
        if dated:
            return len(found), Place.DATE
        named = all(self._stands(word, name) for word in words)
        return len(found) + 1, Place.NAME if named else Place.FOLDER

    def _of_folder(self, row: int) -> _OfFolder:
        """What the folders above a photo say; looked up once for all photos in them."""
        folder = self._columns.folders[row]
        if folder not in self._folders:
            lines = self._columns.near_folders(row)
            self._folders[folder] = _OfFolder(
                self._text in lines,
                any(self._stands(self._text, line) for line in lines),
                frozenset(
                    word
                    for word in (*self._words, *self._others)
                    if any(self._stands(word, line) for line in lines)
                ),
            )
        return self._folders[folder]

    def partly(self) -> list[int]:
        """The photos of which all words stand somewhere, as parts of words or as the date."""
        found = self._rows_with(self._words)
        if self._date is not None:
            dated = set(self.dated())
            found |= self._rows_with(self._others) & dated if self._others else dated
        return sorted(found)

    def dated(self) -> list[int]:
        """The photos that were taken at the date that the text asks for."""
        return [row for row in range(len(self._columns)) if self._is_dated(row)]

    def _rows_with(self, words: list[str]) -> set[int]:
        found: set[int] | None = None
        for word in sorted(words, key=len, reverse=True):
            with_word = self._columns.rows_with(word)
            found = with_word if found is None else found & with_word
            if not found:
                break
        return found or set()

    def _is_dated(self, row: int) -> bool:
        return self._date is not None and self._date.is_met_by(self._columns.taken[row])

    def _stands(self, words: str, line: str) -> bool:
        return words in line and self._patterns[words].search(line) is not None


def _whole(words: str) -> re.Pattern[str]:
    """Finds words that stand for themselves: "img_1" in "img_1-edited.jpg", not in "img_10.jpg"."""
    return re.compile(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])")
