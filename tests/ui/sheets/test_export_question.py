"""The page that asks what to make, and what it says before it is made."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.export.job import ExportKind, Survey
from photo_organizer.engine.highlights.selection import Per, best
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.export_question import QuestionPage

LIBRARY = Path("/photos")
ROOM = Survey(needed=3_000_000, free=10_000_000)


@pytest.fixture
def page(session: Session, result: Result, qtbot: QtBot) -> QuestionPage:
    """Asks for copies of three photos, to a folder outside the library."""
    page = QuestionPage(
        None, best(result, Per.LIBRARY, 3), folders=[LIBRARY], language="en", tasks=session.tasks
    )
    qtbot.addWidget(page)
    page.form.folder.setText("/backup/best")
    return page


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (None, "Nothing that exists is overwritten."),
        (ROOM, "3.0 MB will be copied. Nothing that exists is overwritten."),
        (
            Survey(needed=3_000_000, free=1_000_000),
            "There is not enough room: 3.0 MB are needed, 1.0 MB are free.",
        ),
        (
            Survey(needed=900_000, free=10_000_000, encoded=3),
            "About 900 kB will be written, as JPEG. Nothing that exists is overwritten.",
        ),
        (
            Survey(needed=900_000, free=10_000_000, encoded=2),
            "About 900 kB will be written, 2 photos as JPEG. Nothing that exists is overwritten.",
        ),
        (
            Survey(taken=2, needed=1_000_000, free=10_000_000),
            "2 names exist there already: what has them stays as it is.",
        ),
    ],
)
def test_what_is_in_the_way_of_copies_is_told(
    page: QuestionPage, found: Survey | None, told: str
) -> None:
    page.show_state(found)
    assert page.state.text() == told
    assert page.start.isEnabled()
    assert page.start.text() == "Copy 3 photos"


def test_copies_into_the_library_are_warned_of_and_links_take_no_room(page: QuestionPage) -> None:
    page.form.folder.setText(str(LIBRARY / "best"))
    page.show_state(ROOM)
    assert "finds the copies as duplicates" in page.state.text()
    page.form.link.setChecked(True)
    page.show_state(Survey(needed=3_000_000, free=0))
    assert page.state.text() == "Nothing that exists is overwritten."
    assert page.start.text() == "Link 3 photos"


def test_what_cannot_be_made_cannot_be_started(page: QuestionPage) -> None:
    page.show_state(Reason("export.no_drive", {"folder": "/media/card"}))
    assert page.state.text() == "There is no drive for /media/card: is it plugged in?"
    assert not page.start.isEnabled()
    page.form.names.template.setText("a/{name}")
    page.show_state(ROOM)
    assert "must be a name" in page.state.text()
    assert not page.start.isEnabled()
    page.form.kind = ExportKind.RATINGS
    page.show_state(Survey())
    assert page.start.isEnabled()
    assert page.start.text() == "Write ratings"


def test_copies_without_their_place_are_told_so(page: QuestionPage) -> None:
    page.form.location.setChecked(False)
    page.show_state(ROOM)
    assert "No copy says where its photo was taken." in page.state.text()
