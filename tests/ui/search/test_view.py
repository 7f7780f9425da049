from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.query import Words
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.domain.search_answer import Place, Reading, SearchAnswer, TermAnswer
from photo_organizer.ui.photos.grid_model import PhotoRole
from photo_organizer.ui.search.search_field import SearchField
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.photo_finder import Answer
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui import fakes


@pytest.fixture
def view(session: Session, result: Result, qtbot: QtBot) -> Iterator[SearchView]:
    view = SearchView(session)
    qtbot.addWidget(view)
    session.analysis.show(result)
    return view


def titles(view: SearchView) -> list[str]:
    return [view.tabs.tabText(tab) for tab in range(view.tabs.count())]


def test_names_are_found_without_a_model(view: SearchView, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.finder.answered):
        view.search(" photo 1 ")
    assert view.asked == "photo 1"
    assert titles(view) == ["Name, folder, date, camera  12"]
    with qtbot.waitSignal(session.finder.answered):
        view.search("photo 12")
    assert list(view.grid.photos.ids) == [12]
    assert "follows as soon as" in view.note.text()


def test_both_ways_of_finding_have_a_tab(view: SearchView) -> None:
    view.search("dog")
    view._take(Answer("dog", SearchAnswer((3, 4), (5,), Reading.BY_KIND)))
    assert titles(view) == ["What they show  2", "Name, folder, date, camera  1"]
    assert list(view.grid.photos.ids) == [3, 4]
    view.tabs.setCurrentIndex(1)
    assert list(view.grid.photos.ids) == [5]
    assert "1,000 kinds" in view.note.text()


EXACT = SearchAnswer((3, 4), (5, 6), Reading.BY_KIND, {5: Place.DATE})


def test_exact_matches_come_first_and_say_where_they_stand(view: SearchView) -> None:
    view.search("dog")
    view._take(Answer("dog", EXACT))
    assert titles(view) == ["All  4", "What they show  2", "Name, folder, date, camera  2"]
    assert list(view.grid.photos.ids) == [5, 3, 4, 6]
    notes = [
        view.grid.photos.index(row).data(PhotoRole.NOTE) for row in range(len(view.grid.photos.ids))
    ]
    assert notes == ["Date", "", "", ""]
    assert "1 exact match" in view.note.text()


@pytest.mark.parametrize("reading", [Reading.UNKNOWN, Reading.FOREIGN])
def test_what_the_model_lacks_is_not_told_to_who_found_exactly_what_was_asked_for(
    view: SearchView, reading: Reading
) -> None:
    view.search("2024-08")
    view._take(Answer("2024-08", SearchAnswer((), (5,), reading, {5: Place.DATE})))
    assert view.note.text() == ""
    assert not view.get_model.isVisibleTo(view)
    assert titles(view) == ["Name, folder, date, camera  1"]


def test_the_best_way_of_finding_is_shown_until_another_is_chosen(view: SearchView) -> None:
    view.search("do")
    view._take(Answer("do", SearchAnswer((3,), (), Reading.BY_KIND)))
    view.search("dog")
    view._take(Answer("dog", EXACT))
    assert view.tabs.currentIndex() == 0
    view.tabs.setCurrentIndex(2)
    assert list(view.grid.photos.ids) == [5, 6]
    view.search("dogs")
    view._take(Answer("dogs", EXACT))
    assert view.tabs.currentIndex() == 2
    view.search("")
    view.search("dog")
    view._take(Answer("dog", EXACT))
    assert view.tabs.currentIndex() == 0


def test_another_question_begins_with_the_best(view: SearchView, qtbot: QtBot) -> None:
    view.show()
    view.search("cat")
    view._take(Answer("cat", SearchAnswer((3, 4, 6), (), Reading.BY_KIND)))
    qtbot.mouseClick(
        view.grid.viewport(),
        Qt.MouseButton.LeftButton,
        pos=view.grid.visualRect(view.grid.photos.row(6)).center(),
    )
    assert view.grid.photos.photo_id(view.grid.currentIndex()) == 6
    view._show()  # the same answer leaves everything where it is
    assert view.grid.photos.photo_id(view.grid.currentIndex()) == 6
    view.search("cats")
    view._take(Answer("cats", SearchAnswer((2, 3, 6), (), Reading.BY_KIND)))
    assert view.grid.photos.photo_id(view.grid.currentIndex()) == 2
    assert view.grid.selected_ids() == []


def test_answers_to_earlier_questions_are_dropped(view: SearchView) -> None:
    view.search("dogs")
    view._take(Answer("dog", SearchAnswer((3, 4), (), Reading.BY_KIND)))
    assert list(view.grid.photos.ids) == []


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Reading.UNKNOWN, "nothing like this"),
        (Reading.FOREIGN, "any language"),
        (Reading.FREELY, ""),
    ],
)
def test_what_the_model_can_do_is_said(view: SearchView, reading: Reading, words: str) -> None:
    view.search("joy")
    view._take(Answer("joy", SearchAnswer((), (), reading)))
    assert words in view.note.text()
    assert view.nothing.words.text()
    assert view.pages.currentIndex() == 1


def test_photos_like_another_are_named_after_it(view: SearchView, qtbot: QtBot) -> None:
    view.more_like((3,))
    with qtbot.waitSignal(view.count_changed):
        view._take(Answer((3,), SearchAnswer((4, 5), ())))
    assert view.view_count == 2
    assert view.title.text() == "More like photo 03.jpg"
    assert list(view.grid.photos.ids) == [4, 5]
    assert not view.tabs.isVisibleTo(view)
    with qtbot.waitSignal(view.count_changed):
        view.search("")
    assert view.view_count is None


def chips(view: SearchView) -> list[str]:
    """What the chips say, with their signs."""
    return [("-" if chip.property("minus") else "") + chip.text.text() for chip in view.chips.chips]


def test_it_is_said_where_nothing_fits_any_more(view: SearchView) -> None:
    view.search("dog")
    view._take(Answer("dog", SearchAnswer((3, 4), (), Reading.FREELY)))
    assert view.note.text() == "2 photos fit, best first; nothing else does."
    assert not view.chips.isVisibleTo(view)  # the title says it already


def test_every_term_is_a_chip_whose_sign_can_be_turned_and_that_can_go(
    view: SearchView, qtbot: QtBot
) -> None:
    view.show()
    qtbot.keyClicks(view.field, 'beach -people folder:Jeju "new york"')
    qtbot.keyClick(view.field, Qt.Key.Key_Return)
    assert chips(view) == ["beach", "-people", "Folder: Jeju", "“new york”"]
    qtbot.mouseClick(view.chips.chips[1].sign, Qt.MouseButton.LeftButton)
    assert view.field.text() == 'beach +people folder:Jeju "new york"'
    assert view.asked == view.field.text()
    qtbot.mouseClick(view.chips.chips[3].cross, Qt.MouseButton.LeftButton)
    assert chips(view) == ["beach", "people", "Folder: Jeju"]
    view.chips.chips[0].cross.setFocus()
    qtbot.keyClick(view.chips.chips[0].cross, Qt.Key.Key_Space)
    assert view.field.text() == "people folder:Jeju"
    assert view.window().focusWidget() is view.chips.chips[0].cross


def test_the_last_chip_that_goes_ends_the_search(view: SearchView, qtbot: QtBot) -> None:
    view.show()
    view.search("-people")
    with qtbot.waitSignal(view.left):
        view.chips.chips[0].cross.click()
    assert view.asked == ""


def test_words_say_what_is_different_from_a_photo(view: SearchView, qtbot: QtBot) -> None:
    view.show()
    view.more_like((3,))
    assert chips(view) == ["photo 03.jpg"]
    qtbot.keyClicks(view.field, "at night")
    qtbot.keyClick(view.field, Qt.Key.Key_Return)
    assert view.asked == "photo:3 at night"
    assert view.title.text() == "More like photo 03.jpg, “at night”"
    assert chips(view) == ["photo 03.jpg", "at night"]
    view.chips.chips[1].cross.click()
    assert view.asked == (3,)
    view.chips.chips[0].sign.click()
    assert view.asked == "-photo:3"


def test_who_types_from_elsewhere_asks_anew(view: SearchView, qtbot: QtBot) -> None:
    view.show()
    view.more_like((3,))
    view.hide()
    qtbot.keyClicks(view.field, "dog")
    qtbot.keyClick(view.field, Qt.Key.Key_Return)
    assert view.asked == "dog"


def test_many_photos_are_counted_and_have_no_chips(view: SearchView) -> None:
    view.more_like((3, 4, 5, 6))
    assert view.title.text() == "More like 4 photos"
    assert chips(view) == []


def test_what_the_model_cannot_see_is_said_term_by_term(view: SearchView) -> None:
    view.search("dog -joy")
    terms = (
        TermAnswer(Words("dog"), Reading.BY_KIND, shown=2),
        TermAnswer(Words("joy", minus=True), Reading.UNKNOWN),
    )
    view._take(Answer("dog -joy", SearchAnswer((3, 4), (), Reading.BY_KIND, terms=terms)))
    assert "2 photos fit" in view.note.text()
    assert "does not know “joy”" in view.note.text()
    assert view.chips.chips[1].text.property("role") == "warning"
    assert "“dog”" in view.chips.chips[0].text.toolTip()


@pytest.mark.parametrize("reading", [Reading.UNKNOWN, Reading.FOREIGN])
def test_a_model_that_helps_is_offered(
    view: SearchView, session: Session, reading: Reading, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.encoder_models.changed):
        session.encoder_models.look()
    view.search("joy")
    view._take(Answer("joy", SearchAnswer((), (), reading)))
    assert view.get_model.isVisibleTo(view)


def test_what_is_written_comes_first_where_the_model_meets_new_words(view: SearchView) -> None:
    view.search("joy")
    view._take(Answer("joy", SearchAnswer((), ()), whole=False))
    assert view.nothing.words.text() == "Searching…"
    view.search("joys")
    view._take(Answer("joys", SearchAnswer((), (5,)), whole=False))
    assert list(view.grid.photos.ids) == [5]


def test_examples_can_be_clicked(view: SearchView, qtbot: QtBot) -> None:
    view.show()
    view._show()
    words, *_, photo = view.nothing.examples.buttons
    assert words.isVisible()
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    assert view.field.text() == view.asked == "beach -people"
    view.nothing.examples.suit()
    photo.click()
    assert view.asked == (1,)
    assert view.field.text() == ""


def drop(field: SearchField, data: QMimeData) -> bool:
    """Drop something on the field; whether it took it."""
    where, copy = QPointF(field.rect().center()), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where.toPoint(), copy, data, buttons, keys)
    QApplication.sendEvent(field, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(where, copy, data, buttons, keys)
    QApplication.sendEvent(field, event)
    return event.isAccepted()


def test_a_photo_that_is_dropped_finds_photos_like_it(view: SearchView, session: Session) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(session.shown.photos[3].path))])
    assert drop(view.field, data)
    assert view.asked == (3,)
    elsewhere = QMimeData()
    elsewhere.setUrls([QUrl.fromLocalFile("/elsewhere/a photo.jpg")])
    assert drop(view.field, elsewhere)
    assert view.asked == 'like:"/elsewhere/a photo.jpg"'
    assert chips(view) == ["a photo.jpg"]
    text = QMimeData()
    text.setUrls([QUrl.fromLocalFile("/elsewhere/letter.pdf")])
    assert not drop(view.field, text)


@pytest.fixture
def field(qtbot: QtBot) -> SearchField:
    field = SearchField()
    qtbot.addWidget(field)
    return field


def test_the_field_tells_once_after_the_last_key(field: SearchField, qtbot: QtBot) -> None:
    asked: list[str] = []
    field.asked.connect(asked.append)
    with qtbot.waitSignal(field.asked):
        qtbot.keyClicks(field, "dog")
    qtbot.keyClicks(field, "s")
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked == ["dog", "dogs"]


def test_escape_empties_the_field_and_then_leaves(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "dog")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    with qtbot.waitSignal(field.asked, check_params_cb=lambda text: text == ""):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_forgetting_tells_nobody(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "dog")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(field.asked):
        field.forget()
    assert field.text() == ""


def test_another_library_is_not_searched_for_what_was_asked_of_the_one_before(
    qtbot: QtBot, result: Result
) -> None:
    session = Session(fakes.analysis(result))
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    fakes.analysed(session, qtbot, Path("/one"))
    session.analysis.show(result)  # nobody judges again
    view = window.views[SearchView]
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(session.finder.answered):
        qtbot.keyClicks(view.field, "photo")
        qtbot.keyClick(view.field, Qt.Key.Key_Return)
    assert window.view is view
    session.analysis.folders = (Path("/one"),)
    fakes.analysed(session, qtbot, Path("/two"))
    assert view.asked == ""
    assert view.field.text() == ""
    assert view.view_count is None
    assert window.view is not view
    assert window.navigation.buttons["search"].isHidden()
    window.close()


def test_a_folder_more_or_less_keeps_the_search(qtbot: QtBot, session: Session) -> None:
    view = SearchView(session)
    qtbot.addWidget(view)
    fakes.analysed(session, qtbot, Path("/one"))
    view.search("photo")
    with qtbot.waitSignals([session.analysis.running_changed] * 2):
        session.analysis.open([Path("/one"), Path("/two")])
    with qtbot.waitSignals([session.analysis.running_changed] * 2):
        session.analysis.open([Path("/two")])
    assert view.asked == "photo"


def test_ctrl_f_shows_what_can_be_asked_and_escape_goes_back(
    qtbot: QtBot, session: Session, result: Result
) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    session.analysis.show(result)
    before, view = window.view, window.views[SearchView]
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.view is view
    assert view.field.hasFocus()
    assert view.nothing.examples.isVisible()
    qtbot.keyClick(view.field, Qt.Key.Key_Escape)
    assert window.view is before
    assert window.navigation.buttons["search"].isHidden()
    window.close()
