"""Graphics have no photographic flaws; photos have, however plain they are."""

import io

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
from tests.engine.quality.test_flaws import library
from tools.drawn import chat, page, table

OTHER = "another encoder"
WORDS = "See you at eight, the train is late, buy milk and bread please"


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
def test_what_the_starter_sees_as_a_page_is_a_graphic(draw):
    sheet = as_file(draw(np.random.default_rng(4), ()))
    encoder = StarterEncoder(device="cpu")
    facts = library([sheet])
    embeddings = encoder.embed_images(encoder.prepare(sheet)[None])
    seen = type(facts)(facts.photos, embeddings, facts.measures, facts.fingerprints)

    assert graphics.are_graphics(seen, encoder.version).tolist() == [True]


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
    called = [flag.flaw for flag in flaws.judge(facts, graphic, Thresholds())]

    assert alone[0, flaws.FLAWS.index(Flaw.OVEREXPOSED)] > 0
    assert set(called) <= {Flaw.SMALL}
    small = flaws.FLAWS.index(Flaw.SMALL)
    assert graphic[0, small] == alone[0, small]
