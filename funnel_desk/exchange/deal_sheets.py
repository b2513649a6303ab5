"""A deal's sheets for others: a feedback card for a department, and the plan of negotiations; as text or as a page."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from funnel_desk.domain.feedback import DEPARTMENT_NAMES, Feedback
from funnel_desk.domain.moments import day_of
from funnel_desk.exchange.action_words import kind_said
from funnel_desk.exchange.out_file import write_whole
from funnel_desk.i18n import _, format_day, language, translate
from funnel_desk.queries.deal import DealCard


@dataclass(frozen=True, slots=True)
class Sheet:
    """A title, facts (name, value), and lines of text."""

    title: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]

    def text(self) -> str:
        """As plain text."""
        facts = [f"{name}: {value}" for name, value in self.facts if value]
        return "\n".join([self.title, "", *facts, "", *self.lines]) + "\n"

    def page(self) -> str:
        """As a page for a browser, which prints it."""
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in self.facts if value
        )
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.lines)
        return (
            f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8"><title>{escape(self.title)}</title>'
            "<style>body{font:14px/1.5 sans-serif;max-width:42em;margin:2em auto}th{text-align:left;font-weight:normal;"
            "color:#5f646a;padding-right:1.5em;vertical-align:top}p{white-space:pre-wrap}</style></head>"
            f"<body><h1>{escape(self.title)}</h1><table>{rows}</table>{lines}</body></html>\n"
        )


def feedback_sheet(card: DealCard, feedback: Feedback) -> Sheet:
    """What a department is given to read."""
    here, zone = card.situation, card.situation.rulebook.zone
    lost = here.present.outcome == "lost"
    facts = (
        (_("For"), translate(DEPARTMENT_NAMES[feedback.department])),
        (_("Written on"), format_day(day_of(feedback.at, zone), "long")),
        (_("Deal"), here.deal.title),
        (_("Company"), card.company.name if card.company else ""),
        (_("Product"), here.deal.product),
        (_("Source"), here.deal.source),
        (_("Stage"), here.stage.name.of(language())),
        (_("Lost because"), card.reason.of(language()) if lost else ""),
        (_("Handed over"), format_day(day_of(feedback.handed_at, zone), "long") if feedback.handed_at else ""),
    )
    answer = (_("Answer: {text}", text=feedback.answer),) if feedback.answer else ()
    return Sheet(_("Feedback from a deal"), facts, (feedback.text, *answer))


def talks_sheet(card: DealCard) -> Sheet:
    """The talks to come, numbered in the order of their days."""
    here, zone = card.situation, card.situation.rulebook.zone
    people = {one.id: one.name for one in card.around.contacts}
    lines = []
    for number, one in enumerate(card.planned, start=1):
        day = format_day(day_of(one.planned_for or "", zone), "weekday")
        who = people.get(one.contact_id or "", "")
        lines.append(f"{number}. " + ", ".join(part for part in (day, kind_said(one.kind), who, one.text) if part))
    facts = ((_("Deal"), here.deal.title), (_("Company"), card.company.name if card.company else ""))
    return Sheet(_("Talks to come"), facts, tuple(lines))


def save_sheet(sheet: Sheet, path: Path) -> None:
    """Write a sheet as the page that an ``.html`` name asks for, else as text. Raises CannotWrite."""
    page = path.suffix.lower() in {".html", ".htm"}
    write_whole((path, (sheet.page() if page else sheet.text()).encode()))
