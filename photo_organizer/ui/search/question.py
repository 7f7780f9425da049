"""What people ask: the line that they typed, and the photos that they chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from photo_organizer.engine.browse.query_line import parse, written
from photo_organizer.engine.domain.query import Like, Query, Term, Words


@dataclass(frozen=True)
class Question:
    """Photos are chosen elsewhere and never typed: the line has no place for them."""

    text: str = ""
    """As people typed it."""
    likes: tuple[Like, ...] = ()
    """The photos that others are to be like, or unlike."""

    @classmethod
    def of(cls, terms: Sequence[Term]) -> Question:
        """The question that asks for these terms."""
        typed = tuple(term for term in terms if not isinstance(term, Like))
        likes = tuple(term for term in terms if isinstance(term, Like))
        return cls(written(Query(typed)), likes)

    @cached_property
    def query(self) -> Query:
        """All that is asked, term by term."""
        return Query((*self.likes, *parse(self.text).terms))

    @cached_property
    def asked(self) -> str | tuple[int, ...]:
        """For `PhotoFinder`: the query in one line, or photos that are asked with alone."""
        photos = self.photos
        if photos and len(photos) == len(self.query.terms):
            return photos
        return written(self.query)

    @property
    def photos(self) -> tuple[int, ...]:
        """The photos of the library that others are to be like."""
        return tuple(
            like.photo for like in self.likes if isinstance(like.photo, int) and not like.minus
        )

    @property
    def is_plain(self) -> bool:
        """Whether it is one thing that photos are to show, and nothing else."""
        terms = self.query.terms
        return len(terms) == 1 and isinstance(terms[0], Words) and not terms[0].minus

    @property
    def has_words(self) -> bool:
        """Whether it asks for something that photos show, or that is written of them."""
        return any(isinstance(term, Words) and not term.minus for term in self.query.terms)
