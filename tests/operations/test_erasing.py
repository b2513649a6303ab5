"""Erasing a person: nothing of them is left in the file, and all the rest is as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel_desk.domain.deal import Deal
from funnel_desk.domain.people import Contact
from funnel_desk.operations import activities, backups, deals
from funnel_desk.operations.desk import Desk, Erased
from funnel_desk.operations.erasing import NothingToErase, erase, forget_backups
from funnel_desk.operations.people import edit_contact
from funnel_desk.queries.person import mentions
from funnel_desk.storage import check
from funnel_desk.storage.arrivals import ForgedBatch
from funnel_desk.storage.blanks import Value
from funnel_desk.storage.situations import load
from tests.desks import a_desk

PLANTED = ("Nadeschda Quarck", "n.quarck@example.org", "+375 29 555-77-33", "Quarck-Vorgang")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    assert desk.read(lambda read: check.findings(read.connection)) == []
    assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []
    desk.close()


def a_person(desk: Desk) -> Deal:
    """A deal with a contact, who is named in many places, and who was called something else before."""
    deal = desk.run(deals.new_deal, title="Quarck-Vorgang", company="Alfa", contact="N. Quarckovska", value=100)
    assert deal.contact_id is not None
    desk.run(edit_contact, deal.contact_id, name=PLANTED[0], email=PLANTED[1], phone=PLANTED[2])
    desk.run(deals.edit_deal, deal.id, note='ask NADESCHDA QUARCK about the "plan"', custom={"who": PLANTED[1]})
    desk.run(activities.log_activity, deal.id, "call", text=f"she gave {PLANTED[2]} again", minutes=7)
    desk.run(deals.lose_deal, deal.id, reason="too dear", note=f"says {PLANTED[0]}")
    desk.run(deals.new_deal, title="Quarckiness", company="Beta", note="not her")
    desk.undo()
    desk.redo()
    return deal


def everything(desk: Desk, deal: Deal) -> list[Value]:
    assert deal.contact_id is not None
    return [one.value for one in desk.read(mentions, deal.contact_id, ["Quarck-Vorgang", "N. Quarckovska"])]


def test_no_byte_is_left(desk: Desk) -> None:
    deal = a_person(desk)
    erase(desk, everything(desk, deal))
    content = desk.path.read_bytes().decode("utf-8", "ignore").casefold()
    assert [word for word in (*PLANTED, "N. Quarckovska") if word.casefold() in content] == []
    assert "quarckiness" in content
    assert deal.contact_id is not None
    assert desk.read(mentions, deal.contact_id, ["Quarck-Vorgang"]) == ()
    kept: Deal = next(one for one in desk.read(lambda read: load(read.connection, Deal)) if one.id == deal.id)
    assert (kept.title, kept.note, kept.value, kept.own_fields) == ("***", "", 100, {})
    person: Contact = desk.read(lambda read: load(read.connection, Contact))[0]
    assert (person.name, person.email, person.phone) == ("***", "", "")


def test_it_cannot_be_undone_and_undo_takes_the_act_before_it(desk: Desk) -> None:
    deal = a_person(desk)
    batch = erase(desk, everything(desk, deal))
    with pytest.raises(Erased):
        desk.undo(batch)
    assert desk.history(1)[0].label.startswith("Erase what is known")
    desk.undo()  # the second deal
    desk.undo()  # the loss
    assert desk.read(lambda read: read.sql("SELECT outcome FROM deal_state"))[0][0] == "open"


def test_older_backups_go_when_asked(desk: Desk) -> None:
    deal = a_person(desk)
    backups.back_up(desk.path, "2026-11-01T10:00:00Z")
    erase(desk, everything(desk, deal))
    assert forget_backups(desk) == 1
    newest = backups.newest(desk.path)
    assert newest is not None
    assert b"quarck@" not in newest.read_bytes()


def test_what_hangs_together_cannot_be_erased(desk: Desk) -> None:
    deal = a_person(desk)
    batch, seq = desk.read(
        lambda read: read.sql(
            "SELECT batch.id, seq FROM change JOIN batch ON batch.key = batch WHERE tbl = 'deal' AND \"row\" = ?",
            deal.id,
        )
    )[0]
    before = desk.read(lambda read: check.contents(read.connection))
    for value in (Value(batch, seq, "stage_id"), Value(batch, seq, "value"), Value(batch, 99, "title")):
        with pytest.raises(ForgedBatch):
            erase(desk, [value])
    with pytest.raises(NothingToErase):
        erase(desk, [])
    assert desk.read(lambda read: check.contents(read.connection)) == before
