"""Customers: who brings the turnover, who comes again, and who takes the time."""

from funnel_desk.i18n import N_
from funnel_desk.ui.view import Page, Parts, View


def _make(parts: Parts) -> Page:
    from funnel_desk.ui.views.customers.page import CustomersPage

    return CustomersPage(parts)


VIEW = View(key="customers", title=N_("Customers"), icon="customers", order=5, make=_make)
