"""Today on paper: what is late, what is due, what has no next step, with boxes to tick and the words that matter.

Where there is room on one page the words to say are printed whole, else the key question of each; the rest of the
day goes onto further pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from funnel_desk.domain.moments import day_of, is_day
from funnel_desk.domain.people import Contact
from funnel_desk.exchange.action_words import said, to_do
from funnel_desk.exchange.clean_text import in_lines, one_line
from funnel_desk.exchange.flow import ROOM, Block, height_of, lay_out, paragraph
from funnel_desk.exchange.key_question import key_question, words_to_say
from funnel_desk.exchange.page import (
    BODY,
    BOX,
    HEADING,
    LEFT,
    NOTE,
    RIGHT,
    SAY,
    TITLE,
    WIDTH,
    WORDS,
    Pages,
    line_height,
)
from funnel_desk.i18n import N_, _, format_day, format_days, format_money, format_time, language, ngettext
from funnel_desk.queries.contacts import deal_contacts
from funnel_desk.queries.scripts import ScriptFacts, script_facts, script_values
from funnel_desk.queries.today import Section, Today, TodayItem, today
from funnel_desk.settings import Profile
from funnel_desk.storage.reader import Reader

TITLES: Mapping[Section, str] = {
    "overdue": N_("Overdue"),
    "today": N_("Today"),
    "no_next_action": N_("No next action"),
    "stalled": N_("Stalled"),
}
END = WIDTH - RIGHT
INDENT = LEFT + BOX + 3.0
GAP = 5.0  # between columns
MOST_PHONE = 40.0
LEAST_NAME = 12.0
MOST_LINES = 3  # of a key question
SECTION_GAP, ITEM_GAP = 7.0, 2.4
APART = " · "


@dataclass(frozen=True, slots=True)
class DayOnPaper:
    """What the sheet is made of: the lists of the day, the contacts and the facts of their deals, the time zone."""

    today: Today
    contacts: Mapping[str, Contact]
    facts: Mapping[str, ScriptFacts]
    zone: str


def day_on_paper(read: Reader, on: str) -> DayOnPaper:
    """Everything that the sheet of a day (``YYYY-MM-DD``) needs."""
    found = today(read, on)
    deals = list(dict.fromkeys(item.deal_id for items in _lists(found).values() for item in items))
    return DayOnPaper(found, deal_contacts(read, deals), script_facts(read, deals, on), read.zone)


def today_pdf(day: DayOnPaper, me: Profile, file: str = "") -> bytes:
    """The sheet in the current language; equal bytes for equal days. ``file`` names the workspace below each page."""
    on = day.today.on
    heading = f"{format_day(on, 'weekday')} {on[:4]}"
    heading = heading[:1].upper() + heading[1:]
    with Pages(APART.join((_("Today"), format_day(on, "long"))), on) as pages:
        sheet = _Sheet(pages, day, me)
        blocks = sheet.blocks(heading, whole_words=True)
        if height_of(blocks) > ROOM:
            blocks = sheet.blocks(heading, whole_words=False)
        lay_out(pages, blocks, foot=APART.join(part for part in ("Funnel Desk", one_line(file)) if part), head=heading)
        return pages.content()


def _lists(found: Today) -> dict[Section, Sequence[TodayItem]]:
    return {
        "overdue": found.overdue,
        "today": found.today,
        "no_next_action": found.no_next_action,
        "stalled": found.stalled,
    }


def _worth(item: TodayItem) -> str:
    return format_money(item.value, item.currency) if item.value is not None and item.currency else ""


class _Sheet:
    """The blocks of one sheet."""

    def __init__(self, pages: Pages, day: DayOnPaper, me: Profile) -> None:
        self._pages, self._day, self._me = pages, day, me
        self._inks = pages.inks
        items = [item for part in _lists(day.today).values() for item in part]
        chips = max((pages.width_of(self._chip(item)[0], BODY) for item in items), default=0.0)
        worths = max((pages.width_of(_worth(item), NOTE) for item in items), default=0.0)
        self._phones_end = END - max(chips, worths) - GAP
        phones = max((pages.width_of(self._phone(item), SAY) for item in items), default=0.0)
        self._titles_end = self._phones_end - (min(phones, MOST_PHONE) + GAP if phones else 0.0)

    def blocks(self, heading: str, *, whole_words: bool) -> list[Block]:
        """All of them, from the heading of the page on."""
        found = [self._head(heading)]
        for section, items in _lists(self._day.today).items():
            if items:
                found.append(self._section(section, len(items)))
                found += [self._item(item, whole_words=whole_words) for item in items]
        if len(found) == 1:
            found += paragraph(
                self._pages, LEFT, [[(_("Nothing is waiting today: all deals have their next day."), "plain")]], gap=6.0
            )
        return found

    def _head(self, heading: str) -> Block:
        count = self._day.today.count
        note = ngettext("{n} deal wants attention", "{n} deals want attention", count)

        def draw(top: float) -> None:
            self._pages.text(LEFT, top, heading, TITLE, bold=True)
            below = top + line_height(TITLE)
            self._pages.text(LEFT, below, note, BODY, ink=self._inks.dim)

        return Block(line_height(TITLE) + line_height(BODY), draw)

    def _section(self, section: Section, count: int) -> Block:
        title = _(TITLES[section])

        def draw(top: float) -> None:
            self._pages.text(LEFT, top, title, HEADING, bold=True, ink=self._inks.accent)
            beside = LEFT + self._pages.width_of(title, HEADING, bold=True) + 2.5
            self._pages.text(beside, top + (line_height(HEADING) - line_height(BODY)) * 0.7, str(count), BODY,
                             ink=self._inks.dim)  # fmt: skip

        return Block(line_height(HEADING) + 0.6, draw, gap=SECTION_GAP, keep=True)

    def _item(self, item: TodayItem, *, whole_words: bool) -> Block:
        """A hairline, what to do and with whom, about what, and the words; a box to tick beside it."""
        words = self._words(item, whole=whole_words)
        first, second = line_height(SAY), line_height(NOTE) + (1.6 if whole_words else 0.5)
        under = ITEM_GAP / 2 + first + second
        height = under + height_of(words) + ITEM_GAP / 2

        def draw(top: float) -> None:
            self._pages.rule(top)
            line = top + ITEM_GAP / 2
            self._pages.box(LEFT, line, SAY)
            self._first_line(item, line)
            self._second_line(item, line + first)
            place = top + under
            for block in words:
                block.draw(place)
                place += block.height

        return Block(height, draw)

    def _first_line(self, item: TodayItem, top: float) -> None:
        chip, ink = self._chip(item)
        self._pages.text(END, top, chip, BODY, ink=ink, align="right")
        phone = self._pages.cut(self._phone(item), MOST_PHONE, SAY)
        self._pages.text(self._phones_end, top, phone, SAY, align="right")
        what, of_whom = self._title(item)
        room = self._titles_end - INDENT
        what = self._pages.cut(what, room, SAY, bold=True)
        self._pages.text(INDENT, top, what, SAY, bold=True)
        used = self._pages.width_of(what, SAY, bold=True)
        if of_whom and room - used > LEAST_NAME:
            self._pages.text(INDENT + used, top, self._pages.cut(APART + of_whom, room - used, SAY), SAY)

    def _second_line(self, item: TodayItem, top: float) -> None:
        self._pages.text(END, top, _worth(item), NOTE, ink=self._inks.dim, align="right")
        about = self._pages.cut(self._about(item), self._phones_end - INDENT, NOTE)
        self._pages.text(INDENT, top, about, NOTE, ink=self._inks.dim)

    def _phone(self, item: TodayItem) -> str:
        contact = self._day.contacts.get(item.deal_id)
        return one_line(contact.phone) if contact else ""

    def _title(self, item: TodayItem) -> tuple[str, str]:
        """What to do with whom, and of which company; of deals without an action, the company and the deal."""
        company, contact = one_line(item.company), one_line(item.contact)
        if item.section not in {"overdue", "today"}:
            return (company, one_line(item.deal)) if company else (one_line(item.deal), "")
        what = one_line(to_do(item.kind, contact or company, item.title))
        return what, "" if company in what else company

    def _about(self, item: TodayItem) -> str:
        stage = one_line(said(item.stage))
        if item.section == "no_next_action":
            entered = date.fromisoformat(day_of(item.entered, self._day.zone))
            since = date.fromisoformat(self._day.today.on).toordinal() - entered.toordinal()
            return _("{stage}, for {days}", stage=stage, days=format_days(max(0, since)))
        if item.section == "stalled":
            limit = _("limit {days}", days=format_days(item.limit or 0))
            return APART.join((_("{stage}: keep it or let it go", stage=stage), limit))
        return APART.join(part for part in (one_line(item.deal), f"{stage}: {one_line(said(item.title))}") if part)

    def _chip(self, item: TodayItem) -> tuple[str, str]:
        """When, in a word or two, and its colour."""
        if item.section == "overdue":
            return ngettext("{n} day late", "{n} days late", item.days_late), self._inks.bad
        if item.section == "no_next_action":
            return _("plan one"), self._inks.warn
        if item.section == "stalled":
            return format_days(item.days_late), self._inks.dim
        if item.due is None or is_day(item.due):
            return _("any time"), self._inks.dim
        return format_time(item.due, self._day.zone), self._inks.accent

    def _words(self, item: TodayItem, *, whole: bool) -> list[Block]:
        width = (END if whole else self._phones_end) - INDENT
        if item.section == "no_next_action":
            return [self._blank_step()]
        if item.section == "stalled":
            return []
        known = self._day.facts.get(item.deal_id)
        values = script_values(known, self._me.author_name, self._me.my_company) if known else {}
        spoken, script = language(), in_lines(item.say.of(language()))
        if whole:
            lines = self._pages.wrapped(words_to_say(script, values, spoken), width, WORDS)
            return paragraph(self._pages, INDENT, lines, WORDS)
        question = key_question(script, values, spoken)
        return paragraph(self._pages, INDENT, self._pages.wrapped([(question, "plain")], width, SAY, MOST_LINES), SAY)

    def _blank_step(self) -> Block:
        """Room to write the next step and its day by hand."""
        step, day = _("Next step"), _("Day")
        height = line_height(SAY) + 2.0

        def draw(top: float) -> None:
            line = top + 1.2
            self._pages.text(INDENT, line, step, NOTE, ink=self._inks.dim)
            middle = END - 40.0
            under = line + line_height(NOTE)
            self._pages.rule(under, INDENT + self._pages.width_of(step, NOTE) + 2, middle - 3)
            self._pages.text(middle, line, day, NOTE, ink=self._inks.dim)
            self._pages.rule(under, middle + self._pages.width_of(day, NOTE) + 2, END)

        return Block(height, draw)
