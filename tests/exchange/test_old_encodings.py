"""Texts in the encodings of their time are told apart by what they say, and days in every usual way are read."""

import pytest

from funnel_desk.exchange.dates import DateReader
from funnel_desk.exchange.table import read_table
from funnel_desk.operations.desk import Desk
from tests.exchange.tables import ask, take_in

DEALS = (
    "Название сделки;Компания;Этап;Сумма;Дата создания;Комментарий\n"
    "Ворота;ООО «Ромашка»;Подозреваемый;1 234,56;5 января 2026 г.;просят скидку\n"
    "ЗАБОР;Юрий Щукин, ИП;выиграна;7,5;06.01.2026;ПОДПИСАН\n"
)
WESTERN = "Title;Company;Note\nTür;Müller & Söhne;Größe prüfen\nPorte;Société Générale;déjà payé\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-r"])
def test_the_same_russian_table_in_each_encoding(desk: Desk, encoding: str) -> None:
    text = DEALS if encoding.startswith(("utf", "cp1251")) else DEALS.replace("«", "").replace("»", "")
    take_in(desk, text.encode(encoding), values=("Этап:Подозреваемый=suspect",))
    assert ask(desk, "SELECT title, value, created_at, note FROM deal ORDER BY id") == [
        ("Ворота", 123456, "2026-01-05", "просят скидку"),
        ("ЗАБОР", 750, "2026-01-06", "ПОДПИСАН"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "cp1252"])
def test_the_same_western_table_in_each_encoding(encoding: str) -> None:
    table = read_table(WESTERN.encode(encoding))
    assert [row.cells for row in table.rows] == [line.split(";") for line in WESTERN.splitlines()[1:]]


def test_what_latin_1_and_cp1252_write_alike_is_the_one_that_also_has_the_euro() -> None:
    assert read_table(WESTERN.encode("latin-1")).encoding == "cp1252"
    polish = "Klient;Uwagi\nŁódź Sp. z o.o.;zażółć gęślą jaźń\n"
    assert read_table(polish.encode("cp1250")).rows[0].cells == polish.splitlines()[1].split(";")


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("05.01.2026", "2026-01-05"),
        ("5.1.26", "2026-01-05"),
        ("05/01/2026 14:30", "2026-01-05T11:30:00Z"),
        ("2026/01/05", "2026-01-05"),
        ("20260105", "2026-01-05"),
        ("2026-01-05 10:15:30+03:00", "2026-01-05T07:15:30Z"),
        ("January 5 2026", "2026-01-05"),
        ("5-Jan-26", "2026-01-05"),
        ("5 янв. 2026 г., 14:30", "2026-01-05T11:30:00Z"),
        ("понедельник, 5 января 2026 г.", "2026-01-05"),
        ("15 Apr, 2021 00:02:00", "2021-04-14T21:02:00Z"),
        ("46027", "2026-01-05"),
        ("46027,5", "2026-01-05T09:00:00Z"),
        ("05/01/2026 10:15 PM", "2026-01-05T19:15:00Z"),
    ],
)
def test_a_day_however_it_is_written(cell: str, moment: str) -> None:
    assert DateReader("dmy", "Europe/Minsk").read(cell) == moment
