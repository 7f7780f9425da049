"""Fit when photos follow examples: the numbers of ``[starter.following]``.

    python -m tools.fit_following --version lite2-9656183e-3 CATEGORIES.npz

CATEGORIES.npz holds photos as the starter's features: see `tools.category_heads`. A built-in
category plays one that the user made: it loses its head and gets a few examples, with its name as
keyword or without. What is printed first comes from numbers that saw nothing of the category they
judge; what is printed last belongs into ``resources/thresholds/categories.toml``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.categories import Memory
from photo_organizer.engine.categories.catalog import built_in
from photo_organizer.engine.categories.following import Examples, highest_but, strongest_of
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.category_heads import CategoryHeads, log_odds
from photo_organizer.engine.encoders.following_rule import FollowingRule, inputs
from photo_organizer.engine.encoders.starter import StarterEncoder
from tools.category_heads import Photos, fit_mix, left_out_odds, rounded

EXAMPLES = (1, 2, 3, 5, 10)
"""How many photos the user moves."""
KEYWORDS = {"celebration": "party", "home": "furniture"}
"""What somebody would type where it is not the name of the category."""
ABSENT = 0.25
"""See `FollowingRule`: about what two photos of different things have."""
LEAST = 0.4
"""See `FollowingRule`."""
SHARE = 0.05
"""How many of a library's photos belong to such a category, as a share."""
ODDS = 2.0
"""A photo follows from that chance to belong there, against that not to: who moved a few photos
minds a stranger among them more than one that stayed behind."""
PHOTOS = 250
"""Of each case at most so many, a fifth of them in the category."""
PARTS = 4
"""Of the categories, each left out once."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A category with a few examples, and M photos of which it is known whether they belong."""

    category: int
    keyword: bool
    examples: int
    inputs: Vectors
    """(M, 6), see `following_rule.inputs`."""
    wins: NDArray[np.bool_]
    """(M,) whether the photo is in the category by its own look."""
    right: NDArray[np.bool_]
    """(M,) whether it belongs there."""

    def weights(self) -> NDArray[np.float64]:
        """(M,) they add up to 1, those of the photos that belong to `SHARE`."""
        return np.where(
            self.right,
            SHARE / max(1, self.right.sum()),
            (1 - SHARE) / max(1, (~self.right).sum()),
        )

    def follows(self, numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
        """(M,) what is put into the category by numbers of the rule."""
        near = self.inputs[:, 1] >= LEAST
        return self.wins | (near & (self.inputs @ numbers >= 0))


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, metavar="CATEGORIES")
    parser.add_argument("--version", required=True, help="of the starter that made the features")
    arguments = parser.parse_args()
    starter = StarterEncoder(device="cpu", texts=Memory())
    if arguments.version != starter.version:
        raise SystemExit(f"features of {arguments.version}, but the starter is {starter.version}")
    cases = list(cases_of(Photos.read(arguments.data), starter))
    report(cases, left_out(cases))
    print("\n[starter.following]")
    for name, value in as_rule(fit(cases)).items():
        print(f"{name} = {value:.2f}")


def cases_of(photos: Photos, starter: StarterEncoder) -> Iterator[Case]:
    """Categories that lost their head, with examples of one source or of any, always the same."""
    prompts = {category.key: category.prompts for category in built_in()}
    comparable = starter.comparable(photos.features.astype(np.float32))
    found = left_out_odds(photos)
    classes = log_odds(comparable.by_classes([prompts[name] for name in photos.names]))
    mix = fit_mix(photos, found, classes.astype(np.float64))
    heads = CategoryHeads(
        keys=photos.names,
        weights=np.zeros((len(photos.names), starter.dimension), np.float32),
        biases=rounded(mix.added),
        trust=rounded(mix.trust),
        encoder=starter.name,
        encoder_version=starter.version,
        fitted_on={},
        left_out={},
    )
    by_heads = rounded(mix.scale * found + mix.added)
    draws = np.random.default_rng(0)
    for category, name in enumerate(photos.names):
        others = [place for place in range(len(photos.names)) if place != category]
        for keyword in (False, True):
            texts = [prompts[photos.names[place]] for place in others]
            if keyword:
                texts.append((KEYWORDS.get(name, name),))
            scores = comparable.by_classes(texts)
            scores[:, : len(others)] = heads.chances(by_heads, scores[:, : len(others)], others)
            for count in EXAMPLES:
                for moved in moved_photos(photos, category, count, draws):
                    yield case_of(photos, scores, (category, keyword, moved), starter, draws)


def moved_photos(
    photos: Photos, category: int, count: int, draws: np.random.Generator
) -> Iterator[NDArray[np.intp]]:
    """So many photos of a category, of one source if one has more of them, and of any."""
    members = np.flatnonzero(photos.labels[:, category] & ~photos.unsure[:, category])
    sources, sizes = np.unique(photos.source[members], return_counts=True)
    if len(enough := sources[sizes >= count + 3]):
        of_one = members[photos.source[members] == draws.choice(enough)]
        yield draws.choice(of_one, count, replace=False)
    yield draws.choice(members, count, replace=False)


def case_of(
    photos: Photos,
    scores: Vectors,
    what: tuple[int, bool, NDArray[np.intp]],
    starter: StarterEncoder,
    draws: np.random.Generator,
) -> Case:
    """One of the cases.

    Args:
        photos: all of them.
        scores: (N, C) of the other categories and, where it has a keyword, of the category itself.
        what: the category, whether it has a keyword, and the photos moved into it.
        starter: what the photos are compared by.
        draws: chooses among them.
    """
    category, keyword, moved = what
    known = ~photos.unsure[:, category]
    known[moved] = False
    right = photos.labels[:, category]
    kept = [
        draws.choice(rows, min(len(rows), most), replace=False)
        for rows, most in (
            (np.flatnonzero(known & right), PHOTOS // 5),
            (np.flatnonzero(known & ~right), PHOTOS - PHOTOS // 5),
        )
    ]
    rows = np.concatenate(kept)
    column = np.int32(scores.shape[1] - 1 if keyword else -1)
    own = scores[:, column] if keyword else np.zeros(len(scores), np.float32)
    examples = Examples.none(len(rows)).among(
        [bytes([i]) for i in range(len(moved))],
        starter.comparable(photos.features[rows].astype(np.float32)),
        photos.features[moved].astype(np.float32),
    )
    favourites = scores[moved].argmax(axis=1).astype(np.int32)
    homes = np.where(scores[moved].max(axis=1) >= starter.category_threshold, favourites, -1)
    here = scores[rows]
    against = highest_but(here, strongest_of(here), column, homes.astype(np.int32)[examples.which])
    wins = (own[rows] >= starter.category_threshold) & (own[rows] >= here.max(axis=1))
    return Case(
        category,
        keyword,
        len(moved),
        inputs(examples.likeness, len(moved), own[rows], against, absent=ABSENT),
        wins & keyword,
        right[rows],
    )


def fit(cases: Sequence[Case]) -> NDArray[np.float64]:
    """The six numbers of the rule: a logistic regression in which each case counts alike."""
    rows = np.concatenate([case.inputs for case in cases]).astype(np.float64)
    spread = rows.std(axis=0)
    spread[spread == 0] = 1
    model = LogisticRegression(C=1e3, fit_intercept=False, max_iter=1000)
    model.fit(
        rows / spread,
        np.concatenate([case.right for case in cases]),
        np.concatenate([case.weights() for case in cases]) * PHOTOS,
    )
    numbers: NDArray[np.float64] = model.coef_[0] / spread
    numbers[0] -= np.log(ODDS)
    return numbers


def left_out(cases: Sequence[Case]) -> list[NDArray[np.bool_]]:
    """What follows in each case by numbers that have seen nothing of its category."""
    found = [
        fit([case for case in cases if case.category % PARTS != part]) for part in range(PARTS)
    ]
    return [case.follows(found[case.category % PARTS]) for case in cases]


def report(cases: Sequence[Case], follows: Sequence[NDArray[np.bool_]]) -> None:
    """Print precision and recall of photos put into the category, by what the user gave."""
    print("examples   keyword   precision   recall")
    for keyword in (False, True):
        for count in EXAMPLES:
            figures = [
                precision_recall(case, found)
                for case, found in zip(cases, follows, strict=True)
                if (case.keyword, case.examples) == (keyword, count)
            ]
            precision, recall = np.mean(figures, axis=0)
            print(f"{count:8}   {'yes' if keyword else 'no':7}   {precision:9.2f}   {recall:6.2f}")


def precision_recall(case: Case, found: NDArray[np.bool_]) -> tuple[float, float]:
    """Of a library in which the category has its `SHARE`; of nothing found nothing is wrong."""
    weights = case.weights()
    hit = float(weights[found & case.right].sum())
    everything = float(weights[found].sum())
    return hit / everything if everything else 1.0, hit / SHARE


def as_rule(numbers: NDArray[np.float64]) -> dict[str, float]:
    """The numbers by their names in `FollowingRule`."""
    constant, nearest, typical, many, own, against = (float(number) for number in numbers)
    rule = FollowingRule(constant, nearest, typical, ABSENT, many, own, against, LEAST)
    return asdict(rule)


if __name__ == "__main__":
    main()
