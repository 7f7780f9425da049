"""Carries the sidecars of a photo that goes to a photo that stays, so that nothing of them is lost.

Where the kept photo has no such sidecar, the whole file is copied beside it under its name. Where
it has one, XMP and Google's JSON are united; two different edits cannot be, and the photo with the
second must stay.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import Group, GroupKind
from photo_organizer.engine.files import xmp, xmp_merging
from photo_organizer.engine.files.unit_names import JSON, Part, beside, is_named_after, part_of
from photo_organizer.engine.files.xmp import Change, Metadata
from photo_organizer.engine.files.xmp_document import EMPTY, MOST_BYTES, SidecarError

_TAKEOUT = (".supplemental-metadata.json", ".json")
_PASSING = frozenset(
    ("creationTime", "googlePhotosOrigin", "imageViews", "modificationTime", "url")
)
"""What Google's JSON says of the account rather than of the photo; it differs at every export."""


def heirs(group: Group, leaving: Photo, staying: Sequence[Photo]) -> tuple[Photo, ...]:
    """The photos of a group that sidecars and words of one may be carried over to, best first.

    What it is a copy of, else the keeper or the best that stays. Another shot's words and edits
    are its own.
    """
    originals = dict(zip(group.photos, group.originals, strict=False))
    own = [p for p in staying if p.id == originals.get(leaving.id, leaving.id)]
    alike = [
        p
        for p in staying
        if group.kind is not GroupKind.SIMILAR or p.content_hash == leaving.content_hash
    ]
    return tuple({p.id: p for p in (*own, *alike) if p.id != leaving.id}.values())


def carried(
    leaving: Photo,
    files: Sequence[Path],
    kept: Photo,
    pending: Mapping[Path, bytes] | None = None,
) -> list[Change]:
    """What has to be written beside `kept` so that no sidecar of `leaving` is lost.

    Args:
        leaving: the photo that goes.
        files: that go with it; those that are no sidecars only tell which photo one belongs to.
        kept: a photo that stays, of the same picture.
        pending: sidecars that will have been written by then.

    Returns:
        In the order of writing; empty where `kept` has all that the sidecars say.

    Raises:
        SidecarError: a sidecar cannot be read or united with that of `kept`: then `leaving` must
            stay.
    """
    written = dict(pending or {})
    changes = []
    for file in files:
        if part_of(file.name) is not Part.SIDECAR:
            continue
        try:
            change = _carried(leaving, file, files, kept, written)
        except SidecarError as error:
            raise SidecarError("sidecar.of", name=file.name, why=error.reason) from error
        if change is not None:
            changes.append(change)
            written[change.path] = change.content
    return changes


def _carried(
    leaving: Photo, file: Path, files: Sequence[Path], kept: Photo, written: Mapping[Path, bytes]
) -> Change | None:
    data = _read(file, written)
    if not data:
        return None
    owner = next((path for path in files if is_named_after(file.name, path.name)), leaving.path)
    heir = kept.path if owner == leaving.path else _counterpart(owner, kept.path)
    if heir is None:
        raise SidecarError("sidecar.no_heir", name=owner.name)
    is_xmp = file.suffix.casefold() == ".xmp"
    there = [path for path in _there(file, owner, heir, written) if not _leads_to(path, files)]
    known = [_read(path, written) for path in there]
    if data in known:
        return None
    if not there:
        target = heir.with_name(_free_name(file, owner, heir))
        if _is_taken(target, written):
            raise SidecarError("sidecar.taken", name=target.name)
        content = _first(data, leaving, kept) if is_xmp and owner == leaving.path else data
        return None if content is None else Change(target, None, content)
    content = _united(file.suffix.casefold(), known, data)
    return None if content == known[0] else Change(there[0], known[0], content)


def _first(data: bytes, leaving: Photo, kept: Photo) -> bytes | None:
    """The first XMP sidecar of the kept photo; None where it would say nothing.

    Programs believe a sidecar rather than the photo: where the kept photo says something else
    itself, that is what its sidecar must say.
    """
    own = Metadata()
    if leaving.content_hash != kept.content_hash:
        own = xmp.read_embedded(kept)
    if own == Metadata() and not xmp_merging.rejects(data):
        return data
    content = xmp_merging.united(xmp.merged(None, own), data)
    return None if content == xmp.merged(None, Metadata()) else content


def _united(suffix: str, known: Sequence[bytes], data: bytes) -> bytes:
    """The first of the sidecars that are there, with all that only the new one says."""
    if suffix == ".xmp":
        return xmp_merging.united(known[0] or EMPTY, data)
    if suffix == JSON:
        return _united_json(known[0], data)
    raise SidecarError("sidecar.two_edits")


def _there(file: Path, owner: Path, heir: Path, written: Mapping[Path, bytes]) -> Iterator[Path]:
    """The sidecars of this kind that the heir has, the one to write into first."""
    suffix = file.suffix
    exact = beside(file.name, owner.name, heir.name)
    whole = is_named_after(exact, heir.name)
    names = [exact]
    if suffix.casefold() == JSON:
        names += [heir.name + end for end in _TAKEOUT]
    elif whole or exact == heir.stem + suffix:
        ends = dict.fromkeys((suffix, suffix.lower(), suffix.upper()))
        names = [base + end for base in (heir.name, heir.stem) for end in ends]
    found: list[Path] = []
    for path in (heir.with_name(name) for name in dict.fromkeys(names)):
        if path in written or (path.is_file() and not any(_same(path, other) for other in found)):
            found.append(path)
            yield path


def _leads_to(path: Path, leaving: Sequence[Path]) -> bool:
    """Whether a sidecar is a link to one that goes: then it holds nothing of its own."""
    return path.is_symlink() and any(_same(path, other) for other in leaving)


def _same(one: Path, other: Path) -> bool:
    """On drives that do not tell case apart, two names are one file."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _free_name(file: Path, owner: Path, heir: Path) -> str:
    """The sidecar's name beside the heir; the whole name where a stem would mean others, too."""
    exact = beside(file.name, owner.name, heir.name)
    if is_named_after(exact, heir.name) or not _has_namesakes(heir):
        return exact
    return beside(file.name, owner.name, heir.name, alone=_has_namesakes(owner))


def _has_namesakes(photo: Path) -> bool:
    """Whether other pictures of its stem lie beside a photo."""
    from photo_organizer.engine.files.formats import PICTURE_SUFFIXES

    return any(
        photo.with_name(photo.stem + end).is_file()
        for suffix in PICTURE_SUFFIXES - {photo.suffix.casefold()}
        for end in (suffix, suffix.upper())
    )


def _counterpart(owner: Path, kept: Path) -> Path | None:
    """The RAW or film of the kept photo that answers to one of the photo that goes."""
    for end in dict.fromkeys((owner.suffix, owner.suffix.lower(), owner.suffix.upper())):
        path = kept.with_name(kept.stem + end)
        if path.is_file():
            return path
    return None


def _is_taken(path: Path, written: Mapping[Path, bytes]) -> bool:
    return path in written or os.path.lexists(path)


def _read(path: Path, written: Mapping[Path, bytes]) -> bytes:
    if path in written:
        return written[path]
    return xmp.read_bytes(path)


# ---------------------------------------------------------------------- Google's JSON


def _united_json(kept: bytes, leaving: bytes) -> bytes:
    """Google's words of both; where they differ, nothing can be united."""
    own, others = _object(kept), _object(leaving)
    whole = _both(own, others)
    if whole == own:
        return kept
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _both(own: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    whole = dict(own)
    for key, value in others.items():
        before = whole.get(key)
        if key in _PASSING and key in whole:
            continue
        if _is_empty(before):
            whole[key] = value if before is None or not _is_empty(value) else before
        elif isinstance(before, dict) and isinstance(value, dict):
            whole[key] = _both(before, value)
        elif isinstance(before, list) and isinstance(value, list):
            whole[key] = [*before, *(item for item in value if item not in before)]
        elif before != value and not _is_empty(value) and key != "title":
            raise SidecarError("sidecar.two_texts")
    return whole


def _is_empty(value: object) -> bool:
    """Google writes 0.0 for places it does not know, and "" for no words."""
    if isinstance(value, dict):
        return all(_is_empty(inner) for inner in value.values())
    return not value


def _object(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise SidecarError("sidecar.large")
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SidecarError("sidecar.no_json") from error
    if not isinstance(said, dict):
        raise SidecarError("sidecar.no_json")
    return said
