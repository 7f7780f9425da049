"""Groups of photos that show the same thing, each around the one to keep.

Three kinds: exact copies (equal in all that is held), the same picture (resized, re-encoded,
lightly edited, turned, cropped at the edge) and similar shots (takes of one moment). Groups are
stars, not chains: every photo agrees with the keeper itself. They are built from the strongest kind
up:

1. Photos of the same content are one node, represented by the best of them.
2. Nodes of the same picture gather around the best free one.
3. Those stars gather around the best free one of similar shots; a star joins only whole, when each
   of its photos agrees with the new keeper.
4. Which take of such a group stays is found by comparing them pair by pair (`takes`), faces too:
   only takes that every photo of the group agrees with may stay.

A photo is safe to trash when its group keeps another one that is the same content, or the same
picture, at least as good in every measure, and lacking nothing that the photo's file holds. Edits,
turns, crops and similar shots are never safe, nor are photos in protected folders or with more
stars than the one that stays. Nor are copies in two folders where nothing speaks for the one or the
other: each of them may be part of an order that somebody made. Exact copies of a photo in a group
of similar shots are safe, because that photo stays. A link is never safe, and never what stays.

Evidence is gathered once (`find_pairs`); moving a slider only runs `group` again. Of a unit (RAW
and JPEG, see `sequences.units`) only the leader appears in a group: the others go where it goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Facts, Vectors
from photo_organizer.engine.domain.keeper_criteria import Order, default_order
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group, GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.keepers import Merits
from photo_organizer.engine.duplicates.linked import Forbidden, Linked, rows_of_contents
from photo_organizer.engine.duplicates.links import Links, cropped
from photo_organizer.engine.duplicates.moments import compare_faces, find_moments
from photo_organizer.engine.duplicates.pair_evidence import PairEvidence, find_pairs
from photo_organizer.engine.duplicates.takes import Choice, Moment, TakeMerits, choose
from photo_organizer.engine.people.groups import GroupedFaces

__all__ = ["PairEvidence", "find_pairs", "group"]

_KINDS: Final = (GroupKind.EXACT, GroupKind.SAME, GroupKind.SIMILAR)
_EXACT, _SAME, _SIMILAR = range(3)

_Rows = NDArray[np.int32]


def group(  # noqa: PLR0917 - the flows hand these over in this order
    evidence: PairEvidence,
    facts: Facts,
    thresholds: Thresholds,
    decisions: Decisions,
    flaws: Vectors,
    scores: NDArray[np.float32],
    *,
    order: Order | None = None,
    faces: GroupedFaces | None = None,
    linked: Linked | None = None,
) -> list[Group]:
    """Duplicate groups under some thresholds and decisions; quick, reads no pixel.

    Args:
        evidence: what `find_pairs` said about these facts.
        facts: of N photos.
        thresholds: thresholds "duplicates.…".
        decisions: the user's: pairs that are no duplicates, ratings, protected folders.
        flaws: (N, len(Flaw)) certainty of each flaw, 0 to 1, in the order of `Flaw`.
        scores: (N,) highlight scores, 0 to 1.
        order: criteria by kind, `default_order` when None.
        faces: who is who in groups, if it is known from before.
        linked: what groups are made of, where it is known: of all photos, or only of some.

    Returns:
        Groups, exact copies first, then the same pictures, then similar shots; the most photos
        first within a kind. A photo is in at most one group.
    """
    order = default_order() if order is None else order
    if linked is None:
        linked = Linked.of(evidence, thresholds, decisions, rows_of_contents(facts))
    links, content, forbidden, rows = linked.links, linked.content, linked.forbidden, linked.rows
    if not len(rows):
        return []
    merits = Merits(
        rows,
        facts.photos,
        evidence.traits,
        flaws=flaws,
        scores=scores,
        decisions=decisions,
        thresholds=thresholds,
        holds=_holds(evidence, content[rows]),
        noise=_noise(evidence, links, thresholds),
        held=evidence.held,
    )
    ranks = [merits.ranks(order[kind]) for kind in _KINDS]
    best, star, top = _gathered(links, content, rows, ranks, forbidden)
    moments = find_moments(top, ranks[_SIMILAR], best, star=star, nodes=content[rows], links=links)
    faces = GroupedFaces(facts.faces) if faces is None else faces
    takes = TakeMerits(merits, compare_faces(moments, top[content], faces, thresholds))
    choices = choose(list(moments.values()), takes, order[GroupKind.SIMILAR])
    said = _let_best_takes_stay(moments.values(), choices, top, ranks[_SIMILAR], content)

    node, hub = content[rows], top[content[rows]]
    kind = np.full(len(rows), _EXACT, np.int8)
    similarity = np.ones(len(rows), np.float32)
    around = np.flatnonzero(node != hub)
    found = links.find(node[around], hub[around])
    of_links = np.where(links.same, _SAME, _SIMILAR)
    kind[around], similarity[around] = of_links[found], links.agreement[found]
    pair = np.full(len(rows), -1, np.intp)
    follows = np.flatnonzero((rows == best[node]) & (star[node] != node))
    pair[follows] = links.place[links.find(node[follows], star[node[follows]])]
    kept = np.where(rows == best[node], best[star[node]], best[node])
    safe = _safe(evidence, merits, thresholds, rows=rows, kept=kept, pair=pair)
    safe &= decisions.carries | ~evidence.held.say_more(rows, kept)
    # A link is no copy: whoever takes away where it leads to would take the picture with it.
    safe &= ~(merits.are_linked(rows) | merits.are_linked(kept))
    safe &= _chosen(merits, order, rows=rows, kept=kept, copies=pair < 0)

    # Photos of a group stand together: the keeper, then the best, copies after what they copy.
    sequence = np.lexsort([ranks[_EXACT][rows], ranks[_SIMILAR][best[node]], node != hub, hub])
    rows, hub, kind = rows[sequence], hub[sequence], kind[sequence]
    similarity, safe, kept = similarity[sequence], safe[sequence], kept[sequence]
    starts = np.flatnonzero(np.r_[True, hub[1:] != hub[:-1]])
    lengths = np.diff(np.r_[starts, len(hub)])
    kinds = np.maximum.reduceat(kind, starts)
    several = lengths > 1
    reasons = np.empty(len(starts), object)
    for number, name in enumerate(_KINDS):
        chosen = np.flatnonzero(several & (kinds == number))
        keepers = rows[starts[chosen]]
        if number == _SIMILAR:
            reasons[chosen] = [said[keeper] for keeper in keepers.tolist()]
        else:
            last = np.maximum.reduceat(ranks[number][rows], starts)[chosen]
            reasons[chosen] = merits.reasons(keepers, _row_of(ranks[number])[last], order[name])
    starts, kinds, lengths, reasons = (
        of_groups[several] for of_groups in (starts, kinds, lengths, reasons)
    )
    ids = [facts.photos[row].id for row in rows.tolist()]
    originals = [facts.photos[row].id for row in kept.tolist()]
    similarities, safes = similarity.tolist(), safe.tolist()
    sequence = np.lexsort([starts, -lengths, kinds])
    spans = zip(
        kinds[sequence].tolist(),
        reasons[sequence].tolist(),
        starts[sequence].tolist(),
        (starts + lengths)[sequence].tolist(),
        strict=True,
    )
    return [
        Group(
            _KINDS[number],
            ids[start],
            tuple(ids[start:stop]),
            reason,
            tuple(similarities[start:stop]),
            tuple(safes[start:stop]),
            more=_more(evidence, rows[start:stop], kind[start:stop], carries=decisions.carries),
            originals=tuple(originals[start:stop]),
        )
        for number, reason, start, stop in spans
    ]


def _row_of(ranks: _Rows) -> _Rows:
    """The photo at each place."""
    row_of = np.empty(len(ranks) + 1, np.int32)
    row_of[ranks] = np.arange(len(ranks), dtype=np.int32)
    return row_of


def _holds(evidence: PairEvidence, nodes: _Rows) -> NDArray[np.int32]:
    """How much each file holds beside its picture, (N,); twice, to leave room for a step less.

    Only those of `nodes` are looked at.

    One that holds less than a file with equal pictures, be it metadata only, is half a step less:
    it has nothing of its own. Metadata alone never beats a file with other, maybe better, pixels.
    """
    poorer, wanted = np.zeros((2, len(evidence.content)), np.bool_)
    wanted[nodes] = True
    equal = evidence.equal & (wanted[evidence.first] | wanted[evidence.second])
    for place in np.flatnonzero(equal).tolist():
        one, two = int(evidence.first[place]), int(evidence.second[place])
        more, less = evidence.held.more(one, two), evidence.held.more(two, one)
        if bool(more) != bool(less):
            poorer[two if more else one] = True
    return np.asarray(2 * evidence.held.weight - poorer[evidence.content], np.int32)


def _noise(evidence: PairEvidence, links: Links, thresholds: Thresholds) -> Vectors:
    """Doublings of noise that another version of the same picture does without, (N,)."""
    place = links.place[links.same]
    noise = evidence.noise.at(place)
    which, gap = noise.noisier(thresholds), np.abs(noise.calm)
    found = np.zeros(len(evidence.content), np.float32)
    for rows, worse in ((evidence.first, which < 0), (evidence.second, which > 0)):
        np.maximum.at(found, rows[place[worse]], gap[worse])
    return np.asarray(found[evidence.content], np.float32)


def _more(
    evidence: PairEvidence, rows: _Rows, kind: NDArray[np.int8], *, carries: bool
) -> tuple[tuple[Reason, ...], ...]:
    """What each photo of a group holds and the first, its keeper, lacks; empty: none does.

    Another shot has a place and metadata of its own, which nobody keeps it for.
    """
    keeper = int(rows[0])
    found = [evidence.held.more(row, keeper) for row in rows.tolist()]
    if not carries:
        speaking = evidence.held.say_more(rows, np.full_like(rows, keeper))
        for place in np.flatnonzero(speaking & (kind != _SIMILAR)).tolist():
            found[place] += (Reason("holds.words"),)
    for place in np.flatnonzero(kind == _SIMILAR).tolist():
        found[place] = tuple(said for said in found[place] if said.code not in _OF_SHOT)
    return tuple(found) if any(found) else ()


def alike(
    evidence: PairEvidence, facts: Facts, thresholds: Thresholds, decisions: Decisions
) -> _Rows:
    """The rows of photos that are alike another one: nothing about others changes any group.

    Args:
        evidence: what `find_pairs` said about these facts.
        facts: of N photos.
        thresholds: thresholds "duplicates.…".
        decisions: the user's.
    """
    return Linked.of(evidence, thresholds, decisions, rows_of_contents(facts)).rows


def _best_of_content(content: _Rows, rows: _Rows, rank: _Rows) -> _Rows:
    """For each node the best photo of that content, (N,)."""
    best = np.arange(len(content), dtype=np.int32)
    worst_first = rows[np.argsort(-rank[rows])]
    best[content[worst_first]] = worst_first
    return best


def _gathered(
    links: Links, content: _Rows, rows: _Rows, ranks: Sequence[_Rows], forbidden: Forbidden
) -> tuple[_Rows, _Rows, _Rows]:
    """Groups as stars of nodes.

    Returns:
        (N,) for each node the best photo of that content, (N,) the node of the same picture that it
        gathered around, (N,) the one of similar shots.
    """
    best = _best_of_content(content, rows, ranks[_EXACT])
    star = np.arange(len(content), dtype=np.int32)
    same = links.same
    _gather(star, links.first[same], links.second[same], ranks[_SAME][best], forbidden)
    top = star.copy()
    rank = ranks[_SIMILAR][best]
    _gather(top, *_whole_stars(links, star, rank), rank, forbidden)
    return best, star, top[top]


def _gather(hub: _Rows, first: _Rows, second: _Rows, rank: _Rows, forbidden: Forbidden) -> None:
    """Let nodes gather around the best-ranked free node they are linked to, in place.

    Taking the links by the rank of their better end, then of the other, decides about each node
    before it can gather others.
    """
    swap = rank[first] > rank[second]
    better, other = np.where(swap, second, first), np.where(swap, first, second)
    sequence = np.lexsort([rank[other], rank[better]])
    ends = np.unique(np.concatenate([first, second]))
    free = dict(zip(ends.tolist(), hub[ends].tolist(), strict=True))
    inside: dict[int, list[int]] = defaultdict(list)
    if forbidden:
        gathered = np.union1d(ends, np.flatnonzero(hub != np.arange(len(hub))))
        for node, around in zip(gathered.tolist(), hub[gathered].tolist(), strict=True):
            inside[around].append(node)
    pairs = zip(better[sequence].tolist(), other[sequence].tolist(), strict=True)
    for keeper, node in pairs:
        if free[keeper] != keeper or free[node] != node:
            continue
        if forbidden:
            if any(forbidden.get(n, set()) & set(inside[keeper]) for n in inside[node]):
                continue
            inside[keeper] += inside[node]
        free[node] = keeper
    hub[ends] = list(free.values())


def _let_best_takes_stay(
    moments: Iterable[Moment], choices: Iterable[Choice], top: _Rows, rank: _Rows, content: _Rows
) -> dict[int, Reason]:
    """Gather similar shots around the chosen takes, in place: in `top` and `rank`.

    Returns:
        By the row of each take that stays why it does.
    """
    said = {}
    for moment, choice in zip(moments, choices, strict=True):
        rank[choice.takes] = rank[moment.takes]
        top[moment.nodes] = content[choice.takes[0]]
        said[int(choice.takes[0])] = choice.reason
    return said


def _whole_stars(links: Links, star: _Rows, rank: _Rows) -> tuple[_Rows, _Rows]:
    """Star centres, and worse-ranked ones whose whole stars are linked to them."""
    one = np.concatenate([links.first, links.second])
    two = np.concatenate([links.second, links.first])
    centre = (star[one] == one) & (star[two] != one)
    one, around = one[centre], star[two[centre]]
    keys, linked = np.unique(one.astype(np.int64) * links.count + around, return_counts=True)
    sizes = np.bincount(star, minlength=links.count)
    keys = keys[linked == sizes[keys % links.count]]
    one, two = (keys // links.count).astype(np.int32), (keys % links.count).astype(np.int32)
    better = rank[one] < rank[two]
    return one[better], two[better]


def _safe(
    evidence: PairEvidence,
    merits: Merits,
    thresholds: Thresholds,
    *,
    rows: _Rows,
    kept: _Rows,
    pair: NDArray[np.intp],
) -> NDArray[np.bool_]:
    """Which photos lose nothing that their group does not keep, (M,).

    Measured against the photo that stays for each, which need not be the group's keeper.

    Args:
        evidence: of the pairs.
        merits: of the photos.
        thresholds: thresholds "duplicates.safe.…".
        rows: (M,) the photos.
        kept: (M,) what stays for each: the photo itself where it stays.
        pair: (M,) the place in the evidence of photo and kept; -1 for the same content.
    """
    safe = rows != kept
    places = np.flatnonzero(pair >= 0)
    members, keepers, pairs = rows[places], kept[places], pair[places]
    known, limit = merits.known, "duplicates.safe."
    residual = evidence.residual[pairs]
    resized = known.pixels[keepers] > known.pixels[members]
    clean = (
        (evidence.orientation[pairs] == 0)
        & (cropped(evidence, pairs) <= thresholds[limit + "shift"])
        & (
            residual
            <= np.where(resized, thresholds[limit + "resized"], thresholds[limit + "residual"])
        )
        & (evidence.peak[pairs] <= thresholds[limit + "peak"] * np.maximum(residual, 1.5))
        & (evidence.change[pairs] <= thresholds[limit + "change"])
        & (evidence.spot[pairs] <= thresholds[limit + "spot"])
        & (evidence.refocused[pairs] <= thresholds[limit + "focus"])
        & (np.abs(np.log(evidence.tone[pairs])) <= thresholds[limit + "tone"])
        & (evidence.colour[pairs] <= thresholds[limit + "colour"])
    )
    lossless = known.lossy[keepers] < 0
    bytes_enough = known.size[keepers] >= thresholds[limit + "bytes"] * known.size[members]
    worse = merits.flaws[keepers] - merits.flaws[members] > thresholds[limit + "flaw"]
    worthy = (
        clean
        & (known.pixels[keepers] >= known.pixels[members])
        & (lossless | ((known.lossy[members] >= 0) & bytes_enough))
        & (known.original[keepers] >= known.original[members])
        & (known.exif[keepers] >= known.exif[members])
        & (known.bordered[keepers] <= known.bordered[members])
        & ~worse.any(axis=1)
        & ~evidence.noise.at(pairs).clear(thresholds)
    )
    # Equal to the last bit, as a PNG made of a JPEG: there is nothing to measure.
    safe[places] = evidence.equal[pairs] | worthy
    no_star_lost = merits.of("rated", rows) <= merits.of("rated", kept)
    nothing_lost = no_star_lost & ~evidence.held.hold_more(rows, kept)
    return np.asarray(safe & nothing_lost & (merits.of("protected", rows) == 0))


def _chosen(
    merits: Merits, order: Order, *, rows: _Rows, kept: _Rows, copies: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether something speaks for the photo that stays and against each photo, (M,).

    Copies in two folders are an order that somebody made, twice. Which of them was saved first, or
    which comes first in the list, does not say which order may be lost. In one folder it does.

    Args:
        merits: of the photos.
        order: criteria by kind.
        rows: (M,) the photos.
        kept: (M,) what stays for each.
        copies: (M,) both are of the same content.
    """
    telling = np.zeros(len(rows), np.bool_)
    for kind, chosen in ((GroupKind.EXACT, copies), (GroupKind.SAME, ~copies)):
        for criterion in order[kind]:
            if criterion not in _SAYS_LITTLE:
                telling |= chosen & (merits.of(criterion, rows) != merits.of(criterion, kept))
    photos = merits.photos
    pairs = zip(rows.tolist(), kept.tolist(), strict=True)
    together = np.array(
        [photos[one].path.parent == photos[two].path.parent for one, two in pairs], np.bool_
    )
    by_hand = np.zeros(len(rows), np.bool_)
    for criterion in ("protected", "keep_from"):
        by_hand |= merits.of(criterion, kept) > merits.of(criterion, rows)
    order_lost = merits.of("organised", rows) > merits.of("organised", kept)
    return np.asarray(together | (telling & (by_hand | ~order_lost)), np.bool_)


_OF_SHOT: Final = ("holds.facts", "holds.place")
"""Codes of what differs between any two shots."""

_SAYS_LITTLE: Final = ("older",)
"""Criteria that choose between copies, but tell nothing of what would be lost with one."""
