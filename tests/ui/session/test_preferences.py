import errno
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.storage import preferences_file
from photo_organizer.ui.session import preferences
from photo_organizer.ui.session.preferences import PreferencesKeeper
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.tasks import Tasks
from tests.ui.io_watch import io_on_this_thread

CHOSEN = replace(Preferences(), protected=(Path("/photos/best").absolute(),), reopen=False)


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


def written() -> Preferences:
    return preferences_file.load().preferences


def write(text: str) -> Path:
    file = preferences_file.file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def heard(keeper: PreferencesKeeper) -> list[str]:
    told: list[str] = []
    keeper.told.connect(told.append)
    return told


def test_at_first_everything_is_as_usual_and_nothing_is_written(tasks: Tasks) -> None:
    keeper = PreferencesKeeper(tasks)
    keeper.begin()
    assert keeper.at_start == Preferences()
    keeper.close()
    assert not preferences_file.file().exists()


def test_what_is_chosen_is_written_soon(tasks: Tasks, qtbot: QtBot) -> None:
    keeper = PreferencesKeeper(tasks)
    keeper.save(CHOSEN)
    qtbot.waitUntil(lambda: written() == CHOSEN)
    assert PreferencesKeeper(tasks).at_start == CHOSEN


def test_the_last_choice_is_written_when_the_window_closes_at_once(tasks: Tasks) -> None:
    keeper = PreferencesKeeper(tasks)
    keeper.save(Preferences(model="starter"))
    keeper.save(CHOSEN)
    tasks.close()
    keeper.close()
    assert written() == CHOSEN


def test_a_later_choice_is_not_overtaken_by_an_earlier_one(
    tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go = threading.Event(), threading.Event()
    save = preferences_file.save

    def slow(chosen: Preferences, since: Preferences) -> Path | None:
        if chosen.model == "first":
            begun.set()
            assert go.wait(10)
        return save(chosen, since)

    monkeypatch.setattr(preferences_file, "save", slow)
    keeper = PreferencesKeeper(tasks)
    keeper.save(Preferences(model="first"))
    qtbot.waitUntil(begun.is_set)
    keeper.save(Preferences(model="second"))
    keeper.save(CHOSEN)
    keeper._write_soon.finish()  # its time has come while the first is still being written
    go.set()
    qtbot.waitUntil(lambda: written() == CHOSEN)
    qtbot.waitUntil(lambda: keeper._unwritten is None and not keeper._writing)
    assert written() == CHOSEN


def test_what_another_window_chose_stays(tasks: Tasks, qtbot: QtBot) -> None:
    one, other = PreferencesKeeper(tasks), PreferencesKeeper(tasks)
    one.save(Preferences(model="starter"))
    qtbot.waitUntil(lambda: written() == Preferences(model="starter"))
    other.save(CHOSEN)
    both = replace(CHOSEN, model="starter")
    qtbot.waitUntil(lambda: written() == both)
    one.save(Preferences())  # taken back; the other's choices are not this one's to take
    qtbot.waitUntil(lambda: written() == CHOSEN)


def test_closing_waits_for_a_write_in_progress(
    tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    save = preferences_file.save

    def noting(chosen: Preferences, since: Preferences) -> Path | None:
        begun.set()
        return save(chosen, since)

    monkeypatch.setattr(preferences_file, "save", noting)
    keeper = PreferencesKeeper(tasks)
    keeper.save(Preferences(model="first"))
    qtbot.waitUntil(begun.is_set)
    keeper.save(CHOSEN)
    tasks.close()
    keeper.close()
    assert written() == CHOSEN


def test_closing_does_not_wait_for_a_drive_that_does_not_answer(
    tasks: Tasks, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers, ended = threading.Event(), threading.Event()

    def hang(*_: Preferences) -> None:
        answers.wait()
        ended.set()

    monkeypatch.setattr(preferences_file, "save", hang)
    monkeypatch.setattr(preferences, "PATIENCE", 0.01)
    keeper = PreferencesKeeper(tasks)
    keeper.save(CHOSEN)
    keeper.close()
    assert "does not answer" in caplog.text
    answers.set()
    assert ended.wait(10)


def test_old_choices_go_though_the_window_closes_before_it_hears_of_the_file(
    tasks: Tasks, qtbot: QtBot
) -> None:
    QSettings().setValue("preferences/model", "starter")
    keeper = PreferencesKeeper(tasks)
    keeper.begin()
    keeper._write_soon.finish()
    tasks.close()
    keeper.close()
    assert written() == Preferences(model="starter")
    assert QSettings().allKeys() == []


def test_old_choices_move_though_the_window_closes_at_once(tasks: Tasks) -> None:
    QSettings().setValue("preferences/model", "starter")
    keeper = PreferencesKeeper(tasks)
    keeper.begin()
    keeper.close()
    assert written() == Preferences(model="starter")
    assert QSettings().allKeys() == []


def test_the_windows_thread_touches_no_file(home: Path, qtbot: QtBot) -> None:
    session = Session()
    with io_on_this_thread(home) as found:
        session.begin()
        session.choices.set_preferences(CHOSEN)
        session.choices.set_threshold("duplicates.same", 0.81)
        qtbot.waitUntil(lambda: session._keeper._unwritten is None)
    assert found == []
    session.close()
    assert written() == CHOSEN.with_threshold("duplicates.same", 0.81)


def test_what_earlier_versions_kept_moves_into_the_file_once(tasks: Tasks, qtbot: QtBot) -> None:
    settings = QSettings()
    settings.setValue("preferences/protected", ["/photos/best"])
    settings.setValue("preferences/reopen", False)
    settings.setValue("thresholds", '{"duplicates.same": 0.81}')
    settings.setValue("window/view", "duplicates")
    old = CHOSEN.with_threshold("duplicates.same", 0.81)
    assert preferences.load().preferences == old  # reading alone moves nothing
    assert not preferences_file.file().exists()

    keeper = PreferencesKeeper(tasks)
    told = heard(keeper)
    assert keeper.at_start == old
    keeper.begin()
    qtbot.waitUntil(lambda: keeper._unwritten is None)
    assert written() == old
    assert QSettings().allKeys() == ["window/view"]
    assert told == []

    settings.setValue("preferences/model", "starter")  # an old version was started again
    assert PreferencesKeeper(tasks).at_start == old


def test_old_choices_stay_until_the_file_has_them(
    tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Preferences) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    QSettings().setValue("preferences/model", "starter")
    monkeypatch.setattr(preferences_file, "save", full)
    keeper = PreferencesKeeper(tasks)
    with qtbot.waitSignal(keeper.told):
        keeper.begin()
    tasks.close()
    keeper.close()
    assert QSettings().value("preferences/model") == "starter"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("model = ", Preferences()),
        ('model = "starter"\nprotected = "much"', Preferences(model="starter")),
    ],
)
def test_a_damaged_file_is_kept_aside_and_said_once(
    text: str, holds: Preferences, tasks: Tasks, qtbot: QtBot
) -> None:
    file = write(text)
    keeper = PreferencesKeeper(tasks)
    assert keeper.at_start == holds
    told = heard(keeper)
    with qtbot.waitSignal(keeper.told):
        keeper.begin()
    aside = file.with_name("preferences.damaged.toml")
    assert aside.read_text() == text
    assert written() == holds
    assert "protected" in told[0]
    assert str(file) in told[0]
    assert str(aside) in told[0]
    keeper.save(CHOSEN)
    qtbot.waitUntil(lambda: written() == CHOSEN)
    assert len(told) == 1
    assert PreferencesKeeper(tasks)._problem is None


def test_a_file_that_was_damaged_meanwhile_is_kept_aside_and_said(
    tasks: Tasks, qtbot: QtBot
) -> None:
    keeper = PreferencesKeeper(tasks)
    told = heard(keeper)
    file = write("model = ")
    with qtbot.waitSignal(keeper.told):
        keeper.save(CHOSEN)
    assert file.with_name("preferences.damaged.toml").read_text() == "model = "
    assert written() == CHOSEN
    assert "anew" in told[0]
    assert "preferences.damaged.toml" in told[0]


def test_choices_that_cannot_be_saved_are_said_once_and_tried_again(
    tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Preferences) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    keeper = PreferencesKeeper(tasks)
    told = heard(keeper)
    with monkeypatch.context() as patch:
        patch.setattr(preferences_file, "save", full)
        with qtbot.waitSignal(keeper.told):
            keeper.save(Preferences(model="first"))
        keeper.save(CHOSEN)
        qtbot.waitUntil(lambda: not keeper._write_soon.pending and not keeper._writing)
        assert len(told) == 1
        assert "No space left" in told[0]
        assert str(preferences_file.file()) in told[0]
    tasks.close()
    keeper.close()
    assert written() == CHOSEN


def test_a_damaged_file_that_cannot_be_replaced_is_said_whole(
    tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Preferences) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    file = write("model = ")
    monkeypatch.setattr(preferences_file, "save", refuse)
    keeper = PreferencesKeeper(tasks)
    told = heard(keeper)
    with qtbot.waitSignal(keeper.told):
        keeper.begin()
    assert "no folder is protected" in told[0]
    assert "Permission denied" in told[0]
    assert file.read_text() == "model = "


def test_at_the_end_a_failure_is_no_crash(tasks: Tasks, caplog: pytest.LogCaptureFixture) -> None:
    keeper = PreferencesKeeper(tasks)
    preferences_file.file().parent.write_text("no folder")
    keeper.save(CHOSEN)
    keeper.close()
    assert "could not be saved" in caplog.text


def test_what_is_kept_aside_is_said_in_the_window(session: Session, qtbot: QtBot) -> None:
    write("model = ")
    later = Session()
    told: list[str] = []
    later.message.connect(told.append)
    with qtbot.waitSignal(later.message):
        later.begin()
    later.close()
    assert "preferences.damaged.toml" in told[0]
