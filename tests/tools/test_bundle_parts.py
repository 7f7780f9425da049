"""What goes into a bundle: the choice of the light one and the full one, and what stays out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from photo_organizer.demo import album
from photo_organizer.engine.proving.pictures import CHECKED
from photo_organizer.engine.samples import drawings, landscapes, packaged
from tools import bundle_parts
from tools.bundle_parts import Entry


def test_the_light_bundle_is_made_unless_the_full_one_is_asked_for() -> None:
    assert not bundle_parts.wants_full([])
    assert bundle_parts.wants_full(["--full"])
    with pytest.raises(SystemExit):
        bundle_parts.wants_full(["--ful1"])


def test_only_the_light_bundle_leaves_torch_out() -> None:
    light, full = bundle_parts.left_out(full=False), bundle_parts.left_out(full=True)
    only_full = {"torch", "open_clip", "transformers", "skimage", "yaml", "ssl", "pyarrow"}
    assert only_full <= set(light)
    assert only_full.isdisjoint(full)
    assert "tkinter" in light
    assert "tkinter" in full


def test_every_photo_of_the_demo_album_and_of_the_check_comes_along() -> None:
    photos = bundle_parts.sample_photos()
    calculated = landscapes.SCENES.keys() | drawings.DRAWINGS.keys()
    shown = {photo for photo, _ in album.SAMPLES.values()}
    checked = {picture.name for picture in CHECKED} - calculated
    assert shown | checked == packaged.PHOTOS.keys()
    assert len(photos) == len(packaged.PHOTOS)
    for source, folder in photos:
        assert Path(source).is_file()
        assert folder.startswith(("skimage", "sklearn"))


@pytest.mark.parametrize(
    ("dest", "stays"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6\\plugins\\imageformats\\qpdf.dll", False),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/translations/qtbase_ko.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("photo_organizer/resources/translations/photo_organizer_ko.qm", True),
        ("onnxruntime/capi/onnxruntime_pybind11_state.so", True),
        ("onnxruntime/capi/libonnxruntime.so.1.32.0", False),
    ],
)
def test_what_nothing_opens_stays_out(dest: str, stays: bool) -> None:
    entry = ("dest", "source", "BINARY")
    assert bool(bundle_parts.used([(dest, *entry[1:])], ("en", "ko"))) is stays


def test_libraries_go_with_those_that_asked_for_them() -> None:
    needs = {
        "/here/program.so": ["liba.so"],
        "/here/liba.so": ["libb.so"],
        "/here/libc.so": ["libd.so", "liba.so"],
    }
    entries = [
        Entry("package/program.so", "/here/program.so", "EXTENSION"),
        Entry("package.libs/liba.so", "/here/liba.so", "BINARY"),
        Entry("libb.so", "/here/libb.so", "BINARY"),
        Entry("libc.so", "/here/libc.so", "BINARY"),
        Entry("package.libs/libd.so", "/here/libd.so", "BINARY"),
        Entry("libpython3.so", "/here/libpython3.so", "BINARY"),
        Entry("liba.so", "package.libs/liba.so", "SYMLINK"),
        Entry("libd.so", "package.libs/libd.so", "SYMLINK"),
    ]
    kept = bundle_parts.without_orphans(entries, lambda file: needs.get(file, []))
    first, *others = [entry.dest for entry in kept]
    assert first == "package/program.so"
    assert others == ["package.libs/liba.so", "libb.so", "libpython3.so", "liba.so"]


@pytest.mark.skipif(
    sys.platform != "linux" or not (shutil.which("cc") and shutil.which("strip")),
    reason="made on Linux, where there are the tools",
)
def test_libraries_lose_their_symbols_but_those_that_would_break(tmp_path: Path) -> None:
    code, library = tmp_path / "code.c", tmp_path / "library.so"
    code.write_text("static int hidden(void) { return 1; } int shown(void) { return hidden(); }")
    subprocess.run(["cc", "-g", "-shared", "-fPIC", "-o", library, code], check=True)
    entries = [
        Entry("package/library.so", str(library), "EXTENSION"),
        Entry("package.libs/library.so", str(library), "BINARY"),
        Entry("library.so", "package/library.so", "SYMLINK"),
        Entry("package/words.so", str(code), "BINARY"),
    ]
    small, *same = bundle_parts.stripped(entries, tmp_path / "made")
    assert same == entries[1:]
    assert Path(small.source).stat().st_size < library.stat().st_size
