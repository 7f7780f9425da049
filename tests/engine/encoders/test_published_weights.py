"""Where open_clip publishes its models."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from photo_organizer.engine import assets
from photo_organizer.engine.encoders import (
    checkpoints,
    installed_models,
    installing,
    published_weights,
)
from photo_organizer.engine.encoders.errors import ModelError
from tests.engine.encoders.server import Server, serve


def installed(models: Path) -> list[str]:
    return [info.name for info in installed_models.list_models(models) if info.installed]


def test_open_clip_publishes_every_model_on_offer(tiny_clip: dict[str, Path]) -> None:
    for model in assets.toml("models.toml")["model"]:
        if model["kind"] == "clip":
            sources = list(published_weights.sources(model["name"]))
            assert sources[0].file_name.endswith(".safetensors")
            assert all(source.url.startswith("https://") for source in sources)
            if model["name"].endswith("/openai"):
                assert sources[-1].sha256 is not None


def test_the_published_address_is_tried_where_the_hub_has_nothing(
    tiny: dict[str, Path], published: Server, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import open_clip

    content = tiny["one.pt"].read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    published.files.clear()
    published.announced.clear()
    # Not below the checksum, as OpenAI's files are: those are TorchScript.
    published.files["/tiny.pt"] = content
    known = {"hf_hub": "somewhere/tiny/", "url": f"{published.url}/tiny.pt"}
    monkeypatch.setattr(open_clip, "get_pretrained_cfg", lambda *_: known)
    installing.download("tiny-clip", models=models)
    assert [path.rpartition("/")[2] for path, _ in published.asked] == [
        "open_clip_model.safetensors",
        "open_clip_pytorch_model.bin",
        "tiny.pt",
    ]
    assert checkpoints.read_meta(models / "tiny-clip--test").sha256 == digest


def test_offline_nothing_is_installed_and_the_message_says_why(
    published: Server, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    with serve() as gone:
        pass
    monkeypatch.setattr(huggingface_hub, "hf_hub_url", lambda *_: f"{gone.url}/file")
    with pytest.raises(ModelError, match=r"cannot reach .*online"):
        installing.download("tiny-clip", models=models)
    assert installed(models) == ["starter"]


def test_a_model_without_published_weights(published: Server, models: Path) -> None:
    with pytest.raises(ModelError, match="publishes no weights for tiny-clip/other"):
        installing.download("tiny-clip/other", models=models)
