"""Exports of other programs are known by their headers; a person's own are kept beside."""

import tomllib

import pytest

from funnel_desk import resources
from funnel_desk.exchange.import_problems import BadPreset, NoSuchPreset, PresetKey, UnknownStages
from funnel_desk.exchange.kept_plan import save_plan
from funnel_desk.exchange.presets import Preset, own_folder, preset_of, presets, save_preset
from funnel_desk.operations.desk import Desk
from tests.exchange.tables import a_plan, ask, counts, everything, one, stands, take_in, walked

SAMPLES = {
    "pipedrive": (
        "Deal - Title,Deal - Organization,Deal - Contact person,Deal - Value,Deal - Currency of value,Deal - Stage,"
        "Deal - Status,Deal - Creation date,Deal - Won time,Deal - Lost time,Deal - Lost reason,Deal - Label\n"
        "Gate,Alfa,Ivan,100.0,EUR,Qualified,Open,2026-01-05,,,,Hot\n"
        "Yard,Beta,,7.0,EUR,Prospect,Won,2026-01-05,2026-02-01,,,\n"
        "Door,Beta,,7.0,EUR,Prospect,Lost,2026-01-05,,2026-02-01,too dear,\n"
        "Gone,Beta,,7.0,EUR,Prospect,Deleted,2026-01-05,,,,\n"
    ),
    "hubspot": (
        "Record ID,Deal Name,Deal Stage,Amount,Deal owner,Close Date,Create Date,Associated Company\n"
        "1,Gate,Qualified,100,Ann,2026-03-01 10:00,2026-01-05 09:00,Alfa\n"
        "2,Yard,Closed won (Sales Pipeline),7,Ann,2026-02-01 10:00,2026-01-05 09:00,Beta\n"
        "3,Door,Closed Lost,7,Ann,2026-02-01 10:00,2026-01-05 09:00,Beta\n"
    ),
    "salesforce_export": (
        '"Id","IsDeleted","AccountId","Name","StageName","Amount","Probability","CloseDate","Type","LeadSource",'
        '"IsClosed","IsWon","OwnerId","CreatedDate","LossReason__c"\n'
        '"1","0","A","Gate","Qualified","100","20","2026-03-01 00:00:00","New Business","Web","0","0",'
        '"000000000000000AAA","2026-01-05 08:00:00",""\n'
        '"2","0","A","Yard","Closed Won","7","100","2026-02-01 00:00:00","","","1","1","005","2026-01-05 08:00:00",""\n'
        '"3","0","A","Door","Closed Lost","7","0","2026-02-01 00:00:00","","","1","0","005","2026-01-05 08:00:00","x"\n'
        '"4","1","A","Gone","Closed Lost","7","0","2026-02-01 00:00:00","","","1","0","005","2026-01-05 08:00:00","x"\n'
    ),
    "salesforce_report": (
        '"Opportunity Owner","Account Name","Opportunity Name","Stage","Amount","Close Date","Created Date","Age"\n'
        '"Ann","Alfa","Gate","Qualified","100","3/1/2026","1/15/2026","5"\n'
        '"Ann","Beta","Yard","Closed Won","7","2/1/2026","1/15/2026","5"\n'
        '"Ann","Beta","Door","Closed Lost","7","2/1/2026","1/15/2026","5"\n'
        '"Grand Totals (3 records)"\n\n"Deals of the year"\n"Copyright (c) 2026 a vendor"\n'
    ),
    "zoho": (
        "Id,Deal Owner Name,Closing Date,Stage,Lost Reason,Source,Created Time,Offer Total Amount,Contact Name,City\n"
        '5805028000000000001,Ann,01.03.2026,Qualified,,Web,05.01.2026 10:00,"€ 2.900,00",Ivan,Minsk\n'
        "5805028000000000002,Ann,01.02.2026,Closed Won,,Web,05.01.2026 10:00,11000,Olga,\n"
        "5805028000000000003,Ann,01.02.2026,Closed Lost,no money,Web,05.01.2026 10:00,11000,Olga,\n"
    ),
    "bitrix24": (
        "ID;TITLE;STAGE_ID;OPPORTUNITY;CURRENCY_ID;DATE_CREATE;CLOSEDATE;CLOSED;Товар;Цена\n"
        "1;Gate;Qualified;100;EUR;2026-01-05T03:00:00+03:00;2026-03-01T03:00:00+03:00;N;Lock;60\n"
        "1;Gate;Qualified;100;EUR;2026-01-05T03:00:00+03:00;2026-03-01T03:00:00+03:00;N;Key;40\n"
        "2;Yard;C2:WON;7;EUR;2026-01-05T03:00:00+03:00;2026-02-01T03:00:00+03:00;Y;;\n"
        "3;Door;C6:LOSE;7;EUR;2026-01-05T03:00:00+03:00;2026-02-01T03:00:00+03:00;Y;;\n"
    ),
    "amocrm": (
        '"ID";"Название сделки";"Этап сделки";"Бюджет";"Дата создания сделки";"Дата закрытия";"Теги";'
        '"Имя связанного контакта";"Название связанной компании";"Ответственный"\n'
        '"1";"Gate";"Qualified";"100";"05.01.2026 10:00:00";"";"Hot, north";"Иван";"Alfa";"Анна"\n'
        '"2";"Yard";"Успешно реализовано";"7";"05.01.2026 10:00:00";"01.02.2026 10:00:00";"";"";"Beta";"Анна"\n'
        '"3";"Door";"Закрыто и не реализовано";"7";"05.01.2026 10:00:00";"01.02.2026 10:00:00";"";"";"Beta";"Анна"\n'
    ),
    "spreadsheet": (
        "№;Клиент;Контакт;Телефон;Статус;Сумма;Дата;Менеджер;Комментарий\n"
        "1;Alfa;Иван;+375 29 1112233;Qualified;1 000,50;05.01.2026;Анна;звонить\n"
        "2;Beta;;;выиграна;7;05.01.2026;Анна;\n3;Gamma;;;отказ;7;05.01.2026;Анна;\nИтого;;;;;1 014,50;;;\n"
    ),
}
HISTORIES = {
    "salesforce_history": (
        "Id,OpportunityId,CreatedById,CreatedDate,StageName,Amount,ExpectedRevenue,CloseDate,Probability,ForecastCategory,"
        "SystemModstamp,IsDeleted\n008a,006x,5,02/23/26 08:55 PM,Qualified,7,1,01/27/21,10,Pipeline,02/23/26 08:55 PM,"
        "FALSE\n008b,006x,5,02/25/26 08:55 PM,Closed Won,7,7,01/27/21,100,Closed,02/25/26 08:55 PM,FALSE\n"
        "008c,006x,5,02/26/26 08:55 PM,Suspect,7,7,01/27/21,100,Closed,02/25/26 08:55 PM,TRUE\n"
    ),
    "bitrix24_history": (
        "ID,TYPE_ID,OWNER_ID,CREATED_TIME,CATEGORY_ID,STAGE_SEMANTIC_ID,STAGE_ID\n"
        "1,1,77,2026-01-05T03:00:00+03:00,0,P,Qualified\n2,3,77,2026-01-09T03:00:00+03:00,0,S,WON\n"
    ),
    "hubspot_history": (
        "Record ID,Deal Name,Deal Stage,Date entered stage,Date left stage,Amount\n"
        "9,Gate,Qualified,2026-01-05,2026-01-09,7\n9,Gate,Closed won,2026-01-09,,7\n"
    ),
}


def known(key: str) -> Preset:
    return next(one for one in presets() if one.key == key)


@pytest.mark.parametrize("key", SAMPLES)
def test_deals_of_each_program_come_in_by_the_shortest_line(desk: Desk, key: str) -> None:
    plan = a_plan(desk, SAMPLES[key], any_kind=True)
    assert plan.preset is not None
    assert (plan.preset.key, plan.matching.ignored) == (key, ["AccountId"] if key == "salesforce_export" else [])
    report = take_in(desk, SAMPLES[key], any_kind=True)
    assert counts(report) == (3, 0, 0, 0)
    assert [(row[1], row[2]) for row in stands(desk)] == [
        ("qualified", "open"),
        ("transacted", "won"),
        (stands(desk)[2][1], "lost"),
    ]
    if "external_id" in {column.field for column in plan.matching.columns}:
        assert counts(take_in(desk, SAMPLES[key], any_kind=True)) == (0, 0, 3, 0)


@pytest.mark.parametrize("key", HISTORIES)
def test_histories_of_each_program_come_in_without_telling_what_they_are(desk: Desk, key: str) -> None:
    report = take_in(desk, HISTORIES[key], any_kind=True)
    assert counts(report) == (2, 0, 0, 0)
    (stays,) = walked(desk).values()
    assert [stay[0] for stay in stays] == ["qualified", "transacted"]
    assert a_plan(desk, HISTORIES[key], any_kind=True).what == "stage-history"


def test_every_shipped_preset_is_sound_and_tried() -> None:
    found = {one.key for one in presets()}
    assert found - {"hubspot_connector"} == {*SAMPLES, *HISTORIES}
    for path in resources.files("csv_presets", ".toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        assert {"en", "ru"} == set(data["name"])
        for headers in data["found_by"]:
            assert preset_of("auto", headers) is not None


def test_what_programs_write_into_cells_is_understood(desk: Desk) -> None:
    take_in(desk, SAMPLES["salesforce_export"])
    assert ask(desk, "SELECT title, owner, kind, expected_close, custom FROM deal WHERE external_id = '1'") == [
        ("Gate", "", "new", "2026-03-01", "{}")
    ]
    take_in(desk, SAMPLES["zoho"])
    assert one(desk, "value, currency, created_at, custom", "deal WHERE external_id LIKE '%001'") == (
        290000, "EUR", "2026-01-05T07:00:00Z", '{"City":"Minsk"}',
    )  # fmt: skip


def test_rows_that_are_none_and_rows_that_tell_more_are_told(desk: Desk) -> None:
    report = take_in(desk, SAMPLES["bitrix24"])
    assert [(note.line, note.reason) for note in report.warnings] == [
        (3, "1 row tells more of a deal above it, and was put together with that.")
    ]
    assert one(desk, "product, value", "deal WHERE external_id = '1'") == ("Lock, Key", 10000)
    changed = SAMPLES["bitrix24"].replace("1;Gate;Qualified;100;EUR", "1;Other;Qualified;100;EUR", 1)
    assert counts(take_in(desk, changed)) == (0, 1, 2, 1)
    report = take_in(desk, SAMPLES["pipedrive"])
    assert [note.reason for note in report.warnings] == ["1 row was deleted in Pipedrive: deals, and was left out."]


def test_what_a_person_tells_goes_before_a_preset(desk: Desk) -> None:
    plan = a_plan(desk, SAMPLES["amocrm"], maps=("Ответственный=ignore", "Теги=note"))
    assert (plan.matching.header("note"), plan.matching.header("tags"), plan.matching.header("owner")) == (
        "Теги", None, None,
    )  # fmt: skip
    assert a_plan(desk, SAMPLES["amocrm"], preset="none").preset is None
    with pytest.raises(NoSuchPreset):
        a_plan(desk, SAMPLES["amocrm"], preset="amo")


def test_ambiguous_days_are_read_as_the_program_usually_writes_them(desk: Desk) -> None:
    table = "Название сделки;Этап сделки;Дата создания сделки\nA;Qualified;03/04/2026\n"
    take_in(desk, table)
    assert one(desk, "created_at") == ("2026-04-03",)


def test_a_plan_is_kept_and_found_again_by_its_headers(desk: Desk) -> None:
    table = 'wer,"was: ""so""",wo,wann,egal\nAlfa,Gate,drin,03/04/2026,x\n'
    told = {
        "maps": ("wer=company", 'was: "so"=title', "wo=stage", "wann=created_at"),
        "values": ("wo:drin=qualified",),
        "date_order": "mdy",
    }
    plan = a_plan(desk, table, **told)
    path = save_plan("von-hand", plan)
    assert path.parent == own_folder()
    again = a_plan(desk, table, any_kind=True)
    assert again.preset is not None
    assert (again.preset.key, again.preset.own, again.detected.date_order) == ("von-hand", True, "mdy")
    assert again.matching.columns == plan.matching.columns
    take_in(desk, table)
    assert (stands(desk)[0][:2], one(desk, "created_at")) == (("Gate", "qualified"), ("2026-03-04",))
    save_preset("empty", "", "companies", {"x\ty": "name"})
    assert known("empty").columns == {"x y": "name"}
    for key in ("auto", "none", "A b", "../x", ""):
        with pytest.raises(PresetKey):
            save_plan(key, plan)


def test_a_damaged_preset_of_ones_own_stops_nobody_until_it_is_asked_for(desk: Desk) -> None:
    own_folder().mkdir(parents=True)
    for name, text in (("bad", "name = "), ("worse", 'name = "x"\n[columns]\na = "colour"\n'), ("none_at_all", "")):
        (own_folder() / f"{name}.toml").write_text(text)
        with pytest.raises(BadPreset):
            a_plan(desk, SAMPLES["zoho"], preset=name)
    assert counts(take_in(desk, SAMPLES["zoho"])) == (3, 0, 0, 0)


NEW = "title,stage,probability\nA,Talks,20%\nB,Offer made,50%\nC,First call,5%\nD,Won,100%\nE,Отказ,0%\n"


def test_stages_that_the_pipeline_lacks_are_made_where_that_is_asked_for(desk: Desk) -> None:
    with pytest.raises(UnknownStages):
        take_in(desk, NEW)
    before = everything(desk)
    assert counts(take_in(desk, NEW, add_stages=True)) == (5, 0, 0, 0)
    rows = ask(desk, "SELECT key, probability FROM stage ORDER BY position")
    assert rows[4:8] == [("first_call", 500), ("talks", 2000), ("offer_made", 5000), ("transacted", 10000)]
    assert [row[1:3] for row in stands(desk)][:4] == [
        ("talks", "open"), ("offer_made", "open"), ("first_call", "open"), ("transacted", "won"),
    ]  # fmt: skip
    desk.undo()
    assert everything(desk) == before


def test_stages_of_usual_names_come_in_their_usual_order(desk: Desk) -> None:
    take_in(desk, "title,stage\nA,Negotiation\nB,Offer sent\nC,Prospecting\n", new_pipeline="X")
    take_in(desk, "title,stage\nA,Zeta\nB,Offer sent\nC,Alpha\n", new_pipeline="Y")
    rows = ask(
        desk,
        "SELECT key FROM stage WHERE pipeline_id IN (SELECT id FROM pipeline WHERE position > 0)"
        " ORDER BY (SELECT position FROM pipeline WHERE pipeline.id = pipeline_id), stage.position",
    )
    assert [row[0] for row in rows] == [
        "prospecting", "offer_sent", "negotiation", "won", "zeta", "offer_sent", "alpha", "won",
    ]  # fmt: skip


def test_a_pipeline_is_made_of_the_stages_of_a_table_and_found_again(desk: Desk) -> None:
    before = everything(desk)
    table = f"id,{NEW}".replace("\nA", "\n1,A").replace("\nB", "\n2,B").replace("\nC", "\n3,C")
    table = table.replace("\nD", "\n4,D").replace("\nE", "\n5,E")
    assert counts(take_in(desk, table, new_pipeline="Old CRM")) == (5, 0, 0, 0)
    assert ask(
        desk,
        "SELECT key, side FROM stage JOIN pipeline ON pipeline.id = pipeline_id WHERE pipeline.name LIKE '%Old CRM%'"
        " ORDER BY stage.position",
    ) == [("first_call", "before"), ("talks", "before"), ("offer_made", "before"), ("won", "won")]
    again = take_in(desk, table, new_pipeline="Old CRM")
    assert (counts(again), again.batch) == ((0, 0, 5, 0), None)
    desk.undo()
    assert everything(desk) == before
