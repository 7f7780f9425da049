import json

import pytest
from PIL import Image

from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.files.photo_files import content_hash
from photo_organizer.engine.storage.store import Store
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import exif, save


@pytest.fixture(autouse=True)
def encoder(monkeypatch):
    monkeypatch.setattr(analysis, "open_encoder", lambda _name, _device: FakeEncoder())


@pytest.fixture
def album(tmp_path):
    folder = tmp_path / "album"
    for number, drawn in enumerate((0, 1, 2, 5)):  # such as are not called blurred
        block = exif({}, {0x9003: f"2024:0{number + 1}:05 10:00:00"})
        save(folder / f"{number}.jpg", width=720, height=540, seed=drawn, exif=block)
    (folder / "copy of 0.jpg").write_bytes((folder / "0.jpg").read_bytes())
    save(folder / "undated.jpg", width=720, height=540, seed=4)
    return folder


def snapshot(folder):
    return {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in sorted(folder.rglob("*"))}


def best(album, capsys, *words):
    before = snapshot(album)
    status = run_command(["best", str(album), *words])
    out, err = capsys.readouterr()
    assert snapshot(album) == before
    return status, out, err


def test_the_best_are_printed_one_of_each_group(album, capsys):
    status, out, err = best(album, capsys)
    assert (status, err) == (0, "")
    assert "technical score" in out
    assert sum(f"{name}.jpg" in out for name in ("0", "1", "2", "3", "undated")) == 5
    assert ("copy of 0.jpg" in out) + (f"{album}/0.jpg" in out) == 1


def test_what_is_marked_in_the_window_is_neither_printed_nor_exported(album, tmp_path, capsys):
    _, out, _ = best(album, capsys)
    first = next(n for n in ("1.jpg", "2.jpg", "3.jpg", "undated.jpg") if n in out)
    with Store(paths.store_path()) as store:
        store.set_marks([Mark(content_hash((album / first).read_bytes()), album / first)], True)
    made = tmp_path / "best"
    status, out, err = best(album, capsys, "--export", str(made), "--name", "{name}")
    assert (status, err) == (0, "")
    assert first not in out
    assert len(list(made.iterdir())) == 4
    assert first not in {copy.name for copy in made.iterdir()}


def test_json_is_alone_on_standard_output(album, tmp_path, capsys):
    sheet = tmp_path / "sheet.pdf"
    status, out, err = best(
        album, capsys, "--per", "month", "--count", "1", "--json", "--sheet", str(sheet)
    )
    answer = json.loads(out)
    assert status == 0
    assert [s["name"] for s in answer["selections"]] == [
        *(f"2024-0{month}" for month in range(1, 5)),
        "undated",
    ]
    assert all(len(s["images"]) == 1 for s in answer["selections"])
    assert sheet.read_bytes().startswith(b"%PDF")
    assert "sheet.pdf" in err


@pytest.mark.parametrize("words", [["--sheet", "sheet.png"], ["--export", "best"]])
def test_a_long_path_stays_on_its_line_beside_json(album, tmp_path, capsys, words):
    option, name = words
    folder = tmp_path / ("a folder with a long name " * 4).strip()
    folder.mkdir()
    status, _, err = best(album, capsys, "--count", "1", "--json", option, str(folder / name))
    assert status == 0
    assert str(folder / name) in err


@pytest.mark.parametrize("link", [[], ["--link"]])
def test_an_export_and_the_same_again(album, tmp_path, capsys, link):
    out = tmp_path / "best"
    words = ["--count", "2", "--export", str(out), "--name", "{rank}-{stem}", *link]
    status, told, _ = best(album, capsys, *words)
    assert status == 0
    assert "2 photos" in told
    assert [p.name[:2] for p in sorted(out.iterdir())] == ["1-", "2-"]
    before = snapshot(out)
    status, told, err = best(album, capsys, *words)
    assert status == 1
    assert "0 photos" in told
    assert err.count("exists there already") == 2
    assert snapshot(out) == before


def test_ratings_beside_the_copies_are_the_users_own_or_the_wanted(album, tmp_path, capsys):
    with Store(paths.data_dir() / "library.sqlite") as store:
        for name, stars in (("1.jpg", 2), ("2.jpg", 0)):
            store.decide_rating(photo_files.content_hash((album / name).read_bytes()), stars)
    out = tmp_path / "best"
    words = ["--export", str(out), "--name", "{rank} {name}", "--ratings", "4"]
    assert best(album, capsys, *words)[0] == 0
    given = {}
    for copy in out.glob("*.jpg"):
        text = copy.with_name(copy.name + ".xmp")
        given[copy.name[2:]] = b'Rating="4"' in text.read_bytes() if text.exists() else None
    assert (given["1.jpg"], given["3.jpg"]) == (False, True)
    assert "2.jpg" not in given  # it was rejected


def test_ratings_beside_the_originals(album, capsys):
    assert run_command(["best", str(album), "--count", "2", "--ratings"]) == 0
    assert "2 photos have a rating" in capsys.readouterr().out
    written = list(album.glob("*.xmp"))
    assert len(written) == 2
    assert all(b'Rating="5"' in sidecar.read_bytes() for sidecar in written)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--sheet", "sheet.txt"], "ends in .png or .pdf"),
        (["--export", "out", "--name", "../{name}"], "not a path"),
        (["--export", "file"], "file is not a folder"),
        (["--link"], "--link needs --export"),
    ],
)
def test_a_wrong_call_is_told_before_anything_is_analysed(
    album, tmp_path, monkeypatch, capsys, words, told
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    status, out, err = best(album, capsys, *words)
    assert (status, out) == (2, "")
    assert told in err
    assert not (tmp_path / "out").exists()
    assert not paths.data_dir().exists()


@pytest.mark.parametrize("words", [["--count", "0"], ["--per", "year"], ["--ratings", "6"]])
def test_wrong_words_exit_with_2(album, words):
    with pytest.raises(SystemExit) as ended:
        run_command(["best", str(album), *words])
    assert ended.value.code == 2


def test_copies_of_a_size_and_without_their_place(album, tmp_path, capsys):
    out = tmp_path / "out"
    words = ("--export", str(out), "--size", "300", "--no-location", "--count", "2")
    status, _, _ = best(album, capsys, *words)
    assert status == 0
    for path in out.iterdir():
        with Image.open(path) as copy:
            assert copy.size == (300, 225)
    assert len(list(out.iterdir())) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--size", "300"),
        ("--no-location",),
        ("--export", "out", "--link", "--size", "full"),
    ],
)
def test_what_makes_no_sense_is_a_wrong_call(album, capsys, words):
    assert best(album, capsys, *words)[0] == 2


@pytest.mark.parametrize("size", ["tiny", "0"])
def test_a_size_is_a_number_of_pixels_or_a_word(album, capsys, size):
    with pytest.raises(SystemExit) as end:
        best(album, capsys, "--export", "out", "--size", size)
    assert end.value.code == 2
