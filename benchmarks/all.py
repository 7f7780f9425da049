"""The figures this program is held to, beside those of the last time on the same kind of machine.

    uv run python -m benchmarks.all PHOTOS [--rows small twelve …] [--keep]

PHOTOS is a folder of photos of any kind, a few hundred or more: albums are made of them (cut, toned
and mirrored, see `albums.py`). A row is what somebody waits for:

    again        the demo album a second time, unchanged
    small        400 photos of 500 pixels from nothing, and when the first one is known
    duplicates   the same with ``--only duplicates``
    twelve       40 photos of 12 megapixels
    share        the whole run over its decoder and encoder alone, see `throughput.py`
    large        `--large` photos of 640 pixels: first run, second run, a hundred new ones
    window       the longest gap of the window in a first analysis, see `responsiveness.py`
    start        from the command to a window, see `startup.py`
    bundle       the size of dist/photo-organizer, where one was built

Without ``--rows`` it takes all but `large`, ten minutes on two cores; `large` takes as long again
for each 10,000 photos. Processor time is of the whole command and all its processes: trust it more
than seconds, and ratios more than both. ``--repeats`` prints medians.

Each figure is printed beside the one in ``baselines.json`` of the same kind of machine (processor,
cores, what it can compute with); ``--keep`` writes those measured now in their place.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks import albums
from benchmarks.measuring import Cost, cost_of

ROOT = Path(__file__).resolve().parent.parent
BASELINES = Path(__file__).with_name("baselines.json")

FEATURES = ("avx2", "avx512f", "avx512_bf16", "amx_bf16", "asimd")
"""What makes one processor of a name another machine than its like."""

Figures = dict[str, float]
"""By what they measure, with the unit in the name."""

MORE_IS_BETTER = frozenset({"share"})


@dataclass(frozen=True)
class Bench:
    """What every row works with."""

    photos: Path
    scratch: Path
    large: int

    def album(self, name: str, count: int, side: int) -> Path:
        """An album, made when it is first asked for."""
        return albums.make(self.photos, self.scratch / f"{name}-{count}", count, side)

    def analyze(self, home: str, *folders: Path, more: tuple[str, ...] = ()) -> Cost:
        """One ``analyze`` with a data folder of a name."""
        answer = self.scratch / f"{home}.json"
        words = [sys.executable, "-m", "photo_organizer", "analyze", *folders, "--json", answer]
        cost = cost_of([*words, *more], {"PHOTO_ORGANIZER_HOME": str(self.scratch / home)})
        if cost.status:
            raise SystemExit(f"analyze failed: {cost.output[-2000:]}")
        return cost

    def from_nothing(self, *folders: Path, more: tuple[str, ...] = ()) -> Cost:
        """One ``analyze`` with an empty data folder."""
        shutil.rmtree(self.scratch / "empty", ignore_errors=True)
        return self.analyze("empty", *folders, more=more)


def again(bench: Bench) -> Figures:
    from photo_organizer.demo.album import demo_album_in

    album = demo_album_in(bench.scratch / "demo", "en")
    bench.analyze("demo-home", album)
    cost = bench.analyze("demo-home", album)
    return {"seconds": cost.wall, "CPU s": cost.cpu, "MiB": cost.memory}


def small(bench: Bench) -> Figures:
    album = bench.album("small", 400, 500)
    cost = bench.from_nothing(album)
    return {
        "seconds": cost.wall,
        "CPU ms a photo": 1000 * cost.cpu / 400,
        "MiB, main": cost.main,
        "MiB, all": cost.memory,
        "first photo s": first_photo(album),
    }


def duplicates(bench: Bench) -> Figures:
    album = bench.album("small", 400, 500)
    cost = bench.from_nothing(album, more=("--only", "duplicates"))
    return {"seconds": cost.wall, "CPU ms a photo": 1000 * cost.cpu / 400}


def twelve(bench: Bench) -> Figures:
    album = bench.album("twelve", 40, 4000)
    cost = bench.from_nothing(album)
    return {
        "seconds": cost.wall,
        "CPU ms a photo": 1000 * cost.cpu / 40,
        "MiB, all": cost.memory,
        "first photo s": first_photo(album),
    }


def share(_bench: Bench) -> Figures:
    printed = _printed("benchmarks.throughput", "--photos", "96")
    return {"share": _number(r"both on the same cores .*: ([\d.]+)", printed)}


def large(bench: Bench) -> Figures:
    count = bench.large
    album = bench.album("large", count, 640)
    new = albums.make(bench.photos, bench.scratch / "hundred", 100, 640, seed=10_000_000)
    shutil.rmtree(bench.scratch / "large-home", ignore_errors=True)
    first = bench.analyze("large-home", album)
    second = bench.analyze("large-home", album)
    more = bench.analyze("large-home", album, new)
    return {
        f"first of {count}: seconds": first.wall,
        f"first of {count}: CPU s": first.cpu,
        f"first of {count}: MiB, main": first.main,
        f"second of {count}: seconds": second.wall,
        f"second of {count}: CPU s": second.cpu,
        f"second of {count}: MiB, main": second.main,
        f"100 more in {count}: CPU s": more.cpu,
    }


def window(bench: Bench) -> Figures:
    album = bench.album("small", 400, 500)
    printed = _printed("benchmarks.responsiveness", str(album), "--views")
    return {
        "longest gap ms": _number(r"longest gap (\d+) ms", printed),
        "gaps over 50 ms": _number(r"(\d+) gaps over", printed),
    }


def start(_bench: Bench) -> Figures:
    printed = _printed("benchmarks.startup", "--runs", "3")
    return {"window s": _number(r"off screen +median ([\d.]+) s", printed)}


def bundle(_bench: Bench) -> Figures:
    folder = ROOT / "dist" / "photo-organizer"
    if not folder.is_dir():
        print("bundle: none was built (see build.spec)", file=sys.stderr)
        return {}
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    return {"MiB": sum(file.stat().st_size for file in files) / 2**20}


ROWS: dict[str, Callable[[Bench], Figures]] = {
    row.__name__: row
    for row in (again, small, duplicates, twelve, share, large, window, start, bundle)
}


def first_photo(album: Path) -> float:
    """Seconds from the start of a process to the first photo that can be shown."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.all", album, "--first", str(time.time())],
            env={**os.environ, "PHOTO_ORGANIZER_HOME": home},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    return float(done.stdout.split()[-1])


def tell_the_first(album: Path, since: float) -> None:
    """Analyse an album until the first photo is known, print the seconds, and end at once."""
    from photo_organizer.engine.analysis.events import Finished, Listed, Partial
    from photo_organizer.engine.analysis.run import Options, analyze

    cancel = threading.Event()
    for event in analyze(Options((album,)), cancel):
        photos: Mapping[int, object] = {}
        if isinstance(event, Listed):
            photos = event.photos
        elif isinstance(event, Partial | Finished):
            photos = event.result.photos
        if photos and not cancel.is_set():
            print(time.time() - since, flush=True)
            cancel.set()


def machine() -> str:
    """The kind of this machine: processor, cores, and what it can compute with."""
    name, flags = platform.processor() or platform.machine(), ""
    file = Path("/proc/cpuinfo")
    if file.exists():
        facts = dict(re.findall(r"^([^\t:]+?)\s*:\s*(.*)$", file.read_text(), re.MULTILINE))
        name = facts.get("model name", name)
        flags = facts.get("flags", facts.get("Features", ""))
    features = [feature for feature in FEATURES if feature in flags.split()]
    return ", ".join([name, f"{os.cpu_count()} cores", *features])


def _printed(module: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{module} failed: {done.stdout[-2000:]}")
    return done.stdout


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if found is None:
        raise SystemExit(f"no {pattern!r} in: {text[-2000:]}")
    return float(found.group(1))


def ratio(measure: str, now: float, before: float | None) -> str:
    """How many times the baseline a figure is, with what that means."""
    if not before:
        return "no baseline"
    value = now / before
    better = value > 1 if measure in MORE_IS_BETTER else value < 1
    return f"{value:.2f} ({'better' if better else 'worse'})" if abs(value - 1) > 0.02 else "1.00"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("photos", type=Path)
    usual = [row for row in ROWS if row != "large"]
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=usual, metavar="ROW")
    parser.add_argument("--large", type=int, default=10_000, metavar="N", help="photos of `large`")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--scratch", type=Path, help="keeps the albums for the next time")
    parser.add_argument("--keep", action="store_true", help="write the baseline of this machine")
    parser.add_argument("--first", type=float, help=argparse.SUPPRESS)
    call = parser.parse_args()
    if call.first:
        tell_the_first(call.photos, call.first)
        return
    known = json.loads(BASELINES.read_text()) if BASELINES.exists() else {}
    kind = machine()
    baseline = known.get(kind, {"rows": {}})
    when = "no baseline; --keep writes one"
    if baseline["rows"]:
        when = f"baseline of {baseline['date']}"
    print(f"{kind}: {when}\n")
    print("| row | measure | now | baseline | now / baseline |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        scratch = (call.scratch or Path(folder)).resolve()
        scratch.mkdir(parents=True, exist_ok=True)
        bench = Bench(call.photos.resolve(), scratch, call.large)
        for row in call.rows:
            runs = [ROWS[row](bench) for _ in range(call.repeats)]
            figures = {m: statistics.median(run[m] for run in runs) for m in runs[0]}
            before = baseline["rows"].get(row, {})
            for measure, now in figures.items():
                old = before.get(measure)
                shown = "" if old is None else f"{old:.3g}"
                print(f"| {row} | {measure} | {now:.3g} | {shown} | {ratio(measure, now, old)} |")
            sys.stdout.flush()
            if figures:
                rounded = {measure: round(value, 3) for measure, value in figures.items()}
                baseline["rows"][row] = before | rounded
    if call.keep:
        baseline["date"] = f"{datetime.now():%Y-%m-%d}"
        known[kind] = baseline
        BASELINES.write_text(json.dumps(known, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
