import weakref

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets.visible_updates import update_while_visible


class News(QObject):
    came = Signal(str)


class Page(QWidget):
    def __init__(self, news: News, *, shown: int = 0) -> None:
        super().__init__()
        self.shown = shown
        update_while_visible(self, self.show_newest, news.came)

    def show_newest(self) -> None:
        self.shown += 1


def test_a_view_whose_window_was_not_opened_yet_follows_at_once(qtbot: QtBot) -> None:
    news = News()
    page = Page(news)
    qtbot.addWidget(page)
    news.came.emit("one")
    assert page.shown == 1


def test_a_hidden_view_catches_up_once_when_it_is_shown(qtbot: QtBot) -> None:
    news = News()
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    pages = [Page(news), Page(news)]
    for page in pages:
        stack.addWidget(page)
    stack.show()
    for word in ("one", "two", "three"):
        news.came.emit(word)
    assert [page.shown for page in pages] == [3, 0]
    stack.setCurrentIndex(1)
    assert [page.shown for page in pages] == [3, 1]
    stack.setCurrentIndex(0)
    stack.setCurrentIndex(1)
    assert [page.shown for page in pages] == [3, 1]


def test_following_does_not_keep_a_view_alive(qapp: object) -> None:
    news = News()
    page = Page(news)
    gone = weakref.ref(page)
    del page
    assert gone() is None
    news.came.emit("one")
