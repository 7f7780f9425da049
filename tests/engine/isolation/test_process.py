"""What a file does to the process that looks into it, and what becomes of the file."""

from __future__ import annotations

import logging
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.isolation import limits, pool
from photo_organizer.engine.isolation.examination import Examiner, Seen, Wanted
from photo_organizer.engine.isolation.pool import Looks, Pool, processes
from photo_organizer.engine.isolation.process import (
    CrashedError,
    EndedError,
    NotExaminedError,
    Process,
)
from photo_organizer.engine.pixels.preparing import Middle
from tests.engine.isolation.harm import harmful, hostile_processes
from tests.engine.pictures import save

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")
REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(scope="module", autouse=True)
def _hostile() -> Iterator[None]:
    with hostile_processes():
        yield


def look(path: Path, of: Pool | None = None) -> Looks:
    def work(process: Looks) -> Looks:
        for told in process.read_all([photo_files.identify(path)]):
            if isinstance(told, UnreadableError):
                raise told
        (seen,) = process.examine([0], Wanted())
        if isinstance(seen, UnreadableError):
            raise seen
        return process

    return (of or processes()).ask(work)


def reason(path: Path) -> NotExaminedError:
    with pytest.raises(NotExaminedError) as caught:
        look(path)
    return caught.value


@pytest.mark.parametrize("size", [(300, 200), (3500, 2400)])
def test_it_finds_what_is_found_without_a_process(tmp_path: Path, size: tuple[int, int]) -> None:
    identity = photo_files.identify(save(tmp_path / "a.jpg", *size))
    here = Examiner()
    names = here.read_all([identity])
    (there,) = here.examine([0], Wanted())
    assert isinstance(there, Seen)
    expected, picture = there.found, there.picture

    def work(process: Looks) -> None:
        assert isinstance(process, Process)
        assert process.read_all([identity]) == names
        (seen,) = process.examine([0], Wanted())
        assert isinstance(seen, Seen)
        found, sent = seen.found, seen.picture
        assert sent is not None
        assert picture is not None
        np.testing.assert_array_equal(found.measures, expected.measures)
        np.testing.assert_array_equal(found.fingerprint, expected.fingerprint)
        np.testing.assert_array_equal(sent.pixels, picture.pixels)
        np.testing.assert_array_equal(sent.small, picture.small)
        assert found.holdings == expected.holdings
        assert found.exif == expected.exif
        assert found.thumbnail == expected.thumbnail
        assert (sent.width, sent.height, sent.format) == (*size, "JPEG")

    processes().ask(work)


def test_several_files_are_examined_with_one_question_each_for_itself(tmp_path: Path) -> None:
    paths = [
        save(tmp_path / "a.jpg", 300, 200, seed=1),
        tmp_path / "text.jpg",
        harmful(tmp_path / "c.jpg", "raise"),
        save(tmp_path / "d.jpg", 200, 300, seed=2),
    ]
    paths[1].write_text("not a picture")
    identities = [*map(photo_files.identify, paths), photo_files.identify(paths[0])]
    identities[-1] = replace(identities[-1], path=tmp_path / "gone.jpg")
    preparing = Middle(32)
    here = Examiner()

    def work(process: Looks) -> None:
        *read, gone = process.read_all(identities)
        assert read == here.read_all(identities[:-1])
        assert isinstance(gone, UnreadableError)
        first, text, raised, last = process.examine([0, 1, 2, 3], Wanted(preparing, False))
        assert isinstance(text, NotExaminedError)
        assert isinstance(raised, NotExaminedError)
        assert (text.reason.code, raised.reason.code) == ("files.no_picture", "files.failed")
        expected = here.examine([0, 3], Wanted(preparing))
        for seen, other in zip((first, last), expected, strict=True):
            assert isinstance(seen, Seen)
            assert isinstance(other, Seen)
            assert (seen.picture, seen.found.thumbnail) == (None, b"")
            assert seen.prepared is not None
            assert other.prepared is not None
            np.testing.assert_array_equal(seen.prepared, other.prepared)
            np.testing.assert_array_equal(seen.found.measures, other.found.measures)

    processes().ask(work)


def test_it_loads_neither_torch_nor_qt(tmp_path: Path) -> None:
    modules = reason(harmful(tmp_path / "a.jpg", "modules")).reason.values["message"]
    assert "photo_organizer.engine.pixels.decode" in str(modules).split()
    heavy = {"torch", "PySide6", "scipy", "sklearn", "open_clip", "timm"}
    assert not heavy & set(str(modules).split())


def test_an_unreadable_file_is_told_as_without_a_process(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("not a picture")
    error = reason(tmp_path / "text.jpg")
    assert (error.reason.code, error.lasting) == ("files.no_picture", True)
    with pytest.raises(UnreadableError, match="vanished"):
        processes().ask(lambda process: process.read(photo_files.identify(tmp_path / "none.jpg")))


@posix
@pytest.mark.parametrize("what", ["SIGSEGV", "SIGABRT"])
def test_a_crash_is_the_files_for_good(tmp_path: Path, what: str) -> None:
    error = reason(harmful(tmp_path / "a.jpg", what))
    assert isinstance(error, CrashedError)
    assert (error.reason.text(), error.lasting) == ("crashed the decoder", True)
    look(save(tmp_path / "b.jpg"))


@posix
def test_a_crash_that_another_file_caused_is_not_blamed_on_this_one(tmp_path: Path) -> None:
    with_damage = Pool(gives_way=False)
    try:
        look(harmful(tmp_path / "a.jpg", "late"), with_damage)
        look(save(tmp_path / "b.jpg"), with_damage)
    finally:
        with_damage.close()


@posix
def test_only_a_process_that_saw_nothing_else_blames_a_file(tmp_path: Path) -> None:
    both_damaged = Pool(gives_way=False)
    late = photo_files.identify(harmful(tmp_path / "a.jpg", "late"))
    try:
        with both_damaged.borrowed() as one, both_damaged.borrowed() as another:
            for process in (one, another):
                process.read_all([late])
                process.examine([0], Wanted())
        look(save(tmp_path / "b.jpg"), both_damaged)
    finally:
        both_damaged.close()


@posix
@pytest.mark.parametrize("what", ["SIGKILL", "SIGTERM"])
def test_what_was_ended_from_outside_is_tried_again_another_day(tmp_path: Path, what: str) -> None:
    error = reason(harmful(tmp_path / "a.jpg", what))
    assert (error.reason.code, error.lasting) == ("files.killed", False)


@pytest.mark.skipif(sys.platform != "linux", reason="no other system holds to the limit")
def test_memory_ends_in_the_process_and_not_in_the_machine(tmp_path: Path) -> None:
    error = reason(harmful(tmp_path / "a.jpg", "memory"))
    assert (error.reason.code, error.lasting) == ("files.memory", False)


def test_an_error_that_nobody_foresaw_is_told_with_its_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    error = reason(harmful(tmp_path / "a.jpg", "raise"))
    assert error.reason.text() == "cannot be analysed: operands could not be broadcast"
    assert not error.lasting
    assert "Traceback" in caplog.text
    assert str(tmp_path / "a.jpg") in caplog.text


@posix
def test_computing_for_too_long_ends(tmp_path: Path) -> None:
    error = reason(harmful(tmp_path / "a.jpg", "busy"))
    assert (error.reason.code, error.lasting) == ("files.slow", True)


def test_waiting_for_too_long_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 0)
    monkeypatch.setattr(pool, "TICK", 0.05)
    impatient = Pool(gives_way=False)
    try:
        with pytest.raises(NotExaminedError, match="too long"):
            look(harmful(tmp_path / "a.jpg", "sleep"), impatient)
    finally:
        impatient.close()


def test_what_decoders_say_goes_to_the_log_within_bounds(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    talkative = Pool(gives_way=False)
    look(harmful(tmp_path / "loud.tif.jpg", "chatter"), talkative)
    talkative.close()
    said = [m for m in caplog.messages if "TIFFReadDirectory: Warning" in m]
    assert 1 <= len(said) <= 40
    assert str(tmp_path / "loud.tif.jpg") in said[0]
    assert capfd.readouterr() == ("", "")


@posix
def test_a_process_beside_a_window_gives_way_to_it(tmp_path: Path) -> None:
    polite = Pool(gives_way=True)
    path = harmful(tmp_path / "a.jpg", "nice")
    try:
        mine = max(limits.NICE, os.getpriority(os.PRIO_PROCESS, 0))
        with pytest.raises(NotExaminedError, match=f"nice {mine}"):
            look(path, polite)
    finally:
        polite.close()


def test_one_process_is_used_again_and_ends_with_the_pool(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg")
    own = Pool(gives_way=False)
    try:
        first = look(path, own)
        assert look(path, own) is first
        with own.borrowed() as one, own.borrowed() as another:
            assert one is first
            assert another is not first
    finally:
        own.close()
    assert isinstance(first, Process)
    assert not first.is_alive


def test_a_process_that_takes_no_signal_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    own = Pool(gives_way=False)
    process = look(save(tmp_path / "a.jpg", 32, 32), own)
    assert isinstance(process, Process)
    wait = subprocess.Popen.wait

    def silent(_: object, timeout: float | None = None) -> int:
        assert timeout is not None, "it would wait for ever"
        raise subprocess.TimeoutExpired("decoder", timeout)

    monkeypatch.setattr(subprocess.Popen, "wait", silent)
    with caplog.at_level(logging.WARNING):
        own.close()
    monkeypatch.setattr(subprocess.Popen, "wait", wait)
    process._process.wait()
    assert "cannot be ended now" in caplog.text
    assert not process.is_alive


def test_whoever_waits_when_the_program_ends_is_told(tmp_path: Path) -> None:
    ending = Pool(gives_way=False)

    def work(process: Looks) -> None:
        process.read_all([photo_files.identify(harmful(tmp_path / "a.jpg", "sleep"))])
        ending.close()
        process.examine([0], Wanted())

    with pytest.raises(EndedError):
        ending.ask(work)


def test_where_no_process_starts_photos_are_looked_at_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python"))
    here = Pool(gives_way=False)
    assert isinstance(look(save(tmp_path / "a.jpg"), here), Examiner)
    assert "no other can be started" in caplog.text


ORPHAN = """
import sys
from pathlib import Path
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.isolation.examination import Wanted
from photo_organizer.engine.isolation.process import Process
process = Process(gives_way=False, giants=None)
process.read_all([photo_files.identify(Path(sys.argv[1]))])
print(process.number, flush=True)
process.examine([0], Wanted())
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="asks Linux")
def test_it_ends_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    path = harmful(tmp_path / "a.jpg", "sleep")
    with subprocess.Popen(
        [sys.executable, "-c", ORPHAN, path], stdout=subprocess.PIPE, cwd=REPOSITORY
    ) as parent:
        assert parent.stdout is not None
        handle = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    try:
        assert select.select([handle], [], [], 30)[0], "an orphan"
    finally:
        os.close(handle)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="asks Linux")
def test_processes_that_nobody_asks_end_but_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "TICK", 0.02)
    monkeypatch.setattr(pool, "IDLE", 0.02)
    own = Pool(gives_way=False)
    path = save(tmp_path / "a.jpg")
    try:
        with own.borrowed() as one, own.borrowed() as another:
            for process in (one, another):
                assert process.read(photo_files.identify(path))
        assert isinstance(one, Process)
        assert isinstance(another, Process)
        spare = os.pidfd_open(one.number), os.pidfd_open(another.number)
        ended, _, _ = select.select(spare, [], [], 30)
        assert len(ended) == 1
        for handle in spare:
            os.close(handle)
        assert look(path, own) in (one, another)
    finally:
        own.close()
