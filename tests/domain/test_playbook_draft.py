"""The answers of the builder make a whole playbook, in one language, that a file could hold."""

from hypothesis import given, strategies as st

from funnel_desk.domain.playbook_draft import Draft, DraftStage, DraftStep, playbook_of, twice

names = st.lists(st.text(min_size=1, max_size=6).filter(str.strip), max_size=4, unique_by=lambda text: text.casefold())


def test_answers_make_stages_on_both_sides_of_the_sale() -> None:
    draft = Draft(
        direction="Двери",
        before=(DraftStage("Звонок", (DraftStep("Позвонить", days=0, say="Здравствуйте"), DraftStep("Узнать"))),),
        won=DraftStage("Оплачено"),
        after=(DraftStage("Довольны?"), DraftStage(" ")),
        lost_reasons=("Дорого", ""),
    )
    book = playbook_of(draft, "ru")
    assert (book.name.ru, book.name.en) == ("Двери", "")
    assert [(stage.name.ru, stage.side) for stage in book.stages] == [
        ("Звонок", "before"),
        ("Оплачено", "won"),
        ("Довольны?", "after"),
    ]
    first, second = book.stages[0].steps
    assert (first.term.after, first.say.ru) == ("entry", "Здравствуйте")
    assert (second.term.after, second.term.days, second.term.working) == ("previous", 1, True)
    assert [one.name.ru for one in book.lost_reasons] == ["Дорого"]


@given(before=names, after=names)
def test_chances_grow_and_keys_are_told_apart(before: list[str], after: list[str]) -> None:
    draft = Draft(
        before=tuple(DraftStage(name, (DraftStep(name),)) for name in before),
        won=DraftStage("Won"),
        after=tuple(DraftStage(name, (DraftStep(name),)) for name in after),
    )
    book = playbook_of(draft, "en")
    chances = [stage.probability for stage in book.stages]
    assert chances == sorted(chances)
    assert len({stage.key for stage in book.stages}) == len(book.stages)
    assert len({step.key for step in book.steps()}) == len(list(book.steps()))


def test_a_name_that_stands_twice_is_told_whatever_its_case() -> None:
    assert twice(["Offer", "Paid", " offer"]) == "offer"
    assert twice(["Offer", "", ""]) == ""
