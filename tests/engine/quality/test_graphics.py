"""Graphics have no photographic flaws; photos have, however plain they are."""

import io
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.starter import StarterEncoder
from photo_organizer.engine.pixels import decode, measures
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.quality import flaws, graphics
from tests.engine import scenes
from tests.engine.quality.test_cases import CASES
from tests.engine.quality.test_flaws import library
from tools.drawn import chat, meme, page, table

OTHER = "another encoder"
WORDS = "See you at eight, the train is late, buy milk and bread please"


@pytest.fixture(scope="module")
def starter() -> StarterEncoder:
    return StarterEncoder(device="cpu")


def as_file(sheet: Image.Image) -> Picture:
    data = io.BytesIO()
    sheet.save(data, "PNG")
    return decode.decode(data.getvalue())


def letter() -> Image.Image:
    """Black words on white, as in a screenshot of a page."""
    sheet = Image.new("RGB", (1170, 2532), "white")
    draw = ImageDraw.Draw(sheet)
    for line in range(40):
        place = (100, 160 + 56 * line)
        draw.text(place, WORDS[line % 9 :][:46], fill="black", font=ImageFont.load_default(44))
    return sheet


def bubbles() -> Image.Image:
    """A chat on white under a coloured bar."""
    sheet = Image.new("RGB", (1170, 2532), "white")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, 1170, 220), fill=(20, 90, 200))
    for number in range(20):
        x, y = (60, 410)[number % 2], 260 + 105 * number
        fill = ("#e8e8ee", "#cfe6ff")[number % 2]
        draw.rounded_rectangle((x, y, x + 700, y + 80), 30, fill=fill)
        font = ImageFont.load_default(44)
        draw.text((x + 30, y + 14), WORDS[number:][:24], fill="black", font=font)
    return sheet


@pytest.mark.parametrize("draw", [letter, bubbles])
def test_pages_and_chats_are_graphics_whatever_the_encoder(draw):
    facts = library([as_file(draw())])

    assert graphics.are_graphics(facts, OTHER).tolist() == [True]


@pytest.mark.parametrize("draw", [page, chat, table])
def test_what_the_starter_sees_as_a_page_is_a_graphic(draw, starter: StarterEncoder):
    sheet = as_file(draw(np.random.default_rng(4), ()))
    facts = library([sheet])
    embeddings = starter.embed_images(starter.prepare(sheet)[None])
    seen = type(facts)(facts.photos, embeddings, facts.measures, facts.fingerprints)

    assert graphics.are_graphics(seen, starter.version).tolist() == [True]


def test_the_head_was_made_for_the_encoder_that_is_shipped():
    model = graphics.graphic_model()

    assert model.encoder == StarterEncoder().version
    assert model.head.shape == (StarterEncoder().dimension + 1,)
    assert set(model.measured.curves) == set(graphics.FEATURES)
    assert set(model.looked.curves) == {*graphics.FEATURES, "look"}
    assert set(graphics.FEATURES) <= set(measures.NAMES)


@pytest.mark.parametrize("colour", [0, 2, 255])
def test_a_plain_or_black_picture_is_no_graphic(colour: int):
    plain: Pixels = np.full((600, 800, 3), colour, np.uint8)

    assert not graphics.are_graphics(library([scenes.picture(plain)]), OTHER).any()


def test_a_graphic_has_no_photographic_flaws_but_may_be_small():
    white: Pixels = np.full((60, 80, 3), 255, np.uint8)
    facts = library([scenes.picture(white)])
    alone, graphic = (
        flaws.flaw_scores(facts),
        flaws.flaw_scores(facts, graphic=np.array([True])),
    )
    called = [flag.flaw for flag in flaws.judge(facts, graphic, Thresholds()).standing]

    assert alone[0, flaws.FLAWS.index(Flaw.OVEREXPOSED)] > 0
    assert set(called) <= {Flaw.SMALL}
    small = flaws.FLAWS.index(Flaw.SMALL)
    assert graphic[0, small] == alone[0, small]


def stamped(pixels: Pixels) -> Pixels:
    """With the date in its corner, as cameras once printed it."""
    sheet = Image.fromarray(pixels)
    place = (sheet.width * 0.7, sheet.height * 0.92)
    font = ImageFont.load_default(sheet.height // 22)
    ImageDraw.Draw(sheet).text(place, "24 12 '98", fill=(255, 140, 30), font=font)
    return np.asarray(sheet)


@pytest.mark.parametrize("finish", [np.asarray, stamped], ids=["plain", "stamped"])
@pytest.mark.parametrize("flaw", scenes.DAMAGED)
def test_a_bad_photo_is_not_hidden_as_a_graphic(
    flaw: str, finish: Callable[[Pixels], Pixels], starter: StarterEncoder
):
    pixels = finish(scenes.DAMAGED[flaw](scenes.street_life()))
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "JPEG", quality=92)
    photo = decode.decode(data.getvalue())
    facts = replace(library([photo]), embeddings=starter.embed_images(starter.prepare(photo)[None]))

    assert not graphics.are_graphics(facts, OTHER).any()
    assert not graphics.are_graphics(facts, starter.version).any()
    found = flaws.flaw_scores(facts, graphic=graphics.are_graphics(facts, starter.version))
    assert Flaw(flaw) in [flag.flaw for flag in flaws.judge(facts, found, Thresholds()).standing]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["flaws"]])
def test_a_real_photo_with_a_flaw_is_not_hidden(name: str):
    table = np.array([CASES[name]["measures"]], np.float32)
    facts = replace(library([scenes.picture(scenes.fog())]), measures=table)

    assert not graphics.are_graphics(facts, OTHER).any()


@pytest.mark.parametrize("seed", range(3))
def test_a_meme_is_not_flagged(seed: int):
    """Whether or not it is known as a graphic: the words are no flaw of the photo."""
    photo = Image.fromarray(scenes.portrait())
    facts = library([as_file(meme(np.random.default_rng(seed), [photo]))])
    found = flaws.flaw_scores(facts, graphic=graphics.are_graphics(facts, OTHER))

    assert flaws.judge(facts, found, Thresholds()).standing == []
