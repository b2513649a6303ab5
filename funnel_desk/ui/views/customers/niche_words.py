"""What niches are called, and the sentences about how they moved."""

from collections.abc import Mapping, Sequence

from funnel_desk.charts.niches import rate_text
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.niches import Niche, least_and_hardest_hit
from funnel_desk.i18n import N_, _, format_day, format_number, format_percent, translate
from funnel_desk.queries.niches import NichesReport, Trait
from funnel_desk.queries.sources import INBOUND, OUTBOUND, UNTOLD
from funnel_desk.ui.phrases import deal_kind

TRAIT_NAMES: Mapping[Trait, str] = {
    "industry": N_("Industry"),
    "usage": N_("Uses it for"),
    "price_sensitivity": N_("Price or quality"),
    "size": N_("Size"),
    "segment": N_("Segment"),
    "source": N_("Source"),
    "product": N_("Product"),
    "kind": N_("Kind of sale"),
    "owner": N_("Owner"),
    "way_in": N_("Way in"),
}
WAYS: Mapping[str, str] = {
    INBOUND: N_("inbound: they spoke first"),
    OUTBOUND: N_("outbound: you spoke first"),
    UNTOLD: N_("no talk logged"),
}
_VERDICTS = {"better": N_("better"), "worse": N_("worse"), "too_early": N_("too early to say")}
_MINUS = "\u2212"


def trait_value(trait: Trait, value: str) -> str:
    """A value of a trait as a person reads it."""
    if trait == "way_in":
        return translate(WAYS.get(value, WAYS[UNTOLD]))
    if not value:
        return _("not told")
    return deal_kind(value) if trait == "kind" else value


def niche_name(by: Sequence[Trait], key: Sequence[str]) -> str:
    """The values of a niche side by side: "clinics · archive · quality"."""
    return " · ".join(trait_value(trait, value) for trait, value in zip(by, key, strict=True))


def moved_words(niche: Niche) -> str:
    """How it moved: "worse: −23 points", or that it is too early to say."""
    change = niche.moved.difference
    verdict = translate(_VERDICTS[niche.moved.verdict])
    if niche.moved.verdict == "too_early" or change is None:
        return verdict
    points = round(100 * change)
    sign = "+" if points > 0 else _MINUS if points < 0 else ""
    return f"{verdict}: " + _("{points} pts", points=f"{sign}{format_number(abs(points))}")


def moved_sentence(report: NichesReport) -> str:
    """Which niche is least hit since the day and which hardest, where that can be said; nothing without a day."""
    if report.since is None:
        return ""
    day, found = format_day(report.since, "long"), least_and_hardest_hit(report.niches)
    if found is None:
        return _("Since {day} it is too early to say which niche is least hit.", day=day)
    least, hardest = found
    return _(
        "Least hit since {day}: {least}, won {before} before and {since} since. Hardest hit: {hardest}, "
        "{its_before} before and {its_since} since.",
        day=day, least=niche_name(report.by, least.key), before=_share(least.before), since=_share(least.since),
        hardest=niche_name(report.by, hardest.key), its_before=_share(hardest.before), its_since=_share(hardest.since),
    )  # fmt: skip


def spoken(report: NichesReport, values: Sequence[str]) -> str:
    """The niches in words, for a screen reader."""
    return "; ".join(
        f"{niche_name(report.by, niche.key)}: {value or '–'}, {rate_text(niche.win_rate)}"
        for niche, value in zip(report.niches[:10], values, strict=False)
    )


def _share(rate: Rate) -> str:
    told = format_percent(rate.value or 0.0)
    return f"{told} (n\u00a0=\u00a0{format_number(rate.base)})"
