"""A walk through all that can be seen: every view with what it can show, and every dialog, each by a name."""

import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QMenu,
)

from funnel_desk import i18n
from funnel_desk.app import open_window
from funnel_desk.domain.qualification import QUESTIONS
from funnel_desk.domain.stakeholder import ATTITUDES, PARTS
from funnel_desk.operations.aftercare import raise_claim, wait_for
from funnel_desk.operations.commitment import flag_risk, request_terms, set_condition
from funnel_desk.operations.deals import edit_deal
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.operations.feedback import write_feedback
from funnel_desk.operations.obstacles import raise_obstacle
from funnel_desk.operations.qualification import answer_question
from funnel_desk.operations.stakeholders import add_stakeholder
from funnel_desk.queries.calls import due_calls
from funnel_desk.queries.contacts import contact_keys, contact_rows
from funnel_desk.queries.deals import DealFilter, deal_ids
from funnel_desk.storage.acts import Author
from funnel_desk.storage.journal import Batch
from funnel_desk.ui import dialogs as all_dialogs, views
from funnel_desk.ui.call.objections import Objections
from funnel_desk.ui.call.page import CallPage
from funnel_desk.ui.dialogs.erase_person import ErasePersonDialog
from funnel_desk.ui.dialogs.export_file import ExportDialog, ViewColumns
from funnel_desk.ui.dialogs.import_file import ImportDialog
from funnel_desk.ui.dialogs.merge_file import MergeDialog
from funnel_desk.ui.dialogs.new_file import NewFile
from funnel_desk.ui.dialogs.playbooks import ChoosePlaybook
from funnel_desk.ui.dialogs.profile import ProfileDialog
from funnel_desk.ui.dialogs.reminders import RemindersDialog
from funnel_desk.ui.dialogs.trouble import show_trouble
from funnel_desk.ui.route import CloseAsLost, NewDeal, StartCalls
from funnel_desk.ui.view import Page, Parts, listed
from funnel_desk.ui.views.deals.filter_panel import FilterPanel
from funnel_desk.ui.views.deals.listing import Listing
from funnel_desk.ui.views.playbooks.page import PlaybooksPage
from funnel_desk.ui.widgets.master_detail import MasterDetail
from funnel_desk.ui.widgets.segmented import Segmented
from funnel_desk.ui.widgets.two_line import TwoLineView
from funnel_desk.ui.window import Window

TABLE = "Title;Stage;Value;Created\nGate;Suspect;1200;03/04/2026\nYard;Nowhere;x;05/06/2026\n"
SWITCHES = ("today.switch", "customers.switch", "deals.kind", "funnel.switch", "forecast.switch")
_MOST_ROWS = 2
_PATIENCE = 20.0  # seconds


@operation("Know all of a deal")
def know_all_of(batch: Batch, deal_id: str) -> None:
    """One of every fact; their words are figures, which are the same in every language."""
    edit_deal(batch, deal_id, probability=7000, expected_close="2026-12-01")
    for question in QUESTIONS:
        answer_question(batch, deal_id, question, met=question == "need", evidence="2026")
    for part in PARTS:
        add_stakeholder(batch, deal_id, "1", part, attitude=ATTITUDES[PARTS.index(part)])
    raise_obstacle(batch, deal_id, "2", kind="process", answer="3")
    set_condition(batch, deal_id, "4", due="2026-12-01")
    flag_risk(batch, deal_id, "no_decision_maker")
    request_terms(batch, deal_id, "payment", discount=1000)
    wait_for(batch, deal_id, "5", expected_on="2026-12-01")
    raise_claim(batch, deal_id, "6", kind="documents")
    write_feedback(batch, deal_id, "other", "7")


def opened(path: Path, language: str, size: tuple[int, int]) -> Iterator[Window]:
    """The window on a file, as the program opens it; closed afterwards."""
    window = open_window(path, lang=language)
    try:
        window.resize(*size)
        settle(window)
        yield window
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def scenes(window: Window) -> Iterator[str]:
    """Show one thing after another in every view, each by its name."""
    for view in listed(views):
        window.go(view.key)
        settle(window)
        yield view.key
        yield from _rows(window, view.key)
        yield from _today(window, view.key)
        yield from _switched(window, view.key)
    yield from _list_of_deals(window)
    deals = parts(window).bridge.ask(deal_ids, DealFilter())
    for name, destination in (("card", deals[0]), ("lost form", CloseAsLost(deals[0])), ("new deal", NewDeal())):
        parts(window).route.go("deals", destination)
        settle(window)
        yield f"deals, {name}"
    parts(window).route.go("deals", deals[0])
    yield from _sections(window, deals)
    for button in ("card.change", "card.plan"):
        _press(window, button)
        yield f"deals, {button}"
    yield from _playbook_scenes(window)
    yield from _calls(window)
    parts(window).bridge.tell(i18n._("Saved"))
    yield "message"


def _list_of_deals(window: Window) -> Iterator[str]:
    """Several chosen with a filter, and each page of the panel in which deals are filtered."""
    window.go("deals")
    shown = window.findChildren(Listing)[0]
    shown.show_filter(DealFilter(created="this_year", kinds=("new",), without_action=False))
    shown.table.selectAll()
    settle(window)
    yield "deals, several chosen"
    shown.bar.open_panel()
    panel = window.findChildren(FilterPanel)[-1]
    for place in range(panel.count):
        panel.show_part(place)
        settle(window)
        yield f"deals, filter {place}"
    panel.close()
    shown.show_filter(DealFilter())


def _calls(window: Window) -> Iterator[str]:
    """Two calls: an objection heard and one that nobody knows, a call left unfinished, and the end of the queue."""
    bridge, route = parts(window).bridge, parts(window).route
    ids = bridge.ask(due_calls, bridge.today())[:2]
    route.go("call", StartCalls(ids))
    settle(window)
    yield "call"
    page = cast("CallPage", window.page())
    objections = page.findChildren(Objections)[0]
    objections.use()
    objections.search.setText("2026 2026")
    settle(window)
    yield "call, objections"
    page._foot.note.setPlainText("2026")
    page.leave_crumb()
    settle(window)
    yield "today, unfinished call"
    route.go("call", StartCalls(ids))
    for result in ("refused", "no_answer"):
        page._answer(result)
        settle(window)
        yield f"call, {result}"
    for _call in ids:
        bridge.undo()


def _playbook_scenes(window: Window) -> Iterator[str]:
    """Each kind of thing that is written about a pipeline, a playbook to read, and the pages of the builder."""
    window.go("playbooks")
    page = cast("PlaybooksPage", window.page())
    page.list.choose(next(iter(page._lines)))
    page._both.open_detail()
    outline = page.detail.outline
    nodes = [item.data(0, Qt.ItemDataRole.UserRole + 1) for item in outline._items()]
    for key, node in {node.kind: node for node in nodes}.items():
        outline.choose(node.key)
        if key == "step":
            page.detail.editor.offer.offer(page.detail.pipeline_id, node, "step", "say")
        settle(window)
        yield f"playbooks, {key}"
    page._both.close_detail()
    page.list.choose(next(iter(page._books)))
    page._both.open_detail()
    settle(window)
    yield "playbooks, to read"
    page._both.close_detail()
    page.build()
    page.builder._what.direction.setText("Gate")
    for number in range(7):
        settle(window)
        yield f"playbooks, builder {number + 1}"
        if number < 6:
            page.builder._go(1)
    page.builder.left.emit()


def _sections(window: Window, deals: list[str]) -> Iterator[str]:
    """The sections of the card, each with its form open, and all of them full."""
    desk, deal_id = parts(window).bridge.desk, deals[0]
    desk.run(know_all_of, deal_id)
    settle(window)
    yield "deals, full card"
    for section in ("people", "obstacles", "terms", "after", "feedback", "fields"):
        _press(window, f"{section}.add")
        for menu in window.findChildren(QMenu):
            if menu.objectName() == f"{section}.adds":
                menu.actions()[-1].trigger()
                menu.close()
        settle(window)
        yield f"deals, form of {section}"
        _press(window, f"{section}.cancel")


def _today(window: Window, key: str) -> Iterator[str]:
    """What only the page of today can show: by company, several rows chosen, and the form in which deals are rested."""
    listed, group = window.findChild(TwoLineView, "today.list"), window.findChild(Segmented, "today.group")
    if key != "today" or listed is None or group is None:
        return
    for choice in ("company", "time"):
        group.choose(choice)
        settle(window)
        yield f"today, by {choice}"
    listed.selectAll()
    settle(window)
    for both in cast("Page", window.page()).findChildren(MasterDetail):
        both.open_detail()
    yield "today, several chosen"
    _press(window, "today.rest")
    yield "today, rest"
    _press(window, "rest.cancel")
    for both in cast("Page", window.page()).findChildren(MasterDetail):
        both.close_detail()


def _rows(window: Window, key: str) -> Iterator[str]:
    """Choose the first rows of each list in turn; in a narrow window what is chosen slides over the list."""
    page = cast("Page", window.page())
    for table in [one for one in page.findChildren(QAbstractItemView) if one.isVisible() and one.model() is not None]:
        for row in range(min(_MOST_ROWS, table.model().rowCount())):
            table.setCurrentIndex(table.model().index(row, 0))
            for both in page.findChildren(MasterDetail):
                both.open_detail()
            settle(window)
            yield f"{key}, row {row} of {table.objectName() or type(table).__name__}"
            for both in page.findChildren(MasterDetail):
                both.close_detail()


def _switched(window: Window, key: str) -> Iterator[str]:
    """Take each choice of the switches that show another page in the same view."""
    page = cast("Page", window.page())
    for name in SWITCHES:
        switch = page.findChild(Segmented, name)
        if switch is None:
            continue
        choices = switch.keys()
        for part in choices:
            switch.choose(part)
            settle(window)
            yield f"{key}, {name} {part}"
            yield from _rows(window, f"{key}, {part}")
        switch.choose(choices[0])


def dialog_classes() -> set[type[QDialog]]:
    """The dialogs that the folder of dialogs defines."""
    modules = [import_module(f"{all_dialogs.__name__}.{found.name}") for found in iter_modules(all_dialogs.__path__)]
    return {
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, QDialog) and one.__module__ == module.__name__
    }


def dialogs(window: Window, folder: Path) -> Iterator[QDialog]:
    """One dialog after another."""
    table = folder / "table.csv"
    table.write_text(TABLE, encoding="utf-8")
    yield ProfileDialog(window)
    yield RemindersDialog(window, parts(window).memory, lambda: None, in_tray=True)
    yield RemindersDialog(window, parts(window).memory, lambda: None, in_tray=False)
    yield NewFile(window, folder, lambda _path, _currency, _playbook: None)
    yield ChoosePlaybook(window, lambda _playbook: None)
    yield ExportDialog(window, parts(window), DealFilter(text="a"))
    yield ExportDialog(window, parts(window), DealFilter(text="a"), ViewColumns(("title", "value")))
    yield ImportDialog(window, parts(window))
    yield ImportDialog(window, parts(window), str(table))
    yield _merge_dialog(window, folder)
    first = parts(window).bridge.ask(contact_keys)[:1]
    yield ErasePersonDialog(window, parts(window), parts(window).bridge.ask(contact_rows, first)[0].contact)
    yield show_trouble(window, i18n._("The file could not be used."))


def _merge_dialog(window: Window, folder: Path) -> QDialog:
    """Somebody else's file, read to its end."""
    other = folder / "other.funnel"
    Desk.create(other, Author("bo", "Bo"), currency="EUR", time_zone="Europe/Minsk")
    dialog = MergeDialog(window, parts(window), other)
    settle(window)
    return dialog


def parts(window: Window) -> Parts:
    """What the views of a window share."""
    assert window._parts is not None
    return window._parts


def _press(window: Window, name: str) -> None:
    button = window.findChild(QAbstractButton, name)
    if button is not None and button.isVisible():
        button.click()
    settle(window)


def settle(window: Window) -> None:
    """Wait until nothing is being counted and everything has its place."""
    until = time.monotonic() + _PATIENCE
    for _round in range(3):
        QApplication.processEvents()
        while parts(window).jobs._running and time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.005)
    QApplication.processEvents()
