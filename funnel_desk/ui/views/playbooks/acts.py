"""Which operation does what a person did to a part of a pipeline, and whether deals have to be derived anew for it."""

from collections.abc import Callable
from typing import Any

from funnel_desk.domain.words import Words
from funnel_desk.i18n import _
from funnel_desk.operations import (
    change_marks,
    pipeline_answers as answers,
    pipeline_page as page,
    pipeline_steps as steps,
    stage_order,
    stages,
)
from funnel_desk.operations.desk import Operation
from funnel_desk.ui.bridge import Bridge, Done, said
from funnel_desk.ui.jobs import Jobs

Act = tuple[Operation[Any, Any], tuple[Any, ...], dict[str, Any]]

MANY_DEALS = 400
"""A pipeline with more of them is derived anew apart from the window."""

_MOVES_DEALS = {
    ("stage", "probability"), ("stage", "side"), ("step", "kind"), ("step", "days"), ("step", "working"),
    ("step", "after"), ("step", "every"), ("step", "until"), ("step", "need"),
}  # fmt: skip
WORTH_NOTING = {("step", "say"), ("step", "ask"), ("step", "days"), ("step", "after"), ("stage", "probability"),
                ("stage", "exit_rule"), ("objection", "answer"), ("pipeline", "price"),
                ("pipeline", "product")}  # fmt: skip
"""After these a change mark is offered."""

_ARCHIVE: dict[str, Operation[Any, Any]] = {
    "pipeline": page.archive_pipeline,
    "stage": stage_order.archive_stage,
    "step": steps.archive_step,
    "objection": answers.archive_objection,
    "reason": answers.archive_lost_reason,
    "mark": change_marks.forget_change,
}
_RESTORE: dict[str, Operation[Any, Any]] = {
    "pipeline": page.restore_pipeline,
    "stage": stage_order.restore_stage,
    "step": steps.restore_step,
    "objection": answers.restore_objection,
    "reason": answers.restore_lost_reason,
}
_MOVE: dict[str, Operation[Any, Any]] = {
    "pipeline": page.move_pipeline,
    "stage": stage_order.move_stage,
    "step": steps.move_step,
    "objection": answers.move_objection,
    "reason": answers.move_lost_reason,
}
NEEDS = {
    "required": {"required": True, "on_demand": False},
    "optional": {"required": False, "on_demand": False},
    "on_demand": {"required": False, "on_demand": True},
}


class Actor:
    """Does acts through the bridge; those that derive very many deals anew, apart from the window."""

    def __init__(self, bridge: Bridge, jobs: Jobs) -> None:
        self._bridge, self._jobs = bridge, jobs
        self.deals = 0

    def write(self, kind: str, row: str, name: str, value: object) -> bool:
        """Write one field; False if it was refused."""
        return self._do(_writing(kind, row, name, value), moves=(kind, name) in _MOVES_DEALS, tell=False)

    def archive(self, kind: str, row: str, counts_as: str | None = None) -> bool:
        """Put something away (a note of a change is deleted)."""
        args = (row, counts_as) if kind == "stage" else (row,)
        return self._do((_ARCHIVE[kind], args, {}), moves=kind in {"stage", "step"})

    def restore(self, kind: str, row: str) -> bool:
        """Use something again."""
        return self._do((_RESTORE[kind], (row,), {}), moves=kind in {"stage", "step"})

    def move(self, kind: str, row: str, before: str) -> bool:
        """Put something before another row (empty: at the end)."""
        return self._do((_MOVE[kind], (row, before or None), {}), moves=kind in {"stage", "step"}, tell=False)

    def add(self, act: Act, *, moves: bool, then: Callable[[str], None]) -> None:
        """Add something; `then` hears the id of what came of it."""
        self._do(act, moves=moves, then=lambda made: then(made.id), tell=False)

    def do(self, what: Operation[Any, Any], *args: object) -> Any:  # noqa: ANN401 - what the operation gives
        """Do one small thing and tell of it; gives what it gave, None if it was refused."""
        found: list[Any] = []
        self._do((what, args, {}), moves=False, then=found.append)
        return found[0] if found else None

    def _do(
        self, act: Act, *, moves: bool, then: Callable[[Any], None] | None = None, tell: bool = True
    ) -> bool:  # fmt: skip
        what, args, kwargs = act

        def finish(done: Done[Any]) -> None:
            if tell:
                self._bridge.tell(self._said(), done)
            if then is not None:
                then(done.value)

        if moves and self.deals > MANY_DEALS and not self._jobs.writing:  # else the bridge says why not
            work = lambda _progress: Done(*self._bridge.desk.run_named(what, *args, **kwargs))  # noqa: E731 - a job
            return self._jobs.write(_("Working through the deals"), work, finish)
        done = self._bridge.run(what, *args, **kwargs)
        if done is None:
            return False
        finish(done)
        return True

    def _said(self) -> str:
        """The newest act in words."""
        return said(self._bridge.desk.history(1)[0])


def _writing(kind: str, row: str, name: str, value: object) -> Act:  # noqa: PLR0911 - one a kind
    match kind, name:
        case "stage", "side":
            return stage_order.change_side, (row, value), {}
        case "stage", _:
            return stages.edit_stage, (row,), {name: value}
        case "step", "need":
            return steps.edit_step, (row,), dict(NEEDS[str(value)])
        case "step", "days":
            return steps.edit_step, (row,), {name: value or 0}
        case "step", "ask" | "done_when" if isinstance(value, Words):
            return steps.edit_step, (row,), {name: Words(_lines(value.en), _lines(value.ru))}
        case "step", _:
            return steps.edit_step, (row,), {name: value}
        case "objection", _:
            return answers.edit_objection, (row,), {name: value}
        case "reason", _:
            return answers.edit_lost_reason, (row, value), {}
        case "mark", _:
            return change_marks.edit_change, (row,), {name: value}
        case _:
            return page.edit_pipeline, (row,), {name: value}


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
