import pytest
from PySide6.QtWidgets import QApplication

from photo_organizer.engine.highlights.selection import UNDATED, Per
from photo_organizer.ui.words.names import category_name, duration, selection_name


@pytest.mark.parametrize(
    ("key", "language", "name"),
    [
        ("food", "en", "Food & drink"),
        ("food", "ko", "음식"),
        ("others", "en", "Others"),
        ("my_dog", "en", "My dog"),
        ("my_dog", "ko", "My dog"),
    ],
)
def test_category_names(key: str, language: str, name: str) -> None:
    assert category_name(key, language) == name


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (59.4, "59 s"), (90, "2 min"), (3599, "60 min"), (7300, "2 h")],
)
def test_durations_are_as_rough_as_they_are_known(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("key", "per", "name"),
    [
        ("2026-05", Per.MONTH, "May 2026"),
        ("2026-05-06 14.30", Per.EVENT, "6 May 2026, 14:30"),
        ("2026-05-06", Per.EVENT, "6 May 2026"),
        ("2026-05", Per.EVENT, "May 2026"),
        ("food", Per.CATEGORY, "Food & drink"),
        ("library", Per.LIBRARY, "All photos"),
        (UNDATED, Per.MONTH, "Undated"),
        (UNDATED, Per.EVENT, "Undated"),
    ],
)
def test_what_the_best_are_the_best_of(qapp: QApplication, key: str, per: Per, name: str) -> None:
    assert selection_name(key, per) == name
