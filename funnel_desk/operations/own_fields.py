"""Own fields of deals: added, renamed, archived, and filled in."""

from dataclasses import replace

from funnel_desk.domain.deal import OWN_PREFIX, Deal
from funnel_desk.domain.own_field import FIELD_KINDS, FieldKind, OwnField, kept_value
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.search import folded
from funnel_desk.i18n import N_
from funnel_desk.operations.deal_facts import among, deal_named, words_of
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


class FieldThere(Refusal):
    """Two fields of one name could not be told apart."""

    message = N_("There is a field “{name}” already.")


class NameOfTheProgram(Refusal):
    """Names that begin with an underscore are the program's own."""

    message = N_("A field's name cannot begin with “_”.")


class NoChoices(Refusal):
    """A choice needs something to choose from."""

    message = N_("Name at least one choice for the field.")


class DoesNotFit(Refusal):
    """The field holds something else."""

    message = N_("“{value}” does not fit the field “{field}”.")


@operation(N_("New field “{name}”"))
def add_own_field(batch: Batch, name: str, kind: FieldKind = "text", *, choices: tuple[str, ...] = ()) -> OwnField:
    """Add a field to all deals. Raises NothingSaid, FieldThere, NameOfTheProgram, NotAmong and NoChoices."""
    known = batch.find(OwnField)
    name = _free_name(batch, name)
    among(kind, FIELD_KINDS)
    cleaned = tuple(dict.fromkeys(one.strip() for one in choices if one.strip()))
    if kind == "choice" and not cleaned:
        raise NoChoices
    position = max((one.position for one in known), default=-1) + 1
    made = OwnField(batch.new_id(), name, kind, cleaned if kind == "choice" else (), position)
    batch.relabel(name=name)
    batch.add(made)
    return made


@operation(N_("Rename the field “{former}” to “{name}”"))
def rename_own_field(batch: Batch, field_id: str, name: str) -> int:
    """Give a field another name; what deals say there follows. Gives the number of deals.

    Raises NothingSaid, FieldThere and NameOfTheProgram.
    """
    before = batch.get(OwnField, field_id)
    name = _free_name(batch, name, but=before.id)
    batch.relabel(former=before.name, name=name)
    if name == before.name:
        return 0
    batch.save(before, replace(before, name=name))
    holders = batch.rows(
        "SELECT deal.id FROM deal WHERE EXISTS (SELECT 1 FROM json_each(deal.custom) WHERE json_each.key = ?)",
        before.name,
    )
    for deal in batch.find_among(Deal, "id", [row[0] for row in holders]):
        # In their old order, so that the same field stands in the same place.
        custom = {name if key == before.name else key: value for key, value in deal.custom.items()}
        batch.save(deal, replace(deal, custom=custom))
    return len(holders)


@operation(N_("Put the field “{name}” away"))
def archive_own_field(batch: Batch, field_id: str) -> OwnField:
    """Offer a field no longer; what deals say there stays."""
    before = batch.get(OwnField, field_id)
    batch.relabel(name=before.name)
    after = replace(before, archived=True)
    batch.save(before, after)
    return after


@operation(N_("Bring the field “{name}” back"))
def revive_own_field(batch: Batch, field_id: str) -> OwnField:
    """Offer an archived field again."""
    before = batch.get(OwnField, field_id)
    batch.relabel(name=before.name)
    after = replace(before, archived=False)
    batch.save(before, after)
    return after


@operation(N_("“{field}” of “{title}”"))
def fill_own_field(batch: Batch, deal_id: str, field_id: str, value: str) -> Deal:
    """Say what a deal has in an own field; nothing empties it. Raises DoesNotFit."""
    before = deal_named(batch, deal_id)
    field = batch.get(OwnField, field_id)
    batch.relabel(field=field.name)
    kept = kept_value(field, value)
    if kept is None:
        raise DoesNotFit(value=value, field=field.name)
    custom = {**before.custom, field.name: kept}
    if not kept:
        del custom[field.name]
    after = replace(before, custom=custom)
    batch.save(before, after)
    return after


def _free_name(batch: Batch, name: str, but: str = "") -> str:
    """The name, if no other field has it. A field that came with an import and has no definition yet may have it."""
    name = words_of(name)
    if name.startswith(OWN_PREFIX):
        raise NameOfTheProgram
    if any(folded(one.name) == folded(name) for one in batch.find(OwnField) if one.id != but):
        raise FieldThere(name=name)
    return name
