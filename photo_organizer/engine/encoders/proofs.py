"""What a CLIP model has proved of itself on this machine, and the numbers it is judged by.

Made once by `photo_organizer.engine.proving`, kept beside the weights, read whenever the model is
opened. No model is used without: see `opening.open_encoder`. That a model was refused is kept too,
with the reason, so that it is not checked again at every start.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.reasons import Reason

CHECK = 1
"""Raise it when the check, its pictures, the built-in categories or the prompts change: every
installed model is then proved anew."""

PROOF = "proof.json"
REFUSAL = "refused.json"


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What a model's number means: from how it comes out where something is so, and where not."""

    middle: float
    """The number at which both are equally likely."""
    spread: float
    """How far beyond it the log-odds are 1; positive."""
    weight: float
    """How well the number tells one from the other: 0 (not at all) to 1 (always). It is twice the
    area under the ROC curve, minus one."""

    def log_odds(self, numbers: NDArray[np.float32]) -> NDArray[np.float32]:
        """The log-odds that it is so; 0 in the middle. Same shape, float32."""
        odds: NDArray[np.float32] = ((numbers - self.middle) / self.spread).astype(np.float32)
        return odds

    def chances(self, numbers: NDArray[np.float32]) -> NDArray[np.float32]:
        """The chances that it is so, 0 to 1; 0.5 in the middle. Same shape, float32."""
        odds = np.clip(self.log_odds(numbers), -50, 50)
        return np.asarray(1 / (1 + np.exp(-odds)), np.float32)

    def number_at(self, odds: float) -> float:
        """The number that has these log-odds."""
        return self.middle + odds * self.spread


@dataclass(frozen=True, slots=True)
class Proof:
    """How a model did on the pictures of the check."""

    check: int
    """`CHECK` of the program that made it."""
    version: str
    """`Encoder.version` of the model that was proved."""
    pictures: int
    """How many were shown that have a name among the built-in categories."""
    named: int
    """How many of them it named rightly among all categories."""
    agreement: float
    """The chance that a fitting pair of picture and category is more alike than an unfitting one,
    0 to 1: the area under the ROC curve."""
    category: Calibrated
    """The cosine of a photo and a category: that it belongs to it."""
    likeness: Calibrated
    """The cosine of two photos: that they are of the same category."""
    quality: Mapping[str, Calibrated]
    """By `Flaw` value, of the pairs of prompts that tell damaged copies from the others:
    ``logit scale · (cosine with the bad prompt − with the good one)``: that the photo is flawed.
    A pair that tells nothing is not in it."""
    score: Calibrated | None
    """The expectation over the prompts that name a score: that it is a good picture and no damaged
    copy; None where it says nothing."""
    languages: tuple[str, ...]
    """In which of the program's languages (`assets.languages`) it named the pictures; English
    always."""


UNPROVED = Proof(
    check=0,
    version="",
    pictures=0,
    named=0,
    agreement=0.0,
    category=Calibrated(0.0, 1.0, 0.0),
    likeness=Calibrated(0.0, 1.0, 0.0),
    quality={},
    score=None,
    languages=("en",),
)
"""Of a model that is being proved."""


def read_proof(folder: Path) -> Proof | None:
    """The proof beside the weights in `folder`; None where there is none that can be read."""
    try:
        found: dict[str, Any] = json.loads((folder / PROOF).read_text(encoding="utf-8"))
        return Proof(
            **found
            | {
                "category": Calibrated(**found["category"]),
                "likeness": Calibrated(**found["likeness"]),
                "quality": {k: Calibrated(**v) for k, v in found["quality"].items()},
                "score": Calibrated(**found["score"]) if found["score"] else None,
                "languages": tuple(found["languages"]),
            }
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # it is made anew


def proof_of(folder: Path, version: str) -> Proof | None:
    """The proof in `folder`, where it is of this version and of this check; else None."""
    proof = read_proof(folder)
    return proof if proof and (proof.check, proof.version) == (CHECK, version) else None


def write_proof(folder: Path, proof: Proof) -> None:
    """Keep a proof beside the weights, in the place of whatever was found out before.

    Raises:
        OSError: the folder cannot be written.
    """
    _write(folder / PROOF, asdict(proof))
    (folder / REFUSAL).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a model is not used."""

    check: int
    """`CHECK` of the program that refused it."""
    version: str
    """`Encoder.version` of the model that was refused."""
    reason: Reason


def read_refusal(folder: Path) -> Refusal | None:
    """The refusal beside the weights in `folder`; None where there is none that can be read."""
    try:
        found: dict[str, Any] = json.loads((folder / REFUSAL).read_text(encoding="utf-8"))
        return Refusal(found["check"], found["version"], Reason.from_json(found["reason"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # it is checked again


def refusal_of(folder: Path, version: str) -> Reason | None:
    """Why this version was refused by this check, as it is said in `folder`; else None."""
    refusal = read_refusal(folder)
    is_current = refusal and (refusal.check, refusal.version) == (CHECK, version)
    return refusal.reason if refusal and is_current else None


def write_refusal(folder: Path, refusal: Refusal) -> None:
    """Keep a refusal beside the weights, in the place of whatever was found out before.

    Raises:
        OSError: the folder cannot be written.
    """
    kept = {"check": refusal.check, "version": refusal.version, "reason": refusal.reason.to_json()}
    _write(folder / REFUSAL, kept)
    (folder / PROOF).unlink(missing_ok=True)


def _write(file: Path, content: dict[str, Any]) -> None:
    # Of this thread alone: two programs may find out the same at once.
    staged = file.with_name(f".{file.name}.new-{os.getpid()}-{threading.get_ident()}")
    staged.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    staged.replace(file)
