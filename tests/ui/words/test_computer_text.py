from dataclasses import replace

import pytest

from photo_organizer.engine.analysis.events import Stage
from photo_organizer.engine.domain.computers import Cluster, ComputerState
from photo_organizer.ui.words.computer_text import device_name, done_text, state_name, working
from photo_organizer.ui.words.progress_words import figures, title
from tests.ui.computers import ADDRESS, FAST, GONE, SLOW, UNFIT, UNREACHED, progress


def test_every_state_has_a_name_of_its_own() -> None:
    assert len({state_name(state) for state in ComputerState}) == len(ComputerState)


@pytest.mark.parametrize(
    ("computer", "said"),
    [
        (FAST, "Graphics card (CUDA)  ·  120 photos"),
        (SLOW, "Processor (CPU)  ·  1 photo"),
        (UNFIT, ""),
        (GONE, "5 photos"),
    ],
)
def test_what_a_computer_did_and_where(computer, said) -> None:
    assert done_text(computer) == said


def test_a_device_of_another_version_is_called_as_it_is() -> None:
    assert device_name("npu") == "npu"


def test_computers_count_once_whatever_they_run_and_only_if_they_can_work() -> None:
    second = replace(FAST, address="tls://pc1:2")
    assert working(Cluster(ADDRESS, (FAST, second, SLOW, UNFIT, GONE))) == 2


def test_the_analysis_says_on_how_many_computers_it_works() -> None:
    together = progress(FAST, SLOW, UNFIT)
    assert title(together) == "Analysing on 2 computers…"
    assert "85 photos/s" in figures(together)
    assert title(progress(FAST)) == "Analysing on 1 computer…"
    alone = "Analysing photos…"
    assert title(progress(trouble=UNREACHED)) == alone
    assert title(replace(together, cluster=None)) == alone
    assert title(replace(together, stage=Stage.COMPARING)) == "Comparing photos…"
