"""Our path from a photo and a text to vectors is open_clip's own, number by number.

Compared over the planted model: it sees fine detail and the place of things, so that half a pixel
shows. Formats of numbers are another matter (`devices.choose_dtype`): all of this is in float32.
"""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.encoders import checkpoints, installing
from photo_organizer.engine.encoders.clip import ClipEncoder
from photo_organizer.engine.encoders.download import file_sha256
from photo_organizer.engine.encoders.model_folders import folder_of
from photo_organizer.engine.pixels import decode
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.preparing import Resized, ResizeMode
from photo_organizer.engine.proving import pictures
from tests.engine.proofs import PROOF
from tests.planted import Planted

ALIKE = 0.9999
NAMES = ("chelsea", "rocket", "motorcycle_left", "text", "noise")


@pytest.fixture(autouse=True)
def in_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("photo_organizer.engine.encoders.clip.choose_dtype", lambda _: "float32")


@pytest.fixture(scope="session")
def folder(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> Path:
    models = tmp_path_factory.mktemp("models")
    installing.import_model(planted.name, planted.file, models=models)
    return folder_of(models, planted.name)


@pytest.fixture(scope="session")
def sigmoid_folder(planted_sigmoid: Planted, tmp_path_factory: pytest.TempPathFactory) -> Path:
    models = tmp_path_factory.mktemp("models")
    installing.import_model(planted_sigmoid.name, planted_sigmoid.file, models=models)
    return folder_of(models, planted_sigmoid.name)


def asking_for(folder: Path, copy: Path, **preprocessing: object) -> Path:
    """A copy of a model that asks for another preprocessing."""
    shutil.copytree(folder, copy)
    file = copy / checkpoints.CONFIG
    config = json.loads(file.read_text())
    config["preprocess_cfg"] |= preprocessing
    file.write_text(json.dumps(config))
    return copy


def transform(folder: Path) -> Any:
    from open_clip.transform import PreprocessCfg, image_transform_v2

    model = checkpoints.load(folder)
    return image_transform_v2(PreprocessCfg(**model.visual.preprocess_cfg), is_train=False)


def theirs(folder: Path, images: list[Image.Image]) -> NDArray[np.float32]:
    import torch

    model, prepare = checkpoints.load(folder), transform(folder)
    with torch.inference_mode():
        inputs = torch.stack([prepare(image) for image in images])
        rows: NDArray[np.float32] = model.encode_image(inputs, normalize=True).numpy()
    return rows


def ours(folder: Path, shown: list[Picture]) -> NDArray[np.float32]:
    opened = ClipEncoder(folder, proof=PROOF, device="cpu")
    return opened.embed_images(np.stack([opened.prepare(picture) for picture in shown]))


def shapes(pixels: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The picture as it is, wide, tall, very wide, with odd sides, and smaller than the input."""
    rows, columns = pixels.shape[:2]
    small = np.asarray(Image.fromarray(pixels).resize((61, 43)))
    cut = [
        pixels,
        pixels[: rows // 3],
        pixels[:, : columns // 3 + 1],
        pixels[: rows // 11],
        pixels[: rows // 2 * 2 - 1, : columns * 2 // 3 - 1],
        small,
    ]
    return [np.ascontiguousarray(each) for each in cut]


def alike(folder: Path, shown: list[NDArray[np.uint8]]) -> float:
    """The cosine of the pair that is least alike."""
    mine = [Picture(each, each.shape[1], each.shape[0], "PNG") for each in shown]
    rows = ours(folder, mine) * theirs(folder, [Image.fromarray(each) for each in shown])
    return float(rows.sum(axis=1).min())


@pytest.mark.parametrize("interpolation", ["bicubic", "bilinear", "random"])
@pytest.mark.parametrize("mode", ResizeMode)
def test_photos_of_every_shape_are_resized_as_open_clip_does(
    folder: Path, tmp_path: Path, mode: ResizeMode, interpolation: str
) -> None:
    asked = asking_for(
        folder, tmp_path / "asked", resize_mode=mode.value, interpolation=interpolation
    )
    shown = [each for name in NAMES for each in shapes(pictures.picture_of(name).pixels)]
    assert alike(asked, shown) >= ALIKE


def test_the_longest_side_fills_with_the_colour_that_is_asked_for(
    folder: Path, tmp_path: Path
) -> None:
    asked = asking_for(folder, tmp_path / "asked", resize_mode="longest", fill_color=90)
    shown = [each for name in NAMES[:2] for each in shapes(pictures.picture_of(name).pixels)]
    assert alike(asked, shown) >= ALIKE
    wide = np.full((30, 300, 3), 200, np.uint8)
    prepared = ClipEncoder(asked, proof=PROOF, device="cpu").prepare(Picture(wide, 300, 30, "PNG"))
    assert (prepared[0] == 90).all()
    assert (prepared[len(prepared) // 2] == 200).all()


@pytest.mark.parametrize("mode", ResizeMode)
@pytest.mark.parametrize("size", [(64, 96), (96, 64)])
def test_inputs_that_are_no_square_are_filled_pixel_by_pixel_alike(
    mode: ResizeMode, size: tuple[int, int]
) -> None:
    from open_clip.transform import PreprocessCfg, image_transform_v2

    for interpolation in ("bicubic", "bilinear"):
        asked = PreprocessCfg(
            size, mean=(0, 0, 0), std=(1, 1, 1), interpolation=interpolation, resize_mode=mode.value
        )
        prepare = image_transform_v2(asked, is_train=False)
        resized = Resized(size[1], size[0], interpolation, mode)
        for pixels in shapes(pictures.picture_of("rocket").pixels):
            expected = prepare(Image.fromarray(pixels)).permute(1, 2, 0).numpy() * 255
            found = resized(Picture(pixels, pixels.shape[1], pixels.shape[0], "PNG"))
            assert found.shape == (*size, 3)
            assert np.abs(found - expected).max() <= 1.01


@pytest.mark.parametrize("mode", [ResizeMode.SHORTEST, ResizeMode.SQUASH])
def test_photos_of_twelve_megapixels_survive_being_shrunk_while_decoding(
    folder: Path, tmp_path: Path, mode: ResizeMode
) -> None:
    asked = asking_for(folder, tmp_path / "asked", resize_mode=mode.value)
    files = []
    for name in ("rocket", "motorcycle_left"):
        large = Image.fromarray(pictures.picture_of(name).pixels).resize((4000, 3000))
        written = BytesIO()
        large.save(written, "JPEG", quality=92)
        files.append(written.getvalue())
    shown = [decode.decode(file) for file in files]
    assert shown[0].pixels.shape == (1500, 2000, 3)
    rows = ours(asked, shown) * theirs(asked, [Image.open(BytesIO(file)) for file in files])
    assert rows.sum(axis=1).min() >= ALIKE


def test_a_sigmoid_model_squashes_and_keeps_its_bias(sigmoid_folder: Path) -> None:
    shown = [each for name in NAMES for each in shapes(pictures.picture_of(name).pixels)]
    assert alike(sigmoid_folder, shown) >= ALIKE
    meta = checkpoints.read_meta(sigmoid_folder)
    assert meta.logit_scale == pytest.approx(112, rel=1e-4)
    assert meta.logit_bias == -16.5
    preprocessing = checkpoints.read_preprocessing(sigmoid_folder)
    assert tuple(preprocessing["mean"]) == tuple(preprocessing["std"]) == (0.5, 0.5, 0.5)


TEXTS = [
    "a photo of a dog",
    "A  Photo of\tDOGS!",
    "강아지 사진",
    "l'été, c'est bien",
    "5 &amp; 6",
    "long " * 90,
    "",
]


@pytest.mark.parametrize("which", ["folder", "sigmoid_folder"])
def test_texts_have_the_vectors_that_open_clip_gives_them(
    which: str, request: pytest.FixtureRequest
) -> None:
    import open_clip
    import torch

    found: Path = request.getfixturevalue(which)
    model = checkpoints.load(found)
    with torch.inference_mode():
        expected = model.encode_text(open_clip.SimpleTokenizer()(TEXTS), normalize=True).numpy()
    opened = ClipEncoder(found, proof=PROOF, device="cpu")
    rows = opened.text_similarities(np.eye(128, dtype=np.float32), TEXTS).T
    assert (rows * expected).sum(axis=1).min() >= ALIKE


SIGLIP = {
    "embed_dim": 32,
    "init_logit_bias": -10,
    "custom_text": True,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "patch_size": 16},
    "text_cfg": {
        "context_length": 16,
        "vocab_size": 64,
        "hf_tokenizer_name": "somewhere/tiny-siglip",
        "tokenizer_kwargs": {"clean": "canonicalize"},
        "width": 32,
        "heads": 2,
        "layers": 1,
        "no_causal_mask": True,
        "proj_bias": True,
        "pool_type": "last",
        "norm_kwargs": {"eps": 1e-6},
        "act_kwargs": {"approximate": "tanh"},
    },
}


@pytest.fixture(scope="session", params=["PreTrainedTokenizerFast", "GemmaTokenizer"])
def siglip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a tiny SigLIP 2 with its tokenizer beside it, random weights."""
    import open_clip
    import tokenizers
    import torch
    from safetensors.torch import save_file
    from tokenizers.processors import TemplateProcessing

    folder = tmp_path_factory.mktemp("siglip")
    (folder / "tiny-siglip.json").write_text(json.dumps(SIGLIP))
    open_clip.add_model_config(folder / "tiny-siglip.json")
    raw = tokenizers.Tokenizer(tokenizers.models.BPE(unk_token="<unk>"))
    raw.normalizer = tokenizers.normalizers.Replace(" ", "▁")
    raw.pre_tokenizer = tokenizers.pre_tokenizers.Split(" ", "merged_with_previous")
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=28, special_tokens=["<pad>", "<eos>", "<bos>", "<unk>"], show_progress=False
    )
    raw.train_from_iterator(["a photo of dogs", "강아지 사진", "photo photo photo"] * 9, trainer)
    raw.post_processor = TemplateProcessing(
        single="$A <eos>", pair="$A <eos> $B <eos>", special_tokens=[("<eos>", 1)]
    )
    raw.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(
        json.dumps(
            {
                "tokenizer_class": request.param,
                "add_bos_token": False,
                "add_eos_token": True,
                "padding_side": "right",
                "pad_token": "<pad>",
                "eos_token": "<eos>",
                "bos_token": "<bos>",
                "unk_token": "<unk>",
            }
        )
    )
    with torch.random.fork_rng():
        torch.manual_seed(6)
        model = open_clip.create_model("tiny-siglip")
    save_file(model.state_dict(), folder / "weights.safetensors")
    return folder


def test_siglips_texts_are_cleaned_cut_into_its_words_and_padded(
    siglip: Path, tmp_path: Path
) -> None:
    import tokenizers
    import torch

    file = siglip / "weights.safetensors"
    folder = tmp_path / "tiny"
    checkpoints.install(file, "tiny-siglip/test", folder, sha256=file_sha256(file))
    # In small letters, without punctuation, and up to sixteen: that is what the model was taught.
    said = {
        "A  photo_of Dogs!": "a photo of dogs",
        "강아지 사진.": "강아지 사진",
        "“PHOTO”s": "photos",
        "photo " * 40: " ".join(["photo"] * 40),
        "": "",
    }
    plain = tokenizers.Tokenizer.from_file(str(siglip / "tokenizer.json"))
    rows = [plain.encode(clean, add_special_tokens=False).ids[:15] for clean in said.values()]
    assert len(rows[0]) > 2
    tokens = torch.tensor([each + [1] + [0] * (15 - len(each)) for each in rows])
    model = checkpoints.load(folder)
    with torch.inference_mode():
        expected = model.encode_text(tokens, normalize=True).numpy()
    opened = ClipEncoder(folder, proof=PROOF, device="cpu")
    found = opened.text_similarities(np.eye(32, dtype=np.float32), list(said)).T
    assert (found * expected).sum(axis=1).min() >= ALIKE
    assert checkpoints.read_meta(folder).logit_bias == -10
