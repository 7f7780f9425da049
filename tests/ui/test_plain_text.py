"""Text from files is text: in every view, sheet, dialog and menu, whatever names and Exif say."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtGui import Qt as TextOfQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

import photo_organizer.ui
from photo_organizer import app
from photo_organizer.engine.domain.facts import Exif
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import OTHERS, Result, Skipped
from photo_organizer.ui.session.problems import Deed
from photo_organizer.ui.session.session import Session
from tests.ui import fakes
from tests.ui.walking import walk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name there")

NAMES = (
    "<img src=x> {}.jpg",
    "<b>bold &amp; {}.jpg",
    "&lt;b&gt; {}.jpg",
    "a\u202egpj.{}.jpg",
    "two\nlines\x1b[31m {}.jpg",
    "no text \udcff {}.jpg",
    "<a href=x>[*] {}.jpg",
    "<!doctype html> {}.jpg",
)
HOSTILE = "<img src=/dev/zero> &amp; <a href='x'>\u202e\x07 R&D"
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
TEXTS = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
INTERPRETED = {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole}


@pytest.fixture
def result(tmp_path: Path) -> Result:
    """The small library under hostile names, in a hostile folder, with hostile Exif."""
    result = fakes.library(tmp_path / "photos")
    folder = tmp_path / "<b>Sums &amp; R&D\u202e"
    folder.mkdir()
    photos = {}
    for number, photo in result.photos.items():
        path = folder / NAMES[number % len(NAMES)].format(number)
        photo.path.rename(path)
        exif = replace(photo.exif, camera=HOSTILE, lens=HOSTILE, software=HOSTILE)
        assert isinstance(exif, Exif)
        photos[number] = replace(
            photo, identity=replace(photo.identity, path=path), format="<b>", exif=exif
        )
    reason = Reason("failures.technical", {"message": HOSTILE})
    return replace(
        result,
        photos=PhotoDict(photos),
        categories={"food": (1, 2), HOSTILE: (3, 4, 5, 6), OTHERS: tuple(range(7, 13))},
        flags=tuple(replace(flag, reason=reason) for flag in result.flags),
        groups=tuple(replace(group, reason=reason) for group in result.groups),
        skipped=(Skipped(folder / "<img src=y>.jpg", reason),),
    )


def test_nothing_in_the_window_takes_text_of_files_for_anything_else(
    session: Session, result: Result
) -> None:
    folder = result.photos[1].path.parent
    session.libraries.open([folder])
    session.libraries.rename(HOSTILE)
    session.libraries.open([folder, folder.parent])
    preferences = session.choices.preferences
    session.choices.set_preferences(replace(preferences, protected=(folder,), excluded=(folder,)))
    failure = Reason("failures.technical", {"message": HOSTILE})
    session.problems.replace(Deed.TRASH, [(folder / "<img src=z>.jpg", failure)])
    wrong: list[str] = []
    for scene, top in walk(session, result):
        session.message.emit(HOSTILE)
        seen = [widget for widget in top.findChildren(QWidget) if widget.isVisible()]
        for widget in (top, *seen):
            for where, fault in faults(widget):
                wrong.append(f"{scene}: {type(widget).__name__}.{where}: {fault!r}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def faults(widget: QWidget) -> Iterator[tuple[str, str]]:
    """What of a widget would be interpreted, or is not seen: where, and the text."""
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
        yield "textFormat", widget.text()
    for where in ("toolTip", "whatsThis"):
        if TextOfQt.mightBeRichText(text := getattr(widget, where)()):
            yield where, text
    named = ["toolTip", "statusTip", "accessibleName", "accessibleDescription", "windowTitle"]
    if isinstance(widget, QLabel | QAbstractButton):
        named.append("text")
    for where in named:
        if UNSEEN.search(text := getattr(widget, where)()):
            yield where, text
    if "[*]" in widget.windowTitle().replace("[*][*]", ""):
        yield "windowTitle", widget.windowTitle()
    if isinstance(widget, QAbstractButton) and takes_keys(widget.text()):
        yield "text", widget.text()
    if isinstance(widget, QTabBar):
        for tab in range(widget.count()):
            if takes_keys(widget.tabText(tab)) or TextOfQt.mightBeRichText(widget.tabToolTip(tab)):
                yield "tab", widget.tabText(tab)
    for action in widget.actions():
        yield from faults_of_action(action, within=isinstance(widget, QMenu))
    if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
        yield from faults_of_model(widget.model())


def faults_of_action(action: QAction, *, within: bool) -> Iterator[tuple[str, str]]:
    if TextOfQt.mightBeRichText(action.toolTip()):
        yield "action's tip", action.toolTip()
    if within and (takes_keys(action.text()) or UNSEEN.search(action.text())):
        yield "action", action.text()


def faults_of_model(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    # In a list model, which has one, Qt keeps this to itself.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(model.rowCount(QModelIndex())):
        for column in range(columns):
            index = model.index(row, column, QModelIndex())
            for role in TEXTS:
                text = index.data(role)
                if isinstance(text, str) and (
                    UNSEEN.search(text) or (role in INTERPRETED and TextOfQt.mightBeRichText(text))
                ):
                    yield role.name, text


def takes_keys(text: str) -> bool:
    """Whether an ampersand of a file's text, all of which stand before such letters, is a key."""
    return re.search(r"(?<!&)(&&)*&(amp;|D\b|lt;|gt;)", text) is not None


def test_every_label_of_the_program_is_its_own_kind() -> None:
    top = Path(photo_organizer.ui.__file__).parent
    made = [
        f"{file.name}: {line.strip()}"
        for file in top.rglob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(r"(?<![\w.])QLabel\(|\(QLabel\):|QTextBrowser|TextFormat.RichText", line)
    ]
    assert made == ["label.py: class Label(QLabel):"]


def test_an_unexpected_error_is_told_as_text(
    qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QMessageBox] = []
    monkeypatch.setattr(app, "_exec", shown.append)
    app._show_error(ValueError, ValueError(HOSTILE), None)
    (box,) = shown
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert all(
        isinstance(widget, QLabel | QPlainTextEdit) or "<img" not in getattr(widget, "text", str)()
        for widget in box.findChildren(QWidget)
    )
    box.deleteLater()
