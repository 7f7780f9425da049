"""The folder of a model: whether what lies in it can be used, as far as can be seen unloaded.

A disk that was full, a copy that broke off, a file that was deleted: one such folder must stop
neither the list of models nor the choice of another.
"""

from __future__ import annotations

from pathlib import Path

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import checkpoints
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.offered_models import ModelKind
from photo_organizer.engine.encoders.proofs import Proof, proof_of, refusal_of
from photo_organizer.engine.encoders.safetensors_files import is_whole

HEAD_FILE = "probe.safetensors"
"""What the folder of an aesthetic head holds. The name is older than the word "head"; it stays,
so that heads installed by earlier versions are found."""


def folder_of(root: Path, full: str) -> Path:
    """Where a model is or would be installed."""
    return root / full.replace("/", "--")


def name_of(folder: Path) -> str:
    """The full name of the model that a folder is for; see `folder_of`."""
    return folder.name.replace("--", "/", 1)


def demand_whole(folder: Path, kind: ModelKind) -> None:
    """Make sure that an installed model can be used, as far as can be seen without its weights.

    Args:
        folder: of a model that is not the starter; there.
        kind: of the model.

    Raises:
        ModelError: it is damaged; the sentence says what to do.
    """
    try:
        wrong = _damaged_head(folder) if kind is ModelKind.AESTHETIC else _damaged_clip(folder)
    except OSError:
        wrong = folder.name  # what lies in it cannot be read
    if wrong is not None:
        raise ModelError("models.damaged", model=name_of(folder), file=wrong)


def find_damage(folder: Path, kind: ModelKind) -> Reason | None:
    """What `demand_whole` says of an installed model; None where nothing is wrong."""
    try:
        demand_whole(folder, kind)
    except ModelError as error:
        return error.reason
    return None


def current_proof(folder: Path) -> Proof | None:
    """The proof of an installed CLIP model, where this version of the program accepts it.

    None where the model was never checked, was checked by other rules, or is another one by now.
    Loads no weights.
    """
    try:
        return proof_of(folder, checkpoints.version(folder))
    except ModelError:
        return None


def current_refusal(folder: Path) -> Reason | None:
    """Why this version of the program refused an installed CLIP model; None where it did not."""
    try:
        return refusal_of(folder, checkpoints.version(folder))
    except ModelError:
        return None


def _damaged_clip(folder: Path) -> str | None:
    """The name of a file that is missing or damaged; None where all are there."""
    try:
        meta = checkpoints.read_meta(folder)
    except ModelError:
        return checkpoints.META
    try:
        checkpoints.read_preprocessing(folder)
        needed = checkpoints.companions_of(folder)
    except ModelError:
        return checkpoints.CONFIG
    if folder_of(folder.parent, meta.name) != folder:
        return checkpoints.META
    missing = [name for name in needed if not _has_content(folder / name)]
    if missing:
        return missing[0]
    weights = folder / checkpoints.WEIGHTS
    return None if weights.is_file() and is_whole(weights) else checkpoints.WEIGHTS


def _damaged_head(folder: Path) -> str | None:
    file = folder / HEAD_FILE
    return None if file.is_file() and is_whole(file) else HEAD_FILE


def _has_content(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0
