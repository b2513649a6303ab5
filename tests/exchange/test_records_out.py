"""Companies, contacts, activities and steps out, and the same workspace takes them back without any change."""

from pathlib import Path

import pytest

from funnel_desk.exchange.exporting import KINDS, OutOptions, export_file, preview
from funnel_desk.exchange.fields import What
from funnel_desk.i18n import in_language
from funnel_desk.operations.demo import create_demo
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.deals import DealFilter, deal_ids
from tests.desks import ANN
from tests.exchange.tables import ask, attempt, counts, given_out, told


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.funnel"
    create_demo(path, today="2026-11-02", time_zone="Asia/Tokyo")
    return path


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("what", ["companies", "contacts", "activities", "steps"])
def test_every_kind_of_record_comes_back_unchanged(demo: Path, what: What, lang: str) -> None:
    desk = Desk(demo, ANN, write=False)
    with in_language(lang):
        for profile in ("exact", "excel"):
            table = given_out(desk, what, "exact" if profile == "exact" else "excel")
            report = attempt(desk, table, what=what)
            assert (report.ignored_columns, report.errors) == ((), ())
            assert counts(report) == (0, 0, report.rows, 0)
            assert report.rows > 20
    desk.close()


def test_only_what_belongs_to_some_deals(demo: Path, tmp_path: Path) -> None:
    desk = Desk(demo, ANN, write=False)
    won = frozenset(desk.read(lambda read: deal_ids(read, DealFilter(outcomes=("won",)))))
    for what in KINDS:
        everything = export_file(desk, tmp_path / "out.csv", OutOptions(what)).rows
        some = export_file(desk, tmp_path / "out.csv", OutOptions(what, only=won)).rows
        assert 0 < some < everything
    (bought,) = ask(
        desk, "SELECT count(DISTINCT company_id) FROM deal_state JOIN deal ON id = deal_id WHERE outcome = 'won'"
    )
    assert export_file(desk, tmp_path / "out.csv", OutOptions("companies", only=won)).rows == bought[0]
    desk.close()


def test_a_preview_is_what_is_written(demo: Path, tmp_path: Path) -> None:
    desk = Desk(demo, ANN, write=False)
    options = OutOptions("contacts", columns=("phone", "name", "_rev"))
    headers, rows = desk.read(lambda read: preview(read, options, 3))
    export_file(desk, tmp_path / "out.csv", options)
    written = told((tmp_path / "out.csv").read_bytes())
    assert [dict(zip(headers, row, strict=True)) for row in rows] == written[:3]
    desk.close()
