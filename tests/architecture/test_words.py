"""Every sentence a person reads goes through the catalogs: none hides in an f-string, none is put on screen bare."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

HOUSE = Path(__file__).parents[2]
MODULES = sorted((HOUSE / "funnel_desk").rglob("*.py"))
SCREEN = [file for file in MODULES if file.relative_to(HOUSE).parts[1] in {"cli", "ui"}]
MARKS = {"_", "N_", "translate", "ngettext", "pgettext"}
# What puts words on the screen, and the place of the words among the positional arguments.
SHOWS = {
    "Caption": 0, "ChipText": 0, "Column": 1, "Elided": 0, "EmptyState": 2, "KeyButton": 1, "QAction": 0,
    "QCheckBox": 0, "QGroupBox": 0, "QLabel": 0, "QMenu": 0, "QPushButton": 0, "QRadioButton": 0, "RowTable": 1,
    "SectionHeading": 0, "Segmented": 1, "addAction": 0, "addItem": 0, "addItems": 0, "addMenu": 0, "addSection": 0,
    "addTab": 1, "label": 0, "refuse": 0, "say": 0, "setAccessibleDescription": 0, "setAccessibleName": 0,
    "setDetailedText": 0, "setHeaderLabels": 0, "setHorizontalHeaderLabels": 0, "setInformativeText": 0,
    "setLabelText": 0, "setPlaceholderText": 0, "setPrefix": 0, "setStatusTip": 0, "setSuffix": 0, "setText": 0,
    "setTitle": 0, "setToolTip": 0, "setWhatsThis": 0, "setWindowTitle": 0, "tell": 0,
}  # fmt: skip


def test_no_marked_sentence_stands_in_an_f_string() -> None:
    """Babel does not look into f-strings on Python 3.11, so such a sentence never comes into the catalogs."""
    places = [f"{place(file)}:{line}" for file in MODULES for line in marked_in_f_strings(parsed(file))]
    assert not places


def test_no_words_come_onto_the_screen_bare() -> None:
    bare = [f"{place(file)}:{line} {words!r}" for file in SCREEN for line, words in shown_bare(parsed(file))]
    assert not bare


def test_both_faults_would_be_found() -> None:
    assert list(marked_in_f_strings(ast.parse("f'{_(\"Won\")}: {n}'"))) == [1]
    assert not list(marked_in_f_strings(ast.parse("f'{_(word)}: {n}'")))
    bare = "a.setText('Won')\nQLabel(_('Won'))\nlabel(f'{n} won')\nsetToolTip('' if x else 'Lost')\nKeyButton('D', day)"
    assert [line for line, _words in shown_bare(ast.parse(bare))] == [1, 3, 4]


def place(file: Path) -> str:
    """A module by its path within the house."""
    return str(file.relative_to(HOUSE))


def parsed(file: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def marked_in_f_strings(tree: ast.Module) -> Iterator[int]:
    """The lines of f-strings in which a sentence is marked where it is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside = (call for call in ast.walk(node) if isinstance(call, ast.Call) and called(call) in MARKS)
            if any(call.args and isinstance(call.args[0], ast.Constant) for call in inside):
                yield node.lineno


def shown_bare(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The line and the words of each call that shows words which no catalog knows."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in SHOWS:
            nth = SHOWS[called(node)]
            if 0 <= nth < len(node.args):
                yield from ((node.lineno, words) for words in written_in(node.args[nth]) if has_word(words))


def written_in(expression: ast.expr) -> Iterator[str]:
    """The texts written in an expression, those within calls left aside: a translation is one."""
    match expression:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.BoolOp(values=parts):
            for part in parts:
                yield from written_in(part)
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            yield from written_in(one)
            yield from written_in(other)
        case _:
            return


def has_word(text: str) -> bool:
    """Whether two letters stand side by side; a sign such as "n" or "%" is no word."""
    return any(one.isalpha() and other.isalpha() for one, other in pairwise(text))
