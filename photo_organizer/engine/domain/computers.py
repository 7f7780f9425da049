"""Computers that look at the photos of one library together, as people are told of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from photo_organizer.engine.domain.reasons import Reason


class ComputerState(StrEnum):
    """What another computer does."""

    READY = "ready"
    """It could work, and has nothing to do."""
    WORKING = "working"
    UNFIT = "unfit"
    """It cannot work for this run: `Computer.why` says what to change."""
    GONE = "gone"
    """It worked, and cannot be reached any more. What it had in hand is done by others."""


@dataclass(frozen=True, slots=True)
class Computer:
    """One worker; a computer may run several."""

    name: str
    """As the network calls it."""
    address: str
    """Of the worker, for telling apart two with one name."""
    state: ComputerState
    photos: int = 0
    """Photos that it looked at in this run."""
    rate: float = 0.0
    """Photos a second over the last time; 0.0 while unknown."""
    device: str = ""
    """Where its model computes, "cuda", "mps" or "cpu"; empty while unknown."""
    why: Reason | None = None
    """Why it is `UNFIT`."""


@dataclass(frozen=True, slots=True)
class ClusterChoice:
    """Which computers look at photos together, as somebody chose."""

    address: str
    """Of the coordinator: "tls://nas:8786"."""
    certificate: Path | None = None
    """The file that `cluster serve` made; None: where this program keeps its own."""
    root: Path | None = None
    """The folder of this computer that is the library of all; None: the folder that is analysed."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """All of them."""

    address: str
    """Of the coordinator: "tls://nas:8786"."""
    computers: tuple[Computer, ...] = ()
    trouble: Reason | None = None
    """Why no other computer works at present: the coordinator is not reached, nobody is there…"""
    at_home: int = 0
    """Photos that this computer looked at itself, since no other one could."""
