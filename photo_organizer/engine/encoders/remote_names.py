"""How a model of another computer is called: ``immich:http://nas:3003/ViT-B-32__openai``."""

from __future__ import annotations

import ipaddress
import re
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from photo_organizer.engine.encoders.errors import ModelError

PREFIX = "immich:"
"""What the names begin with; the rest is an address, or in the store the model alone."""

_MODEL = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class RemoteName:
    """A model, and the service that computes it."""

    model: str
    """As the service calls it: "ViT-B-32-SigLIP2-256__webli"."""
    host: str
    port: int
    path: str = ""
    """What stands before the service's own paths, "/ml"; empty in most cases."""
    encrypted: bool = False
    """By TLS, with the certificates that this computer trusts."""
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """For people and for the store: photos get the same vectors wherever it computes."""
        return f"{PREFIX}{self.model}"

    @property
    def place(self) -> str:
        """Host and port for people, "nas:3003"; never who may enter."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def is_remote(name: str) -> bool:
    """Whether a name means a model of another computer."""
    return name.startswith(PREFIX)


def parse(name: str) -> RemoteName:
    """Take a name as people type it apart.

    Raises:
        ModelError: it names no model at an address.
    """
    try:
        address = urlsplit(name.removeprefix(PREFIX))
        path, _, model = address.path.rpartition("/")
        port = address.port or _PORTS[address.scheme]
        host = address.hostname or ""
        # Whoever reads it as bytes in a header or a line of a request must find nothing odd.
        host.encode("ascii" if ":" in host else "idna")
    except (ValueError, KeyError) as error:
        raise _wrong() from error
    odd = re.search(r"[^!-~]", address.path)
    if not (is_remote(name) and host and _MODEL.fullmatch(model)) or odd:
        raise _wrong()
    if address.query or address.fragment:
        raise _wrong()
    return RemoteName(
        model,
        host,
        port,
        path.rstrip("/"),
        encrypted=address.scheme == "https",
        user=unquote(address.username or ""),
        password=unquote(address.password or ""),
    )


def leaves_the_network(asked: RemoteName) -> bool:
    """Whether the service may lie outside this computer and its private network.

    By the addresses that its name has; asks the name service. Where that knows none, it may.
    """
    addresses = [asked.host]
    with suppress(OSError, UnicodeError):
        found = socket.getaddrinfo(asked.host, asked.port, type=socket.SOCK_STREAM)
        addresses = [str(one[4][0]) for one in found]
    return any(_is_public(address) for address in addresses)


def _is_public(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_global
    except ValueError:
        return True


def _wrong() -> ModelError:
    # What was typed is not repeated: it may hold a password.
    return ModelError("services.name", example=f"{PREFIX}http://nas:3003/ViT-B-32__openai")
