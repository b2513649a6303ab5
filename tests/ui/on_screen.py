"""What a person can read in a window: the words of its widgets, where they are cut off, and which are only data."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QTableView,
    QTextEdit,
    QToolButton,
    QWidget,
)

from funnel_desk.domain.pipeline import NO_WORDS, Step
from funnel_desk.domain.results import call_results
from funnel_desk.operations.playbooks import shipped
from funnel_desk.ui.phrases import KINDS
from funnel_desk.ui.widgets.labels import Elided, Paragraph

_MARK = re.compile(r"\[[^\[\]]*~+\]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_APART = re.compile(r" · |, |: |; |\. |\n| – | → |<[^<>]*>")
_AROUND = " –“”\"'()·…0123456789"
_TOLERANCE = 2  # px
_MOST_ROWS = 12
# Names that are the same in every language: days and months come from the locale, keys from the keyboard.
_EVERYWHERE = re.compile(
    r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
    r"|\b(Ctrl|Shift|Alt|Esc|Enter|Return|Space|Del|Tab|Home|End)\b|\bF\d+\b|\b(English|Русский|Funnel Desk)\b"
    r"|\.(csv|png|svg|pdf|funnel)\b|\b[A-Z]{3}\b|\b(utf|cp|koi)[-\w]*"
)


class Data:
    """What the file says itself, which no catalog knows: titles, people, playbooks, the file's own name."""

    def __init__(self, path: Path, *more: str) -> None:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        names = [str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = (cell for name in names for row in connection.execute(f'SELECT * FROM "{name}"') for cell in row)
        texts = [cell for cell in cells if isinstance(cell, str)]
        connection.close()
        texts += [path.name, str(path), *more, *(repr(playbook) for playbook in shipped())]
        steps = (Step(kind, "p", "s", kind, NO_WORDS, kind, 0) for kind in KINDS)
        texts += [result.label.en for step in steps for result in call_results(step)]
        self._texts = _plain("\n".join(texts))

    def knows(self, words: str) -> bool:
        """Whether it says these words."""
        return _plain(words) in self._texts


def untranslated(top: QWidget, data: Data) -> list[str]:
    """The words of the pseudo language's screen that came from no catalog and from no file."""
    found = dict.fromkeys(f"{where} {left!r}" for where, text in texts_of(top) if (left := unmarked(text, data)))
    return list(found)


def unmarked(text: str, data: Data) -> str:
    """What of a text is neither bracketed by the pseudo language nor data."""
    before = None
    while before != text:  # a bracketed sentence may carry another one
        before, text = text, _MARK.sub(" · ", text)
    parts = (_EVERYWHERE.sub("", part.replace("&&", "&")).strip(_AROUND) for part in _APART.split(text))
    left = [part for part in parts if _WORD.search(part) and not data.knows(part)]
    return " | ".join(left)


def texts_of(top: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of the visible widgets, with where it stands."""
    yield "title", top.windowTitle()
    for widget in visible(top):
        where = _name(widget)
        match widget:
            case QLabel() | QAbstractButton():
                yield where, widget.text()
            case QGroupBox():
                yield where, widget.title()
            case QLineEdit():
                yield where, widget.placeholderText()
            case QPlainTextEdit() | QTextEdit():
                yield where, widget.placeholderText()
            case QComboBox():
                yield from ((where, widget.itemText(place)) for place in range(widget.count()))
            case QMenu():
                yield from ((where, action.text()) for action in widget.actions())
            case QAbstractItemView() if widget.model() is not None:
                yield from ((where, text) for text in _cells(widget))
            case _:
                pass
        for text in (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()):
            yield f"{where} (hint)", text
    yield from (("action", action.text()) for action in top.findChildren(QAction))


def cut_off(top: QWidget, *, headers: bool) -> list[str]:
    """The labels and buttons, with `headers` those of tables too, whose words do not fit in their place."""
    found = [words for widget in visible(top) for words in _cut(widget)]
    if headers:
        tables = (widget for widget in visible(top) if isinstance(widget, QTableView) and widget.model() is not None)
        found += [words for table in tables for words in _cut_headers(table)]
    return list(dict.fromkeys(found))


def visible(top: QWidget) -> list[QWidget]:
    """The widgets that are shown, the top one too."""
    return [top, *(widget for widget in top.findChildren(QWidget) if widget.isVisible())]


def _cut(widget: QWidget) -> Iterator[str]:
    match widget:
        case Elided():
            return
        case QLabel() if isinstance(widget, Paragraph) or widget.wordWrap():
            wanted, given = widget.heightForWidth(widget.width()), widget.height()
        case QLabel() | QPushButton() | QToolButton() | QCheckBox() | QRadioButton():
            wanted, given = widget.sizeHint().width(), widget.width()
        case QAbstractButton() if widget.text() in widget.toolTip():
            return  # draws itself, with an ellipsis where it has to, and its hint says the whole
        case QAbstractButton():
            wanted, given = widget.fontMetrics().horizontalAdvance(widget.text()), widget.width()
        case _:
            return
    if widget.text() and wanted > given + _TOLERANCE:
        yield f"{_name(widget)} {widget.text()!r} wants {wanted} px and has {given}"


def _cut_headers(table: QTableView) -> Iterator[str]:
    header, font = table.horizontalHeader(), table.horizontalHeader().fontMetrics()
    margin = 2 * header.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMargin, None, header)
    for section in range(header.count()):
        text = _header(table.model(), section)
        wanted, given = font.horizontalAdvance(text) + margin, header.sectionSize(section)
        if not header.isHidden() and not header.isSectionHidden(section) and wanted > given + _TOLERANCE:
            yield f"{_name(table)} header {text!r} wants {wanted} px and has {given}"


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for column in range(model.columnCount() if isinstance(view, QTableView) else 1):
        if isinstance(view, QTableView):
            yield _header(model, column)
            yield str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) or "")
        for row in range(min(model.rowCount(), _MOST_ROWS)):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                said = index.data(role)
                if isinstance(said, str):
                    yield said


def _header(model: QAbstractItemModel, section: int) -> str:
    return str(model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")


def _name(widget: QWidget) -> str:
    return widget.objectName() or type(widget).__name__


def _plain(text: str) -> str:
    return " ".join(text.replace("**", "").replace("\\n", " ").split()).casefold()
