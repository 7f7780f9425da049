"""Fit the linear heads of the starter and write them under ``resources/heads``.

    python -m tools.fit_heads --version lite2-9656183e-3 --categories CATEGORIES.npz \
        --highlights SHOWN.npz CATEGORIES.npz PHOTOS [--damaged FILE]

CATEGORIES.npz holds photos as the starter's features: see `tools.category_heads`. So does
SHOWN.npz, photos that people chose to show and ordinary ones: see `tools.highlight_photos`. PHOTOS
is a folder of good photos, of which damaged copies are made; with ``--damaged`` their features are
made once and kept. What is printed beside each fit comes from heads that have seen no photo of the
same source. The same data make the
same files, byte for byte. The version is that of the starter which the features came from.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from photo_organizer.engine.encoders.starter import StarterEncoder
from tools import category_heads, highlight_head
from tools.highlight_photos import Damaged, Kinds, Pages, Shown

OUTPUT = Path(__file__).parents[1] / "resources" / "heads"


def main() -> None:
    """Fit what data are given for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--categories", type=Path, metavar="FILE", help="data of the categories")
    parser.add_argument(
        "--highlights",
        type=Path,
        nargs=3,
        metavar=("SHOWN", "CATEGORIES", "PHOTOS"),
        help="data of the highlights",
    )
    parser.add_argument("--damaged", type=Path, metavar="FILE", help="keeps the copies' features")
    parser.add_argument("--version", required=True, help="of the starter that made the features")
    parser.add_argument("--out", type=Path, default=OUTPUT, metavar="FOLDER")
    arguments = parser.parse_args()
    if arguments.categories is None and arguments.highlights is None:
        parser.error("nothing to fit: name the data")
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.categories is not None:
        heads = category_heads.fit(arguments.categories, arguments.version)
        heads.save(arguments.out / "categories.safetensors")
    if arguments.highlights is not None:
        shown, labelled, photos = arguments.highlights
        head = highlight_head.fit(
            Shown.load(shown),
            _damaged(photos, arguments.damaged),
            Pages.load(labelled),
            Kinds.load(labelled),
            version=arguments.version,
        )
        print(highlight_head.report(head))
        head.save(arguments.out / "highlights.safetensors")


def _damaged(photos: Path, kept: Path | None) -> Damaged:
    """Photos and their damaged copies; those of an earlier call where they were kept."""
    if kept is not None and kept.exists():
        return Damaged.load(kept)
    damaged = Damaged.of(photos, StarterEncoder(device="cpu"))
    if kept is not None:
        damaged.save(kept)
    return damaged


if __name__ == "__main__":
    main()
