"""A new workspace: in which currency, by which playbook, and where it is to lie."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.playbook import Playbook
from funnel_desk.i18n import _
from funnel_desk.ui.dialogs.files import ask_save
from funnel_desk.ui.dialogs.playbooks import PlaybookChoice
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.labels import label

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "PLN", "CZK", "UAH", "BYN", "RUB", "KZT", "CNY", "JPY")
_WIDTH, _HEIGHT = 560, 600

Make = Callable[[Path, str, Playbook], None]


def own_currency() -> str:
    """The currency of the person's system; euro where it has none."""
    return QLocale.system().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode) or "EUR"


class NewFile(QDialog):
    """Asks for all of it, then for the place; `make` is called with the path, the currency and the playbook."""

    def __init__(self, window: QWidget, place: Path, make: Make) -> None:
        super().__init__(window)
        self.setWindowTitle(_("New workspace"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self._window, self._place, self._make = window, place, make
        self._choice = PlaybookChoice()
        self._currency = QComboBox()
        self._currency.setEditable(True)
        self._currency.addItems(list(dict.fromkeys((own_currency(), *CURRENCIES))))
        self._currency.setAccessibleName(_("Currency"))
        self._currency.setMaximumWidth(120)
        go_on = QPushButton(_("Choose where…"), self)
        go_on.setObjectName("new_file.make")
        go_on.setProperty("role", "primary")
        go_on.setDefault(True)
        go_on.clicked.connect(self._ask_where)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        money = QHBoxLayout()
        money.setSpacing(12)
        money.addWidget(label(_("Currency"), "dim"))
        money.addWidget(self._currency)
        money.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addWidget(label(_("How do you sell?"), "title"))
        column.addWidget(scrolling(self._choice), 1)
        column.addLayout(money)
        column.addLayout(row)

    def _ask_where(self) -> None:
        currency, playbook, make = self._currency.currentText().strip().upper(), self._choice.chosen(), self._make
        self.accept()
        name = _("My deals") + ".funnel"
        ask_save(
            self._window,
            self._place / name,
            _("New workspace"),
            _("Workspaces (*.funnel)"),
            "funnel",
            lambda path: make(Path(path), currency, playbook),
        )
