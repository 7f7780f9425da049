"""The light program and the full one: what only the full one can, and how to get it.

Without torch everything works but CLIP and the training that needs it. Whoever is about to need it
asks here first: so it is told in a sentence, and never by an import that fails.
"""

from __future__ import annotations

import sys

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import devices
from photo_organizer.engine.encoders.errors import ModelError


def how_to_get() -> Reason | None:
    """How to get the full program; None where this is it."""
    if devices.has_torch():
        return None
    return Reason("full.download" if getattr(sys, "frozen", False) else "full.install")


def told(what: str) -> Reason | None:
    """A sentence about what the light program cannot do; None where this is the full one.

    Args:
        what: the code of the sentence: "full.adds", "full.offer"…
    """
    how = how_to_get()
    return Reason(what, why=how) if how else None


def demand(what: str) -> None:
    """Make sure that this is the full program.

    Args:
        what: the code of the sentence that says what needs it: "full.clip", "full.adam"…

    Raises:
        ModelError: it is the light one.
    """
    if (how := how_to_get()) is not None:
        raise ModelError(what, why=how)
