"""Made-up computers that look into photos together."""

from __future__ import annotations

from photo_organizer.engine.analysis.events import Progress, Stage
from photo_organizer.engine.domain.computers import Cluster, Computer, ComputerState
from photo_organizer.engine.domain.reasons import Reason

ADDRESS = "tls://nas:8786"

WHY = Reason("cluster.stranger", {"message": "?"})

FAST = Computer("pc1", "tls://pc1:1", ComputerState.WORKING, 120, 61.4, "cuda")
SLOW = Computer("pc2", "tls://pc2:1", ComputerState.READY, 1, 0.0, "cpu")
UNFIT = Computer("pc3", "tls://pc3:1", ComputerState.UNFIT, why=WHY)
GONE = Computer("pc4", "tls://pc4:1", ComputerState.GONE, 5)

UNREACHED = Reason("cluster.unreachable", {"address": ADDRESS})


def progress(*computers: Computer, trouble: Reason | None = None) -> Progress:
    """A step of an analysis that has these computers work."""
    cluster = Cluster(ADDRESS, computers, trouble)
    return Progress(Stage.ANALYSING, 73, 533, False, 85.0, 150.0, cluster=cluster)
