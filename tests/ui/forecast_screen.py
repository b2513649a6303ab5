"""What tests say of the forecast on screen: its parts by name, what is written there, goals and deals typed in."""

from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QWidget

from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.ui.views.forecast.page import ForecastPage
from funnel_desk.ui.views.forecast.plan import PlanPart
from funnel_desk.ui.window import Window

W = TypeVar("W", bound=QWidget)
DEALS = 120


def page(window: Window) -> ForecastPage:
    return cast("ForecastPage", window.page())


def plan(window: Window, goal: str = "") -> PlanPart:
    """The plan, for a goal if one is typed."""
    page(window).show_part("plan")
    if goal:
        type_goal(window, goal)
    return cast("PlanPart", page(window).part)


def desk(window: Window) -> Desk:
    assert window._parts is not None
    return window._parts.bridge.desk


def find(window: Window, kind: type[W], name: str) -> W:
    found = window.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def said(window: Window, name: str) -> str:
    return find(window, QLabel, name).text()


def notes(window: Window) -> str:
    """All that labels say now."""
    QApplication.processEvents()
    shown = [one for one in page(window).findChildren(QLabel) if one.isVisibleTo(window)]
    return "\n".join(one.text() for one in shown)


def shown_view(window: Window) -> str:
    shown = window.page()
    return shown.objectName() if shown else ""


def type_goal(window: Window, text: str) -> None:
    goal = find(window, QLineEdit, "forecast.goal")
    goal.selectAll()
    QTest.keyClicks(goal, text)
    QTest.keyClick(goal, Qt.Key.Key_Return)


def enter(window: Window, title: str, value: int | None = 10_000_00, **fields: object) -> str:
    return desk(window).run(new_deal, title=title, value=value, **fields).id  # type: ignore[arg-type]


def chance_of(window: Window, key: str) -> int:
    rows = desk(window).read(pipelines)[0].stages
    return next(row.stage.probability for row in rows if row.stage.key == key)


def titles(window: Window) -> list[str]:
    model = find(window, QTableView, "deals.table").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]
