"""Sentences with counts."""

from PySide6.QtCore import QLocale

from photo_organizer.ui.words.plurals import counted


def test_one_thing_has_its_own_sentence() -> None:
    assert counted(1, "one photo", "{} photos") == "one photo"
    assert counted(0, "one photo", "{} photos") == "0 photos"


def test_large_counts_are_grouped_by_the_locale() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    try:
        assert counted(12345, "one photo", "{} photos") == "12,345 photos"
    finally:
        QLocale.setDefault(before)
