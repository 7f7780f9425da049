"""Names of the library here and there."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from photo_organizer.engine.cluster import roots
from photo_organizer.engine.cluster.errors import ClusterError


def test_folders_come_first_and_nothing_hidden(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
    for name in ("1.jpg", ".hidden"):
        (tmp_path / name).touch()
    assert roots.names_in(tmp_path) == ["a", "b", "1.jpg"]


def test_a_folder_with_most_of_the_names_is_the_same_library(tmp_path: Path) -> None:
    for name in ("2019", "2020", "2021"):
        (tmp_path / name).mkdir()
    roots.demand_same(tmp_path, ["2019", "2020", "2021", "new", "newer"])
    roots.demand_same(tmp_path, [])
    with pytest.raises(ClusterError, match="a, b, c, d, … in"):
        roots.demand_same(tmp_path, ["2019", "a", "b", "c", "d", "e"])


def test_a_name_leads_to_the_file_below_the_root(tmp_path: Path) -> None:
    assert roots.local(tmp_path, "2019/a.jpg") == tmp_path / "2019" / "a.jpg"
    assert roots.relative(tmp_path, tmp_path / "2019" / "a.jpg") == "2019/a.jpg"
    assert roots.relative(tmp_path / "2019", tmp_path / "a.jpg") is None


@pytest.mark.parametrize("name", ["../a.jpg", "a/../../b.jpg", "/etc/a.jpg", "", "a//b.jpg", "./a"])
def test_no_name_leads_out_of_the_root(tmp_path: Path, name: str) -> None:
    assert roots.local(tmp_path, name) is None


@pytest.mark.parametrize(("sent", "there"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_name_is_found_however_its_letters_are_put_together(
    tmp_path: Path, sent: str, there: str
) -> None:
    name = "Frühling/Étang 봄.jpg"
    file = tmp_path / unicodedata.normalize(there, name)
    file.parent.mkdir()
    file.touch()
    found = roots.local(tmp_path, unicodedata.normalize(sent, name))
    assert found is not None
    assert found.samefile(file)


def test_a_name_that_is_no_text_is_found(tmp_path: Path) -> None:
    name = b"caf\xe9.jpg".decode("utf-8", "surrogateescape")
    try:
        (tmp_path / name).touch()
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    assert roots.local(tmp_path, name) == tmp_path / name
