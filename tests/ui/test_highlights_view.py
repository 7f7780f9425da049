from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.results import LIBRARY, Reason, Result
from photo_organizer.ui.highlights_view import HighlightsView
from photo_organizer.ui.photo_model import Role
from photo_organizer.ui.session import Session


@pytest.fixture
def view(session: Session, result: Result, qtbot: QtBot) -> HighlightsView:
    view = HighlightsView(session)
    qtbot.addWidget(view)
    session.show(result)
    return view


def test_the_library_is_ranked_first(view: HighlightsView, result: Result) -> None:
    assert view.category == LIBRARY
    assert list(view.grid.photos.ids) == [ranked.photo for ranked in result.highlights[LIBRARY]]
    assert view.grid.photos.index(1).data(Role.NOTE) == "2.  0.92"


def test_the_scorer_is_called_by_its_own_name(
    view: HighlightsView, session: Session, result: Result
) -> None:
    assert view.scorer.text() == "Ranked by technical score"
    session.show(replace(result, scorer=Reason("scorer.probe", {"version": "laion"})))
    assert view.scorer.text() == "Ranked by aesthetic score (laion)"


def test_a_category_has_its_own_ranking_and_stays_chosen(
    view: HighlightsView, session: Session, result: Result
) -> None:
    view.chooser.setCurrentIndex(view.chooser.findData("animal"))
    assert list(view.grid.photos.ids) == [3, 4, 5, 6]
    assert view.grid.photos.index(0).data(Role.NOTE).startswith("1. ")
    session.show(replace(result, highlights={**result.highlights, "food": []}))
    assert view.category == "animal"
    assert view.chooser.findData("food") == -1
