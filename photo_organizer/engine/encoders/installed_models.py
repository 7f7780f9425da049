"""Which models are installed: each is a folder below the folder of models."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from photo_organizer.engine import paths
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import full_program
from photo_organizer.engine.encoders.model_folders import (
    current_proof,
    current_refusal,
    find_damage,
    folder_of,
    name_of,
)
from photo_organizer.engine.encoders.offered_models import (
    STARTER,
    ModelKind,
    can_be_name,
    kind_of,
    offered,
)
from photo_organizer.engine.encoders.proofs import Proof


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One line of the list of models."""

    name: str
    kind: ModelKind
    title: str
    bytes: int
    """On disk if its folder is there, else of the download (about)."""
    installed: bool
    """It can be opened; a damaged one cannot."""
    licence: str
    description: str
    needs_full: bool = False
    """It cannot work here: this is the light program."""
    recommended: bool = False
    """Of those on offer, the one to take by who wants any words."""
    proof: Proof | None = None
    """What a CLIP model has proved; None where it is not installed or has to be checked first."""
    damaged: Reason | None = None
    """What is wrong with a model whose folder is there, and what to do about it. It can be removed,
    and downloaded or imported again."""
    refused: Reason | None = None
    """Why an installed model did not pass the check: it is not used."""


def list_models(models: Path | None = None, *, language: str = "en") -> list[ModelInfo]:
    """The models on offer in order of preference, then whatever else is there.

    Args:
        models: the folder of models; None means `paths.models_dir`.
        language: of titles and descriptions, one of `assets.languages`.
    """
    root = models or paths.models_dir()
    known = offered()
    there = _there(root)
    listed = [
        _info(
            root,
            name,
            model.kind,
            title=model.title.get(language, model.title["en"]),
            download=model.bytes,
            licence=model.licence,
            description=model.description.get(language, model.description["en"]),
            recommended=model.recommended,
        )
        for name, model in known.items()
        if not model.earlier or is_there(root, name)
    ]
    return listed + [_info(root, name, ModelKind.CLIP) for name in there if name not in known]


def is_installed(root: Path, full: str) -> bool:
    """Whether a model can be opened; the starter always can, a damaged one cannot."""
    return full == STARTER or (
        is_there(root, full) and find_damage(folder_of(root, full), kind_of(full)) is None
    )


def is_there(root: Path, full: str) -> bool:
    """Whether a model has a folder, in whatever state; it can be removed then."""
    return folder_of(root, full).is_dir()


def installed_clip(root: Path) -> list[str]:
    """Full names of the installed CLIP models, those on offer first and in their order."""
    names = [name for name in _there(root) if kind_of(name) is ModelKind.CLIP]
    found = {name for name in names if is_installed(root, name)}
    known = [name for name in offered() if name in found]
    return known + sorted(found - set(known))


def _there(root: Path) -> list[str]:
    """The full names of the models that have a folder."""
    folders = root.glob("[!.]*/") if root.is_dir() else ()
    return sorted(name_of(folder) for folder in folders if can_be_name(name_of(folder)))


def _info(
    root: Path,
    name: str,
    kind: ModelKind,
    *,
    title: str = "",
    download: int = 0,
    licence: str = "",
    description: str = "",
    recommended: bool = False,
) -> ModelInfo:
    folder = folder_of(root, name)
    starter = kind is ModelKind.STARTER
    there = not starter and is_there(root, name)
    damaged = find_damage(folder, kind) if there else None
    usable = there and damaged is None
    return ModelInfo(
        name=name,
        kind=kind,
        title=title or name,
        bytes=(_bytes(folder) if there else 0) or download,
        installed=starter or usable,
        licence=licence,
        description=description,
        recommended=recommended,
        needs_full=not starter and full_program.how_to_get() is not None,
        proof=current_proof(folder) if usable and kind is ModelKind.CLIP else None,
        damaged=damaged,
        refused=current_refusal(folder) if usable and kind is ModelKind.CLIP else None,
    )


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*"))
