import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from photo_organizer.engine import assets
from photo_organizer.ui.widgets import style

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


def ratio(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def contrast(one: str, other: str) -> float:
    return ratio(style.color(one), style.color(other))


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    style.choose_scheme(qapp, request.param)
    yield request.param
    style.choose_scheme(qapp, None)


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
SELECTOR = re.compile(
    r"^(?P<kind>\w+)(#(?P<name>\w+))?(\[(?P<role>[^]]+)])?(::(?P<part>[\w-]+))?(?P<states>(:[\w-]+)*)$"
)
NO_TEXT = {
    *("groove", "sub-page", "add-page", "handle", "chunk", "indicator", "separator", "drop-down"),
    *("add-line", "sub-line", "scroller", "menu-indicator"),
    *("up-button", "down-button", "up-arrow", "down-arrow"),
}
"""Parts of controls that hold no text."""
HOLDERS = {
    "QMainWindow",
    "QDialog",
    "QMessageBox",
    "QToolBar",
    "QFrame",
    "QStackedWidget",
    "QSplitter",
}
"""Kinds that other things stand on; `GROUNDS` are their backgrounds."""
GROUNDS = ("window", "surface", "raised")


def rules() -> list[tuple[dict[str, str | None], dict[str, str]]]:
    """Selectors and declarations of the style sheet in order, without those of descendants."""
    sheet = assets.resource("style", "window.qss").read_text(encoding="utf-8")
    found = []
    for selectors, body in RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        pairs = [line.split(":", 1) for line in body.split(";") if ":" in line]
        declared = {key.strip(): value.strip() for key, value in pairs}
        matches = (SELECTOR.match(selector.strip()) for selector in selectors.split(","))
        found += [(match.groupdict(), declared) for match in matches if match]
    return found


def looks() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Every state of everything with a text: its colour, and the backgrounds it may have."""
    every = rules()

    def applies(rule: dict[str, str | None], to: dict[str, str | None]) -> bool:
        states = set((rule["states"] or "").split(":"))
        return (
            rule["kind"] in (to["kind"], "QWidget")
            and rule["part"] == to["part"]
            and rule["role"] in (None, to["role"])
            and rule["name"] in (None, to["name"])
            and states <= set((to["states"] or "").split(":"))
        )

    def weight(rule: dict[str, str | None]) -> int:
        return (
            10 * bool(rule["name"])
            + bool(rule["role"])
            + (rule["states"] or "").count(":")
            - (rule["kind"] == "QWidget")
        )

    found = {}
    for to, _ in every:
        if (
            to["part"] in NO_TEXT
            or to["kind"] in HOLDERS
            or to["kind"] in ("QWidget", "QScrollBar")
        ):
            continue
        fitting = sorted((r for r in every if applies(r[0], to)), key=lambda r: weight(r[0]))
        color, ground = "@text", "transparent"
        # What a part does not say, the whole says.
        whole = [
            r for r in every if to["part"] and applies(r[0], {**to, "part": None, "states": ""})
        ]
        for _, declared in [*whole, *fitting]:
            color = declared.get("color", color)
            ground = declared.get("background", ground)
        grounds = GROUNDS if ground == "transparent" else (ground.removeprefix("@"),)
        name = " ".join(value for value in to.values() if value)
        found[name] = (color.removeprefix("@"), grounds)
    return found


def test_every_text_of_the_style_sheet_can_be_read(scheme: str) -> None:
    """In every state that the sheet names: hovered, pressed, chosen, disabled too."""
    every = looks()
    assert len(every) > 40
    faint = [
        f"{name}: {color} on {ground} {contrast(color, ground):.2f}"
        for name, (color, grounds) in every.items()
        for ground in grounds
        if contrast(color, ground) < TEXT
    ]
    assert not faint, "\n".join(faint)


@pytest.mark.parametrize("group", list(QPalette.ColorGroup)[:3], ids=lambda group: group.name)
def test_what_the_sheet_leaves_to_qt_can_be_read(
    scheme: str, qapp: QApplication, group: QPalette.ColorGroup
) -> None:
    role = QPalette.ColorRole
    pairs = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.PlaceholderText, role.Base),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Window),
        (role.Link, role.Base),
    ]
    palette = qapp.palette()
    faint = [
        (one.name, other.name)
        for one, other in pairs
        if ratio(palette.color(group, one), palette.color(group, other)) < TEXT
    ]
    assert faint == []


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
