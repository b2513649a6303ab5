"""What stands in the way of a deal: raised, answered, removed."""

from dataclasses import replace

from funnel_desk.domain.obstacle import OBSTACLE_KINDS, Obstacle
from funnel_desk.domain.pipeline import Objection
from funnel_desk.i18n import N_, language
from funnel_desk.operations.deal_facts import SettledAlready, among, deal_named, fact_of, words_of
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


@operation(N_("Note what is in the way of “{title}”"))
def raise_obstacle(
    batch: Batch,
    deal_id: str,
    text: str = "",
    *,
    kind: str = "other",
    objection_id: str | None = None,
    answer: str = "",
) -> Obstacle:
    """Write down a barrier or an objection; one of the pipeline's catalogue brings its words and its answer with it.

    Raises NothingSaid and NotAmong.
    """
    deal_named(batch, deal_id)
    known = batch.get(Objection, objection_id) if objection_id else None
    made = Obstacle(
        batch.new_id(),
        deal_id,
        "objection" if known else among(kind, OBSTACLE_KINDS),
        words_of(text or (known.says.of(language()) if known else "")),
        batch.now,
        objection_id,
        answer.strip() or (known.answer.of(language()) if known else ""),
    )
    batch.add(made)
    return made


@operation(N_("Answer what is in the way of “{title}”"))
def answer_obstacle(batch: Batch, obstacle_id: str, answer: str) -> Obstacle:
    """Keep what was answered."""
    before = fact_of(batch, Obstacle, obstacle_id)
    after = replace(before, answer=answer.strip())
    batch.save(before, after)
    return after


@operation(N_("Remove what is in the way of “{title}”"))
def remove_obstacle(batch: Batch, obstacle_id: str) -> Obstacle:
    """It no longer holds the deal. Raises SettledAlready."""
    before = fact_of(batch, Obstacle, obstacle_id)
    if before.removed_at is not None:
        raise SettledAlready
    after = replace(before, removed_at=batch.now)
    batch.save(before, after)
    return after


@operation(N_("It is in the way of “{title}” again"))
def raise_again(batch: Batch, obstacle_id: str) -> Obstacle:
    """What was removed holds the deal again."""
    before = fact_of(batch, Obstacle, obstacle_id)
    after = replace(before, removed_at=None)
    batch.save(before, after)
    return after
