"""What Qt cannot tell of widgets that paint themselves, and where views put the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QFocusEvent
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QButtonGroup, QWidget

_ROLE = "accessible_role"


def set_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Tell screen readers what a widget is: Qt knows it of its own kinds of widgets only."""
    widget.setProperty(_ROLE, role.value)


def install() -> None:
    """Let `set_role` be heard; once for the application."""
    QAccessible.installFactory(_describe)


def hand_focus(view: QWidget, to: QWidget) -> None:
    """Whoever gives the focus to `view` gives it to a widget within.

    Not a focus proxy: for Tab a view with a proxy is a stop of its own that stands before its
    first child and leads into its middle, so that what stands above could not be reached, and
    the way back went in circles.
    """
    view.installEventFilter(_Hand(view, to))


def one_stop(group: QButtonGroup) -> None:
    """Let Tab come to the checked button of a group, and arrow keys to the others.

    Qt does so only after the focus has been there once, and forgets it when code checks another.
    """
    group.buttonToggled.connect(_choose_stop)


def _choose_stop(toggled: QAbstractButton) -> None:
    group, tab = toggled.group(), Qt.FocusPolicy.TabFocus
    for button in group.buttons():
        stop = button is (group.checkedButton() or button)
        button.setFocusPolicy(button.focusPolicy() | tab if stop else button.focusPolicy() & ~tab)


class _Hand(QObject):
    def __init__(self, view: QWidget, to: QWidget) -> None:
        super().__init__(view)
        self._to = to

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self._to.setFocus(event.reason())
        return super().eventFilter(watched, event)


def _describe(_class: str, of: QObject) -> QAccessibleWidget | None:
    if not isinstance(of, QWidget) or (role := of.property(_ROLE)) is None:
        return None
    return QAccessibleWidget(of, QAccessible.Role(role))
