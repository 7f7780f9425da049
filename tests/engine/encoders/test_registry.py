"""Models by name: list, download, import, remove, open."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from photo_organizer.engine import assets, paths
from photo_organizer.engine.encoders import checkpoints, registry
from photo_organizer.engine.encoders.errors import ModelError
from tests.engine.encoders.server import Server, serve

Entries = list[dict[str, Any]]


def entry(name: str, kind: str = "clip", **more: object) -> dict[str, Any]:
    return {
        "name": name,
        "kind": kind,
        "title": {"en": name.title()},
        "bytes": 1000,
        "licence": "MIT",
        "threshold": 0.23,
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


def installed(models: Path) -> list[str]:
    return [info.name for info in registry.list_models(models) if info.installed]


def test_the_shipped_list_is_complete() -> None:
    for info in registry.list_models():
        assert info.title
        assert info.licence
        assert info.description
        assert info.installed == (info.name == "starter")
    english = {info.description for info in registry.list_models()}
    assert english.isdisjoint(info.description for info in registry.list_models(language="ko"))
    for model in assets.toml("models.toml")["model"]:
        if model["kind"] == "clip":
            assert 0 < model["threshold"] < 1
        if model["kind"] == "aesthetic":
            assert len(model["sha256"]) == 64
            assert model["low"] < model["high"]
            assert registry.open_head(model["encoder"]) is None


def test_open_clip_publishes_every_model_on_offer(tiny_clip: dict[str, Path]) -> None:
    for model in assets.toml("models.toml")["model"]:
        if model["kind"] == "clip":
            sources = list(registry._sources(model["name"]))
            assert sources[0].file_name.endswith(".safetensors")
            assert all(source.url.startswith("https://") for source in sources)
            if model["name"].endswith("/openai"):
                assert sources[-1].sha256 is not None


def test_a_model_is_downloaded_once_with_its_head(
    published: Server, head: Path, models: Path
) -> None:
    seen: list[tuple[int, int | None]] = []
    name = registry.download("tiny-clip", lambda *p: seen.append(p), models=models)
    assert name == "tiny-clip/test"
    assert installed(models) == ["starter", "tiny-clip/test", "tiny-head"]
    size = len(published.files["/somewhere/tiny/open_clip_model.safetensors"])
    assert seen[-1] == (size, size)
    assert list((models / ".downloads").iterdir()) == []

    requests = len(published.asked)
    registry.download("tiny-clip", models=models)
    assert len(published.asked) == requests

    encoder = registry.open_encoder("tiny-clip", "cpu", models=models)
    assert encoder.name == "tiny-clip/test"
    assert encoder.category_threshold == 0.23
    head = registry.open_head(encoder.name, models=models)
    assert head is not None
    rows = np.eye(16, dtype=np.float32)
    np.testing.assert_allclose(head.score(rows), head.weights + head.bias, rtol=1e-6)


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
    registry.download("tiny-clip", models=models)
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
        registry.download("tiny-clip", models=models)
    assert installed(models) == ["starter"]


def test_a_model_without_published_weights(published: Server, models: Path) -> None:
    with pytest.raises(ModelError, match="publishes no weights for tiny-clip/other"):
        registry.download("tiny-clip/other", models=models)


def test_import_then_open_as_auto_then_remove(tiny: dict[str, Path], models: Path) -> None:
    assert registry.import_model("tiny-clip", tiny["one.pt"], models=models) == "tiny-clip/test"
    encoder = registry.open_encoder("auto", "cpu", models=models)
    assert encoder.name == "tiny-clip/test"
    info = next(i for i in registry.list_models(models) if i.name == "tiny-clip/test")
    assert info.bytes > 1_000_000
    assert registry.remove("tiny-clip", models=models) == "tiny-clip/test"
    assert installed(models) == ["starter"]
    with pytest.raises(ModelError, match="not installed"):
        registry.remove("tiny-clip", models=models)


def test_importing_again_replaces(tiny: dict[str, Path], models: Path) -> None:
    versions = set()
    for file in ("one.safetensors", "other.safetensors"):
        registry.import_model("tiny-clip", tiny[file], models=models)
        versions.add(registry.open_encoder("tiny-clip", "cpu", models=models).version)
    assert len(versions) == 2
    assert [folder.name for folder in models.iterdir()] == ["tiny-clip--test"]


def test_a_failed_import_leaves_what_was_there(tiny: dict[str, Path], models: Path) -> None:
    registry.import_model("tiny-clip", tiny["one.safetensors"], models=models)
    version = registry.open_encoder("tiny-clip", "cpu", models=models).version
    bad = models / "bad.safetensors"
    bad.write_bytes(b"nothing of use")
    with pytest.raises(ModelError, match=r"bad\.safetensors"):
        registry.import_model("tiny-clip", bad, models=models)
    assert registry.open_encoder("tiny-clip", "cpu", models=models).version == version


def test_a_model_that_is_not_on_offer_is_kept_under_its_own_name(
    tiny_clip: dict[str, Path], offered: Entries, models: Path
) -> None:
    name = registry.import_model("tiny-clip", tiny_clip["one.pt"], models=models)
    assert name == "tiny-clip/custom"
    assert installed(models) == ["tiny-clip/custom"]
    encoder = registry.open_encoder("tiny-clip", "cpu", models=models)
    assert encoder.category_threshold == 0.2


def test_a_head_is_imported_only_if_it_is_the_published_file(
    tiny: dict[str, Path], head: Path, models: Path, tmp_path: Path
) -> None:
    assert registry.import_model("tiny-head", head, models=models) == "tiny-head"
    assert registry.open_head("tiny-clip/test", models=models) is not None
    other = tmp_path / "other.pth"
    other.write_bytes(head.read_bytes() + b" ")
    with pytest.raises(ModelError, match="not the published file of tiny-head"):
        registry.import_model("tiny-head", other, models=models)
    with pytest.raises(ModelError, match="choose a CLIP model"):
        registry.open_encoder("tiny-head", models=models)


def test_the_starter_stays(models: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nothing to download"):
        registry.download("starter", models=models)
    with pytest.raises(ModelError, match="nothing to import"):
        registry.import_model("starter", tmp_path / "file", models=models)
    with pytest.raises(ModelError, match="cannot be removed"):
        registry.remove("starter", models=models)


def test_without_a_clip_auto_is_the_starter(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class StarterEncoder:
        def __init__(self, device: str, texts: object) -> None:
            self.name = f"starter on {device}"

    module = ModuleType("photo_organizer.engine.encoders.starter")
    module.StarterEncoder = StarterEncoder  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert registry.open_encoder("auto", "cpu", models=models).name == "starter on cpu"


@pytest.mark.parametrize(
    ("device", "expected"), [("cuda", "tiny-clip/large"), ("cpu", "tiny-clip/test")]
)
def test_auto_takes_the_large_model_only_with_a_gpu(
    tiny: dict[str, Path],
    offered: Entries,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
    device: str,
    expected: str,
) -> None:
    offered.insert(0, entry("tiny-clip/large", for_gpu=True))
    registry.import_model("tiny-clip/large", tiny["one.pt"], models=models)
    assert registry.open_encoder("auto", "cpu", models=models).name == "tiny-clip/large"
    registry.import_model("tiny-clip/test", tiny["one.pt"], models=models)
    monkeypatch.setattr(registry, "choose_device", lambda _: device)
    assert registry.open_encoder("auto", models=models).name == expected


@pytest.mark.parametrize("name", ["", "no such model", "../escape", "ViT-B-32/../..", "a/b/c"])
def test_impossible_names(models: Path, name: str) -> None:
    with pytest.raises(ModelError, match="unknown model"):
        registry.open_encoder(name, models=models)


def test_a_model_that_is_not_installed_says_how_to_get_it(models: Path) -> None:
    with pytest.raises(ModelError, match="photo-organizer models download ViT-B-32"):
        registry.open_encoder("ViT-B-32", models=models)


def test_a_missing_file_is_named(models: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot read .*nowhere\.pt"):
        registry.import_model("ViT-B-32", tmp_path / "nowhere.pt", models=models)


def test_models_lie_in_the_programs_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    assert paths.models_dir() == tmp_path / "models"
    assert paths.cache_dir() == tmp_path / "cache"
    monkeypatch.delenv(paths.HOME_VARIABLE)
    assert tmp_path not in paths.data_dir().parents
    assert paths.data_dir().name == "photo-organizer"
