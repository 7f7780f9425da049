"""Finds the system library that Qt would miss, before Qt stops the program without a word."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path

DEBIAN_PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libz.so.1": "zlib1g",
}
"""Libraries that QtWidgets links to on Linux, and who brings them."""

DEBIAN_PACKAGES_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
"""Libraries of the X11 platform plugin: without them Qt aborts the process."""


FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")

DEBIAN_FONTS = {
    "fonts-dejavu-core": re.compile(r"\.(ttf|otf|ttc)$", re.IGNORECASE),
    "fonts-nanum": re.compile(
        r"(CJK|Nanum|Baekmuk|Malgun|KR\b|DroidSansFallback).*\.(ttf|otf|ttc)$", re.IGNORECASE
    ),
}
"""What letters need, Latin and Korean ones, and how a file is called that has them."""


def missing_fonts() -> list[str]:
    """Debian's names of packages with fonts for the window's languages; empty off Linux."""
    if not sys.platform.startswith("linux"):
        return []
    names = [file.name for folder in FONT_FOLDERS for file in Path(folder).expanduser().rglob("*")]
    return [
        package
        for package, called in DEBIAN_FONTS.items()
        if not any(called.search(name) for name in names)
    ]


def missing_packages(*, x11: bool) -> list[str]:
    """Debian's names of the packages whose libraries cannot be loaded; empty off Linux.

    Args:
        x11: also what a window on an X11 display needs.
    """
    if not sys.platform.startswith("linux"):
        return []
    needed = DEBIAN_PACKAGES | (DEBIAN_PACKAGES_X11 if x11 else {})
    return list(dict.fromkeys(p for library, p in needed.items() if not _loads(library)))


def missing_message(*, x11: bool) -> str | None:
    """One line that names what to install, or None when nothing is missing."""
    packages = missing_packages(x11=x11)
    if not packages:
        return None
    return (
        "Qt needs system libraries that are missing here. On Debian or Ubuntu: "
        f"sudo apt-get install {' '.join(packages)}"
    )


def has_display() -> bool:
    """Whether a window can be shown: always off Linux, else with X11 or Wayland running."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def shows_on_x11() -> bool:
    """Whether Qt would use its X11 plugin."""
    return bool(os.environ.get("DISPLAY")) and os.environ.get("QT_QPA_PLATFORM", "xcb") == "xcb"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
