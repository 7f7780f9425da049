import pytest

from photo_organizer.ui.names import category_name, duration


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
