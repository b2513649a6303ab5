"""The fields of a deal, for a new one and for changing one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from funnel_desk.i18n import _
from funnel_desk.queries.deal import DealCard
from funnel_desk.queries.deal_values import known_values
from funnel_desk.queries.pipelines import PipelineRow
from funnel_desk.ui import phrases
from funnel_desk.ui.typed import shown_for_typing, typed_amount, typed_percentage
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.cell_editor import completer
from funnel_desk.ui.widgets.day_field import DayField
from funnel_desk.ui.widgets.labels import label, present, repolish
from funnel_desk.ui.widgets.leaving import LeavingForm

_NOTE_HEIGHT = 64
_WIDEST = 600


class DealForm(LeavingForm):
    """`saved` when everything written can be read: ask `fields` then. `left` when the person changed their mind."""

    saved = Signal()

    def __init__(self, parts: Parts, prefix: str, button: str) -> None:
        """`prefix` begins the object names of the fields: "new_deal"."""
        super().__init__()
        self.setMaximumWidth(_WIDEST)
        self._parts, self._prefix = parts, prefix
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.title = self._line("title", _("What is sold"))
        self.company = self._line("company", _("Company"))
        self.contact = self._line("contact", _("Contact"))
        self.value = self._line("value", _("Value"))
        self.currency = QComboBox()
        self.currency.setEditable(True)
        self.currency.setAccessibleName(_("Currency"))
        self.currency.setFixedWidth(84)
        self._grid.addWidget(self.currency, self._grid.rowCount() - 1, 2)
        self.pipeline = QComboBox()
        self.pipeline.setObjectName(f"{prefix}.pipeline")
        self._add(_("Pipeline"), self.pipeline)
        self.chance = self._line("chance", _("Chance, %"))
        self.source = self._line("source", _("Source"))
        self.product = self._line("product", _("Product"))
        self.closes = DayField(parts.look, parts.bridge.today())
        self.closes.setObjectName(f"{prefix}.closes")
        self._add(_("Closes"), self.closes)
        self.owner = self._line("owner", _("Owner"))
        self.note = QPlainTextEdit()
        self.note.setObjectName(f"{prefix}.note")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(_NOTE_HEIGHT)
        self._add(_("Need"), self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._grid)
        column.addLayout(self._buttons(button))
        column.addStretch(1)
        for keys in ("Ctrl+Return", "Ctrl+S"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def begin_new(self, pipelines: Sequence[PipelineRow], owner: str) -> None:
        """Empty fields for a new deal."""
        for field in (self.title, self.company, self.contact, self.value, self.source, self.product):
            field.clear()
        self.note.clear()
        self.closes.set_day(None)
        self.owner.setText(owner)
        self._offer_currency(self._parts.bridge.desk.workspace.currency)
        self.pipeline.clear()
        for row in pipelines:
            self.pipeline.addItem(phrases.of(row.pipeline.name), row.pipeline.id)
        self._show(self.pipeline, shown=len(pipelines) > 1)
        self._show(self.chance, shown=False)
        self._offer_known()
        self.title.setFocus()

    def begin_change(self, card: DealCard) -> None:
        """The fields of a deal as they are."""
        deal = card.situation.deal
        self._offer_currency(deal.currency or self._parts.bridge.desk.workspace.currency)
        self.title.setText(deal.title)
        self.company.setText(card.company.name if card.company else "")
        self.contact.setText(card.contact.name if card.contact else "")
        self.value.setText(shown_for_typing(deal.value, deal.currency))
        self.chance.setText("" if deal.probability is None else f"{deal.probability / 100:g}")
        self.chance.setPlaceholderText(
            _("{chance}, as the stage says", chance=phrases.chance(card.situation.probability))
        )
        self.source.setText(deal.source)
        self.product.setText(deal.product)
        self.closes.set_day(deal.expected_close)
        self.owner.setText(deal.owner)
        self.note.setPlainText(deal.note)
        self._show(self.pipeline, shown=False)
        self._offer_known()
        self.title.setFocus()

    def fields(self) -> dict[str, object]:
        """What was written, as the fields of a deal (and `company` and `contact` by name)."""
        currency = self.currency.currentText().strip().upper()
        amount = typed_amount(self.value.text(), currency) if self.value.text().strip() else None
        return {
            "title": self.title.text().strip(),
            "company": self.company.text().strip(),
            "contact": self.contact.text().strip(),
            "value": amount.minor if amount else None,
            "currency": amount.currency if amount else currency,
            "source": self.source.text().strip(),
            "product": self.product.text().strip(),
            "expected_close": self.closes.day(),
            "owner": self.owner.text().strip(),
            "note": self.note.toPlainText().strip(),
        }

    def probability(self) -> int | None:
        """The chance written by hand, in basis points; None leaves it to the stage."""
        return typed_percentage(self.chance.text()) if self.chance.text().strip() else None

    @Slot()
    def save(self) -> None:
        """Tell that all is written, unless something cannot be read: then go there and mark it."""
        currency = self.currency.currentText().strip().upper()
        wrong = [
            (self.value, bool(self.value.text().strip()) and typed_amount(self.value.text(), currency) is None),
            (self.chance, bool(self.chance.text().strip()) and self.probability() is None),
            (self.closes, self.closes.is_wrong()),
        ]
        for field, is_wrong in wrong:
            field.setProperty("wrong", "true" if is_wrong else "false")
            repolish(field)
        first = next((field for field, is_wrong in wrong if is_wrong), None)
        if first is None:
            self.saved.emit()
        else:
            first.setFocus()
            self._parts.bridge.refused.emit(_("“{text}” cannot be read here.", text=first.text().strip()))

    def _line(self, key: str, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(f"{self._prefix}.{key}")
        made.returnPressed.connect(self.save)
        self._add(name, made)
        return made

    def _add(self, name: str, field: QWidget) -> None:
        row = self._grid.rowCount()
        field.setAccessibleName(name)
        words = label(name, "dim")
        words.setBuddy(field)
        top = isinstance(field, QPlainTextEdit)
        self._grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, row, 1, 1, 1 if name == _("Value") else 2)

    def _buttons(self, button: str) -> QHBoxLayout:
        save = QPushButton(button)
        save.setObjectName(f"{self._prefix}.save")
        save.setProperty("role", "primary")
        save.clicked.connect(self.save)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(save)
        row.addWidget(cancel)
        row.addStretch(1)
        return row

    def _offer_known(self) -> None:
        """Offer what stands in other deals as it is typed."""
        fields = {"company": self.company, "contact": self.contact, "sources": self.source, "products": self.product,
                  "owners": self.owner}  # fmt: skip
        for name, field in fields.items():
            field.setCompleter(completer(list(self._parts.bridge.ask(known_values, name)), field))

    def _offer_currency(self, currency: str) -> None:
        self.currency.clear()
        self.currency.addItems(
            list(dict.fromkeys((currency, self._parts.bridge.desk.workspace.currency, "EUR", "USD")))
        )

    def _show(self, field: QWidget, *, shown: bool) -> None:
        present(field, shown=shown)
        item = self._grid.itemAtPosition(self._row_of(field), 0)
        words = item.widget() if item else None
        if words is not None:
            present(words, shown=shown)

    def _row_of(self, field: QWidget) -> int:
        place = self._grid.getItemPosition(self._grid.indexOf(field))
        return int(place[0])  # type: ignore[index]  # the stub says object
