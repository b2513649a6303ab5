"""Single changes in words: what kind of row, which field, and each value as a person says it."""

from collections.abc import Mapping

from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_, _, format_moment, format_money, format_percent, translate
from funnel_desk.ui.phrases import of

_BASIS_POINTS = 10_000

_TABLES: Mapping[str, str] = {
    "deal": N_("Deal"),
    "stage_event": N_("Move"),
    "touched_step": N_("Step"),
    "activity": N_("Activity"),
    "criterion": N_("Qualification"),
    "obstacle": N_("Obstacle"),
    "stakeholder": N_("Person who decides"),
    "condition": N_("Condition"),
    "risk": N_("Risk"),
    "terms_request": N_("Request for terms"),
    "satisfaction": N_("Satisfaction"),
    "claim": N_("Claim"),
    "waiting": N_("Waiting"),
    "feedback": N_("Feedback"),
    "snooze": N_("Snooze"),
    "own_field": N_("Own field"),
    "saved_view": N_("Saved view"),
    "rate": N_("Exchange rate"),
    "source_cost": N_("Cost of a source"),
    "goal": N_("Goal"),
    "review": N_("Review"),
    "not_duplicate": N_("No duplicate"),
    "contact": N_("Contact"),
    "company": N_("Company"),
    "lost_reason": N_("Reason for a loss"),
    "change_mark": N_("Mark of a change"),
    "objection": N_("Objection"),
    "step": N_("Step of the playbook"),
    "stage": N_("Stage"),
    "pipeline": N_("Pipeline"),
    "workspace": N_("Workspace"),
}
_FIELDS: Mapping[str, str] = {
    "act": N_("How"),
    "activity": N_("Activity"),
    "after": N_("After which step"),
    "amount": N_("Amount"),
    "answer": N_("Answer"),
    "answered_at": N_("Answered"),
    "archived": N_("Archived"),
    "ask": N_("What to ask"),
    "at": N_("When"),
    "attitude": N_("Attitude"),
    "audience": N_("Audience"),
    "because": N_("Why it went on"),
    "choice": N_("Choice between two moves"),
    "choices": N_("Choices"),
    "columns": N_("Columns"),
    "company": N_("Company"),
    "contact": N_("Contact"),
    "created_at": N_("Created"),
    "currency": N_("Currency"),
    "custom": N_("Own fields"),
    "days": N_("Days"),
    "deal": N_("Deal"),
    "decided_at": N_("Decided"),
    "decision": N_("Decision"),
    "decisions": N_("Decisions"),
    "deleted": N_("Deleted"),
    "department": N_("Department"),
    "direction": N_("Direction"),
    "discount": N_("Discount"),
    "done_when": N_("Done when"),
    "due": N_("Due"),
    "email": N_("E-mail"),
    "ended_at": N_("Ended"),
    "entry": N_("Stage"),
    "every": N_("Repeats"),
    "evidence": N_("Evidence"),
    "exit_rule": N_("Exit rule"),
    "expected_close": N_("Expected to close"),
    "expected_on": N_("Expected on"),
    "external": N_("External number"),
    "factor": N_("Factor"),
    "filter": N_("Filter"),
    "first": N_("First"),
    "first_contact_at": N_("First contact"),
    "follows": N_("Grew out of"),
    "from_day": N_("From"),
    "handed_at": N_("Handed over"),
    "hard_days": N_("Hard limit, days"),
    "industry": N_("Industry"),
    "influence": N_("Influence"),
    "key": N_("Key"),
    "kind": N_("Kind"),
    "mark": N_("Mark"),
    "messenger": N_("Messenger"),
    "met": N_("Met"),
    "met_at": N_("Met on"),
    "minutes": N_("Minutes"),
    "name": N_("Name"),
    "note": N_("Note"),
    "objection": N_("Objection"),
    "on_day": N_("Day"),
    "on_demand": N_("On demand"),
    "on_whom": N_("On whom"),
    "owner": N_("Owner"),
    "part": N_("Part"),
    "path_known": N_("Path is known"),
    "phone": N_("Phone"),
    "pipeline": N_("Pipeline"),
    "place": N_("Place"),
    "planned_for": N_("Planned for"),
    "playbook_key": N_("Playbook"),
    "position": N_("Order"),
    "potential": N_("Potential"),
    "potential_currency": N_("Currency of the potential"),
    "previous": N_("Move before"),
    "price": N_("Price"),
    "price_sensitivity": N_("Sensitivity to price"),
    "probability": N_("Probability"),
    "product": N_("Product"),
    "promotion": N_("Promotion"),
    "question": N_("Question"),
    "raised_at": N_("Raised"),
    "reason": N_("Reason"),
    "removed_at": N_("Removed"),
    "required": N_("Required"),
    "result": N_("Result"),
    "reviewed_on": N_("Reviewed on"),
    "role": N_("Role"),
    "say": N_("What to say"),
    "says": N_("What they say"),
    "second": N_("Second"),
    "segment": N_("Segment"),
    "sends": N_("What is sent"),
    "settled_at": N_("Settled"),
    "side": N_("Side of the sale"),
    "since": N_("Since"),
    "site": N_("Site"),
    "size": N_("Size"),
    "sort": N_("Order"),
    "source": N_("Source"),
    "stage": N_("Stage"),
    "stalled_days": N_("Stalled after days"),
    "step": N_("Step"),
    "tags": N_("Tags"),
    "tasks": N_("Tasks"),
    "text": N_("Text"),
    "time_zone": N_("Time zone"),
    "title": N_("Title"),
    "to_day": N_("To"),
    "touch_every": N_("Touch every so many days"),
    "troubles": N_("Troubles"),
    "typical_client": N_("Typical client"),
    "until": N_("Until"),
    "until_day": N_("Until"),
    "usage": N_("Usage"),
    "value": N_("Value"),
    "working": N_("Working days"),
    "worth": N_("Worth"),
}


def table_name(table: str) -> str:
    """What a row of this table is called: "Company"."""
    return translate(_TABLES[table]) if table in _TABLES else table


def changed_field(field: str) -> str:
    """A field of any table by its name: "Expected to close"."""
    return translate(_FIELDS[field]) if field in _FIELDS else field


def value_words(value: Words | str | int | bool | tuple[str, ...] | None, kind: str, currency: str, zone: str) -> str:
    """A value as a person says it; a dash where nothing stands."""
    if value is None or value in {"", ()}:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return _number(value, kind, currency)
    if isinstance(value, tuple):
        return ", ".join(value)
    if kind == "moment":
        return format_moment(str(value), zone)
    said = of(value)
    return _("Lost: {reason}", reason=said) if kind == "lost" else said


def _number(value: int, kind: str, currency: str) -> str:
    if kind == "money":
        return format_money(value, currency)
    return format_percent(value / _BASIS_POINTS) if kind == "share" else str(value)
