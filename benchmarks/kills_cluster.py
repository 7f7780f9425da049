"""Kills whoever takes part in an analysis of several computers: is the store whole afterwards?

    uv run python -m benchmarks.kills_cluster [--kills 200] [--photos 150] [--seed 1]

A coordinator, two workers and the analysis are processes on this computer. At random moments one of
them is killed with SIGKILL and started again; an analysis that was killed goes on where it was.
Each time one ends, everything that the store knows must be what a run alone finds out, content by
content. The model is a stand-in and photos are tiny, so that a run takes a second.
"""

from __future__ import annotations

import argparse
import random
import socket
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from photo_organizer.engine import paths
from photo_organizer.engine.analysis import run
from photo_organizer.engine.cluster import certificates
from photo_organizer.engine.domain.computers import ClusterChoice
from tests.engine.cluster import worker_process
from tests.engine.cluster.stored import everything
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import encoded, save, scene

GIVEN_UP = 120.0
"""Seconds without an end, and without a kill, after which an analysis hangs."""


def main() -> int:
    """Run the kills; 1 when something was lost, 2 when something hangs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--photos", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-", ignore_cleanup_errors=True) as folder:
        return _run(Path(folder), asked.kills, asked.photos, random.Random(asked.seed))


def _run(folder: Path, kills: int, photos: int, chance: random.Random) -> int:
    album = _album(folder / "photos", photos)
    alone = _alone(album, folder / "alone")
    certificate = folder / "cluster.pem"
    certificates.make(certificate)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    choice = ClusterChoice(f"tls://127.0.0.1:{port}", certificate)
    home = folder / "home"
    start: dict[str, Callable[[], BaseProcess]] = {
        "coordinator": lambda: worker_process.coordinator(album, port, certificate),
        "worker": lambda: worker_process.worker(choice.address, album, certificate, name="one"),
        "other worker": lambda: worker_process.worker(
            choice.address, album, certificate, name="other"
        ),
        "analysis": lambda: worker_process.analysis(album, choice, home),
    }
    running = {name: begin() for name, begin in start.items()}
    killed: Counter[str] = Counter()
    finished = 0
    try:
        while killed.total() < kills:
            running["analysis"].join(chance.expovariate(1.0))
            if running["analysis"].exitcode is None:
                name = chance.choice(list(start))
                running[name].kill()
                running[name].join()
                running[name] = start[name]()
                killed[name] += 1
                continue
            if running["analysis"].exitcode or not _is_whole(home, alone):
                return 1
            finished += 1
            running["analysis"] = start["analysis"]()
        running["analysis"].join(GIVEN_UP)
        if running["analysis"].exitcode is None:
            print("The analysis hangs.")
            return 2
        if not _is_whole(home, alone):
            return 1
    finally:
        for process in running.values():
            process.kill()
    told = ", ".join(f"{name} {count}" for name, count in sorted(killed.items()))
    print(
        f"{killed.total()} kills ({told}), {finished + 1} analyses of {photos} photos: all whole."
    )
    return 0


def _album(folder: Path, photos: int) -> Path:
    for number in range(photos):
        save(folder / f"{number % 7}" / f"{number}.jpg", 32, 24, seed=number)
    (folder / "copy.jpg").write_bytes((folder / "0" / "0.jpg").read_bytes())
    (folder / "broken.jpg").write_bytes(encoded(scene(seed=77))[:500])
    return folder


def _alone(album: Path, home: Path) -> dict[str, list[object]]:
    """What one computer alone finds out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHOTO_ORGANIZER_HOME", str(home))
        worker_process.decode_in_this_process(patch)
        patch.setattr(run, "open_encoder", lambda _name, _device: FakeEncoder())
        list(run.analyze(run.Options((album,)), threading.Event()))
        return everything(paths.store_path())


def _is_whole(home: Path, alone: dict[str, list[object]]) -> bool:
    """Whether the store in a folder has all that one alone has; it is removed then."""
    (store,) = home.rglob("library.sqlite")
    found = everything(store)
    for table, rows in alone.items():
        if found[table] != rows:
            missing, more = len(set(rows) - set(found[table])), len(set(found[table]) - set(rows))
            print(f"{table}: {missing} rows are missing, {more} are other ones. See {store}")
            return False
    for file in store.parent.glob("library.sqlite*"):
        file.unlink()
    return True


if __name__ == "__main__":
    raise SystemExit(main())
