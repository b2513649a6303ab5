"""How the file is to be read: each choice says what was found out, and lets the person say otherwise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from funnel_desk.exchange.plan import ImportOptions
from funnel_desk.exchange.presets import AUTO, NONE, presets
from funnel_desk.i18n import N_, _, language, translate
from funnel_desk.ui.dialogs.import_draft import NEW_PIPELINE, Looked
from funnel_desk.ui.phrases import of
from funnel_desk.ui.widgets.fit_combo import FitCombo
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import label, present

_WHAT = (
    ("deals", N_("deals")),
    ("stage-history", N_("stage histories")),
    ("companies", N_("companies")),
    ("contacts", N_("contacts")),
    ("activities", N_("activities")),
    ("steps", N_("steps")),
)
_ENCODINGS = ("utf-8", "utf-16", "cp1251", "cp1252", "cp866", "koi8-r")
_DELIMITERS = {",": N_("comma ,"), ";": N_("semicolon ;"), "\t": N_("tab"), "|": N_("vertical bar |")}
_ORDERS = {"dmy": N_("31.12.2026"), "mdy": N_("12/31/2026"), "ymd": N_("2026-12-31")}
_DECIMALS = {".": N_("1,234.56"), ",": N_("1 234,56")}
_MATCHES = (
    ("external_id", N_("their external number")),
    ("title+company", N_("title and company")),
    ("none", N_("nothing: all are new")),
)
_MATCHES_OF_PEOPLE = (
    (None, N_("name, with e-mail, phone or company")),
    ("email", N_("e-mail")),
    ("phone", N_("phone")),
    ("none", N_("nothing: all are new")),
)
_ONLY = (("", N_("new and changed")), ("new", N_("only new")), ("changes", N_("only changed")))
_TITLES = {
    "what": N_("The rows are"),
    "preset": N_("Written by"),
    "encoding": N_("Encoding"),
    "delimiter": N_("Separator"),
    "sheet": N_("Sheet"),
    "header_row": N_("Names of columns in row"),
    "date_order": N_("Dates"),
    "decimal": N_("Amounts"),
    "pipeline": N_("Into"),
    "match": N_("Match deals by"),
    "only": N_("Rows to take in"),
}
_HEADER_ROWS = 10
_SAMPLE = 24
_BETWEEN = (b"\n", b"\r", b",", b";", b"\t", b"|", b'"')

Entries = Sequence[tuple[Any, str]]


class ImportChoices(QWidget):
    """Some of the choices, by the names of `ImportOptions`. `changed` carries other options."""

    changed = Signal(object)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._options = ImportOptions()
        self._filling = False
        row = FlowLayout(self, 12)
        self._combos = {name: self._add(row, name) for name in names}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_looked(self, looked: Looked, data: bytes = b"", file: str = "") -> None:
        """Show what was found out, and what was told instead."""
        self._options = looked.told.options
        self._filling = True
        for name, combo in self._combos.items():
            entries, chosen = _ENTRIES[name](looked, data, file)
            _fill(combo, entries, chosen)
            place = combo.parentWidget()
            if place is not None:
                present(place, shown=len(entries) > 1)
        self._filling = False

    def _add(self, row: FlowLayout, name: str) -> QComboBox:
        text = translate(_TITLES[name])
        combo = FitCombo(f"import.{name}", text)
        combo.currentIndexChanged.connect(lambda _place: self._tell(name))
        place = QWidget()
        inside = QHBoxLayout(place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(label(text, "dim"))
        inside.addWidget(combo)
        row.addWidget(place)
        return combo

    def _tell(self, name: str) -> None:
        if self._filling:
            return
        told = self._combos[name].currentData()
        changes: dict[str, Any] = {name: told}
        if name == "what":
            changes = {"what": told or "deals", "any_kind": told is None}
        elif name == "pipeline":
            new = str(told).removeprefix(NEW_PIPELINE) if str(told).startswith(NEW_PIPELINE) else ""
            changes = {"pipeline": "" if new else told, "new_pipeline": new}
        self._options = replace(self._options, **changes)
        self.changed.emit(self._options)


def sample_as(data: bytes, encoding: str) -> str | None:
    """How the first letters beyond ASCII look in an encoding; None where they cannot be read so, empty without any."""
    start = next((place for place, byte in enumerate(data[:100_000]) if byte > 127), -1)  # noqa: PLR2004 - ASCII ends
    if start < 0:
        return ""
    begin = max(data.rfind(sign, 0, start) for sign in _BETWEEN) + 1
    ends = [place for sign in _BETWEEN if (place := data.find(sign, start)) >= 0]
    part = data[begin : min([begin + 2 * _SAMPLE, *ends])]
    text = part.decode(encoding, errors="ignore")
    if not text or text.encode(encoding, errors="ignore") not in {part, part[:-1]}:
        return None
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:_SAMPLE]


def _what(looked: Looked, _data: bytes, _file: str) -> tuple[Entries, object]:
    kinds = [(key, translate(text)) for key, text in _WHAT]
    options = looked.told.options
    return _found(kinds, None if options.any_kind else options.what, looked.what if looked.table else "")


def _preset(looked: Looked, _data: bytes, _file: str) -> tuple[Entries, object]:
    known = [(one.key, one.name.of(language())) for one in presets()]
    looks = looked.preset.name.of(language()) if looked.preset else ""
    first = _("looks like: {program}", program=looks) if looks else _("nothing known")
    return [(AUTO, first), (NONE, _("some other program")), *known], looked.told.options.preset


def _encoding(looked: Looked, data: bytes, _file: str) -> tuple[Entries, object]:
    table = looked.table
    if table is not None and table.sheet:
        return [], None
    entries = []
    for key in _ENCODINGS:
        sample = sample_as(data, key)
        if sample is not None or key == looked.told.options.encoding:
            entries.append((key, _("{encoding}: {sample}", encoding=key, sample=sample) if sample else key))
    return _found(entries, looked.told.options.encoding, _plain(table.encoding) if table else "", say_key=True)


def _plain(encoding: str) -> str:
    return encoding.removesuffix("-sig")


def _delimiter(looked: Looked, _data: bytes, _file: str) -> tuple[Entries, object]:
    table = looked.table
    if table is not None and table.sheet:
        return [], None
    entries = [(key, translate(text)) for key, text in _DELIMITERS.items()]
    return _found(entries, looked.told.options.delimiter, table.delimiter if table else "")


def _sheet(looked: Looked, _data: bytes, _file: str) -> tuple[Entries, object]:
    sheets: Sequence[str] = looked.table.sheets if looked.table else ()
    if looked.problem is not None and isinstance(told := looked.problem.values.get("names"), tuple):
        sheets = [str(one) for one in told]
    chosen = looked.told.options.sheet or (looked.table.sheet if looked.table else None)
    entries = [(name, name) for name in sheets]
    return ([(None, _("choose…")), *entries] if chosen is None and entries else entries), chosen


def _header_row(looked: Looked, _data: bytes, _file: str) -> tuple[Entries, object]:
    rows = [(row, str(row)) for row in range(1, _HEADER_ROWS + 1)]
    return _found(rows, looked.told.options.header_row, looked.table.header_line if looked.table else "")


def _date_order(looked: Looked, _data: bytes, _file: str) -> tuple[Entries, object]:
    orders = [(key, translate(text)) for key, text in _ORDERS.items()]
    found = looked.plan.detected.date_order if looked.plan else ""
    return _found(orders, looked.told.options.date_order, found or "")


def _decimal(looked: Looked, _data: bytes, _file: str) -> tuple[Entries, object]:
    signs = [(key, translate(text)) for key, text in _DECIMALS.items()]
    found = looked.plan.detected.decimal if looked.plan else ""
    return _found(signs, looked.told.options.decimal, found or "")


def _pipeline(looked: Looked, _data: bytes, file: str) -> tuple[Entries, object]:
    if looked.what not in {"deals", "stage-history", "activities"}:
        return [], ""
    options = looked.told.options
    known = [(one.id, of(one.name)) for one in looked.ground.pipelines]
    new = options.new_pipeline or file.rpartition(".")[0] or file or _("Import")
    last = (NEW_PIPELINE + new, _("a new pipeline “{name}”", name=new))
    chosen = last[0] if options.new_pipeline else options.pipeline
    return [("", _("as the file says")), *known, last], chosen


def _match(looked: Looked, _data: bytes, _file: str) -> tuple[Entries, object]:
    if looked.what == "deals":
        return [(key, translate(text)) for key, text in _MATCHES], looked.told.options.match or "external_id"
    if looked.what == "contacts":
        return [(key, translate(text)) for key, text in _MATCHES_OF_PEOPLE], looked.told.options.match
    return [], None


def _only(looked: Looked, _data: bytes, _file: str) -> tuple[Entries, object]:
    if looked.what not in {"deals", "companies", "contacts"}:
        return [], ""
    return [(key, translate(text)) for key, text in _ONLY], looked.told.options.only


_ENTRIES: Mapping[str, Callable[[Looked, bytes, str], tuple[Entries, object]]] = {
    "what": _what,
    "preset": _preset,
    "encoding": _encoding,
    "delimiter": _delimiter,
    "sheet": _sheet,
    "header_row": _header_row,
    "date_order": _date_order,
    "decimal": _decimal,
    "pipeline": _pipeline,
    "match": _match,
    "only": _only,
}


def _found(entries: Entries, told: object, found: object, *, say_key: bool = False) -> tuple[Entries, object]:
    """The first entry leaves it to the program, and says what it found out."""
    text = str(found) if say_key else dict(entries).get(found, str(found))
    first = _("found: {what}", what=text) if found and told is None else _("find out")
    return [(None, first), *entries], told


def _fill(combo: QComboBox, entries: Entries, chosen: object) -> None:
    """Offer these; the same ones again keep the list, and the focus in it."""
    if [(combo.itemData(place), combo.itemText(place)) for place in range(combo.count())] != list(entries):
        combo.clear()
        for key, text in entries:
            combo.addItem(text, key)
    combo.setCurrentIndex(max(0, next((n for n, (key, _text) in enumerate(entries) if key == chosen), 0)))
