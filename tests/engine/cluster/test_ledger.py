"""Whatever happens to shards, each file ends once: with a lasting answer, or at home."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from photo_organizer.engine.analysis.hands import Faceless, File
from photo_organizer.engine.cluster import cutting
from photo_organizer.engine.cluster.ledger import FALLS, TRIES, Job, Ledger, Parcel, Settled
from photo_organizer.engine.cluster.messages import Order, Sent
from photo_organizer.engine.domain.facts import FileIdentity

ORDER = Order("run", "model", "1", faces=True, thumbnails=False)
WORKERS = ("tcp://a:1", "tcp://b:1", "tcp://c:1")
OUTSIDE = "outside"


def file(number: int, folder: str = "library", size: int = 1000) -> File:
    return FileIdentity(Path("/", folder, str(number)), 1, number, size, 7), None


def photo(number: int) -> Faceless:
    return file(number)[0], bytes([number])


def sent(one: File | Faceless) -> Sent | None:
    path = one[0].path
    return None if OUTSIDE in path.parts else Sent(path.name, one[0].size, one[0].mtime_ns)


def ledger(*files: File, is_all: bool = True) -> Ledger:
    made = Ledger(ORDER, sent)
    made.give(files)
    made.is_all = is_all
    return made


def names(jobs: object) -> list[str]:
    return [job.file[0].path.name for job in jobs]


@given(st.data())
@settings(max_examples=60)
def test_each_file_ends_exactly_once_whatever_happens(data: st.DataObject) -> None:
    def draw(strategy):
        return data.draw(strategy)

    files = [
        file(number, draw(st.sampled_from(["library", "library", OUTSIDE])))
        for number in range(draw(st.integers(0, 40)))
    ]
    photos = [photo(100 + number) for number in range(draw(st.integers(0, 9)))]
    book = Ledger(ORDER, sent)
    book.give(files)
    book.give_faceless(photos)
    book.is_all = True
    ended: list[Job] = []
    for _ in range(200):
        if book.is_done:
            break
        numbers = list(book.in_hand)
        happens = draw(st.sampled_from(["cut", "cut", "answer", "answer", "lose", "kill", "home"]))
        if happens == "cut":
            fit = draw(st.sets(st.sampled_from(WORKERS), min_size=1))
            parcel = book.cut(fit, len(fit), draw(st.sampled_from([0.0, 2.0, 50.0])))
            if parcel is not None:
                assert parcel.workers
                assert parcel.workers <= fit
                assert all(not parcel.workers & job.unseen_by for job in parcel.jobs)
        elif happens == "home":
            ended += book.for_home(draw(st.integers(0, 9)), alone=draw(st.booleans()))
        elif numbers:
            number = draw(st.sampled_from(numbers))
            if happens == "answer":
                ended += settle(book, book.in_hand[number], draw)
            elif happens == "lose":
                book.lose(number, by_fault=draw(st.booleans()))
            else:
                book.give_up(number)
    while not book.is_done:
        for number in list(book.in_hand):
            book.lose(number, by_fault=False)
        ended += book.for_home(9, alone=True)
    assert Counter(map(name, ended)) == Counter(
        [(one[0].path, False) for one in files] + [(one[0].path, True) for one in photos]
    )


def name(job: Job) -> tuple[Path, bool]:
    return job.file[0].path, job.is_faceless


def settle(book: Ledger, parcel: Parcel, draw) -> list[Job]:
    """Answer a shard in any way; the jobs that ended."""
    settled, ended = Settled(), []
    for job in parcel.jobs:
        ways = [ended, settled.again, settled.for_home]
        draw(st.sampled_from(ways if job.is_faceless else [*ways, settled.unseen])).append(job)
    book.settle(parcel.shard.number, settled, draw(st.sampled_from(sorted(parcel.workers))))
    return ended


def test_what_one_computer_cannot_see_is_tried_by_another_and_then_at_home() -> None:
    book = ledger(file(1))
    for _ in range(TRIES):
        parcel = book.cut(WORKERS, 3, 0.0)
        assert parcel is not None
        worker = min(parcel.workers)
        book.settle(parcel.shard.number, Settled(unseen=list(parcel.files)), worker)
    assert book.cut(WORKERS, 3, 0.0) is None
    assert names(book.for_home(9, alone=False)) == ["1"]


def test_what_the_only_computer_cannot_see_is_done_at_home_at_once() -> None:
    book = ledger(file(1))
    parcel = book.cut(WORKERS[:1], 1, 0.0)
    book.settle(parcel.shard.number, Settled(unseen=list(parcel.files)), WORKERS[0])
    assert book.cut(WORKERS[:1], 1, 0.0) is None
    assert names(book.for_home(9, alone=False)) == ["1"]


def test_files_outside_of_the_library_never_travel() -> None:
    book = ledger(file(1, OUTSIDE), file(2), file(3, OUTSIDE))
    parcel = book.cut(WORKERS, 3, 0.0)
    assert names(parcel.files) == ["2"]
    assert names(book.for_home(9, alone=False)) == ["1", "3"]


def test_what_ends_shards_again_and_again_is_looked_into_at_home() -> None:
    book = ledger(file(1))
    for _ in range(FALLS):
        book.lose(book.cut(WORKERS, 3, 0.0).shard.number, by_fault=True)
    assert book.cut(WORKERS, 3, 0.0) is None
    assert names(book.for_home(9, alone=False)) == ["1"]


def test_a_network_that_goes_is_no_fault_of_the_files() -> None:
    book = ledger(file(1))
    for _ in range(3 * FALLS):
        book.lose(book.cut(WORKERS, 3, 0.0).shard.number, by_fault=False)
    assert book.for_home(9, alone=False) == []
    assert book.cut(WORKERS, 3, 0.0) is not None


def test_an_answer_that_comes_too_late_is_to_nothing_in_hand() -> None:
    book = ledger(file(1))
    number = book.cut(WORKERS, 3, 0.0).shard.number
    book.lose(number, by_fault=False)
    assert number not in book.in_hand
    again = book.cut(WORKERS, 3, 0.0)
    assert again.shard.number > number


def test_photos_without_faces_travel_with_their_content() -> None:
    book = Ledger(ORDER, sent)
    book.give_faceless([photo(5)])
    (faceless,) = book.cut(WORKERS, 3, 0.0).shard.faceless
    assert (faceless.file.path, faceless.content_hash) == ("5", bytes([5]))


def test_nothing_waits_at_home_while_others_are_there() -> None:
    book = ledger(file(1))
    assert book.for_home(9, alone=False) == []
    assert names(book.for_home(9, alone=True)) == ["1"]
    assert book.is_done


def test_first_shards_are_small_and_so_are_the_last() -> None:
    def size(waiting: int, *, is_all: bool = False, rate: float = 100.0) -> int:
        return cutting.files_of_a_shard(waiting, is_all=is_all, workers=3, rate=rate)

    assert size(100_000, rate=0.0) == cutting.FIRST
    assert size(100_000) == cutting.SHARD
    assert size(100_000, rate=3.0) == 3 * cutting.WORK
    assert size(100_000, is_all=True) == cutting.SHARD
    assert size(300, is_all=True) == 50
    assert size(30, is_all=True) == cutting.LEAST


def test_few_large_files_are_a_shard() -> None:
    raw = [file(number, size=cutting.BYTES // 3) for number in range(9)]
    book = ledger(*raw, is_all=False)
    assert len(book.cut(WORKERS, 3, 100.0).files) == 3
    huge = ledger(file(1, size=2 * cutting.BYTES), file(2))
    assert names(huge.cut(WORKERS, 3, 100.0).files) == ["1"]
