"""Presets: what the columns of a certain program's export are, each in a TOML file of its own, found by its headers.

Shipped ones lie in `resources/csv_presets`, a person's own in `csv_presets` of their settings; own ones go first.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from funnel_desk import resources, settings
from funnel_desk.domain.words import Words
from funnel_desk.exchange.dates import DateOrder
from funnel_desk.exchange.fields import CUSTOM, FIELDS, IGNORE, What
from funnel_desk.exchange.import_problems import BadPreset, NoSuchPreset, PresetKey
from funnel_desk.exchange.numbers import DecimalSign
from funnel_desk.exchange.words import normalise

FOLDER = "csv_presets"
AUTO, NONE = "auto", "none"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Preset:
    """What a program's export is. Headers and cells are normalised; columns are in the order of their preference.

    ``values``: per field, what a cell is to be read as. ``left_out``: per header, the cells of rows that are none.
    ``one_deal``: the field by which several rows are one, whose ``joined`` fields are put together.
    """

    key: str
    name: Words
    what: What
    found_by: tuple[frozenset[str], ...]
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    date_order: DateOrder | None = None
    decimal: DecimalSign | None = None
    one_deal: str = ""
    joined: tuple[str, ...] = ()
    own: bool = False

    def fits(self, headers: Iterable[str]) -> int:
        """How many headers it knows, if it is found by them at all; else 0."""
        names = {normalise(header) for header in headers}
        if not any(wanted <= names for wanted in self.found_by):
            return 0
        return len(names & (self.columns.keys() | self.left_out.keys())) + 1

    def columns_of(self, headers: Sequence[str], told: Mapping[str, str]) -> dict[str, str]:
        """Header to field for the headers that it knows; what the person told goes before."""
        by_name = {normalise(header): header for header in reversed(headers)}
        taken = set(told.values())
        found: dict[str, str] = {}
        for name in (name for name in self.columns if name in by_name):
            header, wanted = by_name[name], self.columns[name]
            if header in told or (wanted != IGNORE and wanted in taken):
                continue
            found[header] = wanted
            taken.add(wanted)
        return found


def presets() -> list[Preset]:
    """All presets that can be read, a person's own first."""
    found = []
    for path, own in [*((path, True) for path in _own_files()), *((path, False) for path in _shipped())]:
        try:
            found.append(_read(path, own=own))
        except BadPreset:
            if not own:
                raise
    return found


def preset_of(key: str, headers: Sequence[str], what: What | None = None) -> Preset | None:
    """The preset of this key; for "auto" the one that knows most of these headers, if it is found by them.

    Raises NoSuchPreset, BadPreset.
    """
    if key == NONE:
        return None
    if key == AUTO:
        fitting = [(one.fits(headers), one) for one in presets() if what in {None, one.what}]
        best = max(fitting, key=lambda pair: pair[0], default=(0, None))
        return best[1] if best[0] else None
    for path in [*_own_files(), *_shipped()]:
        if path.stem == key:
            return _read(path, own=path.parent == own_folder())
    raise NoSuchPreset(preset=key, known=", ".join(one.key for one in presets()))


def own_folder() -> Path:
    """Where a person's own presets lie."""
    return settings.config_folder() / FOLDER


def check_key(key: str) -> None:
    """Raises PresetKey for a name under which no preset can be kept."""
    if _KEY.fullmatch(key) is None or key in {AUTO, NONE}:
        raise PresetKey(key=key)


def save_preset(
    key: str,
    name: str,
    what: What,
    columns: Mapping[str, str],
    *,
    values: Mapping[str, Mapping[str, str]] | None = None,
    date_order: DateOrder | None = None,
    decimal: DecimalSign | None = None,
) -> Path:
    """Keep how a table was understood, to be found by the same headers next time; replaces one of this key.

    ``columns``: header to field; ``values``: field to cells and what they are read as. Raises PresetKey; OSError.
    """
    check_key(key)
    lines = [f"name = {_quoted(name or key)}", f"what = {_quoted(what)}"]
    lines.append(f"found_by = [[{', '.join(_quoted(header) for header in columns)}]]")
    lines += [f"date_order = {_quoted(date_order)}"] if date_order else []
    lines += [f"decimal = {_quoted(decimal)}"] if decimal else []
    lines += ["", "[columns]", *(f"{_quoted(header)} = {_quoted(wanted)}" for header, wanted in columns.items())]
    for wanted, rules in (values or {}).items():
        lines += ["", f"[values.{_quoted(wanted)}]"]
        lines += [f"{_quoted(before)} = {_quoted(after)}" for before, after in rules.items()]
    path = own_folder() / f"{key}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _shipped() -> list[Path]:
    return resources.files(FOLDER, ".toml")


def _own_files() -> list[Path]:
    folder = own_folder()
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []


def _read(path: Path, *, own: bool) -> Preset:
    try:
        return _read_once(path, path.stat().st_mtime_ns, own)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadPreset(file=path.name, why=str(error)) from None


@lru_cache(maxsize=64)
def _read_once(path: Path, _changed: int, own: bool) -> Preset:  # noqa: FBT001 - keys of what is kept
    """A file that has not changed since is not read again."""
    return _parsed(path.stem, tomllib.loads(path.read_text(encoding="utf-8")), own=own)


def _parsed(key: str, data: Mapping[str, Any], *, own: bool) -> Preset:
    what: What = data.get("what", "deals")
    columns = {normalise(header): str(wanted) for header, wanted in data["columns"].items()}
    unknown = [one for one in columns.values() if one not in FIELDS[what] and one != IGNORE and not _is_custom(one)]
    if unknown:
        raise ValueError(f"no field {unknown[0]}")
    order, decimal = data.get("date_order"), data.get("decimal")
    if order not in {None, "dmy", "mdy", "ymd"} or decimal not in {None, ".", ","}:
        raise ValueError("date_order is dmy, mdy or ymd, decimal a point or a comma")
    name = data["name"]
    rows = data.get("rows", {})
    return Preset(
        key,
        Words(name, name) if isinstance(name, str) else Words(name["en"], name["ru"]),
        what,
        tuple(frozenset(normalise(header) for header in headers) for headers in data.get("found_by", [])),
        columns,
        {
            one: {normalise(cell): str(said) for cell, said in said_of.items()}
            for one, said_of in data.get("values", {}).items()
        },
        {normalise(header): frozenset(map(normalise, cells)) for header, cells in data.get("left_out", {}).items()},
        order,
        decimal,
        str(rows.get("one_deal", "")),
        tuple(rows.get("joined", ())),
        own,
    )


def _is_custom(wanted: str) -> bool:
    return wanted.startswith(CUSTOM) and len(wanted) > len(CUSTOM)


def _quoted(text: str) -> str:
    """A TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    plain = _CONTROL.sub(lambda found: "\\u" + format(ord(found[0]), "04X"), escaped)
    return f'"{plain}"'
