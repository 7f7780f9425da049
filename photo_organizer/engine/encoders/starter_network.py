"""The network of the starter, EfficientNet-Lite2, run by ONNX Runtime on a CPU and torch on a GPU.

Both read the weights that ``tools/export_starter.py`` took from their package: see ``resources/
starter/NOTICE``. On a CPU ONNX Runtime needs half of torch's time, and is loaded in a tenth of a
second instead of several. OpenCV, which is here anyway, needs 1.7 times as long as ONNX Runtime.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets, onnx
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.feeding import computing, there
from photo_organizer.engine.encoders.starter_layers import Convolution, blocks

if TYPE_CHECKING:
    from torch import nn

GRAPH, WEIGHTS = "network.onnx", "weights.safetensors"
"""In ``resources/starter``: the layers for ONNX Runtime, and the numbers in them."""


class Network(Protocol):
    """The network up to its pooled features, ready to run; from several threads at once."""

    def features(self, batch: NDArray[np.uint8]) -> Vectors:
        """(B, S, S, 3) uint8 prepared photos to (B, D) float32 features."""


def load(device: str, dtype: str) -> Network:
    """The network on a device: ONNX Runtime's on "cpu", else torch's in that format."""
    with as_file(assets.resource("starter")) as folder:
        if device == "cpu":
            return _OnCpu(folder / GRAPH)
        return WithTorch(folder / WEIGHTS, device, dtype)


@cache
def last_layer() -> tuple[Vectors, Vectors]:
    """Weights (1000, D) and biases (1000,) that turn features into what speaks for each class."""
    from safetensors import safe_open

    with (
        as_file(assets.resource("starter", WEIGHTS)) as file,
        safe_open(file, framework="numpy") as stored,
    ):
        return stored.get_tensor("classes.weight"), stored.get_tensor("classes.bias")


class _OnCpu:
    """Each call computes on the core that makes it: see `devices.embed_threads`."""

    def __init__(self, graph: Path) -> None:
        self._session = onnx.session(graph, log_severity=3)

    def features(self, batch: NDArray[np.uint8]) -> Vectors:
        """See `Network`."""
        found: Vectors = self._session.run(None, {"photos": np.ascontiguousarray(batch)})[0]
        return found


class WithTorch:
    """On a GPU; on a CPU it computes the same, only slower."""

    def __init__(self, weights: Path, device: str, dtype: str) -> None:
        import torch
        from safetensors.numpy import load_file

        self._device, self._dtype = device, getattr(torch, dtype)
        network = in_torch(load_file(weights)).to(device, self._dtype)
        self._network = network.to(memory_format=torch.channels_last)

    def features(self, batch: NDArray[np.uint8]) -> Vectors:
        """See `Network`."""
        with computing(self._device):
            pixels = there(batch, self._device)
            # Moving the colours to the front is a view: torch calls it channels-last. Whole numbers
            # up to 256 are exact in every format; (x - 127) / 128 is what it was trained with.
            network_input = pixels.permute(0, 3, 1, 2).to(self._dtype)
            maps = self._network((network_input - 127) / 128)
            found: Vectors = maps.float().mean((2, 3)).cpu().numpy()
        return found


def in_torch(weights: dict[str, NDArray[Any]]) -> nn.Module:
    """The network in torch, up to the last maps of features."""
    from torch import nn

    class Residual(nn.Sequential):
        """Layers whose output is added to their input."""

        def forward(self, maps: Any) -> Any:
            return maps + super().forward(maps)  # type: ignore[no-untyped-call]

    parts = []
    for block in blocks():
        layers: list[nn.Module] = []
        for layer in block.layers:
            layers.append(_convolution(layer, weights))
            if layer.activated:
                layers.append(nn.ReLU6(inplace=True))
        parts.append(Residual(*layers) if block.adds_input else nn.Sequential(*layers))
    return nn.Sequential(*parts).eval().requires_grad_(False)


def _convolution(layer: Convolution, weights: dict[str, NDArray[Any]]) -> nn.Conv2d:
    """A convolution with its padding inside.

    Torch pads all sides alike: where less is padded before than after, a row and a column of zeros
    make the kernel even. A layer of its own that pads would copy all maps.
    """
    import torch
    from torch import nn

    less = layer.after - layer.before
    kernel = weights[f"{layer.name}.weight"].astype(np.float32)
    kernel = np.pad(kernel, ((0, 0), (0, 0), (less, 0), (less, 0)))
    made = nn.Conv2d(
        layer.inputs,
        layer.outputs,
        kernel.shape[-1],
        layer.stride,
        layer.after,
        groups=layer.groups,
    )
    made.weight = nn.Parameter(torch.from_numpy(kernel))
    made.bias = nn.Parameter(torch.from_numpy(weights[f"{layer.name}.bias"]))
    return made
