"""Everything can be heard, reached and seen: names, roles, the order of Tab, visible focus."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QProgressBar,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionViewItem,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flag, Flaw, Group, GroupKind, Result
from photo_organizer.ui.photos.grid import PhotoGrid
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import style
from tests.ui.walking import settle, walk

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QTabBar,
)

NO_ROLE = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane}
"""What Qt calls a widget of which it knows nothing."""


def controls(top: QWidget) -> Iterator[QWidget]:
    """What can be operated, or takes the focus, or tells of progress; not parts of Qt's own."""
    for widget in top.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QScrollBar | QHeaderView):
            continue
        parent = widget.parentWidget()
        if (
            isinstance(parent, QTabBar | QComboBox | QAbstractSpinBox | QLineEdit)
            or widget.window() != top
        ):
            continue  # the arrows of tabs, the field and the list of a combo box
        if isinstance(widget, CONTROLS) or takes_tab(widget):
            yield widget


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab should come here."""
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isEnabled()
        and widget.isVisible()
        and widget.focusProxy() is None
    )


def describe(scene: str, widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")()
    return f"{scene}: {type(widget).__name__} “{text or widget.accessibleName()}”"


def test_every_control_has_a_name_and_a_role(session: Session, result: Result) -> None:
    wrong = []
    for scene, top in walk(session, result):
        if isinstance(top, QMenu):
            continue
        for widget in controls(top):
            heard = QAccessible.queryAccessibleInterface(widget)
            assert heard is not None
            if not heard.text(QAccessible.Text.Name).strip():
                wrong.append(f"{describe(scene, widget)} has no name")
            if heard.role() in NO_ROLE and not isinstance(widget, QScrollArea):
                wrong.append(f"{describe(scene, widget)} has no role")
    assert not wrong, "\n".join(wrong)


def test_tab_comes_to_everything_and_is_caught_nowhere(session: Session, result: Result) -> None:
    """Forwards and back in each scene: one walk for both, as that takes longest."""
    wrong: list[str] = []
    for scene, top in walk(session, result):
        if isinstance(top, QMenu) or scene == "palette":
            continue
        wrong += tab_around(f"{scene}, Tab", top, Qt.Key.Key_Tab)
        wrong += tab_around(f"{scene}, back", top, Qt.Key.Key_Backtab)
    assert not wrong, "\n".join(wrong)


def tab_around(scene: str, top: QWidget, key: Qt.Key) -> Iterator[str]:
    """Press a key until it leads nowhere new; what is wrong with the way."""
    top.activateWindow()
    settle()
    wanted = {w for w in top.findChildren(QWidget) if takes_tab(w) and w.window() is top}
    wanted = {w for w in wanted if not is_part(w)}
    reached: list[QWidget] = []
    while (now := QApplication.focusWidget()) is not None and now not in reached:
        reached.append(now)
        QTest.keyClick(now, key)
    # Of radio buttons only the chosen one; arrows reach the others.
    for widget in wanted - set(reached):
        if not is_unchosen(widget):
            yield f"{describe(scene, widget)} is not reached"
    if reached and now is not reached[0]:
        yield f"{describe(scene, reached[-1])} leads back to {now}, not around"


def is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox | QAbstractSpinBox | QTabBar)


def is_unchosen(widget: QWidget) -> bool:
    if not isinstance(widget, QAbstractButton) or widget.isChecked():
        return False
    group = widget.group()
    return (group is not None and group.exclusive()) or isinstance(widget, QRadioButton)


def test_the_focus_is_seen_wherever_it_is(session: Session, result: Result) -> None:
    """Whatever Tab comes to looks otherwise while it has the focus."""
    unseen: list[str] = []
    known: set[int] = set()
    for scene, top in walk(session, result):
        if isinstance(top, QMenu):
            continue
        top.activateWindow()
        settle()
        for widget in top.findChildren(QWidget):
            if not Shiboken.isValid(widget):
                continue  # it went while others had the focus
            pointer = Shiboken.getCppPointer(widget)[0]
            if not takes_tab(widget) or is_part(widget) or pointer in known or is_empty(widget):
                continue
            known.add(pointer)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            settle()
            if QApplication.focusWidget() is not widget:
                continue  # the test of Tab tells
            focused = widget.grab().toImage()
            widget.clearFocus()
            settle()
            if not Shiboken.isValid(widget):
                continue  # a list of choices was made anew meanwhile
            if widget.grab().toImage() == focused:
                unseen.append(describe(scene, widget))
    assert len(known) > 40
    assert not unseen, "\n".join(unseen)


def is_empty(widget: QWidget) -> bool:
    """Whether a list has no line that could show the focus."""
    return isinstance(widget, QAbstractItemView) and not widget.currentIndex().isValid()


@pytest.fixture
def without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ground is white and every ink is black."""
    grounds = {"window", "surface", "raised", "hover", "well", "selection", "line"}

    def color(name: str) -> QColor:
        white = name in grounds or (name.startswith("on_") and name != "on_selection")
        return QColor("white" if white else "black")

    monkeypatch.setattr(style, "color", color)
    monkeypatch.setattr(style, "_color", lambda _scheme, name: color(name))
    style._tinted.cache_clear()


def test_photos_tell_their_state_without_colours(
    without_colours: None, session: Session, result: Result, qtbot: QtBot
) -> None:
    """Marked, keeper, flawed, rated, rejected, current: each has a shape of its own."""
    grid = PhotoGrid(session)
    qtbot.addWidget(grid)
    grid.resize(400, 400)
    session.analysis.show(result)
    plain = 11
    grid.set_photos([plain])
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 180, 180)
    option.font = grid.font()
    # The thumbnail does not come without an event loop: only what is told about it differs.
    looks: dict[str, QImage] = {}

    def draw(name: str, index: QModelIndex) -> None:
        image = QImage(180, 180, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        option.state = QStyle.StateFlag.State_Enabled
        painter = QPainter(image)
        grid.itemDelegate().paint(painter, option, index)
        painter.end()
        looks[name] = image

    row = grid.photos.index(0)
    grid.setCurrentIndex(QModelIndex())
    draw("plain", row)
    session.marks.mark([plain])
    draw("marked", row)
    session.marks.mark([plain], False)
    for stars in (0, 1, 3, 5):
        session.stars.set([plain], stars)
        draw(f"{stars} stars", row)
    session.stars.set([plain], None)
    why = Reason("duplicates.next_keeper")
    group = Group(GroupKind.EXACT, plain, (plain, 12), why, (1.0, 1.0), (False, True))
    session.analysis.show(replace(result, groups=(group,)))
    draw("keeper", row)
    session.analysis.show(replace(result, flags=(Flag(plain, Flaw.BLUR, 0.9, 0.5, why),)))
    draw("flawed", row)
    session.analysis.show(result)
    grid.setCurrentIndex(row)
    draw("current", row)
    pairs = [
        (one, two) for one, two in itertools.combinations(looks, 2) if looks[one] == looks[two]
    ]
    assert pairs == []
