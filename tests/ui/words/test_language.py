"""Switching the language while the window is open."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from photo_organizer.app import WindowHolder
from photo_organizer.engine.domain.results import GroupKind, Result
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow
from photo_organizer.ui.words import language


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[QApplication]:
    """The application; whatever it speaks in between, it speaks as before afterwards."""
    before = QLocale()
    yield qapp
    language.speak(qapp, "en")
    QLocale.setDefault(before)


def switch(holder: WindowHolder, session: Session, to: str, qtbot: QtBot) -> MainWindow:
    """Choose a language in the preferences and wait for the window that speaks it."""
    before = holder.window
    session.choices.set_preferences(replace(session.choices.preferences, language=to))
    qtbot.waitUntil(lambda: holder.window is not before and holder.window.isVisible())
    return holder.window


@pytest.fixture
def holder(spoken: QApplication, session: Session, result: Result) -> Iterator[WindowHolder]:
    # Not given to qtbot, which would close windows that ended when the next one came.
    holder = WindowHolder(spoken, session)
    holder.window.show()
    session.analysis.show(result)
    yield holder
    # Settings that were open speak once more as they are closed: yet another window comes.
    if isValid(holder.window):
        holder.window.close()
        holder.window.deleteLater()


def test_the_preferred_language_is_spoken_else_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    class Polyglot:
        def uiLanguages(self) -> list[str]:
            return ["tlh-KL", "ko-KR", "en-US"]

    assert language.chosen("ko") == "ko"
    monkeypatch.setattr(QLocale, "system", Polyglot)
    assert language.chosen("") == "ko"
    assert language.chosen("no language of this version") == "ko"


def test_qts_own_sentences_numbers_and_dates_follow(spoken: QApplication, qtbot: QtBot) -> None:
    language.speak(spoken, "ko")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    assert buttons.buttons()[0].text() == "취소"
    assert "월" in QLocale().toString(QDate(2026, 5, 1), QLocale.FormatType.LongFormat)
    language.speak(spoken, "en")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    assert buttons.buttons()[0].text() == "Cancel"
    assert "May" in QLocale().toString(QDate(2026, 5, 1), QLocale.FormatType.LongFormat)


def test_the_window_speaks_another_language_and_back_without_a_restart(
    holder: WindowHolder, session: Session, qtbot: QtBot
) -> None:
    english = holder.window
    korean = switch(holder, session, "ko", qtbot)
    assert korean.navigation.buttons[DuplicatesView.key].text().strip() == "중복 사진"
    assert session.choices.language == "ko"
    qtbot.waitUntil(lambda: not isValid(english))
    again = switch(holder, session, "en", qtbot)
    assert again.navigation.buttons[DuplicatesView.key].text().strip() == "Duplicates"
    qtbot.waitUntil(lambda: not isValid(korean))


def test_the_new_window_is_where_the_old_one_was(
    holder: WindowHolder, session: Session, result: Result, qtbot: QtBot
) -> None:
    old = holder.window
    old.resize(960, 620)
    tabs = old.views[CategoriesView].tabs
    tabs.setCurrentIndex(tabs.count() - 1)
    old.views[CategoriesView].grid.select(9)
    session.marks.mark([9])
    old.show_settings()
    new = switch(holder, session, "ko", qtbot)
    assert isinstance(new.view, CategoriesView)
    assert (new.width(), new.height()) == (960, 620)
    tabs = new.views[CategoriesView].tabs
    assert tabs.currentIndex() == tabs.count() - 1
    assert new.views[CategoriesView].grid.selected_ids() == [9]
    assert (session.selection.current, session.marks.ids) == (9, {9})
    assert new._settings is not None
    assert new._settings.isVisible()


def test_the_group_that_was_looked_at_is_looked_at_again(
    holder: WindowHolder, session: Session, qtbot: QtBot
) -> None:
    duplicates = holder.window.views[DuplicatesView]
    holder.window.show_view(DuplicatesView)
    duplicates.kinds[GroupKind.SIMILAR].click()  # type: ignore[attr-defined]
    new = switch(holder, session, "ko", qtbot)
    assert isinstance(new.view, DuplicatesView)
    assert new.views[DuplicatesView].kind is GroupKind.SIMILAR
    assert not session.marks.ids


def test_what_a_hidden_view_had_not_shown_yet_is_not_carried_over(
    holder: WindowHolder, session: Session, qtbot: QtBot
) -> None:
    assert holder.window.views[HighlightsView].chooser.currentIndex() == -1
    new = switch(holder, session, "ko", qtbot)
    assert new.views[HighlightsView].chooser.currentText() == "모든 사진"


def test_what_was_searched_is_searched_again(
    holder: WindowHolder, session: Session, qtbot: QtBot
) -> None:
    field = holder.window.views[SearchView].field
    field.setText("photo 03")
    field.textEdited.emit("photo 03")
    qtbot.waitUntil(lambda: holder.window.views[SearchView].asked == "photo 03")
    new = switch(holder, session, "ko", qtbot)
    qtbot.waitUntil(lambda: new.views[SearchView].asked == "photo 03")
    assert isinstance(new.view, SearchView)


def test_what_takes_time_goes_on_and_is_told_of(
    holder: WindowHolder, session: Session, qtbot: QtBot
) -> None:
    cancelled: list[bool] = []
    activity = session.activities.begin("Copying", cancel=lambda: cancelled.append(True))
    activity.report(3, 10)
    new = switch(holder, session, "ko", qtbot)
    assert new.status.text.text() == "Copying"
    assert not cancelled
    activity.end("")
    qtbot.waitUntil(lambda: new.status.text.text() == "사진 12장  ·  1개 건너뜀")


def test_a_long_list_is_scrolled_to_where_it_was(
    holder: WindowHolder, session: Session, result: Result, qtbot: QtBot
) -> None:
    window = holder.window
    window.resize(1040, 560)
    window.view_commands.preview.setChecked(False)  # else it takes what room words leave
    grid = window.views[CategoriesView].grid
    qtbot.waitUntil(lambda: grid.width() > 700)
    qtbot.waitUntil(lambda: grid.verticalScrollBar().maximum() > 0)
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    there = grid.verticalScrollBar().value()
    new = switch(holder, session, "ko", qtbot)
    assert not new.view_commands.preview.isChecked()
    qtbot.waitUntil(lambda: new.views[CategoriesView].grid.verticalScrollBar().value() == there)


def test_the_session_goes_on_without_the_old_window(
    holder: WindowHolder, session: Session, result: Result, qtbot: QtBot
) -> None:
    old = holder.window
    new = switch(holder, session, "ko", qtbot)
    qtbot.waitUntil(lambda: not isValid(old))
    # Whoever still listened for the old window would fail here, and with it the test.
    session.analysis.show(result)
    session.marks.mark([1])
    session.analysis.running_changed.emit(False)
    session.clean_ups.busy_changed.emit(False)
    session.analysis.skipped_changed.emit()
    session.message.emit("Hello")
    with qtbot.waitSignal(session.shown.changed):
        session.analysis.open([result.photos[1].path.parent])
    qtbot.waitUntil(lambda: not session.analysis.running)
    assert new.isVisible()
