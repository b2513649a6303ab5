"""Care: who is due for the next talk, who could buy more, and whose complaint is open; a list to act on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from funnel_desk.i18n import N_, _, format_number, ngettext, translate
from funnel_desk.operations.care import set_care
from funnel_desk.queries.customer_care import CareLine, CareReport, Complaint, care_report
from funnel_desk.ui.models.lines import LinesModel
from funnel_desk.ui.route import ShowRecord, StartCalls
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.customers.asking import Latest
from funnel_desk.ui.views.customers.care_columns import (
    COMPLAINTS_GIVE_WAY,
    GIVES_WAY,
    care_columns,
    complaint_columns,
)
from funnel_desk.ui.views.customers.care_side import CareSide
from funnel_desk.ui.widgets.columns import Columns
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import frame, label, present
from funnel_desk.ui.widgets.lines_table import LinesTable
from funnel_desk.ui.widgets.segmented import Segmented

_LISTS = (
    ("due", N_("Due for a talk")),
    ("growing", N_("Could buy more")),
    ("complaints", N_("Complaints")),
    ("all", N_("All companies")),
)
_MARGIN = 16
_SHARES = (776, 320)
_LEAST_WIDTH = 860
_LEAST_TABLE = 320


class CarePage(Page):
    """Enter calls about the deal of a line; several lines can be set at once beside the list."""

    needs = FACTS | {"rate"}

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._latest = Latest(parts)
        self._report: CareReport | None = None
        bridge = parts.bridge
        workspace, today = bridge.desk.workspace, bridge.today()
        self.switch = Segmented([(key, translate(word)) for key, word in _LISTS], _("Whom to care for"))
        self.switch.setObjectName("care.list")
        kept = parts.memory.get("customers.care")
        self.switch.set_key(kept if kept in dict(_LISTS) else "due")
        self.model: LinesModel[CareLine] = LinesModel(
            care_columns(today, workspace.time_zone, workspace.currency), lambda one: one.care.company_id, self
        )
        self.complaints: LinesModel[Complaint] = LinesModel(
            complaint_columns(today, workspace.time_zone), lambda one: (one.what, one.deal_id, one.since), self
        )
        self.table = LinesTable(parts.look, _("Companies to care for"), self.model, "care.table", GIVES_WAY)
        self.table.several()
        self.complaints_table = LinesTable(
            parts.look, _("Complaints"), self.complaints, "care.complaints", COMPLAINTS_GIVE_WAY
        )
        self._nothing = label("", wrap=True, name="care.nothing")
        self._all = self._button("care.show_all", _("Show all companies"), "", lambda: self.switch.choose("all"))
        self._lists = QStackedWidget()
        for part in (self.table, self.complaints_table):
            part.setMinimumHeight(_LEAST_TABLE)
            self._lists.addWidget(part)
        self.side = CareSide(parts.look, workspace.currency)
        self.call = self._button("care.call", _("Call"), _("Call them one after the other (Enter)"), self._call)
        self.deal = self._button("care.deal", _("Open the card"), _("Log or plan a talk on its card"), self._show_deal)
        self.company = self._button("care.company", _("Show the company"), "", self._show_company)
        self._total = label("", "dim", wrap=True, name="care.total")
        self._build()
        self.setFocusProxy(self._lists)
        self.switch.chosen.connect(self._show)
        self.side.set_wanted.connect(self._set)
        self.table.opened.connect(lambda _line: self._call())
        self.complaints_table.opened.connect(lambda _line: self._show_deal())
        for table in (self.table, self.complaints_table):
            table.selectionModel().selectionChanged.connect(lambda *_changes: self._chosen_changed())
        self.refresh()

    def caption(self) -> Caption:
        return Caption(_("Customers"), _("care between sales"))

    @Slot()
    def refresh(self) -> None:
        """Ask again; a large file is counted apart from the window."""
        bridge = self._parts.bridge
        self._latest.ask(
            _("Counting the customers"), lambda: bridge.ask(care_report, today=bridge.today()), self._take
        )  # fmt: skip

    def keep(self) -> None:
        self._parts.memory.put("customers.care", self.switch.key())

    def _take(self, report: CareReport) -> None:
        self._report = report
        self.side.show_report(report)
        self._show()

    @Slot()
    def _show(self) -> None:
        report, key = self._report, self.switch.key()
        if report is None:
            return
        by_company = {line.care.company_id: line for line in report.lines}
        due = [by_company[one.company_id] for _day, one in report.due]
        lists: dict[str, list[CareLine]] = {
            "due": due,
            "growing": [by_company[one.company_id] for one in report.growing],
            "all": list(report.lines),
        }
        self.model.show_lines(lists.get(key, []))
        self.complaints.show_lines(report.complaints if key == "complaints" else ())
        self._lists.setCurrentWidget(self.complaints_table if key == "complaints" else self.table)
        count = self.complaints.rowCount() if key == "complaints" else self.model.rowCount()
        self._nothing.setText("" if count else _nothing(key))
        present(self._nothing, shown=not count)
        present(self._all, shown=not count and key in {"due", "growing"} and bool(report.lines))
        self._total.setText(ngettext("{n} line", "{n} lines", count, n=format_number(count)) if count else "")
        self._chosen_changed()

    def _chosen_changed(self) -> None:
        lines, deals = self.table.chosen_lines(), self._deals()
        present(self.company, shown=self.switch.key() != "complaints")
        self.side.show_chosen(len(lines) if self.switch.key() != "complaints" else 0)
        self.call.setEnabled(bool(deals))
        self.deal.setEnabled(len(deals) == 1)
        self.company.setEnabled(len(lines) == 1)

    def _deals(self) -> list[str]:
        """The deals to talk about of the lines that are chosen."""
        if self.switch.key() == "complaints":
            return list(dict.fromkeys(one.deal_id for one in self.complaints_table.chosen_lines()))
        return [line.deal_id for line in self.table.chosen_lines() if line.deal_id]

    @Slot(object)
    def _set(self, fields: dict[str, object]) -> None:
        ids = [line.care.company_id for line in self.table.chosen_lines()]
        if not ids:
            return
        done = self._parts.bridge.run(set_care, ids, fields)
        if done is not None:
            self.side.clear()
            n = done.value
            told = ngettext("Set for {n} company.", "Set for {n} companies.", n, n=format_number(n))
            self._parts.bridge.tell(told, done)

    @Slot()
    def _call(self) -> None:
        deals = self._deals()
        if deals:
            self._parts.route.go("call", StartCalls(deals, back="customers"))

    @Slot()
    def _show_deal(self) -> None:
        deals = self._deals()
        if deals:
            self._parts.route.go("deals", deals[0])

    @Slot()
    def _show_company(self) -> None:
        lines = self.table.chosen_lines()
        if lines:
            self._parts.route.go("customers", ShowRecord("company", lines[0].care.company_id))

    def _button(self, name: str, text: str, hint: str, act: Callable[[], None]) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(name)
        made.setToolTip(hint)
        made.clicked.connect(act)
        return made

    def _build(self) -> None:
        left, right = frame("plain"), frame("plain")
        above = FlowLayout()
        for part in (self.switch, self.call, self.deal, self.company):
            above.addWidget(part)
        top = QVBoxLayout()
        top.setContentsMargins(_MARGIN, 12, _MARGIN, 8)
        top.addLayout(above)
        top.setSpacing(8)
        top.addWidget(self._nothing)
        top.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        inset = QHBoxLayout()
        inset.setContentsMargins(_MARGIN // 2, 0, 0, 0)
        inset.addWidget(self._lists)
        foot = frame("foot")
        below = QHBoxLayout(foot)
        below.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        below.addWidget(self._total)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(inset, 1)
        column.addWidget(foot)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Columns([(left, _SHARES[0]), (right, _SHARES[1])], _LEAST_WIDTH, [left, right]))


def _nothing(key: str) -> str:
    """What an empty list means, and how it fills."""
    return {
        "due": _("Nobody is due. Choose companies among all of them and tell how often to talk: they come back here "
                 "on their day."),
        "growing": _("Tell what companies could buy in a year, and those that buy less stand here."),
        "complaints": _("No claim is open, and nobody got less than expected."),
        "all": _("There is no company yet. It comes with its first deal."),
    }[key]  # fmt: skip
