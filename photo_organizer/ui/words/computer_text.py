"""Other computers, in words."""

from __future__ import annotations

from photo_organizer.engine.domain.computers import Cluster, Computer, ComputerState
from photo_organizer.ui.words.translation import PLURAL, translate


def working(cluster: Cluster) -> int:
    """How many computers look into photos, or could at any moment; one may run several workers."""
    able = (ComputerState.READY, ComputerState.WORKING)
    return len({one.name for one in cluster.computers if one.state in able})


def state_name(state: ComputerState) -> str:
    """What a computer does, in a word or two."""
    match state:
        case ComputerState.READY:
            name = translate("computers", "Ready")
        case ComputerState.WORKING:
            name = translate("computers", "Looking at photos")
        case ComputerState.UNFIT:
            name = translate("computers", "Cannot take part")
        case ComputerState.GONE:
            name = translate("computers", "Not reached any more")
    return name


def device_name(device: str) -> str:
    """Where a model computes; a device that nobody named is called as it is."""
    match device:
        case "cuda":
            return translate("computers", "Graphics card (CUDA)")
        case "mps":
            return translate("computers", "Apple graphics (MPS)")
        case "cpu":
            return translate("computers", "Processor (CPU)")
    return device


def done_text(computer: Computer) -> str:
    """What a computer did in this run, and where it computes; "" where nothing is known."""
    parts = [device_name(computer.device)] if computer.device else []
    if computer.photos:
        count = computer.photos
        parts.append(translate("computers", "%Ln photos", "", PLURAL, count))
    return "  ·  ".join(parts)
