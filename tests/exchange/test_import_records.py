"""What rows of tables of companies, contacts, activities and steps become."""

from collections.abc import Mapping

import pytest

from funnel_desk.exchange.fields import What
from funnel_desk.exchange.import_problems import MissingColumn
from funnel_desk.operations import deals
from funnel_desk.operations.desk import Desk
from tests.desks import Clock
from tests.exchange.tables import ask, attempt, counts, everything, one, take_in

COMPANIES = (
    "Company name,Website,Industry,Use,Segment,Employees,Owner,Description\n"
    "Alfa,alfa.by,Steel,,big,120,Ann,first\nBeta,,,,,,,\n"
)
CONTACTS = (
    "Name,Company,Email,Phone,Telegram,Job title,Attitude,Note\n"
    "Ivan,Alfa,i@alfa.by,+375 29 111-22-33,@ivan,Director,warm,met at a fair\nOlga,Gamma,,,,,,\nPetr,,,,,,,\n"
)
ACTIVITIES = (
    "deal,company,contact,kind,direction,at,minutes,result,text,planned_for\n"
    "Gate,,,call,in,2026-10-01 10:00,15,talked,about the gate,\n"
    ",Alfa,Ivan,письмо,,2026-10-02,,,sent an offer,\n"
    "D-7,,,Meeting,out,,,,show it,2026-11-20\n"
)


def steps_of(desk: Desk) -> list[tuple[object, ...]]:
    return ask(
        desk,
        "SELECT deal.title, step.key, act, at, touched_step.due, touched_step.result, touched_step.note"
        " FROM touched_step JOIN deal ON deal.id = deal_id"
        " JOIN step ON step.id = step_id ORDER BY touched_step.row_key",
    )


TABLES: Mapping[What, str] = {"companies": COMPANIES, "contacts": CONTACTS, "activities": ACTIVITIES}


def test_companies_arrive_with_all_their_fields(desk: Desk) -> None:
    assert counts(take_in(desk, COMPANIES, what="companies")) == (2, 0, 0, 0)
    assert ask(desk, "SELECT name, site, industry, segment, size, owner, note FROM company ORDER BY row_key") == [
        ("Alfa", "alfa.by", "Steel", "big", "120", "Ann", "first"),
        ("Beta", "", "", "", "", "", ""),
    ]


def test_contacts_arrive_with_the_companies_that_they_name(desk: Desk) -> None:
    take_in(desk, COMPANIES, what="companies")
    assert counts(take_in(desk, CONTACTS, what="contacts")) == (3, 0, 0, 0)
    assert ask(
        desk,
        "SELECT contact.name, company.name, email, phone, messenger, role, attitude, contact.note FROM contact"
        " LEFT JOIN company ON company.id = company_id ORDER BY contact.row_key",
    ) == [
        ("Ivan", "Alfa", "i@alfa.by", "+375 29 111-22-33", "@ivan", "Director", "warm", "met at a fair"),
        ("Olga", "Gamma", "", "", "", "", "", ""),
        ("Petr", None, "", "", "", "", "", ""),
    ]
    assert ask(desk, "SELECT count(*) FROM company") == [(3,)]


def test_activities_arrive_and_make_what_they_name(desk: Desk) -> None:
    desk.run(deals.new_deal, title="Gate", company="Alfa", contact="Ivan")
    assert counts(take_in(desk, ACTIVITIES, what="activities")) == (3, 0, 0, 0)
    assert ask(
        desk,
        "SELECT deal.title, company.name, contact.name, activity.kind, direction, at, minutes, result, text,"
        " planned_for FROM activity LEFT JOIN deal ON deal.id = deal_id"
        " LEFT JOIN company ON company.id = activity.company_id"
        " LEFT JOIN contact ON contact.id = activity.contact_id ORDER BY activity.row_key",
    ) == [
        ("Gate", "Alfa", "Ivan", "call", "in", "2026-10-01T07:00:00Z", 15, "talked", "about the gate", None),
        (None, "Alfa", "Ivan", "email", "out", "2026-10-02", None, "", "sent an offer", None),
        ("D-7", None, None, "meeting", "out", None, None, "", "show it", "2026-11-20"),
    ]
    assert ask(desk, "SELECT title, external_id, created_at FROM deal WHERE title = 'D-7'") == [
        ("D-7", "D-7", "2026-11-02")
    ]
    assert ask(desk, "SELECT next_kind FROM deal_state JOIN deal ON deal.id = deal_id WHERE title = 'D-7'") != []


@pytest.mark.parametrize("what", TABLES)
def test_the_same_table_again_is_unchanged_and_undo_takes_it_back(desk: Desk, clock: Clock, what: What) -> None:
    desk.run(deals.new_deal, title="Gate", company="Alfa", contact="Ivan")
    before = everything(desk)
    assert counts(attempt(desk, TABLES[what], what=what))[3] == 0
    assert everything(desk) == before
    first = take_in(desk, TABLES[what], what=what)
    after = everything(desk)
    clock.now = "2026-11-05T09:00:00Z"
    again = take_in(desk, TABLES[what], what=what)
    assert (again.created, again.updated, again.unchanged, again.batch) == (0, 0, first.rows, None)
    desk.undo()
    assert everything(desk) == before
    desk.redo()
    assert everything(desk) == after


def test_what_is_there_is_changed_where_the_table_says_more_and_undone_to_what_it_said(desk: Desk) -> None:
    take_in(desk, COMPANIES, what="companies")
    take_in(desk, CONTACTS, what="contacts")
    before = everything(desk)
    assert counts(take_in(desk, "name,site,note\nALFA,,second\nBeta,beta.by,\n", what="companies")) == (0, 2, 0, 0)
    assert ask(desk, "SELECT name, site, note FROM company ORDER BY row_key LIMIT 2") == [
        ("Alfa", "alfa.by", "second"),
        ("Beta", "beta.by", ""),
    ]
    assert counts(take_in(desk, "name,email,phone\nИван,,\nivan,I@ALFA.BY,5550000\n", what="contacts")) == (1, 1, 0, 0)
    assert one(desk, "email, phone", "contact WHERE name = 'Ivan'") == ("I@ALFA.BY", "5550000")
    desk.undo()
    desk.undo()
    assert everything(desk) == before


def test_a_person_is_known_by_name_with_mail_or_phone_or_company(desk: Desk) -> None:
    take_in(desk, CONTACTS, what="contacts")
    report = take_in(
        desk,
        "name,company,email,phone,role\nIvan,,,375291112233,by phone\nIvan,Beta,,,another\nIvan,Alfa,x@y.by,,a third\n"
        "Olga,Gamma,o@g.by,,by company\nPetr,,,,by name\n",
        what="contacts",
    )
    assert counts(report) == (2, 3, 0, 0)
    assert ask(desk, "SELECT name, role FROM contact ORDER BY row_key") == [
        ("Ivan", "by phone"), ("Olga", "by company"), ("Petr", "by name"), ("Ivan", "another"), ("Ivan", "a third"),
    ]  # fmt: skip


def test_people_may_be_matched_by_mail_or_phone_alone(desk: Desk) -> None:
    take_in(desk, CONTACTS, what="contacts")
    table = "name,email,phone\nIvan Ivanov,i@alfa.by,\nNew,n@new.by,\nNew,,\n"
    assert counts(take_in(desk, table, what="contacts", match="email")) == (2, 1, 0, 0)
    assert one(desk, "name", "contact WHERE email = 'i@alfa.by'") == ("Ivan Ivanov",)
    table = "name,phone\nIvan the Great,80291112233\n"
    assert counts(take_in(desk, table, what="contacts", match="phone")) == (0, 1, 0, 0)
    assert counts(take_in(desk, table, what="contacts", match="none")) == (1, 0, 0, 0)


def test_two_rows_about_the_same_are_one_or_contradict(desk: Desk) -> None:
    report = take_in(desk, "name,site\nA,x.by\nA,x.by\na,y.by\n ,z\n", what="companies")
    assert counts(report) == (1, 0, 1, 2)
    assert [(note.line, note.reason) for note in report.errors] == [
        (4, "Line 2 is about the same and says something else."),
        (5, "This cell must not be empty."),
    ]
    assert counts(take_in(desk, "name,email\nB,b@b.by\nB,B@b.by\n", what="contacts")) == (1, 0, 0, 1)


def test_nearly_the_same_is_told_and_never_merged(desk: Desk) -> None:
    take_in(desk, "name\nООО Ромашка\nNorthern Lights\nShop 1\n", what="companies")
    report = take_in(desk, "name\nРомашка\nNorthern Light\nShop 2\nOther\n", what="companies")
    assert counts(report) == (4, 0, 0, 0)
    assert [(note.line, note.value, note.reason) for note in report.warnings] == [
        (2, "Ромашка", "Possible duplicate of “ООО Ромашка”."),
        (3, "Northern Light", "Possible duplicate of “Northern Lights”."),
    ]
    take_in(desk, CONTACTS, what="contacts")
    report = take_in(desk, "name,email\nJohn,i@alfa.by\nИванов,\n", what="contacts")
    assert [note.reason for note in report.warnings] == ["Possible duplicate of “Ivan”."]


def test_an_activity_is_the_same_by_what_it_is_and_gains_what_is_told_of_it(desk: Desk) -> None:
    desk.run(deals.new_deal, title="Gate")
    take_in(desk, "deal,kind,at\nGate,call,2026-10-01\nGate,call,2026-10-01\nGate,call,2026-10-02\n", what="activities")
    assert ask(desk, "SELECT count(*) FROM activity") == [(2,)]
    report = take_in(desk, "deal,kind,at,minutes\nGate,call,2026-10-01,7\nGate,call,2026-10-01,9\n", what="activities")
    assert counts(report) == (1, 1, 0, 0)
    assert ask(desk, "SELECT minutes FROM activity WHERE at = '2026-10-01' ORDER BY row_key") == [(7,), (9,)]


def test_odd_activities(desk: Desk) -> None:
    report = take_in(
        desk,
        "deal,kind,direction,minutes,text\nGate,juggling,,,a\nGate,call,up,,b\nGate,call,in,many,c\n",
        what="activities",
    )
    assert counts(report) == (1, 0, 0, 2)
    assert one(desk, "kind, at, direction", "activity") == ("task", "2026-11-02", "out")
    assert [(note.line, note.column) for note in report.errors] == [(3, "direction"), (4, "minutes")]
    assert [note.value for note in report.warnings] == ["juggling"]


def test_steps_arrive_done_or_moved(desk: Desk, clock: Clock) -> None:
    deal = desk.run(deals.new_deal, title="Gate", external_id="D1")
    known = ask(
        desk,
        "SELECT step.key, step.title FROM step JOIN deal_state AS state ON state.stage_id = step.stage_id"
        f" WHERE deal_id = '{deal.id}' ORDER BY step.position",
    )
    first, second = known[0][0], known[1][0]
    before = everything(desk)
    table = (
        f"deal,step,due,done_at,result,note\nD1,{first},,2026-11-02,done,said yes\nGate,{second},2026-12-01,,,later\n"
        f"D1,juggle,,2026-11-02,,\nNobody,{first},,2026-11-02,,\nD1,{first},,2026-01-01,,\nD1,{second},,,,\n"
    )
    report = take_in(desk, table, what="steps")
    assert counts(report) == (2, 0, 0, 4)
    assert [note.reason for note in report.errors] == [
        "No stage where “Gate” has stood has a step “juggle”.",
        "There is no deal “Nobody”.",
        "The deal came into the stage of this step later than that.",
        "The row tells neither when the step was done nor when it is due.",
    ]
    assert [row[1:] for row in steps_of(desk)] == [
        (first, "done", "2026-11-02", None, "done", "said yes"),
        (second, "moved", "2026-11-02T09:00:00Z", "2026-12-01", "", "later"),
    ]
    clock.now = "2026-11-05T09:00:00Z"
    assert counts(take_in(desk, table, what="steps")) == (0, 0, 2, 4)
    changed = table.replace("said yes", "said no").replace("2026-11-02,done", "2026-11-03,done")
    assert counts(take_in(desk, changed, what="steps")) == (0, 1, 1, 4)
    desk.undo()
    desk.undo()
    assert everything(desk) == before


def test_an_exact_row_is_known_by_its_id_and_cells_of_old_are_no_edits(desk: Desk) -> None:
    take_in(desk, "name,site,note\nAlfa,a.by,one\n", what="companies")
    uid, rev = ask(desk, "SELECT company.id, batch.id FROM company, batch ORDER BY batch.key DESC LIMIT 1")[0]
    take_in(desk, "name,site\nAlfa,new.by\n", what="companies")
    table = f"name,site,note,_uid,_rev\nAlfa and sons,a.by,two,{uid},{rev}\n"
    assert counts(take_in(desk, table, what="companies")) == (0, 1, 0, 0)
    assert one(desk, "name, site, note", "company") == ("Alfa and sons", "new.by", "two")
    assert counts(take_in(desk, "name,_uid,_rev\nBeta,elsewhere,1\n", what="companies")) == (1, 0, 0, 0)
    assert counts(take_in(desk, "name,_uid,_rev\nBeta,elsewhere,1\n", what="companies")) == (0, 0, 1, 0)


@pytest.mark.parametrize(("what", "table"), [("companies", "site\na.by\n"), ("steps", "deal,due\na,2026-01-01\n")])
def test_a_table_without_what_it_needs_is_refused(desk: Desk, what: What, table: str) -> None:
    with pytest.raises(MissingColumn):
        take_in(desk, table, what=what)
