"""Stars to be clicked."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.photos.star_row import StarRow
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.stars import REJECTED


@pytest.fixture
def row(session: Session, result: Result, qtbot: QtBot) -> StarRow:
    session.analysis.show(result)
    row = StarRow(session.stars)
    qtbot.addWidget(row)
    row.show_photo(1)
    row.show()
    return row


def click(row: StarRow, stars: int, qtbot: QtBot) -> None:
    qtbot.mouseClick(row.buttons[stars], Qt.MouseButton.LeftButton)


def test_a_click_rates_and_the_same_again_takes_it_away(
    row: StarRow, session: Session, qtbot: QtBot
) -> None:
    for stars in (3, REJECTED):
        click(row, stars, qtbot)
        assert session.stars.of(1) == stars
        assert [n for n, button in row.buttons.items() if button.isChecked()] == [stars]
        click(row, stars, qtbot)
        assert session.stars.of(1) is None
        assert not any(button.isChecked() for button in row.buttons.values())


def test_it_follows_ratings_given_elsewhere(row: StarRow, session: Session) -> None:
    plain = [button.icon().pixmap(18, 18).toImage() for button in row.buttons.values()]
    session.stars.set([1], 2)
    shown = [button.icon().pixmap(18, 18).toImage() for button in row.buttons.values()]
    changed = [one != other for one, other in zip(plain, shown, strict=True)]
    assert changed == [True, True, False, False, False, False]
    assert row.accessibleDescription() == "2 stars"
    row.show_photo(2)
    assert row.accessibleDescription() == "not rated"


def test_every_button_has_a_name_and_nothing_rates_nothing(
    row: StarRow, session: Session, qtbot: QtBot
) -> None:
    names = [button.accessibleName() for button in row.buttons.values()]
    assert names == ["1 star", "2 stars", "3 stars", "4 stars", "5 stars", "Reject"]
    row.show_photo(None)
    click(row, 5, qtbot)
    assert len(session.stars) == 0
