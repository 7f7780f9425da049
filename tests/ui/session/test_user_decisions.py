from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.decisions import contents
from photo_organizer.engine.domain.results import Flaw, Result
from photo_organizer.engine.paths import store_path
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.session import Session
from tests.ui import fakes


def test_not_duplicates_goes_at_once_and_is_remembered(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    with qtbot.waitSignal(session.shown.changed, timeout=0):
        session.decisions.decide_not_duplicates(result.groups[1])
    assert session.shown.result is not None
    assert list(session.shown.result.groups) == [result.groups[0]]
    with qtbot.waitSignal(session.shown.changed):
        pass
    hashes = sorted(result.photos[i].content_hash for i in (7, 8))
    assert judge.asked[-1][1].not_duplicates == {(hashes[0], hashes[1])}
    with Store(store_path()) as store:
        assert store.decisions().not_duplicates == {(hashes[0], hashes[1])}


def test_keep_all_is_remembered(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    session.marks.mark([5, 8])
    with qtbot.waitSignal(session.shown.changed, timeout=0):
        session.decisions.keep_all(result.groups[0])
    assert session.marks.ids == {8}
    assert session.shown.result is not None
    assert [group.reviewed for group in session.shown.result.groups] == [True, False]
    assert session.marks.mark_safe() == 0  # photo 5 was safe before
    with qtbot.waitSignal(session.shown.changed):
        pass
    known = contents(result.groups[0], result.photos)
    assert judge.asked[-1][1].reviewed == {known}
    session.decisions.decide_reviewed(result.groups[0], False)
    with qtbot.waitSignal(session.shown.changed):
        pass
    assert judge.asked[-1][1].reviewed == frozenset()


def test_fine_goes_at_once_and_is_remembered(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    with qtbot.waitSignal(session.shown.changed, timeout=0):
        session.decisions.decide_fine(6, Flaw.BLUR)
    assert session.shown.flags_of(6) == ()
    assert session.shown.flags_of(2) != ()
    with qtbot.waitSignal(session.shown.changed):
        pass
    assert judge.asked[-1][1].fine == {(result.photos[6].content_hash, Flaw.BLUR)}
