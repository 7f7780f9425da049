"""What is said of an answer: how many photos fit, in which order, and what the model cannot see."""

from __future__ import annotations

from photo_organizer.engine.domain.query import Words
from photo_organizer.engine.domain.search_answer import Reading, SearchAnswer, TermAnswer
from photo_organizer.engine.domain.search_sentences import told
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.ui.words.punctuation import sentence
from photo_organizer.ui.words.translation import PLURAL, translate

_POOR = (Reading.UNKNOWN, Reading.FOREIGN)


def note_text(found: SearchAnswer, language: str) -> str:
    """A line on the order and on where it ends, and a line for each term that was not understood.

    Args:
        found: an answer to a whole question.
        language: of the engine's sentences.
    """
    lines = [_order(found)]
    if not (found.exact and found.reading in _POOR):
        # Who found exactly what was asked for needs no other model for it.
        poor = [] if _is_plain(found) else _misunderstood(found, language)
        lines += [*poor, _model(found, told=bool(poor))]
    return "\n".join(line for line in lines if line)


def _order(found: SearchAnswer) -> str:
    if found.exact and found.shown:
        exact = len(found.exact)
        return translate(
            "search", "%Ln exact matches come first, then what photos show.", "", PLURAL, exact
        )
    count = len(found.shown)
    if not count:
        return ""
    if count >= int(Thresholds()["search.most"]):
        return translate("search", "The best %Ln photos, best first.", "", PLURAL, count)
    return translate("search", "%Ln photos fit, best first; nothing else does.", "", PLURAL, count)


def _misunderstood(found: SearchAnswer, language: str) -> list[str]:
    """A line for each term that the model cannot see, or that could not be asked."""
    return [_told(answer, language) for answer in found.terms if _is_poor(answer)]


def _is_poor(answer: TermAnswer) -> bool:
    return answer.problem is not None or answer.reading in _POOR


def _told(answer: TermAnswer, language: str) -> str:
    return sentence(told(answer).text(language))


def _is_plain(found: SearchAnswer) -> bool:
    """Whether one thing was asked for that says enough by how it was read."""
    terms = found.terms
    alone = len(terms) == 1 and isinstance(terms[0].term, Words) and terms[0].problem is None
    return alone and not terms[0].term.minus


def _model(found: SearchAnswer, *, told: bool) -> str:
    """What the model can do, and what another one could.

    Args:
        found: the answer.
        told: what it cannot see is told already.
    """
    match found.reading:
        case Reading.BY_KIND:
            return translate(
                "search",
                "The starter model knows the built-in categories and about 1,000 kinds of things, "
                "but no free text.",
            )
        case Reading.UNKNOWN if told:
            return translate("search", "The model for any words finds whatever you can describe.")
        case Reading.UNKNOWN:
            return translate(
                "search",
                "The starter model knows the built-in categories and about 1,000 kinds of things, "
                "and nothing like this. The model for any words finds whatever you can describe.",
            )
        case Reading.FOREIGN:
            return translate(
                "search",
                "This model reads English and common Korean words, but not this. The model for "
                "many languages reads any.",
            )
        case Reading.FREELY | Reading.NONE:
            return ""
