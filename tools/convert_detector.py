"""Writes the network that looks for faces in the format of ONNX Runtime.

    uv run --no-project --with tflite2onnx==0.4.1 --with "numpy<1.24" tools/convert_detector.py

It reads ``resources/faces/detector.tflite`` (see ``tools/fetch_faces.py``) and writes
``detector.onnx`` beside it: the same layers, for ONNX Runtime runs them twice as fast as OpenCV. A
test compares the answers of both.
"""

from __future__ import annotations

from pathlib import Path

FACES = Path(__file__).parents[1] / "resources" / "faces"


def main() -> None:
    import tflite2onnx  # type: ignore[import-not-found]

    tflite2onnx.convert(str(FACES / "detector.tflite"), str(FACES / "detector.onnx"))
    print(FACES / "detector.onnx")


if __name__ == "__main__":
    main()
