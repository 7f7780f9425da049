"""Queries as one line that people type, and back. Every line is a query: nothing is refused.

========================  ==========================================================
``beach at night``        words that stand together are one thing that photos show
``beach +dog``            both of them
``beach -people``         the first without the second; a sign before a word is its own
``beach − many people``   a sign that stands alone is of all words up to the next sign
``"new york"``            a phrase: where it is written, it is written so
``folder:Italy``          a restriction, see `Field`; ``-folder:Italy`` shuts it out
``like:photo.jpg``        photos like that one
========================  ==========================================================

A quotation mark within a phrase is written twice. The names of the fields may be said in every
language of the program (``resources/search_words.toml``).
"""

from __future__ import annotations

from pathlib import Path

from photo_organizer.engine.domain.query import (
    LIKE_FILE,
    LIKE_NUMBER,
    QUOTES,
    SIGNS,
    Field,
    Like,
    Query,
    Restriction,
    Term,
    Words,
    field_called,
    field_names,
)


def parse(line: str) -> Query:
    """The query that people mean by a line."""
    return Query(tuple(_Reader(line).terms()))


def written(query: Query) -> str:
    """A line that means the query: ``parse(written(query)) == query``."""
    pieces: list[str] = []
    goes_on = False  # further plain words would belong to the term before
    for term in query.terms:
        sign = "-" if term.minus else ""
        if not isinstance(term, Words) or term.phrase:
            pieces.append(sign + _said(term))
            goes_on = False
            continue
        several = " " in term.text
        if goes_on:
            sign = sign or "+"
        if sign and several:
            sign += " "  # of all of them
        pieces.append(sign + term.text)
        goes_on = several or not sign
    return " ".join(pieces)


def _said(term: Term) -> str:
    match term:
        case Words():
            return _quoted(term.text)
        case Restriction():
            return f"{term.field.value}:{_quoted_if_needed(term.value)}"
        case Like(photo=int()):
            return f"{LIKE_NUMBER}:{term.photo}"
        case Like():
            return f"{LIKE_FILE}:{_quoted_if_needed(str(term.photo))}"


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""'))


def _quoted_if_needed(value: str) -> str:
    plain = (
        len(value.split()) == 1 and value.split(maxsplit=1)[0] == value and value[0] not in QUOTES
    )
    return value if plain else _quoted(value)


class _Reader:
    """Reads one line from its beginning to its end."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._at = 0
        self._run: list[str] = []
        """Plain words that belong together."""
        self._minus = False
        """The sign of the plain words that come."""
        self._terms: list[Term] = []

    def terms(self) -> list[Term]:
        while self._skip_spaces():
            signs = self._signs()
            if signs and self._at_space():
                self._end_run()
                self._minus = signs[0] != SIGNS[0]
                continue
            self._read(signs)
        self._end_run()
        return self._terms

    def _read(self, signs: str) -> None:
        """Read what is no sign alone."""
        # A sign that stands alone is of what follows it: of plain words, or of one other term.
        minus = signs[0] != SIGNS[0] if signs else self._minus and not self._run
        name = field_names().match(self._line, self._at)
        if name is not None:
            self._end_run()
            self._at = name.end()
            self._skip_spaces()
            self._terms.append(_of_field(field_called(name[1]), self._value(), minus=minus))
        elif self._line[self._at] in QUOTES:
            self._end_run()
            self._terms.append(Words(self._phrase(), minus, phrase=True))
        elif signs:
            self._end_run()
            self._terms.append(Words(self._word(), minus))
        else:
            self._run.append(self._word())

    def _end_run(self) -> None:
        """What comes is another term, and no sign is left of the one before."""
        self._terms.append(Words(" ".join(self._run), self._minus))
        self._run = []
        self._minus = False

    def _at_space(self) -> bool:
        return self._at >= len(self._line) or self._line[self._at].isspace()

    def _skip_spaces(self) -> bool:
        """Go on to the next character that is none; whether there is one."""
        while self._at < len(self._line) and self._line[self._at].isspace():
            self._at += 1
        return self._at < len(self._line)

    def _signs(self) -> str:
        start = self._at
        while self._at < len(self._line) and self._line[self._at] in SIGNS:
            self._at += 1
        return self._line[start : self._at]

    def _word(self) -> str:
        start = self._at
        while not self._at_space():
            self._at += 1
        return self._line[start : self._at]

    def _value(self) -> str:
        if self._at < len(self._line) and self._line[self._at] in QUOTES:
            return self._phrase()
        return self._word()

    def _phrase(self) -> str:
        """What stands between quotation marks; without an end it goes to the end of the line."""
        begin = self._line[self._at]
        ends = QUOTES[begin]
        self._at += 1
        letters: list[str] = []
        while self._at < len(self._line):
            letter = self._line[self._at]
            self._at += 1
            if letter in ends:
                if self._line[self._at : self._at + 1] != letter or letter != begin:
                    break
                self._at += 1
            letters.append(letter)
        return "".join(letters)


def _of_field(name: str, value: str, *, minus: bool) -> Term:
    if name == LIKE_FILE:
        return Like(Path(value), minus) if value else Words("")
    if name == LIKE_NUMBER:
        digits = value.isascii() and value.isdigit() and len(value) < 19
        return Like(int(value), minus) if digits else Words(value, minus)
    return Restriction(Field(name), value, minus)
