"""What the placeholders of a script stand for, deal by deal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, text

from funnel_desk.domain.moments import add_days, day_of
from funnel_desk.i18n import format_day, format_money
from funnel_desk.storage.reader import Reader

CHUNK = 500
PATRONYMICS = ("вич", "вна", "чна", "ьич", "мич", "укич")
PROPOSED_DAYS = 2  # working days until the next talk that a script proposes


@dataclass(frozen=True, slots=True)
class ScriptFacts:
    """What is known of a deal for its scripts. Days as ``YYYY-MM-DD``, money in minor units, durations in days."""

    deal: str
    contact: str = ""
    company: str = ""
    product: str = ""
    value: int | None = None
    currency: str = ""
    last_offer: str = ""
    last_offer_day: str = ""
    days_since_invoice: int | None = None
    stage_days: int = 0
    next_day: str = ""


_DEALS = text("""
SELECT deal.id, deal.title, contact.name, company.name, deal.product, deal.value, deal.currency, deal_state.entered
FROM deal JOIN deal_state ON deal_state.deal_id = deal.id
LEFT JOIN contact ON contact.id = deal.contact_id LEFT JOIN company ON company.id = deal.company_id
WHERE deal.id IN :ids
""").bindparams(bindparam("ids", expanding=True))

_SENT = text("""
SELECT touched_step.deal_id, step.sends, touched_step.at, touched_step.note
FROM touched_step JOIN step ON step.id = touched_step.step_id
WHERE touched_step.deal_id IN :ids AND touched_step.act = 'done' AND step.sends != '' ORDER BY touched_step.at
""").bindparams(bindparam("ids", expanding=True))


def script_facts(read: Reader, deal_ids: Sequence[str], on: str) -> dict[str, ScriptFacts]:
    """What the scripts of these deals may say on a day, by deal."""
    found: dict[str, ScriptFacts] = {}
    for start in range(0, len(deal_ids), CHUNK):
        ids = list(deal_ids[start : start + CHUNK])
        sent = {(row[0], row[1]): (row[2], row[3]) for row in read.rows(_SENT, {"ids": ids})}  # the latest of each
        for deal_id, title, contact, company, product, value, currency, entered in read.rows(_DEALS, {"ids": ids}):
            offered, offer = sent.get((deal_id, "offer"), ("", ""))
            invoiced, _ = sent.get((deal_id, "invoice"), ("", ""))
            found[deal_id] = ScriptFacts(
                deal=title,
                contact=called(contact or ""),
                company=company or "",
                product=product,
                value=value,
                currency=currency,
                last_offer=(offer or product) if offered else "",
                last_offer_day=day_of(offered, read.zone) if offered else "",
                days_since_invoice=_days(invoiced, on, read.zone) if invoiced else None,
                stage_days=_days(entered, on, read.zone),
                next_day=add_days(on, PROPOSED_DAYS, working=True),
            )
    return found


def script_values(facts: ScriptFacts, me: str, my_company: str) -> Mapping[str, str]:
    """The facts as the words of the current language, for `domain.script`; what is not known is left out."""
    values = {
        "deal": facts.deal,
        "contact": facts.contact,
        "company": facts.company,
        "product": facts.product,
        "value": format_money(facts.value, facts.currency) if facts.value is not None and facts.currency else "",
        "last_offer": facts.last_offer,
        "last_offer_day": format_day(facts.last_offer_day, "spoken") if facts.last_offer_day else "",
        "days_since_invoice": "" if facts.days_since_invoice is None else str(facts.days_since_invoice),
        "stage_days": str(facts.stage_days),
        "next_day": format_day(facts.next_day, "spoken") if facts.next_day else "",
        "me": me,
        "my_company": my_company,
    }
    return {name: value for name, value in values.items() if value}


def called(name: str) -> str:
    """How a person is spoken to: by the first name, with the patronymic where there is one."""
    words = name.split()
    for place, word in enumerate(words):
        if place and word.casefold().endswith(PATRONYMICS):
            return f"{words[place - 1]} {word}"
    return words[0] if words else ""


def _days(moment: str, on: str, zone: str) -> int:
    return max(0, date.fromisoformat(on).toordinal() - date.fromisoformat(day_of(moment, zone)).toordinal())
