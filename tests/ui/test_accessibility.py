"""Everything can be heard, reached and seen: names, roles, the order of Tab, visible focus."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
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
    QTabBar,
    QWidget,
)

from photo_organizer.engine.results import Result
from photo_organizer.ui.session import Session
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
        if isinstance(parent, QTabBar | QComboBox | QAbstractSpinBox) or widget.window() != top:
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


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab], ids=["tab", "back"])
def test_tab_comes_to_everything_and_is_caught_nowhere(
    session: Session, result: Result, key: Qt.Key
) -> None:
    wrong = []
    for scene, top in walk(session, result):
        if isinstance(top, QMenu) or scene == "palette":
            continue
        top.activateWindow()
        settle()
        wanted = {w for w in top.findChildren(QWidget) if takes_tab(w) and w.window() is top}
        wanted = {w for w in wanted if not is_part(w)}
        reached: list[QWidget] = []
        while (now := QApplication.focusWidget()) is not None and now not in reached:
            reached.append(now)
            QTest.keyClick(now, key)
        # Of radio buttons only the chosen one; arrows reach the others.
        missed = {w for w in wanted - set(reached) if not is_unchosen(w)}
        wrong += [f"{describe(scene, widget)} is not reached" for widget in missed]
        if reached and now is not reached[0]:
            wrong.append(f"{describe(scene, reached[-1])} leads back to {now}, not around")
    assert not wrong, "\n".join(wrong)


def is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox | QAbstractSpinBox | QTabBar)


def is_unchosen(widget: QWidget) -> bool:
    if not isinstance(widget, QAbstractButton) or widget.isChecked():
        return False
    group = widget.group()
    return (group is not None and group.exclusive()) or isinstance(widget, QRadioButton)
