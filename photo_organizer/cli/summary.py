"""The summary of an analysis for people: a table for each answer."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from photo_organizer.cli import terminal
from photo_organizer.cli.terminal import duration, printable, size
from photo_organizer.engine.domain.results import (
    LIBRARY,
    OTHERS,
    VIDEOS,
    Flag,
    Group,
    GroupKind,
    Result,
)


def print_summary(result: Result, only: Sequence[str] = ()) -> None:
    """Print the answers of the wanted flows (empty: all), and what was skipped."""
    out = terminal.output(wraps=True)
    seconds = float(result.timing.get("seconds", 0))
    model = printable(result.model.get("name", ""))
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
    for one in result.skipped:
        if one.reason.code == VIDEOS:
            out.print()
            out.print(printable(one.reason.text()))
    if any(one.reason.code != VIDEOS for one in result.skipped):
        out.print()
        out.print(_skipped(result))
    for told in (result.without_faces, result.stand_in):
        if told is not None:
            out.print()
            out.print(printable(told.text()))


def freed(result: Result, groups: Sequence[Group]) -> int:
    """Bytes that the photos marked safe in `groups` occupy."""
    return sum(
        result.photos[i].identity.size
        for g in groups
        for i, safe in zip(g.photos, g.safe, strict=True)
        if safe
    )


def _table(*columns: str, numbers: bool = False) -> Table:
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    if numbers:
        for column in table.columns[1:]:
            column.justify = "right"
    return table


def _add_rows(table: Table, rows: Sequence[tuple[str, ...]], most: int) -> Table:
    for row in rows[:most]:
        table.add_row(*row)
    if len(rows) > most:
        table.add_row(f"… and {len(rows) - most} more")
    return table


def _categories(result: Result) -> Table:
    table = _table("Category", "Photos", numbers=True)
    for name, ids in result.categories.items():
        if ids:
            table.add_row("(no category)" if name == OTHERS else printable(name), str(len(ids)))
    return table


def _duplicates(result: Result) -> Table:
    table = _table("Duplicates", "Groups", "Photos", "Safe to free", numbers=True)
    for kind in GroupKind:
        groups = [g for g in result.groups if g.kind == kind]
        photos = sum(len(g.photos) for g in groups)
        table.add_row(_kind_name(kind), str(len(groups)), str(photos), size(freed(result, groups)))
    return table


def _highlights(result: Result) -> Table:
    table = _table(f"Highlights by {printable(result.scorer)}", "Score", numbers=True)
    for ranked in list(result.highlights.get(LIBRARY, ()))[:5]:
        table.add_row(_name(result, ranked.photo), f"{ranked.score:.2f}")
    return table


def _low_quality(result: Result) -> Table:
    worst: dict[int, Flag] = {}
    for flag in result.flags:
        worst.setdefault(flag.photo, flag)
    rows = [
        (_name(result, flag.photo), flag.certainty.text(), printable(flag.reason.text()))
        for flag in worst.values()
    ]
    return _add_rows(_table("Low quality", "Sure", "Why"), rows or [("None found",)], 10)


def _skipped(result: Result) -> Table:
    rows = [
        (printable(s.path.name), printable(s.reason.text()))
        for s in result.skipped
        if s.reason.code != VIDEOS
    ]
    return _add_rows(_table("Skipped file", "Why"), rows, 10)


def _name(result: Result, photo_id: int) -> str:
    return printable(result.photos[photo_id].path.name)


def _kind_name(kind: GroupKind) -> str:
    match kind:
        case GroupKind.EXACT:
            return "exact copies"
        case GroupKind.SAME:
            return "the same picture"
        case GroupKind.SIMILAR:
            return "similar shots"
