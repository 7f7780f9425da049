"""What the commands print with: consoles, and values in words that people can read.

Imports no `rich` before something is printed with it, see `command.Command`.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, ProgressColumn


def output(*, width: int | None = None, wraps: bool = False) -> Console:
    """Standard output.

    Args:
        width: columns of tables; None: those of the terminal.
        wraps: break long lines; not where people copy paths from.
    """
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not wraps, width=width)


def errors(*, wraps: bool = False) -> Console:
    """Messages and progress: never mixed with a result on standard output.

    Args:
        wraps: break long lines; not where they name paths.
    """
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=not wraps)


def bar(*columns: ProgressColumn) -> Progress:
    """A bar on standard error, where somebody looks at it.

    Args:
        columns: what stands behind it; none: how much is done, in percent.
    """
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        *(columns or (TaskProgressColumn(),)),
        console=errors(wraps=True),
        disable=not sys.stderr.isatty(),
    )


def print_json(value: Any, *, indent: int | None = 1) -> None:
    """Write a value as JSON to standard output."""
    sys.stdout.write(as_json(value, indent=indent))


def as_json(value: Any, *, indent: int | None = 1) -> str:
    """A value as JSON, with the end of its last line."""
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def duration(seconds: float) -> str:
    """A span of time for people: "45 s", "3 min", "2 h 05 min"."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def size(count: int) -> str:
    """A number of bytes for people, decimal units: "3.4 MB"."""
    value = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"


def readable(text: object) -> str:
    """A path or text whose invalid bytes are shown as �: a terminal cannot take lone surrogates."""
    return str(text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def printable(text: object) -> str:
    """Readable text for a console, which would take words in square brackets for its own."""
    from rich.markup import escape

    return escape(readable(text))
