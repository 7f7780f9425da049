"""How copies are called: ready patterns by name, and one's own for those who want it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from photo_organizer.engine.export import naming
from photo_organizer.engine.export.copy_form import AS_THEY_ARE, CopyForm
from photo_organizer.engine.export.naming import TEMPLATE, TemplateError
from photo_organizer.engine.highlights.selection import Chosen
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.facts_table import ElidedLabel
from photo_organizer.ui.widgets.input_fields import Chooser
from photo_organizer.ui.widgets.label import Label

PARTS = {
    "{rank:03}": "rank",
    "{name}": "name",
    "{stem}": "stem",
    "{date}": "date",
    "{group}": "group",
    "{score:.2f}": "score",
}
"""What the buttons below the template insert."""


class NameField(QWidget):
    """A choice of patterns with a live example; the template is seen only where it is one's own.

    Args:
        first: the photo of the example.
        group: the name of its selection.
        template: the one to begin with.
    """

    changed = Signal()
    """Another name is asked for."""

    def __init__(
        self, first: Chosen, group: str, template: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._first = first
        self._group = group
        self._form = AS_THEY_ARE
        self.pattern = Chooser()
        self.template = QLineEdit(template)
        self.template.setAccessibleName(self.tr("Own pattern"))
        self.parts: dict[str, QToolButton] = {}
        self.own = QWidget()
        self.example = ElidedLabel()
        style.set_role(self.example, "muted")
        self.setFocusProxy(self.pattern)
        self._lay_out()
        self._show_pattern()
        self._show()
        self.pattern.activated.connect(self._on_pattern)
        self.template.textChanged.connect(self._on_template)

    @property
    def problem(self) -> TemplateError | None:
        """Why copies cannot be called so; None where they can."""
        try:
            naming.check_template(self.template.text())
            naming.file_name(self.template.text(), self._first, self._group, self._form)
        except TemplateError as error:
            return error
        return None

    def set_form(self, form: CopyForm) -> None:
        """Copies are like this: the suffix of the example follows."""
        self._form = form
        self._show()

    def _lay_out(self) -> None:
        hint = Label(
            self.tr(
                "Each word in braces stands for what the photo says: {rank:03} is its place in "
                "three digits. The buttons insert them."
            ),
            wordWrap=True,
        )
        style.set_role(hint, "muted")
        # Two lines: what stands above must not be squeezed by them.
        hint.setMinimumHeight(2 * hint.fontMetrics().lineSpacing())
        inside = layouts.column(self.own, spacing=style.SPACE)
        inside.addWidget(self.template)
        inside.addLayout(self._buttons())
        inside.addWidget(hint)
        down = layouts.column(self, spacing=style.SPACE)
        down.addWidget(self.pattern)
        down.addWidget(self.own)
        down.addWidget(self.example)

    def _buttons(self) -> QGridLayout:
        names = {
            "rank": self.tr("Rank"),
            "name": self.tr("File name"),
            "stem": self.tr("Name without ending"),
            "date": self.tr("Day"),
            "group": self.tr("Group"),
            "score": self.tr("Score"),
        }
        buttons = QGridLayout()  # two rows: in one, longer words or a wider font found no room
        buttons.setSpacing(style.SPACE // 2)
        for place, (part, meaning) in enumerate(PARTS.items()):
            button = QToolButton()
            button.setText(names[meaning])
            button.setToolTip(self.tr("Insert {}").format(part))
            style.set_role(button, "part")
            button.clicked.connect(lambda _checked=False, part=part: self._insert(part))
            # They are measured while they are hidden and not dressed yet.
            button.setFixedHeight(button.fontMetrics().height() + style.SPACE)
            self.parts[part] = button
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button, *divmod(place, 3))
        buttons.setColumnStretch(3, 1)
        return buttons

    def _show_pattern(self) -> None:
        """The pattern of the template; None is one's own."""
        choices = [
            (self.tr("Rank, then the name of the file"), TEMPLATE),
            (self.tr("The name of the file as it is"), "{name}"),
            (self.tr("Day, rank, then the name of the file"), "{date}_{rank:03}_{name}"),
            (self.tr("Group, then rank"), "{group}_{rank:03}"),
            (self.tr("Own pattern…"), None),
        ]
        known = [template for _, template in choices]
        template = self.template.text()
        self.pattern.set_choices(choices, template if template in known else None)
        self.own.setVisible(self.pattern.value is None)

    @Slot()
    def _on_pattern(self) -> None:
        chosen = self.pattern.value
        self.own.setVisible(chosen is None)
        if isinstance(chosen, str):
            self.template.setText(chosen)
        else:
            self.template.setFocus()

    @Slot()
    def _on_template(self) -> None:
        if self.pattern.value is not None and self.pattern.value != self.template.text():
            self._show_pattern()
        self._show()
        self.changed.emit()

    def _insert(self, part: str) -> None:
        self.template.insert(part)
        self.template.setFocus()

    def _show(self) -> None:
        if self.problem is not None:
            self.example.setText("")
            return
        name = naming.file_name(self.template.text(), self._first, self._group, self._form)
        self.example.setText(self.tr("Such as {}").format(name))
