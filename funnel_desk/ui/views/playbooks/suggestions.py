"""What the builder suggests: stages with their usual actions, sources, reasons. All of it is only a beginning."""

from dataclasses import dataclass

from funnel_desk.i18n import N_


@dataclass(frozen=True, slots=True)
class Action:
    """An action by its template of words: what to do, how, after how many working days, and what to say."""

    title: str
    kind: str
    days: int
    say: str = ""
    sends: str = ""


WON = (N_("Paid"), N_("Contract signed"), N_("Delivered and accepted"))
BEFORE = (
    N_("Invoice sent"),
    N_("Terms agreed"),
    N_("Objections answered"),
    N_("Offer made"),
    N_("Need understood"),
    N_("First contact"),
)
"""The nearest to the sale first, as they are asked for."""
FIRST_BEFORE = (BEFORE[1], BEFORE[3], BEFORE[4], BEFORE[5])
AFTER = (N_("Satisfied?"), N_("Repeat sales"))
SOURCES = (
    N_("Website and search"),
    N_("Advertising"),
    N_("Cold calls"),
    N_("Advice of clients"),
    N_("Newsletter"),
    N_("Exhibitions and events"),
    N_("Social networks"),
)
REASONS = (
    N_("Too expensive for them"),
    N_("No money for it"),
    N_("Chose somebody else"),
    N_("The need is gone"),
    N_("Stopped answering"),
    N_("Never reached the person who decides"),
    N_("Not our kind of client"),
    N_("Our own fault"),
)
ACTIONS: dict[str, tuple[Action, ...]] = {
    BEFORE[5]: (
        Action(
            N_("Call back and introduce yourself"), "call", 0,
            N_("{contact}, this is {me} from {my_company}. You asked us. **What would you like to have solved?**"),
        ),
    ),
    BEFORE[4]: (
        Action(
            N_("Ask what they need"), "call", 1,
            N_("{contact}, before I propose anything I want to understand you. **What if you leave it as it is?**"),
        ),
        Action(
            N_("Ask who decides, and by when"), "call", 1,
            N_("Besides you, who will look at our offer? **By which day do you want it settled?**"),
        ),
    ),
    BEFORE[3]: (
        Action(
            N_("Send the offer"), "email", 1,
            N_("{contact}, here is our offer for {company}, with days and prices. **What is missing in it?**"),
            "offer",
        ),
        Action(
            N_("Call: have they looked at it?"), "call", 2,
            N_("{contact}, did the offer of {last_offer_day} reach you? **What speaks for it, and what against?**"),
        ),
    ),
    BEFORE[2]: (
        Action(
            N_("Ask what holds the decision"), "call", 1,
            N_("{contact}, if it were up to you alone, would we begin? **What holds you?**"),
        ),
    ),
    BEFORE[1]: (
        Action(
            N_("Agree the terms"), "meeting", 2,
            N_("{contact}, let us settle the day, the sum and the payment. **Which is still open?**"),
        ),
    ),
    BEFORE[0]: (
        Action(
            N_("Call: did the invoice arrive?"), "call", 1,
            N_("{contact}, did our invoice arrive? **On which day is it in your plan of payments?**"),
        ),
    ),
    AFTER[0]: (
        Action(
            N_("Ask whether all is well"), "call", 10,
            N_("{contact}, two weeks have passed. **What is better than you expected, and what is worse?**"),
        ),
    ),
    AFTER[1]: (
        Action(
            N_("Propose the next order"), "call", 20,
            N_("{contact}, last time you took enough for about a month. **What is running out?**"),
        ),
    ),
}  # fmt: skip
