"""How a CLIP model arrives: it proves itself first, and only then is it put in place."""

from __future__ import annotations

import threading
from pathlib import Path

from photo_organizer.engine import paths
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import full_program, installing
from photo_organizer.engine.encoders.download import OnBytes
from photo_organizer.engine.encoders.errors import ModelError, RefusedError
from photo_organizer.engine.encoders.installed_models import is_installed, is_there
from photo_organizer.engine.encoders.model_folders import (
    demand_whole,
    folder_of,
    name_of,
)
from photo_organizer.engine.encoders.offered_models import STARTER, ModelKind, full_name, kind_of
from photo_organizer.engine.encoders.proofs import Proof
from photo_organizer.engine.proving.check import OnChecked
from photo_organizer.engine.proving.keeping import found_out, prove_folder
from photo_organizer.engine.proving.wiring import choose_wiring

UNKNOWN = "custom"
"""The training of a file of which only the architecture is known."""


def download(
    name: str,
    progress: OnBytes | None = None,
    cancel: threading.Event | None = None,
    *,
    models: Path | None = None,
    on_check: OnChecked | None = None,
) -> str:
    """Fetch a model with the aesthetic head that belongs to it, prove it, and put it in place.

    One that is there and has proved itself is neither fetched nor proved again; one that was
    refused is fetched anew.

    Args:
        name: see `installing.download`.
        progress: told about the weights.
        cancel: stops the download or the check; what has arrived is kept for the next call.
        models: the folder of models; None means `paths.models_dir`.
        on_check: told how far the check is, once the model has arrived.

    Returns:
        The full name.

    Raises:
        RefusedError: it did not pass; an older one of that name stays.
        ModelError: see `installing.download`.
        CancelledError: `cancel` was set.
    """
    root = models or paths.models_dir()
    full = full_name(name)
    refused = False
    if _is_clip(full) and is_installed(root, full):
        try:
            check_again(full, models=root, on_check=on_check, cancel=cancel, even_if_proved=False)
        except RefusedError:
            refused = True  # it may have been another file under that name
    return installing.download(
        name,
        progress,
        cancel,
        models=root,
        accept=lambda folder: _prove(folder, root, on_check, cancel),
        anew=refused,
    )


def import_model(
    name: str,
    file: Path,
    *,
    models: Path | None = None,
    on_check: OnChecked | None = None,
    cancel: threading.Event | None = None,
) -> str:
    """Take a model from a file that is on this machine, prove it, and put it in place.

    Args:
        name: see `installing.import_model`.
        file: see there.
        models: the folder of models; None means `paths.models_dir`.
        on_check: told how far the check is.
        cancel: stops the check.

    Returns:
        The full name.

    Raises:
        RefusedError: it did not pass; an older one of that name stays.
        ModelError: see `installing.import_model`.
        CancelledError: `cancel` was set.
    """
    root = models or paths.models_dir()
    return installing.import_model(
        name, file, models=root, accept=lambda folder: _prove(folder, root, on_check, cancel)
    )


def check_again(
    name: str,
    *,
    models: Path | None = None,
    on_check: OnChecked | None = None,
    cancel: threading.Event | None = None,
    even_if_proved: bool = True,
) -> Proof:
    """Have an installed model prove itself, and keep what it proved.

    Args:
        name: of an installed CLIP model.
        models: the folder of models; None means `paths.models_dir`.
        on_check: told how far the check is.
        cancel: stops the check.
        even_if_proved: to this version of the program.

    Raises:
        RefusedError: it did not pass; that is kept, and it is not used.
        ModelError: there is no such model, or it is none that can be checked.
        CancelledError: `cancel` was set.
    """
    root = models or paths.models_dir()
    full = full_name(name, otherwise=UNKNOWN)
    if not _is_clip(full):
        raise ModelError("models.nothing_to_check", model=full)
    if not is_there(root, full):
        raise ModelError("models.not_there", model=full)
    folder = folder_of(root, full)
    demand_whole(folder, ModelKind.CLIP)
    full_program.demand("full.clip")
    known = None if even_if_proved else found_out(folder)
    if isinstance(known, Proof):
        return known
    if known is not None:
        raise RefusedError.of(known)
    return prove_folder(folder, on_check=on_check, cancel=cancel)


def _is_clip(full: str) -> bool:
    return full != STARTER and kind_of(full) is ModelKind.CLIP


def _prove(
    folder: Path, root: Path, on_check: OnChecked | None, cancel: threading.Event | None
) -> None:
    if name_of(folder).endswith(f"/{UNKNOWN}"):
        choose_wiring(folder, cancel)
    try:
        prove_folder(folder, on_check=on_check, cancel=cancel)
    except RefusedError as error:
        full = name_of(folder)
        before = folder_of(root, full)
        if not is_installed(root, full) or isinstance(found_out(before), Reason):
            raise
        raise RefusedError("models.refused_stays", why=error.reason, model=full) from error
