"""What the four flows answer. Everything shown, printed or written comes from a `Result`.

Sentences for people are kept as a `Reason` (code and values) until they are shown, so that the
interface can say them in the user's language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Any, Final

from photo_organizer.engine import assets
from photo_organizer.engine.domain.faces import SeenFace
from photo_organizer.engine.domain.photos import PhotoDict, Photos
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.regions import Region

OTHERS = "others"
"""The category of photos that match no keyword."""

PEOPLE = "people"
"""The built-in category of photos with people: what is known of faces has its part in it."""

CONTRACT = 1
"""Version of the JSON result. It grows when a key goes, or means something else."""

LIBRARY = "library"
"""The name under which highlights rank the whole library."""


class Flow(StrEnum):
    """One of the four answers, as the result contract names it."""

    CATEGORIES = "categories"
    DUPLICATES = "duplicates"
    HIGHLIGHTS = "highlights"
    LOW_QUALITY = "low_quality"


EVERY_FLOW = frozenset(Flow)


class GroupKind(StrEnum):
    """How the photos of a duplicate group belong together."""

    EXACT = "exact"
    """Equal in all that is held: the same bytes, or the same pictures with nothing beside them in
    one file that the other lacks."""
    SAME = "same"
    """The same picture: resized, re-encoded, lightly edited, turned, cropped at the edge."""
    SIMILAR = "similar"
    """Several takes of one moment: bursts and near-identical shots."""


class Flaw(StrEnum):
    """A mechanical fault of a photo, apart from taste."""

    BLUR = "blur"
    MOTION = "motion"
    NOISE = "noise"
    DARK = "dark"
    OVEREXPOSED = "overexposed"
    PIXELATED = "pixelated"
    COMPRESSION = "compression"
    SMALL = "small"
    EYES_CLOSED = "eyes_closed"
    """Of somebody whom the photo is of. It may be meant: see `is_gentle`."""

    @property
    def threshold(self) -> str:
        """The name of the score from which photos are flagged, see `Thresholds`."""
        return f"quality.certainty.{self.value}"

    @property
    def is_unsharp(self) -> bool:
        """Whether what is wrong is above all that the photo is not sharp."""
        return self in (Flaw.BLUR, Flaw.MOTION)

    @property
    def is_of_the_whole(self) -> bool:
        """Whether no part of a photo shows it better than all of it."""
        return self is Flaw.SMALL

    @property
    def is_gentle(self) -> bool:
        """Whether it is told and nothing more.

        People sleep, laugh and look down. So nothing is ever chosen for the trash because of it,
        and among highlights such a photo counts a little less, but comes with the others.
        """
        return self is Flaw.EYES_CLOSED


class Certainty(StrEnum):
    """How sure a flag is, in a word; the surest first."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"

    @property
    def least(self) -> float:
        """The score from which this word is said."""
        words = assets.toml("thresholds/quality.toml")["words"]
        least: float = words.get(self.value, 0.0)
        return least

    @property
    def word(self) -> Reason:
        """The word for people: "certainly"."""
        return Reason(f"certainty.{self.value}")


@dataclass(frozen=True, slots=True)
class Group:
    """Photos that show the same thing; everyone is close to the keeper, no chains."""

    kind: GroupKind
    keeper: int
    """Photo id of the one suggested to keep; always in `photos`."""
    photos: tuple[int, ...]
    """Photo ids, the keeper first; at least two."""
    reason: Reason
    """Why the keeper won."""
    similarities: tuple[float, ...]
    """Similarity of each of `photos` to the keeper, 0 to 1; 1.0 for the keeper itself."""
    safe: tuple[bool, ...]
    """For each of `photos`: may be pre-selected for the trash. Never true for the keeper."""
    reviewed: bool = False
    """The user looked at it and decided. It is not shown again, and nothing in it is `safe`."""
    more: tuple[tuple[Reason, ...], ...] = ()
    """For each of `photos`: what its file holds and that of the keeper lacks ("5 pages", "film").
    Empty: none holds more."""
    originals: tuple[int, ...] = ()
    """For each of `photos`: the one that it is a copy of, which need not be the keeper; itself
    where it is none. Empty: nobody looked."""

    def stays_for(self, photo: int, gone: Collection[int]) -> int | None:
        """What has all of a photo that is safe to remove, when others of the group are gone.

        A copy's own original may be safe to remove itself, because of a further one.

        Returns:
            The photo id; None: whatever the photo was safe for is gone, and it is safe no longer.
        """
        originals = dict(zip(self.photos, self.originals, strict=False))
        safe = dict(zip(self.photos, self.safe, strict=True))
        original = originals.get(photo, self.keeper)
        while original in gone:
            if not safe.get(original) or original == photo:
                return None
            original = originals.get(original, self.keeper)
        return original


_PLACES: Final = {flaw: place for place, flaw in enumerate(Flaw)}


@dataclass(frozen=True, slots=True)
class Flag:
    """One flaw of one photo."""

    photo: int
    flaw: Flaw
    score: float
    """0 (none) to 1 (certain)."""
    threshold: float
    """The score from which the photo is flagged."""
    reason: Reason
    region: Region | None = None
    """Where in the photo it shows, where that is known already; None: it can be looked for."""

    @property
    def certainty(self) -> Reason:
        """How sure the score is, in a word: "certainly"."""
        return next(one for one in Certainty if self.score >= one.least).word

    @property
    def rank(self) -> tuple[float, int]:
        """Sorts flags: the most certain first, equals in the order of `Flaw`."""
        return -self.score, _PLACES[self.flaw]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A photo's place among the highlights."""

    photo: int
    score: float
    """0 to 1."""
    native: float
    """On the scorer's own scale (LAION's heads: about 1 to 10)."""
    reason: Reason | None = None
    """Why it has its score; None where the scorer does not say."""


LEFT_OUT = "files.left_out"
"""Code of the reason that tells of a folder which files in it were left out by their suffix."""

VIDEOS = "files.videos"
"""Code of the reason that tells of a folder how many videos there are in it."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out, and why; or a folder with files that nobody can look at."""

    path: Path
    reason: Reason
    files: tuple[str, ...] = ()
    """What a folder is told of for, below it: "Holiday/film.mp4"."""

    @property
    def is_photo(self) -> bool:
        """Whether something is wrong with it; videos and other kinds of files are as they are."""
        return self.reason.code not in (LEFT_OUT, VIDEOS)


def count_videos(skipped: Iterable[Skipped]) -> int:
    """How many videos there are among what was left out."""
    return sum(len(one.files) for one in skipped if one.reason.code == VIDEOS)


def _left_out(skipped: Iterable[Skipped]) -> list[dict[str, Any]]:
    """How many files of other kinds there are, videos among them, by folder and suffix."""
    counts: dict[Path, Counter[str]] = {}
    for one in skipped:
        counted = counts.setdefault(one.path, Counter()) if not one.is_photo else Counter()
        for item in one.reason.items if one.reason.code == LEFT_OUT else ():
            counted[str(item.values["suffix"])] += int(item.values["count"])
        counted.update(PurePath(name).suffix.lower() for name in one.files)
    return [
        {
            "folder": folder.as_uri(),
            "suffixes": dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))),
        }
        for folder, found in counts.items()
    ]


@dataclass(frozen=True, slots=True)
class Result:
    """All four answers over the photos known so far."""

    photos: Photos
    categories: Mapping[str, Sequence[int]]
    """Category key to photo ids, in the order of the category file, `OTHERS` last."""
    groups: Sequence[Group]
    highlights: Mapping[str, Sequence[Ranked]]
    """`LIBRARY` first, then the categories; best first."""
    flags: Sequence[Flag]
    """The most certain first; a photo may carry several."""
    skipped: Sequence[Skipped]
    fine: Sequence[Flag] = ()
    """Flags that the user called fine: shown only to take that back, never counted."""
    scorer: Reason | None = None
    """What `highlights` are ranked by, honestly named: "technical score"…; None: by nothing."""
    taste: Reason | None = None
    """How much of the user's taste is in `highlights`; None where it is switched off."""
    stars: Mapping[int, int] = field(default_factory=dict)
    """The user's ratings by photo id, 0 to 5; 0 is a rejection, also by another program.
    Others have none."""
    by_hand: frozenset[int] = frozenset()
    """Photos whose category the user chose."""
    followed: Mapping[int, int | None] = field(default_factory=dict)
    """Photos that are in their category because they are like one that the user moved there: photo
    id to its id; None where it is in another folder."""
    model: Mapping[str, Any] = field(default_factory=dict)
    faces: Mapping[int, Sequence[SeenFace]] = field(default_factory=dict)
    """The faces of the photos that were looked through, the largest first; photo id to none, one or
    several. A photo that nobody seems to be in was not looked through, and is not here."""
    without_faces: Reason | None = None
    """Why faces cannot be looked for on this machine; None where they can."""
    stand_in: Reason | None = None
    """Why the starter answers in the place of the model that was asked for; None where it does
    not."""
    timing: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def empty(cls) -> Result:
        """The result of no photos."""
        return cls(PhotoDict(), {}, (), {}, (), ())

    def to_contract(self, only: Sequence[str] = ()) -> dict[str, Any]:
        """The JSON object of the result contract: see ``docs/result.md``.

        Args:
            only: flows to fill ("categories", "duplicates", "highlights", "low_quality"); empty
                means all. The other keys are present and empty.
        """
        wanted = set(only) or EVERY_FLOW
        uri = {i: p.uri for i, p in self.photos.items()}
        groups = self.groups if "duplicates" in wanted else ()
        flags = self.flags if "low_quality" in wanted else ()
        return {
            "categories": [
                {"category": name, "images": [uri[i] for i in ids]}
                for name, ids in (self.categories.items() if "categories" in wanted else ())
            ],
            "duplicates": [[uri[i] for i in g.photos] for g in groups],
            "highlights": [
                {
                    "category": name,
                    "images": [{"image": uri[r.photo], "score": round(r.score, 4)} for r in ranked],
                }
                for name, ranked in (self.highlights.items() if "highlights" in wanted else ())
            ],
            "low_quality": list(dict.fromkeys(uri[f.photo] for f in flags)),
            "skipped": [
                {"image": s.path.as_uri(), "reason": s.reason.text()}
                for s in self.skipped
                if s.is_photo
            ],
            "details": {
                "contract": CONTRACT,
                "left_out": _left_out(self.skipped),
                "videos": [
                    {"folder": s.path.as_uri(), "videos": [(s.path / f).as_uri() for f in s.files]}
                    for s in self.skipped
                    if s.reason.code == VIDEOS
                ],
                "duplicates": [
                    {
                        "kind": g.kind.value,
                        "keeper": uri[g.keeper],
                        "reason": g.reason.text(),
                        "reviewed": g.reviewed,
                        "images": [
                            {
                                "image": uri[i],
                                "similarity": round(s, 4),
                                "safe": safe,
                                "holds_more": [said.text() for said in more],
                            }
                            for i, s, safe, more in zip(
                                g.photos,
                                g.similarities,
                                g.safe,
                                g.more or [()] * len(g.photos),
                                strict=True,
                            )
                        ],
                    }
                    for g in groups
                ],
                "low_quality": [
                    {
                        "image": uri[f.photo],
                        "flaw": f.flaw.value,
                        "score": round(f.score, 4),
                        "threshold": f.threshold,
                        "reason": f.reason.text(),
                    }
                    for f in flags
                ],
                "dates": [
                    {
                        "image": uri[i],
                        "taken": photo.taken.text(),
                        "precision": photo.taken.precision.value,
                        "source": photo.taken.source.value,
                    }
                    for i, photo in self.photos.items()
                    if photo.taken is not None
                ],
                "faces": [
                    {
                        "image": uri[i],
                        "faces": [_face_to_contract(seen) for seen in faces],
                    }
                    for i, faces in self.faces.items()
                ],
                "without_faces": self.without_faces.text() if self.without_faces else None,
                "stand_in": self.stand_in.text() if self.stand_in else None,
                "highlights": {
                    "scorer": str(self.scorer or ""),
                    "taste": dict(self.taste.values) if self.taste else None,
                    "stars": {uri[i]: stars for i, stars in self.stars.items() if i in uri}
                    if "highlights" in wanted
                    else {},
                    "native": {
                        uri[r.photo]: round(r.native, 4) for r in self.highlights.get(LIBRARY, ())
                    }
                    if "highlights" in wanted
                    else {},
                    "reasons": {
                        uri[r.photo]: r.reason.text()
                        for r in self.highlights.get(LIBRARY, ())
                        if r.reason is not None
                    }
                    if "highlights" in wanted
                    else {},
                },
                "model": dict(self.model),
                "timing": dict(self.timing),
            },
        }


def _face_to_contract(seen: SeenFace) -> dict[str, Any]:
    face = seen.face
    return {
        "box": [round(number, 4) for number in face.box],
        "eyes": seen.eyes.value,
        "openness": round(face.openness, 3),
        "sharpness": round(face.sharpness, 4),
        "yaw": round(face.yaw, 1),
        "presence": round(face.presence, 3),
        "person": seen.person,
    }
