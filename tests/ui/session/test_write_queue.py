import sqlite3
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine import paths
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flaw, Result
from photo_organizer.engine.storage.store import Change, Store
from photo_organizer.ui.session import write_queue
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.session.write_queue import WriteQueue
from tests.engine.storage import failing
from tests.ui import fakes
from tests.ui.fakes import analysed

BUSY = Reason("store.undecided", why=Reason("store.busy"))


class BusyStore:
    """Another program that holds the store until it lets go."""

    def __init__(self) -> None:
        with Store(paths.store_path()):
            pass
        self._connection = sqlite3.connect(paths.store_path(), isolation_level=None)
        self._connection.execute("CREATE TABLE tally (word TEXT)")

    def hold(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def let_go(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        self.let_go()
        self._connection.close()

    @property
    def words(self) -> list[str]:
        """What `say` wrote, in the order written."""
        with Store(paths.store_path()) as store:
            rows = store.connection.execute("SELECT word FROM tally ORDER BY rowid")
            return [word for (word,) in rows]


def say(word: str) -> Change:
    """Writes a word; twice where it is done twice."""
    return lambda store: store.connection.execute("INSERT INTO tally VALUES (?)", (word,))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_queue, "PATIENCE", 0.02)
    monkeypatch.setattr(write_queue, "FIRST_PAUSE", 1)


@pytest.fixture
def store() -> Iterator[BusyStore]:
    store = BusyStore()
    yield store
    store.close()


@pytest.fixture
def queue(store: BusyStore, qtbot: QtBot) -> Iterator[WriteQueue]:
    tasks = Tasks()
    queue = WriteQueue(tasks)
    yield queue
    store.let_go()
    tasks.close()
    queue.close()


@pytest.fixture
def told(queue: WriteQueue) -> list[Reason]:
    told: list[Reason] = []
    queue.failed.connect(told.append)
    return told


def fail(queue: WriteQueue, qtbot: QtBot, times: int = 1) -> None:
    """Wait until so many tries are over."""
    for _ in range(times):
        with qtbot.waitSignal(queue.attempted):
            pass


def written(queue: WriteQueue, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: queue.empty)


def test_what_is_added_is_written_soon_and_in_order(
    queue: WriteQueue, store: BusyStore, qtbot: QtBot
) -> None:
    for word in "abc":
        queue.add(say(word))
    written(queue, qtbot)
    assert store.words == ["a", "b", "c"]


def test_a_batch_that_fails_stays_whole_and_in_order_and_is_written_once(
    queue: WriteQueue, store: BusyStore, told: list[Reason], qtbot: QtBot
) -> None:
    store.hold()
    queue.add(say("a"))
    queue.add(say("b"))
    fail(queue, qtbot)
    queue.add(say("c"))
    fail(queue, qtbot, 4)
    assert told == [BUSY]  # not at each try
    assert store.words == []
    store.let_go()
    written(queue, qtbot)
    assert store.words == ["a", "b", "c"]


def test_a_batch_that_fails_half_way_leaves_nothing_behind(
    queue: WriteQueue, store: BusyStore, told: list[Reason], qtbot: QtBot
) -> None:
    tries: list[list[str]] = []

    def full(opened: Store) -> None:
        tries.append(store.words)
        if len(tries) < 3:
            raise OSError(28, "No space left on device")

    queue.add(say("a"))
    queue.add(full)
    queue.add(say("b"))
    written(queue, qtbot)
    assert tries == [[], [], []]  # nobody else saw the half of it
    assert store.words == ["a", "b"]
    assert told == [Reason("store.undecided", why=Reason("store.full"))]


def test_a_decision_that_can_never_be_written_keeps_no_other_from_the_store(
    queue: WriteQueue,
    store: BusyStore,
    told: list[Reason],
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def faulty(opened: Store) -> None:
        say("half")(opened)
        raise KeyError("magic")

    for change in (say("a"), faulty, say("b")):
        queue.add(change)
    written(queue, qtbot)
    assert store.words == ["a", "b"]
    assert told == [Reason("failures.unexpected", {"message": "'magic'"})]
    assert "A decision cannot be written and is lost" in caplog.text


def test_what_could_not_be_written_beside_a_faulty_decision_is_tried_again_and_written_once(
    queue: WriteQueue, store: BusyStore, told: list[Reason], qtbot: QtBot
) -> None:
    tries: list[int] = []

    def faulty(_opened: Store) -> None:
        raise KeyError("magic")

    def full(_opened: Store) -> None:
        tries.append(len(tries))
        if len(tries) < 3:
            raise OSError(28, "No space left on device")

    for change in (say("a"), faulty, full, say("b")):
        queue.add(change)
    written(queue, qtbot)
    assert store.words == ["a", "b"]
    assert [reason.code for reason in told] == ["failures.unexpected", "store.undecided"]


def test_the_pause_grows_from_try_to_try(
    queue: WriteQueue, store: BusyStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_queue, "LONGEST_PAUSE", 5)
    store.hold()
    queue.add(say("a"))
    pauses = []
    for _ in range(5):
        fail(queue, qtbot)
        pauses.append(queue._timer.wait)
    assert pauses == [1, 2, 4, 5, 5]


def test_another_trouble_later_is_told_again(
    queue: WriteQueue, store: BusyStore, told: list[Reason], qtbot: QtBot
) -> None:
    for word in "ab":
        store.hold()
        queue.add(say(word))
        fail(queue, qtbot, 2)
        store.let_go()
        written(queue, qtbot)
    assert told == [BUSY, BUSY]
    assert store.words == ["a", "b"]


def test_only_one_write_at_a_time_and_none_on_the_gui_thread(
    queue: WriteQueue, store: BusyStore, qtbot: QtBot
) -> None:
    at_work = threading.Lock()
    threads: set[int] = set()

    def alone(word: str) -> Change:
        def write(opened: Store) -> None:
            threads.add(threading.get_ident())
            assert at_work.acquire(blocking=False)
            say(word)(opened)
            at_work.release()

        return write

    for word in "abcdef":
        queue.add(alone(word))
        queue.write_now()
    written(queue, qtbot)
    assert store.words == list("abcdef")
    assert threading.get_ident() not in threads


# ---------------------------------------------------------------------- closing


def test_closing_writes_what_is_left_on_another_thread(queue: WriteQueue, store: BusyStore) -> None:
    threads: list[int] = []
    queue.add(say("a"))
    queue.add(lambda _: threads.append(threading.get_ident()))
    queue.close()
    assert store.words == ["a"]
    assert threads != [threading.get_ident()]


def test_closing_tries_once_more_what_had_failed(
    queue: WriteQueue, store: BusyStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_queue, "FIRST_PAUSE", 60_000)
    store.hold()
    queue.add(say("a"))
    fail(queue, qtbot)
    queue.add(say("b"))
    store.let_go()
    queue.close()
    assert store.words == ["a", "b"]


def test_closing_does_not_write_again_what_is_written_just_now(
    queue: WriteQueue, store: BusyStore
) -> None:
    begun = threading.Event()
    queue.add(say("a"))
    queue.add(lambda _: begun.set())
    queue.write_now()
    assert begun.wait(20)
    queue.add(say("b"))
    queue.close()
    assert store.words == ["a", "b"]


def test_closing_gives_up_on_a_store_that_stays_busy_and_says_so_in_the_log(
    queue: WriteQueue, store: BusyStore, caplog: pytest.LogCaptureFixture
) -> None:
    store.hold()
    queue.add(say("a"))
    queue.close()
    assert "1 decisions could not be saved and are lost" in caplog.text


# ---------------------------------------------------------------------- of a session


@pytest.fixture
def messages(session: Session) -> list[str]:
    messages: list[str] = []
    session.message.connect(messages.append)
    return messages


def test_stars_and_marks_survive_a_busy_store_and_the_later_word_holds(
    session: Session, store: BusyStore, messages: list[str], result: Result, qtbot: QtBot
) -> None:
    analysed(session, qtbot)
    store.hold()
    session.stars.set([1], 5)
    session.marks.mark([4, 8])
    session.stars.set([1, 2], 3)
    session.marks.mark([4], False)
    qtbot.waitUntil(lambda: bool(messages))
    session.stars.set([2], None)
    session.marks.mark([4])
    session.marks.mark([8], False)
    session.decisions.decide_fine(6, Flaw.BLUR)
    store.let_go()

    def all_there() -> bool:
        with Store(paths.store_path()) as opened:
            known = opened.decisions()
            return (known.ratings, known.fine, opened.marks()) == (
                {result.photos[1].content_hash: 3},
                {(result.photos[6].content_hash, Flaw.BLUR)},
                [Mark.of(result.photos[4])],
            )

    qtbot.waitUntil(all_there)
    assert messages == [
        "Your last decisions could not be saved yet: another program is using the photo store. "
        "They are kept and written as soon as the store answers."
    ]


def test_answers_follow_from_decisions_that_cannot_be_written_yet(
    judged: tuple[Session, fakes.FakeJudge], store: BusyStore, result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    store.hold()
    session.decisions.decide_fine(6, Flaw.BLUR)
    qtbot.waitUntil(lambda: len(judge.asked) == 1)
    session.choices.set_threshold("duplicates.same", 0.9)
    qtbot.waitUntil(lambda: len(judge.asked) == 2)
    fine = {(result.photos[6].content_hash, Flaw.BLUR)}
    assert [decisions.fine for _, decisions in judge.asked] == [fine, fine]
    store.let_go()
    session.close()
    with Store(paths.store_path()) as opened:
        assert opened.decisions().fine == fine


def test_an_analysis_does_not_mark_again_what_was_kept_but_could_not_be_written(
    session: Session, store: BusyStore, messages: list[str], result: Result, qtbot: QtBot
) -> None:
    analysed(session, qtbot)
    session.marks.mark([4])
    with Store(paths.store_path()) as opened:
        qtbot.waitUntil(lambda: opened.marks() == [Mark.of(result.photos[4])])
    store.hold()
    session.marks.mark([4], False)
    session.marks.mark([8])
    qtbot.waitUntil(lambda: bool(messages))
    analysed(session, qtbot)
    assert session.marks.ids == {8}
    store.let_go()


@pytest.mark.parametrize("seed", range(4))
def test_statements_that_fail_at_random_lose_no_decision_and_are_told_in_words(
    session: Session,
    store: BusyStore,
    messages: list[str],
    result: Result,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    monkeypatch.setattr(write_queue, "LONGEST_PAUSE", 5)
    analysed(session, qtbot)
    with monkeypatch.context() as patch:
        failing.let_statements_fail(patch, failing.at_random(seed, 0.2))
        for stars in range(6):
            session.stars.set([1, 2, 3], stars)
            session.marks.mark([4], marked=stars % 2 == 1)
            session.decisions.decide_fine(6, Flaw.BLUR, fine=stars % 2 == 1)
            with qtbot.waitSignal(session.store_tried):
                session.store_now()
    qtbot.waitUntil(lambda: not session.unstored)
    with Store(paths.store_path()) as opened:
        known = opened.decisions()
        assert {known.ratings[result.photos[number].content_hash] for number in (1, 2, 3)} == {5}
        assert known.fine == {(result.photos[6].content_hash, Flaw.BLUR)}
        assert opened.marks() == [Mark.of(result.photos[4])]
    assert not [message for message in messages if "SQLite" in message or "0x7f" in message]
