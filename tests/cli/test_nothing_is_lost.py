"""The whole way, from files on disk to the trash: only what an equal file stays for is cleaned up.

Beside the program's own judgement stands another one, made here: all pictures of a file at their
full depth with what lies beside them.
"""

import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageSequence

from photo_organizer.cli.main import run_command
from tests.cli.cleaning import names, needs_freedesktop_trash
from tests.engine.pictures import scene

pytestmark = [needs_freedesktop_trash, pytest.mark.usefixtures("encoder")]

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FIRST = Image.fromarray(scene(320, 240, seed=1))
SECOND = Image.fromarray(scene(320, 240, seed=2))


def file_of(image: Image.Image, kind: str, tail: bytes = b"", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue() + tail


def deep() -> bytes:
    grey = np.asarray(FIRST.convert("L"), np.uint16)
    return file_of(Image.fromarray(grey * 256 + 7), "PNG")


def see_through() -> bytes:
    clear = FIRST.copy()
    clear.putalpha(Image.fromarray(scene(320, 240, seed=5)[..., 0]))
    return file_of(clear, "PNG")


FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40
FILES = {
    "plain.png": file_of(FIRST, "PNG"),
    "plain.tiff": file_of(FIRST, "TIFF"),
    "pages.tiff": file_of(FIRST, "TIFF", save_all=True, append_images=[SECOND]),
    "frames.gif": file_of(FIRST, "GIF", save_all=True, append_images=[SECOND]),
    "still.gif": file_of(FIRST, "GIF"),
    "deep.png": deep(),
    "grey.png": file_of(FIRST.convert("L"), "PNG"),
    "clear.png": see_through(),
    "profile.png": file_of(FIRST, "PNG", icc_profile=PROFILE),
    "photo.jpg": file_of(FIRST, "JPEG", quality=90),
    "motion.jpg": file_of(FIRST, "JPEG", FILM, quality=90),
    "cut motion.jpg": file_of(FIRST, "JPEG", FILM[:5000], quality=90),
}


EVERYTHING_TWICE = [(folder, name) for folder in ("", "backup") for name in sorted(FILES)]


def pictures(path: Path) -> tuple[list[tuple[str, bytes]], bytes]:
    """All pictures of a file with their depth, and what lies beside them."""
    data = path.read_bytes()
    with Image.open(path) as image:
        profile = image.info.get("icc_profile", b"")
        frames = [(frame.mode, frame.tobytes()) for frame in ImageSequence.Iterator(image)]
    tail = data[data.rindex(b"\xff\xd9") + 2 :] if path.suffix == ".jpg" else b""
    film = data[data.index(FILM[:12]) :] if FILM[:12] in data else tail
    return frames, profile + film


@settings(
    max_examples=2,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    chosen=st.lists(
        st.tuples(st.sampled_from(("", "trip", "backup")), st.sampled_from(sorted(FILES))),
        min_size=8,
        max_size=16,
    )
)
@example(chosen=EVERYTHING_TWICE)
def test_what_is_cleaned_up_has_an_equal_that_stays(
    chosen: Sequence[tuple[str, str]], tmp_path: Path
) -> None:
    album = tmp_path / "album"
    shutil.rmtree(album, ignore_errors=True)
    for number, (folder, name) in enumerate(chosen):
        path = album / folder / f"{number} {name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(FILES[name])
    before = {name: (album / name).read_bytes() for name in names(album)}
    held = {name: pictures(album / name) for name in before}

    assert run_command(["clean", str(album), "--kind", "exact", "--yes"]) == 0

    staying = names(album)
    if chosen == EVERYTHING_TWICE:  # by chance, copies may be in one group with versions
        assert staying < before.keys(), "a copy in a backup is cleaned up"
    for gone in before.keys() - staying:
        assert any(held[gone] == held[name] for name in staying), gone
    assert run_command(["undo"]) == 0
    assert {name: (album / name).read_bytes() for name in names(album)} == before
