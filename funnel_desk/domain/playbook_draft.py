"""A playbook built answer by answer: what is sold, the stages from the end backwards, what to do and say."""

from collections.abc import Sequence
from dataclasses import dataclass

from funnel_desk.domain.arranging import free_key
from funnel_desk.domain.pipeline import NO_WORDS, Side
from funnel_desk.domain.playbook import LostReason, Playbook, PlaybookStage, PlaybookStep, Term
from funnel_desk.domain.words import Words

CERTAIN = 10_000
STALLED_DAYS, HARD_DAYS = 14, 28


@dataclass(frozen=True, slots=True)
class DraftStep:
    """One action: what to do, in which way, so many working days after the one before, and what to say."""

    title: str
    kind: str = "call"
    days: int = 1
    say: str = ""
    sends: str = ""


@dataclass(frozen=True, slots=True)
class DraftStage:
    """A stage by its name, with its actions."""

    name: str
    steps: tuple[DraftStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """All answers, in one language. ``before`` and ``after`` are the stages around the ``won`` one, in order."""

    direction: str = ""
    typical_client: str = ""
    source: str = ""
    audience: str = ""
    name: str = ""
    before: tuple[DraftStage, ...] = ()
    won: DraftStage = DraftStage("")
    after: tuple[DraftStage, ...] = ()
    lost_reasons: tuple[str, ...] = ()


def playbook_of(draft: Draft, lang: str) -> Playbook:
    """The playbook that the answers make. The chances grow evenly towards the sale until history knows better."""
    taken: list[str] = []
    step_keys: list[str] = []
    sides: list[tuple[DraftStage, Side]] = [
        *((one, "before") for one in draft.before if one.name.strip()),
        (draft.won, "won"),
        *((one, "after") for one in draft.after if one.name.strip()),
    ]
    before = sum(side == "before" for _, side in sides)
    stages = tuple(
        _stage(one, side, place, before, lang, taken, step_keys) for place, (one, side) in enumerate(sides)
    )  # fmt: skip
    reasons: list[LostReason] = []
    for text in draft.lost_reasons:
        if text.strip():
            key = free_key(_words(text, lang), [one.key for one in reasons], "reason")
            reasons.append(LostReason(key, _words(text, lang)))
    name = draft.name.strip() or draft.direction.strip()
    return Playbook(
        key="",
        name=_words(name, lang),
        stages=stages,
        direction=_words(draft.direction, lang),
        typical_client=_words(draft.typical_client, lang),
        source=_words(draft.source, lang),
        audience=_words(draft.audience, lang),
        lost_reasons=tuple(reasons),
    )


def _stage(
    draft: DraftStage, side: Side, place: int, before: int, lang: str, taken: list[str], step_keys: list[str]
) -> PlaybookStage:
    key = free_key(_words(draft.name, lang), taken, "stage")
    taken.append(key)
    steps: list[PlaybookStep] = []
    for step in draft.steps:
        if step.title.strip():
            own = free_key(_words(step.title, lang), step_keys, "step")
            step_keys.append(own)
            steps.append(
                PlaybookStep(
                    own,
                    _words(step.title, lang),
                    step.kind,
                    Term("previous" if steps else "entry", step.days, working=True),
                    say=_words(step.say, lang),
                    sends=step.sends,
                )
            )
    return PlaybookStage(
        key=key,
        name=_words(draft.name, lang),
        probability=_chance(place, before) if side == "before" else CERTAIN,
        side=side,
        stalled_days=STALLED_DAYS if side == "before" else None,
        hard_days=HARD_DAYS if side == "before" else None,
        steps=tuple(steps),
    )


def _chance(place: int, before: int) -> int:
    """So many whole per cent: five stages give 10, 28, 46, 64, 82 %."""
    return 1_000 + 9_000 * place // before // 100 * 100


def _words(text: str, lang: str) -> Words:
    text = text.strip()
    if not text:
        return NO_WORDS
    return Words("", text) if lang == "ru" else Words(text, "")


def twice(names: Sequence[str]) -> str:
    """A name that stands twice among these, whatever its case; empty if none does."""
    seen: set[str] = set()
    for name in names:
        folded = name.strip().casefold()
        if folded and folded in seen:
            return name.strip()
        seen.add(folded)
    return ""
