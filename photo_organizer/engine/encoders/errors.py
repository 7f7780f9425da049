"""What can go wrong with models."""

from __future__ import annotations

from photo_organizer.engine.domain.reasons import SpokenError


class ModelError(SpokenError):
    """A model cannot be fetched, installed or used."""


class UnprovedError(ModelError):
    """A model has not proved itself yet to this version of the program."""


class RefusedError(ModelError):
    """A model did not pass the check: it is not used. The sentence says why, in numbers."""


class ServiceError(ModelError):
    """A service on another computer does not do what is needed: the run ends, nothing is lost."""


class PhotoRefusedError(SpokenError):
    """A model does not take one photo; others it may take."""
