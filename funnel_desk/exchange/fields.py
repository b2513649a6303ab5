"""The fields that a column of a table can fill, per kind of table."""

from collections.abc import Mapping
from typing import Literal

What = Literal["deals", "stage-history", "companies", "contacts", "activities", "steps"]
FieldKind = Literal[
    "text", "moment", "money", "currency", "probability", "whole", "tags",
    "pipeline", "stage", "outcome", "kind", "direction", "activity_kind", "flag",
]  # fmt: skip

IGNORE = "ignore"
CUSTOM = "custom:"
SERVICE = frozenset({"_line", "_reason", "_fd_guard"})
"""Columns of our own that carry nothing in; they are passed over without a word, like `_extra_1`."""

_EXACT: Mapping[str, FieldKind] = {"_uid": "text", "_rev": "text"}
"""In each kind of table: what exact exports add."""

_MONEY: Mapping[str, FieldKind] = {"value": "money", "currency": "currency", "probability": "probability"}

FIELDS: Mapping[What, Mapping[str, FieldKind]] = {
    "deals": {
        **dict.fromkeys(("external_id", "title", "company", "contact", "contact_email", "contact_phone"), "text"),
        "pipeline": "pipeline",
        "stage": "stage",
        "outcome": "outcome",
        "lost_stage": "stage",
        "lost_reason": "text",
        **_MONEY,
        **dict.fromkeys(("source", "product", "segment"), "text"),
        "kind": "kind",
        "owner": "text",
        **dict.fromkeys(("created_at", "first_contact_at", "expected_close", "closed_at"), "moment"),
        "note": "text",
        "tags": "tags",
        # Not fields of a deal: what other programs split the outcome and the closing into.
        "is_won": "flag",
        "is_closed": "flag",
        "won_at": "moment",
        "lost_at": "moment",
        **_EXACT,
    },
    "stage-history": {
        "deal": "text",
        "stage": "stage",
        "at": "moment",
        "from_stage": "stage",
        "pipeline": "pipeline",
        **_MONEY,
        "reason": "text",
        **_EXACT,
    },
    "companies": {
        **dict.fromkeys(
            ("name", "site", "industry", "usage", "segment", "size", "price_sensitivity", "owner", "note"), "text"
        ),
        **_EXACT,
    },
    "contacts": {
        **dict.fromkeys(("name", "company", "email", "phone", "messenger", "role", "attitude", "note"), "text"),
        **_EXACT,
    },
    "activities": {
        **dict.fromkeys(("deal", "company", "contact", "result", "text"), "text"),
        "kind": "activity_kind",
        "direction": "direction",
        "at": "moment",
        "minutes": "whole",
        "planned_for": "moment",
        **_EXACT,
    },
    "steps": {
        **dict.fromkeys(("deal", "step", "result", "note"), "text"),
        "due": "moment",
        "done_at": "moment",
        **_EXACT,
    },
}

REQUIRED: Mapping[What, tuple[str, ...]] = {
    "deals": (),
    "stage-history": ("deal", "stage", "at"),
    "companies": ("name",),
    "contacts": ("name",),
    "activities": (),
    "steps": ("deal", "step"),
}


def is_service(header: str) -> bool:
    """Whether this is a column that our own files add for people."""
    return header in SERVICE or header.startswith("_extra_")
