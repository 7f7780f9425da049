"""Which models are installed: each is a folder below the folder of models."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from photo_organizer.engine import paths
from photo_organizer.engine.encoders import checkpoints, full_program
from photo_organizer.engine.encoders.offered_models import STARTER, ModelKind, offered

HEAD_FILE = "probe.safetensors"
"""What the folder of an aesthetic head holds. The name is older than the word "head"; it stays,
so that heads installed by earlier versions are found."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One line of the list of models."""

    name: str
    kind: ModelKind
    title: str
    bytes: int
    """On disk if installed, else of the download (about)."""
    installed: bool
    licence: str
    description: str
    needs_full: bool = False
    """It cannot work here: this is the light program."""
    recommended: bool = False
    """Of those on offer, the one to take by who wants any words."""


def list_models(models: Path | None = None, *, language: str = "en") -> list[ModelInfo]:
    """The models on offer in order of preference, then whatever else is installed.

    Args:
        models: the folder of models; None means `paths.models_dir`.
        language: of titles and descriptions, one of `assets.languages`.
    """
    root = models or paths.models_dir()
    known = offered()
    light = full_program.how_to_get() is not None
    listed = [
        ModelInfo(
            name=name,
            kind=model.kind,
            title=model.title.get(language, model.title["en"]),
            bytes=_bytes(folder_of(root, name)) or model.bytes,
            installed=is_installed(root, name),
            licence=model.licence,
            description=model.description.get(language, model.description["en"]),
            needs_full=light and model.kind is not ModelKind.STARTER,
            recommended=model.recommended,
        )
        for name, model in known.items()
        if not model.earlier or is_installed(root, name)
    ]
    others = [
        ModelInfo(name, ModelKind.CLIP, name, _bytes(folder_of(root, name)), True, "", "", light)
        for name in installed_clip(root)
        if name not in known
    ]
    return listed + others


def folder_of(root: Path, full: str) -> Path:
    """Where a model is or would be installed."""
    return root / full.replace("/", "--")


def is_installed(root: Path, full: str) -> bool:
    """Whether a model can be opened; the starter always can."""
    # Folders are put in place as a whole, so that one that exists is complete.
    return full == STARTER or folder_of(root, full).is_dir()


def installed_clip(root: Path) -> list[str]:
    """Full names of the installed CLIP models, those on offer first and in their order."""
    found = {checkpoints.read_meta(m.parent).name for m in root.glob(f"[!.]*/{checkpoints.META}")}
    known = [name for name in offered() if name in found]
    return known + sorted(found - set(known))


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*"))
