"""What several computers are worth together, and what ten million photos would need.

    uv run python -m benchmarks.cluster [--photos 200] [--workers 1 2 4 8 16 32 64] [--seconds 15]

Everything is the real program: the commands `cluster serve` and `cluster work`, `analyze` with its
walk, its store and its shards. In turns:

  real       one worker with one thread that decodes, then two, look at photos of 12 megapixels.
  simulated  from 1 to 64 workers that wait as long as a photo took before, and answer with invented
             facts of the true size. They live in one process beside everything else: what they
             cost counts against the coordinator.
  limit      the same with photos that take no time: what walk, shards, scheduler and store can do.
  ten million  each step of such a library, from what was measured here, and from benchmarks.scale
             (--scale, two sizes) for what grows faster than the photos do.

``--real``, ``--simulated``: only these.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from photo_organizer.engine.cluster.messages import Answer, Build, Introduction, Order, Shard
from photo_organizer.engine.domain.computers import ClusterChoice
from photo_organizer.engine.domain.facts import Exif

HASH = 16
LIBRARY = 10_000_000
START = 60.0
"""Seconds in which workers have surely joined."""


@dataclass(frozen=True)
class Run:
    """What one analysis took."""

    photos: int
    seconds: float
    """Until all facts were stored; what joining takes is left out."""
    walked: float
    """Seconds of these until the folders were walked."""
    cpu: float
    """Processor seconds of the analysing process."""
    network: int
    """Bytes over loopback, each counted once for each way it took."""
    disk: int
    """Bytes that the store takes afterwards."""

    @property
    def rate(self) -> float:
        """Photos a second."""
        return self.photos / self.seconds


# ---------------------------------------------------------------- a cluster on this machine


@contextmanager
def coordinator(root: Path, home: Path) -> Iterator[ClusterChoice]:
    """The command `cluster serve` on loopback, with TLS."""
    port = _free_port()
    certificate = home / "cluster.pem"
    command = ("serve", root, "--host", "127.0.0.1", "--port", port, "--certificate", certificate)
    with _program(home / "coordinator", "cluster", *command):
        _until(certificate.exists)
        yield ClusterChoice(f"tls://127.0.0.1:{port}", certificate, root)


@contextmanager
def worker(choice: ClusterChoice, home: Path) -> Iterator[None]:
    """The command `cluster work` with one thread that decodes."""
    assert choice.certificate is not None
    assert choice.root is not None
    with _program(
        home,
        *("cluster", "work", choice.address, "--root", choice.root),
        *("--certificate", choice.certificate, "--jobs", "1"),
    ):
        yield


@contextmanager
def _program(home: Path, *words: object) -> Iterator[None]:
    environment = {**os.environ, "PHOTO_ORGANIZER_HOME": str(home), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "photo_organizer", *map(str, words)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + START
    while not happens():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


# ---------------------------------------------------------------- invented workers


@dataclass
class Pretending:
    """Takes the place of a `Workplace`: waits as long as the photos would take."""

    cost: float
    """Seconds a photo."""
    dimension: int

    def introduce(self, _order: Order | None) -> Introduction:
        """Fit for everything."""
        return Introduction("pretending", Build(), "cpu")

    def hand_in(self, _run: str | None = None) -> None:
        """Whoever waits, waits on."""

    def look_at(self, shard: Shard, address: str, _tell: Callable[[int], None]) -> Answer:
        """Answer after as long as it would take; every photo is another one."""
        from photo_organizer.engine.pixels import fingerprints, measures
        from photo_organizer.engine.storage.store import Content

        time.sleep(self.cost * len(shard.files))
        noise = np.random.default_rng()
        count = len(shard.files)
        vectors = noise.normal(size=(count, self.dimension)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        prints = noise.integers(0, 256, (count, fingerprints.SIZE), np.uint8)
        measured = noise.random((count, len(measures.NAMES)), np.float32)
        exif = Exif(camera="Camera X", exposure_time=0.01, f_number=2.8, iso=200, fields=40)
        return Answer(
            number=shard.number,
            worker=address,
            seconds=self.cost * count,
            contents={
                place: Content(
                    noise.bytes(HASH), "JPEG", 4032, 3024, exif, measured[place], prints[place]
                )
                for place in range(count)
            },
            vectors=vectors.astype(np.float16),
            same={},
            unread={},
            unseen=(),
            faces={},
            faceless=(),
            awaiting=(),
            thumbnails={},
        )


def pretend(address: str, certificate: Path, count: int, cost: float) -> None:
    """Be so many invented workers until somebody ends this process."""
    from distributed import Worker
    from distributed.diagnostics.plugin import WorkerPlugin

    from photo_organizer.engine.cluster import certificates, dask_settings
    from photo_organizer.engine.cluster.looking_at import PLUGIN
    from photo_organizer.engine.cluster.messages import COMPUTER
    from photo_organizer.engine.cluster.working import SHARDS
    from photo_organizer.engine.proving.opening import open_encoder

    class Plugin(WorkerPlugin):
        name = PLUGIN
        workplace = Pretending(2 * cost, open_encoder("starter", "cpu").dimension)

    async def be() -> None:
        security = certificates.security_for(address, certificate)
        with tempfile.TemporaryDirectory() as folder:
            workers = [
                Worker(
                    address,
                    # Two shards at once, each of which takes twice as long: as real ones do.
                    nthreads=SHARDS,
                    name=f"pretending-{number}",
                    security=security,
                    memory_limit=0,
                    local_directory=folder,
                    dashboard_address=dask_settings.NO_PAGES,
                    plugins=(Plugin(),),
                    startup_information={COMPUTER: lambda _worker: "pretending"},
                )
                for number in range(count)
            ]
            await asyncio.gather(*workers)
            await asyncio.Event().wait()

    dask_settings.prepare()
    asyncio.run(be())


@contextmanager
def pretending(choice: ClusterChoice, count: int, cost: float) -> Iterator[None]:
    """So many invented workers in one process."""
    words = [choice.address, choice.certificate, count, cost]
    command = [sys.executable, "-m", "benchmarks.cluster", "--pretend", *map(str, words)]
    process = subprocess.Popen(command, env={**os.environ, "OMP_NUM_THREADS": "1"})
    try:
        yield
    finally:
        process.kill()
        process.wait()


# ---------------------------------------------------------------- one analysis


def analysed(choice: ClusterChoice, folder: Path, workers: int) -> Run:
    """Analyse a folder with a new store once so many workers are there; facts only."""
    import psutil

    from photo_organizer.engine import paths
    from photo_organizer.engine.analysis.events import Finished, Progress, Stage
    from photo_organizer.engine.analysis.run import Options, analyze
    from photo_organizer.engine.cluster.joining import joined

    with tempfile.TemporaryDirectory() as home:
        os.environ["PHOTO_ORGANIZER_HOME"] = home
        options = Options(
            (folder,), model="starter", faces=False, wanted=frozenset(), partial_results=False
        )
        with joined(choice, (folder,)) as computers:
            _until(lambda: len(computers.cluster.computers) == workers)
            sent = psutil.net_io_counters(pernic=True)["lo"].bytes_sent
            begin, cpu = time.perf_counter(), time.process_time()
            walked = stored = 0.0
            for event in analyze(options, threading.Event(), computers=computers):
                now = time.perf_counter() - begin
                match event:
                    case Progress(scanning=False) if not walked:
                        walked = now
                    case Progress(stage=Stage.JUDGING) if not stored:
                        stored = now
                    case Finished(_, judge):
                        count = len(judge.facts)
                        stored = stored or now
            cpu = time.process_time() - cpu
            network = psutil.net_io_counters(pernic=True)["lo"].bytes_sent - sent
            if computers.cluster.at_home:
                print(f"(this computer looked at {computers.cluster.at_home} itself)")
        disk = sum(one.stat().st_size for one in paths.store_path().parent.glob("*.sqlite*"))
        return Run(count, stored, walked, cpu, network, disk)


def make_files(folder: Path, count: int) -> Path:
    """So many small files that are called photos."""
    for number in range(count):
        path = folder / f"{number // 1000:05}" / f"IMG_{number:07}.jpg"
        if number % 1000 == 0:
            path.parent.mkdir(parents=True)
        path.write_bytes(number.to_bytes(8, "big"))
    return folder


# ---------------------------------------------------------------- the parts


def real(photos: int) -> float:
    """One and two real workers; seconds that one of them takes for a photo."""
    from benchmarks.throughput import make_photos

    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        album = home / "album"
        album.mkdir()
        make_photos(album, photos)
        choice = stack.enter_context(coordinator(album, home))
        runs = []
        for number in (1, 2):
            stack.enter_context(worker(choice, home / f"worker {number}"))
            analysed(choice, album, number)  # their models are loaded
            runs.append(analysed(choice, album, number))
    one, two = runs
    print(f"one worker   {one.rate:6.2f} photos/s")
    print(f"two workers  {two.rate:6.2f} photos/s, {two.rate / one.rate:.2f} times as many")
    print(f"network      {two.network / two.photos / 1000:6.2f} kB a photo, all ways together")
    return 1 / one.rate


def simulated(counts: Sequence[int], cost: float, seconds: float) -> Run:
    """From one invented worker to many, then what the coordinator can do; that run."""
    print(f"\n{cost * 1000:.0f} ms a photo")
    print("| workers | photos | photos/s | efficiency |\n| ---: | ---: | ---: | ---: |")
    alone = 0.0
    for count in counts:
        run = _invented(count, cost, max(512, round(seconds * count / cost)))
        alone = alone or run.rate / count
        share = run.rate / count / alone
        print(f"| {count} | {run.photos:,} | {run.rate:,.1f} | {share:.2f} |", flush=True)
    limit = _invented(8, 0.0, 40_000)
    print(f"\nlimit: {limit.rate:,.0f} photos/s with photos that take no time, 8 workers")
    print(f"       {limit.cpu / limit.photos * 1000:.2f} ms of the analysing process a photo")
    print(f"       {limit.network / limit.photos / 1000:.2f} kB a photo over loopback, all ways")
    print(f"       {limit.disk / limit.photos / 1000:.2f} kB a photo in the store")
    return limit


def _invented(workers: int, cost: float, photos: int) -> Run:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        album = make_files(home / "album", photos)
        with coordinator(album, home) as choice, pretending(choice, workers, cost):
            return analysed(choice, album, workers)


Figures = dict[str, tuple[float, float, float]]
"""See `benchmarks.scale`: seconds of processor time and of the clock, and the most MiB so far."""

JUDGED = (
    "all photos are listed",
    "what is known is read",
    "judged for the first time",
    "slider of duplicates",
    "slider of a flaw",
    "a star",
    "search for a word",
)
"""Steps of `benchmarks.scale` that a library of ten million would have to take."""


def scaled(sizes: Sequence[int]) -> list[tuple[int, Figures]]:
    """What steps take that need all photos at once, at two sizes."""
    figures = []
    for size in sizes:
        command = ["-m", "benchmarks.scale", "--one", "--photos", str(size)]
        done = subprocess.run(
            [sys.executable, *command], stdout=subprocess.PIPE, check=True, text=True
        )
        figures.append((size, json.loads(done.stdout.splitlines()[-1])))
    return figures


def ten_million(limit: Run, cost: float, figures: Sequence[tuple[int, Figures]]) -> str:
    """What each step would need: measured units times ten million, growth as between two sizes."""
    (less, few), (more, many) = figures
    each = LIBRARY / limit.photos
    lines = [
        f"{LIBRARY:,} photos, from {limit.photos:,} and from {less:,} and {more:,}",
        "| step | measured | ten million |",
        "| --- | --- | --- |",
        _line("folders walked, nothing known", limit.walked, limit.photos, limit.walked * each),
        *(
            _line(f"looked at by {number} threads", cost / number, 1, cost / number * LIBRARY)
            for number in (1, 8, 64)
        ),
        _line("sent, received, stored", limit.seconds, limit.photos, limit.seconds * each),
    ]
    for step in JUDGED:
        before, after = few[step][0], many[step][0]
        power = math.log(max(after, 1e-6) / max(before, 1e-6)) / math.log(more / less)
        last = after * (LIBRARY / more) ** power
        lines.append(_line(f"{step} (exponent {power:.2f})", after, more, last))
    memory = (many[JUDGED[2]][2] - few[JUDGED[2]][2]) / (more - less)
    lines += [
        f"| memory while judging | {memory * 1024:.1f} KiB a photo "
        f"| {memory * LIBRARY / 1024:,.0f} GiB |",
        f"| store on disk | {limit.disk / limit.photos / 1000:.2f} kB a photo "
        f"| {limit.disk * each / 1e9:,.0f} GB |",
        f"| network | {limit.network / limit.photos / 1000:.2f} kB a photo, all ways "
        f"| {limit.network * each / 1e9:,.0f} GB |",
    ]
    return "\n".join(lines)


def _line(step: str, seconds: float, photos: int, all_of_them: float) -> str:
    unit, divisor = ("h", 3600) if all_of_them > 3600 else ("s", 1)
    return (
        f"| {step} | {seconds:.3g} s for {photos:,} | {all_of_them / divisor:,.1f} {unit}"
        f"{f' ({all_of_them / 86400:,.1f} days)' if all_of_them > 2 * 86400 else ''} |"
    )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=200, help="of the real part")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8, 16, 32, 64])
    parser.add_argument("--seconds", type=float, default=15.0, help="of each simulated run")
    parser.add_argument("--cost", type=float, help="seconds a photo, instead of measuring them")
    parser.add_argument("--scale", type=int, nargs=2, default=[10_000, 30_000], metavar="N")
    parser.add_argument("--real", action="store_true", help="only one and two real workers")
    parser.add_argument("--simulated", action="store_true", help="nothing about ten million")
    parser.add_argument("--pretend", nargs=4, help=argparse.SUPPRESS)
    call = parser.parse_args()
    if call.pretend:
        address, certificate, count, cost = call.pretend
        pretend(address, Path(certificate), int(count), float(cost))
        return
    cost = call.cost or real(call.photos)
    if call.real:
        return
    limit = simulated(call.workers, cost, call.seconds)
    if not call.simulated:
        print(f"\n{ten_million(limit, cost, scaled(call.scale))}")


if __name__ == "__main__":
    main()
