"""The house rules that no linter knows: sizes, names, broad excepts, globals, problems that can say their sentence."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
MODULES = sorted((HOUSE / "funnel_desk").rglob("*.py"))
CHECKED = [*MODULES, *sorted((HOUSE / "tests").rglob("*.py")), *sorted((HOUSE / "packaging").rglob("*.py"))]
ROOMS = {"cli", "ui", "charts", "exchange", "operations", "queries", "storage", "domain"}
MOST_LINES = 400
MOST_BROAD_EXCEPTS = 2


def test_rooms_are_these() -> None:
    rooms = {place.parent.name for place in (HOUSE / "funnel_desk").glob("*/__init__.py")}
    assert rooms == ROOMS


def test_no_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc"}
    assert not [file for file in MODULES if drawers & {*file.stem.split("_"), file.parent.name}]


def test_each_room_says_what_it_is() -> None:
    silent = [file for file in MODULES if not ast.get_docstring(parsed(file))]
    assert not silent


def test_files_stay_readable() -> None:
    lengths = {str(file.relative_to(HOUSE)): len(file.read_text(encoding="utf-8").splitlines()) for file in CHECKED}
    assert not {name: lines for name, lines in lengths.items() if lines > MOST_LINES}


def test_broad_excepts_stand_in_two_places_at_most() -> None:
    places = [f"{file.relative_to(HOUSE)}:{line}" for file in MODULES for line in broad_excepts(parsed(file))]
    assert len(places) <= MOST_BROAD_EXCEPTS, places


def test_nothing_is_global() -> None:
    places = [
        f"{file.relative_to(HOUSE)}:{node.lineno}"
        for file in MODULES
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Global)
    ]
    assert not places


def test_architecture_can_be_read_in_one_go() -> None:
    assert len((HOUSE / "funnel_desk" / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) < 200


def test_packaging_shadows_no_library() -> None:
    assert not (HOUSE / "packaging" / "__init__.py").exists()


def test_each_problem_says_its_own_sentence() -> None:
    assert not [name for name, message in problem_classes().items() if message is None]


def test_problems_are_raised_with_what_their_sentence_needs() -> None:
    needed = {name: placeholders(message or "") for name, message in problem_classes().items()}
    short = [
        f"{file.relative_to(HOUSE)}:{call.lineno} {name} lacks {sorted(needed[name] - given)}"
        for file in MODULES
        for name, call, given in raised(parsed(file))
        if name in needed and not needed[name] <= given
    ]
    assert not short


@pytest.mark.parametrize("name", ["README.md", "Makefile", "constraints.txt", "packaging/CHANGELOG.md", ".ci/run"])
def test_the_house_has(name: str) -> None:
    assert (HOUSE / name).is_file()


def parsed(file: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


def broad_excepts(tree: ast.Module) -> Iterator[int]:
    """The lines where everything is caught."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            names = {inner.id for inner in ast.walk(node.type) if isinstance(inner, ast.Name)} if node.type else set()
            if node.type is None or names & {"Exception", "BaseException"}:
                yield node.lineno


def problem_classes() -> dict[str, str | None]:
    """Each class that descends from Refusal or Trouble, with its own message if it has one."""
    classes = {node.name: node for file in MODULES for node in ast.walk(parsed(file)) if isinstance(node, ast.ClassDef)}
    problems = {"Refusal", "Trouble"}
    while True:
        grown = problems | {
            name
            for name, node in classes.items()
            if {base.id for base in node.bases if isinstance(base, ast.Name)} & problems
        }
        if grown == problems:
            return {name: own_message(classes[name]) for name in sorted(problems)}
        problems = grown


def own_message(node: ast.ClassDef) -> str | None:
    """The template that the class assigns to `message`: N_("…")."""
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="message")], value=ast.Call(args=[ast.Constant(value=str(text))])):
                return text
            case _:
                continue
    return None


def raised(tree: ast.Module) -> Iterator[tuple[str, ast.Call, set[str]]]:
    """Each ``raise Name(key=…)`` without a ** in it: the class, the call and the keywords."""
    for node in ast.walk(tree):
        match node:
            case ast.Raise(exc=ast.Call(func=ast.Name(id=name)) as call):
                keywords = {keyword.arg for keyword in call.keywords}
                if None not in keywords:
                    yield name, call, {keyword for keyword in keywords if keyword}
            case _:
                continue


def placeholders(template: str) -> set[str]:
    """The names between braces."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name}
