"""What rows of a table of deals become."""

import pytest

from funnel_desk.operations import deals
from funnel_desk.operations.desk import Desk
from tests.desks import Clock
from tests.exchange.tables import ask, attempt, counts, everything, one, stands, take_in, walked

OPEN = "id,title,stage,created\n1,Gate,Qualified,2026-01-05\n"


def test_an_open_deal_is_where_it_is_since_its_creation(desk: Desk) -> None:
    assert counts(take_in(desk, OPEN)) == (1, 0, 0, 0)
    assert walked(desk) == {"Gate": [("suspect", "moved", "2026-01-05"), ("qualified", "", "2026-01-05")]}
    assert stands(desk) == [("Gate", "qualified", "open", None, 1, "", None)]


@pytest.mark.parametrize("word", ["qualified", "Qualified", "QUALIFIED", "Проверенный клиент", "проверенный клиент"])
def test_a_stage_is_known_by_key_and_by_name_in_each_language(desk: Desk, word: str) -> None:
    take_in(desk, f"title,stage\nGate,{word}\n")
    assert stands(desk)[0][1] == "qualified"


@pytest.mark.parametrize("word", ["Won", "Closed Won", "Успешно реализовано", "Signed"])
def test_a_won_deal_came_by_an_unknown_path(desk: Desk, word: str) -> None:
    take_in(desk, f"title,stage,created,close date\nGate,{word},2026-01-05,2026-02-01\n")
    assert stands(desk) == [("Gate", "transacted", "won", "2026-02-01", 0, "", None)]
    assert walked(desk)["Gate"][0] == ("suspect", "moved", "2026-01-05")


def test_a_deal_in_a_stage_after_the_sale_is_won(desk: Desk) -> None:
    take_in(desk, "title,stage,created,close date\nGate,Fulfilment,2026-01-05,2026-02-01\n")
    assert stands(desk) == [("Gate", "fulfilment", "won", "2026-02-01", 0, "", None)]


@pytest.mark.parametrize("word", ["Lost", "Closed Lost", "Закрыто и не реализовано"])
def test_a_lost_deal_came_by_an_unknown_path(desk: Desk, word: str) -> None:
    take_in(desk, f"title,stage,created,close date,lost reason\nGate,{word},2026-01-05,2026-02-01,expensive\n")
    assert stands(desk) == [("Gate", "suspect", "lost", "2026-02-01", 0, "", "expensive")]


def test_where_a_deal_was_lost_makes_its_path_known(desk: Desk) -> None:
    take_in(
        desk,
        "title,stage,outcome,lost stage,created,close date,lost reason\n"
        "By its stage,Qualified,lost,,2026-01-05,2026-02-01,Дорого и долго\n"
        "By the column,Lost,,Prospect,2026-01-05,2026-02-01,Слишком дорого\n"
        "At the first,Suspect,Lost,,2026-01-05,2026-02-01,\n",
    )
    assert stands(desk) == [
        ("By its stage", "qualified", "lost", "2026-02-01", 1, "Дорого и долго", None),
        ("By the column", "prospect", "lost", "2026-02-01", 1, "", "expensive"),
        ("At the first", "suspect", "lost", "2026-02-01", 1, "", None),
    ]
    assert walked(desk)["By its stage"] == [
        ("suspect", "moved", "2026-01-05"),
        ("qualified", "lost", "2026-01-05"),
    ]


def test_flags_of_other_programs_tell_the_outcome(desk: Desk) -> None:
    take_in(
        desk,
        "title,stage,IsWon,IsClosed,close date\nA,Qualified,TRUE,TRUE,2026-02-01\nB,Qualified,FALSE,TRUE,2026-02-01\n"
        "C,Qualified,FALSE,FALSE,2026-02-01\n",
    )
    assert [(row[0], row[1], row[2]) for row in stands(desk)] == [
        ("A", "transacted", "won"),
        ("B", "qualified", "lost"),
        ("C", "qualified", "open"),
    ]
    assert ask(desk, "SELECT expected_close FROM deal WHERE title = 'C'") == [("2026-02-01",)]


def test_when_it_was_won_or_lost_tells_the_outcome_where_nothing_else_does(desk: Desk) -> None:
    take_in(desk, "title,won time,lost time\nA,2026-02-01,\nB,,2026-02-02\nC,2026-02-01,2026-02-03\nD,,\n")
    assert [(row[0], row[2], row[3]) for row in stands(desk)] == [
        ("A", "won", "2026-02-01"),
        ("B", "lost", "2026-02-02"),
        ("C", "lost", "2026-02-03"),
        ("D", "open", None),
    ]


def test_all_fields_arrive(desk: Desk) -> None:
    take_in(
        desk,
        "external_id,title,company,contact,contact_email,contact_phone,value,currency,probability,source,product,segment,"
        "kind,owner,created_at,first_contact_at,expected_close,note,tags,Colour of the gate\n"
        'X1,Gate,Romashka,Ivan,i@r.by,+375 29,"1 054,50",EUR,45%,fair,GTX,big,Повторная,Ann,2026-01-05 10:30,'
        '2026-01-02,2026-03-01,"two\nlines","hot, north",green\n',
        maps=("Colour of the gate=custom:Colour",),
    )
    assert one(
        desk,
        "external_id, title, value, currency, probability, source, product, segment, kind, owner, created_at,"
        " first_contact_at, expected_close, note, tags, custom",
    ) == (
        "X1", "Gate", 105450, "EUR", 4500, "fair", "GTX", "big", "repeat", "Ann", "2026-01-05T07:30:00Z", "2026-01-02",
        "2026-03-01", "two\nlines", '["hot","north"]', '{"Colour":"green"}',
    )  # fmt: skip
    assert one(desk, "name, email, phone, company_id = (SELECT id FROM company)", "contact") == (
        "Ivan", "i@r.by", "+375 29", 1,
    )  # fmt: skip


def test_a_title_is_found_somewhere(desk: Desk) -> None:
    report = take_in(desk, "id,title,company\n1,,Romashka\n2,,\n,,\n3,Own,Romashka\n,, \n")
    assert report.rows == 3
    assert [row[0] for row in ask(desk, "SELECT title FROM deal ORDER BY id")] == ["Romashka", "2", "Own"]
    take_in(desk, "title,source\n,web\n")
    assert ("Deal, line 2",) in ask(desk, "SELECT title FROM deal")


def test_a_creation_day_is_found_somewhere_and_that_is_told(desk: Desk) -> None:
    report = take_in(
        desk,
        "title,created,first contact,close date,stage\nA,2026-01-01,2026-01-02,2026-01-03,won\n"
        "B,,2026-01-02,2026-01-03,won\nC,,,2026-01-03,won\nD,,,2026-12-24,suspect\nE,,,,lost\n",
    )
    assert [row[0] for row in ask(desk, "SELECT created_at FROM deal ORDER BY id")] == [
        "2026-01-01", "2026-01-02", "2026-01-03", "2026-11-02", "2026-11-02",
    ]  # fmt: skip
    assert [(note.line, note.reason[:31]) for note in report.warnings] == [
        (3, "4 new deals have no creation da"),
        (6, "1 new deal is closed without a "),
    ]
    assert ("E", "suspect", "lost", "2026-11-02", 0, "", None) in stands(desk)


def test_odd_rows_go_in_with_a_warning(desk: Desk) -> None:
    report = take_in(
        desk,
        "title,stage,created,close date,value,kind\nA,won,2026-02-01,2026-01-01,-5,nonsense\n"
        "B,suspect,2026-02-01,2026-01-01,1.0055,\nC,suspect,2026-02-01,,7,\n",
    )
    assert counts(report) == (3, 0, 0, 0)
    assert [(note.line, note.column, note.value, note.reason) for note in report.warnings] == [
        (2, "kind", "nonsense", "This is no kind of deal, and was left out."),
        (2, "value", "-5", "The amount is negative."),
        (2, "close date", "2026-01-01", "The deal was closed before it was created."),
        (3, "value", "1.0055", "The amount has more decimals than its currency, and was rounded."),
        (3, "close date", "2026-01-01", "The deal is expected to close before it was created."),
    ]


def test_a_bad_row_is_rejected_alone(desk: Desk) -> None:
    report = take_in(
        desk,
        "title,stage,created,value,probability,currency,outcome\n"
        "A,suspect,2026-02-31,x,,,\nB,suspect\nC,suspect,,,150%,,\nD,suspect,,1,,pesos,\nE,suspect,,,,,perhaps\n"
        "F,suspect,2026-02-28,5,10%,EUR,open\nG,suspect,,99999999999999999999,,,\n",
    )
    assert counts(report) == (1, 0, 0, 6)
    assert [(note.line, note.column, note.value, note.reason) for note in report.errors] == [
        (2, "created", "2026-02-31", 'There is no such day as "2026-02-31". "x" is not an amount.'),
        (3, None, None, "The row has 2 cells, the header 7."),
        (4, "probability", "150%", '"150%" is not a probability.'),
        (5, "currency", "pesos", '"pesos" is no currency; write its code, such as EUR.'),
        (6, "outcome", "perhaps", '"perhaps" is neither open, won nor lost. Tell which with --value.'),
        (8, "value", "99999999999999999999", '"99999999999999999999" is too large an amount.'),
    ]
    assert [row.line for row in report.bad_rows] == [2, 3, 4, 5, 6, 8]
    assert [row[0] for row in stands(desk)] == ["F"]


def test_the_same_file_again_changes_nothing(desk: Desk, clock: Clock) -> None:
    table = (
        "id,title,stage,created,close date,value,company,contact,email,reason\n"
        "1,A,won,2026-01-01,2026-02-01,5,Romashka,Ivan,i@r.by,\n2,B,lost,2026-01-01,2026-02-01,6,Romashka,Ivan,i@r.by,no\n"
        "3,C,qualified,,,7,Vasilek,,,\n4,D,won,2026-03-01,2026-02-01,8,,Olga,,\n"
    )
    take_in(desk, table)
    before = everything(desk)
    clock.now = "2026-11-09T09:00:00Z"
    report = take_in(desk, table)
    assert (counts(report), report.batch) == ((0, 0, 4, 0), None)
    assert everything(desk) == before


def test_two_rows_with_one_key(desk: Desk) -> None:
    report = take_in(desk, "id,title\n1,A\n1,A\n1,B\n,C\n,C\n")
    assert counts(report) == (3, 0, 1, 1)
    assert report.errors[0].reason == "Line 2 is about the same deal and says something else."


def test_without_a_key_nothing_matches(desk: Desk) -> None:
    for _ in range(2):
        assert counts(take_in(desk, "title,company\nA,Romashka\n")) == (1, 0, 0, 0)
    assert ask(desk, "SELECT count(*) FROM company") == [(1,)]


def test_matching_can_be_told(desk: Desk) -> None:
    table = "id,title,company,value\n1,A,Romashka,5\n"
    take_in(desk, table)
    assert counts(take_in(desk, table, match="none")) == (1, 0, 0, 0)
    report = take_in(desk, table, match="title+company")
    assert counts(report) == (0, 0, 0, 1)
    assert report.errors[0].reason == "The workspace has 2 deals that this may be."
    take_in(desk, "title,company,value\nB,Ромашка,5\n")
    assert counts(take_in(desk, "title,company,value\nb,РОМАШКА,6\n", match="title+company")) == (0, 1, 0, 0)


def test_what_a_row_says_anew_is_changed_and_what_it_does_not_say_stays(desk: Desk) -> None:
    take_in(desk, "id,title,value,owner,note,tags,created\n1,A,5,Ann,long ago,hot,2026-01-01\n")
    report = take_in(desk, "id,title,value,owner,note,tags,created\n1,,6,,,cold,2026-01-02\n")
    assert counts(report) == (0, 1, 0, 0)
    assert one(desk, "title, value, owner, note, tags, created_at") == (
        "A", 600, "Ann", "long ago", '["cold"]', "2026-01-02",
    )  # fmt: skip


def test_a_day_does_not_blur_an_instant(desk: Desk) -> None:
    take_in(desk, "id,created\n1,2026-01-05 10:00\n")
    assert counts(take_in(desk, "id,created\n1,2026-01-05\n")) == (0, 0, 1, 0)
    assert counts(take_in(desk, "id,created\n1,2026-01-06\n")) == (0, 1, 0, 0)
    assert counts(take_in(desk, "id,created\n1,2026-01-06 11:00\n")) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("first", "then", "stays"),
    [
        ("qualified,,", "committed,,", ["suspect moved", "qualified moved", "committed "]),
        ("qualified,,", "won,2026-03-01,", ["suspect moved", "qualified moved", "transacted "]),
        ("qualified,,", "lost,2026-03-01,dear", ["suspect moved", "qualified lost"]),
        ("lost,2026-02-01,", "committed,,", ["suspect lost", "committed "]),
        ("lost,2026-02-01,", "won,2026-03-01,", ["suspect lost", "transacted "]),
        ("won,2026-02-01,", "fulfilment,,", ["suspect moved", "transacted moved", "fulfilment "]),
        ("won,2026-02-01,", "lost,2026-03-01,", ["suspect moved", "transacted lost"]),
        ("won,2026-02-01,", "qualified,,", ["suspect moved", "transacted moved", "qualified "]),
    ],
)
def test_what_happened_meanwhile_is_a_new_move(desk: Desk, first: str, then: str, stays: list[str]) -> None:
    head = "id,title,stage,close date,lost reason,created\n"
    take_in(desk, f"{head}1,A,{first},2026-01-05\n")
    assert counts(take_in(desk, f"{head}1,A,{then},2026-01-05\n")) == (0, 1, 0, 0)
    assert [f"{stage} {ended}" for stage, ended, _ in walked(desk)["A"]] == stays
    assert counts(take_in(desk, f"{head}1,A,{then},2026-01-05\n")) == (0, 0, 1, 0)


def test_a_closing_is_corrected_and_not_made_again(desk: Desk) -> None:
    head = "id,title,stage,lost stage,close date,lost reason,created\n"
    take_in(desk, f"{head}1,A,lost,,2026-02-01,dear,2026-01-01\n2,B,won,,2026-02-01,,2026-01-01\n")
    report = take_in(
        desk, f"{head}1,A,lost,Qualified,2026-02-03,competitor,2026-01-01\n2,B,won,,2026-02-04,,2026-01-01\n"
    )
    assert counts(report) == (0, 2, 0, 0)
    assert stands(desk) == [
        ("A", "qualified", "lost", "2026-02-03", 1, "", "competitor"),
        ("B", "transacted", "won", "2026-02-04", 0, "", None),
    ]
    assert ask(desk, "SELECT count(*) FROM stage_event") == [(2,)]


def test_a_closing_is_corrected_while_the_deal_goes_on(desk: Desk) -> None:
    take_in(desk, "id,stage,created,close date\n1,won,2026-01-01,2026-01-02\n")
    table = "id,stage,created,close date\n1,Fulfilment,2026-01-01,2026-01-03\n"
    assert counts(take_in(desk, table)) == (0, 1, 0, 0)
    assert stands(desk)[0][1:4] == ("fulfilment", "won", "2026-01-03")
    assert counts(take_in(desk, table)) == (0, 0, 1, 0)


def test_one_import_is_one_act_and_its_undo_brings_back_what_was(desk: Desk) -> None:
    take_in(desk, "id,title,value,company\n1,A,5,Romashka\n")
    before = everything(desk)
    report = take_in(desk, "id,title,value,company,stage\n1,AA,6,Vasilek,won\n2,B,7,Vasilek,lost\n")
    after = everything(desk)
    entry = desk.history(1)[0]
    assert (entry.batch, entry.label) == (report.batch, "Import {count} deals from {file}")
    assert entry.arguments == {"count": 2, "file": "table.csv"}
    desk.undo()
    assert everything(desk) == before
    desk.redo()
    assert everything(desk) == after


def test_trying_tells_what_would_come_and_writes_nothing(desk: Desk) -> None:
    take_in(desk, "id,title,value\n1,A,5\n2,B,6\n")
    before = everything(desk)
    table = "id,title,value,stage\n1,A,5,\n2,B,7,won\n3,C,8,lost\n3,C,9,lost\n"
    tried = attempt(desk, table)
    assert (counts(tried), everything(desk)) == ((1, 1, 1, 1), before)
    done = take_in(desk, table)
    assert (counts(done), done.errors, done.warnings) == (counts(tried), tried.errors, tried.warnings)


def test_people_are_found_or_made(desk: Desk) -> None:
    take_in(
        desk,
        "id,company,contact,email,phone\n1,Ромашка,Иван,,\n2,РОМАШКА,иван,i@r.by,\n3,Ромашка,Иван,other@r.by,\n"
        "4,Василёк,Иван,,\n5,василек,,z@v.by,\n6,,,Z@v.by,\n7,,,,+1\n8,,,,+1\n",
    )
    assert ask(desk, "SELECT name FROM company ORDER BY id") == [("Ромашка",), ("Василёк",)]
    assert ask(desk, "SELECT contact.name, email, phone, company.name FROM contact LEFT JOIN company"
               " ON company.id = company_id ORDER BY contact.id") == [
        ("Иван", "i@r.by", "", "Ромашка"),
        ("Иван", "other@r.by", "", "Ромашка"),
        ("Иван", "", "", "Василёк"),
        ("z@v.by", "z@v.by", "", "Василёк"),
        ("+1", "", "+1", None),
    ]  # fmt: skip


def test_an_empty_mail_takes_no_mail_of_another_row(desk: Desk) -> None:
    take_in(desk, "id,contact,email\n1,Ivan,i@r.by\n2,Olga,\n3,Petr,p@r.by\n")
    assert ask(desk, "SELECT name, email FROM contact ORDER BY id") == [
        ("Ivan", "i@r.by"), ("Olga", ""), ("Petr", "p@r.by"),
    ]  # fmt: skip


def test_the_mail_of_the_same_person_is_mended(desk: Desk) -> None:
    take_in(desk, "id,contact,email,phone\n1,Ivan,i@r.by,1\n")
    report = take_in(desk, "id,contact,email,phone\n1,Ivan,ivan@r.by,2\n")
    assert counts(report) == (0, 1, 0, 0)
    assert ask(desk, "SELECT name, email, phone FROM contact") == [("Ivan", "ivan@r.by", "2")]


def test_currencies(desk: Desk) -> None:
    take_in(desk, "id,value,currency\n1,5,\n2,5,eur\n3,5,₽\n4,$7,\n5,1000,JPY\n")
    assert ask(desk, "SELECT value, currency FROM deal ORDER BY id") == [
        (500, "USD"), (500, "EUR"), (500, "RUB"), (700, "USD"), (1000, "JPY"),
    ]  # fmt: skip
    take_in(desk, "id,Amount (EUR)\n6,5\n")
    assert ask(desk, "SELECT value, currency FROM deal WHERE external_id = '6'") == [(500, "EUR")]


def test_a_probability_that_says_won_or_lost_is_nobodys_own(desk: Desk) -> None:
    take_in(desk, "id,stage,probability\n1,won,100\n2,lost,0\n3,suspect,40\n")
    assert ask(desk, "SELECT probability FROM deal ORDER BY id") == [(None,), (None,), (4000,)]


def test_steps_and_moves_of_a_person_are_kept_by_an_import(desk: Desk) -> None:
    take_in(desk, OPEN)
    (deal_id,) = one(desk, "id")
    committed = next(row[0] for row in ask(desk, "SELECT id FROM stage WHERE key = 'committed'"))
    desk.run(deals.move_deal, deal_id, committed)
    assert counts(take_in(desk, "id,title\n1,Gate\n")) == (0, 0, 1, 0)
    assert stands(desk)[0][1] == "committed"
