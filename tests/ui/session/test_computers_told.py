from dataclasses import replace

import pytest

from photo_organizer.engine.analysis.events import Stage
from photo_organizer.engine.domain.computers import ComputerState
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.ui.session.computers_told import ComputersTold
from photo_organizer.ui.session.session import Session
from tests.ui.computers import FAST, GONE, SLOW, UNFIT, UNREACHED, progress


@pytest.fixture
def told(session: Session) -> ComputersTold:
    told = ComputersTold(session.analysis, session)
    session.analysis.running_changed.emit(True)
    return told


def test_trouble_is_told_while_it_lasts(session: Session, told: ComputersTold) -> None:
    session.analysis.progress_changed.emit(progress(trouble=UNREACHED))
    assert told.trouble == UNREACHED
    session.analysis.progress_changed.emit(progress(FAST))
    assert told.trouble is None


def test_trouble_at_the_end_stays_until_the_next_run(session: Session, told: ComputersTold) -> None:
    session.analysis.progress_changed.emit(progress(trouble=UNREACHED))
    session.analysis.progress_changed.emit(replace(progress(), stage=Stage.COMPARING))
    session.analysis.running_changed.emit(False)
    assert told.trouble == UNREACHED
    session.analysis.running_changed.emit(True)
    assert told.trouble is None


def test_trouble_that_was_heard_is_told_again_in_the_next_run(
    session: Session, told: ComputersTold
) -> None:
    session.analysis.progress_changed.emit(progress(trouble=UNREACHED))
    told.hear()
    assert told.trouble is None
    session.analysis.progress_changed.emit(progress(trouble=UNREACHED))
    assert told.trouble is None
    session.analysis.running_changed.emit(True)
    session.analysis.progress_changed.emit(progress(trouble=UNREACHED))
    assert told.trouble == UNREACHED


def test_who_is_left_out_is_told_once(session: Session, told: ComputersTold) -> None:
    session.analysis.progress_changed.emit(progress(FAST, SLOW, UNFIT, GONE))
    assert told.left_out == (UNFIT,)
    # It stays to be read, also when the computer is gone; it is one line if it comes back.
    session.analysis.progress_changed.emit(progress(FAST))
    again = replace(UNFIT, address="tls://pc3:2")
    session.analysis.progress_changed.emit(progress(FAST, again))
    assert told.left_out == (again,)
    told.hear()
    session.analysis.running_changed.emit(True)
    session.analysis.progress_changed.emit(progress(FAST, UNFIT))
    assert told.left_out == ()
    otherwise = replace(UNFIT, why=Reason("cluster.none_fit"))
    session.analysis.progress_changed.emit(progress(FAST, otherwise))
    assert told.left_out == (otherwise,)


def test_an_analysis_of_this_computer_alone_has_nothing_to_tell(
    session: Session, told: ComputersTold
) -> None:
    session.analysis.progress_changed.emit(replace(progress(), cluster=None))
    assert (told.trouble, told.left_out) == (None, ())


def test_whoever_works_is_not_told(session: Session, told: ComputersTold) -> None:
    every = [replace(FAST, state=state, name=state.value) for state in ComputerState]
    session.analysis.progress_changed.emit(progress(*every))
    assert told.left_out == ()  # no reason, nothing to say
