"""The whole workspace out as a folder, and into a new one: equal."""

import csv
import json
from pathlib import Path

import pytest

from funnel_desk.domain.problems import Refusal
from funnel_desk.exchange import whole
from funnel_desk.exchange.import_problems import CannotWrite, CountDiffers
from funnel_desk.exchange.whole import export_whole, import_folder, try_folder
from funnel_desk.operations import deals, disagreements, obstacles
from funnel_desk.operations.demo import create_demo
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.import_whole import CameBefore, NotFresh, NotNamed, RowCannotBe
from funnel_desk.operations.sharing import merge_file
from funnel_desk.queries.conflicts import conflicts
from funnel_desk.storage import check
from funnel_desk.storage.reader import Reader
from tests.desks import ANN, BOB, a_desk, stages
from tests.exchange.tables import everything

Contents = dict[str, list[tuple[object, ...]]]


def without_home(desk: Desk) -> Contents:
    """All that the workspace holds but for the name of the file itself."""
    return {name: rows for name, rows in everything(desk).items() if name != "workspace"}


def assert_trusted(desk: Desk) -> None:
    assert desk.read(lambda read: check.findings(read.connection)) == []
    assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []


def test_the_demo_goes_out_and_comes_in_equal(tmp_path: Path, other: Desk) -> None:
    create_demo(tmp_path / "demo.funnel", today="2026-11-02", time_zone="Asia/Tokyo")
    demo = Desk(tmp_path / "demo.funnel", ANN, write=False)
    counts = export_whole(demo, tmp_path / "out")
    fresh = without_home(other)
    assert try_folder(other, tmp_path / "out") == sum(counts.values())
    assert without_home(other) == fresh
    report = import_folder(other, tmp_path / "out")
    assert report.rows == sum(counts.values())
    assert without_home(other) == without_home(demo)
    assert (other.workspace.currency, other.workspace.time_zone) == (demo.workspace.currency, "Asia/Tokyo")
    assert_trusted(other)
    with pytest.raises(NotFresh):
        import_folder(other, tmp_path / "out")
    other.undo(report.batch)
    assert without_home(other) == fresh
    with pytest.raises(CameBefore):
        import_folder(other, tmp_path / "out")
    other.redo()
    assert without_home(other) == without_home(demo)
    assert list((tmp_path / "out" / "playbooks").glob("*.toml"))
    demo.close()


def test_paths_on_which_people_disagreed_and_facts_come_in_equal(tmp_path: Path, desk: Desk, other: Desk) -> None:
    ids = [desk.run(deals.new_deal, title=title).id for title in ("=1+1", "“”\r\n'\t", "c")]
    colleague = tmp_path / "colleague.funnel"
    colleague.write_bytes(desk.path.read_bytes())
    bob = Desk(colleague, BOB, clock=desk.clock)
    known = stages(desk)
    for deal_id in ids[:2]:
        desk.run(deals.move_deal, deal_id, known["prospect"].id)
        bob.run(deals.move_deal, deal_id, known["qualified"].id)
    desk.run(obstacles.raise_obstacle, ids[2], kind="other", text='"quoted", =2')
    bob.close()
    merge_file(desk, colleague)
    fork = desk.read(disagreements_of)[0]
    desk.run(disagreements.settle, fork, other=True)
    export_whole(desk, tmp_path / "out")
    import_folder(other, tmp_path / "out")
    assert without_home(other) == without_home(desk)
    assert len(other.read(disagreements_of)) == len(desk.read(disagreements_of)) == 1
    assert_trusted(other)


def disagreements_of(read: Reader) -> list[str]:
    return [one.id for one in conflicts(read)]


def test_folders_that_cannot_be_written(tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").write_text("mine")
    with pytest.raises(whole.FolderTaken):
        export_whole(desk, tmp_path / "full")
    with pytest.raises(CannotWrite):
        export_whole(desk, tmp_path / "none" / "out")
    (tmp_path / "empty").mkdir()
    assert export_whole(desk, tmp_path / "empty")["pipeline"] == 1
    monkeypatch.setattr(whole, "_write_table", _one_too_few)
    with pytest.raises(CountDiffers):
        export_whole(desk, tmp_path / "out")
    assert sorted(one.name for one in tmp_path.glob("*out*")) == []


def _one_too_few(path: Path, *_rest: object) -> int:
    raise CountDiffers(file=path, found=0, expected=1)


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_bytes()
    assert old.encode() in text
    (folder / name).write_bytes(text.replace(old.encode(), new.encode(), 1))


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("manifest.json", '"format": 1', '"format": 2', whole.NewerFolder),
        ("manifest.json", "{", "", whole.NotAWhole),
        ("manifest.json", '"deal": 1', '"deal": 2', whole.RowsMissing),
        ("manifest.json", '"deal": 1', '"ship": 1', whole.NewerFolder),
        ("deal.csv", ",new,", ",new,,", whole.RowsMissing),
        ("deal.csv", ",7,EUR", ",x,EUR", whole.WrongCell),
        ("deal.csv", "2026-", "2026+", RowCannotBe),
        ("stage.csv", "before", "behind", RowCannotBe),
        ("stage_event.csv", "moved", "flew", RowCannotBe),
    ],
)
def test_folders_that_are_not_taken(
    tmp_path: Path, desk: Desk, other: Desk, name: str, old: str, new: str, problem: type[Refusal]
) -> None:
    deal = desk.run(deals.new_deal, title="Gate", value=7, currency="EUR")
    desk.run(deals.move_deal, deal.id, stages(desk)["qualified"].id)
    export_whole(desk, tmp_path / "out")
    change(tmp_path / "out", name, old, new)
    before = everything(other)
    with pytest.raises(problem):
        import_folder(other, tmp_path / "out")
    assert everything(other) == before


def test_what_names_nothing_is_not_taken(tmp_path: Path, desk: Desk, other: Desk) -> None:
    desk.run(deals.new_deal, title="Gate", company="Alfa")
    export_whole(desk, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    manifest["tables"]["company"] = 0
    (tmp_path / "out" / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "out" / "company.csv").write_text("id,name\r\n")
    with pytest.raises(NotNamed):
        import_folder(other, tmp_path / "out")


def test_a_folder_that_a_spreadsheet_saved_again(tmp_path: Path, desk: Desk) -> None:
    desk.run(deals.new_deal, title="Gate; big", company="Alfa")
    export_whole(desk, tmp_path / "out")
    for path in (tmp_path / "out").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    (tmp_path / "b").mkdir()
    fresh = a_desk(tmp_path / "b", "apartment-doors")
    import_folder(fresh, tmp_path / "out")
    assert without_home(fresh) == without_home(desk)
    fresh.close()
