"""Printed pages: lines that fit, letters that exist, blocks that stay whole."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies as st

from funnel_desk.exchange.clean_text import in_lines, one_line
from funnel_desk.exchange.flow import ROOM, Block, lay_out, paragraph
from funnel_desk.exchange.page import LEFT, Line, Look, Pages, Run, line_height
from tests.exchange.pdf_text import pages_of, words_of

texts = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("  \n\t\x00\u200d\ufe0f\u0301漢😀абвгд abcde")),
    max_size=200,
)
looks: st.SearchStrategy[Look] = st.sampled_from(["plain", "bold", "slot"])


@pytest.fixture
def pages() -> Iterator[Pages]:
    with Pages("Test", "2026-11-26") as made:
        yield made


def text_of(line: Line) -> str:
    return "".join(text for text, _ in line)


@given(runs=st.lists(st.tuples(texts, looks), max_size=4), width=st.floats(8, 170))
def test_lines_fit_and_lose_nothing(runs: list[Run], width: float, pages: Pages) -> None:
    lines = pages.wrapped(runs, width)
    for line in lines:
        wide = sum(pages.width_of(text, bold=look == "bold") for text, look in line)
        assert wide <= width + 0.01
    kept = "".join(text_of(line) for line in lines)
    assert kept.replace(" ", "") == "".join(text for text, _ in runs).replace(" ", "").replace("\n", "")


@given(runs=st.lists(st.tuples(texts, looks), max_size=4), most=st.integers(1, 3))
def test_at_most_so_many_lines(runs: list[Run], most: int, pages: Pages) -> None:
    lines, every = pages.wrapped(runs, 60, most=most), pages.wrapped(runs, 60)
    assert len(lines) == min(most, len(every))
    if len(every) > most:
        assert text_of(lines[-1]).endswith("…")
        assert sum(pages.width_of(text, bold=look == "bold") for text, look in lines[-1]) <= 60.01


@given(text=texts, width=st.floats(4, 100))
def test_cut_to_a_width(text: str, width: float, pages: Pages) -> None:
    cut = pages.cut(text, width)
    assert pages.width_of(cut) <= width + 0.01
    assert cut == text or text.startswith(cut.removesuffix("…"))


def test_letters_that_the_font_lacks_are_boxes(pages: Pages) -> None:
    assert pages.printable("漢字 & Co") == "□□ & Co"
    assert pages.printable("e\u0301\u200b\ufe0f!") == "e\u0301!", "marks without a width are gone"
    assert pages.printable("Ёлка №5 — €1 «да» “yes” ☐") == "Ёлка №5 — €1 «да» “yes” ☐"


@settings(max_examples=12)  # a document takes its time
@given(text=texts)
def test_whatever_is_typed_can_be_printed(text: str) -> None:
    with Pages(one_line(text) or "x", "2026-11-26") as pages:
        lines = pages.wrapped([(in_lines(text), "plain"), (one_line(text), "bold")], 100)
        lay_out(pages, paragraph(pages, LEFT, lines), foot=one_line(text), head=one_line(text))
        content = pages.content()
    assert content.startswith(b"%PDF")
    shown = words_of(content)
    assert not set(shown) & set("\x00\x1b\r\t")


def test_bold_is_bold_and_a_slot_has_a_colour(pages: Pages) -> None:
    lines = pages.wrapped([("one ", "plain"), ("two", "bold"), (" three", "slot")], 100)
    lay_out(pages, paragraph(pages, LEFT, lines), foot="")
    assert [(piece.text, piece.bold) for piece in pages_of(pages.content())[0]] == [
        ("one ", False), ("two", True), (" ", False), ("three", False),
    ]  # fmt: skip


def a_block(name: str, height: float, drawn: list[tuple[str, float]], *, keep: bool = False, gap: float = 0.0) -> Block:
    return Block(height, lambda top: drawn.append((name, top)), gap=gap, keep=keep, name=name)


def test_a_full_page_is_followed_by_another(pages: Pages) -> None:
    places: dict[str, int] = {}
    drawn: list[tuple[str, float]] = []
    blocks = [a_block(str(number), ROOM / 4, drawn) for number in range(9)]
    assert lay_out(pages, blocks, foot="foot", head="head", places=places) == 3
    assert [places[str(number)] for number in range(9)] == [1, 1, 1, 1, 2, 2, 2, 3, 3], "the head takes some room"
    assert [[piece.text for piece in page] for page in pages_of(pages.content())] == [
        ["foot", "1 of 3"], ["head", "foot", "2 of 3"], ["head", "foot", "3 of 3"],
    ]  # fmt: skip


def test_what_is_kept_together_goes_over_together(pages: Pages) -> None:
    drawn: list[tuple[str, float]] = []
    places: dict[str, int] = {}
    blocks = [
        a_block("filler", ROOM - 30, drawn),
        a_block("heading", 10, drawn, keep=True, gap=10),
        a_block("first", 15, drawn),
    ]
    lay_out(pages, blocks, foot="", places=places)
    assert places == {"filler": 1, "heading": 2, "first": 2}
    assert drawn[1][1] == drawn[0][1], "no gap on top of a page"


def test_what_is_longer_than_a_page_is_cut_somewhere(pages: Pages) -> None:
    drawn: list[tuple[str, float]] = []
    blocks = [a_block(str(number), 20, drawn, keep=True) for number in range(40)]
    assert lay_out(pages, blocks, foot="") == 4
    assert len(drawn) == 40


@given(heights=st.lists(st.tuples(st.floats(1, 80), st.floats(0, 20), st.booleans()), max_size=40))
def test_nothing_falls_off_a_page_and_nothing_is_lost(heights: list[tuple[float, float, bool]], pages: Pages) -> None:
    drawn: list[tuple[str, float]] = []
    blocks = [
        a_block(str(number), height, drawn, keep=keep, gap=gap) for number, (height, gap, keep) in enumerate(heights)
    ]
    lay_out(pages, blocks, foot="foot", head="head")
    assert [name for name, _ in drawn] == [str(number) for number in range(len(heights))]
    for (height, _, _), (_, top) in zip(heights, drawn, strict=True):
        assert 17 <= top <= top + height <= 17 + ROOM + 0.01


def test_a_document_is_dated_by_its_content(pages: Pages) -> None:
    lay_out(pages, [], foot="")
    assert b"/CreationDate (D:20261126000000Z)" in pages.content()


def test_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; from funnel_desk.exchange.page import Pages; from funnel_desk.exchange.flow import lay_out\n"
        "with Pages('Day', '2026-11-26') as pages:\n"
        "    lay_out(pages, [], foot='Ёлка and a tree')\n"
        "    import hashlib; print(hashlib.sha256(pages.content()).hexdigest())"
    )
    run = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(2)]
    assert run[0].stdout == run[1].stdout != ""


def test_lines_are_as_high_as_their_letters() -> None:
    assert line_height(10) == pytest.approx(5.115, abs=0.01)
