"""What the facts around a deal are called where all of them stand together: in its timeline."""

from collections.abc import Mapping

from funnel_desk.domain.aftercare import CLAIM_NAMES, MARK_NAMES
from funnel_desk.domain.commitment import DECISION_NAMES, RISK_NAMES, TERMS_NAMES
from funnel_desk.domain.feedback import DEPARTMENT_NAMES
from funnel_desk.domain.obstacle import OBSTACLE_NAMES
from funnel_desk.domain.qualification import QUESTION_NAMES
from funnel_desk.i18n import N_

NOTED: Mapping[str, str] = {
    "question": N_("Yes: {what}"),
    "unmet": N_("No: {what}"),
    "obstacle": N_("In the way: {what}"),
    "condition": N_("Condition: {what}"),
    "risk": N_("Risk: {what}"),
    "terms": N_("Asked for: {what}"),
    "decision": N_("Terms asked for: {what}"),
    "satisfaction": N_("Satisfaction: {what}"),
    "claim": N_("Claim: {what}"),
    "waiting": N_("Waiting for: {what}"),
    "feedback": N_("Feedback: {what}"),
    "close": N_("Expected close: {what}"),
}
"""How a fact is told by its topic; ``what`` is what was written, or the name of its kind."""

SETTLED: Mapping[str, str] = {
    "obstacle": N_("No longer in the way: {what}"),
    "condition": N_("Condition met: {what}"),
    "risk": N_("No risk any more: {what}"),
    "claim": N_("Claim settled: {what}"),
    "waiting": N_("No longer waiting for: {what}"),
    "feedback": N_("Feedback answered: {what}"),
}

BY_THEIR_WORDS = frozenset({"obstacle", "condition", "waiting", "claim"})
"""Topics that are told by what was written; the others by the name of their kind, with the words beside it."""

KIND_NAMES: Mapping[str, Mapping[str, str]] = {
    "question": QUESTION_NAMES,
    "unmet": QUESTION_NAMES,
    "obstacle": OBSTACLE_NAMES,
    "risk": RISK_NAMES,
    "terms": TERMS_NAMES,
    "decision": DECISION_NAMES,
    "satisfaction": MARK_NAMES,
    "claim": CLAIM_NAMES,
    "feedback": DEPARTMENT_NAMES,
}
"""The names of the kinds of each topic."""
