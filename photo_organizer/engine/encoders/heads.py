"""Linear heads on the embeddings of an encoder: trained here, or published by others."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Scores, Vectors
from photo_organizer.engine.encoders import head_files
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.protocols import EmbeddingModel

METADATA = "probe"
"""Under what name a file says whose head it is; an old name, so that older files can be read."""


@dataclass(frozen=True, slots=True, eq=False)
class LinearHead:
    """A linear head on the embeddings of one encoder: ``score = w·x + b``."""

    weights: NDArray[np.float32]
    """(D,)"""
    bias: float
    encoder: str
    """Name of the encoder whose embeddings it reads, "ViT-B-32/openai"."""
    version: str
    """Changes with the numbers."""
    low: float
    """Lower end of the native scale."""
    high: float
    """Upper end of the native scale."""
    encoder_version: str = ""
    """Of the encoder it was trained with; empty where that is not known (published heads)."""
    fitted_on: Mapping[str, Any] = field(default_factory=dict)
    """What it learned from, where the file says so."""
    left_out: Mapping[str, Any] = field(default_factory=dict)
    """How well it did on what it had not learned from, where the file says so."""

    def check(self, encoder: EmbeddingModel) -> None:
        """Make sure that the head reads this encoder's embeddings.

        Raises:
            ModelError: it was made for another encoder, another version of it, or another length.
        """
        if self.encoder != encoder.name:
            raise ModelError(
                "heads.other_model",
                version=self.version,
                encoder=self.encoder,
                model=encoder.name,
            )
        if len(self.weights) != encoder.dimension:
            raise ModelError(
                "heads.other_length",
                version=self.version,
                count=len(self.weights),
                model=encoder.name,
                given=encoder.dimension,
            )
        if self.encoder_version not in ("", encoder.version):
            raise ModelError(
                "heads.other_version",
                version=self.version,
                encoder_version=self.encoder_version,
                model=encoder.name,
                given=encoder.version,
            )

    def score(self, embeddings: Vectors) -> Scores:
        """The native scores of N unit rows, (N,) float32; not clipped to `low` and `high`.

        Raises:
            ModelError: the embeddings have another length than the head.
        """
        if embeddings.shape[1] != len(self.weights):
            raise ModelError(
                "heads.embeddings",
                encoder=self.encoder,
                count=len(self.weights),
                given=embeddings.shape[1],
            )
        scores: Scores = embeddings @ self.weights + np.float32(self.bias)
        return scores

    def save(self, file: Path) -> None:
        """Write the head as safetensors, everything but the numbers in its metadata."""
        facts: dict[str, Any] = {
            "encoder": self.encoder,
            "version": self.version,
            "low": self.low,
            "high": self.high,
            "encoder_version": self.encoder_version,
        }
        told = {"fitted_on": dict(self.fitted_on), "left_out": dict(self.left_out)}
        facts |= {key: value for key, value in told.items() if value}
        tensors = {"weights": self.weights, "bias": np.array([self.bias], np.float32)}
        head_files.write(file, METADATA, tensors, facts)

    @classmethod
    def load(cls, file: Path) -> LinearHead:
        """Read what `save` wrote.

        Raises:
            ModelError: there is no readable head in `file`.
        """
        with head_files.opened(file, METADATA, otherwise="heads.no_scorer") as stored:
            head = cls(
                weights=stored.tensor("weights"),
                bias=float(stored.tensor("bias")[0]),
                **stored.facts,
            )
            head._check_numbers()
            return head

    def _check_numbers(self) -> None:
        numbers = np.array([*self.weights.reshape(-1), self.bias, self.low, self.high])
        if self.weights.ndim != 1 or not np.isfinite(numbers).all() or self.low >= self.high:
            raise ValueError("its numbers make no scale")


def load_laion(file: Path, *, encoder: str, dimension: int, low: float, high: float) -> LinearHead:
    """Read one of LAION's published heads: the state of a ``torch.nn.Linear(D, 1)``.

    Source: https://github.com/LAION-AI/aesthetic-predictor. They read unit embeddings of OpenAI's
    CLIP and answer about 1 to 10.

    Args:
        file: the ``.pth`` file; loaded as weights only, so it cannot run code.
        encoder: name of the encoder it belongs to.
        dimension: D of that encoder.
        low: lower end of the scale.
        high: upper end of the scale.

    Raises:
        ModelError: no such head in the file, or one for another dimension.
    """
    import torch

    try:
        state = torch.load(file, map_location="cpu", weights_only=True)
        weights = state["weight"].float().numpy().reshape(-1)
        bias = float(state["bias"].item())
    except (OSError, EOFError, RuntimeError, pickle.UnpicklingError, KeyError, TypeError) as error:
        raise ModelError("heads.no_head", file=str(file), message=str(error)) from error
    if len(weights) != dimension:
        raise ModelError(
            "heads.length", file=str(file), count=len(weights), model=encoder, given=dimension
        )
    return LinearHead(weights, bias, encoder, f"laion-{file.stem}", low, high)
