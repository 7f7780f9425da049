"""Fit what tells graphics from photos and write ``resources/quality/graphic.json``.

    python -m tools.fit_graphics CATEGORIES PHOTOS REAL SHOWN [--embedded FILE]

CATEGORIES is a file of embeddings with categories: documents, screenshots and art are graphics.
PHOTOS is a folder of flawless photos; some are damaged too, so that damage does not count as drawn.
REAL is a folder of labelled photos with ``truth.json``. SHOWN is a file of embedded and measured
photos that people chose to show. Further graphics are drawn (see `drawn`). With ``--embedded`` what
was embedded and measured is kept, or taken from another time: the same file comes of it, byte for
byte.
Embedded again, photos differ in the last digit, by how many threads added up.

First a linear head learns from embeddings; its answers for photos of left-out sources, with the
measures, are what the curves learn from. What is printed and stored comes from curves that saw
neither the source of a photo nor, of what is drawn, its whole kind.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.encoders.protocols import Encoder
from photo_organizer.engine.encoders.starter import StarterEncoder
from photo_organizer.engine.pixels import decode, measures
from photo_organizer.engine.quality.graphics import FEATURES
from tools import additive
from tools.damage import kinds, rounded
from tools.drawn import drawn
from tools.flaw_photos import of_any_size

OUTPUT = Path(__file__).parents[1] / "resources" / "quality" / "graphic.json"
GRAPHIC = ("document", "screenshot", "art")
DRAWN = 450
"""Graphics that are drawn."""
DAMAGED = 240
"""Photos of which damaged ones are made, five of each."""
FOLDS = 6
STRENGTH = 10.0
"""Inverse strength of the L2 penalty on the head."""
PENALTY = 0.3
"""Of the curves: see `additive.fit`."""
ELSEWHERE = ("docs", "objects")
"""Sets of REAL in which pages and drawings count as good photos."""
CONTENT = "art/content_"
"""Photos in the set of art."""

Array = NDArray[Any]


@dataclass(frozen=True)
class Part:
    """Pictures of one origin: embeddings, measures (NaN where nobody measured), what is known."""

    name: str
    embeddings: Array
    table: Array
    graphic: Array
    source: Array
    """What belongs together and is left out together."""
    weight: float
    """Pictures that the part stands for where curves are fitted; half of it for its graphics."""
    head_weight: float
    """What each picture counts where the head is fitted."""


def damaged_files(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Five damaged versions of each of the first photos: files, and which photo they are of."""
    done = list(kinds())
    for number, path in enumerate(paths[:DAMAGED]):
        random = np.random.default_rng([5, number])
        burnt = [kind for kind in done if kind[0] == "overexposed"]
        chosen = [burnt[i] for i in random.choice(len(burnt), 2, replace=False)]
        others = ("blur", "motion", "noise", "dark")
        for flaw in ("pixelated", "compression", others[number % 4]):
            of_flaw = [kind for kind in done if kind[0] == flaw]
            chosen.append(of_flaw[int(random.integers(len(of_flaw)))])
        original = np.asarray(Image.open(path).convert("RGB"))
        for _, _, change in chosen:
            pixels = rounded(change(of_any_size(original, random), random))
            file = io.BytesIO()
            Image.fromarray(pixels).save(file, "JPEG", quality=int(random.integers(88, 98)))
            yield path.name, file.getvalue()


def drawn_files(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """What is drawn, and of which kind it is."""
    photos = [Image.open(path).convert("RGB") for path in paths[::9]]
    for seed in range(DRAWN):
        yield drawn(seed, photos)


def embedded(files: Iterator[tuple[str, bytes]], encoder: Encoder) -> dict[str, Array]:
    """Embeddings, measures and names of files; those that cannot be read are named and left out."""
    names, rows, batch, vectors = [], [], [], []
    for name, data in files:
        try:
            picture = decode.decode(data, Path(name).suffix)
        except UnreadableError as error:
            print(f"left out: {name}: {error}")
            continue
        names.append(name)
        rows.append(measures.measure(picture))
        batch.append(encoder.prepare(picture))
        if len(batch) == encoder.batch_size:
            vectors.append(encoder.embed_images(np.stack(batch)))
            batch.clear()
    if batch:
        vectors.append(encoder.embed_images(np.stack(batch)))
    return {
        "embeddings": np.concatenate(vectors).astype(np.float16),
        "measures": np.array(rows, np.float32),
        "names": np.array(names),
    }


def gather(photos: Path, real: Path) -> dict[str, Array]:
    """All that must be embedded, by part: takes many minutes."""
    encoder = StarterEncoder()
    paths = sorted(path for path in photos.iterdir() if path.is_file())
    labelled = json.loads((real / "truth.json").read_text(encoding="utf-8"))["flaws"]
    parts = {
        "photos": embedded(((path.name, path.read_bytes()) for path in paths), encoder),
        "damaged": embedded(damaged_files(paths), encoder),
        "drawn": embedded(drawn_files(paths), encoder),
        "real": embedded(((name, (real / name).read_bytes()) for name in labelled), encoder),
    }
    return {
        f"{part}/{key}": rows for part, columns in parts.items() for key, rows in columns.items()
    }


def unit(rows: Array) -> Array:
    rows = rows.astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def parts_of(kept: dict[str, Array], categories: Path, real: Path, shown: Path) -> list[Part]:
    """Everything that is learned from."""

    def part(name: str, graphic: bool, weight: float, head_weight: float) -> Part:
        names = kept[f"{name}/names"]
        labels = np.full(len(names), graphic)
        vectors, table = unit(kept[f"{name}/embeddings"]), kept[f"{name}/measures"]
        return Part(name, vectors, table, labels, names, weight, head_weight)

    named = np.load(categories)
    columns = [list(named["names"]).index(name) for name in GRAPHIC]
    graphic = named["labels"][:, columns].any(1)
    known = graphic | ~named["unsure"][:, columns].any(1)
    source = np.array([f"category {number}" for number in named["source"][known]])
    vectors = unit(named["features"][known])
    nothing = np.full((len(vectors), len(measures.NAMES)), np.nan)
    of_categories = Part("categories", vectors, nothing, graphic[known], source, 0, 0)
    truth = json.loads((real / "truth.json").read_text(encoding="utf-8"))["flaws"]
    names = kept["real/names"]
    said = np.array([truth[name]["flaw"] for name in names])
    sets = np.array([str(name).partition("/")[0] for name in names])
    content = np.array([str(name).startswith(CONTENT) for name in names])
    usable = np.isin(said, ("good", "bad", "graphic")) & ~np.isin(sets, ELSEWHERE) & ~content
    of_real = Part(
        "real",
        unit(kept["real/embeddings"][usable]),
        kept["real/measures"][usable],
        said[usable] == "graphic",
        sets[usable],
        600,
        1,
    )
    chosen = np.load(shown)
    rows = chosen["shown"] == 1
    of_shown = Part(
        "shown",
        unit(chosen["features"][rows]),
        chosen["measures"][rows],
        np.zeros(rows.sum(), bool),
        np.array([f"shown {number}" for number in chosen["source"][rows]]),
        350,
        0.3,
    )
    return [
        of_categories,
        part("photos", graphic=False, weight=350, head_weight=1),
        part("damaged", graphic=False, weight=600, head_weight=0.5),
        part("drawn", graphic=True, weight=250, head_weight=1),
        of_real,
        of_shown,
    ]


class Pictures:
    """All parts one after the other, with their weights and folds."""

    def __init__(self, parts: list[Part]) -> None:
        self.part = np.concatenate([np.full(len(p.graphic), p.name) for p in parts])
        self.embeddings = np.concatenate([p.embeddings for p in parts])
        self.table = np.concatenate(
            [p.table[:, [measures.NAMES.index(name) for name in FEATURES]] for p in parts]
        ).astype(float)
        self.graphic = np.concatenate([p.graphic for p in parts])
        self.source = np.concatenate([p.source for p in parts])
        self.head_weight = np.concatenate([self._head_weight(p) for p in parts])
        self.weight = np.concatenate([self._weight(p) for p in parts])
        sources = np.unique(self.source)
        shuffled = np.random.default_rng(1).permutation(len(sources)) % FOLDS
        self.fold = shuffled[np.searchsorted(sources, self.source)]

    @staticmethod
    def _rarity(source: Array) -> Array:
        _, number, count = np.unique(source, return_inverse=True, return_counts=True)
        rare: Array = 1 / np.sqrt(count[number])
        return rare

    def _head_weight(self, part: Part) -> Array:
        if part.head_weight:
            return np.full(len(part.graphic), part.head_weight)
        rare = self._rarity(part.source)
        return rare * 2000 / rare.sum()

    def _weight(self, part: Part) -> Array:
        weight = np.zeros(len(part.graphic))
        both = part.graphic.any() and not part.graphic.all()
        for label in (True, False):
            chosen = part.graphic == label
            if chosen.any():
                rare = self._rarity(part.source[chosen])
                weight[chosen] = rare / rare.sum() * part.weight / (2 if both else 1)
        return weight


def fit_head(pictures: Pictures, chosen: Array) -> Array:
    """(D + 1,) weights and bias."""
    from sklearn.linear_model import LogisticRegression

    truth, weight = pictures.graphic[chosen], pictures.head_weight[chosen].copy()
    weight[truth] *= (weight[~truth].sum() / weight[truth].sum()) ** 0.5
    weight *= chosen.sum() / weight.sum()
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(pictures.embeddings[chosen], truth, weight)
    head: Array = np.round(np.append(model.coef_[0], model.intercept_[0]), 3)
    return head


def fit_all(pictures: Pictures) -> dict[str, Any]:
    """What is stored; prints how well photos are told that were left out."""
    folds = range(FOLDS)
    said = np.zeros(len(pictures.part))
    for number in folds:
        head = fit_head(pictures, pictures.fold != number)
        of_fold = pictures.fold == number
        said[of_fold] = pictures.embeddings[of_fold] @ head[:-1] + head[-1]
    usable = pictures.weight > 0
    stored: dict[str, Any] = {}
    for name, table, ways in (
        ("looked", np.column_stack([pictures.table, said]), [0] * len(FEATURES) + [1]),
        ("measured", pictures.table, [0] * len(FEATURES)),
    ):

        def fit_on(chosen: Array) -> additive.Additive:
            rows = table[chosen]  # noqa: B023
            weights = pictures.weight[chosen]
            return additive.fit(rows, pictures.graphic[chosen], weights, ways, PENALTY)  # noqa: B023

        unseen = np.full(len(said), np.nan)
        for number in folds:
            of_fold = usable & (pictures.fold == number)
            unseen[of_fold] = fit_on(usable & (pictures.fold != number)).log_odds(table[of_fold])
        model = fit_on(usable)
        print(name)
        stored[name] = model.stored((*FEATURES, "look")[: table.shape[1]])
        stored.setdefault("fitted", {})[name] = report(pictures, usable, unseen)
    stored["head"] = fit_head(pictures, np.ones(len(said), bool)).tolist()
    return stored


def report(pictures: Pictures, usable: Array, unseen: Array) -> dict[str, dict[str, float]]:
    """Shares called graphic from some chances on, part by part."""
    shares: dict[str, dict[str, float]] = {}
    for name in dict.fromkeys(pictures.part[usable]):
        for label in (True, False):
            chosen = usable & (pictures.part == name) & (pictures.graphic == label)
            if chosen.any():
                title = f"{name}, {'graphics' if label else 'photos'}"
                shares[title] = {
                    str(chance): round(
                        float((unseen[chosen] >= np.log(chance / (1 - chance))).mean()), 4
                    )
                    for chance in (0.5, 0.8, 0.9, 0.95)
                }
                print(f"  {title} ({chosen.sum()}): {shares[title]}")
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("categories", type=Path, help="file of embeddings with categories")
    parser.add_argument("photos", type=Path, help="folder of photos without flaws")
    parser.add_argument("real", type=Path, help="folder of labelled photos and truth.json")
    parser.add_argument("shown", type=Path, help="file of embedded photos that people show")
    parser.add_argument("--embedded", type=Path, help="kept from another time, or to be kept")
    arguments = parser.parse_args()
    if arguments.embedded and arguments.embedded.exists():
        kept = dict(np.load(arguments.embedded))
    else:
        kept = gather(arguments.photos, arguments.real)
        if arguments.embedded:
            np.savez_compressed(arguments.embedded, **kept)
    parts = parts_of(kept, arguments.categories, arguments.real, arguments.shown)
    stored = {"encoder": StarterEncoder().version, **fit_all(Pictures(parts))}
    OUTPUT.write_text(written(stored), encoding="utf-8")


def written(stored: dict[str, Any]) -> str:
    """As JSON, a line for each part."""
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in stored.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    main()
