from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.decisions import Mark, contents
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.paths import store_path
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.session import Session
from tests.ui import fakes
from tests.ui.fakes import analysed


def test_what_is_decided_just_before_the_end_is_kept(result: Result, qtbot: QtBot) -> None:
    session = Session(fakes.analysis(result))
    analysed(session, qtbot)
    session.marks.mark([1])
    session.decisions.decide_reviewed(result.groups[0])
    session.close()
    with Store(store_path()) as store:
        assert store.marks() == [Mark.of(result.photos[1])]
        assert store.decisions().reviewed == {contents(result.groups[0], result.photos)}
