"""What is said of faces."""

import pytest

from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.ui.words.faces_text import eyes_badge, eyes_icon, eyes_text, faces_text
from tests.ui import fakes


@pytest.mark.parametrize(
    ("eyes", "said"),
    [
        ((), ""),
        ((Eyes.OPEN,), "1 face"),
        ((Eyes.OPEN, Eyes.OPEN, Eyes.CLOSED), "3 faces · 1 with eyes closed"),
        ((Eyes.CLOSED, Eyes.CLOSED, Eyes.CANT_TELL), "3 faces · 2 with eyes closed · 1 unclear"),
    ],
)
def test_faces_are_counted(qapp: object, eyes: tuple[Eyes, ...], said: str) -> None:
    assert faces_text([fakes.face(eyes=one) for one in eyes]) == said


def test_small_faces_behind_others_are_not_called_unclear(qapp: object) -> None:
    front, behind = fakes.face(), fakes.face(eyes=Eyes.CANT_TELL, width=0.05)
    assert faces_text([front, behind]) == "2 faces"
    assert faces_text([behind, behind]) == "2 faces · 2 unclear"


def test_what_is_told_of_eyes_differs_in_words_and_in_shape(qapp: object) -> None:
    assert len({eyes_text(eyes) for eyes in Eyes}) == len(Eyes)
    assert len({eyes_icon(eyes) for eyes in Eyes}) == len(Eyes)
    assert [bool(eyes_badge(eyes)) for eyes in Eyes] == [eyes is not Eyes.OPEN for eyes in Eyes]
