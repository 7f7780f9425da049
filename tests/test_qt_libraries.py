import ctypes
import sys

import pytest

from photo_organizer import qt_libraries


@pytest.fixture
def without(monkeypatch):
    """A Linux machine that lacks some libraries."""
    monkeypatch.setattr(sys, "platform", "linux")

    def lack(*libraries):
        def load(name):
            if name in libraries:
                raise OSError(name)

        monkeypatch.setattr(ctypes, "CDLL", load)

    return lack


def test_the_missing_package_is_named_in_one_line(without):
    without("libEGL.so.1")
    message = qt_libraries.missing_message(x11=False)
    assert message.endswith("sudo apt-get install libegl1")
    assert "\n" not in message


def test_libraries_of_one_package_are_named_once(without):
    without("libglib-2.0.so.0", "libgthread-2.0.so.0")
    assert qt_libraries.missing_packages(x11=False) == ["libglib2.0-0"]


def test_the_plugin_for_x11_is_looked_at_only_where_it_is_used(without):
    without("libxcb-cursor.so.0")
    assert qt_libraries.missing_message(x11=False) is None
    assert "libxcb-cursor0" in qt_libraries.missing_message(x11=True)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_bring_everything_with_qt(without, monkeypatch, platform):
    without(*qt_libraries.DEBIAN_PACKAGES)
    monkeypatch.setattr(sys, "platform", platform)
    assert qt_libraries.missing_message(x11=True) is None
    assert qt_libraries.has_display()


def test_a_display_is_found_by_its_variable(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not qt_libraries.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert qt_libraries.has_display()


def test_fonts_for_every_language_are_looked_for(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(qt_libraries, "FONT_FOLDERS", (str(tmp_path), str(tmp_path / "missing")))
    assert qt_libraries.missing_fonts() == ["fonts-dejavu-core", "fonts-nanum"]
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "DejaVuSans.ttf").touch()
    assert qt_libraries.missing_fonts() == ["fonts-nanum"]
    (tmp_path / "NotoSansCJK-Regular.ttc").touch()
    assert qt_libraries.missing_fonts() == []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(qt_libraries, "FONT_FOLDERS", ())
    assert qt_libraries.missing_fonts() == []
