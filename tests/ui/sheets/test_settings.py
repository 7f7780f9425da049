from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QListWidget, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.storage import preferences_file
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.settings import Page, SettingsDialog
from photo_organizer.ui.widgets import motion
from photo_organizer.ui.window.main_window import MainWindow


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> Iterator[SettingsDialog]:
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


@pytest.fixture(autouse=True)
def _no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "photo_organizer.engine.encoders.devices.available_devices", lambda: ("cuda", "cpu")
    )


def test_the_window_goes_on_beside_it(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialogs = window.findChildren(SettingsDialog)
    assert [dialog.isVisible() for dialog in dialogs] == [True]
    assert not dialogs[0].isModal()
    dialogs[0].close()
    window.program_commands.settings.trigger()
    assert window.findChildren(SettingsDialog) == dialogs
    assert dialogs[0].isVisible()


def test_every_page_is_reached_by_mouse(dialog: SettingsDialog, qtbot: QtBot) -> None:
    for page in Page:
        dialog.buttons[page].click()
        assert dialog.pages.currentIndex() == page
        assert dialog.buttons[page].isChecked()


def test_only_what_needs_a_new_analysis_asks_for_one(
    dialog: SettingsDialog, session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        session.analysis.open([Path("/photos")])
    dialog.keepers.orders[GroupKind.EXACT].restore.click()
    dialog.keepers.orders[GroupKind.EXACT].down.click()
    dialog.folders.protected.add(Path("/photos/best"))
    assert not dialog.again.isVisible()
    dialog.folders.excluded.add(Path("/photos/screenshots"))
    assert dialog.again.isVisible()
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        dialog.again.click()
    assert not dialog.again.isVisible()
    assert not dialog.outdated.isVisible()


def test_the_general_page_is_remembered_at_once(
    dialog: SettingsDialog, session: Session, qtbot: QtBot
) -> None:
    general = dialog.general
    assert general.reopen.isChecked()
    for box in (general.reopen, general.watch, general.notifications, general.reduced_motion):
        box.click()
    assert motion.reduced()
    general.language.setCurrentIndex(list(general.language.values).index("ko"))
    with qtbot.waitSignal(session.choices.language_changed):
        general.language.activated.emit(general.language.currentIndex())
    session.close()
    kept = preferences_file.load().preferences
    assert (kept.reopen, kept.notifications, kept.reduced_motion) == (False, False, True)
    assert not kept.watch
    assert kept.language == "ko"
    assert not dialog.again.isVisible()
    general.reduced_motion.click()


def test_enter_in_a_list_presses_no_button(dialog: SettingsDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.keepers.orders[GroupKind.EXACT].lines, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_every_control_can_be_reached_and_has_a_name(
    dialog: SettingsDialog, session: Session, qtbot: QtBot
) -> None:
    for page in Page:
        dialog.buttons[page].click()
        controls = [
            control
            for kind in (QAbstractButton, QComboBox, QTabBar, QListWidget)
            for control in dialog.findChildren(kind)
            if control.isVisible() and not isinstance(control.parent(), QTabBar)
        ]
        assert [control for control in controls if not name(control)] == []
        chain: set[QWidget] = set()
        widget = dialog.nextInFocusChain()
        while widget is not None and widget not in chain:
            chain.add(widget)
            widget = widget.nextInFocusChain()
        usable = [control for control in controls if control.isEnabled()]
        assert [control for control in usable if not chain & stops(control)] == []


def stops(control: QWidget) -> set[QWidget]:
    """Where Tab stops for a control: once in a group, within which arrow keys go on."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    alike: list[QWidget] = [*group.buttons()] if group is not None else [control]
    return {one for one in alike if one.focusPolicy() & Qt.FocusPolicy.TabFocus}


def name(control: QWidget) -> str:
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return control.accessibleName() or text


def test_on_a_low_screen_the_keys_scroll_to_everything(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    dialog.resize(dialog.width(), 420)
    assert dialog.height() == 420
    dialog.activateWindow()
    for page in Page:
        dialog.buttons[page].click()
        dialog.buttons[page].setFocus()
        reached = set()
        for _ in range(30):
            qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
            control = dialog.focusWidget()
            if control is not None and dialog.pages.isAncestorOf(control):
                place = QRect(control.mapTo(dialog, QPoint()), control.size())
                assert dialog.pages.geometry().intersects(place), (page, control)
                reached.add(control)
        assert reached, page
