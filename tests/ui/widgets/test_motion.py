"""Less motion where people asked for it, in the program or in their system."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from photo_organizer.ui.widgets import motion


@pytest.fixture(autouse=True)
def _as_usual(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setattr(motion.sys, "platform", "linux")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(motion._Choice, "by_desktop", False)
    yield
    motion.choose(False)


def test_things_move_unless_somebody_objects() -> None:
    assert not motion.reduced()
    motion.choose(True)
    assert motion.reduced()
    motion.choose(False)
    assert not motion.reduced()


def test_plasmas_animation_speed_counts(tmp_path: Path) -> None:
    file = tmp_path / ".config" / "kdeglobals"
    file.parent.mkdir()
    file.write_text("[KDE]\nAnimationDurationFactor=0.5\n")
    assert not motion.reduced()
    file.unlink()
    file.write_text("[KDE]\nAnimationDurationFactor=0\n")
    (tmp_path / "other").mkdir()
    with pytest.MonkeyPatch.context() as elsewhere:
        # Qt remembers what it read from a file of the same place.
        elsewhere.setattr(Path, "home", lambda: tmp_path / "other")
        (tmp_path / "other" / ".config").mkdir()
        file.rename(tmp_path / "other" / ".config" / "kdeglobals")
        assert motion.reduced()


@pytest.mark.parametrize(("answer", "reduced"), [(False, True), (True, False)])
def test_the_desktops_answer_counts(answer: bool, reduced: bool) -> None:
    reply = SimpleNamespace(arguments=lambda: [answer])
    motion._on_answer(SimpleNamespace(isError=lambda: False, reply=lambda: reply))  # type: ignore[arg-type]
    assert motion.reduced() is reduced


def test_a_desktop_that_knows_no_such_setting_changes_nothing() -> None:
    motion._on_answer(SimpleNamespace(isError=lambda: True))  # type: ignore[arg-type]
    assert not motion.reduced()
