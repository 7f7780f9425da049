"""Networks in the hands of ONNX Runtime."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def session(graph: Path, *, log_severity: int) -> InferenceSession:
    """A network, ready to run on a CPU: each call computes on the core that makes it.

    Args:
        graph: the file.
        log_severity: what ONNX Runtime tells of, from 0 for everything to 4 for fatal errors alone.
    """
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # where it was built with any: on Windows
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = log_severity
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
