"""Where open_clip's models are published, and their download."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from photo_organizer.engine.encoders import checkpoints
from photo_organizer.engine.encoders.download import (
    MissingError,
    OnBytes,
    UnreachableError,
    fetch,
)
from photo_organizer.engine.encoders.errors import ModelError

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file can be fetched."""

    url: str
    file_name: str
    sha256: str | None = None
    """Where it is known beforehand; model hubs announce it in their headers."""


def fetch_weights(
    full: str, into: Path, progress: OnBytes | None, cancel: threading.Event | None
) -> tuple[Path, str]:
    """Download the checkpoint of an open_clip model with the small files beside it.

    Args:
        full: the model's full name.
        into: the folder for the files; what an earlier call has left there is gone on with.
        progress: told about the weights; the small files go unreported.
        cancel: stops the download.

    Returns:
        The checkpoint and its SHA-256.

    Raises:
        ModelError: open_clip publishes no weights, no connection, wrong checksum, full disk.
        CancelledError: `cancel` was set.
    """
    from huggingface_hub import hf_hub_url

    for repository, names in checkpoints.companions(full.partition("/")[0]).items():
        for name in names:
            if not (into / name).exists():
                fetch(hf_hub_url(repository, name), into / name, cancel=cancel)

    failure: ModelError | None = None
    for source in sources(full):
        file = into / source.file_name
        try:
            digest = fetch(source.url, file, sha256=source.sha256, progress=progress, cancel=cancel)
        except (MissingError, UnreachableError) as error:
            if file.with_name(file.name + ".part").exists():
                raise
            failure = failure or error
        else:
            return file, digest
    raise failure or ModelError("models.unpublished", model=full)


def sources(full: str) -> Iterator[Source]:
    """Where open_clip says the weights are: the model hub (safetensors first), then its address."""
    import open_clip
    from huggingface_hub import hf_hub_url
    from open_clip.constants import HF_SAFE_WEIGHTS_NAME, HF_WEIGHTS_NAME

    published = open_clip.get_pretrained_cfg(*full.split("/")) or {}
    if hub := published.get("hf_hub"):
        repository, _, given = hub.rpartition("/")
        for name in [given] if given else [HF_SAFE_WEIGHTS_NAME, HF_WEIGHTS_NAME]:
            yield Source(hf_hub_url(repository, name), name)
    if url := published.get("url"):
        found = _SHA256.search(url)
        yield Source(url, url.rpartition("/")[2], found.group() if found else None)
