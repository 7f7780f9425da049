"""Speed and scale of finding duplicates; prints ratios and recall. Run by hand, it takes minutes.

    python benchmarks/duplicates.py [dbscan] [regroup] [pairs] [recall] [million]

Without arguments everything but ``million`` runs. All data are synthetic.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Exif, Facts, FileIdentity, Photo
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.grouping import PairEvidence, find_pairs, group
from photo_organizer.engine.encoders.similarity import (
    Pairs,
    nearest_pairs,
    pairs_above,
)
from photo_organizer.engine.flows import duplicates
from photo_organizer.engine.pixels.fingerprints import FIELDS, SIDE
from photo_organizer.engine.pixels.measures import NAMES


def synthetic_embeddings(count: int, dimension: int = 512, seed: int = 0) -> NDArray[np.float32]:
    """Unit rows like those of photos: themes, and in a third of them takes of one scene."""
    random = np.random.default_rng(seed)
    themes = random.normal(size=(max(count // 200, 1), dimension)).astype(np.float32)
    rows = themes[random.integers(0, len(themes), count)]
    rows = 0.7 * rows + random.normal(size=(count, dimension)).astype(np.float32)
    takes = random.integers(0, count, count // 3)
    originals = random.integers(0, count, count // 3)
    rows[takes] = rows[originals] + 0.3 * random.normal(size=(len(takes), dimension))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32)


def synthetic_facts(count: int, *, dimension: int = 64) -> Facts:
    """Facts of photos of which a third are copies of others."""
    random = np.random.default_rng(1)
    fields = np.zeros(count, FIELDS)
    coarse = random.integers(0, 255, (count, SIDE // 4, SIDE // 4), dtype=np.uint8)
    copies = np.arange(0, count, 3)
    coarse[copies[1:]] = coarse[copies[1:] - 1]
    noise = random.integers(0, 4, (count, SIDE, SIDE), dtype=np.uint8)
    fields["grey"] = np.minimum(coarse.repeat(4, axis=1).repeat(4, axis=2), 250) + noise
    embeddings = synthetic_embeddings(count, dimension)
    embeddings[copies[1:]] = embeddings[copies[1:] - 1]
    photos = [
        Photo(
            id=row + 1,
            identity=FileIdentity(Path(f"/photos/{row % 500}/{row}.jpg"), 1, row, 1 << 20, row),
            content_hash=row.to_bytes(16, "big"),
            format="JPEG",
            width=4000,
            height=3000,
            exif=Exif(fields=row % 7),
        )
        for row in range(count)
    ]
    fingerprints = fields.view(np.uint8).reshape(count, FIELDS.itemsize)
    return Facts(photos, embeddings, np.zeros((count, len(NAMES)), np.float32), fingerprints)


T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    answer = work()
    return answer, time.perf_counter() - start


def dbscan(count: int = 20_000) -> None:
    from sklearn.cluster import DBSCAN

    embeddings = synthetic_embeddings(count)
    ours, our_time = timed(lambda: duplicates.dbscan(embeddings, 0.1, 2))
    theirs, their_time = timed(
        lambda: DBSCAN(eps=0.1, min_samples=2, metric="cosine").fit(embeddings).labels_
    )
    print(
        f"dbscan   {count} vectors: scikit-learn {their_time:.1f} s, ours {our_time:.1f} s, "
        f"{their_time / our_time:.1f} times as fast, same labels: {bool((ours == theirs).all())}"
    )


def watched(work: Callable[[], T]) -> tuple[T, float, float]:
    """The answer, the seconds, and the GiB of memory it took beyond what was in use before."""
    before = _resident()
    peak, stop = [before], threading.Event()

    def watch() -> None:
        while not stop.wait(0.02):
            peak[0] = max(peak[0], _resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    answer, seconds = timed(work)
    stop.set()
    watcher.join()
    return answer, seconds, (peak[0] - before) / 2**30


def pairs(count: int = 100_000) -> None:
    embeddings = synthetic_embeddings(count)
    found, seconds, memory = watched(lambda: pairs_above(embeddings, 0.5, nearest=12))
    print(
        f"pairs    {count} vectors: {len(found)} candidate pairs in {seconds:.0f} s, "
        f"{memory:.2f} GiB of extra memory"
    )


def regroup(count: int = 100_000) -> None:
    facts = synthetic_facts(count)
    evidence, seconds, memory = watched(lambda: find_pairs(facts))
    print(
        f"evidence {count} photos: {len(evidence)} pairs in {seconds:.0f} s, "
        f"{memory:.2f} GiB of extra memory"
    )
    times = [_regroup_once(evidence, facts, 0.7 + 0.02 * turn) for turn in range(5)]
    groups = times[-1][1]
    print(f"regroup  {count} photos, {groups} groups: {1000 * min(t for t, _ in times):.0f} ms")


def _regroup_once(evidence: PairEvidence, facts: Facts, same: float) -> tuple[float, int]:
    thresholds = Thresholds().with_change("duplicates.same", same)
    flaws = np.zeros((len(facts), len(Flaw)), np.float32)
    scores = np.linspace(0, 1, len(facts), dtype=np.float32)
    groups, seconds = timed(lambda: group(evidence, facts, thresholds, Decisions(), flaws, scores))
    return seconds, len(groups)


def recall(count: int = 50_000, threshold: float = 0.8) -> None:
    for dimension in (128, 512):
        embeddings = synthetic_embeddings(count, dimension)
        exact, exact_time = timed(lambda rows=embeddings: pairs_above(rows, threshold))
        near, near_time = timed(lambda rows=embeddings: nearest_pairs(rows, threshold))
        share = np.isin(_keys(exact, count), _keys(near, count)).mean()
        print(
            f"recall   {count} vectors of {dimension}, pairs above {threshold}: {share:.4f} of "
            f"{len(exact)}; index {near_time:.0f} s, exact {exact_time:.0f} s"
        )


def million(count: int = 1_000_000, threshold: float = 0.8, asked: int = 2000) -> None:
    embeddings = synthetic_embeddings(count, 128)
    near, seconds, memory = watched(lambda: nearest_pairs(embeddings, threshold))
    # Rows stand in no order, so that the first ones are as good a sample as any.
    exact = [
        measured_against_all(embeddings, np.arange(start, start + 100), threshold)
        for start in range(0, asked, 100)
    ]
    keys = np.unique(np.concatenate(exact))
    share = np.isin(keys, _keys(near, count)).mean()
    print(
        f"million  {count} vectors of 128: {len(near)} pairs in {seconds:.0f} s, {memory:.2f} GiB "
        f"of extra memory, {share:.4f} of the {len(keys)} pairs of {asked} photos"
    )


def measured_against_all(
    embeddings: NDArray[np.float32], rows: NDArray[np.intp], threshold: float
) -> NDArray[np.int64]:
    """Keys of all pairs of some rows with any others, by the whole product."""
    one, two = np.nonzero(embeddings[rows] @ embeddings.T >= threshold)
    one, two = rows[one].astype(np.int64), two.astype(np.int64)
    different = one != two
    return (np.minimum(one, two) * len(embeddings) + np.maximum(one, two))[different]


def _keys(pairs: Pairs, count: int) -> NDArray[np.int64]:
    return pairs.first.astype(np.int64) * count + pairs.second


def _resident() -> int:
    """Bytes of memory in use; the highest so far where /proc does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return pages * resource.getpagesize()


if __name__ == "__main__":
    parts = {f.__name__: f for f in (dbscan, regroup, pairs, recall, million)}
    for name in sys.argv[1:] or [name for name in parts if name != "million"]:
        # A process each: what one has freed must not hide what the next one needs.
        process = multiprocessing.get_context("spawn").Process(target=parts[name])
        process.start()
        process.join()
