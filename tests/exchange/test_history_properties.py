"""Whatever a history tells, and whatever a table of deals told before: it is told once, and taken back whole."""

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import event, given, settings, strategies as st

from funnel_desk.storage import check
from funnel_desk.storage.file import writing_engine
from tests.desks import Clock, a_desk
from tests.exchange.tables import counts, everything, take_in, walked

STAGES = ["suspect", "prospect", "qualified", "committed", "transacted", "fulfilment", "won", "lost"]
MOMENTS = [f"2026-01-0{day}" for day in range(1, 6)] + [f"2026-01-0{day} 1{day}:00" for day in range(1, 6)]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B"]),
        st.sampled_from(STAGES),
        st.sampled_from(MOMENTS),
        st.sampled_from(["", "", *STAGES]),
        st.sampled_from(["", "5", "6"]),
        st.sampled_from(["", "expensive", "because"]),
    ),
    min_size=1,
    max_size=7,
)
DEALS = st.dictionaries(
    st.sampled_from(["A", "B"]),
    st.tuples(
        st.sampled_from(["", *STAGES]),
        st.sampled_from(["", *MOMENTS]),
        st.sampled_from(["", *MOMENTS]),
        st.sampled_from(["", "qualified"]),
        st.sampled_from(["", "7"]),
    ),
    max_size=2,
)


def a_table(header: str, rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([tuple(header.split(",")), *rows])
    return out.getvalue().encode()


@settings(max_examples=settings().max_examples)
@given(ROWS, DEALS, st.booleans())
def test_told_twice_is_told_once(
    rows: list[tuple[str, ...]], deals: dict[str, tuple[str, ...]], history_first: bool
) -> None:
    history = a_table("deal,stage,at,from_stage,value,reason", rows)
    table = a_table("id,stage,created,closed,lost stage,value", [(key, *row) for key, row in deals.items()])
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock("2026-11-02T09:00:00Z")
        desk = a_desk(Path(folder), clock=clock)
        try:
            states = [everything(desk)]
            order = [(table, "deals")] if deals else []
            order.insert(0 if history_first else len(order), (history, "stage-history"))
            for file, what in order:
                report = take_in(desk, file, what=what)
                assert sum(counts(report)) == report.rows
                assert report.rejected == 0
                states.append(everything(desk))
                clock.now = f"2026-11-{len(states) + 5:02}T09:00:00Z"
                again = take_in(desk, file, what=what)
                assert (again.batch, again.unchanged) == (None, again.rows)
            for stays in walked(desk).values():
                moments = [entered for _stage, _ended, entered in stays]
                assert moments == sorted(moments)
            event(f"{len(states)} states")
            for state in reversed(states[:-1]):
                if everything(desk) != state:
                    desk.undo()
                assert everything(desk) == state
            while desk.undo_names()[1] is not None:
                desk.redo()
            assert everything(desk) == states[-1]
        finally:
            desk.close()
        engine = writing_engine(desk.path)
        with engine.connect() as connection:
            assert check.rebuild(connection, "Europe/Minsk") == []
            assert check.findings(connection) == []
        engine.dispose()
