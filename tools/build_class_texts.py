"""Rebuilds resources/imagenet/texts.npz, the sentence vectors of the ImageNet classes.

To be run after a change of resources/imagenet/hypernyms.toml. Names and definitions are WordNet's,
in the lists that timm carries.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders import imagenet
from photo_organizer.engine.encoders.sentences import SentenceEncoder


def main() -> None:
    # Found without importing timm, which takes seconds.
    spec = find_spec("timm")
    if spec is None or spec.origin is None:
        raise SystemExit("timm is not installed")
    lists = Path(spec.origin).parent / "data" / "_info"
    ids = (lists / "imagenet_synsets.txt").read_text().split()
    names = read_list(lists / "imagenet_synset_to_lemma.txt")
    definitions = read_list(lists / "imagenet_synset_to_definition.txt")
    words = list(imagenet.hypernyms())

    embed = SentenceEncoder().embed
    arrays = pack(
        embed([names[i] for i in ids]),
        embed([f"{names[i].split(', ')[0]}: {definitions[i]}" for i in ids]),
        words,
        embed(words),
    )
    target = Path(__file__).parents[1].joinpath("resources", *imagenet.TABLE)
    np.savez_compressed(target, **arrays)
    print(f"{target}: {len(ids)} classes, {len(words)} words, {target.stat().st_size} bytes")


def pack(
    names: Vectors, definitions: Vectors, words: Sequence[str], word_vectors: Vectors
) -> dict[str, NDArray[np.generic]]:
    """The arrays of the shipped table: each row scaled to 8 bits, cosines good to three digits."""
    arrays: dict[str, NDArray[np.generic]] = {
        key: np.rint(rows * (127 / np.abs(rows).max(1, keepdims=True))).astype(np.int8)
        for key, rows in (
            ("names", names),
            ("definitions", definitions),
            ("word_vectors", word_vectors),
        )
    }
    return arrays | {"words": np.array(words)}


def read_list(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


if __name__ == "__main__":
    main()
