"""The board of a pipeline: a column a stage, a card a deal."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.domain.deal_filter import DealFilter
from funnel_desk.domain.pipeline import Stage
from funnel_desk.i18n import _, ngettext
from funnel_desk.operations import deals as acts
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.queries import deals, pipelines
from funnel_desk.queries.board import BoardFound, board
from funnel_desk.queries.deals import DealRow
from funnel_desk.ui import phrases
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.because_form import BecauseForm
from funnel_desk.ui.views.deals.board_column import CardsView, StageColumn
from funnel_desk.ui.views.deals.board_model import CardsModel
from funnel_desk.ui.views.deals.lost_form import LostForm
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import discard_all, frame, label, present

_Found = tuple[BoardFound | None, Mapping[int, DealRow]]

MANY_DEALS = 5_000
"""From so many on the board is asked for apart from the window."""
_MARGIN = 12
_FORM_WIDTH = 420
_AT_FIRST = 8  # cards of a column that are read together with the board
_WALKING = 150  # ms: whoever walks faster than that is not shown every deal on the way


class Board(QFrame):
    """`chosen` tells the id of the deal under the cursor ("" for none), `opened` one that was entered.

    It is shown beside the table of deals, under the same filter: `show_filter` tells which, each time anything changed.
    Arrows walk among the cards, Ctrl and left or right move the deal, Enter opens it, L asks why it is lost.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self._parts = parts
        self._filter = DealFilter()
        self._asked = 0
        self._many = parts.bridge.ask(deals.deal_count) > MANY_DEALS
        self._held: int | None = None
        self._deal, self._title = "", ""
        self._walked = QTimer(self, singleShot=True, interval=_WALKING)
        self._walked.timeout.connect(lambda: self.chosen.emit(self._deal))
        self._columns: list[StageColumn] = []
        self._because, self._lost = BecauseForm("board.because"), LostForm("board.lost")
        self._because.confirmed.connect(self._explain)
        self._lost.confirmed.connect(self._lose)
        self._about = label("", "name", wrap=True, name="board.about")
        self._form = self._make_form()
        self.pipeline = QComboBox()
        self.pipeline.setObjectName("board.pipeline")
        self.pipeline.setAccessibleName(_("Pipeline of the board"))
        self.pipeline.activated.connect(self._pipeline_taken)
        self.pipeline.hide()
        self._inside = frame("plain")
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(_MARGIN, 6, _MARGIN, 0)
        self._row.setSpacing(4)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside)
        self._area = area
        self._empty = EmptyState(parts.look, "deals", _("Lost deals stay off the board: the table shows them."))
        place = QWidget()
        self._stack = QStackedLayout(place)
        self._stack.addWidget(area)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(_MARGIN + 4, 0, _MARGIN, 4)
        above.addWidget(self.pipeline)
        above.addStretch(1)
        around = QVBoxLayout()
        around.setContentsMargins(_MARGIN + 4, 0, _MARGIN + 4, 0)
        around.addWidget(self._form)
        column.addLayout(above)
        column.addLayout(around)
        column.addWidget(place, 1)

    def show_filter(self, chosen: DealFilter) -> None:
        """Show the deals of a filter as they are now; many are asked for apart from the window."""
        self._filter = chosen
        if chosen.pipeline_id is None:
            chosen = replace(chosen, pipeline_id=self.pipeline.currentData())
        self._asked += 1
        asked, bridge = self._asked, self._parts.bridge

        def ask(_progress: Progress) -> _Found:
            found = bridge.ask(board, chosen)
            first = [key for column in found.columns for key in column.keys[:_AT_FIRST]] if found else []
            return found, self._rows(first)

        if self._many:
            self._parts.jobs.read("", ask, lambda told: self._show(asked, *told))
            return
        told = ask(NO_PROGRESS)
        self._many = told[0] is not None and sum(column.totals.count for column in told[0].columns) > MANY_DEALS
        self._show(asked, *told)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        """Left and right walk, with Ctrl they move the deal; Enter opens, L loses. False for any other key."""
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        moving = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        at = self._at()
        if at is None:
            return False
        if sideways and moving:
            self._move_by(at, sideways)
        elif sideways:
            self._walk(at, sideways)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._deal:
            self.opened.emit(self._deal)
        elif event.key() == Qt.Key.Key_L and not moving and self._deal:
            self._begin_loss()
        else:
            return False
        return True

    def _show(self, asked: int, found: BoardFound | None, known: Mapping[int, DealRow]) -> None:
        if asked != self._asked or found is None:
            return
        self._offer(found)
        stages = [column.stage for column in found.columns]
        if [column.stage for column in self._columns] != stages:
            self._make_columns(stages)
        today = self._parts.bridge.today()
        for shown, told in zip(self._columns, found.columns, strict=True):
            keys = set(told.keys[:_AT_FIRST])
            shown.cards.delegate.today = today
            shown.cards.cards.show_keys(told.keys, {key: row for key, row in known.items() if key in keys})
            shown.show_column(told, with_won=found.with_won)
        only_lost = bool(self._filter.outcomes) and not {"open", "won"} & set(self._filter.outcomes)
        self._stack.setCurrentWidget(self._empty if only_lost else self._area)
        self._find_held()

    def _offer(self, found: BoardFound) -> None:
        """A board is of one pipeline: where the filter names none, it is chosen here."""
        self.pipeline.clear()
        for one in found.pipelines:
            self.pipeline.addItem(phrases.of(one.name), one.id)
        self.pipeline.setCurrentIndex(self.pipeline.findData(found.pipeline.pipeline.id))
        present(self.pipeline, shown=self._filter.pipeline_id is None and len(found.pipelines) > 1)

    @Slot()
    def _pipeline_taken(self) -> None:
        self.show_filter(self._filter)

    def _make_columns(self, stages: Sequence[Stage]) -> None:
        had_focus = self._at() is not None
        discard_all(self._row)
        bridge, self._columns = self._parts.bridge, []
        day_and_zone = bridge.today(), bridge.desk.workspace.time_zone
        for stage in stages:
            model = CardsModel(self._rows, self._words)
            made = StageColumn(self._parts.look, stage, model, self._key_pressed, day_and_zone)
            made.dropped.connect(lambda deal_id, stage=stage: self._move(deal_id, stage))
            cards = made.cards
            cards.selectionModel().currentRowChanged.connect(lambda now, _before, cards=cards: self._chosen(cards, now))
            cards.entered_view.connect(lambda cards=cards: self._entered(cards))
            cards.doubleClicked.connect(lambda _index: self.opened.emit(self._deal))
            self._row.addWidget(made, 1)
            self._columns.append(made)
        if self._columns:
            self.setFocusProxy(self._columns[0].cards)
            if had_focus:
                self._columns[0].cards.setFocus()

    def _find_held(self) -> None:
        """The deal that was chosen stays chosen, wherever it stands now; else the neighbour of where it stood."""
        if self._held is None:
            return
        for column in self._columns:
            place = column.cards.cards.place_of(self._held)
            if place >= 0:
                had_focus = self._at() is not None
                column.cards.choose(place)
                if had_focus:
                    column.cards.setFocus()
                self._area.ensureWidgetVisible(column, 0, 0)
                return

    def _rows(self, keys: Sequence[int]) -> Mapping[int, DealRow]:
        return {row.row_key: row for row in self._parts.bridge.ask(deals.deal_rows, keys)} if keys else {}

    def _words(self, row: DealRow) -> str:
        return self._columns[0].cards.delegate.words(row) if self._columns else row.title

    def _at(self) -> int | None:
        """The place of the column that has the cursor; None if none has."""
        return next((place for place, column in enumerate(self._columns) if column.cards.hasFocus()), None)

    def _chosen(self, cards: CardsView, now: QModelIndex) -> None:
        row = cards.cards.row(now.row()) if now.isValid() else None
        if row is None:
            return
        for column in self._columns:
            if column.cards is not cards:
                column.cards.leave()
        changed = row.deal_id != self._deal
        self._held, self._deal, self._title = row.row_key, row.deal_id, row.title
        if changed:
            self._walked.start()

    def _entered(self, cards: CardsView) -> None:
        """The cursor came into a column: a card of it is chosen."""
        if not cards.currentIndex().isValid() and cards.cards.rowCount():
            cards.choose(0)

    def _walk(self, at: int, sideways: int) -> None:
        """To the card at about the same height in the next column that has any."""
        here = self._columns[at].cards
        height = here.visualRect(here.currentIndex()).center()
        place = at + sideways
        while 0 <= place < len(self._columns):
            there = self._columns[place].cards
            if there.cards.rowCount():
                index = there.indexAt(height)
                there.choose(index.row() if index.isValid() else there.cards.rowCount() - 1)
                there.setFocus(Qt.FocusReason.TabFocusReason)
                self._area.ensureWidgetVisible(self._columns[place], 0, 0)
                return
            place += sideways

    def _move_by(self, at: int, sideways: int) -> None:
        if self._deal and 0 <= at + sideways < len(self._columns):
            self._move(self._deal, self._columns[at + sideways].stage)

    def _move(self, deal_id: str, stage: Stage) -> None:
        """Move a deal to a stage; the stage that it leaves may forbid it, or ask why."""
        row = next(iter(self._parts.bridge.ask(deals.deal_rows, self._keys_of(deal_id))), None)
        if row is None or row.stage_id == stage.id:
            return
        self._held, self._deal, self._title = row.row_key, deal_id, row.title
        done = self._parts.bridge.run(acts.move_deal, deal_id, stage.id)
        if done is None:
            return
        told = _("“{deal}” is in “{stage}” now.", deal=row.title, stage=phrases.of(stage.name))
        left = len(done.value)
        if left:
            told += " " + ngettext("{n} required step was left open.", "{n} required steps were left open.", left)
            self._begin(self._because)
            self._because.begin([phrases.of(state.step.title) for state in done.value])
        self._parts.bridge.tell(told, done)

    def _keys_of(self, deal_id: str) -> list[int]:
        return self._parts.bridge.ask(deals.deal_keys, DealFilter(keys=(deal_id,)))

    def _begin_loss(self) -> None:
        self._begin(self._lost)
        self._lost.begin(self._parts.bridge.ask(pipelines.lost_reasons))

    def _begin(self, form: QWidget) -> None:
        """Ask in place, above the columns, about the deal at hand."""
        for one in (self._because, self._lost):
            present(one, shown=one is form)
        self._about.setText(self._title)
        self._form.show()
        form.show()

    @Slot()
    def _close_form(self) -> None:
        self._form.hide()
        place = next((one for one in self._columns if one.cards.currentIndex().isValid()), None)
        if place is not None:
            place.cards.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _explain(self, because: str) -> None:
        done = self._parts.bridge.run(acts.explain_move, self._deal, because)
        if done is not None:
            self._close_form()
            self._parts.bridge.tell(_("The reason is kept with the move."), done)

    @Slot(str, str)
    def _lose(self, reason: str, note: str) -> None:
        title = self._title
        done = self._parts.bridge.run(acts.lose_deal, self._deal, reason=reason, note=note)
        if done is not None:
            self._close_form()
            self._parts.bridge.tell(_("“{deal}” is closed as lost.", deal=title), done)

    def _make_form(self) -> QFrame:
        made = frame("panel")
        made.setObjectName("board.form")
        inside = QVBoxLayout(made)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        inside.addWidget(self._about)
        for form in (self._because, self._lost):
            form.left.connect(self._close_form)
            form.setMaximumWidth(_FORM_WIDTH)
            form.hide()
            inside.addWidget(form)
        made.hide()
        return made
