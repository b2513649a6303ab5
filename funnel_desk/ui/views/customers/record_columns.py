"""The columns of the lists of companies and contacts."""

from funnel_desk.domain.moments import day_of
from funnel_desk.i18n import _, format_number
from funnel_desk.queries.companies import CompanyRow
from funnel_desk.queries.contacts import ContactRow
from funnel_desk.ui.models.paged import Column
from funnel_desk.ui.phrases import day_words


def company_columns(today: str, zone: str) -> list[Column[CompanyRow]]:
    """The columns of the companies as they read on a day."""
    return [
        Column("name", _("Company"), lambda row: row.company.name, 200, sort="name"),
        Column("industry", _("Industry"), lambda row: row.company.industry, 130, sort="industry"),
        Column("segment", _("Segment"), lambda row: row.company.segment, 110, sort="segment"),
        Column("owner", _("Owner"), lambda row: row.company.owner, 100, sort="owner"),
        Column("people", _("People"), lambda row: _count(row.people), 72, figures=True, sort="people"),
        Column("open", _("Open deals"), lambda row: _count(row.open_deals), 96, figures=True, sort="open"),
        Column("deals", _("All deals"), lambda row: _count(row.deals), 88, figures=True, sort="deals"),
        Column("talked", _("Last talk"), lambda row: _day(row.talked, today, zone), 104, figures=True, sort="talked"),
    ]


def contact_columns(today: str, zone: str) -> list[Column[ContactRow]]:
    """The columns of the contacts as they read on a day."""
    return [
        Column("name", _("Contact"), lambda row: row.contact.name, 170, sort="name"),
        Column("company", _("Company"), lambda row: row.company, 150, sort="company"),
        Column("role", _("Part"), lambda row: row.contact.role, 120, sort="role"),
        Column("phone", _("Phone"), lambda row: row.contact.phone, 130, sort="phone"),
        Column("email", _("E-mail"), lambda row: row.contact.email, 160, sort="email"),
        Column("open", _("Open deals"), lambda row: _count(row.open_deals), 96, figures=True, sort="open"),
        Column("talked", _("Last talk"), lambda row: _day(row.talked, today, zone), 104, figures=True, sort="talked"),
    ]


# Which columns give way, in this order, as the list becomes narrower (px); the names stay.
COMPANY_GIVES_WAY = ((4, 940), (3, 860), (6, 780), (2, 690), (7, 600), (1, 500), (5, 340))
CONTACT_GIVES_WAY = ((4, 900), (6, 740), (2, 660), (3, 520), (5, 430), (1, 330))


def _count(number: int) -> str:
    return format_number(number) if number else ""


def _day(moment: str | None, today: str, zone: str) -> str:
    return day_words(day_of(moment, zone), today) if moment else ""
