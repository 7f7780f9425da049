from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from photo_organizer.engine.domain.keeper_criteria import default_order
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.ui.session import preferences
from photo_organizer.ui.session.preferences import Preferences


def test_at_first_everything_is_as_usual() -> None:
    assert preferences.load() == Preferences()
    assert Preferences().order == default_order()


def test_every_choice_survives() -> None:
    usual = Preferences()
    chosen = replace(
        usual.with_order(GroupKind.SAME, tuple(reversed(usual.order[GroupKind.SAME]))),
        protected=(Path("/photos/best"),),
        excluded=(Path("/photos/a"), Path("/photos/b, c")),
        model="ViT-B-32/openai",
        device="cpu",
        cache_mib=512,
        language="ko",
        reopen=False,
        notifications=False,
        reduced_motion=True,
    )
    preferences.save(chosen)
    assert preferences.load() == chosen
    preferences.save(usual)
    assert preferences.load() == usual


def test_sliders_stay_where_they_were_left() -> None:
    assert preferences.load_thresholds() == Thresholds()
    moved = Thresholds().with_change("duplicates.same", 0.81)
    preferences.save_thresholds(moved)
    assert preferences.load_thresholds() == moved
    # Back at the value of the program: it may improve with the next version.
    usual = Thresholds()["duplicates.same"]
    preferences.save_thresholds(moved.with_change("duplicates.same", usual))
    assert not QSettings().contains(preferences.THRESHOLDS)


@pytest.mark.parametrize("kept", ["[1, 2]", "no json", '{"duplicates.same": "much"}'])
def test_unreadable_places_of_sliders_do_no_harm(kept: str) -> None:
    QSettings().setValue(preferences.THRESHOLDS, kept)
    assert preferences.load_thresholds() == Thresholds()


def test_sliders_of_another_version_are_left_out() -> None:
    kept = '{"duplicates.same": 0.81, "magic.wand": 1.0, "duplicates.magic": 2.0}'
    QSettings().setValue(preferences.THRESHOLDS, kept)
    assert dict(preferences.load_thresholds().changes) == {"duplicates.same": 0.81}


def test_what_is_as_usual_is_not_written_down() -> None:
    usual = Preferences()
    preferences.save(
        usual.with_order(GroupKind.EXACT, tuple(reversed(usual.order[GroupKind.EXACT])))
    )
    preferences.save(usual)
    assert [key for key in QSettings().allKeys() if key.startswith(preferences.GROUP)] == []


def test_what_another_version_wrote_does_no_harm() -> None:
    settings = QSettings()
    settings.setValue("preferences/order/similar", ["magic", "older"])
    settings.setValue("preferences/cache_mib", "much")
    loaded = preferences.load()
    assert loaded.order[GroupKind.SIMILAR][0] == "older"
    assert sorted(loaded.order[GroupKind.SIMILAR]) == sorted(default_order()[GroupKind.SIMILAR])
    assert loaded.cache_mib == Preferences().cache_mib


def test_only_what_was_chosen_makes_an_analysis_or_a_judgement_out_of_date() -> None:
    usual = Preferences()
    folder = (Path("/photos"),)
    assert replace(usual, protected=folder).judgement != usual.judgement
    assert replace(usual, protected=folder).analysis == usual.analysis
    assert replace(usual, excluded=folder).analysis != usual.analysis
    assert replace(usual, cache_mib=1).analysis == usual.analysis
