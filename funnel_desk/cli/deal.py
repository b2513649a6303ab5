"""`deal`: one deal, shown or moved on by one act."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._answers import answer, say, tell
from funnel_desk.cli._card import document, lines, summary
from funnel_desk.cli._desks import reading, today_of, writing
from funnel_desk.cli._grammar import Day, WrongUsage, cli_command, file_argument, json_option
from funnel_desk.cli._named import deal_id, stage_named, step_named
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_, _, language

if TYPE_CHECKING:
    from funnel_desk.domain.checklist import StepState
    from funnel_desk.operations.desk import Desk
    from funnel_desk.queries.deal import DealCard


class NoReason(Refusal):
    """A loss that says nothing teaches nothing."""

    message = N_("Say why “{deal}” is lost: a known reason, or words of your own.")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the options told; exactly one act, or none."""

    move: str | None
    lose: str | None
    reopen: bool
    done: str | None
    result: str | None
    on: str | None
    because: str


@cli_command(
    N_("Show one deal, or do one thing with it."),
    N_("DEAL is its id, its external id or its exact title. A stage is told by its key or its name, a step likewise."),
    N_(
        "A stage may warn when it is left with required steps open: the deal moves all the same, the warning is told "
        "and kept with what --because says. Where a stage blocks, the move is refused."
    ),
)
@file_argument
@click.argument("deal", metavar="DEAL")
@click.option("--move", metavar="STAGE", help=N_("Move it to a stage of its pipeline."))
@click.option("--lose", metavar="REASON", help=N_("Lose it: a known reason's key or name, or words of your own."))
@click.option("--reopen", is_flag=True, help=N_("Take it up again after it was lost."))
@click.option("--done", metavar="STEP", help=N_("Say what came of a step of its checklist."))
@click.option("--result", metavar="R", help=N_("With --done: done, no_answer, not_yet, refused, or your own word."))
@click.option("--on", metavar="DAY", type=Day(), help=N_("The day it happened; now, unless told."))
@click.option("--because", metavar="TEXT", default="", help=N_("Why; kept with the act."))
@json_option
def command(file: Path, deal: str, *, as_json: bool, **options: object) -> None:
    """Find the deal, do the one act if there is one, and show how it stands."""
    choices = Choices(**options)  # type: ignore[arg-type]  # click has checked each of them
    act = _act(choices)
    if act is None:
        with reading(file) as desk:
            on = choices.on or today_of(desk)
            card = _card(desk, deal, on)
            if as_json:
                answer(document(card, desk.workspace))
            else:
                say(lines(card, on, desk.workspace))
        return
    with writing(file) as desk:
        on = today_of(desk)
        before = _card(desk, deal, on)
        for sentence in act(desk, before, choices):
            tell(sentence)
        card = _card(desk, before.situation.deal.id, on)
        if as_json:
            answer(document(card, desk.workspace))
        else:
            say(summary(card, on, desk.workspace))


Act = Callable[["Desk", "DealCard", Choices], list[str]]


def _act(choices: Choices) -> Act | None:
    """The one thing to do; what it gives back is to be told beside the answer."""
    told: list[Act] = [
        act
        for act, asked in (
            (_move, choices.move is not None),
            (_lose, choices.lose is not None),
            (_reopen, choices.reopen),
            (_done, choices.done is not None),
        )
        if asked
    ]
    if len(told) > 1:
        raise WrongUsage(N_("One act at a time: only one of --move, --lose, --reopen and --done."))
    if choices.result is not None and choices.done is None:
        raise WrongUsage(N_("--result says what came of a step: name it with --done."))
    if choices.because and not told:
        raise WrongUsage(N_("--because needs an act: one of --move, --lose, --reopen and --done."))
    return told[0] if told else None


def _card(desk: "Desk", told: str, on: str) -> "DealCard":
    from funnel_desk.queries.deal import deal_card
    from funnel_desk.storage.journal import NotThere

    card = desk.read(deal_card, desk.read(deal_id, told), on)
    if card is None:
        raise NotThere
    return card


def _move(desk: "Desk", card: "DealCard", choices: Choices) -> list[str]:
    from funnel_desk.operations.deals import move_deal, win_deal

    here = card.situation
    stage = stage_named(here.stages, choices.move or "", card.pipeline.name)
    if stage.side == "won":
        left = desk.run(win_deal, here.deal.id, because=choices.because, on=choices.on)
    else:
        left = desk.run(move_deal, here.deal.id, stage.id, because=choices.because, on=choices.on)
    return [_warning(card, left)] if left else []


def _warning(card: "DealCard", left: "tuple[StepState, ...]") -> str:
    from funnel_desk.domain.checklist import listed

    steps = listed(state.step.title for state in left).of(language())
    stage = card.situation.stage.name.of(language())
    return _("“{stage}” was left with required steps open: {steps}.", stage=stage, steps=steps)


def _lose(desk: "Desk", card: "DealCard", choices: Choices) -> list[str]:
    from funnel_desk.operations.deals import lose_deal

    deal = card.situation.deal
    reason = (choices.lose or "").strip()
    if not reason:
        raise NoReason(deal=deal.title)
    desk.run(lose_deal, deal.id, reason=reason, note=choices.because, on=choices.on)
    return []


def _reopen(desk: "Desk", card: "DealCard", choices: Choices) -> list[str]:
    from funnel_desk.operations.deals import reopen_deal

    desk.run(reopen_deal, card.situation.deal.id, because=choices.because, on=choices.on)
    return []


def _done(desk: "Desk", card: "DealCard", choices: Choices) -> list[str]:
    from funnel_desk.domain.qualification import is_too_early
    from funnel_desk.operations.steps import tick_step

    here = card.situation
    state = step_named(here.states, choices.done or "", here.deal.title, here.stage.name)
    result = choices.result or "done"
    desk.run(tick_step, here.deal.id, state.step.id, result=result, note=choices.because, on=choices.on)
    if result == "done" and is_too_early(state.step, card.around.criteria):
        return [
            _(
                "“{step}” before anybody knows what they need: ask first next time.",
                step=state.step.title.of(language()),
            )
        ]
    return []
