"""Kills real clean-ups and real undos with SIGKILL, and looks whether anything is lost."""

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from photo_organizer.engine.cleanup.events import Undone
from photo_organizer.engine.cleanup.journal import MoveState
from photo_organizer.engine.cleanup.trash import Trash
from tests.engine.albums import contents

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="only this trash lies in a folder of our choice"
)

KILLS = 60
COPIES = 25

DRIVER = """
import os, signal, sys, threading, time
from pathlib import Path
from photo_organizer.engine.cleanup.planning import plan
from photo_organizer.engine.cleanup.trash import Trash
from tests.engine.albums import group, photo, result

store, album = map(Path, sys.argv[1:])

def work(what, out):
    photos = [photo(path, i) for i, path in enumerate(sorted(album.iterdir()), 1)]
    trash = Trash(store)
    everything = result(photos, group(*range(1, len(photos) + 1)))
    os.write(out, b".")
    if what == "clean":
        events = trash.clean_up(plan(range(2, len(photos) + 1), everything), threading.Event())
    else:
        events = trash.undo(None, threading.Event())
    for event in events:
        os.write(out, b".")
    os._exit(0)

# One process imports, its children work and are killed: after so many events and microseconds.
for line in sys.stdin:
    what, events, delay = line.split()
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        work(what, into)
    os.close(into)
    for _ in range(int(events)):
        os.read(out, 1)
    end = time.perf_counter() + int(delay) / 1e6
    while time.perf_counter() < end:
        pass
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(out)
    print("killed" if os.WIFSIGNALED(status) else "finished", flush=True)
"""


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Copies of one photo with the same time, one of them named as no other system would."""
    folder = tmp_path / "album"
    folder.mkdir()
    names = [b"\xff.jpg", *(b"%02d.jpg" % i for i in range(COPIES - 1))]
    for name in names:
        path = folder / os.fsdecode(name)
        path.write_bytes(b"the same photo")
        os.utime(path, ns=(0, 1_700_000_000_000_000_000))
    return folder


@pytest.fixture
def driver(store: Path, album: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", DRIVER, str(store), str(album)]
    root = str(Path(__file__).parents[3])
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": root},
    ) as process:
        yield process


def kill(driver: "subprocess.Popen[str]", what: str, events: int, delay: int) -> bool:
    """Start a clean-up or an undo and kill it; False when it was faster and finished."""
    assert driver.stdin is not None
    assert driver.stdout is not None
    driver.stdin.write(f"{what} {events} {delay}\n")
    driver.stdin.flush()
    answer = driver.stdout.readline().strip()
    assert answer in ("killed", "finished")
    return answer == "killed"


def test_nothing_is_lost_whenever_the_program_is_killed(
    driver: "subprocess.Popen[str]", store: Path, album: Path, home: Path
) -> None:
    chance = random.Random(1)
    files = home / "share" / "Trash" / "files"
    before = contents(album)
    inodes = {path: path.stat().st_ino for path in before}
    kills = undo_kills = left_planned = rounds = 0
    while kills < KILLS:
        rounds += 1
        assert rounds < 5 * KILLS, "the work ends before it can be killed"
        events, delay = chance.randrange(COPIES), chance.randrange(1500)
        kills += kill(driver, "clean", events, delay)
        assert_nothing_lost(album, files, inodes)
        if chance.random() < 0.4:
            killed = kill(driver, "undo", chance.randrange(COPIES), chance.randrange(1500))
            kills += killed
            undo_kills += killed
            assert_nothing_lost(album, files, inodes)

        trash = Trash(store)
        settled = list(trash.recover())
        left_planned += bool(settled)
        for batch in trash.batches():
            assert batch.finished_at is not None
            assert MoveState.PLANNED not in batch.counts
        for event in trash.undo(None, threading.Event()):
            assert not isinstance(event, Undone) or event.stayed == 0

        assert contents(album) == before
        assert {path: path.stat().st_ino for path in inodes} == inodes  # each its own name
        assert contents(files.parent) == {}
    # The kills did come in the middle, of both.
    assert left_planned > KILLS / 4
    assert undo_kills > 0


def assert_nothing_lost(album: Path, files: Path, inodes: dict[Path, int]) -> None:
    """Every photo, told apart by its number on disk, is in its place or in the trash, whole."""
    places = [*album.iterdir(), *(files.iterdir() if files.exists() else ())]
    found = {place.stat().st_ino for place in places}
    assert found == set(inodes.values())
    for place in places:
        assert place.read_bytes() == b"the same photo"
        if place.parent == album:
            assert place.stat().st_ino == inodes[place]
