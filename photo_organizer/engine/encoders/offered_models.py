"""The models that the program offers (``resources/models.toml``), and how models are named.

A model may be named in full ("ViT-B-32/openai") or, if it is on the list, by its architecture alone
("ViT-B-32"). Any other model of open_clip is named in full.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from photo_organizer.engine import assets
from photo_organizer.engine.encoders.errors import ModelError

STARTER = "starter"

_FULL_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


class ModelKind(StrEnum):
    """What a model is; the names are those of ``resources/models.toml``."""

    STARTER = "starter"
    """The encoder that is part of the program."""
    CLIP = "clip"
    """An encoder of open_clip."""
    AESTHETIC = "aesthetic"
    """A linear head that scores the photos of an encoder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedModel:
    """One entry of ``resources/models.toml``, which explains the fields."""

    name: str
    kind: ModelKind
    title: Mapping[str, str]
    """By language; English always."""
    bytes: int
    licence: str
    description: Mapping[str, str]
    """By language; English always."""
    recommended: bool = False
    for_gpu: bool = False
    earlier: bool = False
    """Earlier versions offered it: it is used where it is installed, and no longer offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedHead(OfferedModel):
    """An aesthetic head: of which encoder, and where it is published."""

    encoder: str
    dimension: int
    url: str
    sha256: str
    low: float
    high: float


def offered() -> dict[str, OfferedModel]:
    """The models on offer, and those that were, by their full names, in order of preference."""
    entries: list[dict[str, Any]] = assets.toml("models.toml")["model"]
    return {entry["name"]: _model(entry) for entry in entries}


def recommended() -> OfferedModel:
    """The model to take by who wants any words."""
    return next(model for model in offered().values() if model.recommended)


def kind_of(full: str) -> ModelKind:
    """What a model is; whatever is not on offer is a CLIP model of open_clip."""
    model = offered().get(full)
    return model.kind if model else ModelKind.CLIP


def can_be_name(name: str) -> bool:
    """Whether there can be an installed model of this full name; the starter is none."""
    return name != STARTER and (name in offered() or _FULL_NAME.fullmatch(name) is not None)


def head_on_offer(full: str) -> OfferedHead:
    """The entry of a head.

    Raises:
        TypeError: the model is no head.
    """
    model = offered()[full]
    if not isinstance(model, OfferedHead):
        raise TypeError(f"{full} is a {model.kind}")
    return model


def heads_of(encoder: str) -> list[str]:
    """The names of the heads on offer for an encoder."""
    return [
        name
        for name, model in offered().items()
        if isinstance(model, OfferedHead) and model.encoder == encoder
    ]


def full_name(name: str, *, otherwise: str | None = None) -> str:
    """The name with its training; `otherwise` is the training of what is not on offer.

    Raises:
        ModelError: there can be no such model.
    """
    names = offered()
    if name in names or _FULL_NAME.fullmatch(name):
        return name
    for full in names:
        if full.partition("/")[0] == name:
            return full
    if otherwise and _FULL_NAME.fullmatch(f"{name}/{otherwise}"):
        return f"{name}/{otherwise}"
    raise ModelError("models.unknown", model=repr(name))


def _model(entry: dict[str, Any]) -> OfferedModel:
    kind = ModelKind(entry["kind"])
    described = OfferedHead if kind is ModelKind.AESTHETIC else OfferedModel
    return described(**entry | {"kind": kind})
