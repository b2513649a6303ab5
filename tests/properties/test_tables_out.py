"""Whatever people write: a table of it comes back the same, in every separator and encoding that can hold it."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from funnel_desk.exchange.exporting import CannotHold, OutOptions, export_file
from funnel_desk.exchange.importing import run_import
from funnel_desk.exchange.plan import ImportOptions, plan_bytes
from funnel_desk.operations import people
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.import_ground import import_ground
from tests.desks import a_desk

EXAMPLES = settings().max_examples
FIELDS = ("name", "site", "industry", "usage", "owner", "note")
NAUGHTY = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''", "'", '"', '""', '"a', 'a"', "a,b", "a;b"),
    *("a\tb", "a|b", "＝1", "\u22121", " =1", "\u00a0=1", "\u200b=1", "sep=;", "null", "NULL", "None", "nan", "#REF!"),
    *("1e5", "0012", "2026-01-05", "1,5", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0", "Привет", "e\u0301", "𝒳"),
    *("\ufeffa", "ﬁ", "İ", "\u202etxt", "line\r\nline", "line\rline", "a\u2028b", "a\x0bb", "\\", "\\n", "%s", "{0}"),
    *("<script>", "ß", "  ", "\x1d"),
)
LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
TEXTS = st.one_of(st.sampled_from(NAUGHTY), st.text(LETTERS, max_size=8), st.sampled_from(("", "a", "ё")))
ENCODINGS = (
    "",
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "cp1251",
    "cp1252",
    "cp866",
    "koi8-r",
    "latin-1",
    "gb18030",
)


@given(
    st.lists(st.tuples(*[TEXTS] * len(FIELDS)), min_size=1, max_size=6),
    st.sampled_from(["exact", "excel"]),
    st.sampled_from([",", ";", "tab", "|"]),
    st.sampled_from(ENCODINGS),
)
@settings(max_examples=max(15, EXAMPLES))
def test_rows_come_back_the_same(rows: list[tuple[str, ...]], profile: str, sign: str, encoding: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        desk, other = a_desk(folder), a_desk(folder, name="other.funnel")
        for number, row in enumerate(rows):
            said = dict(zip(FIELDS, row, strict=True))
            if not said["name"].strip():
                said["name"] = f"company {number}"
            desk.run(people.new_company, **said)
        columns = (*FIELDS, "_uid", "_rev")
        options = OutOptions("companies", "exact" if profile == "exact" else "excel", columns, encoding, sign)
        out = folder / "out.csv"
        try:
            written = export_file(desk, out, options)
        except CannotHold:
            with pytest.raises(UnicodeEncodeError):
                "".join(cell for row in told(desk) for cell in row).encode(encoding)
        else:
            assert written.rows == len(rows)
            options_in = ImportOptions(what="companies", encoding=encoding or None, delimiter=sign)
            plan = plan_bytes(out.read_bytes(), "out.csv", options_in, other.read(import_ground))
            report = run_import(other, plan)
            assert (report.created, report.errors) == (len(rows), ())
            assert told(other) == told(desk)
            again = plan_bytes(out.read_bytes(), "out.csv", options_in, desk.read(import_ground))
            assert run_import(desk, again).batch is None
        desk.close()
        other.close()


def told(desk: Desk) -> list[tuple[str, ...]]:
    listed = ", ".join(FIELDS)
    return [tuple(row) for row in desk.read(lambda read: read.sql(f"SELECT {listed} FROM company ORDER BY row_key"))]
