"""Contact sheets."""

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photo_organizer.engine import assets
from photo_organizer.engine.domain.results import LIBRARY
from photo_organizer.engine.export import contact_sheet
from photo_organizer.engine.export.contact_sheet import Drawn, NotDrawn, SheetError, draw
from photo_organizer.engine.highlights.selection import Selection
from tests.engine.export.chosen import chosen
from tests.engine.pictures import encoded

RED, BLUE = (220, 20, 20), (20, 20, 220)


def photo(folder: Path, name: str, colour=RED, rank: int = 1, size=(300, 200)):
    path = folder / name
    path.write_bytes(encoded(Image.new("RGB", size, colour)))
    return chosen(path, rank)


def skipped(selections, file):
    """Draw the whole sheet; what could not be drawn."""
    return [drawn for drawn in draw(selections, file) if isinstance(drawn, NotDrawn)]


def near(pixels: np.ndarray, colour) -> np.ndarray:
    return np.abs(pixels.astype(int) - colour).max(axis=-1) < 12


def pages(file: Path) -> int:
    return file.read_bytes().count(b"/Type /Page\n") or file.read_bytes().count(b"/Type /Page ")


def test_a_png_shows_every_photo_and_its_caption(tmp_path):
    photos = (
        photo(tmp_path, "wide.jpg", RED),
        photo(tmp_path, "높은 사진.jpg", BLUE, 2, (200, 900)),
    )
    assert skipped([Selection(LIBRARY, photos)], tmp_path / "sheet.png") == []
    sheet = np.array(Image.open(tmp_path / "sheet.png"))
    rule = assets.toml("thresholds/export.toml")["sheet"]
    red, blue = near(sheet, RED), near(sheet, BLUE)
    assert red.any(axis=0).sum() == pytest.approx(1.5 * red.any(axis=1).sum(), abs=3)
    assert blue.any(axis=1).sum() == pytest.approx(rule["photo"], abs=2)
    assert np.flatnonzero(red.any(axis=0)).max() < np.flatnonzero(blue.any(axis=0)).min()
    below = sheet[rule["margin"] + rule["photo"] : -rule["margin"]]
    assert (below.min(axis=2) < 128).any()


def test_a_pdf_has_as_many_pages_as_it_needs(tmp_path):
    photos = tuple(photo(tmp_path, f"{i}.jpg", rank=i + 1, size=(60, 40)) for i in range(40))
    skipped([Selection(LIBRARY, photos[:5])], tmp_path / "one.pdf")
    skipped([Selection("food", photos), Selection("cars", photos[:1])], tmp_path / "more.pdf")
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF")
    assert pages(tmp_path / "one.pdf") == 1
    assert pages(tmp_path / "more.pdf") >= 3
    assert not list(tmp_path.glob(".*"))


def test_a_heading_never_stands_alone_at_the_end_of_a_page(tmp_path):
    rule = {**assets.toml("thresholds/export.toml")["sheet"]}
    one = photo(tmp_path, "a.jpg")
    selections = [Selection(str(i), (one,) * (i % 7 + 1)) for i in range(20)]
    lines = list(contact_sheet._lines(selections, rule["columns"]))
    packed = list(contact_sheet._pages(lines, rule))
    assert [line for page in packed for line in page] == lines
    room = rule["height"] - 2 * rule["margin"]
    for page in packed:
        assert not page[-1].heading
        assert sum(contact_sheet._height(line, rule) for line in page) <= room


def test_a_photo_that_vanished_is_grey_and_told(tmp_path):
    gone, there = photo(tmp_path, "gone.jpg"), photo(tmp_path, "there.jpg", BLUE, 2)
    gone.photo.path.unlink()
    (missing,) = skipped([Selection(LIBRARY, (gone, there))], tmp_path / "sheet.png")
    assert missing.path == gone.photo.path
    sheet = np.array(Image.open(tmp_path / "sheet.png"))
    assert near(sheet, BLUE).any()
    assert near(sheet, (224, 224, 224)).any()


@pytest.mark.parametrize("suffix", [".png", ".pdf"])
def test_a_cancelled_sheet_is_not_there(tmp_path, suffix):
    photos = tuple(photo(tmp_path, f"{i}.jpg", rank=i + 1) for i in range(3))
    cancel = threading.Event()
    drawing = draw([Selection(LIBRARY, photos)], tmp_path / f"sheet{suffix}", cancel)
    assert next(drawing) == Drawn(photos[0].photo.path)
    cancel.set()
    assert list(drawing) == []
    assert not list(tmp_path.glob("*sheet*"))
    assert not list(tmp_path.glob(f".*{suffix}"))


@pytest.mark.parametrize("name", ["\x1b[31m\n.jpg", "bad \udcff byte.jpg", "x" * 200 + ".jpg"])
def test_odd_names_are_drawn(tmp_path, name):
    assert skipped([Selection(LIBRARY, (photo(tmp_path, name),))], tmp_path / "sheet.png") == []


def test_a_long_name_keeps_both_ends():
    font = contact_sheet._font(20)
    short = contact_sheet._fitting("IMG_" + "x" * 300 + "_0042.jpg", font, 250)
    assert font.getlength(short) <= 250
    assert short.startswith("IMG_")
    assert short.endswith("0042.jpg")


def test_sheets_that_are_refused(tmp_path):
    one = [Selection(LIBRARY, (photo(tmp_path, "a.jpg"),))]
    (tmp_path / "there.png").write_text("mine")
    for name, told in (
        ("sheet.gif", "ends in .png or .pdf"),
        ("there.png", "exists already"),
        ("none/sheet.png", "does not exist"),
    ):
        with pytest.raises(SheetError, match=told):
            skipped(one, tmp_path / name)
    assert (tmp_path / "there.png").read_text() == "mine"
    with pytest.raises(SheetError, match="no photo"):
        skipped([], tmp_path / "sheet.png")
    for many in (
        [Selection(LIBRARY, one[0].photos * 1000)],
        [Selection("day", one[0].photos)] * 200,
    ):
        with pytest.raises(SheetError, match="choose a PDF"):
            skipped(many, tmp_path / "sheet.png")
    assert not list(tmp_path.glob("*sheet.png"))
