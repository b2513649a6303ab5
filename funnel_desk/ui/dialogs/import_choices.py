"""How the file is to be read: each choice says what was found out, and lets the person say otherwise."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from funnel_desk.exchange.plan import ImportOptions
from funnel_desk.i18n import N_, _, translate
from funnel_desk.ui.dialogs.import_draft import Looked
from funnel_desk.ui.phrases import of
from funnel_desk.ui.widgets.fit_combo import FitCombo
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import label, present

_WHAT = (("deals", N_("deals")), ("stage-history", N_("stage histories")))
_ENCODINGS = ("utf-8", "utf-16", "cp1251", "cp1252", "cp866", "koi8-r")
_DELIMITERS = {",": N_("comma ,"), ";": N_("semicolon ;"), "\t": N_("tab"), "|": N_("vertical bar |")}
_ORDERS = {"dmy": N_("31.12.2026"), "mdy": N_("12/31/2026"), "ymd": N_("2026-12-31")}
_DECIMALS = {".": N_("1,234.56"), ",": N_("1 234,56")}
_MATCHES = (
    ("external_id", N_("their external number")),
    ("title+company", N_("title and company")),
    ("none", N_("nothing: all are new")),
)


class ImportChoices(QWidget):
    """`changed` carries other `ImportOptions`."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._options = ImportOptions()
        self._filling = False
        row = FlowLayout(self, 12)
        self.what = self._add(row, "import.what", _("The rows are"))
        self.encoding = self._add(row, "import.encoding", _("Encoding"))
        self.delimiter = self._add(row, "import.delimiter", _("Separator"))
        self.date_order = self._add(row, "import.date_order", _("Dates"))
        self.decimal = self._add(row, "import.decimal", _("Amounts"))
        self.pipeline = self._add(row, "import.pipeline", _("Into"))
        self.match = self._add(row, "import.match", _("Match deals by"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_looked(self, looked: Looked) -> None:
        """Show what was found out, and what was told instead."""
        self._options = options = looked.told.options
        plan, table = looked.plan, looked.table
        self._filling = True
        _fill(self.what, [(key, translate(text)) for key, text in _WHAT], options.what)
        encoding = table.encoding.removesuffix("-sig") if table else ""
        _fill_found(self.encoding, [(key, key) for key in _ENCODINGS], options.encoding, encoding, encoding)
        delimiters = [(key, translate(text)) for key, text in _DELIMITERS.items()]
        sign = table.delimiter if table else ""
        _fill_found(self.delimiter, delimiters, options.delimiter, sign, dict(delimiters).get(sign, sign))
        order, decimal = (plan.detected.date_order, plan.detected.decimal) if plan else (None, None)
        orders = [(key, translate(text)) for key, text in _ORDERS.items()]
        _fill_found(self.date_order, orders, options.date_order, order or "", dict(orders).get(order or "", ""))
        decimals = [(key, translate(text)) for key, text in _DECIMALS.items()]
        _fill_found(self.decimal, decimals, options.decimal, decimal or "", dict(decimals).get(decimal or "", ""))
        pipelines = [(one.id, of(one.name)) for one in looked.ground.pipelines]
        _fill(self.pipeline, [("", _("as the file says")), *pipelines], options.pipeline)
        _fill(self.match, [(key, translate(text)) for key, text in _MATCHES], options.match or "external_id")
        self._filling = False
        present(self._place_of(self.pipeline), shown=len(pipelines) > 1)
        present(self._place_of(self.match), shown=options.what == "deals")

    def _add(self, row: FlowLayout, name: str, text: str) -> QComboBox:
        combo = FitCombo(name, text)
        combo.currentIndexChanged.connect(self._tell)
        place = QWidget()
        inside = QHBoxLayout(place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(label(text, "dim"))
        inside.addWidget(combo)
        row.addWidget(place)
        return combo

    def _place_of(self, combo: QComboBox) -> QWidget:
        place = combo.parentWidget()
        return place if place is not None else combo

    def _tell(self) -> None:
        if self._filling:
            return
        self._options = replace(
            self._options,
            what=self.what.currentData(),
            encoding=self.encoding.currentData(),
            delimiter=self.delimiter.currentData(),
            date_order=self.date_order.currentData(),
            decimal=self.decimal.currentData(),
            pipeline=self.pipeline.currentData() or "",
            match=self.match.currentData(),
        )
        self.changed.emit(self._options)


def _fill(combo: QComboBox, entries: Sequence[tuple[str | None, str]], chosen: str | None) -> None:
    """Offer these; the same ones again keep the list, and the focus in it."""
    if [(combo.itemData(place), combo.itemText(place)) for place in range(combo.count())] != list(entries):
        combo.clear()
        for key, text in entries:
            combo.addItem(text, key)
    combo.setCurrentIndex(max(0, next((n for n, (key, _text) in enumerate(entries) if key == chosen), 0)))


def _fill_found(
    combo: QComboBox, entries: Sequence[tuple[str, str]], told: str | None, found: str, found_text: str
) -> None:
    """The first entry leaves it to the program, and says what it found out."""
    first = _("found: {what}", what=found_text) if found and told is None else _("find out")
    _fill(combo, [(None, first), *entries], told)
