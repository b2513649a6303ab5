"""Whatever deals say, a table takes them out and brings them back the same."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings, strategies as st

from funnel_desk.domain.deal import DEAL_KINDS
from funnel_desk.operations import deals
from funnel_desk.operations.desk import Desk
from tests.desks import Clock, a_desk, stages
from tests.exchange.tables import ask, counts, everything, given_out, take_in, told, walked

LOCAL = ("_uid", "_rev")

NAUGHTY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10),
    st.text(st.sampled_from("=+-@\t'\" ;,|\n\r＝−\u200b\u00a0aяё1"), max_size=6),
    st.sampled_from(
        [
            "=1+1",
            "'x",
            "null",
            "NaN",
            "-5",
            "1e9",
            "won",
            "lost",
            "[]",
            "ẞ",
            "𝒳",
            "\ufeff",
            "\u202e",
            "a\r\nb",
            "0",
            "  ",
        ]
    ),
)
NAMES = NAUGHTY.filter(lambda text: bool(text.strip()))
DAYS = st.dates().map(str).filter(lambda day: day > "1000")
MOMENTS = DAYS | st.sampled_from(["2026-01-05T10:15:30Z", "2026-07-05T23:59:59Z", "2025-12-31T22:00:00.250Z"])
TAGS = st.lists(NAMES, max_size=3, unique=True).map(tuple)
OWN = st.dictionaries(st.sampled_from(["Colour", "Год", "a b"]), NAMES, max_size=2)


class Told(NamedTuple):
    """A deal as somebody made it, and what happened to it."""

    title: str
    company: str
    contact: str
    fields: dict[str, object]
    acts: list[str]


DEALS = st.builds(
    Told,
    NAMES,
    NAUGHTY,
    NAUGHTY,
    st.fixed_dictionaries(
        {},
        optional={
            "external_id": NAUGHTY,
            "value": st.integers(-(10**12), 10**12),
            "currency": st.sampled_from(["", "EUR", "JPY", "KWD", "RUB"]),
            "probability": st.integers(0, 10_000),
            "source": NAUGHTY,
            "product": NAUGHTY,
            "segment": NAUGHTY,
            "kind": st.sampled_from(DEAL_KINDS),
            "owner": NAUGHTY,
            "first_contact_at": MOMENTS,
            "expected_close": DAYS,
            "note": NAUGHTY,
            "tags": TAGS,
            "custom": OWN,
        },
    ),
    st.lists(
        st.sampled_from(["prospect", "qualified", "transacted", "fulfilment", "lose", "lose expensive", "reopen"]),
        max_size=5,
    ),
)


@contextmanager
def two_desks() -> Iterator[tuple[Desk, Desk, Clock]]:
    clock = Clock("2026-11-02T09:00:00Z")
    with tempfile.TemporaryDirectory() as folder:
        made = a_desk(Path(folder), clock=clock), a_desk(Path(folder), clock=clock, name="other.funnel")
        try:
            yield (*made, clock)
        finally:
            for desk in made:
                desk.close()


def make(desk: Desk, clock: Clock, wanted: Told) -> None:
    made = desk.run(
        deals.new_deal,
        title=wanted.title,
        company=wanted.company,
        contact=wanted.contact,
        **wanted.fields,  # type: ignore[arg-type]
    )
    for act in wanted.acts:
        clock.now = f"2026-11-{int(clock.now[8:10]) % 28 + 1:02}T09:00:00Z" if clock.now < "2026-11-27" else clock.now
        outcome, stage = ask(
            desk, f"SELECT outcome, key FROM deal_state JOIN stage ON stage.id = stage_id WHERE deal_id = '{made.id}'"
        )[0]
        if act.startswith("lose") and outcome != "lost":
            desk.run(deals.lose_deal, made.id, reason=act.removeprefix("lose").strip() or "they = we")
        elif act == "reopen" and outcome == "lost":
            desk.run(deals.reopen_deal, made.id)
        elif not act.startswith(("lose", "reopen")) and outcome != "lost" and stage != act:
            desk.run(deals.move_deal, made.id, stages(desk)[act].id, because="so = it")


@settings(max_examples=settings().max_examples // 3)
@given(st.lists(DEALS, min_size=1, max_size=4))
def test_out_and_in_again(wanted: list[Told]) -> None:
    with two_desks() as (desk, other, clock):
        for one in wanted:
            make(desk, clock, one)
        clock.now = "2026-12-01T09:00:00Z"
        before = everything(desk)
        table, history = given_out(desk), given_out(desk, "stage-history")
        rows, moves = len(told(table)), len(told(history))
        assert counts(take_in(desk, table)) == (0, 0, rows, 0)
        assert counts(take_in(desk, history, what="stage-history")) == (0, 0, moves, 0)
        assert everything(desk) == before

        empty = everything(other)
        assert counts(take_in(other, table)) == (rows, 0, 0, 0)
        assert take_in(other, history, what="stage-history").rejected == 0
        assert told(given_out(other), *LOCAL) == told(table, *LOCAL)
        assert told(given_out(other, "stage-history"), *LOCAL) == told(history, *LOCAL)
        assert walked(other) == walked(desk)
        assert take_in(other, table).batch is None
        assert take_in(other, history, what="stage-history").batch is None
        while other.undo_names()[0] is not None:
            other.undo()
        assert everything(other) == empty


@pytest.mark.parametrize(
    "acts",
    [
        [("prospect", "2026-10-01"), ("qualified", "2026-10-01")],
        [("prospect", None), ("transacted", "2026-10-01")],
        [("transacted", "2026-10-01")],
        [("transacted", "2026-10-01"), ("fulfilment", "2026-10-02")],
        [("prospect", "2026-10-01"), ("transacted", "2026-10-02")],
        [("prospect", "2026-11-09"), ("lose", "2026-11-03")],
    ],
)
def test_moves_told_for_a_day_before_the_past_of_their_deal_come_back(acts: list[tuple[str, str | None]]) -> None:
    with two_desks() as (desk, other, clock):
        made = desk.run(deals.new_deal, title="=")
        for act, on in acts:
            clock.now = f"{clock.now[:8]}{int(clock.now[8:10]) + 1:02}T09:00:00Z"
            if act == "lose":
                desk.run(deals.lose_deal, made.id, reason="expensive", on=on)
            else:
                desk.run(deals.move_deal, made.id, stages(desk)[act].id, because="so = it", on=on)
        before = everything(desk)
        table, history = given_out(desk), given_out(desk, "stage-history")
        assert counts(take_in(desk, table)) == (0, 0, 1, 0)
        assert counts(take_in(desk, history, what="stage-history")) == (0, 0, len(acts) + 1, 0)
        assert everything(desk) == before
        take_in(other, table)
        take_in(other, history, what="stage-history")
        assert told(given_out(other), *LOCAL) == told(table, *LOCAL)
        assert told(given_out(other, "stage-history"), *LOCAL) == told(history, *LOCAL)


CELLS = st.one_of(NAUGHTY, st.just(""))


@settings(max_examples=settings().max_examples // 3)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "1", "2", "3"]),
            CELLS,
            st.sampled_from(["", "suspect", "qualified", "committed", "Closed Won", "lost", "fulfilment"]),
            st.sampled_from(["", "5", "7.50", "-1", "x"]),
            st.sampled_from(["", "2026-01-05", "2026-02-01", "2026-02-31"]),
            st.sampled_from(["", "2026-01-02", "2026-03-01"]),
            CELLS,
        ),
        min_size=1,
        max_size=8,
    ),
    st.booleans(),
)
def test_the_same_table_again_is_unchanged_and_undo_takes_all_of_it_back(
    rows: list[tuple[str, ...]], then: bool
) -> None:
    import csv
    import io

    def table(changed: list[tuple[str, ...]]) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out).writerows([("id", "title", "stage", "value", "created", "close date", "company"), *changed])
        return out.getvalue().encode()

    with two_desks() as (desk, _other, clock):
        if then:
            take_in(desk, table([(key, "A", "qualified", "3", "2025-01-01", "", "") for key in ("1", "2")]))
        before = everything(desk)
        first = take_in(desk, table(rows))
        after = everything(desk)
        assert first.rows == sum(counts(first)) == sum(any(cell.strip() for cell in row) for row in rows)
        clock.now = "2026-11-20T09:00:00Z"
        keyed = [row for row in rows if row[0]]
        again = take_in(desk, table(keyed)) if keyed else None
        assert again is None or (again.created, again.updated, again.batch) == (0, 0, None)
        assert everything(desk) == after
        if first.batch is not None:
            desk.undo()
            assert everything(desk) == before
            desk.redo()
            assert everything(desk) == after


def test_the_big_list_of_small_things(tmp_path: Path) -> None:
    strings = json.loads(
        '["", "\\u0001\\u007f", "\\u2028", "Ω≈ç√∫", "٠١٢", "ヽ༼ຈل͜ຈ༽ﾉ", "DROP TABLE deal;--", "\\"\\"", "%s%n", "$HOME"]'
    )
    desk = a_desk(tmp_path)
    for text in strings:
        desk.run(deals.new_deal, title=f"x{text}", note=text, owner=text, custom={"n": text} if text else {})
    assert counts(take_in(desk, given_out(desk))) == (0, 0, len(strings), 0)
    desk.close()
