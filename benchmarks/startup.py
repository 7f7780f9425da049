"""Time from the start of the command to a window on the screen.

    python benchmarks/startup.py [FOLDER] [--runs 7]

Starts the real command, ``python -m photo_organizer FOLDER``, with a data folder of its own: off
screen, and on a virtual X server where there is one (Xvfb). It ends when the log says that the
window was painted. An untimed run before the others warms the disk and compiles the modules, as
an installation does. FOLDER defaults to an empty one; the goal is 1 s.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

PATIENCE = 60.0
"""Seconds after which a window counts as never shown."""


def seconds_to_window(folder: Path, environment: Mapping[str, str]) -> tuple[float, bool]:
    """Start the program once; how long its window took, and whether torch was there before it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        log = Path(home) / "photo-organizer.log"
        start = time.time()
        process = subprocess.Popen(
            [sys.executable, "-m", "photo_organizer", str(folder)],
            env={**environment, "PHOTO_ORGANIZER_HOME": home, "XDG_CONFIG_HOME": home},
        )
        try:
            while time.time() - start < PATIENCE and process.poll() is None:
                line = _line(log, "window is visible")
                if line:
                    has_torch = "libtorch" in _maps(process.pid)
                    return _written(line) - start, has_torch
                time.sleep(0.02)
        finally:
            process.kill()
            process.wait()
    sys.exit("No window was shown.")


def _line(log: Path, text: str) -> str:
    if not log.exists():
        return ""
    return next((line for line in log.read_text().splitlines() if text in line), "")


def _written(line: str) -> float:
    return datetime.strptime(line[:23], "%Y-%m-%d %H:%M:%S,%f").timestamp()


def _maps(process: int) -> str:
    maps = Path(f"/proc/{process}/maps")
    return maps.read_text() if maps.exists() else ""


@contextmanager
def virtual_display() -> Iterator[str]:
    """The name of a fresh X display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(writing)
        with os.fdopen(reading) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def report(name: str, folder: Path, runs: int, environment: Mapping[str, str]) -> None:
    """Print the times of several starts."""
    seconds_to_window(folder, environment)
    taken = [seconds_to_window(folder, environment) for _ in range(runs)]
    times = [seconds for seconds, _ in taken]
    torch = "torch loaded BEFORE it" if any(early for _, early in taken) else "torch not loaded"
    print(
        f"{name:12} median {statistics.median(times):.2f} s, best {min(times):.2f} s, "
        f"worst {max(times):.2f} s; {torch}"
    )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--runs", type=int, default=7)
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        empty = Path(scratch) / "photos"
        empty.mkdir()
        folder = (call.folder or empty).absolute()
        inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        base = {**inherited, "PYTHONPYCACHEPREFIX": f"{scratch}/compiled"}
        # The command asks for a display before Qt does; off screen any name will do.
        off_screen = {**base, "QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":none"}
        report("off screen", folder, call.runs, off_screen)
        if shutil.which("Xvfb"):
            with virtual_display() as display:
                report(
                    "Xvfb",
                    folder,
                    call.runs,
                    {**base, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display},
                )


if __name__ == "__main__":
    main()
