"""The tables of a workspace file: facts (journalled), the journal itself, and projections (derived, rebuilt at will).

A facts table has the fields of its dataclass as columns, and ``row_key``: an integer for paging, local to the file and
outside every comparison.
"""

from collections.abc import Mapping
from dataclasses import fields
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text, UniqueConstraint, text
from sqlalchemy.types import TypeEngine

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.aftercare import Claim, Satisfaction, Waiting
from funnel_desk.domain.change_mark import ChangeMark
from funnel_desk.domain.commitment import Condition, Risk, TermsRequest
from funnel_desk.domain.deal import Deal, StageEvent, TouchedStep
from funnel_desk.domain.feedback import Feedback
from funnel_desk.domain.not_duplicate import NotDuplicate
from funnel_desk.domain.obstacle import Obstacle
from funnel_desk.domain.own_field import OwnField
from funnel_desk.domain.own_figures import Goal, Rate, SourceCost
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.pipeline import LostReason, Objection, Pipeline, Stage, Step
from funnel_desk.domain.qualification import Criterion
from funnel_desk.domain.review import Review
from funnel_desk.domain.saved_view import SavedView
from funnel_desk.domain.snooze import Snooze
from funnel_desk.domain.stakeholder import Stakeholder
from funnel_desk.domain.stays import Passage, Stay
from funnel_desk.domain.words import Words
from funnel_desk.domain.workspace import Workspace
from funnel_desk.storage.types import Flag, ListText, MappingText, WordsText

METADATA = MetaData()

_TYPES: Mapping[object, type[TypeEngine[Any]]] = {
    str: Text,
    int: Integer,
    bool: Flag,
    Words: WordsText,
    tuple: ListText,
    Mapping: MappingText,
}


def _columns(kind: type, *, without: frozenset[str] = frozenset()) -> list[Column[Any]]:
    """One column a field: its type from the annotation, NULL allowed where the annotation has ``None``."""
    hints = get_type_hints(kind)
    return [_column(item.name, hints[item.name]) for item in fields(kind) if item.name not in without]


def _column(name: str, hint: Any) -> Column[Any]:  # noqa: ANN401 - an annotation is anything
    optional = get_origin(hint) is UnionType
    plain = next(part for part in get_args(hint) if part is not type(None)) if optional else hint
    column_type = _TYPES.get(plain) or _TYPES.get(get_origin(plain)) or Text  # a Literal of words is text
    return Column(name, column_type(), nullable=optional)


def _facts(name: str, kind: type, *indexed: str) -> Table:
    """The facts table of a dataclass; ``indexed`` columns are those by which rows are found or kept alive."""
    return Table(
        name,
        METADATA,
        Column("row_key", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        *_columns(kind, without=frozenset({"id"})),
        *(Index(f"{name}_{column}", column) for column in indexed),
        sqlite_strict=True,
    )


workspace = _facts("workspace", Workspace)
pipeline = _facts("pipeline", Pipeline)
stage = _facts("stage", Stage, "pipeline_id")
step = _facts("step", Step, "pipeline_id")
objection = _facts("objection", Objection, "pipeline_id")
lost_reason = _facts("lost_reason", LostReason)
company = _facts("company", Company)
contact = _facts("contact", Contact, "company_id")
deal = _facts("deal", Deal, "pipeline_id", "company_id", "contact_id", "external_id")
GREW = "follows != ''"
Index("deal_follows", deal.c.follows, sqlite_where=text(GREW), postgresql_where=text(GREW))  # few deals have one
stage_event = _facts("stage_event", StageEvent)
Index("stage_event_deal_id", stage_event.c.deal_id, stage_event.c.previous)  # the moves of a deal, and its forks
touched_step = _facts("touched_step", TouchedStep, "deal_id")
activity = _facts("activity", Activity, "deal_id", "company_id", "contact_id")
criterion = _facts("criterion", Criterion, "deal_id")
obstacle = _facts("obstacle", Obstacle, "deal_id", "objection_id")
stakeholder = _facts("stakeholder", Stakeholder, "deal_id", "contact_id")
condition = _facts("condition", Condition, "deal_id")
risk = _facts("risk", Risk, "deal_id")
terms_request = _facts("terms_request", TermsRequest, "deal_id")
satisfaction = _facts("satisfaction", Satisfaction, "deal_id")
claim = _facts("claim", Claim, "deal_id")
waiting = _facts("waiting", Waiting, "deal_id")
feedback = _facts("feedback", Feedback, "deal_id")
snooze = _facts("snooze", Snooze, "deal_id")
change_mark = _facts("change_mark", ChangeMark, "pipeline_id")
own_field = _facts("own_field", OwnField)
saved_view = _facts("saved_view", SavedView)
rate = _facts("rate", Rate)
source_cost = _facts("source_cost", SourceCost)
goal = _facts("goal", Goal)
review = _facts("review", Review)
not_duplicate = _facts("not_duplicate", NotDuplicate)

CHOICES = "field > 'fork:' AND field < 'fork;'"
STEPS = "tbl = 'step'"

# --- the journal -----------------------------------------------------------------------------------------------------

batch = Table(
    "batch",
    METADATA,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),  # new, act, undo, redo
    Column("label", Text, nullable=False),  # a template for translation, with its arguments
    Column("arguments", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("author_id", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("target", Text),  # the batch that an undo or redo is about
    Column("siblings", Text, nullable=False),  # moves that stood beside those which this batch made vanish
    Column("digest", Text, nullable=False),
    Index("batch_lamport", "lamport"),
    Index("batch_target", "target"),
    sqlite_strict=True,
)
change = Table(
    "change",
    METADATA,
    Column("key", Integer, primary_key=True),
    Column("batch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # create, set, delete
    Column("root", Text, nullable=False),
    Column("tbl", Text, nullable=False),
    Column("row", Text, nullable=False),
    Column("field", Text),
    Column("value", Text),  # JSON
    Index("change_root", "root"),
    # Few rows each: choices at forks, and the steps that deals name without their pipeline.
    Index("change_fork", "root", sqlite_where=text(CHOICES), postgresql_where=text(CHOICES)),
    Index("change_step", "row", sqlite_where=text(STEPS), postgresql_where=text(STEPS)),
    UniqueConstraint("batch", "seq"),
    sqlite_strict=True,
)
replaced = Table(
    "replaced",
    METADATA,
    Column("by", Integer, primary_key=True),
    Column("target", Integer, primary_key=True),
    Index("replaced_target", "target"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
mark = Table(
    "mark",
    METADATA,
    Column("key", Integer, primary_key=True),
    Column("batch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("target", Integer, nullable=False),
    Column("undone", Integer, nullable=False),
    Index("mark_target", "target"),
    UniqueConstraint("batch", "seq"),
    sqlite_strict=True,
)
mark_replaced = Table(
    "mark_replaced",
    METADATA,
    Column("by", Integer, primary_key=True),
    Column("target", Integer, primary_key=True),
    Index("mark_replaced_target", "target"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

erasure = Table(  # values that are erased for ever, by the lasting names of their changes, whether they are here or not
    "erasure",
    METADATA,
    Column("batch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("target_batch", Text, nullable=False),
    Column("target_seq", Integer, nullable=False),
    Column("field", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# --- local to this file: never travels -------------------------------------------------------------------------------

withdrawn = Table(
    "withdrawn", METADATA, Column("batch", Integer, primary_key=True), sqlite_strict=True, sqlite_with_rowid=False
)

merge_record = Table(  # what a merge did here: who merged what file when, and what it brought
    "merge_record",
    METADATA,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("author_id", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("file", Text, nullable=False),
    *(
        Column(count, Integer, nullable=False)
        for count in ("new_changes", "created", "changed", "deleted", "deals", "conflicts")
    ),
    sqlite_strict=True,
)
merged_batch = Table(  # by which merge a batch came last
    "merged_batch",
    METADATA,
    Column("batch", Integer, primary_key=True),
    Column("record", Integer, nullable=False),
    Index("merged_batch_record", "record"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# --- projections -----------------------------------------------------------------------------------------------------

undone = Table(  # the changes that marks rule undone, or that are withdrawn here: everything that does not count
    "undone", METADATA, Column("change", Integer, primary_key=True), sqlite_strict=True, sqlite_with_rowid=False
)
stay = Table(
    "stay",
    METADATA,
    Column("row_key", Integer, primary_key=True),
    *_columns(Stay),
    Index("stay_deal", "deal_id"),
    Index("stay_pipeline", "pipeline_id"),
    sqlite_strict=True,
)
passage = Table(
    "passage",
    METADATA,
    Column("row_key", Integer, primary_key=True),
    *_columns(Passage),
    Index("passage_deal", "deal_id"),
    Index("passage_pipeline", "pipeline_id"),
    sqlite_strict=True,
)
deal_state = Table(
    "deal_state",
    METADATA,
    Column("deal_id", Text, primary_key=True),
    Column("row_key", Integer, nullable=False, unique=True),
    Column("pipeline_id", Text, nullable=False),
    Column("stage_id", Text, nullable=False),
    Column("entry_id", Text, nullable=False),
    Column("entered", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("closed_at", Text),
    Column("won_at", Text),
    Column("path_known", Flag, nullable=False),
    Column("reason_id", Text),
    Column("reason", Text, nullable=False),
    Column("probability", Integer, nullable=False),
    Column("first_contact", Text, nullable=False),
    Column("last_contact", Text),
    Column("last_touch", Text, nullable=False),
    Column("planned_at", Text),
    Column("next_kind", Text, nullable=False),
    Column("next_due", Text),
    Column("next_step_id", Text),
    Column("next_activity_id", Text),
    Column("search", Text, nullable=False),
    Index("deal_state_due", "next_due"),
    Index("deal_state_stage", "stage_id"),
    sqlite_strict=True,
)
