from hypothesis import given, strategies as st

from funnel_desk.domain.words import Words


def test_each_language_reads_its_own_words() -> None:
    words = Words("Offer", "Предложение")
    assert words.of("en") == "Offer"
    assert words.of("ru") == "Предложение"


def test_a_region_does_not_change_the_language() -> None:
    words = Words("Offer", "Предложение")
    assert words.of("en_GB") == "Offer"
    assert words.of("ru-BY") == words.of("RU_ru") == "Предложение"


def test_an_unknown_language_reads_english() -> None:
    assert Words("Offer", "Предложение").of("de") == "Offer"


def test_an_empty_language_falls_back_to_the_other() -> None:
    assert Words("", "Предложение").of("en") == "Предложение"
    assert Words("Offer", "").of("ru") == "Offer"
    assert Words("", "").of("ru") == ""


def test_words_inside_a_sentence_read_english() -> None:
    assert f"{Words('Offer', 'Предложение')}" == "Offer"


@given(st.text(), st.text(), st.sampled_from(["en", "ru", "fr", ""]))
def test_words_are_read_unless_nobody_wrote_any(en: str, ru: str, lang: str) -> None:
    words = Words(en, ru)
    assert words.of(lang) in {en, ru}
    assert bool(words.of(lang)) is bool(words) is bool(en or ru)
