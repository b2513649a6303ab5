"""What was changed in the way of selling, and when, for a pipeline's page and for the charts of its funnel."""

from funnel_desk.domain.change_mark import ChangeMark
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load


def change_marks(read: Reader, pipeline_id: str, start: str = "", end: str = "9999-12-31") -> tuple[ChangeMark, ...]:
    """The noted changes of a pipeline between two days (both included), the latest first."""
    found = load(read.connection, ChangeMark, "pipeline_id", [pipeline_id])
    marks = [one for one in found if start <= one.on_day <= end]
    return tuple(sorted(marks, key=lambda one: (one.on_day, one.id), reverse=True))
