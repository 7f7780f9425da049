"""What the program needs to work with other computers; an extra, since most people have one."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from photo_organizer.engine.domain.reasons import Reason, SpokenError


def how_to_get() -> Reason | None:
    """How to get what is missing; None where nothing is. Loads nothing."""
    if find_spec("distributed") is not None and find_spec("cryptography") is not None:
        return None
    return Reason("cluster.no_bundle" if getattr(sys, "frozen", False) else "cluster.install")


def demand() -> None:
    """Make sure that it is there.

    Raises:
        SpokenError: it is not.
    """
    if (how := how_to_get()) is not None:
        raise SpokenError("cluster.missing", why=how)
