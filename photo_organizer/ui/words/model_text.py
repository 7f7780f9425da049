"""What is told of models: what they are, and what they proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from photo_organizer.engine import assets
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.ui.words.facts_text import size_text
from photo_organizer.ui.words.language import LANGUAGES
from photo_organizer.ui.words.names import flaw_name
from photo_organizer.ui.words.translation import translate

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.installed_models import ModelInfo
    from photo_organizer.engine.encoders.proofs import Proof


def facts_line(info: ModelInfo) -> str:
    """How large a model is, and under which licence it may be used."""
    licence = translate("models", "Licence: {}").format(info.licence) if info.licence else ""
    size = size_text(info.bytes) if info.bytes else ""
    return "  ·  ".join(part for part in (size, licence) if part)


def knows_text(proof: Proof) -> str:
    """How many of the pictures of the check a model named rightly."""
    spoken = QLocale()
    told = translate("models", "Knows {0} of {1} test pictures")
    return told.format(spoken.toString(proof.named), spoken.toString(proof.pictures))


def is_installed_text(info: ModelInfo) -> str:
    """A model has just been installed: what it is, and what it showed."""
    if info.proof is None:
        return translate("models", "{} is installed.").format(info.title)
    spoken = QLocale()
    told = translate("models", "{0} is installed: it knows {1} of {2} test pictures.")
    proof = info.proof
    return told.format(info.title, spoken.toString(proof.named), spoken.toString(proof.pictures))


def proof_text(proof: Proof) -> str:
    """What a model showed in detail, a line for each part."""
    lines = [_languages(proof), _flaws(proof)]
    if proof.score is None:
        lines.append(
            translate("models", "Its words do not tell good pictures from spoilt ones: no score.")
        )
    lines.append(translate("models", "Its thresholds are its own: they come from these pictures."))
    return "\n".join(lines)


def _languages(proof: Proof) -> str:
    names = ", ".join(LANGUAGES.get(code, code) for code in proof.languages)
    return translate("models", "It named them in: {}.").format(names)


def _flaws(proof: Proof) -> str:
    asked = [Flaw(key) for key in assets.toml("prompts.toml")["quality"]]
    told = [flaw_name(flaw) for flaw in asked if flaw.value in proof.quality]
    untold = [flaw_name(flaw) for flaw in asked if flaw.value not in proof.quality]
    if not told:
        return translate(
            "models", "It does not tell damaged copies from the others: flaws are only measured."
        )
    sees = translate("models", "It tells damaged copies from the others: {}.").format(
        ", ".join(told)
    )
    if not untold:
        return sees
    measured = translate("models", "Only measured: {}.").format(", ".join(untold))
    return f"{sees} {measured}"
