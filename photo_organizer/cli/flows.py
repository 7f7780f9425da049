"""``flows``: the four plain flows, without the program's refinements, as one JSON object."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.cli import computers, json_target, options, terminal
from photo_organizer.cli.command import INTERRUPTED, OK, Commands, WrongCallError
from photo_organizer.cli.preferences import preferences

if TYPE_CHECKING:
    from photo_organizer.engine.analysis.events import Finished
    from photo_organizer.engine.encoders.heads import LinearHead
    from photo_organizer.engine.encoders.protocols import Matcher
    from photo_organizer.engine.flows.addresses import Addresses
    from photo_organizer.engine.flows.answers import Asked

FLOWS = ("categories", "duplicates", "highlights", "low_quality")


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command; see `command.Command`."""
    parser = commands.add_parser(
        "flows",
        parents=[common],
        help="the four plain flows as one JSON object, without the program's refinements",
        description="The four flows as they are usually written down, on the embeddings of the "
        "active model alone, for those who want just these and for comparing. Prints one JSON "
        "object with the keys categories, duplicates, highlights and low_quality. Nothing in the "
        "folders is changed. The answers of the program itself: photo-organizer analyze.",
    )
    options.add_folders(parser)
    parser.add_argument(
        "--json",
        metavar="FILE",
        default="-",
        help="write the object there (default: - for standard output)",
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="FLOW[,FLOW…]",
        help=f"give only these answers: {', '.join(FLOWS)}; the others are empty lists",
    )
    parser.add_argument(
        "--base-url",
        metavar="URL",
        help="name photos by their path below the folder under this address, which leads to the "
        "folder (to the one that holds them all, of several), instead of file://…",
    )
    _add_numbers(parser)
    options.add_analysis_options(parser, faces=False)
    parser.set_defaults(run=run)


def _add_numbers(parser: argparse.ArgumentParser) -> None:
    """Add the numbers and ways of the four flows; None where a call says nothing."""
    parser.add_argument(
        "--neighbors",
        type=int,
        metavar="N",
        help="categories: photos in a group, the photo itself and those most like it (default: 5)",
    )
    parser.add_argument(
        "--threshold",
        type=float,
        metavar="T",
        help="categories: the score from which a group belongs to one, else it is in others "
        "(default: what the model proved)",
    )
    parser.add_argument(
        "--top-k",
        type=int,
        metavar="K",
        help="categories: into how many a photo may go (default: 1)",
    )
    parser.add_argument(
        "--eps",
        type=float,
        metavar="E",
        help="duplicates: the largest cosine distance of neighbours in DBSCAN (default: 0.1)",
    )
    parser.add_argument(
        "--min-samples",
        type=int,
        metavar="N",
        help="duplicates: so many neighbours, itself counted, make a core photo (default: 2)",
    )
    parser.add_argument(
        "--highlights-by",
        choices=("prompts", "probe"),
        help="highlights: by prompts that name a score, or by a linear probe (default: the "
        "model's probe where there is one, else prompts)",
    )
    parser.add_argument(
        "--probe",
        type=Path,
        metavar="FILE",
        help="highlights: the probe, as aesthetic train has saved it (default: the one in use)",
    )
    parser.add_argument(
        "--quality-by",
        choices=("difference", "softmax"),
        help="low quality: of each pair of prompts take the softmax (default), or the difference "
        "of the cosines as it was published, which flags every photo: real differences are far "
        "below the published 0.2",
    )
    parser.add_argument(
        "--quality-threshold",
        type=float,
        metavar="T",
        help="low quality: photos are flagged from this chance of the bad prompt on (default: "
        "0.9), or below this difference (default: 0.2)",
    )


def run(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Analyse what is not known, and print or write what the flows answer; the exit status.

    Raises:
        WrongCallError: something that the call names is not there or cannot be used.
    """
    only = _check(call)
    if call.json != "-":
        json_target.check(call.json)
    chosen = preferences(model=call.model, device=call.device)
    wanted = replace(options.analysis_options(call, chosen), wanted=frozenset())

    from photo_organizer.cli.running import finish_analysis, progress_bar
    from photo_organizer.engine.analysis.events import Progress, Stage

    addresses = _addresses(call.base_url, wanted.folders)
    with _wrong_calls():
        asked = replace(_asked(call, only), thresholds=chosen.thresholds)
        if call.probe:
            asked = replace(asked, probe=_probe(call.probe, chosen.model))
    options.start_ahead(call)
    finished = finish_analysis(wanted, cancel, computers.others(call, chosen))
    if finished is None:
        return INTERRUPTED
    _tell(finished, asked)

    from photo_organizer.engine.categories.catalog import load_categories
    from photo_organizer.engine.encoders.chosen_heads import open_head
    from photo_organizer.engine.flows.answers import answer

    facts, matcher = finished.judge.facts, finished.judge.matcher
    if call.no_cache:
        matcher.texts = None  # the store of that run is gone
    with _wrong_calls(), progress_bar() as show:
        show(
            Progress(
                Stage.COMPARING, len(facts), len(facts), scanning=False, rate=0.0, seconds_left=None
            )
        )
        answers = answer(
            facts,
            matcher,
            load_categories(call.categories),
            asked if asked.probe else replace(asked, probe=open_head(matcher.name)),
            go_on=lambda: _go_on(cancel),
        )
    _go_on(cancel)
    told = answers.to_json([addresses.of(photo) for photo in facts.photos])
    json_target.write_json(call.json, told)
    return OK


def _check(call: argparse.Namespace) -> list[str]:
    """The flows that are wanted, once every number of the call is one that means something."""
    only = [word.strip() for words in call.only for word in words.split(",") if word.strip()]
    if call.only and not only:
        raise WrongCallError(f"--only takes {', '.join(FLOWS)}.")
    for word in only:
        if word not in FLOWS:
            raise WrongCallError(f"--only takes {', '.join(FLOWS)}; there is no flow {word}.")
    for name in ("neighbors", "top_k", "min_samples"):
        number = getattr(call, name)
        if number is not None and number < 1:
            raise WrongCallError(f"--{name.replace('_', '-')} must be at least 1, not {number}.")
    if call.eps is not None and not 0 < call.eps <= 2:
        raise WrongCallError(f"--eps must be above 0 and at most 2, not {call.eps:g}.")
    if call.threshold is not None and not -1 <= call.threshold <= 1:
        raise WrongCallError(f"--threshold must be between -1 and 1, not {call.threshold:g}.")
    least, most = (-2, 2) if call.quality_by == "difference" else (0, 1)
    bar = call.quality_threshold
    if bar is not None and not least <= bar <= most:
        raise WrongCallError(
            f"--quality-threshold must be between {least} and {most}, not {bar:g}."
        )
    if call.probe and call.highlights_by == "prompts":
        raise WrongCallError("--probe asks no prompts: leave out --highlights-by prompts.")
    return only


def _addresses(base: str | None, folders: Sequence[Path]) -> Addresses:
    from photo_organizer.engine.flows.addresses import AddressError, Addresses

    try:
        return Addresses() if base is None else Addresses.below(base, folders)
    except AddressError as error:
        raise WrongCallError(f"--base-url: {error}.") from error


def _asked(call: argparse.Namespace, only: Sequence[str]) -> Asked:
    from photo_organizer.engine.domain.results import Flow
    from photo_organizer.engine.flows.answers import Asked
    from photo_organizer.engine.flows.highlights import ScoredBy
    from photo_organizer.engine.flows.low_quality import JudgedBy

    given = {
        "wanted": frozenset(map(Flow, only or FLOWS)),
        "neighbors": call.neighbors,
        "threshold": call.threshold,
        "top": call.top_k,
        "eps": call.eps,
        "min_samples": call.min_samples,
        "scored_by": ScoredBy(call.highlights_by) if call.highlights_by else None,
        "judged_by": JudgedBy(call.quality_by) if call.quality_by else None,
        "bar": call.quality_threshold,
    }
    return Asked(**{name: value for name, value in given.items() if value is not None})


def _probe(file: Path, model: str) -> LinearHead:
    """The probe in a file.

    Raises:
        ModelError: it is none, or one for another model than the one that is asked for by name.
    """
    from photo_organizer.engine.domain.preferences import AUTO
    from photo_organizer.engine.encoders.errors import ModelError
    from photo_organizer.engine.encoders.heads import LinearHead
    from photo_organizer.engine.encoders.offered_models import full_name
    from photo_organizer.engine.encoders.remote_names import is_remote, parse

    head = LinearHead.load(file)
    if is_remote(model):
        asked = parse(model).name
    else:
        asked = head.encoder if model == AUTO else full_name(model, otherwise="custom")
    if head.encoder != asked:
        raise ModelError(
            "heads.other_model", version=head.version, encoder=head.encoder, model=asked
        )
    return head


@contextmanager
def _wrong_calls() -> Iterator[None]:
    """What is wrong with a model or a probe is wrong with the call."""
    from photo_organizer.engine.encoders.errors import ModelError, ServiceError

    try:
        yield
    except ServiceError:
        raise  # the call was right
    except ModelError as error:
        raise WrongCallError(str(error)) from error


def _tell(finished: Finished, asked: Asked) -> None:
    """Say on standard error what the answers do not: what was left out, and who answers."""
    result = finished.result
    for one in result.skipped:
        _say(f"Skipped {one.path}: {one.reason}" if one.is_photo else f"{one.path}: {one.reason}")
    if result.stand_in is not None:
        _say(str(result.stand_in))
    matcher = finished.judge.matcher
    if not matcher.understands_text and {flow.value for flow in asked.wanted} - {"duplicates"}:
        _say(_instead(matcher))


def _instead(matcher: Matcher) -> str:
    return (
        f"The model {matcher.name} cannot be asked prompts, so the same forms are filled in "
        "another way: categories by its own matcher, highlights by its own score or its probe, "
        "low quality by measured flaws."
    )


def _say(text: str) -> None:
    print(terminal.readable(text), file=sys.stderr)


def _go_on(cancel: threading.Event) -> None:
    """End the command where the person asked it to stop.

    Raises:
        KeyboardInterrupt: they did.
    """
    if cancel.is_set():
        raise KeyboardInterrupt
