"""Draws graphics: pages, chats, screens, slides, charts, flags, logos, pixel art, maps, memes.

What photos are told from. Everything is drawn here, from a seed; figures and memes hold photos that
are handed in. The same seed gives the same pictures.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Random: TypeAlias = np.random.Generator
Colour: TypeAlias = tuple[int, int, int]
Photos: TypeAlias = Sequence[Image.Image]

_WORDS = [
    "see",
    "you",
    "at",
    "eight",
    "thanks",
    "the",
    "train",
    "is",
    "late",
    "rain",
    "tomorrow",
    "buy",
    "milk",
    "and",
    "bread",
    "please",
    "where",
    "are",
    "you",
    "now",
    "call",
    "me",
    "when",
    "there",
    "code",
    "invoice",
    "total",
    "amount",
    "date",
    "report",
    "figure",
    "table",
    "result",
    "model",
    "value",
    "north",
    "street",
    "number",
    "open",
    "close",
    "settings",
    "network",
    "battery",
    "update",
    "message",
    "photo",
    "album",
    "search",
    "home",
    "profile",
    "chapter",
    "because",
    "however",
    "between",
    "during",
    "summer",
    "winter",
    "water",
    "people",
]

_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (0, 0, 0)


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(max(8, round(size)))


def _text(random: Random, words: int) -> str:
    return " ".join(random.choice(_WORDS, words))


def _colour(random: Random, low: int = 0, high: int = 256) -> Colour:
    red, green, blue = (int(level) for level in random.integers(low, high, 3))
    return red, green, blue


def _paper(random: Random) -> Colour:
    """White, nearly white, or the dark of a dark theme."""
    if random.random() < 0.25:
        return _colour(random, 10, 50)
    return _WHITE if random.random() < 0.7 else _colour(random, 225, 256)


def _ink(paper: Colour, random: Random) -> Colour:
    return _colour(random, 0, 70) if sum(paper) > 380 else _colour(random, 190, 256)


def _lines(
    draw: ImageDraw.ImageDraw,
    box: tuple[float, float, float, float],
    size: float,
    ink: Colour,
    random: Random,
) -> None:
    """Lines of text from edge to edge, with gaps between paragraphs."""
    left, top, right, bottom = box
    y, per_line = top, max(1, int((right - left) / (size * 3.2)))
    while y + size < bottom:
        draw.text((left, y), _text(random, per_line), fill=ink, font=_font(size))
        y += size * (1.4 if random.random() < 0.85 else 2.6)


def _sheet(random: Random, paper: Colour | None = None) -> tuple[Image.Image, Colour]:
    """An empty page or screen: upright, wide or square."""
    long = int(random.integers(700, 1500))
    ratio = float(random.choice((0.46, 0.56, 0.71, 0.75, 1.0, 1.33, 1.6, 1.78)))
    size = (long, round(long / ratio)) if ratio > 1 else (round(long * ratio), long)
    chosen = _paper(random) if paper is None else paper
    return Image.new("RGB", size, chosen), chosen


def page(random: Random, _photos: Photos) -> Image.Image:
    """A letter or a page of a book."""
    sheet, paper = _sheet(random)
    width, height = sheet.size
    edge = width * random.uniform(0.05, 0.14)
    size = width / random.uniform(22, 60)
    draw, ink = ImageDraw.Draw(sheet), _ink(paper, random)
    draw.text((edge, edge * 0.6), _text(random, 3), fill=ink, font=_font(size * 1.8))
    _lines(draw, (edge, edge + size * 3, width - edge, height * random.uniform(0.4, 0.97)), size,
           ink, random)  # fmt: skip
    return sheet


def chat(random: Random, _photos: Photos) -> Image.Image:
    """Bubbles to the left and right under a coloured bar."""
    sheet, paper = _sheet(random)
    width, height = sheet.size
    draw = ImageDraw.Draw(sheet)
    bar, size = height * 0.08, width / random.uniform(18, 34)
    draw.rectangle((0, 0, width, bar), fill=_colour(random))
    draw.text((size, bar * 0.35), _text(random, 1), fill=_WHITE, font=_font(size * 1.2))
    light = sum(paper) > 380
    theirs, mine = _colour(random, *((215, 245) if light else (45, 80))), _colour(random, 90, 240)
    y, ink = bar + size, _ink(paper, random)
    while y < height * 0.93:
        wide, tall = width * random.uniform(0.25, 0.75), size * random.choice((2, 2, 3.4, 5))
        left = random.random() < 0.5
        x = size if left else width - size - wide
        box = (x, y, x + wide, y + tall)
        draw.rounded_rectangle(box, size * 0.7, fill=theirs if left else mine)
        _lines(draw, (x + size / 2, y + size / 3, x + wide, y + tall), size, ink, random)
        y += tall + size * 0.6
    return sheet


def table(random: Random, _photos: Photos) -> Image.Image:
    """A form or a list of entries."""
    sheet, paper = _sheet(random)
    width, height = sheet.size
    draw, ink = ImageDraw.Draw(sheet), _ink(paper, random)
    rows, columns = int(random.integers(6, 24)), int(random.integers(2, 7))
    top, step = height * random.uniform(0.05, 0.2), height * 0.78 / rows
    draw.text((width * 0.06, top * 0.3), _text(random, 3), fill=ink, font=_font(top * 0.4))
    rules = random.random() < 0.7
    shade = tuple(round(0.93 * p + 0.07 * i) for p, i in zip(paper, ink, strict=True))
    for row in range(rows):
        y = top + row * step
        if row % 2:
            draw.rectangle((width * 0.05, y, width * 0.95, y + step), fill=shade)
        if rules:
            draw.line((width * 0.05, y, width * 0.95, y), fill=ink)
        for column in range(columns):
            x = width * (0.06 + 0.9 * column / columns)
            draw.text((x, y + step * 0.25), _text(random, 1), fill=ink, font=_font(step * 0.42))
    return sheet


def slide(random: Random, photos: Photos) -> Image.Image:
    """A slide or poster: a plain or shaded ground, a title, points, sometimes a photo."""
    sheet, _ = _sheet(random, _colour(random))
    width, height = sheet.size
    if random.random() < 0.4:
        ends = np.array([_colour(random), _colour(random)], np.float32)
        way = np.linspace(0, 1, height, dtype=np.float32)[:, None]
        shaded = np.repeat((ends[0] * (1 - way) + ends[1] * way)[:, None], width, 1)
        sheet = Image.fromarray(shaded.astype(np.uint8))
    draw = ImageDraw.Draw(sheet)
    ink = _WHITE if np.asarray(sheet).mean() < 130 else _BLACK
    size = width / random.uniform(14, 24)
    draw.text((size, size), _text(random, 3), fill=ink, font=_font(size))
    for point in range(int(random.integers(2, 6))):
        y = size * (3 + 1.6 * point)
        draw.text((size * 1.4, y), _text(random, 4), fill=ink, font=_font(size * 0.5))
    if photos and random.random() < 0.3:
        _paste(sheet, photos, (0.55, 0.4, 0.95, 0.95), random)
    return sheet


def chart(random: Random, _photos: Photos) -> Image.Image:
    """Bars, a line or dots, with axes and words."""
    sheet, paper = _sheet(random)
    width, height = sheet.size
    draw, ink = ImageDraw.Draw(sheet), _ink(paper, random)
    left, bottom = width * 0.12, height * 0.86
    draw.line((left, height * 0.1, left, bottom), fill=ink, width=2)
    draw.line((left, bottom, width * 0.94, bottom), fill=ink, width=2)
    size = width / 45
    draw.text((width * 0.3, height * 0.03), _text(random, 4), fill=ink, font=_font(size * 1.4))
    kind = random.integers(3)
    for _ in range(int(random.integers(1, 4))):
        heights, colour = random.uniform(0.1, 0.9, int(random.integers(5, 14))), _colour(random)
        points = [
            (left + (i + 0.5) * width * 0.8 / len(heights), bottom - float(h) * height * 0.7)
            for i, h in enumerate(heights)
        ]
        if kind == 0:
            draw.line(points, fill=colour, width=3)
        for x, y in points:
            if kind == 1:
                draw.rectangle((x - size * 0.6, y, x + size * 0.6, bottom), fill=colour)
            elif kind == 2:
                draw.ellipse((x - 5, y - 5, x + 5, y + 5), fill=colour)
            draw.text((x - size, bottom + size / 2), _text(random, 1), fill=ink, font=_font(size))
    return sheet


def diagram(random: Random, _photos: Photos) -> Image.Image:
    """Boxes with words, joined by arrows."""
    sheet, paper = _sheet(random)
    width, height = sheet.size
    draw, ink = ImageDraw.Draw(sheet), _ink(paper, random)
    before: tuple[float, float] | None = None
    for _ in range(int(random.integers(4, 14))):
        x, y = width * random.uniform(0.05, 0.75), height * random.uniform(0.05, 0.85)
        wide, tall = width * 0.18, height * 0.08
        if before:
            draw.line((*before, x + wide / 2, y), fill=ink, width=2)
        filled = _colour(random, 120, 256)
        draw.rounded_rectangle((x, y, x + wide, y + tall), tall / 4, fill=filled, outline=ink)
        words = _text(random, 2)
        draw.text((x + wide * 0.1, y + tall * 0.3), words, fill=_BLACK, font=_font(tall * 0.3))
        before = (x + wide / 2, y + tall)
    return sheet


def figure(random: Random, photos: Photos) -> Image.Image:
    """A page with photos and words beside them."""
    sheet, _ = _sheet(random, _WHITE)
    width, height = sheet.size
    draw = ImageDraw.Draw(sheet)
    rows, columns = int(random.integers(1, 5)), int(random.integers(1, 5))
    for row in range(rows):
        for column in range(columns):
            box = (
                0.04 + 0.92 * column / columns,
                0.04 + 0.8 * row / rows,
                0.02 + 0.92 * (column + random.uniform(0.5, 0.95)) / columns,
                0.02 + 0.8 * (row + 0.8) / rows,
            )
            if photos and random.random() < 0.7:
                _paste(sheet, photos, box, random)
            else:
                x, y, right, bottom = (part * (width, height)[i % 2] for i, part in enumerate(box))
                draw.rectangle((x, y, right, bottom), outline=_BLACK)
                _lines(draw, (x + 4, y + 4, right, bottom), width / 50, _BLACK, random)
    edge = width * 0.05
    _lines(draw, (edge, height * 0.86, width - edge, height), width / 48, _BLACK, random)
    return sheet


def _paste(
    sheet: Image.Image, photos: Photos, box: tuple[float, float, float, float], random: Random
) -> None:
    """One photo into a box given in shares of the sheet."""
    x, y, right, bottom = (round(part * sheet.size[i % 2]) for i, part in enumerate(box))
    if right - x > 8 and bottom - y > 8:
        chosen = photos[int(random.integers(len(photos)))]
        sheet.paste(chosen.resize((right - x, bottom - y)), (x, y))


def flag(random: Random, _photos: Photos) -> Image.Image:
    """Stripes, a cross, a disk."""
    sheet, _ = _sheet(random, _colour(random))
    width, height = sheet.size
    draw, count = ImageDraw.Draw(sheet), int(random.integers(2, 6))
    upright = random.random() < 0.5
    for stripe in range(count):
        start, end = stripe / count, (stripe + 1) / count
        box = (width * start, 0, width * end, height)
        draw.rectangle(box if upright else (0, height * start, width, height * end),
                       fill=_colour(random))  # fmt: skip
    if random.random() < 0.6:
        radius = height * random.uniform(0.1, 0.3)
        x, y = width * random.uniform(0.3, 0.7), height * 0.5
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_colour(random))
    return sheet


def logo(random: Random, _photos: Photos) -> Image.Image:
    """A few shapes and a word on a plain ground."""
    sheet, _ = _sheet(random, _WHITE if random.random() < 0.6 else _colour(random))
    width, height = sheet.size
    draw, small = ImageDraw.Draw(sheet), min(width, height)
    for _ in range(int(random.integers(1, 5))):
        x, y = width * random.uniform(0.3, 0.7), height * random.uniform(0.25, 0.6)
        radius = small * random.uniform(0.05, 0.22)
        box = (x - radius, y - radius, x + radius, y + radius)
        match int(random.integers(4)):
            case 0:
                draw.ellipse(box, fill=_colour(random))
            case 1:
                draw.rounded_rectangle(box, radius / 3, fill=_colour(random))
            case 2:
                draw.arc(box, 0, float(random.uniform(90, 330)), fill=_colour(random),
                         width=round(radius / 4))  # fmt: skip
            case _:
                corners = int(random.integers(3, 8))
                draw.regular_polygon((x, y, radius), corners, fill=_colour(random))
    size = small / 9
    draw.text((width * 0.3, height * 0.75), _text(random, 2), fill=_colour(random, 0, 140),
              font=_font(size))  # fmt: skip
    return sheet


def pixel_art(random: Random, _photos: Photos) -> Image.Image:
    """A figure of few colours in large squares, on one colour."""
    side = int(random.integers(10, 28))
    colours = np.array([_colour(random) for _ in range(int(random.integers(3, 7)))], np.uint8)
    half = random.integers(0, len(colours), (side, side // 2 + 1))
    rows, columns = np.mgrid[:side, : side // 2 + 1]
    distance = np.hypot(rows / side - 0.5, 1 - 2 * columns / side)
    half[distance > random.uniform(0.5, 0.9)] = 0
    figure_ = colours[np.concatenate([half, half[:, ::-1]], 1)]
    zoom = int(random.integers(10, 40))
    return Image.fromarray(np.repeat(np.repeat(figure_, zoom, 0), zoom, 1))


def line_art(random: Random, _photos: Photos) -> Image.Image:
    """A drawing in lines, for colouring."""
    sheet, paper = _sheet(random, _WHITE if random.random() < 0.8 else None)
    width, height = sheet.size
    draw, ink = ImageDraw.Draw(sheet), _ink(paper, random)
    for _ in range(int(random.integers(4, 20))):
        turns = np.linspace(0, 2 * math.pi, 60)
        wave = sum(
            random.normal(0, 0.25 / n) * np.sin(n * turns + random.uniform(0, 6))
            for n in range(1, 6)
        )
        radius = (1 + wave) * min(width, height) * random.uniform(0.03, 0.3)
        x = width * random.uniform(0.2, 0.8) + radius * np.cos(turns)
        y = height * random.uniform(0.2, 0.8) + radius * np.sin(turns)
        points = list(zip(x.tolist(), y.tolist(), strict=True))
        draw.line(points, fill=ink, width=int(random.integers(2, 7)))
    return sheet


def cartoon(random: Random, _photos: Photos) -> Image.Image:
    """Plain coloured shapes over one another, as drawn for children."""
    sheet, _ = _sheet(random, _colour(random, 120, 256))
    width, height = sheet.size
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, height * random.uniform(0.5, 0.8), width, height), fill=_colour(random))
    for _ in range(int(random.integers(5, 25))):
        x, y = width * random.uniform(0, 1), height * random.uniform(0.1, 1)
        across, down = (min(width, height) * random.uniform(0.03, 0.2) for _ in range(2))
        box = (x - across, y - down, x + across, y + down)
        edge = _BLACK if random.random() < 0.6 else None
        if random.random() < 0.6:
            draw.ellipse(box, fill=_colour(random), outline=edge, width=3)
        else:
            draw.rectangle(box, fill=_colour(random), outline=edge, width=3)
    return sheet


def street_map(random: Random, _photos: Photos) -> Image.Image:
    """Roads, parks and names."""
    sheet, _ = _sheet(random, _colour(random, 225, 250))
    width, height = sheet.size
    draw = ImageDraw.Draw(sheet)
    for _ in range(int(random.integers(2, 8))):
        x, y = width * random.uniform(0, 0.9), height * random.uniform(0, 0.9)
        box = (x, y, x + width * random.uniform(0.05, 0.3), y + height * random.uniform(0.05, 0.3))
        draw.rectangle(box, fill=_colour(random, 170, 230))
    for _ in range(int(random.integers(10, 40))):
        start = (width * random.random(), height * random.random())
        end = (width * random.random(), height * random.random())
        road = _WHITE if random.random() < 0.7 else (250, 215, 130)
        draw.line((*start, *end), fill=road, width=int(random.integers(3, 14)))
    for _ in range(int(random.integers(8, 30))):
        place = (width * random.random(), height * random.random())
        draw.text(place, _text(random, 1), fill=(90, 90, 95), font=_font(width / 50))
    return sheet


def meme(random: Random, photos: Photos) -> Image.Image:
    """A photo with large white words above and below, or under a white strip of text."""
    if not photos:
        return slide(random, photos)
    photo = photos[int(random.integers(len(photos)))].copy()
    width, height = photo.size
    size = width / 11
    if random.random() < 0.5:
        sheet = Image.new("RGB", (width, height + round(size * 2.6)), _WHITE)
        sheet.paste(photo, (0, round(size * 2.6)))
        _lines(ImageDraw.Draw(sheet), (size / 2, size / 3, width, size * 2.4), size * 0.7, _BLACK,
               random)  # fmt: skip
        return sheet
    draw = ImageDraw.Draw(photo)
    for y in (size * 0.3, height - size * 1.5):
        draw.text((size / 2, y), _text(random, 4).upper(), fill=_WHITE, font=_font(size),
                  stroke_width=round(size / 10), stroke_fill=_BLACK)  # fmt: skip
    return photo


def scan(random: Random, photos: Photos) -> Image.Image:
    """A page or table as a scanner gives it: paper with grain, a little askew, a little soft."""
    sheet = (page, table, diagram)[int(random.integers(3))](random, photos)
    if np.asarray(sheet).mean() < 128:
        sheet = Image.fromarray(255 - np.asarray(sheet))
    turned = sheet.rotate(float(random.normal(0, 0.7)), Image.Resampling.BICUBIC, fillcolor=_WHITE)
    soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 1.2))), np.float32)
    paper = soft * random.uniform(0.9, 1.02) + random.normal(0, random.uniform(0.5, 4), soft.shape)
    if random.random() < 0.5:
        paper = paper.mean(2, keepdims=True).repeat(3, 2)
    return Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))


KINDS: tuple[Callable[[Random, Photos], Image.Image], ...] = (
    page,
    chat,
    table,
    slide,
    chart,
    diagram,
    figure,
    flag,
    logo,
    pixel_art,
    line_art,
    cartoon,
    street_map,
    meme,
    scan,
)


def drawn(seed: int, photos: Photos) -> tuple[str, bytes]:
    """One graphic as a file, and the name of its kind; the kinds take turns.

    Args:
        seed: which one.
        photos: for figures and memes.
    """
    random = np.random.default_rng([seed, 1909])
    kind = KINDS[seed % len(KINDS)]
    sheet = kind(random, photos)
    if random.random() < 0.5:
        factor = random.uniform(0.35, 0.9)
        size = (round(sheet.width * factor), round(sheet.height * factor))
        sheet = sheet.resize(size, Image.Resampling.LANCZOS)
    file, saved = io.BytesIO(), random.random()
    if saved < 0.35:
        sheet.save(file, "PNG")
    elif saved < 0.85:
        sheet.save(file, "JPEG", quality=int(random.integers(25, 96)))
    else:
        sheet.save(file, "WEBP", quality=int(random.integers(30, 95)))
    return kind.__name__, file.getvalue()
