"""Opens an installed model by its name."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from photo_organizer.engine import paths
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import full_program
from photo_organizer.engine.encoders.devices import choose_device
from photo_organizer.engine.encoders.errors import ModelError, RefusedError, UnprovedError
from photo_organizer.engine.encoders.installed_models import (
    installed_clip,
    is_there,
)
from photo_organizer.engine.encoders.model_folders import (
    current_proof,
    current_refusal,
    demand_whole,
    folder_of,
)
from photo_organizer.engine.encoders.offered_models import (
    STARTER,
    ModelKind,
    full_name,
    kind_of,
    offered,
)
from photo_organizer.engine.encoders.proofs import UNPROVED, Proof
from photo_organizer.engine.encoders.protocols import EmbeddingModel, Encoder, TextCache
from photo_organizer.engine.encoders.remote_names import is_remote


def open_encoder(
    name: str = "auto",
    device: str = "auto",
    texts: TextCache | None = None,
    *,
    models: Path | None = None,
) -> Encoder:
    """The encoder to work with; CLIP models load their weights only when they are needed.

    It opens what has proved itself. Who works with photos asks `proving.opening.open_encoder`,
    which has it prove itself first.

    Args:
        name: of an installed model, or "auto" for the best installed CLIP, else the starter.
        device: "auto", "cuda", "mps" or "cpu".
        texts: remembers text embeddings between runs; encoders take it later as `texts`, too.
        models: the folder of models; None means `paths.models_dir`.

    Raises:
        UnprovedError: it has not proved itself yet to this version of the program.
        RefusedError: it did not pass the check; "auto" passes it over.
        ModelError: the model is unknown, not installed, or needs the full program.
    """
    root = models or paths.models_dir()
    full = _best(root, device) if name == "auto" else full_name(name, otherwise="custom")
    folder = _there(root, full, asked=name)
    if folder is None:
        from photo_organizer.engine.encoders.starter import StarterEncoder

        return StarterEncoder(device=device, texts=texts)
    if (refused := current_refusal(folder)) is not None:
        raise RefusedError.of(refused)
    proof = current_proof(folder)
    if proof is None:
        raise UnprovedError("models.unproved", model=full)
    return _clip(folder, proof, device, texts)


def open_with_proof(
    full: str,
    proof: Proof,
    device: str = "auto",
    texts: TextCache | None = None,
    *,
    models: Path | None = None,
) -> Encoder:
    """A CLIP model judged by a proof that need not be kept beside its weights.

    Args:
        full: its full name.
        proof: `UNPROVED` for who only wants its embeddings.
        device: see `open_encoder`, as the others.
        texts: see there.
        models: see there.

    Raises:
        ModelError: it is not installed, or needs the full program.
    """
    folder = _there(models or paths.models_dir(), full, asked=full)
    if folder is None:
        raise ModelError("models.nothing_to_check", model=full)
    return _clip(folder, proof, device, texts)


def embedding_model(name: str, *, models: Path | None = None) -> EmbeddingModel:
    """Whose embeddings those of an installed model are, whatever it has proved.

    Raises:
        ModelError: the model is unknown, not installed, or needs the full program.
    """
    root = models or paths.models_dir()
    full = full_name(name, otherwise="custom")
    if full == STARTER:
        return open_encoder(STARTER, "cpu", models=root)
    return open_with_proof(full, UNPROVED, "cpu", models=root)


def by_preference(root: Path, device: str = "auto") -> list[str]:
    """What "auto" takes, by full names: the first of these that works. The starter is the last.

    Args:
        root: the folder of models.
        device: see `open_encoder`.
    """
    if _is_light():
        return [STARTER]
    installed = installed_clip(root)
    for_gpu = {name for name, model in offered().items() if model.for_gpu} & set(installed)
    if len(installed) > 1 and for_gpu and choose_device(device) == "cpu":
        installed.sort(key=lambda name: name in for_gpu)
    return [*installed, STARTER]


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
    """Whether a name means a CLIP model of this computer, which needs torch; see `stand_in`."""
    if name == "auto":
        return bool(installed_clip(models or paths.models_dir()))
    if is_remote(name):
        return False
    return kind_of(full_name(name, otherwise="custom")) is ModelKind.CLIP


def _is_light() -> bool:
    return full_program.how_to_get() is not None


def _best(root: Path, device: str) -> str:
    names = by_preference(root, device)
    return next(full for full in names if current_refusal(folder_of(root, full)) is None)


def _there(root: Path, full: str, *, asked: str) -> Path | None:
    """The folder of an installed CLIP model; None for the starter, which has none."""
    kind = kind_of(full)
    match kind:
        case ModelKind.STARTER:
            return None
        case ModelKind.AESTHETIC:
            raise ModelError("models.no_encoder", model=full)
        case ModelKind.CLIP:
            folder = folder_of(root, full)
            if not is_there(root, full):
                command = f"photo-organizer models download {asked}"
                raise ModelError("models.missing", model=full, command=command)
            demand_whole(folder, kind)
            full_program.demand("full.clip")
            return folder
        case _:
            assert_never(kind)


def _clip(folder: Path, proof: Proof, device: str, texts: TextCache | None) -> Encoder:
    from photo_organizer.engine.encoders.clip import ClipEncoder

    return ClipEncoder(folder, proof=proof, device=device, texts=texts)
