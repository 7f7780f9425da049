"""Which models there are, which are installed, and how one gets in, out and opened.

`models` is everywhere the folder with the installed models; None means `paths.models_dir`.
A model may be named in full ("ViT-B-32/openai") or, if it is one of ``resources/models.toml``,
by its architecture alone ("ViT-B-32").
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photo_organizer.engine import assets, paths
from photo_organizer.engine.encoders import checkpoints
from photo_organizer.engine.encoders.devices import choose_device
from photo_organizer.engine.encoders.download import (
    MissingError,
    OnBytes,
    UnreachableError,
    fetch,
    file_sha256,
)
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.heads import LinearHead, load_laion
from photo_organizer.engine.encoders.protocols import Encoder, TextCache

STARTER = "starter"
_HEAD = "probe.safetensors"
_OWN_HEADS = "own-probes"
_UNFINISHED = ".downloads"
_FULL_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One line of the list of models."""

    name: str
    kind: str
    """What it is: "starter", "clip" or "aesthetic"."""
    title: str
    bytes: int
    """On disk if installed, else of the download (about)."""
    installed: bool
    licence: str
    description: str


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a file can be fetched."""

    url: str
    file_name: str
    sha256: str | None = None
    """Where it is known beforehand; model hubs announce it in their headers."""


def list_models(models: Path | None = None, *, language: str = "en") -> list[ModelInfo]:
    """The models on offer in order of preference, then whatever else is installed.

    Args:
        models: see the module.
        language: of titles and descriptions, "en" or "ko".
    """
    root = models or paths.models_dir()
    offered = [
        ModelInfo(
            name=name,
            kind=entry["kind"],
            title=entry["title"].get(language, entry["title"]["en"]),
            bytes=_bytes(_folder(root, name)) or entry["bytes"],
            installed=_is_installed(root, name),
            licence=entry["licence"],
            description=entry["description"].get(language, entry["description"]["en"]),
        )
        for name, entry in _offered().items()
    ]
    others = [
        ModelInfo(name, "clip", name, _bytes(_folder(root, name)), True, "", "")
        for name in _installed_clip(root)
        if name not in _offered()
    ]
    return offered + others


def download(
    name: str,
    progress: OnBytes | None = None,
    cancel: threading.Event | None = None,
    *,
    models: Path | None = None,
) -> str:
    """Fetch and install a model with the aesthetic head that belongs to it; does nothing twice.

    Args:
        name: of an offered model, or architecture and training of any that open_clip publishes.
        progress: told about the weights; the small files beside them go unreported.
        cancel: stops the download; what has arrived is kept for the next call.
        models: see the module.

    Returns:
        The full name.

    Raises:
        ModelError: unknown model, no connection, wrong checksum, full disk, unusable file.
        CancelledError: `cancel` was set.
    """
    root = models or paths.models_dir()
    full = _full_name(name)
    if full == STARTER:
        raise ModelError("the starter is part of the program: there is nothing to download")
    if not _is_installed(root, full):
        unfinished = root / _UNFINISHED / _folder(root, full).name
        if _kind(full) == "aesthetic":
            entry = _offered()[full]
            file = unfinished / entry["url"].rpartition("/")[2]
            fetch(entry["url"], file, sha256=entry["sha256"], progress=progress, cancel=cancel)
            _install_head(full, file, root)
        else:
            file, digest = _fetch_clip(full, unfinished, progress, cancel)
            checkpoints.install(file, full, _folder(root, full), sha256=digest)
        shutil.rmtree(unfinished)
    for head in _heads(full):
        download(head, cancel=cancel, models=root)
    return full


def import_model(name: str, file: Path, *, models: Path | None = None) -> str:
    """Install a model from a file that is already on this machine.

    Args:
        name: of an offered model, or an open_clip architecture with or without a training. The
            training decides about activation and preprocessing: name it in full where the file
            is not the offered one ("ViT-B-32/laion2b_s34b_b79k").
        file: safetensors or a torch file with nothing but weights. It is copied.
        models: see the module.

    Returns:
        The full name.

    Raises:
        ModelError: unknown name, unsafe file, or weights that do not fit.
    """
    root = models or paths.models_dir()
    full = _full_name(name, otherwise="custom")
    if full == STARTER:
        raise ModelError("the starter is part of the program: there is nothing to import")
    try:
        digest = file_sha256(file)
    except OSError as error:
        raise ModelError(f"cannot read {file}: {error.strerror}") from error
    if _kind(full) == "aesthetic":
        if digest != _offered()[full]["sha256"]:
            raise ModelError(f"{file} is not the published file of {full}: its SHA-256 differs")
        _install_head(full, file, root)
    else:
        checkpoints.install(file, full, _folder(root, full), sha256=digest)
    return full


def remove(name: str, *, models: Path | None = None) -> str:
    """Delete an installed model with its head, and what an unfinished download has left.

    Returns:
        The full name.

    Raises:
        ModelError: it is not installed, cannot be deleted, or is the starter.
    """
    root = models or paths.models_dir()
    full = _full_name(name, otherwise="custom")
    if full == STARTER:
        raise ModelError("the starter is part of the program and cannot be removed")
    unfinished = root / _UNFINISHED / _folder(root, full).name
    if not _is_installed(root, full) and not unfinished.exists():
        raise ModelError(f"{full} is not installed")
    for folder in (unfinished, *(_folder(root, each) for each in (full, *_heads(full)))):
        try:
            if folder.exists():
                shutil.rmtree(folder)
        except OSError as error:
            raise ModelError(f"cannot delete {folder}: {error}") from error
    return full


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
        models: see the module.

    Raises:
        ModelError: the model is unknown or not installed.
    """
    root = models or paths.models_dir()
    full = _best(root, device) if name == "auto" else _full_name(name, otherwise="custom")
    if full == STARTER:
        from photo_organizer.engine.encoders.starter import StarterEncoder

        return StarterEncoder(device=device, texts=texts)
    if _kind(full) != "clip":
        raise ModelError(f"{full} scores photos but does not encode them: choose a CLIP model")
    if not _is_installed(root, full):
        raise ModelError(
            f"{full} is not installed. Get it with: photo-organizer models download {name}"
        )

    from photo_organizer.engine.encoders.clip import ClipEncoder

    numbers = assets.toml("models.toml")["other"] | _offered().get(full, {})
    return ClipEncoder(
        _folder(root, full),
        category_threshold=numbers["threshold"],
        likeness_threshold=numbers.get("likeness", 0.8),
        device=device,
        texts=texts,
    )


def open_head(encoder: str, *, models: Path | None = None) -> LinearHead | None:
    """The aesthetic head for an encoder's embeddings: the user's own, else the installed one.

    Raises:
        ModelError: it is installed but unreadable.
    """
    root = models or paths.models_dir()
    own = _own_head(root, encoder)
    if own.exists():
        return LinearHead.load(own)
    for head in _heads(encoder):
        if _is_installed(root, head):
            return LinearHead.load(_folder(root, head) / _HEAD)
    return None


def use_head(file: Path, *, models: Path | None = None) -> LinearHead:
    """Rank with a scorer from a file (it is copied) wherever its model is used.

    Raises:
        ModelError: it is no scorer, its model is not installed, or it does not fit the model.
    """
    root = models or paths.models_dir()
    head = LinearHead.load(file)
    head.check(open_encoder(head.encoder, "cpu", models=root))
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
    return root / _OWN_HEADS / f"{_folder(root, encoder).name}.safetensors"


def _offered() -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in assets.toml("models.toml")["model"]}


def _kind(full: str) -> str:
    return str(_offered().get(full, {"kind": "clip"})["kind"])


def _heads(encoder: str) -> list[str]:
    return [name for name, entry in _offered().items() if entry.get("encoder") == encoder]


def _full_name(name: str, *, otherwise: str | None = None) -> str:
    """The name with its training; `otherwise` is the training of what is not on offer."""
    offered = _offered()
    if name in offered or _FULL_NAME.fullmatch(name):
        return name
    for full in offered:
        if full.partition("/")[0] == name:
            return full
    if otherwise and _FULL_NAME.fullmatch(f"{name}/{otherwise}"):
        return f"{name}/{otherwise}"
    raise ModelError(
        f"unknown model {name!r}: `photo-organizer models list` shows the names; other models of "
        "open_clip are named architecture/training"
    )


def _folder(root: Path, full: str) -> Path:
    return root / full.replace("/", "--")


def _is_installed(root: Path, full: str) -> bool:
    # Folders are put in place as a whole, so that one that exists is complete.
    return full == STARTER or _folder(root, full).is_dir()


def _installed_clip(root: Path) -> list[str]:
    """Full names, those on offer first and in their order."""
    found = {checkpoints.read_meta(m.parent).name for m in root.glob(f"[!.]*/{checkpoints.META}")}
    offered = [name for name in _offered() if name in found]
    return offered + sorted(found - set(offered))


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*"))


def _best(root: Path, device: str) -> str:
    installed = _installed_clip(root)
    for_gpu = {name for name in installed if _offered().get(name, {}).get("for_gpu")}
    if len(installed) > 1 and for_gpu and choose_device(device) == "cpu":
        installed.sort(key=lambda name: name in for_gpu)
    return installed[0] if installed else STARTER


def _install_head(full: str, file: Path, root: Path) -> None:
    entry = _offered()[full]
    head = load_laion(
        file,
        encoder=entry["encoder"],
        dimension=entry["dimension"],
        low=entry["low"],
        high=entry["high"],
    )
    folder = _folder(root, full)
    staged = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    staged.mkdir(parents=True, exist_ok=True)
    head.save(staged / _HEAD)
    checkpoints.replace_folder(staged, folder)


def _fetch_clip(
    full: str, into: Path, progress: OnBytes | None, cancel: threading.Event | None
) -> tuple[Path, str]:
    """The checkpoint of an open_clip model with its companions, and its SHA-256."""
    from huggingface_hub import hf_hub_url

    for repository, names in checkpoints.companions(full.partition("/")[0]).items():
        for name in names:
            if not (into / name).exists():
                fetch(hf_hub_url(repository, name), into / name, cancel=cancel)

    failure: ModelError | None = None
    for source in _sources(full):
        file = into / source.file_name
        try:
            digest = fetch(source.url, file, sha256=source.sha256, progress=progress, cancel=cancel)
        except (MissingError, UnreachableError) as error:
            if file.with_name(file.name + ".part").exists():
                raise
            failure = failure or error
        else:
            return file, digest
    raise failure or ModelError(f"open_clip publishes no weights for {full}")


def _sources(full: str) -> Iterator[_Source]:
    """Where open_clip says the weights are: the model hub (safetensors first), then its address."""
    import open_clip
    from huggingface_hub import hf_hub_url
    from open_clip.constants import HF_SAFE_WEIGHTS_NAME, HF_WEIGHTS_NAME

    published = open_clip.get_pretrained_cfg(*full.split("/")) or {}
    if hub := published.get("hf_hub"):
        repository, _, given = hub.rpartition("/")
        for name in [given] if given else [HF_SAFE_WEIGHTS_NAME, HF_WEIGHTS_NAME]:
            yield _Source(hf_hub_url(repository, name), name)
    if url := published.get("url"):
        found = _SHA256.search(url)
        yield _Source(url, url.rpartition("/")[2], found.group() if found else None)
