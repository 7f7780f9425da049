"""The screen stays awake while it is asked to."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from photo_organizer.ui.widgets import awake
from photo_organizer.ui.widgets.awake import Awake


class FakeKeeper:
    def __init__(self) -> None:
        self.told: list[str] = []

    def begin(self, why: str) -> None:
        self.told.append(why)

    def end(self) -> None:
        self.told.append("rest")


def test_each_change_is_told_once(qapp: QApplication) -> None:
    keeper = FakeKeeper()
    parent = QObject()
    one = Awake(parent, keeper)
    one.keep(False)
    assert keeper.told == []
    one.keep(True, "Slideshow")
    one.keep(True, "Slideshow")
    assert one.kept
    one.rest()
    one.rest()
    assert keeper.told == ["Slideshow", "rest"]
    assert not one.kept


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a bus of freedesktop")
def test_without_anybody_to_ask_nothing_happens(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/no-bus")
    keeper = awake.FreedesktopKeeper()
    keeper.begin("Slideshow")
    keeper.end()
    keeper.end()


def test_macos_without_its_tool_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "Popen", missing)
    keeper = awake.MacKeeper()
    keeper.begin("Slideshow")
    keeper.end()
