"""The list of models."""

from __future__ import annotations

from pathlib import Path

import pytest

from photo_organizer.engine import assets, paths
from photo_organizer.engine.encoders import (
    chosen_heads,
    installed_models,
)


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
