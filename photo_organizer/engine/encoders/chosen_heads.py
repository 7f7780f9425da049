"""Which head scores the photos of a model: the user's own, else the one installed for it."""

from __future__ import annotations

import os
from pathlib import Path

from photo_organizer.engine import paths
from photo_organizer.engine.encoders import opening
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.installed_models import is_there
from photo_organizer.engine.encoders.model_folders import HEAD_FILE, folder_of
from photo_organizer.engine.encoders.offered_models import heads_of

_OWN_HEADS = "own-probes"
"""The folder of heads that the user trained; an old name, so that older ones are found."""


def open_head(encoder: str, *, models: Path | None = None) -> LinearHead | None:
    """The aesthetic head for an encoder's embeddings: the user's own, else the installed one.

    Raises:
        ModelError: it is installed but unreadable.
    """
    root = models or paths.models_dir()
    own = _own_head(root, encoder)
    if own.exists():
        return LinearHead.load(own)
    for head in heads_of(encoder):
        if is_there(root, head):
            return LinearHead.load(folder_of(root, head) / HEAD_FILE)
    return None


def use_head(file: Path, *, models: Path | None = None) -> LinearHead:
    """Rank with a scorer from a file (it is copied) wherever its model is used.

    Raises:
        ModelError: it is no scorer, its model is not installed, or it does not fit the model.
    """
    root = models or paths.models_dir()
    head = LinearHead.load(file)
    head.check(opening.embedding_model(head.encoder, models=root))
    own = _own_head(root, head.encoder)
    own.parent.mkdir(parents=True, exist_ok=True)
    staged = own.with_name(f".{own.name}.new-{os.getpid()}")
    head.save(staged)
    staged.replace(own)
    return head


def use_default_heads(*, models: Path | None = None) -> list[str]:
    """Go back to the installed heads; the names of the models that had a scorer of the user's."""
    root = models or paths.models_dir()
    names = []
    for own in sorted((root / _OWN_HEADS).glob("[!.]*.safetensors")):
        own.unlink()
        names.append(own.stem.replace("--", "/"))
    return names


def _own_head(root: Path, encoder: str) -> Path:
    return root / _OWN_HEADS / f"{folder_of(root, encoder).name}.safetensors"
