"""How often the top category of a photo is right, on photos named after their WordNet class.

    python benchmarks/categories.py FOLDER [--model NAME]

FOLDER holds photos named like n02085620_Chihuahua.jpg. All built-in categories compete. Then, for
the starter, every one of the 1,000 classes is judged as if it had been seen with certainty: what
photos of other classes would become.

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
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import categories, decode
from photo_organizer.engine.encoders.imagenet import numbers_of
from photo_organizer.engine.encoders.registry import open_encoder
from photo_organizer.engine.encoders.starter import StarterEncoder
from photo_organizer.engine.facts import UnreadableError

TRUTH = {
    "animal": "0-397",
    "food": "923-957 959-969",
    "vehicle": """403-405 407 408 417 428 436 444 450 466 468 472 484 510 511 537 547 554 555 561
565 569 573 575 576 586 603 609 612 625 627 628 654 656 661 665 670 671 675 690 705 717 724 734 751
757 779 780 791 802 803 812 814 817 820 829 833 847 864 866 867 870 871 874 880 895 913 914""",
    "building": """410 415 424 425 437 442 449 454 467 483 497 498 500 509 525 538 580 582 624 634
660 663 668 698 727 743 762 788 821 832 839 853 858 860 865 888 900 915""",
}
GOAL_MEAN, GOAL_EACH = 0.85, 0.7


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="starter")
    arguments = parser.parse_args()

    encoder = open_encoder(arguments.model)
    offered = categories.offered(
        categories.load_categories(), understands_text=encoder.understands_text
    )
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
    scores = encoder.match_texts(embeddings, prompts)
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
