"""The CLIP encoder, over a tiny random model loaded by the code that loads a real one."""

from __future__ import annotations

import gc
import json
import os
import pickle
import warnings
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.browse import search
from photo_organizer.engine.domain.facts import Exif, Facts, FileIdentity, Photo, Vectors
from photo_organizer.engine.domain.search_answer import Reading, SearchAnswer
from photo_organizer.engine.encoders import checkpoints
from photo_organizer.engine.encoders.clip import ClipEncoder
from photo_organizer.engine.encoders.download import file_sha256
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.model_parts import Part
from photo_organizer.engine.encoders.proofs import Calibrated
from photo_organizer.engine.encoders.protocols import Label
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.quality import flaws
from tests.engine.proofs import PROOF
from tests.planted import Planted

Checkpoints = dict[str, Path]


def install(file: Path, folder: Path, name: str = "tiny-clip/test") -> Path:
    checkpoints.install(file, name, folder, sha256=file_sha256(file))
    return folder


def encoder(folder: Path, **options: object) -> ClipEncoder:
    return ClipEncoder(folder, proof=PROOF, device="cpu", **options)


def picture(height: int, width: int, seed: int = 0) -> Picture:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    return Picture(pixels=pixels, width=width, height=height, format="PNG")


def embed(folder: Path) -> Vectors:
    opened = encoder(folder)
    return opened.embed_images(np.stack([opened.prepare(picture(60, 80, s)) for s in range(3)]))


@pytest.fixture(scope="session")
def installed(tiny_clip: Checkpoints, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tiny_clip["one.safetensors"], tmp_path_factory.mktemp("models") / "tiny")


class Memory:
    """A `TextCache` that lives as long as the test."""

    def __init__(self) -> None:
        self.vectors: dict[str, NDArray[np.float32]] = {}

    def get_texts(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        return {text: self.vectors[text] for text in texts if text in self.vectors}

    def put_texts(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        self.vectors.update(vectors)


def test_embeddings_are_unit_rows_and_differ_between_photos(installed: Path) -> None:
    rows = embed(installed)
    assert rows.shape == (3, 16)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] < 0.9999


def test_a_torch_file_gives_the_same_embeddings_as_safetensors(
    installed: Path, tiny_clip: Checkpoints, tmp_path: Path
) -> None:
    converted = install(tiny_clip["one.pt"], tmp_path / "converted")
    np.testing.assert_array_equal(embed(converted), embed(installed))


def test_another_model_has_other_embeddings_and_another_version(
    installed: Path, tiny_clip: Checkpoints, tmp_path: Path
) -> None:
    other = install(tiny_clip["other.safetensors"], tmp_path / "other")
    assert (embed(other) * embed(installed)).sum(axis=1).max() < 0.99
    assert encoder(other).version != encoder(installed).version


def test_bfloat16_weights_keep_the_embeddings(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_format(dtype: str) -> Vectors:
        monkeypatch.setattr("photo_organizer.engine.encoders.clip.choose_dtype", lambda _: dtype)
        return embed(installed)

    alike = (in_format("bfloat16") * in_format("float32")).sum(axis=1)
    assert alike.min() > 0.999


def test_embeddings_agree_with_open_clips_own_preprocessing(installed: Path) -> None:
    import torch
    from open_clip.transform import PreprocessCfg, image_transform_v2
    from PIL import Image

    model = checkpoints.load(installed)
    transform = image_transform_v2(PreprocessCfg(**model.visual.preprocess_cfg), is_train=False)
    smooth = np.linspace(0, 255, 90 * 120 * 3).reshape(90, 120, 3).astype(np.uint8)
    photo = Picture(pixels=smooth, width=120, height=90, format="PNG")
    with torch.inference_mode():
        expected = model.encode_image(transform(Image.fromarray(smooth))[None], normalize=True)
    opened = encoder(installed)
    row = opened.embed_images(opened.prepare(photo)[None])[0]
    assert row @ expected[0].numpy() > 0.999


def test_prepare_crops_the_middle_and_keeps_proportions(installed: Path) -> None:
    pixels = np.zeros((100, 300, 3), np.uint8)
    pixels[:, 100:200] = 255
    prepared = encoder(installed).prepare(Picture(pixels, 300, 100, "PNG"))
    assert prepared.shape == (32, 32, 3)
    assert prepared.dtype == np.uint8
    assert prepared[:, 2:-2].min() == 255


def test_prepare_squashes_where_the_model_was_trained_so(
    installed: Path, tiny_clip: Checkpoints, tmp_path: Path
) -> None:
    folder = install(tiny_clip["one.safetensors"], tmp_path / "squash")
    config = json.loads((folder / checkpoints.CONFIG).read_text())
    config["preprocess_cfg"]["resize_mode"] = "squash"
    (folder / checkpoints.CONFIG).write_text(json.dumps(config))
    pixels = np.zeros((100, 300, 3), np.uint8)
    pixels[:, 100:200] = 255
    prepared = encoder(folder).prepare(Picture(pixels, 300, 100, "PNG"))
    assert prepared.shape == (32, 32, 3)
    assert prepared[:, :8].max() == 0


def test_threads_that_embed_at_once_get_what_one_alone_gets(installed: Path) -> None:
    opened = encoder(installed)
    assert opened.embed_threads == (os.cpu_count() or 1)
    batch = np.stack([opened.prepare(picture(60, 80, seed)) for seed in range(8)])
    alone = opened.embed_images(batch)
    with ThreadPoolExecutor(4) as pool:
        for rows in pool.map(opened.embed_images, [batch] * 8):
            np.testing.assert_allclose(rows, alone, atol=1e-5)


def test_a_label_is_the_mean_of_its_prompts(installed: Path) -> None:
    opened = encoder(installed)
    rows = embed(installed)
    scores = opened.comparable(rows).match([Label(["dog", "a puppy at play"]), Label(["house"])])
    assert scores.shape == (3, 2)
    assert scores.dtype == np.float32
    assert np.abs(scores).max() <= 1
    alone = opened.comparable(rows).match(
        [Label(["dog"]), Label(["a puppy at play"]), Label(["house"])]
    )
    np.testing.assert_allclose(scores[:, 1], alone[:, 2], atol=1e-6)
    assert not np.allclose(scores[:, 0], alone[:, 0])


def test_a_label_without_prompts_is_a_mistake(installed: Path) -> None:
    with pytest.raises(ValueError, match="without a prompt"):
        encoder(installed).comparable(np.zeros((1, 16), np.float32)).match(
            [Label(["dog"]), Label([])]
        )


def test_similarities_are_plain_cosines(installed: Path) -> None:
    opened = encoder(installed)
    rows = embed(installed)
    found = opened.text_similarities(rows, ["A sharp photo.", "A blurry photo.", "A sharp photo."])
    assert found.shape == (3, 3)
    assert np.abs(found).max() <= 1
    np.testing.assert_array_equal(found[:, 0], found[:, 2])
    assert opened.text_similarities(rows, []).shape == (3, 0)


def test_the_pairs_of_quality_prompts_are_judged_from_image_to_flag(installed: Path) -> None:
    opened = encoder(installed)
    rows = embed(installed)
    prompts = flaws.prompt_odds(opened, rows)
    assert prompts.keys() == set(flaws.PROMPTED)
    table = np.stack([measures.measure(picture(60, 80, seed)) for seed in range(3)])
    photos = [
        Photo(seed, FileIdentity(Path("a.png"), 0, 0, 0, 0), bytes(16), "PNG", 80, 60, Exif())
        for seed in range(3)
    ]
    facts = Facts(photos, rows, table, np.zeros((1, 1), np.uint8))
    alone, together = flaws.flaw_scores(facts), flaws.flaw_scores(facts, prompts)

    def odds(scores: Vectors) -> NDArray[np.float64]:
        inside = np.clip(scores.astype(float), 1e-6, 1 - 1e-6)
        return np.log(inside / (1 - inside))

    # They tip the scales by so much at most, in log-odds, and flaws without a pair not at all.
    rule = assets.toml("thresholds/quality.toml")["prompts"]
    prompted = [flaws.FLAWS.index(flaw) for flaw in flaws.PROMPTED]
    shift = np.abs(odds(together) - odds(alone))
    assert shift[:, prompted].max() <= rule["limit"] + 1e-3
    assert np.delete(shift, prompted, axis=1).max() == 0


def test_known_texts_and_facts_need_no_weights(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Memory()
    rows = embed(installed)
    first = (
        encoder(installed, texts=memory).comparable(rows).match([Label(["dog"]), Label(["house"])])
    )

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the weights were loaded")

    monkeypatch.setattr(checkpoints, "load", refuse)
    again = encoder(installed, texts=memory)
    np.testing.assert_array_equal(
        again.comparable(rows).match([Label(["dog"]), Label(["house"])]), first
    )
    assert again.name == "tiny-clip/test"
    assert again.dimension == 16
    assert again.logit_scale == pytest.approx(1 / 0.07, rel=1e-3)
    assert again.understands_text
    assert again.device == "cpu"
    with pytest.raises(AssertionError):
        again.comparable(rows).match([Label(["a new word"])])


def test_a_checkpoint_of_another_shape_is_refused_by_name(
    tiny_clip: Checkpoints, tmp_path: Path
) -> None:
    folder = tmp_path / "wrong"
    with pytest.raises(ModelError, match=r"one\.safetensors does not fit ViT-S-32-alt"):
        install(tiny_clip["one.safetensors"], folder, "ViT-S-32-alt/test")
    assert list(tmp_path.iterdir()) == []


class Malicious:
    """Unpickling it would run `print`."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("code from a checkpoint",))


@pytest.mark.parametrize("protocol", ["zip", "pickle"])
def test_a_file_that_could_run_code_is_refused(
    tiny_clip: Checkpoints, tmp_path: Path, capsys: pytest.CaptureFixture[str], protocol: str
) -> None:
    import torch

    file = tmp_path / "evil.pt"
    if protocol == "zip":
        torch.save({"state_dict": Malicious()}, file)
    else:
        file.write_bytes(pickle.dumps(Malicious(), protocol=2))
    with pytest.raises(ModelError, match=r"evil\.pt was refused"):
        install(file, tmp_path / "evil")
    assert "code from" not in capsys.readouterr().out
    assert not (tmp_path / "evil").exists()


@pytest.fixture
def torchscript(tiny_clip: Checkpoints, tmp_path: Path) -> Path:
    """An archive with the tiny model's weights, as OpenAI published theirs."""
    import torch
    from safetensors.torch import load_file

    class Node(torch.nn.Module):
        pass

    root = Node()
    weights = load_file(tiny_clip["one.safetensors"])
    for name, tensor in (weights | {"vocab_size": torch.tensor(49408)}).items():
        *path, leaf = name.split(".")
        node = root
        for part in path:
            if part not in dict(node.named_children()):
                node.add_module(part, Node())
            node = node.get_submodule(part)
        node.register_buffer(leaf, tensor)
    file = tmp_path / "archive.pt"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        torch.jit.script(root).save(file)
    return file


def test_an_archive_is_read_only_if_it_is_the_published_one(
    installed: Path, torchscript: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import open_clip

    with pytest.raises(ModelError, match=r"archive\.pt was refused.*could run code"):
        install(torchscript, tmp_path / "unknown")
    published = {"url": f"https://example.org/{file_sha256(torchscript)}/archive.pt"}
    monkeypatch.setattr(open_clip, "get_pretrained_cfg", lambda *_: published)
    folder = install(torchscript, tmp_path / "published")
    np.testing.assert_array_equal(embed(folder), embed(installed))


@pytest.mark.parametrize("name", ["text.pt", "text.safetensors"])
def test_a_file_that_is_no_checkpoint_is_named(
    tiny_clip: Checkpoints, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_text("not a checkpoint")
    with pytest.raises(ModelError, match=name.replace(".", r"\.")):
        install(file, tmp_path / "folder")


def test_an_unknown_architecture_gets_a_hint(tiny_clip: Checkpoints, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no architecture 'ViT-B32'.*ViT-B-32"):
        install(tiny_clip["one.safetensors"], tmp_path / "folder", "ViT-B32/openai")


def test_the_training_decides_about_activation_and_preprocessing(
    tiny_clip: Checkpoints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import open_clip

    published = {"mean": (0.0, 0.0, 0.0), "std": (1.0, 1.0, 1.0), "quick_gelu": True}
    monkeypatch.setattr(open_clip, "get_pretrained_cfg", lambda *_: published)
    folder = install(tiny_clip["one.safetensors"], tmp_path / "quick")
    config = json.loads((folder / checkpoints.CONFIG).read_text())
    assert config["model_cfg"]["quick_gelu"] is True
    assert config["preprocess_cfg"]["mean"] == [0, 0, 0]
    assert config["preprocess_cfg"]["size"] in (32, [32, 32])
    assert "QuickGELU" in str(checkpoints.load(folder))


@pytest.fixture(scope="session")
def multilingual(tiny_clip: Checkpoints, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny CLIP whose text tower and tokenizer come from transformers, as XLM-RoBERTa's do."""
    import open_clip
    import tokenizers
    import transformers
    from safetensors.torch import save_file

    folder = tmp_path_factory.mktemp("multilingual")
    words = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "강아지": 4, "dog": 5, "a": 6, "photo": 7}
    raw = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="<unk>"))
    raw.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=raw, pad_token="<pad>", unk_token="<unk>", eos_token="</s>"
    ).save_pretrained(folder)
    transformers.XLMRobertaConfig(
        vocab_size=8,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=16,
        max_position_embeddings=90,
    ).save_pretrained(folder)
    text = {
        "hf_model_name": "somewhere/tiny-text",
        "hf_tokenizer_name": "somewhere/tiny-text",
        "hf_pooler_type": "mean_pooler",
        "hf_proj_type": "linear",
    }
    config = {
        "embed_dim": 16,
        "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "patch_size": 16},
        "text_cfg": text,
    }
    registered = folder / "tiny-multilingual.json"
    registered.write_text(json.dumps(config))
    open_clip.add_model_config(registered)
    local = text | {"hf_model_name": str(folder), "hf_model_pretrained": False}
    model = open_clip.create_model("tiny-multilingual", pretrained_text=False, text_cfg=local)
    save_file(model.state_dict(), folder / "weights.safetensors")
    return folder


def test_a_model_with_its_own_tokenizer_works_offline(multilingual: Path, tmp_path: Path) -> None:
    weights = multilingual / "weights.safetensors"
    folder = install(weights, tmp_path / "tiny", "tiny-multilingual/test")
    opened = encoder(folder)
    found = opened.text_similarities(embed(folder), ["강아지", "dog"])
    assert found.shape == (3, 2)
    assert not np.allclose(found[:, 0], found[:, 1])


def test_a_missing_tokenizer_is_asked_for(multilingual: Path, tmp_path: Path) -> None:
    lonely = tmp_path / "weights.safetensors"
    lonely.write_bytes((multilingual / "weights.safetensors").read_bytes())
    with pytest.raises(ModelError, match=r"config\.json.*tokenizer\.json.*somewhere/tiny-text"):
        install(lonely, tmp_path / "tiny", "tiny-multilingual/test")


def test_searching_by_text_ranks_by_the_models_own_similarity(
    installed: Path, tmp_path: Path
) -> None:
    """Random weights: right is what the model says, whatever that means."""
    rows = embed(installed)
    everything_fits = Calibrated(-1.0, 0.01, 0.999)
    proof = replace(PROOF, category=everything_fits, likeness=everything_fits)
    opened = ClipEncoder(installed, proof=proof, device="cpu", texts=Memory())
    photos = [
        Photo(
            10 + i, FileIdentity(tmp_path / f"{i}.jpg", 1, i, 1, 1), bytes(16), "JPEG", 4, 3, Exif()
        )
        for i in range(len(rows))
    ]
    nothing = np.zeros((len(rows), 0), np.float32)
    facts = Facts(photos, rows, nothing, nothing.astype(np.uint8))
    comparable = opened.comparable(rows)
    by_id = {photo.id: photo for photo in photos}

    def find(text: str) -> SearchAnswer:
        return search.search(text, by_id, comparable=comparable, facts=facts, matcher=opened)

    found = find("a joyful evening")
    assert found.reading is Reading.FREELY
    similarity = comparable.match([Label(["a joyful evening"])])[:, 0]
    assert list(found.shown) == [10 + int(row) for row in np.argsort(-similarity, kind="stable")]
    like = search.more_like([10], by_id, comparable=comparable, facts=facts, matcher=opened)
    nearest = np.argsort(-(rows @ rows[0]), kind="stable")
    assert list(like.shown) == [10 + int(row) for row in nearest if row != 0]
    assert not opened.multilingual
    assert find("뭔지 모를 말").reading is Reading.FOREIGN


def test_the_parts_give_what_the_whole_model_gives(
    installed: Path, multilingual: Path, planted_sigmoid: Planted, tmp_path: Path
) -> None:
    import torch

    folders = [
        installed,
        install(multilingual / "weights.safetensors", tmp_path / "m", "tiny-multilingual/test"),
        install(planted_sigmoid.file, tmp_path / "s", planted_sigmoid.name),
    ]
    for folder in folders:
        whole = checkpoints.load(folder)
        pictures = checkpoints.load(folder, part=Part.PICTURES)
        texts = checkpoints.load(folder, part=Part.TEXTS)
        side = checkpoints.read_preprocessing(folder)["size"]
        side = side if isinstance(side, int) else side[0]
        image, said = torch.rand(2, 3, side, side), torch.tensor([[2, 4, 5, 7], [2, 6, 7, 7]])
        context = min(whole.context_length, 77)
        said = torch.nn.functional.pad(said, (0, context - 4))
        with torch.inference_mode():
            assert torch.equal(whole.encode_image(image), pictures.encode_image(image))
            assert torch.equal(whole.encode_text(said), texts.encode_text(said))
        sizes = [
            sum(each.numel() for each in model.parameters()) for model in (whole, pictures, texts)
        ]
        assert sizes[1] + sizes[2] < 1.3 * sizes[0] + 50_000


class Waiting:
    """A `threading.Timer` of which the test says when its time has come."""

    daemon = False

    def __init__(self, then: Callable[[], None]) -> None:
        self.then: Callable[[], None] | None = then

    def start(self) -> None:
        """It begins to wait."""

    def cancel(self) -> None:
        self.then = None

    def pass_by(self) -> None:
        if self.then is not None:
            self.then()
            self.then = None


def test_the_text_part_is_loaded_for_unknown_texts_and_given_back(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[Part] = []
    waiting: list[Waiting] = []
    real = checkpoints.load

    def load(folder: Path, *, part: Part, **how: str) -> object:
        loaded.append(part)
        model = real(folder, part=part, **how)
        alive.add(model)
        return model

    alive: weakref.WeakSet[object] = weakref.WeakSet()
    monkeypatch.setattr(checkpoints, "load", load)

    def wait(seconds: float, then: Callable[[], None]) -> Waiting:
        waiting.append(Waiting(then))
        return waiting[-1]

    monkeypatch.setattr("photo_organizer.engine.encoders.clip.threading.Timer", wait)

    def let_time_pass() -> None:
        for each in waiting:
            each.pass_by()
        gc.collect()

    opened = encoder(installed, texts=Memory())
    rows = opened.embed_images(np.stack([opened.prepare(picture(60, 80))]))
    assert loaded == [Part.PICTURES]
    opened.text_similarities(rows, ["dog", "house"])
    opened.text_similarities(rows, ["dog"])
    opened.text_similarities(rows, ["sea"])  # soon after: it is still there
    assert loaded == [Part.PICTURES, Part.TEXTS]
    let_time_pass()
    assert len(alive) == 1
    with opened.reading():
        assert len(alive) == 1
        for text in ("one", "two", "three"):
            opened.text_similarities(rows, [text])
        let_time_pass()
        assert len(alive) == 2
        assert loaded == [Part.PICTURES, Part.TEXTS, Part.TEXTS]
    let_time_pass()
    assert len(alive) == 1
    opened.embed_images(np.stack([opened.prepare(picture(60, 80))]))
    assert loaded.count(Part.PICTURES) == 1
