"""Named views of the deals: kept, renamed, changed, put in order, deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.saved_view import SavedView
from funnel_desk.domain.search import folded
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


class NoViewName(Refusal):
    """A view is chosen by its name."""

    message = N_("Give the view a name.")


class ViewNameTaken(Refusal):
    """Two views of one name cannot be told apart."""

    message = N_("There is a view “{name}” already. Give this one another name.")


@operation(N_("Save the view “{name}”"))
def save_view(
    batch: Batch, name: str, chosen: Mapping[str, str], columns: Sequence[str] = (), sort: Sequence[str] = ()
) -> SavedView:
    """Keep a filter (as texts), its columns and its order under a name. Raises NoViewName and ViewNameTaken."""
    known = batch.find(SavedView)
    name = _free(known, name)
    batch.relabel(name=name)
    place = max((one.position for one in known), default=-1) + 1
    made = SavedView(batch.new_id(), name, dict(chosen), tuple(columns), tuple(sort), place)
    batch.add(made)
    return made


@operation(N_("Rename the view “{name}”"))
def rename_view(batch: Batch, view_id: str, name: str) -> SavedView:
    """Give a view another name. Raises NoViewName and ViewNameTaken."""
    before = batch.get(SavedView, view_id)
    batch.relabel(name=before.name)
    after = replace(before, name=_free([one for one in batch.find(SavedView) if one.id != view_id], name))
    batch.save(before, after)
    return after


@operation(N_("Change the view “{name}”"))
def update_view(
    batch: Batch, view_id: str, chosen: Mapping[str, str], columns: Sequence[str] = (), sort: Sequence[str] = ()
) -> SavedView:
    """Let a view show this from now on."""
    before = batch.get(SavedView, view_id)
    batch.relabel(name=before.name)
    after = replace(before, filter=dict(chosen), columns=tuple(columns), sort=tuple(sort))
    batch.save(before, after)
    return after


@operation(N_("Delete the view “{name}”"))
def delete_view(batch: Batch, view_id: str) -> None:
    """Delete a view; the deals that it showed stay."""
    found = batch.get(SavedView, view_id)
    batch.relabel(name=found.name)
    batch.delete(found)


@operation(N_("Move the view “{name}”"))
def move_view(batch: Batch, view_id: str, place: int) -> None:
    """Put a view at another place (from nought) among the others."""
    moved = batch.get(SavedView, view_id)
    batch.relabel(name=moved.name)
    known = sorted(batch.find(SavedView), key=lambda one: (one.position, one.id))
    others = [one for one in known if one.id != view_id]
    others.insert(max(0, min(place, len(others))), moved)
    for position, one in enumerate(others):
        if one.position != position:
            batch.save(one, replace(one, position=position))


def _free(others: Sequence[SavedView], name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise NoViewName
    if any(folded(one.name) == folded(name) for one in others):
        raise ViewNameTaken(name=name)
    return name
