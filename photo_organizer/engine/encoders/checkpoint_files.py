"""What a file that should be a checkpoint really is, told by its first bytes and its shapes.

Whoever tries to use a page for signing in as a model shall hear of a web page, not of a number that
a library stumbled over. Nothing is loaded and nothing run.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from photo_organizer.engine.domain.reasons import system_message
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.safetensors_files import read_header

Shapes = Mapping[str, tuple[int, ...]]

_BEGINNING = 4096
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh")
_NETWORKS = {b"GGUF": "GGUF", b"\x89HDF": "HDF5 (Keras)", b"TFL3": "TensorFlow Lite"}
_ONNX = re.compile(rb"\x08[\x01-\x14]\x12")
"""The version of the format, then who wrote it."""
_PAGES = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<script")
_PARTS = ("visual.", "text.", "token_embedding.", "transformer.", "image_encoder.")


def demand_checkpoint(file: Path) -> None:
    """Make sure that a file may be a checkpoint: it is what it should be as far as bytes tell.

    Raises:
        ModelError: it is something else, or not there whole.
    """
    if file.is_dir():
        raise ModelError("models.folder", file=str(file))
    try:
        with file.open("rb") as stream:
            beginning = stream.read(_BEGINNING)
        _look(file, beginning)
    except OSError as error:
        raise ModelError("models.file", file=str(file), message=system_message(error)) from error


def is_safetensors(file: Path) -> bool:
    """Whether a file is safetensors by its bytes, whatever its name says."""
    return read_header(file) is not None


def demand_clip(file: Path, shapes: Shapes, architecture: str) -> None:
    """Make sure that the tensors of a checkpoint are those of a CLIP model, and of which.

    To be asked after open_clip found that they do not fit.

    Raises:
        ModelError: they are of something else, or of other architectures, which are named.
    """
    plain = {_plain(name): shape for name, shape in shapes.items()}
    if not any(name.startswith(part) for name in plain for part in _PARTS):
        raise ModelError("models.no_clip", file=str(file))
    others = [name for name in architectures_like(plain) if name != architecture]
    if others:
        raise ModelError(
            "models.fits_other",
            file=str(file),
            architecture=architecture,
            others=", ".join(others[:4]),
        )


def architectures_like(shapes: Shapes) -> list[str]:
    """The architectures of open_clip that have tensors of these shapes, as far as can be told.

    Those with short names first: they are the plain ones, of which the others are kinds.
    """
    import open_clip

    found = _measures(shapes)
    if len(found) < 4:
        return []
    names: list[str] = [
        name
        for name in open_clip.list_models()
        if _expected(open_clip.get_model_config(name)).items() >= found.items()
    ]
    return sorted(names, key=len)


def _look(file: Path, beginning: bytes) -> None:
    said = _other_kind(beginning)
    if said is not None:
        raise ModelError(said, file=str(file))
    if beginning.startswith(b"PK\x03\x04"):
        _look_into_zip(file)
        return
    for start, kind in _NETWORKS.items():
        if start in (beginning[: len(start)], beginning[4 : 4 + len(start)]):
            raise ModelError("models.other_network", file=str(file), kind=kind)
    if file.suffix == ".onnx" or _ONNX.match(beginning):
        raise ModelError("models.other_network", file=str(file), kind="ONNX")
    header = read_header(file)
    size = file.stat().st_size
    if header is not None and size < header.bytes:
        raise ModelError(
            "models.cut_off", file=str(file), size=_size(size), expected=_size(header.bytes)
        )
    if header is None and _is_text(beginning):
        raise ModelError("models.text_file", file=str(file))
    if header is None and file.suffix == ".safetensors":
        raise ModelError("models.no_safetensors", file=str(file))


def _other_kind(beginning: bytes) -> str | None:
    """The code of the sentence about a file that is no network at all."""
    start = beginning.lstrip().lower()
    if not beginning:
        return "models.empty"
    if start.startswith(_PAGES):
        return "models.web_page"
    if start.startswith(b"version https://git-lfs"):
        return "models.pointer"
    if beginning.startswith(_PICTURES) or beginning[8:12] == b"WEBP" or beginning[4:8] == b"ftyp":
        return "models.picture"
    if beginning.startswith(_ARCHIVES) or beginning[257:262] == b"ustar":
        return "models.archive"
    return None


def _look_into_zip(file: Path) -> None:
    """A torch file is a zip with a pickle in it."""
    if not zipfile.is_zipfile(file):
        raise ModelError("models.cut", file=str(file))
    try:
        with zipfile.ZipFile(file) as archive:
            inside = archive.namelist()
    except zipfile.BadZipFile as error:
        raise ModelError("models.cut", file=str(file)) from error
    if not any(name.endswith((".pkl", "version")) for name in inside):
        raise ModelError("models.archive", file=str(file))


def _is_text(beginning: bytes) -> bool:
    try:
        # A letter of several bytes may be cut at the end.
        text = codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter.isspace() for letter in text)


def _measures(shapes: Shapes) -> dict[str, int]:
    """What tells architectures apart, of tensors: widths, layers, the side of a patch."""
    found: dict[str, int] = {}
    for patch in ("visual.conv1.weight", "visual.trunk.patch_embed.proj.weight"):
        if len(shapes.get(patch, ())) == 4:
            found["width"], _, found["patch"], _ = shapes[patch]
    for prefix in ("visual.transformer.resblocks.", "visual.trunk.blocks."):
        if layers := _count(shapes, prefix):
            found["layers"] = layers
    places = shapes.get("visual.positional_embedding") or shapes.get("visual.trunk.pos_embed")
    if places and "patch" in found:
        side = int((places[-2]) ** 0.5)  # the square root of one more is no whole number
        found["side"] = side * found["patch"]
    for prefix in ("", "text."):
        words = shapes.get(f"{prefix}token_embedding.weight")
        if words:
            found["words"], found["text_width"] = words
            found["text_layers"] = _count(shapes, f"{prefix}transformer.resblocks.")
    return found


def _expected(config: Mapping[str, Any]) -> dict[str, int]:
    vision, text = config["vision_cfg"], config["text_cfg"]
    side = vision.get("image_size", 224)
    expected = {
        "width": vision.get("width", 768),
        "patch": vision.get("patch_size", 16),
        "layers": vision.get("layers", 12),
        "side": side,
        "words": text.get("vocab_size", 49408),
        "text_width": text.get("width", 512),
        "text_layers": text.get("layers", 12),
    }
    if "hf_model_name" in text:  # its words and widths stand in a file of its own
        expected |= {"words": 0, "text_width": 0, "text_layers": 0}
    if timm := vision.get("timm_model_name"):
        expected |= _of_timm(timm)
    if isinstance(side, int):
        expected["side"] = side // expected["patch"] * expected["patch"] if expected["patch"] else 0
    return expected


def _of_timm(name: str) -> dict[str, int]:
    """Width, layers and patch of timm's vision transformers, which have them in their names."""
    sizes = {"tiny": (192, 12), "small": (384, 12), "base": (768, 12), "large": (1024, 24)}
    sizes |= {"so400m": (1152, 27), "giantopt": (1536, 40)}
    words = name.split("_")
    for word in words:
        if word in sizes:
            width, layers = sizes[word]
            patches = [each[5:] for each in words if each.startswith("patch")]
            return {"width": width, "layers": layers, "patch": int(patches[0]) if patches else 0}
    return {"width": 0, "layers": 0, "patch": 0}


def _count(shapes: Shapes, prefix: str) -> int:
    numbers = {name[len(prefix) :].partition(".")[0] for name in shapes if name.startswith(prefix)}
    return len(numbers)


def _plain(name: str) -> str:
    return name.removeprefix("module.")


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
