"""Showing a file in the file manager."""

from pathlib import Path

import pytest

from photo_organizer.ui.widgets import file_manager as module


@pytest.mark.parametrize(
    ("platform", "program", "selecting"),
    [("win32", "explorer", "/select,"), ("darwin", "open", "-R")],
)
def test_the_system_is_asked_to_select_the_file(
    platform: str, program: str, selecting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(module.sys, "platform", platform)
    monkeypatch.setattr(
        module.QProcess, "startDetached", lambda name, arguments: asked.append((name, arguments))
    )
    module.show_in_file_manager(Path("/photos/a b.jpg"))
    assert asked[0][0] == program
    assert asked[0][1][0] == selecting
    assert asked[0][1][1].endswith("a b.jpg")


def test_without_a_desktop_the_folder_is_opened(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoBus:
        @staticmethod
        def sessionBus() -> "NoBus":
            return NoBus()

        def isConnected(self) -> bool:
            return False

    opened: list[str] = []
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.setattr(module, "QDBusConnection", NoBus)
    monkeypatch.setattr(
        module.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile())
    )
    module.show_in_file_manager(Path("/photos/2026/a.jpg"))
    assert opened == ["/photos/2026"]
