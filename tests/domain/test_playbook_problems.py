"""What is wrong with a playbook is told by file, line and key. `#!` marks the line that the sentence has to name."""

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain import playbook_problems as problems
from funnel_desk.domain.playbook import Playbook, PlaybookStep, Repeat, Term, parse
from funnel_desk.domain.words import Words

BOOK = """\
key = "shop"
name = { en = "Shop", ru = "Магазин" }
source = { en = "Letters", ru = "" }
reviewed_on = 2026-11-01

[[lost_reasons]]
key = "expensive"
name = { en = "Expensive", ru = "Дорого" }

[[stages]]
key = "offer"
name = { en = "Offer", ru = "Предложение" }
probability = 0.1505
stalled_days = 10
exit_rule = "warn"

[[stages.steps]]
key = "send"
title = { en = "Send", ru = "Отправить" }
kind = "email"
say.en = "{contact}, **when?**"
say.ru = "{contact}, **когда?**"
ask = { en = ["Who?", "When?"], ru = ["Кто?", "Когда?"] }

[[stages.steps]]
key = "remind"
title = { en = "Remind", ru = "Напомнить" }
kind = "call"
term = { after = "step:send", days = 3, working = true }
repeat = { every = 7, until = "send" }
required = false

[[stages]]
key = "sold"
name = { en = "Sold", ru = "Продано" }
won = true

[[stages.steps]]
key = "thank"
title = { en = "Thank", ru = "Поблагодарить" }
kind = "call"
term = { after = "sale", days = 30 }

[[stages]]
key = "after"
name = { en = "After", ru = "После" }
probability = 1

[[objections]]
key = "expensive"
says = { en = "Expensive", ru = "Дорого" }
answer = { en = "Compared with what?", ru = "По сравнению с чем?" }
"""
STAGE = '[[stages]]\nkey = "a"\nname = { en = "A", ru = "" }\n'
REASON = '[[lost_reasons]]\nname = { en = "", ru = "Д" }\n'
EMPTY = '\nkey = "new"\nname = { en = "New", ru = "Новое" }\n'


def book(old: str = "", new: str = "") -> Playbook:
    assert old in BOOK
    return parse(BOOK.replace(old, new, 1), "shop.toml")


def test_a_playbook_is_read_whole() -> None:
    read = book()
    assert (read.key, read.name.ru, read.reviewed_on) == ("shop", "Магазин", "2026-11-01")
    assert [(stage.key, stage.probability, stage.side) for stage in read.stages] == [
        ("offer", 1505, "before"),
        ("sold", 10_000, "won"),
        ("after", 10_000, "after"),
    ]
    offer, sold, after = read.stages
    assert (offer.stalled_days, offer.exit_rule) == (10, "warn")
    assert (sold.won, after.after_sale) == (True, True)
    assert [step.key for step in read.steps()] == ["send", "remind", "thank"]
    assert offer.steps[0].ask == Words("Who?\nWhen?", "Кто?\nКогда?")
    assert offer.steps[1] == PlaybookStep(
        "remind",
        Words("Remind", "Напомнить"),
        "call",
        Term("step:send", 3, working=True),
        Repeat(7, "send"),
        required=False,
    )
    assert read.lost_reasons[0].name.en == "Expensive"
    assert read.objections[0].answer.ru == "По сравнению с чем?"


def test_an_empty_language_is_read_in_the_other() -> None:
    assert book().source.of("ru") == "Letters"


def test_a_byte_order_mark_and_windows_lines_do_not_matter() -> None:
    assert parse("\ufeff" + BOOK.replace("\n", "\r\n"), "shop.toml") == book()


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        (problems.NotToml, 'key = "shop"', 'key "shop" #!'),
        (problems.HardBeforeSoft, "stalled_days = 10", "stalled_days = 10\nhard_days = 9"),
        (problems.RequiredOnDemand, "required = false", "required = true\non_demand = true"),
        (problems.NotToml, "won = true", "won = true\nwon = false #!"),
        (problems.NotToml, "days = 30 }", "days = 30 #!"),
        (problems.NotToml, "2026-11-01", "2026-13-01 #!"),
        (problems.MistypedKey, 'repeat = { every = 7, until = "send" }', "repaet = { every = 7 } #!"),
        (problems.MistypedKey, "working = true }", "workin = true } #!"),
        (problems.MistypedKey, "stalled_days = 10", "stalled_day = 10 #!"),
        (problems.MistypedKey, "source =", "sources = {} #!\nsource ="),
        (problems.UnknownKey, 'key = "send"', 'key = "send"\ncolour = "red" #!'),
        (problems.UnknownKey, "[[lost_reasons]]", "[[lost_reasons]]\nwhy = 1 #!"),
        (problems.UnknownKey, 'key = "expensive"\nsays', 'key = "expensive"\n"two words" = 1 #!\nsays'),
        (problems.MissingKey, 'key = "shop"\n', "#!\n"),
        (problems.MissingKey, '[[stages]]\nkey = "sold"', "[[stages]] #!"),
        (problems.MissingKey, "probability = 0.1505", ""),
        (problems.MissingKey, 'kind = "email"', ""),
        (problems.MissingKey, "every = 7, ", ""),
        (problems.MissingLanguage, ', ru = "Магазин" }', "} #!"),
        (problems.MissingLanguage, 'say.ru = "{contact}, **когда?**"', ""),
        (problems.MissingLanguage, ', ru = ["Кто?", "Когда?"] }', "} #!"),
        (problems.NoWords, 'en = "Offer", ru = "Предложение" }', 'en = "", ru = " " } #!'),
        (problems.UnevenItems, '["Кто?", "Когда?"] }', '["Кто?"] } #!'),
        (problems.NotText, 'key = "send"', "key = 5 #!"),
        (problems.NotText, '"Магазин" }', "1 } #!"),
        (problems.NotText, '"Who?", "When?"]', '"Who?", true]'),
        (problems.NotOneLine, '"Who?",', '"""Who?\nWhom?""",'),
        (problems.NotWholeNumber, "stalled_days = 10", "stalled_days = 0 #!"),
        (problems.NotWholeNumber, "stalled_days = 10", 'stalled_days = "ten" #!'),
        (problems.NotWholeNumber, "days = 30 }", f"days = 0x{'f' * 9000} }} #!"),
        (problems.NotWholeNumber, "days = 30 }", "days = 1.5 } #!"),
        (problems.NotWholeNumber, "every = 7", "every = true"),
        (problems.NotFlag, "won = true", 'won = "yes" #!'),
        (problems.NotFlag, "required = false", "required = 0 #!"),
        (problems.NotTable, 'name = { en = "Shop", ru = "Магазин" }', 'name = "Shop" #!'),
        (problems.NotTable, 'term = { after = "sale", days = 30 }', "term = 30 #!"),
        (problems.NotTable, "[[lost_reasons]]\nkey", "lost_reasons = [\n1] #!\n[[stages]]\nkey"),
        (problems.NotList, '["Who?", "When?"]', '"Who?"'),
        (problems.NotList, "[[lost_reasons]]", "[lost_reasons] #!"),
        (problems.NotDay, "2026-11-01", '"November" #!'),
        (problems.NotDay, "2026-11-01", "2026-11-01T10:00:00 #!"),
        (problems.NotProbability, "0.1505", "15 #!"),
        (problems.NotProbability, "0.1505", "-0.1 #!"),
        (problems.NotProbability, "0.1505", "0.15055 #!"),
        (problems.NotProbability, "0.1505", "nan #!"),
        (problems.NotProbability, "0.1505", "inf #!"),
        (problems.NotProbability, "0.1505", "true #!"),
        (problems.NotProbability, "0.1505", '"40 %" #!'),
        (problems.NotKey, 'key = "send"', 'key = "send it" #!'),
        (problems.NotKey, 'key = "shop"', 'key = "" #!'),
        (problems.UnknownChoice, 'kind = "email"', 'kind = "fax" #!'),
        (problems.UnknownChoice, 'exit_rule = "warn"', 'exit_rule = "stop" #!'),
        (problems.UnknownChoice, 'after = "sale", days = 30 }', 'after = "tomorrow" } #!'),
        (problems.DuplicateKey, 'key = "thank"', 'key = "send" #!'),
        (problems.DuplicateKey, 'key = "after"', 'key = "SOLD" #!'),
        (problems.DuplicateKey, '"After", ru = "После" }', '"After", ru = "продано" } #!'),
        (problems.DuplicateKey, '"After", ru', '"Sold", ru'),
        (problems.DuplicateKey, "[[stages]]", REASON + 'key = "Expensive" #!\n\n[[stages]]'),
        (problems.NoWonStage, "won = true", ""),
        (problems.SecondWonStage, "probability = 1\n", "probability = 1\nwon = true #!\n"),
        (problems.ProbabilityFalls, "[[stages]]", STAGE + "probability = 0.9\n\n[[stages]]"),
        (problems.ProbabilityAfterSale, "won = true", "won = true\nprobability = 0.9 #!"),
        (problems.ProbabilityAfterSale, "probability = 1\n", "probability = 0.0 #!\n"),
        (problems.MistypedStep, '"step:send"', '"step:sned"'),
        (problems.UnknownStep, 'until = "send" }', 'until = "whatever" } #!'),
        (problems.RepeatUntilItself, 'until = "send" }', 'until = "remind" } #!'),
        (problems.StepWaitsForItself, 'kind = "email"', 'kind = "email"\nterm = { after = "step:remind" } #!'),
        (problems.StepWaitsForItself, '"step:send"', '"step:remind"'),
        (problems.SaleNotYet, 'after = "step:send", days = 3, working = true }', 'after = "sale" } #!'),
        (problems.MistypedPlaceholder, '{contact}, **когда?**"', '{contcat}, **когда?**" #!'),
        (problems.UnknownPlaceholder, '{contact}, **when?**"', '{weather}, **when?**" #!'),
        (problems.UnknownPlaceholder, '"Who?",', '"Who is {}?",'),
        (problems.MisplacedBrace, '"Send", ru', '"Send {contact}", ru'),
        (problems.StrayBrace, '{contact}, **when?**"', '{contact, **when?**" #!'),
        (problems.OpenBold, '{contact}, **when?**"', '{contact}, **when?" #!'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(kind: type[problems.PlaybookTrouble], old: str, new: str) -> None:
    text = BOOK.replace(old, new, 1)
    with pytest.raises(problems.PlaybookTrouble) as caught:
        book(old, new)
    assert type(caught.value) is kind, str(caught.value)
    line = caught.value.values["line"]
    if "#!" in text:
        assert line == text[: text.index("#!")].count("\n") + 1
    assert str(caught.value).startswith(f"shop.toml, line {line}: ")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "repeat =",
            "repaet =",
            "shop.toml, line 30: stages[1].steps[2] has an unknown key 'repaet'; did you mean 'repeat'?",
        ),
        (
            '"step:send"',
            '"step:sned"',
            "shop.toml, line 29: stages[1].steps[2].term.after names an unknown step 'sned'; did you mean 'send'?",
        ),
        (
            '{contact}, **когда?**"',
            '{contakt}, **когда?**"',
            (
                "shop.toml, line 22: stages[1].steps[1].say.ru has an unknown placeholder {contakt}; "
                "did you mean {contact}?"
            ),
        ),
        (
            '"step:send"',
            '"step:remind"',
            (
                "shop.toml, line 29: stages[1].steps[2].term.after goes in a circle: remind → remind. "
                "Let one of these steps count from the entry."
            ),
        ),
        (
            "probability = 0.1505",
            "probability = 40",
            (
                "shop.toml, line 13: stages[1].probability is 40; it must be a number from 0 to 1 with up to four "
                "decimals, like 0.15."
            ),
        ),
        (
            'key = "after"',
            'key = "sold"',
            "shop.toml, line 45: stages[3].key is 'sold', as on line 34 already. Give it another one.",
        ),
        ("won = true", "", "no stage is the won one"),
    ],
)
def test_the_sentence_says_what_to_do(old: str, new: str, sentence: str) -> None:
    with pytest.raises(problems.PlaybookTrouble) as caught:
        book(old, new)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(("text", "kind"), [("", problems.MissingKey), (EMPTY, problems.NoStages)])
def test_hardly_a_playbook(text: str, kind: type[problems.PlaybookTrouble]) -> None:
    with pytest.raises(kind):
        parse(text, "shop.toml")


@pytest.mark.parametrize(
    "text", ["a = 1e99999999999999999999", "a = " + "[" * 5000, f"a = {'9' * 5000}", 'a = "\x00"', "a = '''", "\ud800"]
)
def test_hardly_toml(text: str) -> None:
    with pytest.raises(problems.NotToml):
        parse(text, "shop.toml")


@given(
    st.integers(0, len(BOOK)),
    st.integers(0, 30),
    st.sampled_from(["", '"', "=", "{", "[", "#", "\n", "x", "0", "true"]),
)
def test_no_damage_is_a_bug(start: int, length: int, scrap: str) -> None:
    text = BOOK[:start] + scrap + BOOK[start + length :]
    trouble = trouble_of(text)
    if trouble is not None:
        assert 1 <= int(str(trouble.values["line"])) <= text.count("\n") + 1
        assert str(trouble)


def trouble_of(text: str) -> problems.PlaybookTrouble | None:
    """What is wrong with a text, if anything."""
    try:
        parse(text, "shop.toml")
    except problems.PlaybookTrouble as trouble:
        return trouble
    return None
