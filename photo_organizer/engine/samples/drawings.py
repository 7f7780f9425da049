"""Drawn pictures: what no sample photo shows, and patterns that show nothing.

Nobody's photos and nobody's rights; the same each time.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFont

_SIDE = 512
_WIDTH, _HEIGHT = 384, 640


def fireworks() -> Image.Image:
    """Three bursts over the dark roofs of a town."""
    rng = np.random.default_rng(5)
    image = Image.new("RGB", (640, 480), (6, 8, 22))
    canvas = ImageDraw.Draw(image)
    for x, y, radius, colour in (
        (190, 150, 130, (255, 196, 92)),
        (430, 110, 100, (255, 104, 120)),
        (520, 260, 80, (120, 190, 255)),
    ):
        for angle in rng.uniform(0, 2 * np.pi, 90):
            far = radius * rng.uniform(0.55, 1.0)
            for step in np.linspace(0.12, 1.0, 26):
                # Sparks fall a little on their way, and fade.
                spark_x = x + np.cos(angle) * far * step
                spark_y = y + np.sin(angle) * far * step + 22 * step**2
                faded = tuple(int(part * (1.1 - 0.8 * step)) for part in colour)
                size = 1.6 - step
                box = (spark_x - size, spark_y - size, spark_x + size, spark_y + size)
                canvas.ellipse(box, fill=faded)
    left = 0
    while left < image.width:
        width, height = (int(part) for part in rng.integers((30, 40), (80, 120)))
        top = image.height - height
        canvas.rectangle((left, top, left + width, image.height), fill=(14, 14, 20))
        for row in range(top + 10, image.height - 10, 16):
            for column in range(left + 6, left + width - 8, 14):
                if rng.random() < 0.35:
                    canvas.rectangle((column, row, column + 5, row + 7), fill=(238, 200, 120))
        left += width + 2
    return image


def phone_screen() -> Image.Image:
    """A phone's screen with a conversation."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), (236, 240, 245))
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, _WIDTH, 24), fill=(24, 118, 210))
    canvas.text((12, 4), "09:41", font=_font(13), fill="white")
    canvas.text((_WIDTH - 60, 4), "5G 87%", font=_font(13), fill="white")
    canvas.rectangle((0, 24, _WIDTH, 76), fill=(33, 137, 232))
    canvas.ellipse((14, 32, 50, 68), fill=(255, 214, 140))
    canvas.text((62, 40), "Family chat", font=_font(18), fill="white")
    said = (
        (False, "Are you coming on Sunday?"),
        (True, "Yes, with the children."),
        (False, "Great! Bring the photos."),
        (True, "All 2,000 of them?"),
        (False, "Only the good ones :-)"),
        (True, "Then it will be quick."),
    )
    top = 96
    for mine, text in said:
        width = int(canvas.textlength(text, font=_font(16))) + 28
        left = _WIDTH - width - 14 if mine else 14
        fill = (205, 240, 190) if mine else (255, 255, 255)
        canvas.rounded_rectangle((left, top, left + width, top + 42), radius=14, fill=fill)
        canvas.text((left + 14, top + 11), text, font=_font(16), fill=(30, 36, 44))
        top += 62
    canvas.rectangle((0, _HEIGHT - 56, _WIDTH, _HEIGHT), fill=(250, 250, 252))
    box = (14, _HEIGHT - 44, _WIDTH - 66, _HEIGHT - 12)
    canvas.rounded_rectangle(box, radius=16, fill="white", outline=(200, 205, 212))
    canvas.text((30, _HEIGHT - 38), "Message", font=_font(15), fill=(150, 156, 164))
    canvas.ellipse((_WIDTH - 54, _HEIGHT - 46, _WIDTH - 18, _HEIGHT - 10), fill=(33, 137, 232))
    return image


def receipt() -> Image.Image:
    """A receipt of a shop, on a table."""
    rng = np.random.default_rng(6)
    wood = 96 + 10 * rng.standard_normal((_HEIGHT, 1)) + 4 * rng.standard_normal((_HEIGHT, _WIDTH))
    table = np.stack([wood * 1.2, wood * 0.9, wood * 0.62], axis=-1)
    image = Image.fromarray(np.clip(table, 0, 255).astype(np.uint8))
    paper = Image.new("RGB", (270, 560), (247, 246, 240))
    canvas = ImageDraw.Draw(paper)
    canvas.text((135, 30), "CORNER MARKET", font=_font(22), fill=(24, 24, 26), anchor="mm")
    canvas.text((135, 58), "12 Station Road", font=_font(14), fill=(60, 60, 62), anchor="mm")
    canvas.text((135, 78), "2024-05-04  17:32", font=_font(14), fill=(60, 60, 62), anchor="mm")
    top, total = 112, 0.0
    for name, price in (
        ("Bread", 2.4),
        ("Milk 1 l", 1.15),
        ("Apples 1.2 kg", 3.48),
        ("Coffee", 5.9),
        ("Cheese", 4.25),
        ("Tomatoes", 2.1),
        ("Rice 1 kg", 1.95),
        ("Soap", 1.5),
    ):
        canvas.text((20, top), name, font=_font(16), fill=(30, 30, 32))
        canvas.text((250, top), f"{price:.2f}", font=_font(16), fill=(30, 30, 32), anchor="ra")
        top, total = top + 30, total + price
    canvas.line((20, top + 6, 250, top + 6), fill=(60, 60, 62), width=2)
    canvas.text((20, top + 16), "TOTAL", font=_font(20), fill=(20, 20, 22))
    canvas.text((250, top + 16), f"{total:.2f}", font=_font(20), fill=(20, 20, 22), anchor="ra")
    left = 30
    while left < 240:
        width = int(rng.integers(1, 5))
        canvas.rectangle((left, 440, left + width, 500), fill=(20, 20, 22))
        left += width + int(rng.integers(2, 5))
    canvas.text((135, 526), "Thank you!", font=_font(16), fill=(60, 60, 62), anchor="mm")
    image.paste(paper, (57, 40))
    return image


def noise() -> Image.Image:
    """Coloured noise."""
    rng = np.random.default_rng(7)
    return Image.fromarray(rng.integers(0, 256, (_SIDE, _SIDE, 3), dtype=np.uint8))


def gradient() -> Image.Image:
    """One colour that turns into another."""
    across = np.linspace(0, 1, _SIDE)[None, :, None]
    down = np.linspace(0, 1, _SIDE)[:, None, None]
    mixed = np.array([210, 120, 150]) * across + np.array([70, 150, 160]) * (1 - across)
    return Image.fromarray(np.clip(mixed * (0.7 + 0.3 * down), 0, 255).astype(np.uint8))


def stripes() -> Image.Image:
    """Slanted stripes in two colours."""
    rows, columns = np.mgrid[:_SIDE, :_SIDE]
    first = ((rows + 2 * columns) // 48 % 2 == 0)[..., None]
    return Image.fromarray(np.where(first, (204, 96, 60), (240, 226, 190)).astype(np.uint8))


DRAWINGS: dict[str, Callable[[], Image.Image]] = {
    "fireworks": fireworks,
    "phone screen": phone_screen,
    "receipt": receipt,
    "noise": noise,
    "gradient": gradient,
    "stripes": stripes,
}
"""By name: what draws it, as an RGB picture."""


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
