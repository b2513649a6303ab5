"""The head of the card: what is sold, for how much, and how far it is."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from funnel_desk.i18n import _, format_days
from funnel_desk.queries.deal import DealCard, StageLine
from funnel_desk.ui import phrases
from funnel_desk.ui.look import Look
from funnel_desk.ui.painting import ChipText
from funnel_desk.ui.widgets.labels import Chip, Elided, label, present
from funnel_desk.ui.widgets.stage_path import StageMark, StagePath, Standing

_ONE_LINE = 820
_STANDINGS: dict[str, Standing] = {"passed": "past", "skipped": "past", "now": "now", "ahead": "ahead"}


class CardHead(QFrame):
    """`stage_chosen` tells the id of the stage that the deal is wanted in; `change_wanted` to edit its fields."""

    stage_chosen = Signal(str)
    change_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "bar")
        self._title = Elided("", "title", name="card.title")
        self._outcome, self._source = Chip(), Chip()
        self._since = Elided("", "dim")
        self._value = label("", "title")
        self._chance = label("", "dim")
        self._change = QToolButton()
        self._change.setObjectName("card.change")
        self._change.setProperty("role", "quiet")
        self._change.setIconSize(QSize(16, 16))
        self._change.setAccessibleName(_("Change the deal"))
        self._change.setToolTip(_("Change the deal"))
        self._change.clicked.connect(self.change_wanted)
        look.dress(self._change, "note")
        self._path = StagePath(look)
        self._path.setObjectName("card.stage")
        self._path.setAccessibleName(_("Stages"))
        self._path.chosen.connect(self.stage_chosen)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        column.addLayout(self._first)
        column.addLayout(self._second)
        column.addWidget(self._path)
        self._wide: bool | None = None
        self._arrange(wide=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=event.size().width() >= _ONE_LINE)

    def _arrange(self, *, wide: bool) -> None:
        """One line where there is room; else what is sold and for how much above, the rest below."""
        if wide is self._wide:
            return
        self._wide = wide
        for row in (self._first, self._second):
            while row.takeAt(0) is not None:
                pass
        below = self._first if wide else self._second
        for part in (self._title, self._change, self._outcome):
            self._first.addWidget(part)
        if not wide:
            self._first.addStretch(1)
            self._first.addWidget(self._value)
        for part in (self._source, self._since):
            below.addWidget(part)
        below.addStretch(1)
        if wide:
            below.addWidget(self._value)
        below.addWidget(self._chance)

    def show_deal(self, card: DealCard, today: str) -> None:
        """Show this deal on this day."""
        here = card.situation
        deal, outcome = here.deal, here.present.outcome
        self._title.setText(deal.title)
        self._outcome.show_chip(_outcome_chip(card))
        self._source.show_chip(ChipText(deal.source, "accent") if deal.source else None)
        since = _("since {day}", day=phrases.day_words(deal.created_at[:10], today))
        self._since.setText(" · ".join(part for part in (since, deal.owner) if part))
        self._value.setText(phrases.money(deal.value, deal.currency))
        present(self._value, shown=deal.value is not None)
        self._chance.setText(_chance(card, today))
        present(self._chance, shown=outcome == "open")
        self._path.show_stages([_mark(line, card) for line in card.stages])


def _outcome_chip(card: DealCard) -> ChipText | None:
    outcome = card.situation.present.outcome
    if outcome == "lost":
        reason = phrases.of(card.reason)
        return ChipText(_("lost: {reason}", reason=reason) if reason else _("lost"), "bad")
    return ChipText(_("won"), "accent") if outcome == "won" else None


def _chance(card: DealCard, today: str) -> str:
    deal = card.situation.deal
    closes = _("closes {day}", day=phrases.day_words(deal.expected_close, today)) if deal.expected_close else ""
    return ", ".join(part for part in (phrases.chance(card.situation.probability), closes) if part)


def _mark(line: StageLine, card: DealCard) -> StageMark:
    standing = _STANDINGS[line.state]
    outcome = card.situation.present.outcome
    if line.state == "now" and outcome in {"won", "lost"}:
        standing = "lost" if outcome == "lost" else "won"
    note = format_days(round(line.days)) if line.days is not None else _("skipped") if line.state == "skipped" else ""
    spoken = {
        "passed": _("{stage}, passed, {note}", stage=phrases.of(line.stage.name), note=note),
        "skipped": _("{stage}, skipped", stage=phrases.of(line.stage.name)),
        "now": _("{stage}, the deal is here, {note}", stage=phrases.of(line.stage.name), note=note),
    }.get(line.state, phrases.of(line.stage.name))
    return StageMark(line.stage.id, phrases.of(line.stage.name), standing, note, spoken)
