import importlib.util
import sys

import pytest

from photo_organizer.engine.cluster import extra
from photo_organizer.engine.domain.reasons import SpokenError


def test_where_all_is_there_nothing_is_told() -> None:
    assert extra.how_to_get() is None
    extra.demand()


def test_what_is_missing_is_told_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(
        extra, "find_spec", lambda name: None if name == "distributed" else known(name)
    )
    with pytest.raises(SpokenError, match=r"pip install .photo-organizer\[cluster\]") as missing:
        extra.demand()
    assert "uv run --no-dev --extra cluster" in str(missing.value)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(SpokenError, match="downloaded program") as missing:
        extra.demand()
    assert "uv run" not in str(missing.value)
