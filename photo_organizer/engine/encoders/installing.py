"""How a model gets in and out: downloaded, imported from a file, removed."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal, assert_never

from photo_organizer.engine import paths
from photo_organizer.engine.domain.reasons import system_message
from photo_organizer.engine.encoders import checkpoints, full_program
from photo_organizer.engine.encoders.checkpoint_files import demand_checkpoint
from photo_organizer.engine.encoders.download import OnBytes, fetch, file_sha256
from photo_organizer.engine.encoders.errors import ModelError, RefusedError
from photo_organizer.engine.encoders.heads import load_laion
from photo_organizer.engine.encoders.installed_models import is_installed, is_there
from photo_organizer.engine.encoders.model_folders import HEAD_FILE, folder_of
from photo_organizer.engine.encoders.offered_models import (
    ModelKind,
    OfferedHead,
    full_name,
    head_on_offer,
    heads_of,
    kind_of,
)
from photo_organizer.engine.encoders.published_weights import fetch_weights

_UNFINISHED = ".downloads"

Accept = Callable[[Path], None]
"""Told the finished folder of a CLIP model before it is put in place. Whatever it raises, the model
is not put there, and one that was there before stays."""
_Installable = Literal[ModelKind.CLIP, ModelKind.AESTHETIC]


def download(
    name: str,
    progress: OnBytes | None = None,
    cancel: threading.Event | None = None,
    *,
    models: Path | None = None,
    accept: Accept | None = None,
    anew: bool = False,
) -> str:
    """Fetch and install a model with the aesthetic head that belongs to it; does nothing twice.

    Args:
        name: of an offered model, or architecture and training of any that open_clip publishes.
        progress: told about the weights; the small files beside them go unreported.
        cancel: stops the download; what has arrived is kept for the next call.
        models: the folder of models; None means `paths.models_dir`.
        accept: see `Accept`; what it refuses with a `RefusedError` is not kept for another try.
        anew: fetch it although it is installed: what is there is of no use.

    Returns:
        The full name.

    Raises:
        ModelError: unknown model, no connection, wrong checksum, full disk, unusable file, or this
            is the light program, which could not use it.
        CancelledError: `cancel` was set.
    """
    root = models or paths.models_dir()
    full = full_name(name)
    kind = kind_of(full)
    if kind is ModelKind.STARTER:
        raise ModelError("models.starter_download")
    full_program.demand("full.clip")
    if anew or not is_installed(root, full):
        unfinished = root / _UNFINISHED / folder_of(root, full).name
        match kind:
            case ModelKind.CLIP:
                file, digest = fetch_weights(full, unfinished, progress, cancel)
            case ModelKind.AESTHETIC:
                head = head_on_offer(full)
                file = unfinished / head.url.rpartition("/")[2]
                digest = fetch(head.url, file, sha256=head.sha256, progress=progress, cancel=cancel)
            case _:
                assert_never(kind)
        try:
            _install(full, kind, file, digest, root, accept=accept)
        except RefusedError:
            shutil.rmtree(unfinished)  # it came whole: fetched again it would be the same
            raise
        shutil.rmtree(unfinished)
    for own in heads_of(full):
        download(own, cancel=cancel, models=root)
    return full


def import_model(
    name: str, file: Path, *, models: Path | None = None, accept: Accept | None = None
) -> str:
    """Install a model from a file that is already on this machine.

    Args:
        name: of an offered model, or an open_clip architecture with or without a training. The
            training decides about activation and preprocessing: name it in full where the file
            is not the offered one ("ViT-B-32/laion2b_s34b_b79k").
        file: safetensors or a torch file with nothing but weights. It is copied.
        models: the folder of models; None means `paths.models_dir`.
        accept: see `Accept`.

    Returns:
        The full name.

    Raises:
        ModelError: unknown name, unsafe file, weights that do not fit, or this is the light
            program, which could not use it.
    """
    root = models or paths.models_dir()
    full = full_name(name, otherwise="custom")
    kind = kind_of(full)
    if kind is ModelKind.STARTER:
        raise ModelError("models.starter_import")
    full_program.demand("full.clip")
    demand_checkpoint(file)
    try:
        digest = file_sha256(file)
    except OSError as error:
        raise ModelError("models.file", file=str(file), message=system_message(error)) from error
    if kind is ModelKind.AESTHETIC and digest != head_on_offer(full).sha256:
        raise ModelError("models.other_file", file=str(file), model=full)
    _install(full, kind, file, digest, root, accept=accept)
    return full


def remove(name: str, *, models: Path | None = None) -> str:
    """Delete an installed model with its head, and what an unfinished download has left.

    Returns:
        The full name.

    Raises:
        ModelError: it is not installed, cannot be deleted, or is the starter.
    """
    root = models or paths.models_dir()
    full = full_name(name, otherwise="custom")
    if kind_of(full) is ModelKind.STARTER:
        raise ModelError("models.starter_remove")
    unfinished = root / _UNFINISHED / folder_of(root, full).name
    if not is_there(root, full) and not unfinished.exists():
        raise ModelError("models.not_there", model=full)
    for folder in (unfinished, *(folder_of(root, each) for each in (full, *heads_of(full)))):
        try:
            if folder.exists():
                shutil.rmtree(folder)
        except OSError as error:
            raise ModelError(
                "models.not_deleted", folder=str(folder), message=str(error)
            ) from error
    return full


def _install(
    full: str,
    kind: _Installable,
    file: Path,
    digest: str,
    root: Path,
    *,
    accept: Accept | None,
) -> None:
    """Turn a file into the folder of a model."""
    folder = folder_of(root, full)
    match kind:
        case ModelKind.CLIP:
            # Of this thread alone: another program may be installing the same model.
            waiting = root / f".arriving-{os.getpid()}-{threading.get_ident()}"
            staged = waiting / folder.name
            try:
                checkpoints.install(file, full, staged, sha256=digest)
                if accept is not None:
                    accept(staged)
                checkpoints.replace_folder(staged, folder)
            finally:
                shutil.rmtree(waiting, ignore_errors=True)
        case ModelKind.AESTHETIC:
            _install_head(head_on_offer(full), file, folder)
        case _:
            assert_never(kind)


def _install_head(model: OfferedHead, file: Path, folder: Path) -> None:
    head = load_laion(
        file,
        encoder=model.encoder,
        dimension=model.dimension,
        low=model.low,
        high=model.high,
    )
    staged = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    staged.mkdir(parents=True, exist_ok=True)
    head.save(staged / HEAD_FILE)
    checkpoints.replace_folder(staged, folder)
