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

from photo_organizer.demo.album import SAMPLES


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
)
"""Packages that only CLIP and training need: see the extra `full` in ``pyproject.toml``."""

NEVER = (
    "tkinter",
    "matplotlib",
    "pytest",
    "IPython",
    "pandas",
    "setuptools",
    "pip",
    # Parts of what is used that nothing here asks for.
    "PIL.ImageQt",
    "PIL.ImageTk",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "scipy.stats",
    "yaml",
)
"""Modules that neither bundle has a use for."""

CODECS = (
    "imcd",
    "shared",
    "deflate",
    "eer",
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

WITH_SYMBOLS = ("numkong/*", "usearch/*", "tokenizers/*", "libpython*", "python3*/lib-dynload/*")
"""Libraries that are published with their symbols: without them, a quarter of their size."""

UNUSED_FILES = (
    # Qt: what its plugins bring along, beyond widgets, SVG, network and the desktop's bus.
    "*Qt6Qml*",
    "*Qt6Quick*",
    "*Qt6VirtualKeyboard*",
    "*Qt6Pdf*",
    "*Qt6Sql*",
    "*Qt6Test*",
    "*Qt6Designer*",
    "*Qt6EglFS*",
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
    """The photos of the demo album as PyInstaller takes them; their packages' code stays out."""
    photos = []
    for package, file, _ in SAMPLES.values():
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit(f"{package} carries photos of the demo album: it must be installed.")
        place = PurePosixPath(package, file)
        source = Path(spec.submodule_search_locations[0]) / file
        photos.append((str(source), str(place.parent)))
    return photos


def left_out(*, full: bool) -> list[str]:
    """The modules that PyInstaller shall not follow."""
    # What torch's world may import; here scikit-image and scikit-learn only carry photos.
    without = () if full else (*FULL_ONLY, "skimage", "sklearn", "joblib", "imageio", "networkx")
    return [*NEVER, *without]


def used(entries: Iterable[tuple[str, str, str]], languages: Iterable[str]) -> list[Entry]:
    """The files of a bundle without those that nothing opens.

    Args:
        entries: as PyInstaller has found them.
        languages: that the program speaks; Qt has words of its own in sixty.
    """
    return [entry for entry in map(Entry._make, entries) if _is_used(entry.dest, languages)]


def without_orphans(entries: Sequence[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Without the system's libraries that only files left out have asked for.

    Args:
        entries: all binaries of the bundle.
        needs: the names of the libraries that the file at a path is linked with.
    """
    kept, orphans = list(entries), [e for e in entries if _is_systems(e)]
    while orphans:
        asked = {name for e in kept for name in needs(e.source) if name != _name(e.dest)}
        orphans = [e for e in kept if _is_systems(e) and _name(e.dest) not in asked]
        kept = [e for e in kept if e not in orphans]
    return kept


def _is_systems(entry: Entry) -> bool:
    """Whether it is a library of the machine that builds, beside the packages' own."""
    loaded_by_name = ("libpython", "libssl", "libcrypto")
    return (
        entry.kind == "BINARY"
        and "/" not in entry.dest
        and entry.dest.startswith("lib")
        and not entry.dest.startswith(loaded_by_name)
    )


def _name(dest: str) -> str:
    return PurePosixPath(dest).name


def stripped(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """With those of `WITH_SYMBOLS` replaced by copies without symbols, made in `folder`.

    On Linux alone: elsewhere symbols lie in files of their own.
    """
    strip = shutil.which("strip") if sys.platform == "linux" else None
    return [
        entry._replace(source=_strip(strip, entry, folder))
        if strip and any(fnmatch.fnmatchcase(entry.dest, each) for each in WITH_SYMBOLS)
        else entry
        for entry in entries
    ]


def _strip(strip: str, entry: Entry, folder: Path) -> str:
    copy = folder / entry.dest
    copy.parent.mkdir(parents=True, exist_ok=True)
    if not copy.exists():
        subprocess.run([strip, "--strip-unneeded", "-o", copy, entry.source], check=True)
    return str(copy)


def _is_used(dest: str, languages: Iterable[str]) -> bool:
    place = PurePosixPath(dest.replace("\\", "/"))
    if place.suffix == ".qm" and "PySide6" in place.parts:
        return any(place.name == f"qtbase_{language}.qm" for language in languages)
    return not any(fnmatch.fnmatchcase(str(place), pattern) for pattern in UNUSED_FILES)
