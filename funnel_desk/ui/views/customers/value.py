"""Customers by their value: search, the table, what it adds up to, and beside it who comes again."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from funnel_desk.domain.customers import Limits, LimitsOutOfOrder
from funnel_desk.i18n import _, format_day, format_number, ngettext, translate
from funnel_desk.progress import Progress
from funnel_desk.queries.customer_deals import customer_deals, customers_and_deals
from funnel_desk.queries.deals import DealFilter
from funnel_desk.queries.outlook import number_of_deals
from funnel_desk.queries.own_figures import rates
from funnel_desk.ui.phrases import money
from funnel_desk.ui.route import NewDeal
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.customers.effort_side import EffortSide
from funnel_desk.ui.views.customers.model import CustomersModel
from funnel_desk.ui.views.customers.rows import COLUMNS, Found, chosen_lines, found_lines, spent
from funnel_desk.ui.views.customers.side import SidePanel
from funnel_desk.ui.views.customers.table import CustomersTable
from funnel_desk.ui.widgets.columns import Columns
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import Elided, frame, label, present
from funnel_desk.ui.widgets.note_popup import NotePopup

MANY_DEALS = 3_000
"""From so many on the customers are counted apart from the window."""

_MARGIN = 16
_SHARES = (800, 296)
_LEAST_WIDTH = 860
_LEAST_TABLE = 300
_WON = next(place for place, column in enumerate(COLUMNS) if column.key == "won")


class ValuePage(Page):
    """A click or Enter on a customer shows that customer's deals; a click on a heading puts the table in its order."""

    needs = FACTS | {"rate"}
    has_search = True

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._found: Found | None = None
        self._asked = 0
        self._sort, self._descending = _WON, True
        self.search, self.currency = self._make_search(), QComboBox()
        self.order = QComboBox()
        self.order.setObjectName("customers.order")
        self.order.setAccessibleName(_("Order"))
        self.order.setToolTip(_("Order"))
        for place, column in enumerate(COLUMNS):
            self.order.addItem(translate(column.title), place)
        self.order.setCurrentIndex(_WON)
        self.currency.setObjectName("customers.currency")
        self.currency.setAccessibleName(_("Currency"))
        self.currency.setToolTip(_("Currency: several are never added"))
        present(self.currency, shown=False)
        self.model = CustomersModel(parts.bridge.desk.workspace.time_zone, self)
        self.table = CustomersTable(parts.look, self.model)
        self.side = SidePanel(parts.look, self._kept_limits())
        self.more = EffortSide(parts)
        self._total = Elided("", "dim", name="customers.total")
        self._explain = QPushButton(_("What are these numbers?"))
        self._explain.setProperty("role", "link")
        self._explain.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._empty = EmptyState(parts.look, "customers", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build())
        self._stack.addWidget(self._empty)
        self.setFocusProxy(self.table)
        self.search.textChanged.connect(self._show)
        self.currency.activated.connect(self.refresh)
        self.order.activated.connect(self._order_taken)
        self.side.limits_changed.connect(self._limits_changed)
        self.table.sort_pressed.connect(self._heading_pressed)
        self.table.opened.connect(self._show_deals)
        self.more.customer_wanted.connect(self._show_customer)
        self._explain.clicked.connect(self._explain_numbers)
        self._empty.begun.connect(lambda: parts.route.go("deals", NewDeal()))
        self.refresh()

    def caption(self) -> Caption:
        if self._found is None:
            return Caption(_("Customers"))
        period = self._found.report.period
        first, last = (format_day(day) for day in (period.first or "", period.last or ""))
        return Caption(_("Customers"), f"{first} – {last}")

    @Slot()
    def refresh(self) -> None:
        """Count again; a large file is counted apart from the window."""
        bridge = self._parts.bridge
        try:
            limits = self.side.limits()
        except LimitsOutOfOrder as problem:
            bridge.explain(problem)
            return
        self._asked += 1
        currency: str | None = self.currency.currentData()
        take = partial(self._take, self._asked)
        if bridge.ask(number_of_deals) < MANY_DEALS:
            take(self._count(currency, limits))
        else:
            work = partial(self._count_apart, currency, limits)
            self._parts.jobs.read(_("Counting the customers"), work, take)

    def start_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def _count(self, currency: str | None, limits: Limits) -> Found:
        bridge = self._parts.bridge
        told = bridge.ask(customers_and_deals, today=bridge.today(), currency=currency, limits=limits)
        return replace(found_lines(*told), rates=bridge.ask(rates))

    def _count_apart(self, currency: str | None, limits: Limits, _progress: Progress) -> Found:
        import_module("funnel_desk.charts.paper")  # the first picture needs it, and the window shall not wait
        return self._count(currency, limits)

    def _build(self) -> QWidget:
        left, right = frame("plain"), frame("plain")
        above = FlowLayout()
        above.addWidget(self.search)
        ordered = QWidget()
        beside = QHBoxLayout(ordered)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(label(_("in order of"), "dim"))
        beside.addWidget(self.order)
        above.addWidget(ordered)
        above.addWidget(self.currency)
        top = QHBoxLayout()
        top.setContentsMargins(_MARGIN, 12, _MARGIN, 8)
        top.addLayout(above)
        inset = QHBoxLayout()
        inset.setContentsMargins(_MARGIN // 2, 0, 0, 0)
        inset.addWidget(self.table)
        foot = frame("foot")
        below = QHBoxLayout(foot)
        below.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        below.addWidget(self._total, 1)
        below.addWidget(self._explain)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(inset, 1)
        column.addWidget(foot)
        self.table.setMinimumHeight(_LEAST_TABLE)
        whole = QVBoxLayout(right)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.side)
        whole.addWidget(self.more)
        whole.addStretch(1)
        return Columns([(left, _SHARES[0]), (right, _SHARES[1])], _LEAST_WIDTH, [left, right])

    def _make_search(self) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName("customers.search")
        made.setAccessibleName(_("Find a customer"))
        made.setPlaceholderText(_("Company or person"))
        made.setProperty("role", "search")
        made.setClearButtonEnabled(True)
        for clear in made.findChildren(QAction):
            clear.setIcon(self._parts.look.icon("close", "dim"))
        made.addAction(self._parts.look.icon("search", "dim"), QLineEdit.ActionPosition.LeadingPosition)
        made.setMinimumWidth(240)
        return made

    def _take(self, asked: int, found: Found) -> None:
        """Show what was counted, unless something else was asked for since."""
        if asked != self._asked:
            return
        self._found = found
        if not found.lines and len(found.report.currencies) <= 1:
            sentence = _(
                "Whoever buys or takes your time stands here, by what they bring. The first won deal begins it."
            )
            self._empty.say(sentence, _("New deal"))
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentIndex(0)
            self._offer_currencies(found.report.currency, found.report.currencies)
            self.side.show_found(found)
            self.more.show_found(found)
            self._show()
        self.caption_changed.emit()

    def _offer_currencies(self, shown: str, known: Sequence[str]) -> None:
        codes = list(dict.fromkeys([*known, shown]))
        self.currency.clear()
        for code in codes:
            self.currency.addItem(code, code)
        self.currency.setCurrentIndex(self.currency.findData(shown))
        present(self.currency, shown=len(codes) > 1)

    @Slot()
    def _show(self) -> None:
        """Show the lines that are searched for, in the order asked for; whoever was chosen stays chosen."""
        found = self._found
        if found is None:
            return
        held = self.model.line(self.table.currentIndex())
        lines = chosen_lines(found.lines, self.search.text(), self._sort, descending=self._descending)
        self.model.show_lines(lines, self._sort, descending=self._descending)
        place = self.model.place_of(held.row.customer.id) if held else -1
        self.table.choose(max(0, place))
        won = sum(line.row.customer.won for line in lines)
        minutes = sum(line.row.customer.minutes for line in lines)
        said = [
            ngettext("{n} customer", "{n} customers", len(lines), n=format_number(len(lines))),
            _("won {amount}", amount=money(won, found.report.currency)),
            ngettext(
                "{n} open deal", "{n} open deals", (n := sum(line.open_deals for line in lines)), n=format_number(n)
            ),
            _("{time} spent", time=spent(minutes)) if minutes else "",
        ]
        self._total.setText("  ·  ".join(part for part in said if part))

    @Slot(int)
    def _heading_pressed(self, column: int) -> None:
        """The same heading again turns the order round."""
        descending = not self._descending if column == self._sort else COLUMNS[column].figures
        self._sort, self._descending = column, descending
        self.order.setCurrentIndex(column)
        self._show()

    @Slot(int)
    def _order_taken(self, column: int) -> None:
        """Figures begin with the greatest, names and grades with the first."""
        self._sort, self._descending = column, COLUMNS[column].figures
        self._show()

    @Slot()
    def _limits_changed(self) -> None:
        self._parts.memory.put("customers.limits", f"{self.side.a.text()} {self.side.b.text()}")
        self.refresh()

    def _kept_limits(self) -> Limits:
        kept = self._parts.memory.get("customers.limits").split()
        try:
            return Limits(*(int(word) for word in kept))
        except (ValueError, TypeError, LimitsOutOfOrder):
            return Limits()

    @Slot(QModelIndex)
    def _show_deals(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is not None:
            self._show_customer(line.row.customer.id)

    @Slot(str)
    def _show_customer(self, customer_id: str) -> None:
        ids = self._parts.bridge.ask(customer_deals, customer_id)
        self._parts.route.go("deals", DealFilter(keys=tuple(ids)))

    @Slot()
    def _explain_numbers(self) -> None:
        lines = [(translate(column.title), translate(column.definition)) for column in COLUMNS[1:]]
        NotePopup(lines, self).open_above(self._explain)
