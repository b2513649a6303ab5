"""The menu in which the columns of the list are chosen."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolButton

from funnel_desk.i18n import _
from funnel_desk.ui.views.deals.columns import USUAL
from funnel_desk.ui.views.deals.model import DealsModel
from funnel_desk.ui.views.deals.staying_menu import StayingMenu
from funnel_desk.ui.views.deals.table import DealTable


def choose_columns(button: QToolButton, table: DealTable, model: DealsModel) -> None:
    """Open the menu under a button; each tick shows at once, the title always stays."""
    menu = StayingMenu(button)
    menu.setObjectName("deals.columns.menu")
    menu.aboutToHide.connect(menu.deleteLater)

    def tick(key: str, *, on: bool) -> None:
        left = [one for one in table.chosen_columns if one != key]
        table.show_columns(model.columns, [*left, key] if on else left)

    for one in model.columns:
        action = menu.addAction(one.title.replace("&", "&&"))
        action.setObjectName(f"deals.column.{one.key}")
        action.setCheckable(True)
        action.setChecked(one.key in table.chosen_columns)
        action.setEnabled(one.key != "title")
        action.toggled.connect(lambda on, key=one.key: tick(key, on=on))
    menu.addSeparator()
    menu.addAction(_("The usual columns")).triggered.connect(lambda: table.show_columns(model.columns, USUAL))
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
