"""Names are found by every word, ranked; by the other layout of the keyboard too."""

from hypothesis import given, strategies as st

from funnel_desk.domain.name_index import Named, index_names
from funnel_desk.domain.search import MIDDLE, PREFIX, WORD_START, folded, other_layout, rank

NAMES = st.lists(st.text(st.sampled_from("abё Ежnz-7"), max_size=8), max_size=12)


def test_the_other_layout_is_meant_both_ways() -> None:
    assert other_layout("ghbdtn") == "привет"
    assert other_layout("GHBDTN") == "привет"
    assert other_layout("зкщпкуыы") == "progress"


def test_what_begins_so_stands_before_a_word_before_the_middle() -> None:
    assert rank("progress plant", "pro") == PREFIX
    assert rank("old progress", "pro") == WORD_START
    assert rank("«progress»", "pro") == WORD_START
    assert rank("reprocess", "pro") == MIDDLE
    assert rank("plant", "pro") is None
    assert rank("progress plant", "plant prog") == WORD_START


def test_yo_and_case_do_not_matter_and_phones_are_found() -> None:
    index = index_names([Named("company", "1", "Берёза"), Named("contact", "2", "Ann Bell", also="+375291234567")])
    assert [row.id for _rank, row in index.find("БЕРЕЗ", 5)] == ["1"]
    assert [row.id for _rank, row in index.find("2912345", 5)] == ["2"]
    assert index.find("  ", 5) == []


@given(NAMES, st.text(st.sampled_from("abeж n7"), max_size=4))
def test_the_index_finds_what_looking_at_each_would(names: list[str], wanted: str) -> None:
    index = index_names(Named("company", str(place), name) for place, name in enumerate(names))
    found = {row.id for _rank, row in index.find(wanted, 100)}
    words = folded(wanted).split()
    expected = {str(place) for place, name in enumerate(names) if words and all(word in folded(name) for word in words)}
    assert found == expected
