"""Tells those who are elsewhere that something has finished; quiet while the window is in front."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from photo_organizer.ui.session.activities import Activities
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.widgets import style
from photo_organizer.ui.words.plain_text import unmarked

Show = Callable[[str, str], object]
"""Shows a title and a sentence on the desktop."""

SECONDS = 10


class Notifications(QObject):
    """Shows a desktop notification for each activity that ended while the window was not active."""

    def __init__(
        self, choices: Choices, activities: Activities, window: QWidget, show: Show | None = None
    ) -> None:
        super().__init__(window)
        self._choices = choices
        self._show = show or self._show_on_desktop
        self._tray: QSystemTrayIcon | None = None
        activities.ended.connect(self._tell)

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        if self._choices.preferences.notifications and not _in_front():
            self._show(self.tr("Photo Organizer"), sentence)
            window = self.parent()
            if isinstance(window, QWidget):
                QApplication.alert(window)  # the taskbar tells, too, until somebody looks

    def _show_on_desktop(self, title: str, sentence: str) -> None:
        sentence = unmarked(sentence)  # desktops take marks of HTML for such
        # The desktop's own command, where there is one, needs no icon in a tray.
        command = QStandardPaths.findExecutable("notify-send")
        if command:
            icon = ["--icon=photo-organizer", f"--expire-time={1000 * SECONDS}"]
            QProcess.startDetached(command, [f"--app-name={title}", *icon, "--", title, sentence])
        elif QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            if self._tray is None:
                self._tray = QSystemTrayIcon(style.app_icon(), self)
                self._tray.messageClicked.connect(self._come_to_front)
                app = QApplication.instance()
                if isinstance(app, QApplication):
                    app.applicationStateChanged.connect(self._on_state)
            self._tray.show()  # a message needs it; it goes with the next look at the window
            self._tray.showMessage(title, sentence, style.app_icon(), 1000 * SECONDS)

    @Slot()
    def _come_to_front(self) -> None:
        window = self.parent()
        if isinstance(window, QWidget):
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()

    @Slot(Qt.ApplicationState)
    def _on_state(self, state: Qt.ApplicationState) -> None:
        if self._tray is not None and state == Qt.ApplicationState.ApplicationActive:
            self._tray.hide()


def _in_front() -> bool:
    """Whether the user looks at a window of this program."""
    return QApplication.activeWindow() is not None
