"""Why deals are lost: the reasons that are offered."""

from funnel_desk.domain.pipeline import LostReason
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load


def lost_reasons(read: Reader) -> list[LostReason]:
    """The lost reasons of the workspace in their order, without those laid aside."""
    found: list[LostReason] = load(read.connection, LostReason)
    return sorted((one for one in found if not one.archived), key=lambda one: (one.position, one.id))
