"""The weekly review on paper: what was lost, won and put off, what stands still, what comes, and room to decide."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.slips import FICTION
from funnel_desk.exchange.action_words import said
from funnel_desk.exchange.clean_text import in_lines, one_line
from funnel_desk.exchange.flow import Block, lay_out
from funnel_desk.exchange.page import BODY, BOX, LEFT, NOTE, SAY, TITLE, Pages, line_height
from funnel_desk.exchange.parts import END, heading, wrapped
from funnel_desk.i18n import N_, _, format_day, format_days, format_money, format_number, format_percent, ngettext
from funnel_desk.queries.day_lists import DayLists, day_lists
from funnel_desk.queries.today import TodayItem
from funnel_desk.queries.weekly_review import WEEKS_BEFORE, ReviewedDeal, WeeklyReview, weekly_review
from funnel_desk.storage.reader import Reader

INDENT = LEFT + BOX + 3.0
NAME = 70.0  # where figures begin beside their names
CHAPTER_GAP, ITEM_GAP = 7.0, 1.6
LINES_TO_WRITE, LINE_TO_WRITE = 5, 9.0
APART = " · "
MOST_ROWS = 40
_VERDICTS = {
    "better": N_("Deals are won more often than before"),
    "worse": N_("Deals are won less often than before"),
    "too_early": N_("Too early to say whether anything changed"),
}


@dataclass(frozen=True, slots=True)
class ReviewOnPaper:
    """What the sheet is made of: the week, and the lists of today where it is the present one."""

    review: WeeklyReview
    lists: DayLists | None


def review_on_paper(read: Reader, now: Moment, on_day: str | None = None) -> ReviewOnPaper:
    """Everything that the sheet of the week of a day (``YYYY-MM-DD``; that of today) needs."""
    review = weekly_review(read, now=now, on_day=on_day)
    is_now = (review.week.first or "") <= review.today <= (review.week.last or "")
    return ReviewOnPaper(review, day_lists(read, day_of(now, read.zone), rows=MOST_ROWS) if is_now else None)


def review_pdf(found: ReviewOnPaper, file: str = "") -> bytes:
    """The sheet in the current language; equal bytes for equal weeks. ``file`` names the workspace below each page."""
    week = found.review.week
    days = _("{first} – {last}", first=format_day(week.first or "", "long"), last=format_day(week.last or "", "long"))
    title = _("Weekly review")
    with Pages(APART.join((title, days)), week.last or "") as pages:
        foot = APART.join(part for part in ("Funnel Desk", one_line(file)) if part)
        lay_out(pages, _Sheet(pages, found).blocks(title, days), foot=foot, head=APART.join((title, days)))
        return pages.content()


class _Sheet:
    """The blocks of one sheet."""

    def __init__(self, pages: Pages, found: ReviewOnPaper) -> None:
        self._pages, self._review, self._lists = pages, found.review, found.lists

    def blocks(self, title: str, days: str) -> Iterator[Block]:
        """All of them."""
        review = self._review
        yield self._head(title, days)
        yield from self._changes()
        yield from self._deals(_("Lost this week"), review.lost, _("No deal was lost this week."), box=False)
        if self._lists is not None:
            for section, name in (("stalled", _("Stalled")), ("no_next_action", _("No next action"))):
                one = next((one for one in self._lists.lists if one.section == section), None)
                yield from self._deals(name, one.items if one else (), _("None"), count=one.count if one else 0)
        yield from self._deals(_("Closing day put off"), review.slipped, _("No closing day was put off this week."))
        yield from self._deals(_("Won this week"), review.won, _("No deal was won this week."), box=False)
        yield heading(self._pages, _("Next week"), gap=CHAPTER_GAP)
        load = ((format_day(day, "weekday"), _actions(count)) for day, count in review.load.items())
        yield from self._figures(load)
        if self._lists is not None:
            yield from self._order()
        yield from self._note()

    def _head(self, title: str, days: str) -> Block:
        def draw(top: float) -> None:
            self._pages.text(LEFT, top, title, TITLE, bold=True)
            self._pages.text(LEFT, top + line_height(TITLE), days, BODY, ink=self._pages.inks.dim)

        return Block(line_height(TITLE) + line_height(BODY), draw)

    def _changes(self) -> Iterator[Block]:
        review = self._review
        yield heading(self._pages, _("What changed"), gap=CHAPTER_GAP)
        yield from wrapped(self._pages, _(_VERDICTS[review.rates.verdict]), gap=0.5)
        yield from self._figures(
            [
                (_("New deals"), _beside(review.arrived, review.arrived_before)),
                (_("Won"), _beside(len(review.won), review.won_before)),
                (_("Lost"), format_number(len(review.lost))),
                (_("Won of those closed"), _share(review.rates.share)),
                (_("{n} weeks before", n=WEEKS_BEFORE), _share(review.rates.other)),
            ],
        )

    def _figures(self, lines: Iterable[tuple[str, str]]) -> Iterator[Block]:
        for name, figure in lines:
            yield Block(line_height(BODY), partial(self._figure, name, figure), gap=0.4)

    def _figure(self, name: str, figure: str, top: float) -> None:
        self._pages.text(LEFT, top, self._pages.cut(name, NAME - 2, BODY), BODY, ink=self._pages.inks.dim)
        self._pages.text(LEFT + NAME, top, self._pages.cut(figure, END - LEFT - NAME, BODY), BODY)

    def _deals(
        self,
        title: str,
        deals: Sequence[ReviewedDeal | TodayItem],
        nothing: str,
        *,
        box: bool = True,
        count: int | None = None,
    ) -> Iterator[Block]:
        """A section: each deal in two lines, with a box to tick where something is to be decided."""
        whole = len(deals) if count is None else count
        yield heading(self._pages, f"{title}: {format_number(whole)}" if whole else title, gap=CHAPTER_GAP)
        if not deals:
            yield from wrapped(self._pages, nothing, ink=self._pages.inks.dim)
        for deal in deals[:MOST_ROWS]:
            yield self._deal(deal, box=box)
        if whole > MOST_ROWS:
            more = _("And {n} more", n=format_number(whole - MOST_ROWS))
            yield from wrapped(self._pages, more, INDENT, ink=self._pages.inks.dim, gap=ITEM_GAP)

    def _deal(self, deal: ReviewedDeal | TodayItem, *, box: bool) -> Block:
        pages, name = self._pages, deal.title if isinstance(deal, ReviewedDeal) else deal.deal
        words = APART.join(one_line(part) for part in (deal.company, name) if part)
        worth = format_money(deal.value, deal.currency) if deal.value is not None and deal.currency else ""
        room = END - INDENT - (pages.width_of(worth, SAY) + 4.0 if worth else 0.0)

        def draw(top: float) -> None:
            if box:
                pages.box(LEFT, top, SAY)
            pages.text(INDENT, top, pages.cut(words, room, SAY), SAY)
            pages.text(END, top, worth, SAY, align="right")
            told = pages.cut(self._about(deal), END - INDENT, NOTE)
            pages.text(INDENT, top + line_height(SAY), told, NOTE, ink=pages.inks.dim)

        return Block(line_height(SAY) + line_height(NOTE), draw, gap=ITEM_GAP)

    def _about(self, deal: ReviewedDeal | TodayItem) -> str:
        if isinstance(deal, TodayItem):
            stage = one_line(said(deal.stage))
            return APART.join((stage, format_days(deal.days_late))) if deal.section == "stalled" else stage
        day = format_day(deal.on_day, "short")
        if deal.slipped_days:
            times = ngettext("put off {n} time", "put off {n} times", deal.times)
            later = _("{days} later", days=format_days(deal.slipped_days))
            wish = (_("a wish"),) if deal.times >= FICTION else ()
            return APART.join((day, later, times, *wish))
        parts = (day, said(deal.stage) if deal.stage else "", said(deal.why) if deal.why else "")
        return APART.join(one_line(part) for part in parts if part)

    def _order(self) -> Iterator[Block]:
        kept = self._review.hygiene
        yield heading(self._pages, _("In order"), gap=CHAPTER_GAP)
        yield from self._figures(
            [
                (_("No next action"), _share(kept.without_action)),
                (_("Overdue"), _share(kept.overdue)),
                (_("Stalled"), _share(kept.stalled)),
            ],
        )

    def _note(self) -> Iterator[Block]:
        note, before = self._review.note, self._review.note_before
        if before is not None and before.decisions:
            yield heading(self._pages, _("Decided before"), gap=CHAPTER_GAP)
            yield from self._text(before.decisions)
        for title, text in (
            (_("What we saw"), note.text if note else ""),
            (_("What we decide"), note.decisions if note else ""),
        ):
            yield heading(self._pages, title, gap=CHAPTER_GAP)
            if text:
                yield from self._text(text)
            else:
                yield self._room_to_write()

    def _text(self, text: str) -> Iterator[Block]:
        for line in in_lines(text).split("\n"):
            yield from wrapped(self._pages, line, size=SAY)

    def _room_to_write(self) -> Block:
        def draw(top: float) -> None:
            for line in range(1, LINES_TO_WRITE + 1):
                self._pages.rule(top + line * LINE_TO_WRITE)

        return Block(LINES_TO_WRITE * LINE_TO_WRITE, draw)


def _beside(now: int, before: int) -> str:
    return _("{now}, before {before}", now=format_number(now), before=format_number(before))


def _share(rate: Rate) -> str:
    if rate.value is None:
        return _("none")
    part, base = format_number(rate.part), format_number(rate.base)
    return _("{part} of {base}, {share}", part=part, base=base, share=format_percent(rate.value))


def _actions(count: int) -> str:
    return ngettext("{n} action", "{n} actions", count) if count else "–"
