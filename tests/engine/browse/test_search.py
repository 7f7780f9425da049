from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.browse import search as finding
from photo_organizer.engine.browse.query_line import parse
from photo_organizer.engine.browse.written import find_written
from photo_organizer.engine.domain.facts import Exif, Facts, FileIdentity, Photo, Vectors
from photo_organizer.engine.domain.query import Like, Query
from photo_organizer.engine.domain.search_answer import Place, Reading, SearchAnswer
from photo_organizer.engine.domain.search_sentences import told
from photo_organizer.engine.encoders.proofs import Calibrated
from photo_organizer.engine.encoders.protocols import Label
from tests.engine.proofs import PROOF


def facts_of(embeddings: Sequence[Sequence[float]]) -> Facts:
    """Photos 10, 11…, one a month of 2024."""
    rows = np.array(embeddings, np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    photos = [
        Photo(
            10 + i,
            FileIdentity(Path(f"/home/me/Pictures/Jeju {i % 2}/IMG_{i}.jpg"), 1, i, 1, 1),
            i.to_bytes(16, "big"),
            "JPEG",
            640,
            480,
            Exif(taken_at=datetime(2024, 1 + i, 3), camera="Canon EOS R5"),
        )
        for i in range(len(rows))
    ]
    nothing = np.zeros((len(rows), 0), np.float32)
    return Facts(photos, rows, nothing, nothing.astype(np.uint8))


@pytest.fixture
def facts() -> Facts:
    return facts_of([[1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0, 0, 1]])


class Model:
    """A matcher and its photos: the first coordinate is how much a photo is a dog."""

    multilingual, category_threshold = False, 0.5
    learned: frozenset[str] = frozenset()

    def __init__(self, facts: Facts, *, understands_text: bool) -> None:
        self.facts, self.understands_text = facts, understands_text
        calibrated = Calibrated(0.5, 0.05, 0.999)
        proof = replace(PROOF, category=calibrated, likeness=calibrated)
        self.proof = proof if understands_text else None

    def knows(self, texts: Sequence[str]) -> list[bool]:
        return [text in ("dog", "puppy") for text in texts]

    def match(self, labels: Sequence[Label]) -> Vectors:
        assert len(labels) == 1
        return self.facts.embeddings[:, :1]

    def likeness(self, vectors: Vectors) -> Vectors:
        return self.facts.embeddings @ vectors.T


def search(text: str, facts: Facts, *, understands_text: bool = False) -> SearchAnswer:
    model = Model(facts, understands_text=understands_text)
    if understands_text:
        model.knows = lambda texts: [True] * len(texts)  # type: ignore[method-assign]
    photos = {photo.id: photo for photo in facts.photos}
    return finding.search(
        text,
        photos,
        comparable=model,
        facts=facts,
        matcher=model,  # type: ignore[arg-type]
    )


def test_what_is_shown_comes_best_first(facts: Facts) -> None:
    found = search(" dog ", facts)
    assert (found.shown, found.written, found.reading) == ((10, 11), (), Reading.BY_KIND)


def test_a_model_of_kinds_says_what_it_does_not_know(facts: Facts) -> None:
    for text, reading in {"sunset": Reading.UNKNOWN, "노을빛": Reading.FOREIGN}.items():
        found = search(text, facts)
        assert (found.all, found.reading) == ((), reading)
    assert search("강아지", facts).shown == (10, 11)


def test_a_text_model_ranks_what_fits_and_stops_there(facts: Facts) -> None:
    found = search("joy", facts, understands_text=True)
    assert found.reading is Reading.FREELY
    assert found.shown == (10, 11)


def test_names_folders_dates_and_cameras_are_found_without_a_model(facts: Facts) -> None:
    photos = {photo.id: photo for photo in facts.photos}
    for text, ids in {
        "img_2.": (12,),
        "jeju img_1.": (11,),
        "2024-02": (11,),
        "canon JEJU": (10, 11, 12, 13),
        "nikon": (),
        "  ": (),
    }.items():
        found = finding.search(text, photos)
        assert (found.shown, found.written, found.reading) == ((), ids, Reading.NONE)


def test_photos_without_exif_are_found_by_their_name(facts: Facts) -> None:
    photo = replace(facts.photos[0], exif=Exif())
    assert find_written("img", {10: photo}).written == (10,)
    assert find_written("canon", {10: photo}).written == ()


def test_photos_that_are_like_a_photo_come_nearest_first_without_itself(facts: Facts) -> None:
    photos = {photo.id: photo for photo in facts.photos}
    model = Model(facts, understands_text=False)
    found = finding.more_like([10], photos, comparable=model, facts=facts)
    assert found.shown[0] == 11
    assert 10 not in found.shown
    del photos[11]
    assert 11 not in finding.more_like([10], photos, comparable=model, facts=facts).shown
    assert finding.more_like([99], photos, comparable=model, facts=facts) == SearchAnswer((), ())


def test_nothing_is_found_among_no_photos() -> None:
    assert finding.search("dog", {}).all == ()


class TaughtModel(Model):
    """Was taught what people are: the second coordinate."""

    learned = frozenset({"people"})

    def match(self, labels: Sequence[Label]) -> Vectors:
        if len(labels) == 1:
            return super().match(labels)
        column = {"people": 1, "animal": 0, "plant": 1}
        return self.facts.embeddings[:, [column.get(label.key or "", 2) for label in labels]]


@pytest.mark.parametrize("text", ["people", "People", "인물", "a person", "selfie"])
def test_a_category_that_was_taught_is_found_by_its_names_and_keywords(
    facts: Facts, text: str
) -> None:
    found = finding.search(
        text,
        {photo.id: photo for photo in facts.photos},
        comparable=TaughtModel(facts, understands_text=False),
        facts=facts,
        matcher=TaughtModel(facts, understands_text=False),  # type: ignore[arg-type]
    )
    assert (found.shown, found.written, found.reading) == ((12,), (), Reading.BY_KIND)


@pytest.mark.parametrize("text", ["-people", "-인물", "-사람"])
def test_a_category_that_was_taught_is_left_out_by_its_name_in_any_language(
    facts: Facts, text: str
) -> None:
    model = TaughtModel(facts, understands_text=False)
    found = finding.search(
        f"Jeju {text}",
        {photo.id: photo for photo in facts.photos},
        comparable=model,
        facts=facts,
        matcher=model,  # type: ignore[arg-type]
    )
    assert set(found.all) == {10, 11, 13}
    assert found.terms[1].reading is Reading.BY_KIND


def test_a_keyword_that_the_model_knows_by_itself_is_narrower_than_its_category(
    facts: Facts,
) -> None:
    model = TaughtModel(facts, understands_text=False)
    model.learned = frozenset({"animal"})
    found = finding.search(
        "dog",
        {photo.id: photo for photo in facts.photos},
        comparable=model,
        facts=facts,
        matcher=model,  # type: ignore[arg-type]
    )
    assert found.shown == (10, 11)


def test_what_a_category_does_not_show_shows_none_of_its_kinds() -> None:
    """A field of rape seed is a kind of flower to a model of kinds, and no plant of its own."""

    class PlantModel(TaughtModel):
        learned = frozenset({"plant"})

        def knows(self, texts: Sequence[str]) -> list[bool]:
            return [True] * len(texts)

    def found(word: str, rows: list[list[float]]) -> tuple[int, ...]:
        facts = facts_of(rows)
        model = PlantModel(facts, understands_text=False)
        return finding.search(
            word,
            {photo.id: photo for photo in facts.photos},
            comparable=model,
            facts=facts,
            matcher=model,  # type: ignore[arg-type]
        ).shown

    kind_alone, both, plant_alone = [0.9, 0.1, 0], [0.7, 0.7, 0], [0.1, 0.9, 0]
    assert found("flower", [kind_alone, both, plant_alone]) == (11,)
    assert found("flower", [kind_alone, plant_alone]) == (11,)  # stands in the category's name
    assert found("fungus", [kind_alone, plant_alone]) == ()


def test_exact_matches_come_before_what_only_shows_it(facts: Facts) -> None:
    photos = [
        replace(photo, identity=replace(photo.identity, path=photo.path.with_name(name)))
        for photo, name in zip(
            facts.photos, ["a.jpg", "b.jpg", "dogma.jpg", "dog.jpg"], strict=True
        )
    ]
    found = search("dog", replace(facts, photos=photos))
    assert found.shown == (10, 11)
    assert found.written == (13, 12)
    assert found.exact == {13: Place.NAME}
    assert found.all == (13, 10, 11, 12)


def test_no_model_is_asked_for_a_date(facts: Facts) -> None:
    found = search("February 2024", facts, understands_text=True)
    assert found.exact == {11: Place.DATE}
    assert found.all == (11,)
    assert found.reading is Reading.NONE


class Seer(Model):
    """Reads English: the first coordinate is how much a photo is a dog, the second a beach, the
    third night."""

    AXES: ClassVar = {"dog": 0, "beach": 1, "night": 2}

    def match(self, labels: Sequence[Label]) -> Vectors:
        columns = [self.AXES.get(label.prompts[0]) for label in labels]
        zeros = np.zeros(len(self.facts), np.float32)
        return np.stack([zeros if c is None else self.facts.embeddings[:, c] for c in columns], 1)

    def knows(self, texts: Sequence[str]) -> list[bool]:
        return [True] * len(texts)


def ask(line: str, embeddings: Sequence[Sequence[float]]) -> SearchAnswer:
    """Even photos lie in "Jeju 0", odd ones in "Jeju 1"; see `facts_of`."""
    known = facts_of(embeddings)
    model = Seer(known, understands_text=True)
    photos = {photo.id: photo for photo in known.photos}
    searched = finding.Searched(photos, known, model, model)  # type: ignore[arg-type]
    return finding.find(parse(line), searched)


DOG, BEACH, BOTH, NIGHT = [1, 0, 0, 0.1], [0, 1, 0, 0.1], [0.7, 0.7, 0, 0], [0, 0, 1, 0]
WORLD = [DOG, BEACH, BOTH, NIGHT, DOG, BEACH]


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("dog", {10, 12, 14}),
        ("dog +beach", {12}),
        ("dog -beach", {10, 14}),
        ("-dog", {11, 13, 15}),
        ("-dog -beach", {13}),
        ("dog date:2024-05", {14}),
        ("dog 2024-05", {14}),
        ("dog May 2024", {14}),
        ('dog "jeju 0"', {10, 12, 14}),
        ("dog -name:img_0", {12, 14}),
        ("img_4 dog", {14}),
        ("beach 1", {11, 15}),
        ("photo:10", {12, 14}),
        ("photo:10 -photo:14", set()),
        ("photo:99", set()),
        ("dog date:tomorrow", set()),
        ("dog category:food", set()),
        ("melancholy", set()),
    ],
)
def test_photos_must_meet_every_term(line: str, ids: set[int]) -> None:
    assert set(ask(line, WORLD).all) == ids


def test_each_term_tells_how_many_meet_it_and_why_none_could() -> None:
    found = ask("dog -beach date:tomorrow photo:99", WORLD)
    assert [(one.shown, one.written) for one in found.terms] == [(3, 0), (3, 0), (0, 0), (0, 0)]
    problems = [one.problem.code if one.problem else None for one in found.terms]
    assert problems == [None, None, "search.no_date", "search.not_compared"]
    assert [told(one).code for one in found.terms[:2]] == ["search.seen", "search.without_seen"]


def test_what_may_be_shut_out_comes_last() -> None:
    found = ask("dog -beach", [[1, 0, 0, 0.05], [1, 0.4, 0, 0.05], NIGHT, NIGHT])
    assert found.shown == (10, 11)
    assert found.scores[10] > found.scores[11]


def test_a_photo_from_elsewhere_is_looked_at() -> None:
    known = facts_of(WORLD)
    model = Seer(known, understands_text=True)
    photos = {photo.id: photo for photo in known.photos}
    looked: list[Path] = []

    def embed(photo: Path) -> np.ndarray:
        looked.append(photo)
        return np.array([0, 0, 1, 0], np.float32)

    searched = finding.Searched(photos, known, model, model, embed=embed)  # type: ignore[arg-type]
    assert finding.find(Query((Like(Path("/else/where.jpg")),)), searched).shown == (13,)
    assert looked == [Path("/else/where.jpg")]


@given(st.text())
def test_any_line_is_answered(line: str) -> None:
    found = ask(line, WORLD)
    assert set(found.all) <= {10, 11, 12, 13, 14, 15}
    for one in found.terms:
        assert told(one).text()
        assert told(one).text("ko")
