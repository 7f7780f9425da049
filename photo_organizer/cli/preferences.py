"""What the person chose in the window, as a command follows it: its own flags come first."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli.command import WrongCallError

if TYPE_CHECKING:
    from photo_organizer.engine.domain.preferences import Preferences


def preferences(
    *,
    model: str | None = None,
    device: str | None = None,
    takes_taste: bool = True,
    protect: Sequence[Path] = (),
    prefer: Sequence[str] = (),
    needs_all: bool = False,
) -> Preferences:
    """The preferences of the file, with what a call says instead.

    What cannot be read is said on standard error, and is as usual. The file stays as it is.

    Args:
        model: the model that was asked for, if one was.
        device: likewise.
        takes_taste: whether what was learned from the user's stars may rank the photos.
        protect: further folders that nothing goes from; absolute.
        prefer: criteria that come before the chosen ones.
        needs_all: the command must not go by half of what was chosen.

    Raises:
        WrongCallError: not all preferences can be read, and all are needed.
    """
    from photo_organizer.engine.storage import preferences_file

    loaded = preferences_file.load()
    if loaded.problem is not None:
        if needs_all:
            raise WrongCallError(
                f"{loaded.problem} Nothing was done. Repair the file, or open the window once: it "
                "keeps the file aside and tells you its name."
            )
        print(f"photo-organizer: {loaded.problem}", file=sys.stderr)
    chosen = loaded.preferences.preferring(prefer)
    if not takes_taste:
        chosen = chosen.with_threshold("taste.share", 0.0)
    return replace(
        chosen,
        model=model or chosen.model,
        device=device or chosen.device,
        protected=tuple(dict.fromkeys((*chosen.protected, *protect))),
    )
