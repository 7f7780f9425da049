"""Brings batches of photos to where torch computes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.encoders.devices import computing_on

if TYPE_CHECKING:
    import torch

_own = threading.local()


@contextmanager
def computing(device: str) -> Iterator[None]:
    """Hold this while a loaded network runs, after it was loaded.

    On an NVIDIA GPU each thread has a stream of its own: one copies its photos there while the
    other one's are computed. Whatever is read back within this is ready when it is here.
    """
    import torch

    with computing_on(device), torch.inference_mode():
        if device != "cuda":
            yield
            return
        if not hasattr(_own, "stream"):
            torch.cuda.synchronize()  # the weights came by another stream
            _own.stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        with torch.cuda.stream(_own.stream):
            yield


def there(batch: NDArray[np.uint8], device: str) -> torch.Tensor:
    """The batch on its device; to be called within `computing`.

    To an NVIDIA GPU it goes through memory that the system leaves in place, from which it is copied
    while the thread goes on. That memory is the thread's own, and used again: before, the thread
    has read the answer to what was in it.
    """
    import torch

    pixels = torch.from_numpy(np.require(batch, requirements=["C", "W"]))
    if device != "cuda":
        return pixels.to(device)
    kept: torch.Tensor | None = getattr(_own, "pinned", None)
    if kept is None or kept.numel() < pixels.numel():
        kept = _own.pinned = torch.empty(pixels.numel(), dtype=torch.uint8, pin_memory=True)
    pinned = kept[: pixels.numel()].view(pixels.shape)
    pinned.copy_(pixels)
    return pinned.to(device, non_blocking=True)
