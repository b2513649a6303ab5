"""What stands under the deals: what they add up to, what those chosen add up to, and what can be done with those."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout

from funnel_desk.i18n import N_, _, format_money, format_number, ngettext, translate
from funnel_desk.queries.deals import DealTotals
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import Elided, frame, present
from funnel_desk.ui.widgets.message_bar import KEPT_FREE
from funnel_desk.ui.widgets.note_popup import NotePopup

_ACTS = (
    ("move", N_("Move to…"), "M"), ("edit", N_("Change"), "E"), ("plan", N_("Plan"), "P"), ("tag", N_("Tag"), "T"),
    ("lose", N_("Lose"), "L"), ("delete", N_("Delete"), "Del"),
)  # fmt: skip


class Foot(QFrame):
    """`wanted` names an act on the chosen deals."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "foot")
        self._total, self._chosen = Elided("", "dim", name="deals.total"), Elided("", "", name="deals.chosen")
        self._what = QToolButton()
        self._what.setObjectName("deals.definition")
        self._what.setProperty("role", "link")
        self._what.setText(_("What is this?"))
        self._what.setAccessibleName(_("How the sums are counted"))
        self._what.clicked.connect(self._explain)
        self._acts = frame("plain")
        buttons = FlowLayout(self._acts, spacing=6)
        for key, word, letter in _ACTS:
            made = QToolButton()
            made.setObjectName(f"deals.bulk.{key}")
            made.setProperty("role", "button")
            made.setText(translate(word))
            made.setToolTip(f"{translate(word)} ({letter})")
            made.clicked.connect(lambda _on=False, key=key: self.wanted.emit(key))
            buttons.addWidget(made)
        self._acts.setProperty(KEPT_FREE, True)
        self._acts.hide()
        self._chosen.hide()
        sums = QHBoxLayout()
        sums.setSpacing(8)
        self._total.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._chosen.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        sums.addWidget(self._total, 1)
        sums.addWidget(self._what)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(4)
        column.addWidget(self._chosen)
        column.addWidget(self._acts)
        column.addLayout(sums)

    def show_totals(self, totals: DealTotals, *, weighted: bool) -> None:
        """What all deals of the list add up to; the weighted sum says something of open deals only."""
        n = totals.count
        count = ngettext("{count} deal", "{count} deals", n, count=format_number(n))
        self._total.setText("  ·  ".join([count, *_sums(totals, weighted=weighted)]))

    def show_chosen(self, count: int, totals: DealTotals | None) -> None:
        """What the chosen deals add up to: None while it is being counted. Fewer than two are not told of."""
        several = count > 1
        said = [ngettext("{count} deal chosen", "{count} deals chosen", count, count=format_number(count))]
        if totals is not None:
            said += _sums(totals, weighted=True)
        self._chosen.setText("  ·  ".join(said))
        present(self._chosen, shown=several)
        present(self._acts, shown=several)

    def _explain(self) -> None:
        NotePopup(
            [
                (_("Sum"), _("The values of all these deals; a deal without a value counts, and adds nothing.")),
                (
                    _("Weighted"),
                    _(
                        "Each value times its probability: the deal's own if it was set by hand, else that of its "
                        "stage. What is won counts whole, what is lost not at all."
                    ),
                ),
                (_("Currencies"), _("Each has a sum of its own. They are never added to one another.")),
            ],
            self,
        ).open_above(self._what)


def _sums(totals: DealTotals, *, weighted: bool) -> list[str]:
    said = []
    for total in totals.totals:
        whole, share = format_money(total.value, total.currency), format_money(total.weighted, total.currency)
        said.append(_("{whole}, weighted {weighted}", whole=whole, weighted=share) if weighted else whole)
    return said
