from datetime import date

import pytest
from hypothesis import given, strategies as st

from funnel_desk.exchange.cells import Unreadable
from funnel_desk.exchange.date_orders import date_readers, order_of_file
from funnel_desk.exchange.dates import DateOrder, DateReader, take_date_apart
from funnel_desk.exchange.problems import AmbiguousDates

MINSK = "Europe/Minsk"


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("22.11.2026", "2026-11-22"),
        ("1/2/26", "2026-02-01"),
        ("1-2-1999", "1999-02-01"),
        ("2026-11-22", "2026-11-22"),
        ("2026/1/2", "2026-01-02"),
        ("20261122", "2026-11-22"),
        ("5 ноября 2026", "2026-11-05"),
        ("5 ноября 2026 г.", "2026-11-05"),
        ("22 нояб. 2026", "2026-11-22"),
        ("3 мая 2025 в 10:30", "2025-05-03T07:30:00Z"),
        ("Apr 3, 2024", "2024-04-03"),
        ("November 5th, 2026", "2026-11-05"),
        ("5-Nov-26", "2026-11-05"),
        ("2026-Nov-05", "2026-11-05"),
        ("Mon, 3 Nov 2025 10:00:00 GMT", "2025-11-03T10:00:00Z"),
        ("15 Apr, 2021 00:02:00", "2021-04-14T21:02:00Z"),
        ("17.07.2025 9:24:22", "2025-07-17T06:24:22Z"),
        ("17.07.25 09:54 PM", "2025-07-17T18:54:00Z"),
        ("1/2/2026 12:30 am", "2026-01-31T21:30:00Z"),
        ("2021-05-08T03:00:00+03:00", "2021-05-08T00:00:00Z"),
        ("2026-11-22T10:15:30.123Z", "2026-11-22T10:15:30Z"),
        ("2026-11-22 10:15", "2026-11-22T07:15:00Z"),
        ("45631.0", "2024-12-05"),
        ("45631.5", "2024-12-05T09:00:00Z"),
        ("1575463702000", "2019-12-04T12:48:22Z"),
    ],
)
def test_dates_as_people_write_them(cell: str, moment: str) -> None:
    assert DateReader("dmy", MINSK).read(cell) == moment


@pytest.mark.parametrize(
    "cell",
    [
        "31.02.2026",
        "2026-02-30",
        "00.01.2026",
        "32 мая 2025",
        "5 Nov 2026 25:00",
        "мая 2025",
        "soon",
        "1,2,3",
        "12/31/2026",
        "7",
    ],
)
def test_what_is_no_day_is_told(cell: str) -> None:
    read = DateReader("dmy", MINSK).read(cell)
    assert isinstance(read, Unreadable)
    assert cell in read.reason


def test_american_days_with_two_digits_of_the_year() -> None:
    assert DateReader("mdy", MINSK).read("02/23/26 08:55 PM") == "2026-02-23T17:55:00Z"
    assert DateReader("ymd", MINSK).read("26-02-23") == "2026-02-23"


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["3/1/2017", "10/20/2016"], "mdy"),
        (["3/1/2017", "20/10/2016"], "dmy"),
        (["03.01.2017"], "dmy"),
        (["5/5/2026", "6/6/26"], "dmy"),
        (["2026-03-01"], "dmy"),
        (["3/1/2017"] * 5 + ["10/20/2016"] * 20 + ["20/10/2016"], "mdy"),
    ],
)
def test_the_column_decides_its_order(cells: list[str], order: DateOrder) -> None:
    assert date_readers({"d": cells}, MINSK)["d"].order == order


@pytest.mark.parametrize("cells", [["3/1/2017"], ["3-1-17", "5/5/2026"], ["3/1/2017", "20/10/2016", "10/20/2016"]])
def test_an_ambiguous_column_asks_unless_told(cells: list[str]) -> None:
    with pytest.raises(AmbiguousDates) as caught:
        date_readers({"Closed": cells}, MINSK)
    assert caught.value.values["header"] == "Closed"
    assert date_readers({"Closed": cells}, MINSK, told="mdy")["Closed"].order == "mdy"


def test_another_column_of_the_file_may_decide() -> None:
    readers = date_readers({"close": ["02/03/24"], "created": ["02/23/26"]}, MINSK)
    assert readers["close"].read("02/03/24") == "2024-02-03"
    readers = date_readers({"close": ["02/03/24"]}, MINSK, witnesses={"modified": ["02/23/26 08:55 PM"], "x": ["1"]})
    assert readers["close"].order == "mdy"


def test_columns_that_contradict_each_other_decide_nothing() -> None:
    with pytest.raises(AmbiguousDates):
        date_readers({"a": ["02/03/24"], "b": ["02/23/26"], "c": ["23/02/2026"]}, MINSK)


def test_a_column_of_midnights_is_a_column_of_days() -> None:
    assert date_readers({"d": ["2026-11-22 00:00:00"]}, MINSK)["d"].read("2026-11-22 00:00:00") == "2026-11-22"
    reader = date_readers({"d": ["2026-11-22 00:00:00", "2026-11-22 10:00"]}, MINSK)["d"]
    assert reader.read("2026-11-22 00:00:00") == "2026-11-21T21:00:00Z"


def test_the_order_of_the_file_is_reported() -> None:
    assert order_of_file({"a": ["2026-11-22"], "b": ["10/20/2016"]}) == "mdy"
    assert order_of_file({"a": ["2026-11-22"]}) == "ymd"
    assert order_of_file({"a": ["x"]}) is None
    assert order_of_file({}, "dmy") == "dmy"


@given(st.text(st.sampled_from("0123456789./-: ,TZ+маяApr'"), max_size=20))
def test_any_cell_is_a_date_or_not(cell: str) -> None:
    take_date_apart(cell)
    assert isinstance(DateReader("dmy", MINSK).read(cell), (str, Unreadable))


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)), st.sampled_from("./-"), st.booleans(), st.booleans())
def test_days_come_back_in_every_order(day: date, by: str, mdy: bool, short: bool) -> None:
    year = day.strftime("%y") if short else str(day.year)
    cell = by.join([str(day.month), str(day.day), year] if mdy else [str(day.day), str(day.month), year])
    assert DateReader("mdy" if mdy else "dmy", MINSK).read(cell) == day.isoformat()
