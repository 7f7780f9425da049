"""Keeps the keyboard focus where people work, so that the next arrow key moves there.

Three things would lead it astray otherwise: a click on a button takes it; what had it is hidden or
cannot be used any more, and Qt gives it to whatever comes next; a dialog closes over a window in
which nobody has it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QWidget,
)
from shiboken6 import isValid

from photo_organizer.ui.window.views import Views

CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox)
"""What is clicked without the wish to go on with the keyboard there; Tab comes to all of them."""


class FocusKeeper(QObject):
    """Gives the focus back to the view that is shown.

    Args:
        views: one of them is where people work.
        window: has the views in it.
    """

    def __init__(self, views: Views, window: QWidget) -> None:
        super().__init__(window)
        self._views = views
        self._last: QWidget | None = None
        self._landed: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        leave_focus(window)

    def watch(self, dialog: QDialog) -> None:
        """Go back to the view when a dialog of the window closes."""
        dialog.installEventFilter(self)

    @Slot()
    def go_back(self) -> None:
        """Put the focus into the view, where it is shown."""
        if self._views.isVisible():
            self._views.shown.take_focus()

    def eventFilter(self, dialog: QObject, event: QEvent) -> bool:
        """A dialog closed."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            QTimer.singleShot(0, self, self._after_dialog)
        return super().eventFilter(dialog, event)

    @Slot()
    def _after_dialog(self) -> None:
        window = self.parent()
        if isinstance(window, QWidget) and isinstance(_able(window.focusWidget()), QLineEdit):
            return  # somebody was typing
        self.go_back()

    @Slot(QWidget, QWidget)
    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        window = self.parent()
        if not isinstance(window, QWidget) or not window.isActiveWindow():
            return
        if new is not None and not window.isAncestorOf(new):
            return
        # People move the focus away from what could keep it; Qt moves it on from what cannot.
        before = old if old is not None and window.isAncestorOf(old) else self._last
        was_lost = before is not None and before is not new and _able(before) is None
        self._last = new or self._last
        self._landed = new if was_lost else None
        if was_lost:
            # Whoever took the widget away may put the focus somewhere by itself.
            QTimer.singleShot(0, self, self._look)

    @Slot()
    def _look(self) -> None:
        if QApplication.focusWidget() is self._landed:
            self.go_back()


def leave_focus(within: QWidget) -> None:
    """Let a mouse click on the controls in a widget leave the focus where it is."""
    for control in within.findChildren(QWidget):
        if isinstance(control, CONTROLS) and control.window() is within.window():
            control.setFocusPolicy(control.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _able(widget: QWidget | None) -> QWidget | None:
    """The widget, if it can have the focus now."""
    if widget is None or not isValid(widget) or not widget.isVisible() or not widget.isEnabled():
        return None
    return widget
