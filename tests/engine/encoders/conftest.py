"""A tiny random CLIP, saved the ways real checkpoints are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

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
            return {"model": entries, "other": {"threshold": 0.2}}
        return real(name)

    monkeypatch.setattr(assets, "toml", toml)
    return entries
