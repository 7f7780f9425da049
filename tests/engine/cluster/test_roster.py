"""What people are told of the workers, from what was heard of them."""

from __future__ import annotations

import numpy as np

from photo_organizer.engine.cluster.messages import Answer, Build, Introduction
from photo_organizer.engine.cluster.news import (
    Answered,
    Failed,
    Failure,
    Introduced,
    Looked,
    Parted,
    Present,
    Reached,
    Seat,
)
from photo_organizer.engine.cluster.roster import Roster
from photo_organizer.engine.domain.computers import ComputerState
from photo_organizer.engine.domain.reasons import Reason
from tests.engine.cluster.fake_line import content_of

NAS, DESK, LAP = "tls://nas:8786", "tls://desk:1", "tls://lap:1"
OLD = Reason("cluster.none_fit")


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def introduced(address: str, name: str, unfit: Reason | None = None) -> Introduced:
    return Introduced(address, Introduction(name, Build(), "cpu", unfit))


def present(**busy: bool) -> Present:
    addresses = {"desk": DESK, "lap": LAP}
    return Present({addresses[name]: Seat(2, is_busy) for name, is_busy in busy.items()})


def answer(worker: str, number: int, photos: int, unfit: Reason | None = None) -> Answered:
    contents = {place: content_of(str(place)) for place in range(photos)}
    vectors = np.zeros((photos, 2), np.float16)
    more = {"same": {}, "unread": {}, "unseen": (), "faces": {}, "faceless": (), "awaiting": ()}
    return Answered(
        Answer(
            number=number,
            worker=worker,
            seconds=1.0,
            contents=contents,
            vectors=vectors,
            thumbnails={},
            unfit=unfit,
            **more,
        )
    )


def heard(*news: object, clock: Clock | None = None) -> Roster:
    roster = Roster(NAS, clock or Clock())
    for one in news:
        roster.hear(one)
    return roster


def test_who_is_there_and_introduced_can_work() -> None:
    roster = heard(Reached(), present(desk=True, lap=False), introduced(DESK, "desk"))
    assert roster.fit == {DESK: 2}
    assert roster.there == {DESK, LAP}
    desk, lap = roster.cluster.computers
    assert (desk.name, desk.state, desk.device) == ("desk", ComputerState.WORKING, "cpu")
    assert (lap.name, lap.state) == ("lap", ComputerState.READY)  # of its address, so far
    assert roster.cluster.trouble is None


def test_who_is_unfit_is_told_with_the_reason() -> None:
    roster = heard(Reached(), present(lap=False), introduced(LAP, "lap", OLD))
    assert roster.fit == {}
    (lap,) = roster.cluster.computers
    assert (lap.state, lap.why) == (ComputerState.UNFIT, OLD)
    assert roster.cluster.trouble == Reason("cluster.none_fit")


def test_who_is_ready_at_last_is_fit() -> None:
    roster = heard(
        Reached(), present(lap=False), introduced(LAP, "lap", OLD), introduced(LAP, "lap")
    )
    assert roster.fit == {LAP: 2}


def test_who_turns_out_unfit_with_a_shard_gets_no_other() -> None:
    roster = heard(
        Reached(), present(lap=True), introduced(LAP, "lap"), answer(LAP, 1, 0, unfit=OLD)
    )
    assert roster.fit == {}


def test_who_takes_nothing_for_now_is_there_and_not_fit() -> None:
    roster = heard(Reached(), introduced(DESK, "desk"), Present({DESK: Seat(0, True)}))
    roster.hear(introduced(DESK, "desk"))
    assert (roster.fit, roster.there) == ({}, {DESK})


def test_photos_are_counted_while_a_shard_is_in_hand() -> None:
    roster = heard(Reached(), present(desk=True), introduced(DESK, "desk"))
    roster.hear(Looked(DESK, 1, 5))
    roster.hear(Looked(DESK, 1, 7))
    assert roster.cluster.computers[0].photos == 7
    roster.hear(answer(DESK, 1, 9))
    assert roster.cluster.computers[0].photos == 9
    roster.hear(Looked(DESK, 2, 3))
    roster.hear(Failed(2, Failure.LOST))
    assert roster.cluster.computers[0].photos == 9


def test_the_rate_is_that_of_the_last_time() -> None:
    clock = Clock()
    roster = heard(Reached(), present(desk=True), introduced(DESK, "desk"), clock=clock)
    assert (roster.cluster.computers[0].rate, roster.rate) == (0.0, 0.0)
    clock.now += 2
    roster.hear(Looked(DESK, 1, 10))
    assert (roster.cluster.computers[0].rate, roster.rate) == (5.0, 5.0)
    for _ in range(30):
        clock.now += 1
        roster.hear(present(desk=True))
    assert roster.cluster.computers[0].rate == 0.0


def test_who_worked_and_went_is_told_and_who_did_nothing_is_not() -> None:
    roster = heard(
        Reached(), present(desk=True, lap=False), introduced(DESK, "desk"), answer(DESK, 1, 4)
    )
    roster.hear(Present({}))
    (desk,) = roster.cluster.computers
    assert (desk.state, desk.photos, desk.rate) == (ComputerState.GONE, 4, 0.0)
    assert roster.cluster.trouble == Reason("cluster.nobody", {"address": NAS})


def test_a_coordinator_that_is_gone_takes_all_with_it() -> None:
    why = Reason("cluster.unreachable", {"address": NAS})
    roster = heard(Reached(), present(desk=True), introduced(DESK, "desk"), Parted(why))
    assert (roster.fit, roster.there) == ({}, frozenset())
    assert roster.cluster.trouble == why


def test_another_run_asks_everybody_again() -> None:
    roster = heard(Reached(), present(desk=True), introduced(DESK, "desk"))
    roster.begin()
    assert roster.fit == {}
    roster.hear(introduced(DESK, "desk"))
    assert roster.fit == {DESK: 2}


def test_a_folder_of_no_library_is_a_trouble() -> None:
    why = Reason("cluster.root_other", {"names": "2024", "folder": "/photos"})
    roster = heard(Reached(), present(desk=True), introduced(DESK, "desk"))
    roster.other_library(why)
    roster.looked_at_home(3)
    assert (roster.cluster.trouble, roster.cluster.at_home) == (why, 3)
