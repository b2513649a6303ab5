"""Beside the niches: what can be said of all, and of the one that is chosen who is in it and what they told."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.i18n import _, format_number, ngettext, translate
from funnel_desk.queries.niches import NicheCompany
from funnel_desk.ui.views.customers.fields import COMPANY_FIELDS
from funnel_desk.ui.widgets.columns import SCROLL_BAR
from funnel_desk.ui.widgets.labels import SectionHeading, discard_all, label, present

_MARGIN = 16
_MOST = 12
_TITLES = {field.key: field.title for field in COMPANY_FIELDS}


class NicheSide(QWidget):
    """`deals_wanted` for the deals of the chosen niche, `company_wanted` with the id of a company."""

    deals_wanted = Signal()
    company_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.moved = label("", wrap=True, name="segments.sentence")
        self._heading = SectionHeading(_("Chosen niche"))
        self.name = label("", "name", wrap=True, name="segments.niche")
        self.who = label("", "dim", wrap=True, name="segments.who")
        self.deals = QPushButton(_("Show its deals"))
        self.deals.setObjectName("segments.deals")
        self.deals.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.deals.clicked.connect(self.deals_wanted)
        self._companies = QWidget()
        self._rows = QVBoxLayout(self._companies)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN - SCROLL_BAR, _MARGIN)
        column.setSpacing(6)
        for part in (self.moved, self._heading, self.name, self.who):
            column.addWidget(part)
        column.addWidget(self.deals, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(self._companies)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.show_niche("", ())

    def say(self, sentence: str) -> None:
        """Show what can be said of all niches."""
        self.moved.setText(sentence)
        present(self.moved, shown=bool(sentence))

    def show_niche(self, name: str, companies: Sequence[NicheCompany]) -> None:
        """Show one niche; without a name, how one is chosen."""
        self.name.setText(name or _("Choose a line: its companies and their notes stand here."))
        present(self.who, shown=bool(name))
        present(self.deals, shown=bool(name))
        bought = sum(one.bought for one in companies)
        found = ngettext("{n} company", "{n} companies", len(companies), n=format_number(len(companies)))
        self.who.setText(_("{found}, bought already: {n}", found=found, n=format_number(bought)))
        discard_all(self._rows)
        told = [one for one in companies if one.has_notes]
        for one in told[:_MOST]:
            self._rows.addWidget(self._link(one), 0, Qt.AlignmentFlag.AlignLeft)
            for key in ("usage", "tasks", "troubles"):
                text = getattr(one, key)
                if text:
                    title = translate(_TITLES[key])
                    self._rows.addWidget(label(f"{title}: {text}", wrap=True))
        left = len(told) - _MOST
        if left > 0:
            self._rows.addWidget(label(ngettext("and {n} more", "and {n} more", left), "dim"))
        if name and not told:
            note = _("Nobody in it has told yet what they use it for, what they solve with it and what troubles them. "
                     "A company's card has fields for it.")  # fmt: skip
            self._rows.addWidget(label(note, "note", wrap=True))

    def _link(self, company: NicheCompany) -> QPushButton:
        made = QPushButton(company.name.replace("&", "&&"))
        made.setProperty("role", "link")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(_("Show {company}", company=company.name))
        made.clicked.connect(lambda: self.company_wanted.emit(company.id))
        return made
