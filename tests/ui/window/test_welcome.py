from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.ui.session.libraries import Library
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.welcome import Welcome


def test_buttons_tell_what_was_asked(session: Session, qtbot: QtBot) -> None:
    welcome = Welcome(session.encoder_models)
    qtbot.addWidget(welcome)
    with qtbot.waitSignal(welcome.choose, timeout=0):
        qtbot.mouseClick(welcome.choose_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(welcome.demo, timeout=0):
        qtbot.mouseClick(welcome.demo_button, Qt.MouseButton.LeftButton)


def test_a_low_window_offers_fewer_libraries(session: Session, qtbot: QtBot) -> None:
    welcome = Welcome(session.encoder_models)
    qtbot.addWidget(welcome)
    welcome.set_recent([Library(str(n), (Path(f"/photos/{n}"),)) for n in range(6)])
    welcome.resize(900, 540)
    welcome.show()
    assert [button.isVisible() for button in welcome.recent_buttons] == [True, True, False, False]
    assert welcome.minimumSizeHint().height() <= 540
    welcome.resize(900, 800)
    assert all(button.isVisible() for button in welcome.recent_buttons)


def test_recent_folders_open_again(session: Session, qtbot: QtBot) -> None:
    welcome = Welcome(session.encoder_models)
    qtbot.addWidget(welcome)
    folders = [Path("/photos/2024"), Path("/photos") / ("long " * 60)]
    libraries = [Library(f"Library & {n}", (folder,)) for n, folder in enumerate(folders)]
    welcome.set_recent(libraries)
    assert "Library && 0" in welcome.recent_buttons[0].text()
    for button, library in zip(welcome.recent_buttons, libraries, strict=True):
        with qtbot.waitSignal(welcome.reopen, timeout=0) as reopened:
            button.click()
        assert reopened.args == [library]
    assert "…" in welcome.recent_buttons[1].text()
    welcome.set_recent([])
    assert welcome.recent_buttons == []
