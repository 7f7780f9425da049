"""Opens an installed model by its name, after it has proved itself."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from pathlib import Path

from photo_organizer.engine import paths
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import opening
from photo_organizer.engine.encoders.errors import ModelError, RefusedError, UnprovedError
from photo_organizer.engine.encoders.model_folders import folder_of
from photo_organizer.engine.encoders.offered_models import STARTER, full_name
from photo_organizer.engine.encoders.protocols import EmbeddingModel, Encoder, TextCache
from photo_organizer.engine.encoders.remote import RemoteEncoder
from photo_organizer.engine.encoders.remote_names import is_remote
from photo_organizer.engine.proving.check import OnChecked
from photo_organizer.engine.proving.keeping import found_out, prove_folder
from photo_organizer.engine.proving.remote import open_remote

log = logging.getLogger(__name__)


def open_encoder(
    name: str = "auto",
    device: str = "auto",
    texts: TextCache | None = None,
    *,
    models: Path | None = None,
    on_check: OnChecked | None = None,
    cancel: threading.Event | None = None,
) -> Encoder:
    """The encoder to work with; a CLIP model that has not proved itself yet does so first.

    That is so with models that an earlier version of the program has installed. With "auto" one
    that does not pass makes room for the next best: see `instead_of`.

    Args:
        name: see `encoders.opening.open_encoder`, as the next three; of a model of another computer
            see `remote.open_remote`.
        device: see there.
        texts: see there.
        models: see there.
        on_check: told how far a check is.
        cancel: stops a check.

    Raises:
        RefusedError: the model that was named did not pass.
        ModelError: see there.
        CancelledError: `cancel` was set.
    """
    return _first_working(name, device, texts, models, on_check=on_check, cancel=cancel)


def open_again(model: EmbeddingModel, device: str = "auto") -> Encoder:
    """An encoder that embeds photos as those were that a model tells of.

    Args:
        model: that `open_encoder` gave, perhaps in a run that is over.
        device: "auto", "cuda", "mps" or "cpu".

    Raises:
        ModelError: see `open_encoder`.
    """
    if isinstance(model, RemoteEncoder):
        return model.without_end()  # its name does not tell where it computes
    return open_encoder(model.name, device)


def prove_first(
    name: str = "auto",
    device: str = "auto",
    *,
    models: Path | None = None,
    on_check: OnChecked | None = None,
    cancel: threading.Event | None = None,
) -> None:
    """Have models prove themselves until there is one that `open_encoder` gives at once.

    For who wants to be told how far it is. What cannot be opened or proved is told by
    `open_encoder`.

    Raises:
        CancelledError: `cancel` was set.
    """
    with suppress(ModelError):
        _first_working(name, device, None, models, on_check=on_check, cancel=cancel)


def instead_of(
    name: str, encoder: EmbeddingModel, device: str = "auto", *, models: Path | None = None
) -> Reason | None:
    """Why another model than the preferred one does the work; None where there is no reason.

    Args:
        name: what was asked for.
        encoder: what `open_encoder` gave.
        device: what was asked for.
        models: the folder of models; None means `paths.models_dir`.
    """
    if name != "auto":
        return None
    root = models or paths.models_dir()
    for full in opening.by_preference(root, device):
        if full == encoder.name:
            return None
        found = None if full == STARTER else found_out(folder_of(root, full))
        if isinstance(found, Reason):
            return Reason("models.instead", {"model": full, "used": encoder.name}, why=found)
    return None


def _first_working(
    name: str,
    device: str,
    texts: TextCache | None,
    models: Path | None,
    *,
    on_check: OnChecked | None,
    cancel: threading.Event | None,
) -> Encoder:
    root = models or paths.models_dir()
    if is_remote(name):
        return open_remote(name, texts, models=root, on_check=on_check, cancel=cancel)
    if name != "auto":
        full = full_name(name, otherwise="custom")
        return _opened(root, full, device, texts, on_check=on_check, cancel=cancel)
    for full in opening.by_preference(root, device):
        try:
            return _opened(root, full, device, texts, on_check=on_check, cancel=cancel)
        except ModelError as error:
            if full == STARTER:
                raise
            log.warning("%s is passed over: %s", full, error)
    raise AssertionError("the starter is always there")


def _opened(
    root: Path,
    full: str,
    device: str,
    texts: TextCache | None,
    *,
    on_check: OnChecked | None,
    cancel: threading.Event | None,
) -> Encoder:
    try:
        return opening.open_encoder(full, device, texts, models=root)
    except UnprovedError:
        folder = folder_of(root, full)
        found = found_out(folder)
        if isinstance(found, Reason):
            raise RefusedError.of(found) from None
        if found is None:
            found = prove_folder(
                folder, device=device, texts=texts, on_check=on_check, cancel=cancel
            )
        return opening.open_with_proof(full, found, device, texts, models=root)
