"""A script as it would be read on a real deal, while it is being written; what could not be read is told."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from funnel_desk import settings
from funnel_desk.domain.pipeline_rules import script_problem
from funnel_desk.domain.script import spans
from funnel_desk.i18n import _, in_language, translate_problem
from funnel_desk.queries.pipeline_page import example_deal
from funnel_desk.queries.scripts import script_facts, script_values
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.labels import label, present
from funnel_desk.ui.widgets.script_card import ScriptCard


class Preview(QWidget):
    """Shows nothing while there is nothing to say."""

    def __init__(self, look: Look, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._values: dict[str, dict[str, str]] = {"en": {}, "ru": {}}
        self._known = ("", "", "")
        self._heading = label("", "heading", wrap=True)
        self._card = ScriptCard(look, "card_words", _("How it would be read"), object_name="playbooks.preview")
        self._problem = label("", "warn", wrap=True, name="playbooks.preview.problem")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(4)
        column.addWidget(self._problem)
        column.addWidget(self._heading)
        column.addWidget(self._card)

    def take_deal(self, pipeline_id: str, stage_id: str) -> None:
        """Read on the latest deal of this stage (or of the pipeline) from now on."""
        today = self._bridge.today()
        if self._known == (pipeline_id, stage_id, today):
            return
        self._known = (pipeline_id, stage_id, today)
        deal = self._bridge.ask(example_deal, pipeline_id, stage_id)
        profile = settings.load().profile
        me, firm = (profile.author_name, profile.my_company) if profile else ("", "")
        facts = self._bridge.ask(script_facts, [deal], today).get(deal) if deal else None
        for lang in self._values:
            with in_language(lang):
                self._values[lang] = dict(script_values(facts, me, firm)) if facts else {}
        told = " · ".join(part for part in (facts.company, facts.deal) if part) if facts else ""
        self._heading.setText(_("As it would be read: {deal}", deal=told) if told else _("As it would be read"))

    def say(self, text: str, lang: str) -> None:
        """Show this script in a language."""
        problem = script_problem(text)
        self._problem.setText(translate_problem(problem) if problem else "")
        present(self._problem, shown=problem is not None)
        for part in (self._heading, self._card):
            present(part, shown=bool(text.strip()))
        self._card.say(spans(text, self._values[lang], lang))
