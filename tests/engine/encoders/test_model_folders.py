"""Folders of models that something happened to: listed, removable, never chosen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from photo_organizer.engine.encoders import (
    checkpoints,
    installed_models,
    installing,
    model_folders,
    opening,
)
from photo_organizer.engine.encoders.errors import ModelError, UnprovedError
from photo_organizer.engine.encoders.installed_models import ModelInfo
from photo_organizer.engine.encoders.proofs import CHECK, PROOF, write_proof
from tests.engine.encoders.conftest import Entries, entry
from tests.engine.encoders.server import Server
from tests.engine.proofs import PROOF as GOOD
from tests.engine.proofs import trust


def _delete(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _write(name: str, content: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).write_text(content, encoding="utf-8")

    return write


def _halve(name: str) -> Callable[[Path], None]:
    def halve(folder: Path) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) // 2])

    return halve


def _empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def _copy_of_another(folder: Path) -> None:
    meta = checkpoints.read_meta(folder)
    text = (folder / checkpoints.META).read_text().replace(meta.name, "tiny-clip/another")
    (folder / checkpoints.META).write_text(text)


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "no meta": (_delete(checkpoints.META), checkpoints.META),
    "half a meta": (_halve(checkpoints.META), checkpoints.META),
    "meta that is no JSON": (_write(checkpoints.META, "<html>"), checkpoints.META),
    "meta that is a list": (_write(checkpoints.META, "[1, 2]"), checkpoints.META),
    "meta without a name": (_write(checkpoints.META, '{"dimension": 3}'), checkpoints.META),
    "meta of another model": (_copy_of_another, checkpoints.META),
    "no config": (_delete(checkpoints.CONFIG), checkpoints.CONFIG),
    "half a config": (_halve(checkpoints.CONFIG), checkpoints.CONFIG),
    "config without preprocessing": (
        _write(checkpoints.CONFIG, '{"model_cfg": {"text_cfg": {}}}'),
        checkpoints.CONFIG,
    ),
    "no weights": (_delete(checkpoints.WEIGHTS), checkpoints.WEIGHTS),
    "half of the weights": (_halve(checkpoints.WEIGHTS), checkpoints.WEIGHTS),
    "other bytes as weights": (_write(checkpoints.WEIGHTS, "not weights"), checkpoints.WEIGHTS),
    "nothing": (_empty, checkpoints.META),
}


@pytest.fixture
def two(tiny: dict[str, Path], offered: Entries, models: Path) -> Path:
    """Two installed models that have proved themselves, "tiny-clip/test" the preferred one."""
    offered.append(entry("tiny-clip/second"))
    for name in ("tiny-clip/test", "tiny-clip/second"):
        installing.import_model(name, tiny["one.safetensors"], models=models)
    trust(models)
    return models


def listed(models: Path, name: str = "tiny-clip/test") -> ModelInfo:
    return next(info for info in installed_models.list_models(models) if info.name == name)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_model_is_listed_with_what_to_do_and_never_chosen(two: Path, damage: str) -> None:
    harm, file = DAMAGES[damage]
    harm(model_folders.folder_of(two, "tiny-clip/test"))
    info = listed(two)
    assert not info.installed
    assert info.proof is None
    assert info.damaged is not None
    assert f"tiny-clip/test cannot be used: {file}" in info.damaged.text()
    assert "Remove the model and download or import it again" in info.damaged.text()
    assert listed(two, "tiny-clip/second").damaged is None
    assert listed(two, "tiny-clip/second").installed

    assert installed_models.installed_clip(two) == ["tiny-clip/second"]
    assert opening.open_encoder("auto", "cpu", models=two).name == "tiny-clip/second"
    with pytest.raises(ModelError, match=f"tiny-clip/test cannot be used: {file}"):
        opening.open_encoder("tiny-clip/test", "cpu", models=two)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_model_can_be_removed(two: Path, damage: str) -> None:
    folder = model_folders.folder_of(two, "tiny-clip/test")
    DAMAGES[damage][0](folder)
    assert installing.remove("tiny-clip/test", models=two) == "tiny-clip/test"
    assert not folder.exists()
    assert listed(two).damaged is None


def test_a_damaged_model_is_downloaded_again(published: Server, models: Path) -> None:
    folder = model_folders.folder_of(models, installing.download("tiny-clip", models=models))
    _halve(checkpoints.WEIGHTS)(folder)
    assert listed(models).damaged is not None
    installing.download("tiny-clip", models=models)
    assert listed(models).installed


def test_a_damaged_model_that_is_not_on_offer_is_listed_by_its_folder(
    tiny_clip: dict[str, Path], offered: Entries, models: Path
) -> None:
    offered.append(entry("starter", "starter"))
    installing.import_model("tiny-clip", tiny_clip["one.pt"], models=models)
    _delete(checkpoints.META)(models / "tiny-clip--custom")
    assert listed(models, "tiny-clip/custom").damaged is not None
    assert opening.open_encoder("auto", "cpu", models=models).name == "starter"
    installing.remove("tiny-clip/custom", models=models)
    assert [info.name for info in installed_models.list_models(models)] == ["starter"]


def test_other_folders_are_no_models(two: Path) -> None:
    before = installed_models.list_models(two)
    for name in ("own-probes", "notes", ".downloads", "a--b--c d"):
        (two / name).mkdir()
    (two / "file--beside").write_text("")
    assert installed_models.list_models(two) == before


def test_a_damaged_head_is_listed(two: Path, head: Path) -> None:
    installing.import_model("tiny-head", head, models=two)
    assert listed(two, "tiny-head").installed
    _halve(model_folders.HEAD_FILE)(two / "tiny-head")
    assert not listed(two, "tiny-head").installed
    assert listed(two, "tiny-head").damaged is not None
    installing.import_model("tiny-head", head, models=two)
    assert listed(two, "tiny-head").installed


def test_the_list_tells_what_a_model_has_proved(two: Path) -> None:
    folder = model_folders.folder_of(two, "tiny-clip/test")
    proof = listed(two).proof
    assert proof is not None
    assert proof.named == GOOD.named
    assert listed(two, "starter").proof is None
    outdated = (
        replace(proof, check=CHECK - 1),
        replace(proof, version="of another model"),
    )
    for other in outdated:
        write_proof(folder, other)
        assert listed(two).proof is None
        assert listed(two).installed
        with pytest.raises(UnprovedError):
            opening.open_encoder("tiny-clip/test", "cpu", models=two)
    (folder / PROOF).unlink()
    assert listed(two).proof is None


def test_the_version_is_known_without_weights(two: Path, tmp_path: Path) -> None:
    folder = model_folders.folder_of(two, "tiny-clip/test")
    opened = opening.open_encoder("tiny-clip/test", "cpu", models=two)
    assert checkpoints.version(folder) == opened.version
    without = shutil.copytree(folder, tmp_path / "without")
    (without / checkpoints.WEIGHTS).unlink()
    assert checkpoints.version(without) == opened.version


def test_an_older_and_a_newer_meta_are_read(two: Path) -> None:
    folder = model_folders.folder_of(two, "tiny-clip/test")
    file = folder / checkpoints.META
    meta = checkpoints.read_meta(folder)
    older = file.read_text().replace(',\n  "logit_bias": 0.0', "")
    assert "logit_bias" not in older
    file.write_text(older)
    assert checkpoints.read_meta(folder) == meta
    file.write_text(older.replace("{", '{"of_tomorrow": 1,'))
    assert checkpoints.read_meta(folder) == meta
