"""Files of heads, whatever they hold."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photo_organizer.engine.encoders import head_files
from photo_organizer.engine.encoders.errors import ModelError

NUMBERS = {"turned": np.arange(6, dtype=np.float32).reshape(2, 3).T}
FACTS = {"encoder": "tiny/테스트", "fitted_on": {"photos": 2}}


def test_numbers_and_facts_come_back_whatever_the_order_in_memory(tmp_path: Path) -> None:
    head_files.write(tmp_path / "head", "toy", NUMBERS, FACTS)
    with head_files.opened(tmp_path / "head", "toy", otherwise="heads.no_head") as stored:
        np.testing.assert_array_equal(stored.tensor("turned"), NUMBERS["turned"])
        assert stored.facts == FACTS


def test_a_head_of_another_kind_is_refused_in_the_readers_words(tmp_path: Path) -> None:
    head_files.write(tmp_path / "head", "toy", NUMBERS, FACTS)
    for code, told in (("heads.no_head", "linear head"), ("heads.no_scorer", "scorer")):
        with (
            pytest.raises(ModelError, match=rf"head is not a {told}"),
            head_files.opened(tmp_path / "head", "another", otherwise=code),
        ):
            pass


def test_numbers_that_are_missing_or_wrong_are_the_files_fault(tmp_path: Path) -> None:
    head_files.write(tmp_path / "head", "toy", NUMBERS, FACTS)
    with (
        pytest.raises(ModelError, match="head is not a linear head"),
        head_files.opened(tmp_path / "head", "toy", otherwise="heads.no_head") as stored,
    ):
        stored.tensor("weights")
    with (
        pytest.raises(ModelError, match="make no scale"),
        head_files.opened(tmp_path / "head", "toy", otherwise="heads.no_head"),
    ):
        raise ValueError("its numbers make no scale")
