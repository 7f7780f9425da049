"""What becomes of an answer: outcomes that last, and where the rest goes."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import pytest

from photo_organizer.engine.analysis.hands import Task
from photo_organizer.engine.analysis.outcomes import Examined, Known, LookedThrough, Unreadable
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.cluster.answers import Answers
from photo_organizer.engine.cluster.ledger import Job, Parcel
from photo_organizer.engine.cluster.messages import Order, Sent, Shard
from photo_organizer.engine.domain.dates import DateSource
from photo_organizer.engine.domain.facts import FileIdentity
from photo_organizer.engine.files.beside_dates import BesideDates
from tests.engine.cluster.fake_line import BROKEN, content_of, hash_of, vector_of, whole
from tests.engine.faces_made import face
from tests.engine.fakes import FakeEncoder

FACES = (face(),)


class Memory:
    """Knows a photo whole, one without its faces, and one that holds nothing."""

    def facts(self, hashes):
        known = {
            hash_of("whole"): Known(content_of("whole"), vector_of("whole"), FACES),
            hash_of("faceless"): Known(content_of("faceless"), vector_of("faceless"), None),
            hash_of("broken"): BROKEN,
        }
        return {key: fact for key, fact in known.items() if key in hashes}


@contextmanager
def memory():
    yield Memory()


def parcel(*names: str, folder: Path = Path("/library")) -> Parcel:
    jobs = tuple(Job((FileIdentity(folder / name, 1, 2, 1000, 7), None)) for name in names)
    order = Order("run", "fake", "1", faces=True, thumbnails=False)
    shard = Shard(order, 1, tuple(Sent(name, 1000, 7) for name in names))
    return Parcel(shard, jobs, (), frozenset({"tcp://a:1"}))


def answers(*, faces: bool = True) -> Answers:
    encoder = FakeEncoder()
    return Answers(Task(lambda: encoder, faces, None, PauseSwitch()), memory, BesideDates())


def same(sent: Parcel, **of: str) -> object:
    places = {sent.shard.files.index(Sent(name, 1000, 7)): hash_of(of[name]) for name in of}
    return whole(sent.shard, "tcp://a:1", looks_at=lambda _: False, same=places)


def test_a_known_photo_comes_from_memory_and_nothing_of_it_is_new() -> None:
    sent = parcel("moved")
    (found,), settled = answers().outcomes(sent, same(sent, moved="whole"))
    assert isinstance(found, Examined)
    assert (found.identity, found.faces) == (sent.files[0].file[0], FACES)
    assert (found.new_content, found.new_vector, found.awaits_faces) == (False, False, False)
    assert settled.again == settled.unseen == settled.for_home == settled.faceless == []


def test_faces_that_nobody_looked_for_are_looked_for_now() -> None:
    sent = parcel("moved")
    (found,), settled = answers().outcomes(sent, same(sent, moved="faceless"))
    assert found.awaits_faces
    assert settled.faceless == [(found.identity, hash_of("faceless"))]
    (found,), settled = answers(faces=False).outcomes(sent, same(sent, moved="faceless"))
    assert not found.awaits_faces
    assert settled.faceless == []


def test_what_is_known_to_hold_nothing_still_does_under_another_name() -> None:
    sent = parcel("moved")
    (found,), _ = answers().outcomes(sent, same(sent, moved="broken"))
    assert found == Unreadable(sent.files[0].file[0], BROKEN, hash_of("broken"), is_new=True)


def test_what_memory_lost_is_looked_into_again() -> None:
    sent = parcel("moved")
    found, settled = answers().outcomes(sent, same(sent, moved="nobody knows"))
    assert found == []
    assert settled.again == list(sent.files)


def test_faces_follow_their_photo() -> None:
    sent = parcel("1", "2")
    answer = whole(sent.shard, "tcp://a:1", faces={hash_of("1"): FACES})
    found, _ = answers().outcomes(sent, answer)
    one, faces, other = found
    assert (one.awaits_faces, other.awaits_faces) == (True, False)  # nobody seems to be in it
    assert faces == LookedThrough(hash_of("1"), FACES)


def test_names_here_tell_dates_that_others_do_not_know(tmp_path: Path) -> None:
    sent = parcel("IMG_20240305_101112.jpg", folder=tmp_path)
    (found, _), _ = answers().outcomes(sent, whole(sent.shard, "tcp://a:1"))
    assert found.better_date.source is DateSource.NAME


def test_an_answer_that_does_not_add_up_is_none() -> None:
    sent = parcel("1", "2")
    answer = whole(sent.shard, "tcp://a:1")
    object.__setattr__(answer, "vectors", answer.vectors[:1])
    with pytest.raises(ValueError, match="zip"):
        answers().outcomes(sent, answer)
