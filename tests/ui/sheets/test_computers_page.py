"""Other computers in the settings: asked or not, and how they are."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from photo_organizer.engine.cluster import extra
from photo_organizer.engine.domain.computers import Cluster, ClusterChoice
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.computers_page import ComputersPage
from tests.ui.computers import ADDRESS, FAST, GONE, SLOW, UNFIT, UNREACHED

TOLD: list[Cluster] = []
ASKED: list[ClusterChoice] = []


def watch(choice: ClusterChoice, cancel: threading.Event) -> Iterator[Cluster]:
    ASKED.append(choice)
    yield from TOLD


@pytest.fixture(autouse=True)
def _nobody(session: Session) -> Iterator[None]:
    session.computers._watch = watch
    yield
    ASKED.clear()
    TOLD.clear()


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> ComputersPage:
    return open_page(session, qtbot)


def open_page(session: Session, qtbot: QtBot) -> ComputersPage:
    page = ComputersPage(session.choices, session.tasks, session.computers)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    settle(session, qtbot)
    return page


def settle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.tasks.busy)


def write(field, text: str, qtbot: QtBot) -> None:
    """Type over what is there, and leave the field."""
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def use(session: Session, qtbot: QtBot, *told: Cluster) -> ComputersPage:
    """A page that asks computers which are like this."""
    TOLD.extend(told)
    chosen = replace(session.choices.preferences, cluster=ClusterChoice(ADDRESS), use_cluster=True)
    session.choices.set_preferences(chosen)
    return open_page(session, qtbot)


def test_at_first_nobody_is_asked_and_it_says_what_to_type(page: ComputersPage) -> None:
    assert not page.use.isChecked()
    assert not page.now.isVisible()
    assert not page.missing.isVisible()
    assert page.serve.line.text() == "photo-organizer cluster serve /photos"
    assert page.work.line.text().startswith("photo-organizer cluster work tls://nas:8786 --root ")
    assert ASKED == []


def test_an_address_is_completed_and_followed_and_stays_while_off(
    page: ComputersPage, session: Session, qtbot: QtBot
) -> None:
    page.use.click()
    assert "Type the address" in page.problem.text()
    write(page.address, "NAS", qtbot)
    assert page.address.text() == ADDRESS
    assert not page.problem.isVisible()
    assert session.choices.preferences.cluster_in_use == ClusterChoice(ADDRESS)
    settle(session, qtbot)
    assert [ClusterChoice(ADDRESS)] == ASKED
    page.use.click()
    assert session.choices.preferences.cluster_in_use is None
    assert session.choices.preferences.cluster == ClusterChoice(ADDRESS)
    assert not page.now.isVisible()


def test_the_line_for_the_others_has_the_address(page: ComputersPage, qtbot: QtBot) -> None:
    write(page.address, "tls://basement:9000", qtbot)
    assert "work tls://basement:9000 --root" in page.work.line.text()


@pytest.mark.parametrize(
    ("typed", "said"), [("tcp://nas:8786", "any program"), ("http://nas", "no address")]
)
def test_what_cannot_be_an_address_is_told_and_changes_nothing(
    page: ComputersPage, session: Session, qtbot: QtBot, typed: str, said: str
) -> None:
    write(page.address, "nas", qtbot)
    write(page.address, typed, qtbot)
    assert page.problem.isVisible()
    assert said in page.problem.text()
    assert page.address.accessibleDescription() == page.problem.text()
    assert session.choices.preferences.cluster == ClusterChoice(ADDRESS)
    page.hide()
    page.show()
    assert page.address.text() == ADDRESS
    assert not page.problem.isVisible()
    settle(session, qtbot)


def test_a_plain_address_of_this_computer_is_fine(
    page: ComputersPage, session: Session, qtbot: QtBot
) -> None:
    write(page.address, "tcp://127.0.0.1:9000", qtbot)
    assert session.choices.preferences.cluster == ClusterChoice("tcp://127.0.0.1:9000")


def test_certificate_and_library_can_be_typed_and_chosen(
    page: ComputersPage,
    session: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    certificate = tmp_path / "cluster.pem"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(certificate), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.choose_certificate.click()
    assert session.choices.preferences.cluster is None  # they wait for the address
    write(page.address, "nas", qtbot)
    page.choose_root.click()
    chosen = ClusterChoice(ADDRESS, certificate, tmp_path)
    assert session.choices.preferences.cluster == chosen
    write(page.root, "photos", qtbot)
    assert "photos is no whole path" in page.problem.text()
    assert session.choices.preferences.cluster == chosen
    page.root.clear()
    write(page.certificate, str(tmp_path / "other.pem"), qtbot)
    chosen = ClusterChoice(ADDRESS, tmp_path / "other.pem")
    assert session.choices.preferences.cluster == chosen


def test_an_address_that_is_taken_away_is_forgotten(
    page: ComputersPage, session: Session, qtbot: QtBot
) -> None:
    write(page.address, "nas", qtbot)
    page.address.clear()
    qtbot.keyClick(page.address, Qt.Key.Key_Return)
    assert session.choices.preferences.cluster is None
    page.hide()
    page.show()
    assert page.address.text() == ""
    settle(session, qtbot)


def test_each_computer_has_a_row(session: Session, qtbot: QtBot) -> None:
    page = use(session, qtbot, Cluster(ADDRESS, (FAST, SLOW, UNFIT, GONE), at_home=3))
    assert list(page.rows) == [one.address for one in (FAST, SLOW, UNFIT, GONE)]
    fast = page.rows[FAST.address]
    assert fast.title.text() == "pc1"
    assert fast.rate.text() == "61 photos/s"
    assert fast.accessibleName() == (
        "pc1. Looking at photos. 61 photos/s. Graphics card (CUDA)  ·  120 photos"
    )
    assert not page.rows[SLOW.address].rate.isVisible()
    unfit = page.rows[UNFIT.address]
    qtbot.waitUntil(unfit.why.isVisible)  # rows that came while it was shown are shown soon
    assert unfit.why.text().startswith("It does not answer")
    assert not page.trouble.isVisible()
    assert page.at_home.text() == "This computer looked at 3 photos itself."


def test_rows_follow_the_computers(session: Session, qtbot: QtBot) -> None:
    later = replace(SLOW, state=FAST.state, rate=24.0)
    page = use(session, qtbot, Cluster(ADDRESS, (FAST, SLOW)), Cluster(ADDRESS, (later,)))
    assert list(page.rows) == [SLOW.address]
    assert page.rows[SLOW.address].rate.text() == "24 photos/s"


def test_trouble_is_told_where_the_computers_are(session: Session, qtbot: QtBot) -> None:
    page = use(session, qtbot, Cluster(ADDRESS, trouble=UNREACHED))
    assert page.trouble.text() == UNREACHED.text("en")
    assert page.trouble.property("role") == "warning"
    assert page.rows == {}


def test_nobody_there_is_told(session: Session, qtbot: QtBot) -> None:
    page = use(session, qtbot, Cluster(ADDRESS))
    assert page.trouble.text() == "No computer has joined yet."


def test_they_are_watched_only_while_the_page_is_seen(session: Session, qtbot: QtBot) -> None:
    page = use(session, qtbot, Cluster(ADDRESS, (FAST,)))
    assert len(ASKED) == 1
    page.hide()
    assert session.computers.cluster is None
    page.show()
    settle(session, qtbot)
    assert len(ASKED) == 2
    assert list(page.rows) == [FAST.address]


def test_without_the_extra_it_says_how_to_get_it(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    page = open_page(session, qtbot)
    assert page.missing.isVisible()
    assert 'pip install "photo-organizer[cluster]"' in page.missing.text()
    assert not page.use.isEnabled()
    assert page.serve.isVisible()
    asked = use(session, qtbot, Cluster(ADDRESS, (FAST,)))
    assert asked.use.isEnabled()  # it can be switched off
    assert not asked.now.isVisible()
