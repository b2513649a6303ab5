"""Forecast: what the open deals may bring, what the goal needs, and whether the probabilities are right."""

from funnel_desk.i18n import N_
from funnel_desk.ui.view import Page, Parts, View


def _make(parts: Parts) -> Page:
    from funnel_desk.ui.views.forecast.page import ForecastPage

    return ForecastPage(parts)


VIEW = View(key="forecast", title=N_("Forecast"), icon="forecast", order=4, make=_make)
