"""What the terms of a question are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.query import Field, Like, Restriction, Term, Words
from photo_organizer.engine.domain.search_answer import Reading, TermAnswer
from photo_organizer.engine.domain.search_sentences import told
from photo_organizer.ui.search.term_chips import ShownTerm
from photo_organizer.ui.words import language
from photo_organizer.ui.words.plain_text import visible
from photo_organizer.ui.words.translation import PLURAL, translate

POOR = (Reading.UNKNOWN, Reading.FOREIGN)
"""How words are read that the model cannot see."""


def shown_terms(
    terms: Sequence[Term], answers: Sequence[TermAnswer], photos: Mapping[int, Photo]
) -> tuple[ShownTerm, ...]:
    """Terms as chips.

    Args:
        terms: what is asked.
        answers: how it was understood, as far as that is known.
        photos: of the library, by id.
    """
    understood = {answer.term: answer for answer in answers}
    return tuple(_shown(term, understood.get(term), photos) for term in terms)


def alone_text(terms: Sequence[ShownTerm]) -> str:
    """Where nothing meets all terms: how many photos meet each of them; "" for a single one.

    Those that the model cannot see are told elsewhere.
    """
    return "\n".join(term.told for term in terms if not term.poor) if len(terms) > 1 else ""


def _shown(term: Term, answer: TermAnswer | None, photos: Mapping[int, Photo]) -> ShownTerm:
    name = term_name(term, photos)
    if answer is None:
        return ShownTerm(term, name)
    poor = answer.problem is not None or answer.reading in POOR
    if poor or isinstance(term, Words):
        return ShownTerm(term, name, told(answer).text(language.spoken()), poor)
    count = answer.shown if isinstance(term, Like) else answer.written
    if isinstance(term, Like):
        said = translate("search", "{}: %Ln photos are like it", "", PLURAL, count)
    else:
        said = translate("search", "{}: %Ln photos", "", PLURAL, count)
    return ShownTerm(term, name, said.format(name))


def term_name(term: Term, photos: Mapping[int, Photo]) -> str:
    """A term without its sign."""
    match term:
        case Words(text=text, phrase=phrase):
            return translate("search", "“{}”").format(text) if phrase else text
        case Like(photo=photo):
            return like_name(photo, photos)
        case Restriction(field=field, value=value):
            return f"{field_name(field)}: {value}"


def like_name(photo: int | Path, photos: Mapping[int, Photo]) -> str:
    """The name of a photo that is asked with."""
    if isinstance(photo, Path):
        return visible(photo.name)
    known = photos.get(photo)
    return visible(known.path.name) if known is not None else str(photo)


def field_name(field: Field) -> str:
    """What can be restricted, for people."""
    match field:
        case Field.NAME:
            return translate("search", "Name")
        case Field.FOLDER:
            return translate("search", "Folder")
        case Field.DATE:
            return translate("search", "Date")
        case Field.CAMERA:
            return translate("search", "Camera")
        case Field.CATEGORY:
            return translate("search", "Category")
        case Field.STARS:
            return translate("search", "Stars")
