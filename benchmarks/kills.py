"""Kills the real commands with SIGKILL at random moments, and looks whether anything is lost.

    uv run python -m benchmarks.kills [--kills 300] [--seed 1] [--minutes 15]

A small album of units (copies, a TIFF with pages, RAW, films, sidecars, links) is cleaned, undone,
recovered and exported, over and over. After each kill everything that any file held must be held by
a file that stays or lies in the trash; after recovery and undo the album must be as before, byte by
byte, and nothing half done may be left. The model is a stand-in, so that a run takes a moment.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.cleanup.events import Undone
from photo_organizer.engine.cleanup.journal import MoveState
from photo_organizer.engine.cleanup.trash import Trash
from photo_organizer.engine.export import copies
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import save, scene

COPIES = 12


@dataclass
class Figures:
    """What is told in the end."""

    kills: Counter[str] = field(default_factory=Counter)
    finished: Counter[str] = field(default_factory=Counter)
    halfway: int = 0
    """Kills that left a clean-up or an undo in the middle."""
    leftovers: int = 0
    """Kills after which something half done lay about; the next start tidied it."""


def main() -> int:
    """Run the kills; 1 when something was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=15.0)
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        os.environ |= {
            "XDG_DATA_HOME": str(home / "share"),
            paths.HOME_VARIABLE: str(home / "data"),
        }
        try:
            figures = _run(home, call.kills, random.Random(call.seed), call.minutes * 60)
        except AssertionError as error:
            print(f"LOST: {error}", file=sys.stderr)
            shutil.copytree(home, Path.cwd() / "kills-failed", symlinks=True, dirs_exist_ok=True)
            return 1
    for command in sorted(figures.kills | figures.finished):
        print(f"{command}: {figures.kills[command]} killed, {figures.finished[command]} finished")
    print(f"{figures.kills.total()} kills, {figures.halfway} of them in the middle of moving;")
    print(f"{figures.leftovers} left something half done, all of it tidied; nothing was lost")
    return 0


def _run(home: Path, kills: int, chance: random.Random, seconds: float) -> Figures:
    album, export = home / "album", home / "export"
    _make(album)
    (home / "share").mkdir()
    clean = ("clean", str(album), "--kind", "exact", "--kind", "same", "--yes")
    commands: Mapping[str, Callable[[], object]] = {
        "clean": lambda: run_command([*clean]),
        "clean into folders": lambda: run_command([*clean, "--use-folder"]),
        "undo": lambda: run_command(["undo"]),
        "recover": lambda: list(Trash(paths.store_path()).recover()),
        "export": lambda: run_command(["best", str(album), "--export", str(export)]),
    }
    lasts = {name: _time(work) for name, work in commands.items()}
    shutil.rmtree(export, ignore_errors=True)
    _undo_all()
    before, contents = _tree(album), _held(album)
    figures = Figures()
    end = time.monotonic() + seconds
    while figures.kills.total() < kills and time.monotonic() < end:
        cleaning = chance.choice(("clean", "clean into folders"))
        for name in (cleaning, *chance.choices(("undo", "recover", "export", ""), k=2)):
            if not name:
                continue
            # Most of a command is its start: half of the kills come among its moves or copies.
            if chance.random() < 0.5:
                moment = (chance.randrange(COPIES), chance.uniform(0.0, 0.003))
            else:
                moment = (0, chance.uniform(0.0, lasts[name]))
            if _killed(commands[name], *moment):
                figures.kills[name] += 1
            else:
                figures.finished[name] += 1
            _check(contents, home)
            figures.halfway += _is_halfway()
        figures.leftovers += bool(_half_done(home))
        list(Trash(paths.store_path()).recover())
        _check(contents, home)
        _undo_all()
        assert _tree(album) == before, _difference(_tree(album), before)
        assert not _half_done(home), f"half done: {_half_done(home)}"
        for copy in export.rglob("*") if export.exists() else ():
            assert copy.is_dir() or copy.read_bytes() in before.values(), f"not whole: {copy}"
        shutil.rmtree(export, ignore_errors=True)
    return figures


def _make(album: Path) -> None:
    """Copies with all that belongs to them, and photos of their own."""
    for seed in range(3):
        save(album / f"{seed}.jpg", width=320, height=240, seed=seed)
    pages = [Image.fromarray(scene(64, 48, seed=9 + page)) for page in range(3)]
    pages[0].save(album / "pages.tiff", save_all=True, append_images=pages[1:])
    for number in range(COPIES):
        folder = album / "copies" / f"{number % 3}"
        folder.mkdir(parents=True, exist_ok=True)
        photo = folder / f"{number}.jpg"
        shutil.copy2(album / f"{number % 2}.jpg", photo)
        if number % 3 == 0:
            photo.with_suffix(".mov").write_bytes(b"film")
            (album / f"{number % 2}.mov").write_bytes(b"film")
        if number % 4 == 1:
            photo.with_suffix(".aae").write_bytes(b"edit")
            (album / f"{number % 2}.aae").write_bytes(b"edit")
    shutil.copy2(album / "pages.tiff", album / "copies" / "pages.tiff")
    (album / "link.jpg").symlink_to(album / "2.jpg")
    (album / "hard.jpg").hardlink_to(album / "2.jpg")


def _child(work: Callable[[], object]) -> tuple[int, int]:
    """Start work in a process of its own, with everything imported already.

    Returns:
        The process, and what can be read: a byte for each of its events.
    """
    sys.stdout.flush()
    told, teller = os.pipe()
    child = os.fork()
    if child:
        os.close(teller)
        return child, told
    os.setsid()  # what it starts itself can be ended with it
    for name in ("clean_up", "undo", "recover"):
        setattr(Trash, name, _telling(getattr(Trash, name), teller))
    copies.copy_all = _telling(copies.copy_all, teller)
    status = 1
    with suppress(BaseException):
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        encoder = FakeEncoder()
        analysis.open_encoder = lambda _name, _device: encoder  # type: ignore[assignment,attr-defined]
        work()
        status = 0
    os._exit(status)


def _telling(
    events: Callable[..., Iterable[object]], teller: int
) -> Callable[..., Iterator[object]]:
    def told(*arguments: object, **named: object) -> Iterator[object]:
        os.write(teller, b".")
        for event in events(*arguments, **named):
            os.write(teller, b".")
            yield event

    return told


def _time(work: Callable[[], object]) -> float:
    """Seconds that work takes, the second time."""
    for _ in range(2):
        start = time.monotonic()
        child, told = _child(work)
        _, status = os.waitpid(child, 0)
        os.close(told)
        assert status == 0, "a command fails without being killed"
        seconds = time.monotonic() - start
    return seconds


def _killed(work: Callable[[], object], events: int, seconds: float) -> bool:
    """Start work and kill it so many seconds after so many events; False when it was faster."""
    child, told = _child(work)
    for _ in range(events):
        os.read(told, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(told)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)  # workers that it left
    return os.WIFSIGNALED(status)


def _undo_all() -> None:
    trash = Trash(paths.store_path())
    for _ in range(9):
        *_, last = trash.undo(None, threading.Event())
        if isinstance(last, Undone) and last.batch is None:
            return
    raise AssertionError("undo does not come to an end")


def _is_halfway() -> bool:
    batches = Trash(paths.store_path()).batches() if paths.store_path().exists() else []
    return any(
        batch.finished_at is None or batch.counts.get(MoveState.PLANNED) for batch in batches
    )


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): os.fsencode(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def _held(*folders: Path) -> Counter[tuple[int, bytes]]:
    """The real files in folders, told apart by their numbers, and what they hold."""
    found: Counter[tuple[int, bytes]] = Counter()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                found[path.stat().st_ino, path.read_bytes()] = 1
    return found


def _check(contents: Counter[tuple[int, bytes]], home: Path) -> None:
    missing = contents - _held(home / "album", home / "share")
    assert not missing, f"{len(missing)} files are nowhere"


def _half_done(home: Path) -> list[str]:
    """What interrupted work left: unfinished files, records and folders of the trash."""
    found = [path for path in home.rglob(".*.part") if path.is_file()]
    found += list((home / "data" / "unfinished").glob("*"))
    infos, files = (home / "share" / "Trash" / name for name in ("info", "files"))
    kept = {path.name for path in files.iterdir()} if files.is_dir() else set()
    if infos.is_dir():
        found += [p for p in infos.iterdir() if p.name.removesuffix(".trashinfo") not in kept]
    found += (home / "album").glob(f"{paths.TRASH_BESIDE} *")
    return [str(path.relative_to(home)) for path in found]


def _difference(now: Mapping[str, bytes], before: Mapping[str, bytes]) -> str:
    return f"there now: {sorted(now.keys() - before)}, missing: {sorted(before.keys() - now)}"


if __name__ == "__main__":
    sys.exit(main())
