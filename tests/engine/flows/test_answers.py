"""The four flows put together."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from photo_organizer.engine import assets
from photo_organizer.engine.categories.catalog import Category, built_in
from photo_organizer.engine.domain.facts import Facts, Vectors
from photo_organizer.engine.domain.results import Flow
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.flows.answers import Asked, answer
from photo_organizer.engine.flows.highlights import ScoredBy
from photo_organizer.engine.flows.low_quality import JudgedBy
from photo_organizer.engine.pixels.measures import NAMES
from tests.engine.encoders.test_similarity import crowd
from tests.engine.fakes import FakeEncoder
from tests.engine.flows.readers import Reader
from tests.engine.flows.test_addresses import FOLDER, photo

SCHEMA = json.loads(assets.resource("flows.schema.json").read_text(encoding="utf-8"))

OFFERED = [Category("sea", {}, ("sea", "beach")), Category("wood", {}, ("wood",))]
HEAD = LinearHead(np.arange(48, dtype=np.float32), 0.0, "fake", "head", -10, 10)


def facts(embeddings: Vectors) -> Facts:
    count = len(embeddings)
    photos = [replace(photo(FOLDER / f"{row}.jpg"), id=row + 1) for row in range(count)]
    measures = np.full((count, len(NAMES)), 0.5, np.float32)
    return Facts(photos, embeddings, measures, np.zeros((count, 0), np.uint8))


def told(embeddings: Vectors, matcher: Any, asked: Asked) -> dict[str, Any]:
    known = facts(embeddings)
    found = answer(known, matcher, OFFERED, asked)
    written = found.to_json([each.uri for each in known.photos])
    Draft202012Validator(SCHEMA).validate(written)
    return written


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("model", [Reader(48, {}), FakeEncoder()])
@pytest.mark.parametrize("judged_by", JudgedBy)
def test_all_four_answers_are_there(model: Any, judged_by: JudgedBy) -> None:
    written = told(crowd(30, 48, spread=0.1), model, Asked(judged_by=judged_by, threshold=-1.0))
    assert list(written) == ["categories", "duplicates", "highlights", "low_quality"]
    assert [one["category"] for one in written["categories"]] == ["sea", "wood", "others"]
    assert written["duplicates"]
    ranked = {one["category"]: len(one["images"]) for one in written["highlights"]}
    assert ranked == {one["category"]: len(one["images"]) for one in written["categories"]}


@pytest.mark.parametrize("flow", Flow)
def test_an_answer_alone_is_that_of_all_and_the_others_are_empty(flow: Flow) -> None:
    rows, model = crowd(30, 48, spread=0.1), Reader(48, {})
    everything = told(rows, model, Asked(threshold=-1.0, judged_by=JudgedBy.DIFFERENCE))
    asked = Asked(frozenset({flow}), threshold=-1.0, judged_by=JudgedBy.DIFFERENCE)
    alone = told(rows, model, asked)
    assert alone == {key: everything[key] if key == flow else [] for key in everything}
    assert alone[flow]


@pytest.mark.parametrize("model", [Reader(48, {}), FakeEncoder()])
def test_without_photos_all_categories_are_there_and_empty(model: Any) -> None:
    written = told(np.empty((0, 0), np.float32), model, Asked())
    assert written["duplicates"] == written["low_quality"] == []
    empty = [{"category": key, "images": []} for key in ("sea", "wood", "others")]
    assert written["categories"] == written["highlights"] == empty


def test_the_threshold_is_the_models_own_where_none_is_given() -> None:
    model = Reader(2, {f"a photo of {word}": [1, 0] for word in ("sea", "beach", "wood")})
    model.category_threshold = 0.8
    rows = np.array([[0.79, 0.61], [0.81, 0.58]], np.float32)
    asked = Asked(frozenset({Flow.CATEGORIES}), neighbors=1)
    sorted_in = told(rows, model, asked)["categories"]
    assert [len(one["images"]) for one in sorted_in] == [1, 0, 1]
    sorted_in = told(rows, model, replace(asked, threshold=0.7))["categories"]
    assert [len(one["images"]) for one in sorted_in] == [2, 0, 0]


def test_highlights_are_by_the_probe_where_there_is_one_unless_prompts_are_wanted() -> None:
    rows = crowd(10, 48)
    model = Reader(48, {})
    head = replace(HEAD, encoder="reader")
    asked = Asked(frozenset({Flow.HIGHLIGHTS}), threshold=2.0, probe=head)
    probed = told(rows, model, asked)["highlights"][-1]["images"]
    best = np.argsort(-(rows @ head.weights))
    assert [one["image"] for one in probed] == [(FOLDER / f"{row}.jpg").as_uri() for row in best]
    assert not any("aesthetic" in text for text in model.asked)
    prompted = told(rows, model, replace(asked, scored_by=ScoredBy.PROMPTS))
    assert any("aesthetic" in text for text in model.asked)
    assert prompted == told(rows, model, replace(asked, probe=None))


def test_a_probe_that_is_missing_or_of_another_model_is_told() -> None:
    rows = crowd(3, 48)
    with pytest.raises(ModelError, match="there is no scorer for reader"):
        told(rows, Reader(48, {}), Asked(scored_by=ScoredBy.PROBE))
    with pytest.raises(ModelError, match="not for reader"):
        told(rows, Reader(48, {}), Asked(probe=HEAD))
    without = Asked(frozenset({Flow.DUPLICATES}), probe=HEAD)
    assert told(rows, Reader(48, {}), without)["highlights"] == []


def test_what_is_called_between_may_end_the_work() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answer(facts(crowd(3, 48)), FakeEncoder(), built_in(), Asked(), go_on=stop)
