"""Workers as processes that can be killed, forked from one that has all they need loaded.

Photos are decoded within them: a process of its own for that would take a second of each test.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

import distributed  # noqa: F401 - loaded once, for all workers
import pytest

from photo_organizer.cli import main
from photo_organizer.engine import paths
from photo_organizer.engine.analysis import run
from photo_organizer.engine.cluster import cutting, dask_settings, serving, working, workplace
from photo_organizer.engine.cluster import looking_at as _loaded_ahead  # noqa: F401
from photo_organizer.engine.cluster.joining import joined
from photo_organizer.engine.domain.computers import ClusterChoice
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.isolation.examination import Examiner, Seen, Wanted
from photo_organizer.engine.isolation.pool import Pool
from photo_organizer.engine.isolation.process import NotExaminedError
from tests.engine.faces_made import face
from tests.engine.fakes import FakeEncoder

FORKS = sys.platform != "win32"
"""Whether this system can fork; loading everything for each worker takes too long for a test."""


class InThisProcess(Examiner):
    """Looks into photos as a process of its own would, but sees one face in each of them."""

    def examine(self, places: Sequence[int], wanted: Wanted) -> list[Seen | UnreadableError]:
        return [
            NotExaminedError(seen.reason, lasting=True)
            if isinstance(seen, UnreadableError)
            else seen
            for seen in super().examine(places, wanted)
        ]

    def faces(self) -> tuple[Face, ...]:
        return (face(left=len(self._data) % 7 / 10),)


@contextmanager
def _borrowed(_pool: Pool, *, fresh: bool = False) -> Iterator[InThisProcess]:
    yield InThisProcess()


def decode_in_this_process(patch: pytest.MonkeyPatch) -> None:
    """Have photos decoded in this process from now on."""
    patch.setattr(Pool, "borrowed", _borrowed)
    patch.setattr(Pool, "warm_up", lambda *_: None)


class SlowEncoder(FakeEncoder):
    """Takes a moment for each photo, so that a worker can be killed before it is done."""

    batch_size = 1

    def embed_images(self, batch):
        time.sleep(0.01)
        return super().embed_images(batch)


def _work(address: str, root: Path, certificate: Path | None, name: str) -> None:
    patch = pytest.MonkeyPatch()  # for good: this process is nothing else
    decode_in_this_process(patch)
    patch.setattr(workplace, "open_encoder", lambda _name, _device, **_: SlowEncoder())
    patch.setattr(working, "AGAIN", 0.1)
    cancel = threading.Event()
    for _event in working.work(address, root, cancel, certificate=certificate, name=name, jobs=1):
        pass


def _serve(root: Path, port: int, certificate: Path) -> None:
    options = {"host": "127.0.0.1", "port": port, "certificate": certificate}
    for _event in serving.serve(root, threading.Event(), **options):
        pass


def _analyze(folder: Path, choice: ClusterChoice, home: Path) -> None:
    patch = pytest.MonkeyPatch()
    patch.setenv("PHOTO_ORGANIZER_HOME", str(home))
    paths.use_instead(None)
    decode_in_this_process(patch)
    patch.setattr(run, "open_encoder", lambda _name, _device: FakeEncoder())
    few_files_a_shard(patch)
    with joined(choice, (folder,), patient=True) as others:
        for _event in run.analyze(run.Options((folder,)), threading.Event(), computers=others):
            pass


def _command(words: Sequence[str], home: Path, told: Path) -> None:
    patch = pytest.MonkeyPatch()
    patch.setenv("PHOTO_ORGANIZER_HOME", str(home))
    paths.use_instead(None)
    decode_in_this_process(patch)
    patch.setattr(workplace, "open_encoder", lambda _name, _device, **_: FakeEncoder())
    with told.open("w") as file:
        patch.setattr(sys, "stdout", file)
        patch.setattr(sys, "stderr", file)
        sys.exit(main.run_command(words))


def few_files_a_shard(patch: pytest.MonkeyPatch) -> None:
    """Have even small albums sent in many shards."""
    for name, value in (("FIRST", 4), ("LEAST", 2), ("WORK", 0.1)):
        patch.setattr(cutting, name, value)


def worker(address: str, root: Path, certificate: Path, *, name: str) -> BaseProcess:
    """A worker in a process of its own; kill it at the end."""
    return _forked(_work, address, root, certificate, name)


def coordinator(root: Path, port: int, certificate: Path) -> BaseProcess:
    """A coordinator in a process of its own; kill it at the end."""
    return _forked(_serve, root, port, certificate)


def analysis(folder: Path, choice: ClusterChoice, home: Path) -> BaseProcess:
    """An analysis in a process of its own, which remembers things in a folder."""
    return _forked(_analyze, folder, choice, home)


def command(*words: object, home: Path, told: Path) -> BaseProcess:
    """A command of the program in a process of its own; what it says goes to a file."""
    return _forked(_command, [str(word) for word in words], home, told)


def _forked(work: Callable[..., None], *arguments: object) -> BaseProcess:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


dask_settings.prepare()
