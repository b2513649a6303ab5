import itertools
import re

import pytest
from hypothesis import given, strategies as st

from funnel_desk import resources
from funnel_desk.domain import playbook
from funnel_desk.domain.script import PLACEHOLDERS, fill, has_open_bold, has_stray_brace, placeholders, spans

KNOWN = {
    "contact": "Irina", "company": "Progress Plant", "deal": "Cameras for two gates", "me": "Max", "my_company": "Nord",
    "last_offer": "two gates and the yard", "last_offer_day": "Tuesday", "days_since_invoice": "9", "value": "12 400 €",
    "product": "cameras", "stage_days": "6", "next_day": "27 November",
}  # fmt: skip
SHIPPED = [
    (step.say.of(lang), lang)
    for file in resources.files("playbooks", ".toml")
    for step in playbook.parse(file.read_text(encoding="utf-8"), file.name).steps()
    for lang in ("en", "ru")
]


def test_values_stand_in_their_places() -> None:
    template = "{contact}, it is {me}. On {last_offer_day} I sent you “{last_offer}”. **Shall I call on {next_day}?**"
    assert fill(template, KNOWN, "en") == (
        "Irina, it is Max. On Tuesday I sent you “two gates and the yard”. Shall I call on 27 November?"
    )


def test_pieces_tell_what_was_filled_and_what_matters() -> None:
    assert spans("Hello, {contact}! **Shall {company} sign?** Thanks.", KNOWN) == [
        ("Hello, ", "plain"),
        ("Irina", "filled"),
        ("! ", "plain"),
        ("Shall ", "bold"),
        ("Progress Plant", "filled"),
        (" sign?", "bold"),
        (" Thanks.", "plain"),
    ]


@pytest.mark.parametrize(
    ("template", "reads"),
    [
        ("{contact}, good morning!", "Good morning!"),
        ("Thanks. **{contact}, when?**", "Thanks. When?"),
        ("Good morning, {contact}!", "Good morning!"),
        ("Hello {contact}, it is me.", "Hello, it is me."),
        ("Dear {contact}, it is me.", "Hello, it is me."),
        ("Tell me, {contact}, when shall I call?", "Tell me, when shall I call?"),
        ("I spoke with {contact}.", "I spoke with your colleague."),
        ("This is {me} from {my_company}.", "This is your sales manager."),
        ("What does {company} need?", "What does your company need?"),
        ("{last_offer_day} I wrote. On {last_offer_day} I called.", "Recently I wrote. Recently I called."),
        ("I sent “{last_offer}”. The offer ({last_offer}) is ready.", "I sent our offer. The offer is ready."),
        ("The offer: {last_offer}.", "The offer."),
        ("The invoice for {value} is here, for {value}, too.", "The invoice is here, too."),
        ("You have had it for {days_since_invoice}.", "You have had it for some time."),
        ("I ring on {next_day}. By {next_day}?", "I ring on a day that suits you. On a day that suits you?"),
        ("Best wishes. {me}", "Best wishes. Your sales manager"),
    ],
)
def test_what_is_unknown_leaves_no_hole_in_english(template: str, reads: str) -> None:
    assert fill(template, {}, "en") == reads


@pytest.mark.parametrize(
    ("template", "reads"),
    [
        ("{contact}, доброе утро!", "Доброе утро!"),
        ("**{contact}, когда?**", "Когда?"),
        ("Здравствуйте, {contact}!", "Здравствуйте!"),
        ("Добрый день {contact}, это я.", "Добрый день, это я."),
        ("Подскажите, {contact}, когда позвонить?", "Подскажите, когда позвонить?"),
        ("Это {me}, компания {my_company}.", "Это ваш менеджер."),
        ("Чего не хватает? {company} растёт.", "Чего не хватает? Ваша компания растёт."),
        ("Вам ушло предложение «{last_offer}» от {last_offer_day}.", "Вам ушло наше предложение."),
        ("Получили «{last_offer}»?", "Получили наше предложение?"),
        ("Счёт на {value} и акт на сумму {value} готовы.", "Счёт и акт готовы."),
        ("Счёт у вас уже {days_since_invoice}.", "Счёт у вас уже некоторое время."),
        ("Позвоню {next_day}. Ответите до {next_day}?", "Позвоню в удобный вам день. Ответите в ближайшие дни?"),
    ],
)
def test_what_is_unknown_leaves_no_hole_in_russian(template: str, reads: str) -> None:
    assert fill(template, {}, "ru_BY") == reads


@pytest.mark.parametrize(
    ("days", "en", "ru"),
    [
        ("0", "less than a day", "меньше дня"),
        ("1", "1 day", "1 день"),
        ("3", "3 days", "3 дня"),
        ("11", "11 days", "11 дней"),
        ("12", "12 days", "12 дней"),
        ("21", "21 days", "21 день"),
        ("45", "45 days", "45 дней"),
        ("112", "112 days", "112 дней"),
        ("about a week", "about a week", "about a week"),
        ("375290000000", "375290000000", "375290000000"),
    ],
)
def test_days_agree_with_their_number(days: str, en: str, ru: str) -> None:
    assert fill("{stage_days}", {"stage_days": days}, "en") == en
    assert fill("{days_since_invoice}", {"days_since_invoice": days}, "ru") == ru


def test_a_blank_value_is_a_missing_one() -> None:
    for blank in ("", "  \n", "\x00", "\u200b", "\ud800"):
        assert fill("Hello, {contact}!", {"contact": blank}, "en") == "Hello!"


def test_values_are_not_read_as_scripts() -> None:
    naughty = {"contact": "**{me}**\r\nand\tco", "me": "Max"}
    assert spans("{contact}, hello!", naughty) == [("**{me}** and co", "filled"), (", hello!", "plain")]


def test_unknown_placeholders_and_lone_marks_do_not_show() -> None:
    assert fill("Hello {stranger} } and { **you", {}, "en") == "Hello …  and  you"


def test_what_a_script_holds() -> None:
    assert placeholders("{contact} {x}, {contact} {") == {"contact", "x"}
    assert has_stray_brace("{contact} {")
    assert not has_stray_brace("{contact}")
    assert has_open_bold("**a** **")
    assert not has_open_bold("**a**")


@given(
    st.text()
    | st.lists(st.sampled_from(["{contact}", "{x}", "**", "{", "}", ", ", "On ", "«", "\n", "слово"])).map("".join),
    st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text()),
    st.sampled_from(["en", "ru", ""]),
)
def test_filling_never_fails_and_pieces_make_the_whole(template: str, values: dict[str, str], lang: str) -> None:
    pieces = spans(template, values, lang)
    assert "".join(text for text, _ in pieces) == fill(template, values, lang)
    assert all(text for text, _ in pieces)
    assert all(left[1] != right[1] for left, right in itertools.pairwise(pieces))
    braces = {"{", "}"}
    if not braces & set("".join(values.values())):
        assert not braces & set(fill(template, values, lang))


@given(st.sampled_from(SHIPPED), st.sets(st.sampled_from(sorted(PLACEHOLDERS))))
def test_shipped_scripts_read_well_with_anything_unknown(said: tuple[str, str], known: set[str]) -> None:
    template, lang = said
    text = fill(template, {name: KNOWN[name] for name in known}, lang)
    assert not re.search(r"[{}*]|\s\s|\s[,.!?;:]|,\s*[,.!?;:]|^\W|\(\)|[«“]\s*[»”]", text)
    assert not re.search(r"(?:^|[.!?]\s+)[a-zа-яё]", text)
    for name in known & placeholders(template) - {"days_since_invoice", "stage_days"}:
        assert KNOWN[name] in text


@pytest.mark.parametrize(
    "name",
    [
        "%s{0}",
        "</b>",
        "\\g<1>\\1",
        "=1+1",
        "O’Neil \u202egnirts",
        "a\u0301\u0308" * 40,
        "👩\u200d🔧",
        "**",
        "${x}",
        "'\"«»",
    ],
)
def test_no_naughty_name_breaks_a_script(name: str) -> None:
    text = fill("Hello, {contact}! **When?**", {"contact": name}, "en")
    assert text == f"Hello, {name.replace(chr(0x202E), '')}! When?"
