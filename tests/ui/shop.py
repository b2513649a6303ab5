"""A shop that sells security systems: a workspace with any number of deals at all stages, and the window on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from funnel_desk.domain.deal import Deal, StageEvent
from funnel_desk.domain.pipeline import LostReason, Pipeline
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.operations.playbooks import playbook_named
from funnel_desk.operations.workspaces import new_workspace
from funnel_desk.storage.acts import Author
from funnel_desk.storage.journal import Batch
from funnel_desk.ui import views
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.commands import Commands
from funnel_desk.ui.jobs import Jobs
from funnel_desk.ui.look import Look
from funnel_desk.ui.memory import Memory
from funnel_desk.ui.route import Route
from funnel_desk.ui.view import Parts, listed
from funnel_desk.ui.window import Window

NOW = "2026-11-26T09:00:00Z"
ZONE = "Europe/Minsk"
MAX = Author("max", "Max")
SOURCES = ("Site", "Ads", "Advice", "")
GOES_ON = (0.76, 0.42, 0.75, 0.78, 0.8)
_TODAY = date(2026, 11, 26)


def make_shop(path: Path, deals: int, *, seed: int = 7, playbook: str = "security-systems") -> Path:
    """A workspace file with so many deals of the last half year."""
    new_workspace(path, MAX, playbook_named(playbook), currency="EUR", time_zone=ZONE)
    if deals:
        desk = open_shop(path)
        desk.run(_fill, deals, Random(seed))  # noqa: S311 - a made-up shop
        desk.close()
    return path


def open_shop(path: Path) -> Desk:
    """The shop's file, on a day that never ends."""
    return Desk(path, MAX, clock=lambda: NOW)


@operation("Fill the shop")
def _fill(batch: Batch, deals: int, chance: Random) -> None:
    pipeline = batch.find(Pipeline)[0]
    stages = batch.rulebook().pipeline_stages(pipeline.id)
    reasons = batch.find(LostReason)
    before = [stage for stage in stages if stage.side != "after"]
    for number in range(deals):
        day = _TODAY - timedelta(days=chance.randrange(1, 180))
        deal = Deal(
            id=batch.new_id(),
            pipeline_id=pipeline.id,
            stage_id=before[0].id,
            created_at=_instant(day, chance),
            title=f"{chance.choice(('Cameras', 'Alarm', 'Entry phones', 'Barrier gate'))}, house {number + 1}",
            value=chance.randrange(20, 220) * 100_00 // 10 if chance.random() < 0.95 else None,
            currency="EUR",
            source=chance.choice(SOURCES),
            expected_close=str(_TODAY + timedelta(days=chance.randrange(-20, 120))) if chance.random() < 0.8 else None,
        )
        if deal.value is None:
            deal = replace(deal, currency="")
        batch.add(deal)
        previous, here = deal.id, before[0]
        for place, stage in enumerate(before[1:]):
            day += timedelta(days=chance.randrange(1, 16))
            goes_on = chance.random() < GOES_ON[min(place, len(GOES_ON) - 1)]
            if day >= _TODAY or (not goes_on and chance.random() < 0.2):
                break
            event = StageEvent(
                batch.new_id(), deal.id, previous, "moved", pipeline.id, stage.id, _instant(day, chance),
                value=deal.value, currency=deal.currency, probability=stage.probability,
            )  # fmt: skip
            if not goes_on:
                reason = min(chance.choices(reasons, k=2), key=lambda one: one.position)
                event = replace(event, kind="lost", stage_id=here.id, reason_id=reason.id)
            batch.add(event)
            if not goes_on:
                break
            previous, here = event.id, stage


def _instant(day: date, chance: Random) -> str:
    then = datetime(day.year, day.month, day.day, 7 + chance.randrange(8), chance.randrange(60), tzinfo=UTC)
    return then.strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def shop_window(app: QApplication, path: Path, *, view: str = "today", theme: str = "light") -> Iterator[Window]:
    """The window on a shop, as the program puts it together, showing a view."""
    desk = open_shop(path)
    look, memory = Look(app, theme), Memory({"view": view})
    window = Window(look, memory)
    around = QObject(window)
    window.build(listed(views), Commands(look, window, None))
    bridge, jobs = Bridge(desk, around), Jobs(around)
    parts = Parts(bridge, jobs, look, memory, Route(around))
    window.furnish(parts, path)
    window.show()
    try:
        yield window
    finally:
        window.close()
        window._counting.stop()
        jobs.close()
        bridge.close()
        desk.close()
        window.deleteLater()
        look.deleteLater()
