"""Whether things may move by themselves: fading, sliding, running to and fro."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant
from PySide6.QtWidgets import QApplication, QStyle


class _Choice:
    reduced = False
    by_desktop = False
    watcher: QDBusPendingCallWatcher | None = None


def reduced() -> bool:
    """Whether people asked for less motion, here or in the settings of their system."""
    if _Choice.reduced or _Choice.by_desktop or _system_reduces():
        return True
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return False
    # Systems whose animations are switched off tell styles that these take no time.
    return app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0


def choose(reduce: bool) -> None:
    """Reduce motion whatever the system says, or follow the system again."""
    _Choice.reduced = reduce


def look() -> None:
    """Ask a freedesktop desktop in the background, which Qt does not; things move until then."""
    if sys.platform in ("win32", "darwin") or _Choice.watcher is not None:
        return
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return
    call = QDBusMessage.createMethodCall(
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
        "Read",
    )
    call.setArguments(["org.gnome.desktop.interface", "enable-animations"])
    _Choice.watcher = QDBusPendingCallWatcher(bus.asyncCall(call))
    _Choice.watcher.finished.connect(_on_answer)


def _on_answer(watcher: QDBusPendingCallWatcher) -> None:
    if watcher.isError():
        return  # a desktop that knows no such setting
    value: object = watcher.reply().arguments()[0]
    while isinstance(value, QDBusVariant):  # the portal wraps it twice
        value = value.variant()
    _Choice.by_desktop = value is False


def _system_reduces() -> bool:
    """What Windows, macOS and Plasma say."""
    if sys.platform == "win32":
        return _windows_reduces()
    home = Path.home()
    if sys.platform == "darwin":
        file = home / "Library/Preferences/com.apple.universalaccess.plist"
        settings = QSettings(str(file), QSettings.Format.NativeFormat)
        return bool(settings.value("reduceMotion", False, type=bool))
    plasma = QSettings(str(home / ".config/kdeglobals"), QSettings.Format.IniFormat)
    return str(plasma.value("KDE/AnimationDurationFactor", "1")) in ("0", "0.0")


def _windows_reduces() -> bool:
    import ctypes

    shown = ctypes.c_int(1)
    get_client_area_animation = 0x1042
    windll = getattr(ctypes, "windll")  # noqa: B009 - only there on Windows
    windll.user32.SystemParametersInfoW(get_client_area_animation, 0, ctypes.byref(shown), 0)
    return not shown.value
