"""Computers that look at the photos of one library together, as people are told of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from photo_organizer.engine.domain.reasons import Reason, SpokenError

PORT: Final = 8786
"""Where a coordinator listens unless somebody chose another one; dask's own."""


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


def checked_address(text: str, *, plain: bool = False) -> str:
    """The address of a coordinator, as it is kept: "tls://nas:8786".

    Args:
        text: as somebody wrote it; "nas" alone means ``tls://nas:8786``.
        plain: whether it may go unguarded over a network, too.

    Raises:
        SpokenError: it is no address, or a plain one of another computer.
    """
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"tls://{text}")
        host, port = parts.hostname or "", parts.port or PORT
    except ValueError as error:  # a port that is no number, a bracket too few
        raise SpokenError("cluster.no_address", address=text) from error
    more = parts.username or parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in ("tls", "tcp") or not host or more or not _is_host(host):
        raise SpokenError("cluster.no_address", address=text)
    if parts.scheme == "tcp" and not plain and not is_loopback(host):
        raise SpokenError("cluster.plain", address=text)
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def is_loopback(host: str) -> bool:
    """Whether what goes to this host stays on this computer."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name
        return False


def _is_host(host: str) -> bool:
    return all(character.isalnum() or character in "-._:%" for character in host)
