"""The side where the selected part of a pipeline is written: its fields, the preview, and what can be done with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.pipeline import Stage, Step
from funnel_desk.domain.playbook import STEP_PREFIX
from funnel_desk.i18n import N_, _, language, ngettext, translate
from funnel_desk.queries.pipeline_page import PipelinePage
from funnel_desk.ui.phrases import of
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.playbooks.acts import WORTH_NOTING, Actor
from funnel_desk.ui.views.playbooks.forms import FORMS, SIDE_NAMES, Form
from funnel_desk.ui.views.playbooks.note_offer import NoteOffer
from funnel_desk.ui.views.playbooks.outline import Node
from funnel_desk.ui.views.playbooks.preview import Preview
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.labels import Elided, frame, label, present
from funnel_desk.ui.widgets.segmented import Segmented

_MARGIN = 16


class Editor(QWidget):
    """`add_wanted` tells what kind of thing somebody wants to add here."""

    add_wanted = Signal(str)

    def __init__(self, parts: Parts, actor: Actor) -> None:
        super().__init__()
        self._parts, self._actor = parts, actor
        self._page: PipelinePage | None = None
        self._node: Node | None = None
        self._forms: dict[str, Form] = {}
        self._title = Elided("", "name", name="playbooks.title")
        self.lang = Segmented([("en", "English"), ("ru", "Русский")], _("Language of the words"))
        self.lang.setObjectName("playbooks.lang")
        self.lang.set_key(language() if language() == "ru" else "en")
        self.lang.chosen.connect(lambda _key: self._fill(fresh=True))
        self._more = QPushButton(_("More"))
        self._more.setObjectName("playbooks.more")
        self._more.setAccessibleName(_("What can be done with it"))
        self._more.setMenu(QMenu(self._more))
        self._more.menu().aboutToShow.connect(self._fill_menu)
        self._about = label("", "dim", wrap=True)
        self._button = QPushButton()
        self._button.setObjectName("playbooks.begin")
        self._button.clicked.connect(self._press)
        self._then: Callable[[], None] | None = None
        self._preview = Preview(parts.look, parts.bridge)
        self.offer = NoteOffer(parts)
        self._build()

    def show_node(self, page: PipelinePage, node: Node | None) -> None:
        """Show a part of a pipeline; what is being written about another part is told first."""
        fresh = self._node is None or node is None or node.key != self._node.key or self._page is None
        if fresh:
            self.commit()
            self.offer.keep_for(node.key if node else "")
        self._page, self._node = page, node
        self._fill(fresh=fresh)

    def commit(self) -> None:
        """Tell what is written and was not told yet."""
        if self._node is not None and (form := self._forms.get(self._node.kind)) is not None:
            form.commit()

    def begin(self, *, whole: bool = False) -> None:
        """Put the cursor into the first field; ``whole`` selects all of its words."""
        form = self._forms.get(self._node.kind) if self._node else None
        if form is None or form.isHidden():
            self._button.setFocus()
            return
        field = next(iter(form.fields.values()))
        field.setFocus(Qt.FocusReason.TabFocusReason)
        if whole and hasattr(field, "selectAll"):
            field.selectAll()

    def put_away(self) -> None:
        """Archive what is shown; of a stage with deals it is asked where they count, in the menu."""
        node, page = self._node, self._page
        if node is None or page is None or node.side == "archived":
            return
        if node.kind == "stage" and page.open_deals.get(node.row) and len(self._neighbours(node.row)) > 1:
            self._more.showMenu()
        elif node.kind in {"stage", "step", "objection", "reason", "mark"}:
            self._actor.archive(node.kind, node.row)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self.lang)
        head.addWidget(self._more)
        inside = frame("plain")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(_MARGIN, 12, 6, _MARGIN)
        self._column.setSpacing(10)
        self._column.addLayout(head)
        self._column.addWidget(self._about)
        self._column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolling(inside), 1)
        whole.addWidget(self.offer)

    def _form(self, kind: str) -> Form:
        made = self._forms.get(kind)
        if made is None:
            made = self._forms[kind] = Form(kind)
            self._column.insertWidget(self._column.count() - 1, made)
            made.changed.connect(lambda name, value, kind=kind: self._write(kind, name, value))
            if kind == "step":
                made.put_below("say", self._preview)
                made.typing.connect(self._typed)
        return made

    def _fill(self, *, fresh: bool) -> None:
        node, page = self._node, self._page
        archived = node is not None and node.side == "archived"
        for kind, form in self._forms.items():
            form.setVisible(node is not None and node.kind == kind and not archived)
        written = node is not None and node.kind in FORMS and not archived
        present(self._more, shown=written and node is not None and node.kind != "pipeline")
        present(self.lang, shown=written and node is not None and node.kind != "mark")
        if node is None or page is None:
            self._title.setText("")
            return
        self._title.setText(node.text)
        self._say_about(page, node)
        if not written:
            return
        form = self._form(node.kind)
        form.show()
        values = values_of(page, node)
        self._offer_choices(form, page, node)
        form.show_values(node.row, values, self.lang.key(), fresh=fresh)
        if node.kind == "step":
            self._preview.take_deal(page.pipeline.id, next(one for one in page.steps if one.id == node.row).stage_id)
            self._typed("say", form.fields["say"].toPlainText())  # type: ignore[union-attr]

    def _offer_choices(self, form: Form, page: PipelinePage, node: Node) -> None:
        if node.kind == "step":
            others = [one for one in page.steps if not one.archived and one.id != node.row]
            stage = next((one for one in page.stages if one.id == node.side), None)
            counted: list[tuple[object, str]] = [
                ("entry", _("the start of the stage")), ("previous", _("the step before")),
            ]  # fmt: skip
            if stage is not None and stage.side != "before":
                counted.append(("sale", _("the sale")))
            counted += [(STEP_PREFIX + one.key, of(one.title)) for one in others]
            form.offer("after", counted)
            form.offer("until", [("", _("the stage is left")), *((one.key, of(one.title)) for one in others)])
        elif node.kind == "stage":
            form.hide_field("probability", hidden=node.side != "before")
            form.offer(
                "side",
                [(side, translate(SIDE_NAMES[side])) for side in SIDE_NAMES if (side == "won") is (node.side == "won")],
            )
        elif node.kind == "mark":
            stages = [(one.id, of(one.name)) for one in page.stages if not one.archived]
            form.offer("stage_id", [(None, _("the whole pipeline")), *stages])

    def _say_about(self, page: PipelinePage, node: Node) -> None:
        """What belongs here and the button that begins it, where there is nothing to write."""
        self._then = None
        text, button = "", ""
        if node.side == "archived":
            text, button = _("It is archived: nobody is offered it, and what happened there stays."), _("Restore")
            self._then = lambda: self._restore(node)
        elif node.kind in _GROUPS:
            text, button = translate(_GROUPS[node.kind][0]), translate(_GROUPS[node.kind][1])
            self._then = lambda: self.add_wanted.emit(_GROUPS[node.kind][2])
        elif node.kind == "archived":
            text = _("Nothing is deleted under deals. What is archived can be restored here.")
        elif node.kind == "stage" and (n := page.open_deals.get(node.row, 0)):
            text = ngettext(
                "{n} open deal stands here and follows what you change.",
                "{n} open deals stand here and follow what you change.",
                n,
            )
        self._about.setText(text)
        self._button.setText(button)
        present(self._about, shown=bool(text))
        present(self._button, shown=bool(button))

    def _press(self) -> None:
        if self._then is not None:
            self._then()

    def _restore(self, node: Node) -> None:
        self._actor.restore(node.kind, node.row)

    def _typed(self, name: str, text: str) -> None:
        if name == "say":
            self._preview.say(text, self.lang.key())

    def _write(self, kind: str, name: str, value: object) -> None:
        node = self._node
        form = self._forms[kind]
        row = str(form.property("row") or "")
        if not row:
            return
        done = self._actor.write(kind, row, name, value)
        if not done:
            self._fill(fresh=name not in {"say", "ask"})  # a script that was refused is not lost
        elif (kind, name) in WORTH_NOTING and node is not None and self._page is not None:
            self.offer.offer(self._page.pipeline.id, node, kind, name)

    def _neighbours(self, stage_id: str) -> list[Stage]:
        """The living stages of the same side: where the deals of this one could count."""
        stages = self._page.stages if self._page else ()
        own = next((one for one in stages if one.id == stage_id), None)
        return [one for one in stages if own and one.side == own.side and not one.archived and one.id != own.id]

    def _fill_menu(self) -> None:
        menu, node = self._more.menu(), self._node
        menu.clear()
        if node is None:
            return
        if node.kind == "mark":
            menu.addAction(_("Delete the note"), lambda: self._actor.archive("mark", node.row))
            return
        if node.kind == "stage":
            for other in self._neighbours(node.row):
                text = _("Archive; its deals count in “{stage}”", stage=of(other.name)).replace("&", "&&")
                menu.addAction(text, partial(self._actor.archive, "stage", node.row, other.id))
            if menu.isEmpty():
                menu.addAction(_("Archive"), lambda: self._actor.archive("stage", node.row))
            return
        menu.addAction(_("Archive"), lambda: self._actor.archive(node.kind, node.row))


_GROUPS: Mapping[str, tuple[str, str, str]] = {
    "objections": (
        N_("What clients say against it, with the answer: at hand while somebody talks."),
        N_("Add an objection"),
        "objection",
    ),
    "reasons": (N_("The reasons to choose from when a deal is lost, in all pipelines."), N_("Add a reason"), "reason"),
    "marks": (
        N_("What was different from a day on: the funnel can be read before and after it."),
        N_("Note a change"),
        "mark",
    ),
}


def values_of(page: PipelinePage, node: Node) -> Mapping[str, object]:
    """The values of the fields of a part, by name."""
    rows: dict[str, Sequence[Any]] = {
        "pipeline": (page.pipeline,),
        "stage": page.stages,
        "step": page.steps,
        "objection": page.objections,
        "reason": page.lost_reasons,
        "mark": page.marks,
    }
    row = next(one for one in rows[node.kind] if one.id == node.row)
    values = {item.name: getattr(row, item.name) for item in fields(row)}
    if isinstance(row, Step):
        values["need"] = "on_demand" if row.on_demand else "required" if row.required else "optional"
    return values
