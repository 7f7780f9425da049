from pathlib import Path

import pytest

from photo_organizer.engine.exchange import places

ROOT = Path("/photos").absolute()


def test_paths_of_windows_are_carried_with_slashes():
    assert places.carried(b"2024\\May\\1.jpg", separator="\\") == b"2024/May/1.jpg"
    assert places.carried(b"2024/odd\\name.jpg", separator="/") == b"2024/odd\\name.jpg"


@pytest.mark.parametrize("path", ["1.jpg", "2024/May/1.jpg", "..a/b..jpg", " /~.jpg"])
def test_a_relative_path_lies_below(path):
    for windows in (False, True):
        assert places.below(ROOT, path.encode(), windows=windows) == ROOT / path


@pytest.mark.parametrize(
    "path", ["", ".", "..", "/", "/etc/passwd", "a/../b", "a/./b", "a//b", "a/", "../b", "a\0b"]
)
def test_a_path_that_may_lead_elsewhere_is_none(path):
    for windows in (False, True):
        assert places.below(ROOT, path.encode(), windows=windows) is None


@pytest.mark.parametrize("path", ["C:/1.jpg", "c:1.jpg", "a\\..\\..\\b", "\\\\nas\\b", "a:stream"])
def test_on_windows_more_leads_elsewhere(path):
    assert places.below(ROOT, path.encode(), windows=True) is None
    assert places.below(ROOT, path.encode(), windows=False) == ROOT / path
