"""What the palette lists: commands, what was found in the file, and what can be done with a deal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from funnel_desk.domain.name_index import Named, NameIndex
from funnel_desk.domain.search import MIDDLE, folded, other_layout, rank
from funnel_desk.i18n import _
from funnel_desk.progress import Progress
from funnel_desk.queries.deal import deal_card
from funnel_desk.queries.finding import find_deals, people_index, still_there
from funnel_desk.ui import phrases
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.models.sections import Entry
from funnel_desk.ui.route import CloseAsLost, StartCalls
from funnel_desk.ui.shortcuts import Deed, keys_of
from funnel_desk.ui.view import Parts

if TYPE_CHECKING:
    from funnel_desk.domain.pipeline import Stage

MOST = 12
"""So many rows of a kind are listed."""
_WORST = MIDDLE + 1
_NAMING_AN_ACT = ("undo", "redo")

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of the palette, what picking it does, and how well it answers what was typed."""

    entry: Entry
    act: Act
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a look into the file gave for a text, and the index of people that was used."""

    text: str
    deals: tuple[tuple[int, Named], ...]
    people: tuple[tuple[int, Named], ...]
    index: NameIndex


def look_up(bridge: Bridge, text: str, index: NameIndex | None, _progress: Progress) -> Found:
    """Deals and people by a text, by what the same keys mean in the other layout where too little was found."""
    index = index or bridge.ask(people_index)
    deals = bridge.ask(find_deals, text, MOST)
    people = index.find(text, MOST)
    if not deals and not people:
        other = other_layout(text)
        deals, people = bridge.ask(find_deals, other, MOST), index.find(other, MOST)
    return Found(text, tuple(deals), tuple(people), index)


def recent(bridge: Bridge, seen: Sequence[tuple[str, str]], _progress: Progress) -> list[Named]:
    """What was seen last, as it is called now."""
    return bridge.ask(still_there, seen)


def commands(deeds: Sequence[Deed], text: str, do: Callable[[Deed], object]) -> list[Choice]:
    """The commands whose words answer the text, the best first; all of them for an empty one."""
    found = []
    for place, deed in enumerate(deeds):
        good = _answers(folded(_own_words(deed, text)), text)
        if good is None or not (deed.action.isEnabled() and deed.action.isVisible()):
            continue
        entry = Entry(
            key=f"do:{deed.key or place}",
            title=deed.text,
            detail=deed.place if deed.view else "",
            icon=deed.icon or "arrow",
            figure=keys_of(deed.action),
        )
        found.append(Choice(entry, partial(do, deed), good))
    return sorted(found, key=lambda one: one.rank)


def things(found: Sequence[tuple[int, Named]], go: Callable[[Named], object]) -> list[Choice]:
    """Deals, companies and contacts as rows."""
    return [
        Choice(Entry(f"{one.kind}:{one.id}", one.name, one.note, _icon(one.kind)), partial(go, one), good)
        for good, one in found
    ]


def deal_deeds(parts: Parts, deal_id: str, move: "Callable[[str, Stage], object]") -> tuple[str, list[Choice]]:
    """The title of a deal and what can be done with it; nothing where it is gone."""
    card = parts.bridge.ask(deal_card, deal_id, parts.bridge.today())
    if card is None:
        return "", []
    here, go = card.situation, parts.route.go
    who = card.contact.name if card.contact else ""
    phone = card.contact.phone if card.contact else ""
    listed = [
        Choice(Entry("open", _("Open the deal"), "", "deals"), lambda: go("deals", deal_id)),
        Choice(
            Entry("call", phrases.to_do("call", who, _("Call")), phone, "call"),
            lambda: go("call", StartCalls([deal_id], back="deals")),
        ),
    ]
    for line in card.stages:
        if line.stage.id != here.stage.id and here.present.outcome != "lost":
            name = _("Move to “{stage}”", stage=phrases.of(line.stage.name))
            icon = "won" if line.stage.side == "won" else "arrow"
            listed.append(Choice(Entry(f"move:{line.stage.id}", name, "", icon), partial(move, deal_id, line.stage)))
    if here.present.outcome == "open":
        lose = Entry("lose", _("Lose the deal"), _("asks for the reason"), "lost")
        listed.append(Choice(lose, lambda: go("deals", CloseAsLost(deal_id))))
    return here.deal.title, listed


def filtered(choices: Sequence[Choice], text: str) -> list[Choice]:
    """Those whose title answers the text, in their order."""
    return [one for one in choices if _answers(folded(one.entry.title), text) is not None]


def best(choices: Sequence[Choice]) -> int:
    """How well the best of them answers."""
    return min((one.rank for one in choices), default=_WORST)


def _own_words(deed: Deed, text: str) -> str:
    """What a command is found by: undo and redo also name a deal, but whoever types that name looks for the deal."""
    verb, _sign, _what = deed.text.partition(":")
    if deed.key in _NAMING_AN_ACT and _answers(folded(verb), text.strip().split(" ")[0]) is None:
        return verb
    return deed.text


def _answers(name: str, text: str) -> int | None:
    wanted = folded(text.strip())
    good = rank(name, wanted)
    return rank(name, other_layout(wanted)) if good is None and wanted else good


def _icon(kind: str) -> str:
    return "deals" if kind == "deal" else "customers"
