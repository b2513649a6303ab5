"""A plan kept as a preset: the next table with the same headers is understood in the same way."""

from pathlib import Path

from funnel_desk.exchange.fields import IGNORE
from funnel_desk.exchange.mapping import told_values
from funnel_desk.exchange.plan import ImportPlan
from funnel_desk.exchange.presets import save_preset


def save_plan(key: str, plan: ImportPlan, name: str = "") -> Path:
    """Keep columns, words, the order of dates and the decimal sign. Raises PresetKey; OSError."""
    fields = {column.header: column.field for column in plan.matching.columns}
    columns = {header: fields.get(header, IGNORE) for header in plan.table.headers}
    told = told_values(plan.options.values, plan.table.headers)
    values = {
        fields[header]: {**(plan.preset.values.get(fields[header], {}) if plan.preset else {}), **rules}
        for header, rules in told.items()
        if header in fields
    }
    order = plan.detected.date_order
    return save_preset(
        key, name or plan.file, plan.what, columns, values=values, date_order=order, decimal=plan.detected.decimal
    )
