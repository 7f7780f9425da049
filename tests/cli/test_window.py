"""The command that opens the window; the window itself has its tests in tests/ui."""

import pytest

from photo_organizer import app, qt_libraries
from photo_organizer.cli.main import run_command
from photo_organizer.ui.window import one_window


@pytest.fixture
def opened(monkeypatch):
    """The folders with which the window was opened."""
    opened = []
    monkeypatch.setattr(qt_libraries, "has_display", lambda: True)
    monkeypatch.setattr(qt_libraries, "missing_message", lambda *, x11: "")
    monkeypatch.setattr(app, "run", lambda folders, _place: opened.append(folders) or 0)
    return opened


@pytest.mark.parametrize("words", [["album"], ["open", "album"]])
def test_folders_open_the_window_with_or_without_the_command(opened, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "album").mkdir()
    assert run_command(words) == 0
    assert opened == [[tmp_path / "album"]]


def test_without_words_the_window_opens_empty(opened):
    assert run_command([]) == 0
    assert opened == [[]]


def test_a_missing_library_is_told_in_one_line(opened, monkeypatch, capsys):
    monkeypatch.setattr(qt_libraries, "missing_message", lambda *, x11: "libEGL is missing")
    assert run_command([]) == 2
    assert capsys.readouterr() == ("", "photo-organizer: libEGL is missing\n")
    assert opened == []


def test_without_a_display_the_demo_is_a_summary_and_a_picture(
    encoder, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(qt_libraries, "has_display", lambda: False)
    monkeypatch.setattr(qt_libraries, "missing_message", lambda *, x11: "")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    drawn = []
    monkeypatch.setattr(app, "render_window", lambda folders, path: drawn.append(path))
    assert run_command(["--demo"]) == 0
    out = capsys.readouterr().out
    assert "There is no display here" in out
    assert "exact copies" in out
    assert drawn == [tmp_path / "photo-organizer-demo.png"]


def test_a_window_that_is_open_takes_over(opened, monkeypatch, capsys):
    monkeypatch.setattr(one_window, "take_place", lambda _folders: None)
    assert run_command([]) == 0
    assert opened == []
    assert "come to the front" in capsys.readouterr().out
