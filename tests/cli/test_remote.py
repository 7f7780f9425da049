"""Commands with a model of another computer: what they send, and what they say of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from photo_organizer.cli import options
from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.encoders import remote_names
from photo_organizer.engine.encoders.remote_service import Patience
from tests.engine.encoders.remote_server import MODEL, Server, serve
from tests.engine.pictures import exif, save


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        running.trust(paths.models_dir())
        yield running


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Photos with a telling name, a place and a camera."""
    where = {1: "N", 2: (48.0, 51.0, 29.6), 3: "E", 4: (2.0, 17.0, 40.2)}
    block = exif({271: "Cameramaker"}, {36867: "2024:05:06 07:08:09"}, where)
    for number in range(3):
        save(tmp_path / "album" / f"Grandma {number}.jpg", 640, 400, number, exif=block)
    return tmp_path / "album"


def test_reduced_pictures_are_sent_after_that_was_said(
    server: Server, album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "result.json"
    words = ["analyze", str(album), "--encoder", server.name, "--no-faces", "--json", str(target)]
    assert run_command(words) == 0
    out, err = capsys.readouterr()
    place = server.url.removeprefix("http://")
    assert out == ""
    assert err.count("\n") == 1
    assert f"are sent to {place}." in err
    assert "not encrypted" not in err
    details = json.loads(target.read_text())["details"]
    assert details["model"]["name"] == f"immich:{MODEL}"
    assert len(server.pictures) == 4
    originals = [photo.read_bytes() for photo in album.iterdir()]
    for told in (*server.bodies, *(repr(each).encode() for each in server.headers)):
        # All longer than what chance puts into a picture or a boundary; places are in Exif.
        for secret in (b"Grandma", b"album", b"Exif\0", b"Cameramaker", b"2024:05:06"):
            assert secret not in told
        assert not any(original[200:600] in told for original in originals)


def test_photos_are_found_there_too(
    server: Server, album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere.jpg"
    elsewhere.write_bytes((album / "Grandma 1.jpg").read_bytes() + b"\0")
    words = ["find", "--like", str(elsewhere), str(album), "--encoder", server.name]
    assert run_command(words) == 0
    out, err = capsys.readouterr()
    assert f"3 photos searched (immich:{MODEL} model)" in err
    assert "Grandma 1.jpg" in out.splitlines()[0]


def test_a_service_that_is_gone_is_no_wrong_call(
    album: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Patience, "before", lambda *_: 0.0)
    with serve() as server:
        name = server.name
    assert run_command(["analyze", str(album), "--encoder", name]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert "does not answer" in said[1]


def test_what_goes_through_the_internet_unencrypted_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(remote_names, "leaves_the_network", lambda _: True)
    options.tell_what_is_sent("immich:http://me:hush@photos.example:3003/m")
    said = capsys.readouterr().err
    assert "sent to photos.example:3003. They are not encrypted" in said
    assert "hush" not in said
    options.tell_what_is_sent("immich:https://photos.example/m")
    assert "not encrypted" not in capsys.readouterr().err
    options.tell_what_is_sent("auto")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "words",
    [
        ["--encoder", "immich:http://nas:3003/m", "--model", "starter"],
        ["--encoder", "starter"],
        ["--encoder", "immich:m"],
    ],
)
def test_a_wrong_call_is_told_before_anything_is_asked(album: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        run_command(["analyze", str(album), *words])
    assert end.value.code == 2


def test_a_preference_that_does_not_say_where_is_a_wrong_call(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["analyze", str(album), "--model", f"immich:{MODEL}"]) == 2
    assert "by the address of its service" in capsys.readouterr().err
