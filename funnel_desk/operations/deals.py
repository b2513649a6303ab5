"""Deals: new ones, and their moves along the pipeline."""

from dataclasses import replace

from funnel_desk.domain import checklist
from funnel_desk.domain.checklist import StepState
from funnel_desk.domain.deal import Deal, StageEvent
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.pipeline import LostReason, Pipeline, Stage
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.search import folded
from funnel_desk.domain.situation import Situation
from funnel_desk.domain.workspace import Workspace
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


class NoPipeline(Refusal):
    """A deal needs a pipeline to stand in."""

    message = N_("There is no pipeline yet. Add one from a playbook first.")


class AlreadyThere(Refusal):
    """The move would change nothing."""

    message = N_("“{deal}” is in the stage “{stage}” already.")


class IsLost(Refusal):
    """A lost deal has to be reopened before it can go on."""

    message = N_("“{deal}” is lost. Reopen it first.")


class IsNotLost(Refusal):
    """Only a lost deal can be reopened."""

    message = N_("“{deal}” is not lost, so there is nothing to reopen.")


class NoTitle(Refusal):
    """A deal needs a name to be told by."""

    message = N_("Give the deal a title, or name its company.")


class OtherPipeline(Refusal):
    """A stage of another pipeline was named; a deal gets there by being handed over."""

    message = N_("The stage “{stage}” belongs to another pipeline. Hand the deal over instead.")


@operation(N_("New deal “{title}”"))
def new_deal(
    batch: Batch,
    /,
    *,
    title: str,
    pipeline_id: str | None = None,
    company: str = "",
    contact: str = "",
    stage_id: str | None = None,
    on: Moment | None = None,
    **fields: object,
) -> Deal:
    """Create a deal in the first stage of its pipeline (or another); a company or contact is found by name or made.

    Further ``fields`` are those of ``Deal``; a value without a currency is in the workspace's own. Raises NoTitle,
    NoPipeline, and OtherPipeline where ``stage_id`` is not of the pipeline.
    """
    title = title.strip() or company.strip()
    if not title:
        raise NoTitle
    if stage_id and pipeline_id is None:
        pipeline_id = batch.get(Stage, stage_id).pipeline_id
    pipelines = [one for one in batch.find(Pipeline) if not one.archived and pipeline_id in {None, one.id}]
    if not pipelines:
        raise NoPipeline
    pipeline = min(pipelines, key=lambda one: one.position)
    stage = batch.get(Stage, stage_id) if stage_id else batch.rulebook().pipeline_stages(pipeline.id)[0]
    if stage.pipeline_id != pipeline.id:
        raise OtherPipeline(stage=stage.name)
    owner = company_named(batch, company).id if company.strip() else None
    person = contact_named(batch, contact, owner).id if contact.strip() else None
    deal = Deal(
        id=batch.new_id(),
        pipeline_id=pipeline.id,
        stage_id=stage.id,
        created_at=on or batch.now,
        title=title,
        company_id=owner,
        contact_id=person,
    )
    deal = _priced(batch, replace(deal, **fields))  # type: ignore[arg-type]  # the names of Deal's own fields
    batch.relabel(title=title)
    batch.add(deal)
    return deal


@operation(N_("Change “{title}”"))
def edit_deal(
    batch: Batch, /, deal_id: str, *, company: str | None = None, contact: str | None = None, **fields: object
) -> Deal:
    """Change fields of a deal; a company or contact is named, and made if there is none of that name."""
    before = batch.get(Deal, deal_id)
    batch.relabel(title=before.title)
    if company is not None:
        fields["company_id"] = company_named(batch, company).id if company.strip() else None
    if contact is not None:
        owner = fields.get("company_id", before.company_id)
        fields["contact_id"] = (
            contact_named(batch, contact, str(owner) if owner else None).id if contact.strip() else None
        )
    after = _priced(batch, replace(before, **fields))  # type: ignore[arg-type]  # the names of Deal's own fields
    batch.save(before, after)
    return after


@operation(N_("Delete “{title}”"))
def delete_deal(batch: Batch, deal_id: str) -> None:
    """Delete a deal with its history; undo brings all of it back."""
    deal = batch.get(Deal, deal_id)
    batch.relabel(title=deal.title)
    batch.delete(deal)


@operation(N_("Move “{title}” to “{stage}”"))
def move_deal(
    batch: Batch, deal_id: str, stage_id: str, *, because: str = "", on: Moment | None = None
) -> tuple[StepState, ...]:
    """Move a deal to another stage of its pipeline; gives the required steps left open where the stage only warns.

    Raises AlreadyThere, IsLost, OtherPipeline, and StepsStillOpen where the stage's exit rule blocks.
    """
    here = batch.situation(deal_id)
    target = batch.get(Stage, stage_id)
    batch.relabel(title=here.deal.title, stage=target.name)
    event, still_open = moved_event(batch, here, target, because, on)
    batch.add(event)
    return still_open


class NotMoved(Refusal):
    """There is no move whose reason could be told."""

    message = N_("“{deal}” has not moved yet, so there is nothing to explain.")


@operation(N_("Say why “{title}” went on"))
def explain_move(batch: Batch, deal_id: str, because: str) -> None:
    """Keep the reason for the deal's last move, such as why it went on with steps left open. Raises NotMoved."""
    here = batch.situation(deal_id)
    batch.relabel(title=here.deal.title)
    if here.last_event == deal_id:
        raise NotMoved(deal=here.deal.title)
    move = batch.get(StageEvent, here.last_event)
    batch.save(move, replace(move, because=because.strip()))


@operation(N_("Win “{title}”"))
def win_deal(batch: Batch, deal_id: str, *, because: str = "", on: Moment | None = None) -> tuple[StepState, ...]:
    """Move a deal into the won stage of its pipeline. Raises what ``move_deal`` raises."""
    here = batch.situation(deal_id)
    left = move_deal(batch, deal_id, here.won_stage.id, because=because, on=on)
    batch.relabel(title=here.deal.title)
    return left


@operation(N_("Lose “{title}”"))
def lose_deal(batch: Batch, deal_id: str, *, reason: str, note: str = "", on: Moment | None = None) -> None:
    """Close a deal as lost where it stands. ``reason`` is a known reason's key or name, or a person's own words."""
    here = batch.situation(deal_id)
    batch.relabel(title=here.deal.title)
    if here.present.outcome == "lost":
        raise IsLost(deal=here.deal.title)
    batch.add(lost_event(batch, here, reason_named(batch, reason), reason, note=note, on=on))


@operation(N_("Reopen “{title}”"))
def reopen_deal(
    batch: Batch, deal_id: str, *, stage_id: str | None = None, because: str = "", on: Moment | None = None
) -> None:
    """Take a lost deal up again, in the stage where it was lost or another of its pipeline.

    Raises IsNotLost and OtherPipeline.
    """
    here = batch.situation(deal_id)
    batch.relabel(title=here.deal.title)
    if here.present.outcome != "lost":
        raise IsNotLost(deal=here.deal.title)
    target = batch.get(Stage, stage_id) if stage_id else _stood_in(here)
    if target.pipeline_id != here.stage.pipeline_id:
        raise OtherPipeline(stage=target.name)
    batch.add(replace(_event(batch, here, target, on, because=because), kind="reopened"))


@operation(N_("Hand over “{title}” to “{pipeline}”"))
def hand_over(batch: Batch, deal_id: str, stage_id: str, *, on: Moment | None = None) -> None:
    """Move a deal into a stage of another pipeline. Raises IsLost: a lost deal is reopened first."""
    here = batch.situation(deal_id)
    target = batch.get(Stage, stage_id)
    batch.relabel(title=here.deal.title, pipeline=batch.get(Pipeline, target.pipeline_id).name)
    if here.present.outcome == "lost":
        raise IsLost(deal=here.deal.title)
    if target.pipeline_id == here.stage.pipeline_id:
        raise AlreadyThere(deal=here.deal.title, stage=target.name)
    batch.add(replace(_event(batch, here, target, on), kind="handed_over"))


def moved_event(
    batch: Batch, here: Situation, target: Stage, because: str, on: Moment | None
) -> tuple[StageEvent, tuple[StepState, ...]]:
    """The move of a deal to a stage, not yet written, and the steps left open; raises what ``move_deal`` raises."""
    if target.pipeline_id != here.stage.pipeline_id:
        raise OtherPipeline(stage=target.name)
    if here.present.outcome == "lost":
        raise IsLost(deal=here.deal.title)
    if here.stage.id == target.id:
        raise AlreadyThere(deal=here.deal.title, stage=target.name)
    verdict = checklist.check_exit(here.stage, here.states, because, forward=target.position > here.stage.position)
    still_open = verdict.still_open
    return _event(batch, here, target, on, because=because if still_open else ""), still_open


def lost_event(
    batch: Batch, here: Situation, known: LostReason | None, reason: str, *, note: str, on: Moment | None
) -> StageEvent:
    """The loss of a deal where it stands, not yet written, for a known reason or a person's own words."""
    return replace(
        _event(batch, here, _stood_in(here), on, because=note),
        kind="lost",
        reason_id=known.id if known else None,
        reason="" if known else reason.strip(),
    )


def _stood_in(here: Situation) -> Stage:
    """The very stage where a deal was put: while that is archived it counts as another, but nothing has moved."""
    return here.rulebook.stages.get(here.path.nodes[-1].stage_id, here.stage)


def _event(batch: Batch, here: Situation, target: Stage, on: Moment | None, *, because: str = "") -> StageEvent:
    return StageEvent(
        id=batch.new_id(),
        deal_id=here.deal.id,
        previous=here.last_event,
        kind="moved",
        pipeline_id=target.pipeline_id,
        stage_id=target.id,
        at=on or batch.now,
        value=here.deal.value,
        currency=here.deal.currency,
        probability=here.probability,
        because=because.strip(),
    )


def _priced(batch: Batch, deal: Deal) -> Deal:
    """The deal with the workspace's currency beside its value, where it has none of its own."""
    if deal.value is None or deal.currency:
        return deal
    return replace(deal, currency=batch.find(Workspace)[0].currency)


def company_named(batch: Batch, name: str) -> Company:
    """The company of this name (case folded), or a new one."""
    name = name.strip()
    wanted = folded(name)
    for company_id, known in batch.rows("SELECT id, name FROM company"):
        if folded(known) == wanted:
            return batch.get(Company, company_id)
    found = Company(batch.new_id(), name)
    batch.add(found)
    return found


def contact_named(batch: Batch, name: str, company_id: str | None) -> Contact:
    """The contact of this name in the company, or a new one."""
    name = name.strip()
    wanted = folded(name)
    found = next((one for one in batch.find(Contact, company_id=company_id) if folded(one.name) == wanted), None)
    if found is None:
        found = Contact(batch.new_id(), name, company_id)
        batch.add(found)
    return found


def reason_named(batch: Batch, told: str) -> LostReason | None:
    """The lost reason with this key, or this name in either language."""
    wanted = folded(told.strip())
    return next(
        (
            one
            for one in batch.find(LostReason)
            if wanted in {folded(one.key), folded(one.name.en), folded(one.name.ru), folded(one.id)}
        ),
        None,
    )
