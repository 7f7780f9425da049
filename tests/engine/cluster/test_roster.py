"""Who is there, as far as it was told."""

from photo_organizer.engine.cluster.messages import Build, Introduction
from photo_organizer.engine.cluster.news import Introduced, Parted, Present, Reached, Seat
from photo_organizer.engine.cluster.roster import Roster
from photo_organizer.engine.domain.computers import ComputerState
from photo_organizer.engine.domain.reasons import Reason

ADDRESS, PC = "tls://nas:8786", "tls://pc1:1"
GONE = Reason("cluster.unreachable", {"address": ADDRESS})


def trouble(roster: Roster) -> str | None:
    reason = roster.cluster.trouble
    return reason.code if reason else None


def test_there_is_no_trouble_before_anybody_has_looked() -> None:
    roster = Roster(ADDRESS)
    assert trouble(roster) is None
    roster.hear(Reached())
    assert trouble(roster) is None
    roster.hear(Present({}))
    assert trouble(roster) == "cluster.nobody"


def test_a_worker_ends_the_trouble_unless_it_cannot_do_the_work() -> None:
    roster = Roster(ADDRESS)
    roster.hear(Parted(GONE))
    assert trouble(roster) == "cluster.unreachable"
    roster.hear(Reached())
    roster.hear(Present({PC: Seat(1, busy=False)}))
    roster.hear(Introduced(PC, Introduction("pc1", Build(), "cpu")))
    assert trouble(roster) is None
    (computer,) = roster.cluster.computers
    assert (computer.name, computer.device) == ("pc1", "cpu")
    assert computer.state is ComputerState.READY
    assert roster.fit == {PC: 1}
    roster.hear(Introduced(PC, Reason("cluster.stranger", {"message": "?"})))
    assert trouble(roster) == "cluster.none_fit"
    assert roster.cluster.computers[0].state is ComputerState.UNFIT
    assert roster.fit == {}
