"""A tiny random CLIP, saved the ways real checkpoints are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engine.encoders.server import Server, serve

Entries = list[dict[str, Any]]

TINY = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "patch_size": 16},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 16, "heads": 1, "layers": 1},
}


@pytest.fixture(scope="session")
def tiny_clip(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Checkpoints of the open_clip architecture "tiny-clip", by what they are."""
    import open_clip
    import torch
    from safetensors.torch import save_file

    folder = tmp_path_factory.mktemp("checkpoints")
    config = folder / "tiny-clip.json"
    config.write_text(json.dumps(TINY))
    open_clip.add_model_config(config)
    files = {name: folder / name for name in ("one.safetensors", "one.pt", "other.safetensors")}
    torch.manual_seed(1)
    one = open_clip.create_model("tiny-clip").state_dict()
    save_file(one, files["one.safetensors"])
    torch.save({"epoch": 3, "state_dict": one}, files["one.pt"])
    torch.manual_seed(2)
    save_file(open_clip.create_model("tiny-clip").state_dict(), files["other.safetensors"])
    return files


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """An empty folder for installed models."""
    return tmp_path / "models"


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """A list of models in the place of ``resources/models.toml``; tests fill it."""
    from photo_organizer.engine import assets

    entries: list[dict[str, Any]] = []
    real = assets.toml

    def toml(name: str) -> dict[str, Any]:
        if name == "models.toml":
            return {"model": entries}
        return real(name)

    monkeypatch.setattr(assets, "toml", toml)
    return entries


def entry(name: str, kind: str = "clip", **more: object) -> dict[str, Any]:
    return {
        "name": name,
        "kind": kind,
        "title": {"en": name.title()},
        "bytes": 1000,
        "licence": "MIT",
        "description": {"en": "English", "ko": "한국어"},
    } | more


@pytest.fixture
def tiny(tiny_clip: dict[str, Path], offered: Entries) -> dict[str, Path]:
    """The tiny CLIP is on offer."""
    offered += [entry("starter", "starter"), entry("tiny-clip/test")]
    return tiny_clip


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture
def published(tiny: dict[str, Path], server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A hub that has the tiny CLIP as safetensors, and open_clip knowing about it."""
    import huggingface_hub
    import open_clip

    content = tiny["one.safetensors"].read_bytes()
    path = "/somewhere/tiny/open_clip_model.safetensors"
    server.files[path] = content
    server.announced[path] = hashlib.sha256(content).hexdigest()
    known = {("tiny-clip", "test"): {"hf_hub": "somewhere/tiny/"}}
    monkeypatch.setattr(
        open_clip, "get_pretrained_cfg", lambda model, tag: known.get((model, tag), {})
    )
    monkeypatch.setattr(
        huggingface_hub, "hf_hub_url", lambda repo, file: f"{server.url}/{repo}/{file}"
    )
    return server


@pytest.fixture
def head(server: Server, offered: Entries, tmp_path: Path) -> Path:
    """An aesthetic head for the tiny CLIP, on offer and on the server."""
    import torch

    file = tmp_path / "head.pth"
    torch.save(torch.nn.Linear(16, 1).state_dict(), file)
    server.files["/head.pth"] = file.read_bytes()
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    offered.append(
        entry(
            "tiny-head",
            "aesthetic",
            encoder="tiny-clip/test",
            dimension=16,
            url=f"{server.url}/head.pth",
            sha256=digest,
            low=1.0,
            high=10.0,
        )
    )
    return file
