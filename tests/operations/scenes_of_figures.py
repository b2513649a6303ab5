"""Scenes for the figures that only the user can tell: what is done, and with what."""

from collections.abc import Callable
from typing import Any

from funnel_desk.domain.deal import Deal
from funnel_desk.domain.periods import Period
from funnel_desk.operations import care, own_figures, reviews
from funnel_desk.operations.desk import Desk, Operation

YEAR = Period("2026-01-01", "2026-12-31")

SCENES: dict[str, Callable[[Desk, Deal], tuple[Operation[Any, Any], tuple[Any, ...], dict[str, Any]]]] = {
    "write_review": lambda *_: (reviews.write_review, ("2026-11-06", "quiet", "call more"), {}),
    "set_rate": lambda *_: (own_figures.set_rate, ("USD", "2026-11-01", "0,92"), {}),
    "remove_rate": lambda desk, _: (
        own_figures.remove_rate,
        (desk.run(own_figures.set_rate, "USD", "2026-11-01", "0.92").id,),
        {},
    ),
    "set_care": lambda _, deal: (care.set_care, ([deal.company_id or ""], {"touch_every": 30, "potential": 500}), {}),
    "set_source_cost": lambda *_: (own_figures.set_source_cost, ("ads", YEAR, 5_000, "EUR"), {}),
    "remove_source_cost": lambda desk, _: (
        own_figures.remove_source_cost,
        (desk.run(own_figures.set_source_cost, "ads", YEAR, 5_000, "EUR").id,),
        {},
    ),
    "set_goal": lambda _, deal: (own_figures.set_goal, (1_000_000, "EUR", YEAR, deal.pipeline_id), {}),
    "remove_goal": lambda desk, _: (
        own_figures.remove_goal,
        (desk.run(own_figures.set_goal, 1_000_000, "EUR", YEAR).id,),
        {},
    ),
}
