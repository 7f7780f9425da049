"""Ends what the engine says as a clause like a sentence."""

from __future__ import annotations


def sentence(clause: str) -> str:
    """The clause with a full stop, unless it ends as a sentence already: "Is it plugged in?"."""
    return clause if clause.endswith((".", "?", "!", "…", ":")) else f"{clause}."
