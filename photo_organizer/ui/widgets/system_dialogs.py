"""Lets Qt ask for folders and files with the dialogs of the desktop, where there are any.

Windows and macOS have theirs, and on desktops built on GTK Qt finds those by itself. On others it
would show its own, unless it is told to ask the desktop's portal, which most have.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

THEME = "QT_QPA_PLATFORMTHEME"
PORTAL = "xdgdesktopportal"

GTK = frozenset(
    ("gnome", "unity", "mate", "xfce", "cinnamon", "x-cinnamon", "lxde", "pantheon", "budgie")
)
"""Desktops on which Qt takes the dialogs of GTK."""

_SERVICE = "dbus-1/services/org.freedesktop.portal.Desktop.service"
_PORTALS = "xdg-desktop-portal/portals/*.portal"
_ASKS_FOR_FILES = "org.freedesktop.impl.portal.FileChooser"


def prefer() -> None:
    """Before the application is made: choose the portal where that is how to reach them."""
    if sys.platform not in ("win32", "darwin") and is_reached_by_portal(os.environ):
        os.environ[THEME] = PORTAL


def is_reached_by_portal(environment: Mapping[str, str]) -> bool:
    """Whether a desktop has a portal that asks for files, and Qt would not find its dialogs."""
    if environment.get(THEME) or not environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return False  # chosen by somebody, or nobody to ask
    desktops = environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    if not GTK.isdisjoint(desktops):
        return False
    folders = list(_data_folders(environment))
    return any((folder / _SERVICE).is_file() for folder in folders) and any(
        _ASKS_FOR_FILES in _text(file) for folder in folders for file in folder.glob(_PORTALS)
    )


def _data_folders(environment: Mapping[str, str]) -> Iterator[Path]:
    home = environment.get("HOME", "")
    yield Path(environment.get("XDG_DATA_HOME") or f"{home}/.local/share")
    shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    yield from map(Path, filter(None, shared.split(":")))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # as good as not there
        return ""
