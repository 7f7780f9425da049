"""Fit the linear heads of the starter and write them under ``resources/heads``.

    python -m tools.fit_heads --version lite2-9656183e-3 --categories CATEGORIES.npz

CATEGORIES.npz holds photos as the starter's features: see `tools.category_heads`. What is printed
beside each fit comes from heads that have seen no photo of the same source. The same data make the
same files, byte for byte. The version is that of the starter which the features came from.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools import category_heads

OUTPUT = Path(__file__).parents[1] / "resources" / "heads"


def main() -> None:
    """Fit what data are given for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--categories", type=Path, metavar="FILE", help="data of the categories")
    parser.add_argument("--version", required=True, help="of the starter that made the features")
    parser.add_argument("--out", type=Path, default=OUTPUT, metavar="FOLDER")
    arguments = parser.parse_args()
    if arguments.categories is None:
        parser.error("nothing to fit: name the data")
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.categories is not None:
        heads = category_heads.fit(arguments.categories, arguments.version)
        heads.save(arguments.out / "categories.safetensors")


if __name__ == "__main__":
    main()
