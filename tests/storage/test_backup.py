import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.moments import instant
from funnel_desk.operations import backups
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.deals import DealFilter, deal_totals
from funnel_desk.storage.backup import (
    DAYS,
    MONTHS,
    STAMP,
    WEEKS,
    NotOfThisWorkspace,
    back_up,
    backups as backups_in,
    is_stale,
    superfluous,
)
from funnel_desk.storage.file import FileDamaged, FileExists, NotAWorkspace
from funnel_desk.storage.lock import FileInUse
from tests.desks import ANN, a_desk

NOW = "2026-11-22T10:00:00Z"


def deals_in(path: Path) -> int:
    desk = Desk(path, ANN, write=False)
    count = desk.read(deal_totals, DealFilter()).count
    desk.close()
    return count


def test_a_backup_is_taken_while_the_desk_is_open_and_can_be_restored(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.run(new_deal, title="first")
    made = backups.back_up(desk.path, NOW)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    desk.run(new_deal, title="second")
    with pytest.raises(FileInUse):
        backups.restore(desk.path, made, NOW)
    desk.close()
    kept = backups.restore(desk.path, made, NOW)
    assert (deals_in(desk.path), deals_in(kept)) == (1, 2)
    assert sorted(file.name for file in tmp_path.iterdir()) == [kept.name, "desk.funnel"]


def test_only_what_changed_is_backed_up_again(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    first = backups.back_up_if_changed(desk.path, NOW)
    assert first is not None
    assert backups.back_up_if_changed(desk.path, "2026-11-22T10:30:00Z") is None
    desk.run(new_deal, title="first")
    assert is_stale(desk.path, first.parent)
    assert backups.back_up_if_changed(desk.path, "2026-11-22T11:00:00Z") == backups.newest(desk.path) != first
    desk.close()


def test_a_copy_never_goes_over_another_file(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    other = tmp_path / "notes.funnel"
    other.write_text("mine")
    with pytest.raises(FileExists):
        backups.copy_to(desk.path, other)
    assert other.read_text() == "mine"
    assert deals_in(backups.copy_to(desk.path, tmp_path / "copy.funnel")) == 0
    desk.close()


def test_foreign_and_damaged_backups_are_refused_and_nothing_changes(tmp_path: Path) -> None:
    desk, other = a_desk(tmp_path), a_desk(tmp_path, name="other.funnel")
    for one in range(300):
        desk.run(new_deal, title=f"deal {one}")
    desk.close()
    other.close()
    before = desk.path.read_bytes()
    with pytest.raises(NotOfThisWorkspace):
        backups.restore(desk.path, other.path, NOW)
    (tmp_path / "text.funnel").write_text("no workspace")
    with pytest.raises(NotAWorkspace):
        backups.restore(desk.path, tmp_path / "text.funnel", NOW)
    damaged = backups.copy_to(desk.path, tmp_path / "damaged.funnel")
    content = bytearray(damaged.read_bytes())
    content[4096 * 8 : 4096 * 40] = b"\xff" * 4096 * 32
    damaged.write_bytes(content)
    with pytest.raises(FileDamaged):
        backups.restore(desk.path, damaged, NOW)
    assert desk.path.read_bytes() == before


def test_a_damaged_workspace_does_not_push_out_good_backups(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    for one in range(300):
        desk.run(new_deal, title=f"deal {one}")
    desk.close()
    folder = tmp_path / "backups"
    folder.mkdir()
    good = back_up(desk.path, folder, NOW)
    content = bytearray(desk.path.read_bytes())
    content[4096 * 8 : 4096 * 40] = b"\xff" * 4096 * 32
    desk.path.write_bytes(content)
    with pytest.raises(FileDamaged):
        back_up(desk.path, folder, "2026-12-22T10:00:00Z")
    assert [file.name for file in folder.iterdir()] == [good.name]


@given(st.lists(st.integers(0, 5 * 365 * 24 * 60), min_size=1, max_size=300, unique=True), st.integers(-60, 60))
def test_thinning_keeps_the_newest_and_one_of_each_recent_period(ages: list[int], clock_off: int) -> None:
    end = datetime(2026, 11, 22, 10, tzinfo=UTC)
    taken = sorted(end - timedelta(minutes=age) for age in ages)
    files = [Path(f"desk-{moment.strftime(STAMP)}.funnel") for moment in taken]
    gone = superfluous(files, instant(end + timedelta(days=clock_off)))
    kept = [moment for moment, file in zip(taken, files, strict=True) if file not in gone]
    assert kept[-1] == taken[-1]
    for period, count in (
        (lambda one: one.date(), DAYS),
        (lambda one: one.isocalendar()[:2], WEEKS),
        (lambda one: (one.year, one.month), MONTHS),
    ):
        recent = sorted({period(one) for one in taken})[-count:]
        assert set(recent) <= {period(one) for one in kept}
    assert not set(superfluous([file for file in files if file not in gone], instant(end + timedelta(days=clock_off))))


def test_five_years_of_half_hours_stay_few(tmp_path: Path) -> None:
    files: list[Path] = []
    moment = datetime(2026, 1, 1, 9, tzinfo=UTC)
    for _ in range(400):
        moment += timedelta(hours=11)
        files.append(Path(f"desk-{moment.strftime(STAMP)}.funnel"))
        gone = superfluous(files, instant(moment))
        files = [file for file in files if file not in gone]
    assert len(files) <= 6 + DAYS + WEEKS + MONTHS
    assert backups_in(tmp_path) == []
