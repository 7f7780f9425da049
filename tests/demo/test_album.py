import pytest
from PIL import Image

from photo_organizer.demo.album import LANDSCAPES, SAMPLES, make_demo_album


@pytest.fixture(scope="module")
def album(tmp_path_factory):
    return make_demo_album(tmp_path_factory.mktemp("demo") / "Demo album")


def test_every_sample_copy_and_damaged_version_is_a_whole_picture(album):
    pictures = [p for p in album.iterdir() if p.suffix in (".jpg", ".png")]
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
