"""Sentences with a count."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from photo_organizer.ui.words import language
from photo_organizer.ui.words.translation import PLURAL, translate


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[QApplication]:
    before = QLocale()
    yield qapp
    language.speak(qapp, "en")
    QLocale.setDefault(before)


def stars(count: int) -> str:
    return translate("stars", "%Ln stars", "", PLURAL, count)


def test_one_thing_has_its_own_form(spoken: QApplication) -> None:
    assert [stars(0), stars(1), stars(2)] == ["0 stars", "1 star", "2 stars"]


def test_a_language_with_one_form_uses_it_for_every_count(spoken: QApplication) -> None:
    language.speak(spoken, "ko")
    assert [stars(1), stars(2)] == ["별 1개", "별 2개"]
    language.speak(spoken, "en")
    assert stars(1) == "1 star"


@pytest.mark.parametrize("spoken_one", ["en", "ko"])
def test_large_counts_are_grouped_by_the_language(spoken: QApplication, spoken_one: str) -> None:
    language.speak(spoken, spoken_one)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    assert "12,345" in stars(12345)
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert "12.345" in stars(12345)


def test_what_another_language_lacks_is_said_in_english(spoken: QApplication) -> None:
    language.speak(spoken, "ko")
    assert translate("nowhere", "{} is new here") == "{} is new here"


def test_a_count_needs_its_word() -> None:
    with pytest.raises(AssertionError):
        translate("stars", "%Ln stars", "", PLURAL)
