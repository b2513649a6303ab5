"""A table edited elsewhere and taken back is the same as a colleague who made the same edits in a file and sent it."""

import csv
import io
import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings, strategies as st

from funnel_desk.exchange.exporting import OutOptions, export_file
from funnel_desk.exchange.importing import run_import
from funnel_desk.exchange.plan import ImportOptions, plan_bytes
from funnel_desk.operations import deals
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.sharing import merge_file
from funnel_desk.queries.conflicts import conflicts
from funnel_desk.queries.import_ground import import_ground
from funnel_desk.storage import check
from tests.desks import ANN, BOB, Clock, a_desk

FIELDS = ("title", "source", "segment", "owner", "note")
EXAMPLES = settings().max_examples
DEALS = 3
edits = st.dictionaries(
    st.tuples(st.integers(0, DEALS - 1), st.sampled_from(FIELDS)), st.sampled_from("xyz"), max_size=8
)


@given(edits, edits, st.permutations(FIELDS), st.sets(st.sampled_from(FIELDS), max_size=3), st.booleans())
@settings(max_examples=max(10, EXAMPLES // 2))
def test_the_same_as_two_desks(
    here: dict[tuple[int, str], str],
    elsewhere: dict[tuple[int, str], str],
    order: list[str],
    dropped: set[str],
    shorter: bool,
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        start = a_desk(folder)
        ids = [start.run(deals.new_deal, title=f"Deal {number}", owner="o").id for number in range(DEALS)]
        columns = tuple(field for field in order if field not in dropped)
        elsewhere = {cell: value for cell, value in elsewhere.items() if cell[1] in columns}
        options = OutOptions("deals", "excel" if shorter else "exact", (*columns, "_uid", "_rev"), delimiter=",")
        export_file(start, folder / "out.csv", options)
        start.close()
        table = edited(folder / "out.csv", ids, columns, elsewhere, shorter=shorter)
        shutil.copyfile(start.path, folder / "colleague.funnel")
        with_table = changed(start.path, here)
        shutil.copyfile(start.path, folder / "merged.funnel")
        run_import(with_table, plan_bytes(table, "out.csv", ImportOptions(), with_table.read(import_ground)))
        colleague = changed(folder / "colleague.funnel", elsewhere, BOB.name)
        colleague.close()
        merged = Desk(folder / "merged.funnel", ANN, clock=Clock())
        merge_file(merged, colleague.path)
        assert disputes(with_table) == disputes(merged)
        assert settled(with_table) == settled(merged)
        assert with_table.read(lambda read: check.differences(read.connection, read.zone)) == []
        with_table.close()
        merged.close()


def edited(
    path: Path,
    ids: list[str],
    columns: tuple[str, ...],
    edits: dict[tuple[int, str], str],
    *,
    shorter: bool,
) -> bytes:
    """The table with its cells edited; a shorter one has no rows but those that were edited."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    header, uid = rows[0], len(columns)
    for (number, field), value in edits.items():
        row = next(row for row in rows if row[uid] == ids[number])
        row[columns.index(field)] = value
    touched = {ids[number] for number, _field in edits}
    kept = [row for row in rows[1:] if not shorter or row[uid] in touched]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *kept])
    return out.getvalue().encode("utf-8")


def changed(path: Path, edits: dict[tuple[int, str], str], who: str = ANN.name) -> Desk:
    """A desk on the file, with these edits made one by one."""
    desk = Desk(path, BOB if who == BOB.name else ANN, clock=Clock())
    ids = [row[0] for row in desk.read(lambda read: read.sql("SELECT id FROM deal ORDER BY row_key"))]
    for (number, field), value in edits.items():
        desk.run(deals.edit_deal, ids[number], **{field: value})
    return desk


def disputes(desk: Desk) -> set[tuple[str, str, frozenset[str]]]:
    return {
        (one.deal_id, one.field, frozenset({str(one.shown.value), str(one.other.value)}))
        for one in desk.read(conflicts)
    }


def settled(desk: Desk) -> dict[tuple[str, str], str]:
    """What the cells say about which nobody disagrees."""
    listed = ", ".join(FIELDS)
    open_cells = {(deal, field) for deal, field, _said in disputes(desk)}
    rows = desk.read(lambda read: read.sql(f"SELECT id, {listed} FROM deal"))
    return {
        (row[0], field): value
        for row in rows
        for field, value in zip(FIELDS, row[1:], strict=True)
        if (row[0], field) not in open_cells
    }
