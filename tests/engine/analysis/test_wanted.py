"""Runs that give some of the answers: the same as a whole run, without what only others need."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from skimage import data

from photo_organizer.engine.analysis import looking
from photo_organizer.engine.analysis.events import Finished
from photo_organizer.engine.analysis.run import Options, analyze
from photo_organizer.engine.domain.results import EVERY_FLOW, Flow, Result
from photo_organizer.engine.duplicates import grouping
from photo_organizer.engine.highlights import ranking
from photo_organizer.engine.quality import flaws
from tests.engine.pictures import save

pytestmark = pytest.mark.usefixtures("encoder")


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Somebody alone, two takes of somebody else, copies, one out of focus."""
    folder = tmp_path / "album"
    for number in range(4):
        save(folder / f"{number}.jpg", 900, 600, seed=number)
    (folder / "copy.jpg").write_bytes((folder / "1.jpg").read_bytes())
    save(folder / "small.jpg", 450, 300, seed=2)
    person = data.astronaut()
    Image.fromarray(person).save(folder / "take1.jpg", quality=95)
    Image.fromarray(person).save(folder / "take2.jpg", quality=70)
    alone = np.ascontiguousarray(np.rot90(person[:, ::-1, ::-1], 2))
    alone[250:] = 0
    Image.fromarray(alone).save(folder / "alone.jpg", quality=95)
    soft = cv2.GaussianBlur(data.coffee(), (0, 0), 8)
    Image.fromarray(soft).save(folder / "soft.jpg", quality=95)
    dark = (data.chelsea() * 0.04).astype(np.uint8)
    Image.fromarray(dark).save(folder / "dark.jpg", quality=95)
    return folder


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is looked through for faces, by the names of the files."""
    names: list[str] = []
    before = looking._faces_in

    def counting(process, identity, content_hash):
        names.append(identity.path.name)
        return before(process, identity, content_hash)

    monkeypatch.setattr(looking, "_faces_in", counting)
    return names


def run(album: Path, *wanted: Flow, use_cache: bool = False) -> Result:
    options = Options((album,), wanted=frozenset(wanted) or EVERY_FLOW, use_cache=use_cache, jobs=2)
    *_, last = analyze(options, threading.Event())
    assert isinstance(last, Finished)
    return last.result


def answer(result: Result, flow: Flow) -> tuple[object, object]:
    told = result.to_contract([flow])
    return told[flow], told["details"].get(flow)


@pytest.mark.parametrize("flow", Flow)
def test_an_answer_alone_is_that_of_the_whole_run(album: Path, flow: Flow) -> None:
    whole = answer(run(album), flow)
    assert whole[0]
    alone = run(album, flow)
    assert answer(alone, flow) == whole


def test_for_duplicates_faces_are_looked_for_only_where_photos_are_alike(
    album: Path, looked: list[str]
) -> None:
    result = run(album, Flow.DUPLICATES)
    grouped = {result.photos[i].path.name for group in result.groups for i in group.photos}
    assert {"take1.jpg", "take2.jpg", "copy.jpg"} <= grouped
    assert looked
    assert "alone.jpg" not in looked
    assert set(looked) <= grouped


def test_what_was_not_looked_for_is_looked_for_by_a_later_run(
    album: Path, looked: list[str]
) -> None:
    expected = run(album)
    looked.clear()
    run(album, Flow.DUPLICATES, use_cache=True)
    first = list(looked)
    looked.clear()
    later = run(album, use_cache=True)
    assert not set(first) & set(looked)
    assert "alone.jpg" in looked
    for flow in Flow:
        assert answer(later, flow) == answer(expected, flow)
    looked.clear()
    again = run(album, Flow.DUPLICATES, use_cache=True)
    assert looked == []
    assert answer(again, Flow.DUPLICATES) == answer(expected, Flow.DUPLICATES)


def test_what_no_answer_needs_is_not_computed(album: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("nobody asked for it")

    with monkeypatch.context() as patch:
        patch.setattr(grouping, "group", refuse)
        patch.setattr(ranking, "Ranking", refuse)
        result = run(album, Flow.CATEGORIES)
        assert (result.groups, result.flags, result.highlights) == ((), (), {})
    monkeypatch.setattr(ranking, "Ranking", refuse)
    result = run(album, Flow.DUPLICATES)
    assert (result.categories, result.flags, result.highlights) == ({}, (), {})


def test_without_faces_flaws_are_judged_without_comparing_photos(
    album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("photos were compared")

    monkeypatch.setattr(grouping, "group", refuse)
    options = Options((album,), wanted=frozenset({Flow.LOW_QUALITY}), use_cache=False, faces=False)
    *_, last = analyze(options, threading.Event())
    assert isinstance(last, Finished)
    assert last.result.flags


def test_facts_alone_are_had_without_an_answer_and_without_faces(
    album: Path, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("nobody asked for it")

    for module, name in ((grouping, "group"), (ranking, "Ranking"), (flaws, "flaw_scores")):
        monkeypatch.setattr(module, name, refuse)
    options = Options((album,), wanted=frozenset(), use_cache=False, jobs=2)
    *_, last = analyze(options, threading.Event())
    assert isinstance(last, Finished)
    assert looked == []
    result, facts = last.result, last.judge.facts
    assert (result.categories, result.groups, result.highlights, result.flags) == ({}, (), {}, ())
    assert len(facts) == len(result.photos) == len(list(album.iterdir()))
    assert facts.embeddings.shape == (len(facts), 48)
