"""Tables that are refused as a whole: a plain sentence, and nothing written."""

import os
from pathlib import Path

import pytest

from funnel_desk.domain.problems import Problem, Trouble
from funnel_desk.exchange import import_problems as problems
from funnel_desk.exchange.importing import run_import
from funnel_desk.exchange.plan import ImportOptions, plan_file
from funnel_desk.exchange.problems import AmbiguousDates, AmbiguousDecimals
from funnel_desk.operations.desk import Desk, ReadOnly
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.queries.import_ground import import_ground
from tests.desks import ANN, Clock, a_playbook
from tests.exchange.tables import a_plan, attempt, counts, everything, stands, take_in


def refusal(desk: Desk, table: str | bytes, **options: object) -> str:
    """The sentence of a refusal; nothing was written."""
    before = everything(desk)
    with pytest.raises(Trouble) as caught:
        take_in(desk, table, **options)
    assert everything(desk) == before
    return str(caught.value)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \r\n\r\n", "The file is empty."),
        (bytes(range(256)) * 4, "This is not a text file (binary). Save the table as CSV and import that."),
        (
            b"PK\x03\x04rest",
            (
                "This workbook cannot be read (File is not a zip file). Open it in a spreadsheet, save it again, or"
                " save it as CSV."
            ),
        ),
        (b"%PDF-1.7", "This is not a text file (PDF). Save the table as CSV and import that."),
        (b",,\n1,2,3\n", "Line 1 should name the columns, but it is blank."),
        (b'title\n"open\n', 'Line 2: a cell begins with a double quote (") that is never closed.'),
        (
            b'title,note\nA "quoted" word,x\n',
            'Line 2: a double quote (") inside a cell must be doubled and the cell put in quotes.',
        ),
        (
            "title\nРомашка и Василёк\n".encode() + b"\xff\xfe\n",
            "Line 3 cannot be read as utf-8: wrong bytes at offset 39. The file may be damaged.",
        ),
        (
            b"foo,bar\n1,2\n",
            "No column of this file is known (foo, bar). Is the first line a header? Name columns with --map.",
        ),
    ],
)
def test_a_file_that_is_no_table(desk: Desk, table: bytes, sentence: str) -> None:
    assert refusal(desk, table) == sentence


def test_a_stage_that_nothing_maps(desk: Desk) -> None:
    table = "title,stage\nA,Suspect\nB,In talks\nC,\nD,Ждём\nE,in talks\n"
    assert refusal(desk, table) == (
        'Line 3: no stage of "Start-up: selling to companies" is called "In talks", "Ждём". '
        "Its stages: Suspect (suspect), Prospect (prospect), Qualified (qualified), Committed (committed), "
        "Signed (transacted), Fulfilment (fulfilment). "
        "Tell which is meant: --value 'stage:In talks=STAGE' --value 'stage:Ждём=STAGE'"
    )
    told = ("stage:In talks=prospect", "stage:Ждём=Возможный клиент")
    assert counts(take_in(desk, table, values=told)) == (5, 0, 0, 0)
    assert [row[1] for row in stands(desk)] == ["suspect", "prospect", "suspect", "suspect", "prospect"]


def test_a_lost_stage_that_nothing_maps(desk: Desk) -> None:
    assert 'is called "Nowhere"' in refusal(desk, "title,stage,lost stage\nA,lost,Nowhere\n")


def test_values_of_any_column_can_be_told_and_a_rule_without_use_is_told(desk: Desk) -> None:
    report = take_in(
        desk,
        "title,stage,status,type\nA,Talks,Gone,Old friend\n",
        values=("stage:Talks=won", "status:Gone=lost", "type:Old friend=repeat", "type:Nobody=new"),
        maps=("status=outcome", "type=kind"),
    )
    assert [(row[1], row[2]) for row in stands(desk)] == [("suspect", "lost")]
    assert [(note.column, note.value) for note in report.warnings] == [(None, None), (None, None), ("type", "Nobody")]


def test_ambiguous_dates_and_decimals_of_needed_columns(desk: Desk) -> None:
    with pytest.raises(AmbiguousDates):
        take_in(desk, "title,created\nA,01/02/2026\n")
    assert counts(take_in(desk, "title,created\nA,01/02/2026\n", date_order="dmy")) == (1, 0, 0, 0)
    with pytest.raises(AmbiguousDecimals):
        take_in(desk, 'title,value\nA,"1,234"\n')
    assert counts(take_in(desk, 'title,value\nA,"1,234"\n', decimal=".")) == (1, 0, 0, 0)
    assert counts(take_in(desk, "title,created,Colour\nA,2026-02-01,01/02/2026\n")) == (1, 0, 0, 0)


def test_a_history_needs_its_columns(desk: Desk) -> None:
    assert refusal(desk, "deal,stage\nA,suspect\n", what="stage-history") == (
        "No column says “at”. The file has: deal, stage. Name it with --map 'HEADER=at'."
    )


def test_strict_takes_all_or_nothing(desk: Desk) -> None:
    table = "id,title\n1,A\n1,B\n2\n"
    assert refusal(desk, table, strict=True) == (
        "2 of 3 rows cannot be taken, so nothing was imported. The first is line 3: "
        "Line 2 is about the same deal and says something else."
    )
    with pytest.raises(problems.NotAllGood) as caught:
        attempt(desk, table, strict=True)
    report = caught.value.values["report"]
    assert [row.cells for row in report.bad_rows] == [["1", "B"], ["2"]]  # type: ignore[attr-defined]
    assert counts(take_in(desk, "id,title\n1,A\n2,B\n", strict=True)) == (2, 0, 0, 0)


def test_pipelines(desk: Desk) -> None:
    desk.run(add_pipeline, a_playbook("apartment-doors"))
    assert refusal(desk, "title\nA\n", pipeline="nowhere").startswith(
        'There is no pipeline "nowhere". The workspace has:'
    )
    take_in(desk, "title,stage\nA,Invoice\n", pipeline="apartment-doors")
    assert stands(desk)[-1][:2] == ("A", "invoice")
    table = "title,pipeline,stage\nB,apartment-doors,Invoice\nC,startup,Qualified\nD,,Prospect\n"
    take_in(desk, table)
    assert [row[:2] for row in stands(desk)][1:] == [("B", "invoice"), ("C", "qualified"), ("D", "prospect")]
    assert refusal(desk, "title,pipeline\nA,\nB,Enterprise\n").startswith('Line 3: there is no pipeline "Enterprise".')
    report = take_in(desk, "title,pipeline,stage\nE,Enterprise,Invoice\n", pipeline="apartment-doors")
    assert stands(desk)[-1][:2] == ("E", "invoice")
    assert [note.value for note in report.warnings] == [None, "Enterprise"]


def test_a_deal_of_another_pipeline_keeps_it(desk: Desk) -> None:
    take_in(desk, "id,stage\n1,Qualified\n")
    desk.run(add_pipeline, a_playbook("apartment-doors"))
    report = take_in(desk, "id,stage\n1,Invoice\n", pipeline="apartment-doors")
    assert counts(report) == (0, 0, 0, 1)
    assert report.errors[0].reason == 'The deal is in another pipeline, which has no stage "Invoice".'
    assert counts(take_in(desk, "id,pipeline,stage\n1,apartment-doors,Invoice\n")) == (0, 1, 0, 0)
    assert stands(desk)[0][1] == "invoice"


def test_files_that_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    ground = desk.read(import_ground)
    with pytest.raises(problems.TableMissing):
        plan_file(tmp_path / "nothing.csv", ImportOptions(), ground)
    with pytest.raises(problems.TableIsFolder):
        plan_file(tmp_path, ImportOptions(), ground)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_file_that_may_not_be_read(desk: Desk, tmp_path: Path) -> None:
    closed = tmp_path / "closed.csv"
    closed.write_text("title\nA\n")
    closed.chmod(0)
    with pytest.raises(problems.TableClosed):
        plan_file(closed, ImportOptions(), desk.read(import_ground))


def test_a_desk_for_looking_can_try_and_cannot_import(desk: Desk, clock: Clock) -> None:
    looking = Desk(desk.path, ANN, write=False, clock=clock)
    try:
        table = "title,stage\nA,won\n"
        assert counts(attempt(looking, table)) == (1, 0, 0, 0)
        with pytest.raises(ReadOnly):
            take_in(looking, table)
    finally:
        looking.close()
    assert stands(desk) == []


class _Enough(Problem):
    pass


def test_a_cancelled_import_leaves_nothing(desk: Desk) -> None:
    class Tired:
        def report(self, done: int, total: int, what: str = "") -> None:  # noqa: ARG002 - as it is called
            if what == "Writing deals" and done:
                raise _Enough

    before = everything(desk)
    table = "id,title\n" + "".join(f"{number},A\n" for number in range(1_200))
    with pytest.raises(_Enough):
        run_import(desk, a_plan(desk, table), Tired())
    assert everything(desk) == before
