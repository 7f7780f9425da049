from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings

from photo_organizer.engine.criteria import default_order
from photo_organizer.engine.results import Kind
from photo_organizer.ui import preferences
from photo_organizer.ui.preferences import Preferences


def test_at_first_everything_is_as_usual() -> None:
    assert preferences.load() == Preferences()
    assert Preferences().order == default_order()


def test_every_choice_survives() -> None:
    usual = Preferences()
    chosen = replace(
        usual.with_order(Kind.SAME, tuple(reversed(usual.order[Kind.SAME]))),
        protected=(Path("/photos/best"),),
        excluded=(Path("/photos/a"), Path("/photos/b, c")),
        model="ViT-B-32/openai",
        device="cpu",
        cache_mib=512,
    )
    preferences.save(chosen)
    assert preferences.load() == chosen
    preferences.save(usual)
    assert preferences.load() == usual


def test_what_is_as_usual_is_not_written_down() -> None:
    usual = Preferences()
    preferences.save(usual.with_order(Kind.EXACT, tuple(reversed(usual.order[Kind.EXACT]))))
    preferences.save(usual)
    assert [key for key in QSettings().allKeys() if key.startswith(preferences.GROUP)] == []


def test_what_another_version_wrote_does_no_harm() -> None:
    settings = QSettings()
    settings.setValue("preferences/order/similar", ["magic", "older"])
    settings.setValue("preferences/cache_mib", "much")
    loaded = preferences.load()
    assert loaded.order[Kind.SIMILAR][0] == "older"
    assert sorted(loaded.order[Kind.SIMILAR]) == sorted(default_order()[Kind.SIMILAR])
    assert loaded.cache_mib == Preferences().cache_mib


def test_only_what_was_chosen_makes_an_analysis_or_a_judgement_out_of_date() -> None:
    usual = Preferences()
    folder = (Path("/photos"),)
    assert replace(usual, protected=folder).judgement != usual.judgement
    assert replace(usual, protected=folder).analysis == usual.analysis
    assert replace(usual, excluded=folder).analysis != usual.analysis
    assert replace(usual, cache_mib=1).analysis == usual.analysis
