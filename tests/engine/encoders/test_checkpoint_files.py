"""Files that are no model of ours: refused in words that help."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from photo_organizer.engine.encoders import installing
from photo_organizer.engine.encoders.checkpoint_files import architectures_like
from photo_organizer.engine.encoders.errors import ModelError

CONTENTS: dict[str, tuple[bytes, str]] = {
    "notes.pt": (b"These are notes, and no model.\n" * 20, "is a text file, not a model"),
    "page.safetensors": (b"\n<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page"),
    "page.bin": (b"<html><head>" + bytes(100), "is a web page"),
    "empty.safetensors": (b"", "is empty.*Download it again"),
    "pointer.safetensors": (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "LFS"),
    "network.onnx": (b"\x08\x08\x12\x07pytorch" + bytes(50), "in the format ONNX"),
    "network.bin": (b"\x08\x08\x12\x07pytorch" + bytes(50), "in the format ONNX"),
    "network.pt": (b"GGUF" + bytes(50), "in the format GGUF"),
    "photo.pt": (b"\xff\xd8\xff\xe0" + bytes(50), "is a picture, not a model"),
    "photo.safetensors": (b"\x89PNG\r\n\x1a\n" + bytes(50), "is a picture, not a model"),
    "packed.tar.gz": (b"\x1f\x8b\x08" + bytes(50), "is an archive. Unpack it"),
    "other.safetensors": (bytes(range(256)) * 4, "is called safetensors and is none"),
}


def refused(name: str, file: Path, models: Path) -> str:
    with pytest.raises(ModelError) as caught:
        installing.import_model(name, file, models=models)
    assert not models.exists() or list(models.iterdir()) == []
    assert str(file) in str(caught.value)
    assert caught.value.reason.text("ko") != str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("name", CONTENTS)
def test_what_is_no_model_is_called_what_it_is(
    tiny: dict[str, Path], models: Path, tmp_path: Path, name: str
) -> None:
    content, says = CONTENTS[name]
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ModelError, match=says):
        installing.import_model("tiny-clip", file, models=models)
    refused("tiny-clip", file, models)


def test_an_archive_and_a_folder_say_what_to_choose(
    tiny: dict[str, Path], models: Path, tmp_path: Path
) -> None:
    file = tmp_path / "model.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("model.safetensors", b"weights")
    assert "Unpack it" in refused("tiny-clip", file, models)
    assert "is a folder" in refused("tiny-clip", tmp_path, models)


@pytest.mark.parametrize("name", ["one.safetensors", "one.pt"])
def test_a_file_that_is_cut_off_is_to_be_downloaded_again(
    tiny: dict[str, Path], models: Path, tmp_path: Path, name: str
) -> None:
    content = tiny[name].read_bytes()
    file = tmp_path / name
    file.write_bytes(content[: len(content) // 2])
    assert "is not whole" in refused("tiny-clip", file, models)


def test_weights_of_something_else_are_no_clip(
    tiny: dict[str, Path], models: Path, tmp_path: Path
) -> None:
    import torch
    from safetensors.torch import save_file

    file = tmp_path / "unet.safetensors"
    save_file({"down.0.weight": torch.zeros(3, 3)}, file)
    assert "not those of a CLIP model" in refused("tiny-clip", file, models)


def test_another_architecture_is_named_by_its_shapes(
    tiny: dict[str, Path], models: Path, tmp_path: Path
) -> None:
    said = refused("ViT-S-32-alt", tiny["one.safetensors"], models)
    assert "By its shapes it looks like tiny-clip" in said


def test_shapes_tell_the_models_on_offer() -> None:
    def shapes(width: int, patch: int, layers: int, places: int) -> dict[str, tuple[int, ...]]:
        blocks = {f"visual.transformer.resblocks.{i}.ln_1.bias": (width,) for i in range(layers)}
        texts = {f"transformer.resblocks.{i}.ln_1.bias": (512,) for i in range(12)}
        return {
            "visual.conv1.weight": (width, 3, patch, patch),
            "visual.positional_embedding": (places, width),
            "token_embedding.weight": (49408, 512),
            **blocks,
            **texts,
        }

    assert architectures_like(shapes(768, 32, 12, 50))[0] == "ViT-B-32"
    assert "roberta-ViT-B-32" not in architectures_like(shapes(768, 32, 12, 50))
    assert "ViT-B-32-256" not in architectures_like(shapes(768, 32, 12, 50))
    assert "ViT-B-32-256" in architectures_like(shapes(768, 32, 12, 65))
    assert "ViT-B-16" in architectures_like(shapes(768, 16, 12, 197))
    siglip = {
        "visual.trunk.patch_embed.proj.weight": (768, 3, 32, 32),
        "visual.trunk.pos_embed": (1, 64, 768),
        "text.token_embedding.weight": (256000, 768),
        **{f"visual.trunk.blocks.{i}.norm1.bias": (768,) for i in range(12)},
        **{f"text.transformer.resblocks.{i}.ln_1.bias": (768,) for i in range(12)},
    }
    assert architectures_like(siglip) == ["ViT-B-32-SigLIP2-256"]


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
def test_a_training_checkpoint_with_prefixes_works(
    tiny: dict[str, Path], models: Path, tmp_path: Path, suffix: str
) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    state = {f"module.{key}": value for key, value in load_file(tiny["one.safetensors"]).items()}
    file = tmp_path / f"epoch_3{suffix}"
    if suffix == ".pt":
        torch.save({"epoch": 3, "state_dict": state, "optimizer": {"lr": 1.0}}, file)
    else:
        save_file(state, file)
    assert installing.import_model("tiny-clip", file, models=models) == "tiny-clip/test"
