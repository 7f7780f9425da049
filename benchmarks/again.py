"""What judging again costs in a large library: after a slider, a star, another decision.

    uv run python -m benchmarks.again [--photos 10000 100000]

Invents photos, one in ten another shot of the one before, and compares them in blocks of 1,000
only: all with all would take hours, and judging again does not depend on how pairs were found.
Prints processor seconds, the best of three.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from photo_organizer.engine.domain.facts import Facts
    from photo_organizer.engine.duplicates.pair_evidence import PairEvidence
    from photo_organizer.engine.judging.judge import Judge

BLOCK = 1_000
ATTEMPTS = 3


def invent(photos: int, dimension: int) -> Facts:
    """So many photos; nothing is written."""
    from photo_organizer.engine.domain.facts import Exif, Facts, FileIdentity, Photo
    from photo_organizer.engine.pixels import fingerprints, measures
    from photo_organizer.engine.quality.models import typical

    noise = np.random.default_rng(7)
    usual = np.array([typical().get(name, 0.0) for name in measures.NAMES], np.float32)
    measured = np.tile(usual, (photos, 1))
    measured[5::10] = noise.random(measured[5::10].shape, np.float32)
    vectors = noise.random((photos, dimension), np.float32) ** 4
    vectors[9::10] = vectors[8::10] + vectors[9::10] / 20
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    coarse = noise.integers(0, 255, (photos, 6, 6), np.uint8)
    prints = np.zeros(photos, fingerprints.FIELDS)
    prints["colour"], prints["aspect"] = 128, 1.5
    begin, known = datetime(2016, 1, 1), []
    for i in range(photos):
        scene = coarse[i - 1 if i % 10 == 9 else i].astype(np.float32)
        # More and less alike, so that a slider lets some go.
        grey = scene.repeat(8, 0).repeat(8, 1) + noise.normal(0, 4 + i % 100 / 25, (48, 48))
        prints["grey"][i] = np.clip(grey, 0, 255)
        path = Path(f"/invented/{i // 500:03}/IMG_{i:05}.jpg")
        exif = Exif(begin + timedelta(hours=i), camera="Camera X")
        identity, content = FileIdentity(path, 1, i + 1, 8, 1), i.to_bytes(16, "big")
        known.append(Photo(i + 1, identity, content, "JPEG", 6000, 4000, exif))
    looks = np.frombuffer(prints.tobytes(), np.uint8).reshape(photos, -1)
    return Facts(known, vectors, measured, looks)


def compare(facts: Facts) -> PairEvidence:
    """The pairs within each block."""
    from photo_organizer.engine.domain.facts import Facts
    from photo_organizer.engine.duplicates.held import Held
    from photo_organizer.engine.duplicates.keepers import Traits
    from photo_organizer.engine.duplicates.noise import NoiseGap
    from photo_organizer.engine.duplicates.pair_evidence import PairEvidence, find_pairs

    starts = range(0, len(facts), BLOCK)
    columns = (facts.photos, facts.embeddings, facts.measures, facts.fingerprints)
    parts = [find_pairs(Facts(*(c[at : at + BLOCK] for c in columns))) for at in starts]

    def joined(name: str) -> Any:
        found: list[Any] = [getattr(part, name) for part in parts]
        if name in {"first", "second", "content", "leader"}:
            found = [rows + np.int32(at) for at, rows in zip(starts, found, strict=True)]
        if isinstance(found[0], NoiseGap):
            return found[0].followed_by(*found[1:])
        if isinstance(found[0], Traits):
            return Traits(
                *(np.concatenate([getattr(t, each.name) for t in found]) for each in fields(Traits))
            )
        return np.concatenate(found)

    alone = {
        "held": Held(facts),
        "sequences": (),
        "sequence": np.full(len(facts), -1, np.int32),
    }
    names = [each.name for each in fields(PairEvidence)]
    return PairEvidence(**alone, **{name: joined(name) for name in names if name not in alone})


def make_judge(photos: int) -> Judge:
    """Knows what comparing so many photos says."""
    from photo_organizer.engine.categories.catalog import load_categories
    from photo_organizer.engine.judging.judge import Judge
    from photo_organizer.engine.proving.opening import open_encoder

    encoder = open_encoder("auto", "cpu")
    facts = invent(photos, encoder.dimension)
    evidence = compare(facts)
    alike = np.arange(photos, dtype=np.int32)
    alike[evidence.second] = evidence.first
    judge = Judge(facts, (), encoder, offered=load_categories())
    vars(judge).update(_evidence=evidence, _alike=alike)
    return judge


def measure(photos: int) -> dict[str, float]:
    """Processor seconds of each step."""
    from photo_organizer.engine.domain.decisions import Contents, Decisions, contents
    from photo_organizer.engine.domain.thresholds import Thresholds

    judge, numbers = make_judge(photos), count(1)
    usual, decided = Thresholds(), Decisions()
    known, rows = judge.facts.photos, judge.facts.rows
    result = judge.judge(usual, decided)

    def slide(name: str, far: float = 0.0) -> Callable[[], object]:
        def step() -> object:
            number = next(numbers)
            value = usual[name] - number / 1000 + far * (number % 2)
            return judge.judge(usual.with_change(name, value), decided)

        return step

    def in_group() -> bytes:
        return known[rows[result.groups[next(numbers)].photos[1]]].content_hash

    def a_group() -> Contents:
        return contents(result.groups[next(numbers)], result.photos)

    def decide(**change: Any) -> object:
        return judge.judge(usual, replace(decided, **change))

    steps: dict[str, Callable[[], object]] = {
        "slider of duplicates": slide("duplicates.similar"),
        "slider of the same picture": slide("duplicates.same"),
        "slider of duplicates, from end to end": slide("duplicates.similar", 0.29),
        "slider of a flaw": slide("quality.certainty.blur"),
        "a star": lambda: decide(ratings={known[next(numbers)].content_hash: 5}),
        "a star in a group": lambda: decide(ratings={in_group(): 5}),
        "a flaw is fine": lambda: decide(
            fine=frozenset({(in_group(), result.flags[next(numbers)].flaw)})
        ),
        "another protected folder": lambda: decide(
            protected=(known[500 * next(numbers) % photos].path.parent,)
        ),
        "a group is reviewed": lambda: decide(
            reviewed=frozenset({contents(result.groups[next(numbers)], result.photos)})
        ),
    }
    return {name: min(_seconds(step) for _ in range(ATTEMPTS)) for name, step in steps.items()}


def _seconds(step: Callable[[], object]) -> float:
    begin = time.process_time()
    step()
    return time.process_time() - begin


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    sizes = parser.parse_args().photos
    figures = [measure(size) for size in sizes]
    for step in figures[0]:
        print(f"{step:40}", *(f"{each[step]:8.3f}" for each in figures))


if __name__ == "__main__":
    main()
