"""What is said of faces: how many there are, and what can be told of their eyes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from photo_organizer.engine.domain.faces import Eyes, SeenFace
from photo_organizer.engine.people.closeups import in_front
from photo_organizer.ui.words.translation import PLURAL, translate

DOT = " \N{MIDDLE DOT} "


def eyes_icon(eyes: Eyes) -> str:
    """The icon of ``resources/icons`` that stands for a person's eyes; empty for open ones."""
    match eyes:
        case Eyes.OPEN:
            return ""
        case Eyes.CLOSED:
            return "eye-closed"
        case Eyes.CANT_TELL:
            return "circle-question-mark"
        case _:
            assert_never(eyes)


def eyes_badge(eyes: Eyes) -> str:
    """One or two words on a face; empty for open eyes, of which nothing need be said."""
    match eyes:
        case Eyes.OPEN:
            return ""
        case Eyes.CLOSED:
            return translate("faces_text", "Closed")
        case Eyes.CANT_TELL:
            return translate("faces_text", "Can't tell")
        case _:
            assert_never(eyes)


def eyes_text(eyes: Eyes) -> str:
    """What can be told of a person's eyes, as part of a sentence."""
    match eyes:
        case Eyes.OPEN:
            return translate("faces_text", "eyes open")
        case Eyes.CLOSED:
            return translate("faces_text", "eyes may be closed")
        case Eyes.CANT_TELL:
            return translate("faces_text", "can't tell whether the eyes are open")
        case _:
            assert_never(eyes)


def faces_text(faces: Sequence[SeenFace]) -> str:
    """How many faces a photo has, and how many of them with closed eyes; empty without any.

    "3 faces · 1 with eyes closed".
    """
    if not faces:
        return ""
    count = len(faces)
    said = [translate("faces_text", "%Ln faces", "", PLURAL, count)]
    return DOT.join([*said, *doubts(faces)])


def doubts(faces: Sequence[SeenFace]) -> list[str]:
    """How many faces have closed eyes, and of how many nobody can tell, as far as there are any."""
    closed, unclear = count_doubts(faces)
    said = []
    if closed:
        said.append(closed_text(closed))
    if unclear:
        said.append(translate("faces_text", "%Ln unclear", "", PLURAL, unclear))
    return said


def closed_text(count: int) -> str:
    """How many faces have closed eyes, as people say it: "1 with eyes closed"."""
    return translate("faces_text", "%Ln with eyes closed", "", PLURAL, count)


def count_doubts(faces: Sequence[SeenFace]) -> tuple[int, int]:
    """How many faces have closed eyes, and of how many in front nobody can tell.

    Of small faces behind the others nobody can ever tell: that need not be said.
    """
    closed = sum(seen.eyes is Eyes.CLOSED for seen in faces)
    return closed, sum(seen.eyes is Eyes.CANT_TELL for seen in in_front(faces))


def private_text() -> str:
    """What people should know wherever faces are shown."""
    return translate(
        "faces_text", "Faces are looked at on this computer only, and nobody is ever named."
    )
