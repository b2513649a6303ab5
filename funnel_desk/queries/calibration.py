"""Are the stages' probabilities right? (M11): the stages before the sale beside what became of the deals."""

from dataclasses import dataclass

from funnel_desk.domain.calibration import Calibration, calibrate
from funnel_desk.domain.pipeline import Stage
from funnel_desk.queries.cohort import Scope, cohort, stages_in_order
from funnel_desk.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class CalibrationReport:
    """The stages before the sale in order, and the check of each."""

    stages: tuple[Stage, ...]
    calibration: Calibration


def calibration_report(read: Reader, scope: Scope) -> CalibrationReport:
    """The probabilities of a pipeline's stages, held against the deals in scope."""
    order = stages_in_order(read, scope.pipeline_id)
    stages = order.stages[: order.won_place]
    return CalibrationReport(stages, calibrate(cohort(read, scope, order), [stage.probability for stage in stages]))
