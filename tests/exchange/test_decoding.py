from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.problems import Trouble
from funnel_desk.exchange.decoding import decode
from funnel_desk.exchange.problems import EmptyFile, NotText, UnknownEncoding, WrongBytes

RUSSIAN = (
    "Сделка;Этап;Сумма\nООО Ромашка;Переговоры;1500\n",
    "Успешно реализовано",
    "ДОГОВОР ПОДПИСАН",
    "Щукин",
    "Причина отказа: дорого",
    "Ёлкин и сыновья",
    "да",
)
WESTERN = (
    "Müller GmbH",
    "Café René",
    "Société Générale",
    "São Paulo",
    "£5,000",
    "10 000 €",
    "ÜBERGRÖSSE",
    "d’Artagnan",
)


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-r", "utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", RUSSIAN)
@pytest.mark.parametrize("before", ["", "deal;amount\n1;"])
def test_russian_is_told_from_the_words_even_in_short_files(before: str, text: str, encoding: str) -> None:
    text = f"{before}{text}\n"
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize("text", WESTERN)
def test_western_letters_among_plain_ones_are_cp1252(text: str) -> None:
    assert decode(f"name\n{text}\n".encode("cp1252")).text == f"name\n{text}\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_goes(encoding: str) -> None:
    decoded = decode("Имя,Amount\n1,2\n".encode(encoding))
    assert decoded.text == "Имя,Amount\n1,2\n"
    assert decoded.mark


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", b"\xff\xfe", "\ufeff \n".encode("utf-16-le")])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        decode(data)


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04rest", b"%PDF-1.7", b"SQLite format 3\x00...", bytes(range(256)), b"\x00\x01\x02\xff" * 9]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)


def test_damaged_utf8_names_line_and_offset_and_is_not_taken_for_another_encoding() -> None:
    good = "название;сумма\nсделка;".encode()
    with pytest.raises(WrongBytes) as caught:
        decode(good + b"\xff\n")
    assert caught.value.values == {"line": 2, "encoding": "utf-8", "offset": len(good)}


def test_a_told_encoding_is_obeyed_to_the_letter() -> None:
    assert decode("Ñäåëêà".encode("cp1252"), "cp1251").text == "Сделка"
    with pytest.raises(WrongBytes) as caught:
        decode("a\r\nСделка".encode("cp1251"), "utf-8")
    assert caught.value.values["line"] == 2


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "a\x00b", ""])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    with pytest.raises(UnknownEncoding):
        decode(b"a", name)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_trouble(data: bytes) -> None:
    with suppress(Trouble):
        assert decode(data).text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf8_comes_back_whole(text: str) -> None:
    assert decode(f"x{text}".encode()).text == f"x{text}"
