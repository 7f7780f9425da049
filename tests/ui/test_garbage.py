import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from photo_organizer.ui import garbage
from photo_organizer.ui.garbage import Garbage


class Knot:
    """Garbage that only a search finds: it holds itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Garbage]:
    gc.collect()
    gc.enable()  # other tests do without
    collector = Garbage(qapp)
    yield collector
    collector.give_back()
    collector.setParent(None)


@pytest.fixture
def full_searches() -> Iterator[list[int]]:
    """One entry for each full search."""
    seen: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            seen.append(info["generation"])

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def lasting(searches: int) -> list[list[int]]:
    """So many new objects that Python searches its middle generation so often."""
    young, middle, _ = gc.get_threshold()
    return [[] for _ in range((searches + 1) * (young + 1) * (middle + 2))]


def test_a_lot_that_is_new_is_taken_for_lasting_and_not_searched(
    collector: Garbage, full_searches: list[int]
) -> None:
    new = lasting(garbage.MUCH)
    collector.look()
    assert full_searches == []
    assert gc.get_freeze_count() > len(new)


def test_a_little_that_is_new_is_searched_for_garbage(
    collector: Garbage, full_searches: list[int]
) -> None:
    knot = weakref.ref(Knot())
    new = lasting(garbage.SOME)
    collector.look()
    assert full_searches == [2]
    assert knot() is None
    del new


def test_nothing_is_searched_while_hardly_anything_is_new(
    collector: Garbage, full_searches: list[int]
) -> None:
    collector.look()
    assert full_searches == []


def test_what_was_taken_for_lasting_is_searched_when_the_user_goes_elsewhere(
    collector: Garbage, qapp: QApplication
) -> None:
    knot = Knot()
    seen = weakref.ref(knot)
    new = lasting(garbage.MUCH)
    collector.look()
    del knot
    gc.collect()
    assert seen() is not None
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert seen() is None
    del new


def test_python_searches_by_itself_again_afterwards(qapp: QApplication) -> None:
    before = gc.get_threshold()
    collector = Garbage(qapp)
    assert gc.get_threshold() != before
    collector.give_back()
    collector.setParent(None)
    assert gc.get_threshold() == before
