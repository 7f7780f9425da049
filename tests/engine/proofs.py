"""Proofs for models of tests: with random weights no model would get one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from photo_organizer.engine.encoders import checkpoints
from photo_organizer.engine.encoders.clip import ClipEncoder
from photo_organizer.engine.encoders.proofs import CHECK, UNPROVED, Calibrated, Proof, write_proof

PROOF = replace(
    UNPROVED,
    check=CHECK,
    pictures=21,
    named=19,
    agreement=0.98,
    category=Calibrated(0.23, 0.02, 0.9),
    likeness=Calibrated(0.8, 0.04, 0.9),
    quality={
        flaw: Calibrated(0.0, 1.0, 1.0)
        for flaw in ("blur", "pixelated", "noise", "dark", "compression")
    },
    score=Calibrated(5.5, 0.5, 0.8),
)
"""Of nobody; its numbers are those of a good CLIP."""


def trust(models: Path, proof: Proof = PROOF) -> None:
    """Let every CLIP model installed in the folder of models have proved itself."""
    for meta in models.glob(f"[!.]*/{checkpoints.META}"):
        folder = meta.parent
        write_proof(folder, replace(proof, version=ClipEncoder(folder, proof=proof).version))
