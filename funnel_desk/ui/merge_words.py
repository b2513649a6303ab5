"""What came, or would come, by a merge, in words."""

from typing import Protocol

from funnel_desk.i18n import _, format_number, ngettext


class Counted(Protocol):
    """The figures of a merge."""

    @property
    def created(self) -> int: ...

    @property
    def changed(self) -> int: ...

    @property
    def deleted(self) -> int: ...

    @property
    def deals(self) -> int: ...

    @property
    def conflicts(self) -> int: ...


class Recorded(Counted, Protocol):
    """The figures of a merge that was made, and the record by which it is withdrawn."""

    @property
    def record(self) -> str | None: ...


def merge_words(found: Counted) -> str:
    """One line: "+14 deals, 37 edits, 2 disagreements, 1 deletion"; that nothing is new, if it is not."""
    others = max(0, found.created - found.deals)
    parts = [
        (found.deals, ngettext("+{count} deal", "+{count} deals", found.deals, count=format_number(found.deals))),
        (others, ngettext("+{count} other record", "+{count} other records", others, count=format_number(others))),
        (found.changed, ngettext("{count} edit", "{count} edits", found.changed, count=format_number(found.changed))),
        (
            found.conflicts,
            ngettext(
                "{count} disagreement", "{count} disagreements", found.conflicts, count=format_number(found.conflicts)
            ),
        ),
        (
            found.deleted,
            ngettext("{count} deletion", "{count} deletions", found.deleted, count=format_number(found.deleted)),
        ),
    ]
    return ", ".join(words for count, words in parts if count) or _("Nothing new")
