"""The user's stars: seen at once, remembered by content, undone by name."""

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.paths import store_path
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.stars import REJECTED, REST, spoken
from tests.ui import fakes
from tests.ui.fakes import analysed


def stored() -> dict[bytes, int]:
    with Store(store_path()) as store:
        return dict(store.decisions().ratings)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rankings follow at once."""
    monkeypatch.setattr("photo_organizer.ui.session.stars.REST", 0)


def test_stars_are_seen_at_once_and_judged_and_kept(
    session: Session, result: Result, qtbot: QtBot, quick: None
) -> None:
    judge = fakes.FakeJudge(result)
    session.analysis._analyze = fakes.analysis(result, judge)
    analysed(session, qtbot)
    with qtbot.waitSignal(session.stars.changed, timeout=0):
        session.stars.set([1, 2], 4)
    assert (session.stars.of(1), session.stars.of(2), session.stars.of(3)) == (4, 4, None)
    with qtbot.waitSignal(session.shown.changed):
        pass
    given = {result.photos[i].content_hash: 4 for i in (1, 2)}
    assert judge.asked[-1][1].ratings == given
    assert stored() == given


def test_copies_share_their_stars(session: Session, result: Result) -> None:
    one, other = result.photos[1], result.photos[2]
    object.__setattr__(other, "content_hash", one.content_hash)
    session.analysis.show(result)
    session.stars.set([1], REJECTED)
    assert session.stars.of(2) == REJECTED
    assert len(session.stars) == 1


def test_no_rating_is_not_a_rejection(session: Session, result: Result, qtbot: QtBot) -> None:
    session.analysis.show(result)
    session.stars.set([1, 2], REJECTED)
    session.stars.set([1], None)
    assert (session.stars.of(1), session.stars.of(2)) == (None, REJECTED)
    with qtbot.assertNotEmitted(session.stars.changed):
        session.stars.set([1, 999], None)
        session.stars.set([2], REJECTED)
    session.close()
    assert stored() == {result.photos[2].content_hash: REJECTED}


def test_stars_are_there_after_a_restart(session: Session, result: Result, qtbot: QtBot) -> None:
    session.analysis.show(result)
    session.stars.set([4], 5)
    session.close()
    again = Session(fakes.analysis(result))
    analysed(again, qtbot)
    assert again.stars.of(4) == 5
    again.close()


def test_what_the_store_does_not_know_yet_is_not_lost(
    session: Session, result: Result, qtbot: QtBot
) -> None:
    analysed(session, qtbot)
    session.stars.set([1], 3)
    session.stars.set([2], 3)
    session.stars.set([2], None)
    analysed(session, qtbot)  # long before they are saved
    assert (session.stars.of(1), session.stars.of(2)) == (3, None)
    assert REST > 0


def test_forgotten_stars_are_gone_from_the_store(
    session: Session, result: Result, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    session.stars.set([1, 2, 3], 2)
    session.stars.forget()
    assert (len(session.stars), session.stars.of(1)) == (0, None)
    session.stars.set([4], 1)
    session.close()
    assert stored() == {result.photos[4].content_hash: 1}


def test_forgotten_stars_come_back_by_undo(session: Session, result: Result) -> None:
    session.analysis.show(result)
    session.stars.set([1, 2], 2)
    session.stars.forget()
    session.history.undo()
    assert (session.stars.of(1), session.stars.of(2)) == (2, 2)


def test_the_share_of_the_taste_is_kept(session: Session, qtbot: QtBot) -> None:
    assert session.stars.share == 1.0
    with qtbot.waitSignal(session.stars.share_changed):
        session.stars.share = 0.5
    assert session.choices.thresholds["taste.share"] == 0.5
    session.close()
    again = Session(session.analysis._analyze)
    assert again.stars.share == 0.5
    again.close()


def test_ratings_in_words() -> None:
    assert [spoken(stars) for stars in (None, 0, 1, 5)] == ["", "rejected", "1 star", "5 stars"]
