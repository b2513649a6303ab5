import pytest

from funnel_desk.exchange import deal_cells, history_cells
from funnel_desk.exchange.column_names import column_name
from funnel_desk.exchange.columns import match_columns
from funnel_desk.exchange.fields import FIELDS, What
from funnel_desk.exchange.mapping import told_columns, told_values
from funnel_desk.exchange.problems import (
    FieldTwice,
    MistypedField,
    MistypedHeader,
    NothingMatched,
    UnknownField,
    UnknownHeader,
    UnreadableRule,
)
from funnel_desk.exchange.words import import_words, normalise
from funnel_desk.i18n import LANGUAGES, in_language


def matched(headers: list[str], what: What = "deals", samples: dict[str, list[str]] | None = None) -> dict[str, str]:
    return {column.header: column.field for column in match_columns(headers, what, samples=samples).columns}


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("Deal - Title*", "deal title"),
        ("CloseDate", "close date"),
        ("LossReason__c", "loss reason c"),
        ("STAGE_ID", "stage id"),
        ("IsWon", "is won"),
        ("Объём  Сделки", "объем сделки"),
        ("CRMDealID", "crm deal id"),
    ],
)
def test_names_are_compared_without_their_dress(name: str, normal: str) -> None:
    assert normalise(name) == normal


def test_every_word_leads_to_a_field_that_exists() -> None:
    words = import_words()
    for what, names in [*words.fields.items(), *words.if_known.items()]:
        for fields in names.values():
            assert fields.keys() <= FIELDS[what].keys()  # type: ignore[index]


@pytest.mark.parametrize("what", FIELDS)
def test_the_keys_themselves_always_match(what: What) -> None:
    assert matched(list(FIELDS[what]), what) == {field: field for field in FIELDS[what]}


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (
            ["deal_no", "Deal - Title", "Deal - Value", "Deal - Stage", "Deal - Owner", "Deal - Lost reason"],
            ["title", "value", "stage", "owner", "lost_reason"],
        ),
        (
            ["Id", "Name", "StageName", "Amount", "CloseDate", "LeadSource", "IsClosed", "IsWon", "CreatedDate"],
            ["external_id", "title", "stage", "value", "closed_at", "source", "is_closed", "is_won", "created_at"],
        ),
        (
            ["Название сделки", "Бюджет", "Ответственный", "Дата создания сделки", "Этап сделки", "Причина отказа"],
            ["title", "value", "owner", "created_at", "stage", "lost_reason"],
        ),
        (
            ["ID", "STAGE_ID", "OPPORTUNITY", "CLOSEDATE", "TITLE", "DATE_CREATE"],
            ["external_id", "stage", "value", "closed_at", "title", "created_at"],
        ),
        (["property_dealname", "property_amount", "LossReason__c"], ["title", "value", "lost_reason"]),
        (["Opportunity", "Customer", "Sales Person", "Deadline"], ["title", "company", "owner", "expected_close"]),
        (["Expected revenue", "Number of sales reps", "Client country", "stage"], ["stage"]),
    ],
)
def test_the_words_of_other_programs(headers: list[str], fields: list[str]) -> None:
    assert list(matched(headers).values()) == fields


def test_stage_history() -> None:
    headers = ["Id", "OpportunityId", "CreatedDate", "StageName", "FromOpportunityStageName", "Amount"]
    assert list(matched(headers, "stage-history").values()) == ["deal", "at", "stage", "from_stage", "value"]


def test_the_better_column_wins_and_the_other_is_reported() -> None:
    matching = match_columns(["Id", "Deal ID", "Deal ID (2)"])
    assert [(column.header, column.field) for column in matching.columns] == [("Deal ID", "external_id")]
    assert [(column.header, column.why) for column in matching.left_out] == [("Id", "taken"), ("Deal ID (2)", "taken")]
    assert matching.ignored == ["Id", "Deal ID (2)"]


def test_cells_tell_what_a_status_is() -> None:
    samples = {"Status": ["Open", "Won", "LOST"], "Type": ["New Business", "Renewal"]}
    assert matched(["Status", "Stage", "Type"], samples=samples) == {
        "Status": "outcome",
        "Stage": "stage",
        "Type": "kind",
    }
    assert matched(["Status", "Type"], samples={"Status": ["Demo", "Won"], "Type": ["Big"]}) == {"Status": "stage"}


def test_a_currency_in_the_header_is_noticed() -> None:
    assert [column.currency for column in match_columns(["Amount (USD)", "Stage"]).columns] == ["USD", ""]
    assert match_columns(["Сумма, руб."]).columns[0].currency == "RUB"
    assert match_columns(["Amount (net)"]).columns[0].currency == ""


def test_what_was_told_goes_before_all() -> None:
    told = told_columns(["Name=company", "a=b=custom:Colour", "stage=ignore"], ["Name", "a=b", "Stage", "Deal name"])
    matching = match_columns(["Name", "a=b", "Stage", "Deal name"], told=told)
    assert [(column.header, column.field) for column in matching.columns] == [
        ("Name", "company"),
        ("a=b", "custom:Colour"),
        ("Deal name", "title"),
    ]
    assert matching.ignored == []


def test_columns_of_our_own_files() -> None:
    matching = match_columns(["title", "custom:Цвет", "_uid", "_line", "_reason", "_extra_1"])
    assert [column.field for column in matching.columns] == ["title", "custom:Цвет", "_uid"]
    assert matching.ignored == []


def test_nothing_known_at_all_is_refused() -> None:
    with pytest.raises(NothingMatched):
        match_columns(["qux", "quux"])


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("Nam=title", MistypedHeader),
        ("zzz=title", UnknownHeader),
        ("Name=titel", MistypedField),
        ("Name=qqqqq", UnknownField),
        ("Name", UnreadableRule),
        ("Name=", UnreadableRule),
        ("Name=custom:", UnreadableRule),
    ],
)
def test_a_rule_that_fits_nothing_is_refused(rule: str, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        told_columns([rule], ["Name", "Stage"])


def test_one_field_cannot_have_two_columns() -> None:
    with pytest.raises(FieldTwice):
        told_columns(["a=title", "b=title"], ["a", "b"])
    with pytest.raises(FieldTwice):
        told_columns(["a=title", "a=note"], ["a", "b"])


def test_values_are_told_after_a_header_with_colons() -> None:
    rules = ["Step: now:In talks=Negotiation", "Stage:a=b=c"]
    assert told_values(rules, ["Step: now", "Step", "Stage"]) == {
        "Step: now": {"In talks": "Negotiation"},
        "Stage": {"a=b": "c"},
    }
    with pytest.raises(UnreadableRule):
        told_values(["Stage=x"], ["Stage"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what", ["deals", "stage-history"])
def test_the_names_of_our_own_columns_are_known_in_each_language(lang: str, what: What) -> None:
    fields = deal_cells.FIELDS if what == "deals" else (*history_cells.FIELDS, history_cells.PIPELINE)
    with in_language(lang):
        headers = [column_name(field) for field in fields]
    assert {column.header: column.field for column in match_columns(headers, what).columns} == dict(
        zip(headers, fields, strict=True)
    )
