"""Groups of similar shots as moments of several takes, whose faces are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.face_merits import FaceMerits
from photo_organizer.engine.duplicates.links import Links
from photo_organizer.engine.duplicates.takes import MOST, Moment
from photo_organizer.engine.people.groups import GroupedFaces

_Rows = NDArray[np.int32]


def find_moments(
    top: _Rows, rank: _Rows, best: _Rows, *, star: _Rows, nodes: _Rows, links: Links
) -> dict[int, Moment]:
    """The takes of each group of similar shots, by the node that it gathered around.

    Args:
        top: (N,) for each node what it gathered around.
        rank: (N,) place of each photo among similar shots.
        best: (N,) for each node the best photo of that content.
        star: (N,) for each node the same picture that it gathered around.
        nodes: those of photos in groups.
        links: the pairs that hold.
    """
    gathered: dict[int, list[int]] = defaultdict(list)
    nodes = np.unique(nodes)
    for node, hub in zip(nodes.tolist(), top[nodes].tolist(), strict=True):
        gathered[hub].append(node)
    moments = {}
    for hub, members in gathered.items():
        around = np.array(members, np.int32)
        takes = around[star[around] == around]
        if len(takes) > 1:
            takes = takes[np.argsort(rank[best[takes]])][:MOST]
            moments[hub] = Moment(best[takes], links.hold_all(takes, around), around)
    return moments


def compare_faces(
    moments: Mapping[int, Moment], hubs: _Rows, faces: GroupedFaces, thresholds: Thresholds
) -> FaceMerits:
    """How the faces compare in groups of similar shots.

    Args:
        moments: by the node that a group gathered around.
        hubs: (N,) for each photo what its group gathered around.
        faces: of the N photos.
        thresholds: thresholds "people.…" and "duplicates.…".
    """
    photos: dict[int, list[int]] = defaultdict(list)
    shown = faces.rows[np.isin(hubs[faces.rows], list(moments))]
    for row, hub in zip(shown.tolist(), hubs[shown].tolist(), strict=True):
        photos[hub].append(row)
    groups = []
    for hub, rows in photos.items():
        takes = moments[hub].takes.tolist()
        seen = faces.seen(rows, takes, thresholds)
        groups.append({row: seen[row] for row in takes if row in seen})
    return FaceMerits(len(hubs), groups, thresholds)
