"""Keeps the screen awake while something is watched without a hand on the machine."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

log = logging.getLogger(__name__)


class Keeper(Protocol):
    """How one system keeps its screen awake. Neither call waits for anything, nor fails."""

    def begin(self, why: str) -> None:
        """Keep it awake from now on."""

    def end(self) -> None:
        """Let it sleep again."""


class Awake(QObject):
    """Keeps the screen awake while it is asked to, and never longer than it lives itself.

    Where a system cannot be asked, its screen goes to sleep as ever.

    Args:
        parent: whoever asks for it.
        keeper: how; that of this system when None.
    """

    def __init__(self, parent: QObject, keeper: Keeper | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper or keeper_of_system()
        self._kept = False
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.rest)

    @property
    def kept(self) -> bool:
        """Whether the screen is kept awake."""
        return self._kept

    def keep(self, awake: bool, why: str = "") -> None:
        """Keep the screen awake, or let it sleep again.

        Args:
            awake: which of them.
            why: for people who ask their system who does that.
        """
        if awake == self._kept:
            return
        self._kept = awake
        if awake:
            self._keeper.begin(why)
        else:
            self._keeper.end()

    def rest(self) -> None:
        """Let the screen sleep again."""
        self.keep(False)


def keeper_of_system() -> Keeper:
    """How the screen of this system is kept awake."""
    if sys.platform == "win32":
        return WindowsKeeper()
    if sys.platform == "darwin":
        return MacKeeper()
    return FreedesktopKeeper()


class FreedesktopKeeper:
    """Asks the screen saver of the desktop, over a connection of its own to the session bus.

    Screen savers forget whoever leaves the bus: so nothing has to be taken back, and a program that
    crashes keeps no screen awake.
    """

    SERVICE, PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
    CONNECTION = "photo-organizer-awake"

    def __init__(self) -> None:
        self._asked: QDBusPendingCallWatcher | None = None

    def begin(self, why: str) -> None:
        """From now on; where nobody answers, nothing happens."""
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, self.CONNECTION)
        if not bus.isConnected():
            return
        message = QDBusMessage.createMethodCall(self.SERVICE, self.PATH, self.SERVICE, "Inhibit")
        message.setArguments([QCoreApplication.applicationName(), why])
        self._asked = QDBusPendingCallWatcher(bus.asyncCall(message))
        self._asked.finished.connect(_log_refusal)

    def end(self) -> None:
        """No longer."""
        self._asked = None
        QDBusConnection.disconnectFromBus(self.CONNECTION)


def _log_refusal(asked: QDBusPendingCallWatcher) -> None:
    if asked.isError():  # a desktop without a screen saver
        log.info("The screen cannot be kept awake: %s", asked.error().message())


class WindowsKeeper:
    """Tells Windows that the screen is needed; it holds for the thread that says so."""

    CONTINUOUS, SYSTEM, DISPLAY = 0x80000000, 0x1, 0x2

    def begin(self, why: str) -> None:  # noqa: ARG002 - Windows does not ask
        """From now on."""
        self._tell(self.CONTINUOUS | self.SYSTEM | self.DISPLAY)

    def end(self) -> None:
        """No longer."""
        self._tell(self.CONTINUOUS)

    def _tell(self, state: int) -> None:
        import ctypes

        windll = getattr(ctypes, "windll")  # noqa: B009 - only there on Windows
        windll.kernel32.SetThreadExecutionState(state)


class MacKeeper:
    """Runs what macOS has for it; it ends with this process in any case."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None

    def begin(self, why: str) -> None:  # noqa: ARG002 - macOS does not ask
        """From now on."""
        self.end()
        try:
            self._running = subprocess.Popen(["/usr/bin/caffeinate", "-d", "-w", str(os.getpid())])
        except OSError:
            log.info("The screen cannot be kept awake", exc_info=True)

    def end(self) -> None:
        """No longer."""
        running, self._running = self._running, None
        if running is not None:
            running.terminate()
            running.wait()
