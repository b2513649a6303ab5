"""Actions that are due, with the words to say, as `today` and `deal` show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.cli._desks import known_profile
from funnel_desk.domain.script import fill
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_, _, language

if TYPE_CHECKING:
    from funnel_desk.queries.scripts import ScriptFacts

KINDS: Mapping[str, str] = {
    "call": N_("call"),
    "email": N_("e-mail"),
    "message": N_("message"),
    "meeting": N_("meeting"),
    "visit": N_("visit"),
    "demo": N_("demonstration"),
    "document": N_("document"),
    "task": N_("task"),
}
OUTCOMES: Mapping[str, str] = {
    "open": N_("open"),
    "won": N_("won"),
    "lost": N_("lost"),
    "handed_over": N_("handed over"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One deal and the action that is due on it; what there is not is empty, and ``due`` null."""

    deal: str
    deal_id: str
    company: str
    stage: str
    stage_key: str
    step: str
    step_key: str
    kind: str
    due: str | None
    script: str

    def document(self) -> dict[str, object]:
        """The item as programs read it."""
        return {
            "deal": self.deal,
            "deal_id": self.deal_id,
            "company": self.company,
            "stage": self.stage,
            "stage_key": self.stage_key,
            "step": self.step,
            "step_key": self.step_key,
            "kind": self.kind,
            "due": self.due,
            "script": self.script,
        }


def script(say: Words, facts: "ScriptFacts") -> str:
    """The words to say, with what is known of the deal and of the person who says them, in the current language."""
    from funnel_desk.queries.scripts import script_values

    if not say:
        return ""
    me = known_profile()
    return fill(say.of(language()), script_values(facts, me.author_name, me.my_company), language())


def kind_said(kind: str) -> str:
    """The kind of a step or activity; a word of another program's file stays as it is."""
    return _(KINDS.get(kind, kind))


def outcome_said(outcome: str) -> str:
    """What became of a deal."""
    return _(OUTCOMES.get(outcome, outcome))


def words_said(title: Words | str) -> str:
    """Words of the trade in the current language, or a person's own text."""
    return title.of(language()) if isinstance(title, Words) else title
