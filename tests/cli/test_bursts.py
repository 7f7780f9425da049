"""The best shot of a burst, from the files to the answer: whom it shows decides."""

import json

import cv2
import numpy as np
import pytest
from skimage import data

from photo_organizer.cli.main import run_command
from tests.engine.pictures import encoded, exif

EYES, EYE_WIDE = ((203, 102), (246, 103)), 19
"""Where the eyes of scikit-image's astronaut are, and how wide, in pixels of 512."""

FACE = (224, 112)
"""The middle of her face."""


def somebody(*, blinks=False):
    """A woman before a busy background."""
    pixels = data.astronaut().copy()
    for x, y in EYES if blinks else ():
        skin = pixels[y + EYE_WIDE, x].tolist()
        lid, lashes = (int(EYE_WIDE * 0.75), int(EYE_WIDE * 0.45)), (EYE_WIDE // 2, 2)
        cv2.ellipse(pixels, (x, y), lid, 0, 0, 360, skin, -1)
        cv2.ellipse(pixels, (x, y + 2), lashes, 0, 0, 180, (60, 40, 35), 1)
    return pixels


def two_people(*, left_blinks=False, right_blinks=False):
    """Somebody in front, and somebody smaller in another light, the other way round."""
    right = cv2.resize(somebody(blinks=right_blinks)[:, ::-1], (360, 360))
    small = np.full((512, 360, 3), 90, np.uint8)
    small[152:] = right[..., [2, 1, 0]] // 2 + right // 2
    return np.hstack([somebody(blinks=left_blinks), small])


def blurred(pixels, deviation, *, face):
    """The face, or all around it, out of focus."""
    mask = np.zeros(pixels.shape[:2], np.float32)
    cv2.circle(mask, FACE, 75, 1.0, -1)
    mask = cv2.GaussianBlur(mask if face else 1 - mask, (0, 0), 5)[..., None]
    soft = cv2.GaussianBlur(pixels, (0, 0), deviation)
    return np.uint8(soft * mask + pixels * (1 - mask))


def kept(folder, frames):
    """The one group of a burst: the kept frame, how they belong together, and why it is kept."""
    folder.mkdir()
    for number, pixels in enumerate(frames):
        steady = np.roll(pixels, (number * 2, number * 3), (0, 1))  # nobody holds a camera still
        taken = {36867: f"2024:05:01 12:00:0{number}", 37521: "0"}
        block = exif({271: "Canon", 272: "R5"}, taken)
        (folder / f"{number}.jpg").write_bytes(encoded(steady, quality=95, exif=block))
    target = folder.parent / "result.json"
    assert run_command(["analyze", str(folder), "--json", str(target)]) == 0
    details = json.loads(target.read_text())["details"]
    (group,) = details["duplicates"]
    assert len(group["images"]) == len(frames)
    assert not any(image["safe"] for image in group["images"])
    return group["keeper"].rsplit("/", 1)[1], group["kind"], group["reason"]


@pytest.mark.parametrize("open_eyed", [0, 1, 2])
def test_of_three_frames_the_one_without_a_blink_is_kept(encoder, tmp_path, open_eyed):
    frames = [somebody(blinks=number != open_eyed) for number in range(3)]
    assert kept(tmp_path / "burst", frames) == (f"{open_eyed}.jpg", "similar", "the eyes are open")


def test_a_sharp_face_is_worth_more_than_a_sharp_background(encoder, tmp_path):
    soft, sharp = (blurred(somebody(), 2.0, face=face) for face in (True, False))
    assert kept(tmp_path / "burst", [soft, sharp]) == ("1.jpg", "similar", "the face is sharper")


def test_of_two_people_nobody_may_blink(encoder, tmp_path):
    frames = [two_people(right_blinks=True), two_people(left_blinks=True), two_people()]
    expected = "2.jpg", "similar", "everyone's eyes are open"
    assert kept(tmp_path / "burst", frames) == expected
    details = json.loads((tmp_path / "result.json").read_text())["details"]
    seen = {
        (photo["image"].rsplit("/", 1)[1], face["person"]): face["eyes"]
        for photo in details["faces"]
        for face in photo["faces"]
    }
    assert seen == {
        ("0.jpg", 0): "open",
        ("0.jpg", 1): "closed",
        ("1.jpg", 0): "closed",
        ("1.jpg", 1): "open",
        ("2.jpg", 0): "open",
        ("2.jpg", 1): "open",
    }


def test_where_somebody_always_blinks_the_one_in_front_should_not(encoder, tmp_path):
    frames = [two_people(left_blinks=True), two_people(right_blinks=True)]
    expected = "1.jpg", "similar", "the eyes of the person in front are open"
    assert kept(tmp_path / "burst", frames) == expected
