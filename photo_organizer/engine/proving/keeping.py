"""What was found out about an installed model is kept beside its weights: a proof or a refusal."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import checkpoints
from photo_organizer.engine.encoders.clip import ClipEncoder
from photo_organizer.engine.encoders.errors import ModelError, RefusedError
from photo_organizer.engine.encoders.model_folders import current_proof, current_refusal
from photo_organizer.engine.encoders.proofs import (
    CHECK,
    UNPROVED,
    Proof,
    Refusal,
    write_proof,
    write_refusal,
)
from photo_organizer.engine.encoders.protocols import TextCache
from photo_organizer.engine.proving.check import OnChecked, check
from photo_organizer.engine.proving.pictures import forget_pictures

log = logging.getLogger(__name__)

_unkept: dict[tuple[Path, str], Proof | Reason] = {}
"""What could not be kept beside the weights, by folder and version: a folder may be read-only."""


def prove_folder(
    folder: Path,
    *,
    device: str = "auto",
    texts: TextCache | None = None,
    on_check: OnChecked | None = None,
    cancel: threading.Event | None = None,
) -> Proof:
    """Have the model in a folder prove itself, and keep what comes of it there.

    Where the folder cannot be written it is remembered until the program ends.

    Args:
        folder: of a CLIP model.
        device: see `opening.open_encoder`.
        texts: remembers text embeddings.
        on_check: told how far it is.
        cancel: stops it.

    Raises:
        RefusedError: it did not pass.
        ModelError: it cannot be loaded.
        CancelledError: `cancel` was set.
    """
    from safetensors import SafetensorError

    encoder = ClipEncoder(folder, proof=UNPROVED, device=device, texts=texts)
    try:
        proof = check(encoder, on_check, cancel)
    except RefusedError as error:
        keep(folder, encoder.version, error.reason)
        raise
    except ModelError:
        raise
    except (RuntimeError, AssertionError, KeyError, ValueError, OSError, SafetensorError) as error:
        message = "\n".join(str(error).splitlines()[:3])
        raise ModelError("models.unusable", folder=str(folder), message=message) from error
    finally:
        forget_pictures()
    keep(folder, encoder.version, proof)
    return proof


def found_out(folder: Path) -> Proof | Reason | None:
    """The proof of an installed CLIP model, or why it was refused; None: it must be checked."""
    known = current_proof(folder) or current_refusal(folder)
    if known is not None:
        return known
    try:
        return unkept(folder, checkpoints.version(folder))
    except ModelError:
        return None


def unkept(folder: Path, version: str) -> Proof | Reason | None:
    """What `keep` could not keep, if it is so."""
    return _unkept.get((folder, version))


def keep(folder: Path, version: str, found: Proof | Reason) -> None:
    """Keep in a folder what was found out about a version of a model.

    Where the folder cannot be written it is remembered until the program ends.
    """
    try:
        if isinstance(found, Proof):
            write_proof(folder, found)
        else:
            write_refusal(folder, Refusal(CHECK, version, found))
    except OSError as error:
        log.warning("what %s proved cannot be kept: %s", folder.name, error)
        _unkept[folder, version] = found
