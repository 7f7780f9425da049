"""The four plain flows beside the program's own answers on one album, and their cost.

    uv run python -m benchmarks.flows ALBUM [--truth TRUTH.json] [--model NAME] [-- FLOWS OPTION…]
    uv run python -m benchmarks.flows --scale 20000

Prints tables in Markdown. What is right says TRUTH.json, in one of two forms, photos by their path
inside ALBUM: ``{"groups": [["1.jpg", "2.jpg"]], "low": {"3.jpg": "blur"}}``, where what is not
named is no duplicate and fine; or ``{"pairs": [["1.jpg", "2.jpg", "dup"]], "flaws": {"3.jpg":
{"flaw": "bad"}}, "categories": {"1.jpg": ["people"]}}``, where what is not named is not counted
(see ``real.py``). With ``--scale`` it measures the flows alone on synthetic embeddings.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

Pair = frozenset[str]


@dataclass
class Answer:
    """What one of the two says; photos by their path inside the album."""

    categories: dict[str, str]
    pairs: set[Pair]
    low: set[str]
    scores: dict[str, float]
    """Of highlights."""


@dataclass
class Truth:
    """What is right; None: nobody knows."""

    pairs: set[Pair] | None = None
    other_pairs: set[Pair] | None = None
    """That are known to be none; None: all others."""
    low: set[str] | None = None
    fine: set[str] | None = None
    """Likewise."""
    categories: dict[str, list[str]] = field(default_factory=dict)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("album", nargs="?", type=Path)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--model", default="starter")
    parser.add_argument("--scale", type=int)
    own = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    call = parser.parse_args(sys.argv[1:own])
    if call.scale:
        cost(call.scale)
    if call.album:
        album = Path(os.path.realpath(call.album))
        plain, ours = answers(album, call.model, sys.argv[own + 1 :])
        show(plain, ours, read_truth(call.truth) if call.truth else Truth())


def answers(album: Path, model: str, more: list[str]) -> tuple[Answer, Answer]:
    """What the plain flows say, and what the program says, of the same embeddings."""
    with tempfile.TemporaryDirectory() as home:
        target = Path(home) / "answer.json"
        words = [str(album), "--model", model, "--json", str(target)]
        found = []
        for command in (["flows", *words, *more], ["analyze", *words]):
            subprocess.run([sys.executable, "-m", "photo_organizer", *command], check=True)
            found.append(answer(album, json.loads(target.read_text())))
    plain, ours = found
    return plain, ours


def answer(album: Path, told: Mapping[str, Any]) -> Answer:
    def name(address: str) -> str:
        return str(Path(unquote(urlsplit(address).path)).relative_to(album))

    return Answer(
        {name(image): one["category"] for one in told["categories"] for image in one["images"]},
        pairs_of([name(image) for image in group] for group in told["duplicates"]),
        {name(image) for image in told["low_quality"]},
        {
            name(ranked["image"]): ranked["score"]
            for one in told["highlights"]
            for ranked in one["images"]
        },
    )


def pairs_of(groups: Iterable[list[str]]) -> set[Pair]:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def read_truth(file: Path) -> Truth:
    known = json.loads(file.read_text())
    if "groups" in known:
        return Truth(pairs_of(known["groups"]), None, set(known["low"]), None)
    alike = {frozenset(pair) for *pair, kind in known["pairs"] if kind != "different"}
    apart = {frozenset(pair) for *pair, kind in known["pairs"] if kind == "different"}
    flaws = {name: one["flaw"] for name, one in known["flaws"].items()}
    return Truth(
        alike,
        apart,
        {name for name, flaw in flaws.items() if flaw == "bad"},
        {name for name, flaw in flaws.items() if flaw in ("good", "graphic")},
        known["categories"],
    )


def show(plain: Answer, ours: Answer, truth: Truth) -> None:
    print(f"{len(plain.categories)} photos\n")
    print("| | plain flows | the program |\n|---|---|---|")
    line("photos in others", lambda one: str(list(one.categories.values()).count("others")))(
        plain, ours
    )
    if truth.categories:
        line("category right / wrong / others", lambda one: placed(one, truth))(plain, ours)
    line("duplicate pairs", lambda one: str(len(one.pairs)))(plain, ours)
    if truth.pairs is not None:
        line(
            "… right: precision / recall",
            lambda one: shares(one.pairs, truth.pairs or set(), truth.other_pairs),
        )(plain, ours)
    line("low quality", lambda one: str(len(one.low)))(plain, ours)
    if truth.low is not None:
        line(
            "… right: precision / recall",
            lambda one: shares(one.low, truth.low or set(), truth.fine),
        )(plain, ours)
    print()
    both = plain.categories.keys() & ours.categories.keys()
    same = sum(plain.categories[name] == ours.categories[name] for name in both)
    print(f"same category: {same} of {len(both)} ({same / max(len(both), 1):.2f})")
    print(f"duplicate pairs in both: {len(plain.pairs & ours.pairs)}, held against the program's: ")
    print(f"  precision / recall {shares(plain.pairs, ours.pairs, None)}")
    print(f"low quality in both: {len(plain.low & ours.low)}, held against the program's: ")
    print(f"  precision / recall {shares(plain.low, ours.low, None)}")
    print(
        f"highlights, rank correlation of the scores: {correlation(plain.scores, ours.scores):.2f}"
    )


def line(title: str, say: Callable[[Answer], str]) -> Callable[[Answer, Answer], None]:
    return lambda plain, ours: print(f"| {title} | {say(plain)} | {say(ours)} |")


def placed(one: Answer, truth: Truth) -> str:
    known = {name: right for name, right in truth.categories.items() if name in one.categories}
    right = sum(one.categories[name] in wanted for name, wanted in known.items())
    none = sum(
        one.categories[name] == "others" and "others" not in wanted
        for name, wanted in known.items()
    )
    counts = (right, len(known) - right - none, none)
    return " / ".join(f"{count / max(len(known), 1):.2f}" for count in counts)


def shares(found: set[Any], right: set[Any], wrong: set[Any] | None) -> str:
    hit = len(found & right)
    miss = len(found - right) if wrong is None else len(found & wrong)
    return f"{hit / max(hit + miss, 1):.2f} / {hit / max(len(right), 1):.2f}"


def correlation(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    from scipy.stats import spearmanr

    both = sorted(one.keys() & two.keys())
    return float(spearmanr([one[name] for name in both], [two[name] for name in both])[0])


def cost(count: int) -> None:
    """What each flow takes on synthetic embeddings, beside scikit-learn's DBSCAN."""
    from sklearn.cluster import DBSCAN

    from benchmarks.duplicates import synthetic_embeddings, watched
    from photo_organizer.engine.categories.catalog import built_in
    from photo_organizer.engine.encoders.starter import StarterEncoder
    from photo_organizer.engine.flows import categories, duplicates

    starter = StarterEncoder(device="cpu")
    offered = built_in()
    embeddings = synthetic_embeddings(count, starter.dimension)
    scores = categories.keyword_scores(starter, offered)
    works: dict[str, Callable[[], Any]] = {
        "categories": lambda: categories.categorize(
            embeddings,
            scores,
            [one.key for one in offered],
            threshold=starter.category_threshold,
            neighbors=5,
            top=1,
        )
    }
    for number in (2, 3):
        works[f"DBSCAN, min_samples {number}"] = lambda n=number: duplicates.dbscan(
            embeddings, 0.1, n
        )
        works[f"… scikit-learn's, {number}"] = lambda n=number: (
            DBSCAN(eps=0.1, min_samples=n, metric="cosine").fit(embeddings).labels_
        )
    works["DBSCAN, all within reach (eps 2)"] = lambda: duplicates.dbscan(embeddings, 2.0, 2)
    print(f"{count} vectors of {starter.dimension}\n")
    print("| | seconds of the processor | GiB |\n|---|---|---|")
    found = {}
    for title, work in works.items():
        before = time.process_time()
        found[title], _, memory = watched(work)
        print(f"| {title} | {time.process_time() - before:.1f} | {memory:.2f} |", flush=True)
    for number in (2, 3):
        same = found[f"DBSCAN, min_samples {number}"] == found[f"… scikit-learn's, {number}"]
        print(f"same labels with min_samples {number}: {bool(same.all())}")


if __name__ == "__main__":
    main()
