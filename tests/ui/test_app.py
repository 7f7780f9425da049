import logging
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMessageBox

from photo_organizer import app
from photo_organizer.engine import paths
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.session import Session


def test_the_window_is_drawn_into_a_file(
    qapp: QApplication, result: Result, tmp_path: Path
) -> None:
    pictures = {}
    for view in ("categories", "highlights"):
        path = tmp_path / f"{view}.png"
        app.render_window(result, path, view)
        pictures[view] = QImage(str(path))
        assert (pictures[view].width(), pictures[view].height()) == app.PICTURE_SIZE
    assert pictures["categories"] != pictures["highlights"]


def test_the_window_begins_with_what_was_asked_for_else_with_the_last_library(
    session: Session,
) -> None:
    asked, before = Path("/photos/asked"), Path("/photos/before")
    assert not app.first_folders([], session)
    session.libraries.open([before])
    assert tuple(app.first_folders([], session)) == (before,)
    assert tuple(app.first_folders([asked], session)) == (asked,)
    session.choices.set_preferences(replace(session.choices.preferences, reopen=False))
    assert not app.first_folders([], session)


def test_an_unwritable_picture_is_an_error(
    qapp: QApplication, result: Result, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="cannot be written"):
        app.render_window(result, tmp_path / "no such folder" / "window.png")


def test_an_unexpected_error_is_logged_and_told_calmly(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[QMessageBox] = []
    monkeypatch.setattr(app, "_exec", shown.append)
    error = ValueError("a secret detail")
    with caplog.at_level(logging.CRITICAL):
        app._show_error(ValueError, error, None)
    assert "a secret detail" in caplog.text
    assert "untouched" in shown[0].text()
    assert "secret" not in shown[0].text() + shown[0].informativeText()


def test_the_log_is_private_and_no_name_writes_a_line_of_its_own() -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    said = ("no photo: %s", "a\n2026-11-27 INFO \u202e\udcff forged")
    try:
        app._keep_log()
    finally:
        (kept,) = [handler for handler in root.handlers if handler not in before]
        # Handed over, not logged: the reports of parallel tests take no such text.
        kept.handle(logging.LogRecord("test", logging.ERROR, "", 0, said[0], said[1:], None))
        root.removeHandler(kept)
        kept.close()
        root.setLevel(level)
    file = paths.data_dir() / "photo-organizer.log"
    (line,) = file.read_text(encoding="utf-8").splitlines()
    assert line.endswith("no photo: a␊2026-11-27 INFO [U+202E]� forged")
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no file of the program's")
def test_the_settings_of_the_window_are_private(qapp: QApplication) -> None:
    settings = QSettings()
    file = Path(settings.fileName())
    settings.setValue("libraries", "[]")
    settings.sync()
    file.chmod(0o644)  # as an older version left it
    app._close_settings_to_others()
    settings.setValue("libraries", "[1]")
    settings.sync()
    assert file.stat().st_mode & 0o777 == 0o600
    assert settings.value("libraries") == "[1]"


def test_a_full_disk_writes_no_traceback_to_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log = app.PrivateLog(tmp_path / "a.log")

    def full(_text: str) -> None:
        raise OSError(28, "No space left on device")

    with closing(log), patch.object(log.stream, "write", full):
        log.handle(logging.makeLogRecord({"msg": "words"}))
    assert capfd.readouterr().err == ""


def test_a_log_that_cannot_be_kept_keeps_no_window_from_opening(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_folder: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(paths, "own_folder", full)
    app._keep_log()
    assert "No log is kept" in caplog.text
