"""Who and what the demo workspace is about, read from ``sample/demo.toml``."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from funnel_desk import resources

Texts = Mapping[str, Mapping[str, Sequence[str]]]
"""What was noted: by language, then by what it was noted of."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """A company that may buy, and the people in it: (name, role)."""

    name: str
    industry: str
    size: str
    segment: str
    lang: str
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What is sold through one pipeline. ``values`` in major units, ``goes_on`` the share that moves on."""

    pipeline: str
    deals: int
    values: tuple[int, int]
    cycle: int
    sources: Mapping[str, int]
    products: Sequence[str]
    goes_on: Mapping[str, float]
    jobs: Mapping[str, Sequence[str]]
    places: Mapping[str, Sequence[str]]
    buyers: tuple[Buyer, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """All of it."""

    currency: str
    sellers: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: Texts
    lost: Mapping[str, int]
    lost_notes: Texts
    plans: Texts


def load_cast() -> Cast:
    """The cast of the demo workspace."""
    content = tomllib.loads(resources.read_text("sample", "demo.toml"))
    return Cast(
        currency=content["currency"],
        sellers=tuple(content["sellers"]),
        lines=tuple(_line(line, content["companies"]) for line in content["lines"]),
        notes=content["notes"],
        lost=content["lost"],
        lost_notes=content["lost_notes"],
        plans=content["plans"],
    )


def _line(line: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]) -> Line:
    low, high = line["values"]
    return Line(
        pipeline=line["pipeline"],
        deals=line["deals"],
        values=(low, high),
        cycle=line["cycle"],
        sources=line["sources"],
        products=line["products"],
        goes_on=line["goes_on"],
        jobs=line["jobs"],
        places=line["places"],
        buyers=tuple(
            Buyer(name, industry, size, group["segment"], group["lang"], tuple((who, role) for who, role in people))
            for group in groups
            if group["line"] == line["pipeline"]
            for name, industry, size, people in group["rows"]
        ),
    )
