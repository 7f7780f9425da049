"""The choice of device and number format."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from photo_organizer.engine.encoders import devices
from photo_organizer.engine.encoders.devices import (
    available_devices,
    choose_device,
    choose_dtype,
    computing_on,
    embed_threads,
    has_torch,
    may_have_gpu,
)
from photo_organizer.engine.encoders.errors import ModelError


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine with a driver for a GPU, but nothing but an old CPU."""
    import torch

    monkeypatch.setattr(devices, "may_have_gpu", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True})
    return monkeypatch


def test_auto_prefers_cuda_then_mps_then_cpu(machine: pytest.MonkeyPatch) -> None:
    assert choose_device() == "cpu"
    machine.setattr("torch.backends.mps.is_available", lambda: True)
    assert choose_device() == "mps"
    machine.setattr("torch.cuda.is_available", lambda: True)
    assert choose_device() == "cuda"
    assert choose_device("cpu") == "cpu"


def test_only_what_is_there_is_offered(machine: pytest.MonkeyPatch) -> None:
    assert available_devices() == ("cpu",)
    machine.setattr("torch.cuda.is_available", lambda: True)
    assert available_devices() == ("cuda", "cpu")


def test_without_torch_there_is_only_the_cpu(machine: pytest.MonkeyPatch) -> None:
    machine.setattr("torch.cuda.is_available", lambda: True)
    machine.setattr(devices, "has_torch", lambda: False)
    assert available_devices() == ("cpu",)
    assert choose_device() == "cpu"


@pytest.mark.skipif(may_have_gpu(), reason="there may be a GPU")
def test_where_no_gpu_can_be_no_torch_is_loaded() -> None:
    code = (
        "import sys; from photo_organizer.engine.encoders.devices import *; "
        "assert has_torch(); "
        "assert choose_device() == 'cpu'; assert available_devices() == ('cpu',); "
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert has_torch()


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_device_that_is_not_there_is_an_error(machine: pytest.MonkeyPatch, device: str) -> None:
    with pytest.raises(ModelError, match=f"no {device} device.*use cpu or auto"):
        choose_device(device)


def test_a_device_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ModelError, match=r"unknown device 'gpu'.*cuda"):
        choose_device("gpu")


@pytest.mark.parametrize(
    ("capability", "expected"),
    [("avx512_bf16", "bfloat16"), ("amx_bf16", "bfloat16"), ("avx512_f", "float32")],
)
def test_bfloat16_only_where_the_cpu_has_instructions_for_it(
    machine: pytest.MonkeyPatch, capability: str, expected: str
) -> None:
    machine.setattr("torch.cpu.get_capabilities", lambda: {capability: True})
    assert choose_dtype("cpu") == expected


def test_gpus_have_one_format_each(machine: pytest.MonkeyPatch) -> None:
    assert choose_dtype("cuda") == "float16"
    assert choose_dtype("mps") == "float32"


def test_a_gpu_is_fed_by_few_threads_and_apples_by_one_alone() -> None:
    assert embed_threads("cpu") == (os.cpu_count() or 1)
    assert embed_threads("cuda") == 2
    assert embed_threads("mps") == 1


@pytest.mark.parametrize(("device", "at_once"), [("mps", False), ("cuda", True), ("cpu", True)])
def test_on_apples_gpu_one_network_runs_at_a_time(device: str, at_once: bool) -> None:
    def run() -> None:
        with computing_on(device):
            came.set()

    came = threading.Event()
    other = threading.Thread(target=run)
    with computing_on(device):
        other.start()
        assert came.wait(30 if at_once else 0.1) == at_once
    other.join(30)
    assert came.is_set()
