"""Evidence that is remembered is that of comparing everything anew."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photo_organizer.engine.domain.facts import Exif, Facts, FileIdentity, Photo
from photo_organizer.engine.duplicates import known_pairs, looks, search
from photo_organizer.engine.duplicates.pair_evidence import find_pairs
from photo_organizer.engine.duplicates.pair_table import PairTable
from photo_organizer.engine.duplicates.search import Beside
from photo_organizer.engine.duplicates.standing import Standing
from photo_organizer.engine.pixels.fingerprints import FIELDS, SIDE
from photo_organizer.engine.pixels.measures import NAMES

DIMENSION = 24
NOON = datetime(2024, 5, 1, 12)


class Memory:
    """An `EvidenceStore` in memory."""

    def __init__(self):
        self.known, self.found, self.written = {}, {}, 0

    def pairs(self, contents, version):
        return {c: self.known[version, c] for c in contents if (version, c) in self.known}

    def add_pairs(self, added, version):
        self.written += 1
        for content, new in added.items():
            old = self.known.get((version, content), (b"", b""))
            self.known[version, content] = (old[0] + new[0], old[1] + new[1])

    def searches(self, version):
        return [self.found[version]] if version in self.found else []

    def keep_search(self, found, version):
        self.written += 1
        self.found = {version: found}


class World:
    """Contents of photos: scenes, each with several takes; some turned, one without texture."""

    def __init__(self, count, seed=0):
        random = np.random.default_rng(seed)
        self.grey = np.zeros((count, SIDE, SIDE), np.uint8)
        self.embeddings = np.zeros((count, DIMENSION), np.float32)
        for number in range(count):
            of_scene = np.random.default_rng([seed, number // 4])
            coarse = of_scene.integers(0, 255, (8, 8)).astype(np.float32)
            grey = coarse.repeat(6, 0).repeat(6, 1) + random.normal(0, 4 + number % 3, (SIDE, SIDE))
            grey = np.rot90(grey, number % 7 == 3)
            self.grey[number] = np.clip(grey, 0, 255) if number % 11 else 9
            vector = of_scene.normal(size=DIMENSION) + random.normal(0, 0.3, DIMENSION)
            self.embeddings[number] = vector / np.linalg.norm(vector)

    def facts(self, contents, folder="/photos"):
        """Facts of files with these contents, in this order; a number twice is a copy."""
        contents = list(contents)
        records = np.zeros(len(contents), FIELDS)
        records["grey"] = self.grey[contents]
        records["colour"], records["aspect"] = 128, 1.5
        photos = [
            Photo(
                row + 1,
                FileIdentity(Path(folder) / f"{row:03}.jpg", 1, row, 1000 + number, row),
                number.to_bytes(16, "big"),
                "JPEG",
                600,
                400,
                Exif(NOON + timedelta(seconds=5 * number), camera="Camera" if number % 3 else None),
            )
            for row, number in enumerate(contents)
        ]
        fingerprints = records.view(np.uint8).reshape(len(contents), FIELDS.itemsize)
        measures = np.zeros((len(contents), len(NAMES)), np.float32)
        return Facts(photos, self.embeddings[contents], measures, fingerprints)


def told(value):
    """Every column of evidence as plain values."""
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if isinstance(value, PairTable):
        return {each.name: told(getattr(value, each.name)) for each in fields(value)}
    return value


def columns(evidence):
    names = [each.name for each in fields(evidence) if each.name not in ("held", "traits")]
    return {name: told(getattr(evidence, name)) for name in names}


def evidence_of(facts, store=None):
    standing = Standing.of(facts)
    found = search.search(facts, standing, Beside(4, 0.8), store)
    return find_pairs(facts, lambda _: None, standing, found, store), found


def same(facts, store):
    remembered, found = evidence_of(facts, store)
    fresh, anew = evidence_of(facts)
    assert columns(remembered) == columns(fresh)
    assert (found.alike().first.tolist(), found.alike().second.tolist()) == (
        anew.alike().first.tolist(),
        anew.alike().second.tolist(),
    )
    return remembered


@pytest.fixture
def counted(monkeypatch):
    """The pairs that were looked at or screened, by the numbers of their contents."""
    seen = []

    def count(name):
        real = getattr(looks.Look, name)

        def counting(self, first, second):
            seen.extend(zip(first.tolist(), second.tolist(), strict=True))
            return real(self, first, second)

        monkeypatch.setattr(looks.Look, name, counting)

    count("at")
    count("screened")
    return seen


@given(st.integers(0, 1000), st.data())
@settings(max_examples=12, deadline=None)
def test_whatever_comes_goes_and_is_renamed_the_evidence_is_as_if_made_at_once(seed, data):
    world, store = World(44, seed), Memory()
    numbers = st.lists(st.integers(0, 43), min_size=0, max_size=50)
    for _ in range(3):
        # In any order, as files are named; the same number twice is a copy.
        same(world.facts(data.draw(numbers)), store)


@given(st.integers(0, 1000), st.data())
@settings(max_examples=12, deadline=None)
def test_a_few_who_come_and_go_leave_the_evidence_as_if_made_at_once(seed, data):
    world, store = World(36, seed), Memory()
    here = list(range(28))
    same(world.facts(here), store)
    for _ in range(3):
        gone = data.draw(st.sets(st.sampled_from(here), max_size=4))
        come = data.draw(st.sets(st.integers(0, 35), max_size=4))
        here = data.draw(st.permutations(sorted({*here} - gone | come)))
        same(world.facts(here), store)


def test_what_is_known_is_neither_looked_at_nor_searched_nor_written_again(counted):
    world, store = World(40), Memory()
    assert len(same(world.facts(range(40)), store)) > 20
    counted.clear()
    written = store.written
    known, _ = evidence_of(world.facts(range(40)), store)
    assert (counted, store.written) == ([], written)
    assert len(known) > 20


def test_only_pairs_with_new_photos_are_looked_at(counted):
    world, store = World(44), Memory()
    evidence_of(world.facts(range(40)), store)
    counted.clear()
    evidence_of(world.facts(range(44)), store)
    assert counted
    assert all(max(pair) >= 40 for pair in counted)


def test_a_photo_that_comes_back_finds_its_pairs(counted):
    world, store = World(40), Memory()
    evidence_of(world.facts(range(40)), store)
    evidence_of(world.facts(range(30)), store)
    counted.clear()
    same(world.facts(range(40)), None)
    counted.clear()
    evidence_of(world.facts(range(40)), store)
    assert counted == []


def test_copies_cost_nothing(counted):
    world, store = World(20), Memory()
    evidence_of(world.facts(range(20)), store)
    counted.clear()
    evidence_of(world.facts([*range(20), *range(20)]), store)
    assert counted == []


def test_another_library_knows_the_pairs_too(counted):
    world, store = World(40), Memory()
    evidence_of(world.facts(range(40)), store)
    store.found = {}
    counted.clear()
    evidence_of(world.facts(range(40), "/elsewhere"), store)
    assert counted == []


@pytest.mark.parametrize("module", [known_pairs, search])
def test_another_version_of_the_code_finds_everything_out_again(module, counted, monkeypatch):
    world, store = World(24), Memory()
    evidence_of(world.facts(range(24)), store)
    counted.clear()
    monkeypatch.setattr(module, "VERSION", module.VERSION + 1)
    searched = []
    real = search.neighbours.find
    monkeypatch.setattr(search.neighbours, "find", lambda *a: searched.append(1) or real(*a))
    evidence_of(world.facts(range(24)), store)
    assert bool(counted) == (module is known_pairs)
    assert len(searched) == (3 if module is search else 0)


def test_a_library_with_another_folder_begins_with_what_is_known_of_the_rest(monkeypatch):
    world, store = World(44), Memory()
    others = Memory()
    evidence_of(world.facts(range(40)), store)
    evidence_of(world.facts(range(5)), others)
    store.searches = lambda version: [others.found[version], store.found[version]]
    monkeypatch.setattr(search.neighbours, "find", None)
    evidence_of(world.facts(range(44)), store)
    monkeypatch.undo()
    same(world.facts(range(44)), store)


def test_a_search_that_cannot_be_read_is_made_anew():
    world, store = World(24), Memory()
    evidence_of(world.facts(range(24)), store)
    for broken in (b"", b"no search", store.found[search.VERSION][:-100]):
        store.found = {search.VERSION: broken}
        same(world.facts(range(24)), store)


def test_what_the_search_answers_beside_is_searched_anew_where_it_is_another_question():
    world, store = World(24), Memory()
    facts = world.facts(range(24))
    evidence_of(facts, store)
    standing = Standing.of(facts)
    asked = Beside(7, 0.5)
    found = search.search(facts, standing, asked, store)
    anew = search.search(facts, standing, asked)
    assert found.alike().first.tolist() == anew.alike().first.tolist()


def test_those_who_stand_for_none_are_where_their_equals_are():
    facts = World(3).facts([0, 1, 1, 2])
    raw = replace(facts.photos[3], format="RAW")
    raw = replace(raw, identity=replace(raw.identity, path=Path("/photos/000.CR2")))
    raw = replace(raw, exif=facts.photos[0].exif)
    facts = replace(facts, photos=[*facts.photos[:3], raw])
    standing = Standing.of(facts)
    assert standing.rows.tolist() == [0, 1]
    assert standing.spread(np.array([1, 1], np.int32)).tolist() == [1, 1, 1, 1]
    assert standing.spread(np.array([0, 1], np.int32)).tolist() == [0, 1, 1, 0]
