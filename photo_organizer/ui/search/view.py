"""What was searched: photos that show it, photos of which it is written, photos like others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from photo_organizer.engine.domain.query import Like, Query, Term
from photo_organizer.engine.domain.search_answer import Place, Reading, SearchAnswer
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.photos.library_view import GridView
from photo_organizer.ui.search.commands import SearchCommands
from photo_organizer.ui.search.notes import note_text
from photo_organizer.ui.search.nothing import NothingFound
from photo_organizer.ui.search.question import Question
from photo_organizer.ui.search.search_field import SearchField
from photo_organizer.ui.search.term_chips import TermChips
from photo_organizer.ui.search.term_names import alone_text, like_name, shown_terms
from photo_organizer.ui.session.photo_finder import Answer
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, layouts, style
from photo_organizer.ui.widgets.fading_tabs import FadingTabs
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.visible_updates import update_while_visible
from photo_organizer.ui.words.translation import translate

MOST_CHIPS = 3
"""Photos asked with that have a chip each; more are counted."""

ALL, SHOWN, WRITTEN = "all", "shown", "written"


class SearchView(GridView):
    """A title that says what was asked, tabs for the two ways to find, and a grid.

    It comes up when something is typed into its field, and goes when the field is emptied.
    """

    key = "search"
    icon = "search"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.field = SearchField()
        """Stands wherever the window has its place: people search from every view."""
        self._question = Question()
        self._answer: Answer | None = None
        self._way: str | None = None
        self._begun: object = None
        self._filled: tuple[object, object] | None = None
        self._wants_focus = False
        self.title = Label()
        style.set_role(self.title, "heading")
        self.chips = TermChips()
        self.tabs = FadingTabs()
        self.tabs.setAccessibleName(self.tr("Ways of finding"))
        self.note = Label()
        self.note.setWordWrap(True)
        style.set_role(self.note, "muted")
        self.get_model = QPushButton(self.tr("Get the model for any words"))
        self.get_model.clicked.connect(session.encoder_models.get_recommended)
        layout = layouts.column(self)
        layout.addWidget(self._header())
        layout.addWidget(self._pages())
        accessible.hand_focus(self, self.grid)
        self.field.asked.connect(self._on_text)
        self.field.entered.connect(self._on_entered)
        self.field.left.connect(self.left)
        self.field.dropped.connect(self.ask_like)
        self.chips.asked.connect(self._ask_terms)
        self.nothing.examples.asked.connect(self._ask_example)
        self.nothing.examples.asked_like.connect(self.ask_like)
        self.tabs.currentChanged.connect(self._choose_tab)
        session.finder.answered.connect(self._take)
        session.finder.busy_changed.connect(self._show)
        update_while_visible(self, self._show, session.analysis.extent_changed)
        session.encoder_models.changed.connect(self._show)
        update_while_visible(self, self._refresh, session.shown.changed)
        session.analysis.others_opened.connect(self.forget)
        self._show()

    def _header(self) -> QWidget:
        header = layouts.frame("header")
        self._header_lines = down = layouts.column(header, spacing=6)
        down.addWidget(self.title)
        down.addWidget(self.chips)
        words = layouts.row(spacing=16)
        words.addWidget(self.note, 1)
        words.addWidget(self.get_model)
        down.addLayout(words)
        line = layouts.row(margins=(-12, 0, 0, 0))
        line.addWidget(self.tabs)
        down.addLayout(line)
        return header

    def _pages(self) -> QStackedWidget:
        photos = QWidget()
        down = layouts.column(photos)
        down.addWidget(self.bar)
        down.addWidget(self.grid)
        down.addWidget(self.sort_line)
        self.nothing = NothingFound(self._session)
        self.pages = QStackedWidget()
        self.pages.addWidget(photos)
        self.pages.addWidget(self.nothing)
        return self.pages

    # ------------------------------------------------------------------ as a view of the library

    @property
    def view_name(self) -> str:
        """Its name for people."""
        return self.tr("Search")

    @property
    def view_count(self) -> int | None:
        """How many photos were found; None while nothing is asked."""
        if self._answer is None or not self.asked:
            return None
        return len(self._found.all)

    @property
    def _found(self) -> SearchAnswer:
        """What was found, without the photos that left since."""
        if self._answer is None:
            return SearchAnswer((), ())
        found, photos = self._answer.found, self._session.shown.photos
        return replace(
            found,
            shown=tuple(i for i in found.shown if i in photos),
            written=tuple(i for i in found.written if i in photos),
            exact={i: place for i, place in found.exact.items() if i in photos},
        )

    @property
    def offered(self) -> bool:
        """It is in the way of nobody who does not search."""
        return bool(self.asked)

    @property
    def own_order(self) -> str:
        """As they are found."""
        return self.tr("Best first")

    def take_focus(self) -> None:
        """People go on with what was found; with typing, while that is nothing.

        Where photos like others are searched, nobody types: the focus waits for what is found.
        """
        self._wants_focus = not isinstance(self.asked, str) and not self.grid.isVisible()
        if self.grid.isVisible() or self._wants_focus:
            self.setFocus()
        else:
            self.field.setFocus()

    def add_commands(self, commands: Commands) -> None:
        """Search, and find photos like others."""
        SearchCommands(
            self, self._session.selection, self._session.shown, self._session.judging, commands
        )

    # ------------------------------------------------------------------ asking

    @property
    def asked(self) -> str | tuple[int, ...]:
        """The query in one line, or the photos that were asked with alone; "" for nothing."""
        return self._question.asked

    @property
    def query(self) -> Query:
        """What is asked, term by term."""
        return self._question.query

    def search(self, text: str) -> None:
        """Find photos by a line as people type it, see `engine.browse.query_line`."""
        self._ask(Question(text.strip()))

    def more_like(self, ids: tuple[int, ...]) -> None:
        """Find photos that are like others; words that are typed then say what is different."""
        self.field.forget()
        self._ask(Question(likes=tuple(Like(i) for i in ids)))

    def more_like_selected(self) -> None:
        """Show the photos that are most like the selected ones."""
        if self._session.selection.ids:
            self.more_like(tuple(self._session.selection.ids))
            self.wanted.emit(True)

    @Slot(int)
    @Slot(object)
    def ask_like(self, photo: int | Path) -> None:
        """Show photos that are like one, which may lie anywhere."""
        if isinstance(photo, Path):
            known = self._session.shown.photos
            photo = next((i for i, one in known.items() if one.path == photo), photo)
        self._ask_terms((Like(photo),))
        self.wanted.emit(True)

    @Slot()
    def focus_field(self) -> None:
        """Put the focus into the search field; with nothing in it, show what can be asked."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if not self.asked and self.field.isEnabled():
            self.wanted.emit(False)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        likes = self._question.likes
        if self.isHidden() or len(likes) > MOST_CHIPS:
            likes = ()  # who types elsewhere asks for something else
        self._ask(Question(text, likes))
        if self.asked:
            self.wanted.emit(False)
        elif not self.isHidden():
            self.left.emit()

    @Slot()
    def _on_entered(self) -> None:
        if self.asked:
            self.wanted.emit(True)

    @Slot(str)
    def _ask_example(self, line: str) -> None:
        self.field.show_text(line)
        self.search(line)
        self.wanted.emit(True)

    @Slot(object)
    def _ask_terms(self, terms: tuple[Term, ...]) -> None:
        """Ask for these; the field says what of it people can type."""
        question = Question.of(terms)
        self.field.show_text(question.text)
        self._ask(question)
        if not terms and not self.isHidden():
            self.left.emit()

    def _ask(self, question: Question) -> None:
        before, self._question = self.asked, question
        if self.asked != before and not (question.text and question.has_words):
            # What was found before stays until there is something better, when somebody types on.
            self._answer = None
            self._way = None
        self._refresh()
        self._show()

    @Slot()
    def _refresh(self) -> None:
        """Ask again: there may be more photos, or another model."""
        finder = self._session.finder
        if not self.asked:
            finder.forget()
        elif isinstance(self.asked, str):
            finder.search(self.asked)
        else:
            finder.more_like(self.asked)

    @Slot()
    def forget(self) -> None:
        """Other photos are opened: what was searched among those before says nothing here."""
        self.field.forget()
        self._ask(Question())
        if not self.isHidden():
            self.left.emit()

    @Slot(object)
    def _take(self, answer: Answer) -> None:
        if answer.question == self.asked:
            self._answer = answer
            self._show()

    # ------------------------------------------------------------------ showing

    @Slot()
    def _show(self) -> None:
        found = self._found
        self.title.setText(self._title())
        self._show_terms(found)
        note = self._note(found)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        best = self._session.encoder_models.recommended
        offered = best is not None and best.can_be_got
        # Who found exactly what was asked for needs no other model for it.
        lacking = found.reading in (Reading.UNKNOWN, Reading.FOREIGN) and not found.exact
        self.get_model.setVisible(offered and (found.reading is Reading.BY_KIND or lacking))
        self._show_tabs(found)
        self.count_changed.emit()
        self._show_tab()

    def _show_terms(self, found: SearchAnswer) -> None:
        """A chip for each term; one plain word stands in the title already."""
        question, shown = self._question, self._session.shown.photos
        has_chips = not question.is_plain and len(question.likes) <= MOST_CHIPS
        terms = question.query.terms if has_chips else ()
        answers = found.terms if self._answers_now else ()
        self.chips.show_terms(shown_terms(terms, answers, shown))
        self.chips.setVisible(bool(terms))

    @property
    def _answers_now(self) -> bool:
        return self._answer is not None and self._answer.question == self.asked

    def _show_tabs(self, found: SearchAnswer) -> None:
        ways = {
            ALL: (self.tr("All"), len(found.all) if found.exact and found.shown else 0),
            SHOWN: (self.tr("What they show"), len(found.shown)),
            WRITTEN: (self.tr("Name, folder, date, camera"), len(found.written)),
        }
        extent = self._session.analysis.extent
        there = [way for way, (_, count) in ways.items() if count]
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for way in there:
            name, count = ways[way]
            tab = self.tabs.addTab(f"{name}  {extent.counted(count)}")
            self.tabs.setTabData(tab, way)
            self.tabs.setAccessibleTabName(tab, f"{name}, {extent.spoken(count)}")
        if self._way in there:
            self.tabs.setCurrentIndex(there.index(self._way))
        self.tabs.blockSignals(False)
        shown = bool(there) and self._question.has_words
        self.tabs.setVisible(shown)
        self._header_lines.setContentsMargins(16, 16, 8, 0 if shown else 12)

    @Slot()
    def _choose_tab(self) -> None:
        # Whoever types on keeps the way of finding that they chose; else the best comes first.
        self._way = self.tabs.tabData(self.tabs.currentIndex())
        self._show_tab()

    @Slot()
    def _show_tab(self) -> None:
        way = self.tabs.tabData(self.tabs.currentIndex())
        found = self._found
        ids = {ALL: found.all, WRITTEN: found.written}.get(way, found.shown)
        notes = {} if way == SHOWN else {i: place_name(found.exact[i]) for i in found.exact}
        question = self._answer.question if self._answer else None
        if question != self._begun:
            # The best of another question come first, wherever people were among others.
            self._begun = question
            self.grid.begin_at_top()
        same, self._filled = self._filled == (self.asked, way), (self.asked, way)
        give = self.grid.update_photos if same else self.grid.set_photos
        give(ids, notes)
        self.pages.setCurrentIndex(0 if ids else 1)
        if not ids:
            told = not self.asked or self._answers_now
            self.nothing.tell(self._empty(found), examples=told)
        if self.grid.isVisible():
            self.grid.claim_current()
            if self._wants_focus and not self.field.hasFocus():
                self.grid.setFocus()
            self._wants_focus = False

    def _title(self) -> str:
        if not self.asked:
            return self.tr("Search")
        question = self._question
        words = self.tr("“{}”").format(question.text) if question.text else ""
        likes = [like.photo for like in question.likes if not like.minus]
        if not likes:
            return words or self.tr("“{}”").format(self.asked)
        if len(likes) == 1:
            like = self.tr("More like {}").format(like_name(likes[0], self._session.shown.photos))
        else:
            like = self.tr("More like %Ln photos", "", len(likes))
        return f"{like}, {words}" if words else like

    def _note(self, found: SearchAnswer) -> str:
        """How it is sorted, and what the model can do, honestly."""
        if self._answer is None or not self.asked:
            return ""
        waits = isinstance(self.asked, str) and self._session.judging.judge is None
        if waits and found.reading is Reading.NONE:
            return self._wait()
        if not self._answer.whole:
            return self.tr("Names and folders first; what photos show follows in a moment…")
        return note_text(found, self._session.choices.language)

    def _wait(self) -> str:
        return self.tr(
            "Names, folders, dates and cameras are searched; what photos show follows as soon as "
            "all of them are analysed."
        )

    def _empty(self, found: SearchAnswer) -> str:
        if not self.asked:
            return self.tr(
                "Type above what you look for: what photos show, a name, a folder, a camera or a "
                "date such as 2024-05. A minus before a word leaves out what shows it. Or choose "
                "“More like this” of a photo, and type what is to be different."
            )
        if self._answer is None or not self._answers_now or not self._answer.whole:
            return self.tr("Searching…")
        extent = self._session.analysis.extent
        if not extent.whole:
            return extent.nothing_yet
        return self._nothing_fits(found)

    def _nothing_fits(self, found: SearchAnswer) -> str:
        if not isinstance(self.asked, str):
            return self.tr("No photos are like this one.")
        terms = self._question.query.terms
        alone = alone_text(shown_terms(terms, found.terms, self._session.shown.photos))
        if alone:
            return self.tr("No photo meets all of it. Each alone:") + "\n" + alone
        if found.reading in (Reading.UNKNOWN, Reading.FOREIGN):
            return self.tr("No name, folder, date or camera says this either.")
        return self.tr("Nothing fits.")


def place_name(place: Place) -> str:
    """Where exactly stands what was asked for, for people."""
    match place:
        case Place.NAME:
            return translate("search", "Name")
        case Place.FOLDER:
            return translate("search", "Folder")
        case Place.DATE:
            return translate("search", "Date")
