"""The tool that writes the shipped heads."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from photo_organizer.engine.encoders.heads import LinearHead
from tools import fit_heads, highlight_head
from tools.highlight_photos import Damaged


def test_without_data_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fit_heads", "--version", "1"])
    with pytest.raises(SystemExit):
        fit_heads.main()
    assert "name the data" in capsys.readouterr().err


def test_the_highlights_head_is_written_with_what_it_says_of_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given: list[object] = []

    def fit(*data: object, version: str) -> LinearHead:
        given.extend(data)
        return LinearHead(
            np.ones(3, np.float32), 0.0, "starter", "made", -1, 1, version, {"photos": 7}
        )

    for kind in (fit_heads.Shown, fit_heads.Pages, fit_heads.Kinds):
        monkeypatch.setattr(kind, "load", lambda file: file.name)
    monkeypatch.setattr(highlight_head, "fit", fit)
    kept = tmp_path / "damaged.npz"
    Damaged(np.ones((1, 3), np.float32), np.ones((1, 2, 3), np.float32)).save(kept)
    call = ["fit_heads", "--version", "two", "--out", str(tmp_path), "--damaged", str(kept)]
    data = ["--highlights", "shown.npz", "labelled.npz", "photos"]
    monkeypatch.setattr(sys, "argv", [*call, *data])
    fit_heads.main()
    shown, damaged, pages, kinds = given
    assert (shown, pages, kinds) == ("shown.npz", "labelled.npz", "labelled.npz")
    assert isinstance(damaged, Damaged)
    head = LinearHead.load(tmp_path / "highlights.safetensors")
    assert (head.encoder_version, head.fitted_on) == ("two", {"photos": 7})
    assert "photos" in capsys.readouterr().out
