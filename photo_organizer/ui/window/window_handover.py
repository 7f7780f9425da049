"""Brings a new window to where an old one is: another language takes a new window, not a new start.

The two windows are made alike, so their widgets are paired by where they stand in the tree, and no
view has to know of this. Only what says where somebody is gets carried over. What is decided
(marks, thresholds) is the session's, and what widgets show of it is right already.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QItemSelectionModel, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QSplitter,
    QTabBar,
    QWidget,
)

PATIENCE = 2000
"""Milliseconds in which a list that is still being laid out may grow as long as it was."""

WidgetPath = tuple[tuple[str, str, int], ...]
"""From a window to a widget: class, object name, and which one of several like that."""


def carry_over(old: QWidget, new: QWidget) -> None:
    """Choose in `new` what is chosen in `old`, and scroll to the same places.

    Args:
        old: shown at present.
        new: of the same classes, shown as well.
    """
    twins = _by_path(new)
    # From the outside to the inside: a tab decides which photos a grid lists.
    pairs = [(one, twins[path]) for path, one in _by_path(old).items() if path in twins]
    for one, twin in pairs:
        _choose(one, twin)
    # The lists that are seen come last: theirs is the session's current photo.
    for one, twin in sorted(pairs, key=lambda pair: pair[0].isVisible()):
        if isinstance(one, QAbstractItemView) and isinstance(twin, QAbstractItemView):
            _select(one, twin)
    for one, twin in pairs:
        if isinstance(one, QAbstractScrollArea) and isinstance(twin, QAbstractScrollArea):
            _Scroll(twin.verticalScrollBar(), one.verticalScrollBar().value())
            _Scroll(twin.horizontalScrollBar(), one.horizontalScrollBar().value())
    focused = old.focusWidget()
    for one, twin in pairs:
        if one is focused:
            twin.setFocus()


def _by_path(top: QWidget) -> dict[WidgetPath, QWidget]:
    found: dict[WidgetPath, QWidget] = {}

    def walk(widget: QObject, path: WidgetPath) -> None:
        seen: Counter[tuple[str, str]] = Counter()
        for child in widget.children():
            if isinstance(child, QWidget) and not child.isWindow():
                kind = (type(child).__name__, child.objectName())
                below = (*path, (*kind, seen[kind]))
                seen[kind] += 1
                found[below] = child
                walk(child, below)

    walk(top, ())
    return found


def _choose(old: QWidget, new: QWidget) -> None:
    match old, new:
        # A hidden view may not have been filled yet: then nothing was chosen in it.
        case QTabBar(), QTabBar() if old.currentIndex() >= 0:
            new.setCurrentIndex(old.currentIndex())
        case QComboBox(), QComboBox() if old.currentIndex() not in (-1, new.currentIndex()):
            new.setCurrentIndex(old.currentIndex())
            new.activated.emit(new.currentIndex())
        case QLineEdit(), QLineEdit() if old.text() != new.text() and not old.isReadOnly():
            new.setText(old.text())
            new.textEdited.emit(old.text())  # as if typed: what is found is asked for again
        case QSplitter(), QSplitter():
            new.restoreState(old.saveState())
        case QAbstractButton(), QAbstractButton() if old.property("role") == "nav":
            # Of all buttons only these say where somebody is; others decide about photos.
            if old.isChecked() and not new.isChecked():
                new.click()


def _select(old: QAbstractItemView, new: QAbstractItemView) -> None:
    chosen, current = old.selectionModel(), old.currentIndex()
    if chosen is None or not current.isValid() or current.parent().isValid():
        return
    flags = QItemSelectionModel.SelectionFlag
    model = new.model()
    new.selectionModel().setCurrentIndex(
        model.index(current.row(), current.column()), flags.ClearAndSelect
    )
    for index in chosen.selectedIndexes():
        new.selectionModel().select(model.index(index.row(), index.column()), flags.Select)
    if not chosen.isSelected(current):
        new.selectionModel().select(new.currentIndex(), flags.Deselect)


class _Scroll(QObject):
    """Goes to a place as soon as the list is that long: long lists are laid out bit by bit."""

    def __init__(self, bar: QScrollBar, place: int) -> None:
        super().__init__(bar)
        self._bar, self._place = bar, place
        QTimer.singleShot(PATIENCE, self, self.deleteLater)
        # The list itself hears of its new length first.
        bar.rangeChanged.connect(self._go, Qt.ConnectionType.QueuedConnection)
        self._go()

    @Slot()
    def _go(self) -> None:
        self._bar.setValue(self._place)
        if self._bar.value() == self._place:
            self._bar.rangeChanged.disconnect(self._go)
            self.deleteLater()
