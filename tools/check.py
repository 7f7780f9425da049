"""Everything that must hold before a change is good: linter, types, layers, dependencies, tests.

Run with ``uv run tools/check.py``; further arguments go to pytest. The tests run on all cores
(``-n 0`` keeps them in one process), and the other checks beside them. Where Qt's system libraries
or fonts are missing, root on a Debian machine (a container, say) gets them installed; anybody else
is told the one command to run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from photo_organizer.qt_libraries import missing_fonts, missing_message, missing_packages

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("deptry", "."),
)
"""What needs no test: seconds each, so they run one after the other beside the tests."""

TESTS = ("pytest", "--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal")
"""More processes than four only import the same libraries more often."""


def install_qt_libraries() -> None:
    packages = [*missing_packages(x11=False), *missing_fonts()]
    if not packages:
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        message = missing_message(x11=False)
        if message is None:
            return  # only fonts: the tests that need them tell
        sys.exit(message)
    print("Installing what Qt needs:", *packages, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "-q", *command], check=True, stdout=subprocess.DEVNULL, env=quiet
        )


def main() -> int:
    install_qt_libraries()
    failed: list[str] = []
    beside = threading.Thread(target=check_without_tests, args=(failed,))
    beside.start()
    tests = (*TESTS, *sys.argv[1:])
    print("→", *tests, flush=True)
    with compiled_once() as environment:
        done = subprocess.run(
            [TOOLS / tests[0], *tests[1:]], cwd=ROOT, env=environment, check=False
        )
    if done.returncode:
        failed.append("pytest")
    beside.join()
    if failed:
        print("Failed:", ", ".join(failed))
    return 1 if failed else 0


@contextmanager
def compiled_once() -> Iterator[dict[str, str]]:
    """The environment for tests, in which Python keeps what it compiled.

    Where it was told not to (``PYTHONDONTWRITEBYTECODE``), each of the hundred processes that tests
    start would compile all libraries anew; there it is kept in a folder that goes with the tests.
    """
    environment = dict(os.environ)
    if not environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        yield environment
        return
    with tempfile.TemporaryDirectory(prefix="compiled-") as folder:
        yield environment | {"PYTHONPYCACHEPREFIX": folder}


def check_without_tests(failed: list[str]) -> None:
    """Run `CHECKS` and add to `failed` those that fail; each tells its whole answer at once."""
    for tool, *arguments in CHECKS:
        done = subprocess.run(
            [TOOLS / tool, *arguments],
            cwd=ROOT,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        print("→", tool, *arguments, f"\n{done.stdout}", flush=True)
        if done.returncode:
            failed.append(tool)


if __name__ == "__main__":
    sys.exit(main())
