import pytest

from photo_organizer.engine import assets
from photo_organizer.engine.domain.thresholds import Thresholds


@pytest.fixture(autouse=True)
def thresholds(monkeypatch):
    files = {"thresholds/flow.toml": {"cut": 0.5, "table": {"inner": 2}, "name": "text"}}
    monkeypatch.setattr(assets, "toml", lambda name: files[name])


def test_shipped_values_are_found_by_dotted_name():
    thresholds = Thresholds()
    assert thresholds["flow.cut"] == 0.5
    assert thresholds["flow.table.inner"] == 2.0


def test_a_change_wins_and_leaves_the_original_alone():
    thresholds = Thresholds()
    changed = thresholds.with_change("flow.cut", 0.7)
    assert (thresholds["flow.cut"], changed["flow.cut"]) == (0.5, 0.7)


@pytest.mark.parametrize("name", ["flow.typo", "flow.table", "flow.name", "flow.cut.deeper"])
def test_what_is_no_threshold_is_refused(name):
    with pytest.raises(KeyError):
        Thresholds().with_change(name, 1.0)
