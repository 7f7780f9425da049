"""Nobody waits for libraries that a run does not need: torch alone takes seconds to load."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from photo_organizer.engine.encoders.devices import may_have_gpu
from tests.cli.cleaning import needs_freedesktop_trash

TORCH = {"torch", "torchvision", "open_clip", "transformers", "huggingface_hub", "timm"}

HEAVY = TORCH | {
    "cryptography",
    "dask",
    "distributed",
    "onnxruntime",
    "pyarrow",
    "rich",
    "scipy",
    "skimage",
    "sklearn",
    "tokenizers",
}

on_a_cpu = pytest.mark.skipif(may_have_gpu(), reason="there may be a GPU, for which torch is asked")

COMMAND = "from photo_organizer.cli.main import run_command; run_command(sys.argv[1:])"

WINDOW = (
    "from pathlib import Path; from photo_organizer.app import render_window; "
    "render_window([Path(sys.argv[1])], Path(sys.argv[2]))"
)


def loaded(script: str, *words: object) -> set[str]:
    """The packages that are loaded in a process of its own once a script has run."""
    told = "import os, sys\n" + script + "\nos.write(2, repr(sorted(sys.modules)).encode())"
    done = subprocess.run(
        [sys.executable, "-c", told, *map(str, words)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    names = done.stderr[done.stderr.rindex("[") :]
    assert "photo_organizer" in names
    return {name.strip("[' ]").partition(".")[0] for name in names.split(",")}


@on_a_cpu
def test_an_analysis_loads_no_torch_and_a_second_one_nothing_heavy(
    album: Path, tmp_path: Path
) -> None:
    words = ("analyze", album, "--json", tmp_path / "result.json")
    assert "onnxruntime" in (first := loaded(COMMAND, *words))
    assert not first & TORCH
    assert not loaded(COMMAND, *words) & HEAVY


@on_a_cpu
def test_the_plain_flows_over_known_photos_load_nothing_heavy(album: Path, tmp_path: Path) -> None:
    words = ("flows", album, "--json", tmp_path / "flows.json")
    assert not loaded(COMMAND, *words) & TORCH
    assert not loaded(COMMAND, *words) & HEAVY


@on_a_cpu
@needs_freedesktop_trash
def test_choosing_cleaning_and_undoing_load_no_torch(album: Path, tmp_path: Path) -> None:
    assert not loaded(COMMAND, "best", album, "--export", tmp_path / "best") & TORCH
    assert not loaded(COMMAND, "clean", album, "--yes") & TORCH
    assert not loaded(COMMAND, "undo") & TORCH


@on_a_cpu
def test_a_window_that_analyses_loads_no_torch(album: Path, tmp_path: Path) -> None:
    names = loaded(WINDOW, album, tmp_path / "window.png")
    assert (tmp_path / "window.png").exists()
    assert "onnxruntime" in names
    assert not names & TORCH
