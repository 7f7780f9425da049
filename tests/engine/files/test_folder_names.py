import os
import sys
from pathlib import Path

import pytest

from photo_organizer.engine.files.folder_names import every_name


def test_a_whole_path_without_links_is_its_only_name(tmp_path):
    real = Path(os.path.realpath(tmp_path))
    assert every_name([real, real]) == (real,)


def test_a_relative_path_means_what_lies_there(tmp_path, monkeypatch):
    real = Path(os.path.realpath(tmp_path))
    monkeypatch.chdir(real)
    assert every_name([Path("best"), Path("a/../b")]) == (real / "best", real / "b")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for a right to make links")
def test_a_link_and_what_it_leads_to_are_both_meant(tmp_path):
    real = Path(os.path.realpath(tmp_path))
    (real / "best").mkdir()
    (real / "link").symlink_to(real / "best")
    assert every_name([real / "link" / "of may"]) == (real / "link/of may", real / "best/of may")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for a right to make links")
def test_a_folder_is_also_called_as_photos_of_the_library_are(tmp_path):
    real = Path(os.path.realpath(tmp_path))
    (real / "drive/2019/rome").mkdir(parents=True)
    (real / "library").symlink_to(real / "drive")
    link, drive = real / "library", real / "drive"
    assert link / "2019/rome" in every_name([drive / "2019/rome"], [link])
    assert link in every_name([drive], [link])
    assert link in every_name([real], [link])
    assert every_name([real / "elsewhere"], [link]) == (real / "elsewhere",)


def test_a_folder_is_also_called_as_its_drive_calls_it(tmp_path, monkeypatch):
    real = Path(os.path.realpath(tmp_path))
    (real / "Library/Rome").mkdir(parents=True)
    # A drive that does not tell small letters from capitals.
    same = lambda one, two: str(one).lower() == str(two).lower()  # noqa: E731
    monkeypatch.setattr(Path, "samefile", same)
    assert real / "Library/Rome" in every_name([real / "library/rome"], [real / "Library"])
