import argparse
from pathlib import Path

import pytest

from photo_organizer.cli import options
from photo_organizer.cli.command import WrongCallError


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
    wanted = options.analysis_options(call, takes_taste=True, protected=[tmp_path])
    assert wanted.folders == (tmp_path,)
    assert wanted.protected == (tmp_path,)
    assert (wanted.model, wanted.device, wanted.jobs) == ("starter", "cpu", 2)
    assert (wanted.recursive, wanted.use_cache) == (False, False)
    assert wanted.categories_file == Path("mine.txt")
    assert not wanted.partial_results


def test_without_taste_the_stars_have_no_share(tmp_path):
    call = parsed(str(tmp_path))
    assert options.analysis_options(call, takes_taste=True).thresholds["taste.share"] > 0
    assert options.analysis_options(call, takes_taste=False).thresholds["taste.share"] == 0


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "photo.jpg").touch()
    with pytest.raises(WrongCallError, match="is not a folder"):
        options.analysis_options(parsed(str(tmp_path / "photo.jpg")), takes_taste=True)
