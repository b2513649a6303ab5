"""What clients object: how often each objection of a catalogue was heard, and how often the deal went on anyway."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.pipeline import Objection
from funnel_desk.domain.search import folded
from funnel_desk.storage.reader import Reader

_PREFIX, _INSIDE = 0, 1


@dataclass(frozen=True, slots=True)
class ObjectionUse:
    """How often an objection was raised, on how many deals, and on how many of them the deal moved onward later."""

    raised: int
    went_on: Rate


_USES = """
WITH heard AS (
    SELECT obstacle.objection_id AS objection, obstacle.deal_id AS deal, MIN(obstacle.raised_at) AS first,
           COUNT(*) AS times
    FROM obstacle JOIN objection ON objection.id = obstacle.objection_id
    WHERE objection.pipeline_id = ? GROUP BY obstacle.objection_id, obstacle.deal_id
)
SELECT heard.objection, SUM(heard.times), COUNT(*), SUM(EXISTS (
    SELECT 1 FROM stay JOIN stage ON stage.id = stay.stage_id
    JOIN stay AS later ON later.deal_id = stay.deal_id AND later.place = stay.place + 1
    JOIN stage AS next ON next.id = later.stage_id
    WHERE stay.deal_id = heard.deal AND stay.left >= heard.first
      AND (stay.ended = 'handed_over' OR stay.ended = 'moved' AND next.position > stage.position)))
FROM heard GROUP BY heard.objection
"""


def objection_uses(read: Reader, pipeline_id: str) -> Mapping[str, ObjectionUse]:
    """The use of each objection of a pipeline's catalogue that was ever raised, by its id."""
    return {
        objection: ObjectionUse(times, Rate(went_on, deals))
        for objection, times, deals, went_on in read.sql(_USES, pipeline_id)
    }


def found_objections(
    known: Sequence[Objection], text: str, uses: Mapping[str, ObjectionUse], lang: str
) -> list[Objection]:
    """The objections that hold every word typed (or a word that begins so), in any order and either language.

    Words that begin so go first, then the likest in ``lang``, then what is heard most. Nothing typed: all of them.
    Where no objection holds the words, the likest ones (a slip of the finger).
    """
    wanted = folded(text).split()
    living = [one for one in known if not one.archived]
    often = {one.id: uses[one.id].raised if one.id in uses else 0 for one in living}
    if not wanted:
        return sorted(living, key=lambda one: (-often[one.id], one.position))
    from rapidfuzz import fuzz  # a compiled library that the start of the program does not wait for

    like = {one.id: fuzz.token_set_ratio(" ".join(wanted), folded(one.says.of(lang))) for one in living}
    ranks = {one.id: _rank(one, wanted) for one in living}
    found = [one for one in living if ranks[one.id] is not None]
    if found:
        return sorted(found, key=lambda one: (ranks[one.id] or 0, -like[one.id], -often[one.id], one.position))
    slips = {one.id: _slip(one, wanted) for one in living}
    return sorted((one for one in living if slips[one.id] >= _LIKE_ENOUGH), key=lambda one: -slips[one.id])


_LIKE_ENOUGH = 75


def _texts(one: Objection) -> list[str]:
    return [folded(text) for words in (one.says, one.answer) for text in (words.en, words.ru)]


def _rank(one: Objection, wanted: Sequence[str]) -> int | None:
    """0: words of what they say begin so, 1: it holds them; 2 and 3 the same of the answer; None: not at all."""
    texts = _texts(one)
    for place, pair in enumerate((texts[:2], texts[2:])):
        for text in pair:
            words = "".join(char if char.isalnum() else " " for char in text).split()
            if all(any(word.startswith(typed) for word in words) for typed in wanted):
                return 2 * place + _PREFIX
        for text in pair:
            if all(typed in text for typed in wanted):
                return 2 * place + _INSIDE
    return None


def _slip(one: Objection, wanted: Sequence[str]) -> float:
    """How like the words typed are to words that they say, 0 to 100: the least like of them."""
    from rapidfuzz import fuzz

    words = "".join(char if char.isalnum() else " " for text in _texts(one)[:2] for char in f"{text} ").split()
    return min(max((fuzz.ratio(typed, word) for word in words), default=0.0) for typed in wanted)
