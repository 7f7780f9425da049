"""What earlier versions kept in Qt's settings, in the words they wrote."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from photo_organizer.engine.domain.keeper_criteria import default_order
from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.ui.session import old_preferences


def thresholds() -> Thresholds:
    old = old_preferences.read()
    assert old is not None
    return old.thresholds


def test_there_may_be_none() -> None:
    assert old_preferences.read() is None
    QSettings().setValue("window/view", "duplicates")
    assert old_preferences.read() is None


def test_every_choice_is_read() -> None:
    settings, usual = QSettings(), Preferences()
    settings.setValue("preferences/order/same", list(reversed(usual.order[GroupKind.SAME])))
    settings.setValue("preferences/protected", ["/photos/best"])
    settings.setValue("preferences/excluded", ["/photos/a", "/photos/b, c"])
    settings.setValue("preferences/model", "ViT-B-32/openai")
    settings.setValue("preferences/device", "cpu")
    settings.setValue("preferences/cache_mib", 512)
    settings.setValue("preferences/language", "ko")
    for name in ("reopen", "notifications"):
        settings.setValue(f"preferences/{name}", False)
    settings.setValue("preferences/reduced_motion", True)
    settings.setValue("clean-up/sidecars", False)
    settings.setValue("thresholds", json.dumps({"duplicates.same": 0.81}))
    settings.sync()
    assert old_preferences.read() == Preferences(
        order={**usual.order, GroupKind.SAME: tuple(reversed(usual.order[GroupKind.SAME]))},
        protected=(Path("/photos/best").absolute(),),
        excluded=(Path("/photos/a").absolute(), Path("/photos/b, c").absolute()),
        thresholds=Thresholds().with_change("duplicates.same", 0.81),
        model="ViT-B-32/openai",
        device="cpu",
        sidecars=False,
        cache_mib=512,
        language="ko",
        reopen=False,
        notifications=False,
        reduced_motion=True,
    )


@pytest.mark.parametrize("kept", ["[1, 2]", "no json", '{"duplicates.same": "much"}'])
def test_unreadable_places_of_sliders_do_no_harm(kept: str) -> None:
    QSettings().setValue("thresholds", kept)
    assert thresholds() == Thresholds()


def test_sliders_of_another_version_are_left_out() -> None:
    kept = '{"duplicates.same": 0.81, "magic.wand": 1.0, "duplicates.magic": 2.0}'
    QSettings().setValue("thresholds", kept)
    assert dict(thresholds().changes) == {"duplicates.same": 0.81}


def test_what_another_version_wrote_does_no_harm() -> None:
    settings = QSettings()
    settings.setValue("preferences/order/similar", ["magic", "older"])
    settings.setValue("preferences/cache_mib", "much")
    old = old_preferences.read()
    assert old is not None
    assert old.order[GroupKind.SIMILAR][0] == "older"
    assert sorted(old.order[GroupKind.SIMILAR]) == sorted(default_order()[GroupKind.SIMILAR])
    assert old.cache_mib == Preferences().cache_mib


def test_they_are_removed_and_nothing_else() -> None:
    settings = QSettings()
    settings.setValue("preferences/model", "starter")
    settings.setValue("thresholds", "{}")
    settings.setValue("clean-up/sidecars", False)
    settings.setValue("window/view", "duplicates")
    old_preferences.forget()
    assert QSettings().allKeys() == ["window/view"]
