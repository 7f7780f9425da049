"""Everything that must hold before a change is good: linter, types, layers, tests.

Run with ``uv run tools/check.py``; further arguments go to pytest. Where Qt's system libraries or
fonts are missing, root on a Debian machine (a container, say) gets them installed; anybody else is
told the one command to run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from photo_organizer.qt_libraries import missing_fonts, missing_message, missing_packages

ROOT = Path(__file__).resolve().parent.parent

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)


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
    tools = Path(sys.executable).parent
    failed = []
    for tool, *arguments in (*CHECKS, ("pytest", *sys.argv[1:])):
        print("→", tool, *arguments, flush=True)
        if subprocess.run([tools / tool, *arguments], cwd=ROOT, check=False).returncode:
            failed.append(tool)
    if failed:
        print("Failed:", ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
