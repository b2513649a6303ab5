"""The page of the playbooks: at the left what there is, at the right the pipeline that is written, or a new one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from funnel_desk.domain.playbook import Playbook
from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import _, language, ngettext
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.operations.playbooks import playbook_in, shelf
from funnel_desk.queries.pipeline_page import PipelineLine, StageCount, deal_counts, pipeline_lines
from funnel_desk.ui.models.sections import Entry, Heading, Section
from funnel_desk.ui.phrases import of
from funnel_desk.ui.route import ShowStep
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.playbooks.builder import Builder
from funnel_desk.ui.views.playbooks.detail import PipelineDetail
from funnel_desk.ui.views.playbooks.reading import PlaybookReading
from funnel_desk.ui.views.playbooks.reminder import is_due
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import frame
from funnel_desk.ui.widgets.master_detail import MasterDetail
from funnel_desk.ui.widgets.two_line import TwoLineView

_SHARES = (250, 846)


class NewPipeline:
    """The destination of somebody who wants to build a first pipeline step by step."""


class PlaybooksPage(Page):
    """A click or Enter on a line shows it; pipelines are written in place, playbooks are read and taken."""

    needs = FACTS | {"change_mark"}

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._books: dict[str, Playbook] = {}
        self._counts: Sequence[StageCount] = ()
        self._lines: dict[str, PipelineLine] = {}
        self.list = TwoLineView(parts.look, _("Pipelines and playbooks"))
        self.list.setObjectName("playbooks.list")
        self.detail, self.reading, self.builder = PipelineDetail(parts), PlaybookReading(), Builder(parts)
        self._empty = EmptyState(
            parts.look, "playbooks", _("Your way of selling belongs here, stage by stage."), _("Build it step by step")
        )
        self._stack = QStackedWidget()
        for part in (self.detail, self.reading, self._empty, self.builder):
            self._stack.addWidget(part)
        self._both = MasterDetail(parts.look, self._master(), self._stack, _SHARES)
        self._both.restore(parts.memory.get("playbooks.split"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._both)
        self.setFocusProxy(self.list)
        self.list.entry_chosen.connect(self._choose)
        self.list.entry_clicked.connect(lambda _key: self._both.open_detail())
        self.list.entry_opened.connect(self._open)
        self.reading.taken.connect(self._take)
        self.detail.copied.connect(self._show_pipeline)
        self.detail.exported.connect(self._export)
        self.builder.built.connect(self._take)
        self.builder.left.connect(self._leave_builder)
        self._empty.begun.connect(self.build)
        self.refresh()
        self.list.choose(parts.memory.get("playbooks.chosen"))

    def caption(self) -> Caption:
        """The title of the view."""
        return Caption(_("Playbooks"))

    def refresh(self) -> None:
        """Ask again; what is being written stays."""
        self._show(self._counts)
        self._parts.jobs.read("", lambda _progress: self._parts.bridge.ask(deal_counts), self._count)

    def _count(self, counts: Sequence[StageCount]) -> None:
        if counts != self._counts:
            self._counts = counts
            self._show(counts)

    def _show(self, counts: Sequence[StageCount]) -> None:
        lines = self._parts.bridge.ask(pipeline_lines, counts)
        self._lines = {f"pipeline:{line.pipeline.id}": line for line in lines}
        if not self._books:
            self._books = {f"book:{book.key}": book for book in shelf().playbooks}
        chosen, place = self.list.chosen_key(), self.list.place()
        if self.list.sections.show_sections(self._sections(lines)):
            self.list.choose(chosen, place)
        self._choose(self.list.chosen_key())

    def arrive(self, destination: object) -> None:
        """Somebody wants to see a pipeline (its id) or a step of it, or to build one."""
        if isinstance(destination, NewPipeline):
            self.build()
        elif isinstance(destination, ShowStep):
            self._show_pipeline(destination.pipeline_id)
            self.detail.outline.choose(f"step:{destination.step_id}")
        elif isinstance(destination, str):
            self._show_pipeline(destination)

    def keep(self) -> None:
        """What is written is kept; so is what was chosen."""
        self.detail.commit()
        self._parts.memory.put("playbooks.chosen", self.list.chosen_key())
        self._parts.memory.put("playbooks.split", self._both.state())

    def build(self) -> None:
        """Build a pipeline step by step, here in the view."""
        self.detail.commit()
        self._stack.setCurrentWidget(self.builder)
        self._both.open_detail(wide=True)
        self.builder.begin()

    def _master(self) -> QWidget:
        new = QPushButton(_("New pipeline"))
        new.setObjectName("playbooks.new")
        menu = QMenu(new)
        for name, text, act in (
            ("build", _("Build it step by step"), self.build),
            ("file", _("From a playbook file…"), self._ask_file),
        ):
            action = QAction(text, self)
            action.setObjectName(f"playbooks.new.{name}")
            action.triggered.connect(act)
            menu.addAction(action)
        new.setMenu(menu)
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 4)
        row.addWidget(new)
        row.addStretch(1)
        made = frame("plain")
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        made.setMinimumWidth(216)
        made.setFocusProxy(self.list)
        return made

    def _sections(self, lines: Sequence[PipelineLine]) -> list[Section]:
        mine = tuple(self._entry(line) for line in lines if not line.pipeline.archived)
        away = tuple(self._entry(line) for line in lines if line.pipeline.archived)
        books = tuple(
            Entry(key, of(book.name), of(book.direction), "playbooks") for key, book in self._books.items()
        )  # fmt: skip
        return [
            Section(Heading(_("Your pipelines"), len(mine)), mine),
            Section(Heading(_("To begin with"), len(books)), books),
            Section(Heading(_("Archived"), len(away)), away),
        ]

    def _entry(self, line: PipelineLine) -> Entry:
        deals = ngettext("{n} open deal", "{n} open deals", line.open_deals)
        late = is_due(line.since, self._parts.bridge.today()) and not line.pipeline.archived
        detail = _("look it through · {deals}", deals=deals) if late else deals
        return Entry(f"pipeline:{line.pipeline.id}", of(line.pipeline.name), detail, "funnel")

    def _choose(self, key: str) -> None:
        if self._stack.currentWidget() is self.builder and self._both.detail_is_alone and self.builder.active:
            return
        if key in self._books:
            self.detail.commit()
            self.reading.show_playbook(self._books[key])
            self._stack.setCurrentWidget(self.reading)
        elif key in self._lines:
            self.detail.show_pipeline(self._lines[key].pipeline.id, self._counts)
            self._stack.setCurrentWidget(self.detail)
        else:
            self._stack.setCurrentWidget(self._empty)

    def _open(self, _key: str) -> None:
        self._both.open_detail()
        (self.reading if self._stack.currentWidget() is self.reading else self.detail).setFocus(
            Qt.FocusReason.TabFocusReason
        )

    def _show_pipeline(self, pipeline_id: str) -> None:
        self.builder.active = False
        self._both.close_detail()
        self.list.choose(f"pipeline:{pipeline_id}")
        self._choose(self.list.chosen_key())
        self._both.open_detail()
        self.detail.setFocus()

    def _leave_builder(self) -> None:
        self.builder.active = False
        self._both.close_detail()
        self._choose(self.list.chosen_key())
        self.list.setFocus()

    def _take(self, playbook: Playbook) -> None:
        """Make a pipeline of a playbook and show it."""
        done = self._parts.bridge.run(add_pipeline, playbook)
        if done is not None:
            self.builder.done()
            name = of(done.value.name)
            self._show_pipeline(done.value.id)
            self._parts.bridge.tell(_("The pipeline “{pipeline}” is added.", pipeline=name), done)

    def _ask_file(self) -> None:
        from funnel_desk.ui.dialogs.files import ask_playbook

        ask_playbook(self.window(), self._parts.bridge.desk.path.parent, self.take_file)

    def take_file(self, path: str) -> None:
        """Make a pipeline of a playbook file."""
        try:
            playbook = playbook_in(Path(path))
        except Problem as problem:
            self._parts.bridge.explain(problem)
        else:
            self._take(playbook)

    def _export(self, kind: str) -> None:
        from funnel_desk.ui.dialogs.files import ask_save

        self.detail.commit()
        name = of(self._lines[self.list.chosen_key()].pipeline.name)
        place = self._parts.bridge.desk.path.parent
        if kind == "playbook":
            ask_save(self.window(), place / f"{name}.toml", _("Save as a playbook"), _("Playbooks (*.toml)"), "toml",
                     self.save_playbook)  # fmt: skip
        else:
            ask_save(self.window(), place / f"{name}.pdf", _("Save as a document"), _("Documents (*.pdf)"), "pdf",
                     self.save_regulation)  # fmt: skip

    def save_playbook(self, path: str) -> None:
        """Write the pipeline that is shown as a playbook file."""
        from funnel_desk.exchange.playbook_file import write_playbook
        from funnel_desk.queries.pipeline_content import pipeline_content

        content = self._parts.bridge.ask(pipeline_content, self.detail.pipeline_id)
        try:
            write_playbook(content, Path(path))
        except Problem as problem:
            self._parts.bridge.explain(problem)
        else:
            self._parts.bridge.tell(_("Written: {file}", file=Path(path).name))

    def save_regulation(self, path: str) -> None:
        """Write the pipeline that is shown as a document, apart from the window."""
        from funnel_desk.exchange.regulation import write_regulation

        bridge, row, lang = self._parts.bridge, self.detail.pipeline_id, language()
        self._parts.jobs.read(
            _("Writing the document"),
            lambda _progress: bridge.ask(write_regulation, row, Path(path), lang),
            lambda _done: bridge.tell(_("Written: {file}", file=Path(path).name)),
        )
