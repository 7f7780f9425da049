"""Colours, icons and distances; light or dark as the system is, also while the window is open."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QObject, QRectF, QSignalBlocker, QSize, Qt, QTemporaryDir
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from photo_organizer.engine import assets

T = TypeVar("T", bound=QObject)

SPACE = 8
"""The grid of distances, in device-independent pixels."""

CAPTION_HEIGHT = 28
"""Of the line below a thumbnail."""

LINE_HEIGHT = 32
"""Of a line of a list in a dialog."""

_ICON_SIDES = (16, 20, 32, 40, 64)
_APP_ICON_SIDES = (16, 32, 48, 128, 256)


def scheme() -> str:
    """The scheme in use, "light" or "dark": the chosen one, else what the system asks for."""
    if _choice.scheme:
        return _choice.scheme
    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def choose_scheme(app: QApplication, name: str | None) -> None:
    """Use "light" or "dark" whatever the system says; None or "" follows the system again."""
    _choose(app, name or "")
    _dress(app)


def _choose(app: QApplication, name: str) -> None:
    _choice.scheme = name
    # For what the system draws: title bars and its own dialogs. What it answers dresses nothing.
    with QSignalBlocker(app.styleHints()):
        match name:
            case "light":
                app.styleHints().setColorScheme(Qt.ColorScheme.Light)
            case "dark":
                app.styleHints().setColorScheme(Qt.ColorScheme.Dark)
            case _:
                app.styleHints().unsetColorScheme()


def color(name: str, of_scheme: str = "") -> QColor:
    """A colour of the present scheme, or another one: see ``resources/style/tokens.toml``.

    Raises:
        KeyError: there is no such colour.
    """
    return _color(of_scheme or scheme(), name)


def darken(widget: QWidget) -> None:
    """Keep a widget and all that will be in it dark, whatever the scheme: around large photos."""
    widget.setProperty("scheme", "dark")
    widget.setPalette(_palette("dark"))
    widget.setStyleSheet(_sheet("dark"))


def scheme_of(owner: QObject) -> str:
    """The scheme in which a widget is seen, "light" or "dark": see `darken`."""
    one: QObject | None = owner
    while one is not None:
        if one.property("scheme"):
            return str(one.property("scheme"))
        one = one.parent()
    return scheme()


def icon(name: str, tint: str = "text", of_scheme: str = "", *, filled: bool = False) -> QIcon:
    """The icon ``resources/icons/name.svg`` in a colour of the present scheme, or another one.

    With `filled`, what its lines enclose has their colour too.
    """
    chosen = of_scheme or scheme()
    result = QIcon()
    for side in _ICON_SIDES:
        result.addPixmap(_tinted(name, chosen, tint, side, filled), QIcon.Mode.Normal)
        result.addPixmap(_tinted(name, chosen, "muted", side, filled), QIcon.Mode.Disabled)
    return result


def app_icon() -> QIcon:
    """The program's own icon, in every size that title bars, docks and switchers ask for."""
    svg = assets.resource("app", "photo-organizer.svg").read_bytes()
    result = QIcon()
    for side in _APP_ICON_SIDES:
        result.addPixmap(_rendered(svg, side))
    return result


def draw_icon(
    painter: QPainter,
    name: str,
    tint: str,
    rect: QRectF,
    of_scheme: str = "",
    *,
    filled: bool = False,
) -> None:
    """Paint an icon sharply at the painter's own resolution; see `icon`."""
    ratio = painter.device().devicePixelRatio()
    pixmap = _tinted(name, of_scheme or scheme(), tint, round(rect.width() * ratio), filled)
    painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))


def set_icon(owner: QAbstractButton | QAction, name: str, tint: str = "text") -> None:
    """Give a button or action an icon that follows the scheme."""
    on_change(owner, lambda owner: owner.setIcon(icon(name, tint, scheme_of(owner))))


def on_change(owner: T, dress: Callable[[T], None]) -> None:
    """Call ``dress(owner)`` now and whenever the colours change, as long as `owner` lives.

    `dress` must not hold `owner` itself, or it would live for ever.
    """
    _dressed[owner] = dress
    dress(owner)


def set_role(widget: QObject, role: str) -> None:
    """Choose the look of a label or button: "title", "muted", "primary"… (``window.qss``)."""
    widget.setProperty("role", role)


def change_role(widget: QWidget, role: str) -> None:
    """Give a widget that is seen already another look, see `set_role`."""
    # By the style: a font set by code would be lost when the colours change.
    if (widget.property("role") or "") != role:
        set_role(widget, role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def apply(app: QApplication, name: str = "") -> None:
    """Dress the application, now and whenever the system changes between light and dark.

    Args:
        app: the application.
        name: "light" or "dark" whatever the system says; "" follows it.
    """
    app.setStyle("Fusion")
    _choose(app, name)
    _dress(app)
    app.styleHints().colorSchemeChanged.connect(lambda _: _dress(app))


class _Choice:
    scheme = ""


_choice = _Choice()
_files = QTemporaryDir()
_ICON_IN_SHEET = re.compile(r"@icon\(([\w-]+), *(\w+)\)")
_dressed: WeakKeyDictionary[QObject, Callable[..., None]] = WeakKeyDictionary()


def _dress(app: QApplication) -> None:
    app.setPalette(_palette(scheme()))
    app.setStyleSheet(_sheet(scheme()))
    for owner, dress in list(_dressed.items()):
        if isValid(owner):  # Qt may have deleted what Python still knows
            dress(owner)


def _sheet(of_scheme: str) -> str:
    sheet = assets.resource("style", "window.qss").read_text(encoding="utf-8")
    # Longest names first: @on_accent before @on.
    for name in sorted(_tokens()[of_scheme], key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", _color(of_scheme, name).name())
    return _ICON_IN_SHEET.sub(lambda found: _icon_file(of_scheme, *found.groups()), sheet)


@cache
def _icon_file(of_scheme: str, name: str, tint: str) -> str:
    """A tinted icon as a file, which is all that a style sheet can show; for this run only."""
    file = Path(_files.filePath(f"{name}-{of_scheme}-{tint}.svg"))
    svg = _svg(name).replace("currentColor", _color(of_scheme, tint).name())
    file.write_text(svg, encoding="utf-8")
    return file.as_posix()


def _palette(of_scheme: str) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, roles in {
        "window": (role.Window,),
        "surface": (role.Base,),
        "hover": (role.AlternateBase,),
        "raised": (role.Button,),
        "text": (role.WindowText, role.Text, role.ButtonText),
        "muted": (role.PlaceholderText,),
        "selection": (role.Highlight,),
        "on_selection": (role.HighlightedText,),
        "accent": (role.Link, role.LinkVisited, role.Accent),
        "line": (role.Mid,),
        "badge": (role.ToolTipBase,),
        "on_badge": (role.ToolTipText,),
    }.items():
        for one in roles:
            palette.setColor(one, _color(of_scheme, name))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, _color(of_scheme, "muted"))
    return palette


@cache
def _tokens() -> dict[str, dict[str, str]]:
    return assets.toml("style/tokens.toml")


@cache
def _color(of_scheme: str, name: str) -> QColor:
    return QColor(_tokens()[of_scheme][name])


@cache
def _svg(name: str) -> str:
    return assets.resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _tinted(name: str, of_scheme: str, tint: str, side: int, filled: bool = False) -> QPixmap:
    svg = _svg(name)
    if filled:
        svg = svg.replace('fill="none"', 'fill="currentColor"', 1)
    svg = svg.replace("currentColor", _color(of_scheme, tint).name())
    return _rendered(svg.encode(), side)


def _rendered(svg: bytes, side: int) -> QPixmap:
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    return pixmap
