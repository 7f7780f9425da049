"""Files go to others and come back; what others cannot do is done at home, and nothing hangs."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from photo_organizer.engine.analysis.channel import Channel
from photo_organizer.engine.analysis.hands import File, Home, Task
from photo_organizer.engine.analysis.outcomes import Examined, LookedThrough, Outcome, Unreadable
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.cluster import dispatch as module
from photo_organizer.engine.cluster.dispatch import Dispatch
from photo_organizer.engine.cluster.news import Failure
from photo_organizer.engine.cluster.roster import Roster
from photo_organizer.engine.domain.facts import FileIdentity
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.files.beside_dates import BesideDates
from tests.engine.cluster.fake_line import FakeHome, FakeLine, hash_of, no_memory, whole
from tests.engine.fakes import FakeEncoder

ROOT = Path("/library")


def file(name: object) -> File:
    return FileIdentity(ROOT / str(name), 1, 2, 1000, 7), None


class Running:
    """A dispatch that runs with a line and a home of the test."""

    def __init__(self, monkeypatch, *, faces=True, alone=60.0, thumbnails=None, **line) -> None:
        monkeypatch.setattr(module, "ALONE", alone)
        self.pause = PauseSwitch()
        self.home = FakeHome(faces=faces)
        encoder = FakeEncoder()
        task = Task(lambda: encoder, faces, thumbnails, self.pause)
        self.roster = Roster("tcp://nas:1")
        self.line = FakeLine(self._hear, **line)
        here = Home(lambda: self.home, no_memory, BesideDates())
        self.dispatch = Dispatch(
            task, here, self.line, self.roster, lambda identity: identity.path.name
        )
        self.failures: list[BaseException] = []
        self.outcomes: Channel[Outcome] = Channel(1024, self.dispatch.producers)
        self.dispatch.start(self.outcomes, self.failures.append)

    def _hear(self, news) -> None:
        self.roster.hear(news)
        self.dispatch.hear(news)

    def give(self, *files: File) -> None:
        for one in files:
            self.dispatch.look_into(one)

    def found(self) -> list[Outcome]:
        """All outcomes to the end."""
        self.dispatch.no_more()
        found: list[Outcome] = []
        while not self.outcomes.ended:
            found += self.outcomes.take(512, timeout=1)
        self.dispatch.join(10)
        assert not self.failures
        return found


def names(outcomes: list[Outcome]) -> list[str]:
    return sorted(
        one.identity.path.name for one in outcomes if isinstance(one, Examined | Unreadable)
    )


def faces_follow(outcomes: list[Outcome]) -> bool:
    """Whether each photo that awaits its faces is followed by one look for them."""
    awaiting: Counter[bytes] = Counter()
    for one in outcomes:
        if isinstance(one, LookedThrough):
            awaiting[one.content_hash] -= 1
            assert awaiting[one.content_hash] >= 0
        elif isinstance(one, Examined):
            awaiting[one.content_hash] += one.awaits_faces
    return not +awaiting


def test_others_look_into_everything_and_home_into_nothing(monkeypatch) -> None:
    running = Running(monkeypatch, workers=("tcp://a:1", "tcp://b:1"))
    running.give(*map(file, range(50)), file("broken"))
    outcomes = running.found()
    assert names(outcomes) == sorted([*map(str, range(50)), "broken"])
    assert faces_follow(outcomes)
    assert running.home.looked == []
    photo = next(one for one in outcomes if isinstance(one, Examined))
    assert (photo.new_content, photo.new_vector) == (True, True)
    assert photo.identity.inode == 2  # of the file here
    broken = next(one for one in outcomes if isinstance(one, Unreadable))
    assert broken.is_new


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_each_file_has_one_outcome(monkeypatch, seed: int) -> None:
    chance = random.Random(seed)
    lock = module.threading.Lock()

    def answer(shard, worker):
        with lock:
            what = chance.random()
        if what < 0.1:
            return chance.choice(list(Failure))
        if what < 0.2:
            running.line.go(worker)
            running.line.come(f"tcp://{chance.random()}:1")
            return None
        if what < 0.25:
            running.line.part()
            return None
        rng = random.Random(shard.number)
        return whole(
            shard,
            worker,
            sees=lambda _: rng.random() < 0.8,
            looks_at=lambda _: rng.random() < 0.8,
        )

    running = Running(monkeypatch, alone=0.2, workers=("tcp://a:1", "tcp://b:1"), answer=answer)
    files = [file(f"broken {n}" if n % 9 == 0 else n) for n in range(150)]
    running.give(*files, file("1 copy"))
    faceless = [(file(f"faceless {n}")[0], hash_of(f"faceless {n}")) for n in range(20)]
    running.dispatch.look_for_faces(faceless)
    outcomes = running.found()
    assert names(outcomes) == sorted([one[0].path.name for one in files] + ["1 copy"])
    looked = Counter(one.content_hash for one in outcomes if isinstance(one, LookedThrough))
    photos = [n for n in names(outcomes) if not n.startswith("broken")]
    assert looked == Counter([hash_of(name) for name in photos] + [h for _, h in faceless])


def test_nobody_there_is_nobody_waited_for(monkeypatch) -> None:
    running = Running(monkeypatch, alone=0.0, workers=())
    running.give(*map(file, range(40)))
    assert len(names(running.found())) == 40
    assert running.roster.cluster.at_home == 40
    assert running.roster.cluster.trouble == Reason("cluster.nobody", {"address": "tcp://nas:1"})


def test_whoever_is_unfit_gets_nothing_and_is_named(monkeypatch) -> None:
    why = Reason("cluster.none_fit")
    running = Running(monkeypatch, alone=0.0, workers=())
    running.line.come("tcp://old:1", unfit=why)
    follow = running.line.follow
    monkeypatch.setattr(
        running.line,
        "follow",
        lambda order: (follow(order), running.line.come("tcp://old:1", unfit=why)),
    )
    running.give(*map(file, range(4)))
    assert len(names(running.found())) == 4
    assert running.line.sent == []
    assert [one.why for one in running.roster.cluster.computers] == [why]


def test_whoever_turns_out_unfit_gets_no_second_shard(monkeypatch) -> None:
    why = Reason("cluster.none_fit")

    def answer(shard, worker):
        if worker == "tcp://a:1":
            return whole(shard, worker, looks_at=lambda _: False, unfit=why)
        return whole(shard, worker)

    running = Running(monkeypatch, workers=("tcp://a:1", "tcp://b:1"), answer=answer)
    running.give(*map(file, range(40)))
    assert len(names(running.found())) == 40
    assert running.home.looked == []


def test_what_only_home_sees_is_looked_into_there(monkeypatch) -> None:
    running = Running(
        monkeypatch,
        answer=lambda shard, worker: whole(shard, worker, sees=lambda one: one.path > "2"),
    )
    running.give(*map(file, range(6)))
    assert len(names(running.found())) == 6
    assert sorted(running.home.looked) == ["0", "1", "2"]


def test_faces_that_others_could_not_look_for_are_looked_for_at_home(monkeypatch) -> None:
    def answer(shard, worker):
        if shard.faceless:
            return whole(shard, worker)
        return whole(shard, worker, faces={}, faceless=[hash_of("0")], awaiting=[hash_of("1")])

    running = Running(monkeypatch, answer=answer)
    running.give(file(0), file(1))
    outcomes = running.found()
    assert faces_follow(outcomes)
    assert sum(isinstance(one, LookedThrough) for one in outcomes) == 2
    assert running.home.looked == ["faces of 0"]


def test_whoever_always_hands_in_nothing_is_not_waited_for(monkeypatch) -> None:
    running = Running(
        monkeypatch, answer=lambda shard, worker: whole(shard, worker, looks_at=lambda _: False)
    )
    running.give(file(0), file(1))
    assert names(running.found()) == ["0", "1"]
    assert len(running.home.looked) == 2


def test_a_computer_that_finds_no_faces_leaves_them_to_home(monkeypatch) -> None:
    no_networks = Reason("faces.no_networks")

    def answer(shard, worker):
        faceless = [one.content_hash for one in shard.faceless]
        return whole(shard, worker, faces={}, faceless=faceless, without_faces=no_networks)

    running = Running(monkeypatch, answer=answer)
    running.give(file(0))
    outcomes = running.found()
    assert sum(isinstance(one, LookedThrough) for one in outcomes) == 1
    assert running.home.looked == ["faces of 0"]
    assert running.dispatch.without_faces is None  # they can be looked for here


def test_a_copy_that_a_computer_saw_twice_is_told_twice(monkeypatch) -> None:
    def answer(shard, worker):
        return whole(shard, worker, looks_at=lambda one: one.path == "1", same={1: hash_of("1")})

    running = Running(monkeypatch, answer=answer)
    running.give(file(1), file("1 copy"))
    outcomes = running.found()
    assert names(outcomes) == ["1", "1 copy"]
    assert faces_follow(outcomes)
    copy = next(o for o in outcomes if isinstance(o, Examined) and o.identity.path.name == "1 copy")
    assert (copy.new_content, copy.new_vector) == (False, False)


def test_a_pause_has_everything_handed_in_and_loses_nothing(monkeypatch) -> None:
    began, go_on = module.threading.Event(), module.threading.Event()

    def answer(shard, worker):
        if shard.number > 2:
            return whole(shard, worker)
        began.set()
        assert go_on.wait(10)
        return whole(shard, worker, looks_at=lambda one: one.path < "2")  # handed in early

    running = Running(monkeypatch, answer=answer)
    running.give(*map(file, range(40)))
    assert began.wait(10)
    running.pause.pause()
    while not running.line.handed_in:
        module.time.sleep(0.01)
    (asked,) = running.line.handed_in
    assert asked.run == running.line.order.run
    sent = len(running.line.sent)
    assert asked.through == sent
    go_on.set()
    early = running.outcomes.take(1, timeout=10)
    assert len(running.line.sent) == sent  # nobody begins anything
    running.pause.resume()
    assert len(names(early + running.found())) == 40


def test_whoever_stops_leaves_nothing_behind(monkeypatch) -> None:
    running = Running(monkeypatch, answer=lambda *_: None)
    running.give(*map(file, range(40)))
    while not running.line.sent:
        module.time.sleep(0.01)
    running.dispatch.stop()
    running.outcomes.stop()
    running.dispatch.join(10)
    assert sorted(running.line.dropped) == [shard.number for shard, _ in running.line.sent]
    assert running.line.handed_in


def test_a_run_that_knows_all_asks_nobody(monkeypatch) -> None:
    running = Running(monkeypatch)
    assert running.found() == []
    assert running.line.order is None


class Thumbnails(dict):
    def keep(self, content_hash, data):
        if self:
            raise OSError("the disk is full")
        self[content_hash] = data


def test_thumbnails_come_with_the_photos_until_the_disk_is_full(monkeypatch) -> None:
    kept = Thumbnails()
    made = {hash_of("0"): b"a picture", hash_of("1"): b"another one"}
    running = Running(
        monkeypatch,
        thumbnails=kept,
        answer=lambda shard, worker: whole(shard, worker, thumbnails=made),
    )
    running.give(file(0), file(1))
    assert len(names(running.found())) == 2
    assert kept == {hash_of("0"): b"a picture"}
    assert running.line.order.thumbnails
