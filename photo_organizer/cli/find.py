"""``find``: photos by what they show, by photos like them, by name, folder, date and camera."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photo_organizer.cli import computers, json_target, options, terminal
from photo_organizer.cli.command import INTERRUPTED, OK, Commands, WrongCallError
from photo_organizer.cli.preferences import preferences
from photo_organizer.engine.domain.query import Field, Like, Query, Restriction, Term, Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from photo_organizer.engine.analysis.events import Finished
    from photo_organizer.engine.browse.search import Searched
    from photo_organizer.engine.domain.reasons import Reason
    from photo_organizer.engine.domain.search_answer import SearchAnswer

NOTHING = 1
"""Exit status where nothing was found, as grep has it."""

HELP = """\
A query is read so:

  beach at night      words that stand together are one thing that photos show,
                      or that is written in their name, folder, date or camera
  beach +dog          both;  beach -people: the first without the second
  beach - two dogs    a sign that stands alone is of all words that follow
  "new york"          where it is written, it is written so
  folder:Italy  name:IMG_12*  camera:canon  category:food  stars:4+
  date:2024-07  date:"July 2024"  date:2024-05..2024-07
  like:photo.jpg      photos like that one, as with --like

The names of the fields may be Korean. A query that begins with a sign stands
behind "--", or is said by --not:  photo-organizer find --not people FOLDER

Exit status: 0 something was found, 1 nothing was, 2 wrong call, 130 stopped.
"""


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command; see `command.Command`."""
    parser = commands.add_parser(
        "find",
        parents=[common],
        usage="photo-organizer find [option …] QUERY [FOLDER …]",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        help="find photos by what they show, by photos like them, by name, folder, date or camera",
        description="Finds photos, best first, and stops where nothing fits any more. What is new "
        "in the folders\nis analysed first. Nothing in them is changed.",
        epilog=HELP,
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar="QUERY [FOLDER…]",
        help="what to find, and where (default: the current folder); with --like or --not the "
        "query may be left out",
    )
    parser.add_argument(
        "--like",
        type=Path,
        action="append",
        default=[],
        metavar="PHOTO",
        help="photos like this one, which may lie anywhere; may be repeated",
    )
    parser.add_argument(
        "--not",
        dest="unwanted",
        action="append",
        default=[],
        metavar="TEXT",
        help="no photos that show this; may be repeated",
    )
    parser.add_argument(
        "--most", type=options.positive, metavar="N", help="at most so many (default: all that fit)"
    )
    parser.add_argument(
        "--json", metavar="FILE", help="write the answer as JSON; - for standard output"
    )
    parser.add_argument(
        "-0",
        "--print0",
        action="store_true",
        help="print paths only, each with a zero byte behind it, for xargs -0",
    )
    options.add_analysis_options(parser, faces=False)
    parser.set_defaults(run=run)


def run(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Find photos and print them; the exit status.

    Raises:
        WrongCallError: something that the call names is not there or cannot be used.
    """
    if call.json is not None and call.json != "-":
        json_target.check(call.json)
    query, call.folders = _asked(call)
    options.start_ahead(call)

    from photo_organizer.cli.running import finish_analysis
    from photo_organizer.engine.browse.search import find
    from photo_organizer.engine.domain.results import Flow

    chosen = preferences(model=call.model, device=call.device)
    needs_categories = any(
        isinstance(term, Restriction) and term.field is Field.CATEGORY for term in query.terms
    )
    wanted = frozenset([Flow.CATEGORIES] if needs_categories else ())
    known = finish_analysis(
        replace(options.analysis_options(call, chosen), wanted=wanted),
        cancel,
        computers.others(call, chosen),
    )
    if known is None:
        return INTERRUPTED
    query = _with_numbers(query, known)
    others = _others(query, known, call, cancel)
    if others is None:
        return INTERRUPTED
    found = find(query, _searched(known, others, categories=needs_categories))
    _tell(query, found, known)
    ids = found.all[: call.most]
    if call.json is not None:
        _write_json(call.json, query, found, ids, known)
    if call.json is None or call.print0:
        _print(found, ids, known, paths_only=call.print0)
    return OK if ids else NOTHING


def _asked(call: argparse.Namespace) -> tuple[Query, list[Path]]:
    """The query of a call, and the folders to search."""
    from photo_organizer.engine.browse.query_line import parse

    words = list(call.words)
    beside: list[Term] = [Like(photo) for photo in call.like]
    beside += [Words(text, minus=True) for text in call.unwanted]
    left_out = beside and (not words or Path(words[0]).is_dir())
    line = "" if left_out or not words else words.pop(0)
    query = parse(line).plus(*beside)
    if not query:
        raise WrongCallError(
            'Say what to find: photo-organizer find "a beach at night" FOLDER. More: '
            "photo-organizer find --help"
        )
    folders = [Path(word) for word in words] or [Path()]
    for folder in folders:
        if not folder.is_dir() and Path(line).is_dir():
            raise WrongCallError(
                f"{folder} is not a folder. The query comes first: photo-organizer find "
                f'"{folder}" "{line}"'
            )
    for term in query.terms:
        if isinstance(term, Like) and isinstance(term.photo, Path) and not term.photo.is_file():
            raise WrongCallError(f"{term.photo} is not a file. Give a photo.")
    return query, folders


def _with_numbers(query: Query, known: Finished) -> Query:
    """The same, with the numbers of the photos that are searched in the place of their paths."""
    photos = known.result.photos

    def of_library(term: Like) -> Like:
        if isinstance(term.photo, int):
            return term
        called = Path(os.path.abspath(term.photo))  # noqa: PTH100 - keeps links
        ids = photos.at([called, Path(os.path.realpath(called))])
        return replace(term, photo=next(iter(ids.values()), called))

    return Query(tuple(of_library(t) if isinstance(t, Like) else t for t in query.terms))


def _others(
    query: Query, known: Finished, call: argparse.Namespace, cancel: threading.Event
) -> Mapping[Path, NDArray[np.float32] | Reason] | None:
    """The embeddings of the photos asked with that lie elsewhere; None when interrupted."""
    files = [
        term.photo
        for term in query.terms
        if isinstance(term, Like) and isinstance(term.photo, Path)
    ]
    if not files:
        return {}
    from photo_organizer.cli.running import progress_bar
    from photo_organizer.engine import paths
    from photo_organizer.engine.analysis import embedding
    from photo_organizer.engine.analysis.embedding import Embedded
    from photo_organizer.engine.analysis.events import Progress
    from photo_organizer.engine.proving.opening import open_again

    encoder = open_again(known.judge.matcher, preferences(device=call.device).device)
    with tempfile.TemporaryDirectory(prefix="photo-organizer-") as folder, progress_bar() as show:
        store = Path(folder) / "library.sqlite" if call.no_cache else paths.store_path()
        for event in embedding.embed(files, encoder, store, cancel, jobs=call.jobs):
            if isinstance(event, Progress):
                show(event)
            elif isinstance(event, Embedded):
                return {**event.vectors, **event.skipped}
    return None


def _searched(
    known: Finished, others: Mapping[Path, NDArray[np.float32] | Reason], *, categories: bool
) -> Searched:
    from photo_organizer.engine.browse.search import Searched

    judge, result = known.judge, known.result
    of_photo = {i: key for key, ids in result.categories.items() for i in ids}
    return Searched(
        result.photos,
        judge.facts,
        judge.comparable,
        judge.matcher,
        categories=of_photo if categories else None,
        stars=_stars(known),
        embed=others.__getitem__,
    )


def _stars(known: Finished) -> Mapping[int, int]:
    """The user's own stars, where there are none those that the files tell."""
    from photo_organizer.engine import paths
    from photo_organizer.engine.storage.store import Store

    photos = known.result.photos
    with Store(paths.store_path()) as store:
        own = store.decisions().ratings
    return photos.ratings() | {
        photo.id: own[photo.content_hash] for photo in photos.of_content(own)
    }


def _tell(query: Query, found: SearchAnswer, known: Finished) -> None:
    """Say on standard error how the query was read, and what the model cannot see."""
    from photo_organizer.engine.domain.search_sentences import told

    out = terminal.errors()
    photos = known.result.photos
    model = terminal.printable(known.judge.matcher.name)
    out.print(f"{len(photos)} photos searched ({model} model)")
    for answer in found.terms:
        term = answer.term
        if isinstance(term, Like) and isinstance(term.photo, int) and term.photo in photos:
            term = replace(term, photo=photos[term.photo].path)
        out.print(f"  {terminal.printable(told(replace(answer, term=term)).text())}")
    if known.result.stand_in is not None:
        out.print(terminal.printable(known.result.stand_in.text()))
    if query and not found.all:
        out.print("Nothing fits.")


def _print(found: SearchAnswer, ids: Sequence[int], known: Finished, *, paths_only: bool) -> None:
    photos = known.result.photos
    if paths_only:
        sys.stdout.flush()
        sys.stdout.buffer.write(b"".join(os.fsencode(photos[i].path) + b"\0" for i in ids))
        sys.stdout.buffer.flush()
        return
    out = terminal.output()
    for i in ids:
        out.print(f"{_why(found, i):>6}  {terminal.printable(photos[i].path)}")


def _why(found: SearchAnswer, photo: int) -> str:
    """The score of a photo, or where it is written."""
    if photo in found.exact:
        return found.exact[photo].value
    score = found.scores.get(photo)
    return "text" if score is None else f"{score:.2f}"


def _write_json(
    target: str, query: Query, found: SearchAnswer, ids: Sequence[int], known: Finished
) -> None:
    from photo_organizer.engine.browse.query_line import written
    from photo_organizer.engine.domain.search_sentences import told

    photos = known.result.photos
    shown = frozenset(found.shown)
    is_written = frozenset(found.written)
    answer: dict[str, Any] = {
        "query": written(query),
        "model": known.judge.matcher.name,
        "searched": len(photos),
        "terms": [
            {
                "term": written(Query((one.term,))),
                "reading": one.reading.value,
                "shown": one.shown,
                "written": one.written,
                "told": told(one).text(),
            }
            for one in found.terms
        ],
        "images": [
            {
                "image": photos[i].uri,
                "score": found.scores.get(i),
                "shown": i in shown,
                "written": i in is_written,
                "exact": found.exact[i].value if i in found.exact else None,
            }
            for i in ids
        ],
    }
    json_target.write_json(target, answer)
