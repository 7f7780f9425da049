"""The layers of EfficientNet-Lite2, as a table: what runs the network builds it from here.

Batch norms are folded into the convolutions before them, as the shipped weights are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

STEM = 32
HEAD = 1280

_STAGES = (
    # expansion, size, stride, outputs, repeats
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 3),
    (6, 5, 2, 48, 3),
    (6, 3, 2, 88, 4),
    (6, 5, 1, 120, 4),
    (6, 5, 2, 208, 5),
    (6, 3, 1, 352, 1),
)
"""Tan and Le, ICML 2019, table 1; 1.1 times as wide and 1.2 times as deep, but for both ends."""

_UNEVEN = ("stem", "1.depthwise")
"""Padded on the right and below alone: in training, at 260 pixels, their maps had even sides."""


@dataclass(frozen=True, slots=True)
class Convolution:
    """A convolution with a bias over square maps."""

    name: str
    """Of its weights in the file: `name`.weight and `name`.bias."""
    inputs: int
    outputs: int
    size: int = 1
    stride: int = 1
    depthwise: bool = False
    """Each map has a kernel of its own; else each output sees all inputs."""
    activated: bool = True
    """Followed by ReLU6."""

    @property
    def before(self) -> int:
        """Zeros on the left and above."""
        return 0 if self.name in _UNEVEN else self.size // 2

    @property
    def after(self) -> int:
        """Zeros on the right and below."""
        return self.size // 2

    @property
    def groups(self) -> int:
        """In how many parts the maps are seen apart."""
        return self.inputs if self.depthwise else 1

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Of the weights."""
        return self.outputs, self.inputs // self.groups, self.size, self.size


@dataclass(frozen=True, slots=True)
class Block:
    """Convolutions one after the other."""

    layers: tuple[Convolution, ...]
    adds_input: bool = False
    """What comes out is added to what went in."""


def blocks() -> Iterator[Block]:
    """From the photo, three maps, to the last maps of features, `HEAD` of them."""
    yield Block((Convolution("stem", 3, STEM, 3, 2),))
    maps, number = STEM, 0
    for expansion, size, first_stride, outputs, repeats in _STAGES:
        for repeat in range(repeats):
            stride = first_stride if repeat == 0 else 1
            wide = maps * expansion
            layers = (
                Convolution(f"{number}.expand", maps, wide),
                Convolution(f"{number}.depthwise", wide, wide, size, stride, depthwise=True),
                Convolution(f"{number}.project", wide, outputs, activated=False),
            )
            yield Block(layers[expansion == 1 :], stride == 1 and maps == outputs)
            maps, number = outputs, number + 1
    yield Block((Convolution("head", maps, HEAD),))
