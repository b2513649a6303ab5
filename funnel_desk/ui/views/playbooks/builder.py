"""The guided builder: a first own funnel in a few quiet pages, in the view itself; one undo at the end."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from funnel_desk.domain.playbook_draft import Draft, DraftStage, playbook_of
from funnel_desk.i18n import _, language, ngettext
from funnel_desk.ui.phrases import chance, of
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.playbooks.builder_pages import Actions, Asked, Backwards, Ticks, WhatAndWhom, WhatToSay
from funnel_desk.ui.views.playbooks.suggestions import REASONS, SOURCES
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.labels import discard, frame, label, present

_WIDTH = 620
_KEYS = ("Alt+→", "Alt+←")


class Builder(QWidget):
    """`built` tells the playbook that the answers make; `left` that somebody goes back to the list.

    The answers stay until a pipeline was made of them.
    """

    built = Signal(object)
    left = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.active = False
        self._made = False
        self._stack = QStackedWidget()
        self._count = label("", "note", name="builder.count")
        self._problem = label("", "warn", wrap=True, name="builder.problem")
        self.back = QPushButton(_("Back"))
        self.back.setObjectName("builder.back")
        self.back.clicked.connect(lambda: self._go(-1))
        self.next = QPushButton(_("Next"))
        self.next.setObjectName("builder.next")
        self.next.clicked.connect(lambda: self._go(1))
        self._leave = QPushButton(_("Leave it for now"))
        self._leave.setObjectName("builder.leave")
        self._leave.setProperty("role", "quiet")
        self._leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._leave.clicked.connect(self.left)
        for key, by in (("Alt+Right", 1), ("Alt+Left", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._go(by))
        for button, keys in zip((self.next, self.back), _KEYS, strict=True):
            button.setToolTip(keys)
        self._lay_out()

    def begin(self) -> None:
        """Go on where somebody left, or begin."""
        self.active = True
        if not self._made:
            self._make()
        self._show(self._stack.currentIndex())

    def done(self) -> None:
        """A pipeline was made: the next one begins anew."""
        self.active = False
        if self._made:
            while (page := self._stack.widget(0)) is not None:
                self._stack.removeWidget(page)
                discard(page)
            self._made = False

    def draft(self) -> Draft:
        """The answers so far."""
        names = [*self._stages.names("before"), self._stages.won.text().strip(), *self._stages.names("after")]
        stages = {name: DraftStage(name, self._actions.steps(name)) for name in names}
        return Draft(
            direction=self._what.direction.text(),
            typical_client=self._what.client.text(),
            source=", ".join(self._sources.chosen()),
            audience=self._what.audience.text(),
            name=self._what.name.text(),
            before=tuple(stages[name] for name in self._stages.names("before")),
            won=stages[self._stages.won.text().strip()],
            after=tuple(stages[name] for name in self._stages.names("after")),
            lost_reasons=tuple(self._reasons.chosen()),
        )

    def _make(self) -> None:
        self._what, self._stages, self._actions, self._say = WhatAndWhom(), Backwards(), Actions(), WhatToSay()
        self._sources = Ticks(
            "sources", _("Where do leads come from?"),
            _("Separate channels often need separate pipelines: begin with the one that brings most."),
            SOURCES, _("Or in your own words, with commas"),
        )  # fmt: skip
        self._reasons = Ticks(
            "reasons", _("Why are deals lost?"),
            _("The reasons to choose from. Counted over the months they say what to mend."),
            REASONS, _("And your own, with commas"),
        )  # fmt: skip
        self._reasons.tick_all()
        self._review = Asked(
            "review", _("This is your way of selling"),
            _("It can be changed at any time: nothing here is final, and one undo takes it back."),
        )  # fmt: skip
        self._facts, self._outline = Facts(), label("", wrap=True, name="builder.outline")
        for part in (self._facts, self._outline):
            self._review.column.addWidget(part)
        self._review.column.addStretch(1)
        self._pages: list[Asked] = [
            self._what, self._sources, self._stages, self._actions, self._say, self._reasons, self._review,
        ]  # fmt: skip
        for page in self._pages:
            inside = frame("plain")
            row = QHBoxLayout(inside)
            row.setContentsMargins(24, 20, 14, 12)
            page.setMaximumWidth(_WIDTH)
            row.addWidget(page, 1)
            row.addStretch(0)
            self._stack.addWidget(scrolling(inside))
        self._made = True

    def _lay_out(self) -> None:
        foot = frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self.next)
        row.addWidget(self._count)
        row.addWidget(self._problem, 1)
        row.addWidget(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

    def _go(self, by: int) -> None:
        place = self._stack.currentIndex()
        if by > 0:
            missing = self._pages[place].missing()
            self._problem.setText(missing)
            if missing:
                return
            self._keep_words()
            if place == len(self._pages) - 1:
                self.built.emit(playbook_of(self.draft(), language()))
                return
        self._show(min(max(place + by, 0), len(self._pages) - 1))

    def _show(self, place: int) -> None:
        page = self._pages[place]
        if page is self._actions:
            self._actions.ask_about(
                [*self._stages.names("before"), self._stages.won.text().strip(), *self._stages.names("after")]
            )
        draft = self.draft()
        if page is self._say:
            self._say.ask_about([*draft.before, draft.won, *draft.after])
        elif page is self._review:
            self._show_review(draft)
        self._stack.setCurrentIndex(place)
        self._problem.setText("")
        self._count.setText(_("{n} of {all}", n=place + 1, all=len(self._pages)))
        present(self.back, shown=place > 0)
        self.back.setVisible(place > 0)
        last = place == len(self._pages) - 1
        self.next.setText(_("Make the pipeline") if last else _("Next"))
        first = next(
            (one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus), self.next
        )
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _keep_words(self) -> None:
        if self._pages[self._stack.currentIndex()] is self._say:
            for name, place, text in self._say.texts():
                self._actions.say(name, place, text)

    def _show_review(self, draft: Draft) -> None:
        book = playbook_of(draft, language())
        self._facts.show_facts(
            [
                (_("What it is called"), of(book.name)),
                (_("What we sell"), of(book.direction)),
                (_("To whom"), of(book.typical_client)),
                (_("How they find us"), of(book.source)),
                (_("Reasons"), ", ".join(of(one.name) for one in book.lost_reasons)),
            ]
        )
        lines = []
        for stage in book.stages:
            side = _("won") if stage.won else _("after the sale") if stage.after_sale else chance(stage.probability)
            steps = ngettext("{n} step", "{n} steps", len(stage.steps)) if stage.steps else ""
            lines.append(" · ".join(part for part in (of(stage.name), side, steps) if part))
        self._outline.setText("\n".join(lines))
