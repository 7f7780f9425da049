import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from photo_organizer.ui.window import garbage_collector as module
from photo_organizer.ui.window.garbage_collector import GarbageCollector


class Knot:
    """Garbage that only a search finds: it holds itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[GarbageCollector]:
    gc.collect()
    gc.enable()  # other tests do without
    collector = GarbageCollector(qapp)
    yield collector
    collector.give_back()
    collector.setParent(None)
    gc.freeze()  # as it was, see tests/conftest.py


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


def test_a_lot_that_is_new_is_taken_for_lasting_and_not_searched(
    collector: GarbageCollector, full_searches: list[int]
) -> None:
    before = gc.get_freeze_count()
    new: list[list[int]] = [[] for _ in range(module.MANY + 100)]
    collector.look()
    assert full_searches == []
    assert gc.get_freeze_count() > before + len(new)


def test_garbage_goes_at_the_next_look(
    collector: GarbageCollector, full_searches: list[int]
) -> None:
    knot = weakref.ref(Knot())
    new: list[list[int]] = [[] for _ in range(module.FEW + 100)]
    collector.look()
    assert knot() is None
    assert full_searches == []  # the new ones only
    del new


def test_garbage_that_lived_for_a_while_goes_with_a_full_search(
    collector: GarbageCollector, full_searches: list[int]
) -> None:
    knot = Knot()
    seen = weakref.ref(knot)
    gc.collect(1)
    gc.collect(1)
    del knot
    gc.collect(1)
    assert seen() is not None
    new: list[list[int]] = [[] for _ in range(module.FULL + 100)]
    collector.look()
    assert full_searches == [2]
    assert seen() is None
    del new


def test_nothing_is_searched_while_hardly_anything_is_new(collector: GarbageCollector) -> None:
    gc.collect()
    knot = weakref.ref(Knot())
    collector.look()
    assert knot() is not None


def test_python_itself_searches_nothing_meanwhile(collector: GarbageCollector) -> None:
    knot = weakref.ref(Knot())
    kept: list[list[int]] = [[] for _ in range(module.MANY)]
    assert knot() is not None
    del kept


def test_what_was_taken_for_lasting_is_searched_when_the_user_goes_elsewhere(
    collector: GarbageCollector, qapp: QApplication
) -> None:
    knot = Knot()
    seen = weakref.ref(knot)
    new: list[list[int]] = [[] for _ in range(module.MANY + 100)]
    collector.look()
    del knot
    gc.collect()
    assert seen() is not None
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert seen() is None
    del new


def test_python_searches_by_itself_again_afterwards(qapp: QApplication) -> None:
    gc.enable()
    collector = GarbageCollector(qapp)
    assert not gc.isenabled()
    collector.give_back()
    collector.setParent(None)
    gc.freeze()
    assert gc.isenabled()
