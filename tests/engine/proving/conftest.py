"""Pictures of the check stay drawn between tests: they take longer than a tiny model does."""

from __future__ import annotations

import pytest

from photo_organizer.engine.proving import keeping


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "forget_pictures", lambda: None)
