"""CLIP checkpoints on disk: any file that open_clip reads becomes one folder that needs no network.

The folder follows open_clip's own ``local-dir:`` layout: ``open_clip_config.json`` (architecture
and preprocessing), ``open_clip_model.safetensors``, for models with a tokenizer of their own its
files, and ``meta.json`` with what the program asks before any network is loaded.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import warnings
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from photo_organizer.engine.encoders.checkpoint_files import (
    demand_checkpoint,
    demand_clip,
    is_safetensors,
)
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.model_parts import Part, load_part
from photo_organizer.engine.encoders.safetensors_files import read_header

CONFIG = "open_clip_config.json"
WEIGHTS = "open_clip_model.safetensors"
META = "meta.json"

_PREPROCESSING = 2
"""Raise it when `ClipEncoder.prepare` or the normalisation changes what the network sees."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of an installed model without loading it."""

    name: str
    """Architecture and training, "ViT-B-32/openai"."""
    sha256: str
    """Of the checkpoint file that was installed."""
    dimension: int
    logit_scale: float
    """The inverse temperature, exponentiated: about 100."""
    logit_bias: float = 0.0
    """What sigmoid models (SigLIP) add to the scaled cosine: about -16.5. The others have none."""
    wiring: str = ""
    """How it was put together, where that is not as its architecture says; see `proving.wiring`."""


def read_meta(folder: Path) -> Meta:
    """The facts of the model in `folder`.

    Raises:
        ModelError: there is no usable model.
    """
    try:
        found = dict(json.loads((folder / META).read_text(encoding="utf-8")))
        # A later version may have written more; what it means is not known here.
        return Meta(**{key: found[key] for key in _META_FIELDS if key in found})
    except (OSError, ValueError, TypeError) as error:
        raise ModelError("models.unusable", folder=str(folder), message=str(error)) from error


_META_FIELDS = tuple(field.name for field in fields(Meta))


def read_preprocessing(folder: Path) -> dict[str, Any]:
    """open_clip's preprocessing of the model in `folder`: size, mean, std and the like.

    Raises:
        ModelError: there is no usable model.
    """
    wanted = ("size", "mean", "std", "interpolation", "resize_mode")
    try:
        found = dict(_read_config(folder)["preprocess_cfg"])
        missing = [key for key in wanted if key not in found]
        if missing:
            raise KeyError(*missing)
    except (KeyError, ValueError, TypeError) as error:
        raise ModelError("models.unusable", folder=str(folder), message=str(error)) from error
    return found


def version(folder: Path) -> str:
    """Changes whenever the model in `folder` sees photos in another way; loads no weights.

    The number format is left out: embeddings in bfloat16 and float32 are 0.9999 alike.

    Raises:
        ModelError: there is no usable model.
    """
    meta = read_meta(folder)
    other = f"-{meta.wiring}" if meta.wiring else ""
    return f"{meta.sha256[:16]}-{_PREPROCESSING}{other}"


def companions_of(folder: Path) -> list[str]:
    """The files that the text tower of the model in `folder` needs beside its weights.

    Raises:
        ModelError: there is no usable model.
    """
    try:
        needed = _companions(_read_config(folder)["model_cfg"]["text_cfg"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ModelError("models.unusable", folder=str(folder), message=str(error)) from error
    return [name for names in needed.values() for name in names]


def companions(architecture: str) -> dict[str, list[str]]:
    """The files that a text tower needs besides its weights: hub repository to file names.

    Empty for CLIP's own tokenizer, which open_clip carries.

    Raises:
        ModelError: open_clip does not know the architecture.
    """
    return _companions(_config(architecture)["text_cfg"])


def _companions(text: dict[str, Any]) -> dict[str, list[str]]:
    needed: dict[str, list[str]] = {}
    if network := text.get("hf_model_name"):
        needed.setdefault(network, []).append("config.json")
    if tokenizer := text.get("hf_tokenizer_name"):
        needed.setdefault(tokenizer, []).extend(["tokenizer.json", "tokenizer_config.json"])
    return needed


def install(file: Path, name: str, folder: Path, *, sha256: str) -> Meta:
    """Turn a checkpoint into a model folder, load it once, and only then put it in place.

    Args:
        file: safetensors, or a torch file that holds nothing but weights (``.pt``, ``.bin``).
            OpenAI's original TorchScript files are recognised by the checksum in their published
            address. Files of `companions` are expected beside it.
        name: architecture and training of open_clip, "ViT-B-32/openai"; an unknown training
            gets the architecture's own activation and CLIP's preprocessing.
        folder: where to put it; replaced as a whole.
        sha256: of `file`.

    Raises:
        ModelError: unknown architecture, unsafe or unreadable file, or weights that do not fit.
    """
    import open_clip
    from safetensors import SafetensorError

    demand_checkpoint(file)
    architecture, training = name.split("/")
    config = _config(architecture)
    published = open_clip.get_pretrained_cfg(architecture, training) or {}
    if published.get("quick_gelu"):
        config["quick_gelu"] = True
    preprocessing = {
        key: published[key]
        for key in ("mean", "std", "interpolation", "resize_mode")
        if key in published
    }

    staged = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    try:
        for source, names in companions(architecture).items():
            _copy_companions(file, staged, source, names)
        if is_safetensors(file):
            shutil.copyfile(file, staged / WEIGHTS)
        else:
            original = bool(published.get("url")) and sha256 in published["url"]
            _convert(file, staged / WEIGHTS, original=original)
        _write(staged / CONFIG, {"model_cfg": config, "preprocess_cfg": preprocessing})
        try:
            model = load(staged)
        except (RuntimeError, AssertionError, KeyError, ValueError, SafetensorError) as error:
            header = read_header(staged / WEIGHTS)
            demand_clip(file, header.shapes if header else {}, architecture)
            message = "\n".join(str(error).splitlines()[:3])
            raise ModelError(
                "models.no_fit", file=str(file), architecture=architecture, message=message
            ) from error
        meta = Meta(
            name=name,
            sha256=sha256,
            dimension=int(config["embed_dim"]),
            logit_scale=float(model.logit_scale.detach().exp()),
            logit_bias=float(model.logit_bias.detach()) if model.logit_bias is not None else 0.0,
        )
        _write(
            staged / CONFIG, {"model_cfg": config, "preprocess_cfg": model.visual.preprocess_cfg}
        )
        _write(staged / META, asdict(meta))
        replace_folder(staged, folder)
    except OSError as error:
        raise ModelError(
            "models.not_placed", file=str(file), folder=str(folder.parent), message=str(error)
        ) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return meta


def load(
    folder: Path, *, device: str = "cpu", dtype: str = "float32", part: Part = Part.WHOLE
) -> Any:
    """The open_clip model in `folder`, ready for inference. Touches no network.

    Args:
        folder: made by `install`.
        device: a torch device.
        dtype: of the weights: "float32", "float16" or "bfloat16".
        part: that is needed; the other one need not work.

    Raises:
        RuntimeError: the weights do not fit the architecture.
    """
    import open_clip

    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))["model_cfg"]
    local = {}
    if "hf_model_name" in config["text_cfg"]:
        local["text_cfg"] = config["text_cfg"] | {
            "hf_model_name": str(folder),
            "hf_model_pretrained": False,
        }
    if "timm_model_name" in config["vision_cfg"]:
        config["vision_cfg"]["timm_model_pretrained"] = False
    precision = {"float32": "fp32", "float16": "pure_fp16", "bfloat16": "pure_bf16"}[dtype]
    if part is not Part.WHOLE:
        model = load_part(
            folder / WEIGHTS,
            config | local,
            part,
            device=device,
            dtype=dtype,
            precision=precision,
        )
        if model is not None:
            return model
    model = open_clip.create_model(
        f"local-dir:{folder}",
        precision=precision,
        device=device,
        pretrained_text=False,
        require_pretrained=True,
        weights_only=True,
        **local,
    )
    return model.eval()


def replace_folder(staged: Path, folder: Path) -> None:
    """Put the finished folder `staged` in the place of `folder`, whether that exists or not."""
    old = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    staged.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _config(architecture: str) -> dict[str, Any]:
    import open_clip

    config: dict[str, Any] | None = open_clip.get_model_config(architecture)
    if config is None:
        from difflib import get_close_matches

        close = ", ".join(get_close_matches(architecture, open_clip.list_models()))
        if close:
            raise ModelError(
                "models.architecture_like", architecture=repr(architecture), others=close
            )
        raise ModelError("models.architecture", architecture=repr(architecture))
    return config


def _read_config(folder: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((folder / CONFIG).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError("models.unusable", folder=str(folder), message=str(error)) from error


def _copy_companions(file: Path, staged: Path, source: str, names: list[str]) -> None:
    missing = [name for name in names if not (file.parent / name).is_file()]
    if missing:
        raise ModelError(
            "models.tokenizer",
            files=", ".join(missing),
            source=repr(source),
            folder=str(file.parent),
            file=file.name,
        )
    for name in names:
        shutil.copyfile(file.parent / name, staged / name)


def _convert(file: Path, target: Path, *, original: bool) -> None:
    """Write the tensors of a torch file as safetensors, their dtypes unchanged.

    Args:
        file: the torch file.
        target: the safetensors file.
        original: the checksum says that it is the published file, so TorchScript is safe.
    """
    import torch
    from open_clip.factory import load_state_dict
    from safetensors.torch import save_file

    try:
        with warnings.catch_warnings():
            # torch dislikes archives in general; what matters of that is an error, not a warning.
            warnings.simplefilter("ignore")
            state = _read_torchscript(file) if original else load_state_dict(str(file))
    except pickle.UnpicklingError as error:
        raise ModelError("models.code", file=str(file)) from error
    except (RuntimeError, EOFError, OSError, ValueError) as error:
        if "TorchScript" in str(error):
            raise ModelError("models.code", file=str(file)) from error
        raise ModelError("models.no_checkpoint", file=str(file), message=str(error)) from error
    if not isinstance(state, dict) or not all(isinstance(v, torch.Tensor) for v in state.values()):
        raise ModelError("models.no_weights", file=str(file))
    save_file({key: value.detach().contiguous().clone() for key, value in state.items()}, target)


def _read_torchscript(file: Path) -> dict[str, Any]:
    """The tensors of one of OpenAI's archives, without the three integers beside them."""
    import torch

    state = torch.jit.load(file, map_location="cpu").state_dict()  # type: ignore[no-untyped-call]
    sizes = {"input_resolution", "context_length", "vocab_size"}
    return {key: value for key, value in state.items() if key not in sizes}


def _write(file: Path, content: dict[str, Any]) -> None:
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
