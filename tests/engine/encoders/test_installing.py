"""Models downloaded, imported and removed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photo_organizer.engine.encoders import (
    chosen_heads,
    installed_models,
    installing,
    opening,
)
from photo_organizer.engine.encoders.errors import ModelError
from tests.engine.encoders.conftest import Entries
from tests.engine.encoders.server import Server
from tests.engine.proofs import trust


def installed(models: Path) -> list[str]:
    return [info.name for info in installed_models.list_models(models) if info.installed]


def test_a_model_is_downloaded_once_with_its_head(
    published: Server, head: Path, models: Path
) -> None:
    seen: list[tuple[int, int | None]] = []
    name = installing.download("tiny-clip", lambda *p: seen.append(p), models=models)
    assert name == "tiny-clip/test"
    assert installed(models) == ["starter", "tiny-clip/test", "tiny-head"]
    size = len(published.files["/somewhere/tiny/open_clip_model.safetensors"])
    assert seen[-1] == (size, size)
    assert list((models / ".downloads").iterdir()) == []

    requests = len(published.asked)
    installing.download("tiny-clip", models=models)
    assert len(published.asked) == requests

    trust(models)
    encoder = opening.open_encoder("tiny-clip", "cpu", models=models)
    assert encoder.name == "tiny-clip/test"
    head = chosen_heads.open_head(encoder.name, models=models)
    assert head is not None
    rows = np.eye(16, dtype=np.float32)
    np.testing.assert_allclose(head.score(rows), head.weights + head.bias, rtol=1e-6)


def test_import_then_open_as_auto_then_remove(tiny: dict[str, Path], models: Path) -> None:
    assert installing.import_model("tiny-clip", tiny["one.pt"], models=models) == "tiny-clip/test"
    trust(models)
    encoder = opening.open_encoder("auto", "cpu", models=models)
    assert encoder.name == "tiny-clip/test"
    info = next(i for i in installed_models.list_models(models) if i.name == "tiny-clip/test")
    assert info.bytes > 1_000_000
    assert installing.remove("tiny-clip", models=models) == "tiny-clip/test"
    assert installed(models) == ["starter"]
    with pytest.raises(ModelError, match="not installed"):
        installing.remove("tiny-clip", models=models)


def test_importing_again_replaces(tiny: dict[str, Path], models: Path) -> None:
    versions = set()
    for file in ("one.safetensors", "other.safetensors"):
        installing.import_model("tiny-clip", tiny[file], models=models)
        trust(models)
        versions.add(opening.open_encoder("tiny-clip", "cpu", models=models).version)
    assert len(versions) == 2
    assert [folder.name for folder in models.iterdir()] == ["tiny-clip--test"]


def test_a_failed_import_leaves_what_was_there(tiny: dict[str, Path], models: Path) -> None:
    installing.import_model("tiny-clip", tiny["one.safetensors"], models=models)
    trust(models)
    version = opening.open_encoder("tiny-clip", "cpu", models=models).version
    bad = models / "bad.safetensors"
    bad.write_bytes(b"nothing of use")
    with pytest.raises(ModelError, match=r"bad\.safetensors"):
        installing.import_model("tiny-clip", bad, models=models)
    trust(models)
    assert opening.open_encoder("tiny-clip", "cpu", models=models).version == version


def test_a_model_that_is_not_on_offer_is_kept_under_its_own_name(
    tiny_clip: dict[str, Path], offered: Entries, models: Path
) -> None:
    name = installing.import_model("tiny-clip", tiny_clip["one.pt"], models=models)
    assert name == "tiny-clip/custom"
    assert installed(models) == ["tiny-clip/custom"]
    trust(models)
    assert opening.open_encoder("tiny-clip", "cpu", models=models).name == "tiny-clip/custom"


def test_a_head_is_imported_only_if_it_is_the_published_file(
    tiny: dict[str, Path], head: Path, models: Path, tmp_path: Path
) -> None:
    assert installing.import_model("tiny-head", head, models=models) == "tiny-head"
    assert chosen_heads.open_head("tiny-clip/test", models=models) is not None
    other = tmp_path / "other.pth"
    other.write_bytes(head.read_bytes() + b" ")
    with pytest.raises(ModelError, match="not the published file of tiny-head"):
        installing.import_model("tiny-head", other, models=models)
    with pytest.raises(ModelError, match="choose a CLIP model"):
        opening.open_encoder("tiny-head", models=models)


def test_the_starter_stays(models: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nothing to download"):
        installing.download("starter", models=models)
    with pytest.raises(ModelError, match="nothing to import"):
        installing.import_model("starter", tmp_path / "file", models=models)
    with pytest.raises(ModelError, match="cannot be removed"):
        installing.remove("starter", models=models)


def test_a_missing_file_is_named(models: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot read .*nowhere\.pt"):
        installing.import_model("ViT-B-32", tmp_path / "nowhere.pt", models=models)
