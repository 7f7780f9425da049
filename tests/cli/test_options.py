import argparse
from pathlib import Path

import pytest

from photo_organizer.cli import options
from photo_organizer.cli.command import WrongCallError
from photo_organizer.cli.preferences import preferences
from photo_organizer.engine.domain.preferences import Preferences


def parsed(*words):
    parser = argparse.ArgumentParser()
    options.add_folders(parser)
    options.add_analysis_options(parser)
    return parser.parse_args(words)


def test_a_call_becomes_what_the_engine_is_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call = parsed(
        ".",
        "--model",
        "starter",
        "--device",
        "cpu",
        "--jobs",
        "2",
        "--no-recursive",
        "--no-cache",
        "--categories",
        "mine.txt",
    )
    chosen = preferences(model=call.model, device=call.device, protect=[tmp_path])
    wanted = options.analysis_options(call, chosen)
    assert wanted.folders == (tmp_path,)
    assert wanted.protected == (tmp_path,)
    assert (wanted.model, wanted.device, wanted.jobs) == ("starter", "cpu", 2)
    assert (wanted.recursive, wanted.use_cache) == (False, False)
    assert wanted.categories_file == Path("mine.txt")
    assert not wanted.partial_results


def test_a_flag_that_was_not_given_is_told_from_one_that_was(tmp_path):
    call = parsed(str(tmp_path))
    assert (call.model, call.device) == (None, None)
    call = parsed(str(tmp_path), "--model", "auto", "--device", "auto")
    assert (call.model, call.device) == ("auto", "auto")


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "photo.jpg").touch()
    with pytest.raises(WrongCallError, match="is not a folder"):
        options.analysis_options(parsed(str(tmp_path / "photo.jpg")), Preferences())
