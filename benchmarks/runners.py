"""What runs the starter's network on a CPU: ONNX Runtime, torch and OpenCV, beside one another.

    python -m benchmarks.runners [--batch 4]

Prints, for each in a process of its own, milliseconds of processor time to load it, then for each
photo on one core, and the most memory that the process held.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.encoders.starter_network import GRAPH, WEIGHTS, WithTorch, load

STARTER = Path(__file__).parents[1] / "resources" / "starter"
PHOTOS, SIZE = 64, 224

Run = Callable[[NDArray[np.uint8]], object]


def onnx_runtime() -> Run:
    return load("cpu", "float32").features


def with_torch() -> Run:
    import torch

    torch.set_num_threads(1)
    return WithTorch(STARTER / WEIGHTS, "cpu", "float32").features


def with_opencv() -> Run:
    import cv2

    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.onnx"
        _without_bytes(file)
        network = cv2.dnn.readNetFromONNX(str(file), engine=cv2.dnn.ENGINE_NEW)

    def run(batch: NDArray[np.uint8]) -> object:
        scaled = (batch.astype(np.float32) - 127) / 128
        network.setInput(np.ascontiguousarray(scaled.transpose(0, 3, 1, 2)), "scaled")
        return network.forward()

    return run


def _without_bytes(file: Path) -> None:
    """Write the network for OpenCV, which takes numbers in front of the first layer."""
    import onnx

    model = onnx.load(str(STARTER / GRAPH))
    graph = model.graph
    first = next(i for i, node in enumerate(graph.node) if "scaled" in node.output)
    for node in list(graph.node[: first + 1]):
        if node.op_type != "Cast" or node.output[0] == "numbers":
            graph.node.remove(node)
    given = onnx.helper.make_tensor_value_info(
        "scaled", onnx.TensorProto.FLOAT, ["count", 3, SIZE, SIZE]
    )
    graph.input[0].CopyFrom(given)
    onnx.save(model, str(file))


RUNNERS: dict[str, Callable[[], Run]] = {
    "onnxruntime": onnx_runtime,
    "torch": with_torch,
    "opencv": with_opencv,
}


def measure(name: str, batch: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (batch, SIZE, SIZE, 3), np.uint8)
    started = time.process_time()
    run = RUNNERS[name]()
    run(pixels)
    loaded = time.process_time()
    for _ in range(PHOTOS // batch):
        run(pixels)
    each = (time.process_time() - loaded) / (PHOTOS // batch * batch)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:12} load {(loaded - started) * 1000:6.0f} ms  photo {each * 1000:5.1f} ms"
        f"  {held:4} MiB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--alone", choices=RUNNERS, help=argparse.SUPPRESS)
    call = parser.parse_args()
    if call.alone:
        measure(call.alone, call.batch)
        return
    for name in RUNNERS:
        command = [sys.executable, "-m", "benchmarks.runners", "--alone", name]
        subprocess.run([*command, "--batch", str(call.batch)], check=True)


if __name__ == "__main__":
    main()
