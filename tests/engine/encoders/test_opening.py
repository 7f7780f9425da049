"""Models opened by name."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from photo_organizer.engine.encoders import (
    installing,
    opening,
)
from photo_organizer.engine.encoders.errors import ModelError
from tests.engine.encoders.conftest import Entries, entry
from tests.engine.proofs import trust


def test_without_a_clip_auto_is_the_starter(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class StarterEncoder:
        def __init__(self, device: str, texts: object) -> None:
            self.name = f"starter on {device}"

    module = ModuleType("photo_organizer.engine.encoders.starter")
    module.StarterEncoder = StarterEncoder  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert opening.open_encoder("auto", "cpu", models=models).name == "starter on cpu"


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
    installing.import_model("tiny-clip/large", tiny["one.pt"], models=models)
    trust(models)
    assert opening.open_encoder("auto", "cpu", models=models).name == "tiny-clip/large"
    installing.import_model("tiny-clip/test", tiny["one.pt"], models=models)
    trust(models)
    monkeypatch.setattr(opening, "choose_device", lambda _: device)
    assert opening.open_encoder("auto", models=models).name == expected


@pytest.mark.parametrize("name", ["", "no such model", "../escape", "ViT-B-32/../..", "a/b/c"])
def test_impossible_names(models: Path, name: str) -> None:
    with pytest.raises(ModelError, match="unknown model"):
        opening.open_encoder(name, models=models)


def test_a_model_that_is_not_installed_says_how_to_get_it(models: Path) -> None:
    with pytest.raises(ModelError, match="photo-organizer models download ViT-B-32"):
        opening.open_encoder("ViT-B-32", models=models)
