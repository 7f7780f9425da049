"""Photos are opened in other programs, found in the background."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.files.programs import Program
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window import open_with as module
from photo_organizer.ui.window.open_with import MOST_FILES, OpenWith
from tests.ui import fakes

SEE = Program("see.desktop", "See & more", ("see", "%F"), Path("/see.desktop"))


class Started(list[list[str]]):
    """What was started instead of starting it."""

    works = True

    def __call__(self, program: str, arguments: Sequence[str]) -> tuple[bool, int]:
        self.append([program, *arguments])
        return self.works, 1


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    started = Started()
    monkeypatch.setattr(QProcess, "startDetached", started)
    monkeypatch.setattr(module.sys, "platform", "linux")
    return started


@pytest.fixture
def opener(session: Session, result: Result, qtbot: QtBot) -> OpenWith:
    session.analysis.show(result)
    session.selection.select((1, 2))
    window = QWidget()
    qtbot.addWidget(window)
    opener = OpenWith(session, Commands(window), window)
    opener.setParent(window)
    return opener


def entries(opener: OpenWith) -> list[str]:
    return [action.text() for action in opener.menu.actions() if not action.isSeparator()]


def test_the_menu_lists_the_programs_once_they_are_found(
    opener: OpenWith,
    session: Session,
    started: Started,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    asked: list[Sequence[str]] = []

    def find(types: Sequence[str], *_: object) -> tuple[Program, ...]:
        asked.append(types)
        return (SEE,)

    monkeypatch.setattr(module, "programs_for", find)
    opener.menu.aboutToShow.emit()
    assert entries(opener) == ["Looking for programs…", "Another program…"]
    qtbot.waitUntil(lambda: ".jpg" in opener._known)
    opener.menu.aboutToShow.emit()
    assert entries(opener) == ["See && more", "Another program…"]
    assert len(asked) == 1
    assert asked[0][0] == "image/jpeg"
    opener.menu.actions()[0].trigger()
    assert started == [["see", *(str(session.shown.photos[i].path) for i in (1, 2))]]


def test_the_default_program_is_the_systems(
    opener: OpenWith, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    opener.open_default()
    assert opened == [str(session.shown.photos[i].path) for i in (1, 2)]


def test_without_a_program_people_are_told(
    opener: OpenWith,
    session: Session,
    started: Started,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    with qtbot.waitSignal(session.message) as told:
        opener.open_default()
    assert session.shown.photos[1].path.name in told.args[0]
    started.works = False
    with qtbot.waitSignal(session.message) as told:
        opener.open_in(SEE)
    assert "See & more" in told.args[0]


@pytest.mark.parametrize(
    ("system", "chosen", "before"),
    [
        ("linux", "/usr/bin/feh", ["/usr/bin/feh"]),
        ("darwin", "/Applications/Gimp.app", ["open", "-a", "/Applications/Gimp.app"]),
    ],
)
def test_any_program_can_be_chosen(
    opener: OpenWith,
    session: Session,
    started: Started,
    monkeypatch: pytest.MonkeyPatch,
    system: str,
    chosen: str,
    before: list[str],
) -> None:
    monkeypatch.setattr(module.sys, "platform", system)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    opener._choose()
    assert started == [[*before, *(str(session.shown.photos[i].path) for i in (1, 2))]]


def test_windows_chooses_for_each_photo(
    opener: OpenWith, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.sys, "platform", "win32")
    opener._choose()
    assert [command[:2] for command in started] == 2 * [
        ["rundll32.exe", "shell32.dll,OpenAs_RunDLL"]
    ]


def test_not_too_many_windows_are_opened(
    session: Session, opener: OpenWith, started: Started, tmp_path: Path
) -> None:
    session.analysis.show(fakes.library(tmp_path / "many", MOST_FILES + 5))
    session.selection.select(tuple(session.shown.photos))
    opener.open_in(SEE)
    assert len(started[0]) == 1 + MOST_FILES


def test_nothing_is_offered_without_a_selection(opener: OpenWith, session: Session) -> None:
    assert all(action.isEnabled() for action in opener._actions)
    session.selection.select(())
    assert not any(action.isEnabled() for action in opener._actions)
