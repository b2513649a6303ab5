"""What the page of the funnel asks of the file, in one go: it can be asked apart from the window."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from funnel_desk.domain.forecast import Forecast
from funnel_desk.domain.periods import Period
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.forecast import forecast_report
from funnel_desk.queries.funnel import FunnelReport, funnel
from funnel_desk.ui.bridge import Bridge


@dataclass(frozen=True, slots=True)
class Seen:
    """The funnel, that of the other period if it is held against one, and what the open deals should bring."""

    report: FunnelReport
    other: FunnelReport | None
    forecasts: tuple[Forecast, ...]

    def of_group(self, group: str | None) -> "Seen":
        """The same of one group; of all deals where there is no such group (any more)."""
        if group is None or group not in self.report.groups:
            return self
        other = self.other
        if other is not None:
            other = replace(other, funnel=other.groups[group]) if group in other.groups else None
        return replace(self, report=replace(self.report, funnel=self.report.groups[group]), other=other)


def read_funnel(bridge: Bridge, scope: Scope, against: Period | None, wanted: Callable[[], bool]) -> Seen | None:
    """Ask for all of it; None where the answer is no longer wanted."""
    now = bridge.desk.clock()
    report = bridge.ask(funnel, scope, now=now)
    if not wanted():
        return None
    other = None if against is None else bridge.ask(funnel, replace(scope, period=against), now=now)
    if not wanted():
        return None
    hope = bridge.ask(forecast_report, today=report.today, pipeline_id=scope.pipeline_id)
    return Seen(report, other, tuple(one.forecast for one in (hope.main, *hope.others)))
