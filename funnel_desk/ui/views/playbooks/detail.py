"""One pipeline: who watches over it, its outline, and beside that what is written about the selected part."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from funnel_desk.domain.moments import day_of
from funnel_desk.domain.words import Words
from funnel_desk.i18n import _, format_day, language
from funnel_desk.operations import (
    change_marks,
    pipeline_answers,
    pipeline_page as acts_page,
    pipeline_steps,
    stage_order,
)
from funnel_desk.queries.pipeline_page import PipelinePage, StageCount, deals_up_to, pipeline_lines, pipeline_page
from funnel_desk.ui.bridge import said
from funnel_desk.ui.phrases import of
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.playbooks.acts import MANY_DEALS, Act, Actor
from funnel_desk.ui.views.playbooks.editor import Editor
from funnel_desk.ui.views.playbooks.nodes import outline_of
from funnel_desk.ui.views.playbooks.outline import Node, Outline
from funnel_desk.ui.views.playbooks.reminder import is_due
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import Elided, frame, label, present
from funnel_desk.ui.widgets.note_popup import NotePopup

_MOST_VERSIONS = 12
_MARGIN = 16


class PipelineDetail(QWidget):
    """`exported` tells what kind of file is wanted: playbook or regulation; `copied` the id of a copy."""

    exported = Signal(str)
    copied = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._actor = Actor(parts.bridge, parts.jobs)
        self._page: PipelinePage | None = None
        self._next = ""
        self._counts: Sequence[StageCount] = ()
        self.outline = Outline(parts.look)
        self.editor = Editor(parts, self._actor)
        self._name = Elided("", "title", name="playbooks.name")
        self._state = label("", "note", wrap=True, name="playbooks.state")
        self._due = label(_("Nobody has looked it through for three months."), "warn", wrap=True)
        self._due.setObjectName("playbooks.due")
        self._look_through = self._button(_("Looked through today"), "playbooks.review", self._review)
        self._history = self._button(_("Versions"), "playbooks.versions", self._show_versions)
        self._menu_button = QPushButton(_("Pipeline"))
        self._menu_button.setObjectName("playbooks.menu")
        self._menu_button.setMenu(self._make_menu())
        self._add_button = QPushButton(_("Add"))
        self._add_button.setObjectName("playbooks.add")
        self._add_button.setMenu(self._make_add_menu())
        self._build()
        self.outline.chosen.connect(self._chosen)
        self.outline.moved.connect(self._actor.move)
        self.outline.entered.connect(self.editor.begin)
        self.outline.put_away.connect(self.editor.put_away)
        self.outline.added.connect(self._add_like)
        self.editor.add_wanted.connect(self.add)
        self.setFocusProxy(self.outline)

    @property
    def pipeline_id(self) -> str:
        """The pipeline that is shown; empty before the first."""
        return self._page.pipeline.id if self._page else ""

    def show_pipeline(self, pipeline_id: str, counts: Sequence[StageCount]) -> None:
        """Show a pipeline as it is now; deals were counted before."""
        self._counts = counts
        page = self._parts.bridge.ask(pipeline_page, pipeline_id, counts)
        if self._page is not None and page.pipeline.id != self._page.pipeline.id:
            self.editor.commit()
        self._page = page
        self._actor.deals = page.deals or self._parts.bridge.ask(deals_up_to, MANY_DEALS + 1)
        self._name.setText(of(page.pipeline.name))
        self._say_state(page)
        self.outline.show_nodes(outline_of(page))
        if self._next and self.outline.choose(self._next):
            self._next = ""
            self.editor.begin(whole=True)
        self.editor.show_node(page, self.outline.chosen_node())

    def commit(self) -> None:
        """Tell what is written and was not told yet."""
        self.editor.commit()

    def add(self, kind: str) -> None:
        """Add a stage, step, objection, reason or note after what is selected, and begin with its name."""
        page = self._page
        if page is None:
            return
        self.editor.commit()
        stage = self.outline.stage_of_chosen() or next((one.id for one in page.stages if not one.archived), "")
        node = self.outline.chosen_node()
        acts: dict[str, Act] = {
            "stage": (stage_order.add_stage, (page.pipeline.id, _new(_free_stage(page)), stage or None), {}),
            "step": (
                pipeline_steps.add_step,
                (stage, _new(_("New step")), "call", node.row if node and node.kind == "step" else None),
                {},
            ),
            "objection": (pipeline_answers.add_objection, (page.pipeline.id, _new(_("New objection"))), {}),
            "reason": (pipeline_answers.add_lost_reason, (_new(_("New reason")),), {}),
            "mark": (
                change_marks.note_change,
                (page.pipeline.id, self._parts.bridge.today(), _("What changed")),
                {},
            ),
        }
        self._actor.add(acts[kind], moves=kind in {"stage", "step"}, then=lambda made: self._begin(f"{kind}:{made}"))

    def _begin(self, key: str) -> None:
        """Select what was just added and begin to write, now or as soon as it is there."""
        self._next = key
        if self._page is not None:
            self.show_pipeline(self._page.pipeline.id, self._counts)

    def _add_like(self) -> None:
        node = self.outline.chosen_node()
        kinds = {"step": "step", "objection": "objection", "objections": "objection", "reason": "reason",
                 "reasons": "reason", "mark": "mark", "marks": "mark"}  # fmt: skip
        self.add(kinds.get(node.kind, "stage") if node else "stage")

    def _chosen(self, node: Node) -> None:
        if self._page is not None:
            self.editor.show_node(self._page, node)

    def _build(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self._look_through, self._history, self._add_button, self._menu_button):
            flow.addWidget(button)
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN, 12, _MARGIN, 10)
        head.setSpacing(6)
        head.addWidget(self._name)
        head.addWidget(self._state)
        head.addWidget(self._due)
        head.addWidget(buttons)
        rule = frame("line")
        rule.setFixedHeight(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.outline)
        split.addWidget(self.editor)
        split.setSizes([400, 440])
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        self.outline.setMinimumWidth(220)
        self.editor.setMinimumWidth(320)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule)
        column.addWidget(split, 1)

    def _button(self, text: str, name: str, act: Callable[[], None]) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(name)
        made.clicked.connect(act)
        return made

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        for name, text, act in (
            ("copy", _("Make a copy"), self._copy),
            ("playbook", _("Save as a playbook…"), lambda: self.exported.emit("playbook")),
            ("regulation", _("Save as a document for the team…"), lambda: self.exported.emit("regulation")),
            ("up", _("Move up in the list"), lambda: self._shift(-1)),
            ("down", _("Move down in the list"), lambda: self._shift(1)),
            ("archive", _("Archive the pipeline"), self._archive),
            ("restore", _("Restore the pipeline"), self._restore),
        ):
            action = QAction(text, self)
            action.setObjectName(f"playbooks.{name}")
            action.triggered.connect(act)
            menu.addAction(action)
        return menu

    def _make_add_menu(self) -> QMenu:
        menu = QMenu(self)
        for kind, text in (
            ("stage", _("Stage")),
            ("step", _("Step")),
            ("objection", _("Objection")),
            ("reason", _("Reason for losing")),
            ("mark", _("Note of a change")),
        ):
            action = QAction(text, self)
            action.setObjectName(f"playbooks.add.{kind}")
            action.triggered.connect(lambda _checked=False, kind=kind: self.add(kind))
            menu.addAction(action)
        hint = QAction(_("After what is selected: {key}", key=_key("Ins")), self)
        hint.setEnabled(False)
        menu.addSeparator()
        menu.addAction(hint)
        self._add_button.setToolTip(_("Add after what is selected") + " · " + _key("Ins"))
        return menu

    def _say_state(self, page: PipelinePage) -> None:
        bridge = self._parts.bridge
        parts = [_("Version {n}", n=len(page.versions))]
        if page.versions:
            last = page.versions[0]
            day = format_day(day_of(last.at, bridge.desk.workspace.time_zone), "medium")
            parts.append(_("changed by {who} on {day}", who=last.author or _("somebody"), day=day))
        if page.pipeline.reviewed_on:
            parts.append(_("looked through on {day}", day=format_day(page.pipeline.reviewed_on, "medium")))
        self._state.setText(" · ".join(parts))
        present(self._due, shown=is_due(page.since, bridge.today()) and not page.pipeline.archived)
        today = page.pipeline.reviewed_on == bridge.today()
        self._look_through.setEnabled(not today)
        for action in self._menu_button.menu().actions():
            if action.objectName() in {"playbooks.archive", "playbooks.restore"}:
                action.setVisible((action.objectName() == "playbooks.restore") is page.pipeline.archived)

    def _review(self) -> None:
        self._actor.do(acts_page.review_pipeline, self.pipeline_id)

    def _copy(self) -> None:
        self.editor.commit()
        made = self._actor.do(acts_page.copy_pipeline, self.pipeline_id)
        if made is not None:
            self.copied.emit(made.id)

    def _archive(self) -> None:
        self._actor.archive("pipeline", self.pipeline_id)

    def _restore(self) -> None:
        self._actor.restore("pipeline", self.pipeline_id)

    def _shift(self, by: int) -> None:
        ids = [
            line.pipeline.id
            for line in self._parts.bridge.ask(pipeline_lines, self._counts)
            if not line.pipeline.archived
        ]
        if self.pipeline_id not in ids:
            return
        place = ids.index(self.pipeline_id) + by
        if 0 <= place < len(ids):
            rest = [one for one in ids if one != self.pipeline_id]
            self._actor.move("pipeline", self.pipeline_id, rest[place] if place < len(rest) else "")

    def _show_versions(self) -> None:
        page = self._page
        if page is None:
            return
        zone = self._parts.bridge.desk.workspace.time_zone
        lines = []
        for number, version in enumerate(page.versions[:_MOST_VERSIONS]):
            when = format_day(day_of(version.at, zone), "medium")
            lines.append(
                (_("Version {n}", n=len(page.versions) - number) + f" · {when} · {version.author}", said(version))
            )
        popup = NotePopup(lines, self._history)
        popup.setObjectName("playbooks.history")
        popup.open_above(self._history)


def _new(name: str) -> Words:
    """A name in the person's language."""
    return Words("", name) if language() == "ru" else Words(name, "")


def _free_stage(page: PipelinePage) -> str:
    """A name for a new stage that no other stage has."""
    taken = {text for one in page.stages for text in (one.name.en, one.name.ru)}
    name, number = _("New stage"), 2
    while name in taken:
        name, number = _("New stage {n}", n=number), number + 1
    return name


def _key(name: str) -> str:
    return QKeySequence(name).toString(QKeySequence.SequenceFormat.NativeText)
