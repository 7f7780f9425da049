"""What can go wrong with models."""

from __future__ import annotations


class ModelError(Exception):
    """A model cannot be fetched, installed or used; the message is written for people."""
