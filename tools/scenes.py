"""Everything the window can show, by name: for pictures, and for tests that walk through it.

A scene brings something up and gives the window, dialog or menu to look at; `put_away` ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint
from PySide6.QtWidgets import QWidget

from photo_organizer.engine.analysis.events import Progress, Stage
from photo_organizer.engine.cleanup.events import CleanedUp, Moved, Stayed
from photo_organizer.engine.cluster import extra
from photo_organizer.engine.domain import operations
from photo_organizer.engine.domain.computers import (
    Cluster,
    ClusterChoice,
    Computer,
    ComputerState,
)
from photo_organizer.engine.domain.query import Like
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import (
    LEFT_OUT,
    OTHERS,
    VIDEOS,
    Flaw,
    Group,
    GroupKind,
    Skipped,
)
from photo_organizer.engine.encoders import devices, installed_models
from photo_organizer.engine.encoders.installed_models import ModelInfo
from photo_organizer.engine.encoders.proofs import UNPROVED, Calibrated
from photo_organizer.engine.export.job import ExportKind, ExportStep
from photo_organizer.engine.highlights.selection import Per
from photo_organizer.ui.categories.editor import CategoryEditor
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.commands.commands import Section
from photo_organizer.ui.commands.menus import WITHIN
from photo_organizer.ui.commands.shortcut_sheet import ShortcutSheet
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.folders.view import FoldersView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.problems.view import ProblemsView
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session import moved_along
from photo_organizer.ui.session.known_model import KnownModel, ModelState
from photo_organizer.ui.session.problems import Deed
from photo_organizer.ui.sheets.clean_up import CleanUpSheet
from photo_organizer.ui.sheets.export import ExportSheet
from photo_organizer.ui.sheets.export_outcome import outcome_of
from photo_organizer.ui.sheets.export_run import title_of
from photo_organizer.ui.sheets.model_import import ModelImport
from photo_organizer.ui.sheets.move_to_folder import ask_to_move
from photo_organizer.ui.sheets.settings import Page, SettingsDialog
from photo_organizer.ui.window.main_window import MainWindow
from photo_organizer.ui.window.views import VIEWS
from photo_organizer.ui.words.extent import WHOLE, Extent
from photo_organizer.ui.words.progress_words import figures, title
from tools.burst import with_burst

Scene = Callable[[MainWindow], QWidget]

WELCOME = "welcome"
"""The scene of a session that has opened nothing yet."""


def scenes() -> dict[str, Scene]:
    """The scenes of a session that shows a result, in the order of the pictures."""
    return {
        **{view.key: _view(view) for view in VIEWS},
        **{f"duplicates_{kind.value}": _duplicates(kind) for kind in GroupKind},
        "faces": _faces,
        "faces_zoomed": _faces_zoomed,
        "many_alike": _many_alike,
        "overview": _overview,
        "category_editor": _editor,
        "found": _found,
        "found_terms": _found_terms,
        "found_like": _found_like,
        "nothing_fits": _nothing_fits,
        "unknown_words": _unknown_words,
        "highlights_best": _best,
        "unsorted": _unsorted,
        "low_quality_many": _low_quality_many,
        "taste": _taste,
        "looking": _extent(Extent(whole=False, going_on=True, percent=8)),
        "stopped": _extent(Extent.stopped_at(73, 533)),
        "moved_along": _moved_along,
        **{f"export_{kind.value}": _export(kind) for kind in ExportKind},
        "export_small": _export_small,
        "exporting": _exporting,
        "exported": _exported,
        "move_to_folder": _move_to_folder,
        "safe_marked": _safe_marked,
        "holds_more": _holds_more,
        "clean_up": _clean_up,
        "cleaning_up": _cleaning_up,
        "cleaned_up": _cleaned_up,
        "problems_told": _problems,
        "store_restored": _store_restored,
        "not_duplicates": _not_duplicates,
        "history": _history,
        "history_apart": _apart,
        "closing": _closing,
        "context_photo": _context(Section.PHOTO),
        "context_duplicates": _context(Section.DUPLICATES, Section.PHOTO),
        "viewer": _viewer,
        "viewer_face": _viewer_face,
        "selected": _selected,
        "viewer_selected": _viewer_selected,
        "filters": _filters,
        "shortcuts": _shortcuts,
        "palette": _palette,
        **{f"menu_{section.value}": _menu(section) for section in Section if section not in WITHIN},
        **{f"settings_{page.name.lower()}": _settings(page) for page in Page},
        "settings_model_light": _light,
        "computers": _computers,
        "computers_trouble": _computers_trouble,
        "computers_missing": _computers_missing,
        "computers_left_out": _computers_left_out,
        "models": _models,
        "models_coming": _models_coming,
        "model_import": _model_import,
        "model_refused": _model_refused,
    }


_afterwards: list[Callable[[], object]] = []
"""What takes back what the scene that is shown made up."""


def put_away(window: MainWindow, shown: QWidget) -> None:
    """Close what a scene has brought up over the window, and take back what it made up."""
    while _afterwards:
        _afterwards.pop()()
    window.program_commands.palette.dismiss()
    window.views[CategoriesView].show_overview(False)
    if shown is not window:
        shown.close()


def _move_to_folder(window: MainWindow) -> QWidget:
    """As if photos were dropped on a folder."""
    window.show_view(FoldersView)
    session = window._session
    folders = window.views[FoldersView].model.tree.all()
    ids = list(session.shown.photos)[:3]
    sheet = ask_to_move(session, ids, Path(folders[-1].path), window)
    assert sheet is not None
    return sheet


def _view(view: type[LibraryView]) -> Scene:
    def show(window: MainWindow) -> QWidget:
        window.show_view(view)
        return window

    return show


def _duplicates(kind: GroupKind) -> Scene:
    def show(window: MainWindow) -> QWidget:
        window.show_view(DuplicatesView)
        window.views[DuplicatesView].kinds[kind].click()
        return window

    return show


def _faces(window: MainWindow) -> QWidget:
    """As if a burst of two persons were in the library."""
    show_burst(window)
    return window


def _faces_zoomed(window: MainWindow) -> QWidget:
    show_burst(window)
    compare = window.views[DuplicatesView].compare
    compare.step_face(1)
    _afterwards.append(compare.fit)
    return window


def _viewer_face(window: MainWindow) -> QWidget:
    ids = show_burst(window).photos
    window.commands["large.info"].setChecked(True)
    window.viewer.open(ids, ids[1])
    window.viewer.step_face(1)
    return window.viewer


def show_burst(window: MainWindow) -> Group:
    """Show a burst of two persons among the duplicates; `put_away` takes it back."""
    shown = window._session.shown
    known = shown.result
    assert known is not None
    result, group = with_burst(known, next(iter(known.photos.values())).path.parent)

    def take_back() -> None:
        shown.amend(lambda _: known)
        for photo in group.photos:
            result.photos[photo].path.unlink()

    _afterwards.append(take_back)
    shown.amend(lambda _: result)
    _duplicates(GroupKind.SIMILAR)(window)
    window.views[DuplicatesView].show_photo(group.photos[1])
    return group


def _many_alike(window: MainWindow) -> QWidget:
    """As if nine photos of several folders were alike."""
    shown = window._session.shown
    known = shown.result
    assert known is not None
    some = tuple(known.photos)[:: max(1, len(known.photos) // 9)][:9]
    group = Group(
        GroupKind.SIMILAR,
        some[0],
        some,
        Reason("duplicates.next_keeper"),
        (1.0, *(0.96,) * (len(some) - 1)),
        (False,) * len(some),
    )
    others = tuple(g for g in known.groups if not set(g.photos) & set(some))
    _afterwards.append(lambda: shown.amend(lambda _: known))
    shown.amend(lambda result: replace(result, groups=(group, *others)))
    _duplicates(GroupKind.SIMILAR)(window)
    duplicates = window.views[DuplicatesView]
    duplicates.show_photo(some[-1])
    duplicates.compare.set_current(some[4])
    window._session.marks.mark(some[5:7])
    _afterwards.append(lambda: window._session.marks.mark(some[5:7], False))
    return window


def _overview(window: MainWindow) -> QWidget:
    window.show_view(CategoriesView)
    window.views[CategoriesView].show_overview()
    return window


def _editor(window: MainWindow) -> QWidget:
    editor = CategoryEditor(window._session, window)
    editor.list.setCurrentRow(1)
    return _shown(editor)


def _found(window: MainWindow) -> QWidget:
    window.show_view(SearchView)
    window.views[SearchView].search("2024")
    return window


def _asked(window: MainWindow, line: str, in_korean: str) -> SearchView:
    """Ask as people would who type."""
    window.show_view(SearchView)
    view = window.views[SearchView]
    text = in_korean if window._session.choices.language == "ko" else line
    view.field.show_text(text)
    view.search(text)
    _afterwards.append(view.forget)
    return view


def _found_terms(window: MainWindow) -> QWidget:
    """Words, words that are left out, and a restriction."""
    _asked(window, "landscape -people date:2000..2030", "풍경 -사람 날짜:2000..2030")
    return window


def _found_like(window: MainWindow) -> QWidget:
    """A photo, and what is to be different."""
    view = _asked(window, "people", "사람")
    view._ask_terms((Like(next(iter(window._session.shown.photos))), *view.query.terms))
    return window


def _nothing_fits(window: MainWindow) -> QWidget:
    _asked(window, "dog folder:nowhere", "강아지 폴더:없음")
    return window


def _unknown_words(window: MainWindow) -> QWidget:
    """What the starter cannot see, asked for and left out."""
    _asked(window, "photo -melancholy", "사진 -우울")
    return window


def _best(window: MainWindow) -> QWidget:
    window.show_view(HighlightsView)
    highlights = window.views[HighlightsView]
    highlights.count.setValue(2)
    highlights.per.setCurrentIndex(highlights.per.findData(Per.CATEGORY.value))
    return window


def _unsorted(window: MainWindow) -> QWidget:
    """As if somebody had rejected two photos of the best, and marked one."""
    _best(window)
    session, grid = window._session, window.views[HighlightsView].grid
    ids = list(grid.photos.ids)
    session.stars.set(ids[1:3], 0)
    session.marks.mark(ids[4:5])
    grid.select(ids[-1])

    def take_back() -> None:
        session.stars.set(ids[1:3], None)
        session.marks.mark(ids[4:5], False)

    _afterwards.append(take_back)
    return window


def _low_quality_many(window: MainWindow) -> QWidget:
    """As if many photos were blurred; some of them were kept, and some are selected."""
    shown, session = window._session.shown, window._session
    known = shown.result
    assert known is not None
    flag = next(one for one in known.flags if one.flaw is Flaw.BLUR)
    ids = list(known.photos)
    flags = [replace(flag, photo=i, score=1 - 0.6 * n / len(ids)) for n, i in enumerate(ids)]
    session.judging.stop()  # what was decided in another scene would bring the real flags back
    shown.amend(lambda result: replace(result, flags=flags))
    session.marks.mark(ids[1:3], False)
    session.marks.mark(ids[4:5])
    window.show_view(LowQualityView)
    view = window.views[LowQualityView]
    view.set_flaw(Flaw.BLUR)
    view.list.setCurrentIndex(view.photos.index(2))
    view.list.select_rows([range(2, 5)])

    def take_back() -> None:
        session.marks.mark(ids[4:5], False)
        shown.amend(lambda _: known)

    _afterwards.append(take_back)
    return window


def _taste(window: MainWindow) -> QWidget:
    window.show_view(HighlightsView)
    window.views[HighlightsView].taste.open()
    return window.views[HighlightsView].taste.panel


def _extent(extent: Extent) -> Scene:
    """A view in which nothing was found yet, while not all photos were looked at."""

    def show(window: MainWindow) -> QWidget:
        session = window._session
        known = session.shown.whole
        assert known is not None
        session.shown.show(replace(known, groups=()))
        session.analysis._set_extent(extent)
        window.show_view(DuplicatesView)

        def take_back() -> None:
            session.analysis._set_extent(WHOLE)
            session.shown.show(known)

        _afterwards.append(take_back)
        return window

    return show


def _moved_along(window: MainWindow) -> QWidget:
    """A move that took photos along says how many."""
    session = window._session
    window.show_view(CategoriesView)
    operation = operations.Operation("", 0, operations.Deed.MOVE, (), 1, OTHERS)
    session.moved_along.told.emit(moved_along.Moved(operation, OTHERS, (1,), (2, 3, 4, 5)))
    _afterwards.append(window.toast.hide)
    return window


def _export(kind: ExportKind) -> Scene:
    def show(window: MainWindow) -> QWidget:
        window.show_view(HighlightsView)
        best = window.views[HighlightsView].chosen
        assert best is not None
        sheet = ExportSheet(window._session, best.selections, best.per, window)
        sheet.form.kind = kind
        return _shown(sheet)

    return show


def _export_small(window: MainWindow) -> QWidget:
    """Copies for sharing that do not say where they were taken."""
    sheet = _export(ExportKind.COPIES)(window)
    assert isinstance(sheet, ExportSheet)
    form = sheet.form
    form.size_field.setCurrentIndex(form.size_field.values.index(2048))
    form.location.setChecked(False)
    return sheet


def _exporting(window: MainWindow) -> QWidget:
    """As if a third of the copies were made."""
    sheet = _export(ExportKind.COPIES)(window)
    assert isinstance(sheet, ExportSheet)
    sheet.progress.begin(title_of(sheet.form.job), 12)
    sheet.show_step(4, 12)
    sheet.pages.setCurrentWidget(sheet.progress)
    return sheet


def _exported(window: MainWindow) -> QWidget:
    """As if one of the copies could not be made."""
    sheet = _export(ExportKind.COPIES)(window)
    assert isinstance(sheet, ExportSheet)
    shown = window._session.shown
    photo = next(iter(shown.photos.values()))
    problem = ExportStep(photo.path, 1, 12, problem=Reason("store.full"))
    outcome = outcome_of(
        sheet.form.job,
        made=[photo.path] * 11,
        problems=1,
        refused=None,
        stopped=False,
        unfinished=False,
        language=window._session.choices.language,
    )
    sheet.show_outcome(outcome, [problem])
    return sheet


def _safe_marked(window: MainWindow) -> QWidget:
    window._session.marks.mark_safe()
    _afterwards.append(window.toast.hide)
    return _duplicates(GroupKind.EXACT)(window)


def _clean_up(window: MainWindow) -> QWidget:
    """Copies, flawed photos, and the last copy of a group, which stays."""
    session = window._session
    before = session.marks.ids
    session.marks.mark_safe()
    session.marks.mark(tuple(session.shown.index.flags)[:3])
    groups = session.shown.result.groups if session.shown.result else ()
    session.marks.mark(groups[-1].photos)
    _afterwards.append(lambda: session.marks.mark(session.marks.ids - before, False))
    return _shown(CleanUpSheet(session, window))


def _cleaning_up(window: MainWindow) -> QWidget:
    """As if some of the marked photos had gone."""
    sheet = _clean_up(window)
    assert isinstance(sheet, CleanUpSheet)
    total = sheet.plan.count
    sheet.progress.begin(sheet.tr("Moving photos to the trash"), total)
    sheet.progress.show_step(total // 2, total)
    sheet.pages.setCurrentWidget(sheet.progress)
    return sheet


def _cleaned_up(window: MainWindow) -> QWidget:
    """As if all marked photos had gone but the first one."""
    shown = _clean_up(window)
    assert isinstance(shown, CleanUpSheet)
    photos = [removal.photo for removal in shown.plan.removals]
    if not photos:  # made up, and nowhere on disk
        return shown
    first, *others = photos
    total = len(others) + 1
    shown._failures = [Stayed(first.path, Reason("trash.kept_changed"), 1, total)]
    shown._moves = [
        Moved(photo.path, None, photo.identity.size, number, total)
        for number, photo in enumerate(others, 2)
    ]
    size = sum(photo.identity.size for photo in others)
    shown._show_outcome(CleanedUp(1, len(others), 1, size))
    shown.pages.setCurrentWidget(shown.outcome)
    return shown


def _holds_more(window: MainWindow) -> QWidget:
    """As if the second photo of the first group held what its keeper lacks."""
    shown = window._session.shown
    first = next(group for group in shown.index.duplicates.of_kind[GroupKind.EXACT])
    said = (Reason("holds.film"), Reason("holds.bits", {"count": 16}), Reason("holds.hdr"))
    more = ((), said, *((),) * (len(first.photos) - 2))
    held = replace(first, more=more, safe=(False,) * len(first.photos))

    def put(old: Group, new: Group) -> None:
        shown.amend(lambda r: replace(r, groups=tuple(new if g == old else g for g in r.groups)))

    put(first, held)
    _afterwards.append(lambda: put(held, first))
    return _duplicates(GroupKind.EXACT)(window)


def _problems(window: MainWindow) -> QWidget:
    """As if photos had crashed, stayed and not come back."""
    session = window._session
    known = session.analysis.skipped
    folder = next(iter(session.shown.photos.values())).path.parent
    suffixes = (Reason("files.left_out_suffix", {"count": 2, "suffix": ".psd"}),)
    films = tuple(f"Holiday/{number}.mp4" for number in range(12))
    where = (Reason("files.videos_in", {"count": 12, "folder": "Holiday"}),)
    session.analysis.skipped = [
        Skipped(folder, Reason(LEFT_OUT, {"count": 2}, items=suffixes)),
        Skipped(folder, Reason(VIDEOS, {"count": 12}, items=where), films),
        Skipped(folder / "crashed.jpg", Reason("files.crashed")),
        Skipped(folder / "panorama.jpg", Reason("files.memory")),
        Skipped(folder / "<b>&.jpg", Reason("files.costly")),
    ]
    session.analysis.skipped_changed.emit()
    session.problems.replace(Deed.TRASH, [(folder / "copied.jpg", Reason("trash.kept_changed"))])
    session.problems.replace(Deed.RESTORE, [(folder / "copy.jpg", Reason("trash.emptied"))])

    def take_back() -> None:
        session.analysis.skipped = known
        session.analysis.skipped_changed.emit()
        session.problems.replace(Deed.TRASH, ())
        session.problems.replace(Deed.RESTORE, ())

    _afterwards.append(take_back)
    return _view(ProblemsView)(window)


def _store_restored(window: MainWindow) -> QWidget:
    aside = "/home/me/.local/share/photo-organizer/library.damaged-2026-05-01.sqlite"
    told = Reason("store.restored", {"made": "2026-05-01 09:30", "aside": aside})
    window._session.store_told.emit(told)
    _afterwards.append(window.store_notice.withdraw)
    return _view(CategoriesView)(window)


def _closing(window: MainWindow) -> QWidget:
    window.closing.ask(3, Reason("store.full"))
    _afterwards.append(window.closing.stay)
    assert window.closing.question is not None
    return window.closing.question


def _not_duplicates(window: MainWindow) -> QWidget:
    """With the toast of a group that was called none."""
    shown = _duplicates(GroupKind.SIMILAR)(window)
    view = window.views[DuplicatesView]
    view.not_duplicates()
    _afterwards.append(window.toast.hide)
    return shown


def _history(window: MainWindow) -> QWidget:
    """After some work, and one step back."""
    session = window._session
    some = list(session.shown.photos)[:5]
    session.marks.mark_safe()
    session.stars.set(some[:3], 4)
    session.stars.set(some[3:4], 0)
    session.own_categories.move(some[:2], "food")
    session.marks.mark(some[4:])
    session.history.undo()
    window.toast.hide()
    return window.show_history()


def _apart(window: MainWindow) -> QWidget:
    dialog = window.show_history()
    dialog.show_apart()
    return dialog


def _context(*sections: Section) -> Scene:
    """The menu that the right button opens on a photo."""

    def show(window: MainWindow) -> QWidget:
        if Section.DUPLICATES in sections:
            _duplicates(GroupKind.EXACT)(window)
        else:
            _selected(window)
        menu = window.commands.context_menu(sections, window)
        menu.popup(window.mapToGlobal(QPoint(0, 0)))
        return menu

    return show


def _viewer(window: MainWindow) -> QWidget:
    window.show_view(CategoriesView)
    window.full_screen.toggle()
    window.commands["large.info"].setChecked(True)
    return window.viewer


def _selected(window: MainWindow) -> QWidget:
    """Three photos, side by side."""
    window.show_view(CategoriesView)
    grid = window.views[CategoriesView].grid
    ids = grid.photos.ids
    grid.select(ids[1])
    grid.setFocus()
    keys = QItemSelection(grid.photos.row(ids[1]), grid.photos.row(ids[3]))
    grid.selectionModel().select(keys, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    return window


def _viewer_selected(window: MainWindow) -> QWidget:
    _selected(window)
    window.full_screen.toggle()
    return window.viewer


def _filters(window: MainWindow) -> QWidget:
    window.show_view(CategoriesView)
    window.views[CategoriesView].bar.open_panel()
    return window.views[CategoriesView].bar.panel


def _shortcuts(window: MainWindow) -> QWidget:
    return _shown(ShortcutSheet(window.commands, window))


def _palette(window: MainWindow) -> QWidget:
    window.activateWindow()
    window.program_commands.palette.open()
    return window


def _menu(section: Section) -> Scene:
    def show(window: MainWindow) -> QWidget:
        menu = window.menus.menu(section)
        menu.popup(window.mapToGlobal(QPoint(0, 0)))
        return menu

    return show


def _settings(page: Page) -> Scene:
    def show(window: MainWindow) -> QWidget:
        dialog = SettingsDialog(window._session, window)
        dialog.show_page(page)
        return _shown(dialog)

    return show


def _light(window: MainWindow) -> QWidget:
    """As the light program shows it."""
    models, has_torch = window._session.encoder_models, devices.has_torch
    devices.has_torch = lambda: False  # type: ignore[assignment]

    def restore() -> None:
        devices.has_torch = has_torch
        models.look()

    _afterwards.append(restore)
    return _settings(Page.MODEL)(window)


_MODEL = "ViT-B-32-SigLIP2-256/webli"
_CHOICE = ClusterChoice("tls://nas:8786", Path("/home/me/cluster.pem"), Path("/mnt/photos"))

_COMPUTERS = (
    Computer("pc1", "tls://pc1:1", ComputerState.WORKING, 12_480, 61.0, "cuda"),
    Computer("pc2", "tls://pc2:1", ComputerState.WORKING, 4_112, 24.0, "cpu"),
    Computer(
        "pc3",
        "tls://pc3:1",
        ComputerState.UNFIT,
        why=Reason(
            "models.missing",
            {"model": _MODEL, "command": f"photo-organizer models download {_MODEL}"},
        ),
    ),
)


def _watched(cluster: Cluster) -> Scene:
    """The page of the computers, as if they were so."""

    def show(window: MainWindow) -> QWidget:
        session = window._session
        known, watch = session.choices.preferences, session.computers._watch
        session.computers._watch = lambda *_: iter([cluster])
        session.choices.preferences = replace(known, cluster=_CHOICE, use_cluster=True)

        def take_back() -> None:
            session.computers._watch = watch
            session.choices.preferences = known

        _afterwards.append(take_back)
        return _settings(Page.COMPUTERS)(window)

    return show


_computers = _watched(Cluster(_CHOICE.address, _COMPUTERS, at_home=20))
_computers_trouble = _watched(
    Cluster(_CHOICE.address, trouble=Reason("cluster.unreachable", {"address": _CHOICE.address}))
)


def _computers_missing(window: MainWindow) -> QWidget:
    """As it is where the extra is not installed."""
    find_spec = extra.find_spec
    extra.find_spec = lambda *_: None

    def restore() -> None:
        extra.find_spec = find_spec
        window._session.computers.look()

    _afterwards.append(restore)
    return _settings(Page.COMPUTERS)(window)


def _computers_left_out(window: MainWindow) -> QWidget:
    """As if one of three computers could not take part, and the others were at it."""
    session = window._session
    cluster = Cluster(_CHOICE.address, _COMPUTERS)
    progress = Progress(Stage.ANALYSING, 312, 48_000, False, 85.0, 560.0, cluster=cluster)
    activity = session.activities.begin("", cancel=lambda: None, hold=lambda _: None)
    activity.report(312, 48_000, title=title(progress), figures=figures(progress))
    session.computers_told._follow(progress)
    window.show_view(CategoriesView)

    def take_back() -> None:
        activity.end()
        session.computers_told._tell(None, ())

    _afterwards.append(take_back)
    return window


def _models(window: MainWindow) -> QWidget:
    """As if there were models of every kind: one that proved itself, one not yet, a damaged one."""
    known = _made_up(window)
    good, unchecked, damaged = known[0], known[1], known[-1]
    good.info = replace(good.info, installed=True, proof=_PROOF)
    unchecked.info = replace(unchecked.info, installed=True)
    cut = Reason("models.no_weights", {"file": "model.safetensors"})
    damaged.info = replace(damaged.info, damaged=cut)
    for model in (good, unchecked, damaged):
        model.rest()
    dialog = _settings(Page.MODEL)(window)
    assert isinstance(dialog, SettingsDialog)
    dialog.model.rows[good.name].proved.setChecked(True)
    return dialog


def _models_coming(window: MainWindow) -> QWidget:
    """As if one arrived, one waited, one had been refused and one had broken off."""
    known = _made_up(window)
    states = (
        (known[0], ModelState.CHECKING, None),
        (known[1], ModelState.ARRIVING, None),
        (known[2], ModelState.REFUSED, _REFUSED),
        (known[3], ModelState.FAILED, Reason("store.full")),
    )
    for model, state, failure in states:
        model.state, model.failure = state, failure
    known[1].share, known[1].figures = 0.4, "242 MB of 605 MB"
    dialog = _settings(Page.MODEL)(window)
    assert isinstance(dialog, SettingsDialog)
    dialog.model.rows[known[3].name].get.setFocus()
    return dialog


def _model_import(window: MainWindow) -> QWidget:
    sheet = ModelImport(window._session.encoder_models, window)
    sheet.show_file(Path("/home/me/Downloads/ViT-B-32.safetensors"))
    return _shown(sheet)


def _model_refused(window: MainWindow) -> QWidget:
    """As if the file were no such model."""
    sheet = _model_import(window)
    assert isinstance(sheet, ModelImport)
    info = _made_up(window)[0].info
    sheet._model = KnownModel(info, ModelState.REFUSED, _REFUSED)
    sheet._show()
    return sheet


_PROOF = replace(
    UNPROVED,
    pictures=21,
    named=19,
    quality={flaw: Calibrated(0.0, 1.0, 1.0) for flaw in ("blur", "noise", "dark")},
    languages=("en", "ko"),
)

_REFUSED = Reason("models.no_weights", {"file": "ViT-B-32.safetensors"})


def _made_up(window: MainWindow) -> list[KnownModel]:
    """The CLIP models, to be changed; `put_away` brings the real ones back."""
    models, listed = window._session.encoder_models, installed_models.list_models
    real = models.models
    models.models = {
        name: KnownModel(replace(model.info, needs_full=False), ModelState.OFFERED)
        for name, model in real.items()
    }
    models.models["starter"].rest()
    models.how = None
    models.recommended = models.models[models.recommended.name] if models.recommended else None
    made = [model for model in models.models.values() if model.info.kind == "clip"]

    def list_made(**_: object) -> list[ModelInfo]:
        return [model.info for model in models.models.values()]

    installed_models.list_models = list_made

    def restore() -> None:
        installed_models.list_models = listed
        models.models = real
        models.recommended = real[models.recommended.name] if models.recommended else None
        models.changed.emit()

    _afterwards.append(restore)
    return made


def _shown(dialog: QWidget) -> QWidget:
    dialog.show()
    return dialog
