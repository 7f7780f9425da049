"""How each step grows with the number of photos: time, memory, and the power of N it has.

    uv run python -m benchmarks.scale [--photos 10000 30000 100000]

Each size runs in a process of its own, on invented photos that a store knows (see known.py), of as
many dimensions as the starter has. An exponent of 1 means twice as long for twice as many photos,
2 four times. The goal is n log n everywhere but in the search for exact pairs, which is replaced by
an index above `pair_evidence.APPROXIMATE`; a slider and a star are answered within 200 ms at
100,000 photos.

    --answers  only what needs no embedding: the file of the last result, the index of a result,
               marking and rating all; that goes up to a million on a small machine
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from photo_organizer.engine.domain.results import Result
    from photo_organizer.engine.judging.judge import Judge

SIZES = (10_000, 30_000, 100_000)

ATTEMPTS = 3
"""Of the short steps; the quickest counts: other programs want the machine, too."""

Figures = dict[str, tuple[float, float, float]]
"""Of each step: seconds of processor time and of the clock, and the most MiB so far."""


class Stopwatch:
    """Notes what each step took."""

    def __init__(self) -> None:
        self.figures: Figures = {}

    def note(self, step: str, since: tuple[float, float]) -> tuple[float, float]:
        """A step that began then is over; now."""
        now = time.process_time(), time.perf_counter()
        self._keep(step, now[0] - since[0], now[1] - since[1])
        return now

    def _keep(self, step: str, computed: float, seconds: float) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        scale = 1024 if sys.platform == "linux" else 2**20
        self.figures[step] = computed, seconds, peak / scale

    def time(self, step: str, work: Callable[[], Any], attempts: int = 1) -> Any:
        """Do a step; what it answered."""
        quickest = math.inf, math.inf
        for _ in range(attempts):
            started, computed = time.perf_counter(), time.process_time()
            answer = work()
            took = time.process_time() - computed, time.perf_counter() - started
            quickest = min(quickest, took)
        self._keep(step, *quickest)
        return answer


def measure(count: int, folder: Path, answers: bool) -> Figures:
    """Take all steps with so many photos."""
    watch = Stopwatch()
    if answers:
        from benchmarks.grid import make_library

        result = watch.time("(inventing)", lambda: make_library(folder, count))
    else:
        result, judge = _open(count, folder, watch)
        _judge(judge, watch)
    _show(result, folder, watch)
    return watch.figures


def _open(count: int, folder: Path, watch: Stopwatch) -> tuple[Result, Judge]:
    """Open a library that is known."""
    from benchmarks.known import make_library
    from photo_organizer.engine.analysis.events import Finished, Listed, Progress, Stage
    from photo_organizer.engine.analysis.run import Options, analyze

    watch.time("(inventing)", lambda: make_library(folder, count))
    begin = last = time.process_time(), time.perf_counter()
    for event in analyze(Options((folder,), faces=False), threading.Event()):
        match event:
            case Listed(photos) if len(photos) == count:
                last = watch.note("all photos are listed", begin)
            case Progress(stage=Stage.JUDGING) if "what is known is read" not in watch.figures:
                last = watch.note("what is known is read", last)
            case Finished(result, judge):
                watch.note("judged for the first time", last)
                return result, judge
    raise RuntimeError("no result")


def _judge(judge: Judge, watch: Stopwatch) -> None:
    """Change what people change, and let it be judged again."""
    from photo_organizer.engine.browse.search import more_like, search
    from photo_organizer.engine.categories.catalog import Category, load_categories
    from photo_organizer.engine.domain.decisions import Decisions
    from photo_organizer.engine.domain.thresholds import Thresholds

    values = _numbers()
    thresholds, decisions = Thresholds(), Decisions()
    facts = judge.facts

    def slide(name: str) -> Callable[[], object]:
        usual = thresholds[name]
        return lambda: judge.judge(
            thresholds.with_change(name, usual - next(values) / 1000), decisions
        )

    def star() -> object:
        rated = facts.photos[int(next(values)) % len(facts)].content_hash
        return judge.judge(thresholds, replace(decisions, ratings={rated: 5}))

    def edit() -> object:
        name = f"kites {next(values)}"
        judge.offer([*load_categories(), Category(name, {}, ("kite",))])
        return judge.judge(thresholds, decisions)

    def find() -> object:
        photos = result.photos
        return search(
            "dog", photos, comparable=judge.comparable, facts=facts, matcher=judge.matcher
        )

    def like() -> object:
        chosen = [facts.photos[int(next(values))].id]
        return more_like(chosen, result.photos, comparable=judge.comparable, facts=facts)

    judge.judge(thresholds, decisions)
    watch.time("slider of duplicates", slide("duplicates.similar"), ATTEMPTS)
    watch.time("slider of a flaw", slide("quality.certainty.blur"), ATTEMPTS)
    watch.time("a star", star, ATTEMPTS)
    watch.time("another category", edit, ATTEMPTS)
    result = judge.judge(thresholds, decisions)
    watch.time("search for a word", find, ATTEMPTS)
    watch.time("more like a photo", like, ATTEMPTS)


def _numbers() -> Iterator[float]:
    """Numbers, each of which comes once."""
    number = 0
    while True:
        number += 1
        yield number


def _show(result: Result, folder: Path, watch: Stopwatch) -> None:
    """Keep the answers, and read them again; ask them what views ask."""
    from photo_organizer.engine.browse.sort_filter import Arrangement, Columns, Sorting, arrange
    from photo_organizer.engine.storage.snapshot import Snapshots
    from photo_organizer.ui.session.result_index import ResultIndex

    snapshots = Snapshots(folder / "snapshots")
    watch.time("last result is kept", lambda: snapshots.write(result, [folder]), ATTEMPTS)
    kept = watch.time("last result is read", lambda: snapshots.read([folder]), ATTEMPTS)
    for name, one in (("of an analysis", result), ("read", kept)):
        watch.time(f"index of a result {name}", lambda one=one: ResultIndex.of(one), ATTEMPTS)
    for sorting in (Sorting.DATE, Sorting.NAME, Sorting.SCORE):
        ids, wanted = list(kept.photos), Arrangement(sorting)
        watch.time(
            f"sorted by {sorting.value}",
            lambda ids=ids, wanted=wanted: arrange(ids, wanted, Columns(kept), frozenset()),
            ATTEMPTS,
        )


def table(sizes: list[int], figures: list[Figures]) -> str:
    """Processor seconds of each step at each size, the exponents between them, and the memory."""
    heads = [f"{size:,}" for size in sizes]
    growths = [f"exponent to {head}" for head in heads[1:]]
    last = f"{heads[-1]}: s by the clock | MiB so far |"
    lines = [
        " | ".join(["| step", *(f"{head}: CPU s" for head in heads), *growths, last]),
        "|".join(["", " --- ", *(" --- " for _ in (*heads, *growths)), " --- | --- ", ""]),
    ]
    for step in figures[0]:
        if not all(step in each for each in figures):
            continue
        seconds = [each[step][0] for each in figures]
        powers = [
            math.log(max(more, 1e-6) / max(less, 1e-6)) / math.log(size / before)
            for less, more, before, size in zip(
                seconds, seconds[1:], sizes, sizes[1:], strict=False
            )
        ]
        cells = [
            *(f"{one:.3f}" for one in seconds),
            *(f"{power:.2f}" for power in powers),
            f"{figures[-1][step][1]:.3f}",
            f"{figures[-1][step][2]:,.0f}",
        ]
        lines.append(f"| {step} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--answers", action="store_true", help="only what needs no embedding")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    call = parser.parse_args()
    if call.one:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            os.environ["PHOTO_ORGANIZER_HOME"] = home
            print(json.dumps(measure(call.photos[0], Path(home) / "photos", call.answers)))
        return
    figures = []
    for count in call.photos:
        same = ["--answers"] if call.answers else []
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.scale", "--one", "--photos", str(count), *same],
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        figures.append(json.loads(done.stdout.splitlines()[-1]))
        print(f"{count:,} photos are done", file=sys.stderr)
    print(table(list(call.photos), figures))


if __name__ == "__main__":
    main()
