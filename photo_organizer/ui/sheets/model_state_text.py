"""Where a model stands, in words."""

from __future__ import annotations

from photo_organizer.ui.session.known_model import KnownModel, ModelState
from photo_organizer.ui.words import language
from photo_organizer.ui.words.punctuation import sentence
from photo_organizer.ui.words.translation import translate


def state_text(model: KnownModel) -> str:
    """How far a model is, or what is wrong with it; "" where nothing is to be told."""
    spoken = language.spoken()
    why = sentence(model.failure.text(spoken)) if model.failure else ""
    damaged = model.info.damaged
    said = {
        ModelState.WAITING: translate("models", "Waits until the one before it is there."),
        ModelState.ARRIVING: model.figures or translate("models", "Connecting…"),
        ModelState.PAUSED: translate("models", "Paused; what has arrived is kept."),
        ModelState.CHECKING: translate("models", "Checking what it knows…"),
        ModelState.FAILED: translate("models", "It did not arrive: {}").format(why),
    }
    if model.state is ModelState.REFUSED and not model.info.installed:
        return translate("models", "It was not installed. {}").format(why)
    if model.state is ModelState.DAMAGED and damaged is not None and not why:
        return translate("models", "Damaged: {}").format(sentence(damaged.text(spoken)))
    return said.get(model.state, why)


def is_wrong(model: KnownModel) -> bool:
    """Whether something went wrong that people should see."""
    return model.failure is not None or model.state is ModelState.DAMAGED
