"""The list of models."""

from __future__ import annotations

from pathlib import Path

import pytest

from photo_organizer.engine import assets, paths
from photo_organizer.engine.encoders import (
    chosen_heads,
    installed_models,
    installing,
    offered_models,
)
from tests.engine.encoders.conftest import Entries, entry


def test_the_shipped_list_is_complete() -> None:
    for info in installed_models.list_models():
        assert info.title
        assert info.licence
        assert info.description
        assert info.installed == (info.name == "starter")
    english = {info.description for info in installed_models.list_models()}
    assert english.isdisjoint(
        info.description for info in installed_models.list_models(language="ko")
    )
    for model in assets.toml("models.toml")["model"]:
        if model["kind"] == "aesthetic":
            assert len(model["sha256"]) == 64
            assert model["low"] < model["high"]
            assert chosen_heads.open_head(model["encoder"]) is None


def test_models_lie_in_the_programs_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    assert paths.models_dir() == tmp_path / "models"
    assert paths.cache_dir() == tmp_path / "cache"
    monkeypatch.delenv(paths.HOME_VARIABLE)
    assert tmp_path not in paths.data_dir().parents
    assert paths.data_dir().name == "photo-organizer"


def test_what_earlier_versions_offered_is_listed_only_where_it_is_installed(
    tiny: dict[str, Path], offered: Entries, models: Path
) -> None:
    offered.append(entry("tiny-clip/old", earlier=True))
    listed = [info.name for info in installed_models.list_models(models)]
    assert listed == ["starter", "tiny-clip/test"]
    installing.import_model("tiny-clip/old", tiny["one.pt"], models=models)
    (old,) = (i for i in installed_models.list_models(models) if i.name == "tiny-clip/old")
    assert old.title == "Tiny-Clip/Old"


def test_one_model_is_recommended() -> None:
    recommended = [info for info in installed_models.list_models() if info.recommended]
    assert [info.name for info in recommended] == [offered_models.recommended().name]
    assert not offered_models.recommended().for_gpu
