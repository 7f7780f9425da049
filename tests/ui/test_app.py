import logging
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMessageBox

from photo_organizer import app
from photo_organizer.engine.results import Result


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
