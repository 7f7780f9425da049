import pytest

from photo_organizer.ui.words.punctuation import sentence


@pytest.mark.parametrize(
    ("clause", "whole"),
    [
        ("It is not a folder", "It is not a folder."),
        ("Is it plugged in?", "Is it plugged in?"),
        ("폴더가 아닙니다", "폴더가 아닙니다."),
        ("Choose a PDF.", "Choose a PDF."),
    ],
)
def test_a_clause_ends_once(clause: str, whole: str) -> None:
    assert sentence(clause) == whole
