"""Values as cells of a table that goes out, exactly or for a spreadsheet."""

from datetime import datetime
from zoneinfo import ZoneInfo

from funnel_desk.domain.moments import Moment, is_day
from funnel_desk.domain.money import major
from funnel_desk.domain.pipeline import LostReason, Pipeline, Stage
from funnel_desk.exchange.writing import Profile
from funnel_desk.i18n import language
from funnel_desk.queries.exported import Names

EXACT = ("_uid", "_rev")
"""What tells a row again when it comes back: its id, and the newest act of the workspace that it can know of."""


class OutCells:
    """How values are written in one table. Nothing (None) is an empty cell."""

    def __init__(self, names: Names, profile: Profile, zone: str) -> None:
        self._names, self._zone = names, ZoneInfo(zone)
        self._exact = profile == "exact"
        self._sign = "," if not self._exact and language() == "ru" else "."
        keys = [pipeline.playbook_key for pipeline in names.pipelines.values()]
        self._unique = {key for key in keys if key and keys.count(key) == 1}

    def pipeline(self, pipeline_id: str) -> str:
        """A pipeline: its key where no other has it, else its name."""
        pipeline: Pipeline = self._names.pipelines[pipeline_id]
        if self._exact:
            return pipeline.playbook_key if pipeline.playbook_key in self._unique else str(pipeline.name)
        return pipeline.name.of(language())

    def stage(self, stage_id: str) -> str:
        """A stage: its key, or its name."""
        stage: Stage = self._names.stages[stage_id]
        return stage.key if self._exact else stage.name.of(language())

    def reason(self, reason_id: str | None, reason: str) -> str:
        """Why a deal was lost: the key or name of a known reason, or the person's own words."""
        known: LostReason | None = self._names.reasons.get(reason_id or "")
        if known is None:
            return reason
        return known.key if self._exact else known.name.of(language())

    def money(self, minor: int | None, currency: str) -> str:
        """An amount in major units, without thousands."""
        return "" if minor is None else major(minor, currency).replace(".", self._sign)

    def percent(self, points: int | None) -> str:
        """A probability of so many basis points."""
        if points is None:
            return ""
        whole, rest = divmod(points, 100)
        return f"{whole}{self._sign}{rest:02}%" if rest else f"{whole}%"

    def moment(self, moment: Moment | None) -> str:
        """A day as a day; an instant as it is kept, or as day and time where the workspace is at home."""
        if moment is None:
            return ""
        if self._exact or is_day(moment):
            return moment
        return f"{datetime.fromisoformat(moment).astimezone(self._zone):%Y-%m-%d %H:%M:%S}"
