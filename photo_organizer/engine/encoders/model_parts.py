"""One of the two parts of a CLIP model, without the memory that the other one takes.

The text part of a model that reads many languages is three times its picture part, and it is idle
while photos are embedded. A model is made by open_clip's own classes with a tiny stand-in for the
part that is not wanted, and only the tensors of the other one are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

PICTURES_PREFIX = "visual."
_SCALARS = ("logit_scale", "logit_bias")

_TINY_TEXT = {"context_length": 8, "vocab_size": 8, "width": 8, "heads": 1, "layers": 1}
_TINY_PICTURES = {"image_size": 8, "patch_size": 8, "width": 64, "layers": 1}


class Part(StrEnum):
    """What of a model is loaded."""

    WHOLE = "whole"
    PICTURES = "pictures"
    TEXTS = "texts"


def load_part(
    weights: Path, config: Mapping[str, Any], part: Part, *, device: str, dtype: str, precision: str
) -> Any:
    """A model of which one part works.

    Args:
        weights: safetensors.
        config: open_clip's of the whole model, with nothing to be fetched.
        part: which one.
        device: a torch device.
        dtype: of the weights.
        precision: open_clip's word for it.

    Returns:
        The model; None where this one has to be loaded whole, because it is put together or
        written in another way.
    """
    import torch
    from open_clip.model import CLIP, CustomTextCLIP, get_cast_dtype, resize_pos_embed

    custom = bool(config.get("custom_text")) or "hf_model_name" in config["text_cfg"]
    if "multimodal_cfg" in config:
        return None
    wanted = {key: value for key, value in config.items() if key != "custom_text"}
    if part is Part.PICTURES:
        wanted["text_cfg"] = _TINY_TEXT
    else:
        wanted["vision_cfg"] = _TINY_PICTURES
    state = _read(weights, part)
    made = CustomTextCLIP if custom else CLIP
    model = made(**wanted, cast_dtype=get_cast_dtype(precision))
    model.to(device=device, dtype=getattr(torch, dtype))
    if part is Part.PICTURES:
        resize_pos_embed(state, model)
    needed = {
        key
        for key in model.state_dict()
        if key.startswith(PICTURES_PREFIX) == (part is Part.PICTURES) and key not in _SCALARS
    }
    if not needed <= state.keys():
        return None
    try:
        model.load_state_dict({key: state[key] for key in needed}, strict=False)
    except RuntimeError:
        return None  # of other shapes, which open_clip may know to change
    return model.eval()


def _read(weights: Path, part: Part) -> dict[str, Any]:
    from safetensors import safe_open

    with safe_open(weights, framework="pt") as stored:
        return {
            key: stored.get_tensor(key)
            for key in stored.keys()  # noqa: SIM118 - it is no mapping
            if key.startswith(PICTURES_PREFIX) == (part is Part.PICTURES)
        }
