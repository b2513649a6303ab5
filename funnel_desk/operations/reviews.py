"""The note of a weekly review."""

from dataclasses import replace

from funnel_desk.domain.review import Review
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


@operation(N_("Note the review of the week until {day}"))
def write_review(batch: Batch, on_day: str, text: str, decisions: str = "") -> Review:
    """Keep what was seen and decided in the review of the week that ends with a day; a note of that day is changed."""
    batch.relabel(day=on_day)
    there = batch.find(Review, on_day=on_day)
    if not there:
        made = Review(batch.new_id(), on_day, batch.now, text.strip(), decisions.strip())
        batch.add(made)
        return made
    before = max(there, key=lambda one: (one.at, one.id))
    changed = replace(before, text=text.strip(), decisions=decisions.strip())
    if changed != before:
        batch.save(before, changed)
    return changed
