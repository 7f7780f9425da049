"""Everything has its room, in every language."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractListModel, QPoint, QRect, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from photo_organizer.engine import assets
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets.facts_table import ElidedLabel
from photo_organizer.ui.words.language import LANGUAGES
from tests.ui.walking import speaking, walk

ROWS = 20
"""Of a list, enough to hear how it speaks."""

SLACK = 1
"""Device-independent pixels by which Qt rounds."""


def texts(top: QWidget) -> Iterator[QWidget]:
    """The visible widgets below `top` that hold a text of their own."""
    for widget in [top, *top.findChildren(QWidget)]:
        if isinstance(widget.parent(), QLineEdit):
            continue  # icons of Qt's own in the field
        if widget.isVisible() and isinstance(
            widget, QLabel | QAbstractButton | QComboBox | QTabBar | QLineEdit
        ):
            yield widget


def lists(top: QWidget) -> list[QAbstractItemView]:
    """The visible lists, grids and tables below `top` that show something."""
    return [v for v in top.findChildren(QAbstractItemView) if v.isVisible() and v.model()]


def is_cut(widget: QWidget) -> bool:
    """Whether a part of the widget's own text has no room in it."""
    metrics = widget.fontMetrics()
    match widget:
        case ElidedLabel():
            return metrics.height() > widget.height() + SLACK  # its width is elided on purpose
        case QLabel() if not widget.text():
            return False
        case QLabel() if widget.wordWrap():
            plain = re.sub("<[^>]*>", " ", widget.text())
            longest = max((metrics.horizontalAdvance(word) for word in plain.split()), default=0)
            room = widget.contentsRect().width()
            return longest > room or widget.heightForWidth(widget.width()) > widget.height() + SLACK
        case QComboBox():
            option = QStyleOptionComboBox()
            widget.initStyleOption(option)
            field = widget.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox,
                option,
                QStyle.SubControl.SC_ComboBoxEditField,
                widget,
            )
            return metrics.horizontalAdvance(widget.currentText()) > field.width() + SLACK
        case QTabBar():
            return any(
                metrics.horizontalAdvance(widget.tabText(i)) > widget.tabRect(i).width()
                for i in range(widget.count())
            )
        case QLineEdit():
            wide = metrics.horizontalAdvance(widget.placeholderText())
            return wide > widget.contentsRect().width()
        case QToolButton() if not widget.text() and widget.icon().isNull():
            return False  # an arrow of Qt's
        case _:
            hint = widget.sizeHint()
            return hint.width() > widget.width() + SLACK or hint.height() > widget.height() + SLACK


def is_covered(widget: QWidget, top: QWidget) -> bool:
    """Whether a part of the widget lies outside of what holds it; what scrolls may."""
    rect = widget.rect()
    inner = widget
    while inner is not top and (outer := inner.parentWidget()) is not None:
        if isinstance(outer.parentWidget(), QAbstractScrollArea) or isinstance(outer, QTabBar):
            return False
        rect = QRect(inner.mapToParent(rect.topLeft()), rect.size())
        if not outer.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(rect):
            return True
        inner = outer
    return False


def describe(scene: str, widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")() or widget.accessibleName() or widget.objectName()
    place = widget.mapTo(widget.window(), QPoint(0, 0)).toTuple()
    return f"{scene}: {type(widget).__name__} “{text}” at {place}, {widget.size().toTuple()}"


LETTERS = {
    "en": QFontDatabase.WritingSystem.Latin,
    "ko": QFontDatabase.WritingSystem.Korean,
}
"""What each language is written in."""


@pytest.mark.parametrize("language", assets.languages())
def test_no_text_is_cut_off(
    qapp: QApplication, session: Session, result: Result, language: str
) -> None:
    if not QFontDatabase.families(LETTERS[language]):
        pytest.skip("no font here has these letters: boxes in their place are wider")
    with speaking(qapp, language, session):
        cut = [
            describe(scene, widget)
            for scene, top in walk(session, result)
            for widget in texts(top)
            if is_cut(widget) or is_covered(widget, top)
        ]
    assert not cut, "\n".join(cut)


def test_nothing_in_the_korean_window_is_english(
    qapp: QApplication, session: Session, result: Result
) -> None:
    """Sentences put together from untranslated parts, or passed by the translation."""
    folder = result.photos[1].path.parent
    hangul, words = re.compile("[가-힣]"), re.compile("[A-Za-z]{3,}")
    names = re.compile(
        r"photo \d+\.jpg|\S+\.jpg|Photo Organizer|JPEG|CLIP|Camera X|starter|CUDA|CPU"
        r"|tls://\S+|ViT-\S+|\S+\.safetensors|RAW|Exif|\d*MiB|(Ctrl|Alt|Shift|Del|Delete|Backspace|Space|Enter|PgDn|PgUp|Return|Esc)\b\S*|"
        + "|".join(map(re.escape, [str(folder), str(folder.parent), *LANGUAGES.values()]))
        + f"|^(…/)?{re.escape(folder.name)}$"
    )
    with speaking(qapp, "ko", session):
        english = [
            f"{describe(scene, widget)}: {text}"
            for scene, top in walk(session, result)
            for widget in [*texts(top), *lists(top)]
            for text in spoken(widget)
            if words.search(names.sub("", text)) and not hangul.search(text)
        ]
    assert not english, "\n".join(english)


def spoken(widget: QWidget) -> list[str]:
    """Everything a widget tells, by sight or otherwise."""
    told = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    match widget:
        case QLabel() | QAbstractButton():
            told.append(widget.text())
        case QComboBox():
            told += [widget.itemText(i) for i in range(widget.count())]
        case QTabBar():
            told += [widget.tabText(i) for i in range(widget.count())]
        case QLineEdit():
            told.append(widget.placeholderText())
        case QAbstractItemView():
            model = widget.model()
            roles = (
                Qt.ItemDataRole.DisplayRole,
                Qt.ItemDataRole.ToolTipRole,
                Qt.ItemDataRole.AccessibleTextRole,
            )
            # A list's column is Qt's own secret.
            columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
            for row in range(min(model.rowCount(), ROWS)):
                for column in range(columns):
                    told += [str(model.index(row, column).data(r) or "") for r in roles]
            for section in range(columns):
                told.append(str(model.headerData(section, Qt.Orientation.Horizontal) or ""))
    return told
