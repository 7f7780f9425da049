"""Opens an installed model by its name."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from photo_organizer.engine import paths
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import full_program
from photo_organizer.engine.encoders.devices import choose_device
from photo_organizer.engine.encoders.errors import ModelError, UnprovedError
from photo_organizer.engine.encoders.installed_models import (
    installed_clip,
    is_installed,
    is_there,
)
from photo_organizer.engine.encoders.model_folders import current_proof, demand_whole, folder_of
from photo_organizer.engine.encoders.offered_models import (
    STARTER,
    ModelKind,
    full_name,
    kind_of,
    offered,
)
from photo_organizer.engine.encoders.protocols import Encoder, TextCache


def open_encoder(
    name: str = "auto",
    device: str = "auto",
    texts: TextCache | None = None,
    *,
    models: Path | None = None,
) -> Encoder:
    """The encoder to work with; CLIP models load their weights only when they are needed.

    Args:
        name: of an installed model, or "auto" for the best installed CLIP, else the starter.
        device: "auto", "cuda", "mps" or "cpu".
        texts: remembers text embeddings between runs; encoders take it later as `texts`, too.
        models: the folder of models; None means `paths.models_dir`.

    Raises:
        UnprovedError: it has not proved itself yet to this version of the program.
        ModelError: the model is unknown, not installed, or needs the full program.
    """
    root = models or paths.models_dir()
    full = _best(root, device) if name == "auto" else full_name(name, otherwise="custom")
    kind = kind_of(full)
    if kind is ModelKind.CLIP and is_there(root, full):
        demand_whole(folder_of(root, full), kind)
    if kind is not ModelKind.AESTHETIC and not is_installed(root, full):
        raise ModelError(
            "models.missing", model=full, command=f"photo-organizer models download {name}"
        )
    match kind:
        case ModelKind.STARTER:
            from photo_organizer.engine.encoders.starter import StarterEncoder

            return StarterEncoder(device=device, texts=texts)
        case ModelKind.CLIP:
            full_program.demand("full.clip")
            from photo_organizer.engine.encoders.clip import ClipEncoder

            folder = folder_of(root, full)
            proof = current_proof(folder)
            if proof is None:
                raise UnprovedError("models.unproved", model=full)
            return ClipEncoder(folder, proof=proof, device=device, texts=texts)
        case ModelKind.AESTHETIC:
            raise ModelError("models.no_encoder", model=full)
        case _:
            assert_never(kind)


def stand_in(name: str = "auto", *, models: Path | None = None) -> Reason | None:
    """Why the starter has to stand in for a model; None where the model can work.

    Args:
        name: as `open_encoder` takes it; "auto" would take an installed CLIP.
        models: the folder of models; None means `paths.models_dir`.

    Raises:
        ModelError: there can be no such model.
    """
    return Reason("full.instead") if asks_for_clip(name, models) and _is_light() else None


def asks_for_clip(name: str, models: Path | None = None) -> bool:
    """Whether a name means a CLIP model, which needs torch; see `stand_in`."""
    if name == "auto":
        return bool(installed_clip(models or paths.models_dir()))
    return kind_of(full_name(name, otherwise="custom")) is ModelKind.CLIP


def _is_light() -> bool:
    return full_program.how_to_get() is not None


def _best(root: Path, device: str) -> str:
    if _is_light():
        return STARTER
    installed = installed_clip(root)
    for_gpu = {name for name, model in offered().items() if model.for_gpu} & set(installed)
    if len(installed) > 1 and for_gpu and choose_device(device) == "cpu":
        installed.sort(key=lambda name: name in for_gpu)
    return installed[0] if installed else STARTER
