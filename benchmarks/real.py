"""Categories, flaws, pairs and keepers on a folder of real photos with labels, in one table.

    uv run python -m benchmarks.real FOLDER [--result NAME=RESULT.json ...] [--alone]

FOLDER/truth.json names photos by their path inside FOLDER and says what is right of them:
``{"flaws": {"a.jpg": {"flaw": "good"}, "b.jpg": {"flaw": "bad", "kinds": ["noise"]}, …},
"categories": {"a.jpg": ["people", "street"], …}, "pairs": [["a.jpg", "c.jpg", "take"], …],
"keepers": [["better.jpg", "worse.jpg"], …]}``. A flaw is ``good``, ``bad``, ``graphic`` (a page or
a drawing: not to be flagged) or anything else (not counted); several categories may be right; a
pair is ``dup`` (one picture), ``take`` (another moment) or ``different``.

Prints a table in Markdown: a line for each question, a column for each program. Photo Organizer is
run here unless results that ``photo-organizer analyze FOLDER --json`` wrote are given, say of two
versions. Beside it, unless ``--alone``: cleanvision with its default thresholds, in an environment
of its own, and the variance of the Laplacian below 100, as it is often recommended against blur.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

CLEANVISION = "cleanvision==0.3.7"

SHARP = 100.0
"""Variance of the Laplacian from which a photo is usually called sharp."""

FEW = 10
"""Categories of fewer photos count in the sums only."""

NONE = "–"


@dataclass
class Answer:
    """What a program says of a folder; photos by their path inside it, None: it does not judge."""

    flagged: list[str] = field(default_factory=list)
    blurred: list[str] = field(default_factory=list)
    """Of those, which for blur or shake."""
    categories: dict[str, str] | None = None
    groups: list[tuple[str, list[str]]] | None = None
    """Kind (as the program names it) and photos."""
    kept: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    """Of photos in groups: whether it is the one to keep, and whether it is safe to remove."""


def ours(folder: Path, result: Mapping[str, Any]) -> Answer:
    """A result of `photo-organizer analyze FOLDER --json`."""

    def name(uri: str) -> str:
        return os.path.relpath(unquote(urlparse(uri).path), folder)

    details = result["details"]
    groups = details["duplicates"]
    flags = [(f["flaw"], name(f["image"])) for f in details["low_quality"]]
    return Answer(
        flagged=sorted({image for flaw, image in flags if flaw != "small"}),
        blurred=sorted({image for flaw, image in flags if flaw in ("blur", "motion")}),
        categories={
            name(image): entry["category"]
            for entry in result["categories"]
            for image in entry["images"]
        },
        groups=[(g["kind"], [name(image["image"]) for image in g["images"]]) for g in groups],
        kept={
            name(image["image"]): (image["image"] == g["keeper"], image["safe"])
            for g in groups
            for image in g["images"]
        },
    )


def analysed(folder: Path) -> Mapping[str, Any]:
    """Photo Organizer's result with the starter, as on a first start."""
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "result.json"
        subprocess.run(
            [sys.executable, "-m", "photo_organizer", "analyze", folder, "--json", file],
            env={**os.environ, "PHOTO_ORGANIZER_HOME": home},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        result: Mapping[str, Any] = json.loads(file.read_text())
    return result


def cleanvision(folder: Path) -> Answer:
    """Runs inside the environment that has it."""
    from cleanvision import Imagelab
    from PIL import Image

    readable = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        # It stops at the first file that it cannot read.
        try:
            with Image.open(path) as image:
                image.convert("RGB")
        except (OSError, SyntaxError):
            continue
        readable.append(str(path))
    lab = Imagelab(filepaths=readable)
    lab.find_issues(verbose=False)
    flaws = ("dark", "light", "blurry", "low_information")
    flagged = lab.issues[[f"is_{flaw}_issue" for flaw in flaws]].any(axis=1)
    kinds = {"exact_duplicates": "exact", "near_duplicates": "same"}
    blurred = lab.issues["is_blurry_issue"]
    return Answer(
        flagged=[os.path.relpath(path, folder) for path in flagged.index[flagged]],
        blurred=[os.path.relpath(path, folder) for path in blurred.index[blurred]],
        groups=[
            (kinds[kind], [os.path.relpath(path, folder) for path in paths])
            for kind in kinds
            for paths in lab.info[kind]["sets"]
        ],
    )


def cleanvision_alone(folder: Path) -> Answer:
    """Ask cleanvision in an environment of its own."""
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    alone = ["uv", "run", "--quiet", "--isolated", "--no-project", "--python", python]
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "answer.json"
        subprocess.run(
            [*alone, "--with", CLEANVISION, "python", __file__, folder, "--answer", file],
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return Answer(**json.loads(file.read_text()))


def laplacian(folder: Path, names: Iterable[str]) -> Answer:
    """Photos whose grey picture has a small variance of the Laplacian."""
    import cv2

    soft = []
    for name in names:
        grey = cv2.imread(str(folder / name), cv2.IMREAD_GRAYSCALE)
        if grey is not None and cv2.Laplacian(grey, cv2.CV_64F).var() < SHARP:
            soft.append(name)
    return Answer(flagged=soft, blurred=soft)


def lines(truth: Mapping[str, Any], answer: Answer) -> Iterator[tuple[str, str]]:
    """Each question and what this program makes of it."""
    yield from _flaws(truth["flaws"], answer)
    yield from _categories(truth["categories"], answer.categories)
    yield from _pairs(truth["pairs"], answer.groups)
    yield from _keepers(truth["keepers"], answer)


def _flaws(truth: Mapping[str, Any], answer: Answer) -> Iterator[tuple[str, str]]:
    kinds: dict[str, list[str]] = {}
    for name, label in truth.items():
        kind = label["flaw"]
        if kind == "bad":
            kind = label["kinds"][0].replace("motion", "blur")
        elif kind not in ("good", "graphic"):
            continue
        kinds.setdefault(kind, []).append(name)
    for kind in sorted(kinds, key=lambda kind: (kind in ("good", "graphic"), kind)):
        said = "flagged" if kind in ("good", "graphic") else "found"
        yield f"{said} of {kind}", _part(answer.flagged, kinds[kind])
    for kind in ("blur", "good", "graphic"):
        if kind in kinds:
            yield f"called blurred or shaken of {kind}", _part(answer.blurred, kinds[kind])


def _part(found: Sequence[str], of: Sequence[str]) -> str:
    hits = len(set(found) & set(of))
    return f"{hits} of {len(of)} ({100 * hits / len(of):.1f} %)"


def _categories(
    truth: Mapping[str, Sequence[str]], found: Mapping[str, str] | None
) -> Iterator[tuple[str, str]]:
    right: Counter[str] = Counter()
    there: Counter[str] = Counter()
    wrong = 0
    for name, wanted in truth.items():
        said = None if found is None else found.get(name)
        there[wanted[0]] += 1
        right[wanted[0]] += said in wanted
        wrong += said not in wanted and said != "others"
    known = found is not None
    often = [key for key, count in there.most_common() if count >= FEW]
    count = max(1, there.total())
    yield "category right", f"{100 * right.total() / count:.1f} %" if known else NONE
    yield "category wrong", f"{100 * wrong / count:.1f} %" if known else NONE
    mean = sum(right[key] / there[key] for key in often) / max(1, len(often))
    yield f"mean of categories of {FEW} and more", f"{100 * mean:.1f} %" if known else NONE
    for key in often:
        share = f"{100 * right[key] / there[key]:.0f} %" if known else NONE
        yield f"{key} ({there[key]})", share


def _pairs(
    truth: Sequence[Sequence[str]], groups: Sequence[tuple[str, Sequence[str]]] | None
) -> Iterator[tuple[str, str]]:
    kind_of = {
        frozenset(pair): kind for kind, names in groups or () for pair in combinations(names, 2)
    }
    names = {"dup": "one picture", "take": "another moment", "different": "different photos"}
    for label, said in names.items():
        kinds = [kind_of.get(frozenset(pair[:2]), "apart") for pair in truth if pair[2] == label]
        counts = ", ".join(f"{count} {kind}" for kind, count in Counter(kinds).most_common())
        yield f"pairs: {said}", NONE if groups is None else counts


def _keepers(truth: Sequence[Sequence[str]], answer: Answer) -> Iterator[tuple[str, str]]:
    together = [set(names) for _, names in answer.groups or ()]
    right = apart = lost = 0
    for better, worse in truth:
        if not any({better, worse} <= names for names in together):
            apart += 1
        elif answer.kept:
            (_, safe), (kept, worse_safe) = answer.kept[better], answer.kept[worse]
            right += not (kept or (safe and not worse_safe))
            lost += safe
    known = bool(answer.kept)
    yield "better one kept", f"{right} of {len(truth)}, {apart} apart" if known else NONE
    yield "better one called safe to remove", str(lost) if known else NONE


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--result", action="append", default=[], metavar="NAME=RESULT.json")
    parser.add_argument("--alone", action="store_true", help="no other programs")
    parser.add_argument("--answer", type=Path, help=argparse.SUPPRESS)
    call = parser.parse_args()
    folder = call.folder.resolve()
    if call.answer:
        call.answer.write_text(json.dumps(asdict(cleanvision(folder))))
        return

    truth = json.loads((folder / "truth.json").read_text())
    answers = {}
    for each in call.result:
        name, _, file = each.partition("=")
        answers[name] = ours(folder, json.loads(Path(file).read_text()))
    if not answers:
        answers["Photo Organizer"] = ours(folder, analysed(folder))
    if not call.alone:
        answers["cleanvision 0.3.7"] = cleanvision_alone(folder)
        answers["variance of the Laplacian"] = laplacian(folder, truth["flaws"])
    columns = [dict(lines(truth, answer)) for answer in answers.values()]
    print("| |", " | ".join(answers), "|")
    print("| --- |", " | ".join("---" for _ in answers), "|")
    for question in columns[0]:
        print(f"| {question} |", " | ".join(column[question] for column in columns), "|")


if __name__ == "__main__":
    main()
