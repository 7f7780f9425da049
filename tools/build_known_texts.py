"""Rebuilds resources/minilm/known.npz, the sentence vectors of the program's own keywords.

    uv run python -m tools.build_known_texts

To be run after a change of ``resources/categories.toml``, ``resources/keywords`` or the text model.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.encoders.known_texts import TABLE
from photo_organizer.engine.encoders.sentences import SentenceEncoder


def keywords() -> list[str]:
    """Prompts of the built-in categories, and the known words of other languages in English."""
    found: dict[str, None] = {}
    for category in assets.toml("categories.toml").values():
        found |= dict.fromkeys(category["prompts"])
    for language in assets.languages():
        if assets.resource("keywords", f"{language}.toml").is_file():
            found |= dict.fromkeys(assets.toml(f"keywords/{language}.toml").values())
    return list(found)


def main() -> None:
    texts = keywords()
    target = Path(__file__).parents[1].joinpath("resources", *TABLE)
    np.savez(target, texts=np.array(texts), vectors=SentenceEncoder().embed(texts))
    print(f"{target}: {len(texts)} texts, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
