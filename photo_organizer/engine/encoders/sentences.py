"""Unit vectors of short English texts: all-MiniLM-L6-v2, computed by numpy.

The network is BERT with six layers (Devlin et al., NAACL 2019) behind three tables of embeddings;
sentences are the mean of their tokens (Reimers and Gurevych, "Sentence-BERT", EMNLP 2019). It is
ready in a tenth of a second, where importing transformers takes more than ten. The weights are in
half precision, ``resources/minilm``; texts stay 0.999999 alike to what they are in single.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from importlib.resources import as_file
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Vectors

DIMENSION = 384
WEIGHTS, TOKENIZER = "weights.safetensors", "tokenizer.json"
"""In ``resources/minilm``, made by ``tools/export_sentences.py``."""

_LAYERS = 6
_HEADS = 12
_EPSILON = 1e-12
_MOST_TOKENS = 256
_BATCH = 64

Maps = NDArray[np.float32]
"""(T, L, D) of T texts with L tokens each."""


class SentenceEncoder:
    """Embeds texts on the CPU in float32."""

    def __init__(self, files: Path | None = None) -> None:
        """Load the network; it takes a tenth of a second.

        Args:
            files: the folder with its files; None means those that come with the program.
        """
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        with nullcontext(files) if files else as_file(assets.resource("minilm")) as folder:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            stored = load_file(folder / WEIGHTS)
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.enable_padding()
        # Rows of this one are widened as they are needed, all others now: numpy computes in single.
        self._words = stored.pop("embeddings.word_embeddings.weight")
        self._weights = {name: numbers.astype(np.float32) for name, numbers in stored.items()}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """(T, 384) float32 unit rows; texts beyond 256 tokens are cut."""
        if not texts:
            return np.empty((0, DIMENSION), np.float32)
        parts = [self._embed(list(texts[i : i + _BATCH])) for i in range(0, len(texts), _BATCH)]
        return np.concatenate(parts)

    def _embed(self, texts: list[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(texts)
        ids = np.array([encoding.ids for encoding in encodings])
        there = np.array([encoding.attention_mask for encoding in encodings], np.float32)
        tokens = self._words[ids].astype(np.float32)
        tokens += self._weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        tokens += self._weights["embeddings.token_type_embeddings.weight"][0]
        tokens = self._normed(tokens, "embeddings.LayerNorm")
        for number in range(_LAYERS):
            tokens = self._layer(tokens, there, f"encoder.layer.{number}")
        sentences = (tokens * there[:, :, None]).sum(axis=1) / there.sum(axis=1, keepdims=True)
        unit: Vectors = sentences / np.linalg.norm(sentences, axis=1, keepdims=True)
        return unit

    def _layer(self, tokens: Maps, there: NDArray[np.float32], name: str) -> Maps:
        seen = self._attended(tokens, there, f"{name}.attention.self")
        seen = self._linear(seen, f"{name}.attention.output.dense")
        tokens = self._normed(tokens + seen, f"{name}.attention.output.LayerNorm")
        thought = _gelu(self._linear(tokens, f"{name}.intermediate.dense"))
        thought = self._linear(thought, f"{name}.output.dense")
        return self._normed(tokens + thought, f"{name}.output.LayerNorm")

    def _attended(self, tokens: Maps, there: NDArray[np.float32], name: str) -> Maps:
        """What each token takes from the others of its text, on each of the heads."""
        count, length, _ = tokens.shape

        def heads(part: str) -> NDArray[np.float32]:
            flat = self._linear(tokens, f"{name}.{part}")
            apart: NDArray[np.float32] = flat.reshape(count, length, _HEADS, -1)
            return apart.transpose(0, 2, 1, 3)

        query, key, value = heads("query"), heads("key"), heads("value")
        fits = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(query.shape[-1]))
        fits = np.where(there[:, None, None, :] > 0, fits, np.float32(-np.inf))
        powers = np.exp(fits - fits.max(axis=-1, keepdims=True))
        shares = powers / powers.sum(axis=-1, keepdims=True)
        taken: Maps = (shares @ value).transpose(0, 2, 1, 3).reshape(count, length, -1)
        return taken

    def _linear(self, maps: Maps, name: str) -> Maps:
        # All tokens in one product: numpy would multiply text by text.
        flat = maps.reshape(-1, maps.shape[-1]) @ self._weights[f"{name}.weight"].T
        flat += self._weights[f"{name}.bias"]
        return flat.reshape(*maps.shape[:-1], -1)

    def _normed(self, maps: Maps, name: str) -> Maps:
        centred = maps - maps.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
        normed: Maps = centred / spread
        return normed * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def _gelu(maps: Maps) -> Maps:
    from scipy.special import erf

    half: Maps = 0.5 * maps
    half *= 1 + erf(maps * np.float32(np.sqrt(0.5)))
    return half
