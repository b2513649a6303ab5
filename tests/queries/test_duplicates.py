"""Companies and contacts written twice are found with the reason, quickly, and not once they were told apart."""

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from funnel_desk.domain import likeness
from funnel_desk.domain.people import Company
from funnel_desk.operations import duplicates as acts, people
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.queries.companies import company_card, company_key, company_keys, company_rows
from funnel_desk.queries.contacts import contact_card, contact_key, contact_keys, contact_rows
from funnel_desk.queries.duplicates import company_pairs, contact_pairs, merge_size
from funnel_desk.storage.journal import Batch
from tests.desks import a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    desk.close()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ООО «Завод Прогресс»", "завод прогресс, ЗАО"),
        ("Ёлка", "ЕЛКА ООО"),
        ("North Ltd.", "NORTH, LLC"),
        ("Bau GmbH & Co. KG", "bau"),
        ("A.B.C. S.p.A.", "abc"),
    ],
)
def test_names_without_form_case_and_points(one: str, other: str) -> None:
    assert likeness.company_likeness(one) == likeness.company_likeness(other)


def test_addresses_and_numbers() -> None:
    assert likeness.phone_likeness("+375 (29) 123-45-67") == likeness.phone_likeness("8 029 1234567") == "291234567"
    assert likeness.phone_likeness("12-34") == ""
    assert likeness.email_likeness(" Ann@North.by ") == "ann@north.by"
    assert likeness.email_likeness("ann") == ""
    assert likeness.site_likeness("https://www.North.by/about") == "north.by"
    assert likeness.company_likeness("ООО") == "ооо"
    assert likeness.person_likeness("Иванов Пётр") == likeness.person_likeness("петр иванов")


def test_companies_are_found_with_the_reason_and_told_apart_for_good(desk: Desk) -> None:
    sites = {"Прогресс": "progress.by", "Север": "https://progress.by/"}
    for name in ("ООО Прогресс", "Прогресс", "Прогрес", "Север", "Юг"):
        desk.run(people.new_company, name=name, site=sites.get(name, ""))
    found = desk.read(company_pairs)
    assert {(frozenset((pair.first_name, pair.second_name)), pair.reasons) for pair in found} == {
        (frozenset(("ООО Прогресс", "Прогресс")), ("name",)),
        (frozenset(("Прогресс", "Север")), ("site",)),
        (frozenset(("ООО Прогресс", "Прогрес")), ("similar",)),
        (frozenset(("Прогресс", "Прогрес")), ("similar",)),
    }
    for pair in found:
        desk.run(acts.tell_apart, "company", pair.second, pair.first)
    assert desk.read(company_pairs) == []
    desk.undo()
    assert len(desk.read(company_pairs)) == 1


def test_a_slip_at_the_beginning_of_a_long_word_is_found_too(desk: Desk) -> None:
    for name in ("Рпогресс", "Прогресс"):
        desk.run(people.new_company, name=name)
    assert [pair.reasons for pair in desk.read(company_pairs)] == [("similar",)]


def test_contacts_are_found_by_address_number_and_name_within_a_company(desk: Desk) -> None:
    for name, company, email, phone in (
        ("Ann Lee", "North", "ann@north.by", ""),
        ("Lee, Ann", "North", "", "+375 29 123 45 67"),
        ("A. Lee", "South", "ANN@north.by", ""),
        ("Accounts", "East", "", "8 029 123 45 67"),
        ("Ann Lee", "West", "", ""),
    ):
        desk.run(people.new_contact, name=name, company=company, email=email, phone=phone)
    reasons = sorted(pair.reasons for pair in desk.read(contact_pairs))
    assert reasons == [("email",), ("name",), ("phone",)]


def test_lists_find_sort_and_count(desk: Desk) -> None:
    north = desk.run(people.new_company, name="Север", industry="ворота", owner="Max")
    south = desk.run(people.new_company, name="Ёлка")
    ann = desk.run(people.new_contact, name="Ann", company="Север", phone="123")

    def names(text: str = "", **order: object) -> list[str]:
        keys = desk.read(company_keys, text, **order)  # type: ignore[arg-type]
        rows = {row.row_key: row.company.name for row in desk.read(company_rows, keys)}
        return [rows[key] for key in keys]

    assert names() == ["Ёлка", "Север"]
    assert names("ВОРОТА") == ["Север"]
    assert names("елка") == ["Ёлка"]
    assert names(sort="people") == names(sort="industry", descending=True) == ["Север", "Ёлка"]
    assert desk.read(company_card, south.id).people == ()  # type: ignore[union-attr]
    card = desk.read(contact_card, ann.id)
    assert card is not None
    assert card.company == north
    keys = desk.read(contact_keys, "север 123", "company")
    assert [row.contact.name for row in desk.read(contact_rows, keys)] == ["Ann"]
    assert desk.read(contact_key, ann.id) == keys[0]
    assert desk.read(company_key, "gone") is None
    assert desk.read(company_card, "gone") is None
    assert desk.read(merge_size, "company", north.id).contacts == 1


@operation("Fill")
def fill(batch: Batch, count: int, chance: Random) -> None:
    parts = ("строй", "север", "восток", "проект", "техно", "завод", "прогресс", "мост", "гарант", "сервис", "лес")
    for number in range(count):
        name = f"{chance.choice(parts)}{chance.choice(parts)} {chance.choice(parts)} {number % (count // 2)}"
        batch.add(Company(batch.new_id(), f"ООО «{name.title()}»"))


@pytest.mark.speed
def test_twenty_thousand_companies_take_seconds(desk: Desk) -> None:
    desk.run(fill, 20_000, Random(5))  # noqa: S311 - made-up names
    began = time.perf_counter()
    found = desk.read(company_pairs)
    took = time.perf_counter() - began
    print(f"{len(found)} pairs in {took:.1f} s")  # noqa: T201
    assert took < 20
    began = time.perf_counter()
    keys = desk.read(company_keys, "строй")
    print(f"{len(keys)} keys in {(time.perf_counter() - began) * 1000:.0f} ms")  # noqa: T201
