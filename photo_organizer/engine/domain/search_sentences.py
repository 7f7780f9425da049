"""How a term of a query was understood, in a sentence for people."""

from __future__ import annotations

from photo_organizer.engine.domain.query import Like, Restriction, Words
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.search_answer import Reading, TermAnswer

_ASKED = {
    Reading.FREELY: "search.seen",
    Reading.BY_KIND: "search.seen",
    Reading.UNKNOWN: "search.unknown",
    Reading.FOREIGN: "search.foreign",
    Reading.NONE: "search.written",
}
_SHUT_OUT = {
    Reading.FREELY: "search.without_seen",
    Reading.BY_KIND: "search.without_seen",
    Reading.UNKNOWN: "search.without_unknown",
    Reading.FOREIGN: "search.without_foreign",
    Reading.NONE: "search.without_written",
}


def told(answer: TermAnswer) -> Reason:
    """What the model made of a term, and what was found in names; honest where it cannot see."""
    if answer.problem is not None:
        return answer.problem
    term = answer.term
    match term:
        case Words():
            code = (_SHUT_OUT if term.minus else _ASKED)[answer.reading]
            return Reason(
                code, {"text": term.text, "shown": answer.shown, "written": answer.written}
            )
        case Like():
            name = term.photo if isinstance(term.photo, int) else term.photo.name
            code = "search.without_like" if term.minus else "search.like"
            return Reason(code, {"text": str(name), "shown": answer.shown})
        case Restriction():
            code = "search.without_restriction" if term.minus else "search.restriction"
            text = f"{term.field.value}:{term.value}"
            return Reason(code, {"text": text, "written": answer.written})
