"""The order of criteria, and that the whole run follows it."""

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.analysis.events import Finished
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.keeper_criteria import (
    CRITERIA,
    completed,
    default_order,
)
from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.results import GroupKind, Result
from photo_organizer.engine.domain.thresholds import Thresholds
from tests.engine.duplicates.test_grouping import scene
from tests.engine.fakes import FakeEncoder


def test_the_shipped_order_uses_known_criteria_once_each() -> None:
    for names in default_order().values():
        assert len(set(names)) == len(names)
        assert set(names) <= set(CRITERIA)


@given(st.sampled_from(GroupKind), st.lists(st.sampled_from([*CRITERIA, "magic"])))
def test_a_completed_order_has_every_criterion_of_its_kind_once(
    kind: GroupKind, wanted: list[str]
) -> None:
    order = completed(kind, wanted)
    assert sorted(order) == sorted(default_order()[kind])
    first = [name for name in dict.fromkeys(wanted) if name in order]
    assert [name for name in order if name in first] == first
    if len(first) < len(order) / 2:
        assert list(order[: len(first)]) == first
    assert completed(kind, order) == order


def test_a_whole_order_of_an_earlier_version_learns_what_is_new_at_its_place() -> None:
    earlier = ["shallow", "protected", "rated", "original", "exif", "plain_name", "older"]
    assert completed(GroupKind.EXACT, earlier) == (
        "organised",
        "protected",
        "keep_from",
        "rated",
        "original",
        "exif",
        "plain_name",
        "older",
    )


def test_an_order_from_before_faces_were_known_asks_for_them_where_they_usually_count() -> None:
    earlier = (
        *("sharper", "rated", "protected", "keep_from", "holds", "cleaner", "unflawed"),
        *("highlight", "pixels", "compression", "original", "exif", "older", "plain_name"),
    )
    order = completed(GroupKind.SIMILAR, earlier)
    assert tuple(name for name in order if name in earlier) == earlier
    place = order.index("cleaner")
    assert order[place : place + 4] == ("cleaner", "eyes_open", "faces_sharp", "unflawed")
    assert not {"eyes_open", "faces_sharp"} & set(completed(GroupKind.SAME, earlier))


def test_the_shipped_order_needs_nothing() -> None:
    assert Preferences().preferring([]).order == default_order()


def test_what_is_preferred_comes_first_where_it_means_something() -> None:
    order = Preferences().preferring(["pixels", "older"]).order
    assert order[GroupKind.SAME][:2] == ("pixels", "older")
    assert order[GroupKind.EXACT][0] == "older"  # copies have the same pixels


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """One picture twice: large and young, small and old."""
    picture = Image.fromarray(scene(1, 720, 480))
    picture.save(tmp_path / "large.jpg", quality=95)
    picture.resize((360, 240)).save(tmp_path / "small.jpg", quality=95)
    os.utime(tmp_path / "large.jpg", (2_000_000, 2_000_000))
    os.utime(tmp_path / "small.jpg", (1_000_000, 1_000_000))
    return tmp_path


def test_analysis_and_judging_again_follow_the_order(
    album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keepers(result: Result) -> list[str]:
        return [result.photos[group.keeper].path.name for group in result.groups]

    monkeypatch.setattr(analysis, "open_encoder", lambda *_: FakeEncoder())
    older_first = Preferences().preferring(["older"]).order
    options = analysis.Options((album,), order=older_first)
    *_, last = analysis.analyze(options, threading.Event())
    assert isinstance(last, Finished)
    assert keepers(last.result) == ["small.jpg"]
    judge = last.judge
    assert keepers(judge.judge(Thresholds(), Decisions())) == ["large.jpg"]
    assert keepers(judge.judge(Thresholds(), Decisions(), older_first)) == ["small.jpg"]
