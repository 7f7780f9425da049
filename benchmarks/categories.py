"""How often the top category of a photo is right, on photos named after their WordNet class.

    python benchmarks/categories.py FOLDER [--model NAME]

FOLDER holds photos named like n02085620_Chihuahua.jpg. All built-in categories compete. Then, for
the starter, every one of the 1,000 classes is judged as if it had been seen with certainty: what
photos of other classes would become.

Examples: of each kind of thing in KINDS three photos are moved by hand into a category of its own,
with no keyword at all or with the kind's name as its keyword; precision and recall are those of the
other photos, over DRAWS draws. At last "more like this": how many of the five nearest photos show
the same kind of thing.

What counts as right (one wide list each, after WordNet):
animal    every living animal and the trilobite: classes 0 to 397
food      dishes, drinks, fruit, vegetables (mushroom included); not hay, nor bottles and mugs
vehicle   whatever is a vehicle to WordNet: on road, rails, water, snow, in air and space, tanks,
          carts, a wreck; not parts of cars, nor mobile homes
building  houses of all kinds, shops, places of worship, towers, bridges, viaducts and dams; not
          fences, fountains, statues, stages and altars, which may well be something else
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.categories import assign
from photo_organizer.engine.categories.catalog import Category, built_in
from photo_organizer.engine.categories.following import Examples
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import (
    Exif,
    Facts,
    FileIdentity,
    Photo,
    UnreadableError,
    Vectors,
)
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.imagenet import hypernyms, numbers_of
from photo_organizer.engine.encoders.protocols import Encoder
from photo_organizer.engine.encoders.starter import StarterEncoder
from photo_organizer.engine.pixels import decode
from photo_organizer.engine.proving.opening import open_encoder

TRUTH = {
    "animal": "0-397",
    "food": "923-957 959-969",
    "vehicle": """403-405 407 408 417 428 436 444 450 466 468 472 484 510 511 537 547 554 555 561
565 569 573 575 576 586 603 609 612 625 627 628 654 656 661 665 670 671 675 690 705 717 724 734 751
757 779 780 791 802 803 812 814 817 820 829 833 847 864 866 867 870 871 874 880 895 913 914""",
    "building": """410 415 424 425 437 442 449 454 467 483 497 498 500 509 525 538 580 582 624 634
660 663 668 698 727 743 762 788 821 832 839 853 858 860 865 888 900 915""",
}
KINDS = (
    "dog", "bird", "monkey", "insect", "fish", "snake", "reptile", "vehicle", "food", "furniture",
    "clothing", "musical instrument", "tool",
)  # fmt: skip
"""Words above the classes, of which there are at least five photos."""
EXAMPLES, DRAWS, NEAREST = 3, 20, 5
GOAL_MEAN, GOAL_EACH = 0.85, 0.7


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="starter")
    arguments = parser.parse_args()

    encoder = open_encoder(arguments.model, texts=Memory())
    offered = [category for category in built_in() if assign.sees(encoder, category)]
    prompts = [category.prompts for category in offered]
    keys = [category.key for category in offered]
    ids, names = class_list()

    files = sorted(f for f in arguments.folder.iterdir() if re.match(r"n\d{8}_", f.name))
    if not files:
        raise SystemExit(f"no photo named after a WordNet class in {arguments.folder}")
    prepared = []
    for file in files:
        try:
            prepared.append(encoder.prepare(decode.decode(file.read_bytes(), file.suffix)))
        except UnreadableError as error:
            raise SystemExit(f"{file}: {error}") from error
    size = encoder.batch_size
    embeddings = np.concatenate(
        [encoder.embed_images(np.stack(prepared[i : i + size])) for i in range(0, len(files), size)]
    )
    shown = np.array([ids.index(file.name[:9]) for file in files])
    scores = assign.match(encoder.comparable(embeddings), encoder, offered)
    found = np.where(
        scores.max(axis=1) >= encoder.category_threshold, scores.argmax(axis=1), len(keys)
    )
    print(f"{encoder.name} {encoder.dtype}, {len(keys)} categories, {len(files)} photos")
    shares = report(found, shown, [*keys, "others"], [f.name for f in files])
    good = np.mean(shares) >= GOAL_MEAN and min(shares) >= GOAL_EACH
    print(f"mean {np.mean(shares):.3f}: {'reached' if good else 'MISSED'}")

    if isinstance(encoder, StarterEncoder):
        print("\nall 1,000 classes, seen with certainty")
        landed = encoder.class_scores(prompts).argmax(axis=1)
        report(landed, np.arange(len(ids)), keys, names)
    judge_examples(encoder, embeddings, shown)


class Memory:
    """Text embeddings of this run."""

    def __init__(self) -> None:
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def get_texts(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """See `TextCache`."""
        return {text: self._vectors[text] for text in texts if text in self._vectors}

    def put_texts(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        """See `TextCache`."""
        self._vectors |= vectors


def judge_examples(encoder: Encoder, embeddings: Vectors, shown: NDArray[np.intp]) -> None:
    """Print what photos moved by hand bring, by kind; and the nearest photos of each."""
    usual = [category for category in built_in() if assign.sees(encoder, category)]
    comparable, facts = encoder.comparable(embeddings), nameless(embeddings)
    groups = assign.alike(embeddings, Thresholds())
    draws = np.random.default_rng(1)
    likeness = comparable.likeness(embeddings)
    np.fill_diagonal(likeness, -1)
    nearest = np.argsort(-likeness, axis=1)[:, :NEAREST]
    plain = embeddings @ embeddings.T
    np.fill_diagonal(plain, -1)
    plain_nearest = np.argsort(-plain, axis=1)[:, :NEAREST]
    print(
        f"\n{'precision, recall':22}  keyword        examples       both           nearest (plain)"
    )
    rows = []
    for kind in KINDS:
        here = np.isin(shown, hypernyms()[kind])
        members = np.flatnonzero(here)
        if len(members) < EXAMPLES + 2:
            continue
        line = [np.zeros(2)] * 3
        for _ in range(DRAWS):
            moved = draws.choice(members, EXAMPLES, replace=False)
            for case, (prompts, helped) in enumerate([((kind,), 0), ((), 1), ((kind,), 1)]):
                offered = [*usual, Category("own", {}, prompts)]
                contents = [facts.photos[row].content_hash for row in moved] if helped else []
                assignment = assign.categorize(
                    facts,
                    assign.match(comparable, encoder, offered),
                    offered,
                    Thresholds(),
                    Decisions(categories=dict.fromkeys(contents, "own")),
                    threshold=encoder.category_threshold,
                    groups=groups,
                    taught={
                        "own": Examples.none(len(facts)).among(
                            contents, comparable, embeddings[moved]
                        )
                    }
                    if contents
                    else None,
                    rule=encoder.following,
                )
                found = assignment.indices == len(usual)
                found[moved] = False
                right = (found & here).sum()
                # Of nothing found nothing is wrong.
                precision = right / found.sum() if found.any() else 1.0
                line[case] = line[case] + [precision, right / (len(members) - EXAMPLES)]
        near = here[nearest[members]].mean(), here[plain_nearest[members]].mean()
        rows.append([*np.concatenate(line) / DRAWS, *near])
        print_examples(f"{kind} ({len(members)})", rows[-1])
    print_examples("mean", np.mean(rows, axis=0))


def print_examples(name: str, numbers: Sequence[float]) -> None:
    """One line of `judge_examples`."""
    pairs = ["   ".join(f"{n:.2f}" for n in numbers[i : i + 2]) for i in (0, 2, 4)]
    print(f"{name:22}  {'    '.join(pairs)}    {numbers[6]:.2f} ({numbers[7]:.2f})")


def nameless(embeddings: Vectors) -> Facts:
    """Photos of which nothing but the embedding matters."""
    photos = [
        Photo(i, FileIdentity(Path(str(i)), 0, i, 0, 0), i.to_bytes(16, "big"), "", 0, 0, Exif())
        for i in range(len(embeddings))
    ]
    nothing = np.zeros((len(embeddings), 0), np.float32)
    return Facts(photos, embeddings, nothing, nothing.astype(np.uint8))


def report(
    found: NDArray[np.intp], shown: NDArray[np.intp], keys: list[str], names: list[str]
) -> list[float]:
    """Print share and mistakes of each of the four; returns the shares."""
    shares = []
    for key, ranges in TRUTH.items():
        rows = np.flatnonzero(np.isin(shown, numbers_of(ranges)))
        right = found[rows] == keys.index(key)
        shares.append(float(right.mean()) if len(rows) else 0.0)
        print(f"{key:9} {shares[-1]:.3f} of {len(rows)}")
        for row in rows[~right]:
            print(f"          {names[row]}: {keys[found[row]]}")
    return shares


def class_list() -> tuple[list[str], list[str]]:
    """WordNet ids and names of the 1,000 classes, from the lists that timm carries."""
    spec = find_spec("timm")
    if spec is None or spec.origin is None:
        raise SystemExit("timm is not installed")
    lists = Path(spec.origin).parent / "data" / "_info"
    ids = (lists / "imagenet_synsets.txt").read_text().split()
    lemmas = (lists / "imagenet_synset_to_lemma.txt").read_text(encoding="utf-8").splitlines()
    names = dict(line.split("\t", 1) for line in lemmas)
    return ids, [names[i] for i in ids]


if __name__ == "__main__":
    main()
