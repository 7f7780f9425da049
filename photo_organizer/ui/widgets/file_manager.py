"""Shows a file in the system's file manager, selected where the system can do that."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QDir, QProcess, QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices

_watchers: set[QDBusPendingCallWatcher] = set()


def show_in_file_manager(path: Path) -> None:
    """Show the folder of `path` with the file selected; returns at once."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", QDir.toNativeSeparators(str(path))])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
    else:
        _reveal_by_bus(path)


def show_trash() -> None:
    """Show the system's trash, where it does not say under which name something lies there."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["shell:RecycleBinFolder"])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", [str(Path.home() / ".Trash")])
    else:
        QDesktopServices.openUrl(QUrl("trash:///"))


def _reveal_by_bus(path: Path) -> None:
    """Ask the desktop's file manager (the freedesktop interface FileManager1)."""
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _open_folder(path)
        return
    call = QDBusMessage.createMethodCall(
        "org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1",
        "ShowItems",
    )
    call.setArguments([[path.as_uri()], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(call))
    _watchers.add(watcher)

    def answered() -> None:
        _watchers.discard(watcher)
        if watcher.isError():
            _open_folder(path)

    watcher.finished.connect(answered)


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
