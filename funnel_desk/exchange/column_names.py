"""What the columns of a table for people are called. An import knows these names in every language."""

from funnel_desk.i18n import pgettext


def column_name(field: str, what: str = "") -> str:
    """The header of a field in the language of the person; other names, such as ``custom:NAME``, are what they are.

    ``what`` is the kind of table: people are named otherwise than companies in some languages.
    """
    if (what, field) == ("contacts", "name"):
        return pgettext("column of people", "Name")
    return {
        "external_id": pgettext("column", "External id"),
        "title": pgettext("column", "Title"),
        "company": pgettext("column", "Company"),
        "contact": pgettext("column", "Contact"),
        "contact_email": pgettext("column", "Contact email"),
        "contact_phone": pgettext("column", "Contact phone"),
        "pipeline": pgettext("column", "Pipeline"),
        "stage": pgettext("column", "Stage"),
        "outcome": pgettext("column", "Outcome"),
        "lost_stage": pgettext("column", "Lost stage"),
        "lost_reason": pgettext("column", "Lost reason"),
        "value": pgettext("column", "Value"),
        "currency": pgettext("column", "Currency"),
        "probability": pgettext("column", "Probability"),
        "source": pgettext("column", "Source"),
        "product": pgettext("column", "Product"),
        "segment": pgettext("column", "Segment"),
        "kind": pgettext("column", "Kind"),
        "owner": pgettext("column", "Owner"),
        "created_at": pgettext("column", "Created at"),
        "first_contact_at": pgettext("column", "First contact"),
        "expected_close": pgettext("column", "Expected close"),
        "closed_at": pgettext("column", "Closed at"),
        "note": pgettext("column", "Note"),
        "tags": pgettext("column", "Tags"),
        "deal": pgettext("column", "Deal"),
        "at": pgettext("column", "When"),
        "from_stage": pgettext("column", "From stage"),
        "reason": pgettext("column", "Reason"),
        "name": pgettext("column", "Name"),
        "site": pgettext("column", "Site"),
        "industry": pgettext("column", "Industry"),
        "usage": pgettext("column", "Usage"),
        "size": pgettext("column", "Size"),
        "price_sensitivity": pgettext("column", "Price sensitivity"),
        "email": pgettext("column", "Email"),
        "phone": pgettext("column", "Phone"),
        "messenger": pgettext("column", "Messenger"),
        "role": pgettext("column", "Role"),
        "attitude": pgettext("column", "Attitude"),
        "direction": pgettext("column", "Direction"),
        "minutes": pgettext("column", "Minutes"),
        "result": pgettext("column", "Result"),
        "text": pgettext("column", "Text"),
        "planned_for": pgettext("column", "Planned for"),
        "step": pgettext("column", "Step"),
        "due": pgettext("column", "Due"),
        "done_at": pgettext("column", "Done at"),
    }.get(field, field)
