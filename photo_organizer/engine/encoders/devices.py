"""Chooses where a network runs and in which number format."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
import threading
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from photo_organizer.engine.encoders.errors import ModelError

DEVICES = ("cuda", "mps", "cpu")
"""In order of preference."""

_FAST_BFLOAT16 = ("avx512_bf16", "amx_bf16", "amx_tile")

_apple_gpu = threading.RLock()


@cache
def has_torch() -> bool:
    """Whether torch is installed, without loading it: the light program comes without.

    Whatever needs torch (CLIP, training, a GPU) asks here, and nowhere else.
    """
    return find_spec("torch") is not None


def may_have_gpu() -> bool:
    """Whether there may be a GPU that torch can use; False is certain, and no torch was loaded.

    By the driver alone, without which torch finds none: NVIDIA's is a library, AMD's a device.
    """
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    if Path("/dev/kfd").exists():
        return True
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True


def choose_device(wanted: str = "auto") -> str:
    """The device to run on: "cuda", "mps" or "cpu".

    Args:
        wanted: one of those, or "auto" for the fastest one there is.

    Raises:
        ModelError: there is no such device on this machine.
    """
    if wanted == "cpu":
        return wanted
    if wanted not in ("auto", *DEVICES):
        raise ModelError("models.device_unknown", device=repr(wanted), others=", ".join(DEVICES))

    there = available_devices()
    if wanted == "auto":
        return there[0]
    if wanted not in there:
        raise ModelError("models.device", device=wanted, others=", ".join(there))
    return wanted


def available_devices() -> tuple[str, ...]:
    """The devices of this machine, the preferred one first.

    Loads torch, which takes seconds, where there may be another one than the CPU.
    """
    if not (has_torch() and may_have_gpu()):
        return ("cpu",)
    load_torch_libraries()
    import torch

    there = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    return tuple(device for device in DEVICES if there[device])


def choose_dtype(device: str) -> str:
    """The fastest format of the weights that keeps embeddings the same to three digits.

    Whole weights in bfloat16, not autocast: on CPUs that have the instructions the weights are
    about twice as fast as float32, while autocast is slower. CLIP was published in float16.

    Returns:
        "float32", "bfloat16" or "float16", the names of torch's dtypes.
    """
    if device == "cuda":
        return "float16"
    if device == "cpu":
        import torch

        capabilities = torch.cpu.get_capabilities()
        if any(capabilities.get(name) for name in _FAST_BFLOAT16):
            return "bfloat16"
    return "float32"


def embed_threads(device: str) -> int:
    """How many threads embed photos fastest, as `ImageEncoder.embed_threads` says.

    - "cpu": as many as cores, each computing on one: that shares the cores with decoding better
      than one batch spread over all of them.
    - "cuda": two, of which one copies while the other computes.
    - "mps": one. Torch ends the process where two threads use Apple's GPU at once:
      https://github.com/pytorch/pytorch/issues/197805.
    """
    return {"cpu": os.cpu_count() or 1, "cuda": 2}.get(device, 1)


def compute_on_one_core() -> None:
    """Let torch compute on one core where the calling thread asks it."""
    import torch

    torch.set_num_threads(1)


def computing_on(device: str) -> AbstractContextManager[object]:
    """Hold this while a network runs: on Apple's GPU one thread waits for the other.

    Texts are encoded while photos are embedded; see `embed_threads`.
    """
    return _apple_gpu if device == "mps" else nullcontext()


def load_torch_libraries() -> None:
    """Load torch's native libraries while other threads go on.

    Python holds its lock for as long as the system loads an extension module: a gigabyte in the
    case of torch, during which a window would not answer. A call through ctypes lets the lock go,
    and what is loaded already costs ``import torch`` nothing. Torch itself does so on Windows.
    Never fails: what cannot be loaded here is told by ``import torch``.
    """
    if "torch" in sys.modules or sys.platform == "win32":
        return
    spec = find_spec("torch")
    if spec is None or spec.origin is None:
        return
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes, dlopen.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    suffix = "dylib" if sys.platform == "darwin" else "so"
    # In torch's own order: the first brings what the second needs from other packages.
    for name, mode in (("libtorch_global_deps", os.RTLD_GLOBAL), ("libtorch", os.RTLD_LOCAL)):
        library = Path(spec.origin).parent / "lib" / f"{name}.{suffix}"
        dlopen(os.fsencode(library), os.RTLD_NOW | mode)
