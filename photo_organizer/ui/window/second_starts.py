"""Listens for second starts of the program, and does in the open window what they ask for."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from photo_organizer.ui.window import one_window
from photo_organizer.ui.window.main_window import MainWindow
from photo_organizer.ui.window.one_window import Wish

log = logging.getLogger(__name__)

LOOK = 300
"""Milliseconds between two looks whether a dialog that waits for an answer has gone."""


class SecondStarts(QObject):
    """Brings the window to the front, with the folders that a second start was given.

    Args:
        window: the window that is open; another one after another language was chosen.
        parent: it goes with this object.
    """

    def __init__(self, window: Callable[[], MainWindow], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._folders: tuple[Path, ...] = ()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        self._later = QTimer(self)
        self._later.setInterval(LOOK)
        self._later.timeout.connect(self._open)

    def listen(self) -> bool:
        """Listen from now on; only who is the first window may. Whether that is possible."""
        address = one_window.address()
        if address:
            QLocalServer.removeServer(address)  # of a window that crashed
        if not (address and self._server.listen(address)):
            log.warning("Second starts cannot be heard: %s", self._server.errorString())
            return False
        return True

    def close(self) -> None:
        """The window goes: a second start is to wait until it is the first one."""
        self._server.close()

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(partial(self._on_words, socket))
            socket.disconnected.connect(socket.deleteLater)

    def _on_words(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > one_window.MOST_BYTES:
            socket.abort()
        elif socket.canReadLine():
            wish = Wish.from_line(bytes(socket.readLine().data()))
            if wish is None:
                socket.abort()
                return
            socket.write(one_window.ACCEPTED)
            socket.flush()
            self._take(wish)

    def _take(self, wish: Wish) -> None:
        for name, token in wish.tokens:
            os.environ[name] = token  # Qt reads it there as it asks for the front
        bring_to_front(self._window(), leave_viewer=bool(wish.folders))
        self._folders = wish.folders or self._folders
        self._open()

    @Slot()
    def _open(self) -> None:
        """Open the folders, once no dialog asks about the photos that are shown."""
        if QApplication.activeModalWidget() is not None:
            self._later.start()
            return
        self._later.stop()
        folders, self._folders = self._folders, ()
        if folders:
            self._window().open_folders(folders)


def bring_to_front(window: MainWindow, *, leave_viewer: bool) -> None:
    """Show a window over all others, as large as it was; what lies over it stays over it."""
    if leave_viewer:
        window.full_screen.close()
    if window.isMinimized():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    front = QApplication.activeModalWidget() or window.full_screen.shown or window
    window.show()
    front.raise_()
    front.activateWindow()
