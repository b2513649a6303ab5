from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from funnel_desk.ui.models.paged import PAGE_ROWS, Column, PagedModel
from funnel_desk.ui.models.sections import Entry, Heading, Section, SectionsModel
from funnel_desk.ui.models.steps import StepLine, StepsModel
from funnel_desk.ui.models.timeline import TimelineLine, TimelineModel
from funnel_desk.ui.painting import ChipText


@dataclass(frozen=True)
class Thing:
    name: str


class Store:
    """Things by key, and how often somebody asked for a page of them."""

    def __init__(self, count: int) -> None:
        self.things = {key: Thing(f"thing {key}") for key in range(count)}
        self.asked: list[list[int]] = []

    def fetch(self, keys: Sequence[int]) -> dict[int, Thing]:
        self.asked.append(list(keys))
        return {key: self.things[key] for key in keys if key in self.things}


def paged(store: Store) -> PagedModel[Thing]:
    columns: list[Column[Thing]] = [Column("name", "Name", name_of, sort="name"), Column("n", "N", len_of)]
    return PagedModel(columns, store.fetch)


def name_of(row: Thing) -> str:
    return row.name


def len_of(row: Thing) -> str:
    return str(len(row.name))


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)


def texts(model: QAbstractItemModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_only_the_pages_that_are_looked_at_are_fetched(qapp: QApplication) -> None:
    store = Store(100_000)
    model = paged(store)
    model.show_keys(range(100_000))
    assert model.rowCount() == 100_000
    assert store.asked == []
    assert model.index(50_000, 0).data() == "thing 50000"
    assert model.index(50_001, 1).data() == "11"
    assert len(store.asked) == 1
    assert len(store.asked[0]) == PAGE_ROWS


def test_a_page_that_was_not_looked_at_for_long_is_let_go(qapp: QApplication) -> None:
    store = Store(PAGE_ROWS * 100)
    model = paged(store)
    model.show_keys(range(PAGE_ROWS * 100))
    for page in range(100):
        model.row(page * PAGE_ROWS)
    assert len(model._pages) < 100
    model.row(99 * PAGE_ROWS)
    assert len(store.asked) == 100


def test_the_same_keys_again_read_their_rows_anew_and_keep_the_selection(qapp: QApplication) -> None:
    store = Store(10)
    model = paged(store)
    keep = watched(model)
    model.show_keys([3, 1, 2])
    assert texts(model) == ["thing 3", "thing 1", "thing 2"]
    held = model.index(1, 0)
    store.things[1] = Thing("another")
    assert not model.show_keys([3, 1, 2])
    assert held.data() == "another"
    assert model.show_keys([2, 1])
    assert texts(model) == ["thing 2", "another"]
    assert model.place_of(1) == 1
    assert model.place_of(3) == -1
    assert keep is not None


def test_a_row_that_is_gone_is_empty(qapp: QApplication) -> None:
    store = Store(3)
    model = paged(store)
    model.show_keys([0, 1, 2])
    del store.things[1]
    assert [model.index(row, 0).data() for row in range(3)] == ["thing 0", None, "thing 2"]


def test_sorting_is_asked_for_by_the_name_that_the_query_knows(qapp: QApplication) -> None:
    model = paged(Store(1))
    asked: list[tuple[str, bool]] = []
    model.sort_wanted.connect(lambda name, descending: asked.append((name, descending)))
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.sort(1)
    assert asked == [("name", True)]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Name"
    model.show_keys([0])
    assert model.columnCount(model.index(0, 0)) == 0


def sections() -> list[Section]:
    late = Entry("a", "North · gates", "Offer: call", "call", ChipText("2 days", "bad"), "12 €")
    return [
        Section(Heading("Overdue", 1), (late,)),
        Section(Heading("Today", 0), ()),
        Section(Heading("Stalled", 1), (Entry("b", "South", "Details", "hourglass"),)),
    ]


def test_sections_without_rows_are_left_out_and_headings_cannot_be_chosen(qapp: QApplication) -> None:
    model = SectionsModel()
    keep = watched(model)
    assert model.show_sections(sections())
    assert not model.show_sections(sections())
    assert texts(model) == ["Overdue", "North · gates", "Stalled", "South"]
    assert [model.flags(model.index(row)) == Qt.ItemFlag.NoItemFlags for row in range(4)] == [True, False, True, False]
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "2 days, North · gates, Offer: call, 12 €"
    assert model.index_of("b").row() == 3
    assert not model.index_of("c").isValid()
    assert model.entry(QModelIndex()) is None
    assert keep is not None


def test_a_tick_is_asked_for_and_not_taken(qapp: QApplication) -> None:
    asked: list[tuple[str, bool]] = []

    def tick(step: StepLine, wanted: bool) -> bool:
        asked.append((step.key, wanted))
        return True

    model = StepsModel(tick)
    keep = watched(model)
    model.show_steps([StepLine("a", "Ask"), StepLine("b", "Send", done=True), StepLine("c", "Old", may_tick=False)])
    assert model.setData(model.index(0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert not model.setData(model.index(1), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert not model.setData(model.index(2), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert asked == [("a", True)]
    assert model.index(0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    model.show_steps([StepLine("a", "Ask", done=True), StepLine("b", "Send", next=True), StepLine("c", "Old")])
    assert model.index(0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.place_of_next() == 1
    assert keep is not None


def test_the_timeline_is_read_line_by_line(qapp: QApplication) -> None:
    model = TimelineModel()
    keep = watched(model)
    model.show_lines([TimelineLine("1", "24 Nov", "No answer", "call, 1 min")])
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "24 Nov, No answer, call, 1 min"
    assert model.data(model.index(0), Qt.ItemDataRole.DecorationRole) is None
    assert keep is not None


@pytest.mark.parametrize("count", [0, 1, PAGE_ROWS, PAGE_ROWS + 1])
def test_any_number_of_rows_satisfies_qt(qapp: QApplication, count: int) -> None:
    model = paged(Store(count))
    keep = watched(model)
    model.show_keys(range(count))
    model.show_keys(range(count // 2))
    assert model.rowCount() == count // 2
    assert keep is not None
