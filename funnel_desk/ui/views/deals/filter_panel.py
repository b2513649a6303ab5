"""The panel in which deals are filtered: what to filter by on the left, its values on the right."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from funnel_desk.domain.deal_filter import SPANS, DealFilter
from funnel_desk.domain.search import folded
from funnel_desk.i18n import _, format_number, translate
from funnel_desk.ui.typed import shown_for_typing, typed_amount
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.filter_words import ATTENTION, FIELDS, PERIODS, SPAN_NAMES, value_name
from funnel_desk.ui.widgets.day_field import DayField
from funnel_desk.ui.widgets.labels import discard, keep_width, label, repolish

Counts = Callable[[str, Callable[[list[tuple[str, int]]], None]], None]
"""Given a field of the filter: hands its values on, and how many deals have each, as soon as they are counted."""

_LEFT, _RIGHT, _HEIGHT, _ROW = 180, 270, 320, 26
_VALUE = Qt.ItemDataRole.UserRole


class FilterPanel(QFrame):
    """`changed` tells the filter each time a part of it was changed. Escape or a click elsewhere closes it."""

    changed = Signal(object)

    def __init__(self, parts: Parts, chosen: DealFilter, counts: Counts, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("deals.filter.panel")
        self.setAccessibleName(_("Filter"))
        self.setProperty("ground", "panel")
        self._parts, self._chosen, self._counts = parts, chosen, counts
        self._makers: list[Callable[[], QWidget]] = []
        self._blanks: list[QWidget] = []
        self._made: set[int] = set()
        self._parts_list = QListWidget()
        self._parts_list.setObjectName("deals.filter.parts")
        self._parts_list.setAccessibleName(_("What to filter by"))
        self._pages = QStackedWidget()
        self._parts_list.setFixedSize(_LEFT, _HEIGHT)
        self._pages.setFixedSize(_RIGHT, _HEIGHT)
        self._add(_("Attention"), self._attention)
        for field, word in FIELDS.items():
            self._add(translate(word), partial(self._values, field))
        for field, word in PERIODS.items():
            self._add(translate(word), partial(self._period, field))
        self._add(_("Value"), self._amount)
        self._parts_list.currentRowChanged.connect(self._show_page)
        clear = QPushButton(_("Clear the filter"))
        clear.setObjectName("deals.filter.clear")
        clear.clicked.connect(self._clear)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._parts_list)
        row.addWidget(self._pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(clear, 0, Qt.AlignmentFlag.AlignLeft)
        self._parts_list.setCurrentRow(0)

    def open_below(self, anchor: QWidget) -> None:
        """Open under a widget, moved so that all of it is on the screen."""
        self.adjustSize()
        place, screen = anchor.mapToGlobal(QPoint(0, anchor.height() + 4)), anchor.screen().availableGeometry()
        self.move(
            max(screen.left(), min(place.x(), screen.right() - self.width())),
            max(screen.top(), min(place.y(), screen.bottom() - self.height())),
        )
        self.show()
        self._parts_list.setFocus()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab leads from what to filter by to its values, which are made later than what stands below."""
        page = self._pages.currentWidget()
        if not (next and self._parts_list.hasFocus() and page is not None):
            return super().focusNextPrevChild(next)
        inside = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        seen = sorted((one for one in inside if one.isVisible()), key=lambda one: one.mapTo(page, QPoint()).y())
        if seen:
            seen[0].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(seen) or super().focusNextPrevChild(next)

    @property
    def count(self) -> int:
        """How many criteria there are."""
        return self._pages.count()

    def show_part(self, place: int) -> None:
        """Show what one criterion offers."""
        self._parts_list.setCurrentRow(place)

    def _add(self, name: str, make: Callable[[], QWidget]) -> None:
        item = QListWidgetItem(name)
        item.setSizeHint(QSize(0, _ROW))
        self._parts_list.addItem(item)
        self._makers.append(make)
        self._blanks.append(QWidget())
        self._pages.addWidget(self._blanks[-1])

    def _show_page(self, place: int) -> None:
        """Pages are made when they are first looked at: counting takes a moment."""
        if place not in self._made:
            self._made.add(place)
            page, column = _page()
            column.addWidget(self._makers[place]())
            self._pages.insertWidget(place, page)
            discard(self._blanks[place])
        self._pages.setCurrentIndex(place)

    def _take(self, **changed: object) -> None:
        self._chosen = replace(self._chosen, **changed)  # type: ignore[arg-type]  # fields of the filter
        self.changed.emit(self._chosen)

    def _clear(self) -> None:
        self._chosen = DealFilter(
            text=self._chosen.text, pipeline_id=self._chosen.pipeline_id, stage_id=self._chosen.stage_id,
            outcomes=self._chosen.outcomes,
        )  # fmt: skip
        self.changed.emit(self._chosen)
        self.close()

    # --- pages -------------------------------------------------------------------------------------------------------

    def _attention(self) -> QWidget:
        made, column = _page()
        for key, word in ATTENTION.items():
            box = QCheckBox(translate(word))
            box.setObjectName(f"deals.filter.{key}")
            box.setChecked(getattr(self._chosen, key))
            box.toggled.connect(lambda on, key=key: self._take(**{key: on}))
            column.addWidget(box)
        hint = label(_("Stalled: untouched for longer than its stage allows, and nothing planned."), "note", wrap=True)
        keep_width(hint, _RIGHT - 8)
        column.addWidget(hint)
        column.addStretch(1)
        return made

    def _values(self, field: str) -> QWidget:
        made, column = _page()
        listed = QListWidget()
        listed.setObjectName(f"deals.filter.{field}")
        listed.setAccessibleName(translate(FIELDS[field]))
        self._counts(field, partial(self._fill, listed, field))
        narrow = QLineEdit()
        narrow.setObjectName(f"deals.filter.{field}.find")
        narrow.setPlaceholderText(_("Find a value"))
        narrow.setAccessibleName(_("Find a value"))
        narrow.textChanged.connect(lambda text: _narrow(listed, text))
        column.addWidget(narrow)
        column.addWidget(listed, 1)
        return made

    def _fill(self, listed: QListWidget, field: str, counted: list[tuple[str, int]]) -> None:
        if not isValid(listed):  # closed before all was counted
            return
        taken: tuple[str, ...] = getattr(self._chosen, field)
        missing = [(value, 0) for value in taken if value not in dict(counted)]
        for value, count in [*counted, *missing]:
            item = QListWidgetItem(f"{value_name(field, value)}  {format_number(count)}")
            item.setData(_VALUE, value)
            item.setSizeHint(QSize(0, _ROW))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in taken else Qt.CheckState.Unchecked)
            listed.addItem(item)
        listed.itemChanged.connect(lambda _item: self._take(**{field: _checked(listed)}))

    def _period(self, field: str) -> QWidget:
        made, column = _page()
        today, span = self._parts.bridge.today(), getattr(self._chosen, field)
        choice = QComboBox()
        choice.setObjectName(f"deals.filter.{field}")
        choice.setAccessibleName(translate(PERIODS[field]))
        choice.addItem(_("Whenever"), "")
        for name in SPANS:
            choice.addItem(translate(SPAN_NAMES[name]), name)
        choice.addItem(_("Between two days"), "..")
        ends = [DayField(self._parts.look, today), DayField(self._parts.look, today)]
        for end, name in zip(ends, (_("From"), _("Until")), strict=True):
            end.setAccessibleName(f"{translate(PERIODS[field])}: {name}")
            end.setPlaceholderText(name)
        named = not span or span in SPAN_NAMES
        choice.setCurrentIndex(choice.findData(span if named else ".."))
        if not named:
            for end, day in zip(ends, span.split(".."), strict=True):
                end.set_day(day or None)

        def take() -> None:
            own = choice.currentData() == ".."
            for end in ends:
                end.setVisible(own)
            first, last = ends[0].day() or "", ends[1].day() or ""
            between = f"{first}..{last}" if (first or last) and not (first and last and last < first) else ""
            self._take(**{field: between if own else choice.currentData()})

        choice.activated.connect(lambda _place: take())
        column.addWidget(choice)
        for end in ends:
            end.setVisible(not named)
            end.editingFinished.connect(take)
            column.addWidget(end)
        column.addStretch(1)
        return made

    def _amount(self) -> QWidget:
        made, column = _page()
        own = self._parts.bridge.desk.workspace.currency
        least, most, currency = QLineEdit(), QLineEdit(), QComboBox()
        known = dict.fromkeys(("", own, "EUR", "USD", "BYN", "RUB", self._chosen.currency))
        for code in known:
            currency.addItem(code or _("Any currency"), code)
        currency.setCurrentIndex(currency.findData(self._chosen.currency))
        shown = self._chosen.currency or own
        for field, name, value in ((least, _("From"), self._chosen.least), (most, _("Up to"), self._chosen.most)):
            field.setPlaceholderText(name)
            field.setAccessibleName(_("{field}: {values}", field=_("Value"), values=name))
            field.setText(shown_for_typing(value, shown))
            column.addWidget(field)
        least.setObjectName("deals.filter.least")
        most.setObjectName("deals.filter.most")
        currency.setObjectName("deals.filter.currency")
        currency.setAccessibleName(_("Currency"))
        column.addWidget(currency)
        column.addStretch(1)

        def take() -> None:
            code = currency.currentData()
            self._take(least=_read(least, code or own), most=_read(most, code or own), currency=code)

        least.editingFinished.connect(take)
        most.editingFinished.connect(take)
        currency.activated.connect(lambda _place: take())
        return made


def _page() -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return made, column


def _read(field: QLineEdit, currency: str) -> int | None:
    """An amount that was typed, in minor units; what cannot be read is marked."""
    amount = typed_amount(field.text(), currency) if field.text().strip() else None
    field.setProperty("wrong", "true" if field.text().strip() and amount is None else "false")
    repolish(field)
    return amount.minor if amount else None


def _checked(listed: QListWidget) -> tuple[str, ...]:
    items = [listed.item(place) for place in range(listed.count())]
    return tuple(str(item.data(_VALUE)) for item in items if item.checkState() == Qt.CheckState.Checked)


def _narrow(listed: QListWidget, text: str) -> None:
    for place in range(listed.count()):
        item = listed.item(place)
        item.setHidden(not all(word in folded(item.text()) for word in folded(text).split()))
