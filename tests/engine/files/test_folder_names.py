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
