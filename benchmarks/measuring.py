"""What a command costs: seconds, processor time of all it starts, and memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.2
"""Seconds between two looks at the memory."""

_LAST_WORDS = 10.0
"""Seconds that are left to what a command has started and not waited for."""

_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    wall: float
    """Seconds until it ended."""
    cpu: float
    """Seconds of processor time, its own and that of all processes it started."""
    main: float
    """The most memory that its own process held, in MiB; 0 where that is not known."""
    memory: float
    """The most that it and its processes held at one time, in MiB, shared pages counted once."""
    status: int
    output: str
    """What it printed, errors too."""


def cost_of(
    command: Sequence[str | Path],
    environment: Mapping[str, str] | None = None,
    patience: float = 3600.0,
) -> Cost:
    """Run a command and measure it; exact on Linux, elsewhere without memory."""
    if sys.platform == "linux":  # orphans of the command become ours, and are counted
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(
        list(map(str, command)),
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    with _Watch(process.pid) as watch:
        try:
            output, _ = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
        wall = time.perf_counter() - start
    _wait_for_the_rest()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, watch.main, watch.all, process.returncode, output)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until it is left."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.main = self.all = 0.0
        self._process = process
        self._over = threading.Event()

    def __enter__(self) -> _Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            self.main = max(self.main, _field(self._process, "status", "VmHWM:"))
            members = [self._process, *descendants(self._process)]
            self.all = max(self.all, sum(_field(p, "smaps_rollup", "Pss:") for p in members))


def descendants(process: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    found = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, file.read_text().split()):
                found += [child, *descendants(child)]
    return found


def _field(process: int, file: str, name: str) -> float:
    """A number of kB in one of Linux's files about a process, in MiB; 0 where it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/{file}").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
    return 0.0


def _wait_for_the_rest() -> None:
    """Take in orphans, so that their time is counted; those that stay are ended."""
    deadline = time.monotonic() + _LAST_WORDS
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            if time.monotonic() > deadline:
                for process in descendants(os.getpid()):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
            time.sleep(0.02)
