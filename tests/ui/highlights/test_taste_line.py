"""How much of the taste is learned, how much of it counts, and how it is forgotten."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.highlights import taste_line
from photo_organizer.ui.highlights.taste_line import TasteLine
from photo_organizer.ui.session.session import Session

FEW = Reason("taste.few", {"ratings": 5, "needed": 20})
LEARNED = Reason("taste.learned", {"ratings": 40, "agreement": 0.61, "percent": 24})


@pytest.fixture
def line(session: Session, result: Result, qtbot: QtBot) -> TasteLine:
    line = TasteLine(session.choices, session.shown, session.stars)
    qtbot.addWidget(line)
    line.resize(640, 40)
    line.show()
    session.analysis.show(replace(result, taste=FEW))
    return line


def test_the_scorer_is_called_by_its_own_name(
    line: TasteLine, session: Session, result: Result
) -> None:
    assert line.scorer.text() == "Ranked by light, sharpness and colours"
    session.analysis.show(replace(result, scorer=Reason("scorer.shown")))
    assert line.scorer.text() == "Ranked by likeness to photos people show"
    session.analysis.show(replace(result, scorer=Reason("scorer.head", {"version": "laion"})))
    assert line.scorer.text() == "Ranked by a score learned from ratings (laion)"
    session.analysis.show(replace(result, scorer=Reason("scorer.prompts")))
    assert line.scorer.text() == "Ranked by a score that the model was asked for"


def test_it_tells_how_far_the_learning_is(
    line: TasteLine, session: Session, result: Result
) -> None:
    assert line.button.text() == "My taste: 5 of 20 ratings"
    assert (line.bar.isVisible(), line.bar.value(), line.bar.maximum()) == (True, 5, 20)
    assert line.panel.learned.text().startswith("5 photos rated; from 20 on")
    session.stars.set([1, 2], 3)
    session.stars.set([2], None)
    assert (line.button.text(), line.bar.value()) == ("My taste: 6 of 20 ratings", 6)
    session.analysis.show(replace(result, taste=LEARNED))
    assert line.button.text() == "My taste: 24 %"
    assert not line.bar.isVisible()
    assert line.panel.learned.text().startswith("Learned from 40 ratings")
    session.analysis.show(replace(result, taste=Reason("taste.nothing", {"ratings": 30})))
    assert line.button.text() == "My taste"


def test_in_a_narrow_line_the_bar_gives_way_to_the_words(line: TasteLine) -> None:
    line.resize(400, 40)
    assert not line.bar.isVisible()
    assert line.button.text() == "My taste: 5 of 20 ratings"
    line.resize(640, 40)
    assert line.bar.isVisible()


def test_the_slider_says_how_much_counts_and_switches_it_off(
    line: TasteLine, session: Session, result: Result
) -> None:
    session.analysis.show(replace(result, taste=LEARNED))
    line.panel.slider.setValue(10)
    assert session.stars.share == 0.5
    assert line.panel.value.text() == "50 %"
    assert line.button.text() == "My taste: 12 %"
    assert "makes 12 % of the score" in line.panel.learned.text()
    line.panel.slider.setValue(0)
    assert session.choices.thresholds["taste.share"] == 0
    assert line.button.text() == "My taste: off"
    assert line.panel.learned.text().startswith("Switched off")


@pytest.mark.qt_log_ignore("does not support")
def test_the_panel_opens_with_the_focus_on_the_slider(line: TasteLine, qtbot: QtBot) -> None:
    line.button.click()
    assert line.panel.isVisible()
    assert line.panel.focusWidget() is line.panel.slider
    line.panel.hide()


@pytest.mark.parametrize("agrees", [False, True])
def test_ratings_are_forgotten_only_after_asking(
    line: TasteLine, session: Session, monkeypatch: pytest.MonkeyPatch, agrees: bool
) -> None:
    asked: list[str] = []

    def answer(box: taste_line.QMessageBox) -> bool:
        asked.append(box.text())
        return agrees

    monkeypatch.setattr(taste_line, "_agrees", answer)
    assert not line.panel.forget.isEnabled()
    session.stars.set([1, 2], 4)
    line.panel.forget.click()
    assert asked == ["Forget 2 ratings, and what was learned from them?"]
    assert len(session.stars) == (0 if agrees else 2)
    assert line.panel.forget.isEnabled() is not agrees
