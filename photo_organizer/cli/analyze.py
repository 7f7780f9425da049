"""``analyze``: all answers, as a summary for people or as JSON for programs."""

from __future__ import annotations

import argparse
import threading
from dataclasses import replace

from photo_organizer.cli import computers, json_target, options
from photo_organizer.cli.command import INTERRUPTED, OK, Commands
from photo_organizer.cli.preferences import preferences

FLOWS = ("categories", "duplicates", "highlights", "low_quality")


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command; see `command.Command`."""
    parser = commands.add_parser(
        "analyze",
        parents=[common],
        help="analyse folders in the terminal; nothing in them is changed",
        description="Analyses folders of photos. Nothing in them is changed. Prints a summary, "
        "or writes all answers as JSON.",
    )
    options.add_folders(parser)
    parser.add_argument(
        "--json", metavar="FILE", help="write the answers as JSON; - for standard output"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=FLOWS,
        default=[],
        metavar="FLOW",
        help=f"give only these answers, and compute only what they need: {', '.join(FLOWS)}; may "
        "be repeated",
    )
    options.add_taste_option(parser)
    options.add_analysis_options(parser)
    parser.set_defaults(run=run)


def run(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Analyse and print or write the answers; the exit status.

    Raises:
        WrongCallError: something that the call names is not there or cannot be used.
    """
    target = call.json
    if target is not None and target != "-":
        json_target.check(target)
    options.start_ahead(call)

    from photo_organizer.cli.running import run_analysis
    from photo_organizer.engine.domain.results import Flow

    chosen = preferences(model=call.model, device=call.device, takes_taste=not call.no_taste)
    asked = options.analysis_options(call, chosen)
    if call.only:
        asked = replace(asked, wanted=frozenset(map(Flow, call.only)))
    result = run_analysis(asked, cancel, computers.others(call, chosen))
    if result is None:
        return INTERRUPTED
    if target is None:
        from photo_organizer.cli.summary import print_summary

        print_summary(result, call.only)
        return OK
    json_target.write_json(target, result.to_contract(call.only))
    return OK
