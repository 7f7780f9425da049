import pytest
from PIL import Image

from photo_organizer.demo import album as module
from photo_organizer.demo.album import LANDSCAPES, SAMPLES, demo_album_in, make_demo_album


@pytest.fixture(scope="module")
def album(tmp_path_factory):
    return make_demo_album(tmp_path_factory.mktemp("demo") / "Demo album")


def test_every_sample_copy_and_damaged_version_is_a_whole_picture(album):
    pictures = [p for p in album.rglob("*") if p.suffix in (".jpg", ".png")]
    broken = []
    for path in pictures:
        try:
            with Image.open(path) as image:
                image.load()
        except OSError:
            broken.append(path.name)
    assert broken == ["Not a photo.jpg"]
    assert len(pictures) > len(SAMPLES) + len(LANDSCAPES) + 12


def test_it_holds_exact_copies(album):
    cat = album / "Chelsea the cat.jpg"
    assert cat.read_bytes() == (album / "Chelsea the cat (1).jpg").read_bytes()


def test_a_finished_album_is_not_made_again(album):
    first = {p: p.stat().st_mtime_ns for p in album.iterdir()}
    (album / "Temple.jpg").unlink()
    make_demo_album(album)
    assert {p for p in first if not p.exists()} == {album / "Temple.jpg"}


def test_every_name_is_that_of_the_language(tmp_path):
    album = demo_album_in(tmp_path, "ko")
    assert album.name == "데모 앨범"
    assert (album / "고양이 첼시.jpg").is_file()
    assert (album / "풍경" / "아침 안개.jpg").is_file()
    named = [path.stem for path in album.rglob("*") if not path.name.startswith(".")]
    assert [name for name in named if name.isascii()] == []
    assert demo_album_in(tmp_path, "ko") == album


def test_an_album_that_was_interrupted_is_made_again(tmp_path):
    album = make_demo_album(tmp_path / "album", "ko")
    count = len(list(album.rglob("*")))
    (album / ".complete").unlink()
    make_demo_album(album, "ko")
    assert len(list(album.rglob("*"))) == count


def test_each_language_has_an_album_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "make_demo_album", lambda folder, _language: folder)
    assert demo_album_in(tmp_path, "en") == tmp_path / "Demo album"
    assert demo_album_in(tmp_path, "xx") == tmp_path / "Demo album"
    assert demo_album_in(tmp_path, "ko").is_relative_to(tmp_path / "demo")
