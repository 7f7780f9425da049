"""Which photos are grouped, whom a group keeps, and what is safe to trash."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import gaussian_filter, median_filter

from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Exif, Facts, FileIdentity, Photo
from photo_organizer.engine.domain.holdings import PLAIN, Extra, Holdings
from photo_organizer.engine.domain.keeper_criteria import CRITERIA, default_order
from photo_organizer.engine.domain.results import Flaw, GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.grouping import find_pairs, group
from photo_organizer.engine.pixels.fingerprints import SIZE, fingerprint, oriented
from photo_organizer.engine.pixels.measures import NAMES, measure
from photo_organizer.engine.pixels.picture import Picture
from tests.engine.people.faces import CLOSED, OPEN, face

NOON = datetime(2024, 5, 1, 12)


def scene(seed, width=360, height=240, blobs=14):
    """A picture with enough going on to be recognised, different for each seed."""
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 255, (blobs, blobs * 3 // 2, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))


def jpeg(pixels, quality):
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file).convert("RGB"))


def resized(pixels, width, height):
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS))


def embedding(pixels):
    """Stands in for a network: alike for alike pictures, however turned or small."""
    grey = np.asarray(Image.fromarray(pixels).convert("L").resize((32, 32)), np.float32)
    counts = np.histogram(grey, 16, (0, 255))[0] + 1.0
    return (counts / np.linalg.norm(counts)).astype(np.float32)


def straightened(pixels, degrees):
    """Turned a little, and cropped to what shows something everywhere."""
    height, width = pixels.shape[:2]
    turned = Image.fromarray(pixels).rotate(degrees, Image.Resampling.BICUBIC)
    edge = abs(degrees) / 57.3
    box = (width * edge, height * edge, width * (1 - edge), height * (1 - edge))
    return np.asarray(turned.crop(tuple(map(int, box))))


def captioned(pixels):
    """With a dark bar over the lowest twentieth."""
    changed = pixels.copy()
    changed[-pixels.shape[0] // 20 :] = 20
    return changed


class Library:
    """Photos added one by one, then judged."""

    def __init__(self):
        self.photos, self.fingerprints, self.embeddings, self.flaws = [], [], [], []
        self.holdings, self.measures, self.faces = [], [], []

    def add(
        self,
        name,
        pixels,
        *,
        content=None,
        size=None,
        format_="JPEG",
        flaw=None,
        scale=1,
        holds=PLAIN,
        measures=None,
        linked=False,
        faces=None,
        better_date=None,
        **exif,
    ):
        number = len(self.photos) + 1
        height, width = pixels.shape[0] * scale, pixels.shape[1] * scale
        content = content or name
        exif.setdefault("fields", 3)
        self.photos.append(
            Photo(
                id=number,
                identity=FileIdentity(
                    Path("/photos") / name, 1, number, size or width * height, number, linked
                ),
                content_hash=content.encode().ljust(16)[:16],
                format=format_,
                width=width,
                height=height,
                exif=Exif(**exif),
                better_date=better_date,
            )
        )
        self.fingerprints.append(fingerprint(Picture(pixels, width, height, format_)))
        self.embeddings.append(embedding(pixels))
        shown = pixels.tobytes() + bytes([holds.pictures])
        seen = sha256(shown).digest()[:12] if scale == 1 else b""
        self.holdings.append(replace(holds, pixels=seen))
        self.faces.append(faces)
        self.measures.append(measures or [0.0] * len(NAMES))
        self.flaws.append([float(f is flaw) for f in Flaw])

    @property
    def facts(self):
        count = len(self.photos)
        return Facts(
            self.photos,
            np.array(self.embeddings, np.float32).reshape(count, 16),
            np.array(self.measures, np.float32).reshape(count, len(NAMES)),
            np.array(self.fingerprints, np.uint8).reshape(count, SIZE),
            self.holdings,
            self.faces,
        )

    def groups(self, decisions=None, thresholds=None, scores=None, order=None):
        facts = self.facts
        flaws = np.array(self.flaws, np.float32).reshape(len(facts), len(Flaw))
        scores = np.zeros(len(facts), np.float32) if scores is None else np.float32(scores)
        found = group(
            find_pairs(facts),
            facts,
            Thresholds(thresholds or {}),
            decisions or Decisions(),
            flaws,
            scores,
            order=order,
        )
        for one in found:
            check(one, facts)
        return found

    def names(self, **options):
        return [[self.photos[i - 1].path.name for i in g.photos] for g in self.groups(**options)]

    def hash(self, name):
        return next(p.content_hash for p in self.photos if p.path.name == name)


def check(found, facts):
    """What is true of every group."""
    assert found.photos[0] == found.keeper
    assert len(set(found.photos)) == len(found.photos) >= 2
    assert set(found.photos) <= set(facts.rows)
    assert len(found.similarities) == len(found.safe) == len(found.photos)
    assert all(0.0 <= s <= 1.0 for s in found.similarities)
    assert found.similarities[0] == 1.0
    assert not found.safe[0]
    assert found.reason.text()
    assert found.reason.text("ko")


@pytest.fixture
def library():
    """Six photos that have nothing to do with each other."""
    made = Library()
    for seed in range(6):
        made.add(f"other{seed}.jpg", scene(100 + seed))
    return made


def test_nothing_in_common_means_no_group(library):
    assert library.groups() == []


@pytest.mark.parametrize("count", [0, 1])
def test_a_library_without_pairs(count):
    library = Library()
    for number in range(count):
        library.add(f"{number}.jpg", scene(number))
    assert library.groups() == []


def test_same_bytes_are_exact_and_the_plain_name_stays(library):
    library.add("DSC_1 (1).jpg", scene(1), content="one")
    library.add("DSC_1.jpg", scene(1), content="one")
    library.add("DSC_1 copy.jpg", scene(1), content="one")
    (found,) = library.groups()
    assert found.kind is GroupKind.EXACT
    assert library.names() == [["DSC_1.jpg", "DSC_1 (1).jpg", "DSC_1 copy.jpg"]]
    assert found.safe == (False, True, True)
    assert found.reason.code == "keepers.plain_name"


def test_same_pixels_in_another_format_are_exact_and_the_camera_format_stays(library):
    library.add("export.png", scene(1), format_="PNG")
    library.add("DSC_1.jpg", scene(1))
    (found,) = library.groups()
    assert (found.kind, found.safe) == (GroupKind.EXACT, (False, True))
    assert library.names() == [["DSC_1.jpg", "export.png"]]


FILM = Holdings(extras=((Extra.FILM, b"film"),))
HDR = Holdings(extras=((Extra.GAIN_MAP, b"gain"),))
FACTS = Holdings(facts=b"lens 1place1")
MORE = {
    "pages": (Holdings(pictures=5), "5 pages"),
    "frames": (Holdings(pictures=3, animated=True), "3 frames"),
    "video": (FILM, "video"),
    "gain map": (HDR, "HDR"),
    "depth": (Holdings(bits=16), "16 bit"),
    "transparency": (Holdings(alpha=True), "transparency"),
    "wide colours": (Holdings(profile=b"wide", wide=True), "wide colours"),
    "two": (Holdings(bits=16, extras=FILM.extras), "video, 16 bit"),
}


@pytest.mark.parametrize("kind", MORE)
@pytest.mark.parametrize("first", [False, True], ids=["after", "before"])
def test_a_file_that_holds_more_is_kept_and_the_reason_says_what(library, kind, first):
    holds, said = MORE[kind]
    names = ["a.jpg", "b.jpg"] if first else ["b.jpg", "a.jpg"]
    for name in names:
        more = name == "a.jpg"
        library.add(name, scene(1), holds=holds if more else PLAIN, size=1000 if more else 5000)
    (found,) = library.groups()
    assert library.names() == [["a.jpg", "b.jpg"]]
    assert found.kind is GroupKind.SAME
    assert found.reason.text() == f"holds more: {said}"
    assert found.more == ()


def test_equal_pixels_without_what_the_other_holds_are_safe(library):
    library.add("a.jpg", scene(1), holds=FILM)
    library.add("b.jpg", scene(1))
    (found,) = library.groups()
    assert (found.safe, found.similarities) == ((False, True), (1.0, 1.0))


@pytest.mark.parametrize("kind", MORE)
def test_a_file_that_holds_more_is_never_safe_even_if_it_is_not_kept(library, kind):
    holds, said = MORE[kind]
    library.add("a.jpg", scene(1), rating=5)
    library.add("b.jpg", scene(1), holds=holds)
    library.add("c.jpg", resized(scene(1), 180, 120), holds=holds)
    (found,) = library.groups()
    names = [library.photos[i - 1].path.name for i in found.photos]
    assert names[0] == "a.jpg"
    assert sorted(names) == ["a.jpg", "b.jpg", "c.jpg"]
    assert not any(found.safe)
    texts = [", ".join(reason.text() for reason in more) for more in found.more]
    assert texts == ["", said, said]


def test_where_both_hold_something_neither_is_safe(library):
    library.add("a.jpg", scene(1), holds=FILM)
    library.add("b.jpg", scene(1), holds=HDR)
    (found,) = library.groups()
    assert not any(found.safe)
    assert [len(more) for more in found.more] == [0, 1]


def test_equal_in_all_that_is_held_is_exact_whatever_the_bytes(library):
    library.add("a.jpg", scene(1), holds=replace(FILM, words=b"words1"))
    library.add("b.jpg", scene(1), holds=FILM)
    (found,) = library.groups()
    assert (found.kind, found.safe) == (GroupKind.EXACT, (False, True))


def test_words_that_nobody_carries_over_make_a_copy_unsafe(library):
    library.add("a.jpg", scene(1))
    library.add("b.jpg", scene(1), holds=Holdings(words=b"words1"))
    (carried,) = library.groups()
    assert (carried.safe, carried.more) == ((False, True), ())
    (left,) = library.groups(decisions=Decisions(carries=False))
    assert not any(left.safe)
    assert [[reason.code for reason in more] for more in left.more] == [[], ["holds.words"]]


def test_a_png_made_of_a_jpeg_is_safe(library):
    library.add("photo.jpg", scene(1), holds=FACTS, size=20_000)
    library.add("export.png", scene(1), format_="PNG", size=200_000)
    (found,) = library.groups()
    assert library.names() == [["photo.jpg", "export.png"]]
    assert found.safe == (False, True)


def test_metadata_decides_among_equal_pixels_only(library):
    library.add("poor.png", scene(1), format_="PNG")
    library.add("rich.jpg", scene(1), holds=FACTS)
    library.add("large.jpg", resized(scene(1), 720, 480))
    (found,) = library.groups()
    names = [library.photos[i - 1].path.name for i in found.photos]
    assert names == ["large.jpg", "rich.jpg", "poor.png"]
    assert found.safe == (False, False, False)  # lossless, but enlarged from it: nobody knows
    assert [bool(more) for more in found.more] == [False, True, False]
    library = Library()
    library.add("poor.png", scene(1), format_="PNG")
    library.add("rich.jpg", scene(1), holds=FACTS)
    assert library.names() == [["rich.jpg", "poor.png"]]
    assert library.groups()[0].reason.text() == "holds more: more metadata"


def test_equal_pictures_are_the_same_however_flat_they_are():
    library = Library()
    black = np.zeros((240, 360, 3), np.uint8)
    library.add("black.tif", black, holds=FILM)
    library.add("black.jpg", black)
    library.add("other.jpg", black + 1)
    assert library.names() == [["black.tif", "black.jpg"]]


def test_of_two_places_none_is_lost_with_a_copy(library):
    library.add("a.jpg", scene(1), holds=Holdings(words=b"Phere1"))
    library.add("b.jpg", scene(1), holds=Holdings(words=b"Pthere"))
    (found,) = library.groups()
    assert (found.kind, found.safe) == (GroupKind.SAME, (False, False))
    assert [reason.text() for reason in found.more[1]] == ["another place"]


def test_another_shot_is_not_said_to_hold_metadata(library):
    for number in range(2):
        at = NOON + timedelta(seconds=number)
        holds = replace(
            FILM if number else PLAIN,
            facts=f"time {number}".encode(),
            words=f"Pher{number} ".encode(),
        )
        library.add(f"{number}.jpg", take(1, number), holds=holds, taken_at=at, camera="Canon")
    (found,) = library.groups(decisions=Decisions(ratings={library.hash("0.jpg"): 5}))
    assert [reason.text() for more in found.more for reason in more] == ["video"]


def detailed(seed, width=720, height=480):
    """A picture with calm places, edges and a busy half of fine texture."""
    random = np.random.default_rng(seed)
    pixels = scene(seed, width, height).astype(np.float32)
    texture = random.normal(0, 14, (height, width // 2, 1))
    pixels[:, : width // 2] += np.asarray(gaussian_filter(texture, (0.7, 0.7, 0)))
    for x in range(20, width, 90):
        pixels[:, x : x + 30] = 60 + x % 100
    return np.clip(pixels, 0, 255).astype(np.uint8)


def noisy(pixels, deviation, seed=0):
    grain = np.random.default_rng(seed).normal(0, deviation, pixels.shape)
    grain = gaussian_filter(grain, (0.6, 0.6, 0)) * 2
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


def seen(pixels, quality=100):
    """What is measured of a photo, to be added to a library."""
    height, width = pixels.shape[:2]
    picture = Picture(pixels, width, height, "JPEG", saved_quality=quality)
    return {"pixels": pixels, "measures": measure(picture).tolist()}


@pytest.mark.parametrize("deviation", [2, 5, 12])
@pytest.mark.parametrize("quality", [None, 92])
@pytest.mark.parametrize("flaw", [None, Flaw.BLUR])
def test_of_two_versions_the_less_noisy_one_is_kept(library, deviation, quality, flaw):
    clean = detailed(1)
    for name, drawn in (("noisy.jpg", noisy(clean, deviation)), ("clean.jpg", clean)):
        pixels = jpeg(drawn, quality) if quality else drawn
        # Grain counts as sharpness elsewhere.
        library.add(
            name, **seen(pixels, quality or 100), flaw=flaw if name == "clean.jpg" else None
        )
    (found,) = library.groups()
    assert library.names() == [["clean.jpg", "noisy.jpg"]]
    assert found.reason.text() == "less noise"
    assert found.safe == (False, False)


@pytest.mark.parametrize(
    "smear",
    [
        lambda p: gaussian_filter(p, (1.2, 1.2, 0)),
        lambda p: median_filter(p, (5, 5, 1)),
        lambda p: cv2.bilateralFilter(p, 9, 90, 5),
    ],
    ids=["blurred", "median", "bilateral"],
)
def test_what_smeared_its_detail_is_not_kept_and_nothing_is_safe(library, smear):
    library.add("smeared.png", **seen(smear(detailed(1))), format_="PNG")
    library.add("sharp.png", **seen(detailed(1)), format_="PNG")
    (found,) = library.groups()
    assert found.reason.code != "keepers.cleaner"
    assert found.safe == (False, False)


@pytest.mark.parametrize("quality", [75, 85, 95])
def test_compression_is_no_noise_reduction(library, quality):
    grainy = jpeg(noisy(detailed(1), 4), 96)
    library.add("a.jpg", **seen(grainy, 96), size=300_000)
    library.add("b.jpg", **seen(jpeg(grainy, quality), quality), size=150_000)
    (found,) = library.groups()
    assert library.names() == [["a.jpg", "b.jpg"]]
    assert found.safe == (False, True)


def test_pixels_of_a_scaled_decode_do_not_make_copies_exact(library):
    library.add("a.jpg", scene(1), scale=10)
    library.add("b.jpg", scene(1), scale=10)
    assert [g.kind for g in library.groups()] == [GroupKind.SAME]


@pytest.mark.parametrize(
    "change",
    [
        lambda p: resized(p, 120, 80),
        lambda p: jpeg(p, 15),
        lambda p: np.clip(p * 1.2, 0, 255).astype(np.uint8),
        lambda p: np.asarray(Image.fromarray(p).convert("L").convert("RGB")),
        lambda p: np.ascontiguousarray(p[:, ::-1]),
        lambda p: np.ascontiguousarray(np.rot90(p)),
        lambda p: resized(p[10:, 18:], 360, 240),
        lambda p: np.ascontiguousarray(p[:, : 360 * 92 // 100]),
        lambda p: np.pad(p, ((12, 12), (12, 12), (0, 0)), constant_values=255),
        lambda p: straightened(p, 3),
        captioned,
    ],
    ids=[
        "small",
        "re-encoded",
        "brighter",
        "grey",
        "mirror",
        "turned",
        "zoomed",
        "cropped",
        "framed",
        "straightened",
        "captioned",
    ],
)
def test_changed_copies_are_the_same_picture(library, change):
    library.add("a.jpg", scene(1))
    library.add("b.jpg", change(scene(1)))
    (found,) = library.groups()
    assert found.kind is GroupKind.SAME
    assert {library.photos[i - 1].path.name for i in found.photos} == {"a.jpg", "b.jpg"}


@pytest.mark.parametrize(
    "change",
    [lambda p: straightened(p, 5), lambda p: np.ascontiguousarray(p[40:-30, 60:-40])],
    ids=["turned", "a closer part"],
)
def test_another_frame_of_the_same_picture_is_similar(library, change):
    library.add("a.jpg", scene(1))
    library.add("b.jpg", change(scene(1)))
    (found,) = library.groups()
    assert found.kind is GroupKind.SIMILAR
    assert found.safe == (False, False)


def test_a_small_copy_is_safe_and_the_reason_counts_pixels(library):
    library.add("chat.jpg", resized(scene(1, 720, 480), 360, 240))
    library.add("DSC_1.jpg", scene(1, 720, 480))
    (found,) = library.groups()
    assert library.names() == [["DSC_1.jpg", "chat.jpg"]]
    assert found.safe == (False, True)
    assert found.reason.text() == "4 times the pixels"


@pytest.mark.parametrize(
    ("keeper", "copy"),
    [
        ({"flaw": Flaw.NOISE, "rating": 5}, {}),
        ({}, {"fields": 30}),
        ({"size": 1000}, {"size": 100_000}),
        ({}, {"format_": "PNG"}),
        ({"rating": 3}, {"rating": 3, "camera": "Canon"}),
    ],
    ids=["flawed", "less Exif", "smaller file", "lossy", "no camera"],
)
def test_a_copy_that_is_better_in_anything_is_not_safe(library, keeper, copy):
    library.add("keep.jpg", scene(1, 720, 480), **keeper)
    library.add("copy.jpg", resized(scene(1, 720, 480), 360, 240), **copy)
    found = library.groups()[0]
    assert library.photos[found.keeper - 1].path.name == "keep.jpg" or copy
    assert found.safe == (False, False)


@pytest.mark.parametrize(
    "edit",
    [
        lambda p: np.clip(p * 0.85, 0, 255).astype(np.uint8),
        lambda p: np.ascontiguousarray(p[:, :-12]),
        lambda p: np.ascontiguousarray(p[:, ::-1]),
        lambda p: p.mean(axis=2, keepdims=True).repeat(3, 2).astype(np.uint8),
        lambda p: straightened(p, 1),
        captioned,
    ],
    ids=["darker", "cropped", "mirror", "grey", "straightened", "captioned"],
)
def test_edits_are_never_safe(library, edit):
    library.add("a.jpg", scene(1), rating=5)
    library.add("b.jpg", edit(scene(1)))
    (found,) = library.groups()
    assert found.safe == (False, False)


def test_a_small_difference_in_one_place_is_not_safe(library):
    """Closed eyes: all but one thirtieth of the width is the same."""
    pixels = scene(1).copy()
    library.add("open.jpg", pixels, rating=5)
    eyes = pixels.copy()
    eyes[100:112, 200:212] = 255 - eyes[100:112, 200:212]
    library.add("closed.jpg", jpeg(eyes, 95))
    (found,) = library.groups()
    assert found.safe == (False, False)


def page(words, width=585, height=1266):
    """A page of lines at fixed places, as chats and letters have them."""
    drawn = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 0, width, height // 12), fill=(20, 90, 200))
    font = ImageFont.load_default(22)
    for line, text in enumerate(words):
        top = height // 9 + line * 40
        left = 30 if line % 2 else width - 380
        pen.rounded_rectangle((left, top, left + 350, top + 34), 12, fill="#e8e8ee")
        pen.text((left + 12, top + 5), text, fill="black", font=font)
    return np.asarray(drawn)


def texts(seed, lines=26):
    random = np.random.default_rng(seed)
    words = [
        "see you at",
        "eight",
        "thanks",
        "rain tomorrow",
        "milk",
        "bread please",
        "where",
        "ok",
    ]
    return [" ".join(random.choice(words, 3)) for _ in range(lines)]


def test_pages_with_other_words_are_not_the_same_picture(library):
    for seed in range(3):
        library.add(f"{seed}.png", page(texts(seed)), format_="PNG")
    groups = library.groups()
    assert all(found.kind is GroupKind.SIMILAR for found in groups)
    assert not any(safe for found in groups for safe in found.safe)


def test_one_other_word_is_enough_not_to_be_safe(library):
    words = texts(1)
    library.add("a.png", page(words), format_="PNG")
    words[7] = "your code is 4711"
    library.add("b.jpg", jpeg(page(words), 90), size=10_000)
    assert not any(safe for found in library.groups() for safe in found.safe)


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_a_copy_of_a_page_is_the_same_and_safe(library, share):
    whole = page(texts(1))
    height, width = whole.shape[:2]
    library.add("a.jpg", whole, size=400_000)
    small = resized(whole, int(width * share), int(height * share))
    library.add("b.jpg", jpeg(small, 80), size=10_000)
    (found,) = library.groups()
    assert library.names() == [["a.jpg", "b.jpg"]]
    assert (found.kind, found.safe) == (GroupKind.SAME, (False, True))


def test_something_that_moved_in_the_same_frame_is_another_take(library):
    one, two = detailed(3), detailed(3)
    one[180:260, 300:360] = 25
    two[180:260, 380:440] = 25
    library.add("a.jpg", jpeg(one, 92))
    library.add("b.jpg", jpeg(two, 92))
    (found,) = library.groups()
    assert found.kind is GroupKind.SIMILAR
    assert found.safe == (False, False)


@pytest.mark.parametrize("degrees", [0.4, 1.0])
def test_another_person_before_the_same_scene_is_another_take_however_held(library, degrees):
    one, two = detailed(3), detailed(3)
    one[180:260, 300:360] = 25
    two[170:250, 310:360] = 230
    library.add("a.jpg", jpeg(one, 92))
    library.add("b.jpg", jpeg(straightened(two, degrees), 92))
    (found,) = library.groups()
    assert found.kind is GroupKind.SIMILAR


@pytest.mark.parametrize(
    ("blur", "kind"), [(2, GroupKind.SAME), (3, GroupKind.SIMILAR), (5, GroupKind.SIMILAR)]
)
def test_the_same_view_focused_elsewhere_is_never_safe(library, blur, kind):
    near, far = detailed(3), detailed(3)
    half = near.shape[1] // 2
    near[:, half:] = gaussian_filter(near[:, half:], (blur, blur, 0))
    far[:, :half] = gaussian_filter(far[:, :half], (blur, blur, 0))
    library.add("near.jpg", jpeg(near, 92))
    library.add("far.jpg", jpeg(far, 92))
    (found,) = library.groups()
    assert (found.kind, found.safe) == (kind, (False, False))


def test_flat_and_dark_pictures_do_not_collide():
    library = Library()
    random = np.random.default_rng(0)
    for level in range(0, 60, 10):
        library.add(f"flat{level}.jpg", np.full((240, 360, 3), level, np.uint8))
        noise = random.integers(0, 3, (240, 360, 3)) + level // 10
        library.add(f"dark{level}.jpg", noise.astype(np.uint8))
        sky = np.linspace(200 - level, 150, 240).astype(np.uint8)[:, None, None]
        library.add(f"sky{level}.jpg", sky.repeat(360, 1).repeat(3, 2))
    assert library.groups() == []


def take(seed, shift):
    """A burst frame: the view moved, and something in it moved on its own."""
    wide = scene(seed, 440, 300).copy()
    wide[100:160, 150 + 8 * shift : 200 + 8 * shift] = 30
    return np.ascontiguousarray(wide[shift : shift + 240, 2 * shift : 2 * shift + 360])


def test_takes_seconds_apart_are_similar_and_never_safe(library):
    for number in range(4):
        at = NOON + timedelta(seconds=number)
        library.add(f"burst{number}.jpg", take(1, number), taken_at=at, camera="Canon")
    (found,) = library.groups()
    assert found.kind is GroupKind.SIMILAR
    assert len(found.photos) == 4
    assert not any(found.safe)


def _far_takes(library, **when):
    """Two shots that have little enough in common that only a burst brings them together."""
    for number in range(2):
        at = NOON + timedelta(seconds=number)
        dated = {name: value(at) for name, value in when.items()}
        library.add(f"{number}.jpg", take(1, 20 * number), camera="Canon", **dated)
    return library.groups()


def test_only_the_shutter_tells_what_was_shot_in_a_burst(library):
    assert len(_far_takes(library, taken_at=lambda at: at)) == 1


@pytest.mark.parametrize("source", [DateSource.SAVED, DateSource.DIGITIZED])
def test_what_was_saved_one_after_the_other_is_no_burst(library, source):
    assert _far_takes(library, taken_at=lambda at: at, taken_from=lambda _: source) == []


@pytest.mark.parametrize("precision", DatePrecision)
@pytest.mark.parametrize("source", DateSource)
def test_what_is_named_after_one_moment_is_no_burst(library, source, precision):
    told = _far_takes(library, better_date=lambda at: TakenDate(at, source, precision))
    assert told == []


def test_a_day_in_the_file_is_no_moment(library):
    day = NOON.replace(hour=0)
    told = _far_takes(library, taken_at=lambda _: day, taken_precision=lambda _: DatePrecision.DAY)
    assert told == []


@pytest.mark.parametrize("source", DateSource)
def test_times_in_the_files_that_differ_still_keep_photos_apart(library, source):
    for number in range(2):
        at = NOON + timedelta(seconds=number)
        shot = jpeg(scene(1), 90 - number)
        library.add(f"{number}.jpg", shot, taken_at=at, taken_from=source, camera="Canon")
    (found,) = library.groups()
    assert found.kind is GroupKind.SIMILAR
    assert not any(found.safe)


def test_names_make_nothing_safe_and_keep_nothing_from_being_safe(library):
    library.add("a.jpg", scene(1), content="one")
    library.add("b.jpg", scene(1), content="one")
    library.add("c.jpg", take(2, 0))
    library.add("d.jpg", take(2, 2))
    before = library.groups()
    for place, photo in enumerate(library.photos):
        date = TakenDate(NOON + timedelta(days=place), DateSource.NAME, DatePrecision.DAY)
        library.photos[place] = replace(photo, better_date=date)
    after = library.groups()
    assert [(g.kind, g.photos, g.safe) for g in after] == [
        (g.kind, g.photos, g.safe) for g in before
    ]


def test_the_same_picture_taken_twice_is_no_copy(library):
    for number in range(2):
        at = NOON + timedelta(seconds=number)
        library.add(f"{number}.jpg", jpeg(scene(1), 90 - number), taken_at=at, camera="Canon")
    (found,) = library.groups()
    assert found.kind is GroupKind.SIMILAR


def test_takes_of_another_day_are_another_moment(library):
    for number in range(2):
        at = NOON + timedelta(days=number)
        library.add(f"{number}.jpg", take(1, 3 * number), taken_at=at, camera="Canon")
    assert library.groups() == []


@pytest.mark.parametrize(("other", "groups"), [("Canon", 1), (None, 1), ("Nikon", 0)])
def test_what_another_camera_took_is_no_take(library, other, groups):
    library.add("a.jpg", take(1, 0), camera="Canon")
    library.add("b.jpg", take(1, 3), camera=other)
    assert len(library.groups()) == groups


@pytest.mark.parametrize(("least", "groups"), [(0.0, 1), (0.995, 0)])
def test_where_only_light_and_dark_lie_alike_more_must_agree(library, least, groups):
    library.add("a.jpg", take(1, 0))
    library.add("b.jpg", take(1, 6))
    library.embeddings[-1] = np.eye(16, dtype=np.float32)[15]
    assert len(library.groups(thresholds={"duplicates.unlike.similar": least})) == groups


def test_the_sharper_take_is_kept(library):
    library.add("soft.jpg", take(1, 0), flaw=Flaw.BLUR)
    library.add("sharp.jpg", take(1, 1))
    (found,) = library.groups()
    assert library.names() == [["sharp.jpg", "soft.jpg"]]
    assert found.reason.text() == "sharper"


def test_the_reason_holds_against_every_photo_of_the_group(library):
    soft = NOON - timedelta(seconds=1)
    library.add("soft.jpg", take(1, 0), flaw=Flaw.BLUR, taken_at=soft, camera="Canon")
    for number in (1, 2):
        at = NOON + timedelta(seconds=number)
        library.add(f"sharp {number}.jpg", take(1, number), taken_at=at, camera="Canon")
    (found,) = library.groups()
    assert library.photos[found.keeper - 1].path.name == "sharp 1.jpg"
    # It is older than the other sharp one, but not than the soft one.
    assert found.reason.text() == "sharper"


def test_a_rated_photo_is_kept_whatever_it_is(library):
    library.add("large.jpg", scene(1, 720, 480))
    library.add("small.jpg", resized(scene(1, 720, 480), 360, 240), rating=4)
    assert library.names()[0][0] == "small.jpg"
    rated = Decisions(ratings={library.hash("large.jpg"): 5})
    assert library.names(decisions=rated)[0][0] == "large.jpg"


def test_a_rejected_photo_is_kept_last(library):
    library.add("large.jpg", scene(1, 720, 480), rating=5)
    library.add("small.jpg", resized(scene(1, 720, 480), 360, 240))
    assert library.names()[0][0] == "large.jpg"
    rejected = Decisions(ratings={library.hash("large.jpg"): 0})
    assert library.names(decisions=rejected)[0][0] == "small.jpg"


def test_protected_photos_are_kept_and_never_safe(library):
    library.add("archive/a.jpg", scene(1), content="one")
    library.add("a.jpg", scene(1), content="one")
    library.add("archive/deep/a.jpg", scene(1), content="one")
    (found,) = library.groups(decisions=Decisions(protected=(Path("/photos/archive"),)))
    places = [str(library.photos[i - 1].path) for i in found.photos]
    assert places[0].startswith("/photos/archive")
    safe = {place for place, is_safe in zip(places, found.safe, strict=True) if is_safe}
    assert safe == {"/photos/a.jpg"}


def test_copies_of_a_take_that_stays_are_safe(library):
    for number in range(2):
        at = NOON + timedelta(seconds=number)
        pixels = take(1, number)
        flaw = Flaw.BLUR if number else None
        for name in (f"{number}.jpg", f"{number} (1).jpg"):
            library.add(name, pixels, content=str(number), taken_at=at, camera="Canon", flaw=flaw)
    (found,) = library.groups()
    assert found.kind is GroupKind.SIMILAR
    names = [library.photos[i - 1].path.name for i in found.photos]
    assert dict(zip(names, found.safe, strict=True)) == {
        "0.jpg": False,
        "0 (1).jpg": True,
        "1.jpg": False,
        "1 (1).jpg": True,
    }


def test_no_chains():
    """A slow pan without times: neighbours agree, the ends do not."""
    library = Library()
    wide = scene(7, 720, 240)
    for number in range(8):
        start = 45 * number
        library.add(f"{number}.jpg", np.ascontiguousarray(wide[:, start : start + 360]))
    facts = library.facts
    evidence = find_pairs(facts)
    linked = {
        frozenset((facts.photos[a].id, facts.photos[b].id))
        for a, b in zip(evidence.first.tolist(), evidence.second.tolist(), strict=True)
    }
    groups = library.groups(thresholds={"duplicates.similar": 0.5})
    assert groups
    for found in groups:
        assert all(frozenset((found.keeper, photo)) in linked for photo in found.photos[1:])
        assert len(found.photos) < 8


def test_not_duplicates_are_kept_apart_for_good(library):
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        library.add(name, jpeg(scene(1), {"a": 95, "b": 85, "c": 75}[name[0]]))
    apart = tuple(sorted((library.hash("a.jpg"), library.hash("b.jpg"))))
    found = library.names(decisions=Decisions(not_duplicates=frozenset({apart})))
    assert not any({"a.jpg", "b.jpg"} <= set(names) for names in found)
    assert any("c.jpg" in names for names in found)


def test_even_exact_copies_can_be_kept_apart(library):
    library.add("a.jpg", scene(1), content="one")
    library.add("b.jpg", scene(1), content="one")
    apart = (library.hash("a.jpg"), library.hash("b.jpg"))
    assert library.names(decisions=Decisions(not_duplicates=frozenset({apart}))) == []


def test_raw_and_jpeg_are_one_unit(library):
    for number in range(2):
        at = NOON + timedelta(seconds=number)
        for suffix, format_ in (("jpg", "JPEG"), ("CR2", "RAW")):
            library.add(
                f"IMG_{number}.{suffix}",
                take(1, number),
                taken_at=at,
                camera="Canon",
                format_=format_,
                content=f"{number}{suffix}",
            )
    (found,) = library.groups()
    names = {library.photos[i - 1].path.name for i in found.photos}
    assert names == {"IMG_0.jpg", "IMG_1.jpg"}


def test_brackets_are_left_out(library):
    for number, bias in enumerate((0.0, -2.0, 2.0)):
        at = NOON + timedelta(seconds=number / 2)
        pixels = np.clip(scene(1) * (1 + bias / 8), 0, 255).astype(np.uint8)
        library.add(f"{number}.jpg", pixels, taken_at=at, camera="Canon", exposure_bias=bias)
    assert library.groups() == []
    assert [s.kind.value for s in find_pairs(library.facts).sequences] == ["bracket"]


def test_a_stricter_slider_takes_pairs_away(library):
    library.add("a.jpg", scene(1))
    library.add("b.jpg", resized(scene(1)[10:, 18:], 360, 240))
    assert [g.kind for g in library.groups()] == [GroupKind.SAME]
    strict = {"duplicates.same": 0.999}
    assert [g.kind for g in library.groups(thresholds=strict)] == [GroupKind.SIMILAR]
    assert library.groups(thresholds=strict | {"duplicates.similar": 0.999}) == []


def test_the_order_can_be_changed(library):
    library.add("small.jpg", resized(scene(1, 720, 480), 360, 240))
    library.add("large.jpg", scene(1, 720, 480))
    assert library.names()[0][0] == "large.jpg"
    oldest_first = default_order() | {GroupKind.SAME: ("older",)}
    assert library.names(order=oldest_first)[0][0] == "small.jpg"


def test_every_criterion_has_a_sentence():
    from photo_organizer.engine import assets

    for criterion in CRITERIA:
        for language in assets.languages():
            assert assets.sentence(f"keepers.{criterion}", language)


def copies(*places, **chosen):
    """The one group of copies of a photo at some places: the keeper's place, and which are safe."""
    library = Library()
    for seed in range(6):
        library.add(f"others/{seed}.jpg", scene(100 + seed))
    for place in places:
        library.add(place, scene(1), content="one")
    (found,) = library.groups(**chosen)
    named = [str(library.photos[i - 1].path.relative_to("/photos")) for i in found.photos]
    return named[0], {name for name, safe in zip(named, found.safe, strict=True) if safe}


@pytest.mark.parametrize(
    ("stays", "goes"),
    [
        ("2019/2019-05 Rome/1.jpg", "backup/1.jpg"),
        ("Fotos/Urlaub Italien/1.jpg", "Fotos/1.jpg"),
        ("2019/Rome/1.jpg", "Backup/2019/Rome/1.jpg"),
        ("Photos/1.jpg", "Downloads/1.jpg"),
        ("2019 Rome/1.jpg", "DCIM/100APPLE/1.jpg"),
        ("여행/1.jpg", "새 폴더/1.jpg"),
        ("a/1.jpg", "b/1 (1).jpg"),
        ("Rome/1 (1).jpg", "Downloads/1.jpg"),
    ],
)
def test_the_copy_in_order_stays_and_the_other_is_safe(stays, goes):
    assert copies(stays, goes) == copies(goes, stays) == (stays, {goes})


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("2019 Rome/1.jpg", "Best of/1.jpg"),
        ("2019 Rome/1.jpg", "2019 Rome/chosen/1.jpg"),
        ("a/1.jpg", "b/1.jpg"),
        ("Downloads/1.jpg", "WhatsApp/1.jpg"),
        ("Photos/1.jpg", "Backup/2019 Rome/1.jpg"),
        ("1.jpg", "a/b/c/1.jpg"),
    ],
)
def test_where_nothing_speaks_for_either_copy_none_is_safe(one, two):
    assert copies(one, two)[1] == copies(two, one)[1] == set()


@pytest.mark.parametrize("kind", GroupKind)
def test_a_link_is_neither_what_stays_nor_safe(library, kind):
    better = {"rating": 5, "camera": "Canon", "fields": 9}
    library.add("Rome/link.jpg", scene(1), content="one", linked=True, **better)
    other = {
        GroupKind.EXACT: scene(1),
        GroupKind.SAME: resized(scene(1), 270, 180),
        GroupKind.SIMILAR: take(1, 1),
    }[kind]
    content = "one" if kind is GroupKind.EXACT else "two"
    library.add("Downloads/real.jpg", other, content=content)
    (found,) = library.groups()
    assert found.kind is kind
    assert [library.photos[i - 1].path.name for i in found.photos] == ["real.jpg", "link.jpg"]
    assert found.safe == (False, False)
    assert found.reason.code == "keepers.linked"


def test_copies_that_only_links_lead_to_are_shown_and_none_is_safe(library):
    for name in ("1.jpg", "1 (1).jpg"):
        library.add(name, scene(1), content="one", linked=True)
    (found,) = library.groups()
    assert found.safe == (False, False)


def test_copies_in_one_folder_are_safe():
    assert copies("Rome/1.jpg", "Rome/2.jpg") == ("Rome/1.jpg", {"Rome/2.jpg"})


def test_a_folder_to_keep_from_wins_over_every_other_but_a_protected_one():
    places = ("2019 Rome/1.jpg", "Best of/1.jpg", "Downloads/x/1.jpg")
    best = Decisions(keep_from=(Path("/photos/Best of"),))
    assert copies(*places, decisions=best) == (places[1], {places[0], places[2]})
    above = Decisions(keep_from=(Path("/photos/Downloads"),))
    assert copies(*places, decisions=above) == (places[2], {places[0], places[1]})
    both = replace(best, protected=(Path("/photos/2019 Rome"),))
    assert copies(*places, decisions=both) == (places[0], {places[1], places[2]})


def test_what_lies_twice_in_a_folder_to_keep_from_may_go():
    best = Decisions(keep_from=(Path("/photos/Best of"),))
    kept = copies("Best of/1 (1).jpg", "Best of/1.jpg", decisions=best)
    assert kept == ("Best of/1.jpg", {"Best of/1 (1).jpg"})


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_whatever_is_decided_something_stays(data):
    """A photo is in at most one group, and of each picture that is safe to trash one stays."""
    library = Library()
    for number in range(data.draw(st.integers(2, 10))):
        seed = data.draw(st.integers(0, 2))
        pixels = scene(seed, blobs=8)
        if data.draw(st.booleans()):
            pixels = resized(pixels, 180, 120)
        library.add(
            f"{number}.jpg",
            pixels,
            content=f"{seed}-{pixels.shape[0]}",
            flaw=data.draw(st.sampled_from([None, Flaw.BLUR])),
            rating=data.draw(st.sampled_from([None, 3])),
        )
    groups = library.groups()
    ids = [photo for found in groups for photo in found.photos]
    assert len(ids) == len(set(ids))
    trashed = {p for g in groups for p, safe in zip(g.photos, g.safe, strict=True) if safe}
    for found in groups:
        assert set(found.photos) - trashed
    names = {p.id: p.content_hash[:1] for p in library.photos}
    for photo in trashed:
        assert any(names[photo] == names[other] for other in names if other not in trashed)
    rated = {p.id for p in library.photos if p.exif.rating}
    for found in groups:
        if rated & set(found.photos):
            assert found.keeper in rated


@pytest.mark.parametrize("turn", range(8))
def test_all_orientations_are_recognised(library, turn):
    library.add("a.jpg", scene(1))
    library.add("b.jpg", np.ascontiguousarray(oriented(scene(1)[None], turn)[0]))
    assert len(library.groups()) == 1


def test_the_take_with_open_eyes_is_kept_and_all_photos_agree_with_it(library):
    for number, openness in enumerate((CLOSED, CLOSED, OPEN)):
        at, seen = NOON + timedelta(seconds=number), (face(openness=openness),)
        library.add(f"{number}.jpg", take(1, number), faces=seen, taken_at=at, camera="Canon")
    (found,) = library.groups()
    assert library.names() == [["2.jpg", "0.jpg", "1.jpg"]]
    assert found.kind is GroupKind.SIMILAR
    assert found.reason.text() == "the eyes are open"
    assert found.similarities[0] == 1.0
    assert all(0.45 < similarity < 1.0 for similarity in found.similarities[1:])
    without = [name for name in default_order()[GroupKind.SIMILAR] if name != "eyes_open"]
    order = default_order() | {GroupKind.SIMILAR: without}
    (found,) = library.groups(order=order)
    assert library.names(order=order) == [["0.jpg", "1.jpg", "2.jpg"]]
    assert found.reason.code == "keepers.older"


def test_copies_are_not_chosen_by_faces(library):
    library.add("large.jpg", scene(1, 720, 480), faces=(face(openness=CLOSED),))
    library.add("small.jpg", resized(scene(1, 720, 480), 360, 240), faces=(face(openness=OPEN),))
    assert [found.kind for found in library.groups()] == [GroupKind.SAME]
    assert library.names() == [["large.jpg", "small.jpg"]]


def test_copies_follow_the_take_that_stays(library):
    """A take with open eyes stays, and of each take one copy."""
    for number, openness in enumerate((CLOSED, OPEN)):
        at, seen = NOON + timedelta(seconds=number), (face(openness=openness),)
        for name in (f"{number}.jpg", f"{number} (1).jpg"):
            library.add(
                name,
                take(1, number),
                content=str(number),
                faces=seen,
                taken_at=at,
                camera="Canon",
            )
    (found,) = library.groups()
    assert library.names() == [["1.jpg", "1 (1).jpg", "0.jpg", "0 (1).jpg"]]
    assert found.safe == (False, True, False, True)
    assert found.reason.text() == "the eyes are open"


@given(st.permutations(range(4)), st.lists(st.sampled_from([OPEN, CLOSED]), min_size=4, max_size=4))
@settings(max_examples=15, deadline=None)
def test_the_order_of_photos_does_not_choose(order, openness):
    def kept(places):
        library = Library()
        for place in places:
            at, seen = NOON + timedelta(seconds=place), (face(openness=openness[place]),)
            library.add(f"{place}.jpg", take(1, place), faces=seen, taken_at=at, camera="Canon")
        reasons = [found.reason.code for found in library.groups()]
        return {
            (names[0], frozenset(names), reason)
            for names, reason in zip(library.names(), reasons, strict=True)
        }

    assert kept(order) == kept(range(4))


def test_of_equal_photos_the_older_one_by_its_name_is_kept(library):
    for name, year in (("20240810_101112.jpg", 2024), ("IMG-20160810-WA0001.jpg", 2016)):
        date = TakenDate(datetime(year, 8, 10), DateSource.NAME, DatePrecision.DAY)
        library.add(name, scene(1), content="one", better_date=date)
    assert library.names() == [["IMG-20160810-WA0001.jpg", "20240810_101112.jpg"]]


def test_a_day_is_older_only_where_all_of_it_is(library):
    day = TakenDate(NOON.replace(hour=0), DateSource.NAME, DatePrecision.DAY)
    library.add("day.jpg", scene(1), content="one", better_date=day)
    library.add("noon.jpg", scene(1), content="one", taken_at=NOON)
    assert library.names() == [["noon.jpg", "day.jpg"]]
