"""Plans a clean-up: which photos go, what stays for each of them, and what must not go.

Nothing is moved or written here; `photo_organizer.engine.cleanup.trash` carries a plan out.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group, GroupKind, Result
from photo_organizer.engine.files.sidecars import carried, heirs
from photo_organizer.engine.files.xmp_document import SidecarError


@dataclass(frozen=True, slots=True)
class Removal:
    """One photo that is to go to the trash."""

    photo: Photo
    group: Group | None
    """The duplicate group it belongs to."""
    kept: tuple[Photo, ...]
    """The photos of its group that stay; one of them must still be there when it goes.
    Empty: it has no group, or the last copy was allowed to go."""
    unit_files: tuple[Path, ...] = ()
    """Files that go together with it: the RAW of a JPEG, the film of a Live Photo."""
    sidecars: int = 0
    """How many of these files are carried over to a photo that stays."""

    @property
    def heirs(self) -> tuple[Photo, ...]:
        """The kept photos that its words and edits may be carried over to, best first."""
        return () if self.group is None else heirs(self.group, self.photo, self.kept)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A chosen photo that stays, and why."""

    photo: Photo
    reason: Reason


@dataclass(frozen=True)
class Plan:
    """What a clean-up would do: the content of the confirmation sheet."""

    removals: Sequence[Removal]
    refusals: Sequence[Refusal] = field(default_factory=tuple)

    @property
    def count(self) -> int:
        """How many photos go."""
        return len(self.removals)

    @cached_property
    def size(self) -> int:
        """Bytes of the photos that go, without the files that go with them."""
        return sum(r.photo.identity.size for r in self.removals)

    @cached_property
    def unit_files(self) -> int:
        """How many files go together with the photos."""
        return sum(len(r.unit_files) for r in self.removals)

    @cached_property
    def sidecars(self) -> int:
        """How many of those files are carried over to photos that stay."""
        return sum(r.sidecars for r in self.removals)

    @cached_property
    def by_folder(self) -> Mapping[Path, Sequence[Removal]]:
        """The folders that photos go from, and which; those first that most go from."""
        found: dict[Path, list[Removal]] = defaultdict(list)
        for removal in self.removals:
            found[removal.photo.path.parent].append(removal)
        return dict(sorted(found.items(), key=lambda one: -len(one[1])))

    @cached_property
    def folders(self) -> Mapping[Path, int]:
        """The folders that photos go from, and how many; most first."""
        return {folder: len(removals) for folder, removals in self.by_folder.items()}

    @cached_property
    def kept(self) -> Mapping[int, int]:
        """Keeper's photo id of each group that loses photos to how many of the group stay."""
        return {r.group.keeper: len(r.kept) for r in self.removals if r.group is not None}

    @cached_property
    def last_copies(self) -> Sequence[Photo]:
        """Photos of groups of which nothing stays; empty unless that was allowed."""
        return [r.photo for r in self.removals if r.group is not None and not r.kept]


def choose(result: Result, kinds: Collection[GroupKind]) -> list[int]:
    """Ids of the photos that groups of these kinds call safe to remove, in the groups' order."""
    return [
        photo
        for group in result.groups
        if group.kind in kinds
        for photo, safe in zip(group.photos, group.safe, strict=True)
        if safe
    ]


def plan(
    chosen: Collection[int],
    result: Result,
    *,
    protected: Sequence[Path] = (),
    unit_files: Mapping[int, Sequence[Path]] | None = None,
    allow_last_copy: bool = False,
    sidecars: bool = True,
) -> Plan:
    """Plan the clean-up of chosen photos.

    Refused are links, photos in protected folders, photos that are the same file on disk as one
    that stays, and the last copy of a group: its keeper stays when all are chosen. A link that
    stays is no copy. Reads the sidecars that go.

    Args:
        chosen: photo ids of `result`, with or without a group.
        result: the answers the choice was made from.
        protected: folders that nothing goes from.
        unit_files: photo id to the files that go together with it, unless they also belong to a
            photo that stays; see `photo_organizer.engine.duplicates.unit_files`.
        allow_last_copy: let a group go as a whole. Ask people for this separately.
        sidecars: those that go are carried over to photos that stay; they are counted.
    """
    planner = _Planner(result, protected, unit_files or {}, allow_last_copy)
    return planner.run(chosen, sidecars=sidecars)


class _Planner:
    """One planning: who goes so far, and who was refused."""

    def __init__(
        self,
        result: Result,
        protected: Sequence[Path],
        unit_files: Mapping[int, Sequence[Path]],
        allow_last_copy: bool,
    ) -> None:
        self._photos = result.photos
        self._groups = result.groups
        self._protected = [Path(os.path.realpath(folder)) for folder in protected]
        self._unit_files = unit_files
        self._allow_last_copy = allow_last_copy
        self._real_folders: dict[Path, Path] = {}
        self._going: dict[int, None] = {}  # ordered
        self._refusals: list[Refusal] = []
        self._spoken_for: set[Path] = set()

    def run(self, chosen: Collection[int], *, sidecars: bool) -> Plan:
        self._going = dict.fromkeys(chosen)
        for photo in tuple(self._going):
            objection = self._objection(self._photos[photo])
            if objection:
                self._refuse(photo, objection)
        for group in self._groups:
            if not self._allow_last_copy:
                self._keep_one(group)
        staying = {_place(p) for i, p in self._photos.items() if i not in self._going}
        for photo in tuple(self._going):
            if _place(self._photos[photo]) in staying:
                self._refuse(photo, "trash.same_file")
        kept: dict[int, tuple[Group | None, tuple[Photo, ...]]] = {}
        for group in self._groups:
            if self._going.keys().isdisjoint(group.photos):
                continue
            others = tuple(self._photos[i] for i in self._copies(group) if i not in self._going)
            kept |= dict.fromkeys(self._going.keys() & set(group.photos), (group, others))
        needed = {photo.path for _, others in kept.values() for photo in others}
        needed |= {refusal.photo.path for refusal in self._refusals}
        for photo, files in self._unit_files.items():
            if photo not in self._going:
                needed.update(files)
        self._spoken_for = {self._photos[i].path for i in self._going}
        removals = []
        written: dict[Path, bytes] = {}
        for photo_id in self._going:
            of_group, others = kept.get(photo_id, (None, ()))
            unit_files = self._take_unit_files(photo_id, needed)
            removal = Removal(self._photos[photo_id], of_group, others, unit_files)
            count = _count_carried(removal, written) if sidecars else 0
            removals.append(replace(removal, sidecars=count))
        return Plan(removals, self._refusals)

    def _keep_one(self, group: Group) -> None:
        """See that a photo stays of a group; a link is none."""
        if self._going.keys().isdisjoint(group.photos):
            return
        copies = self._copies(group)
        if self._going.keys() >= set(copies):
            chosen = group.keeper if group.keeper in copies else next(iter(copies))
            code = "trash.last_copy" if len(copies) == len(group.photos) else "trash.kept_link"
            self._refuse(chosen, code)

    def _copies(self, group: Group) -> dict[int, None]:
        """The photos of a group that are no links."""
        of_group = ((i, self._photos[i]) for i in group.photos)
        return {i: None for i, p in of_group if not p.identity.linked and not p.path.is_symlink()}

    def _take_unit_files(self, photo: int, needed: set[Path]) -> tuple[Path, ...]:
        """The files to move with a photo; what is `needed`, or goes already, is left alone."""
        taken = []
        for path in self._unit_files.get(photo, ()):
            if path in self._spoken_for or path in needed or self._protects(path):
                continue
            if not path.is_symlink():
                self._spoken_for.add(path)
                taken.append(path)
        return tuple(taken)

    def _objection(self, photo: Photo) -> str:
        """Code of why a photo must not go, whatever stays; "" where it may."""
        if self._protects(photo.path):
            return "trash.protected"
        if photo.path.is_symlink():
            return "trash.link"
        return "trash.linked" if photo.identity.linked else ""

    def _refuse(self, photo: int, code: str) -> None:
        del self._going[photo]
        self._refusals.append(Refusal(self._photos[photo], Reason(code)))

    def _protects(self, path: Path) -> bool:
        if not self._protected:
            return False
        folder = path.parent
        if folder not in self._real_folders:
            self._real_folders[folder] = Path(os.path.realpath(folder))
        real = self._real_folders[folder]
        return any(real.is_relative_to(root) for root in self._protected)


def _count_carried(removal: Removal, written: dict[Path, bytes]) -> int:
    """How many sidecars of a photo are carried over; `written` says what others were, and grows."""
    if not removal.heirs:
        return 0
    try:
        changes = carried(removal.photo, removal.unit_files, removal.heirs[0], written)
    except SidecarError:
        return 0  # then the photo stays, and the clean-up says why
    written |= {change.path: change.content for change in changes}
    return len(changes)


def _place(photo: Photo) -> tuple[int, int] | Path:
    """One real file, whatever its names. Some network drives number no file."""
    identity = photo.identity
    return (identity.device, identity.inode) if identity.inode else identity.path


def to_json(clean_up: Plan) -> dict[str, Any]:
    """The plan as a JSON object for programs, with absolute ``file://`` URIs.

    Keys: ``count``, ``bytes``, ``sidecars`` (how many are carried over), ``folders``, ``images``
    (image, bytes, the files that go with it; kind, keeper and reason where it has a group) and
    ``refused`` (image, reason).
    """
    return {
        "count": clean_up.count,
        "bytes": clean_up.size,
        "sidecars": clean_up.sidecars,
        "folders": [{"folder": f.as_uri(), "count": n} for f, n in clean_up.folders.items()],
        "images": [
            {
                "image": r.photo.uri,
                "bytes": r.photo.identity.size,
                "with": [path.as_uri() for path in r.unit_files],
                **_why(r),
            }
            for r in clean_up.removals
        ],
        "refused": [{"image": r.photo.uri, "reason": r.reason.text()} for r in clean_up.refusals],
    }


def _why(removal: Removal) -> dict[str, Any]:
    if removal.group is None:
        return {}
    keeper = next((p for p in removal.kept if p.id == removal.group.keeper), None)
    keeper = keeper or next(iter(removal.kept), None)
    return {
        "kind": removal.group.kind.value,
        "keeper": keeper.uri if keeper else None,
        "reason": removal.group.reason.text(),
    }
