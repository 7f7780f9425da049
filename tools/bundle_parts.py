"""What goes into a bundle and what does not: `build.spec` asks here.

A bundle is a folder that runs without Python. The light one leaves out torch and what only torch
needs; both leave out what hangs on a library that is used and is never used itself.
"""

from __future__ import annotations

import argparse
import fnmatch
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from photo_organizer.engine.samples.packaged import PHOTOS


class Entry(NamedTuple):
    """One file of a bundle, as PyInstaller lists it."""

    dest: str
    """Where it lies in the bundle."""
    source: str
    """Where it is now."""
    kind: str
    """"BINARY", "DATA", "EXTENSION", "SYMLINK"."""


FULL_ONLY = (
    "torch",
    "torchvision",
    "open_clip",
    "timm",
    "transformers",
    "sentence_transformers",
    "huggingface_hub",
    "hf_xet",
    "sympy",
    "triton",
    "nvidia",
    "pyarrow",  # exports and imports libraries
)
"""Packages of the extras in ``pyproject.toml``: what only CLIP and training need, and what reads
and writes exchanged libraries."""

NO_DOWNLOADS = ("ssl", "_ssl", "_hashlib")
"""The light program has nothing to download; photos are named by a hash of Python's own."""

NOTHING_ASKS = (
    "pandas",
    "pip",
    "setuptools",
    "joblib",
    "imageio",
    "networkx",
    "yaml",
    # Of scikit-image and scikit-learn only photos are shown.
    "skimage",
    "sklearn",
    # Parts of what is used that nothing here asks for.
    "PIL.ImageQt",
    "PIL.ImageTk",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "scipy.stats",
    # Rich colours code and reads Markdown with them; there is none to show.
    "pygments",
    "markdown_it",
)
"""Modules that the light program has no use for; torch's world may import any of them."""

NEVER = ("tkinter", "matplotlib", "pytest", "IPython")
"""Modules that neither bundle has a use for."""

CODECS = (
    "imcd",
    "shared",
    "shared_cython",
    "deflate",
    "jpeg2k",
    "jpeg8",
    "jpegxl",
    "jpegxr",
    "lerc",
    "ljpeg",
    "lzma",
    "png",
    "webp",
    "zlib",
    "zstd",
)
"""The codecs of imagecodecs that TIFF files may ask for, and JPEG XL. It has ninety more."""

UNUSED_FILES = (
    # Qt: what its plugins bring along, beyond widgets, SVG, network and the desktop's bus.
    "*Qt6Qml*",
    "*Qt6Quick*",
    "*Qt6VirtualKeyboard*",
    "*Qt6Pdf*",
    "*Qt6Sql*",
    "*Qt6Test*",
    "*Qt6Designer*",
    "*Qt6EglF*",
    "*Qt6WaylandCompositor*",
    "*Qt6WaylandEglCompositor*",
    "*qtvirtualkeyboardplugin*",
    "*/imageformats/*qpdf*",
    "*/platforms/*qeglfs*",
    "*/platforms/*qlinuxfb*",
    "*/platforms/*qminimal*",
    "*/platforms/*qvkkhrdisplay*",
    "*/platforms/*qvnc*",
    "*/plugins/egldeviceintegrations/*",
    "*/plugins/generic/*",
    "*/plugins/networkinformation/*",
    "*/plugins/printsupport/*",
    "*/plugins/qmltooling/*",
    "*/plugins/sqldrivers/*",
    "*/plugins/tls/*",
    "*/plugins/wayland-graphics-integration-server/*",
    "*opengl32sw.dll",
    # A theme of the desktop would bring all of GTK, of the machine that built the bundle.
    "*/platformthemes/*gtk3*",
    # Videos are counted and never opened.
    "cv2/opencv_videoio_ffmpeg*",
    # onnxruntime for programs in C; its Python module has all of it once more.
    "onnxruntime/capi/libonnxruntime.so*",
    # For Cython code that is compiled against SciPy.
    "scipy/special/cython_special*",
    # Tests and sources.
    "*/tests/*",
    "*.pyi",
    "*.pxd",
    "*.h",
)
"""Files that nothing opens, as patterns of where they would lie."""


def wants_full(arguments: Sequence[str]) -> bool:
    """Whether the full bundle is asked for: what stands behind ``--`` of PyInstaller's call."""
    parser = argparse.ArgumentParser(prog="pyinstaller build.spec --")
    parser.add_argument("--full", action="store_true", help="with CLIP and training: about 7 GB")
    return bool(parser.parse_args(arguments).full)


def hidden() -> list[str]:
    """The modules that are found at run time, where PyInstaller cannot see it."""
    return [
        "photo_organizer.app",
        "photo_organizer.engine.analysis.run",
        *(f"imagecodecs._{codec}" for codec in CODECS),
    ]


def sample_photos() -> list[tuple[str, str]]:
    """The photos of the demo album and of the check of models, as PyInstaller takes them.

    The code of their packages stays out.
    """
    photos = []
    for package, file in PHOTOS.values():
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit(f"{package} carries sample photos: it must be installed.")
        place = PurePosixPath(package, file)
        source = Path(spec.submodule_search_locations[0]) / file
        photos.append((str(source), str(place.parent)))
    return photos


def left_out(*, full: bool) -> list[str]:
    """The modules that PyInstaller shall not follow."""
    without = () if full else (*FULL_ONLY, *NO_DOWNLOADS, *NOTHING_ASKS)
    return [*NEVER, *without]


def used(entries: Iterable[tuple[str, str, str]], languages: Iterable[str]) -> list[Entry]:
    """The files of a bundle without those that nothing opens.

    Args:
        entries: as PyInstaller has found them.
        languages: that the program speaks; Qt has words of its own in sixty.
    """
    return [entry for entry in map(Entry._make, entries) if _is_used(entry.dest, languages)]


def without_orphans(entries: Sequence[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Without the libraries that only files left out have asked for, and links to those.

    Args:
        entries: all binaries of the bundle.
        needs: the names of the libraries that the file at a path is linked with.
    """
    files = [entry for entry in entries if entry.kind != "SYMLINK"]
    orphans = True
    while orphans:
        asked = {name for e in files for name in needs(e.source) if name != _name(e.dest)}
        kept = [e for e in files if not _only_linked(e) or _name(e.dest) in asked]
        orphans, files = len(kept) < len(files), kept
    there = {entry.dest for entry in files}
    links = [e for e in entries if e.kind == "SYMLINK" and e.source in there]
    return [*files, *links]


def _only_linked(entry: Entry) -> bool:
    """Whether it is a library that is loaded for others alone: the system's, or within a wheel."""
    place = PurePosixPath(entry.dest)
    beside = str(place.parent) == "." or place.parent.name.endswith(".libs")
    return beside and place.name.startswith("lib") and not place.name.startswith("libpython")


def _name(dest: str) -> str:
    return PurePosixPath(dest).name


def stripped(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """The binaries of a bundle without their symbols, a third of some; made in `folder`.

    On Linux alone: elsewhere symbols lie in files of their own. What lies in the ``.libs`` of a
    wheel was changed after it was linked, and does not load any more without.
    """
    strip = shutil.which("strip") if sys.platform == "linux" else None
    return [
        entry._replace(source=_strip(strip, entry, folder))
        if strip and entry.kind != "SYMLINK" and ".libs/" not in entry.dest
        else entry
        for entry in entries
    ]


def _strip(strip: str, entry: Entry, folder: Path) -> str:
    copy = folder / entry.dest
    copy.parent.mkdir(parents=True, exist_ok=True)
    if not copy.exists():
        words = [strip, "--strip-unneeded", "-o", copy, entry.source]
        if subprocess.run(words, stderr=subprocess.DEVNULL, check=False).returncode:
            return entry.source  # no library
    return str(copy)


def _is_used(dest: str, languages: Iterable[str]) -> bool:
    place = PurePosixPath(dest.replace("\\", "/"))
    if place.suffix == ".qm" and "PySide6" in place.parts:
        return any(place.name == f"qtbase_{language}.qm" for language in languages)
    return not any(fnmatch.fnmatchcase(str(place), pattern) for pattern in UNUSED_FILES)
