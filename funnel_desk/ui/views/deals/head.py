"""The head of the card: what is sold, for how much, and how far it is."""

from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QToolButton, QVBoxLayout

from funnel_desk.domain.qualification import QUESTIONS, met_of
from funnel_desk.domain.slips import FICTION
from funnel_desk.i18n import _, format_days, ngettext
from funnel_desk.queries.deal import DealCard, StageLine
from funnel_desk.ui import phrases
from funnel_desk.ui.look import Look
from funnel_desk.ui.painting import ChipText
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import Chip, Elided, label, present
from funnel_desk.ui.widgets.stage_path import StageMark, StagePath, Standing

_Manner = Literal["one line", "two lines", "wrapped"]
_ONE_LINE = 820
_STANDINGS: dict[str, Standing] = {"passed": "past", "skipped": "past", "now": "now", "ahead": "ahead"}


class CardHead(QFrame):
    """`stage_chosen` tells the id of the stage that the deal is wanted in; `change_wanted` to edit its fields.

    `stage_chance_wanted`: the chance is to be the stage's again.
    """

    stage_chosen = Signal(str)
    change_wanted = Signal()
    stage_chance_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "bar")
        self._title = Elided("", "title", name="card.title")
        self._outcome, self._source, self._blocked, self._risky, self._asked = (Chip() for _place in range(5))
        self._since = Elided("", "dim")
        self._value = label("", "title")
        self._chance = Elided("", "dim", name="card.chance")
        self._slips = label("", "warn", name="card.slips")
        self._reset = QToolButton()
        self._reset.setObjectName("card.reset_chance")
        self._reset.setProperty("role", "quiet")
        self._reset.setIconSize(QSize(14, 14))
        self._reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.dress(self._reset, "undo")
        self._reset.clicked.connect(self.stage_chance_wanted)
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
        self._wrapped = FlowLayout(spacing=8)
        for row in (self._first, self._second):
            row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        column.addLayout(self._first)
        column.addLayout(self._second)
        column.addLayout(self._wrapped)
        column.addWidget(self._path)
        self._manner: _Manner | None = None
        self._has_more = False
        self._arrange("one line")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self._fitting(event.size().width()))
        self._show_since()

    def _show_since(self) -> None:
        """In a narrow place what matters more takes the lines."""
        present(self._since, shown=self._manner != "wrapped" or not self._has_more)

    def _fitting(self, width: int) -> _Manner:
        """One line where there is room and little to say; two where there is more; in a narrow place it wraps."""
        if width < _ONE_LINE:
            return "wrapped"
        return "two lines" if self._has_more else "one line"

    def _arrange(self, manner: _Manner) -> None:
        if manner == self._manner:
            return
        self._manner = manner
        rows: tuple[QLayout, ...] = (self._first, self._second, self._wrapped)
        for row in rows:
            while row.takeAt(0) is not None:
                pass
        one = manner == "one line"
        for part in (self._title, self._change, self._outcome):
            self._first.addWidget(part)
        if not one:
            self._first.addStretch(1)
            self._first.addWidget(self._value)
        below = self._first if one else self._wrapped if manner == "wrapped" else self._second
        for part in (self._blocked, self._risky, self._asked, self._source, self._since):
            below.addWidget(part)
        if isinstance(below, QHBoxLayout):
            below.addStretch(1)
        if one:
            below.addWidget(self._value)
        for told in (self._chance, self._reset, self._slips):
            below.addWidget(told)
        self.updateGeometry()

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
        back = _("Take the stage's chance again: {chance}", chance=phrases.chance(here.stage.probability))
        self._reset.setToolTip(back)
        self._reset.setAccessibleName(back)
        present(self._reset, shown=outcome == "open" and _is_own(card))
        told = _slips(card) if outcome == "open" else ""
        self._slips.setText(told)
        present(self._slips, shown=bool(told))
        waiting = len(card.around.open_obstacles)
        self._blocked.show_chip(
            ChipText(ngettext("{n} in the way", "{n} in the way", waiting), "warn") if waiting else None
        )
        risks = len(card.around.open_risks) if outcome == "open" else 0
        self._risky.show_chip(ChipText(ngettext("{n} risk", "{n} risks", risks), "warn") if risks else None)
        self._asked.show_chip(_asked_chip(card))
        self._has_more = bool(waiting or risks or told or _asked_chip(card)) or (outcome == "open" and _is_own(card))
        self._arrange(self._fitting(self.width()))
        self._show_since()
        self._path.show_stages([_mark(line, card) for line in card.stages])


def _outcome_chip(card: DealCard) -> ChipText | None:
    outcome = card.situation.present.outcome
    if outcome == "lost":
        reason = phrases.of(card.reason)
        return ChipText(_("lost: {reason}", reason=reason) if reason else _("lost"), "bad")
    return ChipText(_("won"), "accent") if outcome == "won" else None


def _is_own(card: DealCard) -> bool:
    """Whether the person's own chance is another than the stage's."""
    own = card.situation.deal.probability
    return own is not None and own != card.situation.stage.probability


def _chance(card: DealCard, today: str) -> str:
    deal = card.situation.deal
    closes = _("closes {day}", day=phrases.day_words(deal.expected_close, today)) if deal.expected_close else ""
    chance = phrases.chance(card.situation.probability)
    if _is_own(card):
        stage = phrases.chance(card.situation.stage.probability)
        chance = _("you say {own}, the stage {stage}", own=chance, stage=stage)
    return ", ".join(part for part in (chance, closes) if part)


def _slips(card: DealCard) -> str:
    """How often the expected close was put off; from the third time on that is a warning."""
    slips = card.around.slips
    if not slips.times:
        return ""
    moved = ngettext("moved {n} time", "moved {n} times", slips.times)
    days = ngettext("+{n} day", "+{n} days", slips.days) if slips.days > 0 else ""
    told = ", ".join(part for part in (moved, days) if part)
    return _("{moved}: is it still real?", moved=told) if slips.times >= FICTION else f"({told})"


def _asked_chip(card: DealCard) -> ChipText | None:
    """How many of the five questions are met, once somebody has answered one and it is not sold."""
    if card.situation.present.outcome != "open" or not card.around.criteria:
        return None
    met = met_of(card.around.criteria)
    return ChipText(_("{met} of {all}", met=met, all=len(QUESTIONS)), "accent" if met == len(QUESTIONS) else "plain")


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
