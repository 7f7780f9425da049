from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from photo_organizer.engine import assets
from photo_organizer.ui import style

TEXT = 4.5
"""WCAG 2.2, 1.4.3: contrast of text."""
SHAPE = 3.0
"""WCAG 2.2, 1.4.11: contrast of icons and of the edges of controls."""

PAIRS = [
    *(
        (text, ground, TEXT)
        for text in ("text", "muted")
        for ground in ("window", "surface", "raised", "hover", "well")
    ),
    ("accent", "window", TEXT),
    ("accent", "surface", TEXT),
    ("accent", "hover", TEXT),
    ("warning", "surface", TEXT),
    ("warning", "window", TEXT),
    ("on_accent", "accent", TEXT),
    ("on_selection", "selection", TEXT),
    ("muted", "selection", TEXT),
    ("on_danger", "danger", TEXT),
    ("on_warning", "warning", TEXT),
    ("on_ok", "ok", TEXT),
    ("on_badge", "badge", TEXT),
    ("border", "raised", SHAPE),
    ("border", "surface", SHAPE),
    ("accent", "selection", SHAPE),
]


def luminance(color: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(style.color(one)), luminance(style.color(other))))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    style.choose_scheme(qapp, request.param)
    yield request.param
    style.choose_scheme(qapp, None)


@pytest.mark.parametrize(("one", "other", "least"), PAIRS)
def test_what_must_be_read_can_be_read(scheme: str, one: str, other: str, least: float) -> None:
    assert contrast(one, other) >= least


def test_both_schemes_have_the_same_colours() -> None:
    tokens = assets.toml("style/tokens.toml")
    assert tokens["light"].keys() == tokens["dark"].keys()


def test_the_style_sheet_names_only_colours_that_exist(scheme: str, qapp: QApplication) -> None:
    assert "@" not in qapp.styleSheet()


def test_palette_and_icons_follow_the_scheme(qapp: QApplication, qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    style.set_icon(button, "trash-2")
    light = button.icon().pixmap(32, 32).toImage()
    assert qapp.palette().color(QPalette.ColorRole.Base) == style.color("surface")
    style.choose_scheme(qapp, "dark")
    try:
        assert qapp.palette().color(QPalette.ColorRole.Base) == style.color("surface")
        assert button.icon().pixmap(32, 32).toImage() != light
    finally:
        style.choose_scheme(qapp, None)


def test_every_icon_can_be_drawn(qapp: QApplication) -> None:
    names = [
        entry.name.removesuffix(".svg")
        for entry in assets.resource("icons").iterdir()
        if entry.name.endswith(".svg")
    ]
    assert names
    for name in names:
        image = style.icon(name).pixmap(32, 32).toImage()
        alphas = {image.pixelColor(x, y).alpha() for x in range(32) for y in range(32)}
        assert len(alphas) > 1, f"{name} is empty"


def test_the_programs_icon_is_drawn_for_every_place_it_is_shown(qapp: QApplication) -> None:
    icon = style.app_icon()
    assert {size.width() for size in icon.availableSizes()} == {16, 32, 48, 128, 256}
    small = icon.pixmap(16, 16).toImage()
    assert small.pixelColor(8, 8).alpha() == 255
    assert small.pixelColor(0, 0).alpha() == 0
