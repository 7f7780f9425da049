"""What the commands print: progress bars on a terminal, summaries people can read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from photo_organizer.engine.analysis.events import Progress as AnalysisProgress
from photo_organizer.engine.analysis.events import Stage
from photo_organizer.engine.domain.results import LIBRARY, OTHERS, Group, GroupKind, Result

KINDS = {
    GroupKind.EXACT: "exact copies",
    GroupKind.SAME: "the same picture",
    GroupKind.SIMILAR: "similar shots",
}

STAGES = {
    Stage.LOADING: "Loading the model",
    Stage.ANALYSING: "Analysing",
    Stage.JUDGING: "Judging",
}

errors = Console(stderr=True, highlight=False)
"""Messages and progress: never mixed with a result on standard output."""


@contextmanager
def analysis_bar() -> Iterator[Callable[[AnalysisProgress], None]]:
    """A progress bar with rate and time left while on a terminal; silent when piped."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
    )
    with Progress(*columns, console=errors, transient=True) as bar:
        task: TaskID = bar.add_task("Starting", total=None, speed="")

        def update(progress: AnalysisProgress) -> None:
            speed = f"{progress.rate:.0f} photos/s" if progress.rate else ""
            if progress.seconds_left is not None:
                speed += f", {duration(progress.seconds_left)} left"
            bar.update(
                task,
                description=STAGES[progress.stage],
                completed=progress.done,
                total=progress.total or None,
                speed=speed,
            )

        yield update


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


def freed(result: Result, groups: Sequence[Group]) -> int:
    """Bytes that the photos marked safe in `groups` occupy."""
    return sum(
        result.photos[i].identity.size
        for g in groups
        for i, safe in zip(g.photos, g.safe, strict=True)
        if safe
    )


def print_summary(result: Result, only: Sequence[str]) -> None:
    """Print the answers of the wanted flows (empty: all), and what was skipped."""
    out = Console(highlight=False)
    seconds = float(result.timing.get("seconds", 0))
    model = escape(str(result.model.get("name", "")))
    out.print(
        f"[bold]{len(result.photos)} photos[/] analysed in {duration(seconds)} ({model} model)"
    )
    flows = {
        "categories": _categories,
        "duplicates": _duplicates,
        "highlights": _highlights,
        "low_quality": _low_quality,
    }
    for name, table in flows.items():
        if name in only or not only:
            out.print()
            out.print(table(result))
    if result.skipped:
        out.print()
        out.print(_skipped(result))


def _table(*columns: str, numbers: bool = False) -> Table:
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    if numbers:
        for column in table.columns[1:]:
            column.justify = "right"
    return table


def _add_rows(table: Table, rows: Sequence[tuple[str, str]], most: int) -> Table:
    for row in rows[:most]:
        table.add_row(*row)
    if len(rows) > most:
        table.add_row(f"… and {len(rows) - most} more", "")
    return table


def _categories(result: Result) -> Table:
    table = _table("Category", "Photos", numbers=True)
    for name, ids in result.categories.items():
        if ids:
            table.add_row("(no category)" if name == OTHERS else escape(name), str(len(ids)))
    return table


def _duplicates(result: Result) -> Table:
    table = _table("Duplicates", "Groups", "Photos", "Safe to free", numbers=True)
    for kind in GroupKind:
        groups = [g for g in result.groups if g.kind == kind]
        photos = sum(len(g.photos) for g in groups)
        table.add_row(KINDS[kind], str(len(groups)), str(photos), size(freed(result, groups)))
    return table


def _highlights(result: Result) -> Table:
    table = _table(f"Highlights by {escape(str(result.scorer))}", "Score", numbers=True)
    for ranked in list(result.highlights.get(LIBRARY, ()))[:5]:
        table.add_row(_name(result, ranked.photo), f"{ranked.score:.2f}")
    return table


def _low_quality(result: Result) -> Table:
    worst: dict[int, str] = {}
    for flag in sorted(result.flags, key=lambda f: -f.score):
        worst.setdefault(flag.photo, flag.reason.text())
    rows = [(_name(result, photo), escape(why)) for photo, why in worst.items()]
    return _add_rows(_table("Low quality", "Why"), rows or [("None found", "")], 10)


def _skipped(result: Result) -> Table:
    rows = [(printable(s.path.name), escape(s.reason)) for s in result.skipped]
    return _add_rows(_table("Skipped file", "Why"), rows, 10)


def _name(result: Result, photo_id: int) -> str:
    return printable(result.photos[photo_id].path.name)


def printable(name: str) -> str:
    """A file name whose invalid bytes are shown as �: a terminal cannot take lone surrogates."""
    return escape(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
