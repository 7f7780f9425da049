"""A slider over one threshold."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.ui.photos.threshold_slider import Span, ThresholdSlider
from photo_organizer.ui.session.session import Session

NAME = "quality.certainty.blur"


@pytest.fixture
def slider(qtbot: QtBot, session: Session) -> ThresholdSlider:
    slider = ThresholdSlider(session.choices)
    qtbot.addWidget(slider)
    slider.set_span(Span(NAME, 0.9, 0.1), "Sensitivity", "fewer", "more")
    slider.show()
    return slider


def test_it_begins_at_the_value_in_force(slider: ThresholdSlider, session: Session) -> None:
    assert slider.value == pytest.approx(session.choices.thresholds[NAME], abs=0.005)
    assert not slider.reset.isVisible()


def test_moving_right_goes_towards_the_right_value(
    slider: ThresholdSlider, session: Session
) -> None:
    slider.slider.setValue(slider.slider.maximum())
    assert session.choices.thresholds[NAME] == pytest.approx(0.1)
    slider.slider.setValue(0)
    assert session.choices.thresholds[NAME] == pytest.approx(0.9)


def test_the_default_comes_back_exactly(
    slider: ThresholdSlider, session: Session, qtbot: QtBot
) -> None:
    slider.slider.setValue(0)
    assert slider.reset.isVisible()
    qtbot.mouseClick(slider.reset, Qt.MouseButton.LeftButton)
    assert session.choices.thresholds[NAME] == Thresholds()[NAME]
    assert not slider.reset.isVisible()


def test_another_span_writes_nothing(slider: ThresholdSlider, session: Session) -> None:
    before = session.choices.thresholds
    slider.set_span(Span("quality.certainty.dark", 0.9, 0.1), "Dark", "fewer", "more")
    assert session.choices.thresholds == before
    assert slider.slider.accessibleName() == "Dark"
