import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.cluster import extra
from photo_organizer.engine.domain.computers import Cluster, ClusterChoice
from photo_organizer.engine.domain.reasons import SpokenError
from photo_organizer.ui.session.computer_watch import ComputerWatch
from photo_organizer.ui.session.session import Session
from tests.ui.computers import ADDRESS, FAST, SLOW, progress

NAS, OTHER = ClusterChoice(ADDRESS), ClusterChoice("tls://other:8786")


class Watched:
    """A watch that goes on until it is cancelled, and notes what happened."""

    def __init__(self) -> None:
        self.begun: list[ClusterChoice] = []
        self.ended: list[ClusterChoice] = []

    def __call__(self, choice: ClusterChoice, cancel: threading.Event) -> Iterator[Cluster]:
        self.begun.append(choice)
        yield Cluster(choice.address, (FAST,))
        assert cancel.wait(20)
        yield Cluster(choice.address, (SLOW,))  # a last word that nobody waits for
        self.ended.append(choice)


def test_they_are_watched_until_nobody_looks_any_more(session: Session, qtbot: QtBot) -> None:
    watched = Watched()
    watch = ComputerWatch(session.analysis, session.tasks, session, watch=watched)
    assert watch.cluster is None
    watch.follow(session, NAS)
    watch.follow(session, NAS)  # goes on
    qtbot.waitUntil(lambda: watch.cluster == Cluster(ADDRESS, (FAST,)))
    watch.follow(session, OTHER)
    assert watch.cluster is None
    qtbot.waitUntil(lambda: watch.cluster == Cluster(OTHER.address, (FAST,)))
    watch.follow(session, None)
    qtbot.waitUntil(lambda: not session.tasks.busy)
    assert watch.cluster is None
    assert watched.begun == watched.ended == [NAS, OTHER]


def test_what_a_running_analysis_says_of_them_comes_first(session: Session, qtbot: QtBot) -> None:
    watch = ComputerWatch(session.analysis, session.tasks, session, watch=Watched())
    watch.follow(session, NAS)
    qtbot.waitUntil(lambda: watch.cluster is not None)
    session.analysis.progress = progress(SLOW)
    assert watch.cluster == Cluster(ADDRESS, (SLOW,))
    session.analysis.progress = None
    assert watch.cluster == Cluster(ADDRESS, (FAST,))
    watch.follow(session, None)


def test_what_cannot_be_watched_is_their_trouble(session: Session, qtbot: QtBot) -> None:
    def refuse(choice: ClusterChoice, cancel: threading.Event) -> Iterator[Cluster]:
        raise SpokenError("cluster.plain", address=choice.address)
        yield

    watch = ComputerWatch(session.analysis, session.tasks, session, watch=refuse)
    watch.follow(session, NAS)
    qtbot.waitUntil(lambda: watch.cluster is not None)
    assert watch.cluster is not None
    assert watch.cluster.trouble is not None
    assert watch.cluster.trouble.code == "cluster.plain"


def test_what_is_missing_here_is_found_out(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = ComputerWatch(session.analysis, session.tasks, session, watch=Watched())
    with qtbot.waitSignal(watch.changed):
        watch.look()
    assert watch.missing is None
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    with qtbot.waitSignal(watch.changed):
        watch.look()
    assert watch.missing is not None
    assert "photo-organizer[cluster]" in watch.missing.text("en")


def test_whoever_goes_takes_nothing_from_another_viewer(session: Session, qtbot: QtBot) -> None:
    """A window that takes the place of another one looks before that one goes."""
    watched = Watched()
    watch = ComputerWatch(session.analysis, session.tasks, session, watch=watched)
    watch.follow(session, NAS)
    watch.follow(session.tasks, NAS)
    watch.follow(session, None)
    qtbot.waitUntil(lambda: watch.cluster == Cluster(ADDRESS, (FAST,)))
    assert watched.begun == [NAS]
    assert watched.ended == []
    watch.follow(session.tasks, None)
    qtbot.waitUntil(lambda: watched.ended == [NAS])
