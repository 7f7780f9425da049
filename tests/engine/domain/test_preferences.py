from dataclasses import replace
from pathlib import Path

from photo_organizer.engine.domain.computers import ClusterChoice
from photo_organizer.engine.domain.keeper_criteria import default_order
from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.results import GroupKind


def test_at_first_the_order_of_criteria_is_the_shipped_one() -> None:
    assert Preferences().order == default_order()


def test_only_what_was_chosen_makes_an_analysis_or_a_judgement_out_of_date() -> None:
    usual = Preferences()
    folder = (Path("/photos"),)
    assert replace(usual, protected=folder).judgement != usual.judgement
    assert replace(usual, protected=folder).analysis == usual.analysis
    assert replace(usual, excluded=folder).analysis != usual.analysis
    assert replace(usual, sidecars=False).judgement != usual.judgement
    assert replace(usual, cache_mib=1).analysis == usual.analysis
    together = replace(usual, cluster=ClusterChoice("tls://nas:8786"), use_cluster=True)
    assert not together.outdates(usual)
    assert usual.with_threshold("duplicates.same", 0.81).judgement != usual.judgement
    assert usual.with_threshold("duplicates.same", 0.81).analysis == usual.analysis


def test_preferred_criteria_come_before_those_chosen_once_and_for_all() -> None:
    usual = Preferences()
    turned = tuple(reversed(usual.order[GroupKind.SIMILAR]))
    chosen = replace(usual, order={**usual.order, GroupKind.SIMILAR: turned})
    order = chosen.preferring(("older", "pixels")).order[GroupKind.SIMILAR]
    assert order[:2] == ("older", "pixels")
    rest = [name for name in chosen.order[GroupKind.SIMILAR] if name not in ("older", "pixels")]
    assert list(order[2:]) == rest
    assert chosen.preferring(()) == chosen
