"""Shared by the tests of runs: a quick model."""

import pytest

from photo_organizer.engine.analysis import run as analysis
from tests.engine.fakes import FakeEncoder


@pytest.fixture
def encoder(monkeypatch):
    fake = FakeEncoder()
    monkeypatch.setattr(analysis, "open_encoder", lambda _name, _device: fake)
    return fake
